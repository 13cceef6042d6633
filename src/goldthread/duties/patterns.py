"""Patterns of events: how rules and sources name the facts they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from goldthread.duties.event import Pattern
from goldthread.duties.faults import Fault, shown

NO, PERHAPS, YES = 0, 1, 2
UNSAID = "unsaid"
ONLY = "_only"
EXPECTED = "a kind of event, {kind: {field: value}} or a list of these was expected"


class Ask(NamedTuple):
    """One field of a pattern, ready to be asked."""

    field: str
    values: frozenset[Any]
    absent_counts: bool
    only: bool


Tests = tuple[Ask, ...]


def parse(raw: Any) -> tuple[Pattern, ...]:
    """Read one pattern or a list of them: `kind`, or `{kind: {field: value or [values]}}`."""
    return tuple(pattern for _, pattern in located(raw))


def located(raw: Any) -> list[tuple[tuple[Any, ...], Pattern]]:
    """Read patterns, each with the path that leads to its kind; a `Fault` says what else was expected and where."""
    if isinstance(raw, list) and not raw:
        raise Fault(f"{EXPECTED}; found an empty list")
    patterns: list[tuple[tuple[Any, ...], Pattern]] = []
    for here, item in enumerate(raw) if isinstance(raw, list) else (((), raw),):
        path = (here,) if isinstance(here, int) else ()
        if isinstance(item, str) and item:
            patterns.append((path, Pattern(item)))
        elif isinstance(item, dict) and item:
            for kind, fields in item.items():
                if not isinstance(fields, dict) or not fields:
                    raise Fault(
                        f"{{field: value or [values]}} was expected after a kind; found {shown(fields)}", *path, kind
                    )
                asked = tuple((name, _values(name, value, (*path, kind))) for name, value in fields.items())
                patterns.append(((*path, kind), Pattern(kind, asked)))
        else:
            raise Fault(f"{EXPECTED}; found {shown(item)}", *path)
    return patterns


def _values(name: str, value: Any, path: tuple[Any, ...]) -> frozenset[Any]:
    values = value if isinstance(value, list) else [value]
    for place, one in enumerate(values):
        if not isinstance(one, str | bool | int):
            here = (place,) if isinstance(value, list) else ()
            raise Fault(f"a value or a list of values was expected; found {shown(one)}", *path, name, *here)
    if not values:
        raise Fault("a value or a list of values was expected; found an empty list", *path, name)
    return frozenset(values)


def tests(pattern: Pattern) -> Tests:
    """Make a pattern's fields ready to be asked of an event's data."""
    return tuple(
        Ask(name.removesuffix(ONLY), values - {UNSAID}, UNSAID in values, name.endswith(ONLY))
        for name, values in pattern.fields
    )


_PLAIN = frozenset((str, bool, int))


def match(asked: Tests, data: Mapping[str, Any]) -> int:
    """Say NO when a field that is present disagrees, else PERHAPS when one is absent, else YES."""
    answer = YES
    for field, values, absent_counts, only in asked:
        value = data.get(field)
        if value is None:
            if not absent_counts:
                answer = PERHAPS
        elif value.__class__ in _PLAIN:
            if value not in values:
                return NO
        elif isinstance(value, (list, tuple)):
            members = [one for one in value if one.__class__ in _PLAIN]
            if not members or (not values.issuperset(members) if only else values.isdisjoint(members)):
                return NO
        else:
            return NO
    return answer


def best(alternatives: tuple[Tests, ...], data: Mapping[str, Any]) -> int:
    """Give the surest answer of several patterns of one kind."""
    answer = NO
    for asked in alternatives:
        found = match(asked, data) if asked else YES
        if found > answer:
            if found == YES:
                return YES
            answer = found
    return answer


def describe(pattern: Pattern) -> str:
    """Say a pattern in words, for explanations and lists."""
    if not pattern.fields:
        return pattern.kind
    parts = []
    for name, values in pattern.fields:
        words = [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
        only = " only" if name.endswith(ONLY) else ""
        parts.append(f"{name.removesuffix(ONLY)}{only}: {' or '.join(sorted(words))}")
    return f"{pattern.kind} ({', '.join(parts)})"


def describe_all(patterns: tuple[Pattern, ...]) -> str:
    """Say several patterns in words."""
    return "; ".join(describe(pattern) for pattern in patterns)
