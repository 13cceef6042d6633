"""What people and files write, before it is kept: whatever no database or page can hold is refused, or taken out."""

from __future__ import annotations

import re
import unicodedata

from goldthread.kernel.errors import RuleBroken

# Characters that no text of ours needs: of control (but for tab and line break), halves of pairs, those that turn the
# direction of what follows, so that a page would show something else than is there, and what stands for no character.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def said(text: str, longest: int, field: str, *, needed: str = "", lines: bool = False) -> str:
    """This will give what a person wrote as it is kept, or refuse it with a sentence that names the field.

    `needed` is the sentence for an empty text, where one is needed; `lines` lets it have several lines.
    """
    if len(text) > longest:
        raise RuleBroken(f"This can have at most {longest} characters; you wrote {len(text)}.", field=field)
    if _UNFIT.search(text):
        raise RuleBroken("There is a character in this that cannot be kept: type it again.", field=field)
    kept = _tidied(text, lines)
    if needed and not kept:
        raise RuleBroken(needed, field=field)
    return kept


def kept(text: object, longest: int, *, lines: bool = False) -> str:
    """This will give what a file holds as it is kept: without unfit characters, and cut where it is too long."""
    if isinstance(text, str) and len(text) <= longest and text.isascii() and text.isprintable():
        return " ".join(text.split())  # nearly all that files hold, and a county holds millions
    return _tidied(_UNFIT.sub("", str(text))[: longest * 2], lines)[:longest].strip()


def _tidied(text: str, lines: bool) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if not lines:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n")
