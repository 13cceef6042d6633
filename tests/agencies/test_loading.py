"""All agencies are taken in at once; told again nothing is doubled, and what changed is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import staff
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.agencies.loading import KINDS, QUALIFICATIONS, take_in
from goldthread.agencies.models import HeldQualification, Organisation, Post, Practitioner, Team
from goldthread.agencies.permissions import can_administer
from goldthread.agencies.vocabulary import Role
from goldthread.invented.people import Agencies
from goldthread.invented.standing import demo
from goldthread.kernel.acting import Actor, ActorKind, system
from goldthread.kernel.errors import Denied

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 14, 9, tzinfo=UTC)
BY = system("load")


@pytest.fixture(scope="module")
def told() -> Agencies:
    return demo(on=date(2026, 5, 14), seed=1).agencies


def test_everything_that_is_told_is_there(told: Agencies) -> None:
    taken = take_in(by=BY, at=NOW, told=told)
    counts = [model.objects.count() for model in (Organisation, Team, Practitioner, Post)]
    assert counts == [len(told.organisations), len(told.teams), len(told.practitioners), len(told.posts)]
    assert Organisation.objects.get(is_home=True).name == told.organisations[0].name
    for one in told.cast:
        assert Practitioner.objects.filter(pk=taken.practitioners[one.practitioner]).exists()
    worker = next(one for one in told.practitioners if "social-work-qualified" in one.qualifications)
    assert HeldQualification.objects.filter(practitioner=taken.practitioners[worker.id]).exists()
    administrator = next(one.practitioner for one in told.cast if one.key == "administrator")
    assert can_administer(Actor(ActorKind.PRACTITIONER, taken.practitioners[administrator]), NOW)
    assert taken.not_taken == ["qualification practice-educator"]


def test_told_again_it_changes_nothing_and_costs_no_more(told: Agencies) -> None:
    with CaptureQueriesContext(connection) as first:
        one = take_in(by=BY, at=NOW, told=told)
    with CaptureQueriesContext(connection) as second:
        two = take_in(by=BY, at=NOW, told=told)
    assert (one.practitioners, one.teams, one.organisations) == (two.practitioners, two.teams, two.organisations)
    assert set(two.new.values()) == {0}
    assert len(second) <= len(first) < 40


def test_a_post_that_has_ended_since_ends_here(told: Agencies) -> None:
    taken = take_in(by=BY, at=NOW, told=told)
    running = next(one for one in told.posts if one.until_on is None)
    ended = replace(running, until_on=date(2026, 5, 1))
    take_in(by=BY, at=NOW, told=replace(told, posts=tuple(ended if one is running else one for one in told.posts)))
    post = Post.objects.get(practitioner=taken.practitioners[running.practitioner], from_on=running.from_on)
    assert (post.until_on, post.version) == (date(2026, 5, 1), 2)


def test_nobody_but_the_system_takes_it_in_since_it_could_give_high_roles(told: Agencies) -> None:
    for role in Role:
        with pytest.raises(Denied):
            take_in(by=Actor(ActorKind.PRACTITIONER, staff.practitioner(role).pk), at=NOW, told=told)


def test_every_kind_that_is_told_has_a_place(told: Agencies) -> None:
    assert {one.kind for one in told.organisations} <= KINDS.keys()
    assert {one for who in told.practitioners for one in who.qualifications} - QUALIFICATIONS.keys() == {
        "practice-educator"
    }
