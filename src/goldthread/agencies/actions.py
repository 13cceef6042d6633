"""The only writers of organisations, teams, practitioners, posts and qualifications."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError

from goldthread.agencies.models import HeldQualification, Organisation, Post, Practitioner, Team
from goldthread.agencies.permissions import (
    check_can_administer,
    check_can_administer_organisation,
    check_can_administer_practitioner,
    check_not_oneself,
)
from goldthread.agencies.rules import check_held_at_home, check_period, check_second_person
from goldthread.agencies.vocabulary import OrganisationKind, Qualification, Role
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.kernel.acting import Actor, acting_as
from goldthread.kernel.errors import NotFound, NotNow, RuleBroken
from goldthread.kernel.models import Versioned

Row = TypeVar("Row", bound=Versioned)


@dataclass(frozen=True, slots=True)
class Details:
    """What is written of a practitioner herself."""

    name: str
    title: str = ""
    email: str = ""
    phone: str = ""
    registered_with: str = ""
    registration: str = ""


def open_organisation(
    *, by: Actor, at: datetime, kind: OrganisationKind, name: str, code: str = "", from_on: date
) -> Organisation:
    """This will add an organisation."""
    with acting_as(by), _named_once("An organisation of this kind has this name already."):
        check_can_administer(by, at, thing="organisation:new")
        made = Organisation.objects.create(kind=kind, name=name, code=code, from_on=from_on)
        _keep(by, at, f"organisation:{made.pk}", "organisation-opened", name=name)
    return made


def change_organisation(
    *,
    by: Actor,
    at: datetime,
    organisation: int,
    version: int,
    name: str,
    code: str,
    from_on: date,
    until_on: date | None,
) -> Organisation:
    """This will change what is written of an organisation, or when it began and ended."""
    with acting_as(by), _named_once("An organisation of this kind has this name already."):
        thing = f"organisation:{organisation}"
        check_can_administer(by, at, thing=thing)
        check_period(from_on, until_on)
        row = _one(Organisation, organisation)
        if row.is_home and until_on is not None:
            raise NotNow("The authority that runs this installation cannot be ended here.")
        row.change(version=version, name=name, code=code, from_on=from_on, until_on=until_on)
        _keep(by, at, thing, "organisation-changed", name=name, code=code, until_on=until_on)
    return row


def open_team(
    *, by: Actor, at: datetime, organisation: int, name: str, email: str = "", phone: str = "", from_on: date
) -> Team:
    """This will add a team to an organisation."""
    with acting_as(by), _named_once("This organisation has a team of this name already."):
        check_can_administer_organisation(by, at, organisation, thing="team:new")
        of = _one(Organisation, organisation)
        made = Team.objects.create(organisation=of, name=name, email=email, phone=phone, from_on=from_on)
        _keep(by, at, f"team:{made.pk}", "team-opened", name=name)
    return made


def change_team(
    *,
    by: Actor,
    at: datetime,
    team: int,
    version: int,
    name: str,
    email: str,
    phone: str,
    from_on: date,
    until_on: date | None,
) -> Team:
    """This will change what is written of a team, or when it began and ended; not while posts in it go on."""
    with acting_as(by), _named_once("This organisation has a team of this name already."):
        thing = f"team:{team}"
        row = _one(Team, team)
        check_can_administer_organisation(by, at, row.organisation_id, thing=thing)
        check_period(from_on, until_on)
        if until_on is not None and row.posts.in_force(until_on).exists():
            raise RuleBroken("People hold posts in this team after that day: end those first.", field="until_on")
        row.change(version=version, name=name, email=email, phone=phone, from_on=from_on, until_on=until_on)
        _keep(by, at, thing, "team-changed", name=name, email=email, phone=phone, until_on=until_on)
    return row


def add_practitioner(
    *, by: Actor, at: datetime, details: Details, team: int, role: Role, from_on: date, until_on: date | None = None
) -> Practitioner:
    """This will add a practitioner with her first post."""
    with acting_as(by):
        row = _one(Team, team)
        check_can_administer_organisation(by, at, row.organisation_id, thing="practitioner:new")
        check_second_person(role, by=by, requested_by=None, practitioner=None)
        made = Practitioner.objects.create(**_fields(details))
        _keep(by, at, f"practitioner:{made.pk}", "practitioner-added", **_fields(details))
        _appoint(by, at, made.pk, row, role, from_on, until_on)
    return made


def change_practitioner(*, by: Actor, at: datetime, practitioner: int, version: int, details: Details) -> Practitioner:
    """This will change what is written of a practitioner."""
    with acting_as(by):
        row = _one(Practitioner, practitioner)
        check_can_administer_practitioner(by, at, practitioner)
        row.change(version=version, **_fields(details))
        _keep(by, at, f"practitioner:{practitioner}", "practitioner-changed", **_fields(details))
    return row


def appoint(
    *,
    by: Actor,
    at: datetime,
    practitioner: int,
    team: int,
    role: Role,
    from_on: date,
    until_on: date | None = None,
    requested_by: int | None = None,
) -> Post:
    """This will give a practitioner a post; one with a high role only where someone else had requested it."""
    with acting_as(by):
        _one(Practitioner, practitioner)
        row = _one(Team, team)
        if requested_by is None:
            check_can_administer_organisation(by, at, row.organisation_id, thing=f"practitioner:{practitioner}")
        check_not_oneself(by, at, practitioner)
        check_second_person(role, by=by, requested_by=requested_by, practitioner=practitioner)
        return _appoint(by, at, practitioner, row, role, from_on, until_on)


def end_post(*, by: Actor, at: datetime, post: int, version: int, until_on: date) -> Post:
    """This will end a post on a day; the day itself no longer belongs to it."""
    with acting_as(by):
        row = _one(Post, post)
        check_can_administer_practitioner(by, at, row.practitioner_id)
        check_period(row.from_on, until_on)
        if row.role == Role.ADMINISTRATOR and row.team.organisation.is_home:
            others = Post.objects.in_force(until_on).filter(role=Role.ADMINISTRATOR, team__organisation__is_home=True)
            if not others.exclude(pk=post).exists():
                raise NotNow("She is the last administrator: appoint another first.")
        row.change(version=version, until_on=until_on)
        _keep(by, at, f"practitioner:{row.practitioner_id}", "post-ended", post=post, until_on=until_on)
    return row


def record_qualification(
    *,
    by: Actor,
    at: datetime,
    practitioner: int,
    qualification: Qualification,
    from_on: date,
    until_on: date | None = None,
) -> HeldQualification:
    """This will record that a practitioner holds a qualification."""
    with acting_as(by):
        row = _one(Practitioner, practitioner)
        check_can_administer_practitioner(by, at, practitioner)
        check_period(from_on, until_on)
        made = HeldQualification.objects.create(
            practitioner=row, qualification=qualification, from_on=from_on, until_on=until_on
        )
        _keep(
            by,
            at,
            f"practitioner:{practitioner}",
            "qualification-recorded",
            qualification=qualification,
            from_on=from_on,
        )
    return made


def end_qualification(*, by: Actor, at: datetime, held: int, version: int, until_on: date) -> HeldQualification:
    """This will end a qualification on a day."""
    with acting_as(by):
        row = _one(HeldQualification, held)
        check_can_administer_practitioner(by, at, row.practitioner_id)
        check_period(row.from_on, until_on)
        row.change(version=version, until_on=until_on)
        _keep(by, at, f"practitioner:{row.practitioner_id}", "qualification-ended", held=held, until_on=until_on)
    return row


def _appoint(
    by: Actor, at: datetime, practitioner: int, team: Team, role: Role, from_on: date, until_on: date | None
) -> Post:
    check_period(from_on, until_on)
    check_held_at_home(role, is_home=team.organisation.is_home)
    if team.until_on is not None and (until_on is None or until_on > team.until_on):
        raise RuleBroken("The team ends before the post would.", field="team")
    begun = Post.objects.filter(practitioner=practitioner, team=team, role=role).exclude(until_on__lte=from_on)
    if begun.exists():
        raise RuleBroken("She holds this post already on that day or later.", field="from_on")
    made = Post.objects.create(practitioner_id=practitioner, team=team, role=role, from_on=from_on, until_on=until_on)
    thing = f"practitioner:{practitioner}"
    _keep(by, at, thing, "post-given", post=made.pk, team=team.pk, role=role, from_on=from_on, until_on=until_on)
    return made


def _one(model: type[Row], pk: int) -> Row:
    row = model._default_manager.filter(pk=pk).first()
    if row is None:
        raise NotFound(f"There is no such {model._meta.verbose_name}.")
    return row


def _fields(details: Details) -> dict[str, str]:
    return {name: getattr(details, name) for name in Details.__slots__}


def _keep(by: Actor, at: datetime, thing: str, purpose: str, **content: Any) -> None:
    write(by, at, [Line(Verb.ADMINISTERED, thing=thing, purpose=purpose, content=content or None)])


@contextmanager
def _named_once(sentence: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise RuleBroken(sentence, field="name") from None
