"""Whether two names may be one person's, said in words; and the keys under which a name is found again.

Whatever two parts of a name have in common by these rules, up to one slip of the pen, they also have a key in common:
so a search looks up the keys of what was typed, and explains and ranks only what it found.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import jellyfish

from goldthread.people.name_forms import heads, kinship
from goldthread.people.names import PersonName, part
from goldthread.people.sounds import sounds

SHORTEST_FOR_SLIPS = 5
"""Letters that the longer of two words must have before one letter's difference counts as a slip."""

_KEY_LENGTH = 24


class Alike(IntEnum):
    """How one part of a name is like another: the earlier in this list, the nearer."""

    SAME = 0
    WRITTEN = 1
    ONE_NAME = 2
    OTHER_FORM = 3
    ONE_OF_SEVERAL = 4
    SOUNDS = 5
    SLIP = 6
    TWO_SLIPS = 7
    INITIAL = 8
    DIFFERENT = 9


@dataclass(frozen=True, slots=True)
class PartLikeness:
    """How one part is like another, and the words for it."""

    alike: Alike
    words: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two names may be one person's. `in_part` when only one of the two parts is like the other."""

    words: tuple[str, ...]
    swapped: bool
    in_part: bool
    order: tuple[int, ...]


def search_keys(name: PersonName) -> frozenset[str]:
    """This will give the keys that are stored for a name, and looked up for one that is sought; they know no order."""
    return part_keys(name.given) | part_keys(name.family)


@lru_cache(maxsize=4096)
def part_keys(text: str) -> frozenset[str]:
    """This will give the keys of one part of a name."""
    keys: set[str] = set()
    read = part(text)
    for word in {*read.tokens, read.plain, "".join(read.tokens)} - {""}:
        keys |= _word_keys(word)
    return frozenset(keys)


def _word_keys(word: str) -> set[str]:
    short = word[:_KEY_LENGTH]
    keys = {f"={short}"} | {f"~{head}" for head in heads(word)} | sounds(word)
    if root := _family_root(word):
        keys.add(f"~{root}")
    if len(short) >= SHORTEST_FOR_SLIPS:
        keys |= {f"={short[:place]}{short[place + 1 :]}" for place in range(len(short))}
    return keys


# Endings of family names that differ between women and men of one family: the woman's, the man's.
_ENDINGS = (
    ("ska", "ski"),
    ("cka", "cki"),
    ("dzka", "dzki"),
    ("ova", "ov"),
    ("eva", "ev"),
    ("owa", "ow"),
    ("ina", "in"),
)


def _family_root(word: str) -> str:
    """This will give what a family name of two forms has in common with the other form, or nothing."""
    for hers, his in _ENDINGS:
        for ending in (hers, his):
            if len(word) >= len(ending) + 4 and word.endswith(ending):
                return f"{word.removesuffix(ending)}-{his}"
    return ""


def part_likeness(one: str, other: str) -> PartLikeness:
    """This will say how one part of a name is like another."""
    first, second = part(one), part(other)
    if not first.plain or not second.plain:
        return PartLikeness(Alike.DIFFERENT, "")
    if first.written == second.written:
        return PartLikeness(Alike.SAME, "the same")
    if first.plain == second.plain:
        return PartLikeness(Alike.WRITTEN, "the same but for accents, hyphens or blanks")
    if "".join(first.tokens) == "".join(second.tokens):
        mac = first.plain.startswith("mac") is not second.plain.startswith("mac")
        return PartLikeness(Alike.WRITTEN, f"the same but for {'Mac or Mc' if mac else 'a small word in it'}")
    alike, words = _word_likeness(first.plain, second.plain)
    shown = one.strip()[:40], other.strip()[:40]
    if alike is Alike.DIFFERENT or len(first.tokens) > 1 or len(second.tokens) > 1:
        for here in first.tokens:
            for there in second.tokens:
                found = _word_likeness(here, there)
                if found[0] < alike:
                    (alike, words), shown = found, (here.title(), there.title())
    if alike is Alike.SAME:
        return PartLikeness(Alike.ONE_OF_SEVERAL, "one of several names is the same")
    return PartLikeness(alike, words.format(one=shown[0], other=shown[1]))


@lru_cache(maxsize=16384)
def _word_likeness(one: str, other: str) -> tuple[Alike, str]:
    """This will say how one folded word is like another; {one} and {other} in the words stand for them."""
    if one == other:
        return Alike.SAME, "the same"
    if kin := kinship(one, other):
        return Alike.ONE_NAME, kin
    root = _family_root(one)
    if root and root == _family_root(other):
        return Alike.OTHER_FORM, "“{one}” and “{other}” are one family's name, a woman's and a man's"
    if sounds(one) & sounds(other):
        return Alike.SOUNDS, "“{one}” sounds like “{other}”"
    slips = _slips(one, other)
    if slips == 1:
        return Alike.SLIP, "spelt nearly the same: one letter is different"
    if slips == 2:
        return Alike.TWO_SLIPS, "spelt nearly the same: two letters are different"
    if (len(one) == 1 or len(other) == 1) and one[0] == other[0]:
        return Alike.INITIAL, "the same initial"
    return Alike.DIFFERENT, "different"


def _slips(one: str, other: str) -> int:
    """This will count the letters left out, put in, changed or turned round: 1 or 2, and 0 for more or for short words."""
    longer = max(len(one), len(other))
    if longer < SHORTEST_FOR_SLIPS or longer > _KEY_LENGTH or abs(len(one) - len(other)) > 2:
        return 0
    distance = jellyfish.damerau_levenshtein_distance(one, other)
    if distance == 1 or (distance == 2 and longer >= 8 and one[0] == other[0]):
        return distance
    return 0


def explain(sought: PersonName, found: PersonName) -> Likeness | None:
    """This will say in words why a found name may be the sought one, or give None when it is simply another.

    An empty part of the sought name is not asked for. Names the other way round count as well.
    """
    candidates = [_aligned(sought, found, swapped=False)]
    if sought.whole and found.given and found.family:
        candidates.append(_aligned(sought, found, swapped=True))
    likenesses = [each for each in candidates if each]
    return min(likenesses, key=lambda likeness: likeness.order, default=None)


def _aligned(sought: PersonName, found: PersonName, *, swapped: bool) -> Likeness | None:
    given, family = (found.family, found.given) if swapped else (found.given, found.family)
    asked = [
        (label, part_likeness(one, other))
        for label, one, other in (("given name", sought.given, given), ("family name", sought.family, family))
        if part(one).plain
    ]
    like = [each for _, each in asked if each.alike < Alike.DIFFERENT]
    if not like or all(each.alike >= Alike.TWO_SLIPS for each in like):
        return None
    in_part = len(like) < len(asked)
    # Half a name that is moreover the other way round is no sign of anything.
    if swapped and (in_part or len(asked) < 2) and like[0].alike > Alike.WRITTEN:
        return None
    order = (
        int(in_part),
        sum(each.alike for _, each in asked) + 2 * swapped,
        int(swapped),
        max(each.alike for each in like),
    )
    return Likeness(_words(asked, swapped), swapped, in_part, order)


def _words(asked: list[tuple[str, PartLikeness]], swapped: bool) -> tuple[str, ...]:
    if all(each.alike is Alike.SAME for _, each in asked):
        if swapped:
            return ("the same names the other way round" if len(asked) == 2 else "the same name in the other place",)
        return ("the same name" if len(asked) == 2 else f"the same {asked[0][0]}",)
    words = ["the names the other way round"] if swapped else []
    return (*words, *(f"{label}: {each.words}" for label, each in asked))
