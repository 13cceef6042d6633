"""Reads what a file tells of persons into rows of ours: tidied, in our codes, and nothing that the tables could not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Any

from goldthread.invented.people import Address, Person
from goldthread.people import identifiers, texts
from goldthread.people.addresses import postcode
from goldthread.people.contact_points import email, phone
from goldthread.people.taking.taken import Taken
from goldthread.people.vocabulary import CharacteristicKind, ContactKind, NameUse, Sex

LOADED_AS = "loaded-as"
"""The kind of identifier under which a person keeps the id that a file gave her. It is shown on no page."""

Row = tuple[Any, ...]


def known_code(codes: type[StrEnum], code: str) -> bool:
    """This will say whether a code is one of ours."""
    return code in codes._value2member_map_


def period(from_on: date | None, until_on: date | None) -> bool:
    """This will say whether a period can be one: it ends no earlier than it begins."""
    return from_on is None or until_on is None or from_on <= until_on


@lru_cache(maxsize=8192)
def value_of(kind: str, value: str) -> str:
    """This will give an identifier in the form that is stored and searched for; one with a fault stays as it is."""
    if kind in identifiers.KINDS:
        verdict = identifiers.check(kind, value)
        if not verdict.fault:
            return verdict.value
    return identifiers.tidied(value) or texts.kept(value, 200)


def reached_at(kind: str, value: str) -> str:
    """This will give a telephone number or an e-mail address in the form that is stored and searched for."""
    read = email(value) if kind == ContactKind.EMAIL else phone(value)
    return texts.kept(read.value if not read.fault else value, 260)


def file_id(said: str) -> str:
    """This will give the id of a file as it is kept; one that is too long keeps its beginning and a hash of the whole."""
    kept = texts.kept(said, 1000)
    if len(kept) <= 200 and kept == said:
        return kept
    return f"{kept[:120]}#{sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}"


def vitals(person: Person) -> Row:
    """This will give sex, birth and death, in the order of the table."""
    sex = person.sex if known_code(Sex, person.sex) else Sex.UNKNOWN.value
    return (sex, person.born_on, bool(person.born_estimated), person.expected_on, person.died_on, None)


def address(told: Address) -> tuple[str, str, str]:
    """This will give lines, town and postcode as they are kept."""
    code = texts.kept(told.postcode, 12)
    read = postcode(code)
    return (
        texts.kept("\n".join(told.lines), 500, lines=True),
        texts.kept(told.town, 100),
        code if read.fault else read.value,
    )


def facts(person: Person, leave_out: Callable[[str, str], None]) -> Iterator[tuple[str, Row]]:
    """This will give the rows of each table that a file tells of a person, without whose they are."""
    yield "identifiers", (LOADED_AS, file_id(person.id), None, "", None)
    for name in person.names:
        given, family = texts.kept(name.given, 120), texts.kept(name.family, 120)
        if not (given or family) or not known_code(NameUse, name.use):
            leave_out("names", f"{person.id}: a name that is empty, or of a use that is not known ({name.use!r:.40}).")
            continue
        yield "names", (given, family, name.from_on, name.use, texts.kept(name.because or "", 500), name.until_on)
    for one in person.identifiers:
        kind = texts.kept(one.kind, 30)
        value = value_of(kind, one.value)
        if not value or not kind or kind == LOADED_AS:
            leave_out("identifiers", f"{person.id}: an identifier that is empty ({one.kind!r:.40}).")
            continue
        because = texts.kept(one.suppressed_because or "", 500)
        yield "identifiers", (kind, value, one.from_on, because, one.until_on)
    for trait in person.characteristics:
        value = texts.kept(trait.value, 1000)
        if not value or not known_code(CharacteristicKind, trait.kind):
            leave_out(
                "characteristics", f"{person.id}: a characteristic that is empty or not known ({trait.kind!r:.40})."
            )
            continue
        yield "characteristics", (trait.kind, value, trait.from_on, trait.until_on)
    for way in person.contact_points:
        if not known_code(ContactKind, way.kind) or not (value := reached_at(way.kind, way.value)):
            leave_out("contact_points", f"{person.id}: a way of reaching her that is not known ({way.kind!r:.40}).")
            continue
        yield "contact_points", (way.kind, value, way.from_on, texts.kept(way.caution or "", 500), way.until_on)


def sound(person: Person, taken: Taken) -> Iterator[tuple[str, Row]]:
    """This will give those of her facts whose periods can be, and note the others."""
    for sort, row in facts(person, taken.leave_out):
        from_on = row[2]
        if period(from_on, row[-1]):
            yield sort, row
        else:
            taken.leave_out(sort, f"{person.id}: one of the {sort.replace('_', ' ')} ends before it begins.")
