"""Whatever is recorded, corrected and withdrawn, in any order, columns are the fold of what stands, on every sibling's record."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from chronicles import NOW, TODAY, changing, opened, records, worker
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test
from nets import nets_lifted

from goldthread.chronology import actions, queries, verifying
from goldthread.chronology.models import Event, Summary
from goldthread.chronology.summary import Folded, fold
from goldthread.kernel.acting import acting_as, system

pytestmark = pytest.mark.django_db(transaction=True)

KINDS: list[tuple[str, dict[str, Any]]] = [
    ("child-seen", {"alone": True}),
    ("child-seen", {"alone": False}),
    ("referral-received", {}),
    ("referral-decided", {"outcomes": ["no-further-action"]}),
    ("case-closed", {}),
    ("case-reopened", {}),
    ("conference-held", {"type": "initial", "outcome": "plan"}),
    ("conference-held", {"type": "review", "outcome": "ended"}),
    ("plan-ended", {"reason": "no-longer-at-risk"}),
    ("assessment-started", {}),
    ("assessment-completed", {}),
    ("strategy-discussion-held", {"section_47": True}),
    ("section-47-concluded", {"outcome": "substantiated"}),
    ("child-in-need-plan-made", {}),
    ("child-in-need-plan-ended", {}),
    ("case-note", {"text": "Ate well."}),
]
SAID = st.sampled_from(KINDS)
DAYS = st.one_of(st.none(), st.integers(0, 40).map(lambda back: TODAY - timedelta(days=back)))
WHO = st.sets(st.integers(0, 2), min_size=1)


class Model:
    """What the chronology should say, kept in the simplest way: by record, what stands."""

    def __init__(self) -> None:
        self.stands: list[dict[str, tuple[str, date | None, dict[str, Any]]]] = [{}, {}, {}]


class Histories(RuleBasedStateMachine):
    """Three siblings, and people who write about one, two or all of them, and are sometimes wrong."""

    facts = Bundle("facts")

    def __init__(self) -> None:
        super().__init__()
        self.who = worker()
        self.children = records(self.who, 3)
        self.at = NOW
        self.model = Model()
        self.known: list[tuple[datetime, list[Folded]]] = []

    def _now(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def _told(self) -> None:
        self.known.append((self.at, self._summaries()))

    @rule(target=facts, said=SAID, on=DAYS, whose=WHO)
    def record(self, said: tuple[str, dict[str, Any]], on: date | None, whose: set[int]) -> tuple[str, frozenset[int]]:
        kind, data = said
        with changing(self.who, [self.children[one] for one in sorted(whose)], self._now()) as several:
            fact = actions.record(several, kind=kind, on=on, data=data)
        for one in whose:
            self.model.stands[one][fact] = (kind, on, data)
        self._told()
        return fact, frozenset(whose)

    @rule(target=facts, fact=consumes(facts), on=DAYS, said=st.one_of(st.none(), SAID))
    def correct(
        self, fact: tuple[str, frozenset[int]], on: date | None, said: tuple[str, dict[str, Any]] | None
    ) -> tuple[str, frozenset[int]]:
        said_id, whose = fact
        with changing(self.who, [self.children[one] for one in sorted(whose)], self._now()) as several:
            if said is None:
                now = actions.correct(several, said_id=said_id, because="A slip.", on=on)
            else:
                now = actions.correct(several, said_id=said_id, because="A slip.", on=on, kind=said[0], data=said[1])
        for one in whose:
            kind, _, data = self.model.stands[one].pop(said_id)
            self.model.stands[one][now] = (kind, on, data) if said is None else (said[0], on, said[1])
        self._told()
        return now, whose

    @rule(fact=consumes(facts))
    def void(self, fact: tuple[str, frozenset[int]]) -> None:
        said_id, whose = fact
        with changing(self.who, [self.children[one] for one in sorted(whose)], self._now()) as several:
            actions.void(several, said_id=said_id, because="It never happened.")
        for one in whose:
            del self.model.stands[one][said_id]
        self._told()

    def _summaries(self) -> list[Folded]:
        found = []
        for child in self.children:
            with opened(self.who, child, self.at) as one:
                found.append(queries.summary(one))
        return found

    @invariant()
    def what_stands_is_what_was_said(self) -> None:
        for child, expected in zip(self.children, self.model.stands, strict=True):
            with opened(self.who, child, self.at) as one:
                facts = queries.facts(one)
                page = queries.timeline(one, limit=500)
                searched = queries.timeline(one, limit=500, text=" ")
                columns = queries.summary(one)
            said = {
                each.id: (
                    each.kind,
                    each.day and date.fromordinal(each.day),
                    {k: v for k, v in each.data.items() if k != "because"},
                )
                for each in facts
            }
            assert said == expected
            assert columns == fold(facts)
            assert {each.said_id for each in page.entries} == expected.keys()
            assert page == searched

    def teardown(self) -> None:
        assert list(verifying.faults()) == []
        for at, expected in self.known:
            for child, folded in zip(self.children, expected, strict=True):
                with opened(self.who, child, self.at) as one:
                    assert queries.summary(one, known_at=at) == folded


def test_columns_are_the_fold_of_what_stands_after_any_history() -> None:
    run_state_machine_as_test(Histories, settings=settings(max_examples=10, stateful_step_count=8, deadline=None))


def test_a_bare_update_is_caught() -> None:
    who = worker()
    (child,) = records(who)
    with changing(who, [child]) as several:
        actions.record(several, kind="child-seen", on=TODAY, data={"alone": True})
    assert list(verifying.faults()) == []
    with acting_as(system("tests")):
        Summary.objects.filter(record=child).update(seen_on=TODAY - timedelta(days=3))
    (fault,) = verifying.faults()
    assert fault.record == child.pk
    assert "seen_on" in fault.says
    with acting_as(system("tests")):
        Summary.objects.filter(record=child).delete()
    assert [one.record for one in verifying.faults()] == [child.pk]
    with changing(who, [child]) as several:
        actions.refold(several)
    assert list(verifying.faults()) == []
    with acting_as(system("tests")):
        Event.objects.filter(record=child).update(stands=False)
    assert {one.record for one in verifying.faults()} == {child.pk}


def test_siblings_that_disagree_are_caught() -> None:
    who = worker()
    children = records(who, 2)
    with changing(who, children) as several:
        actions.record(several, kind="child-seen", on=TODAY)
    assert list(verifying.faults()) == []
    with acting_as(system("tests")), nets_lifted():  # nothing that is shipped can do this
        Event.objects.filter(record=children[1]).update(on=TODAY - timedelta(days=1))
    assert any("another record" in one.says for one in verifying.faults())
