"""What a file could hold, written into its load and read again."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from goldthread.duties.event import EVERYTHING, Pattern, Source
from goldthread.formats.event_records import source_of


def written(source: Source) -> str:
    """This will write it as the first line of an events file declares it; nothing for one that could hold everything."""
    if source == EVERYTHING:
        return ""
    said: dict[str, Any] = {
        "carries": None if source.carries is None else sorted(source.carries),
        "from": None if source.opens is None else date.fromordinal(source.opens).isoformat(),
        "until": None if source.closes is None else date.fromordinal(source.closes).isoformat(),
        "whole": [_pattern(one) for one in source.whole],
        "last_before": [_pattern(one) for one in source.last_before],
    }
    return json.dumps({key: value for key, value in said.items() if value not in (None, [])}, sort_keys=True)


@lru_cache(maxsize=256)
def read(text: str) -> Source:
    """This will read what `written` wrote."""
    return source_of(json.loads(text)) if text else EVERYTHING


def merged(sources: list[Source]) -> Source:
    """This will say what several files held together: only what each of them carried, over all the days that they cover.

    Days between two files count as covered; whoever loads the year's census each year leaves none.
    """
    limited = [one for one in sources if one != EVERYTHING]
    if len(limited) < 2:
        return limited[0] if limited else EVERYTHING
    carried = [one.carries for one in limited if one.carries is not None]
    opens = [one.opens for one in limited if one.opens is not None]
    closes = [one.closes for one in limited if one.closes is not None]
    first = limited[0]
    return Source(
        frozenset.intersection(*carried) if carried else None,
        min(opens) if opens else None,
        max(closes) if closes else None,
        first.whole if all(one.whole == first.whole for one in limited) else (),
        first.last_before if all(one.last_before == first.last_before for one in limited) else (),
    )


def _pattern(one: Pattern) -> Any:
    if not one.fields:
        return one.kind
    return {one.kind: {field: sorted(values, key=str) for field, values in one.fields}}
