"""When the disk is full everything stops with a sentence, nothing is there by half, and afterwards work goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster import NOBODY, NoPostgreSQL, cluster
from installation import WRITERS, Site, everything_said_is_kept

pytestmark = pytest.mark.slow


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 24 MB, where PostgreSQL's user can reach it."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    place = Path(tempfile.mkdtemp(prefix="goldthread-disk-"))
    place.chmod(0o755)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], check=False, capture_output=True
    )
    if mounted.returncode:
        place.rmdir()
        pytest.skip("a small disk cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)
    place.rmdir()


def write_until_full(site: Site) -> tuple[list[str], str]:
    """This will write record after record until that fails, and give what was acknowledged and what the end was."""
    done = subprocess.run(
        [sys.executable, WRITERS, "alone"], env=site.env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 9, done.stderr[-2000:]
    return [line.split()[1] for line in done.stdout.splitlines()], done.stderr.strip()


def fill(place: Path, left: int) -> Path:
    filler = place / "filler"
    with filler.open("wb") as out:
        out.write(b"\0" * (shutil.disk_usage(place).free - left))
    return filler


def test_sqlite_on_a_full_disk(small_disk: Path) -> None:
    site = Site(small_disk)
    filler = fill(small_disk, left=6_000_000)
    said, end = write_until_full(site)
    assert end in ("AuditUnavailable", "OperationalError")
    assert len(said) > 100
    filler.unlink()
    everything_said_is_kept(site, said)
    everything_said_is_kept(site, [*said, site.run(str(WRITERS), "one").strip()])


def test_postgresql_on_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    try:
        with cluster() as server:
            shutil.chown(small_disk, NOBODY)
            server.ask(f"CREATE TABLESPACE small LOCATION '{small_disk}'")
            server.ask("CREATE DATABASE disk_full TABLESPACE small")
            site = Site(tmp_path, server.url("disk_full"))
            filler = fill(small_disk, left=6_000_000)
            said, end = write_until_full(site)
            assert end in ("AuditUnavailable", "OperationalError")
            assert len(said) > 100
            filler.unlink()
            everything_said_is_kept(site, said)
            everything_said_is_kept(site, [*said, site.run(str(WRITERS), "one").strip()])
    except NoPostgreSQL as error:
        pytest.skip(str(error))
