"""Putting one question to files: read them, evaluate them child by child, and keep what the answer rested on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from goldthread.duties import calendar, corrections, rules, words
from goldthread.duties.corrections import EPOCH, LONDON, MICROSECOND
from goldthread.duties.engine import Evaluator, with_families
from goldthread.duties.event import Event, Source
from goldthread.duties.explaining import WhyNot, why_not
from goldthread.duties.findings import Finding, iso
from goldthread.duties.refusal import Refused
from goldthread.duties.rules import Kind
from goldthread.formats.cin import WHOLE, Share
from goldthread.formats.cin import reading as cin_reading
from goldthread.formats.notes import Notes, shown
from goldthread.formats.reading import CensusReading, EventsReading, Reading, open_file
from goldthread.formats.receipts import file_sha256

Progress = Callable[[int, int], None] | None
Found = list[tuple[str, list[Finding]]]


class Question(NamedTuple):
    """What is asked: of which files, as things stood when, as known when, by which rules."""

    files: tuple[Path, ...]
    as_of: int | None = None
    known_at: int | None = None
    edition: str = "wt2023"
    overlays: tuple[str, ...] = ()
    strict: bool = False
    source_file: Path | None = None
    calendar: str | None = None  # a release of bank holidays; the newest where it is not said


class Explained(NamedTuple):
    """A subject whose working was asked for: what is owed, and what is not."""

    subject: str
    findings: list[Finding]
    dormant: list[WhyNot]


class Answered(NamedTuple):
    """A block of subjects with their findings, and what is still to be taken in of it: notes, counts, bytes read."""

    found: Found
    notes: Notes
    engine_notes: Notes
    children: int = 0
    facts: int = 0
    done: int = 0


def day(text: str, what: str) -> int:
    """Read an ISO date given on the command line as an ordinal."""
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError
        return date.fromisoformat(text).toordinal()
    except ValueError:
        raise Refused(f"{what}: a date that exists, like 2026-03-31, was expected; found {text!r}") from None


def moment(text: str, what: str) -> int:
    """Read a date-time with offset as UTC microseconds; a bare date means the end of that day in London."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        following = date.fromordinal(min(day(text, what) + 1, date.max.toordinal()))
        return (datetime.combine(following, time.min, tzinfo=LONDON) - EPOCH) // MICROSECOND - 1
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(f"{what}: a date-time like 2026-03-31T09:00+01:00 was expected; found {text!r}") from None
    if found.tzinfo is None:
        raise Refused(f"{what}: the date-time needs an offset, like 2026-03-31T09:00+01:00; found {text!r}")
    return (found - EPOCH) // MICROSECOND


class Answering:
    """One question being answered, by subjects or by blocks of them.

    Notes and counts are complete when `subjects` has been gone through, or when every block has been taken in.
    """

    def __init__(self, question: Question, today: date, progress: Progress = None) -> None:
        """Open the files, read the rules and settle the day asked about."""
        self.question, self.today = question, today.toordinal()
        self.rules = rules.load(question.edition, question.overlays)
        self.calendar = calendar.load(question.calendar)
        self.readings: list[Reading] = [
            open_file(path, source_path=question.source_file, progress=progress) for path in question.files
        ]
        self.censuses = [one for one in self.readings if isinstance(one, CensusReading)]
        if self.censuses and len(self.censuses) < len(self.readings):
            raise Refused("a census and event files cannot be answered together; check them one after the other")
        dates = {one.reference_date for one in self.censuses}
        if len(dates) > 1:
            named = " and ".join(sorted(str(one) for one in dates))
            raise Refused(f"these censuses have different reference dates ({named}); check them one at a time")
        reference = next(iter(dates), None)
        self.as_of_said = question.as_of is not None
        self.as_of = question.as_of if question.as_of is not None else (reference or today).toordinal()
        self.source = _merged([one.source for one in self.readings])
        self.engine_notes = Notes()
        self.noting = self.engine_notes
        self.evaluator = Evaluator(self.rules, self.calendar, self.as_of, self.source, self._note)
        self.children = 0
        self.facts = 0
        self.unknown_kinds: Counter[str] = Counter()

    def subjects(
        self, explain: str | None = None, explained: list[Explained] | None = None
    ) -> Iterator[tuple[str, list[Finding]]]:
        """Give each subject with its findings; the one that is to be explained is put aside with its facts."""
        wanted = None if explain is None else {explain, f"child:{explain}"}
        if self.censuses:
            yield from self._census(wanted, explained)
        else:
            yield from self._events(wanted, explained)

    @property
    def shareable(self) -> bool:
        """Say whether several processes can share the blocks: those of one census, whose children stand alone."""
        return len(self.censuses) == 1

    def blocks(self, share: Share = WHOLE) -> Iterator[Answered]:
        """Give the subjects of a share with their findings, block by block; each block is to be taken in with `take`."""
        if not self.shareable:
            subjects = self.subjects()
            while found := list(islice(subjects, cin_reading.BLOCK)):
                yield Answered(found, Notes(), Notes())
            return
        for block in self.censuses[0].blocks(share):
            self.noting = Notes()
            answered = [(subject, *self._answered(subject, events)) for subject, events in block.children]
            found = [(subject, findings) for subject, _, findings in answered]
            facts = sum(len(events) for _, events, _ in answered)
            yield Answered(found, block.notes, self.noting, len(found), facts, block.done)

    def take(self, notes: Notes, engine_notes: Notes, children: int, facts: int) -> None:
        """Take in what is to be noted and counted of the next block, in the order of the file."""
        self.readings[0].notes.take(notes)
        self.engine_notes.take(engine_notes)
        self.children += children
        self.facts += facts

    def _answered(self, subject: str, events: list[Event]) -> tuple[list[Event], list[Finding]]:
        """Give the events that stand for one child, and her findings."""
        known_at = self.question.known_at
        if known_at is not None:
            events = corrections.in_force(events, known_at)
        return events, self.evaluator.subject(subject, events)

    def _note(self, code: str, where: str, says: str) -> None:
        self.noting.add(code, where, says)

    def _census(
        self, wanted: set[str] | None, explained: list[Explained] | None
    ) -> Iterator[tuple[str, list[Finding]]]:
        seen: set[str] = set()
        several = len(self.censuses) > 1
        for reading in self.censuses:
            for subject, told in reading.children():
                if several:
                    if subject in seen:
                        reading.notes.add("duplicate-child", subject, "is in an earlier file too; not counted again")
                        continue
                    seen.add(subject)
                events, findings = self._answered(subject, told)
                self.children += 1
                self.facts += len(events)
                if wanted is not None and subject in wanted and explained is not None:
                    explained.append(self._explained(subject, findings, events))
                yield subject, findings

    def _events(
        self, wanted: set[str] | None, explained: list[Explained] | None
    ) -> Iterator[tuple[str, list[Finding]]]:
        given: list[Event] = []
        known: dict[str, Event] = {}
        for reading in self.readings:
            if isinstance(reading, EventsReading):
                for event in reading.events():
                    other = known.get(event.id)
                    if other is None:
                        known[event.id] = event
                        given.append(event)
                    elif other != event:
                        raise Refused(
                            f"{reading.path}: the id {event.id!r} stands for another event in an earlier file"
                        )
        corrections.check(given)
        standing = with_families(corrections.in_force(given, self.question.known_at))
        self._note_values(given)
        self.facts = len(given)
        about = {subject for event in standing for subject in event.subjects}
        self.children = sum(1 for subject in about if subject.startswith("child:"))
        asked: dict[str, list[Finding]] = {}
        for subject, findings in self.evaluator.each(standing):
            for one in findings if wanted else ():
                for each in one.subjects:  # of what is owed once for several children, each is told
                    asked.setdefault(each, []).append(one)
            if findings or subject in about:
                about.add(subject)
                yield subject, findings
        for subject in sorted(about & (wanted or set())):
            own = [one for one in standing if subject in one.subjects or subject in one.links]
            if explained is not None:
                explained.append(self._explained(subject, asked.get(subject, []), own))

    def _explained(self, subject: str, findings: list[Finding], events: list[Event]) -> Explained:
        facts = self.evaluator.facts(subject, events)
        return Explained(subject, findings, why_not(self.rules, self.source, facts, findings))

    def _note_values(self, events: list[Event]) -> None:
        """Count kinds that the rules do not know, and note values that a kind does not list: they match nothing."""
        fields = {kind.name: _checked(kind) for kind in self.rules.kinds.values()}
        for event in events:
            checked = fields.get(event.kind)
            if checked is None:
                self.unknown_kinds[event.kind] += 1
                continue
            data = event.data
            for field in checked.keys() & data.keys():
                fits, expected = checked[field]
                said: Any = data[field]
                for one in said if isinstance(said, list) else [said]:
                    if one is not None and not fits(one):
                        self.engine_notes.add(
                            "unknown-value",
                            f"{event.subjects[0]}, event {event.id}",
                            f"{event.kind}.{field} is {shown(str(one))}, not {expected}; it matches nothing",
                        )

    # ---- what the answer rested on

    def header(self) -> dict[str, Any]:
        """Give what stands before the findings in every published answer."""
        known_at = self.question.known_at
        return {
            "as_of": iso(self.as_of),
            "known_at": None if known_at is None else (EPOCH + timedelta(microseconds=known_at)).isoformat(),
            "rules": {
                "edition": self.rules.edition,
                "hash": self.rules.sha256,
                "overlays": [{"name": one.name, "hash": one.sha256} for one in self.rules.overlays],
            },
            "calendar": {
                "release": self.calendar.release,
                "hash": self.calendar.sha256,
                "from": iso(self.calendar.first),
                "until": iso(self.calendar.horizon),
            },
        }

    def closing(self) -> dict[str, Any]:
        """Give what is known of the source when everything has been read."""
        counts: Counter[str] = Counter()
        kept: list[dict[str, str]] = []
        for notes in self.all_notes():
            counts.update(notes.by_code)
            kept += [{"code": one.code, "where": one.where, "says": one.says} for one in notes.kept]
        source = self.source
        return {
            "source": {
                "files": [{"name": one.path.name, "format": one.format, "about": one.about} for one in self.readings],
                "carries": None if source.carries is None else sorted(source.carries),
                "from": iso(source.opens),
                "until": iso(source.closes),
                "children": self.children,
                "events": self.facts,
                "unknown_kinds": dict(sorted(self.unknown_kinds.items())),
                "notes": {"total": sum(counts.values()), "by_code": dict(sorted(counts.items())), "kept": kept},
            }
        }

    def all_notes(self) -> list[Notes]:
        """List the notes of every file and of the engine."""
        return [*(one.notes for one in self.readings), self.engine_notes]

    def receipt(self, findings: dict[str, Any]) -> dict[str, Any]:
        """Give the receipt of this answer: enough to answer it again and compare."""
        question = self.question
        source_file = question.source_file
        return {
            "receipt": 1,
            **self.header(),
            "known_at_microseconds": question.known_at,
            "inputs": [{"path": str(path), "sha256": file_sha256(path)} for path in question.files],
            "source_file": None
            if source_file is None
            else {"path": str(source_file), "sha256": file_sha256(source_file)},
            "overlays": [
                {"name": one.name, "path": str(given), "sha256": one.sha256}
                for one, given in zip(self.rules.overlays, question.overlays, strict=True)
            ],
            "strict": question.strict,
            "findings": findings,
        }


def _merged(sources: list[Source]) -> Source:
    """Say what several files hold together: only what every one of them can hold counts as held."""
    if len(sources) == 1:
        return sources[0]
    carried = [one.carries for one in sources if one.carries is not None]
    opens = [one.opens for one in sources if one.opens is not None]
    closes = [one.closes for one in sources if one.closes is not None]
    first = sources[0]
    return Source(
        frozenset.intersection(*carried) if carried else None,
        max(opens) if opens else None,
        min(closes) if closes else None,
        first.whole if all(one.whole == first.whole for one in sources) else (),
        first.last_before if all(one.last_before == first.last_before for one in sources) else (),
    )


def _checked(kind: Kind) -> dict[str, tuple[Callable[[Any], bool], str]]:
    """Give for each field of a kind whose values can be told right from wrong how to tell, and what was expected."""
    checked: dict[str, tuple[Callable[[Any], bool], str]] = {}
    for field, values in kind.fields.items():
        allowed = values.many if isinstance(values, words.Many) else values
        if isinstance(allowed, tuple):
            checked[field] = _among(frozenset(allowed)), f"one of {', '.join(allowed)}"
        elif allowed == "boolean":
            checked[field] = (lambda one: isinstance(one, bool)), "true or false"
        elif allowed == "date":
            checked[field] = _is_day, "a date like 2026-03-31"
        elif allowed == "number":
            checked[field] = (lambda one: isinstance(one, int) and not isinstance(one, bool)), "a whole number"
    return checked


def _among(known: frozenset[str]) -> Callable[[Any], bool]:
    return lambda one: isinstance(one, str) and one in known


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False
