"""A live installation as docs/running.md says to make it is fit to be served, and any other is refused."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from cluster import Cluster, NoPostgreSQL, cluster, spare_port
from installation import Site

pytestmark = pytest.mark.slow

DOCUMENT = Path(__file__).parents[2] / "docs" / "running.md"
HOST = "goldthread.example"


class Live(NamedTuple):
    """A live installation, and the server that its database is in."""

    site: Site
    server: Cluster


def statements() -> list[str]:
    """The SQL that the document says to run."""
    block = re.search(r"^```sql\n(.*?)^```", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert block
    return [line for line in block[1].splitlines() if line.strip()]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("live")
    try:
        with cluster() as server:
            server.ask("DROP DATABASE goldthread")
            for statement in statements():
                server.ask(statement)
            site = Site(folder, server.url(user="goldthread_web"), migrated=False)
            site.env |= {
                "GOLDTHREAD_MODE": "live",
                "GOLDTHREAD_SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
                "GOLDTHREAD_HOSTS": HOST,
                "GOLDTHREAD_BEHIND_PROXY": "1",
                "GOLDTHREAD_SMTP": "smtps://mail.example",
                "GOLDTHREAD_CHECKPOINT_KEY": str(folder / "key"),
                "GOLDTHREAD_CHECKPOINTS": str(folder / "elsewhere.jsonl"),
            }
            site.goldthread("verify", "--make-key")
            with_owner(site, server).goldthread("migrate")
            yield Live(site, server)
    except NoPostgreSQL as error:
        pytest.skip(str(error))


def with_owner(site: Site, server: Cluster) -> Site:
    return changed(site, DATABASE_URL=server.url(user="goldthread_owner"))


def changed(site: Site, **settings: str) -> Site:
    other = Site(Path(site.env["GOLDTHREAD_DATA"]), migrated=False)
    other.env = {**site.env, **settings}
    return other


def test_it_is_fit_as_the_document_says(live: Live) -> None:
    assert live.site.goldthread("serve", "--check") == "Fit to be served.\n"
    checked = live.site.run(
        "-m", "django", "check", "--deploy", "--fail-level", "WARNING", "--settings=goldthread.config.settings"
    )
    assert "no issues" in checked


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"DATABASE_URL": ""}, "Live mode needs PostgreSQL"),
        ({"DATABASE_URL": "sqlite:///somewhere"}, "Live mode needs PostgreSQL"),
        ({"GOLDTHREAD_SECRET_KEY": ""}, "GOLDTHREAD_SECRET_KEY is not set"),
        ({"GOLDTHREAD_SECRET_KEY": "short"}, "too short"),
        ({"GOLDTHREAD_SECRET_KEY": "k" * 60}, "security.W009"),
        ({"GOLDTHREAD_HOSTS": ""}, "security.W020"),
        ({"GOLDTHREAD_CHECKPOINT_KEY": ""}, "no key that signs"),
        ({"GOLDTHREAD_CHECKPOINTS": ""}, "kept nowhere but in the database"),
        ({"GOLDTHREAD_CHECKPOINTS": "/nowhere/at/all"}, "cannot be written"),
    ],
)
def test_what_is_missing_is_refused(live: Live, settings: dict[str, str], said: str) -> None:
    assert said in changed(live.site, **settings).refused("serve", "--check")


@pytest.mark.parametrize(
    ("user", "said"),
    [("goldthread_owner", "owns tables"), ("tests", "is a superuser"), ("sees_all", "bypasses row-level security")],
)
def test_a_login_that_could_lift_the_nets_is_refused(live: Live, user: str, said: str) -> None:
    if user == "sees_all":
        live.server.ask("CREATE ROLE sees_all LOGIN BYPASSRLS IN ROLE goldthread_web")
    assert said in changed(live.site, DATABASE_URL=live.server.url(user=user)).refused("serve", "--check")


def test_a_key_that_others_can_read_is_refused(live: Live) -> None:
    key = Path(live.site.env["GOLDTHREAD_CHECKPOINT_KEY"])
    key.chmod(0o640)
    try:
        assert "can be read by others" in live.site.refused("serve", "--check")
    finally:
        key.chmod(0o600)


def test_a_server_that_does_not_wait_for_the_disk_is_refused(live: Live) -> None:
    live.server.ask("ALTER DATABASE goldthread SET synchronous_commit = off")
    try:
        assert "could lose what it has acknowledged" in live.site.refused("serve", "--check")
    finally:
        live.server.ask("ALTER DATABASE goldthread RESET synchronous_commit")


def test_a_way_to_the_database_that_may_be_open_is_refused(live: Live) -> None:
    # The server has no certificate, so it is only asked what the address says, not to answer.
    url = live.server.url(user="goldthread_web").replace("127.0.0.1", "localhost.localdomain")
    said = changed(live.site, DATABASE_URL=f"{url}?hostaddr=127.0.0.1").refused("serve", "--check")
    assert "goldthread.W001" in said


def ask(port: int, path: str, **headers: str) -> tuple[int, str, str]:
    """This will ask a page, and give the status, the text and where it sends people."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": HOST, **headers})

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    try:
        with urllib.request.build_opener(Stay).open(request, timeout=10) as answer:
            return answer.status, answer.read().decode(), ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers.get("Location", "")


def kept_for_good(port: int) -> None:
    """Every file that a page names has its hash in its name, and is there to be kept."""
    page = ask(port, "/sign-in/", **{"X-Forwarded-Proto": "https"})[1]
    named = re.findall(r'(?:href|src)="(/static/[^"]*)"', page)
    assert [one for one in named if "goldthread" in one]
    for one in named:
        assert re.search(r"\.[0-9a-f]{12}\.(css|js|svg)$", one), one
        url = f"http://127.0.0.1:{port}{one}"
        request = urllib.request.Request(url, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert "immutable" in answer.headers["Cache-Control"], one


def test_it_serves_and_its_worker_works(live: Live) -> None:
    port = spare_port()
    serving = subprocess.Popen(
        [sys.executable, "-m", "goldthread", "serve", "--port", str(port), "--processes", "2"],
        env=live.site.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        status, told = 0, ""
        for _ in range(100):
            try:
                status, told, _ = ask(port, "/readyz")
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        assert status == 200, told
        assert json.loads(told) == {"database": True, "tables": True, "audit": True}
        assert ask(port, "/healthz")[0] == 200
        kept_for_good(port)
        assert ask(port, "/nowhere")[2].startswith(f"https://{HOST}/"), "without TLS nothing is answered"
        assert ask(port, "/readyz", Host="elsewhere.example")[0] == 400
    finally:
        serving.send_signal(signal.SIGTERM)
        out, log = serving.communicate(timeout=40)
    assert serving.returncode == 0
    assert f"Serving on http://127.0.0.1:{port}" in out
    lines = [json.loads(line) for line in log.splitlines()]
    answered = [line for line in lines if line.get("says") == "answered"]
    assert {line.get("view") for line in answered} >= {"readyz", "healthz"}
    assert all(
        re.fullmatch(r"[0-9a-f]{32}", line["request"])
        for line in answered
        if line.get("view") == "readyz" and line["status"] == 200
    )

    assert "verify: All of" in live.site.goldthread("worker", "--once")
    assert "checkpoint" in live.site.goldthread("worker", "--list")
    working = subprocess.Popen(
        [sys.executable, "-m", "goldthread", "worker"], env=live.site.env, stdout=subprocess.PIPE, text=True
    )
    assert working.stdout
    assert working.stdout.readline().startswith("Working as ")
    working.send_signal(signal.SIGTERM)
    assert working.communicate(timeout=40)[0].endswith("Stopped.\n")
    assert working.returncode == 0


def test_tables_that_are_missing_are_refused(live: Live) -> None:
    live.server.ask("CREATE DATABASE without_tables OWNER goldthread_owner")
    site = changed(live.site, DATABASE_URL=live.server.url("without_tables", "goldthread_web"))
    assert "run `goldthread migrate` first" in site.refused("serve")
    assert "run `goldthread migrate` first" in site.refused("worker", "--once")
    assert "run `goldthread migrate` first" in site.refused("backup", "-o", "never-made")


def test_the_site_s_own_login_can_back_up(live: Live, tmp_path: Path) -> None:
    assert "rows of" in live.site.goldthread("backup", "-o", str(tmp_path / "file"))
    live.server.ask("CREATE DATABASE brought_back OWNER goldthread_owner")
    owner = changed(live.site, DATABASE_URL=live.server.url("brought_back", "goldthread_owner"))
    assert "Restored as of" in owner.goldthread("restore", str(tmp_path / "file"))
    live.server.ask("GRANT CONNECT ON DATABASE brought_back TO goldthread_web")
    site = changed(live.site, DATABASE_URL=live.server.url("brought_back", "goldthread_web"))
    assert site.goldthread("serve", "--check") == "Fit to be served.\n"
