"""What a newer census says otherwise than an older one: it corrects what the older one said, and nothing is lost.

A census is the latest word of the authority on its year, so where a fact of it is here already with another day or other
data, the newer one takes its place as a correction. Not where the newer census could only know less: it places an
assessment by its referral only where that lies in its year, and of an older conference it does not hold the enquiry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from goldthread.chronology.queries.comparing import compare
from goldthread.chronology.taking import Different, Fact
from goldthread.loading.placing import hashed

KNOWS_LESS = frozenset({"assessment-started", "assessment-completed"})
"""Kinds whose data a later census holds less of."""

MINOR = frozenset({"replaces", "recorded_at"})
"""Fields that differ between a fact and a correction which says the same."""

NEVER = 1
"""A moment at which nothing was recorded, so that what is there differs from what is asked for at least in this."""


class Newer(NamedTuple):
    """Corrections to be taken in, and what stays as it is here, told otherwise; `settled`: what only says less, or was corrected."""

    corrections: list[Fact]
    left: list[Different]
    settled: int = 0


def corrected(
    told: Iterable[Fact], differences: Sequence[Different], files: Sequence[str], file: str, recorded: int
) -> Newer:
    """This will sort out what differs. `files` are the hashes of the censuses taken in before, the newest first.

    `recorded` is the moment of taking in, in microseconds since 1970.
    """
    by_key = {(fact.record, fact.event.id): fact for fact in told}
    left: list[Different] = []
    open_: list[tuple[Fact, Different]] = []
    for one in differences:
        fact = by_key[one.record, one.said_id]
        fields = set(one.fields) - {"data"} if fact.event.kind in KNOWS_LESS else set(one.fields)
        if fields <= {"links", "process"}:
            continue
        if fields & {"links", "process", "kind"}:
            left.append(one)
        else:
            open_.append((fact, one))
    found: list[Fact] = []
    for before in (file, *(each for each in files if each != file)):
        open_ = _look(open_, before, file, recorded, found)
    found += [_correction(fact, fact.event.id, file, recorded) for fact, _ in open_]
    return Newer(found, left, len(differences) - len(left) - len(found))


def _look(
    sought: list[tuple[Fact, Different]], before: str, file: str, recorded: int, found: list[Fact]
) -> list[tuple[Fact, Different]]:
    """This will see which facts a census corrected before: those that it left, and did not find as they are now, are given."""
    if not sought:
        return []
    asked = [_correction(fact, fact.event.id, before, NEVER) for fact, _ in sought]
    compared = compare(asked)
    there = {(one.record, one.said_id): frozenset(one.fields) for one in compared.differences}
    rest = []
    for (fact, one), candidate in zip(sought, asked, strict=True):
        fields = there.get((candidate.record, candidate.event.id))
        if fields is None:
            rest.append((fact, one))
        elif fields - MINOR and before != file:
            found.append(_correction(fact, candidate.event.id, file, recorded))
    return rest


def _correction(fact: Fact, replaces: str, file: str, recorded: int) -> Fact:
    said_id = hashed(f"{fact.event.id}@{file[:12]}")
    return fact._replace(event=fact.event._replace(id=said_id, replaces=replaces, recorded=recorded))
