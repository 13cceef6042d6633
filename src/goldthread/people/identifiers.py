"""The numbers and references by which agencies know a person: each kind as data, checked with a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 60
"""Characters of what was typed that are looked at; no identifier is longer."""

CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters of a pupil number: no I, O or S, which are read as 1, 0 and 5."""


class Whose(StrEnum):
    """Whom a kind of identifier may belong to."""

    CHILD = "child"
    ADULT = "adult"
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a text: `fault` says why it cannot be such an identifier, `doubt` why it should be looked at again."""

    value: str
    shown: str
    fault: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of identifier; `unique` when two people cannot rightly have the same one at the same time."""

    code: str
    name: str
    hint: str
    whose: Whose
    unique: bool
    check: Callable[[str], Verdict]


def tidied(text: str) -> str:
    """This will give capitals and plain digits, without anything that people put between them."""
    kept = []
    for character in unicodedata.normalize("NFKC", text[:LONGEST]).upper():
        digit = unicodedata.decimal(character, -1)
        if digit >= 0:
            kept.append(str(digit))
        elif character.isalpha() or character == "/":
            kept.append(character)
    return "".join(kept)


def _refused(value: str, fault: str) -> Verdict:
    return Verdict(value, value, fault=fault)


def _counted(value: str, wanted: int, name: str) -> str:
    """This will say what is wrong with the length or the characters of a number, or give nothing."""
    if not value.isdigit():
        return f"{name} has digits only, {wanted} of them."
    if len(value) != wanted:
        return f"{name} has {wanted} digits; this has {len(value)}."
    return ""


def nhs_check_digit(nine: str) -> int | None:
    """This will give the tenth digit of an NHS number, or None when no number begins with these nine (modulus 11)."""
    digit = 11 - sum(int(each) * weight for each, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return {11: 0, 10: None}.get(digit, digit)


# First nine digits, from and to: ranges that no patient in England has been given, and what is there instead.
_NHS_ELSEWHERE = (
    (0, 10_099_999, "No NHS number is issued in this range: check it against the source."),
    (10_100_000, 311_299_999, "It lies where Scotland's community health index numbers are: check where it came from."),
    (311_300_000, 320_000_000, "No NHS number is issued in this range: check it against the source."),
    (
        320_000_001,
        399_999_999,
        "It lies where Northern Ireland's health and care numbers are: check where it came from.",
    ),
    (500_000_000, 599_999_999, "No NHS number is issued in this range: check it against the source."),
    (800_000_000, 998_999_999, "No NHS number is issued in this range: check it against the source."),
    (999_000_000, 999_999_999, "It lies in the range that is kept for tests: no patient has it."),
)


def _nhs_number(text: str) -> Verdict:
    value = tidied(text)
    if fault := _counted(value, 10, "An NHS number"):
        return _refused(value, fault)
    shown = f"{value[:3]} {value[3:6]} {value[6:]}"
    if value == value[0] * 10 or nhs_check_digit(value[:9]) != int(value[9]):
        return Verdict(
            value,
            shown,
            fault="This is not an NHS number: its last digit does not agree with the others. Look for a "
            "wrong digit, or for two that changed places.",
        )
    doubts = [doubt for first, last, doubt in _NHS_ELSEWHERE if first <= int(value[:9]) <= last]
    return Verdict(value, shown, doubt=doubts[0] if doubts else "")


def _ranges(text: str) -> frozenset[str]:
    """This will read three-digit codes and ranges of them, separated by blanks."""
    codes: set[str] = set()
    for word in text.split():
        first, _, last = word.partition("-")
        codes |= {f"{code:03}" for code in range(int(first), int(last or first) + 1)}
    return frozenset(codes)


UPN_AUTHORITIES = _ranges(
    "001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 800-803 805-808 "
    "810-813 815 816 820-823 825 826 830 831 835-839 840 841 845 846 850-852 855-857 860 861 865-896 908 909 916 919 "
    "921 925 926 928 929 931 933 935-938 940-943"
)
"""Authorities, past and present, and the codes that stand for one: what may be the second to fourth character."""


def upn_check_letter(rest: str) -> str:
    """This will give the first character of a pupil number from the twelve after it, the last of which may be a letter."""
    values = [CHECK_LETTERS.index(each) if each in CHECK_LETTERS else int(each) for each in rest]
    return CHECK_LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % 23]


def is_temporary_upn(value: str) -> bool:
    """This will say whether a pupil number that holds was given for the time until the real one is known."""
    return len(value) == 13 and value[-1].isalpha()


def _upn(text: str) -> Verdict:
    value = tidied(text)
    fault = ""
    if len(value) != 13:
        fault = f"A unique pupil number has 13 characters; this has {len(value)}."
    elif value[0] not in CHECK_LETTERS:
        fault = "A unique pupil number begins with a letter, which is never I, O or S."
    elif not value[1:12].isdigit():
        fault = "A unique pupil number has digits from its second to its twelfth character."
    elif not value[12].isdigit() and value[12] not in CHECK_LETTERS:
        fault = (
            "A unique pupil number ends with a digit or, while it is temporary, with a letter other than I, O and S."
        )
    elif value[1:4] not in UPN_AUTHORITIES:
        fault = f"The second to fourth character, {value[1:4]}, are the number of no authority."
    elif upn_check_letter(value[1:]) != value[0]:
        fault = "This is not a unique pupil number: its first letter does not agree with the rest. Look for a wrong digit, or for two that changed places."
    if fault:
        return _refused(value, fault)
    doubt = "It is a temporary number: ask the school for the permanent one." if is_temporary_upn(value) else ""
    return Verdict(value, value, doubt=doubt)


def _former_upn(text: str) -> Verdict:
    verdict = _upn(text)
    # A former number is often the temporary one, which is then no reason to look again.
    return Verdict(verdict.value, verdict.shown, fault=verdict.fault)


def uln_check_digit(nine: str) -> int | None:
    """This will give the tenth digit of a unique learner number, or None when no number begins with these nine."""
    remainder = sum(int(each) * weight for each, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return 10 - remainder if remainder else None


def _uln(text: str) -> Verdict:
    value = tidied(text)
    if fault := _counted(value, 10, "A unique learner number"):
        return _refused(value, fault)
    if value == "9999999999":
        return _refused(value, "Ten nines stand for a learner without a number: leave this out until there is one.")
    if uln_check_digit(value[:9]) != int(value[9]):
        return _refused(value, "This is not a unique learner number: its last digit does not agree with the others.")
    return Verdict(value, value)


PNC_LETTERS = "Z" + CHECK_LETTERS[:-1]


def _pnc(text: str) -> Verdict:
    value = tidied(text)
    found = re.fullmatch(r"(\d{2}|\d{4})/?(\d{1,7})([A-Z])", value)
    if not found:
        return _refused(
            value, "A Police National Computer number is a year, a stroke, up to seven digits and a letter."
        )
    year, serial, letter = found[1], found[2].zfill(7), found[3]
    if PNC_LETTERS[int(year[-2:] + serial) % 23] != letter:
        return _refused(
            value, "This is not a Police National Computer number: its letter does not agree with the digits."
        )
    return Verdict(f"{year}/{serial}{letter}", f"{year}/{int(serial)}{letter}")


def _pattern(pattern: str, fault: str, shown: Callable[[str], str] = str) -> Callable[[str], Verdict]:
    """This will check a kind that has a shape but no check digit."""
    shape = re.compile(pattern)

    def check(text: str) -> Verdict:
        value = tidied(text)
        return Verdict(value, shown(value)) if shape.fullmatch(value) else _refused(value, fault)

    return check


def _reference(text: str) -> Verdict:
    """This will keep an agency's own reference as it is written there, in capitals and with single blanks."""
    kept = "".join(each for each in unicodedata.normalize("NFKC", text[: LONGEST + 1]) if each.isprintable())
    value = " ".join(kept.upper().split())
    if not any(each.isalnum() for each in value):
        return _refused(value, "Enter the reference as the agency writes it.")
    if len(value) > 40:
        return _refused(value[:40], "A reference has at most 40 characters.")
    return Verdict(value, value)


def _local_child_id(text: str) -> Verdict:
    verdict = _reference(text)
    value = verdict.value
    if not verdict.fault and not re.fullmatch(r"[A-Z0-9]{1,20}", value):
        return _refused(
            value, "A child's number in this authority has at most 20 letters and digits, and nothing else."
        )
    return verdict


def _grouped(*sizes: int, by: str = " ") -> Callable[[str], str]:
    """This will show a number in groups of these sizes."""

    def shown(value: str) -> str:
        groups, begin = [], 0
        for size in sizes:
            groups.append(value[begin : begin + size])
            begin += size
        return by.join(groups)

    return shown


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("nhs-number", "NHS number", "10 digits, for example 999 123 4578", Whose.ANYONE, True, _nhs_number),
        Kind(
            "upn", "Unique pupil number", "A letter, then 11 digits, then a digit or a letter", Whose.CHILD, True, _upn
        ),
        Kind("former-upn", "Former unique pupil number", "As the school sent it", Whose.CHILD, False, _former_upn),
        Kind("uln", "Unique learner number", "10 digits, from the age of 14", Whose.ANYONE, True, _uln),
        Kind(
            "local-child-id", "Child's number in this authority", "As in the census", Whose.CHILD, True, _local_child_id
        ),
        Kind(
            "other-local-child-id",
            "Number in another authority",
            "With the authority's name",
            Whose.CHILD,
            False,
            _reference,
        ),
        Kind(
            "home-office",
            "Home Office reference",
            "A letter and 6 to 8 digits, perhaps with a stroke for a dependant",
            Whose.ANYONE,
            False,
            _pattern(r"[A-Z][0-9]{6,8}(/[0-9]{1,3})?", "A Home Office reference is a letter and 6 to 8 digits."),
        ),
        Kind(
            "unique-application",
            "Unique application number (immigration)",
            "16 digits",
            Whose.ANYONE,
            False,
            _pattern(r"[0-9]{16}", "A unique application number has 16 digits.", _grouped(4, 4, 4, 4, by="-")),
        ),
        Kind("police", "Police reference", "Crime, incident or custody reference", Whose.ANYONE, False, _reference),
        Kind("pnc", "Police National Computer number", "For example 2019/123X", Whose.ANYONE, True, _pnc),
        Kind(
            "national-insurance",
            "National Insurance number",
            "Two letters, 6 digits and a letter",
            Whose.ANYONE,
            True,
            _pattern(
                r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]",
                "A National Insurance number is two letters, 6 digits and a letter from A to D.",
                _grouped(2, 2, 2, 2, 1),
            ),
        ),
        Kind(
            "prison",
            "Prison number",
            "For example A1234BC",
            Whose.ANYONE,
            True,
            _pattern(r"[A-Z][0-9]{4}[A-Z]{2}", "A prison number is a letter, 4 digits and two letters."),
        ),
        Kind(
            "probation",
            "Probation case reference",
            "A letter and 6 digits",
            Whose.ANYONE,
            True,
            _pattern(r"[A-Z][0-9]{6}", "A probation case reference is a letter and 6 digits."),
        ),
        Kind("court", "Court case number", "As on the court's papers", Whose.ANYONE, False, _reference),
        Kind("education-health-care", "Education, health and care plan number", "", Whose.CHILD, False, _reference),
        Kind("housing", "Housing reference", "", Whose.ANYONE, False, _reference),
        Kind("other", "Another reference", "Say whose it is", Whose.ANYONE, False, _reference),
    )
}
"""Every kind by its code. Each is optional, dated and can be suppressed with a reason; that is kept with the row."""


def check(kind: str, text: str) -> Verdict:
    """This will say whether a text can be an identifier of a kind, and give the form that is stored and the one shown."""
    return KINDS[kind].check(text)


def guesses(text: str) -> tuple[tuple[Kind, Verdict], ...]:
    """This will give the kinds with a shape of their own that a searched text can be, so that one box serves for all."""
    found = [(kind, kind.check(text)) for kind in KINDS.values()]
    return tuple((kind, verdict) for kind, verdict in found if not verdict.fault)
