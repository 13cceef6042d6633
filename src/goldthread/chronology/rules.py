"""What can be written into the chronology at all: pure, each refusal a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from goldthread.chronology.models import LONGEST_ID, LONGEST_KIND
from goldthread.chronology.writing import Row
from goldthread.kernel.errors import RuleBroken

FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_DATA = 100_000  # characters of an event's data as they are written: a long note, and no book
MOST_LINKS = 100
DEEPEST = 8

_KIND = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{LONGEST_KIND - 1}}}")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def check_kind(kind: str) -> None:
    """This will refuse a kind that is not written as kinds are: small letters, digits and dashes."""
    if not _KIND.fullmatch(kind):
        raise RuleBroken(
            f"What happened is named in small letters and dashes, up to {LONGEST_KIND} of them.", field="kind"
        )


def check_day(on: date | None, today: date | None = None) -> None:
    """This will refuse a day out of any life, and where today is given one that has not come yet."""
    if on is None:
        return
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise RuleBroken(f"The day is expected between the years {FIRST_YEAR} and {LAST_YEAR}.", field="on")
    if today is not None and on > today:
        raise RuleBroken("This day has not come yet, and only what has happened can be recorded.", field="on")


def check_name(name: str, field: str) -> None:
    """This will refuse an id, or the name of a process, that cannot be kept."""
    if len(name) > LONGEST_ID or _UNWRITABLE.search(name) or name != name.strip():
        raise RuleBroken(
            f"An id is text of up to {LONGEST_ID} characters that can be written, without blanks around it.",
            field=field,
        )


def check_names(names: Sequence[str], field: str) -> None:
    """This will refuse a list of ids that cannot be kept."""
    if isinstance(names, str) or len(names) > MOST_LINKS:
        raise RuleBroken(f"A list of up to {MOST_LINKS} ids was expected.", field=field)
    for name in names:
        check_name(name, field)
        if not name:
            raise RuleBroken("An id was expected where there is none.", field=field)


def check_written(text: str) -> None:
    """This will refuse data, as it is written, that is too long or holds what no database can keep."""
    if len(text) > MOST_DATA:
        raise RuleBroken(f"This is longer than the {MOST_DATA:,} characters that one event can hold.", field="data")
    if _UNWRITABLE.search(text):
        raise RuleBroken("The text holds a character that cannot be kept: please type that place again.", field="data")


def check_data(data: Mapping[str, Any]) -> None:
    """This will refuse data that is no plain object of texts, numbers, yes and no, lists and objects."""
    if not isinstance(data, Mapping):
        raise RuleBroken("What an event holds is said by names and values.", field="data")
    _check_value(data, 0)


def _check_value(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise RuleBroken("What an event holds is nested too deeply.", field="data")
    if value is None or isinstance(value, bool | int):
        return
    if isinstance(value, str):
        if len(value) > MOST_DATA or _UNWRITABLE.search(value):
            check_written(value)
    elif isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise RuleBroken("A number was expected that can be written down.", field="data")
    elif isinstance(value, Mapping):
        for name, one in value.items():
            if not isinstance(name, str):
                raise RuleBroken("What an event holds is said by names and values.", field="data")
            _check_value(name, depth)
            _check_value(one, depth + 1)
    elif isinstance(value, list | tuple):
        for one in value:
            _check_value(one, depth + 1)
    else:
        raise RuleBroken("What an event holds is texts, numbers, yes or no, and lists of these.", field="data")


def check_because(because: str) -> str:
    """This will give the reason, trimmed, or refuse one that says nothing or cannot be kept."""
    said = because.strip()
    if not said:
        raise RuleBroken("Please say why: whoever reads this later needs the reason.", field="because")
    if len(said) > 2_000 or _UNWRITABLE.search(said):
        raise RuleBroken(
            "A reason of up to 2,000 characters was expected, all of which can be written.", field="because"
        )
    return said


def read(written: str) -> dict[str, Any]:
    """This will read data as it was written; nothing for an empty text."""
    found: dict[str, Any] = json.loads(written) if written else {}
    return found


def check_row(row: Row) -> None:
    """This will refuse a row of a file that cannot be kept; files may name kinds in other ways than we do."""
    for name, longest in ((row.said_id, LONGEST_ID), (row.kind, LONGEST_KIND)):
        if not name or len(name) > longest:
            raise RuleBroken(f"An id and a kind were expected, of up to {LONGEST_ID} and {LONGEST_KIND} characters.")
    if len(row.process) > LONGEST_ID or len(row.replaces) > LONGEST_ID:
        raise RuleBroken(f"The name of a process, or of what is replaced, is longer than {LONGEST_ID} characters.")
    if len(row.links) > MOST_DATA or len(row.about) > MOST_DATA or len(row.data) > MOST_DATA:
        raise RuleBroken(f"It is longer than the {MOST_DATA:,} characters that one event can hold.")
    if _UNWRITABLE.search("".join((row.said_id, row.kind, row.process, row.links, row.data, row.about, row.replaces))):
        raise RuleBroken("It holds a character that cannot be kept.")
    if "\\u0000" in row.data:
        check_data(read(row.data))
    for written in (row.links, row.about):
        if "\\u0000" in written:
            check_names(json.loads(written), "links")
    check_day(row.on)
