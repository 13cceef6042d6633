"""My work: whose it is, in which order, what is said of it, and that only what may be opened stands there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from cast import NOW, TODAY, Cast, actor, another_record, cast, involve
from chronicles import changing, opened
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.audit.lines import Verb
from goldthread.audit.models import Entry
from goldthread.chronology import actions as chronology
from goldthread.clocks import queries
from goldthread.clocks.queries import Bucket, Due, Whose
from goldthread.duties.findings import State
from goldthread.kernel.acting import acting_as, system
from goldthread.records.models import Record, Restriction

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 4, 1, 9, tzinfo=UTC)


@pytest.fixture
def people() -> Cast:
    return cast()


def referred(people: Cast, record: Record, on: date, process: str) -> None:
    """A referral, decided the same day: an assessment is owed within 45 working days of it."""
    with changing(people.amira, [record]) as several:
        chronology.record(several, kind="referral-received", on=on, process=process)
        said = {"outcomes": ["child-in-need"], "qualified": True}
        chronology.record(several, kind="referral-decided", on=on, process=process, data=said)
        chronology.record(several, kind="referral-acknowledged", on=on, process=process)


def work(people: Cast, name: str = "amira", **asked: object) -> Due:
    return queries.due(by=actor(getattr(people, name)), at=NOW, **asked)  # type: ignore[arg-type]


def mine(people: Cast) -> Record:
    other = another_record()
    involve(other, people.amira)
    return other


def test_work_is_put_in_the_order_in_which_a_person_works_through_it(people: Cast) -> None:
    late, now = people.record, mine(people)
    referred(people, late, date(2026, 2, 2), "referral:1")
    with changing(people.amira, [now]) as several:
        chronology.record(several, kind="referral-received", on=TODAY - timedelta(days=1), process="referral:2")
    found = work(people)
    timed = [one for one in found.rows if one.due_on is not None]
    assert [(one.duty, one.bucket, one.state) for one in timed] == [
        ("assessment.conclude", Bucket.OVERDUE, State.OVERDUE),
        ("referral.acknowledge", Bucket.TODAY, State.DUE_SOON),
        ("referral.decide", Bucket.TODAY, State.DUE_SOON),
        ("assessment.conclude", Bucket.LATER, State.RUNNING),
    ][: len(timed)]
    first = timed[0]
    assert first.says.endswith(".") and first.cites and first.holder == "lead practitioner"
    assert first.days is not None and first.days < 0
    assert first.code == late.code
    assert any("45 working days after" in sentence for sentence, _ in first.working)
    assert found.total == len(found.rows) == sum(found.counts.values())
    assert {one.bucket for one in work(people, buckets=[Bucket.OVERDUE]).rows} == {Bucket.OVERDUE}
    assert {one.state for one in work(people, states=[State.DUE_SOON]).rows} == {State.DUE_SOON}
    assert {one.duty for one in work(people, text="decide next steps").rows} <= {"referral.decide"}
    assert {one.duty for one in work(people, duties=["referral.decide"]).rows} == {"referral.decide"}
    assert work(people, on=TODAY + timedelta(days=1)).counts[Bucket.OVERDUE] > found.counts[Bucket.OVERDUE]


def test_everybody_sees_what_is_hers_her_teams_and_her_agencys_and_no_more(people: Cast) -> None:
    referred(people, people.record, TODAY, "referral:1")
    hidden = another_record(Restriction.RESTRICTED, people.amira)
    involve(hidden, people.amira)
    referred(people, hidden, TODAY, "referral:2")
    both = {people.record.pk, hidden.pk}

    def seen(name: str, whose: Whose) -> set[int]:
        return {one.record for one in work(people, name, whose=whose).rows}

    assert seen("amira", Whose.ME) == both
    assert seen("cai", Whose.ME) == set()
    assert seen("cai", Whose.TEAM) == {people.record.pk}
    assert seen("bea", Whose.TEAM) == {people.record.pk}
    assert seen("dele", Whose.TEAM) == set()
    for name in ("hal", "gus", "kit"):
        assert seen(name, Whose.AGENCY) == set()
    with acting_as(system("tests")):
        listed = Entry.objects.filter(record=hidden.pk, verb=Verb.LISTED).values_list("practitioner", flat=True)
        assert set(listed) == {people.amira.pk}


def test_a_supervisor_sees_how_much_each_of_them_is_allocated(people: Cast) -> None:
    referred(people, people.record, date(2026, 2, 2), "referral:1")
    by = actor(people.bea)
    found = queries.loads(by=by, at=NOW, practitioners=[people.amira.pk, people.cai.pk])
    assert found[people.amira.pk].records == {people.record.pk}
    assert found[people.amira.pk].overdue == 1 <= found[people.amira.pk].open
    assert found[people.cai.pk].open == 0
    hers = queries.loads(by=actor(people.gus), at=NOW, practitioners=[people.amira.pk])
    assert hers[people.amira.pk].open == 0


def test_the_number_of_queries_does_not_grow_with_the_work(people: Cast) -> None:
    counts = []
    for number in (1, 6):
        for place in range(number):
            referred(people, mine(people), date(2026, 2, 2 + place), f"referral:{number}.{place}")
        with CaptureQueriesContext(connection) as asked:
            assert len(work(people).rows) > number
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_pages_of_a_list_join_without_gap_or_repetition(people: Cast) -> None:
    for place in range(5):
        referred(people, mine(people), date(2026, 2, 2 + place), f"referral:{place}")
    whole = work(people)
    parts = [work(people, page=page, limit=4) for page in range(1, whole.total // 4 + 2)]
    assert [one for part in parts for one in part.rows] == list(whole.rows)
    assert work(people, page=99, limit=4).page == parts[0].pages


def test_a_record_says_where_each_duty_stands_with_its_working_on_any_day(people: Cast) -> None:
    referred(people, people.record, date(2026, 2, 2), "referral:1")
    with opened(people.amira, people.record, NOW) as record:
        now = queries.of_record(record)
        before = queries.of_record(record, date(2026, 2, 3))
        never = queries.of_record(record, known_at=EARLIER)
    conclude = next(one for one in now if one.duty == "assessment.conclude")
    assert (conclude.state, conclude.open, conclude.late) == (State.OVERDUE, True, True)
    assert conclude.steps[0].statements == conclude.cites != ()
    assert conclude.start and conclude.steps[1].event == conclude.start
    assert now[0].open and not now[-1].open
    assert next(one for one in before if one.duty == "assessment.conclude").state is State.RUNNING
    assert never == []


def test_a_shared_answer_does_not_name_the_other_child(people: Cast) -> None:
    other = mine(people)
    with changing(people.amira, [people.record, other]) as several:
        chronology.record(several, kind="referral-received", on=TODAY, process="referral:1", data={"referrer": "known"})
    with opened(people.amira, people.record, NOW) as record:
        answers = queries.of_record(record)
    assert any(one.shared for one in answers)
    assert other.code not in repr(answers)


def test_asking_takes_as_many_queries_whatever_the_record_holds(people: Cast) -> None:
    counts = []
    for number in (1, 30):
        with changing(people.amira, [people.record]) as several:
            for place in range(number):
                chronology.record(several, kind="child-seen", on=TODAY - timedelta(days=place), data={"alone": True})
        with opened(people.amira, people.record, NOW) as record, CaptureQueriesContext(connection) as asked:
            queries.of_record(record)
        counts.append(len(asked))
    assert counts == [2, 2]
