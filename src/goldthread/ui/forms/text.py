"""Text as it is kept: in one normal form, with nothing in it that a database, a page or an XML file cannot hold.

Characters that turn the direction of writing are part of people's names and words, so they are kept; a page shows a
value in an element of its own (`bdi`, or a cell), so that what stands beside it is not turned with it.
"""

from __future__ import annotations

import re
import unicodedata

# NUL and the other controls, halves of a character (surrogates), and two code points that are no characters.
UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


class Unfit(ValueError):
    """The text holds what cannot be kept."""


def kept(raw: str, *, lines: bool) -> str:
    """This will give the text in Unicode's form NFC, trimmed, its lines ending in LF; without `lines`, as one line.

    Raises Unfit for a control character, half of a character, or no character at all.
    """
    if UNFIT.search(raw):
        raise Unfit
    text = LINE_ENDS.sub("\n", raw)
    if not lines:
        text = re.sub(r"[\n\t]+", " ", text)
    return unicodedata.normalize("NFC", text).strip()


def displayable(raw: str) -> str:
    """This will give text as a page can show it, whatever was sent: what cannot be kept is shown as a replacement mark."""
    return UNFIT.sub("\N{REPLACEMENT CHARACTER}", raw)
