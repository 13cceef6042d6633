"""Worked examples: the facts that are given, and what a finding is expected to say."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, PlainValidator

from goldthread.duties import example_lines
from goldthread.duties.faults import Fault, did_you_mean, none_of, shown
from goldthread.duties.words.word import Day, Word, Words

# What an example may expect: the keys of a published finding, and its states; the tests hold them to the engine's own.
FINDING = (
    "duty subject subjects instance cycle recipient holder strength time_strength started_on due_on met_on ended_on state"
    " late days_late reason provisional layer governs edition edition_status cites".split()
)  # fmt: skip
STATES = "unknown met met-late ended not-met exceeded-with-reason overdue due-soon running judgement".split()


def _lines(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise Fault(f"a list of lines like '2025-03-31 kind field=value' was expected; found {shown(raw)}")
    for place, line in enumerate(raw):
        if not isinstance(line, str):
            raise Fault(f"a line like '2025-03-31 kind field=value' was expected; found {shown(line)}", place)
    return tuple(raw)


def _expected(raw: Any) -> Any:
    if raw == "none":
        return raw
    for place, one in enumerate(raw) if isinstance(raw, list) else (((), raw),):
        here = (place,) if isinstance(place, int) else ()
        if not isinstance(one, dict) or not one:
            raise Fault(f"none, or a mapping of what a finding says, was expected; found {shown(one)}", *here)
        for key, value in one.items():
            if key not in FINDING:
                raise Fault(f"{key!r} is no key of a finding{did_you_mean(key, FINDING)}", *here, key)
            if key == "state" and value not in STATES:
                raise Fault(none_of(value, STATES), *here, key)
            if key.endswith("_on") and value is not None:
                try:
                    example_lines.ordinal(value)
                except Fault as fault:
                    raise fault.under(*here, key) from None
    if raw == []:
        raise Fault("none, or a mapping for each finding, was expected; found an empty list")
    return raw


def _moment(raw: Any) -> str:
    if not isinstance(raw, str):
        raise Fault(f"a date or a date-time like 2025-03-31T09:00 was expected; found {shown(raw)}")
    example_lines.moment(raw)
    return raw


class Example(Word):
    says: Words
    given: Annotated[tuple[str, ...], PlainValidator(_lines)]
    on: Day
    expect: Annotated[Any, PlainValidator(_expected)]
    source: dict[str, Any] | None = None
    overlay: str | None = None
    known_at: Annotated[str, PlainValidator(_moment)] | None = None


Examples = Annotated[tuple[Example, ...], Field(strict=False)]
