"""Reads one record of an event file, as JSON gives it, into an event; and what a file declares that it can hold."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from goldthread.duties.corrections import EPOCH
from goldthread.duties.event import EMPTY, Event, Pattern, Source
from goldthread.formats.notes import shown

LONDON = ZoneInfo("Europe/London")
COLUMNS = (
    "id",
    "subject",
    "subjects",
    "about",
    "kind",
    "occurred",
    "recorded",
    "process",
    "links",
    "replaces",
    "void",
    "data",
)
KEYS = frozenset(COLUMNS)
SUBJECT_TYPES = ("child", "family", "incident", "review", "allegation", "death", "partnership")
SUBJECT = re.compile(rf"(?:{'|'.join(SUBJECT_TYPES)}):\S(?:.*\S)?", re.DOTALL)
SOURCE_KEYS = ("carries", "from", "until", "whole", "last_before")
FIRST_YEAR, LAST_YEAR = 1900, 2199
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)", re.ASCII)
_NAIVE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?", re.ASCII)


class Wrong(Exception):
    """One thing wrong with one record, before it is known which line or row it stands on."""


# Days and moments


@lru_cache(maxsize=100_000)
def day_of(text: str) -> int:
    """This will give the civil day in Europe/London, as an ordinal, of a date or of a date-time with its offset."""
    if _DATE.fullmatch(text):
        try:
            return _in_range(date.fromisoformat(text), text).toordinal()
        except ValueError:
            raise Wrong(f"{shown(text)} is not a date that exists") from None
    moment = _moment("occurred", text, "a date YYYY-MM-DD, or a date-time with its offset")
    return _in_range(moment.astimezone(LONDON).date(), text).toordinal()


@lru_cache(maxsize=10_000)
def moment_of(text: str) -> int:
    """This will give the moment of a date-time with its offset, in microseconds since 1970 in UTC."""
    moment = _moment("recorded", text, "a date-time with its offset, such as 2025-03-01T09:30:00+00:00")
    _in_range(moment.date(), text)
    return (moment - EPOCH) // timedelta(microseconds=1)


def _moment(key: str, text: str, expected: str) -> datetime:
    if _MOMENT.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise Wrong(f"{key} {shown(text)} is not a moment that exists") from None
    if _NAIVE.fullmatch(text):
        raise Wrong(f"{key} {shown(text)} has no offset, so it could be any of many moments; expected {expected}")
    raise Wrong(f"{key} is {shown(text)}; expected {expected}")


def _in_range(day: date, text: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Wrong(f"{shown(text)} is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    return day


# One record


def event_of(record: Mapping[str, Any], note: Callable[[str, str], None]) -> Event:
    """This will read one record, as JSON gives it, into an event; without an id of its own its id is left empty.

    What is wrong raises `Wrong`; what is odd but readable goes to `note` as a code and a sentence.
    """
    data = record.get("data")
    if data is None or data == {}:
        data = EMPTY
    elif not isinstance(data, dict):
        raise Wrong(f"data is {named(data)}; expected an object")
    if not KEYS.issuperset(record):
        for key in record:
            if key not in KEYS and record[key] is not None:
                if key in data:
                    raise Wrong(f"{shown(key)} is given both beside data and in it; expected it in data only")
                data = {**data, key: record[key]}
                note("unknown-key", f"the key {shown(key)} is not one of {', '.join(COLUMNS)}; it is kept in data")
    kind = _text(record, "kind")
    if kind is None:
        raise Wrong("there is no kind; expected what happened, such as referral-received")
    replaces = _text(record, "replaces")
    void = record.get("void")
    if void is None:
        void = False
    elif not isinstance(void, bool):
        raise Wrong(f"void is {named(void)}; expected true or false")
    if void and replaces is None:
        raise Wrong("it is void but has no replaces; expected the id of the event that it withdraws")
    occurred = record.get("occurred")
    if occurred is None:
        if "occurred" not in record and not void:
            raise Wrong("there is no occurred; expected a date, or null where the day is not held")
        day = None
    elif isinstance(occurred, str):
        day = day_of(occurred)
    else:
        raise Wrong(f"occurred is {named(occurred)}; expected a date YYYY-MM-DD as text, or null")
    recorded = _text(record, "recorded")
    if kind == "referral-decided" and data:
        data = _with_outcomes(data)
    return Event(
        id=_text(record, "id") or "",
        subjects=_subjects(record),
        kind=kind,
        day=day,
        process=_text(record, "process"),
        links=_texts(record, "links"),
        data=data,
        recorded=None if recorded is None else moment_of(recorded),
        replaces=replaces,
        void=void,
        about=_about(record),
    )


def fingerprint(event: Event) -> str:
    """This will give the id of an event that has none: a hash of its facts, whichever file format held them."""
    facts = json.dumps(event[1:], sort_keys=True, separators=(",", ":"))
    return "fact-" + hashlib.sha256(facts.encode()).hexdigest()[:24]


def _with_outcomes(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """This will read a single `outcome`, or a single text as `outcomes`, as a list of one."""
    outcomes = data.get("outcomes")
    if isinstance(outcomes, str):
        return {**data, "outcomes": [outcomes]}
    if outcomes is None and isinstance(data.get("outcome"), str):
        return {
            **{key: value for key, value in data.items() if key not in ("outcome", "outcomes")},
            "outcomes": [data["outcome"]],
        }
    return data


def _text(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Wrong(f"{key} is {named(value)}; expected text")
    return _clean(key, value)


def _clean(key: str, value: str) -> str:
    if not value:
        raise Wrong(f"{key} is empty; expected text, or nothing at all")
    if value != value.strip():
        raise Wrong(f"{key} {shown(value)} begins or ends with a blank; expected it without")
    return value


def _texts(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = record.get(key)
    if value is None:
        return ()
    if isinstance(value, str):
        return (_clean(key, value),)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Wrong(f"{key} is {named(value)}; expected a list of texts")
    return tuple(dict.fromkeys([_clean(key, item) for item in value]))


def _subjects(record: Mapping[str, Any]) -> tuple[str, ...]:
    one, many = record.get("subject"), record.get("subjects")
    if one is not None and many is not None:
        raise Wrong("there are both subject and subjects; expected one of them")
    if one is not None and not isinstance(one, str):
        raise Wrong(f"subject is {named(one)}; expected text such as child:C1")
    subjects = _texts(record, "subject" if many is None else "subjects")
    if not subjects:
        raise Wrong("there is no subject; expected whose it is, such as child:C1")
    for subject in subjects:
        if SUBJECT.fullmatch(subject) is None:
            raise Wrong(
                f"the subject {shown(subject)} has no known type; expected one of {', '.join(SUBJECT_TYPES)}, a colon and an id"
            )
    return subjects


def _about(record: Mapping[str, Any]) -> tuple[str, ...]:
    about = _texts(record, "about")
    for child in about:
        if not child.startswith("child:") or SUBJECT.fullmatch(child) is None:
            raise Wrong(f"about names {shown(child)}; expected children, such as child:C1")
    return about


def named(value: object) -> str:
    """This will name what a JSON value is, for a sentence."""
    names: dict[type, str] = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list"}
    return names.get(type(value), "an object" if isinstance(value, dict) else "a list of other things")


# The declared source


def source_of(declared: object) -> Source:
    """This will read what a file says it can hold: the object under `source`."""
    if not isinstance(declared, dict):
        raise Wrong(f"source is {named(declared)}; expected an object with {', '.join(SOURCE_KEYS)}")
    for key in declared:
        if key not in SOURCE_KEYS:
            raise Wrong(f"source has the key {shown(key)}; expected only {', '.join(SOURCE_KEYS)}")
    carries = declared.get("carries")
    return Source(
        carries=None if carries is None else frozenset(_texts(declared, "carries")),
        opens=_bound(declared, "from"),
        closes=_bound(declared, "until"),
        whole=_patterns(declared, "whole"),
        last_before=_patterns(declared, "last_before"),
    )


def _bound(declared: Mapping[str, Any], key: str) -> int | None:
    text = _text(declared, key)
    if text is None:
        return None
    if _DATE.fullmatch(text) is None:
        raise Wrong(f"source's {key} is {shown(text)}; expected a date YYYY-MM-DD")
    return day_of(text)


def _patterns(declared: Mapping[str, Any], key: str) -> tuple[Pattern, ...]:
    value = declared.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Wrong(f"source's {key} is {named(value)}; expected a list of kinds or patterns")
    return tuple(_pattern(item, key) for item in value)


def _pattern(item: object, key: str) -> Pattern:
    if isinstance(item, str):
        return Pattern(_clean(key, item))
    if isinstance(item, dict) and len(item) == 1:
        ((kind, fields),) = item.items()
        if isinstance(fields, dict):
            return Pattern(kind, tuple((field, _allowed(allowed, key)) for field, allowed in fields.items()))
    raise Wrong(f"source's {key} holds {named(item)}; expected kinds, or patterns such as {{kind: {{field: value}}}}")


def _allowed(value: object, key: str) -> frozenset[Any]:
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(item, str | int | bool) for item in values):
        raise Wrong(f"source's {key} has a pattern without plain values; expected a value or a list of values")
    return frozenset(values)


# JSON, narrowly


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        again = next(name for name in names if names.count(name) > 1)
        raise Wrong(f"the key {shown(again)} is given twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise Wrong(f"{name} is not a number that JSON has")


def _number(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise Wrong(f"the number {shown(text)} is too large")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number, parse_float=_number)


def read_json(text: str) -> Any:
    """This will read one JSON value; twice the same key, NaN, half a character and too deep a nesting are `Wrong`."""
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Wrong(f"it is not JSON: {error.msg.lower()} at character {error.pos + 1}") from error
    except RecursionError:
        raise Wrong("it is nested too deeply to be read") from None
    except ValueError:
        raise Wrong("it holds a number with too many digits") from None
    if "\\u" in text:
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise Wrong("it holds half of a surrogate pair, which is no character") from None
    return value
