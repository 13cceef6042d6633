"""The only writers of the chronology."""

from __future__ import annotations

from goldthread.chronology.actions.recording import AS_IT_WAS, BECAUSE, correct, record, refold, void
from goldthread.chronology.actions.taking_in import begin_load, take_in

__all__ = ["AS_IT_WAS", "BECAUSE", "begin_load", "correct", "record", "refold", "take_in", "void"]
