"""Name stubs: whose record something is about, for those who may know of it and perhaps no more."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from goldthread.access import gate
from goldthread.access.gate import NotInvolved, Opened
from goldthread.access.models import Involvement
from goldthread.access.queries import Involved, involved, workers
from goldthread.access.vocabulary import Act
from goldthread.desk.pages.finding import ClosedPage
from goldthread.desk.pages.keeping import About
from goldthread.kernel.acting import Actor
from goldthread.kernel.errors import Denied, NotFound
from goldthread.people.queries import names


def of(opened: Opened) -> About:
    """This will say whose record it is; nothing but the reference to whoever may not know whose."""
    stub = names(opened.listed).get(opened.record.pk)
    return About(opened.code, stub.name if stub else "")


def about(by: Actor, at: datetime, code: str, act: Act) -> About:
    """This will say whose record a form is about, to whoever may do what the form does."""
    with gate.open_record(by=by, at=at, code=code, act=act, thing="name") as opened:
        return of(opened)


def involvement(by: Actor, at: datetime, code: str, wanted: int) -> tuple[About, Involved]:
    """This will give one involvement, to whoever may end it."""
    with gate.open_record(by=by, at=at, code=code, act=Act.INVOLVE, thing="involvement") as opened:
        row = next((one for one in involved(opened) if one.id == wanted), None)
        if row is None:
            raise NotFound("There is no such involvement.")
        return of(opened), row


def closed(by: Actor, at: datetime, refusal: NotInvolved) -> ClosedPage:
    """This will make the page of a record that someone may find and not open; raises the refusal if she may not find it."""
    try:
        with gate.open_record(by=by, at=at, code=refusal.code, act=Act.FIND, thing="closed-door") as opened:
            if opened.may(Act.OPEN):
                raise refusal  # she is involved: it is her role that does not let her
            stub = names(opened.listed).get(opened.record.pk)
            held = workers(opened.listed, opened.on).get(opened.record.pk, [])
    except Denied:
        raise refusal from None
    emergency = reverse("desk:emergency", kwargs={"code": opened.code}) if refusal.may_break_glass else ""
    return ClosedPage(
        code=opened.code,
        name=stub.name if stub else "Name not recorded",
        life=stub.life if stub else "",
        held_by=tuple(_to_ask(row) for row in held),
        emergency=emergency,
        sentence=refusal.sentence,
    )


def _to_ask(row: Involvement) -> str:
    who = row.practitioner or row.team
    said = [who.name if who else "", row.capacity_words.lower(), who.phone if who else ""]
    return ", ".join(one for one in said if one)
