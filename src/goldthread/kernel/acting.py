"""Who acts: the one place that opens a transaction on protected data and tells the database for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, cast

from django.db import connection, connections, transaction

from goldthread.kernel.db.net import Netted
from goldthread.kernel.errors import BrokenOff, Refusal


class ActorKind(StrEnum):
    """What sort of actor."""

    PRACTITIONER = "practitioner"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the audit will know her: ids only. `name` is the name of a system actor, never a person's."""

    kind: ActorKind
    id: int  # of the practitioner; 0 for the system
    account: int | None = None
    organisation: int | None = None
    name: str = ""
    session: str = ""  # a hash of the session's key
    request: str = ""  # the id of the request
    address: str = ""  # where the request came from

    def __str__(self) -> str:
        """Give what the database is told."""
        return f"system:{self.name}" if self.kind is ActorKind.SYSTEM else f"practitioner:{self.id}"


def system(name: str) -> Actor:
    """This will give the actor of a job or command, named as the audit will show it: `system("load")`."""
    return Actor(ActorKind.SYSTEM, 0, name=name)


_actor: ContextVar[Actor | None] = ContextVar("goldthread_actor", default=None)
_memo: ContextVar[dict[Any, Any] | None] = ContextVar("goldthread_memo", default=None)
_recorders: list[Callable[[Actor, Refusal], None]] = []


def record_refusals_with(recorder: Callable[[Actor, Refusal], None]) -> None:
    """This will have refusals that carry a trace kept by `recorder`; the audit registers itself here."""
    if recorder not in _recorders:
        _recorders.append(recorder)


def current() -> Actor | None:
    """This will give the actor who is bound, if one is."""
    return _actor.get()


def memo() -> dict[Any, Any]:
    """This will give what the open transaction remembers for itself, and forgets at its end."""
    held = _memo.get()
    if held is None:
        raise RuntimeError("Nobody is acting, so there is nothing to remember it for.")
    return held


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """This will run what follows in one transaction, with the actor bound for the database; all of it or none is done.

    Within itself it joins the transaction that is open, for the same actor only. A refusal that carries a trace is
    kept, in a transaction of its own, after all else was rolled back; if even that cannot be kept, that is the error.
    """
    held = _actor.get()
    if held is not None:
        if held != actor:
            raise RuntimeError(f"{held} is acting; {actor} cannot act within the same transaction.")
        with transaction.atomic(savepoint=False):
            yield
        return
    try:
        with _bound(actor):
            yield
    except Refusal as refusal:
        if refusal.trace:
            with _bound(actor):
                for recorder in _recorders:
                    recorder(actor, refusal)
        raise


@contextmanager
def looking_as(actor: Actor) -> Iterator[None]:
    """This will run what follows as of one moment, changing nothing and holding nobody up, with the actor bound.

    For long reading by the system itself (verifying, counting); a person's reading leaves a trace, which is a change.
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise RuntimeError("Only the system looks without a trace.")
    if _actor.get() is not None:
        with acting_as(actor):
            yield
        return
    with _bound(actor, cast(Netted, connection).looking):
        yield


def moment() -> str:
    """This will name what `looking_as` sees, so that a forked process can see the same with `looking_beside`."""
    return cast(Netted, connection).moment()


@contextmanager
def looking_beside(seen: str) -> Iterator[None]:
    """This will look in a forked process, by a connection of its own, for the same actor and as of the same moment.

    On SQLite the moment may be a later one: what is only added to has not changed below what was there.
    """
    actor = _actor.get()
    if actor is None:
        raise RuntimeError("Nobody was looking when this process was forked.")
    connections[connection.alias] = connection.copy()  # the other one belongs to the process that this came from
    token = _actor.set(None)
    try:
        with _bound(actor, partial(cast(Netted, connection).looking, seen)):
            yield
    finally:
        _actor.reset(token)


@contextmanager
def _bound(actor: Actor, begun: Callable[[], AbstractContextManager[Any]] = transaction.atomic) -> Iterator[None]:
    net = cast(Netted, connection)
    token, remembered = _actor.set(actor), _memo.set({})
    try:
        with begun():
            net.bind(str(actor))
            try:
                yield
                if connection.needs_rollback:
                    raise BrokenOff("Something within failed and was passed over, so nothing of it was kept.")
            finally:
                net.unbind()
    finally:
        _memo.reset(remembered)
        _actor.reset(token)


@contextmanager
def schema_open() -> Iterator[Any]:
    """This will let tables be made and changed: for `migrate` and the making of test databases only."""
    net = cast(Netted, connection)
    with net.schema_lifted():
        yield connection


@contextmanager
def destruction_open() -> Iterator[None]:
    """This will let rows of destroyable tables be removed; only the audit's act of two people may use it."""
    if _actor.get() is None:
        raise RuntimeError("Nobody is acting: content is destroyed by an act of two people.")
    net = cast(Netted, connection)
    with net.destruction_lifted():
        yield
