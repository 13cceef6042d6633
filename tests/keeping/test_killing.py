"""What was said to be written is there after any kill, and nothing is there by half."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from cluster import Cluster
from installation import WRITERS, Site, Writers, everything_said_is_kept

KILLS = 25
SERVER_KILLS = 12
LEAST = 2_000  # acknowledged writes, below which the test would say little
PATIENCE = 400  # seconds in which that many have to be written

pytestmark = pytest.mark.slow


def enough(writers: Writers, kills: int) -> Iterator[int]:
    """Count the kills, and go on where a busy machine has written less meanwhile than would say anything."""
    until = time.monotonic() + PATIENCE
    for kill in count():
        if kill >= kills and (len(writers.acknowledged) > LEAST or time.monotonic() > until):
            return
        yield kill


def kill_writers(site: Site, kills: int = KILLS) -> list[str]:
    chance = random.Random(0)
    writers = Writers(site)
    try:
        for _ in enough(writers, kills):
            writers.tell("go")
            time.sleep(chance.uniform(0.1, 1.0))
            writers.tell("kill")
    finally:
        writers.end()
    return writers.acknowledged


def test_writers_on_sqlite_are_killed_again_and_again(tmp_path: Path) -> None:
    site = Site(tmp_path)
    said = kill_writers(site)
    everything_said_is_kept(site, said)
    assert len(said) > LEAST


def test_writers_on_postgresql_are_killed_again_and_again(server: Cluster, tmp_path: Path) -> None:
    server.ask("CREATE DATABASE writers_killed")
    site = Site(tmp_path, server.url("writers_killed"))
    said = kill_writers(site)
    everything_said_is_kept(site, said)
    assert len(said) > LEAST


def test_the_postgresql_server_is_killed_again_and_again(server: Cluster, tmp_path: Path) -> None:
    server.ask("CREATE DATABASE server_killed")
    site = Site(tmp_path, server.url("server_killed"))
    chance = random.Random(1)
    writers = Writers(site)
    slowest = 0.0
    try:
        for _ in enough(writers, SERVER_KILLS):
            writers.tell("go")
            time.sleep(chance.uniform(0.5, 2))
            server.kill()
            began = time.monotonic()
            server.start()
            slowest = max(slowest, time.monotonic() - began)
            writers.tell("kill")
    finally:
        writers.end()
    everything_said_is_kept(site, writers.acknowledged)
    assert len(writers.acknowledged) > LEAST
    assert slowest < 10, "the server was away for long"


def test_the_test_itself_notices_a_write_that_is_lost(tmp_path: Path) -> None:
    site = Site(tmp_path)
    code = site.run(str(WRITERS), "one").strip()
    everything_said_is_kept(site, [code])
    with pytest.raises(AssertionError, match="acknowledged and lost"):
        everything_said_is_kept(site, [code, "0000-0000-0"])
