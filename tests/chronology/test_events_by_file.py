"""Facts taken in by the file: once each, with what could not be taken said, and the same whether previewed or done."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from chronicles import NOW, TODAY, changing, opened, records, worker
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.access import gate
from goldthread.agencies.models import Practitioner
from goldthread.chronology import actions, queries, sources, verifying
from goldthread.chronology.models import Event as EventRow
from goldthread.chronology.models import Load
from goldthread.chronology.summary import Folded
from goldthread.chronology.taking import Fact, Taken
from goldthread.clocks import verifying as clocks_verifying
from goldthread.clocks.models import Clock
from goldthread.duties.event import EVERYTHING, Event, Pattern, Source
from goldthread.kernel.acting import acting_as, looking_as, system
from goldthread.records.models import Record

pytestmark = pytest.mark.django_db
BY = system("load")
DAY = TODAY.toordinal()
RECORDED = 1_770_000_000_000_000  # in February 2026


def told(place: int, kind: str = "child-seen", **said: object) -> Event:
    return Event(f"E{place}", ("child:A",), kind, DAY - place, **said)  # type: ignore[arg-type]


def take(facts: list[Fact], load: Load | None = None, at: datetime = NOW) -> Taken:
    with gate.taking_in(by=BY, at=at) as taking:
        return actions.take_in(taking, load, facts)


def preview(facts: list[Fact]) -> Taken:
    with looking_as(BY):
        return queries.compare(facts)


def tally(taken: Taken) -> tuple[int, int, int, int, set[int]]:
    return taken.new, taken.same, taken.different, taken.unusable, taken.records


@pytest.fixture
def child() -> Record:
    return records(worker())[0]


def test_the_same_file_again_changes_nothing_and_more_of_it_is_added(child: Record) -> None:
    facts = [Fact(child.pk, told(place, data={"alone": True, "by": "x"})) for place in range(4)]
    assert tally(preview(facts)) == (4, 0, 0, 0, {child.pk})
    assert tally(take(facts)) == (4, 0, 0, 0, {child.pk})
    assert tally(preview(facts)) == tally(take(facts)) == (0, 4, 0, 0, set())
    turned = [fact._replace(event=fact.event._replace(data={"by": "x", "alone": True})) for fact in facts]
    assert tally(take(turned)) == (0, 4, 0, 0, set())
    assert tally(take([*facts, Fact(child.pk, told(9))])) == (1, 4, 0, 0, {child.pk})
    with acting_as(system("tests")):
        assert EventRow.objects.count() == 5
    assert list(verifying.faults()) == []


def test_what_is_there_and_says_otherwise_is_told_and_left(child: Record) -> None:
    take([Fact(child.pk, told(1)), Fact(child.pk, told(2, data={"alone": True}))])
    other = [Fact(child.pk, told(1, kind="case-note"), place="line 7"), Fact(child.pk, told(2, data={"alone": False}))]
    for found in (preview(other), take(other)):
        assert [(one.said_id, one.fields, one.place) for one in found.differences] == [
            ("E1", ("kind",), "line 7"),
            ("E2", ("data",), ""),
        ]
    twice = [Fact(child.pk, told(3)), Fact(child.pk, told(3)), Fact(child.pk, told(3, process="p"))]
    assert tally(preview(twice)) == tally(take(twice)) == (1, 1, 1, 0, {child.pk})


@pytest.mark.parametrize(
    "event",
    [
        told(1)._replace(id=""),
        told(1)._replace(id="x" * 201),
        told(1)._replace(kind="k" * 61),
        told(1)._replace(id="a\x00"),
        told(1)._replace(process="\ud800"),
        told(1)._replace(data={"text": "a\x00b"}),
        told(1)._replace(data={"text": "x" * 1_000_000}),
        told(1)._replace(data={"text": float("inf")}),
        told(1)._replace(data={"text": object()}),
        told(1)._replace(links=("a\x00",)),
        told(1)._replace(day=3),
        told(1)._replace(void=True),
        told(1)._replace(replaces="E1", recorded=RECORDED),
        told(1)._replace(replaces="E0"),
    ],
)
def test_what_cannot_be_kept_is_told_and_the_rest_is_taken(child: Record, event: Event) -> None:
    found = take([Fact(child.pk, event, place="line 2"), Fact(child.pk, told(5))])
    assert tally(found) == (1, 0, 0, 1, {child.pk})
    assert found.refusals[0].place == "line 2" and found.refusals[0].says.endswith(".")


def test_a_fact_of_no_record_is_told(child: Record) -> None:
    found = take([Fact(987_654, told(1))])
    assert [one.says for one in found.refusals] == ["There is no such record."]


def test_corrections_hold_whichever_file_or_order_they_come_in(child: Record) -> None:
    first = told(1, data={"alone": True})
    second = told(1)._replace(id="C1", day=DAY - 8, replaces="E1", recorded=RECORDED)
    third = told(1)._replace(id="C2", replaces="C1", void=True, recorded=RECORDED + 1)
    fork = told(1)._replace(id="C3", replaces="E1", recorded=RECORDED + 2)
    take([Fact(child.pk, second)])
    take([Fact(child.pk, first)])
    with acting_as(system("tests")):
        assert set(EventRow.objects.filter(stands=True).values_list("said_id", flat=True)) == {"C1"}
    take([Fact(child.pk, third)])
    with acting_as(system("tests")):
        assert set(EventRow.objects.filter(stands=True).values_list("said_id", flat=True)) == {"E1"}
    assert take([Fact(child.pk, fork)]).unusable == 1
    assert list(verifying.faults()) == []


def test_a_load_says_what_its_file_could_hold_and_is_noted_once(child: Record) -> None:
    source = Source(
        carries=frozenset({"child-seen", "referral-received"}),
        opens=DAY - 300,
        closes=DAY,
        whole=(Pattern("conference-held", (("type", frozenset({"initial"})),)),),
        last_before=(Pattern("plan-ended"),),
    )
    assert sources.read(sources.written(source)) == source
    assert sources.read(sources.written(EVERYTHING)) == EVERYTHING
    with gate.taking_in(by=BY, at=NOW) as taking:
        load = actions.begin_load(taking, name="census.xml", kind="census", sha256="a" * 64, source=source)
        again = actions.begin_load(taking, name="census.xml", kind="census", sha256="a" * 64, source=source)
        assert (load.pk, load.held_until) == (again.pk, TODAY)
        actions.take_in(taking, load, [Fact(child.pk, told(20, kind="referral-received", process="referral:1"))])
        assert not Clock.objects.filter(duty="referral.decide").exists()  # the file cannot say whether it was decided
    assert list(clocks_verifying.faults()) == []


def test_each_record_touched_is_audited_once_and_queries_do_not_grow(child: Record) -> None:
    who = worker()
    counts = []
    for number in (2, 30):
        children = records(who, number)
        facts = [Fact(one.pk, told(place)._replace(id=f"{number}.{place}")) for one in children for place in range(5)]
        with CaptureQueriesContext(connection) as asked:
            assert take(facts).new == number * 5
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_merged_records_are_folded_and_read_as_one_and_parted_again(child: Record) -> None:
    who = worker()
    one, other = records(who, 2)
    with changing(who, [one, other]) as several:
        actions.record(several, kind="child-seen", on=TODAY - timedelta(days=3))
    with changing(who, [other]) as several:
        actions.record(several, kind="referral-received", on=TODAY, process="referral:1")

    def moved(into: Record | None) -> None:
        with acting_as(BY):
            Record.objects.filter(pk=other.pk).update(merged_into=into)

    before = summary(who, one), summary(who, other)
    moved(one)
    assert {fault.record for fault in verifying.faults()} >= {one.pk}
    refold(who, one)
    assert list(verifying.faults()) == list(clocks_verifying.faults()) == []
    with opened(who, one) as record:
        assert [each.kind for each in queries.facts(record)] == ["child-seen", "referral-received"]
        assert len(queries.timeline(record).entries) == 2
        assert queries.summary(record).open_since == TODAY
    with acting_as(system("tests")):
        assert set(Clock.objects.values_list("record", flat=True)) == {one.pk}
    moved(None)
    refold(who, one, other)
    assert list(verifying.faults()) == list(clocks_verifying.faults()) == []
    assert (summary(who, one), summary(who, other)) == before


def summary(who: Practitioner, record: Record) -> Folded:
    with opened(who, record) as found:
        return queries.summary(found)


def refold(who: Practitioner, *several: Record) -> None:
    with changing(who, several) as found:
        actions.refold(found)
