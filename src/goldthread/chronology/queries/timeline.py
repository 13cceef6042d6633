"""The chronology as a page shows it: newest first, with who recorded what when, and what it was before it was corrected."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from goldthread.access.gate import Opened
from goldthread.agencies.models import Practitioner
from goldthread.chronology.models import Event as EventRow
from goldthread.chronology.rulebook import kind_words
from goldthread.chronology.rules import read
from goldthread.chronology.summary import standing
from goldthread.chronology.writing import COLUMNS, WITHDRAWN, event_of, microseconds
from goldthread.duties.explaining.steps import in_words

LIMIT = 50
MOST = 500
BECAUSE = "because"
_FIELDS = (*COLUMNS, "stands", "pk", "source__name")


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as a page shows it. `earlier`: what stood in its place before, the latest first, where that was asked for."""

    key: int
    said_id: str
    kind: str
    says: str
    on: date | None
    process: str
    links: tuple[str, ...]
    data: Mapping[str, Any]
    about: tuple[str, ...]
    recorded_at: datetime | None
    by: int | None
    by_name: str = ""
    source: str = ""  # the name of the file that it was loaded from
    because: str = ""  # why it was corrected, or withdrawn
    corrects: bool = False
    withdrawn: bool = False
    earlier: tuple[Entry, ...] = ()

    @property
    def details(self) -> list[tuple[str, str]]:
        """What it holds, as words: a label and a value for each."""
        return [(label(name), in_words(value)) for name, value in self.data.items() if value not in (None, "", [])]


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, newest first; `before` asks for those that follow, and is empty at the end."""

    entries: tuple[Entry, ...]
    before: str = ""


def timeline(
    opened: Opened,
    *,
    kinds: Collection[str] | None = None,
    text: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
    stood_on: date | None = None,
    known_at: datetime | None = None,
    history: bool = False,
    before: str = "",
    limit: int = LIMIT,
) -> Page:
    """This will give a page of the record's chronology: what stands, newest first, what has no day at the end.

    `from_on` and `until_on` are both included. `history` adds to each entry what it replaced, and what was withdrawn.
    `before` is the `before` of the page before this one. Three queries at most, however much there is.
    """
    opened.check()
    limit = max(1, min(limit, MOST))
    last = min((one for one in (until_on, stood_on) if one is not None), default=None)
    bounds = Q()
    if from_on is not None:
        bounds &= Q(on__gte=from_on)
    if last is not None:
        bounds &= Q(on__lte=last) if until_on is not None else Q(on__lte=last) | Q(on__isnull=True)
    if kinds is not None:
        bounds &= Q(kind__in=list(kinds))
    rows = EventRow.objects.filter(record__in=opened.records)
    if known_at is None and not history and not text and len(opened.records) == 1:
        found = rows.filter(bounds & _after(before), stands=True)
        ordered = found.order_by(F("on").desc(nulls_last=True), "-pk").values_list(*_FIELDS)[: limit + 1]
        return _page([_entry(row) for row in ordered], limit)
    entries = _every(rows.order_by("pk").values_list(*_FIELDS), known_at, history=history)
    entries = [one for one in entries if _within(one, from_on, last, undated=until_on is None)]
    if kinds is not None:
        entries = [one for one in entries if one.kind in kinds]
    if text:
        entries = [one for one in entries if says(one, text)]
    entries.sort(key=lambda one: _place(one.on, one.key))
    if before:
        on, key = _cursor(before)
        entries = [one for one in entries if _place(one.on, one.key) > _place(on, key)]
    return _page(entries[: limit + 1], limit)


def kinds_of(opened: Opened) -> list[tuple[str, str, int]]:
    """This will give the kinds that the record holds, each with its words and how often it stands: for a filter."""
    opened.check()
    counts: dict[str, int] = {}
    for kind in EventRow.objects.filter(record__in=opened.records, stands=True).values_list("kind", flat=True):
        counts[kind] = counts.get(kind, 0) + 1
    return sorted(((kind, kind_words(kind), count) for kind, count in counts.items()), key=lambda one: one[1])


def label(name: str) -> str:
    """This will write the name of a field as a label: seen_alone is "Seen alone"."""
    return name.replace("_", " ").replace("-", " ").strip().capitalize()


def says(entry: Entry, text: str) -> bool:
    """This will say whether every word of a text stands in an entry, whatever its case."""
    held = " ".join([entry.says, entry.kind, entry.process, entry.because, *_texts(entry.data)]).casefold()
    return all(word in held for word in text.casefold().split())


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield in_words(value)


def _every(rows: Iterable[tuple[Any, ...]], known_at: datetime | None, *, history: bool) -> list[Entry]:
    """Give what stands as known at a moment, with its history where asked for, of the rows of one or several records."""
    moment = None if known_at is None else microseconds(known_at)
    by_record: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        by_record.setdefault(row[0], []).append(row)
    found: list[Entry] = []
    for held in by_record.values():
        told = [event_of(row, ("child:",)) for row in held]
        stands = {one.id for one in standing(told, moment)}
        entries = {row[1]: _entry(row) for row in held}
        shown = [entry for said_id, entry in entries.items() if said_id in stands]
        if history:
            replaces = {row[1]: row[9] for row in held if row[9]}
            replaced = set(replaces.values())
            known = {one.id for one in told if moment is None or one.recorded is None or one.recorded <= moment}
            ends = [one for one in entries if one in known and (one not in replaced or one in stands)]
            shown = [_with_earlier(entries, one, replaces) for one in ends if one in stands or entries[one].withdrawn]
        found += shown
    if len(by_record) > 1:  # merged records may both hold what was told of both
        found = list({(one.said_id, one.kind, one.on): one for one in found}.values())
    return found


def _with_earlier(entries: Mapping[str, Entry], said_id: str, replaces: Mapping[str, str]) -> Entry:
    """Give an entry with what it replaced, step by step; a withdrawal takes the day and words of what it withdrew."""
    entry, earlier = entries[said_id], []
    step = replaces.get(said_id)
    while step is not None and step in entries:
        earlier.append(entries[step])
        step = replaces.get(step)
    if entry.withdrawn and earlier:
        entry = replace(entry, on=earlier[0].on, kind=earlier[0].kind, says=earlier[0].says, data=earlier[0].data)
    return replace(entry, earlier=tuple(earlier))


def _entry(row: tuple[Any, ...]) -> Entry:
    _, said_id, kind, on, process, links, data, about, recorded_at, replaces, void, by, _, key, source = row
    held = read(data)
    because = ""
    if replaces:
        said = held.pop(BECAUSE, "")
        because = said if isinstance(said, str) else in_words(said)
    return Entry(
        key,
        said_id,
        kind,
        kind_words(kind),
        on,
        process,
        tuple(json.loads(links)) if links else (),
        held,
        tuple(json.loads(about)) if about else (),
        recorded_at,
        by,
        source=source or "",
        because=because,
        corrects=bool(replaces) and not void,
        withdrawn=bool(void) or kind == WITHDRAWN,
    )


def _page(entries: list[Entry], limit: int) -> Page:
    more, entries = len(entries) > limit, entries[:limit]
    several = {one.by for entry in entries for one in (entry, *entry.earlier) if one.by is not None}
    names = dict(Practitioner.objects.filter(pk__in=several).values_list("pk", "name")) if several else {}
    named = tuple(
        replace(_named(entry, names), earlier=tuple(_named(one, names) for one in entry.earlier)) for entry in entries
    )
    last = entries[-1] if more else None
    return Page(named, "" if last is None else f"{last.on.isoformat() if last.on else ''}:{last.key}")


def _named(entry: Entry, names: Mapping[int, str]) -> Entry:
    return entry if entry.by is None else replace(entry, by_name=names.get(entry.by, ""))


def _within(entry: Entry, from_on: date | None, last: date | None, *, undated: bool) -> bool:
    if entry.on is None:
        return from_on is None and (last is None or undated)
    return (from_on is None or entry.on >= from_on) and (last is None or entry.on <= last)


def _place(on: date | None, key: int) -> tuple[int, int]:
    return (1 if on is None else -on.toordinal(), -key)


def _cursor(before: str) -> tuple[date | None, int]:
    """Read where a page ended; whoever types another address begins at the top."""
    day, _, key = before.partition(":")
    try:
        return (date.fromisoformat(day) if day else None), int(key[:18])
    except ValueError:
        return date.max, 2**62


def _after(before: str) -> Q:
    if not before:
        return Q()
    on, key = _cursor(before)
    if on is None:
        return Q(on__isnull=True, pk__lt=key)
    return Q(on__lt=on) | Q(on=on, pk__lt=key) | Q(on__isnull=True)
