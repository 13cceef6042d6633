"""What each table says about itself: how sensitive it is, how long it is kept, and how its rows may change."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from django.db.models import Model


class Sensitivity(StrEnum):
    """Whom a table is about, and so which nets lie under it."""

    PUBLIC = "public"  # may be read by anyone: the guidance, organisations' names
    STAFF = "staff"  # about practitioners and how they work
    RECORD = "record"  # about a child or a family: read only through the gate
    AUDIT = "audit"  # who did and who saw what
    SECRET = "secret"  # passwords, keys, sessions: never shown to anyone


class Retention(StrEnum):
    """How long the rows are kept, and what ends them."""

    WITH_RECORD = "with the record"  # as long as the record that they belong to
    PERMANENT = "permanent"  # the proof that something happened, without its content
    WITH_EMPLOYMENT = "with employment"  # while the practitioner or organisation is known, and six years
    SESSION = "session"  # hours or days
    REBUILT = "rebuilt"  # an index: may be thrown away and made again at any time
    INSTALLATION = "installation"  # as long as the installation


class Mutability(StrEnum):
    """How a row may change once it is written."""

    APPEND_ONLY = "append-only"  # never changed and never removed
    DESTROYABLE = "destroyable"  # never changed; removed only by the act of two people
    SUPERSEDED = "superseded"  # never removed, and never changed but in the columns that mark it as replaced
    VERSIONED = "versioned"  # changed under a version number, so that no change is lost
    FREE = "free"  # an index, a session, a setting


class Declared(NamedTuple):
    """A table's three declarations."""

    sensitivity: Sensitivity
    retention: Retention
    mutability: Mutability


_ELSEWHERE: dict[str, Declared] = {}
"""What is declared of models that packages bring, by label (`app.model`, in lower case)."""


def declare(label: str, declared: Declared) -> None:
    """This will declare a model of another package, which cannot say it itself."""
    _ELSEWHERE[label.lower()] = declared


_TABLES: dict[str, Declared] = {}
"""What is declared of tables that no model stands for: an index of words, for example, that a migration makes by hand."""


def declare_table(name: str, declared: Declared) -> None:
    """This will declare a table that no model stands for, so that the nets lie under it; called at `ready()`."""
    _TABLES[name] = declared


def declared_tables() -> dict[str, Declared]:
    """This will give what is declared of such tables."""
    return dict(_TABLES)


def marks_of(model: type[Model]) -> frozenset[str]:
    """This will give the columns by which a row of a superseded table is marked as replaced: all that may change of it.

    The model names the fields in `marks`; none, where its rows never change at all.
    """
    columns = {field.name: field.column or field.name for field in model._meta.concrete_fields}
    return frozenset(columns[name] for name in getattr(model, "marks", ()))


def declared_of(model: type[Model]) -> Declared:
    """This will give what a model declares; one that declares nothing raises `LookupError` with a sentence."""
    own = getattr(model, "declared", None)
    if isinstance(own, Declared):
        return own
    found = _ELSEWHERE.get(model._meta.label_lower)
    made_for = cast("type[Model] | None", model._meta.auto_created)  # the stubs say bool; Django gives the model
    if found is None and made_for:
        return declared_of(made_for)
    if found is None:
        raise LookupError(f"{model._meta.label} declares no sensitivity, retention and mutability.")
    return found
