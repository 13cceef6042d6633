"""Worked examples: the short lines in which a pack shows what a duty does, run by the tests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from goldthread.duties import patterns, rules, words
from goldthread.duties.calendar import WorkingDays
from goldthread.duties.corrections import EPOCH, LONDON, MICROSECOND
from goldthread.duties.engine import evaluate
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.duties.findings import Finding, as_dict
from goldthread.duties.refusal import Refused
from goldthread.duties.rules import Rules

_OWN = ("process", "links", "subject", "subjects", "recorded", "id", "replaces", "void")


def event(line: str, place: int, subject: str) -> Event:
    """Read one line, `DATE kind field=value …`; DATE is `undated` where the day is not known."""
    day_text, _, rest = line.strip().partition(" ")
    kind, _, said = rest.strip().partition(" ")
    if not kind:
        raise Refused(f"an example's line is DATE kind field=value …; found {line!r}")
    try:
        day = None if day_text == "undated" else date.fromisoformat(day_text).toordinal()
    except ValueError:
        raise Refused(f"an example's line starts with a date like 2025-03-31 or with undated; found {line!r}") from None
    given = dict(_pairs(said, line))
    data = {key: value for key, value in given.items() if key not in _OWN}
    subjects = given.get("subjects", given.get("subject", subject))
    return Event(
        id=str(given.get("id", f"e{place}")),
        subjects=tuple(subjects if isinstance(subjects, list) else str(subjects).split(",")),
        kind=kind,
        day=day,
        process=given.get("process"),
        links=tuple(str(given["links"]).split(",")) if "links" in given else (),
        data=data,
        recorded=moment(str(given["recorded"])) if "recorded" in given else None,
        replaces=given.get("replaces"),
        void=given.get("void") is True,
    )


def moment(text: str) -> int:
    """Read a date or a date-time as a moment in microseconds since 1970; without an offset it is London's."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        found = found.replace(tzinfo=LONDON)
    return (found - EPOCH) // MICROSECOND


def _pairs(said: str, line: str) -> Iterable[tuple[str, Any]]:
    position = 0
    for found in re.finditer(r"\s*([a-z0-9_]+)=(\[[^\]]*\]|\"[^\"]*\"|\S+)", said):
        if said[position : found.start()].strip():
            break
        position = found.end()
        yield found[1], _value(found[2])
    if said[position:].strip():
        raise Refused(f"field=value was expected at {said[position:].strip()!r} in {line!r}")


def _value(text: str) -> Any:
    if text.startswith("["):
        return [_item(one.strip()) for one in re.split(r"[;,]", text[1:-1]) if one.strip()]
    if text.startswith('"'):
        return text[1:-1]
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"-?\d+", text) else text


def _item(text: str) -> Any:
    """Read one item of a list; `a1@2025-03-31` is an action with its key and its own date."""
    if "@" in text:
        key, _, by = text.partition("@")
        return {"id": key, "by": by}
    return _value(text)


def source(raw: dict[str, Any] | None) -> Source:
    """Read what an example's source can hold."""
    if raw is None:
        return EVERYTHING

    def day(key: str) -> int | None:
        return date.fromisoformat(raw[key]).toordinal() if raw.get(key) else None

    carries = raw.get("carries")
    return Source(
        None if carries is None else frozenset(carries),
        day("from"),
        day("until"),
        patterns.parse(raw["whole"]) if raw.get("whole") else (),
        patterns.parse(raw["last_before"]) if raw.get("last_before") else (),
    )


def run(
    example: words.Example, code: str, subject: str, pack: Rules, calendar: WorkingDays
) -> tuple[list[Finding], list[dict[str, Any]], list[dict[str, Any]]]:
    """Answer an example: its findings for the duty, as published, and what it expects (an empty list: none)."""
    if example.overlay:
        pack = rules.load(pack.edition, (example.overlay,))
    events = [event(line, place, f"{subject}:1") for place, line in enumerate(example.given)]
    known_at = moment(example.known_at) if example.known_at else None
    found = [
        one
        for one in evaluate(events, example.on, known_at, pack, calendar, source(example.source))
        if one.duty.code == code
    ]
    if example.expect == "none":
        expected: list[dict[str, Any]] = []
    else:
        expected = example.expect if isinstance(example.expect, list) else [example.expect]
    return found, [as_dict(one, pack, example.on) for one in found], expected
