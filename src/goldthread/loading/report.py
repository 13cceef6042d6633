"""What became of what a source told: how much was new, the same, different or ended, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from goldthread.access.actions import ToldAccess
from goldthread.agencies import loading as agencies
from goldthread.chronology import taking as chronology
from goldthread.formats.notes import Notes, shown
from goldthread.invented.people import Agencies
from goldthread.loading.batches import Taken
from goldthread.loading.newer import Newer
from goldthread.people import taking as people

THINGS = (
    "organisations", "teams", "practitioners", "posts", "children", "people", "details", "involvements", "named", "ties",
    "facts",
)  # fmt: skip
"""What is counted, in the order in which it is said."""

OUTCOMES = ("new", "changed", "ended", "same", "different")
PEOPLE = {"records": "children", "persons": "people"}


@dataclass(slots=True)
class Report:
    """What one source became. `counts` is by thing, then by outcome: what is `different` is said otherwise here, and stays so.

    `practitioners` are the ids under which those of the file are known here.
    """

    load: Taken
    notes: Notes
    preview: bool = False
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    records: int = 0
    taken_before: bool = False
    practitioners: dict[str, int] = field(default_factory=dict)

    def count(self, thing: str, outcome: str, number: int) -> None:
        """This will add to a count; nothing is nothing."""
        if number:
            self.counts.setdefault(thing, Counter())[outcome] += number

    def add(self, other: Report) -> None:
        """This will add what one batch became."""
        for thing, outcomes in other.counts.items():
            for outcome, number in outcomes.items():
                self.count(thing, outcome, number)

    def count_agencies(self, found: agencies.Taken, told: Agencies) -> None:
        """This will count agencies and their people."""
        for thing, model, number in (
            ("organisations", "organisation", len(told.organisations)),
            ("teams", "team", len(told.teams)),
            ("practitioners", "practitioner", len(told.practitioners)),
            ("posts", "post", len(told.posts)),
        ):
            new = found.new.get(model, 0)
            self.count(thing, "new", new)
            self.count(thing, "same", number - new)
        for what in found.not_taken:
            self.notes.add("agency", "agencies", f"not known here: {what}")

    def count_people(self, found: people.Taken) -> None:
        """This will count children, people and all that is told of them."""
        for outcome, by_sort in (
            ("new", found.new), ("same", found.same), ("different", found.kept), ("ended", found.ended),
            ("changed", found.changed - found.ended),
        ):  # fmt: skip
            for sort, number in by_sort.items():
                self.count(PEOPLE.get(sort, "details"), outcome, number)
        for sentence in found.not_taken:
            where, _, says = sentence.partition(": ")
            self.notes.add("person", where, says.removesuffix("."))

    def count_access(self, told: ToldAccess, found: Mapping[str, int]) -> None:
        """This will count who is involved, named and tied."""
        for thing, rows, model in (
            ("involvements", told.involvements, "involvement"),
            ("named", told.named, "named"),
            ("ties", told.conflicts, "conflict"),
        ):
            new, ended = found.get(model, 0), found.get(f"{model} ended", 0)
            self.count(thing, "new", new)
            self.count(thing, "ended", ended)
            self.count(thing, "same", len(rows) - new - ended)

    def count_facts(self, found: chronology.Taken, newer: Newer, corrected: chronology.Taken) -> None:
        """This will count facts, one for each record that a fact belongs to; `corrected` are those that newer ones replace."""
        self.count("facts", "new", found.new)
        self.count("facts", "same", found.same + newer.settled)
        self.count("facts", "changed", corrected.new)
        for one in newer.left:
            self.count("facts", "different", 1)
            fields = " and ".join(one.fields)
            self.notes.add(
                "different", one.place, f"{shown(one.said_id)} is here already; its {fields} stays as it is here"
            )
        for refused in (*found.refusals, *corrected.refusals):
            self.notes.add("not-usable", refused.place, refused.says)

    @property
    def left_out(self) -> int:
        """Give how much of the file was not taken in."""
        return self.notes.total

    def as_record(self) -> dict[str, Any]:
        """This will give the report as JSON holds it."""
        return {
            "file": self.load.name,
            "kind": self.load.kind,
            "sha256": self.load.sha256,
            "preview": self.preview,
            "taken_before": self.taken_before,
            "records": self.records,
            "counts": {thing: dict(self.counts[thing]) for thing in self.things()},
            "notes": {
                "by_code": dict(sorted(self.notes.by_code.items())),
                "kept": [{"code": one.code, "where": one.where, "says": one.says} for one in self.notes],
            },
        }

    def things(self) -> list[str]:
        """Give what was counted, in order."""
        known = [thing for thing in THINGS if thing in self.counts]
        return known + sorted(set(self.counts) - set(known))
