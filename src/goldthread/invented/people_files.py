"""Writes the people of an authority as JSON Lines, and reads them again: docs/reference/people-file.md describes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar

from goldthread.duties.event import Source
from goldthread.formats.events_writing import write_jsonl, write_source
from goldthread.invented.people import (
    Address,
    Agencies,
    CastMember,
    Characteristic,
    Conflict,
    ContactPoint,
    Identifier,
    Involvement,
    Membership,
    Name,
    Organisation,
    Person,
    Post,
    Practitioner,
    Record,
    Relationship,
    Residence,
    Responsibility,
    Restriction,
    Team,
    Told,
)
from goldthread.invented.standing import Standing

T = TypeVar("T")

AGENCY_PARTS: dict[str, type[Any]] = {
    "organisation": Organisation,
    "team": Team,
    "practitioner": Practitioner,
    "post": Post,
    "cast": CastMember,
}
FAMILY_PARTS: dict[str, type[Any]] = {
    "persons": Person,
    "addresses": Address,
    "residences": Residence,
    "relationships": Relationship,
    "responsibilities": Responsibility,
    "records": Record,
    "memberships": Membership,
    "involvements": Involvement,
    "restrictions": Restriction,
    "conflicts": Conflict,
}
PERSON_PARTS: dict[str, type[Any]] = {
    "names": Name,
    "identifiers": Identifier,
    "characteristics": Characteristic,
    "contact_points": ContactPoint,
}

DEFAULTS = {
    part: tuple((one.name, None if one.default is MISSING else one.default) for one in fields(part))
    for part in (*AGENCY_PARTS.values(), *FAMILY_PARTS.values(), *PERSON_PARTS.values())
}
"""The fields of each part, and what each holds where it holds nothing."""


class Written(NamedTuple):
    """What was written: the files, and how much is in them."""

    files: tuple[str, ...]
    families: int
    children: int
    persons: int
    events: int


def write(directory: Path, standing: Standing) -> Written:
    """This will write agencies, families and events into the directory, which exists, in flat memory."""
    families = children = persons = events = 0
    names = ("agencies.jsonl", "families.jsonl", "events.jsonl", "events.source.json", "README.txt")
    with ExitStack() as stack:
        files = [stack.enter_context((directory / name).open("w", encoding="utf-8", newline="\n")) for name in names]
        write_agencies(standing.agencies, files[0])
        source = Source(closes=standing.on.toordinal())
        write_jsonl((), files[2], source)
        write_source(source, files[3])
        for told in standing.families():
            files[1].write(_json(family_record(told)) + "\n")
            write_jsonl(told.events, files[2])
            families += told.family is not None
            children += sum(person.is_child for person in told.persons)
            persons += len(told.persons)
            events += len(told.events)
        written = Written(names, families, children, persons, events)
        files[4].write(_readme(standing, written))
    return written


def write_agencies(agencies: Agencies, file: IO[str]) -> None:
    """This will write each organisation, team, practitioner, post and member of the cast on a line of its own."""
    for kind, part in AGENCY_PARTS.items():
        name = "cast" if part is CastMember else f"{kind}s"
        for one in getattr(agencies, name):
            file.write(_json({kind: record_of(one)}) + "\n")


def read_agencies(lines: Iterable[str]) -> Agencies:
    """This will read what `write_agencies` wrote."""
    found: dict[str, list[Any]] = {kind: [] for kind in AGENCY_PARTS}
    for line in lines:
        for kind, record in json.loads(line).items():
            found[kind].append(_made(AGENCY_PARTS[kind], record))
    return Agencies(*(tuple(found[kind]) for kind in AGENCY_PARTS))


def family_record(told: Told) -> dict[str, Any]:
    """This will give the record that stands for a family; its events have a file of their own."""
    record: dict[str, Any] = {"family": told.family}
    if told.showcase is not None:
        record["showcase"] = told.showcase
    for name in FAMILY_PARTS:
        things = getattr(told, name)
        if things:
            record[name] = [record_of(one) for one in things]
    return record


def read_families(lines: Iterable[str]) -> Iterator[Told]:
    """This will read families, without their events, from lines that hold what `family_record` gives."""
    for line in lines:
        record = json.loads(line)
        parts: dict[str, Any] = {}
        for name, part in FAMILY_PARTS.items():
            parts[name] = tuple(_made(part, one) for one in record.get(name, ()))
        yield Told(record["family"], showcase=record.get("showcase"), **parts)


def record_of(thing: Any) -> dict[str, Any]:
    """This will give a fact as a record, without the keys that would hold nothing."""
    record: dict[str, Any] = {}
    for name, default in DEFAULTS[type(thing)]:
        value = getattr(thing, name)
        if value == default or value is None:
            continue
        if name in PERSON_PARTS:
            value = [record_of(one) for one in value]
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = list(value)
        record[name] = value
    return record


def _made(part: type[T], record: dict[str, Any]) -> T:
    given: dict[str, Any] = {}
    for name, value in record.items():
        if name in PERSON_PARTS and part is Person:
            given[name] = tuple(_made(PERSON_PARTS[name], one) for one in value)
        elif name.endswith("_on"):
            given[name] = date.fromisoformat(value)
        else:
            given[name] = tuple(value) if isinstance(value, list) else value
    return part(**given)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def _readme(standing: Standing, written: Written) -> str:
    lines = [
        f"{standing.name}, an invented authority as it stands on {standing.on.isoformat()}",
        "",
        "Everything in this folder is invented. No child, adult, practitioner, agency, address or event in it is real;",
        "names come from lists of common names, joined at random. Telephone numbers, postcodes, NHS numbers and",
        "registration numbers are ones that nobody has.",
        "",
        f"seed: {standing.seed}; size: {standing.size:g} times an average authority; written on cases: {standing.rich:g}",
        "The same choices give the same files, byte for byte, on any machine.",
        "",
        f"families: {written.families:,}; children: {written.children:,}; persons: {written.persons:,}; "
        f"events: {written.events:,}",
        "",
        "Files: " + ", ".join(written.files),
        "",
    ]
    return "\n".join(lines)
