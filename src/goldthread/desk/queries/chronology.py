"""The chronology of a child, narrowed and page by page, and as it is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from goldthread.access import gate
from goldthread.access.gate import Opened
from goldthread.access.vocabulary import Act
from goldthread.chronology.queries import Entry, kinds_of, timeline
from goldthread.desk.forms.chronology import AREAS, PAGED
from goldthread.desk.pages.child import ChronologyPage, PrintPage
from goldthread.desk.pages.days import AsOf
from goldthread.desk.queries.heads import head
from goldthread.kernel.acting import Actor
from goldthread.ui.pages import Filtering, Happening, Tag, Tone
from goldthread.ui.wording import day, moment

PRINTED_AT_MOST = 500

BEGINNINGS = {
    "contacts": ("contact-", "referral-", "referrer-", "concern-", "informed", "moved-in"),
    "seen": ("child-seen", "visit-"),
    "assessment": ("assessment-", "child-in-need-", "lead-practitioner-"),
    "protection": (
        "strategy-", "section-47", "conference-", "plan-", "core-group", "emergency-", "child-protection",
        "pre-proceedings", "police-protection",
    ),
    "care": ("looked-after", "placement-", "care-", "secure-"),
    "early-help": ("early-help",),
    "notes": ("case-note", "supervision-"),
}  # fmt: skip
"""By area of the form, how its kinds begin; what begins otherwise is everything else."""


def area_of(kind: str) -> str:
    """This will say to which area of the form a kind belongs."""
    return next((area for area, starts in BEGINNINGS.items() if kind.startswith(starts)), "other")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a chronology is narrowed by, and where in it the page begins."""

    areas: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    text: str = ""
    withdrawn: bool = False
    before: str = ""

    @classmethod
    def read(cls, said: Mapping[str, Any], query: Mapping[str, str]) -> Narrowed:
        """This will read it from a form that is right, and from the address."""
        return cls(
            areas=tuple(said.get("area") or ()),
            since=said.get("since"),
            until=said.get("until"),
            text=said.get("text") or "",
            withdrawn=bool(said.get("withdrawn")),
            before=str(query.get(PAGED, ""))[:60],
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is left out because of it."""
        return bool(self.areas or self.since or self.until or self.text)

    def address(self, code: str, as_of: AsOf, before: str = "", name: str = "chronology") -> str:
        """This will give the address of a page narrowed like this; the words that are looked for are never in one."""
        said: list[tuple[str, str]] = [("area", area) for area in self.areas]
        for field, when in (("since", self.since), ("until", self.until)):
            if when is not None:
                said += [
                    (f"{field}_day", str(when.day)),
                    (f"{field}_month", str(when.month)),
                    (f"{field}_year", str(when.year)),
                ]
        if self.withdrawn:
            said.append(("withdrawn", "on"))
        if before:
            said.append((PAGED, before))
        said += [
            (field, when.isoformat())
            for field, when in (("stood_on", as_of.stood_on), ("known_on", as_of.known_on))
            if when
        ]
        here = reverse(f"desk:{name}", kwargs={"code": code})
        return f"{here}?{urlencode(said)}" if said else here

    def words(self) -> list[str]:
        """This will say what it is narrowed by."""
        named = dict(AREAS)
        said = [named[area] for area in self.areas]
        said += [f"from {day(self.since)}"] if self.since else []
        return said + ([f"until {day(self.until)}"] if self.until else [])


def page(by: Actor, at: datetime, code: str, as_of: AsOf, narrowed: Narrowed) -> tuple[ChronologyPage, Opened]:
    """This will give a page of what happened, the latest first."""
    with gate.open_record(by=by, at=at, code=code, thing="chronology") as opened:
        above = head(opened, as_of, "chronology")
        found = timeline(opened, before=narrowed.before, **_asked(opened, as_of, narrowed))
        may_print = opened.may(Act.PRINT)

    whole = Narrowed().address(opened.code, as_of)
    shown = ChronologyPage(
        head=above,
        happenings=tuple(happening(entry) for entry in found.entries),
        filtering=Filtering(whole, method="post", clear_href=whole if narrowed.narrows else ""),
        narrowed=narrowed.narrows,
        # Words that are looked for are in no address: what they find is one page.
        older=narrowed.address(opened.code, as_of, found.before) if found.before and not narrowed.text else "",
        newest=narrowed.address(opened.code, as_of) if narrowed.before else "",
        print=narrowed.address(opened.code, as_of, name="print") if may_print else "",
        cut_short=bool(found.before and narrowed.text),
    )
    return shown, opened


def printed(
    by: Actor, at: datetime, code: str, as_of: AsOf, narrowed: Narrowed, printed_by: str
) -> tuple[PrintPage, Opened]:
    """This will give what is printed; the audit holds that it was."""
    with gate.open_record(by=by, at=at, code=code, act=Act.PRINT, thing="chronology") as opened:
        above = head(opened, as_of, "print")
        found = timeline(opened, limit=PRINTED_AT_MOST, **_asked(opened, as_of, narrowed))
    happenings = tuple(happening(entry) for entry in found.entries)
    return (
        PrintPage(above, happenings, tuple(narrowed.words()), printed_by, at, cut_short=bool(found.before)),
        opened,
    )


def _asked(opened: Opened, as_of: AsOf, narrowed: Narrowed) -> dict[str, Any]:
    kinds = None
    if narrowed.areas:
        kinds = [kind for kind, _, _ in kinds_of(opened) if area_of(kind) in narrowed.areas]
    return {
        "kinds": kinds,
        "text": narrowed.text,
        "from_on": narrowed.since,
        "until_on": narrowed.until,
        "stood_on": None if as_of.now else as_of.on,
        "known_at": as_of.known_at,
        "history": narrowed.withdrawn,
    }


def latest(opened: Opened, as_of: AsOf, number: int) -> Sequence[Happening]:
    """This will give the latest of what happened, for the first page of a child."""
    found = timeline(opened, stood_on=None if as_of.now else as_of.on, known_at=as_of.known_at, limit=number)
    return tuple(replace(happening(entry), told="") for entry in found.entries)


CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
HIDDEN = frozenset({"text", "by", "with", "born_on", "children", "child"})
"""What of an event's data is said elsewhere on the page, or is an id."""


def happening(entry: Entry) -> Happening:
    """This will say one event as a page shows it."""
    data = entry.data
    alone = entry.kind == "child-seen" and data.get("alone") is True
    hidden = HIDDEN | {"alone"} if alone else HIDDEN  # it stands there as a tag
    told = [str(data["text"])] if isinstance(data.get("text"), str) else []
    facts = [
        f"{label}: {_plain(value)}"
        for (label, value), name in zip(entry.details, _named(data), strict=False)
        if name not in hidden and not value.startswith(("practitioner:", "child:", "person:"))
    ]
    corrected = [_earlier(one) for one in entry.earlier]
    if entry.because:
        corrected.insert(0, f"{'Withdrawn' if entry.withdrawn else 'Corrected'}: {entry.because}")
    recorded = f"Recorded {moment(entry.recorded_at)}." if entry.recorded_at else ""
    source = f"From the file {entry.source}." if entry.source else ""
    return Happening(
        title=entry.says.rstrip("."),
        on=entry.on,
        text="\n".join((*told, *(["; ".join(facts)] if facts else []))),
        by=entry.by_name,
        tags=(Tag("Seen alone", Tone.CALM),) if alone else (),
        corrected=" ".join(corrected),
        voided=entry.withdrawn,
        day_words="" if entry.on else "On a day that is not known",
        told=" ".join(each for each in (recorded, source) if each),
    )


def _plain(value: str) -> str:
    """A word of a code as it is said: added-to-open-case is "added to open case"."""
    return ", ".join(each.replace("-", " ") if CODE.fullmatch(each) else each for each in value.split(", "))


def _named(data: Mapping[str, Any]) -> list[str]:
    return [name for name, value in data.items() if value not in (None, "", [])]


def _earlier(entry: Entry) -> str:
    when = day(entry.on) if entry.on else "a day that is not known"
    facts = "; ".join(f"{label}: {value}" for label, value in entry.details)
    return f"Before: {when}{f' ({facts})' if facts else ''}."
