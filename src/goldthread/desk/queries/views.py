"""The views of My work that someone keeps."""

from __future__ import annotations

from goldthread.desk.models import SavedView
from goldthread.kernel.acting import Actor
from goldthread.kernel.errors import NotFound


def kept_by(by: Actor) -> list[SavedView]:
    """This will give someone's own views, by name."""
    return list(SavedView.objects.filter(practitioner=by.id).order_by("name"))


def one_of(by: Actor, view: int) -> SavedView:
    """This will give one of someone's own views; another's is not there."""
    found = SavedView.objects.filter(practitioner=by.id, pk=view).first()
    if found is None:
        raise NotFound("There is no such view.")
    return found
