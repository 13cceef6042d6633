"""A backup that is taken while people write comes back whole elsewhere, and nothing that was changed in it does."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tarfile
import time
from pathlib import Path

import pytest
from cluster import Cluster
from installation import WRITERS, Site, Writers

pytestmark = pytest.mark.slow

TABLES = ("records_record", "audit_entry", "audit_content", "audit_checkpoint")


def rows(site: Site, server: Cluster | None) -> dict[str, dict[str, str]]:
    """Each row of some tables, by its key, as a hash."""
    found = {}
    for table in TABLES:
        if server:
            told = server.ask(
                f"SELECT row_to_json(one)->>(CASE '{table}' WHEN 'audit_content' THEN 'entry_id' ELSE 'id' END) "
                f"|| ' ' || md5(one::text) FROM {table} AS one",
                site.url.rpartition("/")[2],
            )
            found[table] = dict(line.split(" ", 1) for line in told.splitlines())
            continue
        held = sqlite3.connect(Path(site.env["GOLDTHREAD_DATA"]) / "goldthread.sqlite3")
        found[table] = {
            str(one[0]): hashlib.sha256(repr(one).encode()).hexdigest()
            for one in held.execute(f"SELECT * FROM {table}")
        }
        held.close()
    return found


def back_up_while_writing(site: Site, file: Path) -> int:
    """This will write before, during and after the backup, and give how many writes it fell among."""
    writers = Writers(site)
    writers.tell("go")
    time.sleep(1.5)
    site.goldthread("worker", "--once")
    before = len(writers.acknowledged)
    site.goldthread("backup", "-o", str(file))
    during = len(writers.acknowledged) - before
    writers.end()
    assert before > 50
    return during


def came_back(site: Site, elsewhere: Site, file: Path, server: Cluster | None) -> None:
    said = elsewhere.goldthread("restore", str(file))
    assert "Everything holds" in said
    assert "Restored as of" in said
    assert "the public key is not here" in said
    assert "not signed with a key that is known here" in elsewhere.refused("verify", status=1)
    shutil.copy(Path(site.env["GOLDTHREAD_DATA"]) / "checkpoint-key.pub", elsewhere.env["GOLDTHREAD_DATA"])
    assert "Everything holds" in elsewhere.goldthread("verify")
    theirs, ours = rows(elsewhere, server), rows(site, server)
    for table in TABLES:
        latest = {}  # what restoring itself wrote into the audit of the place
        if table == "audit_entry":
            (key,) = sorted(theirs[table], key=int)[-1:]
            latest = {key: theirs[table].pop(key)}
        assert theirs[table].items() <= ours[table].items(), table
        assert len(theirs[table]) >= (1 if table == "audit_checkpoint" else 50), table
        assert len(latest) == (table == "audit_entry")
    state = elsewhere.state()
    assert state["half"] == []
    assert elsewhere.run(str(WRITERS), "one"), "the place restored is one to work in"
    assert "there is a database already" in elsewhere.refused("restore", str(file))


def test_sqlite_comes_back_whole(tmp_path: Path) -> None:
    site = Site(tmp_path / "here")
    file = tmp_path / "backup"
    during = back_up_while_writing(site, file)
    assert during > 20, "nobody wrote meanwhile, so this says little"
    assert file.stat().st_mode & 0o777 == 0o600
    came_back(site, Site(tmp_path / "there", migrated=False), file, None)
    assert "is there already" in site.refused("backup", "-o", str(file))


def test_postgresql_comes_back_whole(server: Cluster, tmp_path: Path) -> None:
    server.ask("CREATE DATABASE here")
    server.ask("CREATE DATABASE there")
    site = Site(tmp_path / "here", server.url("here"))
    file = tmp_path / "backup"
    during = back_up_while_writing(site, file)
    assert during > 20, "nobody wrote meanwhile, so this says little"
    came_back(site, Site(tmp_path / "there", server.url("there"), migrated=False), file, server)
    for name in ("here", "there"):  # the nets came with it
        laid = server.ask(
            "SELECT (SELECT count(*) FROM pg_policy), (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'A')", name
        )
        assert laid == server.ask(
            "SELECT (SELECT count(*) FROM pg_policy), (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'A')", "here"
        )
        assert not laid.startswith("0|")


def test_what_was_changed_in_a_backup_does_not_come_back(tmp_path: Path) -> None:
    site = Site(tmp_path / "here")
    site.run(str(WRITERS), "one")
    file = tmp_path / "backup"
    site.goldthread("backup", "-o", str(file))
    held = bytearray(file.read_bytes())
    held[-20_000] ^= 1
    (tmp_path / "damaged").write_bytes(held)
    (tmp_path / "cut").write_bytes(held[:30_000])
    (tmp_path / "nonsense").write_text("nonsense", encoding="ascii")
    elsewhere = Site(tmp_path / "there", migrated=False)
    assert "damaged" in elsewhere.refused("restore", str(tmp_path / "damaged"))
    for name in ("cut", "nonsense"):
        assert "no backup that can be read" in elsewhere.refused("restore", str(tmp_path / name))

    # Someone who knows how it is made changes a row and the hash of the file too; the audit shows it.
    with tarfile.open(file) as archive:
        archive.extractall(tmp_path, filter="data")
    forged = sqlite3.connect(tmp_path / "goldthread.sqlite3")
    (trigger,) = forged.execute("SELECT name FROM sqlite_master WHERE name = 'audit_entry_kept_update'").fetchone()
    forged.execute(f"DROP TRIGGER {trigger}")
    forged.execute("UPDATE audit_entry SET practitioner = 99 WHERE record > 0")
    forged.commit()
    forged.close()
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    manifest["sha256"] = hashlib.sha256((tmp_path / "goldthread.sqlite3").read_bytes()).hexdigest()
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(tmp_path / "forged", "w") as archive:
        for name in ("manifest.json", "goldthread.sqlite3"):
            archive.add(tmp_path / name, name)
    assert "does not follow from the entry before it" in elsewhere.refused(
        "restore", str(tmp_path / "forged"), status=1
    )
