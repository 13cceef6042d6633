"""What the layout and the parts are given: frozen facts, all of them ready before a template begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from goldthread.duties.findings import State


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its words, its address, and what `aria-current` says of it, if anything."""

    label: str
    href: str
    current: str = ""
    context: str = ""  # what only a screen reader is told besides, so that two links "Change" can be told apart


class BannerKind(StrEnum):
    """What a banner over the page is for."""

    BREAK_GLASS = "break-glass"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Banner:
    """Something that holds on every page for now. `act` is a link to what ends or explains it."""

    kind: BannerKind
    title: str
    text: str
    act: Link | None = None
    until: datetime | None = None


class Tone(StrEnum):
    """How much a word stands out; never told by colour only, since the word itself says it."""

    PLAIN = "plain"
    CALM = "calm"
    WARN = "warn"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that must be known before anything is done, in a few words: "Hidden address"."""

    text: str
    tone: Tone = Tone.WARN
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of an identity bar or a summary list. An absent value is said as such, never left out silently."""

    label: str
    value: str = ""
    note: str = ""
    href: str = ""
    act: Link | None = None
    sensitive: str = ""  # why it is kept from some; the value is marked with it
    when: date | None = None  # said after the value


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a record is about, as the bar over each of its pages says it."""

    name: str
    code: str
    href: str = ""
    facts: Sequence[Fact] = ()
    alerts: Sequence[Alert] = ()
    links: Sequence[Link] = ()
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. With `sort_href` its heading is a link that sorts by it."""

    label: str
    sort_href: str = ""
    sorted: str = ""  # "ascending" or "descending" where the table is sorted by this column
    numeric: bool = False
    hidden_label: bool = False  # said to screen readers only
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is more than text: a link, a state, a note below it."""

    text: str = ""
    href: str = ""
    context: str = ""
    state: State | None = None
    tag: Tag | None = None
    note: str = ""
    sensitive: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A word in a box."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """A plain dense table: the first cell of each row is its heading."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | str]]
    caption_hidden: bool = False
    empty: str = "There is nothing to show."


@dataclass(frozen=True, slots=True)
class Happening:
    """One item of a timeline."""

    title: str
    on: date | None
    text: str = ""
    by: str = ""
    href: str = ""
    tags: Sequence[Tag] = ()
    corrected: str = ""  # what it replaces and why, where it is a correction
    voided: bool = False
    sensitive: str = ""
    day_words: str = ""  # instead of the date, where the day is not known: "in spring 2024"
    told: str = ""  # when it was recorded, and from where


@dataclass(frozen=True, slots=True)
class Step:
    """One step of how a date was worked out."""

    text: str
    when: date | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """How a date was worked out: the rule in a sentence, the steps, and on what it rests."""

    sentence: str
    steps: Sequence[Step] = ()
    citation: str = ""
    citation_href: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty in a list: where it stands, by when, what is owed, for whom, and how its date was worked out."""

    sentence: str
    state: State
    due_on: date | None = None
    distance: str = ""  # in words: "3 days late", "in 2 days"
    about: Link | None = None  # the child or family
    holder: str = ""
    why: Why | None = None
    notes: Sequence[str] = ()  # what must be known of the answer: "The date rests on a calendar that may change."
    tags: Sequence[Tag] = ()
    record: str = ""  # the reference of the record that it is of: shown, and marked on the row


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing that a list is narrowed by, with the address of the list without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Filtering:
    """What stands around a filter's fields. Names of people are never asked for by GET: `method` is then `post`."""

    action: str
    method: str = "get"
    heading: str = "Filter"
    submit: str = "Apply filters"
    chosen: Mapping[str, Sequence[Chosen]] = field(default_factory=dict)
    clear_href: str = ""


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a long list this page is."""

    number: int
    size: int
    total: int
    addresses: Mapping[int, str]  # of the pages to link: first, last, and those near this one
    of: str = "results"

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def first_shown(self) -> int:
        """The place in the list of the first item shown; 0 of an empty list."""
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last_shown(self) -> int:
        """The place in the list of the last item shown."""
        return min(self.total, self.number * self.size)

    @property
    def items(self) -> Sequence[int | None]:
        """The numbers of the pages to link, None where some are left out between two."""
        found: list[int | None] = []
        before = 0
        for number in sorted(self.addresses):
            if number != before + 1 and before:
                found.append(None)
            found.append(number)
            before = number
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a conflict: what now stands, and what was to be written."""

    label: str
    theirs: str
    yours: str

    @property
    def same(self) -> bool:
        """Whether both are the same text."""
        return self.theirs == self.yours
