"""The same choices give the same bytes; what is planted is where the list says."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from goldthread.duties.refusal import Refused
from goldthread.formats.reading import CensusReading, EventsReading, open_file
from goldthread.invented.directory import SIZES, Wanted, check, write
from goldthread.invented.mess import CENSUS, EVENTS

SOURCE = Path(__file__).resolve().parents[2] / "src"
PINNED = "a17fd64126dac1a7930c292a8bd4cfda2f18aa0f3b822d5d04e7842ced201032"
"""The census of 200 children with seed 1."""


def contents(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_authority(tmp_path: Path) -> None:
    for name, seed in (("a", 4), ("b", 4), ("c", 5)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, Wanted(scale=0.05, years=2, seed=seed, messy=True))
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    other = contents(tmp_path / "c")
    for name, found in contents(tmp_path / "a").items():
        if name != "events.source.json":
            assert found != other[name], name


def test_the_order_of_sets_and_the_machine_do_not_matter(tmp_path: Path) -> None:
    for number in ("0", "4242"):
        (tmp_path / number).mkdir()
        code = (
            "from pathlib import Path; from goldthread.invented.directory import Wanted, write;"
            f"write(Path({str(tmp_path / number)!r}), Wanted(children=150, seed=9, messy=True))"
        )
        environment = {**os.environ, "PYTHONHASHSEED": number, "PYTHONPATH": str(SOURCE), "TZ": f"UTC-{number[0]}"}
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert contents(tmp_path / "0") == contents(tmp_path / "4242")


def test_these_choices_give_these_bytes_on_any_machine(tmp_path: Path) -> None:
    write(tmp_path, Wanted(children=200, seed=1, census_only=True))
    found = contents(tmp_path)["census-2026.xml"]
    assert found == PINNED, "the invented authority has changed: if that is meant, pin the new hash"


def test_events_do_not_change_the_census(tmp_path: Path) -> None:
    for name, census_only in (("with", False), ("without", True)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, Wanted(children=200, seed=2, census_only=census_only))
    held = [(tmp_path / name / "census-2026.xml").read_bytes() for name in ("with", "without")]
    assert held[0] == held[1]
    assert not (tmp_path / "without" / "events.jsonl").exists()


def test_a_larger_authority_is_larger_by_its_measure() -> None:
    assert SIZES["small"] == 0.1
    assert 3 <= SIZES["county"] <= 4


def test_a_mess_is_listed_and_lies_where_the_list_says(tmp_path: Path) -> None:
    for name in ("clean", "messy"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, Wanted(scale=0.3, seed=8, messy=name == "messy"))
    planted = [
        json.loads(line) for line in (tmp_path / "messy" / "planted.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert {one["defect"] for one in planted} == {defect.name for defect, _ in CENSUS} | {one.name for one in EVENTS}
    clean = (tmp_path / "clean" / "census-2026.xml").read_text(encoding="utf-8").splitlines()
    messy = (tmp_path / "messy" / "census-2026.xml").read_text(encoding="utf-8").splitlines()
    changed = {
        line.split("<LAchildID>")[1].split("<")[0] for line in messy if "<LAchildID>" in line and line not in set(clean)
    }
    twice = {one["where"] for one in planted if one["defect"] == "duplicate-child"}
    assert changed == {one["where"] for one in planted if one["file"] == "census-2026.xml"} - twice
    ids = [line.split("<LAchildID>")[1].split("<")[0] for line in messy if "<LAchildID>" in line]
    assert {one for one in ids if ids.count(one) > 1} == twice
    events = (tmp_path / "messy" / "events.jsonl").read_text(encoding="utf-8")
    assert all(one["where"] in events for one in planted if one["file"] == "events.jsonl")


def test_a_messy_authority_is_still_read_with_notes(tmp_path: Path) -> None:
    write(tmp_path, Wanted(scale=0.3, seed=8, messy=True))
    census = open_file(tmp_path / "census-2026.xml")
    assert isinstance(census, CensusReading)
    assert len(list(census.children())) > 1_500
    assert census.notes.total > 20
    told = open_file(tmp_path / "events.jsonl")
    assert isinstance(told, EventsReading)
    assert len(list(told.events())) > 20_000


def test_the_file_says_that_all_is_invented_and_gives_seed_and_figures(tmp_path: Path) -> None:
    written = write(tmp_path, Wanted(scale=0.02, seed=11))
    text = (tmp_path / "README.txt").read_text(encoding="utf-8")
    assert "Everything in this folder is invented" in text
    assert "seed: 11" in text
    assert f"children: {written.figures[2026].children:,}" in text
    assert set(written.files) == {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (Wanted(years=0), "--years 0"),
        (Wanted(year=1850), "--year 1850"),
        (Wanted(year=2001, years=9), "--year 2001 with --years 9"),
        (Wanted(children=0), "--children 0"),
    ],
)
def test_what_cannot_be_invented_is_refused(wanted: Wanted, says: str) -> None:
    with pytest.raises(Refused, match=says):
        check(wanted)


def test_progress_is_told_of_the_children_done(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    write(tmp_path, Wanted(children=60, census_only=True), lambda done, total: heard.append((done, total)))
    assert heard[-1] == (60, 60)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)


def test_the_census_is_well_formed_to_its_last_line(tmp_path: Path) -> None:
    write(tmp_path, Wanted(children=3, census_only=True))
    assert etree.parse(tmp_path / "census-2026.xml").getroot().tag == "Message"
