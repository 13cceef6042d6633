"""The same family as a list: everything that the drawing shows, in words, generation by generation."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.people.tree.family import Family, Person
from goldthread.people.tree.generations import Generations, generations
from goldthread.people.tree.wording import called, life, of_first, of_second


@dataclass(frozen=True, slots=True)
class Item:
    """One person: `facts` about her, then what she is to others; `href` as given."""

    id: str
    name: str
    subject: bool
    href: str
    facts: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One generation, or those around the family."""

    heading: str
    items: tuple[Item, ...]


def _heading(older: int, whose: str) -> str:
    if older == 0:
        return f"{whose} generation"
    if older == 1:
        return "Parents' generation"
    if older > 1:
        return f"{'great-' * (older - 2)}grandparents' generation".capitalize()
    if older == -1:
        return "The next generation"
    return f"{-older} generations on"


def listing(family: Family) -> tuple[Section, ...]:
    """This will give the family as nested lists: sections of people, each with what is known and how they are related."""
    found = generations(family)
    sections = []
    for at in sorted(set(found.of.values())):
        members = [person for person in family.persons if found.of.get(person.id) == at]
        members.sort(key=lambda person: (not person.subject, person.born or person.due or family.on))
        heading = _heading(found.of_subject - at, _whose(family, found))
        sections.append(Section(heading, tuple(_item(family, person) for person in members)))
    if found.around:
        items = tuple(_item(family, family.people[who]) for who in found.around)
        sections.append(Section("Others who matter to the family", items))
    return tuple(sections)


def _whose(family: Family, found: Generations) -> str:
    names = [called(person) for person in family.subjects if found.of.get(person.id) == found.of_subject]
    if not names:
        return "The youngest"
    return f"{names[0]}'s" if len(names) == 1 else "The children's"


def _item(family: Family, person: Person) -> Item:
    facts = [life(person, family.on), *person.notes]
    if not person.known:
        facts.append("it is not recorded who this is")
    for household in family.households:
        if person.id in household.members:
            others = [called(family.people[who]) for who in household.members if who != person.id]
            facts.append(f"home: {household.label}, {f'with {_joined(others)}' if others else 'alone'}")
    relations = []
    for relation in family.relations:
        if relation.ends[0] == person.id:
            relations.append(of_first(family, relation))
        elif relation.ends[1] == person.id:
            relations.append(of_second(family, relation))
    return Item(
        person.id, called(person), person.subject, person.href, tuple(fact for fact in facts if fact), tuple(relations)
    )


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
