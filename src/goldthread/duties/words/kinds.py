"""The kinds of events that a pack may name: whom each is about, and its fields."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PlainValidator

from goldthread.duties import patterns
from goldthread.duties.faults import Fault, did_you_mean, none_of, shown
from goldthread.duties.words.word import Word, Words, nested, not_empty, one_or_several

SUBJECTS = ("child", "family", "incident", "review", "allegation", "death", "partnership")
_TYPES = ("boolean", "date", "text", "number", "list")

Subjects = Annotated[tuple[str, ...], PlainValidator(lambda raw: _subjects(one_or_several(raw)))]


def _subjects(raw: tuple[Any, ...]) -> tuple[str, ...]:
    for place, one in enumerate(raw):
        if one not in (*SUBJECTS, "any"):
            raise Fault(none_of(one, (*SUBJECTS, "any")), *((place,) if len(raw) > 1 else ()))
    if not raw:
        raise Fault(f"one or more of {', '.join((*SUBJECTS, 'any'))} were expected; found an empty list")
    return raw


class Many(Word):
    many: Annotated[tuple[str, ...], PlainValidator(lambda raw: _choices(raw))]


def _choices(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw:
        raise Fault(f"a list of the values that the field may have was expected; found {shown(raw)}")
    for place, one in enumerate(raw):
        if not isinstance(one, str) or not one:
            raise Fault(f"text was expected; found {shown(one)}", place)
        if one == patterns.UNSAID:
            raise Fault("'unsaid' says in patterns that a field is absent; it can be no value", place)
        if one in raw[:place]:
            raise Fault(f"the value {one!r} stands twice", place)
    return tuple(raw)


def _field(raw: Any) -> Any:
    if isinstance(raw, list):
        return _choices(raw)
    if isinstance(raw, dict):
        return nested(Many, raw)
    if raw in _TYPES and isinstance(raw, str):
        return raw
    near = did_you_mean(raw, _TYPES)
    raise Fault(
        f"one of {', '.join(_TYPES)}, a list of values or {{many: [values]}} was expected; found {shown(raw)}{near}"
    )


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    for name in given:
        if not re.fullmatch("[a-z][a-z0-9_]*", name) or name.endswith(patterns.ONLY):
            raise Fault(
                f"lower-case words joined by _ were expected (and not ending in {patterns.ONLY}); found {name!r}", name
            )
    return given


FieldWord = Annotated[str | tuple[str, ...] | Many, PlainValidator(_field)]


class KindWord(Word):
    kind: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    says: Words
    subject: Subjects
    fields: Annotated[dict[str, FieldWord], AfterValidator(_fields)] = Field(default_factory=dict)
    reach: Literal["one", "every"] = "one"


class KindsFile(Word):
    kinds: Annotated[tuple[KindWord, ...], Field(strict=False), AfterValidator(not_empty)]
