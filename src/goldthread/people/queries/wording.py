"""What is said of someone's age and life, in the words of the family tree."""

from __future__ import annotations

from datetime import date

from goldthread.people.date_matching import age
from goldthread.people.tree import wording
from goldthread.people.tree.family import Person, Sex

NOT_RECORDED = "Name not recorded"
UNBORN = "Unborn baby"

_SEXES = {"F": Sex.FEMALE, "M": Sex.MALE}


def sex_drawn(sex: str) -> Sex:
    """This will give what a tree draws."""
    return _SEXES.get(sex, Sex.OTHER)


def called(given: str, family: str, *, unborn: bool = False) -> str:
    """This will give a name to speak of someone by, where she has none as well."""
    return f"{given} {family}".strip() or (UNBORN if unborn else NOT_RECORDED)


def aged(born_on: date | None, estimated: bool, on: date, died_on: date | None) -> str:
    """This will say an age: "7 years", "about 7 years", "5 months", "3 weeks"; nothing of who is unborn or has died."""
    if born_on is None or born_on > on or died_on is not None:
        return ""
    years, days = age(born_on, on), (on - born_on).days
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    number, unit = (years, "year") if years >= 2 else (months, "month") if months >= 3 else (days // 7, "week")
    said = f"{number} {unit}{'' if number == 1 else 's'}"
    return f"about {said}" if estimated else said


def life(born_on: date | None, estimated: bool, expected_on: date | None, died_on: date | None, on: date) -> str:
    """This will say "born 4 March 2016, aged 9", "unborn, due 4 July 2026", or nothing where neither is known."""
    person = Person("", "", born=born_on, born_about=estimated, due=expected_on, died=died_on)
    return wording.life(person, on)
