"""The working behind an answer, rendered when asked: a tree of steps, each with its source; and why a duty is dormant."""

from __future__ import annotations

from goldthread.duties.explaining.dormant import WhyNot, why_not
from goldthread.duties.explaining.states import lateness, unit
from goldthread.duties.explaining.steps import Step, plural, said
from goldthread.duties.explaining.working import explain

__all__ = ["Step", "WhyNot", "explain", "lateness", "plural", "said", "unit", "why_not"]
