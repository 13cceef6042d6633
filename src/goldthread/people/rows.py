"""Writing many rows at once, by statement: for taking in whole counties, where making an object of each row takes too long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

T = TypeVar("T")

AT_ONCE = 5000
"""Rows that are handed to the database in one go."""


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """This will part what there is into lists of at most so many."""
    remaining = iter(things)
    while some := list(islice(remaining, size)):
        yield some


def numbers(model: type[models.Model], how_many: int) -> list[int]:
    """This will reserve the ids of rows that are to be written, in order; nobody else is given them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, how_many]
            )
            return [number for (number,) in cursor.fetchall()]
        # One transaction writes at a time here, so that whoever has begun to write may number on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = (found[0] if found else 0) + 1
    return list(range(first, first + how_many))


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """This will write rows whose values stand in the order of the columns (by field, `person_id`), and say how many."""
    fields: list[Any] = [model._meta.get_field(name.removesuffix("_id")) for name in columns]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({places})"
    adapted = [(place, adapt) for place, field in enumerate(fields) if (adapt := _adapting(field))]
    return _executed(statement, rows, adapted)


def supersede(model: type[models.Model], ids: Iterable[int], at: datetime) -> int:
    """This will mark rows as superseded at the moment."""
    table = connection.ops.quote_name(model._meta.db_table)
    moment = connection.ops.adapt_datetimefield_value(at)
    return _executed(f"UPDATE {table} SET superseded_at = %s WHERE id = %s", ((moment, one) for one in ids), [])


def _executed(statement: str, rows: Iterable[Sequence[Any]], adapted: list[tuple[int, Callable[[Any], Any]]]) -> int:
    written = 0
    with connection.cursor() as cursor:
        for many in batches(rows, AT_ONCE):
            cursor.executemany(statement, [_adapted(row, adapted) for row in many] if adapted else many)
            written += len(many)
    return written


def _adapted(row: Sequence[Any], adapted: list[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for place, adapt in adapted:
        if values[place] is not None:
            values[place] = adapt(values[place])
    return values


def _adapting(field: Any) -> Callable[[Any], Any] | None:
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return _moment
    return _day if isinstance(field, models.DateField) else None


@lru_cache(maxsize=16)
def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


@lru_cache(maxsize=65536)
def _day(on: date) -> Any:
    return on.isoformat()
