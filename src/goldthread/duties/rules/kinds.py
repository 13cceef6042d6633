"""The kinds of events that the rules may name, and what every mention of one is held to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from goldthread.duties import patterns, words
from goldthread.duties.event import Pattern
from goldthread.duties.faults import did_you_mean, none_of, shown
from goldthread.duties.rules.places import Place

# the kinds that the engine itself knows
DEATH, BIRTH, IDENTIFIED, PREGNANCY_ENDED = "child-died", "child-born", "child-identified", "pregnancy-ended"
FAMILY_MEMBER = "family-member"


class Kind(NamedTuple):
    """A kind of event that the rules may name."""

    name: str
    says: str
    subjects: tuple[str, ...]
    fields: Mapping[str, Any]
    reach_every: bool


class Kinds:
    """The kinds that a pack declares; each check refuses the place that is given where something does not hold."""

    def __init__(self, declared: words.KindsFile, at: Place) -> None:
        """Take the kinds of a file; `at` is the whole file."""
        self.known: dict[str, Kind] = {}
        for place, word in enumerate(declared.kinds):
            if word.kind in self.known:
                at.under("kinds", place, "kind").refuse(f"the kind {word.kind} stands twice")
            self.known[word.kind] = Kind(word.kind, word.says, word.subject, word.fields, word.reach == "every")

    def hold_kind(self, kind: str, at: Place) -> None:
        """Check that a kind is declared."""
        if kind not in self.known:
            at.refuse(none_of(kind, self.known, "the kinds in kinds.yaml"))

    def hold_subject(self, kind: str, subject: str, at: Place) -> None:
        """Check that a kind is about such a subject."""
        subjects = self.known[kind].subjects
        if subject not in subjects and "any" not in subjects:
            at.refuse(f"{kind} is about {' or '.join(subjects)}; a kind about a {subject} was expected")

    def hold_patterns(self, given: Iterable[Pattern], at: Place) -> None:
        """Check each pattern's kind, its fields and their values; `given` serves where the place holds nothing."""
        raw = at.written()
        for path, pattern in patterns.located(raw) if raw is not None else [((), one) for one in given]:
            here = at.under(*path)
            self.hold_kind(pattern.kind, here)
            for name, values in pattern.fields:
                field = name.removesuffix(patterns.ONLY)
                self.hold_field((pattern,), field, (), here.under(name))
                if name != field:
                    self.hold_field((pattern,), field, ("list",), here.under(name))
                for value in sorted(values - {patterns.UNSAID}, key=str):
                    self.hold_value(pattern.kind, field, value, here.under(name))

    def hold_field(self, given: Iterable[Pattern], field: str, types: tuple[str, ...], at: Place) -> None:
        """Check that each kind has the field and, where types are given, that it is of one of them."""
        for pattern in given:
            fields = self.known[pattern.kind].fields
            if field not in fields:
                has = f"its fields are {', '.join(fields)}" if fields else "it has none"
                near = did_you_mean(field, fields)
                at.refuse(f"{pattern.kind} has no field {field!r} in kinds.yaml; {has}{near}")
            declared = fields[field]
            type_ = "list" if isinstance(declared, words.Many) else declared
            type_ = "one of a list of values" if isinstance(type_, tuple) else type_
            if types and type_ not in types:
                expected = f"a field that is {' or '.join(types)} was expected"
                at.refuse(f"{pattern.kind}.{field} is {type_} in kinds.yaml; {expected}")

    def hold_value(self, kind: str, field: str, value: Any, at: Place) -> None:
        """Check that a field of a kind may have a value; what else data hold matches nothing."""
        declared = self.known[kind].fields[field]
        choices = declared.many if isinstance(declared, words.Many) else declared
        if isinstance(choices, tuple):
            if value not in choices:
                at.refuse(none_of(value, choices))
            return
        fits = {
            "boolean": isinstance(value, bool),
            "number": isinstance(value, int) and not isinstance(value, bool),
        }.get(choices, isinstance(value, str))
        if not fits:
            expected = {"boolean": "true or false", "number": "a whole number"}.get(choices, "text")
            at.refuse(f"{expected} was expected for {kind}.{field}; found {shown(value)}")

    def widen(self, kind: str, field: str, more: tuple[str, ...]) -> None:
        """Let a field of a kind that lists its values name these too."""
        known = self.known[kind].fields.get(field)
        listed = known.many if isinstance(known, words.Many) else known
        if isinstance(listed, tuple):
            values = (*listed, *(one for one in more if one not in listed))
            wider = known.model_copy(update={"many": values}) if isinstance(known, words.Many) else values
            self.known[kind] = self.known[kind]._replace(fields={**self.known[kind].fields, field: wider})
