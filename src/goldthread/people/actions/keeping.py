"""Beginning a child's record, and saying who belongs to it, what is so of them, and where they live."""

from __future__ import annotations

from datetime import date
from typing import Any

from goldthread.access.gate import Changing
from goldthread.access.vocabulary import Act
from goldthread.chronology import actions as chronology
from goldthread.kernel.errors import NotFound, NotNow, RuleBroken
from goldthread.people import indexing, texts
from goldthread.people.actions.sorts import SORTS, check_past
from goldthread.people.actions.writing import (
    allowed,
    at_hand,
    check_lived_at,
    correct,
    end,
    is_hidden,
    new_person,
    write,
)
from goldthread.people.addresses import postcode as read_postcode
from goldthread.people.models import Address, Hiding, Identifier, Membership, Person, PersonName, Vitals
from goldthread.people.queries.circle import When, circle
from goldthread.people.vocabulary import MUTUAL, Capacity, NameUse, RelationshipKind


def begin_child(
    changing: Changing,
    *,
    given: str = "",
    family: str = "",
    sex: str = "U",
    born_on: date | None = None,
    born_estimated: bool = False,
    expected_on: date | None = None,
) -> Person:
    """This will say who the child of a new record is, within `gate.beginning`; one who is not born has a day she is expected on."""
    if Person.objects.filter(record=changing.record).exists():
        raise NotNow("This record is of a child already.")
    check_past(born_on, changing.on, "born_on")
    if born_on is None and expected_on is None and not (given or family):
        raise RuleBroken("Enter a name, a date of birth, or the date on which the baby is expected.", field="given")
    child = new_person(changing, record=changing.record.pk)
    vitals = {"sex": sex, "born_on": born_on, "born_estimated": born_estimated, "expected_on": expected_on}
    write(changing, SORTS["vitals"], child.pk, SORTS["vitals"].clean(vitals))
    if given or family:
        use = NameUse.CURRENT if born_on is not None or expected_on is None else NameUse.BEFORE_BIRTH
        said = {"use": use.value, "given": given, "family": family, "from_on": born_on}
        write(changing, SORTS["name"], child.pk, SORTS["name"].clean(said))
    Membership.objects.create(
        record=changing.record, person=child, capacity=Capacity.SUBJECT.value, from_on=changing.record.opened_on,
        recorded_at=changing.at, recorded_by=changing.by.id or None,
    )  # fmt: skip
    indexing.reindex([child.pk])
    unborn = born_on is None and expected_on is not None
    data: dict[str, Any] = {"unborn": True} if unborn else {}
    if born_on is not None and not born_estimated:
        data["born_on"] = born_on.isoformat()
    if unborn and expected_on is not None:
        data["expected_on"] = expected_on.isoformat()
    chronology.record(changing, kind="child-identified", on=changing.on, data=data)
    return child


def add_person(
    changing: Changing,
    *,
    capacity: str,
    given: str = "",
    family: str = "",
    sex: str = "U",
    born_on: date | None = None,
    born_estimated: bool = False,
    from_on: date | None = None,
) -> Person:
    """This will make somebody who has no record of her own, and let her belong to this one."""
    check_past(born_on, changing.on, "born_on")
    name = SORTS["name"].clean({"use": NameUse.CURRENT.value, "given": given, "family": family})
    vitals = SORTS["vitals"].clean({"sex": sex, "born_on": born_on, "born_estimated": born_estimated})
    belongs = _membership(changing, capacity, from_on)
    person = new_person(changing)
    write(changing, SORTS["vitals"], person.pk, vitals)
    write(changing, SORTS["name"], person.pk, name)
    write(changing, SORTS["membership"], person.pk, belongs)
    return person


def let_belong(changing: Changing, other: Changing, *, capacity: str, from_on: date | None = None) -> Membership:
    """This will let the child of another record that is open for a change, a sibling, belong to this one."""
    child = Person.objects.filter(record__in=other.records).order_by("pk").first()
    if child is None or set(changing.records) & set(other.records):
        raise NotFound("There is no such child.")
    if Membership.objects.known().filter(record__in=changing.records, person=child, until_on__isnull=True).exists():
        raise NotNow("This child belongs to the record already.")
    made: Membership = write(changing, SORTS["membership"], child.pk, _membership(changing, capacity, from_on))
    return made


def _membership(changing: Changing, capacity: str, from_on: date | None) -> dict[str, Any]:
    said = {"record_id": changing.record.pk, "capacity": capacity, "from_on": from_on or changing.on}
    return SORTS["membership"].clean(said)


def add(changing: Changing, *, sort: str, person: int, **fields: Any) -> Any:
    """This will add a fact: a name, an identifier, a characteristic, a contact point, or a residence at a known address."""
    if sort not in ("name", "identifier", "characteristic", "contact-point"):
        raise TypeError(f"A {sort} is added by an action of its own.")
    person = allowed(changing, person)
    said = SORTS[sort].clean(fields)
    if sort == "identifier":
        _check_nobody_elses(person, said)
    if sort == "name" and said["use"] == NameUse.CURRENT and said["until_on"] is None:
        for old in PersonName.objects.known().filter(person=person, use=NameUse.CURRENT.value, until_on__isnull=True):
            if said["from_on"] is None or (old.from_on is not None and old.from_on > said["from_on"]):
                raise RuleBroken("Say from which day she bears this name, instead of the one before.", field="from_on")
            correct(
                changing, sort="name", row=old.pk, because=said["because"], needed=False, use=NameUse.FORMER.value,
                until_on=said["from_on"],
            )  # fmt: skip
    return write(changing, SORTS[sort], person, said)


def _check_nobody_elses(person: int, said: dict[str, Any]) -> None:
    there = Identifier.objects.known().filter(kind=said["kind"], value=said["value"], person=person)
    if there.filter(until_on__isnull=True).exists():
        raise NotNow("This number is recorded already.")


def set_vitals(changing: Changing, *, row: int, because: str = "", **fields: Any) -> Vitals:
    """This will correct sex, birth and death; the birth of a child who was unborn, and a death, become events as well."""
    old = at_hand(changing, SORTS["vitals"], row, fields)
    born_on, died_on = fields.get("born_on", old.born_on), fields.get("died_on", old.died_on)
    check_past(born_on, changing.on, "born_on")
    check_past(died_on, changing.on, "died_on")
    made: Vitals = correct(changing, sort="vitals", row=row, because=because, needed=False, **fields)
    if Person.objects.filter(pk=old.person_id, record__in=changing.records).exists():
        if old.born_on is None and old.expected_on is not None and born_on is not None:
            data = {"children": [f"child:{changing.code}"], "born_on": born_on.isoformat()}
            chronology.record(changing, kind="child-born", on=born_on, data=data)
        if old.died_on is None and died_on is not None:
            chronology.record(changing, kind="child-died", on=died_on, data={})
    return made


def add_residence(
    changing: Changing,
    *,
    person: int,
    from_on: date | None,
    address: int | None = None,
    lines: str = "",
    town: str = "",
    postcode: str = "",
    hidden_because: str = "",
    ends: int | None = None,
) -> Any:
    """This will say where someone lives, at an address of the record or at a new one; `ends` is the residence that is over by it."""
    person = allowed(changing, person)
    if address is not None:
        check_lived_at(changing, address)
        if is_hidden(changing, address):
            changing.check(Act.SEE_SENSITIVE)
        place = address
    else:
        place = _address(changing, lines, town, postcode).pk
    if ends is not None:
        if from_on is None:
            raise RuleBroken("Say from which day.", field="from_on")
        end(changing, sort="residence", row=ends, until_on=from_on)
    said = SORTS["residence"].clean({"address_id": place, "from_on": from_on})
    made = write(changing, SORTS["residence"], person, said)
    if hidden_because:
        hide_address(changing, address=place, because=hidden_because)
    return made


def _address(changing: Changing, lines: str, town: str, postcode: str) -> Address:
    kept = texts.said(lines, 500, "lines", needed="Enter the house and the street.", lines=True)
    read = read_postcode(postcode) if postcode else None
    if read is not None and read.fault:
        raise RuleBroken(read.fault, field="postcode")
    made = Address.objects.create(
        lines=kept,
        town=texts.said(town, 100, "town"),
        postcode=read.value if read is not None else "",
        recorded_at=changing.at,
        recorded_by=changing.by.id or None,
    )
    indexing.add_doors([(made.pk, made.lines, made.town, made.postcode)])
    return made


def hide_address(changing: Changing, *, address: int, because: str) -> Hiding:
    """This will keep an address from everyone without need, for whoever lives there; whoever reads may also hide."""
    check_lived_at(changing, address)
    if is_hidden(changing, address):
        raise NotNow("This address is hidden already.")
    made: Hiding = write(changing, SORTS["hiding"], address, SORTS["hiding"].clean({"because": because}))
    return made


def show_address(changing: Changing, *, address: int, because: str) -> None:
    """This will end that an address is hidden; only whoever sees it may."""
    changing.check(Act.SEE_SENSITIVE)
    check_lived_at(changing, address)
    rows = list(Hiding.objects.known().filter(address=address).exclude(until_on__lte=changing.on))
    if not rows:
        raise NotNow("This address is not hidden.")
    for row in rows:
        end(changing, sort="hiding", row=row.pk, until_on=changing.on, because=because or row.because)


def relate(
    changing: Changing,
    *,
    person: int,
    kind: str,
    other: int,
    how: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
) -> Any:
    """This will say what someone is to another: `person` is `kind` `other`. Both belong to the record."""
    person, other = allowed(changing, person, own_too=True), allowed(changing, other, own_too=True)
    if person == other:
        raise RuleBroken("Nobody is a relative of their own.", field="other")
    said = {"kind": kind, "other_id": other, "how": how, "from_on": from_on, "until_on": until_on}
    cleaned = SORTS["relationship"].clean(said)
    pairs = [(person, other), (other, person)] if RelationshipKind(kind) in MUTUAL else [(person, other)]
    standing = SORTS["relationship"].model.objects.known().filter(kind=kind, until_on__isnull=True)
    if until_on is None and any(standing.filter(person=one, other=two).exists() for one, two in pairs):
        raise NotNow("This is recorded already.")
    return write(changing, SORTS["relationship"], person, cleaned)


def give_responsibility(
    changing: Changing,
    *,
    how: str,
    holder: int | None = None,
    organisation: int | None = None,
    from_on: date | None = None,
) -> Any:
    """This will say that someone of the record, or an authority, has parental responsibility for the child."""
    child = circle(changing, When(changing.on), only_subject=True).subject
    if child is None:
        raise NotFound("There is no child in this record.")
    if holder is not None:
        holder = allowed(changing, holder, own_too=True)
    said = {"holder_id": holder, "organisation": organisation, "how": how, "from_on": from_on}
    return write(changing, SORTS["responsibility"], child.id, SORTS["responsibility"].clean(said))


def suppress(changing: Changing, *, row: int, because: str) -> Any:
    """This will keep a number from everyone without need; it stays held."""
    why = texts.said(because, 500, "because", needed="Say why the number is to be kept back.")
    return correct(changing, sort="identifier", row=row, because=why, suppressed_because=why)
