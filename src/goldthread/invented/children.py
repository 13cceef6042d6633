"""Draws the children of a family: their ages, who they are, and the number that a school would know them by."""

from __future__ import annotations

from random import Random

from goldthread.duties.calendar import birthday
from goldthread.invented.life import Child, Family
from goldthread.invented.names import BOYS, FAMILY_NAMES, GIRLS
from goldthread.invented.shares import AGES, DISABILITIES, ETHNICITIES, between

LATEST_AGE_DAYS = int(17.5 * 365.25)
UPN_AUTHORITY = "820"
"""The code of a county that was abolished in 2009."""
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def siblings(rng: Random, family: Family, size: int, referred: int, path: str, invented: int) -> list[Child]:
    """Draw up to `size` children of a family, the youngest first; `invented` is the number of all children before them."""
    chance = rng.random
    surname = FAMILY_NAMES[int(chance() * len(FAMILY_NAMES))]
    ethnicity = ETHNICITIES.draw(rng)
    age = int((AGES.draw(rng) + chance()) * 365.25)
    if path != "transfer" and chance() < 0.035:
        age = -between(chance, 20, 170)
    for index in range(size):
        if age > LATEST_AGE_DAYS:
            if index:
                break
            age = LATEST_AGE_DAYS - between(chance, 0, 300)
        number = invented + len(family.children) + 1
        _child(rng, family, number, referred - max(age, -170), referred, surname, ethnicity, path)
        age += between(chance, 380, 1400)
    return family.children


def _child(
    rng: Random, family: Family, number: int, born: int, referred: int, surname: str, ethnicity: str, path: str
) -> None:
    chance = rng.random
    girl = chance() < 0.49
    names = GIRLS if girl else BOYS
    disabilities: tuple[str, ...] = ("NONE",)
    drawn = chance()
    if drawn < (0.55 if path == "long" else 0.095):
        first, second = DISABILITIES.draw(rng), DISABILITIES.draw(rng)
        disabilities = (first, second) if second != first and chance() < 0.35 else (first,)
    absent: str | None = None
    drawn = chance()
    if drawn < 0.045:
        absent = "UN3" if drawn < 0.012 else "UN5" if drawn < 0.018 else "UN6" if drawn < 0.03 else "UN7"
    expected: int | None = None
    if born > referred:
        expected = max(born + between(chance, -12, 10), referred + 8)
    if chance() < 0.08:
        ethnicity = ETHNICITIES.draw(rng)
    family.children.append(
        Child(
            f"GT{number:07d}",
            family.number,
            born,
            expected,
            "F" if girl else "M",
            ethnicity,
            disabilities,
            pupil_number(number),
            absent,
            names[int(chance() * len(names))],
            surname,
            birthday(born, 18),
            None,
            1 if chance() < 0.15 else 0,
        )
    )


def pupil_number(number: int) -> str:
    """Make a unique pupil number: its check letter is right, and its school number is one that no school has."""
    digits = f"{UPN_AUTHORITY}{number:08d}0"
    total = sum(place * int(digit) for place, digit in enumerate(digits, start=2))
    return UPN_LETTERS[total % 23] + digits
