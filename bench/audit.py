"""Measures the audit on both databases: writing, checkpoints, verifying. `bench/audit [--entries N]` runs it.

Nothing here is asserted: a figure belongs to the machine that it was measured on.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent / "tests"
AT_A_TIME = (1, 50, 1_000)
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)


def main() -> int:
    """This will measure SQLite in a folder, and PostgreSQL in a cluster of its own."""
    parser = argparse.ArgumentParser(prog="bench/audit", description="How fast the audit is written and verified.")
    parser.add_argument("--entries", type=int, default=1_000_000, help="how many to verify (default: a million)")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        measure(asked.entries)
        return 0
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as folder:
        env = {**os.environ, "GOLDTHREAD_MODE": "development", "GOLDTHREAD_DATA": folder}
        env.pop("DATABASE_URL", None)
        inside = [sys.executable, __file__, "--inside", "--entries", str(asked.entries)]
        for around in ([], [sys.executable, str(TESTS / "cluster.py")]):
            done = subprocess.run([*around, *inside], env=env, check=False)
            if done.returncode:
                return done.returncode
    return 0


def measure(entries: int) -> None:
    """This will measure the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    import django  # noqa: PLC0415  # the settings are said first

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from goldthread.audit import checkpoints, sharing, signing  # noqa: PLC0415
    from goldthread.audit.actions import write  # noqa: PLC0415
    from goldthread.audit.lines import Line, Verb  # noqa: PLC0415
    from goldthread.audit.verifying import verify  # noqa: PLC0415
    from goldthread.kernel.acting import Actor, ActorKind, acting_as  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    chance = random.Random(1)
    by = Actor(ActorKind.PRACTITIONER, 77, 7, 3, session="a" * 32, request="b" * 32, address="192.0.2.1")
    signer = signing.signer(may_make=True)
    written = 0

    def add(number: int) -> None:
        nonlocal written
        records = [chance.randrange(1, entries // 20 + 2) for _ in range(number)]
        lines = [Line(Verb.VIEWED, one, "child", purpose="allocated", policy="open-involved") for one in records]
        with acting_as(by):
            write(by, FIRST + timedelta(seconds=written), lines)
        written += number

    print(f"\n{connection.vendor}")
    for number in AT_A_TIME:
        times = max(5, 2_000 // number)
        began = time.perf_counter()
        for _ in range(times):
            add(number)
        each = (time.perf_counter() - began) / times
        print(f"  {number:5,} lines in a transaction: {each * 1000:7.2f} ms, {number / each:9,.0f} lines a second")
    began = time.perf_counter()
    checkpoints.make(FIRST, signer)
    print(f"  a checkpoint over {written:,} entries: {(time.perf_counter() - began) * 1000:.0f} ms")
    while written < entries:
        add(1_000)
        if written % 50_000 == 0:
            checkpoints.make(FIRST, signer)
    checkpoints.make(FIRST, signer)
    for processes in (1, sharing.processors(), sharing.processors()):
        began, used = time.perf_counter(), time.process_time()
        report = verify((), signing.witnesses(), processes=processes)
        seconds = time.perf_counter() - began
        assert report.holds, report.faults[:3]
        print(
            f"  verifying {report.entries:,} entries in {report.chains:,} chains: {seconds:.2f} s, "
            f"{report.entries / seconds:,.0f} a second ({processes} processes; {time.process_time() - used:.2f} s of this one, "
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB)"
        )
    assert settings.CHECKPOINT_KEY


if __name__ == "__main__":
    sys.exit(main())
