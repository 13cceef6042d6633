"""A child's record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from goldthread.desk.pages.days import AsOf
from goldthread.people.tree.drawing import Drawing
from goldthread.people.tree.listing import Section
from goldthread.ui.pages import Fact, Filtering, Happening, Identity, Link, Owed, Tag


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over each page of a child."""

    identity: Identity
    code: str
    as_of: AsOf
    here: str  # the address of this page as of today
    merged: str = ""  # says that the reference that was asked for was merged into this one


@dataclass(frozen=True, slots=True)
class Involved:
    """Someone who works with the child."""

    name: str
    capacity: str
    works: str  # her team and organisation
    contact: Sequence[str]
    from_on: date
    until_on: date | None = None
    because: str = ""
    change: Link | None = None
    end: Link | None = None


@dataclass(frozen=True, slots=True)
class ChildPage:
    """Who a child is and what is happening."""

    head: Head
    now: Sequence[Fact]
    owed: Sequence[Owed]
    answered: int  # duties that are met or over, on a page of their own
    involved: Sequence[Involved]
    latest: Sequence[Happening]
    acts: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class DutiesPage:
    """Every duty of a child, with how its date was worked out."""

    head: Head
    open: Sequence[Owed]
    over: Sequence[Owed]
    edition: str


@dataclass(frozen=True, slots=True)
class ChronologyPage:
    """What happened, the latest first."""

    head: Head
    happenings: Sequence[Happening]
    filtering: Filtering
    narrowed: bool
    older: str  # the address of what is older, if there is more
    newest: str  # the address of the newest, where this page is not of it
    print: str  # the address of the page that is printed; nothing for whoever may not
    cut_short: bool = False  # more holds the words that are looked for than one page shows


@dataclass(frozen=True, slots=True)
class PrintPage:
    """The chronology on paper."""

    head: Head
    happenings: Sequence[Happening]
    narrowed: Sequence[str]
    printed_by: str
    printed_at: datetime
    cut_short: bool  # whether older ones are left out, since more than a person reads were asked for


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """The family, drawn and as a list."""

    head: Head
    drawing: Drawing | None
    sections: Sequence[Section]
    withheld: bool  # whether someone is left out whom this reader may not know of
    records: Mapping[str, str] = field(default_factory=dict)  # of the persons that have one: their references


@dataclass(frozen=True, slots=True)
class Part:
    """A section of facts under a heading."""

    heading: str
    facts: Sequence[Fact]
    empty: str = "Nothing is recorded."
    note: str = ""
    act: Link | None = None


@dataclass(frozen=True, slots=True)
class DetailsPage:
    """Names, numbers, addresses and what else is known of who she is."""

    head: Head
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class InvolvedPage:
    """Who works with the child, and who did."""

    head: Head
    present: Sequence[Involved]
    past: Sequence[Involved]
    begin: str  # the address at which someone is added; nothing for whoever may not


@dataclass(frozen=True, slots=True)
class Look:
    """What one person did with a record on one day."""

    on: date
    name: str
    works: str
    what: Sequence[str]
    first_at: datetime
    latest_at: datetime
    times: int
    because: Sequence[str]  # by which lines of the policy, and for which purpose
    marks: Sequence[Tag]
    places: Sequence[tuple[int, str]] = ()  # entries whose content may be destroyed: the place, and what it is


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Who has looked at a record."""

    code: str
    name: str
    looks: Sequence[Look]
    unusual: int
    since: date
    until: date
    earlier: str
    later: str
    only_unusual: bool
    switch: Link
    destroy: str = ""  # the address at which destruction is asked for
    back: Link | None = None
