"""Reads packs and overlays straight from their YAML, with no more than a list of the words it knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from goldthread.duties.event import Event, Pattern

YES, NO, PERHAPS = "yes", "no", "perhaps"


class _PlainLoader(yaml.SafeLoader):
    """Only true, false, whole numbers, null and text: a date stays text, and `on` and `no` are words."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (the library's own shape)


_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^(?:0|-?[1-9][0-9]*)$"), list("-0123456789"))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])


def read_yaml(path: Path) -> Any:
    """This will read one file with the plain loader."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_PlainLoader)  # noqa: S506 (the loader is a SafeLoader with fewer types)


class FieldRule(NamedTuple):
    """A field that a pattern names; `only`: all members of the list must be among the values."""

    name: str
    values: tuple[Any, ...]
    only: bool


class Rule(NamedTuple):
    """A pattern: a kind and what its fields must say."""

    kind: str
    fields: tuple[FieldRule, ...]


DUTY_WORDS = {
    "code", "says", "holder", "strength", "cites", "time_strength", "subject", "owed", "starts", "once",
    "first_while_open", "begun_at", "only_once", "unless", "per", "due", "due_soon", "met_by", "proves_start",
    "broken_by", "each", "same", "ends_with", "ends_at_start", "may_precede", "late_reason", "provisional_until",
    "outlives", "variant", "interpretations", "examples", "closed_by", "register", "note",
}  # fmt: skip

DUE_WORDS = {"within", "of", "at_least", "before", "by", "earliest", "floor", "judgement", "record", "local"}


class Pack(NamedTuple):
    """Everything of a pack that the oracle needs, as plain mappings."""

    name: str
    in_force_from: str
    successor_from: str | None
    kinds: dict[str, Mapping[str, Any]]
    statuses: dict[str, Mapping[str, Any]]
    duties: tuple[Mapping[str, Any], ...]
    gates: tuple[Mapping[str, Any], ...]


def read_pack(folder: Path) -> Pack:
    """This will read a pack's folder once for as long as its files stay the same."""
    files = sorted(folder.rglob("*.yaml"))
    return _read_pack(folder, tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files))


def read_overlay(path: Path) -> Mapping[str, Any]:
    """This will read an overlay once for as long as its file stays the same."""
    return _read_overlay(path, path.stat().st_mtime_ns, path.stat().st_size)


@cache
def _read_overlay(path: Path, written: int, size: int) -> Mapping[str, Any]:
    return dict(read_yaml(path))


@cache
def _read_pack(folder: Path, files: tuple[tuple[str, int, int], ...]) -> Pack:
    """This will read a pack's folder; a duty with a word that the oracle does not know is an error, never a guess."""
    assert files, f"{folder} holds no YAML"
    head = read_yaml(folder / "pack.yaml")
    kinds = {line["kind"]: line for line in read_yaml(folder / "kinds.yaml")["kinds"]}
    duties: list[Mapping[str, Any]] = []
    gates: list[Mapping[str, Any]] = []
    for path in sorted((folder / "duties").glob("*.yaml")):
        page = read_yaml(path)
        duties.extend(page.get("duties") or [])
        gates.extend(page.get("gates") or [])
    for duty in duties:
        unknown = set(duty) - DUTY_WORDS
        unknown |= set(duty.get("due") or {}) - DUE_WORDS
        if unknown:
            raise ValueError(f"{duty.get('code')}: the oracle does not know the words {sorted(unknown)}")
    successor = head.get("successor") or {}
    return Pack(
        name=head["pack"],
        in_force_from=head["in_force_from"],
        successor_from=successor.get("in_force_from"),
        kinds=kinds,
        statuses={line["status"]: line for line in head.get("statuses") or []},
        duties=tuple(duties),
        gates=tuple(gates),
    )


def listed(words: Any) -> list[Any]:
    """This will make a list of one or many, and none of nothing."""
    if words is None:
        return []
    return list(words) if isinstance(words, (list, tuple)) else [words]


class Matcher:
    """Holds events against patterns, with the fields that the pack's kinds declare."""

    def __init__(self, kinds: Mapping[str, Mapping[str, Any]]) -> None:
        self.kinds = kinds

    def rules(self, words: Any) -> list[Rule]:
        """This will read one pattern or several: `kind`, or `{kind: {field: values}}`."""
        found = []
        for word in listed(words):
            if isinstance(word, str):
                found.append(Rule(word, ()))
                continue
            for kind, fields in word.items():
                found.append(Rule(kind, tuple(self._field(kind, name, values) for name, values in fields.items())))
        return found

    def _field(self, kind: str, name: str, values: Any) -> FieldRule:
        declared = (self.kinds.get(kind) or {}).get("fields") or {}
        only = name.endswith("_only") and name not in declared
        return FieldRule(name.removesuffix("_only") if only else name, tuple(listed(values)), only)

    def value(self, event: Event, field: str) -> Any:
        """This will read a field; the list field `outcomes` may also be said as a single `outcome`."""
        said = event.data.get(field)
        declared = ((self.kinds.get(event.kind) or {}).get("fields") or {}).get(field)
        if said is None and isinstance(declared, dict) and "many" in declared and field.endswith("s"):
            said = event.data.get(field.removesuffix("s"))
        return said

    def one(self, rule: Rule, event: Event) -> str:
        """This will say yes, no or perhaps: a field that is absent is not "no"."""
        if rule.kind != event.kind:
            return NO
        answer = YES
        for name, values, only in rule.fields:
            said = self.value(event, name)
            if said is None:
                if "unsaid" not in values:
                    answer = PERHAPS
                continue
            agreed = [any(_equal(member, value) for value in values) for member in listed(said)]
            if not (agreed and all(agreed) if only else any(agreed)):
                return NO
        return answer

    def any(self, rules: list[Rule], event: Event) -> str:
        """This will give the best answer of several patterns."""
        answers = {self.one(rule, event) for rule in rules}
        return YES if YES in answers else PERHAPS if PERHAPS in answers else NO

    def source_pattern(self, pattern: Pattern, event: Event) -> bool:
        """This will say whether a pattern that a source declares surely holds an event."""
        rule = Rule(pattern.kind, tuple(FieldRule(name, tuple(values), False) for name, values in pattern.fields))
        return self.one(rule, event) == YES

    def source_pattern_covers(self, pattern: Pattern, rule: Rule) -> bool:
        """This will say whether every event that a rule can match lies within a pattern that a source declares."""
        if pattern.kind != rule.kind:
            return False
        asked = {field.name: field for field in rule.fields}
        for name, values in pattern.fields:
            field = asked.get(name)
            if field is None or not all(any(_equal(value, held) for held in values) for value in field.values):
                return False
        return True


def _equal(one: Any, other: Any) -> bool:
    """This will compare two values so that `true` is not the number 1."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
