"""Overlays add beside and can never loosen: the five verbs, their windows, and what holds for any overlay."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from histories import as_ofs, children, corrected, others, plans, sources
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.duties import calendar, examples, rules, words
from goldthread.duties.engine import evaluate
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.duties.example_lines import event
from goldthread.duties.findings import as_dict
from goldthread.duties.rules import Rules

PACK = rules.load()
DAYS = calendar.load()
HEAD = "overlay: ours\nover: wt2023\ntitle: Our procedures\nin_force_from: 2022-03-01\n"
CITES = 'cites: ["manual@2022-03/chapter/1"]'

lives = st.one_of(children(), others(), plans()).flatmap(corrected)


def overlaid(folder: Path, entries: str, head: str = HEAD) -> Rules:
    text = head + entries
    path = folder / f"{hashlib.sha256(text.encode()).hexdigest()}.yaml"
    path.write_text(text, encoding="utf-8")
    return rules.load(overlays=(path,))


def answered(
    pack: Rules, on: str, *lines: str, subject: str = "child", code: str, source: Source = EVERYTHING
) -> list[tuple[Any, ...]]:
    events = [event(line, place, f"{subject}:1") for place, line in enumerate(lines)]
    as_of = date.fromisoformat(on).toordinal()
    found = [as_dict(one, pack, as_of) for one in evaluate(events, as_of, None, pack, DAYS, source)]
    return [
        (one["layer"], one["state"], one["due_on"], one["recipient"], one["governs"])
        for one in found
        if one["duty"] == code
    ]


# ---- strengthens


def test_a_second_clock_stands_beside_the_national_one_and_governs(tmp_path: Path) -> None:
    pack = overlaid(
        tmp_path,
        "strengthens:\n- {code: sooner, duty: core-group.first, says: Within five working days.,"
        f" due: {{within: 5 working days}}, {CITES}}}\n",
    )
    held = "2025-03-03 conference-held type=initial outcome=plan"
    assert answered(pack, "2025-03-12", held, code="core-group.first") == [
        ("national", "running", "2025-03-17", None, False),
        ("ours", "overdue", "2025-03-10", None, True),
    ]
    assert answered(pack, "2025-03-20", held, "2025-03-12 core-group-held", code="core-group.first") == [
        ("national", "met", "2025-03-17", None, False),
        ("ours", "met-late", "2025-03-10", None, True),
    ]


def test_a_later_second_clock_changes_nothing_that_governs(tmp_path: Path) -> None:
    pack = overlaid(
        tmp_path,
        f"strengthens:\n- {{code: later, duty: core-group.first, says: Later., due: {{within: 6 weeks}}, {CITES}}}\n",
    )
    held = "2025-03-03 conference-held type=initial outcome=plan"
    assert answered(pack, "2025-03-20", held, code="core-group.first") == [
        ("national", "overdue", "2025-03-17", None, True),
        ("ours", "running", "2025-04-14", None, False),
    ]


def test_a_second_clock_with_narrower_starts_is_about_those_alone(tmp_path: Path) -> None:
    pack = overlaid(
        tmp_path,
        "strengthens:\n- {code: unborn, duty: core-group.first, says: Sooner before a birth.,"
        f" starts: {{conference-held: {{unborn: true}}}}, due: {{within: 5 days}}, {CITES}}}\n",
    )
    for said, layers in (("true", ["national", "ours"]), ("false", ["national"])):
        line = f"2025-03-03 conference-held type=initial outcome=plan unborn={said}"
        assert [one[0] for one in answered(pack, "2025-03-04", line, code="core-group.first")] == layers
    unsaid = answered(
        pack, "2025-03-04", "2025-03-03 conference-held type=initial outcome=plan", code="core-group.first"
    )
    assert unsaid[1] == ("ours", "unknown", "2025-03-08", None, True), "absent is not no: its date is shown"


def test_a_second_clock_that_counts_back_stands_beside_one_that_does(tmp_path: Path) -> None:
    pack = overlaid(
        tmp_path,
        "strengthens:\n- {code: earlier, duty: practice-review.send-before-publication, says: Ten days before.,"
        f" due: {{at_least: 10 working days, before: review-published}}, {CITES}}}\n",
    )
    found = answered(
        pack, "2025-07-07", "2025-01-06 review-initiated scope=national", "2025-06-30 review-published",
        "2025-06-18 review-report-sent to=secretary-of-state",
        subject="review", code="practice-review.send-before-publication",
    )  # fmt: skip
    assert [one for one in found if one[3] == "secretary-of-state"] == [
        ("national", "met", "2025-06-19", "secretary-of-state", False),
        ("ours", "met-late", "2025-06-16", "secretary-of-state", True),
    ]


# ---- also_starts


def test_a_wider_trigger_starts_the_same_duty(tmp_path: Path) -> None:
    pack = overlaid(
        tmp_path,
        "also_starts:\n- {code: after-review, duty: core-group.first, says: After a review that changed the plan too.,"
        f" starts: {{conference-held: {{type: review, outcome: changed}}}}, {CITES}}}\n",
    )
    review = "2025-03-03 conference-held type=review outcome=changed"
    assert answered(pack, "2025-03-04", review, code="core-group.first") == [
        ("ours", "running", "2025-03-17", None, True),
    ]
    first = "2025-03-03 conference-held type=initial outcome=plan"
    assert [one[0] for one in answered(pack, "2025-03-04", first, code="core-group.first")] == ["national"]


# ---- also_to


def test_another_recipient_is_owed_the_same_beside_those_of_the_text(tmp_path: Path) -> None:
    pack = overlaid(
        tmp_path,
        "also_to:\n- {code: nurse, duty: incident.tell-of-looked-after-death, says: Tell the designated nurse as well.,"
        f" recipients: [designated-nurse], {CITES}}}\n",
    )
    died, told = "2025-03-03 child-died looked_after=true", "2025-03-04 informed about=death to=designated-nurse"
    found = answered(pack, "2025-03-10", died, told, code="incident.tell-of-looked-after-death")
    assert [(layer, recipient, state) for layer, state, _, recipient, _ in found] == [
        ("national", "secretary-of-state", "judgement"),
        ("national", "ofsted", "judgement"),
        ("ours", "designated-nurse", "met"),
    ]


# ---- needs_first


def test_a_gate_asks_for_something_before_a_step_is_taken(tmp_path: Path) -> None:
    pack = overlaid(
        tmp_path,
        "needs_first:\n- {code: meet-first, says: Hold a core group before a plan ends., before: plan-ended,"
        f" needs: core-group-held, within: on-child-protection-plan, approved_by: manager, {CITES}}}\n",
    )
    begun, ended = "2025-03-03 conference-held type=initial outcome=plan", "2025-06-02 plan-ended reason=moved"
    assert answered(pack, "2025-07-01", begun, ended, code="meet-first") == [
        ("ours", "not-met", "2025-06-02", None, True),
    ]
    kept = answered(pack, "2025-07-01", begun, "2025-04-01 core-group-held", ended, code="meet-first")
    assert kept == [("ours", "met", "2025-06-02", None, True)]
    earlier = answered(pack, "2025-07-01", "2025-02-03 core-group-held", begun, ended, code="meet-first")
    assert earlier == [("ours", "not-met", "2025-06-02", None, True)], "what came before this plan does not count"
    assert answered(pack, "2025-07-01", begun, code="meet-first") == []


# ---- sets


def test_a_number_that_is_set_locally_makes_the_duty_timed_here(tmp_path: Path) -> None:
    pack = overlaid(
        tmp_path,
        f"sets:\n- {{code: six-weeks, duty: core-group.next, says: Every six weeks., due: {{within: 6 weeks}}, {CITES}}}\n",
    )
    held = "2025-03-03 core-group-held"
    assert answered(pack, "2025-03-04", held, code="core-group.next") == [
        ("national", "unknown", None, None, False),
        ("ours", "running", "2025-04-14", None, True),
    ]
    assert answered(pack, "2025-04-20", f"{held} next_on=2025-04-01", code="core-group.next") == [
        ("national", "overdue", "2025-04-01", None, True),
        ("ours", "overdue", "2025-04-14", None, False),
    ]


# ---- when it is in force


@pytest.mark.parametrize(
    ("day", "local"), [("2025-02-28", False), ("2025-03-03", True), ("2025-06-30", True), ("2025-07-01", False)]
)
def test_an_overlay_answers_about_what_starts_while_it_is_in_force(day: str, local: bool, tmp_path: Path) -> None:
    pack = overlaid(
        tmp_path,
        f"strengthens:\n- {{code: x, duty: core-group.first, says: X., due: {{within: 5 days}}, {CITES}}}\n",
        HEAD.replace("2022-03-01", "2025-03-03\nin_force_until: 2025-06-30"),
    )
    found = answered(pack, "2025-12-01", f"{day} conference-held type=initial outcome=plan", code="core-group.first")
    assert [one[0] for one in found] == ["national", "ours"][: 1 + local]
    assert [one[4] for one in found] == [not local, True][: 1 + local]


def test_two_overlays_stand_beside_one_another_and_the_earliest_governs(tmp_path: Path) -> None:
    paths = []
    for name, span in (("one", "7 days"), ("two", "5 days")):
        path = tmp_path / f"{name}.yaml"
        path.write_text(
            f"overlay: {name}\nover: wt2023\ntitle: T\nin_force_from: 2022-03-01\nstrengthens:\n- {{code: x,"
            f" duty: core-group.first, says: X., due: {{within: {span}}}, {CITES}}}\n",
            encoding="utf-8",
        )
        paths.append(path)
    held = "2025-03-03 conference-held type=initial outcome=plan"
    for order in (paths, paths[::-1]):
        found = answered(rules.load(overlays=order), "2025-03-04", held, code="core-group.first")
        assert sorted((one[0], one[4]) for one in found) == [("national", False), ("one", False), ("two", True)]


# ---- what holds for any overlay


def _codes(*forms: type) -> list[str]:
    return [duty.code for duty in PACK.duties if isinstance(duty.word.due, forms)]


FORWARD, BACKWARD = _codes(words.Within, words.By, words.Earliest), _codes(words.Before)
LOCAL = _codes(words.SetLocally)
TO = [duty.code for duty in PACK.duties if duty.terms.recipients]
STARTED = [duty.code for duty in PACK.duties if isinstance(duty.word.starts, tuple)]
OF_CHILDREN = sorted(name for name, kind in PACK.kinds.items() if set(kind.subjects) & {"child", "any"})
BY_CODE = {duty.code: duty for duty in PACK.duties}


@st.composite
def spans(draw: st.DrawFn) -> str:
    unit = draw(st.sampled_from(["working days", "days", "weeks", "months", "years"]))
    return f"{draw(st.integers(1, 1 if unit == 'years' else 60))} {unit}"


@st.composite
def entries(draw: st.DrawFn, place: int) -> tuple[str, str]:
    """Give one entry of an overlay: its verb, and its text."""
    verb = draw(st.sampled_from(["strengthens", "also_starts", "also_to", "needs_first", "sets"]))
    said = f"code: c{place}, says: Something., {CITES}"
    if verb == "needs_first":
        before, needs = draw(st.sampled_from(OF_CHILDREN)), draw(st.sampled_from(OF_CHILDREN))
        within = draw(st.sampled_from(["", ", within: on-child-protection-plan"]))
        return verb, f"- {{{said}, before: {before}, needs: {needs}, at_least: {draw(st.integers(1, 3))}{within}}}"
    if verb == "also_starts":
        code = draw(st.sampled_from(STARTED))
        kinds = sorted({one.kind for one in BY_CODE[code].start_patterns})
        return verb, f"- {{{said}, duty: {code}, starts: [{', '.join(kinds)}]}}"
    if verb == "also_to":
        return verb, f"- {{{said}, duty: {draw(st.sampled_from(TO))}, recipients: [somebody, a1, partnership-board]}}"
    span = draw(spans())
    if verb == "sets":
        return verb, f"- {{{said}, duty: {draw(st.sampled_from(LOCAL))}, due: {{within: {span}}}}}"
    code = draw(st.sampled_from(FORWARD + BACKWARD))
    due = BY_CODE[code].word.due
    if isinstance(due, words.Before):
        return verb, f"- {{{said}, duty: {code}, due: {{at_least: {span}, before: [{', '.join(due.before)}]}}}}"
    of = draw(st.sampled_from(["", "", ", of: child-born"]))
    patterns = BY_CODE[code].start_patterns
    kinds = draw(st.sampled_from([[], sorted({one.kind for one in patterns})]))
    narrow = f", starts: {draw(st.sampled_from(kinds))}" if kinds else ""
    return verb, f"- {{{said}, duty: {code}{narrow}, due: {{within: {span}{of}}}}}"


@st.composite
def overlays(draw: st.DrawFn) -> str:
    """Give the text of a small overlay with one to three entries."""
    given_: dict[str, list[str]] = {}
    for place in range(draw(st.integers(1, 3))):
        verb, entry = draw(entries(place))
        given_.setdefault(verb, []).append(entry)
    until = draw(st.sampled_from(["", "", "in_force_until: 2025-06-30\n"]))
    return until + "".join(f"{verb}:\n" + "\n".join(found) + "\n" for verb, found in given_.items())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("overlays")


@settings(max_examples=60)
@given(overlays(), st.lists(st.tuples(lives, as_ofs(), sources()), min_size=3, max_size=6))
def test_whatever_an_overlay_says_the_national_findings_stay_as_they_are(
    folder: Path, text: str, asked: list[tuple[list[Event], int, Source]]
) -> None:
    pack = overlaid(folder, text)
    assert pack.sha256 != PACK.sha256
    (window,) = pack.overlays
    for events, as_of, source in asked:
        plain = [as_dict(one, PACK, as_of) for one in evaluate(events, as_of, None, PACK, DAYS, source)]
        found = [as_dict(one, pack, as_of) for one in evaluate(events, as_of, None, pack, DAYS, source)]
        national = [one for one in found if one["layer"] == "national"]
        assert [{**one, "governs": True} for one in national] == plain
        groups: dict[Any, list[dict[str, Any]]] = {}
        for one in found:
            key = tuple(str(one[word]) for word in ("duty", "subject", "instance", "cycle", "recipient", "started_on"))
            groups.setdefault(key, []).append(one)
            if one["layer"] != "national":
                assert (one["layer"], one["strength"]) == ("ours", "local")
                day = as_of if one["started_on"] is None else date.fromisoformat(one["started_on"]).toordinal()
                assert window.opens <= day and (window.closes is None or day <= window.closes)
        gates = {one.code for one in pack.gates if one.layer == "ours"}
        for key, group in groups.items():
            theirs = [one for one in group if one["layer"] == "national"]
            if key[0] in gates or not theirs:
                continue
            governing = [one for one in group if one["governs"]]
            assert len(governing) == len(theirs) == 1
            dates = [one["due_on"] for one in group if one["due_on"] is not None]
            assert governing[0]["due_on"] == min(dates, default=None), (
                "what governs is never later than the national date"
            )


def test_the_hash_of_the_rules_changes_with_each_word_of_an_overlay(folder: Path) -> None:
    text = f"strengthens:\n- {{code: x, duty: core-group.first, says: X., due: {{within: 5 days}}, {CITES}}}\n"
    hashes = {PACK.sha256, overlaid(folder, text).sha256}
    hashes |= {
        overlaid(folder, text.replace("5 days", "6 days")).sha256,
        overlaid(folder, text + "# a remark\n").sha256,
    }
    assert len(hashes) == 4
    again = overlaid(folder, text)
    assert again.sha256 in hashes and again.overlays[0].sha256 == hashlib.sha256((HEAD + text).encode()).hexdigest()


# ---- the page for those who write one


def test_the_first_overlay_on_the_page_works_as_its_example_says(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/reference/writing-a-pack.md").read_text(encoding="utf-8")
    overlay, with_examples, *_ = [block.split("```")[0] for block in page.split("```yaml\n")[1:]]
    assert overlay.count("\n") <= 10, "a first overlay in ten lines"
    path = tmp_path / "ours.yaml"
    path.write_text(overlay + with_examples, encoding="utf-8")
    pack = rules.load(overlays=(path,))
    ours = next(duty for duty in pack.duties if duty.layer == "our-procedures")
    for example in ours.word.examples:
        _, found, expected = examples.run(example, ours.code, "child", pack, DAYS)
        assert [{key: one[key] for key in wanted} for one, wanted in zip(found, expected, strict=True)] == expected
