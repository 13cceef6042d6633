"""Taking in all agencies with their people at once, from what a file tells: repeatable, and in as many queries whatever the number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from goldthread.agencies.models import HeldQualification, Organisation, Post, Practitioner, Team
from goldthread.agencies.vocabulary import OrganisationKind, Qualification, Role
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.invented.people import Agencies
from goldthread.invented.people import Practitioner as ToldPractitioner
from goldthread.kernel.acting import Actor, ActorKind, acting_as
from goldthread.kernel.errors import Denied

KINDS: dict[str, OrganisationKind] = {
    **{kind.value: kind for kind in OrganisationKind},
    "childrens-social-care": OrganisationKind.LOCAL_AUTHORITY,
    "early-help": OrganisationKind.LOCAL_AUTHORITY,
    "education-service": OrganisationKind.LOCAL_AUTHORITY,
    "adult-social-care": OrganisationKind.LOCAL_AUTHORITY,
    "public-health": OrganisationKind.LOCAL_AUTHORITY,
    "housing-service": OrganisationKind.HOUSING,
    "housing-association": OrganisationKind.HOUSING,
    "acute-trust": OrganisationKind.NHS_PROVIDER,
    "community-trust": OrganisationKind.NHS_PROVIDER,
    "mental-health-trust": OrganisationKind.NHS_PROVIDER,
    "ambulance-trust": OrganisationKind.NHS_PROVIDER,
    "police-force": OrganisationKind.POLICE,
    "primary-school": OrganisationKind.SCHOOL,
    "secondary-school": OrganisationKind.SCHOOL,
    "special-school": OrganisationKind.SCHOOL,
    "faith-organisation": OrganisationKind.FAITH,
    "sports-club": OrganisationKind.SPORT,
}
"""What the kinds of a people file are here; one that is not named is `other`."""

QUALIFICATIONS: dict[str, Qualification] = {
    **{one.value: one for one in Qualification},
    "joint-investigation": Qualification.INVESTIGATOR,
}

BATCH = 500
T = TypeVar("T")


@dataclass(slots=True)
class Taken:
    """Where everything that was told is now, by the ids of the file, and how much of it is new."""

    organisations: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    practitioners: dict[str, int] = field(default_factory=dict)
    new: dict[str, int] = field(default_factory=dict)
    not_taken: list[str] = field(default_factory=list)


def take_in(*, by: Actor, at: datetime, told: Agencies) -> Taken:
    """This will take in what is not there yet, and bring the ends of posts up to date; told again, it changes nothing.

    Organisations are known by kind and name, teams by name, practitioners by their e-mail address, posts by their first day.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise Denied("People are taken in on the server: a file could give high roles, which takes two people here.")
    taken = Taken()
    with acting_as(by):
        _organisations(told, taken)
        _teams(told, taken)
        _practitioners(told, taken)
        _posts(told, taken)
        _qualifications(told, taken)
        write(by, at, [Line(Verb.LOADED, thing="agencies", content=dict(taken.new))])
    return taken


def _organisations(told: Agencies, taken: Taken) -> None:
    home = next((one.id for one in told.organisations if one.kind == "local-authority" and one.part_of is None), None)
    if Organisation.objects.filter(is_home=True).exists():
        home = None
    there = {(kind, name): pk for kind, name, pk in Organisation.objects.values_list("kind", "name", "pk")}
    wanted = _distinct({one.id: (_kind(one.kind, taken), one.name) for one in told.organisations})
    made = [
        Organisation(kind=kind, name=name, from_on=one.from_on, until_on=one.until_on, is_home=one.id == home)
        for one in told.organisations
        for kind, name in (wanted[one.id],)
        if (kind, name) not in there
    ]
    _make(Organisation, made, taken)
    there |= {(one.kind, one.name): one.pk for one in made}
    taken.organisations = {one: there[key] for one, key in wanted.items()}


def _teams(told: Agencies, taken: Taken) -> None:
    there = {(of, name): pk for of, name, pk in Team.objects.values_list("organisation", "name", "pk")}
    begun = {one.id: one.from_on for one in told.organisations}
    wanted = _distinct({one.id: (taken.organisations[one.organisation], one.name) for one in told.teams})
    made = [
        Team(
            organisation_id=wanted[one.id][0], name=wanted[one.id][1], email=one.email, phone=one.phone,
            from_on=begun[one.organisation],
        )
        for one in told.teams
        if wanted[one.id] not in there
    ]  # fmt: skip
    _make(Team, made, taken)
    there |= {(one.organisation_id, one.name): one.pk for one in made}
    taken.teams = {one: there[key] for one, key in wanted.items()}


def _practitioners(told: Agencies, taken: Taken) -> None:
    there = dict(Practitioner.objects.exclude(email="").values_list("email", "pk"))
    titles = {one.practitioner: one.title for one in sorted(told.posts, key=lambda one: one.from_on)}
    made = [
        Practitioner(
            name=one.name, title=titles.get(one.id, ""), email=one.email, phone=one.phone,
            registered_with=one.registration_body or "", registration=one.registration_number or "",
        )
        for one in told.practitioners
        if one.email not in there
    ]  # fmt: skip
    _make(Practitioner, made, taken)
    there |= {one.email: one.pk for one in made}
    taken.practitioners = {one.id: there[one.email] for one in told.practitioners}


def _posts(told: Agencies, taken: Taken) -> None:
    there = {(one.practitioner_id, one.team_id, one.role, one.from_on): one for one in Post.objects.all()}
    made, ended = [], []
    for one in told.posts:
        key = (taken.practitioners[one.practitioner], taken.teams[one.team], Role(one.role).value, one.from_on)
        held = there.get(key)
        if held is None:
            practitioner, team, role, from_on = key
            made.append(
                Post(practitioner_id=practitioner, team_id=team, role=role, from_on=from_on, until_on=one.until_on)
            )
        elif held.until_on != one.until_on:
            held.until_on, held.version = one.until_on, held.version + 1
            ended.append(held)
    _make(Post, made, taken)
    Post.objects.bulk_update(ended, ["until_on", "version"], batch_size=BATCH)


def _qualifications(told: Agencies, taken: Taken) -> None:
    there = set(HeldQualification.objects.values_list("practitioner", "qualification"))
    begun = {one.practitioner: one.from_on for one in sorted(told.posts, key=lambda one: one.from_on, reverse=True)}
    made = [
        HeldQualification(practitioner_id=taken.practitioners[one.id], qualification=known, from_on=begun[one.id])
        for one in told.practitioners
        for known in _known(one, taken)
        if one.id in begun and (taken.practitioners[one.id], known.value) not in there
    ]
    _make(HeldQualification, made, taken)


def _distinct(named: dict[str, tuple[T, str]]) -> dict[str, tuple[T, str]]:
    """This will number those that would be known by the same name: two schools called after one saint."""
    found: dict[str, tuple[T, str]] = {}
    used: set[tuple[T, str]] = set()
    for one, (kind, name) in named.items():
        key, number = (kind, name), 1
        while key in used:
            number += 1
            key = (kind, f"{name} ({number})")
        used.add(key)
        found[one] = key
    return found


def _known(one: ToldPractitioner, taken: Taken) -> Iterable[Qualification]:
    for said in one.qualifications:
        if said in QUALIFICATIONS:
            yield QUALIFICATIONS[said]
        else:
            _leave(f"qualification {said}", taken)


def _kind(said: str, taken: Taken) -> OrganisationKind:
    if said not in KINDS:
        _leave(f"kind of organisation {said}", taken)
    return KINDS.get(said, OrganisationKind.OTHER)


def _leave(what: str, taken: Taken) -> None:
    if what not in taken.not_taken:
        taken.not_taken.append(what)


def _make(model: Any, rows: list[Any], taken: Taken) -> None:
    model.objects.bulk_create(rows, batch_size=BATCH)
    taken.new[str(model._meta.model_name)] = len(rows)
