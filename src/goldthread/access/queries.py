"""Who works with a record, who is named on it, what its owners are told, and which emergencies wait for a review."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from goldthread.access.gate import Listed, Opened, within_reach
from goldthread.access.models import BreakGlass, Conflict, Involvement, Named, Notice
from goldthread.access.standing import hers
from goldthread.access.vocabulary import OWNERS, Act, Capacity
from goldthread.agencies.models import Post, in_period
from goldthread.agencies.vocabulary import Role
from goldthread.kernel.acting import Actor
from goldthread.kernel.errors import NotFound
from goldthread.records.models import Restriction

PAGE = 100


@dataclass(frozen=True, slots=True)
class Involved:
    """Someone, or a team, who works or worked with a record."""

    id: int
    version: int
    capacity: str
    capacity_words: str
    practitioner: int | None
    team: int | None
    name: str  # of the person, or of the team
    title: str
    phone: str
    email: str
    organisation: str
    from_on: date
    until_on: date | None
    because: str
    in_force: bool


def involved(opened: Opened, on: date | None = None) -> list[Involved]:
    """This will give everyone who works with a record on a day or did before it, those in force first; in two queries."""
    opened.check(Act.OPEN)
    on = on or opened.on
    rows = list(
        Involvement.objects.filter(record__in=opened.records, from_on__lte=on)
        .select_related("practitioner", "team__organisation")
        .prefetch_related("practitioner__posts__team__organisation")
        .order_by("from_on", "pk")
    )
    return sorted((_involved(row, on) for row in rows), key=lambda one: not one.in_force)


def _involved(row: Involvement, on: date) -> Involved:
    person, team = row.practitioner, row.team
    if person is not None:
        day = min(on, row.until_on) if row.until_on else on
        posts = [one for one in person.posts.all() if one.from_on <= day and (not one.until_on or one.until_on >= day)]
        organisation = posts[0].team.organisation.name if posts else ""
    else:
        organisation = team.organisation.name if team is not None else ""
    who = person if person is not None else team
    return Involved(
        id=row.pk,
        version=row.version,
        capacity=row.capacity,
        capacity_words=row.capacity_words,
        practitioner=row.practitioner_id,
        team=row.team_id,
        name=who.name if who is not None else "",
        title=person.title if person is not None else "",
        phone=who.phone if who is not None else "",
        email=who.email if who is not None else "",
        organisation=organisation,
        from_on=row.from_on,
        until_on=row.until_on,
        because=row.because,
        in_force=row.until_on is None or row.until_on > on,
    )


def workers(listed: Listed, on: date, capacities: Collection[str] = OWNERS) -> dict[int, list[Involvement]]:
    """This will give, for each record of a list, the involvements in force in some capacities, with their people; one query."""
    found: dict[int, list[Involvement]] = {}
    rows = Involvement.objects.in_force(on).filter(
        record__in=listed.records, capacity__in=[str(one) for one in capacities], practitioner__isnull=False
    )
    for row in rows.select_related("practitioner").order_by("from_on", "pk"):
        found.setdefault(row.record_id, []).append(row)
    return found


def caseload(by: Actor, at: datetime, practitioners: Collection[int]) -> dict[int, frozenset[int]]:
    """This will give, for each of some practitioners, the records that they are allocated and `by` may open; one query."""
    on = hers(by, at).on
    rows = (
        Involvement.objects.in_force(on)
        .filter(within_reach(by, at), practitioner__in=practitioners, capacity=Capacity.ALLOCATED)
        .values_list("practitioner", "record")
    )
    found: dict[int, set[int]] = {}
    for practitioner, record in rows:
        found.setdefault(practitioner, set()).add(record)
    return {practitioner: frozenset(records) for practitioner, records in found.items()}


def worked_on(
    on: date, *, practitioners: Collection[int] = (), teams: Collection[int] = (), prefix: str = "record"
) -> Q:
    """This will give the condition that someone, or a team or one of its members, works on a day with a record or one merged into it.

    It only narrows what a query asks for; whether anything of it is shown is decided elsewhere.
    """
    who = Q(practitioner__in=list(practitioners))
    if teams:
        who |= Q(team__in=list(teams))
        who |= Q(practitioner__in=Post.objects.in_force(on).filter(team__in=list(teams)).values("practitioner"))
    involved = Involvement.objects.in_force(on).filter(who)
    merged = involved.filter(record__merged_into__isnull=False).values("record__merged_into")
    return Q(**{f"{prefix}__in": involved.values("record")}) | Q(**{f"{prefix}__in": merged})


def named(opened: Opened, *, all_times: bool = False) -> list[Named]:
    """This will give who is named on a record, to those who may set it or read it."""
    if not opened.may(Act.RESTRICT):
        opened.check(Act.OPEN)
    rows = Named.objects.filter(record__in=opened.records).select_related("practitioner").order_by("from_on", "pk")
    return list(rows if all_times else rows.filter(in_period(opened.on)))


def conflicts(opened: Opened) -> list[Conflict]:
    """This will give who is kept from a record for a personal tie, to those who may set that."""
    if not opened.may(Act.RESTRICT):
        opened.check(Act.INVOLVE)
    rows = Conflict.objects.filter(record__in=opened.records).filter(in_period(opened.on))
    return list(rows.select_related("practitioner").order_by("from_on", "pk"))


def notices(by: Actor, at: datetime, *, unread: bool = True, limit: int = PAGE) -> list[Notice]:
    """This will give what those who answer for records should know, the newest first; what one did oneself is not told."""
    rows = Notice.objects.filter(_for(by, at)).exclude(practitioner=by.id)
    if unread:
        rows = rows.filter(read_at__isnull=True)
    return list(rows.select_related("record", "practitioner", "emergency", "read_by").order_by("-at", "-pk")[:limit])


def unread(by: Actor, at: datetime) -> int:
    """This will count the notices that wait for someone; in one query."""
    return Notice.objects.filter(_for(by, at), read_at__isnull=True).exclude(practitioner=by.id).count()


def check_reads_notices(by: Actor, at: datetime, notice: int) -> Notice:
    """This will give one notice that is for her, or raise."""
    found = Notice.objects.filter(_for(by, at), pk=notice).exclude(practitioner=by.id).first()
    if found is None:
        raise NotFound("There is no such notice.")
    return found


def _for(by: Actor, at: datetime) -> Q:
    """Whom a notice is for: who answers for the record, is named on it, or supervises; for restricted ones custodians too."""
    one = hers(by, at)
    answers = Involvement.objects.in_force(one.on).filter(
        practitioner=one.practitioner, capacity__in=[str(each) for each in OWNERS]
    )
    condition = Q(record__in=answers.values("record")) | Q(
        record__in=Named.objects.in_force(one.on).filter(practitioner=one.practitioner).values("record")
    )
    if Role.PRACTICE_SUPERVISOR in one.roles:
        condition |= within_reach(by, at, act=Act.REVIEW)
    if Role.CUSTODIAN in one.roles:
        condition |= ~Q(record__restriction=Restriction.STANDARD.value)
    ties = Conflict.objects.in_force(one.on).filter(practitioner=one.practitioner).values("record")
    return condition & ~Q(record__in=ties)


def emergencies_to_review(by: Actor, at: datetime, limit: int = PAGE) -> list[BreakGlass]:
    """This will give the emergencies that wait for a review and that she may review, those due first."""
    rows = BreakGlass.objects.filter(_reviewable(by, at), reviewed_at__isnull=True)
    return list(rows.select_related("record", "practitioner").order_by("review_due_on", "pk")[:limit])


def emergencies_reviewed(by: Actor, at: datetime, limit: int = PAGE) -> list[BreakGlass]:
    """This will give the emergencies that have been reviewed and that she may review, the latest review first."""
    rows = BreakGlass.objects.filter(_reviewable(by, at), reviewed_at__isnull=False)
    return list(rows.select_related("record", "practitioner", "reviewed_by").order_by("-reviewed_at", "-pk")[:limit])


def emergency_to_review(by: Actor, at: datetime, emergency: int) -> BreakGlass:
    """This will give one emergency that she may review, reviewed or not; or raise."""
    rows = BreakGlass.objects.filter(_reviewable(by, at), pk=emergency)
    found = rows.select_related("record", "practitioner", "reviewed_by").first()
    if found is None:
        raise NotFound("There is no such emergency to review.")
    return found


def _reviewable(by: Actor, at: datetime) -> Q:
    return within_reach(by, at, act=Act.REVIEW) & ~Q(practitioner=by.id)


def emergencies(opened: Opened) -> list[BreakGlass]:
    """This will give every emergency in which a record was opened, the latest first, to those who see who has looked."""
    opened.check(Act.SEE_ACCESS)
    rows = BreakGlass.objects.filter(record__in=opened.records).select_related("practitioner", "reviewed_by")
    return list(rows.order_by("-began_at"))


def running_emergencies(by: Actor, at: datetime) -> list[BreakGlass]:
    """This will give the records that someone has open in an emergency, each with its record; one query."""
    rows = BreakGlass.objects.filter(practitioner=by.id, began_at__lte=at, until_at__gt=at)
    return list(rows.select_related("record").order_by("until_at"))
