"""The files of people hold what was told, and the page that describes them names every field and every code."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from authority_told import Authority

from goldthread.cli import main
from goldthread.formats.reading import EventsReading, open_file
from goldthread.invented import people_files
from goldthread.invented.agency_table import ORGANISATIONS
from goldthread.invented.cast import CAST
from goldthread.invented.standing import demo

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/people-file.md"
ON = date(2026, 3, 3)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("standing")
    people_files.write(folder, demo(ON, 2, size=0.03))
    return folder


def test_what_is_written_is_read_again_as_it_was_told(folder: Path) -> None:
    standing = demo(ON, 2, size=0.03)
    with (folder / "agencies.jsonl").open(encoding="utf-8") as file:
        assert people_files.read_agencies(file) == standing.agencies
    with (folder / "families.jsonl").open(encoding="utf-8") as file:
        families = list(people_files.read_families(file))
    told = list(standing.families())
    assert families == [replace(one, events=[]) for one in told]
    reading = open_file(folder / "events.jsonl")
    assert isinstance(reading, EventsReading)
    assert list(reading.events()) == [event for one in told for event in one.events]
    assert reading.notes.total == 0


def test_the_same_choices_write_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    people_files.write(tmp_path, demo(ON, 2, size=0.03))
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def codes(harrowmere: Authority) -> Iterator[str | None]:
    """Every code that is told."""
    for post in harrowmere.agencies.posts:
        yield post.role
    for practitioner in harrowmere.agencies.practitioners:
        yield from practitioner.qualifications
    for told in harrowmere.batches:
        yield told.showcase
        for person in told.persons:
            yield from (one.use for one in person.names)
            yield from (one.kind for one in person.identifiers)
            yield from (one.kind for one in person.characteristics)
            yield from (one.kind for one in person.contact_points)
        for relationship in told.relationships:
            yield from (relationship.kind, relationship.how)
        yield from (one.how for one in told.responsibilities)
        for record in told.records:
            yield from (record.kind, record.sensitivity)
        yield from (one.capacity for one in told.memberships)
        yield from (one.capacity for one in told.involvements)
        yield from (one.kind for one in told.conflicts)
        for event in told.events:
            if event.kind == "contact-received":
                yield event.data["outcome"]


def test_the_page_names_every_field_and_every_code(harrowmere: Authority) -> None:
    named = set(re.findall(r"`([a-zA-Z_-]+)`", PAGE.read_text(encoding="utf-8")))
    fields = {name for part in people_files.DEFAULTS.values() for name, _ in part}
    assert fields | set(people_files.AGENCY_PARTS) | set(people_files.FAMILY_PARTS) <= named
    assert {one for one in codes(harrowmere) if one is not None} <= named
    assert {row.kind for row in ORGANISATIONS} <= named
    assert {one.key for one in CAST} <= named


def test_a_fact_without_anything_to_say_is_short(folder: Path) -> None:
    families = (folder / "families.jsonl").read_text(encoding="utf-8")
    assert '"sensitivity": "restricted"' in families
    assert not [key for key in ('"standard"', "false", "[]", '"because": null') if key in families]
    out = io.StringIO()
    agencies = demo(ON, 2, size=0.01).agencies
    people_files.write_agencies(agencies, out)
    first = out.getvalue().splitlines()[0]
    assert "null" not in first and "until_on" not in first and "part_of" not in first


def test_the_command_writes_an_authority_as_it_stands_on_a_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "standing"
    assert main(["generate", "--small", "--today", "2026-03-03", "--rich", "0.3", "-o", str(target)]) == 0
    said = capsys.readouterr().out
    assert "nothing in it is real" in said and "agencies.jsonl" in said
    assert f"goldthread check {target / 'events.jsonl'} --as-of 2026-03-03" in said
    assert {path.name for path in target.iterdir()} == {
        "agencies.jsonl", "families.jsonl", "events.jsonl", "events.source.json", "README.txt",
    }  # fmt: skip
    assert "as it stands on 2026-03-03" in (target / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--today", "yesterday"], "--today: a date"),
        (["--today", "2026-03-03", "--messy"], "--messy: it is about a census"),
        (["--today", "2026-03-03", "--census-only"], "--census-only: it is about a census"),
        (["--today", "2026-03-03", "--children", "5"], "--children: it is about a census"),
        (["--today", "2026-03-03", "--years", "0"], "with --years 0"),
        (["--today", "1999-03-03"], "2010 to 2100"),
        (["--today", "2026-03-03", "--rich", "-1"], "--rich -1"),
        (["--rich", "2"], "only with --today"),
    ],
)
def test_what_cannot_be_is_refused(
    words: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", *words, "-o", str(tmp_path / "new")]) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
