"""The family of a child as it stood on a day, ready to be drawn and listed; and everybody who belongs to her record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from goldthread.access.gate import Opened
from goldthread.agencies.models import Practitioner
from goldthread.people.models import Relationship, Residence, Responsibility
from goldthread.people.queries import wording
from goldthread.people.queries.circle import Circle, When, circle, when
from goldthread.people.queries.profile import Home, bearing_the_name, homes
from goldthread.people.tree.family import (
    Bond,
    Couple,
    Family,
    Household,
    How,
    Link,
    Parent,
    Person,
    Relation,
    Relative,
    Siblings,
)
from goldthread.people.vocabulary import (
    CAPACITY_WORDS,
    MUTUAL,
    RELATIONSHIP_WORDS,
    RelationshipHow,
    RelationshipKind,
    words_of,
)

_PARENTS = {
    RelationshipKind.STEP_PARENT: How.STEP,
    RelationshipKind.GUARDIAN: How.GUARDIAN,
    RelationshipKind.FOSTER_CARER: How.FOSTER,
    RelationshipKind.CARER: How.CARER,
}
_BORN = {
    RelationshipHow.BIRTH: How.BIRTH,
    RelationshipHow.ADOPTED: How.ADOPTIVE,
    RelationshipHow.UNSURE: How.UNSURE,
}
_BONDS = {
    RelationshipHow.MARRIED: Bond.MARRIED,
    RelationshipHow.CIVIL_PARTNERSHIP: Bond.MARRIED,
    RelationshipHow.LIVING_TOGETHER: Bond.PARTNERS,
    RelationshipHow.NOT_LIVING_TOGETHER: Bond.PARTNERS,
    RelationshipHow.SEPARATED: Bond.SEPARATED,
    RelationshipHow.DIVORCED: Bond.DIVORCED,
}
_OLDER = {
    RelationshipKind.GRANDPARENT: 2,
    RelationshipKind.AUNT_OR_UNCLE: 1,
    RelationshipKind.COUSIN: 0,
    RelationshipKind.RELATIVE: 0,
}
HIDDEN_HOME = "an address that is kept back"


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who belongs to a record: `code` is of her own record, if she has one that may be known of."""

    person: int
    name: str
    life: str
    capacities: tuple[str, ...]  # in words
    code: str
    openable: bool
    subject: bool


def family(
    opened: Opened,
    on: date | None = None,
    known_at: datetime | None = None,
    *,
    address_of: Callable[[str], str] = lambda code: "",
) -> Family:
    """This will give everyone who belongs to a child's record, how they are related and who lives with whom, on a day.

    `address_of` gives the address of a page from a record's reference; it is asked for those that the reader may open.
    """
    asked = when(opened, on, known_at)
    found = circle(opened, asked)
    persons = tuple(
        Person(
            id=str(one.id),
            name=one.name,
            sex=wording.sex_drawn(one.sex),
            born=one.born_on,
            born_about=one.born_estimated,
            due=one.expected_on if one.born_on is None else None,
            died=one.died_on,
            subject=one.subject,
            href=address_of(one.code) if one.id in found.openable else "",
        )
        for one in found.people
    )
    relations = tuple(_relations(found, asked))
    return Family(asked.on, persons, relations, _households(opened, found, asked))


def members(opened: Opened, on: date | None = None, known_at: datetime | None = None) -> tuple[Member, ...]:
    """This will give everyone who belongs to a child's record, the child first; whoever is to be kept back is not among them."""
    asked = when(opened, on, known_at)
    found = circle(opened, asked)
    return tuple(
        Member(
            person=one.id,
            name=wording.called(one.given, one.family, unborn=one.born_on is None and one.expected_on is not None),
            life=wording.life(one.born_on, one.born_estimated, one.expected_on, one.died_on, asked.on),
            capacities=tuple(words_of(CAPACITY_WORDS, each) for each in one.capacities),
            code=one.code,
            openable=one.id in found.openable,
            subject=one.subject,
        )
        for one in found.people
    )


def same_family_name(opened: Opened) -> frozenset[int]:
    """This will give the practitioners who bear a family name of the child, whose looking is shown as worth a question."""
    names = bearing_the_name(opened)
    if not names:
        return frozenset()
    found = Practitioner.objects.values_list("pk", "name")
    return frozenset(pk for pk, name in found if any(name.casefold().endswith(f" {one}") for one in names))


def _relations(found: Circle, asked: When) -> Iterator[Relation]:
    people = found.by_row
    rows = list(people)
    responsible = {
        (people[holder].id, people[child].id)
        for holder, child in Responsibility.objects.filter(
            asked.condition, child__in=rows, holder__in=rows
        ).values_list("holder", "child")
    }
    seen: set[tuple[object, ...]] = set()
    told = Relationship.objects.filter(asked.begun, person__in=rows, other__in=rows).order_by("pk")
    lines = sorted(
        told.values_list("kind", "person", "other", "how", "until_on"),
        key=lambda line: line[4] is not None and line[4] <= asked.on,
    )
    for kind, person, other, how, until_on in lines:
        one, two = people[person].id, people[other].id
        over = until_on is not None and until_on <= asked.on
        relation = _relation(RelationshipKind(kind), str(one), str(two), how, over, (one, two) in responsible)
        if relation is None or one == two:
            continue
        ends = tuple(sorted((one, two))) if RelationshipKind(kind) in MUTUAL else (one, two)
        if (type(relation), ends) not in seen:
            seen.add((type(relation), ends))
            yield relation


def _relation(kind: RelationshipKind, one: str, other: str, how: str, over: bool, responsible: bool) -> Relation | None:
    said = RelationshipHow(how) if how else None
    if kind is RelationshipKind.PARTNER:
        # Those who were partners once explain who the parents of whom are.
        bond = Bond.ENDED if over else _BONDS.get(said, Bond.PARTNERS) if said else Bond.PARTNERS
        return Couple(one, other, Bond.DIVORCED if over and said is RelationshipHow.DIVORCED else bond)
    if over:
        return None
    if kind is RelationshipKind.PARENT:
        return Parent(one, other, _BORN.get(said, How.BIRTH) if said else How.BIRTH, responsible)
    if kind in _PARENTS:
        return Parent(one, other, _PARENTS[kind], responsible)
    if kind is RelationshipKind.SIBLING:
        return Siblings(one, other)
    if kind in _OLDER:
        return Relative(one, other, words_of(RELATIONSHIP_WORDS, kind), _OLDER[kind])
    return Link(one, other, words_of(RELATIONSHIP_WORDS, kind))


def _households(opened: Opened, found: Circle, asked: When) -> tuple[Household, ...]:
    people = found.by_row
    rows = Residence.objects.filter(asked.condition, person__in=list(people)).order_by("address", "pk")
    living: dict[int, list[str]] = {}
    for person, address in rows.values_list("person", "address"):
        who = str(people[person].id)
        if who not in living.setdefault(address, []):
            living[address].append(who)
    where: dict[int, Home] = {home.address: home for home in homes(opened, list(people), asked)}
    return tuple(
        Household(HIDDEN_HOME if where[address].withheld else ", ".join(where[address].lines[:2]), tuple(members))
        for address, members in living.items()
        if address in where
    )
