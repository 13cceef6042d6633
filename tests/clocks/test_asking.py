"""What clocks say of a record is what the engine says of the same facts from a file."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from authority_told import ON, Authority
from histories import as_ofs, children, corrected, sources
from hypothesis import given, settings
from lives import BY, Life, moment

from goldthread.access import gate
from goldthread.chronology import actions
from goldthread.chronology.rulebook import rulebook
from goldthread.chronology.taking import shared_out
from goldthread.chronology.writing import microseconds
from goldthread.clocks.asking import ask
from goldthread.duties.engine import evaluate
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.duties.findings import Finding, as_dict
from goldthread.kernel.acting import acting_as, system
from goldthread.records.models import Record, RecordKind

pytestmark = pytest.mark.django_db
EXAMPLES = settings(max_examples=40, deadline=None)


def said(finding: Finding, day: int) -> str:
    """A finding as it is published; whom it is about in no order."""
    told: dict[str, Any] = as_dict(finding, rulebook().rules, day)
    told["subject"] = None
    told["subjects"] = sorted(told["subjects"])
    return repr(told)


def of_file(
    events: list[Event], day: int, known_at: int | None, source: Source = EVERYTHING
) -> dict[str, Counter[str]]:
    """What the engine says of the facts, by child."""
    book = rulebook()
    found: dict[str, Counter[str]] = {}
    for finding in evaluate(events, day, known_at, book.rules, book.calendar, source):
        for subject in finding.subjects:
            if subject.startswith("child:"):
                found.setdefault(subject, Counter())[said(finding, day)] += 1
    return found


def of_records(records: list[int], day: int, known_at: Any = None, until: int | None = None) -> dict[str, Counter[str]]:
    """What clocks say, by child; of those that began by a day, where one is given."""
    with acting_as(system("tests")):
        asked = ask(records, date.fromordinal(day), known_at)
        codes = dict(Record.objects.filter(pk__in=records).values_list("pk", "code"))
    found: dict[str, Counter[str]] = {}
    for record, several in asked.items():
        for finding, _ in several:
            if until is None or finding.started is None or finding.started <= until:
                found.setdefault(f"child:{codes[record]}", Counter())[said(finding, day)] += 1
    return found


@given(children().flatmap(corrected), as_ofs(), as_ofs())
@EXAMPLES
def test_any_life_is_answered_as_from_a_file(events: list[Event], day: int, known: int) -> None:
    life = Life(events, day)
    assert (life.taken.same, life.taken.different, life.taken.unusable) == (0, 0, 0)
    assert of_records(life.ids, day) == of_file(life.events, day, None)
    at = moment(known)
    assert of_records(life.ids, day, at) == of_file(life.events, day, microseconds(at))


@given(children(), as_ofs(), sources())
@EXAMPLES
def test_what_a_file_could_not_hold_is_unknown_until_it_ends(events: list[Event], day: int, source: Source) -> None:
    life = Life(events, day, source)
    found = of_records(life.ids, day, until=source.closes)
    book = rulebook()
    expected: dict[str, Counter[str]] = {}
    for finding in evaluate(life.events, day, None, book.rules, book.calendar, source):
        if source.closes is None or finding.started is None or finding.started <= source.closes:
            for subject in finding.subjects:
                expected.setdefault(subject, Counter())[said(finding, day)] += 1
    assert found == expected


def test_an_authority_is_answered_as_from_its_file() -> None:
    authority = Authority(seed=5)
    told = authority.batches[:60]
    events = [event for one in told for event in one.events]
    with acting_as(system("tests")):
        records = {
            each.id: Record.objects.create(kind=RecordKind.CHILD, opened_on=each.opened_on)
            for one in told
            for each in one.records
        }
    names = {name: record.pk for name, record in records.items()}
    with gate.taking_in(by=BY, at=moment(ON.toordinal())) as taking:
        taken = actions.take_in(taking, None, shared_out(events, names))
    assert taken.new > 3_000
    codes = {name: f"child:{record.code}" for name, record in records.items()}
    own = [
        one._replace(subjects=tuple(codes.get(each, each) for each in one.subjects), data=_own(one, codes))
        for one in events
    ]
    for day in (ON.toordinal(), date(2025, 11, 3).toordinal()):
        expected = of_file(own, day, None)
        assert len(expected) > 50
        assert of_records(list(names.values()), day) == expected
    known = moment(date(2026, 1, 7).toordinal())
    assert of_records(list(names.values()), ON.toordinal(), known) == of_file(own, ON.toordinal(), microseconds(known))


def _own(event: Event, codes: dict[str, str]) -> dict[str, Any]:
    data = dict(event.data)
    if event.kind == "family-member":
        child = str(data.get("child"))
        child = child if child.startswith("child:") else f"child:{child}"
        data["child"] = codes.get(child, child)
    return data


def test_a_family_event_reaches_its_members_of_that_day_and_no_others() -> None:
    day = date(2025, 6, 2).toordinal()
    member = Event("m1", ("family:F",), "family-member", day, data={"child": "B", "from": "2025-06-10"})
    early = Event("e1", ("family:F",), "child-seen", day + 1)
    late = Event("e2", ("family:F",), "child-seen", day + 20)
    back = Event("e3", ("family:F",), "child-seen", day + 2, replaces="e2", recorded=microseconds(moment(day + 30)))
    facts = list(shared_out([member, early, late], {"child:A": 1, "child:B": 2}))
    assert [(one.record, one.event.id) for one in facts] == [(2, "m1"), (2, "e2")]
    corrected_ = list(shared_out([member, early, late, back], {"child:A": 1, "child:B": 2}))
    assert [(one.record, one.event.id, one.event.void) for one in corrected_] == [
        (2, "m1", False),
        (2, "e2", False),
        (2, "e3", True),
    ]
