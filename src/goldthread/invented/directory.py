"""Writes an invented authority into a directory: a census for each year, its events, its people, and what it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple, TextIO, cast

from goldthread.duties.calendar import WorkingDays, load
from goldthread.duties.event import Event, Source
from goldthread.duties.refusal import Refused
from goldthread.formats import cin_writing
from goldthread.formats.events_writing import write_csv, write_jsonl, write_source
from goldthread.invented.authority import Inventor
from goldthread.invented.children import UPN_AUTHORITY
from goldthread.invented.families import family_events
from goldthread.invented.life import Family
from goldthread.invented.mess import Mess
from goldthread.invented.partnership import partnership
from goldthread.invented.returns import CONFERENCE_LIMIT, Year, shown
from goldthread.invented.telling import Teller

SIZES = {"small": 0.1, "average": 1.0, "county": 3.5}
"""How many times an average authority."""

EVENTS_AT_A_TIME = 5_000

CHILDREN_IN_A_CENSUS = 6_000
"""About how many children a year's census of an average authority holds."""

NAME = "Harrowmere"

Progress = Callable[[int, int], None]


class Wanted(NamedTuple):
    """What to invent: the size (times an average authority, or a number of children), the years, the seed and the rest."""

    year: int = 2026
    years: int = 1
    scale: float = 1.0
    children: int | None = None
    seed: int = 1
    messy: bool = False
    census_only: bool = False


@dataclass(slots=True)
class Figures:
    """What one year's census holds, counted in children as national statistics count."""

    children: int = 0
    referrals: int = 0
    no_further_action: int = 0
    assessments: int = 0
    assessments_in_time: int = 0
    enquiries: int = 0
    conferences: int = 0
    conferences_in_time: int = 0
    plans_begun: int = 0
    open_plans: int = 0
    open_episodes: int = 0
    transfers_in: int = 0
    deaths: int = 0

    def count(self, child: cin_writing.Child, year: Year, calendar: WorkingDays) -> None:
        """Count one child of the year's census."""
        opens, closes = year.opens, year.closes
        self.children += 1
        self.deaths += child.died is not None
        for episode in child.episodes:
            if episode.referred >= opens:
                self.referrals += 1
                self.no_further_action += episode.no_further_action
            self.open_episodes += episode.closed is None and not episode.no_further_action
            for assessment in episode.assessments:
                if assessment.authorised is not None:
                    self.assessments += 1
                    begun = assessment.started
                    if begun - episode.referred < 14:
                        begun = episode.referred
                    self.assessments_in_time += calendar.between(begun, assessment.authorised) <= 45
            for enquiry in episode.enquiries:
                self.enquiries += enquiry.started >= opens
                if enquiry.conference is not None and enquiry.conference >= opens:
                    self.conferences += 1
                    self.conferences_in_time += (
                        calendar.between(enquiry.started, enquiry.conference) <= CONFERENCE_LIMIT
                    )
            if episode.transfer_conference is not None:
                self.transfers_in += 1
                self.conferences += 1
                self.conferences_in_time += (
                    calendar.between(episode.referred, episode.transfer_conference) <= CONFERENCE_LIMIT
                )
            for plan in episode.protection:
                self.plans_begun += opens <= plan.started <= closes
                self.open_plans += plan.ended is None

    def lines(self) -> list[str]:
        """Say the figures, one to a line."""
        return [
            f"children: {self.children:,}",
            f"referrals in the year: {self.referrals:,} (no further action: {self.no_further_action:,})",
            f"assessments completed: {self.assessments:,} (within 45 working days: {_share(self.assessments_in_time, self.assessments)})",
            f"section 47 enquiries: {self.enquiries:,}",
            f"initial and transfer-in conferences: {self.conferences:,} (within 15 working days: {_share(self.conferences_in_time, self.conferences)}; transfers in: {self.transfers_in:,})",
            f"child protection plans begun: {self.plans_begun:,}; open on 31 March: {self.open_plans:,}",
            f"episodes open on 31 March: {self.open_episodes:,}",
            f"children who died: {self.deaths:,}",
        ]


@dataclass(slots=True)
class Written:
    """What was written: the files, the figures of each year, and the numbers of events and planted defects."""

    directory: Path
    files: list[str] = field(default_factory=list)
    figures: dict[int, Figures] = field(default_factory=dict)
    events: int = 0
    planted: int = 0


class _Targets(dict[int, int]):
    def __init__(self, calendar: WorkingDays) -> None:
        super().__init__()
        self.calendar = calendar

    def __missing__(self, day: int) -> int:
        self[day] = target = self.calendar.after(day, CONFERENCE_LIMIT)
        return target


class _Output:
    """The open files of one run."""

    def __init__(self, directory: Path, wanted: Wanted, stack: ExitStack, written: Written) -> None:
        self.directory, self.stack, self.written = directory, stack, written
        self.years = [Year(number) for number in range(wanted.year - wanted.years + 1, wanted.year + 1)]
        self.census = [self.open(f"census-{year.number}.xml") for year in self.years]
        self.events = None if wanted.census_only else _Events(self)
        self.people = None if wanted.census_only else self.open("people.jsonl")

    def open(self, name: str) -> TextIO:
        self.written.files.append(name)
        return self.stack.enter_context((self.directory / name).open("w", encoding="utf-8", newline="\n"))


class _Events:
    """The two files of events, written a few thousand at a time so that memory stays flat."""

    def __init__(self, output: _Output) -> None:
        self.written = output.written
        until = Source(closes=output.years[-1].closes)
        self.jsonl, self.csv = output.open("events.jsonl"), output.open("events.csv")
        write_jsonl((), self.jsonl, until)
        write_source(until, output.open("events.source.json"))
        self.rows = _Rows(self.csv)
        self.waiting: list[Event] = []

    def add(self, events: Iterable[Event]) -> None:
        self.waiting.extend(events)
        if len(self.waiting) >= EVENTS_AT_A_TIME:
            self.flush()

    def flush(self) -> None:
        write_jsonl(self.waiting, self.jsonl)
        self.rows.skip = self.written.events > 0
        write_csv(self.waiting, cast("IO[str]", self.rows))
        self.written.events += len(self.waiting)
        self.waiting.clear()


class _Rows:
    """A CSV file that takes several batches of rows, of which only the first brings its row of names."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.skip = False

    def write(self, row: str) -> int:
        if self.skip:
            self.skip = False
            return 0
        return self.file.write(row)


def write(directory: Path, wanted: Wanted, progress: Progress | None = None) -> Written:
    """Write an invented authority into the directory, which exists; the same `wanted` gives the same bytes anywhere."""
    check(wanted)
    calendar = load()
    written = Written(directory)
    mess = Mess(f"{wanted.seed}:mess") if wanted.messy else None
    with ExitStack() as stack:
        output = _Output(directory, wanted, stack, written)
        years = output.years
        teller = Teller(f"{wanted.seed}:events", years[-1].closes, calendar)
        for year, file in zip(years, output.census, strict=True):
            file.write(cin_writing.opening(year.number, UPN_AUTHORITY))
            written.figures[year.number] = Figures()
        _families(output, wanted, calendar, teller, mess, progress)
        scale = wanted.scale if wanted.children is None else wanted.children / CHILDREN_IN_A_CENSUS
        if output.events is not None:
            _tell(output.events, mess, teller, partnership(teller, years, scale))
            output.events.flush()
        for file in output.census:
            file.write(cin_writing.CLOSE)
        if mess is not None:
            planted = output.open("planted.jsonl")
            for one in mess.planted:
                planted.write(json.dumps(one.record()) + "\n")
            written.planted = len(mess.planted)
        output.open("README.txt").write(_readme(wanted, written))
    return written


def check(wanted: Wanted) -> None:
    """Refuse what cannot be invented."""
    if wanted.years < 1:
        raise Refused(f"--years {wanted.years}: expected 1 or more.")
    if not 2000 <= wanted.year - wanted.years + 1 <= wanted.year <= 2100:
        raise Refused(f"--year {wanted.year} with --years {wanted.years}: expected census years from 2000 to 2100.")
    if wanted.children is not None and wanted.children < 1:
        raise Refused(f"--children {wanted.children}: expected 1 or more.")


def _families(
    output: _Output,
    wanted: Wanted,
    calendar: WorkingDays,
    teller: Teller,
    mess: Mess | None,
    progress: Progress | None,
) -> None:
    years, targets = output.years, _Targets(calendar)
    inventor = Inventor(f"{wanted.seed}:lives", years, calendar)
    latest = output.written.figures[years[-1].number]
    if wanted.children is None:
        families: Iterator[Family] = inventor.draw(inventor.expected_families(wanted.scale))
        goal = round(CHILDREN_IN_A_CENSUS * wanted.scale)
        room = None
    else:
        goal = wanted.children
        room = [goal]
        families = inventor.draw(None, room)
    for family in families:
        for year, file in zip(years, output.census, strict=True):
            figures = output.written.figures[year.number]
            for child in shown(family, year, targets):
                xml = cin_writing.child_xml(child, year.number)
                if mess is not None:
                    xml = mess.child(child, year, Path(file.name).name, xml)
                file.write(xml)
                figures.count(child, year, calendar)
        if output.people is not None and output.events is not None:
            for person in family.children:
                record = {
                    "id": person.subject,
                    "given_name": person.given_name,
                    "family_name": person.family_name,
                    "family": f"family:F{family.number}",
                }
                output.people.write(json.dumps(record) + "\n")
            _tell(output.events, mess, teller, family_events(teller, family))
        if progress is not None:
            progress(min(latest.children, goal), goal)
        if room is not None:
            room[0] = goal - latest.children
            if not room[0]:
                break


def _tell(output: _Events, mess: Mess | None, teller: Teller, events: list[Event]) -> None:
    output.add(events if mess is None else mess.events(events, teller.until, "events.jsonl"))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "none"


def _readme(wanted: Wanted, written: Written) -> str:
    size = (
        f"{wanted.children:,} children"
        if wanted.children is not None
        else f"{wanted.scale:g} times an average authority"
    )
    lines = [
        f"{NAME}, an invented authority",
        "",
        "Everything in this folder is invented. No child, family, authority or event in it is real; names come from",
        "lists of common names, joined at random. Pupil numbers name a school that does not exist, in a county that",
        "was abolished in 2009.",
        "",
        f"seed: {wanted.seed}; size: {size}; census years: {wanted.year - wanted.years + 1} to {wanted.year}"
        f"{'; with planted defects (planted.jsonl)' if wanted.messy else ''}",
        "The same choices give the same files, byte for byte, on any machine.",
        "",
        "Files: " + ", ".join(written.files),
        "",
    ]
    for year, figures in written.figures.items():
        lines += [f"Census {year} (1 April {year - 1} to 31 March {year})"]
        lines += [f"  {line}" for line in figures.lines()]
        lines += [""]
    if not wanted.census_only:
        lines += [f"Events: {written.events:,}", ""]
    return "\n".join(lines)
