"""When a duty is due: lengths of time, days of the year, and the ways of saying by when."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import PlainValidator

from goldthread.duties.faults import Fault, none_of, shown
from goldthread.duties.words.word import Names, Patterns, Word, Words, nested

MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
_SPAN = re.compile(r"(0|[1-9][0-9]{0,3}) (working days?|days?|weeks?|months?|years?)\Z")
_DAY_OF_YEAR = re.compile(rf"([1-9][0-9]?) ({'|'.join(MONTHS)})\Z")
_A_CENTURY = {"working-days": 25_000, "days": 36_525, "months": 1_200, "years": 100}  # nothing is owed for longer


class Span(NamedTuple):
    """A length of time: a number of working-days, days, months or years (weeks are seven days)."""

    number: int
    unit: Literal["working-days", "days", "months", "years"]
    words: str


class DayOfYear(NamedTuple):
    """A day that comes every year."""

    day: int
    month: int
    words: str


def _span(raw: Any) -> Span:
    found = _SPAN.match(raw) if isinstance(raw, str) else None
    if not found:
        raise Fault(f"a length of time like '45 working days' or '3 months' was expected; found {shown(raw)}")
    number, unit = int(found[1]), found[2].rstrip("s").replace(" ", "-") + "s"
    if unit == "weeks":
        number, unit = 7 * number, "days"
    if not 1 <= number <= _A_CENTURY[unit]:
        raise Fault(f"a length of time of at least 1 and at most 100 years was expected; found {shown(raw)}")
    return Span(number, unit, raw)  # type: ignore[arg-type]  # the pattern admits only these units


def _day_of_year(raw: Any) -> DayOfYear:
    found = _DAY_OF_YEAR.match(raw) if isinstance(raw, str) else None
    if not found:
        raise Fault(f"a day of the year like '30 September' was expected; found {shown(raw)}")
    day, month = int(found[1]), MONTHS.index(found[2]) + 1
    if day > monthrange(2001, month)[1]:
        raise Fault(f"a day that every year has was expected; found {shown(raw)}")
    return DayOfYear(day, month, raw)


Spans = Annotated[Span, PlainValidator(_span)]
YearDay = Annotated[DayOfYear, PlainValidator(_day_of_year)]


class Within(Word):
    within: Spans
    of: Patterns | None = None


class Before(Word):
    at_least: Spans
    before: Names


class By(Word):
    by: YearDay


class Earliest(Word):
    earliest: Annotated[tuple[Within | By, ...], PlainValidator(lambda raw: _earliest(raw))]


class Floor(Word):
    floor: Spans


class Judgement(Word):
    judgement: str


class SetLocally(Word):
    """The number is in the start's own record, or left to local decision, or the one before the other."""

    record: Words | None = None
    local: Words | None = None


Due = Within | Before | By | Earliest | Floor | Judgement | SetLocally
_DUE: dict[str, type[Word]] = {
    "within": Within,
    "at_least": Before,
    "by": By,
    "earliest": Earliest,
    "floor": Floor,
    "judgement": Judgement,
    "record": SetLocally,
    "local": SetLocally,
}


def _due(raw: Any) -> Any:
    if not isinstance(raw, dict) or not raw:
        raise Fault(f"a mapping with one of {', '.join(_DUE)} was expected; found {shown(raw)}")
    for key, model in _DUE.items():
        if key in raw:
            made = nested(model, raw)
            if isinstance(made, SetLocally) and made.record is None and made.local is None:
                raise Fault(
                    "the field of the record, or words of what is set locally, were expected; found nothing", key
                )
            return made
    first = next(iter(raw))
    raise Fault(none_of(first, _DUE), first)


def _earliest(raw: Any) -> tuple[Any, ...]:
    expected = "a list of two or more of {within: …} and {by: …} was expected"
    if not isinstance(raw, list) or len(raw) < 2:
        raise Fault(f"{expected}; found {shown(raw)}" + (" of one" if raw and isinstance(raw, list) else ""))
    found = []
    for place, one in enumerate(raw):
        try:
            made = _due(one)
        except Fault as fault:
            raise fault.under(place) from None
        if not isinstance(made, Within | By) or (isinstance(made, Within) and made.of):
            raise Fault(f"{expected}; found {shown(one)}", place)
        found.append(made)
    return tuple(found)


def _local_due(raw: Any) -> Any:
    made = _due(raw)
    if not isinstance(made, Within | Before):
        raise Fault(f"an overlay counts {{within: …}} or {{at_least: …, before: …}}; found {shown(raw)}")
    return made


DueWord = Annotated[Due, PlainValidator(_due)]
LocalDue = Annotated[Within | Before, PlainValidator(_local_due)]
