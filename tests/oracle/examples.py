"""Reads the worked examples that stand in packs and overlays, so that the oracle is held to them too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from goldthread.duties.event import EVERYTHING, Event, Pattern, Source
from oracle.facts import day_of
from oracle.pack_as_text import Matcher, Rule, listed, read_pack, read_yaml


class Example(NamedTuple):
    """A worked example: what is given, on which day it is asked, and what is expected of one duty or gate."""

    code: str
    says: str
    events: list[Event]
    on: date
    source: Source
    overlay: str | None
    expect: list[Mapping[str, Any]]


def value_of(text: str) -> Any:
    """This will read a value of an example's line: true, false, a whole number, a list in brackets, else text.

    `a1@2025-03-10` is an item of a list with its own day.
    """
    if text.startswith("[") and text.endswith("]"):
        return [value_of(part) for part in text[1:-1].split(";") if part]
    if text.startswith('"'):
        return text.strip('"')
    key, at, day = text.partition("@")
    if at and day_of(day) is not None:
        return {"id": key, "by": day}
    if text in ("true", "false"):
        return text == "true"
    if text.lstrip("-").isdigit():
        return int(text)
    return text


def event_of(line: str, number: int, subject: str) -> Event:
    """This will read `DATE kind field=value …`; a date `-` or `undated` is a day that is not held."""
    when, kind, *words = re.findall(r'(?:[^\s"]|"[^"]*")+', line)
    data: dict[str, Any] = {}
    own: dict[str, str] = {}
    for word in words:
        name, _, text = word.partition("=")
        if name in ("process", "links", "subject", "subjects", "recorded", "id", "replaces", "void"):
            own[name] = text
        else:
            data[name] = value_of(text)
    recorded = own.get("recorded")
    return Event(
        id=own.get("id", f"e{number:03}"),
        subjects=tuple((own.get("subjects") or own.get("subject") or subject).split(",")),
        kind=kind,
        day=day_of(when),
        process=own.get("process"),
        links=tuple(own["links"].split(",")) if "links" in own else (),
        data=data,
        recorded=None if recorded is None else round(datetime.fromisoformat(recorded).timestamp()) * 1_000_000,
        replaces=own.get("replaces"),
        void=own.get("void") == "true",
    )


def source_of(words: Mapping[str, Any] | None, matcher: Matcher) -> Source:
    """This will read what an example declares that its source can hold."""
    if words is None:
        return EVERYTHING

    def patterns(said: Any) -> tuple[Pattern, ...]:
        rules: list[Rule] = matcher.rules(said)
        return tuple(Pattern(r.kind, tuple((f.name, frozenset(f.values)) for f in r.fields)) for r in rules)

    carries = words.get("carries")
    return Source(
        carries=None if carries is None else frozenset(carries),
        opens=day_of(words.get("from")),
        closes=day_of(words.get("until")),
        whole=patterns(words.get("whole")),
        last_before=patterns(words.get("last_before")),
    )


def examples_of(
    entry: Mapping[str, Any], matcher: Matcher, subject_type: str, *, code: str, overlay: str | None = None
) -> Iterator[Example]:
    """This will read the examples of one duty, gate or entry of an overlay."""
    for example in entry.get("examples") or []:
        subject = f"{subject_type}:{subject_type[0].upper()}1"
        expect = example["expect"]
        yield Example(
            code=code,
            says=example["says"],
            events=[event_of(line, number, subject) for number, line in enumerate(listed(example["given"]), 1)],
            on=date.fromisoformat(example["on"]),
            source=source_of(example.get("source"), matcher),
            overlay=example.get("overlay", overlay),
            expect=[] if expect == "none" else listed(expect) if isinstance(expect, list) else [expect],
        )


def pack_examples(folder: Path) -> list[Example]:
    """This will read every example of a pack's folder."""
    matcher = Matcher({line["kind"]: line for line in read_yaml(folder / "kinds.yaml")["kinds"]})
    found: list[Example] = []
    for path in sorted((folder / "duties").glob("*.yaml")):
        page = read_yaml(path)
        for entry in [*(page.get("duties") or []), *(page.get("gates") or [])]:
            found.extend(examples_of(entry, matcher, entry.get("subject") or "child", code=entry["code"]))
    return found


def overlay_examples(folder: Path, overlays: Path) -> list[Example]:
    """This will read every example of a folder of overlays over a pack."""
    matcher = Matcher({line["kind"]: line for line in read_yaml(folder / "kinds.yaml")["kinds"]})
    subjects = {duty["code"]: duty.get("subject") or "child" for duty in read_pack(folder).duties}
    found: list[Example] = []
    for path in sorted(overlays.glob("*.yaml")):
        page = read_yaml(path)
        for verb in ("strengthens", "also_starts", "also_to", "needs_first", "sets"):
            for entry in page.get(verb) or []:
                code = entry.get("duty") or entry["code"]
                subject = subjects.get(code, "child")
                found.extend(examples_of(entry, matcher, subject, code=code, overlay=page["overlay"]))
    return found
