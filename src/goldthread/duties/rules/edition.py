"""An edition's rules, compiled: what stands beside the duties, and everything that the engine evaluates by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from goldthread.duties import words
from goldthread.duties.event import Pattern
from goldthread.duties.rules.duty import Asked, Duty
from goldthread.duties.rules.kinds import Kind


@dataclass(frozen=True, eq=False)
class Gate:
    """A step that must not be taken before something else."""

    code: str
    says: str
    area: str
    layer: str
    holder: str
    strength: str
    cites: tuple[str, ...]
    before: Asked
    before_patterns: tuple[Pattern, ...]
    needs: Asked
    needs_patterns: tuple[Pattern, ...]
    at_least: int
    within: str | None
    examples: tuple[words.Example, ...]
    interpretations: tuple[str, ...] = ()


class StatusRule(NamedTuple):
    """A state that a child is in between two patterns of events."""

    name: str
    says: str
    begins: Asked
    ends: Asked


class Statement(NamedTuple):
    """A statement of the guidance, known by its place: its text is not carried, only its hash."""

    id: str
    strength: str
    sha256: str


class Overlay(NamedTuple):
    """A local layer: where it was read, what it is called and when it is in force (ordinals)."""

    name: str
    title: str
    path: Path
    sha256: str
    opens: int
    closes: int | None


class Rules(NamedTuple):
    """Everything that the engine evaluates by, with the hash that stands for it in findings and receipts."""

    edition: str
    title: str
    sha256: str
    in_force_from: int
    successor: words.Successor | None
    holders: Mapping[str, str]
    kinds: Mapping[str, Kind]
    duties: tuple[Duty, ...]
    gates: tuple[Gate, ...]
    register: tuple[tuple[str, words.EntryWord], ...]
    statuses: Mapping[str, StatusRule]
    interpretations: Mapping[str, words.Interpretation]
    statements: Mapping[str, Statement]
    overlays: tuple[Overlay, ...]
    newer_held: bool = False
