"""The words of a duty as they hold for one start: its variant, its recipients, its items, an overlay's entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from oracle.instances import Start
from oracle.pack_as_text import Rule, listed
from oracle.question import Question


@dataclass(frozen=True)
class Local:
    """An entry of an overlay, and which of its verbs it stands under."""

    overlay: str
    verb: str
    entry: Mapping[str, Any]


@dataclass(frozen=True)
class Effective:
    """A duty's words after its variant: what holds for one instance."""

    words: Mapping[str, Any]
    known: bool  # False where the variant's field is absent or says something else


def effective_words(
    question: Question, duty: Mapping[str, Any], start: Start | None, group: tuple[str, ...]
) -> Effective:
    """This will apply a duty's variant to one start."""
    variant = duty.get("variant")
    if variant is None:
        return Effective(duty, known=True)
    said: Any = None
    if variant.get("of") is not None:
        subjects = start.subjects if start is not None else group
        ofs = [e for e in question.events_of(subjects) if e.kind == variant["of"] and e.data.get(variant["field"])]
        dated = [e for e in ofs if e.day is not None] or ofs
        if dated:
            said = dated[-1].data.get(variant["field"])
    elif start is not None:
        said = start.data.get(variant["field"])
    case = variant["cases"].get(said) if isinstance(said, str) else None
    if case is None:
        return Effective(duty, known=False)
    return Effective({**duty, **case}, known=True)


def start_rules(question: Question, duty: Mapping[str, Any], entry: Local | None) -> list[Rule]:
    """This will give the patterns that start a duty, or that an overlay starts it by as well."""
    words = entry.entry["starts"] if entry is not None and entry.verb == "also_starts" else duty.get("starts")
    if isinstance(words, dict) and ("every_year_from" in words or "unmet" in words):
        return []
    return question.matcher.rules(words)


def recurs(question: Question, duty: Mapping[str, Any], entry: Local | None) -> bool:
    """This will say whether a duty has rounds: its starts are of a kind that also meets it."""
    starting = {rule.kind for rule in start_rules(question, duty, entry)}
    return bool(starting & {rule.kind for rule in question.matcher.rules(duty.get("met_by"))})


def recipients_of(effective: Effective, entry: Local | None) -> list[Any]:
    """This will list to whom one instance is owed."""
    if entry is not None and entry.verb == "also_to":
        return listed(entry.entry["recipients"])
    each = effective.words.get("each")
    return list(each["of"]) if each is not None else [None]


def items(duty: Mapping[str, Any], start: Start) -> dict[str, str | None]:
    """This will read the items of a start's list: each key with its date."""
    per = duty["per"]
    found: dict[str, str | None] = {}
    for item in listed(start.data.get(per["field"])):
        if isinstance(item, Mapping) and item.get(per["key"]) is not None:
            found[str(item[per["key"]])] = item.get(per["due"])
    return found
