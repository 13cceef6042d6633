"""How a field looks, apart from what it asks and takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Width(StrEnum):
    """How wide an input is: as wide as what is expected in it."""

    FULL = ""
    TWO_THIRDS = "govuk-!-width-two-thirds"
    HALF = "govuk-!-width-one-half"
    THIRD = "govuk-!-width-one-third"
    CHARACTERS_20 = "govuk-input--width-20"
    CHARACTERS_10 = "govuk-input--width-10"
    CHARACTERS_5 = "govuk-input--width-5"
    CHARACTERS_3 = "govuk-input--width-3"


class Size(StrEnum):
    """How large a label is."""

    PLAIN = ""
    SMALL = "s"
    MEDIUM = "m"
    LARGE = "l"


@dataclass(frozen=True, slots=True)
class Look:
    """How a field looks. `reveals` names the field that appears below a choice; `hints` explain choices."""

    width: Width = Width.FULL
    size: Size = Size.PLAIN
    heading: bool = False  # the label is the heading of the page
    inline: bool = False  # choices beside each other: for two short ones
    small: bool = False  # small choices: for a filter
    rows: int = 5
    counted: bool = False  # says how many characters are left
    spellcheck: bool | None = None
    autocomplete: str = ""
    inputmode: str = ""
    suffix: str = ""
    prefix: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    reveals: Mapping[str, str] = field(default_factory=dict)


PLAIN = Look()
