"""Declared duties and gates, national or local: every kind, field, value and status that they name must be known."""

from __future__ import annotations

from goldthread.duties import words
from goldthread.duties.event import Pattern
from goldthread.duties.rules.kinds import Kinds
from goldthread.duties.rules.places import Place
from goldthread.duties.rules.references import References


def hold_duty(word: words.DutyWord, names: References, at: Place) -> None:
    """Check every name that a duty holds: kinds, fields, values, statuses."""

    def place(key: str) -> Place:
        # a local clock takes most words from the national duty: what does not fit them are its own starts
        here = at.under(key)
        return here if layer_is_national or here.written() is not None else at.under("starts")

    kinds = names.kinds
    layer_is_national = at.path[0] == "duties"
    given: dict[str, tuple[Pattern, ...] | None] = {
        "starts": word.starts if isinstance(word.starts, tuple) else None,
        "once": word.once,
        "met_by": word.met_by,
        "broken_by": word.broken_by,
        "ends_with": word.ends_with,
        "closed_by": word.closed_by,
        "provisional_until": word.provisional_until,
    }
    for key, found in given.items():
        if found:
            kinds.hold_patterns(found, place(key))
    starts, met = given["starts"] or (), word.met_by or ()
    for pattern in starts:
        kinds.hold_subject(pattern.kind, word.subject, place("starts"))
    if word.begun_at:
        kinds.hold_kind(word.begun_at, place("begun_at"))
        kinds.hold_subject(word.begun_at, word.subject, place("begun_at"))
    if word.late_reason:
        kinds.hold_kind(word.late_reason, place("late_reason"))
        kinds.hold_field((Pattern(word.late_reason),), "reason", ("text",), place("late_reason"))
    names.hold_status(word.unless, place("unless"))
    _hold_due(word.due, starts, kinds, place("due"))
    for field, value in (word.ends_at_start or {}).items():
        here = place("ends_at_start").under(field)
        kinds.hold_field(starts, field, (), here)
        for pattern in starts:
            kinds.hold_value(pattern.kind, field, value, here)
    if word.same:
        yearly = ("number",) if isinstance(word.starts, words.EveryYear) else ()
        kinds.hold_field((*starts, *met), word.same, yearly, place("same"))
        declared = {str(kinds.known[one.kind].fields[word.same]) for one in (*starts, *met)}
        if len(declared) > 1:
            place("same").refuse(f"{word.same!r} is of different types in the kinds that start and meet it")
    if word.per:
        kinds.hold_field(starts, word.per.field, ("list",), place("per").under("field"))
        kinds.hold_field(met, "of", (), place("met_by"))
    if word.variant:
        _hold_variant(word.variant, starts, kinds, place("variant"))
    if word.each:
        kinds.hold_field(met, word.each.field, (), place("each").under("field"))


def _hold_variant(variant: words.Variant, starts: tuple[Pattern, ...], kinds: Kinds, at: Place) -> None:
    if variant.of:
        kinds.hold_kind(variant.of, at.under("of"))
    given = (Pattern(variant.of),) if variant.of else starts
    kinds.hold_field(given, variant.field, ("text", "one of a list of values"), at.under("field"))
    for name, case in variant.cases.items():
        here = at.under("cases", name)
        for pattern in given:
            kinds.hold_value(pattern.kind, variant.field, name, here)
        if case.due:
            _hold_due(case.due, starts, kinds, here.under("due"))


def _hold_due(due: words.Due, starts: tuple[Pattern, ...], kinds: Kinds, at: Place) -> None:
    if isinstance(due, words.Within) and due.of:
        kinds.hold_patterns(due.of, at.under("of"))
    elif isinstance(due, words.Before):
        for place, target in enumerate(due.before):
            kind, point, field = target.partition(".")
            here = at.under("before", place)
            kinds.hold_kind(kind, here)
            if point:
                kinds.hold_field((Pattern(kind),), field, ("date",), here)
    elif isinstance(due, words.SetLocally) and due.record:
        here = at.under("record")
        if not starts:
            here.refuse("a record is held by what starts a duty; this one starts with no event")
        kinds.hold_field(starts, due.record, ("date",), here)


def hold_recipients(each: words.Each | None, met: tuple[Pattern, ...], kinds: Kinds, at: Place) -> None:
    """Check that what meets a duty can name each of its recipients."""
    for recipient in each.of if each else ():
        for pattern in met:
            kinds.hold_field((pattern,), each.field if each else "", (), at.under("field"))
            kinds.hold_value(pattern.kind, each.field if each else "", recipient, at.under("of", recipient))


def hold_unmet(word: words.DutyWord, other: words.DutyWord, at: Place) -> None:
    """Hold a duty that starts where another ended unmet to one that can: with a date, and starting with events."""
    if isinstance(other.starts, words.Unmet):
        at.refuse(f"{other.code} starts where another ended unmet itself; one that starts with events was expected")
    if isinstance(other.due, words.Judgement | words.Floor):
        at.refuse(f"{other.code} has no day by which it must be met; a duty with one was expected")
    if other.subject != word.subject:
        at.refuse(f"{other.code} is about a {other.subject}; a duty about a {word.subject} was expected")


def hold_gate(word: words.GateWord | words.NeedsFirst, names: References, at: Place) -> None:
    """Check every name that a gate holds, those of its examples too."""
    names.kinds.hold_patterns(word.before, at.under("before"))
    names.kinds.hold_patterns(word.needs, at.under("needs"))
    for pattern in word.before:
        names.kinds.hold_subject(pattern.kind, "child", at.under("before"))
    names.hold_status(word.within, at.under("within"))
    names.hold_examples(word.examples, "child", at.under("examples"))
