"""The closed vocabulary of packs and overlays as strict models; docs/reference/duty-words.md explains each word."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, model_validator

from goldthread.duties import patterns
from goldthread.duties.event import Pattern

MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
_SPAN = re.compile(r"(\d{1,4}) (working days?|days?|weeks?|months?|years?)\Z")
_DAY_OF_YEAR = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})\Z")
_CODE = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$"

SUBJECTS = ("child", "family", "incident", "review", "allegation", "death", "partnership")


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
        raise ValueError(f"a length of time was expected, like '45 working days' or '3 months'; found {raw!r}")
    number, unit = int(found[1]), found[2].rstrip("s").replace(" ", "-") + "s"
    if number == 0:
        raise ValueError("a length of time is at least 1")
    if unit == "weeks":
        return Span(7 * number, "days", raw)
    return Span(number, unit, raw)  # type: ignore[arg-type]  # the pattern admits only these units


def _day_of_year(raw: Any) -> DayOfYear:
    found = _DAY_OF_YEAR.match(raw) if isinstance(raw, str) else None
    if not found:
        raise ValueError(f"a day of the year was expected, like '30 September'; found {raw!r}")
    day, month = int(found[1]), MONTHS.index(found[2]) + 1
    date(2001, month, day)  # every year must have it
    return DayOfYear(day, month, raw)


def _day(raw: Any) -> int:
    try:
        return date.fromisoformat(raw).toordinal()
    except (TypeError, ValueError):
        raise ValueError(f"a date was expected, like 2025-03-31; found {raw!r}") from None


def _listed(raw: Any) -> Any:
    return tuple(raw) if isinstance(raw, list) else (raw,)


Spans = Annotated[Span, PlainValidator(_span)]
YearDay = Annotated[DayOfYear, PlainValidator(_day_of_year)]
Day = Annotated[int, PlainValidator(_day)]
Patterns = Annotated[tuple[Pattern, ...], PlainValidator(patterns.parse)]
Code = Annotated[str, Field(pattern=_CODE)]
Words = Annotated[str, Field(min_length=1)]
Strength = Literal["must", "should", "expected", "non-statutory"]
Names = Annotated[tuple[str, ...], PlainValidator(lambda raw: _texts(_listed(raw)))]
Subjects = Annotated[tuple[str, ...], PlainValidator(lambda raw: _subjects(_listed(raw)))]


def _texts(raw: tuple[Any, ...]) -> tuple[str, ...]:
    if not raw or not all(isinstance(one, str) and one for one in raw):
        raise ValueError("a text or a list of texts was expected")
    return raw


def _subjects(raw: tuple[Any, ...]) -> tuple[str, ...]:
    for one in raw:
        if one not in (*SUBJECTS, "any"):
            raise ValueError(f"a subject is one of {', '.join((*SUBJECTS, 'any'))}; found {one!r}")
    return raw


class Word(BaseModel):
    """A mapping of the vocabulary: nothing extra, nothing converted, nothing changed afterwards."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", arbitrary_types_allowed=True)


# ---- when it is due


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

    record: str | None = None
    local: str | None = None


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


def _made(model: type[Word], raw: Any) -> Any:
    """Make a nested word, saying its first fault in one line with its own key."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(step) for step in first["loc"])
        raise ValueError(f"{key}: {first['msg'].removeprefix('Value error, ')}") from None


def _due(raw: Any) -> Any:
    if isinstance(raw, dict):
        for key, model in _DUE.items():
            if key in raw:
                return _made(model, raw)
    expected = ", ".join(_DUE)
    raise ValueError(f"due is said with one of: {expected}; found {raw!r}")


def _earliest(raw: Any) -> tuple[Any, ...]:
    found = tuple(_due(one) for one in raw) if isinstance(raw, list) else ()
    if len(found) < 2 or not all(isinstance(one, Within | By) for one in found):
        raise ValueError("earliest takes a list of two or more of {within: …} and {by: …}")
    return found


DueWord = Annotated[Due, PlainValidator(_due)]


# ---- what starts it


class EveryYear(Word):
    every_year_from: int
    on: YearDay


class Unmet(Word):
    unmet: Code


def _starts(raw: Any) -> Any:
    if isinstance(raw, dict) and "every_year_from" in raw:
        return _made(EveryYear, raw)
    if isinstance(raw, dict) and "unmet" in raw:
        return _made(Unmet, raw)
    return patterns.parse(raw)


Starts = Annotated[tuple[Pattern, ...] | EveryYear | Unmet, PlainValidator(_starts)]


class Each(Word):
    field: str
    of: dict[str, Strength]


class Per(Word):
    field: str
    key: str
    due: str


class Case(Word):
    """What a variant says otherwise."""

    holder: str | None = None
    strength: Strength | None = None
    time_strength: Strength | None = None
    cites: Names | None = None
    due: DueWord | None = None
    each: Each | None = None


class Variant(Word):
    field: str
    of: str | None = None
    cases: dict[str, Case]


class Example(Word):
    says: Words
    given: tuple[str, ...] = Field(strict=False)
    on: Day
    expect: Any
    source: dict[str, Any] | None = None
    overlay: str | None = None
    known_at: str | None = None


Examples = Annotated[tuple[Example, ...], Field(strict=False)]


class Timing(Word):
    """What duties and the clones that an overlay makes have in common."""

    code: Code
    says: Words
    cites: Names
    examples: Examples = ()


class DutyWord(Timing):
    subject: Literal["child", "incident", "review", "allegation", "death", "partnership"] = "child"
    owed: Literal["each", "once"] = "each"
    holder: str
    strength: Strength
    time_strength: Strength | None = None
    starts: Starts
    once: Patterns | None = None
    first_while_open: bool = False
    begun_at: str | None = None
    only_once: bool = False
    unless: str | None = None
    per: Per | None = None
    due: DueWord
    due_soon: Spans | None = None
    met_by: Patterns | None = None
    proves_start: bool = False
    broken_by: Patterns | None = None
    each: Each | None = None
    same: str | None = None
    ends_with: Patterns | None = None
    ends_at_start: dict[str, Any] | None = None
    closed_by: Patterns | None = None
    may_precede: bool = False
    late_reason: str | None = None
    provisional_until: Patterns | None = None
    outlives: bool = False
    variant: Variant | None = None
    interpretations: Annotated[tuple[str, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _agrees(self) -> DutyWord:
        numbered = isinstance(self.due, Within | Before | By | Earliest | Floor)
        judged = isinstance(self.due, Judgement)
        cases = self.variant.cases.values() if self.variant else ()
        times = [self.time_strength, *(case.time_strength for case in cases)]
        if numbered and not any(times):
            raise ValueError("time_strength is needed: the limit is a number")
        if judged and any(times):
            raise ValueError("time_strength is not for a judgement duty: its text gives no number")
        if isinstance(self.due, Floor) != bool(self.broken_by):
            raise ValueError("broken_by goes with a floor, and a floor needs it")
        if not self.met_by and not self.broken_by:
            raise ValueError("met_by is needed: a duty that nothing can discharge is none")
        if self.begun_at and not self.first_while_open:
            raise ValueError("begun_at goes with first_while_open")
        if isinstance(self.starts, EveryYear) and not self.same:
            raise ValueError("a yearly duty needs same: the field that names its year")
        return self


class GateWord(Timing):
    holder: str
    strength: Strength
    subject: Literal["child"] = "child"
    before: Patterns
    needs: Patterns
    at_least: int = Field(default=1, ge=1)
    within: str | None = None
    interpretations: Annotated[tuple[str, ...], Field(strict=False)] = ()


class EntryWord(Word):
    """A registered sentence that is not evaluated: a prompt or a step of later work."""

    code: Code
    says: Words
    kind: Literal["prompt", "gate", "step"]
    holder: str
    strength: Strength
    starts_words: str = ""
    met_words: str = ""
    time_words: str = ""
    cites: Names


# ---- files


class DutiesFile(Word):
    area: Words
    duties: Annotated[tuple[DutyWord, ...], Field(strict=False)] = ()
    gates: Annotated[tuple[GateWord, ...], Field(strict=False)] = ()


class RegisterFile(Word):
    area: Words
    entries: Annotated[tuple[EntryWord, ...], Field(strict=False)]


FieldType = Literal["boolean", "date", "text", "number", "list"]


class Many(Word):
    many: Annotated[tuple[str, ...], Field(strict=False)]


def _field(raw: Any) -> Any:
    if isinstance(raw, str) and raw in ("boolean", "date", "text", "number", "list"):
        return raw
    if isinstance(raw, list) and raw and all(isinstance(one, str) for one in raw):
        return tuple(raw)
    if isinstance(raw, dict):
        return _made(Many, raw)
    raise ValueError(f"a field is boolean, date, text, number, list, [values] or {{many: [values]}}; found {raw!r}")


FieldWord = Annotated[str | tuple[str, ...] | Many, PlainValidator(_field)]


class KindWord(Word):
    kind: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    says: Words
    subject: Subjects
    fields: dict[str, FieldWord] = {}
    reach: Literal["one", "every"] = "one"


class KindsFile(Word):
    kinds: Annotated[tuple[KindWord, ...], Field(strict=False)]


class Successor(Word):
    edition: str
    in_force_from: Day
    basis: Words


class Status(Word):
    status: str
    says: Words
    begins: Patterns
    ends: Patterns


class Interpretation(Word):
    id: str
    question: Words
    decision: Words
    basis: Words
    decided_by: Words
    from_: Day = Field(alias="from")
    until: Day | None
    cites: Annotated[tuple[str, ...], Field(strict=False)]


class PackFile(Word):
    pack: str
    edition: str
    title: Words
    in_force_from: Day
    successor: Successor | None
    holders: dict[str, str]
    statuses: Annotated[tuple[Status, ...], Field(strict=False)] = ()
    interpretations: Annotated[tuple[Interpretation, ...], Field(strict=False)] = ()


# ---- overlays: five verbs that add beside


class Beside(Timing):
    duty: Code


class Strengthens(Beside):
    starts: Patterns | None = None
    due: Annotated[Within | Before, PlainValidator(_due)]


class AlsoStarts(Beside):
    starts: Patterns


class AlsoTo(Beside):
    recipients: Names


class Sets(Beside):
    due: Annotated[Within | Before, PlainValidator(_due)]


class NeedsFirst(Timing):
    before: Patterns
    needs: Patterns
    at_least: int = Field(default=1, ge=1)
    within: str | None = None
    approved_by: str | None = None


class OverlayFile(Word):
    overlay: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    over: str
    title: Words
    in_force_from: Day
    in_force_until: Day | None = None
    strengthens: Annotated[tuple[Strengthens, ...], Field(strict=False)] = ()
    also_starts: Annotated[tuple[AlsoStarts, ...], Field(strict=False)] = ()
    also_to: Annotated[tuple[AlsoTo, ...], Field(strict=False)] = ()
    needs_first: Annotated[tuple[NeedsFirst, ...], Field(strict=False)] = ()
    sets: Annotated[tuple[Sets, ...], Field(strict=False)] = ()
