"""What takes two people is done by two people, once, in time, and not by whom it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import staff
from django.db import IntegrityError

from goldthread.agencies.models import Practitioner
from goldthread.agencies.vocabulary import Role
from goldthread.approvals import actions, kinds, queries
from goldthread.approvals.kinds import Kind
from goldthread.approvals.models import Approval
from goldthread.approvals.states import TRANSITIONS, WORDS, State
from goldthread.audit.models import Entry
from goldthread.kernel.acting import Actor, ActorKind, acting_as, system
from goldthread.kernel.errors import Denied, NotFound, NotNow, RuleBroken

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def as_(practitioner: Practitioner) -> Actor:
    return Actor(ActorKind.PRACTITIONER, practitioner.pk)


class Case:
    """Two administrators, and a thing that takes two people."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.possible = True
        self.first, self.second, self.about = (staff.practitioner(Role.ADMINISTRATOR) for _ in range(3))
        self.stranger = staff.practitioner(Role.SOCIAL_WORKER)

    def check(self, by: Actor, at: datetime, what: Any) -> None:
        if not self.possible:
            raise NotNow("It can no longer be done.")

    def perform(self, by: Actor, at: datetime, approval: Approval) -> None:
        self.done.append(approval.what["number"])

    def ask(self, by: Practitioner | None = None, key: str = "k1") -> Approval:
        return actions.ask(
            by=as_(by or self.first),
            at=NOW,
            kind="test",
            what={"number": 7},
            about=self.about.pk,
            because="Needed.",
            key=key,
        )

    def decide(self, approval: Approval, by: Practitioner, *, approve: bool = True, at: datetime = NOW) -> Approval:
        return actions.decide(by=as_(by), at=at, approval=approval.pk, approve=approve, reasons="Looked into it.")


@pytest.fixture
def case() -> Iterator[Case]:
    made = Case()
    administrators = frozenset({Role.ADMINISTRATOR})
    kinds.register(
        Kind(
            "test", "A test", administrators, administrators, timedelta(days=7),
            lambda what: f"Do {what['number']}.", made.check, made.perform,
        )
    )  # fmt: skip
    yield made
    del kinds.KINDS["test"]


def entries() -> list[tuple[str, bool]]:
    with acting_as(system("test")):
        return list(Entry.objects.order_by("seq").values_list("purpose", "refused"))


def test_another_approves_and_it_is_done_once(case: Case) -> None:
    asked = case.ask()
    assert case.done == []
    for _ in range(2):
        assert case.decide(asked, case.second).state == State.APPROVED
    assert case.done == [7]
    assert entries() == [("approval-asked-for", False), ("approval-approved", False)]


def test_another_refuses_and_nothing_is_done(case: Case) -> None:
    asked = case.ask()
    case.decide(asked, case.second, approve=False)
    with pytest.raises(NotNow):
        case.decide(asked, case.second)
    assert case.done == []


@pytest.mark.parametrize("who", ["first", "about", "stranger"])
def test_who_asked_whom_it_is_about_and_who_is_not_qualified_cannot_decide(case: Case, who: str) -> None:
    asked = case.ask()
    with pytest.raises(Denied):
        case.decide(asked, getattr(case, who))
    assert case.done == []
    asked.refresh_from_db()
    assert asked.state == State.ASKED_FOR
    assert entries()[-1] == ("", True), "the attempt is kept"


def test_the_database_itself_refuses_the_same_person_twice(case: Case) -> None:
    asked = case.ask()
    with pytest.raises(IntegrityError), acting_as(as_(case.first)):
        Approval.objects.filter(pk=asked.pk).update(state=State.APPROVED, decided_by=case.first, decided_at=NOW)


@pytest.mark.parametrize("who", ["about", "stranger"])
def test_nobody_asks_for_herself_or_beyond_her_post(case: Case, who: str) -> None:
    with pytest.raises(Denied):
        case.ask(getattr(case, who))
    assert not Approval.objects.exists()


def test_asked_twice_by_one_form_it_is_one(case: Case) -> None:
    assert case.ask().pk == case.ask().pk
    with pytest.raises(Denied):
        case.ask(case.second)
    assert Approval.objects.count() == 1


def test_it_lapses(case: Case) -> None:
    asked = case.ask()
    with pytest.raises(NotNow, match="lapsed"):
        case.decide(asked, case.second, at=NOW + timedelta(days=7))
    assert case.done == []
    assert queries.one_for(as_(case.first), NOW + timedelta(days=7), asked.pk).state is State.LAPSED


def test_what_became_impossible_is_not_approved(case: Case) -> None:
    asked = case.ask()
    case.possible = False
    with pytest.raises(NotNow):
        case.decide(asked, case.second)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by_id) == (State.ASKED_FOR, None)


def test_who_asked_may_take_it_back_and_nobody_else(case: Case) -> None:
    asked = case.ask()
    with pytest.raises(Denied):
        actions.withdraw(by=as_(case.second), at=NOW, approval=asked.pk)
    actions.withdraw(by=as_(case.first), at=NOW, approval=asked.pk)
    with pytest.raises(NotNow):
        case.decide(asked, case.second)


def test_reasons_are_asked_for(case: Case) -> None:
    asked = case.ask()
    with pytest.raises(RuleBroken):
        actions.decide(by=as_(case.second), at=NOW, approval=asked.pk, approve=True, reasons="  ")


def test_each_sees_what_she_may_take_part_in(case: Case) -> None:
    asked = case.ask()
    assert [one.mine for one in queries.open_for(as_(case.first), NOW)] == [True]
    assert [one.sentence for one in queries.open_for(as_(case.second), NOW)] == ["Do 7."]
    assert queries.open_for(as_(case.about), NOW) == queries.open_for(as_(case.stranger), NOW) == []
    with pytest.raises(NotFound):
        queries.one_for(as_(case.stranger), NOW, asked.pk)
    case.decide(asked, case.second)
    assert queries.open_for(as_(case.second), NOW) == []
    assert [one.state for one in queries.decided_for(as_(case.second), NOW)] == [State.APPROVED]


def test_every_state_has_words_and_a_place_among_the_transitions() -> None:
    assert set(WORDS) == set(TRANSITIONS) == set(State)
