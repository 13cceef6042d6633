"""Measures the pages on the county: each by itself, and with 50 people at once. `bench/pages [--quick]` runs it.

Server time is that of the whole site in this process, from the request to the last byte of its answer, without a network. Beside it
stands an empty page: one that is not there, which someone signed in asks for. The exit status is 1 where a page failed, or took
more queries than it may; a time belongs to the machine that it was measured on.
"""

from __future__ import annotations

import argparse
import http.client
import logging
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import county

PEOPLE = ("social-worker", "practice-supervisor", "assessment-worker", "service-manager", "partner-health")
AT_ONCE = 50
CHILD = re.compile(r'href="/children/([0-9A-Z-]{11})/')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Page(NamedTuple):
    """A page: what it is called, how many milliseconds 95 of a hundred may take at most, and how many queries."""

    name: str
    limit: int | None
    queries: int


EMPTY = Page("an empty page", None, 4)
WORK = Page("My work", 150, 30)
A_CHILD = Page("a child's page", 100, 44)
SEARCH = Page("search", 100, 40)


def main() -> int:
    """This will measure, print, and say by the exit status whether a page failed."""
    parser = argparse.ArgumentParser(prog="bench/pages", description="How long pages take on a county.")
    parser.add_argument("--quick", action="store_true", help="on a hundredth of it, a few seconds")
    asked = parser.parse_args()
    folder = county.begin(quick=asked.quick)
    logging.disable(logging.WARNING)  # that the empty page is not there is no news
    for line in county.said(county.made(folder, quick=asked.quick)):
        print(line)
    print(f"\n{'':16}{'median':>10}{'p95':>10}{'longest':>10}{'processor':>12}{'queries':>9}   limit of p95")
    failed = alone(rounds=40 if asked.quick else 400)
    failed += together(folder, seconds=5 if asked.quick else 60)
    return 1 if failed else 0


def alone(rounds: int) -> int:
    """This will measure each page by itself, and give how many failed."""
    from django.db import connection  # noqa: PLC0415  # Django is started by now
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    chance, words, failed = random.Random(1), names(), 0
    clients = []
    for person in PEOPLE:
        client = Client(HTTP_HOST="localhost")
        client.post("/sign-in/", {"person": person})
        codes = sorted(set(CHILD.findall(client.get("/my-work/").content.decode())))
        clients.append((client, codes))

    def asking(page: Page) -> Callable[[], Any]:
        client, codes = chance.choice(clients)
        if page is A_CHILD:
            client, codes = chance.choice([one for one in clients if one[1]])
            code = chance.choice(codes)
            return lambda: client.get(f"/children/{code}/")
        if page is SEARCH:
            name = chance.choice(words)
            return lambda: client.post("/search/", {"name": name})
        return lambda: client.get("/my-work/" if page is WORK else "/nothing-here/")

    for page in (EMPTY, WORK, A_CHILD, SEARCH):
        taken, worked, queries = [], [], []
        for number in range(rounds + 5):
            ask = asking(page)
            began, busy = time.perf_counter(), time.process_time()
            answer = ask()
            took, work = (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000
            if answer.status_code != (404 if page is EMPTY else 200):
                print(f"{page.name}: answered {answer.status_code}")
                failed += 1
            if number >= 5:  # the first ones load what all later ones have
                taken.append(took)
                worked.append(work)
        for _ in range(10):
            ask = asking(page)
            with CaptureQueriesContext(connection) as captured:
                ask()
            queries.append(len(captured))
        limit = f"{page.limit} ms" if page.limit else ""
        most = max(queries)
        times = "".join(f"{one:8.1f}ms" for one in (statistics.median(taken), p95(taken), max(taken)))
        print(f"{page.name:16}{times}{statistics.median(worked):10.1f}ms{most:9}   {limit}")
        if most > page.queries:
            print(f"{page.name}: {most} queries, and {page.queries} are allowed")
            failed += 1
    return failed


def names() -> list[str]:
    """This will give names to search for, as people type them."""
    from goldthread.kernel.acting import looking_as, system  # noqa: PLC0415
    from goldthread.people.models import PersonName  # noqa: PLC0415

    with looking_as(system("bench")):
        rows = list(PersonName.objects.exclude(family="").order_by("pk").values_list("given", "family")[:2000])
    random.Random(2).shuffle(rows)
    return [f"{given} {family}".strip() for given, family in rows[:200]]


def p95(taken: list[float]) -> float:
    """This will give the time that 95 of a hundred took at most."""
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * 0.95))]


def together(folder: Path, seconds: int) -> int:
    """This will have 50 people at once ask a server for pages, and give how many requests failed."""
    words = names()
    with serving(folder) as port:
        visitors = [Visitor(port, PEOPLE[number % len(PEOPLE)], words, number) for number in range(AT_ONCE)]
        for one in visitors:
            one.sign_in()
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=one.ask_until, args=(until,)) for one in visitors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    taken = [took for one in visitors for took in one.taken]
    errors = [error for one in visitors for error in one.errors]
    for error in sorted(set(errors))[:5]:
        print(f"failed: {error}")
    print(
        f"\n{AT_ONCE} people at once for {seconds} s, on {os.cpu_count()} processors which they share with the server: "
        f"{len(taken):,} pages, {len(taken) / seconds:.0f} a second, median {statistics.median(taken):.0f} ms, "
        f"p95 {p95(taken):.0f} ms, {len(errors)} failed"
    )
    return len(errors)


class Visitor:
    """Someone who signs in by one click and then asks for her work, a child and a search, over and over."""

    def __init__(self, port: int, person: str, words: list[str], seed: int) -> None:
        self.port, self.person, self.words, self.chance = port, person, words, random.Random(seed)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.codes: list[str] = []
        self.token = ""
        self.taken: list[float] = []
        self.errors: list[str] = []
        self.again = (
            0  # connections that the server had closed meanwhile, as it may: then one asks again, as browsers do
        )

    def sign_in(self) -> None:
        """This will become the person."""
        self.ask("GET", "/sign-in/")
        self.ask("POST", "/sign-in/", {"person": self.person})
        self.codes = sorted(set(CHILD.findall(self.ask("GET", "/my-work/"))))
        self.ask("GET", "/search/")
        self.taken.clear()

    def ask_until(self, until: float) -> None:
        """This will ask for one page after the other."""
        while time.monotonic() < until:
            drawn = self.chance.random()
            if drawn < 0.4 and self.codes:
                self.ask("GET", f"/children/{self.chance.choice(self.codes)}/")
            elif drawn < 0.8:
                self.ask("GET", "/my-work/")
            else:
                self.ask("POST", "/search/", {"name": self.chance.choice(self.words)})

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> str:
        """This will send one request, and keep how long it took."""
        body = None if fields is None else urlencode({**fields, "csrfmiddlewaretoken": self.token})
        headers = {"Host": "localhost", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://localhost/"}
        began = time.perf_counter()
        try:
            answer, text = self._answered(method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.errors.append(f"{method} /{path.split('/')[1]}/: {type(error).__name__}")
            self.connection.close()
            return ""
        self.taken.append((time.perf_counter() - began) * 1000)
        if answer.status >= 400:
            self.errors.append(f"{method} /{path.split('/')[1]}/: {answer.status}")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := TOKEN.search(text):
            self.token = found[1]
        return text

    def _answered(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, str]:
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.again += 1
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        return answer, answer.read().decode()


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """This will serve the county on a port of its own, and stop that server afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-P", "-m", "goldthread", "serve", "--port", str(port), "--processes", "2"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(60)


if __name__ == "__main__":
    raise SystemExit(main())
