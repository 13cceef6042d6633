"""The SQL by which events are taken in by the hundred thousand, in the words of each database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from goldthread.chronology.writing import COLUMNS, Row

_COLUMNS = (*COLUMNS, "stands", "source_id")
_TYPES = (
    "bigint", "text", "text", "date", "text", "text", "text", "text", "timestamptz", "text", "boolean", "bigint",
    "boolean", "bigint",
)  # fmt: skip
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)


def insert(rows: Sequence[Row], stands: Sequence[bool], source: int | None) -> None:
    """This will insert the rows in their order, each with whether it stands, as taken from one load: in one statement."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns: list[list[Any]] = [list(column) for column in zip(*rows, strict=True)]
            given = [*columns, list(stands), [source] * len(rows)]
            unnested = ", ".join(f"%s::{kind}[]" for kind in _TYPES)
            cursor.execute(f"INSERT INTO chronology_event ({_NAMES}) SELECT * FROM unnest({unnested})", given)
            return
        cursor.executemany(
            f"INSERT INTO chronology_event ({_NAMES}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})",
            [_plain(row, holds, source) for row, holds in zip(rows, stands, strict=True)],
        )


def _plain(row: Row, stands: bool, source: int | None) -> tuple[Any, ...]:
    """Write a row as Django writes it on SQLite, where days and moments are text."""
    record, said_id, kind, on, process, links, data, about, recorded_at, replaces, void, by = row
    return (
        record, said_id, kind, None if on is None else _day(on), process, links, data, about,
        None if recorded_at is None else _moment(recorded_at), replaces, int(void), by, int(stands), source,
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _day(on: date) -> str:
    return on.isoformat()


@lru_cache(maxsize=20_000)
def _moment(at: datetime) -> str:
    return str(at.replace(tzinfo=None))
