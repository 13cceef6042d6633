"""How someone stands to records on a day: her roles, and her relations to each, in as many queries whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.access.models import BreakGlass, Conflict, Involvement, Named
from goldthread.access.rules import policy
from goldthread.access.vocabulary import Act, Relation
from goldthread.agencies.models import Post, in_period
from goldthread.agencies.queries import posts_held
from goldthread.agencies.vocabulary import Role
from goldthread.kernel.acting import Actor, ActorKind, memo
from goldthread.records.models import Restriction

EVERY_RELATION = frozenset(Relation) - {Relation.CONFLICT}


@dataclass(frozen=True, slots=True)
class Hers:
    """What someone is on a day, whatever the record."""

    practitioner: int
    on: date
    roles: frozenset[Role]
    teams: frozenset[int]
    organisations: frozenset[int]


@dataclass(frozen=True, slots=True)
class Ties:
    """How someone stands to one record, or to several that are read together."""

    relations: frozenset[Relation]
    emergency: BreakGlass | None = None


def hers(by: Actor, at: datetime) -> Hers:
    """This will say what someone is at a moment; asked once in a transaction."""
    key = (Hers, by, at)
    held = memo()
    if key not in held:
        on = timezone.localdate(at)
        posts = posts_held(by.id, on) if by.kind is ActorKind.PRACTITIONER else []
        held[key] = Hers(
            by.id,
            on,
            frozenset(Role(post.role) for post in posts),
            frozenset(post.team_id for post in posts),
            frozenset(post.team.organisation_id for post in posts),
        )
    found: Hers = held[key]
    return found


def ties(one: Hers, at: datetime, groups: Mapping[int, Collection[int]]) -> dict[int, Ties]:
    """This will say how she stands to each of several groups of records that are read together; five queries at most."""
    records = {record for group in groups.values() for record in group}
    found = _relations(one, records)
    emergencies = _running(one, at, records)
    result = {}
    for key, group in groups.items():
        emergency = next((emergencies[record] for record in group if record in emergencies), None)
        relations = {relation for record in group for relation in found.get(record, ())}
        if emergency is not None:
            relations.add(Relation.BREAKING_GLASS)
        result[key] = Ties(frozenset(relations) or frozenset({Relation.NONE}), emergency)
    return result


def _running(one: Hers, at: datetime, records: Collection[int]) -> dict[int, BreakGlass]:
    rows = BreakGlass.objects.filter(
        practitioner=one.practitioner, record__in=records, began_at__lte=at, until_at__gt=at
    )
    return {row.record_id: row for row in rows.order_by("pk")}


def _relations(one: Hers, records: Collection[int]) -> dict[int, set[Relation]]:
    found: dict[int, set[Relation]] = defaultdict(set)
    for model, relation in ((Conflict, Relation.CONFLICT), (Named, Relation.NAMED)):
        rows = model.objects.in_force(one.on).filter(practitioner=one.practitioner, record__in=records)
        for record in rows.values_list("record", flat=True):
            found[record].add(relation)
    involved = list(
        Involvement.objects.filter(record__in=records)
        .filter(in_period(one.on) | Q(practitioner=one.practitioner, from_on__lte=one.on))
        .values_list("record", "practitioner", "team", "team__organisation", "until_on")
    )
    colleagues = _colleagues(one, {who for _, who, _, _, _ in involved if who and who != one.practitioner})
    for record, who, team, organisation, until_on in involved:
        if who == one.practitioner:
            over = until_on is not None and until_on <= one.on
            found[record].add(Relation.WAS_INVOLVED if over else Relation.INVOLVED)
            continue
        teams, organisations = colleagues.get(who, _NOWHERE) if who else (frozenset({team}), frozenset({organisation}))
        if teams & one.teams:
            found[record].add(Relation.TEAM)
        if organisations & one.organisations:
            found[record].add(Relation.AGENCY)
    return found


_NOWHERE: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())


def _colleagues(one: Hers, practitioners: Iterable[int]) -> dict[int, tuple[frozenset[int], frozenset[int]]]:
    """The teams and organisations that each of those who work in one of hers has posts in."""
    wanted = set(practitioners)
    if not wanted or not one.organisations:
        return {}
    teams: dict[int, set[int]] = defaultdict(set)
    organisations: dict[int, set[int]] = defaultdict(set)
    posts = Post.objects.in_force(one.on).filter(practitioner__in=wanted, team__organisation__in=one.organisations)
    for who, team, organisation in posts.values_list("practitioner", "team", "team__organisation"):
        teams[who].add(team)
        organisations[who].add(organisation)
    return {who: (frozenset(teams[who]), frozenset(organisations[who])) for who in teams}


def reach(one: Hers, at: datetime, act: Act, prefix: str = "record") -> Q:
    """This will give the condition that she may do something with the record that a row points at by `prefix`.

    It says of each record what `decide` would say of her relations to it, one by one; a test compares the two.
    """
    condition = Q(pk__in=())
    for restriction in Restriction:
        on_these = _with(one, act, restriction)
        if not on_these:
            continue
        if Relation.NONE in on_these:
            if on_these != EVERY_RELATION:
                raise ValueError(
                    f"What {act} reaches cannot be asked as a condition: it is for those without a relation."
                )
            within = Q()
        else:
            within = Q(pk__in=())
            for relation in on_these:
                within |= Q(**{f"{prefix}__in": _records(one, at, relation)})
        condition |= within & Q(**{f"{prefix}__restriction": restriction.value})
    ties_of_hers = Conflict.objects.in_force(one.on).filter(practitioner=one.practitioner).values("record")
    return condition & ~Q(**{f"{prefix}__in": ties_of_hers})


def _with(one: Hers, act: Act, restriction: Restriction) -> frozenset[Relation]:
    """The relations that are enough for her to do something with a record of a restriction."""
    table = policy()
    return frozenset(
        relation
        for relation in Relation
        if relation is not Relation.CONFLICT
        and act in table.decide(one.roles, frozenset({relation}), restriction).lines
    )


def _records(one: Hers, at: datetime, relation: Relation) -> QuerySet[Any, Any]:
    involved = Involvement.objects.in_force(one.on)
    match relation:
        case Relation.NAMED:
            return Named.objects.in_force(one.on).filter(practitioner=one.practitioner).values("record")
        case Relation.BREAKING_GLASS:
            running = BreakGlass.objects.filter(practitioner=one.practitioner, began_at__lte=at, until_at__gt=at)
            return running.values("record")
        case Relation.INVOLVED:
            return involved.filter(practitioner=one.practitioner).values("record")
        case Relation.TEAM:
            posts = Post.objects.in_force(one.on).filter(team__in=one.teams)
            return involved.filter(
                Q(team__in=one.teams)
                | Q(practitioner__in=posts.exclude(practitioner=one.practitioner).values("practitioner"))
            ).values("record")
        case Relation.AGENCY:
            posts = Post.objects.in_force(one.on).filter(team__organisation__in=one.organisations)
            return involved.filter(
                Q(team__organisation__in=one.organisations)
                | Q(practitioner__in=posts.exclude(practitioner=one.practitioner).values("practitioner"))
            ).values("record")
        case Relation.WAS_INVOLVED:
            ended = Involvement.objects.filter(practitioner=one.practitioner, until_on__lte=one.on)
            return ended.values("record")
        case _:
            raise ValueError(f"No records stand in the relation {relation}.")
