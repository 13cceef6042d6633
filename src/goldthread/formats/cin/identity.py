"""Who a child of a census is, beside what happened to her: her numbers, sex, ethnicity and disabilities."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from lxml import etree

from goldthread.formats.cin.collecting import local

SEX_OF_GENDER = {"1": "M", "2": "F"}
"""What `GenderCurrent` was, until the census of 2025 asked for `Sex`; its other codes tell nothing."""

NOT_TOLD = frozenset({"REFU", "NOBT"})
"""Codes of ethnicity for what was refused or not yet obtained, which say nothing about her."""


class Identity(NamedTuple):
    """Who a child is: what the file does not say is empty, and `sex` is then U."""

    upn: str = ""
    former_upn: str = ""
    sex: str = "U"
    ethnicity: str = ""
    disabilities: tuple[str, ...] = ()


NOBODY = Identity()


def identity_of(child: etree._Element, codes: Mapping[str, Set[str]]) -> Identity:
    """This will read who a Child element is about; a code that is none of `codes` tells nothing (the notes name it)."""
    found: dict[str, list[str]] = {}
    for group in child:
        if local(group) in ("ChildIdentifiers", "ChildCharacteristics"):
            for element in group.iter():
                text = (element.text or "").strip()
                if text:
                    found.setdefault(local(element), []).append(text)
    ethnicity = _first(found, "Ethnicity")
    said = _first(found, "Sex")
    return Identity(
        upn=_first(found, "UPN"),
        former_upn=_first(found, "FormerUPN"),
        sex=said if said in ("F", "M") else SEX_OF_GENDER.get(_first(found, "GenderCurrent"), "U"),
        ethnicity=ethnicity if ethnicity in codes["Ethnicity"] and ethnicity not in NOT_TOLD else "",
        disabilities=tuple(
            dict.fromkeys(one for one in found.get("Disability", ()) if one in codes["Disability"] and one != "NONE")
        ),
    )


def _first(found: Mapping[str, list[str]], tag: str) -> str:
    return found.get(tag, [""])[0]
