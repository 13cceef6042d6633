"""Families told by hand, relative to today, each of which shows one thing that the site must do well."""

from __future__ import annotations

from typing import NamedTuple

from goldthread.duties.calendar import WorkingDays, birthday
from goldthread.invented.cases import NO_CASE_HINTS, CaseHints
from goldthread.invented.children import pupil_number
from goldthread.invented.gathering import NO_HINTS, Hints
from goldthread.invented.life import Assessment, Child, Enquiry, Family, InNeedPlan, ProtectionPlan, Spell

YEAR = 365.25
LATER = 400
"""Days from today to what has not ended: nothing that far ahead is told."""


class Shown(NamedTuple):
    """A family of the showcase: its key, what it shows, and what is not left to chance."""

    key: str
    family: Family
    hints: Hints
    case: CaseHints


class Showcase:
    """Makes the families one after the other; ids count up from the first child of the authority."""

    def __init__(self, on: int, calendar: WorkingDays) -> None:
        self.on, self.calendar = on, calendar
        self.after, self.before = calendar.after, calendar.before
        self.children = 0
        self.spells = 0
        self.families: list[Shown] = []
        for make in (
            self._siblings_assessed, self._plan_overdue, self._unborn, self._restricted, self._refuge,
            self._outside_home, self._disabled, self._two_households, self._early_help, self._new_referral,
        ):  # fmt: skip
            make()

    def _child(
        self, given: str, family_name: str, sex: str, age: float, ethnicity: str = "WBRI",
        disabilities: tuple[str, ...] = ("NONE",), expected: int | None = None, earlier_plans: int = 0,
    ) -> Child:  # fmt: skip
        self.children += 1
        born = self.on - int(age * YEAR) if expected is None else expected + 3
        number = pupil_number(self.children)
        return Child(
            f"GT{self.children:07d}", len(self.families) + 1, born, expected, sex, ethnicity, disabilities, number, None,
            given, family_name, birthday(born, 18), None, earlier_plans,
        )  # fmt: skip

    def _spell(self, path: str, children: list[Child], referred: int, source: str, need: str) -> Spell:
        self.spells += 1
        closed = self.on + LATER
        return Spell(self.spells, len(self.families) + 1, path, children, referred, source, need, closed)

    def _add(self, key: str, spells: list[Spell], hints: Hints = NO_HINTS, case: CaseHints = NO_CASE_HINTS) -> None:
        children: list[Child] = []
        for spell in spells:
            children += [child for child in spell.children if child not in children]
        family = Family(len(self.families) + 1, children, spells)
        self.families.append(Shown(key, family, hints, case))

    def _assessed(self, spell: Spell, days: int, *factors: str) -> int:
        """Assess the children in so many working days of the referral; give the day on which it is completed."""
        completed = self.after(spell.referred, days)
        found = {child.id: factors for child in spell.children}
        spell.assessments.append(Assessment(spell.children, self.after(spell.referred, 1), completed, False, found))
        return completed

    def _siblings_assessed(self) -> None:
        children = [
            self._child("Alfie", "Hobbs", "M", 4.3),
            self._child("Megan", "Hobbs", "F", 7.1),
            self._child("Callum", "Hobbs", "M", 9.6),
        ]
        spell = self._spell("assessed", children, self.before(self.on, 43), "2A", "N5")
        spell.closed = self._assessed(spell, 49, "4B", "16A")
        self._add(
            "siblings-assessed", [spell], Hints("separated"), CaseHints("assessment-worker", school="partner-school")
        )

    def _plan_overdue(self) -> None:
        children = [
            self._child("Zara", "Kamara", "F", 2.9, "BAFR", earlier_plans=1),
            self._child("Idris", "Kamara", "M", 6.2, "BAFR"),
        ]
        spell = self._spell("conference", children, self.on - 140, "6", "N1")
        self._assessed(spell, 38, "3B", "17A")
        strategy = self.after(spell.referred, 6)
        conference = max(self.before(self.on - 99, 1), self.after(strategy, 11))
        spell.enquiries.append(Enquiry(children, strategy, conference, conference, "substantiated", True))
        category = {child.id: "EMO" for child in children}
        earlier = {child.id: child.earlier_plans for child in children}
        spell.protection.append(
            ProtectionPlan(
                children, conference, self.on + LATER, "no-longer-at-risk", [self.on + 9], category, category, earlier
            )
        )
        self._add(
            "plan-overdue",
            [spell],
            Hints("together", language="Somali"),
            CaseHints("social-worker", "partner-health", "partner-school", "partner-police", "conference-chair"),
        )

    def _unborn(self) -> None:
        child = self._child("Rowan", "Whitlock", "F", 0, expected=self.on + 47)
        spell = self._spell("conference", [child], self.on - 62, "3F", "N1")
        completed = self._assessed(spell, 28, "2B", "4B")
        spell.in_need.append(InNeedPlan([child], self.after(completed, 1), self.on + LATER))
        strategy = self.before(self.on, 14)
        conference = self.after(strategy, 15)
        spell.enquiries.append(Enquiry([child], strategy, conference, conference, "substantiated", True))
        self._add("unborn", [spell], Hints("father-unknown"), CaseHints("social-worker", police="partner-police"))

    def _restricted(self) -> None:
        child = self._child("Imogen", "Redfern", "F", 12.4)
        spell = self._spell("in-need", [child], self.on - 190, "2A", "N4")
        completed = self._assessed(spell, 41, "15A")
        spell.in_need.append(InNeedPlan([child], self.after(completed, 3), self.on + LATER))
        because = "a parent works for the council"
        self._add("restricted", [spell], Hints("together"), CaseHints("social-worker", restricted=because))

    def _refuge(self) -> None:
        children = [
            self._child("Layla", "Yilmaz", "F", 5.4, "OOTH"),
            self._child("Sami", "Yilmaz", "M", 8.2, "OOTH"),
        ]
        spell = self._spell("enquiry", children, self.on - 118, "6", "N1")
        self._assessed(spell, 44, "3B")
        strategy = self.after(spell.referred, 2)
        concluded = self.after(strategy, 9)
        spell.enquiries.append(
            Enquiry(children, strategy, concluded, None, "substantiated-not-at-continuing-risk", False)
        )
        spell.in_need.append(InNeedPlan(children, self.after(spell.assessments[0].completed, 2), self.on + LATER))
        hints = Hints("separated", refuge_on=self.on - 66, language="Turkish")
        self._add("refuge", [spell], hints, CaseHints("social-worker"))

    def _outside_home(self) -> None:
        child = self._child("Tyler", "Burrell", "M", 15.2)
        spell = self._spell("in-need", [child], self.on - 230, "6", "N6")
        completed = self._assessed(spell, 45, "24A", "13A", "10A")
        spell.in_need.append(InNeedPlan([child], self.after(completed, 4), self.on + LATER))
        self._add("outside-home", [spell], Hints("lone-father"), CaseHints("social-worker"))

    def _disabled(self) -> None:
        child = self._child("Noah", "Castle", "M", 10.7, disabilities=("LD", "COMM"))
        spell = self._spell("long", [child], self.on - 760, "3F", "N2")
        completed = self._assessed(spell, 40, "5A", "6A")
        spell.in_need.append(InNeedPlan([child], self.after(completed, 5), self.on + LATER))
        needs = (
            "Does not use speech. Looks up for yes and turns away for no; carries a symbol book. Sit on the left side, "
            "name each thing before it happens, and wait."
        )
        self._add("disabled", [spell], Hints("together", communication=needs))

    def _two_households(self) -> None:
        children = [
            self._child("Elsie", "Marsh", "F", 1.8),
            self._child("Archie", "Marsh", "M", 4.4),
            self._child("Holly", "Marsh", "F", 8.9),
            self._child("Finlay", "Marsh", "M", 11.3),
            self._child("Bethan", "Marsh", "F", 14.0),
        ]
        earlier = self._spell("assessed", children[1:], self.on - 900, "3B", "N5")
        earlier.closed = self._assessed(earlier, 39, "4B")
        earlier.reason = "RC8"
        spell = self._spell("in-need", children, self.on - 150, "2A", "N5")
        completed = self._assessed(spell, 43, "16A", "1B")
        spell.in_need.append(InNeedPlan(children, self.after(completed, 2), self.on + LATER))
        conflict = ("conflicted", "relative", "is a sister of the younger children's father")
        self._add(
            "two-households",
            [earlier, spell],
            Hints("blended", older=3, with_father=2),
            CaseHints("social-worker", "partner-health", "partner-school", conflicted=conflict),
        )

    def _early_help(self) -> None:
        child = self._child("Poppy", "Langley", "F", 3.4)
        spell = self._spell("assessed", [child], self.on - 110, "3B", "N4")
        spell.closed = self._assessed(spell, 33, "20")
        spell.reason = "RC9"
        self._add("early-help", [spell], Hints("father-unknown"), CaseHints(health="partner-health"))

    def _new_referral(self) -> None:
        children = [self._child("Kieran", "Goddard", "M", 6.7), self._child("Lacey", "Goddard", "F", 9.1)]
        spell = self._spell("assessed", children, self.before(self.on, 1), "6", "N5")
        spell.closed = self._assessed(spell, 40, "3B")
        undone = frozenset(
            {"referral-decided", "referral-acknowledged", "referrer-informed", "lead-practitioner-allocated"}
            | {"assessment-started", "child-seen"}
        )
        self._add("new-referral", [spell], Hints("together", undone=undone), CaseHints(school="partner-school"))
