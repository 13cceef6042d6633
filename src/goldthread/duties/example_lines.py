"""The short lines in which a worked example gives its events: `DATE kind field=value …`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from goldthread.duties import patterns
from goldthread.duties.corrections import EPOCH, LONDON, MICROSECOND
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.duties.faults import Fault, none_of, shown

_OWN = ("process", "links", "subject", "subjects", "recorded", "id", "replaces", "void")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
SOURCE_WORDS = ("carries", "from", "until", "whole", "last_before")


def event(line: str, place: int, subject: str) -> Event:
    """Read one line; DATE is `undated` where the day is not known. A `Fault` says what else was expected."""
    day_text, _, rest = line.strip().partition(" ")
    kind, _, said = rest.strip().partition(" ")
    if not kind:
        raise Fault(f"a line like '2025-03-31 kind field=value' was expected; found {shown(line)}")
    day = None if day_text == "undated" else ordinal(day_text, " or undated")
    given = dict(_pairs(said))
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


def ordinal(raw: Any, otherwise: str = "") -> int:
    """Read an ISO date as an ordinal; `otherwise` is what else was expected."""
    try:
        if isinstance(raw, str) and _DATE.match(raw):
            return date.fromisoformat(raw).toordinal()
    except ValueError:
        pass
    raise Fault(f"a date like 2025-03-31{otherwise} was expected; found {shown(raw)}")


def moment(text: str) -> int:
    """Read a date or a date-time as a moment in microseconds since 1970; without an offset it is London's."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Fault(f"a date or a date-time like 2025-03-31T09:00 was expected; found {shown(text)}") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=LONDON)
    return (found - EPOCH) // MICROSECOND


def _pairs(said: str) -> Iterable[tuple[str, Any]]:
    position = 0
    seen = set()
    for found in re.finditer(r"\s*([a-z0-9_]+)=(\[[^\]]*\]|\"[^\"]*\"|\S+)", said):
        if said[position : found.start()].strip():
            break
        if found[1] in seen:
            raise Fault(f"{found[1]}= stands twice in one line; once was expected")
        seen.add(found[1])
        position = found.end()
        yield found[1], _value(found[2])
    if said[position:].strip():
        raise Fault(f"field=value was expected; found {shown(said[position:].strip())}")


def _value(text: str) -> Any:
    if text.startswith("["):
        return [_item(one.strip()) for one in re.split(r"[;,]", text[1:-1]) if one.strip()]
    if text.startswith('"'):
        return text[1:-1]
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else text


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
    for word in raw:
        if word not in SOURCE_WORDS:
            raise Fault(none_of(word, SOURCE_WORDS), word)
    carries = raw.get("carries")
    if carries is not None and not isinstance(carries, list):
        raise Fault(f"a list of kinds was expected; found {shown(carries)}", "carries")
    for place, one in enumerate(carries or ()):
        if not isinstance(one, str):
            raise Fault(f"a kind was expected; found {shown(one)}", "carries", place)
    return Source(
        None if carries is None else frozenset(carries),
        _day(raw, "from"),
        _day(raw, "until"),
        _patterns(raw, "whole"),
        _patterns(raw, "last_before"),
    )


def _day(raw: dict[str, Any], key: str) -> int | None:
    try:
        return None if raw.get(key) is None else ordinal(raw[key])
    except Fault as fault:
        raise fault.under(key) from None


def _patterns(raw: dict[str, Any], key: str) -> tuple[Any, ...]:
    try:
        return () if raw.get(key) is None else patterns.parse(raw[key])
    except Fault as fault:
        raise fault.under(key) from None
