"""Several processes that share the verifying find what one finds."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from attacks import ATTACKS, Attack, kept
from nets import nets_lifted

from goldthread.audit import sharing, verifying
from goldthread.audit.checkpoints import Point
from goldthread.audit.signing import Witnesses, public_file
from goldthread.audit.stretches import divide
from goldthread.audit.verifying import verify


def points(*latest: int) -> list[Point]:
    return [Point(number, "", entry, 1, 1, "", "", "") for number, entry in enumerate(latest, start=1)]


def test_stretches_end_at_checkpoints_and_hold_each_once() -> None:
    every = points(10, 20, 30, 40, 50, 60)
    found = divide(every, 70, 3)
    assert [(one.after, one.until) for one in found] == [(0, 20), (20, 50), (50, None)]
    assert [point for one in found for point in one.points] == every
    assert [len(one.points) for one in found] == [2, 3, 1]


@pytest.mark.parametrize(
    ("latest", "number"), [((), 4), ((10, 20, 30), 1), ((10, 30, 20), 3), ((10, 10, 20), 3), ((0, 10), 2)]
)
def test_what_cannot_be_divided_is_one_stretch_with_all_checkpoints(latest: tuple[int, ...], number: int) -> None:
    every = points(*latest)
    (found,) = divide(every, 40, number)
    assert (found.after, found.until, list(found.points)) == (0, None, every)


def test_more_processes_than_checkpoints_are_not_needed() -> None:
    assert len(divide(points(10, 20), 20, 8)) == 3


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch, transactional_db: None, history: Callable[[], None]) -> None:
    monkeypatch.setattr(verifying, "LEAST", 0)
    history()


def test_three_processes_find_that_all_holds(shared: None, key: Path) -> None:
    witnesses = Witnesses(public_file(key))
    alone, together = verify(kept(), witnesses), verify(kept(), witnesses, processes=3)
    assert together.holds
    assert asdict(together) == asdict(alone)
    assert together.entries == 36


@pytest.mark.parametrize("attack", dict.fromkeys(ATTACKS), ids=lambda attack: attack.__name__)
def test_three_processes_find_what_one_finds(shared: None, key: Path, attack: Attack) -> None:
    witnesses, before = Witnesses(public_file(key)), kept()
    with nets_lifted():
        attack(random.Random(3))
    alone, together = verify(before, witnesses), verify(before, witnesses, processes=3)
    assert not together.holds
    assert sorted(map(str, together.faults)) == sorted(map(str, alone.faults))
    assert (together.entries, together.chains, together.unsealed) == (alone.entries, alone.chains, alone.unsealed)


def test_a_process_that_is_lost_ends_the_verifying(shared: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_: str) -> None:
        raise SystemExit

    monkeypatch.setattr(sharing, "looking_beside", lost)
    with pytest.raises(RuntimeError, match="lost"):
        verify(kept(), processes=3)
