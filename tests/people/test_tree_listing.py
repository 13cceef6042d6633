"""The list says everything that the drawing shows."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from families import FAMILIES, ON, big, blended, grandparents_as_carers, unborn, unknown_father
from hypothesis import given
from test_tree_drawing import FEWER, families

from goldthread.people.tree.drawing import draw
from goldthread.people.tree.family import Bond, Couple, Family, How, Parent, Person, Relation, Relative, Sex, Siblings
from goldthread.people.tree.listing import Item, listing
from goldthread.people.tree.wording import age_mark, called, life, of_first, of_second, standing


def items(family: Family) -> dict[str, Item]:
    return {item.id: item for section in listing(family) for item in section.items}


@FEWER
@given(families())
def test_everyone_is_listed_once_with_every_relationship_from_both_ends(family: Family) -> None:
    every = [item.id for section in listing(family) for item in section.items]
    assert sorted(every) == sorted(family.people)
    found = items(family)
    for relation in family.relations:
        one, other = relation.ends
        assert of_first(family, relation) in found[one].relations
        assert of_second(family, relation) in found[other].relations
    assert sum(len(item.relations) for item in found.values()) == 2 * len(family.relations)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_drawing_and_the_list_name_the_same_people(name: str) -> None:
    family = FAMILIES[name]()
    assert {figure.id: figure.title.split(";")[0] for figure in draw(family).figures} == {
        item.id: item.name for item in items(family).values()
    }


def test_the_list_goes_by_generations() -> None:
    assert [section.heading for section in listing(big())] == [
        "Grandparents' generation",
        "Parents' generation",
        "Hugo Fairclough-Adeyemi's generation",
        "The next generation",
        "Others who matter to the family",
    ]
    assert [section.heading for section in listing(grandparents_as_carers())][-1] == "The children's generation"


def test_a_person_is_listed_with_what_is_known_of_her() -> None:
    found = items(blended())
    assert found["m"].facts == (
        "born 4 May 1988, aged 37",
        "home: Leanne's home, with Marlon Ince, Amara Mensah, Kai Mensah, Skye Ince and Zara Ince",
    )
    assert found["m"].relations == (
        "mother of Amara Mensah, with parental responsibility",
        "mother of Kai Mensah, with parental responsibility",
        "mother of Skye Ince, with parental responsibility",
        "divorced from Kofi Mensah",
        "partner of Marlon Ince",
    )
    assert "stepdaughter of Marlon Ince" in found["a"].relations
    assert [fact for fact in found["a"].facts if fact.startswith("home")] == [
        "home: Leanne's home, with Leanne Barlow, Marlon Ince, Kai Mensah, Skye Ince and Zara Ince",
        "home: Kofi's home (weekends), with Kofi Mensah, Priya Nair, Rohan Mensah and Kai Mensah",
    ]


def test_the_unborn_and_the_unknown_are_called_so() -> None:
    found = items(unborn())
    assert (found["u"].name, found["u"].facts) == ("Unborn baby", ("unborn, due 1 June 2026",))
    assert (found["f"].name, found["f"].facts) == ("Name not known", ("it is not recorded who this is",))
    assert items(unknown_father())["m"].relations[-1] == "Nadia Haque is the family friend"


STANDINGS = {
    "blended": {"m": "mother", "d": "father", "s": "stepfather", "dp": "father's partner", "b": "brother",
                "c": "half-sister", "e": "half-brother", "x": ""},
    "big": {"gm": "grandmother", "pf": "grandfather", "u": "uncle", "au": "aunt", "co1": "cousin", "c0": "sister",
            "gc": "sibling's child", "n": "neighbour"},
    "grandparents-as-carers": {"gm": "special guardian", "au": "aunt", "fg": "grandmother", "b": "sister"},
    "two-mothers": {"m1": "adoptive mother", "bm": "mother", "s": "sister"},
}  # fmt: skip


@pytest.mark.parametrize("name", STANDINGS)
def test_what_somebody_is_to_a_child_is_worked_out(name: str) -> None:
    family = FAMILIES[name]()
    child = family.subjects[0]
    assert {who: standing(family, family.people[who], child) for who in STANDINGS[name]} == STANDINGS[name]


@pytest.mark.parametrize(
    ("person", "mark", "said"),
    [
        (Person("a", "", born=date(2026, 2, 20)), "1w", "born 20 February 2026, aged 1 week"),
        (Person("a", "", born=date(2025, 12, 1)), "3m", "born 1 December 2025, aged 3 months"),
        (Person("a", "", born=date(2024, 3, 3)), "23m", "born 3 March 2024, aged 23 months"),
        (Person("a", "", born=date(2024, 3, 2)), "2", "born 2 March 2024, aged 2"),
        (Person("a", "", born=date(2016, 3, 3), born_about=True), "~9", "born about 2016, about aged 9"),
        (
            Person("a", "", born=date(2000, 1, 1), died=date(2020, 1, 1)),
            "",
            "born 1 January 2000, died 1 January 2020, aged 20",
        ),
        (Person("a", "", dead=True), "", "has died"),
        (Person("a", "", due=date(2026, 6, 1)), "", "unborn, due 1 June 2026"),
        (Person("a", ""), "", ""),
        (Person("a", "", born=date(2027, 1, 1)), "", "born 1 January 2027"),
    ],
)
def test_ages_are_said_as_people_say_them(person: Person, mark: str, said: str) -> None:
    assert (age_mark(person, ON), life(person, ON)) == (mark, said)


def test_every_kind_of_relationship_has_words_for_both_ends() -> None:
    persons = (Person("a", "Ada", Sex.FEMALE), Person("b", "Ben", Sex.MALE))
    relations: list[Relation] = [
        *(Parent("a", "b", how) for how in How),
        *(Couple("a", "b", bond) for bond in Bond),
        Siblings("a", "b"), Siblings("a", "b", "half"), Relative("a", "b", "great-aunt", 2),
    ]  # fmt: skip
    family = Family(ON, persons, tuple(relations))
    for relation in relations:
        assert "Ben" in of_first(family, relation)
        assert "Ada" in of_second(family, relation)
    unnamed = dataclasses.replace(family, persons=(persons[0], Person("b", "", due=ON)))
    assert called(unnamed.people["b"]) == "Unborn baby"
