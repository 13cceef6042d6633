"""Name stubs: whose record it is, for lists and for the results of a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from goldthread.access.gate import Listed
from goldthread.people.models import Indexed
from goldthread.people.queries import wording


@dataclass(frozen=True, slots=True)
class Stub:
    """What a list says of a record: who the child is, how old, and the reference."""

    record: int
    code: str
    name: str
    life: str  # "born 4 March 2016, aged 9"
    age: str = ""  # "9 years"
    born_on: date | None = None
    unborn: bool = False


def names(listed: Listed) -> Mapping[int, Stub]:
    """This will give the name stub of each record of a list; in one query. A record of nobody who is known has none."""
    on = timezone.localdate(listed.at)
    rows = Indexed.objects.filter(person__record__in=listed.records).values_list(
        "person__record", "person__record__code", "given", "family", "born_on", "born_known", "died_on"
    )
    return {row[0]: stub(on, *row) for row in rows}


def stub(
    on: date, record: int, code: str, given: str, family: str, born_on: date | None, known: str, died_on: date | None
) -> Stub:
    """This will make a stub from what the index holds."""
    expected, estimated = known == "expected", known == "estimated"
    born, due = (None, born_on) if expected else (born_on, None)
    return Stub(
        record=record,
        code=code,
        name=wording.called(given, family, unborn=expected),
        life=wording.life(born, estimated, due, died_on, on),
        age=wording.aged(born, estimated, on, died_on),
        born_on=born,
        unborn=expected,
    )
