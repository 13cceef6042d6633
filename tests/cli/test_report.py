"""The text is for people: what is counted where, who needs someone, and in which words."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest

from goldthread.cli import report, working
from goldthread.cli.answering import Answering, Explained, Question
from goldthread.cli.report import title
from goldthread.cli.tally import SHOWN_CHILDREN, Tally
from goldthread.cli.terminal import Ink
from goldthread.duties import rules
from goldthread.duties.example_lines import event
from goldthread.formats import events_writing

INK = Ink(io.StringIO())


def answered(
    tmp_path: Path, *lines: str, on: str = "2025-03-10", overlays: tuple[str, ...] = (), today: str = ""
) -> str:
    path = tmp_path / "events.jsonl"
    with path.open("w", encoding="utf-8") as out:
        events_writing.write_jsonl((event(line, place, "child:A") for place, line in enumerate(lines)), out)
    as_of = date.fromisoformat(on)
    asked = Answering(Question((path,), as_of.toordinal(), overlays=overlays), date.fromisoformat(today or on))
    tally = Tally(asked)
    for subject, findings in asked.subjects():
        tally.add(subject, findings)
    return report.write(tally, INK)


def row(text: str, name: str, table: str = "duties with a date") -> dict[str, str]:
    """Give the cells of a row by the heads of its table."""
    lines = text.splitlines()
    head = next(line for line in lines if line.strip().startswith(table))
    found = next(
        line for line in lines[lines.index(head) :] if line.split()[:1] == [name] or line.strip().startswith(f"{name} ")
    )
    heads = re.split(r" {2,}", head.strip())[1:]
    return dict(zip(heads, found.strip().removeprefix(name).split(), strict=True))


def needy(text: str) -> list[str]:
    part = text.partition("Who needs someone")[2].partition("In all:")[0]
    return [line.strip() for line in part.splitlines()[2:] if line.strip()]


# ---- the words of a duty


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("conference.initial", "initial conference"),
        ("conference.review.first", "first review conference"),
        ("core-group.next", "next core group"),
        ("plan.circulate", "circulate plan"),
        ("conference.transfer-in", "conference: transfer in"),
        ("practice-review.send-before-publication", "practice review: send before publication"),
        ("second-review-before-plan-ends", "second review before plan ends"),
    ],
)
def test_a_code_is_read_aloud(code: str, words: str) -> None:
    assert title(code) == words


def test_no_two_duties_are_read_alike() -> None:
    codes = [duty.code for duty in rules.load().duties] + [gate.code for gate in rules.load().gates]
    assert len({title(code) for code in codes}) == len(codes)


# ---- the tables


def test_each_state_is_counted_in_its_column(tmp_path: Path) -> None:
    text = answered(
        tmp_path,
        "2025-03-03 referral-received subject=child:M process=referral:M", "2025-03-04 referral-decided subject=child:M",
        "2025-03-03 referral-received subject=child:L process=referral:L", "2025-03-06 referral-decided subject=child:L",
        "2025-03-03 referral-received subject=child:N process=referral:N", "2025-03-06 child-died subject=child:N",
        "2025-03-03 referral-received subject=child:P process=referral:P",
        "2025-03-06 child-died subject=child:P",
        "2025-03-03 referral-received subject=child:E process=referral:E", "2025-03-04 child-died subject=child:E",
        "2025-03-03 referral-received subject=child:O process=referral:O",
        "2025-03-10 referral-received subject=child:S process=referral:S",
        on="2025-03-10",
    )  # fmt: skip
    assert row(text, "referral.decide") == {
        "owed": "7", "in time": "1", "late": "3", "overdue": "1", "soon": "1", "running": "·", "ended": "1",
        "share": "20%",
    }  # fmt: skip


def test_what_is_past_with_a_reason_counts_as_past_and_is_told_apart_below(tmp_path: Path) -> None:
    text = answered(
        tmp_path,
        "2025-01-02 referral-received process=referral:R1", "2025-01-03 assessment-started process=referral:R1",
        "2025-01-03 referral-decided process=referral:R1", "2025-01-03 referral-acknowledged process=referral:R1",
        '2025-03-03 assessment-delay-explained process=referral:R1 reason="a medical report that was long awaited"',
        on="2025-03-20",
    )  # fmt: skip
    assert row(text, "assessment.conclude")["overdue"] == "1"
    assert row(text, "assessment.conclude")["share"] == "0%"
    assert needy(text) == [
        "A  10 working days late, with a reason  conclude assessment, due 6 Mar 2025: a medical report …"
    ]
    assert "0 with something overdue, 1 past a date with the reason recorded, 0 with something due soon." in text


def test_a_duty_without_a_number_has_a_table_of_its_own_and_no_share(tmp_path: Path) -> None:
    text = answered(
        tmp_path,
        "2025-03-03 significant-harm-suspected subject=child:B", "2025-03-03 strategy-discussion-held subject=child:B",
        "2025-03-03 significant-harm-suspected subject=child:C",
    )  # fmt: skip
    assert row(text, "strategy.hold", "no number in the text") == {"owed": "2", "done": "1", "open": "1", "ended": "·"}
    assert "%" not in text.partition("no number in the text")[2]
    assert "Nobody: nothing that was read is overdue or due soon." in text


def test_a_gate_has_a_table_of_its_own(tmp_path: Path) -> None:
    text = answered(
        tmp_path, "2024-06-03 conference-held type=initial outcome=plan", "2024-09-16 plan-ended reason=no-longer-at-risk",
        overlays=("example-plan-end",),
    )  # fmt: skip
    name = "second-review-before-plan-ends (example-plan-end)"
    assert row(text, name, "steps that need") == {"taken": "1", "in order": "·", "too soon": "1"}


def test_a_local_clock_stands_under_its_national_one(tmp_path: Path) -> None:
    text = answered(
        tmp_path, "2025-01-06 conference-held type=initial unborn=true outcome=plan", "2025-02-03 child-born born_on=2025-02-03",
        overlays=("example-first-review",),
    )  # fmt: skip
    lines = [line.split("  ")[1] for line in text.splitlines() if line.startswith("  conference.review.first")]
    assert lines == ["conference.review.first"]
    following = text.splitlines()[
        [line.startswith("  conference.review.first") for line in text.splitlines()].index(True) + 1
    ]
    assert following.startswith("    + example-first-review")


def test_an_area_stands_once_and_children_come_first(tmp_path: Path) -> None:
    text = answered(
        tmp_path,
        "2025-03-03 allegation-known to=employer subject=allegation:X", "2025-03-03 referral-received",
        "2025-03-03 conference-held type=initial outcome=plan", "2025-03-03 core-group-held next_on=2025-04-01",
    )  # fmt: skip
    tables = text.partition("By duty")[2].partition("Unknown")[0].split("\n\n")
    areas = {duty.area for duty in rules.load().duties}
    for table in tables:
        found = [line.strip() for line in table.splitlines() if line.strip() in areas]
        assert len(found) == len(set(found))
    dated = next(table for table in tables if "duties with a date" in table)
    assert dated.index("Referral and assessment") < dated.index("Allegations against people")


def test_what_is_unknown_or_set_locally_is_listed_and_not_counted(tmp_path: Path) -> None:
    text = answered(
        tmp_path,
        "2025-03-03 conference-held type=initial outcome=plan",
        "2025-03-03 conference-held type=initial subject=child:B",
    )
    assert row(text, "conference.review.first")["owed"] == "1"
    said = " ".join(text.split())
    assert "Unknown for some, and not counted above: core-group.first 1, conference.review.first 1." in said
    assert "Waiting for a local number, which an overlay or the record sets: plan.circulate 2" in said


# ---- who needs someone


def test_the_most_overdue_come_first_each_in_one_line(tmp_path: Path) -> None:
    text = answered(
        tmp_path,
        "2025-03-03 referral-received process=referral:R1", "2025-03-03 referral-acknowledged process=referral:R1",
        "2024-12-20 referral-received process=referral:R2 subject=child:B",
        "2025-03-07 core-group-held next_on=2025-03-12 subject=child:C",
        "2025-03-07 referral-received process=referral:R3 subject=child:D",
        "2025-03-01 incident-known subject=incident:I1",
    )  # fmt: skip
    assert needy(text) == [
        "B            52 working days late  acknowledge referral, due 23 Dec, since 20 Dec 2024; 1 more",
        "A            4 working days late   decide referral, due 4 Mar, referral received 3 Mar 2025",
        "incident:I1  1 working day late    incident: notify panel, due 7 Mar, incident known 1 Mar 2025",
        "D            due today             acknowledge referral, due 10 Mar, since 7 Mar 2025; 1 more",
        "C            due in 2 days         next core group, due 12 Mar, core group held 7 Mar 2025",
    ]
    assert "In all: 3 with something overdue, 2 with something due soon." in text
    assert "Who needs someone today, the most overdue first" in text


def test_the_years_are_said_where_they_are_needed(tmp_path: Path) -> None:
    text = answered(tmp_path, "2022-12-30 referral-received", on="2025-03-10", today="2025-03-11")
    assert "due 3 Jan 2023, " in needy(text)[0] and needy(text)[0].endswith("30 Dec 2022; 1 more")
    assert "Who needs someone on 10 Mar 2025" in text


def test_a_long_list_folds_and_says_how_many_more(tmp_path: Path) -> None:
    lines = [f"2025-03-03 referral-received subject=child:{place:03} process=referral:{place}" for place in range(40)]
    text = answered(tmp_path, *lines)
    assert len(needy(text)) == SHOWN_CHILDREN + 1
    assert needy(text)[-1] == "and 15 more; --format csv lists every finding of every child."
    assert needy(text)[0].startswith("000 ") and "In all: 40 with something overdue" in text


def test_one_of_a_thing_is_said_as_one(tmp_path: Path) -> None:
    text = answered(
        tmp_path, "2026-03-20 strategy-discussion-held section_47=true process=strategy:S1", on="2026-03-23"
    )
    said = " ".join(text.split())
    assert "1 child, 1 fact" in said
    assert "1 answer began on or after 19 Mar 2026, when a newer edition" in said
    assert "1 answer rests on something not yet certain" in said


def test_what_began_before_the_edition_is_said(tmp_path: Path) -> None:
    text = " ".join(answered(tmp_path, "2023-12-01 referral-received", on="2023-12-20").split())
    assert "2 answers began before wt2023 came into force on 15 Dec 2023." in text


def test_what_a_file_says_cannot_move_the_cursor(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    path.write_text(
        '{"subject":"child:\\u001b[31mX","kind":"referral-received","occurred":"2025-03-03","process":"referral:\\rR"}\n',
        encoding="utf-8",
    )
    asked = Answering(Question((path,), date(2025, 3, 10).toordinal()), date(2025, 3, 10))
    explained: list[Explained] = []
    tally = Tally(asked)
    for subject, findings in asked.subjects("\x1b[31mX", explained):
        tally.add(subject, findings)
    for text in (report.write(tally, INK), working.working(explained[0], asked, INK)):
        assert "\x1b" not in text and "\r" not in text and "·[31mX" in text
