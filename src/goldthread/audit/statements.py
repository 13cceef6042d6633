"""The SQL of the audit's writing, in the words of each database; every function is one query."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection

from goldthread.audit.chain import FIELDS, canonical_on_sqlite, fields_on_postgresql, from_copied, quoted

CHAINS = 7_410
"""Goes into the keys of the advisory locks of chains, so that they meet no one else's."""

WRITING = 7_411
"""The key of the advisory lock that all who write share, until they commit."""

BATCH = 5_000
"""Rows that are fetched at once where all are read."""

_COLUMNS = (*FIELDS, "hash")
_TYPES = {
    "record": "bigint", "seq": "bigint", "at": "timestamptz", "practitioner": "bigint", "account": "bigint",
    "organisation": "bigint", "break_glass": "bigint", "refused": "boolean",
}  # fmt: skip


def lock(cursor: Any, records: Sequence[int]) -> None:
    """This will make other writers of these chains wait until the transaction ends; SQLite has one writer anyway.

    The chains are locked in one order, so that two writers cannot each wait for the other.
    """
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(%s), count(pg_advisory_xact_lock(hashint8extended(record, %s))) "
            "FROM unnest(%s::bigint[]) AS chain(record)",
            [WRITING, CHAINS, list(records)],
        )


def heads(cursor: Any, records: Sequence[int]) -> dict[int, tuple[int, str]]:
    """This will give the latest place and hash of each chain that has one, by one look into the index for each."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT chain.record, head.seq, head.hash FROM unnest(%s::bigint[]) AS chain(record) CROSS JOIN LATERAL "
            "(SELECT seq, hash FROM audit_entry WHERE record = chain.record ORDER BY seq DESC LIMIT 1) AS head",
            [list(records)],
        )
    else:
        cursor.execute(
            "SELECT head.record, head.seq, head.hash FROM json_each(%s) AS chain JOIN audit_entry AS head "
            "ON head.record = chain.value "
            "AND head.seq = (SELECT max(seq) FROM audit_entry AS one WHERE one.record = chain.value)",
            [json.dumps(list(records))],
        )
    return {record: (seq, hashed) for record, seq, hashed in cursor.fetchall()}


def insert_entries(cursor: Any, rows: Sequence[dict[str, Any]]) -> list[int]:
    """This will insert the rows in their order and give their ids."""
    given = json.dumps([[_plain(row[name]) for name in _COLUMNS] for row in rows])
    if connection.vendor == "postgresql":
        values = ", ".join(f"(one.v->>{n})::{_TYPES.get(name, 'text')}" for n, name in enumerate(_COLUMNS))
        source = "jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS one(v, n) ORDER BY one.n"
    else:
        values = ", ".join(f"json_extract(one.value, '$[{n}]')" for n in range(len(_COLUMNS)))
        source = "json_each(%s) AS one WHERE true ORDER BY one.id"
    cursor.execute(
        f"INSERT INTO audit_entry ({quoted(_COLUMNS)}) SELECT {values} FROM {source} RETURNING record, seq, id", [given]
    )
    ids = {(record, seq): key for record, seq, key in cursor.fetchall()}
    return [ids[row["record"], row["seq"]] for row in rows]


def insert_contents(cursor: Any, contents: Sequence[tuple[int, str, str]]) -> None:
    """This will insert contents: the entry's id, the salt and the text of each."""
    given = json.dumps([list(one) for one in contents])
    if connection.vendor == "postgresql":
        values, source = "(one->>0)::bigint, one->>1, one->>2", "jsonb_array_elements(%s::jsonb) AS one"
    else:
        values = ", ".join(f"json_extract(one.value, '$[{n}]')" for n in range(3))
        source = "json_each(%s) AS one"
    cursor.execute(f"INSERT INTO audit_content (entry_id, salt, text) SELECT {values} FROM {source}", [given])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        # As Django writes it, so that its comparisons hold: without a zone on SQLite, and there is none but UTC here.
        return str(value if connection.vendor == "postgresql" else value.replace(tzinfo=None))
    if isinstance(value, bool) and connection.vendor != "postgresql":
        return int(value)
    return value


def settled(cursor: Any) -> int | None:
    """This will give the highest id below which no entry can appear any more; None if someone goes on writing.

    Ids are drawn before they are committed, so on PostgreSQL nobody may be between the two while it is read; the lock is
    given back at once, with the savepoint.
    """
    if connection.vendor != "postgresql":
        return highest(cursor)  # whoever asks is the one writer
    cursor.execute("SAVEPOINT goldthread_settled; SET LOCAL lock_timeout = '500ms'")
    try:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
        return highest(cursor)
    except OperationalError:
        return None
    finally:
        cursor.execute("ROLLBACK TO SAVEPOINT goldthread_settled")


def highest(cursor: Any) -> int:
    """This will give the highest id that can be seen."""
    cursor.execute("SELECT coalesce(max(id), 0) FROM audit_entry")
    found: int = cursor.fetchone()[0]
    return found


def grown(cursor: Any, after: int, until: int) -> Iterator[tuple[int, int, str, int]]:
    """This will give the head of each chain with entries of ids above one and up to another, and how many, by record."""
    cursor.execute(
        "SELECT head.record, head.seq, head.hash, chain.grown FROM "
        "(SELECT record, max(seq) AS seq, count(*) AS grown FROM audit_entry WHERE id > %s AND id <= %s GROUP BY record) "
        "AS chain JOIN audit_entry AS head ON head.record = chain.record AND head.seq = chain.seq ORDER BY head.record",
        [after, until],
    )
    yield from cursor


def count(cursor: Any) -> int:
    """This will give the number of entries, or about that: only the bar of progress asks."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'audit_entry'::regclass")
    else:
        cursor.execute("SELECT coalesce(max(id), 0) FROM audit_entry")
    found: int = cursor.fetchone()[0]
    return found


Written = tuple[int, int, int, bytes, bytes]
"""An entry as it is verified: record, place, id, hash, and the canonical text that the hash covers."""


def entries_between(after: int, until: int | None) -> Iterator[list[Written]]:
    """This will give every entry of ids above one and up to another, in their order, in batches."""
    between = f"id > {after:d}" + (f" AND id <= {until:d}" if until is not None else "")
    if connection.vendor == "postgresql":
        yield from _copied(between)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record, seq, id, CAST(hash AS BLOB), CAST("
            f"{canonical_on_sqlite()} AS BLOB) FROM audit_entry WHERE {between} ORDER BY id"
        )
        while rows := cursor.fetchmany(BATCH):
            yield rows


def _copied(between: str) -> Iterator[list[Written]]:
    batch: list[Written] = []
    connection.ensure_connection()
    columns = f"id, hash, {fields_on_postgresql()}"
    with connection.connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle TO ISO")
        with cursor.copy(f"COPY (SELECT {columns} FROM audit_entry WHERE {between} ORDER BY id) TO STDOUT") as rows:
            for row in rows:
                key, hashed, line = bytes(row).rstrip(b"\n").split(b"\t", 2)
                record, seq, _ = line.split(b"\t", 2)
                batch.append((int(record), int(seq), int(key), hashed, from_copied(line)))
                if len(batch) == BATCH:
                    yield batch
                    batch = []
    yield batch


def all_contents(cursor: Any) -> Iterator[tuple[int, int, str, str, str]]:
    """This will give record, place, content hash, salt and text of every content that is there."""
    cursor.execute(
        "SELECT entry.record, entry.seq, entry.content_hash, content.salt, content.text "
        "FROM audit_content AS content JOIN audit_entry AS entry ON entry.id = content.entry_id"
    )
    while rows := cursor.fetchmany(BATCH):
        yield from rows


def without_content(cursor: Any) -> Iterator[tuple[int, int]]:
    """This will give record and place of every entry that was written with content and has none; it reads all entries."""
    cursor.execute(
        "SELECT record, seq FROM audit_entry AS entry WHERE content_hash <> '' "
        "AND NOT EXISTS (SELECT 1 FROM audit_content AS content WHERE content.entry_id = entry.id) ORDER BY record, seq"
    )
    while rows := cursor.fetchmany(BATCH):
        yield from rows
