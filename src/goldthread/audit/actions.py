"""The one writer of the audit: whatever cannot be written stops what was to be shown or changed."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils.crypto import salted_hmac

from goldthread.audit import statements
from goldthread.audit.chain import START, link, salted
from goldthread.audit.lines import Line
from goldthread.kernel.acting import Actor, current
from goldthread.kernel.errors import AuditUnavailable, Refusal

_WORD = re.compile(r"[a-z][a-z0-9-]{0,59}")
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def write(by: Actor, at: datetime, lines: Sequence[Line]) -> list[int]:
    """This will write one entry for each line, in the open transaction of `by`, and give their ids in the same order.

    The number of queries does not grow with the number of lines. Whatever hinders it raises `AuditUnavailable`, after
    which the transaction can only be rolled back.
    """
    if current() != by:
        raise RuntimeError("The audit is written inside acting_as(), by the actor who acts there.")
    if at.tzinfo is None:
        raise ValueError("The audit takes no time without a zone.")
    if not lines:
        return []
    try:
        with connection.cursor() as cursor:
            return _append(cursor, _shared(by, at), lines)
    except DatabaseError as error:
        transaction.set_rollback(True)
        raise AuditUnavailable(
            "The audit could not be written, so nothing was shown and nothing was changed."
        ) from error


def keep_refusal(by: Actor, refusal: Refusal) -> None:
    """This will keep the trace of a refusal whose transaction was rolled back."""
    at = refusal.at or datetime.now(UTC)  # noqa: TID251  # one that was given no moment is kept when it is kept
    lines = [line for line in refusal.trace if isinstance(line, Line)]
    write(by, at, [line if line.refused else Line(**{**_fields(line), "refused": True}) for line in lines])


def _append(cursor: Any, shared: dict[str, Any], lines: Sequence[Line]) -> list[int]:
    records = sorted({line.record for line in lines})
    statements.lock(cursor, records)
    heads = statements.heads(cursor, records)
    rows, contents = [], []
    for line in lines:
        seq, before = heads.get(line.record, (0, START))
        row, content = _row(shared, line)
        row["seq"] = seq + 1
        row["hash"] = link(before, row)
        heads[line.record] = (row["seq"], row["hash"])
        rows.append(row)
        contents.append(content)
    ids = statements.insert_entries(cursor, rows)
    kept = [(one, *content) for one, content in zip(ids, contents, strict=True) if content]
    if kept:
        statements.insert_contents(cursor, kept)
    return ids


def _shared(by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "at": at.astimezone(UTC),
        "kind": str(by.kind),
        "practitioner": by.id,
        "account": by.account,
        "organisation": by.organisation,
        "system": _short(by.name, 60),
        "session": _short(by.session, 64),
        "request": _short(by.request, 64),
        "address": hashed_address(by.address),
    }


def hashed_address(address: str) -> str:
    """This will give the keyed hash under which the audit knows a network address; nothing for no address."""
    return salted_hmac("goldthread.audit.address", address, algorithm="sha256").hexdigest() if address else ""


def _row(shared: dict[str, Any], line: Line) -> tuple[dict[str, Any], tuple[str, str] | None]:
    for name, value, longest in (("thing", line.thing, 200), ("policy", line.policy, 60)):
        if len(value) > longest or _UNWRITABLE.search(value) or " " in value:
            raise ValueError(
                f"A line's {name} holds ids and words of ours, without spaces, up to {longest} characters."
            )
    content = dict(line.content or {})
    purpose = line.purpose
    if purpose and not _WORD.fullmatch(purpose):
        content["purpose"], purpose = purpose, ""  # a person's own words may have to be destroyed one day
    row = {
        **shared,
        "record": line.record,
        "verb": str(line.verb),
        "thing": line.thing,
        "purpose": purpose,
        "policy": line.policy,
        "break_glass": line.break_glass,
        "refused": line.refused,
        "content_hash": "",
    }
    if not content:
        return row, None
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=str)
    salt = secrets.token_hex(16)
    row["content_hash"] = salted(salt, text)
    return row, (salt, text)


def _short(text: str, longest: int) -> str:
    return _UNWRITABLE.sub("?", text)[:longest]


def _fields(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in Line.__slots__}
