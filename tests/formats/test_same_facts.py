"""The same facts are answered the same: whatever their order, the pieces they come in, and the format they are written in."""

from __future__ import annotations

import io
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pytest
from lxml import etree

from goldthread.cli.answering import Answering, Question
from goldthread.duties.event import Event
from goldthread.duties.findings import as_dict
from goldthread.formats import events
from goldthread.formats.cin import reading as cin_reading
from goldthread.formats.events_writing import write_csv, write_jsonl, write_source
from goldthread.formats.reading import CensusReading, EventsReading, open_file
from goldthread.formats.source_file import CountedFile, open_bytes
from goldthread.invented.directory import Wanted, write

SAMPLES = Path(__file__).parents[3] / "shared/data/cin"
NEVER = date(1999, 12, 31)  # the day that would be asked about if nothing else were said


class Facts(NamedTuple):
    """A census and what it says as events, with the day that it speaks of."""

    census: Path
    reference: int
    events: list[Event]


@pytest.fixture(scope="module", params=["invented", "messy", "fake_CIN_data.xml", "ours_clean_100_children_2026.xml"])
def facts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    if request.param in ("invented", "messy"):
        folder = tmp_path_factory.mktemp("authority")
        write(folder, Wanted(children=250, seed=11, messy=request.param == "messy", census_only=True))
        census = folder / "census-2026.xml"
    else:
        census = SAMPLES / request.param
        if not census.is_file():
            pytest.skip("the sample files beside the project are absent")
    reading = open_file(census)
    assert isinstance(reading, CensusReading) and reading.reference_date is not None
    told = [event for _, own in reading.children() for event in own]
    return Facts(census, reading.reference_date.toordinal(), told)


def answers(path: Path, as_of: int | None = None, source: Path | None = None) -> list[str]:
    """Every finding of the published answer to a file, in an order of its own."""
    answering = Answering(Question((path,), as_of=as_of, source_file=source), NEVER)
    found = [
        json.dumps(as_dict(finding, answering.rules, answering.as_of), sort_keys=True)
        for _, findings in answering.subjects()
        for finding in findings
    ]
    assert len(found) > 50, "too few findings to compare"
    return sorted(found)


@pytest.fixture(scope="module")
def answered(facts: Facts) -> list[str]:
    return answers(facts.census)


@pytest.fixture
def as_jsonl(facts: Facts, tmp_path: Path) -> Callable[[list[Event]], Path]:
    def written(told: list[Event]) -> Path:
        path = tmp_path / "events.jsonl"
        with path.open("w", encoding="utf-8") as file:
            write_jsonl(told, file, open_file(facts.census).source)
        return path

    return written


def as_csv(facts: Facts, told: list[Event], folder: Path) -> tuple[Path, Path]:
    path, source = folder / "events.csv", folder / "source.json"
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(told, file)
    with source.open("w", encoding="utf-8") as file:
        write_source(open_file(facts.census).source, file)
    return path, source


# ---- formats


def test_the_facts_hold_what_could_go_wrong(facts: Facts) -> None:
    if "ours_clean" not in facts.census.name:
        assert any(event.day is None for event in facts.events), "an undated event"
    assert any(event.links for event in facts.events) and any(event.data for event in facts.events)


def test_a_census_and_its_events_as_json_lines_are_answered_the_same(
    facts: Facts, answered: list[str], as_jsonl: Callable[[list[Event]], Path]
) -> None:
    assert answers(as_jsonl(facts.events), facts.reference) == answered


def test_a_census_and_its_events_as_csv_are_answered_the_same(
    facts: Facts, answered: list[str], tmp_path: Path
) -> None:
    path, source = as_csv(facts, facts.events, tmp_path)
    assert answers(path, facts.reference, source) == answered


def test_a_fact_that_is_left_out_is_missed(
    facts: Facts, answered: list[str], as_jsonl: Callable[[list[Event]], Path]
) -> None:
    referral = next(event for event in facts.events if event.kind == "referral-received")
    assert answers(as_jsonl([event for event in facts.events if event is not referral]), facts.reference) != answered


def test_without_its_declared_source_a_file_is_answered_otherwise(
    facts: Facts, answered: list[str], tmp_path: Path
) -> None:
    path, _ = as_csv(facts, facts.events, tmp_path)
    assert answers(path, facts.reference) != answered


# ---- order


def rewritten(path: Path, folder: Path, rng: random.Random | None) -> Path:
    """Write a census again with its children in another order.

    Without those whose place in the file counts: of several with one id the first is used, and one without an id is
    called by her place.
    """
    tree = etree.parse(path)
    children = next(element for element in tree.iter("{*}Children"))
    each = list(children)
    ids = Counter(child.findtext(".//{*}LAchildID") for child in each)
    for child in each:
        children.remove(child)
    each = [child for child in each if (name := child.findtext(".//{*}LAchildID")) and ids[name] == 1]
    if rng:
        rng.shuffle(each)
    children.extend(each)
    census = folder / f"{rng.random() if rng else 'same'}.xml"
    tree.write(census, encoding="utf-8", xml_declaration=True)
    return census


def test_the_order_of_children_in_a_census_does_not_matter(facts: Facts, tmp_path: Path) -> None:
    plain, *others = [rewritten(facts.census, tmp_path, rng) for rng in (None, random.Random(1), random.Random(2))]
    assert len({path.read_bytes() for path in (plain, *others)}) == 3
    expected = answers(plain)
    assert [answers(path) == expected for path in others] == [True, True]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_lines_does_not_matter(
    facts: Facts, answered: list[str], as_jsonl: Callable[[list[Event]], Path], tmp_path: Path, seed: int
) -> None:
    told = list(facts.events)
    random.Random(seed).shuffle(told)
    assert told != facts.events
    assert answers(as_jsonl(told), facts.reference) == answered
    path, source = as_csv(facts, told, tmp_path)
    assert answers(path, facts.reference, source) == answered


# ---- pieces


class Crumbs(io.RawIOBase):
    """A file that gives one to seven bytes at a time, as a slow pipe would."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.rng, self.given = file, random.Random(7), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self.file.read(min(len(buffer), self.rng.randint(1, 7)))
        buffer[: len(piece)] = piece
        self.given += 1
        return len(piece)

    def close(self) -> None:
        self.file.close()
        super().close()


@pytest.fixture
def crumbled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Crumbs]]:
    """Let every file be read in crumbs, by lines and by what the parser asks for."""
    opened: list[Crumbs] = []

    def crumbs(path: Path) -> io.BufferedReader:
        opened.append(Crumbs(open_bytes(path)))
        return io.BufferedReader(opened[-1], buffer_size=8)

    rng = random.Random(5)
    whole = CountedFile.read
    monkeypatch.setattr(events, "open_bytes", crumbs)
    monkeypatch.setattr(cin_reading, "open_bytes", crumbs)
    monkeypatch.setattr(CountedFile, "read", lambda self, size=-1: whole(self, min(rng.randint(1, 7), abs(size))))
    yield opened
    assert sum(one.given for one in opened) > 10_000, "the file was read in one piece after all"


def test_a_census_read_in_crumbs_is_answered_the_same(
    facts: Facts, answered: list[str], crumbled: list[Crumbs]
) -> None:
    assert answers(facts.census) == answered


def test_json_lines_and_csv_read_in_crumbs_are_answered_the_same(
    facts: Facts,
    answered: list[str],
    as_jsonl: Callable[[list[Event]], Path],
    tmp_path: Path,
    crumbled: list[Crumbs],
) -> None:
    assert answers(as_jsonl(facts.events), facts.reference) == answered
    path, source = as_csv(facts, facts.events, tmp_path)
    assert answers(path, facts.reference, source) == answered


# ---- an authority's own events, of every kind of subject


def test_an_authority_written_as_json_lines_and_as_csv_is_answered_the_same_in_any_order(tmp_path: Path) -> None:
    write(tmp_path, Wanted(children=250, years=2, seed=3, messy=True))
    plain = answers(tmp_path / "events.jsonl", date(2026, 3, 31).toordinal())
    assert answers(tmp_path / "events.csv", date(2026, 3, 31).toordinal(), tmp_path / "events.source.json") == plain
    source, *lines = (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()
    random.Random(9).shuffle(lines)
    other = tmp_path / "shuffled.jsonl"
    other.write_text("\n".join([source, *lines]) + "\n", encoding="utf-8")
    assert answers(other, date(2026, 3, 31).toordinal()) == plain
    reading = open_file(other)
    assert isinstance(reading, EventsReading)
    assert {event.subjects[0].partition(":")[0] for event in reading.events()} >= {"child", "incident", "partnership"}
