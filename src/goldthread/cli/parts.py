"""Work in several processes at once: each is forked, tells what it finds through a pipe, and is heard in its turn.

Forking is safe on Linux and costs milliseconds: what was read before is shared, and nothing is sent but what is found.
A process that tells waits while nobody hears it, so memory stays flat; it ends by itself when the one who asked has gone.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BufferedReader
from itertools import cycle, islice
from typing import Any, NamedTuple, NoReturn, TypeVar

from goldthread.duties.refusal import Refused

T = TypeVar("T")
AVAILABLE = sys.platform == "linux"
MOST = 8
FOUND, RAISED, ENDED = range(3)


class _Process(NamedTuple):
    pid: int
    told: BufferedReader


def processors() -> int:
    """Say how many processes can run at once, and at most 8: each needs memory of its own."""
    return min(MOST, len(os.sched_getaffinity(0))) if sys.platform == "linux" else 1


@contextmanager
def in_turn(work: Callable[[int], Iterator[T]], number: int, what: str) -> Iterator[Iterator[T]]:
    """Give what `work(0)` … `work(number - 1)` give, each in a process: the first of each, then the second of each …

    All have to come to their end at the same turn. `what` names in a refusal what is worked on. An error in a process
    is raised here at its turn; whatever happens, no process is left when the block ends.
    """
    processes: list[_Process] = []
    # Ctrl-C is for the one who asked; a process must not hear it before it has been told to let it pass.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        try:
            for which in range(number):
                processes.append(_start(work, which, before))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        yield _heard(processes, what)
    finally:
        for pid, told in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
            told.close()


def _start(work: Callable[[int], Iterator[Any]], which: int, mask: set[int | signal.Signals]) -> _Process:
    hears, tells = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            os.close(hears)  # else it would not notice when the one who asked has gone
            _tell(work(which), tells)
        finally:
            os._exit(1)  # a process that was lost, unless it has ended before; nothing of the other's may run here
    os.close(tells)
    return _Process(pid, os.fdopen(hears, "rb"))


def _tell(found: Iterator[Any], tells: int) -> NoReturn:
    """Tell everything that is found, and how it ended, as long as somebody hears it; then end this process."""
    with os.fdopen(tells, "wb") as out:

        def tell(message: tuple[int, Any]) -> None:
            out.write(pickle.dumps(message))
            out.flush()

        try:
            for one in found:
                tell((FOUND, one))
            tell((ENDED, None))
        except BrokenPipeError:
            os._exit(0)
        except Exception as error:  # noqa: BLE001  # whatever it is, the one who asked raises it
            error.add_note(traceback.format_exc())
            tell((RAISED, error))
    os._exit(0)


def _heard(processes: Sequence[_Process], what: str) -> Iterator[Any]:
    turns = cycle(processes)
    for process in turns:
        kind, found = _next(process, what)
        if kind == ENDED:
            break
        yield found
    for process in islice(turns, len(processes) - 1):
        if _next(process, what)[0] != ENDED:
            raise Refused(f"{what}: has changed while it was read; what was said so far is not the whole answer")


def _next(process: _Process, what: str) -> tuple[int, Any]:
    try:
        message: tuple[int, Any] = pickle.load(process.told)  # noqa: S301  # from our own process, never from a file
    except (EOFError, pickle.UnpicklingError):
        raise Refused(
            f"{what}: a process that was answering a part of it was lost{_how(process.pid)}; what was said so far is "
            "not the whole answer. If memory is short, --processes 1 needs the least"
        ) from None
    if message[0] == RAISED:
        raise message[1]
    return message


def _how(pid: int) -> str:
    """Say how a process ended, and leave it to be cleared away later."""
    with suppress(ChildProcessError):
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        if ended is not None and ended.si_code != os.CLD_EXITED:
            return f" (ended by signal {ended.si_status})"
    return ""
