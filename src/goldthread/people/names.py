"""What a person is called: a name's parts, brought into one form for comparing and never for showing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 120
"""Characters of a part of a name that are looked at."""

MOST_TOKENS = 6

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʻʼʿʾ′＇\"“”."), None)
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h", "ə": "a",
    "ŋ": "ng", "ĸ": "k", "ŧ": "t",
    # Cyrillic as passports write it: Ukrainian, Bulgarian and Russian letters.
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "ъ": "",
    "ы": "y", "э": "e",
})  # fmt: skip

PARTICLES = frozenset(
    "al el la le il de di da do du dos das del della degli den der des ten ter te van von zu zur af av bin bint binti "
    "ibn ben bar bat ul ud ur ur abu umm um ap ab mac mc o st saint san santa y e i".split()
)
"""Small words that one source writes and another leaves out."""

_JOINED = frozenset({"o", "mc", "mac"})
"""Particles that are the beginning of the word behind them."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A given and a family name as they are written; either may be empty, for some people have one name."""

    given: str = ""
    family: str = ""

    @property
    def whole(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name in the form for comparing.

    `written` is what was typed in small letters, `plain` the same without accents, blanks and marks, `tokens` its words
    without particles, each with Mac written as Mc.
    """

    written: str
    plain: str
    tokens: tuple[str, ...]


def folded(text: str) -> str:
    """This will give a text in small letters without accents and apostrophes; all but letters becomes one blank."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).casefold().translate(_APOSTROPHES)
    text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalpha() else " " for each in text.translate(_LETTERS)).split())


@lru_cache(maxsize=16384)
def part(text: str) -> Part:
    """This will bring a given or a family name into the form for comparing."""
    words: list[str] = []
    for word in folded(text).split():
        if words and words[-1] in _JOINED:
            words[-1] += word
        else:
            words.append(word)
    kept = [word for word in words if word not in PARTICLES] or words
    tokens = tuple(_mac(word) for word in kept[:MOST_TOKENS])
    written = " ".join(unicodedata.normalize("NFC", text[:LONGEST]).casefold().split())
    return Part(written, "".join(words), tokens)


def _mac(word: str) -> str:
    """This will write Mac as Mc where it is the beginning of a family's name, and not in Macey, Machado or Mack."""
    return f"mc{word[3:]}" if re.match(r"mac[b-df-gj-np-tv-z]\w{2}", word) else word


def name_of(text: str) -> PersonName:
    """This will part a name that was typed in one piece: before and behind a comma, else its last word with particles."""
    text = " ".join(text[: 2 * LONGEST].split())
    family, comma, given = text.partition(",")
    if comma:
        return PersonName(given.strip(), family.strip())
    words = text.split(" ")
    begin = len(words) - 1
    while begin > 1 and folded(words[begin - 1]) in PARTICLES - {"y", "e", "i"}:
        begin -= 1
    return PersonName(" ".join(words[:begin]), " ".join(words[begin:]))
