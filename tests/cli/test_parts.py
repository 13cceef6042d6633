"""Processes are heard in turn, what goes wrong in one is known, and none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from goldthread.cli import parts
from goldthread.cli.parts import in_turn
from goldthread.duties.refusal import Refused

pytestmark = [
    pytest.mark.skipif(not parts.AVAILABLE, reason="processes are forked on Linux only"),
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),  # the tests' own runner has threads
]
Work = Callable[[int], Iterator[object]]


def runs(pid: int) -> bool:
    """Say whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def gone(pids: list[int]) -> bool:
    """Wait a little for processes to end."""
    until = time.monotonic() + 10
    while any(map(runs, pids)) and time.monotonic() < until:
        time.sleep(0.005)
    return not any(map(runs, pids))


def counting(lengths: list[int]) -> Work:
    return lambda which: ((which, place) for place in range(lengths[which]))


def endless(which: int) -> Iterator[object]:
    while True:
        yield os.getpid()


@pytest.mark.parametrize("lengths", [[3], [2, 2], [3, 2], [2, 2, 1], [1, 0, 0], [0, 0]])
def test_they_are_heard_in_turn(lengths: list[int]) -> None:
    with in_turn(counting(lengths), len(lengths), "FILE") as heard:
        found = list(heard)
    assert found == sorted(((which, place) for which, many in enumerate(lengths) for place in range(many)), key=lambda one: (one[1], one[0]))  # fmt: skip


@pytest.mark.parametrize("lengths", [[1, 3], [3, 1], [1, 1, 2], [0, 1]])
def test_parts_that_do_not_end_together_are_refused(lengths: list[int]) -> None:
    with in_turn(counting(lengths), len(lengths), "FILE") as heard, pytest.raises(Refused, match="FILE: has changed"):
        list(heard)


def test_what_is_found_may_be_large(tmp_path: Path) -> None:
    with in_turn(lambda which: iter([str(which) * 3_000_000]), 2, "FILE") as heard:
        assert list(heard) == ["0" * 3_000_000, "1" * 3_000_000]


def test_an_error_is_raised_at_its_turn() -> None:
    def work(which: int) -> Iterator[object]:
        yield "first"
        if which:
            raise Refused("FILE, child 3: no.")
        yield "second"
        yield "third"

    with in_turn(work, 2, "FILE") as heard:
        assert [next(heard) for _ in range(3)] == ["first", "first", "second"]
        with pytest.raises(Refused) as raised:
            next(heard)
    assert str(raised.value) == "FILE, child 3: no."
    assert "in work" in "".join(raised.value.__notes__), "a traceback of where it happened"


@pytest.mark.parametrize(("act", "how"), [(signal.SIGKILL, "signal 9"), (signal.SIGSEGV, "signal 11"), (None, "lost;")])
def test_a_process_that_is_lost_is_told(act: signal.Signals | None, how: str) -> None:
    def work(which: int) -> Iterator[object]:
        yield "first"
        if which:
            if act is None:
                os._exit(3)
            signal.signal(signal.SIGSEGV, signal.SIG_DFL)
            os.kill(os.getpid(), act)
        yield "second"

    with in_turn(work, 2, "FILE") as heard, pytest.raises(Refused) as raised:
        list(heard)
    said = str(raised.value)
    assert said.startswith("FILE: a process that was answering a part of it was lost") and how in said
    assert "not the whole answer" in said


def test_no_process_is_left_when_it_is_not_gone_through_to_the_end() -> None:
    with in_turn(endless, 3, "FILE") as heard:
        pids = [pid for pid in (next(heard), next(heard), next(heard)) if isinstance(pid, int)]
        assert len(set(pids)) == 3 and all(map(runs, pids))
    assert not any(map(runs, pids))


def test_an_interruption_is_for_the_one_who_asked() -> None:
    def work(which: int) -> Iterator[object]:
        os.kill(os.getpid(), signal.SIGINT)
        yield which

    with in_turn(work, 2, "FILE") as heard:
        assert list(heard) == [0, 1]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


ORPHANS = """
import os, sys, signal
from goldthread.cli.parts import in_turn
def work(which):
    yield os.getpid()
    while True:
        yield "x" * 10_000
with in_turn(work, 3, "FILE") as heard:
    print(*[next(heard) for _ in range(3)], flush=True)
    if sys.argv[1] == "wait":
        signal.pause()
    for _ in heard:
        pass
"""


@pytest.mark.parametrize("when", ["wait", "hear"])
def test_they_end_when_the_one_who_asked_is_killed(when: str) -> None:
    asking = subprocess.Popen([sys.executable, "-c", ORPHANS, when], stdout=subprocess.PIPE, text=True)
    with asking:
        assert asking.stdout is not None
        pids = [int(word) for word in asking.stdout.readline().split()]
        assert len(pids) == 3 and all(map(runs, pids))
        asking.kill()
    assert gone(pids)


def test_as_many_as_there_are_processors_and_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)))
    assert parts.processors() == parts.MOST
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {5})
    assert parts.processors() == 1
