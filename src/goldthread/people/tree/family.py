"""What a tree is drawn from: people, how they are related on a day, and who lives with whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class Sex(StrEnum):
    """What decides the symbol: a circle, a square, or a diamond where it is neither or not known."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class How(StrEnum):
    """How somebody is a child's parent, or cares for her as one."""

    BIRTH = "birth"
    ADOPTIVE = "adoptive"
    STEP = "step"
    GUARDIAN = "guardian"
    FOSTER = "foster"
    CARER = "carer"
    UNSURE = "unsure"


class Bond(StrEnum):
    """How two partners stand to each other."""

    MARRIED = "married"
    PARTNERS = "partners"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    ENDED = "ended"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Person:
    """One person. `subject` is a child whose record this is; `known` is no when only the place in the family is known.

    An unborn child has `due` and no `born`. `notes` are short and are shown beneath the name; `href` is empty where the
    reader may not open a record.
    """

    id: str
    name: str
    sex: Sex = Sex.OTHER
    born: date | None = None
    born_about: bool = False
    due: date | None = None
    died: date | None = None
    dead: bool = False
    subject: bool = False
    known: bool = True
    href: str = ""
    notes: tuple[str, ...] = ()

    @property
    def unborn(self) -> bool:
        return self.born is None and self.due is not None

    @property
    def has_died(self) -> bool:
        return self.dead or self.died is not None


@dataclass(frozen=True, slots=True)
class Parent:
    """One is the other's parent in some way; with `responsibility` where parental responsibility is recorded."""

    parent: str
    child: str
    how: How = How.BIRTH
    responsibility: bool = False

    @property
    def ends(self) -> tuple[str, str]:
        return self.parent, self.child


@dataclass(frozen=True, slots=True)
class Couple:
    """Two are, or were, partners."""

    one: str
    other: str
    bond: Bond = Bond.UNSURE

    @property
    def ends(self) -> tuple[str, str]:
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Siblings:
    """Two are siblings; `word` says how where the parents do not: half, step, adoptive."""

    one: str
    other: str
    word: str = ""

    @property
    def ends(self) -> tuple[str, str]:
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Relative:
    """One is a relative of the other by a way that is not recorded: "grandmother", 2 generations older; "cousin", 0."""

    one: str
    other: str
    word: str
    older: int

    @property
    def ends(self) -> tuple[str, str]:
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Link:
    """One matters to the other without being a relative: "family friend", "neighbour", "youth worker"."""

    one: str
    other: str
    word: str

    @property
    def ends(self) -> tuple[str, str]:
        return self.one, self.other


Relation = Parent | Couple | Siblings | Relative | Link


@dataclass(frozen=True, slots=True)
class Household:
    """Who lives together; `label` names the home without its address where that is hidden. A child may live in two."""

    label: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """Everyone who is to be drawn, as it stood on a day. Refuses with ValueError what does not fit together."""

    on: date
    persons: tuple[Person, ...]
    relations: tuple[Relation, ...] = ()
    households: tuple[Household, ...] = field(default=())

    def __post_init__(self) -> None:
        ids = [person.id for person in self.persons]
        if len(set(ids)) != len(ids):
            raise ValueError("Nobody can be in a family twice.")
        if any(who.startswith("|") for who in ids):
            raise ValueError("No one's id begins with a stroke: the drawing's own places do.")
        for one, other in (relation.ends for relation in self.relations):
            if one == other:
                raise ValueError("Nobody is a relative of their own.")
            if not {one, other} <= set(ids):
                raise ValueError("A relationship names somebody who is not in the family.")
        if not {member for household in self.households for member in household.members} <= set(ids):
            raise ValueError("A household names somebody who is not in the family.")

    @cached_property
    def people(self) -> dict[str, Person]:
        return {person.id: person for person in self.persons}

    @cached_property
    def subjects(self) -> tuple[Person, ...]:
        return tuple(person for person in self.persons if person.subject)

    def parents_of(self, child: str, hows: Iterable[How] = How) -> list[str]:
        wanted = set(hows)
        return [each.parent for each in self.parentage if each.child == child and each.how in wanted]

    def children_of(self, parent: str, hows: Iterable[How] = How) -> list[str]:
        wanted = set(hows)
        return [each.child for each in self.parentage if each.parent == parent and each.how in wanted]

    @cached_property
    def parentage(self) -> tuple[Parent, ...]:
        return tuple(each for each in self.relations if isinstance(each, Parent))

    @cached_property
    def couples(self) -> tuple[Couple, ...]:
        return tuple(each for each in self.relations if isinstance(each, Couple))
