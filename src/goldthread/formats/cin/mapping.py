"""Turns one child of a CIN census into events, as the table in `table` says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from goldthread.duties.event import EMPTY, Event
from goldthread.formats.cin.codes import ANONYMOUS, CODES, REFERRER_UNKNOWN, YES_NO, in_use
from goldthread.formats.notes import Notes, shown

BLANK, NOT_A_DATE, TOO_EARLY, TOO_LATE = 0, -1, -2, -3
EARLIEST = date(1900, 1, 1).toordinal()
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_CACHED = 100_000  # more distinct texts than there are days since 1900: beyond it a file is playing games


class Days(dict[str, int]):
    """Ordinals by date text, each worked out once: above 0 is usable, else one of the four reasons why not.

    A date is `YYYY-MM-DD`, with the time zone that XML Schema allows after it or not, with blanks around it or not.
    """

    def __init__(self, latest: int) -> None:
        super().__init__()
        self.latest = latest

    def __missing__(self, text: str) -> int:
        answer = self._read(text.strip())
        if len(self) < _CACHED:
            self[text] = answer
        return answer

    def _read(self, text: str) -> int:
        if not text:
            return BLANK
        found = _DATE.fullmatch(text)
        if found is None:
            return NOT_A_DATE
        try:
            day = date.fromisoformat(found[1]).toordinal()
        except ValueError:
            return NOT_A_DATE
        return TOO_EARLY if day < EARLIEST else TOO_LATE if day > self.latest else day


class IsoDays(dict[int, str]):
    """Ordinals as `YYYY-MM-DD`, each worked out once."""

    def __missing__(self, day: int) -> str:
        text = self[day] = date.fromordinal(day).isoformat()
        return text


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


SECTION_47: Mapping[str, Any] = {"section_47": True}
NO_FURTHER_ACTION: Mapping[str, Any] = {"outcomes": ["no-further-action"]}
BASIS: dict[str | None, Mapping[str, Any]] = {
    None: EMPTY,
    "referral": {"basis": "referral"},
    "open-case": {"basis": "open-case"},
}
REVIEW: dict[bool, Mapping[str, Any]] = {
    True: {"type": "review", "outcome": "ended"},
    False: {"type": "review", "outcome": "continued"},
}
CONFERENCE: dict[tuple[str, str | None, bool | None], Mapping[str, Any]] = {
    (kind, outcome, unborn): {
        "type": kind,
        **({} if outcome is None else {"outcome": outcome}),
        **({} if unborn is None else {"unborn": unborn}),
    }
    for kind in ("initial", "transfer-in")
    for outcome in (None, "plan", "no-plan")
    for unborn in (None, True, False)
}
NEVER = date.max.toordinal()


class ChildMapping:
    """Turns the texts of one child at a time into events; what is wrong with them goes to `notes`.

    Days are ordinals; 0 stands for a day that the file does not hold or that cannot be used.
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
        self._start("", 0)

    # What is being read, for the notes

    def at(self, name: str, place: int) -> None:
        """This will say which child the next notes are about."""
        self.name = name
        self.place = place

    def _start(self, name: str, place: int) -> None:
        self.at(name, place)
        self.subjects = (f"child:{name}",)
        self.used: dict[str, int] = {}
        self.events: list[Event] = []
        self.born = self.expected = 0

    def note(self, code: str, says: str, once: str = "") -> None:
        """This will add a note on the child being read, by her place in the file and her id."""
        self.notes.add(code, f"child {self.place} ({shown(self.name)})", says, once)

    # Small readings

    def day(self, fields: Fields, tag: str) -> int:
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
        # Made without the argument handling of the class: there are a quarter of a million for an authority.
        self.events.append(
            tuple.__new__(Event, (id, self.subjects, kind, day or None, process, links, data, None, None, False, ()))
        )

    # The child

    def child(self, name: str, place: int, identity: Fields, episodes: list[Episode]) -> list[Event]:
        """This will give the events of a child, in no particular order.

        `name` is her LAchildID; `place` is her number in the file, from 1, for the notes.
        """
        self._start(name, place)
        self.identify(identity)
        first = NEVER
        for episode in episodes:
            referred = self.episode(episode)
            if 0 < referred < first:
                first = referred
        if not episodes:
            self.note("no-episode", "there is no CINdetails")
        if self.born:
            data = {"born_on": self.iso[self.born]}
            self.add(f"child-identified:{name}", "child-identified", self.born, None, (), data)
        elif self.expected:
            unborn = {"expected_on": self.iso[self.expected], "unborn": True}
            day = 0 if first == NEVER else first
            self.add(f"child-identified:{name}", "child-identified", day, None, (), unborn)
        return self.events

    def identify(self, identity: Fields) -> None:
        self.born = self.day(identity, "PersonBirthDate")
        text = identity.get("ExpectedPersonBirthDate")
        if text is not None:
            expected = self.expected_days[text]
            if expected < 0:
                self.unusable("ExpectedPersonBirthDate", text, expected)
            elif expected and self.born:
                self.note("two-birth-dates", "there is a birth date and an expected one; the birth date is used")
            elif expected:
                self.expected = expected
        elif "PersonBirthDate" not in identity:
            self.note("no-birth-date", "there is neither PersonBirthDate nor ExpectedPersonBirthDate")
        died = self.day(identity, "PersonDeathDate")
        if died and died < self.born:
            self.note("death-before-birth", f"PersonDeathDate {self.iso[died]} is before the birth; it is not used")
        elif died:
            self.add(f"child-died:{self.name}", "child-died", died, None, (), EMPTY)

    def unborn(self, day: int) -> bool | None:
        """This will say whether the child was not born on a day; None where the file does not say."""
        return day < self.born if self.born else True if self.expected else None

    # An episode of need

    def episode(self, episode: Episode) -> int:
        """This will add the events of an episode, and give the day of its referral (0: not usable)."""
        fields = episode.fields
        referred = self.day(fields, "CINreferralDate")
        referral: str | None = None
        links: tuple[str, ...] = ()
        if referred:
            key = self.numbered(f"referral:{self.name}/{self.iso[referred]}")
            referral, links = key, (key,)
            self.add("received:" + key, "referral-received", referred, key, (), self.referrer(fields))
        else:
            self.missing(fields, "CINreferralDate", "an episode")
        if self.yes(fields, "ReferralNFA") and referral:
            self.add("decided:" + referral, "referral-decided", 0, None, links, NO_FURTHER_ACTION)
        if episode.assessments:
            self.assessments(episode.assessments, referred, links)
        for plan in episode.need_plans:
            self.need_plan(plan, links)
        if episode.enquiries or episode.protection_plans or "DateOfInitialCPC" in fields:
            self.protection(episode, links)
        for steps in episode.pre_proceedings:
            self.pre_proceedings(steps, links)
        if "CINclosureDate" in fields or "ReasonForClosure" in fields:
            self.closure(fields, referred, referral)
        return referred

    def missing(self, fields: Fields, tag: str, what: str) -> None:
        """This will note that a start is absent; one that cannot be used already has its note."""
        if not fields.get(tag, "").strip():
            self.note("missing-date", f"{what} has no {tag}")

    def referrer(self, fields: Fields) -> Mapping[str, Any]:
        text = fields.get("ReferralSource")
        if text is None:
            return EMPTY
        data = self.referrers.get(text)
        if data is None:
            data = self.referrers.get(text.strip())
            if data is None:
                self.check_code("ReferralSource", text)
                return EMPTY
        return data

    def closure(self, fields: Fields, referred: int, referral: str | None) -> None:
        closed = self.day(fields, "CINclosureDate")
        reason = fields.get("ReasonForClosure")
        data = EMPTY
        if reason is not None:
            data = self.closures.get(reason) or self.closures.get(reason.strip(), EMPTY)
            if not data:
                self.check_code("ReasonForClosure", reason)
        if closed:
            if closed < referred:
                self.note("ends-before-start", f"CINclosureDate {self.iso[closed]} is before its CINreferralDate")
            key = referral or self.numbered(f"case:{self.name}/{self.iso[closed]}")
            self.add("closed:" + key, "case-closed", closed, referral, (), data)

    def assessments(self, groups: list[Fields], referred: int, links: tuple[str, ...]) -> None:
        read: list[tuple[int, int]] = []
        for fields in groups:
            started = self.day(fields, "AssessmentActualStartDate")
            completed = self.day(fields, "AssessmentAuthorisationDate")
            if not started:
                self.missing(fields, "AssessmentActualStartDate", "an assessment")
            elif completed and completed < started:
                self.note("ends-before-start", f"AssessmentAuthorisationDate {self.iso[completed]} is before its start")
            read.append((started, completed))
        if len(read) > 1:
            read.sort(key=lambda dates: (dates[0] or NEVER, dates[1] or NEVER))
        # Of an earlier referral the file may hold a later assessment only; and an unknown start has no known place.
        placed = referred >= self.opens and (len(read) == 1 or read[-1][0] > 0)
        for index, (started, completed) in enumerate(read):
            if not started and not completed:
                continue
            again = placed and index > 0
            data = BASIS["open-case" if again else "referral" if placed else None]
            answers = () if again else links
            key = self.numbered(f"assessment:{self.name}/{self.iso[started or completed]}")
            if started:
                self.add("started:" + key, "assessment-started", started, key, answers, data)
            if completed:
                self.add("completed:" + key, "assessment-completed", completed, key, answers, data)

    def need_plan(self, fields: Fields, links: tuple[str, ...]) -> None:
        started = self.day(fields, "CINPlanStartDate")
        ended = self.day(fields, "CINPlanEndDate")
        if not started:
            self.missing(fields, "CINPlanStartDate", "a child in need plan")
            return
        key = self.numbered(f"plan:{self.name}/need/{self.iso[started]}")
        self.add("made:" + key, "child-in-need-plan-made", started, key, links, EMPTY)
        if ended:
            if ended < started:
                self.note("ends-before-start", f"CINPlanEndDate {self.iso[ended]} is before its start")
            self.add("ended:" + key, "child-in-need-plan-ended", ended, key, links, EMPTY)

    def pre_proceedings(self, fields: Fields, links: tuple[str, ...]) -> None:
        started = self.day(fields, "PPStartDate")
        if started:
            key = self.numbered(f"pre-proceedings:{self.name}/{self.iso[started]}")
            self.add(key, "pre-proceedings-initiated", started, None, links, EMPTY)
        if self.yes(fields, "FGDMMeetingOffer"):
            key = self.numbered(f"family-group-decision-making-offered:{self.name}")
            self.add(key, "family-group-decision-making-offered", 0, None, links, EMPTY)

    # Enquiries, conferences and protection plans

    def protection(self, episode: Episode, links: tuple[str, ...]) -> None:
        conferences: dict[int, tuple[str, ...]] = {}  # day: the enquiries and discussions that it answers
        for fields in episode.enquiries:
            self.enquiry(fields, links, conferences)
        plans: dict[int, tuple[str, ...]] = {}  # day: the plans that start on it
        for plan in episode.protection_plans:
            self.protection_plan(plan, plans)
        for day, answers in conferences.items():
            self.conference(day, "initial", answers, plans)
        transferred = self.day(episode.fields, "DateOfInitialCPC")
        if transferred and transferred in conferences:
            self.note("conference-twice", f"DateOfInitialCPC {self.iso[transferred]} is given at the episode too")
        elif transferred:
            self.conference(transferred, "transfer-in", (), plans)
        for day in plans:
            if day not in conferences and day != transferred:
                self.conference(day, "initial", (), plans)

    def enquiry(self, fields: Fields, links: tuple[str, ...], conferences: dict[int, tuple[str, ...]]) -> None:
        started = self.day(fields, "S47ActualStartDate")
        conference = self.day(fields, "DateOfInitialCPC")
        refused = self.yes(fields, "ICPCnotRequired")
        answers: tuple[str, ...] = ()
        if started:
            key = self.numbered(f"{self.name}/{self.iso[started]}")
            enquiry, strategy = "enquiry:" + key, "strategy:" + key
            answers = (enquiry, strategy)
            self.add("held:" + strategy, "strategy-discussion-held", started, strategy, (enquiry, *links), SECTION_47)
            self.add("started:" + enquiry, "section-47-started", started, enquiry, (strategy,), EMPTY)
            if refused and not conference:
                self.add("decided:" + enquiry, "conference-decided-against", 0, None, answers, EMPTY)
        else:
            self.missing(fields, "S47ActualStartDate", "an enquiry (Section47)")
        if conference:
            conferences[conference] = conferences.get(conference, ()) + answers
            if conference < started:
                self.note(
                    "conference-before-enquiry",
                    f"DateOfInitialCPC {self.iso[conference]} is before its S47ActualStartDate",
                )
            if refused:
                self.note(
                    "conference-not-required",
                    f"ICPCnotRequired is set beside a DateOfInitialCPC {self.iso[conference]}",
                )

    def protection_plan(self, plan: ProtectionPlan, plans: dict[int, tuple[str, ...]]) -> None:
        started = self.day(plan.fields, "CPPstartDate")
        ended = self.day(plan.fields, "CPPendDate")
        if not started:
            self.missing(plan.fields, "CPPstartDate", "a child protection plan")
            return
        key = self.numbered(f"plan:{self.name}/protection/{self.iso[started]}")
        plans[started] = (*plans.get(started, ()), key)
        held: set[int] = set()
        for text in plan.reviews:
            day = self.days[text]
            if day <= 0:
                if day:
                    self.unusable("CPPreviewDate", text, day)
            elif day <= started or (ended and day > ended):
                self.note("review-outside-plan", f"CPPreviewDate {self.iso[day]} is not within its plan")
            elif day in held:
                self.note("review-twice", f"CPPreviewDate {self.iso[day]} is given twice")
            else:
                held.add(day)
                conference = self.numbered(f"conference:{self.name}/{self.iso[day]}")
                self.add("held:" + conference, "conference-held", day, conference, (key,), REVIEW[day == ended])
        if ended:
            if ended < started:
                self.note("ends-before-start", f"CPPendDate {self.iso[ended]} is before its start")
            self.add("ended:" + key, "plan-ended", ended, key, (), EMPTY)

    def conference(self, day: int, kind: str, answers: tuple[str, ...], plans: dict[int, tuple[str, ...]]) -> None:
        made = plans.get(day)
        outcome: str | None = "plan"
        if made is None:
            made = ()
            outcome = "no-plan"
            if any(start > day for start in plans):
                outcome = None
                self.note(
                    "conference-outcome", f"no plan starts on DateOfInitialCPC {self.iso[day]}, but one starts later"
                )
        key = self.numbered(f"conference:{self.name}/{self.iso[day]}")
        data = CONFERENCE[kind, outcome, self.unborn(day)]
        self.add("held:" + key, "conference-held", day, key, answers + made, data)
