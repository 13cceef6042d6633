"""How a name sounds: keys that names share which a listener could write one for the other."""

from __future__ import annotations

import re
from functools import lru_cache

import jellyfish

LONGEST = 24

# A rough reading that serves many languages: what is heard as one sound becomes one capital letter. In this order.
_ROUGH = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps(?=[aeiouy])", "s"),
        (r"^x", "z"),
        (r"augh|ough|igh|eigh", "a"),
        (r"tsch|tch|sch|szcz|shch|ch|sh|cz|sz|tj|tx", "X"),
        (r"dzh|dzi|dz|dj|zh|rz|dg(?=[eiy])", "J"),
        (r"ti(?=on)|ci(?=a|o)", "X"),
        (r"ph|ff", "F"),
        (r"kh|ck|qu|q", "K"),
        (r"gh", "G"),
        (r"bh", "B"),
        (r"dh", "D"),
        (r"th", "T"),
        (r"ts|tz|z|ss|c(?=[eiy])|s", "S"),
        (r"x", "KS"),
        (r"c|k", "K"),
        (r"w|v", "V"),
        (r"^[yj](?=[aeiou])|j", "J"),
        (r"g(?=[eiy])", "G"),
    )
)

# How Polish spelling is read, in English spelling; used only where a name looks Polish.
_POLISH = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (r"szcz", "shch"),
        (r"sz", "sh"),
        (r"cz", "ch_"),
        (r"(?<=[ptk])rz|(?<=ch)rz|rz$", "sh"),
        (r"rz", "zh"),
        (r"ci(?=[aeou])|ci", "ch_i"),
        (r"si(?=[aeou])", "shi"),
        (r"dzi", "ji"),
        (r"ch(?!_)", "h"),
        (r"_", ""),
        (r"w", "v"),
        (r"j", "y"),
        (r"(?<=[eoa])y(?=[^aeiou]|$)", "i"),
    )
)
_LOOKS_POLISH = re.compile(r"sz|cz|rz|dz|ski$|ska$|wicz$|ow$|owa$|^woj|iej|ciech|ij$|slaw|[aeo]j")

_VOWELS = {"a": "A", "e": "E", "i": "E", "y": "E", "o": "O", "u": "O"}


def _rough(word: str) -> str:
    for pattern, sound in _ROUGH:
        word = pattern.sub(sound, word)
    begins = "A" if word[:1] in _VOWELS else word[:1].upper()
    rest = re.sub(r"[aeiouyhw]", "", word[1:]).upper()
    return re.sub(r"(.)\1+", r"\1", begins + rest)[:8]


def _first_vowel(word: str) -> str:
    return next((_VOWELS[each] for each in word if each in _VOWELS), "")


def polish_reading(word: str) -> str:
    """This will write a name that looks Polish as an English listener would, or give it back as it is."""
    if _LOOKS_POLISH.search(word):
        for pattern, reading in _POLISH:
            word = pattern.sub(reading, word)
    return word


@lru_cache(maxsize=16384)
def sounds(word: str) -> frozenset[str]:
    """This will give the sound keys of a folded word; two words with one in common sound alike to somebody.

    A word of one or two sounds has its first vowel in its key, or Lee would sound like Lou.
    """
    word = word[:LONGEST]
    if not word.isascii() or not word.isalpha():
        return frozenset()
    word = word.replace("chr", "kr")
    keys = set()
    for name, key in (
        ("m", jellyfish.metaphone(word)),
        ("r", _rough(word)),
        ("r", _rough(polish_reading(word))),
    ):
        key = key.replace(" ", "")
        if key:
            keys.add(f"{name}:{key}{_first_vowel(word).lower() if len(key) <= 2 else ''}")
    return frozenset(keys)
