"""Name and date of birth together decide the order in which people are shown, and nothing but words is shown."""

from __future__ import annotations

from datetime import date

from goldthread.people.date_matching import Birth, about
from goldthread.people.matching import Bearer, Sought, match, ranked
from goldthread.people.names import PersonName, name_of

BORN = Birth(date(2015, 3, 4))


def held(id: str, name: str, born: Birth | None = BORN, former: str = "") -> Bearer:
    names = ((name_of(name), ""),) + (((name_of(former), "until 2019"),) if former else ())
    return Bearer(id, names, born)


def test_the_likeliest_come_first() -> None:
    people = [
        held("other date", "Amina Khan", Birth(date(2009, 11, 30))),
        held("exact", "Amina Khan"),
        held("swapped date", "Amina Khan", Birth(date(2015, 4, 3))),
        held("sounds", "Ameena Kahn"),
        held("somebody else", "Beatrix Oldham"),
        held("no date", "Amina Khan", None),
        held("other family name", "Amina Begum"),
        held("other family name and date", "Amina Begum", Birth(date(2009, 11, 30))),
    ]
    found = [one.id for one in ranked(Sought(name_of("Amina Khan"), BORN), people)]
    assert found[:2] == ["exact", "swapped date"]
    assert set(found) == {"exact", "swapped date", "sounds", "no date", "other date", "other family name"}
    assert found.index("sounds") < found.index("other date")


def test_the_order_is_the_same_whatever_order_they_come_in() -> None:
    people = [held(f"{n}", "Amina Khan") for n in range(5)]
    assert ranked(Sought(name_of("Amina Khan")), people) == ranked(Sought(name_of("Amina Khan")), people[::-1])


def test_a_former_name_is_found_and_named_as_such() -> None:
    found = match(Sought(name_of("Amina Begum")), held("1", "Amina Khan", former="Amina Begum"))
    assert found is not None and found.words == ("the same name (until 2019)",)
    assert found.name == PersonName("Amina", "Begum")


def test_a_date_that_is_not_near_is_said_and_hides_nobody() -> None:
    found = match(Sought(name_of("Amina Khan"), BORN), held("1", "Amina Khan", Birth(date(2009, 11, 30))))
    assert found is not None and "the date of birth is different" in found.words


def test_an_age_alone_finds_by_age_and_a_name_with_an_age_says_so() -> None:
    seven = about(10, date(2025, 6, 1))
    assert match(Sought(aged=seven), held("1", "Amina Khan")) is not None
    assert match(Sought(aged=about(3, date(2025, 6, 1))), held("1", "Amina Khan")) is None
    found = match(Sought(name_of("Amina Khan"), aged=seven), held("1", "Amina Khan"))
    assert found is not None and found.words == ("the same name", "the age fits")


def test_nothing_sought_finds_nobody() -> None:
    assert ranked(Sought(), [held("1", "Amina Khan")]) == []


def test_no_number_is_shown_that_looks_like_a_score() -> None:
    for name in ("Amina Khan", "Ameena Cahn", "Khan Amina"):
        found = match(Sought(name_of(name), BORN), held("1", "Amina Khan"))
        assert found is not None and not any(each.isdigit() or each == "%" for word in found.words for each in word)
