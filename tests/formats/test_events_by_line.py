"""Events read line by line: what cannot be used is named by its line, and the rest is read on."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from goldthread.duties.event import Event
from goldthread.duties.refusal import Refused
from goldthread.formats import events_by_line
from goldthread.formats.events import EventsReading
from goldthread.formats.events_by_line import by_line
from goldthread.formats.events_writing import write_csv, write_jsonl

DAY = date(2026, 3, 2).toordinal()
EVENTS = [
    Event("E1", ("child:C1",), "referral-received", DAY, "referral:R1", (), {"referrer": "known"}),
    Event("E2", ("child:C1", "child:C2"), "child-seen", DAY + 1, None, ("referral:R1",), {"alone": True}),
]


def reading(tmp_path: Path, text: str | bytes, form: str = "jsonl") -> EventsReading:
    path = tmp_path / f"events.{form}"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return EventsReading(path, f"events-{form}")


def written(form: str) -> str:
    file = StringIO(newline="")
    write_csv(EVENTS, file) if form == "csv" else write_jsonl(EVENTS, file)
    return file.getvalue()


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_good_file_gives_what_reading_it_at_once_gives(tmp_path: Path, form: str) -> None:
    opened = reading(tmp_path, written(form), form)
    assert [line.event for line in by_line(opened)] == list(opened.events()) == EVENTS


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"{", "it is not JSON"),
        (b"[1]", "expected one JSON object"),
        (b'"text"', "expected one JSON object"),
        (b'{"subject": "child:C1", "kind": "child-seen"}', "there is no occurred"),
        (b'{"subject": "house:C1", "kind": "child-seen", "occurred": "2026-03-02"}', "has no known type"),
        (b'{"source": {}}', "on the first line only"),
        (b"\xff\xfe\x00", "not in UTF-8 at its byte 1"),
        (b'{"kind": "\\ud800", "subject": "child:C1", "occurred": null}', "half of a surrogate pair"),
        (b'{"kind": "x", "kind": "y"}', "given twice"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(tmp_path: Path, bad: bytes, says: str) -> None:
    first, second = written("jsonl").encode().splitlines()
    lines = list(by_line(reading(tmp_path, b"\n".join([first, bad, b"", second]))))
    assert [line.place for line in lines] == [1, 2, 4]
    assert [line.event for line in lines] == [EVENTS[0], None, EVENTS[1]]
    assert says in lines[1].says


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"only,two", "it has 2 cells; expected 12"),
        (b"E9,child:C1,,,child-seen,2026-02-31,,,,,,", "not a date that exists"),
        (b"E9,child:C1,,,child-seen,2026-02-03,,,,,,{", "column data: it is not JSON"),
        (b"E9,child:C1,,,child-\0seen,2026-02-03,,,,,,", "a NUL character"),
        (b"E9,child:\xff,,,child-seen,2026-02-03,,,,,,", "not in UTF-8"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_read(tmp_path: Path, bad: bytes, says: str) -> None:
    head, first, second = written("csv").encode().splitlines()
    lines = list(by_line(reading(tmp_path, b"\r\n".join([head, first, bad, second]), "csv")))
    assert [line.place for line in lines] == [2, 3, 4]
    assert [line.event for line in lines] == [EVENTS[0], None, EVENTS[1]]
    assert says in lines[1].says


def test_rows_without_their_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no column kind"):
        list(by_line(reading(tmp_path, "a,b\n1,2\n", "csv")))


def test_a_line_without_an_end_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events_by_line, "LONGEST", 1_000)
    long = json.dumps({"kind": "x" * 2_000, "subject": "child:C1", "occurred": None})
    (line,) = by_line(reading(tmp_path, long))
    assert line.event is None and "expected one event" in line.says


def test_an_event_without_an_id_has_the_one_that_reading_at_once_gives_it(tmp_path: Path) -> None:
    opened = reading(tmp_path, '{"subject": "child:C1", "kind": "child-seen", "occurred": "2026-03-02"}')
    (line,) = by_line(opened)
    assert [line.event] == list(opened.events())


def test_odd_and_readable_is_a_note(tmp_path: Path) -> None:
    opened = reading(tmp_path, '{"subject": "child:C1", "kind": "child-seen", "occurred": "2026-03-02", "alone": true}')
    (line,) = by_line(opened)
    assert line.event is not None and line.event.data == {"alone": True}
    assert opened.notes.by_code["unknown-key"] == 1
