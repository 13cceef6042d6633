"""Reading case events from JSON Lines and CSV, and the sentences that broken ones are refused with."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.duties.event import EVERYTHING, Event, Pattern, Source
from goldthread.duties.refusal import Refused
from goldthread.formats.events import EventsReading
from goldthread.formats.reading import open_file

Write = Callable[[str | bytes], Path]
BASE = {"subject": "child:C1", "kind": "referral-received", "occurred": "2025-03-03"}


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def read(path: Path, *, source_path: Path | None = None) -> tuple[list[Event], EventsReading]:
    reading = open_file(path, source_path=source_path)
    assert isinstance(reading, EventsReading)
    return list(reading.events()), reading


def one(written: Write, **more: Any) -> Event:
    (event,), _ = read(written(lines({**BASE, **more})))
    return event


def refusal(path: Path, *, source_path: Path | None = None) -> str:
    with pytest.raises(Refused) as refused:
        read(path, source_path=source_path)
    said = str(refused.value)
    assert "\n" not in said
    return said.removeprefix(f"{path}: ")


def test_a_record_becomes_an_event(written: Write) -> None:
    record = {
        "id": "e1",
        "subjects": ["child:C1", "child:C2"],
        "kind": "strategy-discussion-held",
        "occurred": "2025-03-03",
        "recorded": "2025-03-04T09:30:00.000001+00:00",
        "process": "strategy:S1",
        "links": ["enquiry:E1", "referral:R1"],
        "data": {"section_47": True, "on": "2025-03-05"},
    }
    events, reading = read(written(lines(record)))
    assert events == [
        Event(
            id="e1",
            subjects=("child:C1", "child:C2"),
            kind="strategy-discussion-held",
            day=day("2025-03-03"),
            process="strategy:S1",
            links=("enquiry:E1", "referral:R1"),
            data={"section_47": True, "on": "2025-03-05"},
            recorded=int(datetime(2025, 3, 4, 9, 30, tzinfo=UTC).timestamp()) * 1_000_000 + 1,
        )
    ]
    assert (reading.format, reading.source, reading.reference_date) == ("events-jsonl", EVERYTHING, None)
    assert reading.notes.total == 0


@pytest.mark.parametrize(
    ("occurred", "expected"),
    [
        ("2025-03-03", "2025-03-03"),
        ("2025-07-01T22:59:59Z", "2025-07-01"),
        ("2025-07-01T23:00:00Z", "2025-07-02"),
        ("2025-01-01T23:59:59+00:00", "2025-01-01"),
        ("2025-07-02T00:30+01:00", "2025-07-02"),
        ("2025-07-02 00:30:00-05:00", "2025-07-02"),
    ],
)
def test_a_moment_counts_as_its_day_in_london(written: Write, occurred: str, expected: str) -> None:
    assert one(written, occurred=occurred).day == day(expected)


def test_an_undated_event_happened_on_a_day_that_is_not_held(written: Write) -> None:
    assert one(written, occurred=None).day is None


def test_a_single_outcome_is_read_as_a_list_of_one(written: Write) -> None:
    for data in ({"outcome": "child-in-need"}, {"outcomes": "child-in-need"}, {"outcomes": ["child-in-need"]}):
        event = one(written, kind="referral-decided", data={**data, "qualified": True})
        assert event.data == {"outcomes": ["child-in-need"], "qualified": True}
    assert one(written, kind="conference-held", data={"outcome": "plan"}).data == {"outcome": "plan"}


def test_a_key_that_is_not_known_is_kept_in_data_and_noted(written: Write) -> None:
    events, reading = read(written(lines({**BASE, "worker": "W1", "data": {"by": "6"}})))
    assert events[0].data == {"by": "6", "worker": "W1"}
    assert [note.where for note in reading.notes] == ["line 1"]
    assert reading.notes.by_code == {"unknown-key": 1}


def test_an_unknown_kind_is_kept_without_a_note(written: Write) -> None:
    events, reading = read(written(lines({**BASE, "kind": "moon-seen"})))
    assert (events[0].kind, reading.notes.total) == ("moon-seen", 0)


def test_the_same_fact_twice_without_an_id_counts_once_and_is_noted(written: Write) -> None:
    same = {"kind": BASE["kind"], "subjects": ["child:C1"], "data": {}, "occurred": "2025-03-03T10:00:00Z"}
    events, reading = read(written(lines(BASE, {**BASE, "occurred": "2025-03-04"}, same)))
    assert [event.day for event in events] == [day("2025-03-03"), day("2025-03-04")]
    assert len({event.id for event in events}) == 2
    assert [str(note) for note in reading.notes] == [
        "line 3: it says the same as line 1 and neither has an id; it counts once"
    ]


def test_corrections_come_through_and_may_stand_before_what_they_correct(written: Write) -> None:
    void = {"subject": "child:C1", "kind": "referral-received", "replaces": "a", "void": True}
    path = written(lines({**void, "id": "v", "recorded": "2025-03-05T00:00:00Z"}, {**BASE, "id": "a"}))
    events, _ = read(path)
    assert [(event.id, event.replaces, event.void, event.day) for event in events] == [
        ("v", "a", True, None),
        ("a", None, False, day("2025-03-03")),
    ]


def test_the_first_line_may_declare_the_source(written: Write) -> None:
    declared = {
        "carries": ["referral-received"],
        "from": "2025-04-01",
        "until": "2026-03-31",
        "whole": ["child-died", {"conference-held": {"type": "initial"}}],
        "last_before": [{"conference-held": {"type": ["review"], "unborn": [True, "unsaid"]}}],
    }
    expected = Source(
        carries=frozenset({"referral-received"}),
        opens=day("2025-04-01"),
        closes=day("2026-03-31"),
        whole=(Pattern("child-died"), Pattern("conference-held", (("type", frozenset({"initial"})),))),
        last_before=(
            Pattern("conference-held", (("type", frozenset({"review"})), ("unborn", frozenset({True, "unsaid"})))),
        ),
    )
    events, reading = read(written(lines({"source": declared}, BASE)))
    assert (len(events), reading.source) == (1, expected)
    beside = written(json.dumps({"source": declared}))
    _, reading = read(written("subject,kind,occurred\nchild:C1,child-died,2025-05-01\n"), source_path=beside)
    assert reading.source == expected


def test_a_csv_is_read_as_the_same_events(written: Write) -> None:
    text = (
        "\ufeffid,subject,subjects,kind,occurred,recorded,process,links,replaces,void,data\r\n"
        'e1,,"[""child:C1"", ""child:C2""]",conference-held,2025-03-03,,conference:K1,"[""enquiry:E1""]",,,"{""type"": ""initial""}"\r\n'
        "\r\n"
        "e2,child:C1,,conference-held,,2025-03-05T00:00:00Z,,plan:P1,e1,TRUE,\r\n"
    )
    events, reading = read(written(text))
    assert reading.format == "events-csv"
    assert events == [
        Event(
            "e1",
            ("child:C1", "child:C2"),
            "conference-held",
            day("2025-03-03"),
            "conference:K1",
            ("enquiry:E1",),
            {"type": "initial"},
        ),
        Event(
            "e2",
            ("child:C1",),
            "conference-held",
            None,
            links=("plan:P1",),
            recorded=int(datetime(2025, 3, 5, tzinfo=UTC).timestamp()) * 1_000_000,
            replaces="e1",
            void=True,
        ),
    ]


def test_the_last_line_needs_no_line_end_and_blank_lines_are_passed_over(written: Write) -> None:
    events, _ = read(written("\ufeff" + lines(BASE) + "\n  \r\n" + json.dumps({**BASE, "occurred": "2025-03-04"})))
    assert len(events) == 2


BAD_RECORDS: list[tuple[dict[str, Any], str]] = [
    ({"occurred": "2025-03-03T10:00:00"}, 'occurred "2025-03-03T10:00:00" has no offset'),
    ({"occurred": "2025-02-30"}, '"2025-02-30" is not a date that exists'),
    ({"occurred": "2025-03-03T25:00:00Z"}, 'occurred "2025-03-03T25:00:00Z" is not a moment that exists'),
    ({"occurred": "3/3/2025"}, 'occurred is "3/3/2025"; expected a date YYYY-MM-DD'),
    ({"occurred": "1066-10-14"}, '"1066-10-14" is not between the years 1900 and 2199'),
    ({"occurred": 20250303}, "occurred is a number"),
    ({"occurred": ""}, 'occurred is ""'),
    ({"recorded": "2025-03-03"}, 'recorded is "2025-03-03"; expected a date-time with its offset'),
    ({"recorded": "2025-03-03T10:00:00"}, 'recorded "2025-03-03T10:00:00" has no offset'),
    ({"subject": "C1"}, 'the subject "C1" has no known type; expected one of child, family'),
    ({"subject": "child:"}, 'the subject "child:" has no known type'),
    ({"subject": "person:P1"}, 'the subject "person:P1" has no known type'),
    ({"subject": ["child:C1"]}, "subject is a list"),
    ({"subject": None}, "there is no subject"),
    ({"subject": None, "subjects": []}, "there is no subject"),
    ({"subjects": ["child:C2"]}, "there are both subject and subjects"),
    ({"about": ["incident:I1"]}, 'about names "incident:I1"; expected children'),
    ({"kind": None}, "there is no kind"),
    ({"kind": ""}, "kind is empty"),
    ({"kind": " child-died"}, 'kind " child-died" begins or ends with a blank'),
    ({"kind": 7}, "kind is a number; expected text"),
    ({"process": {}}, "process is an object; expected text"),
    ({"links": [1]}, "links is a list; expected a list of texts"),
    ({"data": []}, "data is a list; expected an object"),
    ({"void": "yes"}, "void is text; expected true or false"),
    ({"void": True}, "it is void but has no replaces"),
    ({"worker": "W1", "data": {"worker": "W2"}}, '"worker" is given both beside data and in it'),
]


@pytest.mark.parametrize(("more", "words"), BAD_RECORDS)
def test_a_record_that_cannot_be_read_is_refused_with_its_line(
    written: Write, more: dict[str, Any], words: str
) -> None:
    said = refusal(written(lines(BASE, {**BASE, "occurred": "2025-03-04", **more})))
    assert said.startswith("line 2: ")
    assert words in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}\n", "line 1: there is no kind; expected"),
        ('{"kind": "a", "subject": "child:C1"}\n', "line 1: there is no occurred; expected a date, or null"),
        (lines(BASE) + "[]\n", "line 2: it is a list; expected one JSON object on each line"),
        (lines(BASE) + "nonsense\n", "line 2: it is not JSON"),
        (lines(BASE) + '{"kind": "a", "kind": "b"}\n', 'line 2: the key "kind" is given twice'),
        (lines(BASE) + '{"data": {"x": NaN}}\n', "line 2: NaN is not a number that JSON has"),
        (lines(BASE) + '{"data": {"x": 1e999}}\n', 'line 2: the number "1e999" is too large'),
        (lines(BASE) + '{"data": {"x": ' + "9" * 5000 + "}}\n", "line 2: it holds a number with too many digits"),
        (lines(BASE) + '{"data": ' + "[" * 200_000 + "\n", "line 2: it is nested too deeply"),
        (lines(BASE) + '{"kind": "\\ud800"}\n', "line 2: it holds half of a surrogate pair"),
        (lines(BASE) + lines(BASE)[:30], "line 2: the file seems to be cut off here"),
        (lines(BASE) + lines({"source": {}}), "line 2: it declares the source; expected that on the first line only"),
        (lines({"source": {}}), "holds no event; expected at least one"),
        (lines({"source": []}, BASE), "line 1: source is a list; expected an object"),
        (lines({"source": {"carry": []}}, BASE), 'line 1: source has the key "carry"; expected only carries'),
        (lines({"source": {"from": "2025"}}, BASE), 'line 1: source\'s from is "2025"; expected a date'),
        (lines({"source": {"whole": [{"a": 1}]}}, BASE), "line 1: source's whole holds an object"),
        (lines({"source": {"whole": [{"a": {"b": []}}]}}, BASE), "line 1: source's whole has a pattern without plain"),
        (lines({"source": {}, "id": "x"}, BASE), "line 1: source stands beside other keys"),
        (lines({**BASE, "id": "a"}, BASE, {**BASE, "id": "a"}), 'line 3: the id "a" is already that of line 1'),
        (lines({**BASE, "id": "b", "replaces": "a"}), "event b replaces a without saying when"),
        (
            lines({**BASE, "id": "b", "replaces": "a", "recorded": "2025-03-04T00:00:00Z"}),
            "event b replaces a, which is not among the events given",
        ),
        ("[" + json.dumps(BASE) + "]", "begins with a list; expected JSON Lines"),
        (lines(BASE).encode() + b'{"kind": "\xe9"}\n', "line 2 is not in UTF-8 at its byte 11"),
        (lines(BASE).encode("utf-16"), "is written in UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0", "line 1 is not in UTF-8"),
    ],
)
def test_a_broken_json_lines_file_is_refused_with_one_sentence(
    written: Write, content: str | bytes, words: str
) -> None:
    assert refusal(written(content)).startswith(words)


HEAD = "id,subject,kind,occurred,data\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("hello\n", "row 1: there is no column kind; expected a first row with some of id, subject"),
        ("kind,subject\n", "row 1: there is no column occurred"),
        ("kind,occurred\n", "row 1: there is neither a column subject nor subjects"),
        ("kind;occurred;subject\n", "row 1: its columns are separated by semicolons; expected commas"),
        ("kind\toccurred\tsubject\n", "row 1: its columns are separated by tabs; expected commas"),
        ("kind,occurred,subject,kind\n", 'row 1: the column "kind" is given twice'),
        (HEAD, "holds no event"),
        (HEAD + "a,child:C1,child-died,2025-03-03,\nb,child:C1\n", "row 3: it has 2 cells; expected 5"),
        (HEAD + "a,child:C1,child-died,2025-03-03,\nb,child:C1", "row 3: the file seems to be cut off here: it has 2"),
        (HEAD + 'a,child:C1,child-died,2025-03-03,"{', "row 2: the file seems to be cut off inside quotation marks"),
        (HEAD + 'a,child:C1,"child"-died,2025-03-03,\n', "row 2: it is not CSV"),
        (HEAD + "a,child:C1,child-died,2025-03-03,oops\n", "row 2: column data: it is not JSON"),
        (HEAD + 'a,child:C1,child-died,2025-03-03,"[1]"\n', "row 2: data is a list; expected an object"),
        (HEAD + "a,child:C1,child-died,2025-13-03,\n", 'row 2: "2025-13-03" is not a date that exists'),
        (HEAD + '\na,child:C1,"child\n-died",2025-03-03,\nb,C1,child-died,2025-03-03,\n', 'row 4: the subject "C1"'),
        (HEAD.encode() + b"a,child:C1,\xe9,2025-03-03,\n", "line 2 is not in UTF-8 at its byte 12"),
        (HEAD + "a,child:C1,\0,2025-03-03,\n", "holds a NUL character"),
    ],
)
def test_a_broken_csv_is_refused_with_its_row(written: Write, content: str | bytes, words: str) -> None:
    assert refusal(written(content)).startswith(words)


def test_a_source_file_that_is_wrong_is_named(written: Write, tmp_path: Path) -> None:
    events = written(lines(BASE))
    source = written('{"carry": 1}')
    assert refusal(events, source_path=source).startswith(f'{source}: source has the key "carry"')
    assert "does not exist" in refusal(events, source_path=tmp_path / "none")
    both = written(lines({"source": {}}, BASE))
    assert "declares its source on its first line" in refusal(both, source_path=written("{}"))


def test_a_note_names_its_line(written: Write) -> None:
    reading = open_file(written(lines({**BASE, "worker": "W1"})))
    assert isinstance(reading, EventsReading)
    assert len(list(reading.events())) == 1
    assert [str(note)[:39] for note in reading.notes] == ['line 1: the key "worker" is not one of ']


def test_progress_ends_at_the_end(written: Write) -> None:
    calls: list[tuple[int, int]] = []
    path = written(lines(*({**BASE, "id": str(n)} for n in range(500))))
    reading = open_file(path, progress=lambda done, total: calls.append((done, total)))
    assert isinstance(reading, EventsReading)
    assert len(list(reading.events())) == 500
    assert calls[-1] == (path.stat().st_size, path.stat().st_size)


WHOLE_JSONL = lines({"source": {"from": "2025-01-01"}}, {**BASE, "data": {"by": "6"}}, {**BASE, "id": "b"}).encode()
WHOLE_CSV = (
    b'id,subject,kind,occurred,data\na,child:C1,child-died,2025-03-03,"{""by"": ""6""}"\nb,child:C2,child-died,,\n'
)


@pytest.mark.parametrize("whole", [WHOLE_JSONL, WHOLE_CSV])
def test_a_broken_file_of_events_is_refused_or_read_and_nothing_else(written: Write, whole: bytes) -> None:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, len(whole)), st.integers(0, 40), st.binary(max_size=8))
    def broken(at: int, gone: int, instead: bytes) -> None:
        said = ""
        try:
            reading = open_file(written(whole[:at] + instead + whole[at + gone :]))
            if isinstance(reading, EventsReading):
                list(reading.events())
            said = "".join(str(note) for note in reading.notes)
        except Refused as refused:
            said = str(refused)
        assert said.isprintable()

    broken()
