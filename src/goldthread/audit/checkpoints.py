"""Signed summaries of all chains, made every few minutes and kept elsewhere too: what the chains alone cannot show."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection

from goldthread.audit import statements
from goldthread.audit.merkle import Tree
from goldthread.audit.models import Checkpoint
from goldthread.audit.signing import Signer, Witnesses
from goldthread.kernel.acting import acting_as, looking_as, system
from goldthread.kernel.errors import NotNow

BY = system("checkpoint")
FORM = 1


class Point(NamedTuple):
    """A checkpoint, as it is signed and as it stands in a file: one line of JSON."""

    number: int
    at: str
    latest_entry: int
    entries: int
    chains: int
    root: str
    before: str
    key: str
    signature: str = ""

    def signed_text(self) -> str:
        """This will give what is signed: all of it but the signature."""
        held = {"form": FORM, **self._asdict()}
        del held["signature"]
        return json.dumps(held, sort_keys=True, separators=(",", ":"))

    def hash(self) -> str:
        """This will give the hash by which the next checkpoint knows this one."""
        return hashlib.sha256(self.signed_text().encode()).hexdigest()

    def line(self) -> str:
        """This will give the line of a file."""
        return json.dumps({"form": FORM, **self._asdict()}, sort_keys=True, separators=(",", ":"))

    def holds(self, witnesses: Witnesses) -> bool:
        """This will say whether it was signed with a known key."""
        return witnesses.signed(self.key, self.signed_text(), self.signature)


def make(at: datetime, signer: Signer) -> Point | None:
    """This will sign the heads of all chains that grew since the checkpoint before; None where none did.

    So each entry is covered by the checkpoint after it, and the checkpoints, bound to one another, cover all chains;
    what a checkpoint costs depends on what happened since the one before, not on all that ever happened. Where a long
    piece of writing is under way it raises `NotNow`: the next one will cover it.
    """
    with acting_as(BY):
        row = Checkpoint.objects.order_by("-number").first()
        before = as_point(row) if row else None
        with connection.cursor() as cursor:
            latest = statements.settled(cursor)
            if latest is None:
                raise NotNow("A long piece of writing is under way: the next checkpoint will cover it.")
            tree, entries = Tree(), 0
            for record, seq, head, grown in statements.grown(cursor, before.latest_entry if before else 0, latest):
                tree.add(record, seq, head)
                entries += grown
        if not entries:
            return None
        point = Point(
            number=before.number + 1 if before else 1,
            at=at.astimezone(UTC).isoformat(timespec="microseconds"),
            latest_entry=latest,
            entries=entries,
            chains=tree.leaves,
            root=tree.root(),
            before=before.hash() if before else "",
            key=signer.name,
        )
        point = point._replace(signature=signer.sign(point.signed_text()))
        Checkpoint.objects.create(**{**point._asdict(), "at": at})
    return point


class Summary(NamedTuple):
    """All heads in one hash, as of one moment."""

    entries: int
    chains: int
    latest_entry: int
    root: str


def summary() -> Summary:
    """This will sum up every chain, so that a copy can be held against it; inside `looking_as`."""
    tree, entries = Tree(), 0
    with connection.cursor() as cursor:
        latest = statements.highest(cursor)
        for record, seq, head, grown in statements.grown(cursor, 0, latest):
            tree.add(record, seq, head)
            entries += grown
    return Summary(entries, tree.leaves, latest, tree.root())


def as_point(row: Checkpoint) -> Point:
    """This will give a checkpoint of the table as it was signed."""
    held: dict[str, Any] = {name: getattr(row, name) for name in Point._fields}
    held["at"] = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return Point(**held)


def in_table() -> list[Point]:
    """This will give all checkpoints of the database; inside `acting_as` or `looking_as`."""
    return [as_point(row) for row in Checkpoint.objects.order_by("number").iterator()]


def file_of(place: Path) -> Path:
    """This will give the file that checkpoints are kept in: the place itself, or one within it if it is a folder."""
    return place / "checkpoints.jsonl" if place.is_dir() else place


def keep(place: Path) -> int:
    """This will append to the file what it does not hold yet, and give the number of lines added."""
    file = file_of(place)
    held = max((point.number for point in read(file)), default=0) if file.exists() else 0
    with looking_as(BY):
        rows = Checkpoint.objects.filter(number__gt=held).order_by("number")
        lines = [as_point(row).line() for row in rows.iterator()]
    if lines:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="ascii") as out:
            out.writelines(f"{line}\n" for line in lines)
            out.flush()
            os.fsync(out.fileno())
    return len(lines)


_NUMBERS = frozenset({"number", "latest_entry", "entries", "chains"})


class Unreadable(Exception):
    """A line of a file of checkpoints that is none."""


def read(place: Path) -> Iterator[Point]:
    """This will read the checkpoints of a file, or of every `.jsonl` file in a folder."""
    files: Iterable[Path] = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    for file in files:
        with file.open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _point(line, f"{file.name}, line {number}")


def _point(line: str, where: str) -> Point:
    try:
        held = json.loads(line)
        if held.pop("form") != FORM:
            raise ValueError
        point = Point(**held)
        if any(isinstance(value, str) is (name in _NUMBERS) for name, value in point._asdict().items()):
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Unreadable(f"{where}: this is no checkpoint.") from None
    return point
