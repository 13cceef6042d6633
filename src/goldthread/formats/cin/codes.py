"""The codes of the CIN census, and from which census year each may be used.

A census year is the year in which it ends: the census of 2022-23 is 2023. Only what the reader looks at is here.
"""

from __future__ import annotations

YES_NO = {"1": True, "0": False, "true": True, "false": False}


def _codes(text: str) -> dict[str, int]:
    """This will read codes separated by blanks, each with `@year` where it is newer than the oldest census read."""
    return {code: int(year or 0) for code, _, year in (word.partition("@") for word in text.split())}


def _lettered(numbers: range, letters: str) -> str:
    return " ".join(f"{number}{letter}" for number in numbers for letter in letters)


# Element: {code: the first census year in which it may be used, 0 for always}.
CODES: dict[str, dict[str, int]] = {
    "UPNunknown": _codes("UN1 UN2 UN3 UN4 UN5 UN6 UN7"),
    "GenderCurrent": _codes("0 1 2 9"),
    "Sex": _codes("M F U"),
    "Ethnicity": _codes(
        "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH CHNE BCRB BAFR BOTH OOTH REFU NOBT"
    ),
    "Disability": _codes("NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA"),
    "ReferralSource": _codes("1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D@2023 6 7 8 9 10"),
    "PrimaryNeedCode": _codes("N0 N1 N2 N3 N4 N5 N6 N7 N8 N9"),
    "ReasonForClosure": _codes("RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9@2023"),
    # 18A and 19A were withdrawn, and are still sent for older assessments.
    "AssessmentFactors": _codes(
        _lettered(range(1, 7), "ABC")
        + " 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A 18A 18B 18C 19A 19B 19C 20 21 22A 23A 24A"
    ),
    "InitialCategoryOfAbuse": _codes("NEG PHY SAB EMO MUL"),
    "LatestCategoryOfAbuse": _codes("NEG PHY SAB EMO MUL"),
    "PPOutcome": _codes("A B C"),
}

ANONYMOUS = "9"
REFERRER_UNKNOWN = "10"


def in_use(element: str, year: int) -> frozenset[str]:
    """This will give the codes that an element may hold in the census of a year."""
    return frozenset(code for code, since in CODES[element].items() if since <= year)
