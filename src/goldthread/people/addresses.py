"""Postcodes and addresses: one form for each, and whether two ways of writing are one place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from goldthread.people.contact_points import Written, plain

_FULL = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_FIGURES_FOR_LETTERS = str.maketrans("OILSZ", "01152")

# What ends a street's name, as people shorten it.
_STREETS = {
    "av": "avenue", "ave": "avenue", "avn": "avenue", "bldg": "building", "bldgs": "buildings", "blvd": "boulevard",
    "cl": "close", "clo": "close", "cotts": "cottages", "cott": "cottage", "cres": "crescent", "cresc": "crescent",
    "ct": "court", "crt": "court", "dr": "drive", "drv": "drive", "est": "estate", "fm": "farm", "gdn": "garden",
    "gdns": "gardens", "gn": "green", "grn": "green", "gr": "grove", "gro": "grove", "grv": "grove", "hse": "house",
    "hts": "heights", "ln": "lane", "lwr": "lower", "mt": "mount", "pde": "parade", "pk": "park", "pl": "place",
    "rd": "road", "rw": "row", "sq": "square", "str": "street", "ter": "terrace", "terr": "terrace", "upr": "upper",
    "vw": "view", "wk": "walk", "wy": "way", "yd": "yard",
}  # fmt: skip
_WITHIN = ("flat", "apartment", "apt", "unit", "room", "maisonette", "studio", "plot", "caravan", "pitch", "suite")
_NUMBER = r"\d+[a-z]?(?:-\d+[a-z]?)?"


def postcode(text: str) -> Written:
    """This will read a whole postcode and store it in capitals with one blank; "O" for "0" and the like are put right."""
    letters = re.sub(r"[^A-Z0-9]", "", plain(text).upper())
    if letters == "GIR0AA":
        return Written("GIR 0AA", "GIR 0AA")
    found = _FULL.fullmatch(letters)
    if not found and 5 <= len(letters) <= 7:
        # The first of the last three is always a figure, whatever was typed.
        found = _FULL.fullmatch(letters[:-3] + letters[-3].translate(_FIGURES_FOR_LETTERS) + letters[-2:])
    if not found:
        shown = plain(text).strip().upper()[:12]
        if _OUTWARD.fullmatch(letters):
            return Written(shown, shown, fault="This is the first half of a postcode: add the rest, like AB1 2CD.")
        return Written(shown, shown, fault="Enter a whole postcode, like AB1 2CD.")
    value = f"{found[1]} {found[2]}"
    doubt = "No postcode in use has these letters at its end." if set(found[2]) & set("CIKMOV") else ""
    return Written(value, value, doubt=doubt)


def outward(text: str) -> str:
    """This will give the first half of a postcode, whole or not, or nothing where there is none."""
    read = postcode(text)
    if not read.fault:
        return read.value.partition(" ")[0]
    letters = re.sub(r"[^A-Z0-9]", "", plain(text).upper())
    return letters if _OUTWARD.fullmatch(letters) else ""


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart; each part is in small letters, and empty where the address has none.

    `within` is a flat or a room, `number` the number of the house, `name` what stands where a number would, `street` the
    words behind the number, `postcode` the whole postcode.
    """

    within: str
    number: str
    name: str
    street: str
    postcode: str


def _word(word: str, latest: bool) -> str:
    if word == "st":
        return "street" if latest else "saint"
    return _STREETS.get(word, word)


def _words(line: str) -> list[str]:
    found = re.findall(r"[\w&/-]+", line.replace("'", "").replace("’", "").replace(".", " "))
    return [_word(word, place == len(found) - 1) for place, word in enumerate(found)]


def place(lines: str, code: str = "") -> Place:
    """This will take an address apart that is written in lines, or in one line with commas; `code` is its postcode."""
    read = postcode(code)
    parts = [part.strip() for part in re.split(r"[\n\r,;]+", lines.replace("\r", "\n").lower()) if part.strip()]
    parts = [plain(part).strip() for part in parts]
    if parts and not code:
        latest = re.search(r"([a-z]{1,2}\d[\da-z]?)\s*(\d[a-z]{2})$", parts[-1])
        if latest and not postcode(latest[0]).fault:
            read = postcode(latest[0])
            parts[-1] = parts[-1][: latest.start()].strip()
    within, parts = _taken_within([part for part in parts if part])
    number = name = street = ""
    for at, part in enumerate(parts):
        found = re.match(rf"(?:(\d+[a-z]?)\s*/\s*)?({_NUMBER})\b[\s.]*(.*)", part)
        if found:
            within = within or (found[1] or "")
            number, rest = found[2], found[3] or (parts[at + 1] if at + 1 < len(parts) else "")
            street = " ".join(_words(rest))
            name = " ".join(_words(parts[0])) if at else ""
            break
    if not number and parts:
        name = " ".join(_words(parts[0]))
        street = " ".join(_words(parts[1])) if len(parts) > 1 else ""
    return Place(within, number, name, street, "" if read.fault else read.value)


def _taken_within(parts: list[str]) -> tuple[str, list[str]]:
    """This will take the flat off the front: "flat 2, 14 …", "flat 2 14 …", "2 flat", "first floor flat"."""
    if not parts:
        return "", parts
    words = "|".join(_WITHIN)
    found = re.match(rf"(?:{words})[.\s]*(?:no\.?\s*)?([\da-z]+(?:[/-][\da-z]+)?)\b[\s.]*(.*)", parts[0])
    if found:
        return found[1], [found[2], *parts[1:]] if found[2] else parts[1:]
    found = re.match(
        r"((?:ground|first|second|third|top|basement|lower|upper|garden)[\w ]*(?:flat|floor))\b[\s.]*(.*)", parts[0]
    )
    if found:
        return " ".join(found[1].split()), [found[2], *parts[1:]] if found[2] else parts[1:]
    return "", parts


def address_keys(there: Place) -> frozenset[str]:
    """This will give the keys under which an address is found again: its door, and its postcode.

    A door is a house number, or a house name, with the postcode; without a postcode, with the street.
    """
    keys: set[str] = set()
    door = there.number or there.name
    if there.postcode:
        keys.add(f"p:{there.postcode}")
        if door:
            keys.add(f"d:{door}|{there.postcode}")
    if there.number and there.street:
        keys.add(f"s:{there.number}|{there.street}")
    elif there.name and not there.number:
        keys.add(f"s:{there.name}|")
    return frozenset(keys)


class Alike(IntEnum):
    """How near one address is to another: the earlier in this list, the nearer."""

    SAME = 0
    SAME_HOUSE = 1
    SAME_STREET_AND_NUMBER = 2
    SAME_POSTCODE = 3


def alike(one: Place, other: Place) -> tuple[Alike, str] | None:
    """This will say in words how two addresses are alike, or give None."""
    same_code = bool(one.postcode) and one.postcode == other.postcode
    one_door, other_door = one.number or one.name, other.number or other.name
    if same_code and one_door and one_door == other_door:
        if one.within == other.within:
            return Alike.SAME, "the same address"
        if not (one.within and other.within):
            return Alike.SAME_HOUSE, "the same house; a flat is given in only one of the two"
        return Alike.SAME_HOUSE, "the same house, another flat"
    if same_code:
        return Alike.SAME_POSTCODE, "the same postcode, another house"
    if one.number and one.number == other.number and one.street and one.street == other.street:
        return Alike.SAME_STREET_AND_NUMBER, "the same number in a street of the same name"
    if one.name and not one.number and one.name == other.name and not other.number:
        return Alike.SAME_STREET_AND_NUMBER, "a house of the same name"
    return None
