"""The index kept in step: worked out anew in the transaction that changed a record's events, and when time changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from goldthread.access.gate import Changing, TakingIn
from goldthread.chronology.queries.reading import standing_of
from goldthread.chronology.rulebook import Rulebook, rulebook
from goldthread.chronology.writing import Standing
from goldthread.clocks.engine import shared_names
from goldthread.clocks.models import Clock, Reckoning, Sharing
from goldthread.clocks.queries.clusters import names_of, others_beside
from goldthread.clocks.queries.working_out import worked_out
from goldthread.clocks.reckoning import Open
from goldthread.kernel.acting import Actor, acting_as, system
from goldthread.records.queries import AT_ONCE, all_ids, wholes

BATCH = 200
BY = system("clocks")


@dataclass(frozen=True, slots=True)
class Turning:
    """Nothing happened but that time went on; or all of it is made anew."""

    by: Actor
    at: datetime

    @property
    def on(self) -> date:
        """The day in London."""
        return timezone.localdate(self.at)


def reckon(acting: Changing | TakingIn | Turning, standing: Standing) -> None:
    """This will work out what is open on records whose events have changed, and on those who share a duty with them."""
    book = rulebook()
    if standing.merged:
        for model in (Clock, Reckoning, Sharing):
            model._default_manager.filter(record__in=standing.merged).delete()
    names = _share(book, standing)
    others = others_beside(names, standing)
    _lock([*standing, *others], acting.on)
    together = standing.with_others(standing_of(others)) if others else standing
    clocks: dict[int, list[Open]] = {}
    rows: list[Reckoning] = []
    for group, reckoned in worked_out(together, names, acting.on):
        clocks.update(reckoned.clocks)
        rows += [
            Reckoning(record_id=one, as_of=acting.on, next_on=reckoned.next_on, rules=book.sha256) for one in group
        ]
    _keep(clocks)
    Reckoning.objects.bulk_create(
        rows,
        update_conflicts=True,
        update_fields=["as_of", "next_on", "rules"],
        unique_fields=["record"],
        batch_size=AT_ONCE,
    )


def bring_up_to_date(*, at: datetime, most: int | None = None) -> int:
    """This will work out anew what time alone has changed, or a change of the rules, and give the number of records."""
    done = 0
    while most is None or done < most:
        with acting_as(BY):
            turning = Turning(BY, at)
            due = Q(next_on__lte=turning.on) | ~Q(rules=rulebook().sha256)
            batch = list(Reckoning.objects.filter(due).order_by("pk").values_list("record", flat=True)[:BATCH])
            if not batch:
                break
            of = wholes(batch)
            Reckoning.objects.filter(record__in=[one for one in batch if one not in of]).delete()
            _lock([*of, *others_beside(names_of(of), of)], turning.on)
            reckon(turning, standing_of(of))
            done += len(batch)
    return done


def rebuild(*, at: datetime, progress: Callable[[int, int], None] | None = None) -> int:
    """This will make the whole index anew from the events, and give the number of records; nothing of it is read."""
    with acting_as(BY):
        ids = all_ids()
        for model in (Clock, Reckoning, Sharing):
            model._default_manager.all().delete()
    for done in (_share_batch, _reckon_batch):
        for start in range(0, len(ids), BATCH):
            with acting_as(BY):
                done(Turning(BY, at), ids[start : start + BATCH])
            if progress is not None:
                progress(min(start + BATCH, len(ids)), len(ids))
    return len(ids)


def _share_batch(turning: Turning, records: list[int]) -> None:
    _share(rulebook(), standing_of(wholes(records)))


def _reckon_batch(turning: Turning, records: list[int]) -> None:
    reckon(turning, standing_of(wholes(records)))


def _share(book: Rulebook, standing: Standing) -> dict[str, set[int]]:
    """Note the names under which these records share a duty, and give all that they ever had: what was is asked about too."""
    names = names_of(standing)
    new = []
    for record, events in standing.items():
        for name in sorted(shared_names(book, events)):
            if record not in names.setdefault(name, set()):
                names[name].add(record)
                new.append(Sharing(name=name, record_id=record))
    Sharing.objects.bulk_create(new, ignore_conflicts=True)
    return names


def _lock(records: Iterable[int], on: date) -> None:
    """Let nobody else work out these clocks until the transaction ends: each would miss what the other is about to write."""
    ordered = sorted(records)
    for start in range(0, len(ordered), AT_ONCE):
        batch = ordered[start : start + AT_ONCE]
        missing = set(batch) - _locked(batch)
        if missing:
            made = [Reckoning(record_id=one, as_of=on, rules="") for one in sorted(missing)]
            Reckoning.objects.bulk_create(made, ignore_conflicts=True)
            _locked(sorted(missing))  # another may have made them first, and be at work still


def _locked(records: list[int]) -> set[int]:
    rows = Reckoning.objects.select_for_update().filter(record__in=records).order_by("pk")
    return set(rows.values_list("pk", flat=True))


def _keep(clocks: Mapping[int, list[Open]]) -> None:
    """Write what is open on each record; a row that is the same stays as it is."""
    records = list(clocks)
    new: list[Clock] = []
    gone: list[int] = []
    for start in range(0, len(records), AT_ONCE):
        batch = records[start : start + AT_ONCE]
        there: dict[int, dict[tuple[object, ...], int]] = {}
        for record, key, *fields in Clock.objects.filter(record__in=batch).values_list("record", "pk", *Open._fields):
            twice = there.setdefault(record, {}).setdefault(tuple(fields), key)
            if twice != key:
                gone.append(key)
        for record in batch:
            before = there.get(record, {})
            for one in dict.fromkeys(clocks[record]):
                if before.pop(tuple(one), None) is None:
                    new.append(Clock(record_id=record, **one._asdict()))
            gone += before.values()
    for start in range(0, len(gone), AT_ONCE):
        Clock.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    Clock.objects.bulk_create(new, batch_size=AT_ONCE)
