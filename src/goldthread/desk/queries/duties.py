"""How a duty is said on a page: its sentence, how far its date lies, how that came about, and on which statement it rests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goldthread.chronology.rulebook import rulebook
from goldthread.clocks.queries import Answer, Step, Work
from goldthread.duties.findings import State
from goldthread.ui.pages import Link, Owed, Tag, Why
from goldthread.ui.pages import Step as Shown
from goldthread.ui.wording import counted, day

SUPERSEDED = "A newer edition of the guidance is in force than the one held here."
NOT_CERTAIN = "The date is not certain: it rests on a day, or on bank holidays, that are not known for sure."


def distance(days: int | None) -> str:
    """This will say how far a date lies ahead or behind: "today", "in 3 days", "2 days late"."""
    if days is None:
        return ""
    if days in (0, 1):
        return ("today", "tomorrow")[days]
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} late"


def citation(cites: Iterable[str], *, local: bool) -> str:
    """This will name the statements that a duty rests on."""
    said = list(cites)
    if local:
        return f"Local procedures{', beside statements ' + ', '.join(said) if said else ''}"
    if not said:
        return ""
    return f"{rulebook().rules.title}, {'statement' if len(said) == 1 else 'statements'} {', '.join(said)}"


def in_list(work: Work, name: str, href: str, today: date) -> Owed:
    """This will say a duty in a list of work, with the child that it is owed to."""
    since = work.started_on
    open_for = f"open for {counted((today - since).days, 'day')}" if since and work.due_on is None else ""
    return Owed(
        sentence=work.says,
        state=work.state,
        due_on=work.due_on,
        distance=distance(work.days) or open_for,
        about=Link(name, href),
        holder=work.holder,
        why=Why(
            work.says,
            tuple(Shown(_whole(says, under)) for says, under in work.working),
            citation(work.cites, local=work.local),
        ),
        notes=(NOT_CERTAIN,) if work.provisional else (),
        tags=_tags(local=work.local, recipient=work.recipient),
        record=work.code,
    )


def owed(answer: Answer, on: date) -> Owed:
    """This will say a duty on a child's own page."""
    told = distance(answer.days)
    if not answer.open:
        told = _over(answer)
    elif answer.due_on is None and answer.started_on:
        told = f"open for {counted((on - answer.started_on).days, 'day')}"
    notes = []
    if answer.reason:
        notes.append(f"Reason recorded: {answer.reason}")
    if answer.provisional:
        notes.append(NOT_CERTAIN)
    if answer.edition_status == "newer-edition-not-held":
        notes.append(SUPERSEDED)
    return Owed(
        sentence=answer.says,
        state=answer.state,
        due_on=answer.due_on,
        distance=told,
        holder=answer.holder,
        why=Why(
            answer.says,
            tuple(Shown(says) for step in answer.steps for says in _lines(step)),
            citation(answer.cites, local=answer.local),
        ),
        notes=tuple(notes),
        tags=_tags(local=answer.local, recipient=answer.recipient),
    )


def _over(answer: Answer) -> str:
    if answer.met_on:
        late = f", {counted(answer.days_late, 'day')} late" if answer.days_late else ""
        return f"met on {day(answer.met_on)}{late}"
    return f"ended on {day(answer.ended_on)}" if answer.ended_on else ""


def _tags(*, local: bool, recipient: str) -> tuple[Tag, ...]:
    found = [Tag("Local")] if local else []
    return tuple(found + ([Tag(f"To: {recipient.replace('-', ' ')}")] if recipient else []))


def _whole(says: str, under: Iterable[str]) -> str:
    return " ".join((says, *under))


def _lines(step: Step) -> Iterable[str]:
    yield step.says
    for under in step.steps:
        yield from _lines(under)


def edition_sentence(answers: Iterable[Answer]) -> str:
    """This will say on which edition the answers rest, and whether a newer one is in force."""
    newer = any(one.edition_status == "newer-edition-not-held" for one in answers)
    return f"Dates rest on {rulebook().rules.title}, the edition held here.{' ' + SUPERSEDED if newer else ''}"


OPEN_STATES = (State.OVERDUE, State.EXCEEDED, State.DUE_SOON, State.RUNNING, State.JUDGEMENT)
