"""Who has looked at a record: by pages, and by person and day with marks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.audit.queries import entries, who_looked
from goldthread.audit.rules import MANY_RECORDS, Mark
from goldthread.kernel.acting import Actor, ActorKind, acting_as, system

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WORKER = Actor(ActorKind.PRACTITIONER, 7, organisation=700)
STRANGER = Actor(ActorKind.PRACTITIONER, 8, organisation=800)


def does(by: Actor, at: datetime, *lines: Line) -> None:
    with acting_as(by):
        write(by, at, lines)


@pytest.mark.django_db
def test_pages_go_back_from_the_newest_without_a_gap() -> None:
    for n in range(7):
        does(WORKER, MONDAY + timedelta(minutes=n), Line(Verb.VIEWED, 5), Line(Verb.VIEWED, 6))
    with acting_as(system("a test")):
        first = entries(5, limit=3)
        second = entries(5, before=first.older, limit=3)
        third = entries(5, before=second.older, limit=3)
    assert [one.seq for page in (first, second, third) for one in page.entries] == [7, 6, 5, 4, 3, 2, 1]
    assert third.older is None


@pytest.mark.django_db
def test_a_purpose_is_shown_whether_it_is_a_word_or_a_person_s_own() -> None:
    does(WORKER, MONDAY, Line(Verb.VIEWED, 5, purpose="duty-call"))
    does(STRANGER, MONDAY, Line(Verb.VIEWED, 5, purpose="Her mother rang."))
    with acting_as(system("a test")):
        assert [one.purpose for one in entries(5).entries] == ["Her mother rang.", "duty-call"]
        assert [one.purpose for one in entries(5, practitioner=8).entries] == ["Her mother rang."]


@pytest.mark.django_db
def test_readings_are_by_person_and_day_with_what_is_unusual() -> None:
    does(WORKER, MONDAY, Line(Verb.VIEWED, 5, policy="open-1"))
    does(WORKER, MONDAY + timedelta(hours=2), Line(Verb.CHANGED, 5, policy="open-1"))
    does(WORKER, MONDAY + timedelta(days=1), Line(Verb.VIEWED, 5, policy="open-1"))
    does(STRANGER, MONDAY.replace(hour=22), Line(Verb.VIEWED, 5, refused=True))
    does(STRANGER, MONDAY.replace(hour=22), *[Line(Verb.VIEWED, 100 + n) for n in range(MANY_RECORDS)])
    does(system("clocks"), MONDAY.replace(hour=3), Line(Verb.CHANGED, 5))
    with acting_as(system("a test")), CaptureQueriesContext(connection) as asked:
        found = who_looked(5, since=MONDAY - timedelta(days=1), until=MONDAY + timedelta(days=2), same_family_name={8})
    assert len([one for one in asked if one["sql"].startswith("SELECT") and "audit_" in one["sql"]]) <= 3
    assert [(one.on.day, one.practitioner, one.verbs) for one in found] == [
        (3, 7, ("viewed",)),
        (2, 8, ("viewed",)),
        (2, 7, ("viewed", "changed")),
        (2, 0, ("changed",)),
    ]
    assert found[0].unusual == found[2].unusual == found[3].unusual == frozenset()
    assert found[1].unusual == {Mark.OUT_OF_HOURS, Mark.MANY_RECORDS, Mark.SAME_FAMILY_NAME, Mark.REFUSED}


@pytest.mark.django_db
@pytest.mark.parametrize("verb", [Verb.LISTED, Verb.FOUND])
def test_a_long_list_or_a_search_is_not_many_records(verb: Verb) -> None:
    does(STRANGER, MONDAY, Line(Verb.VIEWED, 7), *[Line(verb, 100 + n) for n in range(2 * MANY_RECORDS)])
    with acting_as(system("tests")):
        (found,) = who_looked(7, since=MONDAY - timedelta(days=1), until=MONDAY + timedelta(days=1))
    assert found.unusual == frozenset()
