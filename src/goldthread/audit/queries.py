"""Who has looked at a record. Higher apps ask here, add the names, and write into the audit that someone looked."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncHour

from goldthread.audit.lines import Verb
from goldthread.audit.models import Content, Entry
from goldthread.audit.rules import LONDON, Mark, marks

PAGE = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """One entry, as it is shown."""

    seq: int
    at: datetime
    practitioner: int  # 0: the system
    organisation: int | None
    system: str
    verb: str
    thing: str
    purpose: str
    policy: str
    break_glass: int | None
    refused: bool
    kept: bool = False  # content is kept with it, which two people may have destroyed


@dataclass(frozen=True, slots=True)
class PageOfEntries:
    """Entries, the newest first; `older` is what to ask for next, if there is more."""

    entries: tuple[Seen, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person, or the system, did with one record on one day in London."""

    on: date
    practitioner: int
    system: str
    organisation: int | None
    first_at: datetime
    latest_at: datetime
    verbs: tuple[str, ...]
    purposes: tuple[str, ...]
    policies: tuple[str, ...]
    entries: tuple[Seen, ...]
    unusual: frozenset[Mark]


def entries(
    record: int, *, before: int | None = None, practitioner: int | None = None, limit: int = PAGE
) -> PageOfEntries:
    """This will give a page of a record's entries, the newest first, from below the place `before`; in two queries."""
    rows = Entry.objects.filter(record=record).order_by("-seq")
    if before is not None:
        rows = rows.filter(seq__lt=before)
    if practitioner is not None:
        rows = rows.filter(practitioner=practitioner)
    found = list(rows[: limit + 1])
    older = found[limit - 1].seq if len(found) > limit else None
    return PageOfEntries(tuple(_seen(found[:limit])), older)


def who_looked(
    record: int, *, since: datetime, until: datetime, same_family_name: Collection[int] = ()
) -> tuple[Reading, ...]:
    """This will give who did what with a record in a time, by day and person, the latest day first; in three queries.

    `same_family_name`: the practitioners who bear the child's family name, which the audit cannot know.
    """
    rows = Entry.objects.filter(record=record, at__gte=since, at__lt=until).order_by("seq")
    seen = list(_seen(list(rows)))
    busiest = _busiest(seen)

    def key(one: Seen) -> tuple[date, int, str]:
        return (_day(one.at), one.practitioner, one.system)

    readings = []
    for (on, practitioner, system), group in groupby(sorted(seen, key=key), key=key):
        held = tuple(group)
        readings.append(
            Reading(
                on=on,
                practitioner=practitioner,
                system=system,
                organisation=held[-1].organisation,
                first_at=held[0].at,
                latest_at=held[-1].at,
                verbs=_once(one.verb for one in held),
                purposes=_once(one.purpose for one in held),
                policies=_once(one.policy for one in held),
                entries=held,
                unusual=frozenset()
                if not practitioner
                else marks(
                    at=[one.at for one in held],
                    policies=[one.policy for one in held],
                    break_glass=[one.break_glass for one in held],
                    refused=any(one.refused for one in held),
                    records_in_an_hour=busiest.get((practitioner, on), 0),
                    same_family_name=practitioner in same_family_name,
                ),
            )
        )
    return tuple(sorted(readings, key=lambda one: (one.on, one.latest_at), reverse=True))


def _busiest(seen: Sequence[Seen]) -> dict[tuple[int, date], int]:
    """The number of different records that each person opened in the fullest hour of her day, on the days asked about.

    What stood in a list or among the results of a search does not count: a supervisor's list is as long as her team is busy.
    """
    people = {one.practitioner for one in seen if one.practitioner}
    if not people:
        return {}
    first, last = min(one.at for one in seen), max(one.at for one in seen)
    counted = (
        Entry.objects.filter(
            practitioner__in=people, record__gt=0, at__gte=_midnight(first), at__lt=_midnight(last) + timedelta(days=1)
        )
        .exclude(verb__in=(Verb.LISTED, Verb.FOUND))
        .values("practitioner", hour=TruncHour("at"))
        .annotate(records=Count("record", distinct=True))
    )
    fullest: dict[tuple[int, date], int] = defaultdict(int)
    for one in counted:
        place = (one["practitioner"], _day(one["hour"]))
        fullest[place] = max(fullest[place], one["records"])
    return fullest


def _seen(rows: Sequence[Entry]) -> Iterable[Seen]:
    with_content = [row.pk for row in rows if row.content_hash]
    said = dict(Content.objects.filter(entry__in=with_content).values_list("entry_id", "text")) if with_content else {}
    for row in rows:
        yield Seen(
            seq=row.seq,
            at=row.at,
            practitioner=row.practitioner,
            organisation=row.organisation,
            system=row.system,
            verb=row.verb,
            thing=row.thing,
            purpose=row.purpose or _purpose(said.get(row.pk, "")),
            policy=row.policy,
            break_glass=row.break_glass,
            refused=row.refused,
            kept=row.pk in said and row.verb != Verb.DESTROYED,
        )


def _purpose(content: str) -> str:
    found: Any = json.loads(content).get("purpose", "") if content else ""
    return str(found)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def _midnight(at: datetime) -> datetime:
    return at.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
