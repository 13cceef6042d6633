"""The only writers of saved views, which touch no record; and the beginning of a record, which crosses apps."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from goldthread.access import gate
from goldthread.desk.models import SavedView
from goldthread.desk.queries.views import one_of
from goldthread.kernel.acting import Actor, acting_as
from goldthread.kernel.errors import Conflict, NotNow, RuleBroken
from goldthread.people import actions as people

MOST = 30
LONGEST_ASKED = 1000
TAKEN = "You have a view of that name. Choose another."


def keep_view(*, by: Actor, at: datetime, name: str, asked: str) -> SavedView:
    """This will keep a view of someone's own."""
    with acting_as(by):
        held = SavedView.objects.filter(practitioner=by.id)
        if held.count() >= MOST:
            raise NotNow(f"You keep {MOST} views. Let one go first.")
        if held.filter(name=name).exists():
            raise RuleBroken(TAKEN, field="name")
        if len(asked) > LONGEST_ASKED:
            raise RuleBroken("Too much is chosen to be kept in one view. Choose less.", field="name")
        return SavedView.objects.create(practitioner_id=by.id, name=name, asked=asked, kept_at=at)


def name_view(*, by: Actor, at: datetime, view: int, version: int, name: str) -> None:
    """This will give a view another name."""
    with acting_as(by):
        row = one_of(by, view)
        if SavedView.objects.filter(practitioner=by.id, name=name).exclude(pk=view).exists():
            raise RuleBroken(TAKEN, field="name")
        row.change(version=version, name=name)


def drop_view(*, by: Actor, at: datetime, view: int, version: int) -> None:
    """This will let a view go."""
    with acting_as(by):
        row = one_of(by, view)
        dropped, _ = SavedView.objects.filter(pk=view, version=version).delete()
        if not dropped:
            raise Conflict(theirs={"name": row.name}, yours={"name": ""}, version=row.version)


def begin_child(
    *, by: Actor, at: datetime, given: str, family: str, born: bool, on: date, exact: bool, sex: str
) -> str:
    """This will begin the record of a child, and give its reference; whoever begins it is involved from that day."""
    with gate.beginning(by=by, at=at, opened_on=localdate(at)) as changing:
        people.begin_child(
            changing,
            given=given,
            family=family,
            sex=sex,
            born_on=on if born else None,
            born_estimated=born and not exact,
            expected_on=None if born else on,
        )
        return changing.code
