"""Telephone numbers, e-mail addresses, postcodes and addresses: one form for each, however it was written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 254
"""Characters of what was typed that are looked at."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a text: `fault` says why it cannot be used, `doubt` why it should be looked at again."""

    value: str
    shown: str
    fault: str = ""
    doubt: str = ""


def plain(text: str) -> str:
    """This will give a text in ordinary characters: full-width letters and digits of other scripts made ordinary."""
    if text.isascii() and text.isprintable():
        return text[: LONGEST + 1]
    kept = []
    for character in unicodedata.normalize("NFKC", text[: LONGEST + 1]):
        digit = unicodedata.decimal(character, -1)
        if digit >= 0:
            kept.append(str(digit))
        elif character.isprintable():
            kept.append(character)
        elif character.isspace():
            kept.append(" ")
    return "".join(kept)


_EXTENSION = re.compile(r"\s*(?:extension|ext\.?|x|#)\s*(\d{1,6})\s*$", re.IGNORECASE)
_SERVICES = {"999", "101", "111", "112", "116123", "116000", "08001111"}
_SHORTER = re.compile(r"01\d{8}|0800\d{6}|0500\d{6}|0800\d{3,4}")
"""British numbers with fewer than 11 digits: a few old areas, and some freephone numbers."""


def phone(text: str) -> Written:
    """This will read a telephone number, British unless it begins with another country's code, and store it as +44….

    An extension is kept behind a semicolon, as in "+441632960123;ext=12".
    """
    said = plain(text).strip()
    extension = _EXTENSION.search(said)
    if extension:
        said = said[: extension.start()]
    if re.search(r"[^\d\s()+./\u2010-\u2015-]", said):
        fault = "Enter a telephone number with digits only, like 01632 960 001."
        return Written(said[:LONGEST], said[:LONGEST], fault=fault)
    international = said.lstrip("( ").startswith(("+", "00"))
    digits = re.sub(r"\D", "", re.sub(r"\(\s*0\s*\)", "", said) if international else said)
    ending = f";ext={extension[1]}" if extension else ""
    if digits in _SERVICES:
        return Written(digits, digits, fault="This is the number of a service for everyone, and reaches no one person.")
    if international:
        digits = digits.removeprefix("00")
        if not digits.startswith("44"):
            return _abroad(digits, ending)
        digits = "0" + digits[2:].removeprefix("0")
    return _british(digits, ending)


def _abroad(digits: str, ending: str) -> Written:
    fault = "" if 7 <= len(digits) <= 15 else "A number of another country has 7 to 15 digits after the +."
    return Written(f"+{digits[:20]}{ending}", f"+{digits[:20]}{_extension_shown(ending)}", fault=fault)


def _british(digits: str, ending: str) -> Written:
    fault = doubt = ""
    if not digits.startswith("0"):
        fault = "Begin with the area code, like 01632, or with + and the country's code."
    elif digits[1:2] in ("", "0", "4", "6"):
        fault = "No telephone number in the UK begins like this."
    elif len(digits) != 11 and not _SHORTER.fullmatch(digits):
        fault = f"A telephone number in the UK has 11 digits; this has {len(digits)}."
    elif digits.startswith("09"):
        doubt = "Calls to this number cost more than others: ask for another."
    digits = digits[:20]
    return Written(f"+44{digits[1:]}{ending}", _spaced(digits) + _extension_shown(ending), fault, doubt)


def _extension_shown(ending: str) -> str:
    return ending.replace(";ext=", " extension ")


def _spaced(digits: str) -> str:
    """This will set the blanks of a British number where people say them."""
    if digits.startswith("02"):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if re.match(r"01(1\d|\d1)|0[3589]", digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return f"{digits[:5]} {digits[5:8]} {digits[8:]}".rstrip()


def email(text: str) -> Written:
    """This will read an e-mail address; the part behind the @ is stored in small letters, and the whole is compared so."""
    shown = plain(text).strip()
    name, at, host = shown.rpartition("@")
    if not at or not name or len(shown) > LONGEST or not re.fullmatch(r"[^\s@]+", name):
        return Written(
            shown[:LONGEST], shown[:LONGEST], fault="Enter an e-mail address like name@organisation.example."
        )
    if not re.fullmatch(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+", host):
        fault = "What stands behind the @ is not the name of a mail host, like organisation.example."
        return Written(shown, shown, fault=fault)
    return Written(f"{name}@{host.lower()}".casefold(), f"{name}@{host.lower()}")
