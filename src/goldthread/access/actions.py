"""The only writers of who works with a record, who is named on it, who never sees it, and of emergencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from goldthread.access import gate
from goldthread.access.models import BreakGlass, Conflict, Involvement, Named, Notice
from goldthread.access.queries import check_reads_notices, emergency_to_review
from goldthread.access.vocabulary import Act, ConflictKind, Emergency, NoticeKind, Verdict
from goldthread.agencies.models import Post, Practitioner, Team
from goldthread.agencies.rules import check_period
from goldthread.audit.lines import Verb
from goldthread.kernel.acting import Actor, acting_as
from goldthread.kernel.errors import Denied, NotFound, NotNow, RuleBroken
from goldthread.records import actions as records
from goldthread.records.models import Restriction

EMERGENCY_LASTS = timedelta(hours=1)
REVIEW_WITHIN = timedelta(days=3)
SHORTEST_REASON = 10  # characters: a word is no reason
LONGEST_REASON = 2000


def involve(
    *,
    by: Actor,
    at: datetime,
    code: str,
    capacity: str,
    from_on: date,
    practitioner: int | None = None,
    team: int | None = None,
) -> Involvement:
    """This will begin the involvement of one practitioner, or of one team, with a record."""
    capacity = _text(capacity, "capacity", longest=60)
    if (practitioner is None) == (team is None):
        raise RuleBroken("Choose a person or a team.", field="practitioner")
    with gate.changing(by=by, at=at, code=code, thing="involvement", act=Act.INVOLVE, verb=Verb.INVOLVED) as changing:
        if practitioner is not None:
            _check_practitioner(practitioner, from_on)
        elif not Team.objects.in_force(from_on).filter(pk=team).exists():
            raise RuleBroken("There is no such team on that day.", field="team")
        there = Involvement.objects.in_force(from_on).filter(
            record__in=changing.records, practitioner=practitioner, team=team, capacity=capacity
        )
        if there.exists():
            raise NotNow("They are involved in this capacity already.")
        made = Involvement.objects.create(
            record=changing.record, practitioner_id=practitioner, team_id=team, capacity=capacity, from_on=from_on
        )
        changing.content.update(
            began={"practitioner": practitioner, "team": team, "capacity": capacity, "from_on": from_on}
        )
    return made


def end_involvement(
    *, by: Actor, at: datetime, code: str, involvement: int, version: int, until_on: date, because: str
) -> None:
    """This will end an involvement on a day: the first on which it no longer holds."""
    because = _text(because, "because", longest=500)
    with gate.changing(
        by=by, at=at, code=code, thing=f"involvement:{involvement}", act=Act.INVOLVE, verb=Verb.INVOLVED
    ) as changing:
        row = Involvement.objects.filter(pk=involvement, record__in=changing.records).first()
        if row is None:
            raise NotFound("There is no such involvement.")
        check_period(row.from_on, until_on)
        before = row.until_on
        row.change(version=version, until_on=until_on, because=because)
        changing.content.update(ended={"until_on": until_on, "before": before, "because": because})


def restrict(*, by: Actor, at: datetime, code: str, version: int, restriction: Restriction, because: str) -> None:
    """This will set how far knowledge of a record reaches; it cannot be restricted before someone is named on it."""
    because = _text(because, "because")
    with gate.changing(
        by=by, at=at, code=code, thing="restriction", act=Act.RESTRICT, verb=Verb.RESTRICTED
    ) as changing:
        named = Named.objects.in_force(changing.on).filter(record__in=changing.records)
        if restriction is not Restriction.STANDARD and not named.exists():
            raise NotNow("Name those who may know of it first: nobody could open it.")
        changing.content.update(before=changing.record.restriction, after=restriction.value, because=because)
        records.restrict(changing.record, version=version, restriction=restriction)


def name(*, by: Actor, at: datetime, code: str, practitioner: int, from_on: date, because: str) -> Named:
    """This will name a practitioner as one of those who may know of a record."""
    because = _text(because, "because", longest=500)
    with gate.changing(by=by, at=at, code=code, thing="named", act=Act.RESTRICT, verb=Verb.RESTRICTED) as changing:
        _check_practitioner(practitioner, from_on)
        if Conflict.objects.in_force(from_on).filter(record__in=changing.records, practitioner=practitioner).exists():
            raise NotNow("This person has a personal tie to the record, and so cannot be named on it.")
        if Named.objects.in_force(from_on).filter(record__in=changing.records, practitioner=practitioner).exists():
            raise NotNow("This person is named already.")
        changing.content.update(named=practitioner, from_on=from_on, because=because)
        return Named.objects.create(
            record=changing.record, practitioner_id=practitioner, from_on=from_on, because=because
        )


def end_naming(*, by: Actor, at: datetime, code: str, named: int, version: int, until_on: date) -> None:
    """This will end a naming; the last one of a restricted record stays, or nobody could open it."""
    with gate.changing(
        by=by, at=at, code=code, thing=f"named:{named}", act=Act.RESTRICT, verb=Verb.RESTRICTED
    ) as changing:
        rows = Named.objects.filter(record__in=changing.records)
        row = rows.filter(pk=named).first()
        if row is None:
            raise NotFound("There is no such naming.")
        check_period(row.from_on, until_on)
        others = rows.in_force(until_on).exclude(pk=named)
        if changing.record.restriction != Restriction.STANDARD and not others.exists():
            raise NotNow("Name someone else first: nobody could open the record.")
        row.change(version=version, until_on=until_on)
        changing.content.update(ended=row.practitioner_id, until_on=until_on)


def note_conflict(
    *, by: Actor, at: datetime, code: str, practitioner: int, kind: ConflictKind, says: str, from_on: date
) -> Conflict:
    """This will keep a practitioner from a record for a personal tie; whoever reads it may say so of herself."""
    says = _text(says, "says", longest=500)
    own = by.id == practitioner
    acts = (Act.OPEN, Act.BREAK_GLASS) if own else (Act.INVOLVE, Act.RESTRICT)
    with gate.changing(by=by, at=at, code=code, thing="conflict", act=acts, verb=Verb.RESTRICTED) as changing:
        _check_practitioner(practitioner, from_on)
        if Conflict.objects.in_force(from_on).filter(record__in=changing.records, practitioner=practitioner).exists():
            raise NotNow("This is known already.")
        changing.content.update(conflict=practitioner, kind=kind.value, says=says, from_on=from_on)
        return Conflict.objects.create(
            record=changing.record, practitioner_id=practitioner, kind=kind.value, says=says, from_on=from_on
        )


def end_conflict(
    *, by: Actor, at: datetime, code: str, conflict: int, version: int, until_on: date, because: str
) -> None:
    """This will end a personal tie that no longer keeps someone from a record, or never should have."""
    because = _text(because, "because")
    with gate.changing(
        by=by, at=at, code=code, thing=f"conflict:{conflict}", act=(Act.RESTRICT, Act.INVOLVE), verb=Verb.RESTRICTED
    ) as changing:
        row = Conflict.objects.filter(pk=conflict, record__in=changing.records).first()
        if row is None:
            raise NotFound("There is no such tie.")
        check_period(row.from_on, until_on)
        row.change(version=version, until_on=until_on)
        changing.content.update(ended=row.practitioner_id, until_on=until_on, because=because)


def break_glass(*, by: Actor, at: datetime, code: str, reason: Emergency, because: str) -> BreakGlass:
    """This will open a record in an emergency for an hour; those who answer for it are told, and another reviews it.

    Whoever calls this has made sure that the person has just shown again who she is.
    """
    because = _text(because, "because", shortest=SHORTEST_REASON)
    with gate.changing(
        by=by, at=at, code=code, thing="emergency", act=Act.BREAK_GLASS, verb=Verb.BROKE_GLASS, purpose=reason.value
    ) as changing:
        if changing.emergency is not None:
            raise NotNow("You have this record open in an emergency already.")
        until_at = at + EMERGENCY_LASTS
        made = BreakGlass.objects.create(
            record=changing.record,
            practitioner_id=by.id,
            reason=reason.value,
            because=because,
            began_at=at,
            until_at=until_at,
            review_due_on=changing.on + REVIEW_WITHIN,
        )
        Notice.objects.create(
            record=changing.record, kind=NoticeKind.BROKE_GLASS.value, at=at, practitioner_id=by.id, emergency=made
        )
        changing.content.update(because=because, until_at=until_at, emergency=made.pk)
    return made


def end_emergency(*, by: Actor, at: datetime, code: str) -> None:
    """This will end one's own emergency before its time is up."""
    with gate.changing(by=by, at=at, code=code, thing="emergency", act=Act.OPEN, verb=Verb.CHANGED) as changing:
        if changing.emergency is None:
            raise NotNow("You do not have this record open in an emergency.")
        changing.emergency.change(version=changing.emergency.version, until_at=at)
        changing.content.update(ended=changing.emergency.pk)


def review_emergency(*, by: Actor, at: datetime, emergency: int, version: int, verdict: Verdict, finding: str) -> None:
    """This will say whether an emergency was one; never by who opened the record."""
    finding = _text(finding, "finding", shortest=SHORTEST_REASON)
    with acting_as(by):
        row = emergency_to_review(by, at, emergency)
        with gate.changing(
            by=by, at=at, code=row.record.code, thing=f"emergency:{emergency}", act=Act.REVIEW, verb=Verb.REVIEWED
        ) as changing:
            if row.practitioner_id == by.id:
                raise Denied("Nobody reviews herself.")
            if row.reviewed_at is not None:
                raise NotNow("This has been reviewed already.")
            row.change(version=version, verdict=verdict.value, finding=finding, reviewed_at=at, reviewed_by_id=by.id)
            changing.content.update(verdict=verdict.value, finding=finding)


def read_notice(*, by: Actor, at: datetime, notice: int) -> None:
    """This will mark a notice as read by one of those it is for; for the others, too."""
    with acting_as(by):
        row = check_reads_notices(by, at, notice)
        if row.read_at is None:
            row.change(version=row.version, read_at=at, read_by_id=by.id)


@dataclass(frozen=True, slots=True)
class ToldAccess:
    """What a file tells of who works with records, by ids of tables."""

    involvements: tuple[Involvement, ...] = ()
    named: tuple[Named, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def take_in(*, taking: gate.TakingIn, told: ToldAccess) -> Mapping[str, int]:
    """This will take in what is not there yet and bring the ends of what is there up to date; how much was new or ended.

    An involvement is known by record, who, capacity and first day; a naming or tie by record, who and first day.
    """
    counts: dict[str, int] = {}
    for rows in (told.involvements, told.named, told.conflicts):
        if rows:
            _take_in(taking, rows, counts)
    return counts


def compare(told: ToldAccess) -> Mapping[str, int]:
    """This will say what `take_in` would do, and change nothing."""
    counts: dict[str, int] = {}
    for rows in (told.involvements, told.named, told.conflicts):
        if rows:
            _count(rows, *_sorted(rows), counts)
    return counts


def _take_in(taking: gate.TakingIn, rows: tuple[Any, ...], counts: dict[str, int]) -> None:
    model: Any = type(rows[0])
    made, ended = _sorted(rows)
    model.objects.bulk_create(made, batch_size=500)
    model.objects.bulk_update(ended, ["until_on", "version"], batch_size=500)
    for row in (*made, *ended):
        taking.touch(row.record_id)
    _count(rows, made, ended, counts)


def _sorted(rows: tuple[Any, ...]) -> tuple[list[Any], list[Any]]:
    """Give those that are not there yet, and those that are there and have another end now."""
    model: Any = type(rows[0])
    there = {_key(one): one for one in model.objects.filter(record__in={row.record_id for row in rows})}
    made, ended = {}, []
    for row in rows:
        held = there.get(_key(row))
        if held is None:
            made[_key(row)] = row
        elif held.until_on != row.until_on:
            held.until_on, held.version = row.until_on, held.version + 1
            ended.append(held)
    return list(made.values()), ended


def _count(rows: tuple[Any, ...], made: list[Any], ended: list[Any], counts: dict[str, int]) -> None:
    word = str(type(rows[0])._meta.model_name)
    counts[word] = counts.get(word, 0) + len(made)
    counts[f"{word} ended"] = counts.get(f"{word} ended", 0) + len(ended)


def _key(row: Any) -> tuple[Any, ...]:
    return (
        row.record_id, row.practitioner_id, getattr(row, "team_id", None), getattr(row, "capacity", ""), row.from_on
    )  # fmt: skip


def _check_practitioner(practitioner: int, on: date) -> None:
    if not Practitioner.objects.filter(pk=practitioner).exists():
        raise RuleBroken("There is no such person.", field="practitioner")
    if not Post.objects.filter(practitioner=practitioner).exclude(until_on__lte=on).exists():
        raise RuleBroken("This person holds no post on that day.", field="practitioner")


def _text(said: str, where: str, *, shortest: int = 1, longest: int = LONGEST_REASON) -> str:
    text = said.replace("\x00", "").encode("utf-8", "ignore").decode().strip()
    if len(text) < shortest:
        raise RuleBroken("Say why, in a few words.", field=where)
    if len(text) > longest:
        raise RuleBroken(f"Use at most {longest} characters here; the case notes have room for more.", field=where)
    return text
