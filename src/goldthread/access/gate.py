"""The gate: the only way to a record. It decides by the policy, and writes the audit before anything is shown.

Each of these opens the one transaction (`acting_as`) and leaves it when its block ends; pages are rendered after that.
What is let through is an `Opened` (one record), a `Listed` or `Found` (name stubs of several), a `Changing` (one that is
about to change) or a `TakingIn` (many, by the system); functions that read or write a record's content ask for one of
these and never for an id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from goldthread.access.models import BreakGlass, Involvement
from goldthread.access.noticing import Reached
from goldthread.access.rules import Answer, Cell, cell, policy
from goldthread.access.standing import Hers, Ties, hers, reach, ties
from goldthread.access.vocabulary import ACT_WORDS, Act, Capacity, NoticeKind, Relation
from goldthread.agencies.vocabulary import Role
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.kernel.acting import Actor, ActorKind, acting_as
from goldthread.kernel.errors import Denied, NotFound
from goldthread.records import actions, queries
from goldthread.records.models import Record, RecordKind, Restriction

VERBS: dict[Act, Verb] = {
    Act.OPEN: Verb.VIEWED,
    Act.FIND: Verb.FOUND,
    Act.PRINT: Verb.PRINTED,
    Act.SEE_ACCESS: Verb.REVIEWED,
    Act.REVIEW: Verb.REVIEWED,
}
"""What the audit calls a reading; anything else that only reads is `viewed`."""

NOTHING_THERE = "There is no such record, or you may not know of it."
_STRICTEST = list(Restriction)


class NotInvolved(Denied):
    """The record may be known of and not opened: `code` is its reference, and perhaps an emergency opens it."""

    def __init__(
        self, sentence: str, *, code: str, may_break_glass: bool, trace: tuple[Any, ...], at: datetime
    ) -> None:
        super().__init__(sentence, trace=trace, at=at)
        self.code, self.may_break_glass = code, may_break_glass


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that was let through, with those merged into it, and what else may be done with it.

    `records`: the ids to read by, its own first. `allowed`: every act that the policy allows here and now.
    """

    by: Actor
    at: datetime
    record: Record
    records: tuple[int, ...]
    lines: Mapping[Act, str]
    relations: frozenset[Relation]
    roles: frozenset[Role]
    emergency: BreakGlass | None = None

    @property
    def on(self) -> date:
        """The day in London."""
        return timezone.localdate(self.at)

    @property
    def code(self) -> str:
        """The record's reference."""
        return str(self.record.code)

    @property
    def allowed(self) -> frozenset[Act]:
        """Everything that may be done."""
        return frozenset(self.lines)

    @property
    def listed(self) -> Listed:
        """The record as a list of one, for its name over a page; empty for whoever may know of it and not whose it is."""
        named = {self.record.pk} if self.may(Act.FIND) or self.may(Act.OPEN) else set()
        return Listed(
            self.by, self.at, frozenset(named), frozenset(named) if self.may(Act.SEE_SENSITIVE) else frozenset()
        )

    def may(self, act: Act) -> bool:
        """This will say whether something may be done."""
        return act in self.lines

    def check(self, act: Act = Act.OPEN) -> None:
        """This will raise unless something may be done: what reads content calls it, since some open a record for less."""
        if act not in self.lines:
            raise _refused(self.by, self.at, self.record, Answer(self.lines, {}), (act,), "")


@dataclass(frozen=True, slots=True)
class Changing(Opened):
    """A record that is locked and may be changed. `content` is kept with the audit's line: a text before and after, a reason."""

    content: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """Records of which something may stand in a list; `sensitive` are those whose hidden addresses may be seen."""

    by: Actor
    at: datetime
    records: frozenset[int]
    sensitive: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Found(Listed):
    """Records whose name stubs a search may show, and which of them the searcher could open."""

    openable: frozenset[int] = frozenset()

    @property
    def stubs(self) -> frozenset[int]:
        """The records of which a stub may be shown."""
        return self.records


@dataclass(frozen=True, slots=True)
class TakingIn:
    """The system takes in what a file tells, of as many records as it likes; what it touches is audited at the end."""

    by: Actor
    at: datetime
    touched: Counter[int] = field(default_factory=Counter)

    @property
    def on(self) -> date:
        """The day in London."""
        return timezone.localdate(self.at)

    def touch(self, record: int, facts: int = 1) -> None:
        """This will note that facts were taken in for a record."""
        self.touched[record] += facts


@contextmanager
def open_record(
    *, by: Actor, at: datetime, code: str, act: Act = Act.OPEN, thing: str = "child", purpose: str = ""
) -> Iterator[Opened]:
    """This will let someone read a record, once the audit holds that she does.

    Raises `NotFound` where no record has the reference, `Denied` (hidden) where she may not know of it, and `NotInvolved`
    where she may find it but not do this.
    """
    with acting_as(by):
        opened = _decided(by, at, _sought(by, at, code), (act,), thing)
        write(by, at, [_line(opened, VERBS.get(act, Verb.VIEWED), act, thing, purpose)])
        yield opened


@contextmanager
def changing(
    *,
    by: Actor,
    at: datetime,
    code: str,
    thing: str,
    act: Act | tuple[Act, ...] = Act.CHANGE,
    verb: Verb = Verb.CHANGED,
    purpose: str = "",
) -> Iterator[Changing]:
    """This will lock a record for a change; at the end one line of the audit says what was changed. Raises as `open_record`.

    Of several acts, one that is allowed is enough.
    """
    with changing_several(by=by, at=at, codes=[code], thing=thing, act=act, verb=verb, purpose=purpose) as several:
        yield several[0]


@contextmanager
def changing_several(
    *,
    by: Actor,
    at: datetime,
    codes: Sequence[str],
    thing: str,
    act: Act | tuple[Act, ...] = Act.CHANGE,
    verb: Verb = Verb.CHANGED,
    purpose: str = "",
) -> Iterator[list[Changing]]:
    """This will do the same for records that share what is changed, in the order of their references; all or none."""
    acts = act if isinstance(act, tuple) else (act,)
    with acting_as(by):
        sought = [_sought(by, at, code) for code in codes]
        locked = {one.pk: one for one in queries.lock(one.pk for one in sought)}
        several = []
        for one in sought:
            opened = _decided(by, at, locked[one.pk], acts, thing)
            several.append(Changing(**{name: getattr(opened, name) for name in Opened.__slots__}))
        yield several
        write(by, at, [_line(one, verb, _first(one, acts), thing, purpose, one.content) for one in several])


@contextmanager
def beginning(
    *, by: Actor, at: datetime, opened_on: date, kind: RecordKind = RecordKind.CHILD, thing: str = "child",
    capacity: str = Capacity.SCREENING,
) -> Iterator[Changing]:  # fmt: skip
    """This will make a new record; whoever makes it is involved with it from that day."""
    with acting_as(by):
        one = hers(by, at)
        nothing = frozenset({Relation.NONE})
        answer = policy().decide(one.roles, nothing, Restriction.STANDARD)
        if Act.BEGIN not in answer.lines:
            raise Denied(
                "Your role does not let you begin a record. Pass what you know to the front door.",
                trace=(Line(Verb.CREATED, thing=thing, policy=answer.line(Act.BEGIN), refused=True),),
                at=at,
            )
        record = actions.begin(kind=kind, opened_on=opened_on)
        Involvement.objects.create(record=record, practitioner_id=by.id, capacity=capacity, from_on=one.on)
        made = _answer(by, at, one, [record], {record.pk: []})[record.pk]
        opened = _opened(by, at, one, record, [], *made)
        begun = Changing(**{name: getattr(opened, name) for name in Opened.__slots__})
        yield begun
        line = Line(Verb.CREATED, record.pk, thing, policy=answer.line(Act.BEGIN), content=begun.content or None)
        write(by, at, [line])


@contextmanager
def taking_in(*, by: Actor, at: datetime, thing: str = "file", purpose: str = "") -> Iterator[TakingIn]:
    """This will let the system take in facts about many records; one line of the audit for each that was touched."""
    if by.kind is not ActorKind.SYSTEM:
        raise Denied("Files are taken in on the server.", trace=(Line(Verb.LOADED, thing=thing, refused=True),), at=at)
    with acting_as(by):
        taking = TakingIn(by, at)
        yield taking
        lines = [
            Line(Verb.LOADED, record, f"{thing}/facts:{facts}", purpose, policy="system")
            for record, facts in sorted(taking.touched.items())
        ]
        write(by, at, lines)


def within_reach(by: Actor, at: datetime, prefix: str = "record", act: Act = Act.OPEN) -> Q:
    """This will give the condition on rows that `by` may do something with the record that they point at by `prefix`.

    It only narrows a query: what is then shown goes through `listed`. Used within `acting_as`.
    """
    return reach(hers(by, at), at, act, prefix)


def listed(*, by: Actor, at: datetime, records: Iterable[int], thing: str = "work", act: Act = Act.OPEN) -> Listed:
    """This will let something of several records stand in a list: of those that may be, each with a line of the audit."""
    answers = _answers(by, at, records)
    shown = {record: answer for record, (answer, _) in answers.items() if act in answer.lines}
    write(by, at, [Line(Verb.LISTED, record, thing, policy=answer.line(act)) for record, answer in shown.items()])
    sensitive = frozenset(record for record, answer in shown.items() if Act.SEE_SENSITIVE in answer.lines)
    return Listed(by, at, frozenset(shown), sensitive)


def found(*, by: Actor, at: datetime, matched: Iterable[int], thing: str = "search") -> Found:
    """This will let the name stubs of what a search matched be shown: of those that may be, each with a line of the audit.

    Of what she may not know of, nothing is said; those who answer for such a record get a notice.
    """
    answers = _answers(by, at, matched)
    shown = {record: answer for record, (answer, _) in answers.items() if Act.FIND in answer.lines}
    hidden = [record for record in answers if record not in shown]
    write(by, at, [Line(Verb.FOUND, record, thing, policy=answer.line(Act.FIND)) for record, answer in shown.items()])
    _notice_hidden(by, at, hidden, answers)
    able = frozenset(record for record, answer in shown.items() if Act.OPEN in answer.lines)
    seen = frozenset(record for record, answer in shown.items() if Act.SEE_SENSITIVE in answer.lines)
    return Found(by, at, frozenset(shown), seen, able)


def known_of(by: Actor, at: datetime, records: Iterable[int]) -> frozenset[int]:
    """This will give those records of which someone may know that they exist: who has one and is not known is withheld."""
    answers = _answers(by, at, records)
    return frozenset(record for record, (answer, _) in answers.items() if cell(answer, Act.FIND) is not Cell.HIDDEN)


def _notice_hidden(by: Actor, at: datetime, hidden: Sequence[int], answers: Mapping[int, tuple[Answer, Ties]]) -> None:
    notices, lines = [], []
    restricted = {one.pk for one in queries.by_ids(hidden) if one.restriction != Restriction.STANDARD}
    for record in hidden:
        answer, tied = answers[record]
        conflict = Relation.CONFLICT in tied.relations
        if conflict or record in restricted:
            notices.append(Reached(record, NoticeKind.CONFLICT if conflict else NoticeKind.MATCHED, by, at))
            lines.append(Line(Verb.FOUND, record, "search", policy=answer.line(Act.FIND), refused=True))
    if notices:
        write(by, at, lines)
        Reached.keep(notices)


def _answers(by: Actor, at: datetime, records: Iterable[int]) -> dict[int, tuple[Answer, Ties]]:
    one = hers(by, at)
    rows = queries.by_ids(records)
    return _answer(by, at, one, rows, queries.merged_into(rows))


def _answer(
    by: Actor, at: datetime, one: Hers, rows: Sequence[Record], merged: Mapping[int, Sequence[Record]]
) -> dict[int, tuple[Answer, Ties]]:
    """Decide about each record, with those that were merged into it: the strictest restriction of them counts."""
    tied = ties(one, at, {row.pk: [row.pk, *(other.pk for other in merged[row.pk])] for row in rows})
    table = policy()
    answers = {}
    for row in rows:
        restriction = max((Restriction(each.restriction) for each in (row, *merged[row.pk])), key=_STRICTEST.index)
        answers[row.pk] = (table.decide(one.roles, tied[row.pk].relations, restriction), tied[row.pk])
    return answers


def _sought(by: Actor, at: datetime, code: str) -> Record:
    record = queries.by_code(code)
    if record is None:
        raise NotFound(NOTHING_THERE, trace=(Line(Verb.VIEWED, thing="unknown-reference", refused=True),), at=at)
    return queries.standing_for(record)


def _decided(by: Actor, at: datetime, record: Record, acts: Sequence[Act], thing: str) -> Opened:
    one = hers(by, at)
    merged = queries.merged_into([record])
    answer, tied = _answer(by, at, one, [record], merged)[record.pk]
    if not any(act in answer.lines for act in acts):
        raise _refused(by, at, record, answer, acts, thing, tied)
    return _opened(by, at, one, record, merged[record.pk], answer, tied)


def _opened(
    by: Actor, at: datetime, one: Hers, record: Record, merged: Sequence[Record], answer: Answer, tied: Ties
) -> Opened:
    ids = (record.pk, *(other.pk for other in merged))
    return Opened(by, at, record, ids, answer.lines, tied.relations, one.roles, tied.emergency)


def _refused(
    by: Actor, at: datetime, record: Record, answer: Answer, acts: Sequence[Act], thing: str, tied: Ties | None = None
) -> Denied:
    act = acts[0]
    trace: list[Any] = [Line(VERBS.get(act, Verb.VIEWED), record.pk, thing, policy=answer.line(act), refused=True)]
    if cell(answer, act) is not Cell.HIDDEN:
        why = "your role does not let you" if Act.OPEN in answer.lines else "you are not involved with this record"
        sentence = f"You may not {ACT_WORDS[act]}: {why}."
        can = Act.BREAK_GLASS in answer.lines
        return NotInvolved(sentence, code=record.code, may_break_glass=can, trace=tuple(trace), at=at)
    conflict = tied is not None and Relation.CONFLICT in tied.relations
    if by.kind is ActorKind.PRACTITIONER and (conflict or record.restriction != Restriction.STANDARD):
        trace.append(Reached(record.pk, NoticeKind.CONFLICT if conflict else NoticeKind.ASKED_FOR, by, at))
    return Denied(NOTHING_THERE, hidden=True, trace=tuple(trace), at=at)


def _first(one: Opened, acts: Sequence[Act]) -> Act:
    return next(act for act in acts if one.may(act))


def _line(
    one: Opened, verb: Verb, act: Act, thing: str, purpose: str, content: Mapping[str, Any] | None = None
) -> Line:
    emergency = one.emergency.pk if one.emergency is not None and one.lines[act].startswith("break-glass") else None
    return Line(verb, one.record.pk, thing, purpose, one.lines[act], emergency, content=content or None)
