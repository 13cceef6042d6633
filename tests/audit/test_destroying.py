"""What must lawfully go can go, by two people, and the chain still holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from goldthread.audit.destroying import destroy
from goldthread.audit.lines import INSTALLATION, Verb
from goldthread.audit.models import Content, Entry
from goldthread.audit.verifying import verify
from goldthread.kernel.acting import Actor, ActorKind, acting_as, system
from goldthread.kernel.errors import Denied, RuleBroken

AT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
OFFICER = Actor(ActorKind.PRACTITIONER, 8)


@pytest.mark.django_db
def test_two_people_destroy_content_and_the_chain_holds(history: Callable[[], None]) -> None:
    history()
    destroy(OFFICER, 9, AT, INSTALLATION, [3, 5], "A court ordered it.")
    found = verify()
    assert found.faults == []
    assert (found.contents, found.destroyed) == (12 - 2 + 2, 2)
    with acting_as(OFFICER):
        left = set(Content.objects.filter(entry__record=INSTALLATION).values_list("entry__seq", flat=True))
        told = Entry.objects.filter(verb=Verb.DESTROYED).order_by("seq")
        assert [(one.practitioner, one.thing) for one in told] == [
            (8, "content:3/second:9"),
            (8, "content:5/second:9"),
        ]
    assert not left & {3, 5}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("by", "second"), [(OFFICER, 8), (OFFICER, 0), (system("a job"), 9), (Actor(ActorKind.SYSTEM, 8), 9)]
)
def test_one_person_or_the_system_cannot(history: Callable[[], None], by: Actor, second: int) -> None:
    history()
    with pytest.raises(Denied):
        destroy(by, second, AT, INSTALLATION, [3], "I want to.")
    assert verify().contents == 12


@pytest.mark.django_db
@pytest.mark.parametrize(("entries", "because"), [([3, 99], "No."), ([], "No."), ([3], " ")])
def test_what_is_not_said_rightly_is_refused_whole(
    history: Callable[[], None], entries: list[int], because: str
) -> None:
    history()
    with pytest.raises(RuleBroken):
        destroy(OFFICER, 9, AT, INSTALLATION, entries, because)
    assert verify().contents == 12


@pytest.mark.django_db
def test_the_reason_of_a_destruction_cannot_be_destroyed(history: Callable[[], None]) -> None:
    history()
    destroy(OFFICER, 9, AT, INSTALLATION, [3], "A court ordered it.")
    with acting_as(OFFICER):
        place = Entry.objects.get(verb=Verb.DESTROYED).seq
    with pytest.raises(RuleBroken):
        destroy(OFFICER, 9, AT, INSTALLATION, [place], "Cover it up.")
