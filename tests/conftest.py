"""How every test runs: which Hypothesis profile."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadline: a busy machine is no finding. `ci` is chosen by .ci/run with --hypothesis-profile=ci.
settings.register_profile("quick", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")
