"""Patterns: what is read, what is refused where, and yes, perhaps and no."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.duties import patterns
from goldthread.duties.event import Pattern
from goldthread.duties.faults import Fault
from goldthread.duties.patterns import NO, PERHAPS, YES


def ask(raw: Any, data: dict[str, Any]) -> int:
    return patterns.best(tuple(patterns.tests(one) for one in patterns.parse(raw)), data)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("met", (Pattern("met"),)),
        (["met", "held"], (Pattern("met"), Pattern("held"))),
        ({"met": {"type": "first"}}, (Pattern("met", (("type", frozenset({"first"})),)),)),
        ([{"met": {"type": ["a", "b"], "urgent": True}}], (Pattern("met", (("type", frozenset("ab")), ("urgent", frozenset({True})))),)),
        ({"met": {"n": 1}, "held": {"n": 2}}, (Pattern("met", (("n", frozenset({1})),)), Pattern("held", (("n", frozenset({2})),)))),
    ],
)  # fmt: skip
def test_a_pattern_is_a_kind_or_a_kind_with_fields(raw: Any, expected: tuple[Pattern, ...]) -> None:
    assert patterns.parse(raw) == expected


@pytest.mark.parametrize(
    ("raw", "path", "says"),
    [
        (None, (), "a list of these was expected; found nothing"),
        ("", (), "found ''"),
        (5, (), "found 5"),
        (True, (), "found true"),
        ([], (), "found an empty list"),
        ({}, (), "found an empty mapping"),
        (["met", ["held"]], (1,), "found a list"),
        ({"met": "first"}, ("met",), "{field: value or [values]} was expected after a kind; found 'first'"),
        ({"met": {}}, ("met",), "found an empty mapping"),
        ([{"met": {"type": None}}], (0, "met", "type"), "a value or a list of values was expected; found nothing"),
        ({"met": {"type": []}}, ("met", "type"), "found an empty list"),
        ({"met": {"type": ["a", {"b": 1}]}}, ("met", "type", 1), "found a mapping (b)"),
    ],
)
def test_what_is_no_pattern_is_refused_with_its_place(raw: Any, path: tuple[Any, ...], says: str) -> None:
    with pytest.raises(Fault) as fault:
        patterns.parse(raw)
    assert fault.value.path == path
    assert says in fault.value.says


def test_each_pattern_is_found_with_the_path_to_its_kind() -> None:
    raw = ["met", {"held": {"a": 1}, "kept": {"a": 2}}]
    assert [(path, one.kind) for path, one in patterns.located(raw)] == [
        ((0,), "met"),
        ((1, "held"), "held"),
        ((1, "kept"), "kept"),
    ]
    assert [path for path, _ in patterns.located({"held": {"a": 1}})] == [("held",)]
    assert [path for path, _ in patterns.located("held")] == [()]


@pytest.mark.parametrize(
    ("asked", "data", "answer"),
    [
        ({"a": "x"}, {"a": "x"}, YES),
        ({"a": "x"}, {"a": "y"}, NO),
        ({"a": "x"}, {}, PERHAPS),
        ({"a": "x"}, {"a": None}, PERHAPS),
        ({"a": ["x", "unsaid"]}, {}, YES),
        ({"a": ["x", "unsaid"]}, {"a": "y"}, NO),
        ({"a": "x", "b": "y"}, {"a": "z"}, NO),
        ({"a": "x", "b": "y"}, {"a": "x"}, PERHAPS),
        ({"a": "x"}, {"a": ["w", "x"]}, YES),
        ({"a": "x"}, {"a": ["w"]}, NO),
        ({"a": "x"}, {"a": []}, NO),
        ({"a_only": ["x", "w"]}, {"a": ["w", "x"]}, YES),
        ({"a_only": ["x", "w"]}, {"a": ["w", "v"]}, NO),
        ({"a_only": ["x"]}, {"a": []}, NO),
        ({"a_only": ["x"]}, {}, PERHAPS),
        ({"a": True}, {"a": False}, NO),
        ({"a": "x"}, {"a": {"b": "x"}}, NO),
        ({"a": 2024}, {"a": 2024}, YES),
        ({"a": 2024}, {"a": "2024"}, NO),
    ],
)
def test_absent_is_perhaps_and_disagreeing_is_no(asked: dict[str, Any], data: dict[str, Any], answer: int) -> None:
    assert ask({"met": asked}, data) == answer


def test_the_surest_of_several_patterns_answers() -> None:
    either = [{"met": {"a": "x"}}, {"met": {"b": "y"}}]
    assert ask(either, {"a": "z", "b": "y"}) == YES
    assert ask(either, {"a": "z"}) == PERHAPS
    assert ask(either, {"a": "z", "b": "z"}) == NO
    assert ask("met", {}) == YES


values = st.sampled_from(["x", "y", "z"])


@given(
    st.dictionaries(st.sampled_from("abc"), st.lists(values, min_size=1), min_size=1),
    st.dictionaries(st.sampled_from("abc"), values),
)
def test_saying_more_never_turns_no_into_anything_else(asked: dict[str, Any], data: dict[str, Any]) -> None:
    answer = ask({"met": asked}, data)
    for field in "abc":
        if field not in data:
            for value in ("x", "y", "z"):
                more = ask({"met": asked}, {**data, field: value})
                assert more == NO if answer == NO else more in (NO, answer, YES)
                assert answer != YES or more == YES or field in asked


def test_a_pattern_is_said_in_words() -> None:
    raw = {"held": {"type": ["b", "a"], "urgent": True, "topics_only": ["x"]}}
    assert (
        patterns.describe_all(patterns.parse(["met", raw])) == "met; held (type: a or b, urgent: true, topics only: x)"
    )
