"""The only writers of saved views. They touch no record: a view is a name and what a list is narrowed by."""

from __future__ import annotations

from datetime import datetime

from goldthread.desk.models import SavedView
from goldthread.desk.queries.views import one_of
from goldthread.kernel.acting import Actor, acting_as
from goldthread.kernel.errors import Conflict, NotNow, RuleBroken

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
