"""Measures `goldthread check` on invented authorities of growing size, as whole processes; `bench/check` runs it.

Nothing here is asserted: a figure belongs to the machine that it was measured on, which is printed beside it.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from goldthread.duties import calendar, corrections, rules
from goldthread.duties.engine import Evaluator, with_families
from goldthread.duties.event import Event
from goldthread.duties.refusal import Refused
from goldthread.formats.reading import CensusReading, EventsReading, open_file

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
YEAR = 2026
RULES_OF_PEER = "cin2025_26"
ENGINE_CHILDREN = 20_000
RUNS, RUNS_WHEN_LARGE, LARGE = 3, 1, 100_000
BETWEEN_LOOKS = 0.03  # seconds between two looks at the memory of a run
MOST_FOR_PEER = 20_000
"""The open validator takes minutes for this many children."""


class Run(NamedTuple):
    """One measured size: seconds, and the peak of memory in megabytes."""

    seconds: float
    megabytes: float
    status: int


def main() -> int:
    """This will generate, measure and print."""
    parser = argparse.ArgumentParser(prog="bench/check", description="How long `goldthread check` takes.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="1,000 and 5,000 children only")
    size.add_argument("--full", action="store_true", help="600,000 children too: as many as in all England")
    parser.add_argument("--no-peer", action="store_true", help="leave the open validator out")
    asked = parser.parse_args()
    sizes = [1_000, 5_000] if asked.quick else [1_000, 5_000, 20_000, 100_000]
    if asked.full:
        sizes.append(600_000)
    machine()
    peer, why = (None, "left out, as asked") if asked.no_peer else find_peer()
    folder = Path(tempfile.mkdtemp(prefix="goldthread-bench-"))
    try:
        table(sizes, folder, peer)
        if peer is None:
            print(f"\nThe open validator: {why}.")
        engine_alone(sizes[-1] if asked.quick else ENGINE_CHILDREN, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def machine() -> None:
    """This will say on what the figures were measured."""
    model = platform.processor() or platform.machine()
    memory = ""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
        memory = f", {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
    except (OSError, ValueError):
        pass
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{model}, {os.cpu_count()} cores{memory}{load}; {platform.system()}, Python {platform.python_version()}")
    print(
        "Whole runs, wall time, median of 3 (1 from 100,000 children on); memory is the peak of all processes of a run"
        "\ntogether, what they share counted once.\n"
    )


def find_peer() -> tuple[Path | None, str]:
    """This will give the Python that holds the open validator, or None and why not."""
    found = subprocess.run([sys.executable, str(HERE / "peer.py")], capture_output=True, text=True, check=False)
    if found.returncode:
        return None, f"skipped ({found.stderr.strip() or 'it does not start'})"
    return Path(found.stdout.strip()), ""


def table(sizes: Sequence[int], folder: Path, peer: Path | None) -> None:
    """This will print one line for each size."""
    print(
        f"{'children':>9} {'file':>8} {'generate':>9} {'text on 1':>9} {'text':>8} {'JSON':>8} {'memory':>8} {'a second':>9}"
        f" {'growth':>7} {'validator':>10} {'ratio':>7}"
    )
    before: tuple[int, float] | None = None
    for children in sizes:
        target = folder / str(children)
        made = goldthread("generate", "--children", str(children), "--census-only", "-o", str(target), runs=1)
        census = target / f"census-{YEAR}.xml"
        if made.status or not census.exists():
            print(f"{children:>9,} could not be generated (status {made.status})")
            continue
        runs = RUNS_WHEN_LARGE if children >= LARGE else RUNS
        alone = goldthread("check", str(census), "--processes", "1", runs=runs)
        text = goldthread("check", str(census), runs=runs)
        whole = goldthread("check", str(census), "--format", "json", runs=runs)
        line = f"{children:>9,} {census.stat().st_size / 1e6:>5.1f} MB {made.seconds:>7.2f} s"
        line += f" {shown(alone, 7)} {shown(text)} {shown(whole)} {max(text.megabytes, whole.megabytes):>5.0f} MB"
        line += f" {children / text.seconds:>9,.0f}"
        line += f" {growth(before, children, alone.seconds):>7}"
        if peer is not None and children <= MOST_FOR_PEER:
            print(line, end="", flush=True)
            theirs = measure([str(peer), "-W", "ignore", "-m", "cin_validator", "run", str(census), "-r", RULES_OF_PEER, "-o"], 1, folder)  # fmt: skip
            line = f" {shown(theirs, 8)} {theirs.seconds / text.seconds:>6.0f}x"
        else:
            line += f" {'-':>10} {'-':>7}"
        print(line, flush=True)
        before = children, alone.seconds
        if children != ENGINE_CHILDREN:
            shutil.rmtree(target)
    print("\ntext on 1: as text, on one processor; text and JSON: on all, from 2 MB on. memory: the more of these two.")
    print(
        "a second: children answered as text, on all; growth: how many times longer for ten times the children, on one."
    )
    print("validator: the open census validator reading the same file, once; it answers other questions (is the")
    print(
        "return well formed and consistent), so the ratio compares two tools on one file (ours on all processors), not two engines."
    )


def shown(run: Run, width: int = 6) -> str:
    """This will show seconds, or that the run failed."""
    return f"{run.seconds:>{width}.2f} s" if run.status == 0 else f"{'failed':>{width + 2}}"


def growth(before: tuple[int, float] | None, children: int, seconds: float) -> str:
    """This will give how many times longer ten times the children would take, from two neighbouring sizes."""
    if before is None:
        return "-"
    times = children / before[0]
    return f"{(seconds / before[1]) * 10 / times:.1f}"


def goldthread(*arguments: str, runs: int) -> Run:
    """This will run the command as a process of its own."""
    return measure([sys.executable, "-P", "-m", "goldthread", *arguments], runs, None)


def measure(command: list[str], runs: int, folder: Path | None) -> Run:
    """This will run a command several times with its output thrown away: median seconds, greatest memory, worst status."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)} if folder is None else {**os.environ, "PYTHONPATH": ""}
    seconds, megabytes, statuses = [], [], []
    for _ in range(runs):
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=folder
        )
        memory = Memory(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds.append(time.perf_counter() - begun)
        megabytes.append(memory.peak() or used.ru_maxrss / (2**20 if sys.platform == "darwin" else 1024))
        statuses.append(process.returncode)
    return Run(statistics.median(seconds), max(megabytes), max(statuses, key=abs))


class Memory:
    """The memory of a run, looked at as long as it lasts."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most, self.over = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self._look)
        self.thread.start()

    def peak(self) -> float:
        """This will give the most megabytes that were seen; 0 where the system does not say (only Linux does)."""
        self.over.set()
        self.thread.join()
        return self.most / 1024

    def _look(self) -> None:
        while not self.over.wait(BETWEEN_LOOKS):
            self.most = max(self.most, sum(kilobytes(one) for one in family(self.pid)))


def family(pid: int) -> list[int]:
    """This will list a process and those that it has started."""
    try:
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    except OSError:
        return [pid]
    return [pid, *(each for one in started for each in family(int(one)))]


def kilobytes(pid: int) -> int:
    """This will give the memory of a process, with its part of what it shares; 0 where it has ended."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)


def engine_alone(children: int, folder: Path) -> None:
    """This will measure the engine on facts that are in memory already, without reading or printing."""
    print(f"\nThe engine alone, {children:,} children, facts in memory:")
    target = folder / "engine"
    goldthread("generate", "--children", str(children), "-o", str(target), runs=1)
    try:
        held = rules.load()
        days = calendar.load()
        census = open_file(target / f"census-{YEAR}.xml")
        if not isinstance(census, CensusReading) or census.reference_date is None:
            raise Refused("the census was not read as one")
        by_child = list(census.children())
        answering = Evaluator(held, days, census.reference_date.toordinal(), census.source)
        seconds, findings = timed(lambda: sum(len(answering.subject(subject, events)) for subject, events in by_child))
        report("census", sum(len(events) for _, events in by_child), findings, seconds)
        by_child.clear()
        told = open_file(target / "events.jsonl")
        if not isinstance(told, EventsReading):
            raise Refused("the events were not read as events")
        events: list[Event] = list(told.events())
        everyone = Evaluator(held, days, date(YEAR, 3, 31).toordinal(), told.source)

        def answered() -> int:
            corrections.check(events)
            standing = with_families(corrections.in_force(events))
            return sum(len(findings) for _, findings in everyone.each(standing))

        seconds, findings = timed(answered)
        report("events", len(events), findings, seconds)
        print(f"  for comparison, bare lxml passes over the census in {bare(target / f'census-{YEAR}.xml'):.2f} s")
    except Refused as refused:
        print(f"  not measured: {refused}")


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """This will give the median seconds of three goes, and what the last came to; the collector rests, as in `check`."""
    gc.freeze()
    gc.disable()
    seconds = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        came_to = work()
        seconds.append(time.perf_counter() - begun)
    gc.enable()
    return statistics.median(seconds), came_to


def bare(census: Path) -> float:
    """This will time the parser alone, child by child: what this machine takes where nothing is answered."""

    def passed() -> int:
        children = 0
        for _, element in etree.iterparse(str(census), tag="Child"):
            children += 1
            parent = element.getparent()
            element.clear(keep_tail=False)
            while parent is not None and element.getprevious() is not None:
                del parent[0]
        return children

    return timed(passed)[0]


def report(what: str, events: int, findings: int, seconds: float) -> None:
    """This will print one line."""
    print(f"  {what}: {events:,} events, {findings:,} findings, {seconds:.2f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
