"""Whatever is written is read as the same events, from JSON Lines and from CSV."""

from __future__ import annotations

import io
import json
import tempfile
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.duties.event import EMPTY, Event, Pattern, Source
from goldthread.formats.cin import CensusReading
from goldthread.formats.event_records import SUBJECT_TYPES
from goldthread.formats.events import EventsReading
from goldthread.formats.events_writing import record_of, write_csv, write_jsonl, write_source
from goldthread.formats.reading import open_file

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "../shared/data/cin/ours_clean_100_children_2026.xml"
SCHEMA = json.loads((REPOSITORY / "docs/reference/event.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

# Letters that a format could trip over: quotes, separators, line ends of all sorts, escapes, beyond the basic plane.
AWKWARD = "aZ0é-:/\"',;\t\n\r\x1c\x85\u2028\x1b\\[{=😀 "
texts = st.text(AWKWARD, min_size=1, max_size=6).map(str.strip).filter(bool)
days = st.integers(date(1900, 1, 2).toordinal(), date(2199, 12, 30).toordinal())
moments = st.integers(-(10**15) * 2, 10**15 * 7)
subjects = st.builds("{}:{}".format, st.sampled_from(SUBJECT_TYPES), texts)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def event_lists(draw: st.DrawFn) -> list[Event]:
    events: list[Event] = []
    free: list[str] = []
    for name in draw(st.lists(texts, min_size=1, max_size=5, unique=True)):
        target = draw(st.sampled_from([None, *free]))
        if target is not None:
            free.remove(target)
        free.append(name)
        events.append(
            Event(
                id=name,
                subjects=tuple(draw(st.lists(subjects, min_size=1, max_size=3, unique=True))),
                kind=draw(texts.filter(lambda kind: kind != "referral-decided")),
                day=draw(st.none() | days),
                process=draw(st.none() | texts),
                links=tuple(draw(st.lists(texts, max_size=3, unique=True))),
                data=draw(st.dictionaries(texts, values, max_size=3)) or EMPTY,
                recorded=draw(moments if target is not None else st.none() | moments),
                replaces=target,
                void=target is not None and draw(st.booleans()),
                about=tuple(draw(st.lists(texts.map("child:{}".format), max_size=2, unique=True))),
            )
        )
    return draw(st.permutations(events))


sources = st.builds(
    Source,
    carries=st.none() | st.frozensets(texts, max_size=3),
    opens=st.none() | days,
    closes=st.none() | days,
    whole=st.lists(st.builds(Pattern, texts, st.just(())), max_size=2).map(tuple),
    last_before=st.lists(
        st.builds(
            Pattern,
            texts,
            st.dictionaries(
                texts, st.frozensets(texts | st.booleans(), min_size=1, max_size=3), min_size=1, max_size=2
            ).map(lambda fields: tuple(fields.items())),
        ),
        max_size=2,
    ).map(tuple),
)


def read(text: str, source: str | None = None) -> tuple[list[Event], EventsReading]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events"
        path.write_text(text, encoding="utf-8", newline="")
        beside = None
        if source is not None:
            beside = Path(folder) / "source"
            beside.write_text(source, encoding="utf-8")
        reading = open_file(path, source_path=beside)
        assert isinstance(reading, EventsReading)
        return list(reading.events()), reading


def as_jsonl(events: list[Event], source: Source | None = None) -> str:
    file = io.StringIO()
    write_jsonl(events, file, source)
    return file.getvalue()


def as_csv(events: list[Event]) -> str:
    file = io.StringIO()
    write_csv(events, file)
    return file.getvalue()


@given(event_lists(), sources)
def test_json_lines_give_back_the_same_events_and_source(events: list[Event], source: Source) -> None:
    again, reading = read(as_jsonl(events, source))
    assert (again, reading.source) == (events, source)
    assert reading.notes.total == 0


@given(event_lists(), sources)
def test_csv_gives_back_the_same_events_and_source(events: list[Event], source: Source) -> None:
    declared = io.StringIO()
    write_source(source, declared)
    again, reading = read(as_csv(events), declared.getvalue())
    assert (again, reading.source) == (events, source)
    assert reading.notes.total == 0


@given(event_lists())
def test_without_ids_both_formats_give_the_same_ids_to_the_same_facts(events: list[Event]) -> None:
    plain = [event._replace(id="", replaces=None, void=False) for event in events]
    jsonl = "".join(
        json.dumps({key: value for key, value in record_of(event).items() if key != "id"}) + "\n" for event in plain
    )
    first, _ = read(jsonl)
    assert read(as_csv(plain))[0] == first
    assert len({event.id for event in first}) == len(first)


@given(event_lists(), sources)
def test_what_is_written_follows_the_published_schema(events: list[Event], source: Source) -> None:
    for line in as_jsonl(events, source).split("\n")[:-1]:
        VALIDATOR.validate(json.loads(line))


@pytest.mark.parametrize(
    "record",
    [
        {"kind": "a", "occurred": None},
        {"subject": "C1", "kind": "a", "occurred": None},
        {"subject": "child:C1", "subjects": ["child:C1"], "kind": "a", "occurred": None},
        {"subject": "child:C1", "kind": "a"},
        {"subject": "child:C1", "kind": "a", "occurred": "3/3/2025"},
        {"subject": "child:C1", "kind": "a", "occurred": "2025-03-03T10:00:00"},
        {"subject": "child:C1", "kind": "a", "occurred": None, "replaces": "b"},
        {"subject": "child:C1", "kind": "a", "occurred": None, "void": True},
        {"subject": "child:C1", "kind": "a", "occurred": None, "worker": "W1"},
        {"source": {"carry": []}},
    ],
)
def test_the_schema_refuses_what_is_not_a_record(record: dict[str, object]) -> None:
    assert not VALIDATOR.is_valid(record)


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample files beside the project are absent")
def test_a_census_written_as_events_is_read_as_the_same_facts_and_source() -> None:
    census = open_file(SAMPLE)
    assert isinstance(census, CensusReading)
    events = [event for _, one in census.children() for event in one]
    again, reading = read(as_jsonl(events, census.source))
    assert (again, reading.source) == (events, census.source)
    assert read(as_csv(events))[0] == events
