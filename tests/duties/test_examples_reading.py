"""The short lines of worked examples: what they say, and how one that says something else is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from goldthread.duties import calendar, example_lines, examples, rules
from goldthread.duties.corrections import EPOCH, MICROSECOND
from goldthread.duties.event import EVERYTHING, Event, Pattern
from goldthread.duties.faults import Fault


def test_a_line_says_the_day_the_kind_and_what_else_is_known() -> None:
    line = '2025-03-01 meeting-held type=first urgent=true n=-3 topics=[a;b] said="two words" process=plan:P1 links=a:1,b:2'
    assert example_lines.event(line, 4, "child:1") == Event(
        id="e4",
        subjects=("child:1",),
        kind="meeting-held",
        day=date(2025, 3, 1).toordinal(),
        process="plan:P1",
        links=("a:1", "b:2"),
        data={"type": "first", "urgent": True, "n": -3, "topics": ["a", "b"], "said": "two words"},
    )


def test_a_line_names_subjects_corrections_and_when_it_was_recorded() -> None:
    event = example_lines.event(
        "undated x subjects=child:A,child:B id=c1 replaces=e0 void=true recorded=2025-07-01T09:00", 0, "child:1"
    )
    nine_in_london = (datetime(2025, 7, 1, 8, tzinfo=UTC) - EPOCH) // MICROSECOND
    assert event == Event("c1", ("child:A", "child:B"), "x", None, recorded=nine_in_london, replaces="e0", void=True)
    assert example_lines.event("undated x subject=child:C", 0, "child:1").subjects == ("child:C",)
    assert example_lines.event("undated x subjects=[child:A;child:B]", 0, "child:1").subjects == ("child:A", "child:B")


def test_an_item_of_a_list_may_have_its_own_day() -> None:
    event = example_lines.event("2025-03-01 x actions=[a1@2025-03-10;a2] empty=[]", 0, "child:1")
    assert event.data == {"actions": [{"id": "a1", "by": "2025-03-10"}, "a2"], "empty": []}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "a line like '2025-03-31 kind field=value' was expected; found ''"),
        ("2025-03-01", "a line like '2025-03-31 kind field=value' was expected; found '2025-03-01'"),
        ("1 March x", "a date like 2025-03-31 or undated was expected; found '1'"),
        ("2025-02-29 x", "a date like 2025-03-31 or undated was expected; found '2025-02-29'"),
        ("20250301 x", "a date like 2025-03-31 or undated was expected; found '20250301'"),
        ("2025-03-01 x type", "field=value was expected; found 'type'"),
        ("2025-03-01 x type=a b", "field=value was expected; found 'b'"),
        ("2025-03-01 x a b=c", "field=value was expected; found 'a b=c'"),
        ("2025-03-01 x Type=a", "field=value was expected; found 'Type=a'"),
        ("2025-03-01 x a=1 a=2", "a= stands twice in one line; once was expected"),
        ("2025-03-01 x recorded=noon", "a date or a date-time like 2025-03-31T09:00 was expected; found 'noon'"),
    ],
)
def test_a_line_that_says_something_else_is_refused(line: str, says: str) -> None:
    with pytest.raises(Fault) as fault:
        example_lines.event(line, 0, "child:1")
    assert str(fault.value) == says


def test_a_source_says_what_it_carries_its_window_and_what_it_holds_wholly() -> None:
    source = example_lines.source(
        {"carries": ["a"], "from": "2025-01-01", "until": "2025-12-31", "whole": "a", "last_before": ["b"]}
    )
    assert source == (
        frozenset({"a"}), date(2025, 1, 1).toordinal(), date(2025, 12, 31).toordinal(), (Pattern("a"),), (Pattern("b"),),
    )  # fmt: skip
    assert example_lines.source(None) is EVERYTHING
    assert example_lines.source({"carries": []}).carries == frozenset()


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ({"carry": []}, "carry: 'carry' is not one of carries, from, until, whole, last_before; did you mean carries?"),
        ({"carries": "a"}, "carries: a list of kinds was expected; found 'a'"),
        ({"carries": ["a", 1]}, "carries[1]: a kind was expected; found 1"),
        ({"from": "soon"}, "from: a date like 2025-03-31 was expected; found 'soon'"),
        (
            {"whole": []},
            "whole: a kind of event, {kind: {field: value}} or a list of these was expected; found an empty list",
        ),
    ],
)
def test_a_source_that_says_something_else_is_refused(raw: dict[str, object], says: str) -> None:
    with pytest.raises(Fault) as fault:
        example_lines.source(raw)
    assert str(fault.value) == says


def test_an_example_is_answered_by_its_own_pack_overlay_and_moment() -> None:
    pack = rules.load()
    duty = next(one for one in pack.duties if one.code == "conference.review.first")
    held = "2025-01-06 conference-held type=initial unborn=true outcome=plan"
    example = duty.word.examples[0].model_copy(
        update={
            "given": (held, "2025-02-03 child-born born_on=2025-02-03 recorded=2025-02-20"),
            "on": date(2025, 2, 21).toordinal(),
            "overlay": "example-first-review",
            "expect": [{"layer": "national"}, {"layer": "example-first-review"}],
        }
    )
    _, found, expected = examples.run(example, duty.code, "child", pack, calendar.load())
    assert [one["layer"] for one in found] == [one["layer"] for one in expected]
    assert found[1]["due_on"] == "2025-03-03"
    earlier = example.model_copy(update={"known_at": "2025-02-10"})
    _, found, _ = examples.run(earlier, duty.code, "child", pack, calendar.load())
    assert found[1]["due_on"] is None, "the birth was not known yet"
    alone = example.model_copy(update={"overlay": None, "expect": "none"})
    _, found, expected = examples.run(alone, duty.code, "child", pack, calendar.load())
    assert ([one["layer"] for one in found], expected) == (["national"], [])
