"""Two people who have the same thing open never undo one another unseen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connections

from goldthread.agencies.models import Organisation
from goldthread.kernel.errors import Conflict, NotFound

PEOPLE = 4
SAVES = 25


@pytest.fixture
def council(transactional_db: None) -> Organisation:
    return Organisation.objects.create(kind="local-authority", name="0", from_on=date(2020, 1, 1))


def test_the_second_of_two_is_shown_both_texts_and_loses_neither(council: Organisation) -> None:
    hers = Organisation.objects.get(pk=council.pk)
    his = Organisation.objects.get(pk=council.pk)
    hers.change(version=hers.version, name="Hers", code="1")
    with pytest.raises(Conflict) as told:
        his.change(version=1, name="His", code="2")
    assert told.value.theirs == {"name": "Hers", "code": "1"}
    assert told.value.yours == {"name": "His", "code": "2"}
    assert told.value.version == his.version == 2
    his.change(version=told.value.version, name="Both", code="2")
    council.refresh_from_db()
    assert (council.name, council.version) == ("Both", 3)


def test_what_was_removed_meanwhile_is_told_as_that(council: Organisation) -> None:
    Organisation.objects.all().delete()
    with pytest.raises(NotFound):
        council.change(version=1, name="Hers")


def all_at_once(work: Callable[[], None]) -> None:
    faults: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as fault:  # noqa: BLE001  # a thread's fault is told to the test
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_of_many_who_save_at_once_no_save_is_lost(council: Organisation) -> None:
    accepted: list[int] = []
    conflicts: list[int] = []

    def work() -> None:
        for _ in range(SAVES):
            row = Organisation.objects.get(pk=council.pk)
            while True:
                try:
                    row.change(version=row.version, name=str(int(row.name) + 1))
                except Conflict as conflict:
                    conflicts.append(conflict.version)
                    row = Organisation.objects.get(pk=council.pk)
                else:
                    accepted.append(1)
                    break

    all_at_once(work)
    council.refresh_from_db()
    assert len(accepted) == PEOPLE * SAVES
    assert (council.name, council.version) == (str(len(accepted)), len(accepted) + 1)
    assert conflicts, "they never met, so this says nothing"


def test_saving_the_ordinary_way_would_have_lost_some(council: Organisation) -> None:
    together = threading.Barrier(PEOPLE, timeout=30)

    def work() -> None:
        row = Organisation.objects.get(pk=council.pk)
        together.wait()
        row.name = str(int(row.name) + 1)
        row.save()

    all_at_once(work)
    council.refresh_from_db()
    assert council.name == "1", "so the test above would notice"
