"""Stretches verified side by side: each in a forked process that reads by a connection of its own, as of the same moment."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BufferedReader

from goldthread.audit.stretches import Passed, Progress, Stretch, walk
from goldthread.kernel.acting import looking_beside, moment

MOST = 8


def processors() -> int:
    """This will say how many processes can run at once; one, where forking is not safe."""
    return min(MOST, len(os.sched_getaffinity(0))) if sys.platform == "linux" else 1


def all_passed(stretches: Sequence[Stretch], progress: Progress, total: int) -> Iterator[Passed]:
    """This will give what each stretch came to, in their order; the first is walked here, the others beside it."""
    others = []
    seen = moment() if len(stretches) > 1 else ""
    try:
        others = [_begin(stretch, seen) for stretch in stretches[1:]]
        yield walk(stretches[0], progress, total // len(stretches))
        for _, told in others:
            yield _heard(told)
    finally:
        for process, told in others:
            told.close()
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)  # it has told all, or nobody waits for it any more
            with suppress(ChildProcessError):
                os.waitpid(process, 0)


def _begin(stretch: Stretch, seen: str) -> tuple[int, BufferedReader]:
    hears, tells = os.pipe()
    process = os.fork()
    if not process:
        try:
            os.close(hears)
            with looking_beside(seen):
                passed = walk(stretch, lambda _done, _total: None, 0)
            with os.fdopen(tells, "wb") as out:
                pickle.dump(passed, out)
            os._exit(0)
        finally:
            os._exit(1)  # it was lost; nothing of the process that it came from may run here
    os.close(tells)
    return process, os.fdopen(hears, "rb")


def _heard(told: BufferedReader) -> Passed:
    try:
        passed: Passed = pickle.load(told)  # noqa: S301  # from our own process, never from a file
    except (EOFError, pickle.UnpicklingError):
        raise RuntimeError("A process that was verifying was lost; nothing can be said of the whole.") from None
    return passed
