"""A child of a census while she is read: her groups as texts, what they say, her events, and the notes on her."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from goldthread.duties.event import Event
from goldthread.formats.cin.codes import ANONYMOUS, CODES, REFERRER_UNKNOWN, YES_NO, in_use
from goldthread.formats.cin.days import NOT_A_DATE, TOO_EARLY, Days, IsoDays
from goldthread.formats.notes import Notes, shown

Fields = dict[str, str]


class ProtectionPlan(NamedTuple):
    """A ChildProtectionPlans group: its own fields, and the texts of its review dates."""

    fields: Fields
    reviews: list[str]


class Episode:
    """A CINdetails group, as texts: its own fields, and the groups inside it."""

    __slots__ = ("assessments", "enquiries", "fields", "need_plans", "pre_proceedings", "protection_plans")

    def __init__(self) -> None:
        self.fields: Fields = {}
        self.assessments: list[Fields] = []
        self.need_plans: list[Fields] = []
        self.enquiries: list[Fields] = []
        self.protection_plans: list[ProtectionPlan] = []
        self.pre_proceedings: list[Fields] = []


class ChildFacts:
    """What one child at a time holds: her texts read as days, flags and codes, and her events as they are found.

    What is wrong with a text goes to `notes`. Days are ordinals; 0 stands for a day that the file does not hold or
    that cannot be used.
    """

    def __init__(self, notes: Notes, opens: int, closes: int, year: int) -> None:
        self.notes = notes
        self.opens = opens
        self.days = Days(closes)
        # A birth can be expected after the reference date; a year is longer than any pregnancy.
        self.expected_days = Days(closes + 366)
        self.referrers: dict[str, Mapping[str, Any]] = {}
        for code in in_use("ReferralSource", year):
            self.referrers[code] = {"referrer": "anonymous" if code == ANONYMOUS else "known", "by": code}
        self.referrers[REFERRER_UNKNOWN] = {"by": REFERRER_UNKNOWN}
        self.closures: dict[str, Mapping[str, Any]] = {
            code: {"reason": code} for code in in_use("ReasonForClosure", year)
        }
        self.codes = {element: in_use(element, year) for element in CODES}
        self.iso = IsoDays()
        self.start("", 0)

    def at(self, name: str, place: int) -> None:
        """This will say which child the next notes are about."""
        self.name = name
        self.place = place

    def start(self, name: str, place: int) -> None:
        """This will begin a child: nothing is known of her yet but her name and her place in the file."""
        self.at(name, place)
        self.subjects = (f"child:{name}",)
        self.used: dict[str, int] = {}
        self.events: list[Event] = []
        self.born = self.expected = 0

    def note(self, code: str, says: str, once: str = "") -> None:
        """This will add a note on the child being read, by her place in the file and her id."""
        self.notes.add(code, f"child {self.place} ({shown(self.name)})", says, once)

    def day(self, fields: Fields, tag: str) -> int:
        """This will read a day, or give 0 and note why it cannot be used."""
        text = fields.get(tag)
        if text is None:
            return 0
        day = self.days[text]
        return day if day >= 0 else self.unusable(tag, text, day)

    def unusable(self, tag: str, text: str, why: int) -> int:
        """This will note why a date cannot be used, and give 0."""
        if why == NOT_A_DATE:
            self.note("not-a-date", f"{tag} {shown(text.strip())} is not a date; expected YYYY-MM-DD")
        elif why == TOO_EARLY:
            self.note("date-before-1900", f"{tag} {text.strip()} is before 1900")
        else:
            self.note("date-after-reference", f"{tag} {text.strip()} is after the reference date")
        return 0

    def check_code(self, tag: str, text: str) -> None:
        """This will note a code that the census of this year does not have."""
        code = text.strip()
        if code and code not in self.codes[tag]:
            self.note("unknown-code", f"{tag} {shown(code)} is not a code of this census")

    def check_day(self, tag: str, text: str) -> None:
        """This will note a date that does not exist, of an element that is otherwise not read."""
        why = self.days[text]
        if why in (NOT_A_DATE, TOO_EARLY):
            self.unusable(tag, text, why)

    def yes(self, fields: Fields, tag: str) -> bool:
        """This will say whether a flag is set; one that is absent or cannot be read is not."""
        text = fields.get(tag)
        if text is None:
            return False
        answer = YES_NO.get(text)
        if answer is None:
            word = text.strip().lower()
            answer = YES_NO.get(word)
            if answer is None:
                if word:
                    self.note("unknown-code", f"{tag} {shown(text.strip())} is not 0 or 1")
                return False
        return answer

    def missing(self, fields: Fields, tag: str, what: str) -> None:
        """This will note that a start is absent; one that cannot be used already has its note."""
        if not fields.get(tag, "").strip():
            self.note("missing-date", f"{what} has no {tag}")

    def unborn(self, day: int) -> bool | None:
        """This will say whether the child was not born on a day; None where the file does not say."""
        return day < self.born if self.born else True if self.expected else None

    def numbered(self, name: str) -> str:
        """This will give a name that is unique for the child: the second and later ones get a running number."""
        used = self.used
        if name not in used:
            used[name] = 1
            return name
        used[name] += 1
        return f"{name}/{used[name]}"

    def add(
        self,
        id: str,
        kind: str,
        day: int,
        process: str | None,
        links: tuple[str, ...],
        data: Mapping[str, Any],
    ) -> None:
        """This will add an event of the child; a day of 0 is none."""
        # Made without the argument handling of the class: there are a quarter of a million for an authority.
        self.events.append(
            tuple.__new__(Event, (id, self.subjects, kind, day or None, process, links, data, None, None, False, ()))
        )
