"""Why a census cannot be read, or not be read on, in one sentence."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from goldthread.duties.refusal import Refused
from goldthread.formats.notes import printable, shown
from goldthread.formats.source_file import open_bytes

_END = re.compile(rb"</(?:[\w.-]+:)?Message\s*>(?:\s|<!--.*?-->|<\?.*?\?>)*\Z", re.DOTALL)


def malformed(
    path: Path, error: etree.XMLSyntaxError, place: int, name: str, *, before_children: bool = False
) -> Refused:
    """This will say in one sentence why a file cannot be read on, and after which child."""
    if before_children:
        where = "before its children"
    elif place:
        where = f"in or after child {place + 1} (the last whole one is child {place}, LAchildID {shown(name)})"
    else:
        where = "in or before its first child"
    with open_bytes(path) as file:
        size = path.stat().st_size
        file.seek(max(0, size - 1024))
        tail = file.read().strip()
    reason = str(error.msg or "no element found")
    logged = [entry.message for entry in error.error_log]  # type: ignore[attr-defined]  # an iterable, though not in the stubs
    if reason == "no element found" and logged:
        reason = logged[-1]  # the parser hides an unknown entity behind these words
    reason = printable(" ".join(reason.split()), 200)  # the parser repeats names from the file
    words = reason.lower()
    if not tail:
        return Refused(f"{path}: is empty; expected a CIN census")
    if "encoding" in words or "utf-" in words:
        return Refused(
            f"{path}: its bytes are not in the encoding that it declares, {where} ({reason}); expected UTF-8"
        )
    if "entity" in words:
        return Refused(f"{path}: uses an entity, {where} ({reason}); expected a census, which has none")
    if "extra content" not in words and not _END.search(tail):
        return Refused(f"{path}: seems to be cut off, {where} ({reason}); expected it to end with </Message>")
    return Refused(f"{path}: is not well-formed XML, {where} ({reason}); expected a CIN census")


def refuse_hidden_encoding(path: Path) -> None:
    """This will refuse UTF-16 that says it is something else, which the parser would quietly read all the same."""
    with open_bytes(path) as file:
        head = file.read(400)
    for mark, encoding in (
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if head.startswith(mark):
            declared = re.search(r"""encoding\s*=\s*["']([\w.-]*)""", head.decode(encoding, "replace"))
            if declared is None or not declared[1].lower().startswith("utf-16"):
                says = shown(declared[1]) if declared else "nothing"
                raise Refused(f"{path}: is written in UTF-16 but declares {says}; expected UTF-8, or its true encoding")
