"""What is published of an answer has one content, whatever the format, and follows its schema."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.duties import calendar, engine, rules
from goldthread.duties.event import EVERYTHING
from goldthread.duties.example_lines import event
from goldthread.duties.explaining import explain
from goldthread.duties.findings import KEYS, Finding, State
from goldthread.duties.refusal import Refused
from goldthread.formats import findings_writing, receipts

REFERENCE = Path(__file__).parents[2] / "docs/reference"
SCHEMA: dict[str, Any] = json.loads((REFERENCE / "finding.schema.json").read_text(encoding="utf-8"))
AS_OF = date(2025, 9, 1).toordinal()
LINES = (
    "2025-03-03 child-identified born_on=2015-01-01",
    "2025-03-03 referral-received process=referral:R1 subjects=child:A,child:B",
    "2025-03-05 referral-decided process=referral:R1",
    "2025-03-05 assessment-started process=referral:R1",
    '2025-05-05 assessment-delay-explained process=referral:R1 reason="wait, a “court” date"',
    "2025-08-28 strategy-discussion-held section_47=true process=strategy:S1",
    "2025-03-03 conference-held type=initial outcome=plan process=conference:K1",
    "2025-08-29 referral-received process=referral:R2",
    "2025-08-29 core-group-held next_on=2025-12-01",
)


def answered() -> list[Finding]:
    pack = rules.load(overlays=("example-first-review", "example-plan-end"))
    events = [event(line, place, "child:A") for place, line in enumerate(LINES)]
    return engine.evaluate(events, AS_OF, None, pack, calendar.load())


def published(found: list[Finding], *, explained: bool = False) -> list[dict[str, Any]]:
    pack = rules.load()

    def working(one: Finding) -> list[Any]:
        return explain(one, pack, calendar.load(), AS_OF, EVERYTHING)

    return list(findings_writing.rows(found, pack, AS_OF, working if explained else None))


def one_finding() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(published(answered())[0]))
    return found


def finding_errors(row: dict[str, Any]) -> list[str]:
    schema = {"$ref": "#/$defs/finding", "$defs": SCHEMA["$defs"]}
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(row)]


def test_the_schemas_are_schemas() -> None:
    for name in ("finding.schema.json", "receipt.schema.json"):
        jsonschema.Draft202012Validator.check_schema(json.loads((REFERENCE / name).read_text(encoding="utf-8")))


def test_the_schema_and_the_page_name_the_keys_that_are_written() -> None:
    properties = SCHEMA["$defs"]["finding"]["properties"]
    assert set(properties) == {*KEYS, "explanation"}
    assert set(SCHEMA["$defs"]["finding"]["required"]) == set(KEYS)
    assert set(properties["state"]["enum"]) == {str(state) for state in State}
    page = (REFERENCE / "findings.md").read_text(encoding="utf-8")
    for key in (*KEYS, "explanation", *SCHEMA["properties"], *SCHEMA["$defs"]["source"]["properties"]):
        assert f"`{key}`" in page, key
    for state in State:
        assert f"`{state}`" in page


def test_every_finding_follows_the_schema() -> None:
    rows = json.loads(json.dumps(published(answered(), explained=True)))
    assert len({row["state"] for row in rows}) >= 5
    for row in rows:
        assert finding_errors(row) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "late"},
        {"due_on": "1 May 2025"},
        {"subject": "C1"},
        {"subjects": []},
        {"strength": "may"},
        {"days_late": "3"},
        {"more": 1},
        {"state": "overdue", "late": False},
        {"state": "met", "met_on": None},
        {"explanation": []},
        {"explanation": [{"says": "So.", "source": {}, "steps": []}]},
    ],
)
def test_the_schema_refuses_what_is_not_a_finding(wrong: dict[str, Any]) -> None:
    row = one_finding()
    assert finding_errors(row) == []
    assert finding_errors({**row, **wrong}) != []
    assert finding_errors({key: value for key, value in row.items() if key != "layer"}) != []


# ---- three formats, one content


def from_csv(text: str) -> list[dict[str, Any]]:
    """Read what a row of CSV stands for, by the types of the schema."""
    kinds = SCHEMA["$defs"]["finding"]["properties"]

    def value(key: str, cell: str) -> Any:
        kind = kinds[key].get("type")
        if kind == "array":
            return json.loads(cell)
        if kind == "boolean":
            return {"true": True, "false": False}[cell]
        if cell == "":
            return None
        return int(cell) if isinstance(kind, list) and "integer" in kind else cell

    return [
        {key: value(key, cell) for key, cell in row.items()} for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


@pytest.mark.parametrize("explained", [False, True])
def test_json_json_lines_and_csv_say_the_same(explained: bool) -> None:
    found = answered()
    head, tail = {"as_of": "2025-09-01"}, {"source": {"children": 2}}
    whole, lines, table = io.StringIO(), io.StringIO(), io.StringIO(newline="")
    halves = found[: len(found) // 2], found[len(found) // 2 :]

    def texts(format_name: str) -> list[str]:
        encode = findings_writing.ENCODERS[format_name]
        return [encode(published(half, explained=explained), explained=explained) for half in halves]

    findings_writing.write_json(whole, head, texts("json"), lambda: tail)
    findings_writing.write_jsonl(lines, head, texts("jsonl"), lambda: tail)
    findings_writing.write_csv(table, texts("csv"), explained=explained)
    told = json.loads(whole.getvalue())
    assert {"schema": 1, **head, "findings": told["findings"], **tail} == told
    assert len(told["findings"]) == len(found)
    first, *rest, last = map(json.loads, lines.getvalue().splitlines())
    assert (first, last) == ({"answer": {"schema": 1, **head}}, tail)
    assert rest == told["findings"] == from_csv(table.getvalue())


def test_a_table_has_every_key_as_a_column_even_where_it_has_no_row() -> None:
    table = io.StringIO(newline="")
    findings_writing.write_csv(table, [], explained=False)
    assert table.getvalue() == ",".join(KEYS) + "\r\n"


@given(st.lists(st.integers(0, 2 * findings_writing.BATCH + 3), max_size=3))
def test_findings_are_written_as_they_come_in_any_number(numbers: list[int]) -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        for number in numbers:
            rows = [{"duty": f"d{place}"} for place in range(taken, taken + number)]
            taken += number
            yield findings_writing.as_json(rows, explained=False)

    out = io.StringIO()
    findings_writing.write_json(out, {}, texts(), lambda: {"source": {"children": taken}})
    told = json.loads(out.getvalue())
    assert told["findings"] == [{"duty": f"d{place}"} for place in range(sum(numbers))]
    assert told["source"] == {"children": sum(numbers)}, "what is known only at the end is asked at the end"


# ---- the digest of an answer


@given(st.permutations(range(len(answered()))), st.data())
def test_the_digest_does_not_depend_on_order(order: list[int], data: st.DataObject) -> None:
    pack, found = rules.load(), answered()
    by_subject: dict[str, list[Finding]] = {}
    for one in found:
        by_subject.setdefault(one.subject, []).append(one)
    straight, mixed = receipts.Digest(), receipts.Digest()
    for subject, own in by_subject.items():
        straight.add(subject, own, pack, AS_OF)
    for subject in data.draw(st.permutations(sorted(by_subject))):
        own, part = by_subject[subject], receipts.Digest()
        part.add(subject, [own[place] for place in order if place < len(own)], pack, AS_OF)
        mixed.take(part)
    assert mixed.as_dict() == straight.as_dict()
    assert straight.as_dict()["count"] == len(found)
    assert sum(row[3] for row in straight.as_dict()["states"]) == len(found)


def test_the_digest_changes_with_any_word_of_a_finding() -> None:
    pack, found = rules.load(), answered()
    before, after = receipts.Digest(), receipts.Digest()
    before.add("child:A", found, pack, AS_OF)
    found[0].provisional = not found[0].provisional
    after.add("child:A", found, pack, AS_OF)
    assert before.as_dict()["sha256"] != after.as_dict()["sha256"]


# ---- receipts as files


def receipt() -> dict[str, Any]:
    digest = receipts.Digest()
    digest.add("child:A", answered(), rules.load(), AS_OF)
    one = "0" * 64
    said = {
        "receipt": 1,
        "as_of": "2025-09-01",
        "known_at": None,
        "rules": {"edition": "wt2023", "hash": one, "overlays": []},
        "calendar": {"release": "england-2026-02", "hash": one, "from": "1998-01-01", "until": "2028-12-31"},
        "known_at_microseconds": None,
        "inputs": [{"path": "a.xml", "sha256": one}],
        "source_file": None,
        "overlays": [],
        "strict": False,
        "findings": digest.as_dict(),
    }
    return {**said, "seal": receipts.seal(said)}


def test_a_receipt_is_read_as_it_was_written_and_may_be_written_again(tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    receipts.write(path, receipt())
    receipts.write(path, receipt())
    found = receipts.read(path)
    assert found == receipt()
    assert receipts.seal(found) == found["seal"]
    schema = json.loads((REFERENCE / "receipt.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)


def test_nothing_but_a_receipt_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    path.write_text("<Message/>", encoding="utf-8")
    for place, words in (
        (path, "exists and is not a receipt"),
        (tmp_path, "is a folder"),
        (tmp_path / "no/receipt.json", "lies in a folder that does not exist"),
    ):
        with pytest.raises(Refused, match=words):
            receipts.write(place, receipt())
    assert path.read_text(encoding="utf-8") == "<Message/>"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"receipt": 2}, "not a receipt of format 1"),
        ({"as_of": None}, "as_of is None, not text"),
        ({"rules": {"edition": "wt2023"}}, r"the key 'rules.hash' is missing"),
        ({"inputs": {}}, "inputs should be a list"),
        ({"inputs": ["a.xml"]}, r"inputs\[0\] should be an object"),
        ({"known_at_microseconds": True}, "not a whole number"),
        ({"findings": []}, "findings should be an object"),
        ({"strict": 0}, "strict is 0, not true or false"),
    ],
)
def test_a_damaged_receipt_says_where(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps({**receipt(), **change}), encoding="utf-8")
    with pytest.raises(Refused, match=words):
        receipts.read(path)


@pytest.mark.parametrize("key", sorted(receipt()))
def test_a_receipt_that_lacks_a_key_names_it(tmp_path: Path, key: str) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps({name: value for name, value in receipt().items() if name != key}), encoding="utf-8")
    with pytest.raises(Refused, match=f"'{key}'"):
        receipts.read(path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"receipt": 1} {"receipt": 1}', "\x00", "[" * 100_000])
def test_what_is_no_receipt_at_all_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="is not a receipt"):
        receipts.read(path)
    with pytest.raises(Refused, match="cannot be read"):
        receipts.read(tmp_path / "gone.json")


def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    path.write_bytes(b"<Message/>" * 300_000)
    assert receipts.file_sha256(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(Refused, match="cannot be read"):
        receipts.file_sha256(tmp_path / "none.xml")
