"""What is drawn as one connected set of lines: a couple, their children, or siblings whose parents are not recorded."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.people.tree.family import Bond, Couple, Family, How, Parent, Relation, Relative, Siblings

OWN = (How.BIRTH, How.ADOPTIVE)
"""Ways of being a parent by which one is family, and not only a carer."""


@dataclass(frozen=True, slots=True)
class Net:
    """Parents above, joined by a couple's line when there are two; children below. Either may be empty, not both.

    `how` is None when nothing is said of children; `bond` is None when nothing is said here of the parents as a couple,
    and `apart` is yes when nothing is said of it elsewhere either.
    """

    parents: tuple[str, ...]
    children: tuple[str, ...]
    how: How | None = None
    bond: Bond | None = None
    word: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """The nets, the relationships that they draw, and those that are said in words only."""

    nets: tuple[Net, ...]
    relations: tuple[Relation, ...]
    in_words: tuple[Relation, ...]


_MOST_BENEATH = 5
_MOST_ABOVE = 4
"""Nets that can begin beneath one symbol, and end above it: what is more would be lines that nobody can follow."""


def nets(family: Family, level: dict[str, int]) -> Drawn:
    """This will gather relationships into nets; `level` is the row of each person, and a line always leads downwards."""
    parents: dict[tuple[str, How], list[Parent]] = {}
    for relation in family.parentage:
        if _leads_down(relation.parent, relation.child, level) and not _said_by_the_couple(family, relation):
            parents.setdefault((relation.child, relation.how), []).append(relation)
    own_parents = {
        child: {each.parent for how in OWN for each in parents.get((child, how), ())} for child, _ in parents
    }
    children: dict[tuple[frozenset[str], How], list[Parent]] = {}
    for (_, how), relations in parents.items():
        children.setdefault((frozenset(each.parent for each in relations), how), []).extend(relations)
    bonds: dict[frozenset[str], Couple] = {}
    for couple in family.couples:
        if set(couple.ends) <= level.keys():
            bonds.setdefault(frozenset(couple.ends), couple)

    order = {person.id: place for place, person in enumerate(family.persons)}
    gathered: list[tuple[Net, list[Relation]]] = []
    waiting = dict(bonds)
    for (those, how), relations in sorted(children.items(), key=lambda each: each[0][1] not in OWN):
        bond = waiting.pop(those, None)
        net = Net(
            tuple(sorted(those, key=order.__getitem__)),
            tuple(dict.fromkeys(each.child for each in relations)),
            how,
            bond.bond if bond else None,
            apart=how in OWN and those not in bonds,
        )
        gathered.append((net, [*relations, bond] if bond else [*relations]))
    for those, couple in waiting.items():
        gathered.append((Net(tuple(sorted(those, key=order.__getitem__)), (), None, couple.bond), [couple]))
    for other in family.relations:
        if isinstance(other, Siblings | Relative) and (loose := _loose(other, level, own_parents)):
            gathered.append((loose, [other]))

    kept = _followable(gathered)
    drawn = [relation for _, relations in kept for relation in relations]
    unsaid = list(drawn)
    in_words = []
    for each in family.relations:
        if each in unsaid:
            unsaid.remove(each)
        else:
            in_words.append(each)
    return Drawn(tuple(net for net, _ in kept), tuple(drawn), tuple(in_words))


def _followable(gathered: list[tuple[Net, list[Relation]]]) -> list[tuple[Net, list[Relation]]]:
    """This will leave out nets of those who have too many to be drawn; they are in the order of what matters most."""
    beneath: dict[str, int] = {}
    above: dict[str, int] = {}
    kept = []
    for net, relations in gathered:
        if any(beneath.get(who, 0) >= _MOST_BENEATH for who in net.parents):
            continue
        if any(above.get(who, 0) >= _MOST_ABOVE for who in net.children):
            continue
        for who in net.parents:
            beneath[who] = beneath.get(who, 0) + 1
        for who in net.children:
            above[who] = above.get(who, 0) + 1
        kept.append((net, relations))
    return kept


def _loose(relation: Siblings | Relative, level: dict[str, int], own_parents: dict[str, set[str]]) -> Net | None:
    """This will give the net of a relationship that goes by no recorded parent, or None where words must do."""
    one, other = relation.ends
    beside = one in level and level.get(one) == level.get(other)
    match relation:
        case Siblings(word=word) if beside and not own_parents.get(one, set()) & own_parents.get(other, set()):
            return Net((), (one, other), None, None, f"{word}-siblings" if word else "siblings")
        case Relative(word=word) if _leads_down(one, other, level):
            return Net((one,), (other,), How.UNSURE, None, word)
        case Relative(word=word) if beside:
            return Net((), (one, other), None, None, word)
    return None


def _leads_down(older: str, younger: str, level: dict[str, int]) -> bool:
    return older in level and younger in level and level[older] < level[younger]


def _said_by_the_couple(family: Family, relation: Parent) -> bool:
    """Whether a step-parent's line would only say again what the couple's line says."""
    if relation.how is not How.STEP:
        return False
    own = set(family.parents_of(relation.child, OWN))
    return any(relation.parent in couple.ends and own & set(couple.ends) for couple in family.couples)
