"""`goldthread duties` lists the whole register, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goldthread.cli import main
from goldthread.cli.duties import COLUMNS, KINDS
from goldthread.duties import rules

UNTIMED = Path(__file__).parents[3] / "shared/guidance/untimed_duties.csv"
TIMED = (
    "referral.acknowledge referral.decide assessment.conclude assessment.explain-delay conference.initial "
    "conference.transfer-in core-group.first conference.review.first conference.review.next incident.notify-panel "
    "rapid-review.submit practice-review.publish practice-review.send-before-publication practice-review.keep-available "
    "allegation.inform-designated-officer yearly-report.publish yearly-report.send death.registrar-particulars "
    "death.coroner-notifies"
).split()

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def duties(*words: str, status: int = 0) -> str:
        assert main(["duties", *words]) == status
        out, err = capsys.readouterr()
        assert (err == "") == (status == 0)
        return out or err

    return duties


def listed(run: Run, *words: str) -> list[dict[str, Any]]:
    duties: list[dict[str, Any]] = json.loads(run(*words, "--format", "json"))["duties"]
    return duties


def test_every_timed_duty_and_each_word_of_it_is_listed(run: Run) -> None:
    rows = {row["code"]: row for row in listed(run)}
    assert set(TIMED) <= set(rows)
    assert len(rows) == len(listed(run)), "each code once"
    one = rows["conference.initial"]
    assert (one["kind"], one["layer"], one["due"]) == ("timed", "national", "within 15 working days")
    assert (one["strength"], one["time_strength"]) == ("should", "should")
    assert one["trigger"] == "strategy-discussion-held (section_47: true)"
    assert "section-47-concluded" in one["ends"]
    assert rows["referral.acknowledge"]["ends"] == "at its start where referrer: anonymous"
    assert rows["practice-review.keep-available"]["due"] == "for at least 1 year; national: for at least 3 years"
    assert rows["practice-review.keep-available"]["discharge"] == "nothing breaks it: report-withdrawn"
    assert "1 April of each year from 2024" in rows["yearly-report.publish"]["trigger"]
    assert rows["assessment.explain-delay"]["trigger"] == "assessment.conclude has ended its day unmet"


@pytest.mark.skipif(not UNTIMED.is_file(), reason="the list of duties without a number is not beside the repository")
def test_every_duty_without_a_number_is_listed(run: Run) -> None:
    with UNTIMED.open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert len(codes) == 141
    assert set(codes) <= {row["code"] for row in listed(run)}


def test_every_row_says_what_it_is(run: Run) -> None:
    for row in listed(run):
        assert list(row) == list(COLUMNS)
        assert row["kind"] in KINDS
        for key in ("code", "layer", "area", "sentence", "holder", "strength", "trigger", "cites"):
            assert row[key], f"{row['code']}: {key}"
        if row["kind"] != "local":  # one that is set locally may say how strong its time is
            assert (row["time_strength"] is None) == (row["kind"] != "timed"), row["code"]
    assert Counter(row["kind"] for row in listed(run)).keys() == KINDS.keys()


def test_every_format_lists_the_same(run: Run) -> None:
    rows = listed(run)
    assert [json.loads(line) for line in run("--format", "jsonl").splitlines()] == rows
    table = list(csv.DictReader(io.StringIO(run("--format", "csv"), newline="")))
    assert [{**row, "cites": json.loads(row["cites"])} for row in table] == [
        {key: "" if value is None else value for key, value in row.items()} for row in rows
    ]
    text = run()
    shown = re.findall(r"^  (\S+)(?: \[[^]]+\])?  (\w+), ", text, re.MULTILINE)
    assert shown == [(row["code"], row["kind"]) for row in rows]
    said = " ".join(text.split())
    for row in rows:
        assert row["sentence"] in said and row["holder"] in said
    assert max(len(line) for line in text.splitlines() if " " in line.strip() and "cites" not in line) <= 100


def test_a_code_or_its_beginning_narrows_the_list(run: Run) -> None:
    assert [row["code"] for row in listed(run, "conference.initial")] == ["conference.initial"]
    found = {row["code"] for row in listed(run, "core-group", "rapid-review")}
    assert {"core-group.first", "core-group.next", "rapid-review.submit"} <= found
    assert all(code.startswith(("core-group", "rapid-review")) for code in found)
    assert "no duty of wt2023 has a code that begins with conferense" in run("conferense", status=2)
    assert "with a number: 1\n" in run("conference.initial")


def test_an_overlay_is_listed_beside(run: Run) -> None:
    plain = listed(run)
    both = listed(run, "--overlay", "example-first-review", "--overlay", "example-plan-end")
    assert [row for row in both if row["layer"] == rules.NATIONAL] == plain
    local = {row["layer"]: row for row in both if row["layer"] != rules.NATIONAL}
    assert local["example-first-review"]["due"] == "within 20 working days of child-born"
    assert local["example-first-review"]["code"] == "conference.review.first"
    assert local["example-plan-end"]["discharge"] == "2 of conference-held (type: review)"
    assert "conference.review.first [example-first-review]" in run("--overlay", "example-first-review", "conference")


def test_another_edition_is_refused(run: Run) -> None:
    assert "is not held" in run("--edition", "wt2018", status=2)
    assert json.loads(run("--format", "json"))["hash"] == rules.load().sha256
