"""Patterns of events: how rules and sources name the facts they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from goldthread.duties.event import Pattern

NO, PERHAPS, YES = 0, 1, 2
UNSAID = "unsaid"
ONLY = "_only"


class Ask(NamedTuple):
    """One field of a pattern, ready to be asked."""

    field: str
    values: frozenset[Any]
    absent_counts: bool
    only: bool


Tests = tuple[Ask, ...]


def parse(raw: Any) -> tuple[Pattern, ...]:
    """Read one pattern or a list of them: `kind`, or `{kind: {field: value or [values]}}`."""
    items = raw if isinstance(raw, list) else [raw]
    if not items:
        raise ValueError("at least one pattern was expected: a kind, or {kind: {field: value}}")
    patterns: list[Pattern] = []
    for item in items:
        if isinstance(item, str):
            patterns.append(Pattern(item))
        elif isinstance(item, dict) and item:
            for kind, fields in item.items():
                if not isinstance(kind, str) or not isinstance(fields, dict) or not fields:
                    raise ValueError(f"{kind!r} should be followed by {{field: value or [values]}}")
                patterns.append(
                    Pattern(kind, tuple((name, _values(kind, name, value)) for name, value in fields.items()))
                )
        else:
            raise ValueError(f"a pattern is a kind, or {{kind: {{field: value}}}}; found {item!r}")
    return tuple(patterns)


def _values(kind: str, name: str, value: Any) -> frozenset[Any]:
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(one, str | bool | int) for one in values):
        raise ValueError(f"{kind}.{name}: a value or a list of values was expected")
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
        elif isinstance(value, list | tuple):
            members = [one for one in value if isinstance(one, str | int)]
            if not members or not (all if only else any)(one in values for one in members):
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
