"""Duties and gates as a pack declares them: what starts, meets and ends them, for whom and how strongly."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from goldthread.duties import patterns
from goldthread.duties.event import Pattern
from goldthread.duties.faults import Fault, shown
from goldthread.duties.words.dues import (
    Before,
    By,
    Due,
    DueWord,
    Earliest,
    Floor,
    Judgement,
    SetLocally,
    Spans,
    Within,
    YearDay,
)
from goldthread.duties.words.examples import Examples
from goldthread.duties.words.word import Code, Names, Patterns, Strength, Word, Words, nested


class EveryYear(Word):
    every_year_from: int = Field(ge=1900, le=2200)
    on: YearDay


class Unmet(Word):
    unmet: Code


def _starts(raw: Any) -> Any:
    if isinstance(raw, dict) and "every_year_from" in raw:
        return nested(EveryYear, raw)
    if isinstance(raw, dict) and "unmet" in raw:
        return nested(Unmet, raw)
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


class DutiesFile(Word):
    area: Words
    duties: Annotated[tuple[DutyWord, ...], Field(strict=False)] = ()
    gates: Annotated[tuple[GateWord, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _holds_something(self) -> DutiesFile:
        if not self.duties and not self.gates:
            raise Fault("this file declares nothing; at least one entry under duties or gates was expected")
        return self
