"""The closed vocabulary of packs and overlays as strict models; docs/reference/duty-words.md explains each word."""

from __future__ import annotations

from goldthread.duties.words.dues import (
    Before,
    By,
    DayOfYear,
    Due,
    Earliest,
    Floor,
    Judgement,
    SetLocally,
    Span,
    Within,
)
from goldthread.duties.words.duties import (
    Case,
    DutiesFile,
    DutyWord,
    Each,
    EveryYear,
    GateWord,
    Per,
    Timing,
    Unmet,
    Variant,
)
from goldthread.duties.words.examples import FINDING, STATES, Example
from goldthread.duties.words.kinds import SUBJECTS, KindsFile, KindWord, Many
from goldthread.duties.words.overlays import AlsoStarts, AlsoTo, Beside, NeedsFirst, OverlayFile, Sets, Strengthens
from goldthread.duties.words.packs import EntryWord, Interpretation, PackFile, RegisterFile, Status, Successor
from goldthread.duties.words.word import Word

__all__ = [
    "AlsoStarts",
    "AlsoTo",
    "Before",
    "Beside",
    "By",
    "Case",
    "DayOfYear",
    "Due",
    "DutiesFile",
    "DutyWord",
    "Each",
    "Earliest",
    "EntryWord",
    "EveryYear",
    "Example",
    "FINDING",
    "Floor",
    "GateWord",
    "Interpretation",
    "Judgement",
    "KindWord",
    "KindsFile",
    "Many",
    "NeedsFirst",
    "OverlayFile",
    "PackFile",
    "Per",
    "RegisterFile",
    "STATES",
    "SUBJECTS",
    "SetLocally",
    "Sets",
    "Span",
    "Status",
    "Strengthens",
    "Successor",
    "Timing",
    "Unmet",
    "Variant",
    "Within",
    "Word",
]
