"""My work, and the work of a team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.ui.pages import Filtering, Link, Owed, Paging


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its words, and where it leads."""

    number: int
    words: str
    href: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Duties that are due in one stretch of time."""

    heading: str
    owed: Sequence[Owed]
    total: int  # of the whole list; this page may hold only some of them
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A saved view in the list of views."""

    name: str
    href: str
    change: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class WorkPage:
    """My work, my team's or my agency's."""

    heading: str
    whose: Sequence[Link]
    counts: Sequence[Count]
    groups: Sequence[Group]
    filtering: Filtering
    narrowed: bool
    paging: Paging | None
    views: Sequence[View]
    save: (
        str  # the address at which this view is saved; nothing where it is one that is saved, or is narrowed by nothing
    )
    emergencies: Sequence[Link] = ()  # records that are open in an emergency
    empty_title: str = "You are up to date"
    empty_text: str = "Nothing is due. What becomes due is listed here by itself."


@dataclass(frozen=True, slots=True)
class Worker:
    """One row of a team: what someone carries. Each number leads to what it counts."""

    name: str
    title: str
    children: Count
    overdue: Count
    due_soon: Count
    not_seen: Count


@dataclass(frozen=True, slots=True)
class Drift:
    """A child for whom something stands still: what, since when, and what happened last."""

    child: Link
    code: str
    says: str
    since: date | None
    latest_on: date | None
    worker: str = ""


@dataclass(frozen=True, slots=True)
class TeamPage:
    """What a supervisor looks at: each worker's load, and where things stand still."""

    name: str
    teams: Sequence[Link]
    workers: Sequence[Worker]
    nobody: Count | None  # children of the team whom nobody is allocated to
    drift: Sequence[Drift]
    drift_total: int
    not_seen_after: int  # weeks, after which a child counts as not seen and a record as still
