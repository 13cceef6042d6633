"""Checkpoints are made of what grew, kept in files that can lie elsewhere, and never doubled."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

from goldthread.audit import checkpoints
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.audit.merkle import Tree
from goldthread.audit.signing import Signer, Witnesses, make_key, public_file
from goldthread.kernel.acting import acting_as, looking_as, system
from goldthread.kernel.errors import NotNow

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOMEONE = system("a test")


def add(record: int) -> None:
    with acting_as(SOMEONE):
        write(SOMEONE, AT, [Line(Verb.LOADED, record)])


@pytest.mark.django_db
def test_a_checkpoint_sums_up_what_grew_since_the_one_before(history: Callable[[], None], signer: Signer) -> None:
    history()
    with looking_as(SOMEONE):
        one, two, three = checkpoints.in_table()
    assert [point.number for point in (one, two, three)] == [1, 2, 3]
    assert [point.entries for point in (one, two, three)] == [15, 12, 9]
    assert one.before == ""
    assert (two.before, three.before) == (one.hash(), two.hash())
    assert checkpoints.make(AT, signer) is None, "nothing has happened since"
    add(3)
    made = checkpoints.make(AT, signer)
    assert made
    assert (made.number, made.entries, made.chains) == (4, 1, 1)


@pytest.mark.django_db
def test_the_file_gets_each_checkpoint_once_even_those_it_missed(
    history: Callable[[], None], signer: Signer, tmp_path: Path, key: Path
) -> None:
    history()
    assert checkpoints.keep(tmp_path) == 3
    assert checkpoints.keep(tmp_path) == 0
    add(3)
    checkpoints.make(AT, signer)
    assert checkpoints.keep(tmp_path / "checkpoints.jsonl") == 1
    with looking_as(SOMEONE):
        assert list(checkpoints.read(tmp_path)) == checkpoints.in_table()
    assert all(point.holds(Witnesses(public_file(key))) for point in checkpoints.read(tmp_path))


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", "{}", '{"form": 2}', '{"form": 1, "number": 1}', '{"form": 1, "number": "1", "at": 2}']
)
def test_a_line_that_is_no_checkpoint_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "kept.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(checkpoints.Unreadable, match=r"kept.jsonl, line 2"):
        list(checkpoints.read(file))


def test_a_key_is_readable_by_its_owner_only_and_is_not_overwritten(tmp_path: Path) -> None:
    key = tmp_path / "key"
    make_key(key)
    assert key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_key(key)
    older = Signer(key)
    key.unlink()
    make_key(key)
    witnesses = Witnesses(public_file(key))
    for signer in (older, Signer(key)):
        assert witnesses.signed(signer.name, "text", signer.sign("text"))
        assert not witnesses.signed(signer.name, "other", signer.sign("text"))
        assert not witnesses.signed(signer.name, "text", "no hex")
    assert not witnesses.signed("unknown", "text", older.sign("text"))
    assert not Witnesses(tmp_path / "none").signed(older.name, "text", older.sign("text"))


@pytest.mark.parametrize("text", ["", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_is_no_key_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(text, encoding="ascii")
    with pytest.raises(ImproperlyConfigured, match="key"):
        Signer(tmp_path / "key")


def node(*parts: bytes) -> bytes:
    return hashlib.sha256(b"\1" + b"".join(parts)).digest()


def test_the_tree_is_the_one_that_the_book_draws() -> None:
    leaves = [hashlib.sha256(b"\0" + f"{n}:1:h{n}".encode()).digest() for n in range(6)]
    drawn = {
        1: leaves[0],
        2: node(leaves[0], leaves[1]),
        3: node(node(leaves[0], leaves[1]), leaves[2]),
        6: node(node(node(leaves[0], leaves[1]), node(leaves[2], leaves[3])), node(leaves[4], leaves[5])),
    }
    tree = Tree()
    for n in range(6):
        tree.add(n, 1, f"h{n}")
        if n + 1 in drawn:
            assert tree.root() == drawn[n + 1].hex()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer, so nobody is half-way")
@pytest.mark.django_db(transaction=True)
def test_a_checkpoint_waits_for_who_has_drawn_an_id_and_not_yet_committed(signer: Signer) -> None:
    add(1)
    begun, go_on = threading.Event(), threading.Event()

    def long_writing() -> None:
        with acting_as(SOMEONE):
            write(SOMEONE, AT, [Line(Verb.LOADED, 2)])
            begun.set()
            go_on.wait(30)
        connections.close_all()

    thread = threading.Thread(target=long_writing)
    thread.start()
    begun.wait(30)
    add(3)  # a higher id, committed earlier
    with pytest.raises(NotNow):
        checkpoints.make(AT, signer)
    go_on.set()
    thread.join()
    made = checkpoints.make(AT, signer)
    assert made
    assert made.entries == 3
