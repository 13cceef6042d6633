"""Administrators look after practitioners and teams of their own reach, never themselves, and each act leaves a trace."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import staff

from goldthread.agencies import actions, queries
from goldthread.agencies.actions import Details
from goldthread.agencies.models import Organisation, Post, Practitioner, Team
from goldthread.agencies.permissions import can_administer
from goldthread.agencies.vocabulary import HIGH_ROLES, OrganisationKind, Qualification, Role
from goldthread.audit.models import Entry
from goldthread.kernel.acting import Actor, ActorKind, acting_as, system
from goldthread.kernel.errors import Conflict, Denied, NotFound, NotNow, RuleBroken

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY, LATER = date(2026, 3, 2), date(2026, 6, 1)


def as_(practitioner: Practitioner) -> Actor:
    return Actor(ActorKind.PRACTITIONER, practitioner.pk)


@pytest.fixture
def administrator() -> Practitioner:
    return staff.practitioner(Role.ADMINISTRATOR)


@pytest.fixture
def trust() -> Team:
    return staff.team("Health visiting", staff.organisation(OrganisationKind.NHS_PROVIDER, "Anyshire Health"))


@pytest.fixture
def of_trust(trust: Team) -> Practitioner:
    """An administrator of a partner agency."""
    return staff.practitioner(Role.ADMINISTRATOR, within=trust)


def entries() -> list[tuple[str, str, bool]]:
    with acting_as(system("test")):
        return list(Entry.objects.order_by("seq").values_list("thing", "purpose", "refused"))


def test_she_adds_someone_with_her_first_post(administrator: Practitioner) -> None:
    details = Details(
        "Bea Lindqvist", title="Social worker", registered_with="Social Work England", registration="SW0000"
    )
    made = actions.add_practitioner(
        by=as_(administrator), at=NOW, details=details, team=staff.team().pk, role=Role.SOCIAL_WORKER, from_on=TODAY
    )
    assert [str(post) for post in queries.posts_held(made.pk, TODAY)] == ["Social worker"]
    assert queries.posts_held(made.pk, date(2026, 3, 1)) == []
    who = f"practitioner:{made.pk}"
    assert entries() == [(who, "practitioner-added", False), (who, "post-given", False)]


def test_two_who_change_the_same_person_both_see_both(administrator: Practitioner) -> None:
    worker = staff.practitioner(name="Bea Lindqvist")
    change = {"by": as_(administrator), "at": NOW, "practitioner": worker.pk, "version": 1}
    actions.change_practitioner(details=Details("Bea Lindqvist-Hale"), **change)  # type: ignore[arg-type]
    with pytest.raises(Conflict) as conflict:
        actions.change_practitioner(details=Details("Bea Hale"), **change)  # type: ignore[arg-type]
    assert (conflict.value.theirs["name"], conflict.value.yours["name"]) == ("Bea Lindqvist-Hale", "Bea Hale")
    assert len(entries()) == 1


def test_nobody_administers_herself(administrator: Practitioner) -> None:
    by, own = as_(administrator), administrator.pk
    post = administrator.posts.get()
    attempts = (
        lambda: actions.change_practitioner(by=by, at=NOW, practitioner=own, version=1, details=Details("X")),
        lambda: actions.appoint(
            by=by, at=NOW, practitioner=own, team=post.team_id, role=Role.SOCIAL_WORKER, from_on=TODAY
        ),
        lambda: actions.end_post(by=by, at=NOW, post=post.pk, version=1, until_on=LATER),
        lambda: actions.record_qualification(
            by=by, at=NOW, practitioner=own, qualification=Qualification.SOCIAL_WORK, from_on=TODAY
        ),
    )
    for attempt in attempts:
        with pytest.raises(Denied):
            attempt()
    assert all(refused for _, _, refused in entries()) and len(entries()) == len(attempts)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_administers(role: Role) -> None:
    by = as_(staff.practitioner(role))
    worker = staff.practitioner()
    assert not can_administer(by, NOW)
    attempts = (
        lambda: actions.open_organisation(by=by, at=NOW, kind=OrganisationKind.SCHOOL, name="A school", from_on=TODAY),
        lambda: actions.open_team(by=by, at=NOW, organisation=staff.organisation().pk, name="A team", from_on=TODAY),
        lambda: actions.change_practitioner(by=by, at=NOW, practitioner=worker.pk, version=1, details=Details("X")),
    )
    for attempt in attempts:
        with pytest.raises(Denied):
            attempt()


def test_a_post_that_ended_yesterday_administers_nothing(administrator: Practitioner) -> None:
    administrator.posts.update(until_on=TODAY)
    assert not can_administer(as_(administrator), NOW)


def test_a_partner_agency_looks_after_its_own_only(of_trust: Practitioner, trust: Team) -> None:
    by = as_(of_trust)
    nurse = actions.add_practitioner(
        by=by, at=NOW, details=Details("Comfort Ansah"), team=trust.pk, role=Role.PARTNER_PRACTITIONER, from_on=TODAY
    )
    actions.change_practitioner(by=by, at=NOW, practitioner=nurse.pk, version=1, details=Details("Comfort A. Ansah"))
    actions.open_team(by=by, at=NOW, organisation=trust.organisation_id, name="School nursing", from_on=TODAY)
    worker = staff.practitioner()
    both = staff.practitioner(within=trust)
    Post.objects.create(practitioner=both, team=staff.team(), role=Role.SOCIAL_WORKER, from_on=TODAY)
    attempts = (
        lambda: actions.change_practitioner(by=by, at=NOW, practitioner=worker.pk, version=1, details=Details("X")),
        lambda: actions.change_practitioner(by=by, at=NOW, practitioner=both.pk, version=1, details=Details("X")),
        lambda: actions.appoint(
            by=by, at=NOW, practitioner=nurse.pk, team=staff.team().pk, role=Role.SOCIAL_WORKER, from_on=TODAY
        ),
        lambda: actions.open_team(by=by, at=NOW, organisation=staff.organisation().pk, name="A team", from_on=TODAY),
        lambda: actions.change_organisation(
            by=by,
            at=NOW,
            organisation=trust.organisation_id,
            version=1,
            name="X",
            code="",
            from_on=TODAY,
            until_on=None,
        ),
    )
    for attempt in attempts:
        with pytest.raises(Denied):
            attempt()


@pytest.mark.parametrize("role", sorted(HIGH_ROLES))
def test_a_high_role_takes_two_people_who_are_not_its_holder(administrator: Practitioner, role: Role) -> None:
    first, worker = staff.practitioner(Role.ADMINISTRATOR), staff.practitioner()
    given = {"at": NOW, "practitioner": worker.pk, "team": staff.team().pk, "role": role, "from_on": TODAY}
    for by, requested_by in ((administrator, None), (administrator, administrator.pk), (administrator, worker.pk)):
        with pytest.raises(RuleBroken):
            actions.appoint(by=as_(by), requested_by=requested_by, **given)  # type: ignore[arg-type]
    with pytest.raises(Denied):
        actions.appoint(by=as_(worker), requested_by=first.pk, **given)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken):
        actions.add_practitioner(
            by=as_(administrator), at=NOW, details=Details("New"), team=staff.team().pk, role=role, from_on=TODAY
        )
    made = actions.appoint(by=as_(administrator), requested_by=first.pk, **given)  # type: ignore[arg-type]
    assert made.role == role


def test_the_last_administrator_keeps_her_post(administrator: Practitioner) -> None:
    post = administrator.posts.get()
    by = system("test")
    with pytest.raises(NotNow):
        actions.end_post(by=by, at=NOW, post=post.pk, version=1, until_on=LATER)
    staff.practitioner(Role.ADMINISTRATOR)
    actions.end_post(by=by, at=NOW, post=post.pk, version=1, until_on=LATER)


def test_no_post_is_held_twice_at_once(administrator: Practitioner) -> None:
    worker = staff.practitioner(until_on=LATER)
    again = {"by": as_(administrator), "at": NOW, "practitioner": worker.pk, "team": staff.team().pk}
    with pytest.raises(RuleBroken):
        actions.appoint(role=Role.SOCIAL_WORKER, from_on=TODAY, **again)  # type: ignore[arg-type]
    actions.appoint(role=Role.SOCIAL_WORKER, from_on=LATER, **again)  # type: ignore[arg-type]


def test_names_are_taken_once_and_nothing_half_done_is_left(administrator: Practitioner) -> None:
    with pytest.raises(RuleBroken) as broken:
        actions.open_organisation(
            by=as_(administrator), at=NOW, kind=OrganisationKind.LOCAL_AUTHORITY, name="Anyborough", from_on=TODAY
        )
    assert broken.value.field == "name"
    assert Organisation.objects.count() == 1 and entries() == []


def test_a_team_is_not_ended_under_those_who_work_in_it(administrator: Practitioner) -> None:
    team = staff.team()
    change = {"by": as_(administrator), "at": NOW, "team": team.pk, "name": team.name, "email": "", "phone": ""}
    with pytest.raises(RuleBroken):
        actions.change_team(version=1, from_on=staff.LONG_AGO, until_on=LATER, **change)  # type: ignore[arg-type]
    Post.objects.update(until_on=LATER)
    actions.change_team(version=1, from_on=staff.LONG_AGO, until_on=LATER, **change)  # type: ignore[arg-type]


def test_what_is_not_there_is_not_found(administrator: Practitioner) -> None:
    with pytest.raises(NotFound):
        actions.end_post(by=as_(administrator), at=NOW, post=10**6, version=1, until_on=LATER)
