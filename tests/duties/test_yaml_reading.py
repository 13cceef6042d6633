"""YAML is read narrowly: nothing is converted, joined or dropped silently, and each refusal has its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.duties import yaml_reading
from goldthread.duties.refusal import Refused


def read(text: str | bytes, folder: Path) -> yaml_reading.Document:
    path = folder / "a.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return yaml_reading.read(path)


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("true", True), ("false", False), ("null", None), ("0", 0), ("42", 42), ("-3", -3),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("True", "True"), ("NULL", "NULL"), ("~", "~"),
        ("007", "007"), ("1.5", "1.5"), ("1e3", "1e3"), ("0x10", "0x10"), ("1_000", "1_000"), ("+1", "+1"), (".inf", ".inf"),
        ("2025-03-01", "2025-03-01"), ("12:30:45", "12:30:45"), ("9" * 5000, "9" * 5000),
        ("'true'", "true"), ('"42"', "42"), ("''", ""), ("|\n  one\n  two", "one\ntwo"), (">\n  one\n  two", "one two"),
    ],
)  # fmt: skip
def test_only_true_false_null_and_whole_numbers_are_more_than_text(plain: str, value: Any, tmp_path: Path) -> None:
    found = read(f"a: {plain}\n", tmp_path).data["a"]
    if isinstance(found, str):
        found = found.rstrip("\n")
    assert (found, type(found)) == (value, type(value))


def test_keys_are_text_whatever_they_look_like(tmp_path: Path) -> None:
    assert read("on: 1\nno: 2\n3: 3\nnull: 4\n2025-03-01: 5\n", tmp_path).data == {
        "on": 1, "no": 2, "3": 3, "null": 4, "2025-03-01": 5,
    }  # fmt: skip


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert read(b"\xef\xbb\xbfa: b\n", tmp_path).data == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a: the key 'a' stands twice"),
        ("a: 1\n'a': 3\n", 2, "a: the key 'a' stands twice"),
        ("x:\n- {b: 1, b: 2}\n", 2, "x[0].b: the key 'b' stands twice"),
        ("a: &one 1\nb: 2\n", 1, "a: an anchor (&one) is not allowed"),
        ("a: 1\nb:\n- c\n- *one\n", 4, "b[1]: an alias (*one) is not allowed"),
        ("a: !mine 1\n", 1, "a: a tag (!mine) is not allowed"),
        ("a: !!int '1'\n", 1, "a: a tag (!!int) is not allowed"),
        ("a: ! 1\n", 1, "a: a tag (!) is not allowed"),
        ("!!set {a, b}\n", 1, "a tag (!!set) is not allowed"),
        ("a: 1\n<<: {b: 2}\n", 2, "a merge key (<<) is not allowed"),
        ("a:\nb: 1\n", 1, "a: no value stands here; write null where nothing is meant"),
        ("a:\n- b\n-\n", 3, "a[1]: no value stands here; write null where nothing is meant"),
        ("a: {b: one, two}\n", 1, "a.two: no value stands here; write null where nothing is meant (within { } a comma"),
        ("? [a]\n: b\n", 1, "a key is plain text, not a list or a mapping"),
        ("a: b\n---\nc: d\n", 2, "a second document begins (---); one was expected"),
        ("a: b\n c: d\n", 2, "is not YAML: a colon stands where no key can"),
        ("a: b\n\tc: d\n", 2, "is not YAML"),
        ("a:\n\t- b\n", 2, "is not YAML: a tab stands here; indent with spaces"),
        ("a: [b\nc: d\n", 1, "is not YAML: a comma or ] was expected: the list that begins here is not closed"),
        ("a: 1\nb: 'c\nd: e\n", 2, "is not YAML: quotation marks are opened here and never closed"),
        ('a: "\\q"\n', 1, "is not YAML: a backslash stands in double quotation marks"),
        ("a: %b\n", 1, "is not YAML: text that begins with '%' needs quotation marks"),
        ("- a\nb: c\n", 2, "is not YAML: this line does not belong to the list above it"),
        ("a: 1\nb: \x00\n", 2, "holds a character that text cannot hold"),
        ("é: 1\nb: \x07\n", 2, "holds a character that text cannot hold"),
    ],
)  # fmt: skip
def test_what_is_refused_is_refused_on_its_line(text: str, line: int, says: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(text, tmp_path)
    assert str(refused.value).startswith(f"{tmp_path / 'a.yaml'}, line {line}: {says}")


@pytest.mark.parametrize("text", ["", "\n\n", "# a remark\n", "---\n", "null\n"])
def test_a_file_that_holds_nothing_is_empty(text: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"a\.yaml: is empty; a mapping of words was expected"):
        read(text, tmp_path)


@pytest.mark.parametrize("text", ["[" * 500_000, "{a: " * 100_000, "- " * 100_000, "[[" * 30 + "]]" * 30])
def test_endless_nesting_is_refused_before_it_brings_the_parser_down(text: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="line 1: lists and mappings stand more than 40 deep in one another"):
        read(text, tmp_path)


def test_a_billion_laughs_get_no_further_than_the_first(tmp_path: Path) -> None:
    laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    with pytest.raises(Refused, match="line 1: a: an anchor"):
        read(laughs, tmp_path)


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"line 2: byte 9 is not UTF-8; text in UTF-8 was expected"):
        read(b"a: b\nc: \xff\n", tmp_path)
    with pytest.raises(Refused, match=r"is not UTF-8"):
        read("a: b\n".encode("utf-16"), tmp_path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"gone\.yaml: does not exist; a YAML file was expected"):
        yaml_reading.read(tmp_path / "gone.yaml")
    with pytest.raises(Refused, match="is a folder; a YAML file was expected"):
        yaml_reading.read(tmp_path)


def test_each_path_has_its_line_and_its_key(tmp_path: Path) -> None:
    document = read("a:\n  - b\n  - c: 1\n    d: [x, y,\n      z]\n    e:\n      f: 2\n", tmp_path)
    assert [document.place(path) for path in [(), ("a",), ("a", 0), ("a", 1), ("a", 1, "c"), ("a", 1, "d", 2)]] == [
        (1, ""), (1, "a"), (2, "a[0]"), (3, "a[1]"), (3, "a[1].c"), (5, "a[1].d[2]"),
    ]  # fmt: skip
    assert document.place(("a", 1, "e", "f")) == (7, "a[1].e.f")
    # what is not there: a missing word has its parent's line and its own name, a place in what is no list has neither
    assert document.place(("a", 1, "holder")) == (3, "a[1].holder")
    assert document.place(("a", 0, 0)) == (2, "a[0]")
    assert document.place(("b",)) == (1, "b")
    assert (document.at(("a", 1, "d", 2)), document.at(("a", 9)), document.at(("a", 0, "x"))) == ("z", None, None)


letters = st.characters(exclude_categories=("C", "Zl", "Zp"))
plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**17), 10**17), st.text(letters, max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(letters, min_size=1, max_size=6).filter(lambda key: key != "<<"), inner, max_size=4),
    ),
    max_leaves=20,
)


@given(plain)
def test_what_is_written_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    folder = tmp_path_factory.mktemp("yaml")
    assert read(json.dumps({"a": value}, ensure_ascii=False), folder).data == {"a": value}


@given(st.text(alphabet="ab:-[]{}'\"&*!|>%@#,? \n\t0~<", max_size=40))
def test_whatever_is_read_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    said = ""
    try:
        read(text, tmp_path_factory.mktemp("yaml"))
    except Refused as refused:
        said = str(refused)
    assert said == "" or (".yaml" in said and "\n" not in said)
