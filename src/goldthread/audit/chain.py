"""How an entry is written down for hashing, the same to the letter in Python, SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

FIELDS = (
    "record", "seq", "at", "kind", "practitioner", "account", "organisation", "system", "session", "request",
    "address", "verb", "thing", "purpose", "policy", "break_glass", "refused", "content_hash",
)  # fmt: skip
"""What the hash covers, in this order; to add a field is to write a new form beside this one."""

FORM = "1"
START = "0" * 64
"""What the first entry of a chain follows."""


def canonical(row: Mapping[str, Any]) -> str:
    """This will write a row down as a JSON list of texts, without spaces, with null for what is absent."""
    return json.dumps([FORM, *(_text(row[name]) for name in FIELDS)], ensure_ascii=False, separators=(",", ":"))


def link(before: str, row: Mapping[str, Any]) -> str:
    """This will give the hash of a row that follows the hash `before`."""
    return hashlib.sha256(f"{before}{canonical(row)}".encode()).hexdigest()


def moment(at: datetime) -> str:
    """This will write a moment down in UTC, with as much of its fraction as there is."""
    said = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return said.rstrip("0").removesuffix(".") if at.microsecond else said[:19]


def salted(salt: str, text: str) -> str:
    """This will give the hash by which the chain knows a content."""
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return moment(value)
    return str(int(value))


def canonical_on_sqlite() -> str:
    """This will give the expression with which SQLite writes a row of the table down exactly as `canonical` does."""
    special = {"at": "CASE length(at) WHEN 19 THEN at ELSE rtrim(at, '0') END"}  # Django writes a fraction in full
    parts = [special.get(name, f"CAST({name} AS TEXT)") for name in FIELDS]
    return f"json_array('{FORM}', {', '.join(parts)})"


def fields_on_postgresql() -> str:
    """This will give the columns of which `from_copied` makes the same; PostgreSQL's own JSON takes three times as long."""
    special = {"at": "at AT TIME ZONE 'UTC'", "refused": "refused::int"}
    return ", ".join(special.get(name, name) for name in FIELDS)


def from_copied(line: bytes) -> bytes:
    """This will write a row down as `canonical` does, from the line of text that PostgreSQL's COPY gives for it."""
    if b'"' not in line:
        written = b'["%s","%s"]' % (FORM.encode(), line.replace(b"\t", b'","'))
        if b"\\" not in written:
            return written
        written = written.replace(b'"\\N"', b"null")
        if b"\\" not in written:
            return written
    fields = [None if field == b"\\N" else _unescaped(field) for field in line.split(b"\t")]
    return json.dumps([FORM, *fields], ensure_ascii=False, separators=(",", ":")).encode()


_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_MEANT = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


def _unescaped(field: bytes) -> str:
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), field).decode()


def quoted(names: Sequence[str]) -> str:
    """This will give column names for SQL."""
    return ", ".join(f'"{name}"' for name in names)
