"""Which tables the nets lie under, and what both databases offer to those who bind an actor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import NamedTuple, Protocol

from django.apps import apps
from django.db.models import Model

from goldthread.kernel.declaring import Mutability, Sensitivity, declared_of, declared_tables, marks_of

PROTECTED = (Sensitivity.RECORD, Sensitivity.AUDIT)
KEPT = (Mutability.APPEND_ONLY, Mutability.DESTROYABLE)


class Netted(Protocol):
    """A database connection with nets."""

    def bind(self, actor: str) -> None:
        """This will let protected tables be used, in the name of the actor, until the transaction ends."""

    def unbind(self) -> None:
        """This will shut them again."""

    def looking(self, moment: str = "") -> AbstractContextManager[None]:
        """This will open a transaction that changes nothing, holds nobody up, and sees one moment throughout.

        `moment`: the one that another connection sees, by the name that `moment()` gave there.
        """

    def moment(self) -> str:
        """This will name the moment that the open transaction sees, for other connections while it lasts."""

    def schema_lifted(self) -> AbstractContextManager[None]:
        """This will let tables be made and changed for a while."""

    def destruction_lifted(self) -> AbstractContextManager[None]:
        """This will let rows of destroyable tables be removed for a while."""


class Tables(NamedTuple):
    """The names of the tables under each net."""

    protected: frozenset[str]
    kept: frozenset[str]
    destroyable: frozenset[str]


NOTHING = Tables(frozenset(), frozenset(), frozenset())


def tables() -> Tables:
    """This will give the tables under each net; none while the apps are still being read."""
    return _tables() if apps.models_ready and apps.ready else NOTHING


@lru_cache(maxsize=1)
def _tables() -> Tables:
    protected, kept, destroyable = set(), set(), set()
    declarations = {model._meta.db_table: declared_of(model) for model in managed_models()}
    for name, declared in {**declarations, **declared_tables()}.items():
        if declared.sensitivity in PROTECTED:
            protected.add(name)
        if declared.mutability in KEPT:
            kept.add(name)
        if declared.mutability is Mutability.DESTROYABLE:
            destroyable.add(name)
    return Tables(frozenset(protected), frozenset(kept), frozenset(destroyable))


def marked() -> dict[str, frozenset[str]]:
    """This will give the tables whose rows are superseded, and the columns that mark them so; none while apps are being read."""
    return _marked() if apps.models_ready and apps.ready else {}


@lru_cache(maxsize=1)
def _marked() -> dict[str, frozenset[str]]:
    return {
        model._meta.db_table: marks_of(model)
        for model in managed_models()
        if declared_of(model).mutability is Mutability.SUPERSEDED
    }


def managed_models() -> Iterator[type[Model]]:
    """This will give every model that has a table."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model
