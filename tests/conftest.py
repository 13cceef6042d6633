"""How every test runs: which Hypothesis profile."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadline: a busy machine is no finding. The same examples at every run, so that a run says something of the change
# and not of chance; `search` draws new ones at each run and is for people: pytest -m hypothesis --hypothesis-profile=search.
settings.register_profile("quick", max_examples=50, deadline=None, derandomize=True)
settings.register_profile(
    "ci", max_examples=500, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")
