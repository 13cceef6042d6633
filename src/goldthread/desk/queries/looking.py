"""Who has looked at a record, by day and person, with what is unusual marked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse

from goldthread.access import gate
from goldthread.access.gate import Opened
from goldthread.access.rules import policy
from goldthread.access.vocabulary import EMERGENCY_WORDS, Act, Emergency
from goldthread.agencies.models import Practitioner
from goldthread.agencies.vocabulary import Role
from goldthread.audit.queries import Reading, who_looked
from goldthread.desk.pages.child import AccessPage, Look
from goldthread.desk.pages.keeping import About
from goldthread.desk.queries import stubs
from goldthread.desk.queries.staff import works
from goldthread.desk.wording import done
from goldthread.kernel.acting import Actor
from goldthread.kernel.errors import Denied
from goldthread.people.queries import same_family_name
from goldthread.ui.pages import Link, Tag, Tone
from goldthread.ui.wording import LONDON

STRETCH = timedelta(days=30)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), LONDON)


def access(by: Actor, at: datetime, code: str, until: date | None, *, only_unusual: bool) -> AccessPage:
    """This will give who looked at a record in the month up to a day."""
    with gate.open_record(by=by, at=at, code=code, act=Act.SEE_ACCESS, thing="access") as opened:
        last = min(until or opened.on, opened.on)
        first = last - STRETCH
        readings = _readings(opened, first, last)
        name = stubs.of(opened).name
        who = {one.practitioner for one in readings if one.practitioner}
        called = dict(Practitioner.objects.filter(pk__in=who).values_list("pk", "name"))
        where = works(who, at)
        may_destroy, may_open = Role.CUSTODIAN in opened.roles, opened.may(Act.OPEN)
        today = opened.on
    here = reverse("desk:access", kwargs={"code": opened.code})
    looks = [_look(one, called, where) for one in readings if one.unusual or not only_unusual]
    stretch = f"until={last.isoformat()}"
    return AccessPage(
        code=opened.code,
        name=name,
        looks=tuple(looks),
        unusual=sum(1 for one in readings if one.unusual),
        since=first,
        until=last,
        earlier=f"{here}?until={first.isoformat()}" + ("&marked=1" if only_unusual else ""),
        later=f"{here}?until={(last + STRETCH).isoformat()}" + ("&marked=1" if only_unusual else "")
        if last < today
        else "",
        only_unusual=only_unusual,
        switch=Link("Show every look", f"{here}?{stretch}")
        if only_unusual
        else Link("Show only what is marked", f"{here}?{stretch}&marked=1"),
        destroy=reverse("desk:destroy", kwargs={"code": opened.code}) + f"?{stretch}" if may_destroy else "",
        back=Link("The record", reverse("desk:child", kwargs={"code": opened.code})) if may_open else None,
    )


def _readings(opened: Opened, first: date, last: date) -> list[Reading]:
    bearing = same_family_name(opened)
    found: list[Reading] = []
    for record in opened.records:
        found += who_looked(
            record, since=_midnight(first), until=_midnight(last + timedelta(days=1)), same_family_name=bearing
        )
    return sorted(found, key=lambda one: (one.on, one.latest_at), reverse=True)


def _look(one: Reading, called: dict[int, str], where: dict[int, str]) -> Look:
    said = {line.name: line.says for line in policy().lines}
    rights = [said.get(each, "Nothing allowed it." if each == "no-line" else "") for each in one.policies]
    reasons = [str(EMERGENCY_WORDS[Emergency(each)]) if each in set(Emergency) else each for each in one.purposes]
    return Look(
        on=one.on,
        name=called.get(one.practitioner, f"The system ({one.system})" if one.system else "Someone who is not known"),
        works=where.get(one.practitioner, ""),
        what=tuple(dict.fromkeys(done(each.verb, each.thing) for each in one.entries)),
        first_at=one.first_at,
        latest_at=one.latest_at,
        times=len(one.entries),
        because=tuple(each for each in (*rights, *reasons) if each),
        marks=tuple(Tag(mark.words, Tone.WARN) for mark in sorted(one.unusual)),
    )


@dataclass(frozen=True, slots=True)
class Destroyable:
    """Entries with which content is kept, as choices of a form."""

    about: About
    record: int
    choices: Sequence[tuple[str, str]]


def destroyable(by: Actor, at: datetime, code: str, until: date | None) -> Destroyable:
    """This will give the entries of a month with which content is kept, to a custodian."""
    with gate.open_record(by=by, at=at, code=code, act=Act.SEE_ACCESS, thing="access") as opened:
        if Role.CUSTODIAN not in opened.roles:
            raise Denied("Only a custodian asks for what was kept to be destroyed.")
        last = min(until or opened.on, opened.on)
        readings = who_looked(
            opened.record.pk, since=_midnight(last - STRETCH), until=_midnight(last + timedelta(days=1))
        )
        called = _called({one.practitioner for one in readings})
        choices = [
            (
                str(entry.seq),
                f"{entry.seq}: {done(entry.verb, entry.thing)}, {called.get(entry.practitioner, entry.system)}, "
                f"{one.on.isoformat()}",
            )
            for one in readings
            for entry in one.entries
            if entry.kept
        ]
        return Destroyable(stubs.of(opened), opened.record.pk, choices)


def _called(practitioners: Collection[int]) -> dict[int, str]:
    return dict(Practitioner.objects.filter(pk__in=practitioners).values_list("pk", "name"))
