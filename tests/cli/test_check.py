"""`goldthread check` answers from a file, in every format, and says in one sentence what it cannot use."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from goldthread.cli import answering, main
from goldthread.cli.answering import Answering, Question
from goldthread.duties.event import Event, Pattern, Source
from goldthread.duties.example_lines import event
from goldthread.duties.findings import State
from goldthread.formats import events_writing

REFERENCE = Path(__file__).parents[2] / "docs/reference"
SAMPLES = Path(__file__).parents[3] / "shared/data/cin"
VALIDATOR = jsonschema.Draft202012Validator(
    json.loads((REFERENCE / "finding.schema.json").read_text(encoding="utf-8")),
    format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
)
AS_OF = ("--as-of", "2025-09-01")
LINES = (
    "2025-03-03 child-identified born_on=2015-01-01 subject=child:A1",
    "2025-03-03 referral-received process=referral:R1 referrer=known subjects=child:A1,child:A2",
    "2025-03-05 assessment-started process=referral:R1 subject=child:A1",
    '2025-05-05 assessment-delay-explained process=referral:R1 subject=child:A1 reason="a court date"',
    "2025-03-06 referral-decided process=referral:R1 subject=child:A2 outcomes=[early-help]",
    "2025-04-03 incident-known subject=incident:I1",
    "2025-04-01 biscuit-eaten subject=child:A2",
    "2025-08-28 strategy-discussion-held section_47=true process=strategy:S1 subject=child:A3",
    "2025-07-01 conference-held type=initial outcome=plan subject=child:A4",
)
CENSUS = (
    "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>201</LEA>"
    "</Source></Header><Children>{}</Children></Message>"
)
CHILD = (
    "<Child><ChildIdentifiers><LAchildID>{}</LAchildID><PersonBirthDate>2015-05-05</PersonBirthDate></ChildIdentifiers>"
    "<CINdetails><CINreferralDate>2025-06-02</CINreferralDate><ReferralSource>1A</ReferralSource>"
    "<PrimaryNeedCode>N1</PrimaryNeedCode><Assessments><AssessmentActualStartDate>2025-06-05</AssessmentActualStartDate>"
    "</Assessments></CINdetails></Child>"
)

Run = Callable[..., tuple[int, str, str]]


def facts(*lines: str) -> list[Event]:
    return [event(line, place, "child:A1") for place, line in enumerate(lines)]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs check and gives its status, and what it printed on either stream."""

    def check(*words: object) -> tuple[int, str, str]:
        status = main(["check", *map(str, words)])
        return status, *capsys.readouterr()

    return check


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "events.jsonl", facts(*LINES))


@pytest.fixture
def census(tmp_path: Path) -> Path:
    path = tmp_path / "census.xml"
    path.write_text(CENSUS.format(CHILD.format("C1") + CHILD.format("C2")), encoding="utf-8")
    return path


def jsonl(path: Path, events: list[Event], source: Source | None = None) -> Path:
    with path.open("w", encoding="utf-8") as out:
        events_writing.write_jsonl(events, out, source)
    return path


def refused(done: tuple[int, str, str], words: str, status: int = 2) -> None:
    assert done[0] == status
    assert done[1] == ""
    assert done[2].startswith("goldthread: ") and done[2].count("\n") == 1
    assert words in done[2]


# ---- the text


def test_the_text_says_what_was_read_a_table_who_needs_someone_and_the_notes(run: Run, file: Path) -> None:
    status, out, err = run(file, *AS_OF)
    assert (status, err) == (0, "")
    heads = ["Where every child stands", "By duty", "Who needs someone on 1 Sep 2025"]
    assert [out.index(head) for head in heads] == sorted(out.index(head) for head in heads)
    assert "events.jsonl: case events\n         4 children, 9 facts\n" in out
    assert "biscuit-eaten 1" in out
    assert max(map(len, out.splitlines())) <= 100


def test_a_census_is_asked_about_its_reference_date(run: Run, census: Path) -> None:
    out = run(census)[1]
    assert "As of    Tuesday 31 March 2026, the census's reference date\n" in out
    assert "CIN census (year 2026, LEA 201)" in out
    assert "cannot hold everything and covers 1 Apr 2025 to 31 Mar 2026" in out
    assert "As of    Monday 30 March 2026\n" in run(census, "--as-of", "2026-03-30")[1]
    later = run(census, "--as-of", "2026-04-10")[1]
    assert "--as-of 2026-03-31 asks about its last day" in later
    assert "overdue: " not in later


def test_events_are_asked_about_today_in_london(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Clock:
            return cls(2025, 7, 31, 23, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr("goldthread.cli.check.datetime", Clock)
    out = run(file)[1]
    assert "As of    Friday 1 August 2025\n" in out, "half past midnight in London"
    assert "Who needs someone today" in out


def test_several_files_of_one_sort_are_answered_together(run: Run, tmp_path: Path, census: Path) -> None:
    events = facts(*LINES)
    one, two = jsonl(tmp_path / "one.jsonl", events[:4]), jsonl(tmp_path / "two.jsonl", events[3:])
    whole = jsonl(tmp_path / "whole.jsonl", facts(*LINES))
    together, alone = (json.loads(run(*given, *AS_OF, "--format", "json")[1]) for given in ((one, two), (whole,)))
    assert together["findings"] == alone["findings"]
    twice = json.loads(run(census, census, "--format", "json")[1])
    assert twice["findings"] == json.loads(run(census, "--format", "json")[1])["findings"]
    assert twice["source"]["notes"]["by_code"]["duplicate-child"] == 2
    refused(run(census, whole), "a census and event files cannot be answered together")


# ---- for machines


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--explain"],
        ["--explain", "A1"],
        ["--explain", "incident:I1"],
        ["--known-at", "2025-04-01"],
        ["--overlay", "example-first-review", "--overlay", "example-plan-end", "--explain"],
    ],
)
def test_json_follows_the_schema_and_the_other_formats_say_the_same(run: Run, file: Path, words: list[str]) -> None:
    told = json.loads(run(file, *AS_OF, *words, "--format", "json")[1])
    VALIDATOR.validate(told)
    assert told["findings"]
    assert all(("explanation" in row) == ("--explain" in words) for row in told["findings"])
    assert ("dormant" in told) == (words[:1] == ["--explain"] and len(words) > 1 and words[1] in ("A1", "incident:I1"))
    first, *rows, last = map(json.loads, run(file, *AS_OF, *words, "--format", "jsonl")[1].splitlines())
    assert {**first["answer"], "findings": rows, **last} == told
    table = list(csv.DictReader(io.StringIO(run(file, *AS_OF, *words, "--format", "csv")[1], newline="")))
    assert [(row["duty"], row["subject"], row["state"]) for row in table] == [
        (row["duty"], row["subject"], row["state"]) for row in told["findings"]
    ]


def test_a_generated_authority_follows_the_schema(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "authority"
    assert main(["generate", "--children", "60", "--seed", "5", "--messy", "-o", str(target)]) == 0
    states = set()
    for words in (
        ["census-2026.xml"],
        ["events.jsonl", "--as-of", "2026-03-31"],
        ["events.jsonl", "--as-of", "2025-12-01"],
    ):
        run()  # what generate printed
        told = json.loads(run(target / words[0], *words[1:], "--explain", "--format", "json")[1])
        VALIDATOR.validate(told)
        states |= {row["state"] for row in told["findings"]}
    assert states >= {"met", "met-late", "running", "ended", "judgement", "unknown"}


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are not beside the repository")
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.xml")) if SAMPLES.is_dir() else [])
def test_every_sample_census_is_answered_and_follows_the_schema(run: Run, name: str) -> None:
    status, out, err = run(SAMPLES / name, "--explain", "--format", "json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    VALIDATOR.validate(told)
    assert told["findings"] and not any(
        row["state"] == "overdue" and row["duty"] == "referral.decide" for row in told["findings"]
    )


def test_the_format_of_the_facts_does_not_change_the_findings(run: Run, tmp_path: Path, file: Path) -> None:
    table, declared = tmp_path / "events.csv", tmp_path / "source.json"
    with table.open("w", encoding="utf-8", newline="") as out:
        events_writing.write_csv(list(reversed(facts(*LINES))), out)
    source = Source(frozenset(["referral-received"]), date(2025, 1, 1).toordinal(), date(2025, 8, 31).toordinal(), (Pattern("referral-received"),))  # fmt: skip
    with declared.open("w", encoding="utf-8") as out:
        events_writing.write_source(source, out)
    one, two = (json.loads(run(path, *AS_OF, "--format", "json")[1]) for path in (file, table))
    assert one["findings"] == two["findings"]
    held = json.loads(run(table, "--source", declared, *AS_OF, "--format", "json")[1])
    assert held["source"]["carries"] == ["referral-received"] and held["source"]["until"] == "2025-08-31"
    line_by_line = jsonl(tmp_path / "declared.jsonl", facts(*LINES), source)
    assert held["findings"] == json.loads(run(line_by_line, *AS_OF, "--format", "json")[1])["findings"]
    assert {row["state"] for row in held["findings"] if row["duty"] == "assessment.conclude"} == {"unknown"}


# ---- the three dates and the layers


def test_what_was_recorded_later_is_left_out(run: Run, tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "events.jsonl",
        facts(
            "2025-03-03 referral-received",
            "2025-03-04 referral-decided recorded=2025-03-20T10:00+00:00",
        ),
    )

    def state(*words: str) -> str:
        told = json.loads(run(path, "--as-of", "2025-03-10", *words, "--format", "json")[1])
        return str(next(row["state"] for row in told["findings"] if row["duty"] == "referral.decide"))

    assert state() == "met"
    assert state("--known-at", "2025-03-19") == "overdue"
    assert state("--known-at", "2025-03-20T10:00Z") == "met"
    assert state("--known-at", "2025-03-20T09:59+00:00") == "overdue"
    assert state("--known-at", "2025-03-20") == "met", "a bare date means its end"
    assert state("--known-at", "9999-12-31") == "met"
    out = run(path, "--known-at", "2025-07-01")[1]
    assert "Known    at 23:59:59 on Tuesday 1 July 2025, in London; what was recorded later is left out\n" in out


def test_a_bare_day_ends_in_london(run: Run) -> None:
    assert answering.moment("2025-07-01", "--known-at") == answering.moment("2025-07-01T23:00Z", "--known-at") - 1
    assert answering.moment("2025-12-01", "--known-at") == answering.moment("2025-12-02T00:00Z", "--known-at") - 1


def test_an_overlay_adds_beside_and_changes_nothing_national(run: Run, tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "events.jsonl",
        facts(
            "2025-01-06 conference-held type=initial unborn=true outcome=plan",
            "2025-02-03 child-born born_on=2025-02-03",
        ),
    )
    own = tmp_path / "ours.yaml"
    own.write_text(
        "overlay: ours\nover: wt2023\ntitle: Ours\nin_force_from: 2022-01-01\nsets:\n- {code: circulate, duty: plan.circulate, "
        "says: Send it in a week., due: {within: 7 days}, cites: [ours@2022-01/plans/1]}\n",
        encoding="utf-8",
    )
    plain, local = (
        json.loads(run(path, "--as-of", "2025-02-10", *words, "--format", "json")[1])
        for words in ([], ["--overlay", "example-first-review", "--overlay", own])
    )
    national = [{**row, "governs": True} for row in local["findings"] if row["layer"] == "national"]
    assert national == plain["findings"]
    added = {(row["layer"], row["duty"]): row for row in local["findings"] if row["layer"] != "national"}
    assert added["example-first-review", "conference.review.first"]["due_on"] == "2025-03-03"
    assert added["ours", "plan.circulate"]["state"] == "overdue"
    assert [one["name"] for one in local["rules"]["overlays"]] == ["example-first-review", "ours"]
    out = run(path, "--as-of", "2025-02-10", "--overlay", own)[1]
    assert "plan.circulate (ours)" in out and "circulate plan [ours], due 13 Jan, conference held 6 Jan 2025" in out
    own.write_text("overlay: ours\nover: wt2023\ntitle: Ours\nin_force_from: soon\n", encoding="utf-8")
    refused(run(path, "--overlay", own), "ours.yaml, line 4: in_force_from")
    refused(run(path, "--overlay", "nowhere"), "nowhere: ")


# ---- the working


def test_the_working_of_one_child_is_shown_alone(run: Run, file: Path) -> None:
    out = run(file, *AS_OF, "--explain", "A1")[1]
    assert out.startswith("child:A1: the working, as of Monday 1 September 2025\n")
    assert "assessment.conclude: exceeded-with-reason, no later than Thursday 8 May 2025" in out
    assert "(Good Friday)" in out
    assert "By duty" not in out and "child:A2" not in out
    assert out == run(file, *AS_OF, "--explain", "child:A1")[1]
    assert max(map(len, out.splitlines())) <= 110


def test_a_sibling_is_shown_what_is_owed_once_for_both(run: Run, file: Path) -> None:
    assert "referral.acknowledge: overdue" in run(file, *AS_OF, "--explain", "A2")[1]
    told = json.loads(run(file, *AS_OF, "--explain", "A2", "--format", "json")[1])
    assert {row["duty"] for row in told["findings"]} == {"referral.acknowledge", "referral.decide"}
    assert "referral.acknowledge" not in {row["duty"] for row in told["dormant"]}


def test_another_subject_is_shown_by_its_whole_name(run: Run, file: Path) -> None:
    assert "incident.notify-panel: overdue" in run(file, *AS_OF, "--explain", "incident:I1")[1]
    refused(run(file, *AS_OF, "--explain", "I1"), "nobody called 'I1' is in")


@pytest.mark.parametrize("format_name", ["text", "json", "jsonl", "csv"])
def test_an_unknown_child_is_refused_before_anything_is_printed(run: Run, file: Path, format_name: str) -> None:
    refused(run(file, *AS_OF, "--explain", "nobody", "--format", format_name), "nobody called 'nobody' is in")


def test_the_working_of_everyone_comes_before_the_whole(run: Run, file: Path) -> None:
    out = run(file, *AS_OF, "--explain")[1]
    assert out.index("child:A4: the working") < out.index("incident:I1: the working") < out.index("By duty")
    assert run("--explain", file, *AS_OF)[1] == out, "a file after --explain is a file"
    refused(run("--explain", file, file, *AS_OF), "put --explain after the files")


def test_the_dormant_duties_stand_with_their_reasons(run: Run, file: Path) -> None:
    out = run(file, *AS_OF, "--explain", "A2")[1]
    assert "Not owed, and why" in out
    said = " ".join(out.split())
    assert (
        "- child.see-first: referral-decided on Thursday 6 March 2025 does not start it (outcomes: early-help);" in said
    )
    assert "- Nothing that starts it is recorded: " in out
    told = json.loads(run(file, *AS_OF, "--explain", "A2", "--format", "json")[1])
    for row in told["dormant"]:
        assert row["duty"] in out


def test_one_dormant_duty_may_be_asked_about(run: Run, file: Path) -> None:
    out = run(file, *AS_OF, "--explain", "A2", "--why-not", "child.see-first")[1]
    assert "child.see-first: not owed" in out and "(outcomes: early-help)" in out and "conference" not in out
    owed = run(file, *AS_OF, "--explain", "A2", "--why-not", "referral.decide")[1]
    assert "referral.decide: met-late, no later than Tuesday 4 March 2025" in owed and "It is owed" in owed
    other = run(file, *AS_OF, "--explain", "A2", "--why-not", "incident.notify-panel")[1]
    assert "incident.notify-panel is not a duty about a child" in other
    told = json.loads(run(file, *AS_OF, "--explain", "A2", "--why-not", "child.see-first", "--format", "json")[1])
    assert ([row["duty"] for row in told["dormant"]], told["findings"]) == (["child.see-first"], [])
    refused(run(file, "--explain", "A2", "--why-not", "child.see-frist"), "did you mean child.see-first?")
    refused(run(file, "--why-not", "child.see-first"), "--explain CHILD")


# ---- strictness and notes


def test_a_strict_check_refuses_a_file_with_a_note_and_answers_one_without(
    run: Run, file: Path, tmp_path: Path
) -> None:
    lines = [*LINES, "2025-06-01 referral-decided outcomes=[nonsense]"]
    noted = jsonl(tmp_path / "noted.jsonl", facts(*lines))
    refused(
        run(noted, *AS_OF, "--strict"), "noted.jsonl: refused: child:A1, event e9: referral-decided.outcomes", status=1
    )
    refused(run(noted, *AS_OF, "--strict", "--format", "json"), "--strict: ", status=1)
    assert "Notes on the data (1)" in run(noted, *AS_OF)[1]
    assert run(file, *AS_OF, "--strict") == run(file, *AS_OF)
    bad = tmp_path / "census.xml"
    bad.write_text(CENSUS.format(CHILD.format("C1").replace("2025-06-05", "2025-02-30")), encoding="utf-8")
    refused(run(bad, "--strict"), "census.xml: refused: child 1", status=1)
    assert "Notes on the data (1)" in run(bad)[1]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2025-03-03 strategy-discussion-held section_47=yes", 'section_47 is "yes", not true or false'),
        ("2025-03-03 child-identified born_on=2015-02-30", 'born_on is "2015-02-30", not a date like'),
        ("2025-03-03 conference-held type=first", 'type is "first", not one of initial'),
        ("2025-03-03 yearly-report-published year=soon subject=partnership:P", 'year is "soon", not a whole number'),
    ],
)
def test_a_value_that_no_rule_can_match_is_noted(run: Run, tmp_path: Path, line: str, words: str) -> None:
    told = json.loads(run(jsonl(tmp_path / "e.jsonl", facts(line)), *AS_OF, "--format", "json")[1])
    assert told["source"]["notes"]["by_code"] == {"unknown-value": 1}
    assert words in told["source"]["notes"]["kept"][0]["says"]


def test_a_recipient_whom_an_overlay_adds_is_no_unknown_value(run: Run, tmp_path: Path) -> None:
    sent = "2025-02-03 review-report-sent subject=review:1 to=[panel;pan-london] what=report"
    path = jsonl(tmp_path / "sent.jsonl", facts(sent))
    own = tmp_path / "ours.yaml"
    own.write_text(
        "overlay: ours\nover: wt2023\ntitle: Ours\nin_force_from: 2022-01-01\nalso_to:\n- {code: pan-london, duty: "
        "practice-review.send-before-publication, says: Send it there too., recipients: [pan-london], cites: [manual@2022-03/1]}\n",
        encoding="utf-8",
    )

    def unknown(path: Path, *overlay: str | Path) -> int:
        told = json.loads(run(path, *AS_OF, "--format", "json", *overlay)[1])
        return int(told["source"]["notes"]["by_code"].get("unknown-value", 0))

    assert (unknown(path), unknown(path, "--overlay", own)) == (1, 0)
    other = jsonl(tmp_path / "other.jsonl", facts(sent.replace("pan-london", "elsewhere")))
    assert unknown(other, "--overlay", own) == 1


def test_a_clean_authority_has_no_value_that_is_noted(tmp_path: Path, run: Run) -> None:
    assert main(["generate", "--children", "80", "--seed", "2", "-o", str(tmp_path / "a")]) == 0
    run()
    told = json.loads(run(tmp_path / "a/events.jsonl", "--as-of", "2026-03-31", "--format", "json")[1])
    assert told["source"]["notes"]["by_code"] == {}


# ---- what cannot be used


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "check: a file was expected"),
        (["nowhere.xml"], "nowhere.xml: does not exist"),
        (
            ["{file}", "--as-of", "31/03/2026"],
            "--as-of: a date that exists, like 2026-03-31, was expected; found '31/03/2026'",
        ),
        (["{file}", "--as-of", "2026-02-30"], "--as-of: a date that exists"),
        (["{file}", "--as-of", "20260331"], "--as-of: a date that exists"),
        (["{file}", "--known-at", "2025"], "--known-at: a date-time like"),
        (["{file}", "--known-at", "2025-03-04T10:00"], "--known-at: the date-time needs an offset"),
        (["{file}", "--edition", "wt2018"], "the edition 'wt2018' is not held; "),
        (["{file}", "--format", "xml"], "argument --format: invalid choice: 'xml'"),
        (["{file}", "--receipt", "{file}"], "exists and is not a receipt"),
        (["{file}", "--receipt", "no/such/receipt.json"], "lies in a folder that does not exist"),
        (["{file}", "--source", "{file}"], "events.jsonl: "),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(run: Run, file: Path, words: list[str], sentence: str) -> None:
    before = file.read_text(encoding="utf-8")
    refused(run(*(word.format(file=file) for word in words)), sentence)
    assert file.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("as_of", ["0001-01-01", "1900-01-01", "9999-12-31"])
def test_a_far_day_is_answered(run: Run, file: Path, census: Path, as_of: str) -> None:
    assert run(file, "--as-of", as_of)[0] == 0
    assert run(census, "--as-of", as_of)[0] == 0
    assert run(file, "--as-of", as_of, "--explain")[0] == 0


def test_a_broken_file_is_refused_and_prints_no_half_answer_as_text(run: Run, tmp_path: Path, census: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text(census.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    refused(run(broken), "broken.xml")


def test_where_nobody_is_read_it_stays_calm(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "nobody.xml"
    path.write_text(CENSUS.format(""), encoding="utf-8")
    status, out, _ = run(path)
    assert status == 0
    assert "0 children, 0 facts" in out
    assert "No duty could be answered from what was read." in out
    assert "Nobody: nothing that was read is overdue or due soon." in out


def test_what_several_files_hold_is_what_each_of_them_holds(tmp_path: Path) -> None:
    def held(name: str, place: int, source: Source) -> Path:
        return jsonl(tmp_path / name, facts(LINES[place]), source)

    one = held("one.jsonl", 1, Source(frozenset(["referral-received", "child-seen"]), 738000, 740000))
    two_facts = [facts(*LINES)[2]]
    two = jsonl(tmp_path / "two.jsonl", two_facts, Source(frozenset(["referral-received"]), 738100, None))
    asked = Answering(Question((one, two)), date(2025, 9, 1))
    assert asked.source == Source(frozenset(["referral-received"]), 738100, 740000)
    states = {found.state for _, own in asked.subjects() for found in own if found.duty.code == "referral.decide"}
    assert states == {State.UNKNOWN}
