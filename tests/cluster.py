#!/usr/bin/env python3
"""A PostgreSQL of the tests' own, in a folder and on a port that nobody else uses: `python tests/cluster.py COMMAND …`."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

SUPERUSER = "tests"
NOBODY = "nobody"  # PostgreSQL refuses to run as root


class NoPostgreSQL(Exception):
    """There is none on this machine, and it cannot be installed."""


def programs() -> Path:
    """This will find the folder of initdb and the rest, installing PostgreSQL where that is possible."""
    if not _found() and os.geteuid() == 0 and shutil.which("apt-get"):
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "postgresql"]):
            subprocess.run(
                ["apt-get", *words],
                check=False,
                stdout=sys.stderr,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )
    found = _found()
    if not found:
        raise NoPostgreSQL("PostgreSQL 15 or later is needed: on Debian or Ubuntu, apt-get install postgresql.")
    return found


def _found() -> Path | None:
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if newest:
        return newest[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class Cluster:
    """One server with its data, gone when it is closed. It keeps its promises about the disk: fsync stays on."""

    def __init__(self) -> None:
        """Make the data; the server is not started yet."""
        self.programs = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="goldthread-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, NOBODY)
        self.port = spare_port()
        self._as_nobody("initdb", "-D", self.data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    @property
    def data(self) -> str:
        """The folder of the data."""
        return str(self.folder / "data")

    def url(self, name: str = "goldthread", user: str = SUPERUSER) -> str:
        """This will give the address of a database in it."""
        return f"postgres://{user}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        self._as_nobody(
            "pg_ctl", "-D", self.data, "-o", options, "-l", str(self.folder / "log"), "-w", "-t", "60", "start"
        )

    def stop(self) -> None:
        """Stop it in order."""
        self._as_nobody("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def kill(self) -> None:
        """Kill every process of the server at once, as a power cut would, and wait until they are gone."""
        first = int((Path(self.data) / "postmaster.pid").read_text().split()[0])
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True, check=False)
        for process in [first, *map(int, found.stdout.split())]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        subprocess.run(["tail", f"--pid={first}", "-f", "/dev/null"], check=True, timeout=30)

    def ask(self, statement: str, name: str = "postgres", user: str = SUPERUSER) -> str:
        """This will run a statement and give what it says."""
        words = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement, self.url(name, user)]
        return subprocess.run(words, check=True, capture_output=True, text=True, timeout=60).stdout.strip()

    def close(self) -> None:
        """Stop it if it runs, and remove all of it."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _as_nobody(self, program: str, *words: str) -> None:
        who = ["setpriv", f"--reuid={NOBODY}", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        done = subprocess.run(
            [*who, str(self.programs / program), *words],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, program, stderr=done.stderr)


def spare_port() -> int:
    """This will find a port on which nobody answers."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """This will give a running cluster with an empty database `goldthread`, and take it away afterwards."""
    made = Cluster()
    try:
        made.start()
        made.ask("CREATE DATABASE goldthread")
        yield made
    finally:
        made.close()


def main(command: Sequence[str]) -> int:
    """Run a command with DATABASE_URL naming a cluster of its own."""
    try:
        with cluster() as made:
            print(f"PostgreSQL in {made.folder}, on port {made.port}, for as long as this runs", file=sys.stderr)
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": made.url()}, check=False).returncode
    except NoPostgreSQL as error:
        print(f"tests/cluster.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster goes too
    sys.exit(main(sys.argv[1:]))
