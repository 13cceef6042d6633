"""What someone who owns the database could do to the audit, one thing at a time, on one row drawn by chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from goldthread.audit.chain import FIELDS, START, link
from goldthread.audit.checkpoints import Point, in_table
from goldthread.audit.models import Checkpoint, Content, Entry
from goldthread.kernel.acting import looking_as, system


def kept() -> list[Point]:
    with looking_as(system("a test")):
        return in_table()


Attack = Callable[[random.Random], str]


def another(chance: random.Random, value: Any) -> Any:
    """Something else that the column can hold."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + chance.choice([100, 1000])
    if isinstance(value, datetime):
        return value + timedelta(microseconds=chance.choice([1, 60_000_000]))
    if isinstance(value, str) and value:
        return chance.choice([value[:-1], f"{value[:-1]}{'0' if value[-1] != '0' else '1'}"])
    return 1 if value is None else "x"


def edits(chance: random.Random) -> str:
    row = chance.choice(list(Entry.objects.all()))
    column = chance.choice([*FIELDS, "hash"])
    Entry.objects.filter(pk=row.pk).update(**{column: another(chance, getattr(row, column))})
    return f"edited {column} of {row}"


def edits_and_hashes_again(chance: random.Random) -> str:
    row = chance.choice(list(Entry.objects.all()))
    chain = Entry.objects.filter(record=row.record).order_by("seq")
    Entry.objects.filter(pk=row.pk).update(thing="event:forged")
    before = START
    for one in chain.values():
        before = link(before, one)
        Entry.objects.filter(pk=one["id"]).update(hash=before)
    return f"edited {row} and wrote all hashes of its chain again"


def removes(chance: random.Random) -> str:
    row = chance.choice(list(Entry.objects.all()))
    Content.objects.filter(entry=row)._raw_delete("default")
    Entry.objects.filter(pk=row.pk)._raw_delete("default")
    return f"removed {row}"


def cuts_off(chance: random.Random) -> str:
    row = chance.choice(list(Entry.objects.all()))
    Content.objects.filter(entry__record=row.record, entry__seq__gte=row.seq)._raw_delete("default")
    Entry.objects.filter(record=row.record, seq__gte=row.seq)._raw_delete("default")
    return f"cut off the chain from {row} on"


def reorders(chance: random.Random) -> str:
    chain = list(Entry.objects.filter(record=chance.randrange(5)).order_by("seq"))
    one, two = chance.sample(chain, 2)
    for key, seq in ((one.pk, -1), (two.pk, one.seq), (one.pk, two.seq)):
        Entry.objects.filter(pk=key).update(seq=seq)
    return f"exchanged {one} and {two}"


def moves(chance: random.Random) -> str:
    row = chance.choice(list(Entry.objects.all()))
    Entry.objects.filter(pk=row.pk).update(record=99, seq=1)
    return f"moved {row} to another chain"


def edits_content(chance: random.Random) -> str:
    row = chance.choice(list(Content.objects.all()))
    column = chance.choice(["salt", "text"])
    Content.objects.filter(pk=row.pk).update(**{column: another(chance, getattr(row, column))})
    return f"edited {column} of {row}"


def removes_content(chance: random.Random) -> str:
    row = chance.choice(list(Content.objects.all()))
    Content.objects.filter(pk=row.pk)._raw_delete("default")
    return f"removed {row}"


def adds_content(chance: random.Random) -> str:
    row = chance.choice(list(Entry.objects.filter(content_hash="")))
    Content.objects.create(entry=row, salt="s", text="{}")
    return f"added content to {row}"


def edits_checkpoint(chance: random.Random) -> str:
    row = chance.choice(list(Checkpoint.objects.all()))
    column = chance.choice([field.name for field in Checkpoint._meta.concrete_fields if field.name != "id"])
    Checkpoint.objects.filter(pk=row.pk).update(**{column: another(chance, getattr(row, column))})
    return f"edited {column} of {row}"


def removes_checkpoint(chance: random.Random) -> str:
    row = chance.choice(list(Checkpoint.objects.all()))
    Checkpoint.objects.filter(pk=row.pk)._raw_delete("default")
    return f"removed {row}"


def cuts_off_with_checkpoints(chance: random.Random) -> str:
    first = chance.randrange(1, 4)
    before = Checkpoint.objects.filter(number=first - 1).values_list("latest_entry", flat=True).first() or 0
    Content.objects.filter(entry__gt=before)._raw_delete("default")
    Entry.objects.filter(pk__gt=before)._raw_delete("default")
    Checkpoint.objects.filter(number__gte=first)._raw_delete("default")
    return f"went back to before checkpoint {first}"


ATTACKS: Sequence[Attack] = (
    edits, edits, edits, edits_and_hashes_again, removes, cuts_off, reorders, moves, edits_content, removes_content,
    adds_content, edits_checkpoint, removes_checkpoint, cuts_off_with_checkpoints,
)  # fmt: skip
