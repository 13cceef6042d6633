"""The one way in which a person's fact enters the chronology, is corrected, and is withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from goldthread.access.gate import Changing
from goldthread.chronology import rules
from goldthread.chronology.actions.following import follow, mark
from goldthread.chronology.models import Event as EventRow
from goldthread.chronology.queries.reading import RowValues, rows_of
from goldthread.chronology.writing import WITHDRAWN, Row, held, listed, microseconds
from goldthread.kernel.acting import ActorKind
from goldthread.kernel.errors import NotFound, NotNow, RuleBroken

Changings = Changing | Sequence[Changing]


class Kept:
    """Stands for what a correction leaves as it was."""


AS_IT_WAS: Final = Kept()
BECAUSE = "because"
"""The field of a correction's data that says why; a fact of the pack has none of this name."""


def record(
    changing: Changings,
    *,
    kind: str,
    on: date | None,
    data: Mapping[str, Any] | None = None,
    process: str = "",
    links: Sequence[str] = (),
    about: Sequence[str] = (),
    said_id: str | None = None,
) -> str:
    """This will record that something happened, on one record or on several that share it, and give the fact's id.

    `on` is None where it happened on a day that nobody knows. With a `said_id` (of the form that was sent) the same
    said twice is recorded once; something else under the same id is `NotNow`.
    """
    several = _several(changing)
    _check(several[0], kind, on, process, links, about)
    if kind == WITHDRAWN:
        raise RuleBroken("A fact is withdrawn by its own act.", field="kind")
    given = said_id is not None
    if said_id is None:
        said_id = new_id(several[0])
    rules.check_name(said_id, "said_id")
    if not said_id:
        raise RuleBroken("An id was expected where there is none.", field="said_id")
    content = _content(data or {})
    rows = [
        Row(
            one.record.pk,
            said_id,
            kind,
            on,
            process,
            listed(links),
            content,
            listed(about),
            one.at,
            "",
            False,
            _who(one),
        )
        for one in several
    ]
    if given and _said_already(rows):
        return said_id
    _insert(rows)
    _noted(several, "recorded", said_id)
    follow(several[0], [one.record.pk for one in several])
    return said_id


def correct(
    changing: Changings,
    *,
    said_id: str,
    because: str,
    on: date | Kept | None = AS_IT_WAS,
    data: Mapping[str, Any] | Kept = AS_IT_WAS,
    kind: str | Kept = AS_IT_WAS,
    process: str | Kept = AS_IT_WAS,
    links: Sequence[str] | Kept = AS_IT_WAS,
    about: Sequence[str] | Kept = AS_IT_WAS,
    apart: bool = False,
) -> str:
    """This will put a corrected fact in the place of one that stands, on every record that shares it; gives its id.

    The earlier one stays readable. Where it stands on records that are not being changed here, that is refused; `apart`
    says that it was wrong of these records only.
    """
    why = rules.check_because(because)
    several, targets = _targets(changing, said_id, apart)
    first = targets[0]
    new_kind = first[2] if isinstance(kind, Kept) else kind
    new_on = first[3] if isinstance(on, Kept) else on
    new_process = first[4] if isinstance(process, Kept) else process
    new_links = first[5] if isinstance(links, Kept) else listed(links)
    new_about = first[7] if isinstance(about, Kept) else listed(about)
    checked_links = () if isinstance(links, Kept) else links
    _check(several[0], new_kind, new_on, new_process, checked_links, () if isinstance(about, Kept) else about)
    if new_kind == WITHDRAWN:
        raise RuleBroken("A fact is withdrawn by its own act.", field="kind")
    content = _because(first[6] if isinstance(data, Kept) else _content(data), why)
    return _replace(
        several,
        targets,
        Row(0, "", new_kind, new_on, new_process, new_links, content, new_about, several[0].at, said_id, False),
    )


def void(changing: Changings, *, said_id: str, because: str, apart: bool = False) -> str:
    """This will withdraw a fact that never happened, on every record that shares it; gives the id of the withdrawal.

    What is withdrawn stays readable. A fact that had been corrected before is withdrawn with all that came before it.
    """
    why = rules.check_because(because)
    several, targets = _targets(changing, said_id, apart)
    first = targets[0]
    corrected = bool(first[9])
    row = Row(
        0, "", WITHDRAWN if corrected else first[2], first[3], first[4], "", _because("", why), "",
        several[0].at, said_id, not corrected,
    )  # fmt: skip
    return _replace(several, targets, row)


def refold(changing: Changings) -> None:
    """This will bring what is folded from events up to date where the records themselves changed: merged, or parted."""
    several = _several(changing)
    follow(several[0], [one.record.pk for one in several])


def new_id(changing: Changing) -> str:
    """This will give an id that nothing has; ids follow the order of recording, which decides between facts of one day."""
    return f"gt-{microseconds(changing.at):015x}-{secrets.token_hex(5)}"


def _several(changing: Changings) -> list[Changing]:
    several = [changing] if isinstance(changing, Changing) else list(changing)
    if not several:
        raise RuntimeError("A fact is recorded of at least one record.")
    return several


def _check(
    changing: Changing, kind: str, on: date | None, process: str, links: Sequence[str], about: Sequence[str]
) -> None:
    rules.check_kind(kind)
    rules.check_day(on, changing.on)
    rules.check_name(process, "process")
    rules.check_names(links, "links")
    rules.check_names(about, "about")


def _content(data: Mapping[str, Any]) -> str:
    rules.check_data(data)
    written = held(data)
    rules.check_written(written)
    return written


def _because(content: str, why: str) -> str:
    written = held({**rules.read(content), BECAUSE: why})
    rules.check_written(written)
    return written


def _who(changing: Changing) -> int | None:
    return changing.by.id if changing.by.kind is ActorKind.PRACTITIONER else None


def _said_already(rows: Sequence[Row]) -> bool:
    """Say whether all of this stands there already; anything else under the same id is refused."""
    there = {row[0]: Row(*row[:12]) for row in _rows_said(rows[0].said_id)}
    if not there:
        return False
    for row in rows:
        one = there.pop(row.record, None)
        if one is None or not one._replace(recorded_at=row.recorded_at).agrees(row):
            raise NotNow("Something else was recorded under this id already.")
    if there:
        raise NotNow("Something else was recorded under this id already.")
    return True


def _targets(changing: Changings, said_id: str, apart: bool) -> tuple[list[Changing], list[RowValues]]:
    """Give the rows, one for each record at hand, that can be replaced: they stand, and nothing replaced them yet."""
    several = _several(changing)
    own = {record for one in several for record in one.records}
    rows = _rows_said(said_id)
    mine = [row for row in rows if row[0] in own]
    if not mine:
        raise NotFound("There is no such fact on this record.")
    if not all(row[12] for row in mine):
        raise NotNow("This was corrected or withdrawn meanwhile. Please look at the record again.")
    if EventRow.objects.filter(record__in=[row[0] for row in mine], replaces=said_id).exists():
        raise NotNow(
            "A correction of this was taken back, so it cannot be corrected once more. Please record what is right anew."
        )
    if not apart and len(mine) < len([row for row in rows if row[12]]):
        raise NotNow("This stands on other children's records too, so it is corrected on all of them together.")
    return several, mine


def _rows_said(said_id: str) -> list[RowValues]:
    holders = EventRow.objects.filter(said_id=said_id).values_list("record", flat=True)
    return [row for row in rows_of(sorted(holders)) if row[1] == said_id]


def _replace(several: Sequence[Changing], targets: Iterable[RowValues], row: Row) -> str:
    said_id = new_id(several[0])
    records = [target[0] for target in targets]
    _insert([row._replace(record=record, said_id=said_id, by=_who(several[0])) for record in records])
    mark(records)
    _noted(several, "corrected", said_id)
    follow(several[0], [one.record.pk for one in several])
    return said_id


def _insert(rows: Iterable[Row]) -> None:
    EventRow.objects.bulk_create(
        EventRow(**dict(zip(COLUMN_FIELDS, row, strict=True)), stands=not row.void and row.kind != WITHDRAWN)
        for row in rows
    )


COLUMN_FIELDS = ("record_id", *Row._fields[1:])


def _noted(several: Sequence[Changing], what: str, said_id: str) -> None:
    for one in several:
        one.content.setdefault(what, []).append(said_id)
