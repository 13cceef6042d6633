"""Which generation each person belongs to, counted down from the oldest, and who stands beside the generations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goldthread.people.tree.family import Couple, Family, How, Link, Parent, Relation, Relative, Siblings


@dataclass(frozen=True, slots=True)
class Generations:
    """Each person's generation, 0 for the oldest; `around` are those who are related to nobody here.

    `of_subject` is the generation of the first child whose record this is.
    """

    of: dict[str, int]
    around: tuple[str, ...]
    of_subject: int


def _steps(relations: Iterable[Relation]) -> Iterator[tuple[int, str, str, int]]:
    """This will give what each relationship says of generations: how sure it is, the older one, the other, and how far."""
    for relation in relations:
        match relation:
            case Parent(parent, child, How.BIRTH | How.ADOPTIVE):
                yield 0, parent, child, 1
            case Couple(one, other):
                yield 1, one, other, 0
            case Siblings(one, other):
                yield 2, one, other, 0
            case Parent(parent, child):
                yield 3, parent, child, 1
            case Relative(one, other, older=older):
                yield 4, one, other, older
            case Link():
                continue


def generations(family: Family) -> Generations:
    """This will give everyone a generation; where relationships contradict each other, the surer kind prevails."""
    root = {person.id: person.id for person in family.persons}
    below = dict.fromkeys(root, 0)
    """How many generations a person stands below the root of her group."""
    groups = {who: [who] for who in root}
    related = set()
    for _, one, other, apart in sorted(_steps(family.relations), key=lambda step: step[0]):
        related |= {one, other}
        kept, moved = root[one], root[other]
        if kept == moved:
            continue
        shift = below[one] + apart - below[other]
        for member in groups.pop(moved):
            root[member] = kept
            below[member] += shift
            groups[kept].append(member)
    around = [person.id for person in family.persons if person.id not in related]
    subjects = [person.id for person in family.persons if person.subject and person.id in related]
    if not related:
        # Nobody is related: the children whose records these are make a generation of their own.
        subjects = [person.id for person in family.subjects] or around[:1]
        around = [who for who in around if who not in subjects]
        return Generations(dict.fromkeys(subjects, 0), tuple(around), 0)
    around = [who for who in around if not family.people[who].subject]
    level: dict[str, int] = {}
    for members in groups.values():
        if members[0] in around:
            continue
        anchors = [who for who in subjects if who in members] or [max(members, key=lambda who: below[who])]
        for member in members:
            level[member] = below[member] - below[anchors[0]]
    top = min(level.values())
    first = subjects[0] if subjects else next(iter(level))
    return Generations({who: at - top for who, at in level.items()}, tuple(around), level[first] - top)
