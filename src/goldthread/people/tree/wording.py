"""What is said of people and relationships, beside the drawing and in the list."""

from __future__ import annotations

from datetime import date

from goldthread.people.date_matching import age
from goldthread.people.tree.family import (
    Bond,
    Couple,
    Family,
    How,
    Link,
    Parent,
    Person,
    Relation,
    Relative,
    Sex,
    Siblings,
)
from goldthread.people.tree.nets import OWN

_PARENT = {Sex.FEMALE: "mother", Sex.MALE: "father", Sex.OTHER: "parent"}
_CHILD = {Sex.FEMALE: "daughter", Sex.MALE: "son", Sex.OTHER: "child"}
_SIBLING = {Sex.FEMALE: "sister", Sex.MALE: "brother", Sex.OTHER: "sibling"}
_PARENTS_SIBLING = {Sex.FEMALE: "aunt", Sex.MALE: "uncle", Sex.OTHER: "parent's sibling"}
_SIBLINGS_CHILD = {Sex.FEMALE: "niece", Sex.MALE: "nephew", Sex.OTHER: "sibling's child"}

_AS_PARENT = {
    How.BIRTH: "{parent}",
    How.ADOPTIVE: "adoptive {parent}",
    How.STEP: "step{parent}",
    How.GUARDIAN: "special guardian",
    How.FOSTER: "foster carer",
    How.CARER: "carer",
    How.UNSURE: "perhaps the {parent}",
}
_AS_CHILD = {
    How.BIRTH: "{child} of {name}",
    How.ADOPTIVE: "adopted {child} of {name}",
    How.STEP: "step{child} of {name}",
    How.GUARDIAN: "in the care of {name}, special guardian",
    How.FOSTER: "in the care of {name}, foster carer",
    How.CARER: "in the care of {name}",
    How.UNSURE: "perhaps the {child} of {name}",
}
_BOND = {
    Bond.MARRIED: "married to {name}",
    Bond.PARTNERS: "partner of {name}",
    Bond.SEPARATED: "separated from {name}",
    Bond.DIVORCED: "divorced from {name}",
    Bond.ENDED: "former partner of {name}",
    Bond.UNSURE: "perhaps a partner of {name}",
}


def day(on: date) -> str:
    """This will write a date as it is said: 4 March 2016."""
    return f"{on.day} {on:%B} {on.year}"


def called(person: Person) -> str:
    """This will give a name to speak of a person by, where she has none as well."""
    if person.name:
        return person.name
    return "Unborn baby" if person.unborn else "Name not known"


def age_mark(person: Person, on: date) -> str:
    """This will give the age for the inside of a symbol: 9, 7m, 3w; nothing where it is not known, or who has died."""
    if person.born is None or person.born > on or person.has_died:
        return ""
    years, days = age(person.born, on), (on - person.born).days
    if years >= 2:
        mark = str(years)
    elif days >= 7 * 13:
        mark = f"{_months(person.born, on)}m"
    else:
        mark = f"{days // 7}w"
    return f"~{mark}" if person.born_about else mark


def _months(born: date, on: date) -> int:
    return (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)


def life(person: Person, on: date, *, aged: bool = True) -> str:
    """This will say when a person was born or is expected, when she died, and with `aged` how old she is."""
    said = []
    if person.unborn and person.due is not None:
        said.append(f"unborn, due {day(person.due)}")
    elif person.born is not None:
        said.append(f"born about {person.born.year}" if person.born_about else f"born {day(person.born)}")
        if aged and person.born <= on and not person.has_died:
            said.append(("about " if person.born_about else "") + _aged(person.born, on))
    if person.died is not None:
        after = f", {_aged(person.born, person.died)}" if person.born and person.born <= person.died else ""
        said.append(f"died {day(person.died)}{after}")
    elif person.dead:
        said.append("has died")
    return ", ".join(said)


def _aged(born: date, on: date) -> str:
    years, months = age(born, on), _months(born, on)
    if years >= 2:
        return f"aged {years}"
    if months >= 3:
        return f"aged {months} months"
    weeks = (on - born).days // 7
    return f"aged {weeks} week{'' if weeks == 1 else 's'}"


def of_first(family: Family, relation: Relation) -> str:
    """This will say what the first person of a relationship is to the second."""
    one, other = (family.people[who] for who in relation.ends)
    name = called(other)
    match relation:
        case Parent(how=how, responsibility=responsibility):
            said = f"{_AS_PARENT[how].format(parent=_PARENT[one.sex])} of {name}"
            return f"{said}, with parental responsibility" if responsibility else said
        case Couple(bond=bond):
            return _BOND[bond].format(name=name)
        case Siblings(word=word):
            return f"{word}{'-' if word else ''}{_SIBLING[one.sex]} of {name}"
        case Relative(word=word) | Link(word=word):
            return f"{word} of {name}"


def of_second(family: Family, relation: Relation) -> str:
    """This will say what the second person of a relationship is to the first."""
    one, other = (family.people[who] for who in relation.ends)
    name = called(one)
    match relation:
        case Parent(how=how):
            return _AS_CHILD[how].format(child=_CHILD[other.sex], name=name)
        case Couple(bond=bond):
            return _BOND[bond].format(name=name)
        case Siblings(word=word):
            return f"{word}{'-' if word else ''}{_SIBLING[other.sex]} of {name}"
        case Relative(word=word) | Link(word=word):
            return f"{name} is the {word}"


def standing(family: Family, person: Person, child: Person) -> str:
    """This will say in a word or two what a person is to a child, worked out from the relationships; nothing if unclear."""
    if person.id == child.id:
        return ""
    for relation in family.relations:
        if relation.ends == (person.id, child.id):
            match relation:
                case Parent(how=how):
                    return _AS_PARENT[how].format(parent=_PARENT[person.sex])
                case Siblings(word=word):
                    return f"{word}{'-' if word else ''}{_SIBLING[person.sex]}"
                case Relative(word=word) | Link(word=word):
                    return word
        if relation.ends == (child.id, person.id):
            match relation:
                case Parent(how=how) if how in OWN:
                    return _CHILD[person.sex]
                case Siblings(word=word):
                    return f"{word}{'-' if word else ''}{_SIBLING[person.sex]}"
    return _worked_out(family, person, child)


def _worked_out(family: Family, person: Person, child: Person) -> str:
    parents, theirs = set(family.parents_of(child.id, OWN)), set(family.parents_of(person.id, OWN))
    if shared := parents & theirs:
        half = len(shared) < 2 and len(parents) > 1 and len(theirs) > 1
        return f"{'half-' if half else ''}{_SIBLING[person.sex]}"
    for parent in sorted(parents):
        whose = _PARENT[family.people[parent].sex]
        if person.id in family.parents_of(parent, OWN):
            return f"grand{_PARENT[person.sex]}"
        for couple in family.couples:
            if set(couple.ends) == {parent, person.id}:
                former = couple.bond in (Bond.SEPARATED, Bond.DIVORCED, Bond.ENDED)
                return f"{whose}'s {'former ' if former else ''}partner"
        grandparents = set(family.parents_of(parent, OWN))
        if grandparents & theirs or _siblings(family, parent, person.id):
            return _PARENTS_SIBLING[person.sex]
        if any(grandparents & set(family.parents_of(each, OWN)) for each in theirs):
            return "cousin"
    if any(parents & set(family.parents_of(each, OWN)) for each in theirs):
        return _SIBLINGS_CHILD[person.sex]
    return ""


def _siblings(family: Family, one: str, other: str) -> bool:
    return any(isinstance(each, Siblings) and set(each.ends) == {one, other} for each in family.relations)
