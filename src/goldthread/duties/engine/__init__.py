"""The engine: where each duty stands, as a pure function of events, three dates, rules and a calendar.

No clock, no database, no network. docs/reference/duty-words.md says how facts are matched and in which order the
states are decided; this package is that page in code, a module for each of its questions.
"""

from __future__ import annotations

from goldthread.duties.engine.evaluation import Evaluator, evaluate
from goldthread.duties.engine.facts import with_families
from goldthread.duties.engine.setting import Facts

__all__ = ["Evaluator", "Facts", "evaluate", "with_families"]
