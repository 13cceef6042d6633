"""Families are such as could be: parents older than their children, nobody anywhere before birth or after death."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from datetime import date, timedelta

from authority_told import ON, Authority

from goldthread.invented.people import Person

YEAR = timedelta(days=365.25)


def lived(person: Person) -> tuple[date, date]:
    """The first and the last day of someone's life; someone unborn has not begun, and a day in the past means unknown."""
    return person.born_on or date.max, person.died_on or date.max


def test_a_parent_was_old_enough_and_alive_or_lately_dead_when_a_child_was_born(harrowmere: Authority) -> None:
    seen: Counter[str] = Counter()
    for told in harrowmere.batches:
        for one in told.relationships:
            if one.kind not in ("parent-of", "grandparent-of"):
                continue
            older, younger = harrowmere.persons[one.person], harrowmere.persons[one.other]
            if younger.born_on is None:
                continue
            assert older.born_on is not None
            age = (younger.born_on - older.born_on) / YEAR
            least, most = (15.5, 62) if one.kind == "parent-of" else (30, 99)
            assert least < age < most, one
            if older.sex == "F" and one.kind == "parent-of" and younger.is_child and one.how == "birth":
                assert age < 47, one
            assert younger.born_on - timedelta(days=270) <= lived(older)[1], one
            seen[one.kind] += 1
    assert min(seen.values()) > 300, seen


def test_nobody_lives_anywhere_or_belongs_to_anyone_before_birth_or_after_death(harrowmere: Authority) -> None:
    for told in harrowmere.batches:
        for home in told.residences:
            born, died = lived(harrowmere.persons[home.person])
            assert born <= home.from_on <= died, home
            assert home.until_on is None or home.until_on <= died, home
            assert died == date.max or home.until_on is not None, home
        for one in told.relationships:
            for id_ in (one.person, one.other):
                person = harrowmere.persons[id_]
                if one.from_on is not None and person.born_on is not None:
                    assert one.from_on >= person.born_on, one
        for bears in told.responsibilities:
            child = harrowmere.persons[bears.child]
            assert child.born_on is not None and bears.from_on >= child.born_on, bears


def test_nobody_lives_in_two_places_at_once(harrowmere: Authority) -> None:
    homes = defaultdict(list)
    for told in harrowmere.batches:
        for one in told.residences:
            homes[one.person].append((one.from_on, one.until_on or date.max, one.address))
    moved = 0
    for person, found in homes.items():
        found.sort()
        for (_, until, _), (begins, _, _) in itertools.pairwise(found):
            assert until <= begins, (person, found)
            moved += 1
    assert moved > 300


def test_children_live_with_someone_who_looks_after_them(harrowmere: Authority) -> None:
    now = [one for told in harrowmere.batches for one in told.residences if one.until_on is None]
    places = defaultdict(set)
    for one in now:
        places[one.address].add(one.person)
    children = [one for one in now if one.person.startswith("child:")]
    assert len(children) > 700
    for one in children:
        assert any(other.startswith("person:") for other in places[one.address]), one


def test_every_born_child_has_a_mother_or_an_adopter_and_someone_with_responsibility(harrowmere: Authority) -> None:
    for told in harrowmere.batches:
        parents = {one.other for one in told.relationships if one.kind == "parent-of"}
        responsible = {one.child for one in told.responsibilities}
        for person in told.persons:
            if person.is_child and person.born_on is not None:
                assert person.id in parents and person.id in responsible


def test_families_are_of_many_shapes(harrowmere: Authority) -> None:
    seen: Counter[str] = Counter()
    father_of = defaultdict(set)
    for told in harrowmere.batches:
        fathers = defaultdict(set)
        for one in told.relationships:
            seen[one.kind] += 1
            if one.kind == "parent-of" and harrowmere.persons[one.person].sex == "M":
                fathers[one.other].add(one.person)
                if one.other.startswith("child:"):
                    father_of[one.person].add(told.family)
        seen["half-siblings"] += len({frozenset(found) for found in fathers.values()}) > 1
        seen["unborn"] += any(one.is_child and one.born_on is None for one in told.persons)
        seen["died"] += any(one.died_on is not None for one in told.persons)
        seen["hidden"] += any(one.hidden_because for one in told.addresses)
        seen["restricted"] += any(one.sensitivity == "restricted" for one in told.records)
        seen["in care"] += any(one.how == "care-order" for one in told.responsibilities)
        seen["interpreter"] += any(fact.kind == "interpreter" for one in told.persons for fact in one.characteristics)
        seen["communication"] += any(
            fact.kind == "communication" for one in told.persons for fact in one.characteristics
        )
        seen["former name"] += any(name.use == "former" for one in told.persons if one.is_child for name in one.names)
        seen["suppressed"] += any(number.suppressed_because for one in told.persons for number in one.identifiers)
    seen["two households"] = _in_two_households(harrowmere)
    seen["in two families"] = sum(len(found) > 1 for found in father_of.values())
    for wanted in (
        "parent-of", "partner-of", "step-parent-of", "grandparent-of", "aunt-or-uncle-of", "friend-of", "neighbour-of",
        "childminder-of", "godparent-of", "foster-carer-of", "carer-of", "half-siblings", "unborn", "died", "hidden",
        "restricted", "in care", "interpreter", "communication", "former name", "suppressed", "in two families", "two households",
    ):  # fmt: skip
        assert seen[wanted], wanted


def _in_two_households(harrowmere: Authority) -> int:
    """How many families have siblings who live apart today, none of them looked after."""
    apart = 0
    for told in harrowmere.batches:
        places = {one.address for one in told.residences if one.until_on is None and one.person.startswith("child:")}
        apart += len(places) > 1 and not any(one.kind == "foster-carer-of" for one in told.relationships)
    return apart


def test_a_child_is_called_by_her_name_from_birth_and_baby_before(harrowmere: Authority) -> None:
    renamed = 0
    for person in harrowmere.persons.values():
        current = [one for one in person.names if one.use == "current"]
        if person.is_child and person.born_on is None:
            assert [one.use for one in person.names] == ["before-birth"] and person.sex == "U"
            assert person.expected_on is not None and person.expected_on > ON - timedelta(days=30)
        else:
            assert len(current) == 1
            former = [one for one in person.names if one.use == "former"]
            renamed += bool(former)
            assert all(one.until_on == current[0].from_on for one in former)
    assert renamed > 20
