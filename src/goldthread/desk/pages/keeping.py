"""Notices, reviews of emergencies, and how far knowledge of a record reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from goldthread.ui.pages import Link


@dataclass(frozen=True, slots=True)
class Told:
    """A notice: who reached for a record, and how."""

    id: int
    code: str
    child: Link
    who: str
    works: str
    says: str
    at: datetime
    read_at: datetime | None
    because: str = ""
    review: Link | None = None


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """What those who answer for records should know."""

    unread: Sequence[Told]
    read: Sequence[Told]


@dataclass(frozen=True, slots=True)
class ToReview:
    """An emergency that someone else has to judge, or has judged."""

    id: int
    code: str
    child: str  # her name, for those who may know it; else nothing
    who: str
    works: str
    reason: str
    because: str
    began_at: datetime
    until_at: datetime
    due_on: date
    late: bool
    href: str
    verdict: str = ""
    finding: str = ""
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    looks: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """Emergencies to be reviewed, and those that were."""

    waiting: Sequence[ToReview]
    over: Sequence[ToReview]


@dataclass(frozen=True, slots=True)
class Kept:
    """Someone who is named on a record, or has a personal tie to it."""

    name: str
    works: str
    says: str
    from_on: date
    until_on: date | None
    end: Link | None = None


@dataclass(frozen=True, slots=True)
class CustodyPage:
    """How far knowledge of a record reaches: its restriction, who is named on it, who never sees it."""

    code: str
    name: str
    restriction: str
    restriction_says: str
    change: str
    named: Sequence[Kept]
    ties: Sequence[Kept]
    name_someone: str
    add_tie: str
    access: str


@dataclass(frozen=True, slots=True)
class About:
    """Whose record a form is about, over its heading."""

    code: str
    name: str
