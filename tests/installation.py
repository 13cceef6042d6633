"""An installation of the tests' own, driven from outside, and what must be true of it after anything."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

WRITERS = Path(__file__).parent / "keeping" / "writers.py"
SOURCES = Path(__file__).parents[1] / "src"


class Site:
    """An installation of its own, driven from outside as its processes would be."""

    def __init__(self, folder: Path, url: str = "", *, migrated: bool = True) -> None:
        self.env = {
            key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        }
        self.env |= {"GOLDTHREAD_MODE": "test", "GOLDTHREAD_DATA": str(folder), "PYTHONPATH": str(SOURCES)}
        if url:
            self.env["DATABASE_URL"] = url
        self.url = url
        if migrated:
            self.goldthread("migrate")

    def goldthread(self, *words: str) -> str:
        return self.run("-m", "goldthread", *words)

    def refused(self, *words: str, status: int = 2) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "goldthread", *words],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=self.env, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run(str(WRITERS), "state"))
        return found


AT_ONCE = 4


class Writers:
    """Many processes that write, and what they said."""

    def __init__(self, site: Site) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(WRITERS), str(AT_ONCE)], env=site.env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.acknowledged: list[str] = []
        self.did: queue.Queue[str] = queue.Queue()
        self.listener = threading.Thread(target=self._listen)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            first, _, second = line.strip().partition(" ")
            if first == "did":
                self.did.put(second)
            else:
                self.acknowledged.append(second)

    def tell(self, word: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        assert self.did.get(timeout=60) == word

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self.tell("kill")
            self.tell("end")
        self.process.wait(30)
        self.listener.join(30)
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()


def everything_said_is_kept(site: Site, said: list[str]) -> None:
    assert len(said) == len(set(said))
    there = site.state()
    assert set(said) - set(there["codes"]) == set(), "acknowledged and lost"
    assert there["half"] == []
    assert there["whole"]
    assert "Everything holds" in site.goldthread("verify")
    print(f"{len(said)} acknowledged, {len(there['codes'])} there")
