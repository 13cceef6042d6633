"""Named people and records, for the tests of everything that passes the gate.

Amira is the allocated social worker of a child's record; Bea supervises their team; Cai is a colleague of hers in it; Dele is a
social worker of another team in the same organisation; Efua manages that organisation; Fern works in a school and is involved;
Gus works in another school and is not; Hal is a relative; Ines is custodian, Jo governs information, Kit administers users.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import staff

from goldthread.access.models import BreakGlass, Conflict, Involvement, Named
from goldthread.access.vocabulary import Capacity, ConflictKind, Emergency, Relation
from goldthread.agencies.models import Practitioner, Team
from goldthread.agencies.vocabulary import OrganisationKind, Role
from goldthread.kernel.acting import Actor, ActorKind, acting_as, system
from goldthread.records.models import Record, RecordKind, Restriction

NOW = datetime(2026, 5, 14, 10, 0, tzinfo=UTC)
TODAY = date(2026, 5, 14)
BEGAN = date(2026, 1, 5)


def actor(practitioner: Practitioner) -> Actor:
    """Who acts, for a practitioner."""
    return Actor(ActorKind.PRACTITIONER, practitioner.pk)


@dataclass
class Cast:
    """The people, and the child's record that they stand to in their different ways."""

    amira: Practitioner
    bea: Practitioner
    cai: Practitioner
    dele: Practitioner
    efua: Practitioner
    fern: Practitioner
    gus: Practitioner
    hal: Practitioner
    ines: Practitioner
    jo: Practitioner
    kit: Practitioner
    team: Team
    record: Record

    @property
    def code(self) -> str:
        """The reference of the child's record."""
        return str(self.record.code)


def cast() -> Cast:
    """Everybody, and a standard record with which Amira and Fern are involved."""
    council = staff.organisation()
    team, other = staff.team("Safeguarding 1", council), staff.team("Safeguarding 2", council)
    hill = staff.team("Pastoral", staff.organisation(OrganisationKind.SCHOOL, "Hill School"))
    dale = staff.team("Pastoral", staff.organisation(OrganisationKind.SCHOOL, "Dale School"))

    def one(name: str, role: Role, within: Team) -> Practitioner:
        return staff.practitioner(role, name=name, within=within)

    people = {
        "amira": one("Amira Sesay", Role.SOCIAL_WORKER, team),
        "bea": one("Bea Tallentire", Role.PRACTICE_SUPERVISOR, team),
        "cai": one("Cai Pritchard", Role.SOCIAL_WORKER, team),
        "dele": one("Dele Anand", Role.SOCIAL_WORKER, other),
        "efua": one("Efua Brandreth", Role.SERVICE_MANAGER, other),
        "fern": one("Fern Okoro", Role.PARTNER_PRACTITIONER, hill),
        "gus": one("Gus Wetherby", Role.PARTNER_PRACTITIONER, dale),
        "hal": one("Hal Moss", Role.SOCIAL_WORKER, team),
        "ines": one("Ines Varga", Role.CUSTODIAN, other),
        "jo": one("Jo Lindqvist", Role.GOVERNANCE_OFFICER, other),
        "kit": one("Kit Adeyemi", Role.ADMINISTRATOR, other),
    }
    with acting_as(system("tests")):
        record = Record.objects.create(kind=RecordKind.CHILD, opened_on=BEGAN)
        involve(record, people["amira"], Capacity.ALLOCATED)
        involve(record, people["fern"], "school-safeguarding-lead")
        Conflict.objects.create(
            record=record,
            practitioner=people["hal"],
            kind=ConflictKind.RELATIVE.value,
            says="Her uncle.",
            from_on=BEGAN,
        )
    return Cast(team=team, record=record, **people)


def another_record(restriction: Restriction = Restriction.STANDARD, *named: Practitioner) -> Record:
    """Another child's record, with which nobody is involved."""
    with acting_as(system("tests")):
        record = Record.objects.create(kind=RecordKind.CHILD, opened_on=BEGAN, restriction=restriction.value)
        for one in named:
            Named.objects.create(record=record, practitioner=one, from_on=BEGAN)
    return record


def involve(
    record: Record, who: Practitioner, capacity: str = Capacity.ALLOCATED, until_on: date | None = None
) -> None:
    """Involve someone, within the tests' own transaction or in one of its own."""
    with acting_as(system("tests")):
        Involvement.objects.create(
            record=record, practitioner=who, capacity=str(capacity), from_on=BEGAN, until_on=until_on
        )


RELATIONS_MADE: dict[Relation, frozenset[Relation]] = {
    one: frozenset({one}) | ({Relation.AGENCY} if one is Relation.TEAM else frozenset()) for one in Relation
}
"""What else is so of who stands in a relation: a colleague of a team is in its organisation."""


def stand(
    role: Role, relation: Relation, record: Record, teams: dict[str, Team], *, long: bool = False
) -> Practitioner:
    """A practitioner in a role, who stands to a record as is asked and not otherwise; `long`, for years to come."""
    over = NOW.replace(year=NOW.year + 30) if long else NOW.replace(hour=NOW.hour + 1)
    alone = staff.organisation(OrganisationKind.SCHOOL, f"School of those who stand by {relation} to {record.code}")
    hers = {Relation.TEAM: "same", Relation.AGENCY: "sister"}.get(relation, "")
    one = staff.practitioner(role, within=teams[hers] if hers else staff.team("Pastoral", alone))
    if relation is Relation.CONFLICT:
        Conflict.objects.create(record=record, practitioner=one, kind=ConflictKind.RELATIVE.value, from_on=BEGAN)
    elif relation is Relation.NAMED:
        Named.objects.create(record=record, practitioner=one, from_on=BEGAN)
    elif relation is Relation.BREAKING_GLASS:
        BreakGlass.objects.create(
            record=record, practitioner=one, reason=Emergency.COVERING.value, because="Covering.", review_due_on=TODAY,
            began_at=NOW, until_at=over,
        )  # fmt: skip
    elif relation in (Relation.INVOLVED, Relation.WAS_INVOLVED):
        until_on = TODAY if relation is Relation.WAS_INVOLVED else None
        Involvement.objects.create(
            record=record, practitioner=one, capacity=Capacity.ALLOCATED.value, from_on=BEGAN, until_on=until_on
        )
    return one
