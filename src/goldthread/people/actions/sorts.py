"""The sorts of facts that people write, and what each must be: refused with a sentence that names the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from goldthread.kernel.errors import RuleBroken
from goldthread.people import identifiers, texts
from goldthread.people import models as tables
from goldthread.people.contact_points import email, phone
from goldthread.people.vocabulary import (
    FITTING,
    Capacity,
    CharacteristicKind,
    ContactKind,
    NameUse,
    RelationshipHow,
    RelationshipKind,
    ResponsibilityHow,
    Sex,
)

Said = Mapping[str, Any]


class Sort(NamedTuple):
    """One sort: its table, whose a row is, and what makes its fields fit to be kept."""

    name: str
    model: Any
    owner: str
    clean: Callable[[Said], dict[str, Any]]


def code(codes: type[StrEnum], said: Any, field: str) -> str:
    """This will give a code of ours, or refuse what is none."""
    try:
        return str(codes(said).value)
    except ValueError:
        raise RuleBroken("Choose one of the list.", field=field) from None


def period(said: Said) -> dict[str, Any]:
    """This will give the two ends of a period that can be."""
    from_on, until_on = said.get("from_on"), said.get("until_on")
    if from_on is not None and until_on is not None and until_on < from_on:
        raise RuleBroken("This would end before it begins.", field="until_on")
    return {"from_on": from_on, "until_on": until_on}


def _name(said: Said) -> dict[str, Any]:
    given = texts.said(said.get("given", ""), 120, "given")
    family = texts.said(said.get("family", ""), 120, "family")
    if not given and not family:
        raise RuleBroken("Enter a name.", field="given")
    use = code(NameUse, said["use"], "use")
    because = texts.said(said.get("because", ""), 500, "because")
    return {"use": use, "given": given, "family": family, "because": because, **period(said)}


def _identifier(said: Said) -> dict[str, Any]:
    kind = said["kind"]
    if kind not in identifiers.KINDS:
        raise RuleBroken("Choose one of the list.", field="kind")
    verdict = identifiers.check(kind, texts.said(said["value"], 60, "value"))
    if verdict.fault:
        raise RuleBroken(verdict.fault, field="value")
    because = texts.said(said.get("suppressed_because", ""), 500, "suppressed_because")
    return {"kind": kind, "value": verdict.value, "suppressed_because": because, **period(said)}


def _characteristic(said: Said) -> dict[str, Any]:
    kind = code(CharacteristicKind, said["kind"], "kind")
    value = texts.said(said["value"], 1000, "value", needed="Say what is so.", lines=True)
    return {"kind": kind, "value": value, **period(said)}


def _contact_point(said: Said) -> dict[str, Any]:
    kind = code(ContactKind, said["kind"], "kind")
    typed = texts.said(said["value"], 254, "value")
    read = email(typed) if kind == ContactKind.EMAIL else phone(typed)
    if read.fault:
        raise RuleBroken(read.fault, field="value")
    return {
        "kind": kind,
        "value": read.value,
        "caution": texts.said(said.get("caution", ""), 500, "caution"),
        **period(said),
    }


def _residence(said: Said) -> dict[str, Any]:
    return {"address_id": said["address_id"], **period(said)}


def _relationship(said: Said) -> dict[str, Any]:
    kind = code(RelationshipKind, said["kind"], "kind")
    how = said.get("how", "")
    if how and code(RelationshipHow, how, "how") not in FITTING.get(RelationshipKind(kind), frozenset()):
        raise RuleBroken("This does not go with this kind of relationship.", field="how")
    return {"kind": kind, "other_id": said["other_id"], "how": how, **period(said)}


def _responsibility(said: Said) -> dict[str, Any]:
    holder, organisation = said.get("holder_id"), said.get("organisation")
    if (holder is None) == (organisation is None):
        raise RuleBroken("Choose a person or an authority.", field="holder")
    how = code(ResponsibilityHow, said["how"], "how")
    return {"holder_id": holder, "organisation": organisation, "how": how, **period(said)}


def _membership(said: Said) -> dict[str, Any]:
    capacity = code(Capacity, said["capacity"], "capacity")
    if capacity == Capacity.SUBJECT:
        raise RuleBroken("A record is of one child.", field="capacity")
    return {"record_id": said["record_id"], "capacity": capacity, **period(said)}


def _vitals(said: Said) -> dict[str, Any]:
    born_on, expected_on, died_on = said.get("born_on"), said.get("expected_on"), said.get("died_on")
    if born_on is not None and died_on is not None and died_on < born_on:
        raise RuleBroken("The day of death is before the day of birth.", field="died_on")
    sex = code(Sex, said.get("sex", Sex.UNKNOWN), "sex")
    estimated = bool(said.get("born_estimated")) and born_on is not None
    return {
        "sex": sex, "born_on": born_on, "born_estimated": estimated, "expected_on": expected_on, "died_on": died_on,
        **period(said),
    }  # fmt: skip


def _hiding(said: Said) -> dict[str, Any]:
    because = texts.said(said["because"], 500, "because", needed="Say why the address is to be hidden.")
    return {"because": because, **period(said)}


SORTS: dict[str, Sort] = {
    sort.name: sort
    for sort in (
        Sort("name", tables.PersonName, "person_id", _name),
        Sort("identifier", tables.Identifier, "person_id", _identifier),
        Sort("characteristic", tables.Characteristic, "person_id", _characteristic),
        Sort("contact-point", tables.ContactPoint, "person_id", _contact_point),
        Sort("residence", tables.Residence, "person_id", _residence),
        Sort("relationship", tables.Relationship, "person_id", _relationship),
        Sort("responsibility", tables.Responsibility, "child_id", _responsibility),
        Sort("membership", tables.Membership, "person_id", _membership),
        Sort("vitals", tables.Vitals, "person_id", _vitals),
        Sort("hiding", tables.Hiding, "address_id", _hiding),
    )
}


def check_past(on: date | None, today: date, field: str) -> None:
    """This will refuse a day that is still to come."""
    if on is not None and on > today:
        raise RuleBroken("This day is still to come.", field=field)
