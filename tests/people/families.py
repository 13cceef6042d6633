"""Invented families for the tests of the tree, from the plain one to the one that no drawing likes."""

from __future__ import annotations

from datetime import date

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
    Sex,
    Siblings,
)

ON = date(2026, 3, 2)
F, M = Sex.FEMALE, Sex.MALE


def born(year: int, month: int = 5, day: int = 4) -> date:
    return date(year, month, day)


def both(mother: str, father: str, *children: str, how: How = How.BIRTH, responsible: bool = True) -> list[Relation]:
    return [Parent(parent, child, how, responsible) for child in children for parent in (mother, father)]


def nuclear() -> Family:
    return Family(
        ON,
        (
            Person("m", "Sara Oldham", F, born(1991)),
            Person("f", "Daniel Oldham", M, born(1989)),
            Person("a", "Noah Oldham", M, born(2016, 3, 4), subject=True, href="/records/GT1"),
            Person("b", "Ruby Oldham", F, born(2019, 7, 9), href="/records/GT2"),
        ),
        (*both("m", "f", "a", "b"), Couple("m", "f", Bond.MARRIED)),
        (Household("14 Mill Lane", ("m", "f", "a", "b")),),
    )


def blended() -> Family:
    return Family(
        ON,
        (
            Person("d", "Kofi Mensah", M, born(1984)),
            Person("m", "Leanne Barlow", F, born(1988)),
            Person("s", "Marlon Ince", M, born(1990)),
            Person("dp", "Priya Nair", F, born(1990)),
            Person("a", "Amara Mensah", F, born(2014), subject=True),
            Person("b", "Kai Mensah", M, born(2016)),
            Person("c", "Skye Ince", F, born(2021)),
            Person("e", "Rohan Mensah", M, born(2023, 11, 2)),
            Person("x", "Zara Ince", F, born(2012)),
        ),
        (
            *both("m", "d", "a", "b"),
            *both("m", "s", "c"),
            *both("dp", "d", "e"),
            Parent("s", "x", How.BIRTH, True),
            Couple("m", "d", Bond.DIVORCED),
            Couple("m", "s", Bond.PARTNERS),
            Couple("d", "dp", Bond.MARRIED),
            Parent("s", "a", How.STEP),
            Parent("s", "b", How.STEP),
        ),
        (
            Household("Leanne's home", ("m", "s", "a", "b", "c", "x")),
            Household("Kofi's home (weekends)", ("d", "dp", "e", "a", "b")),
        ),
    )


def big() -> Family:
    names = "Ada Ben Clara Dev Elsie Frank Grace Hugo Iris Jude Kiran Leo".split()
    children = tuple(
        Person(f"c{n}", f"{name} Fairclough-Adeyemi", F if n % 2 == 0 else M, born(2008 + n), subject=n == 7)
        for n, name in enumerate(names)
    )
    persons = (
        Person("gm", "Margaret Fairclough", F, born(1950), died=date(2021, 2, 3)),
        Person("gf", "Arthur Fairclough", M, born(1948), dead=True),
        Person("pm", "Folake Adeyemi", F, born(1955)),
        Person("pf", "Tunde Adeyemi", M, born(1953)),
        Person("m", "Helen Fairclough", F, born(1980)),
        Person("f", "Segun Adeyemi", M, born(1979)),
        Person("u", "Peter Fairclough", M, born(1977)),
        Person("au", "Ruth Fairclough", F, born(1983)),
        Person("aup", "Ingrid Salt", F, born(1982)),
        Person("co1", "Tom Salt-Fairclough", M, born(2011)),
        Person("co2", "Eve Salt-Fairclough", F, born(2013)),
        Person("gc", "Baby of Ada", Sex.OTHER, due=date(2026, 5, 20)),
        *children,
        Person("n", "Mrs Whitlock", F, notes=("next door",)),
        Person("y", "Jordan Pike", Sex.OTHER),
    )
    every = [child.id for child in children]
    return Family(
        ON,
        persons,
        (
            *both("gm", "gf", "m", "u", "au"),
            *both("pm", "pf", "f"),
            *both("m", "f", *every),
            *both("au", "aup", "co1", "co2", how=How.ADOPTIVE),
            Couple("gm", "gf", Bond.MARRIED),
            Couple("pm", "pf", Bond.SEPARATED),
            Couple("m", "f", Bond.MARRIED),
            Couple("au", "aup", Bond.PARTNERS),
            Parent("c0", "gc"),
            Link("n", "c7", "neighbour"),
            Link("y", "c3", "youth worker"),
            Link("y", "c7", "mentor"),
        ),
        (
            Household("The family home", ("m", "f", *every[1:])),
            Household("Ruth and Ingrid", ("au", "aup", "co1", "co2")),
        ),
    )


def unborn() -> Family:
    return Family(
        ON,
        (
            Person("m", "Tamsin Webb", F, born(2007)),
            Person("f", "", M, known=False),
            Person("u", "", Sex.OTHER, due=date(2026, 6, 1), subject=True),
            Person("p", "Carl Webb", M, born(1980)),
            Person("q", "Dawn Webb", F, born(1982)),
        ),
        (
            Parent("m", "u"),
            Parent("f", "u", How.BIRTH),
            Parent("p", "m"),
            Parent("q", "m"),
            Couple("p", "q", Bond.ENDED),
        ),
        (Household("Dawn's home", ("q", "m")),),
    )


def unknown_father() -> Family:
    return Family(
        ON,
        (
            Person("m", "Yasmin Karim", F, born(1995)),
            Person("a", "Adam Karim", M, born(2020, 9, 9), subject=True),
            Person("b", "Lina Karim", F, born(2025, 12, 1)),
            Person("fr", "Nadia Haque", F),
        ),
        (Parent("m", "a", How.BIRTH, True), Parent("m", "b", How.BIRTH, True), Link("fr", "m", "family friend")),
        (Household("Refuge, address hidden", ("m", "a", "b")),),
    )


def two_mothers() -> Family:
    return Family(
        ON,
        (
            Person("m1", "Imogen Larkin", F, born(1985)),
            Person("m2", "Bronwyn Larkin", F, born(1986)),
            Person("a", "Idris Larkin", M, born(2018), subject=True),
            Person("bm", "Jade Slater", F, born(2000)),
            Person("bf", "", M, known=False),
            Person("s", "Poppy Slater", F, born(2016)),
        ),
        (
            *both("m1", "m2", "a", how=How.ADOPTIVE),
            Couple("m1", "m2", Bond.MARRIED),
            Parent("bm", "a"),
            Parent("bf", "a"),
            Parent("bm", "s"),
        ),
        (Household("Home", ("m1", "m2", "a")),),
    )


def grandparents_as_carers() -> Family:
    return Family(
        ON,
        (
            Person("gm", "Jean Hargreave", F, born(1960)),
            Person("gf", "Alan Hargreave", M, born(1958)),
            Person("m", "Kirsty Hargreave", F, born(1990), notes=("in prison until 2027",)),
            Person("f", "Lee Doyle", M, born(1987), died=date(2020, 1, 5)),
            Person("a", "Mason Doyle", M, born(2015), subject=True),
            Person("b", "Lacey Doyle", F, born(2017), subject=True),
            Person("fg", "Brenda Doyle", F, born(1962)),
            Person("au", "Donna Hargreave", F, born(1986)),
        ),
        (
            *both("gm", "gf", "m"),
            *both("m", "f", "a", "b"),
            Parent("gm", "a", How.GUARDIAN, True),
            Parent("gf", "a", How.GUARDIAN, True),
            Parent("gm", "b", How.GUARDIAN, True),
            Parent("gf", "b", How.GUARDIAN, True),
            Couple("gm", "gf", Bond.MARRIED),
            Couple("m", "f", Bond.SEPARATED),
            Relative("fg", "a", "grandmother", 2),
            Siblings("m", "au", "half"),
        ),
        (Household("9 Station Road", ("gm", "gf", "a", "b")),),
    )


FAMILIES = {
    "nuclear": nuclear,
    "blended": blended,
    "big": big,
    "unborn": unborn,
    "unknown-father": unknown_father,
    "two-mothers": two_mothers,
    "grandparents-as-carers": grandparents_as_carers,
}
