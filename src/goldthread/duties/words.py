"""The closed vocabulary of packs and overlays as strict models; docs/reference/duty-words.md explains each word."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationError, model_validator

from goldthread.duties import example_lines, patterns
from goldthread.duties.event import Pattern
from goldthread.duties.faults import FEW, Fault, did_you_mean, none_of, of_model, shown

MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
_SPAN = re.compile(r"(0|[1-9][0-9]{0,3}) (working days?|days?|weeks?|months?|years?)\Z")
_DAY_OF_YEAR = re.compile(rf"([1-9][0-9]?) ({'|'.join(MONTHS)})\Z")
_A_CENTURY = {"working-days": 25_000, "days": 36_525, "months": 1_200, "years": 100}  # nothing is owed for longer
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


def _listed(raw: Any) -> Any:
    return tuple(raw) if isinstance(raw, list) else (raw,)


Spans = Annotated[Span, PlainValidator(_span)]
YearDay = Annotated[DayOfYear, PlainValidator(_day_of_year)]
Day = Annotated[int, PlainValidator(example_lines.ordinal)]
Patterns = Annotated[tuple[Pattern, ...], PlainValidator(patterns.parse)]
Code = Annotated[str, Field(pattern=_CODE)]
Words = Annotated[str, Field(min_length=1), AfterValidator(lambda text: _worded(text))]
Strength = Literal["must", "should", "expected", "non-statutory"]
Names = Annotated[tuple[str, ...], PlainValidator(lambda raw: _texts(_listed(raw)))]
Subjects = Annotated[tuple[str, ...], PlainValidator(lambda raw: _subjects(_listed(raw)))]


def _worded(text: str) -> str:
    if not text.strip():
        raise Fault("some text was expected; found only blanks")
    return text


def _texts(raw: tuple[Any, ...]) -> tuple[str, ...]:
    for place, one in enumerate(raw):
        if not isinstance(one, str) or not one.strip():
            here = (place,) if len(raw) > 1 else ()
            number = " (in quotation marks it is text)" if isinstance(one, int) else ""
            raise Fault(f"text was expected; found {shown(one)}{number}", *here)
    if not raw:
        raise Fault("a text or a list of texts was expected; found an empty list")
    return raw


def _subjects(raw: tuple[Any, ...]) -> tuple[str, ...]:
    for place, one in enumerate(raw):
        if one not in (*SUBJECTS, "any"):
            raise Fault(none_of(one, (*SUBJECTS, "any")), *((place,) if len(raw) > 1 else ()))
    if not raw:
        raise Fault(f"one or more of {', '.join((*SUBJECTS, 'any'))} were expected; found an empty list")
    return raw


@lru_cache(maxsize=128)
def _vocabulary(model: type[BaseModel]) -> dict[str, bool]:
    """List the words that a mapping may hold, and whether each is needed."""
    return {field.alias or name: field.is_required() for name, field in model.model_fields.items()}


class Word(BaseModel):
    """A mapping of the vocabulary: nothing extra, nothing converted, nothing changed afterwards."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _closed(cls, raw: Any) -> Any:
        """Refuse a word that is none of the vocabulary before anything else is looked at: it may be another one misspelt."""
        known = _vocabulary(cls)
        if not isinstance(raw, dict):
            needed = [word for word, is_needed in known.items() if is_needed] or list(known)
            raise Fault(f"a mapping with {', '.join(needed)} was expected; found {shown(raw)}")
        for word in raw:
            if word not in known:
                near = did_you_mean(word, [one for one in known if one not in raw])
                listed = (
                    f"it should be one of {', '.join(known)}"
                    if len(known) <= FEW
                    else "see docs/reference/duty-words.md"
                )
                raise Fault(f"the word {word!r} cannot stand here{near or f'; {listed}'}", word)
        for word, is_needed in known.items():
            if is_needed and word not in raw:
                raise Fault(f"the word {word!r} is needed here", word)
        return raw


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


def _made(model: type[Word], raw: Any) -> Any:
    """Make a nested word; its first fault keeps the path that leads to it."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise of_model(error)[0] from None


def _due(raw: Any) -> Any:
    if not isinstance(raw, dict) or not raw:
        raise Fault(f"a mapping with one of {', '.join(_DUE)} was expected; found {shown(raw)}")
    for key, model in _DUE.items():
        if key in raw:
            made = _made(model, raw)
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


# ---- what starts it


class EveryYear(Word):
    every_year_from: int = Field(ge=1900, le=2200)
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
    field: Words
    of: Annotated[dict[str, Strength], AfterValidator(lambda of: _some(of, "recipient"))]


class Per(Word):
    field: Words
    key: Words
    due: Words


class Case(Word):
    """What a variant says otherwise."""

    holder: str | None = None
    strength: Strength | None = None
    time_strength: Strength | None = None
    cites: Names | None = None
    due: DueWord | None = None
    each: Each | None = None


class Variant(Word):
    field: Words
    of: Words | None = None
    cases: Annotated[dict[str, Case], AfterValidator(lambda cases: _some(cases, "case"))]


def _some(given: dict[str, Any], what: str) -> dict[str, Any]:
    if not given:
        raise Fault(f"at least one {what} was expected; found an empty mapping")
    return given


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
    begun_at: Words | None = None
    only_once: bool = False
    unless: Words | None = None
    per: Per | None = None
    due: DueWord
    due_soon: Spans | None = None
    met_by: Patterns | None = None
    proves_start: bool = False
    broken_by: Patterns | None = None
    each: Each | None = None
    same: Words | None = None
    ends_with: Patterns | None = None
    ends_at_start: dict[str, Any] | None = None
    closed_by: Patterns | None = None
    may_precede: bool = False
    late_reason: Words | None = None
    provisional_until: Patterns | None = None
    outlives: bool = False
    variant: Variant | None = None
    interpretations: Annotated[tuple[str, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _agrees(self) -> DutyWord:
        _no_idle_words(self)
        _times_fit(self)
        _variant_fits(self)
        if self.begun_at and not self.first_while_open:
            raise Fault("begun_at goes with first_while_open: true", "begun_at")
        if isinstance(self.starts, EveryYear) and not self.same:
            raise Fault("a yearly duty needs the word 'same': the field that names its year", "same")
        if self.per and not isinstance(self.due, SetLocally):
            raise Fault("with per each item has its own date, so {local: …} or {record: …} was expected", "due")
        for field, value in (self.ends_at_start or {}).items():
            if not isinstance(value, str | bool | int):
                raise Fault(f"one value was expected; found {shown(value)}", "ends_at_start", field)
        if self.ends_at_start == {}:
            raise Fault("at least one field with its value was expected; found an empty mapping", "ends_at_start")
        return self


def _no_idle_words(word: DutyWord) -> None:
    """Refuse a word that would have no effect beside the others: whoever wrote it meant something."""
    floor, judged = isinstance(word.due, Floor), isinstance(word.due, Judgement)
    timeless = ("due_soon", "late_reason")
    grouped = ("first_while_open", "begun_at", "only_once", "unless", "per", "each", "variant")
    idle: list[tuple[bool, str, tuple[str, ...]]] = [
        (floor, "a floor", (*timeless, "met_by", "each", "per", "same", "proves_start", "may_precede")),
        (judged, "a judgement duty", timeless),
        (isinstance(word.starts, EveryYear), "a yearly duty", (*grouped, "ends_at_start")),
        (isinstance(word.starts, Unmet), "a duty that starts where another ended unmet", (*grouped, "once", "same")),
        (word.first_while_open, "first_while_open", ("per", "each", "only_once")),
        (word.per is not None, "per", ("each",)),
    ]
    for holds, what, keys in idle:
        for key in keys if holds else ():
            if getattr(word, key):
                raise Fault(f"this word has no effect beside {what}; take it out", key)
    if not floor and word.broken_by:
        raise Fault("this word goes with a floor, {floor: 1 year}", "broken_by")
    if floor and not word.broken_by:
        raise Fault("the word 'broken_by' is needed here: a floor says what breaks it", "broken_by")
    if not word.met_by and not floor:
        raise Fault("the word 'met_by' is needed here: a duty that nothing can discharge is none", "met_by")
    if word.due_soon and word.due_soon.unit != "working-days":
        raise Fault(f"a number of working days was expected; found {shown(word.due_soon.words)}", "due_soon")


def _times_fit(word: DutyWord) -> None:
    """Hold each way of saying the time to its strength: a number has one, a judgement has none."""
    said = [((), word.due, word.time_strength)]
    for name, case in (word.variant.cases if word.variant else {}).items():
        path: tuple[Any, ...] = ("variant", "cases", name)
        said.append((path, case.due or word.due, case.time_strength or word.time_strength))
    for path, due, strength in said:
        if isinstance(due, Judgement) and strength:
            raise Fault(
                "a judgement duty has no number, so its time has no strength; take it out", *path, "time_strength"
            )
    cases = said[1:] or said
    for path, due, strength in cases:
        if isinstance(due, Within | Before | By | Earliest | Floor) and not strength:
            raise Fault("the word 'time_strength' is needed here: the limit is a number", *path, "time_strength")


def _variant_fits(word: DutyWord) -> None:
    """Hold the cases of a variant to the form of the duty: they say otherwise by when and to whom, not in which way."""
    if not word.variant:
        return
    fields = {case.each.field if case.each else "" for case in word.variant.cases.values()}
    if word.each:
        fields = {field or word.each.field for field in fields} | {word.each.field}
    if len(fields) > 1:
        raise Fault(
            "each case was expected to name its recipients in the same field, or none of them", "variant", "cases"
        )
    for name, case in word.variant.cases.items():
        if case.due and _form(case.due) != _form(word.due):
            raise Fault(
                f"{_form(word.due)} was expected, as the duty itself has; found {_form(case.due)}",
                "variant", "cases", name, "due",
            )  # fmt: skip


def _form(due: Due) -> str:
    if isinstance(due, Within | By | Earliest):
        return "a limit counted forward"
    if isinstance(due, Before):
        return "a limit counted back"
    return (
        "a floor" if isinstance(due, Floor) else "a judgement" if isinstance(due, Judgement) else "what is set locally"
    )


class GateWord(Timing):
    holder: str
    strength: Strength
    subject: Literal["child"] = "child"
    before: Patterns
    needs: Patterns
    at_least: int = Field(default=1, ge=1)
    within: Words | None = None
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

    @model_validator(mode="after")
    def _holds_something(self) -> DutiesFile:
        if not self.duties and not self.gates:
            raise Fault("this file declares nothing; at least one entry under duties or gates was expected")
        return self


def _any(given: tuple[Any, ...]) -> tuple[Any, ...]:
    if not given:
        raise Fault("a list of at least one was expected; found an empty list")
    return given


class RegisterFile(Word):
    area: Words
    entries: Annotated[tuple[EntryWord, ...], Field(strict=False), AfterValidator(lambda given: _any(given))]


class Many(Word):
    many: Annotated[tuple[str, ...], PlainValidator(lambda raw: _choices(raw))]


_TYPES = ("boolean", "date", "text", "number", "list")


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
        return _made(Many, raw)
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
    fields: Annotated[dict[str, FieldWord], AfterValidator(_fields)] = {}
    reach: Literal["one", "every"] = "one"


class KindsFile(Word):
    kinds: Annotated[tuple[KindWord, ...], Field(strict=False), AfterValidator(lambda given: _any(given))]


class Successor(Word):
    edition: Words
    in_force_from: Day
    basis: Words


class Status(Word):
    status: Words
    says: Words
    begins: Patterns
    ends: Patterns


class Interpretation(Word):
    id: Words
    question: Words
    decision: Words
    basis: Words
    decided_by: Words
    from_: Day = Field(alias="from")
    until: Day | None
    cites: Annotated[tuple[str, ...], Field(strict=False)]

    @model_validator(mode="after")
    def _in_order(self) -> Interpretation:
        _after(self.from_, self.until, "until", "from")
        return self


def _after(first: int, last: int | None, word: str, before: str) -> None:
    if last is not None and last < first:
        raise Fault(f"a day that is not before {before!r} was expected", word)


class PackFile(Word):
    pack: Words
    edition: Words
    title: Words
    in_force_from: Day
    successor: Successor | None
    holders: dict[str, Words]
    statuses: Annotated[tuple[Status, ...], Field(strict=False)] = ()
    interpretations: Annotated[tuple[Interpretation, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _in_order(self) -> PackFile:
        if self.successor and self.successor.in_force_from <= self.in_force_from:
            raise Fault("a day after the pack's own 'in_force_from' was expected", "successor", "in_force_from")
        return self


# ---- overlays: five verbs that add beside


class Beside(Timing):
    duty: Code


class Strengthens(Beside):
    starts: Patterns | None = None
    due: Annotated[Within | Before, PlainValidator(_local_due)]


class AlsoStarts(Beside):
    starts: Patterns


class AlsoTo(Beside):
    recipients: Names


class Sets(Beside):
    due: Annotated[Within | Before, PlainValidator(_local_due)]


class NeedsFirst(Timing):
    before: Patterns
    needs: Patterns
    at_least: int = Field(default=1, ge=1)
    within: Words | None = None
    approved_by: Words | None = None


class OverlayFile(Word):
    overlay: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    over: Words
    title: Words
    in_force_from: Day
    in_force_until: Day | None = None
    strengthens: Annotated[tuple[Strengthens, ...], Field(strict=False)] = ()
    also_starts: Annotated[tuple[AlsoStarts, ...], Field(strict=False)] = ()
    also_to: Annotated[tuple[AlsoTo, ...], Field(strict=False)] = ()
    needs_first: Annotated[tuple[NeedsFirst, ...], Field(strict=False)] = ()
    sets: Annotated[tuple[Sets, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _adds_something(self) -> OverlayFile:
        if self.overlay in ("national", "local"):
            raise Fault(
                f"a name of its own was expected; {self.overlay!r} means something else in an answer", "overlay"
            )
        _after(self.in_force_from, self.in_force_until, "in_force_until", "in_force_from")
        if not (self.strengthens or self.also_starts or self.also_to or self.needs_first or self.sets):
            verbs = ", ".join(("strengthens", "also_starts", "also_to", "needs_first", "sets"))
            raise Fault(f"this overlay adds nothing; at least one entry under {verbs} was expected")
        return self
