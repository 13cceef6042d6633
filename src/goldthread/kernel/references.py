"""References that people read out over the telephone: short, random, with a check character."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U."""

_READ_AS = str.maketrans("ILO", "110")
_LENGTH = 8
_MODULUS = 31
"""The largest prime within the alphabet: finds every wrong character and nearly every swap of neighbours."""


def make(draw: int | None = None) -> str:
    """This will make a reference such as `7F3K-92QD-X`: 40 random bits and a check character.

    `draw` (0 to 2**40 - 1) takes the place of chance, where what is made must be the same each time.
    """
    number = secrets.randbits(5 * _LENGTH) if draw is None else draw
    characters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return f"{characters[:4]}-{characters[4:]}-{_check(characters)}"


def read(said: str) -> str | None:
    """This will give the reference as it is written, from however it was typed; None if it is none."""
    characters = "".join(said.upper().translate(_READ_AS).split()).replace("-", "")
    if len(characters) != _LENGTH + 1 or any(one not in ALPHABET for one in characters):
        return None
    if _check(characters[:-1]) != characters[-1]:
        return None
    return f"{characters[:4]}-{characters[4:8]}-{characters[8]}"


def _check(characters: str) -> str:
    return ALPHABET[sum(place * ALPHABET.index(one) for place, one in enumerate(characters, start=2)) % _MODULUS]
