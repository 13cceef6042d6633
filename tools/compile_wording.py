"""Compile our wording of other packages' sentences into the form in which Python reads it.

    python tools/compile_wording.py

It reads `django.po` in the folder of ui's locale, which a person edits, and writes `django.mo` beside it. No program of
gettext is needed; a test holds the two together.
"""

from __future__ import annotations

import ast
import struct
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "src" / "goldthread" / "ui" / "locale" / "en_GB" / "LC_MESSAGES"


def read(text: str) -> dict[str, str]:
    """This will give the sentences of a .po file with our wording of each; plurals and contexts are not understood."""
    words: dict[str, str] = {}
    key, part = "", ""
    for line in text.splitlines():
        name, _, rest = line.partition(" ")
        if name in ("msgid", "msgstr"):
            part, quoted = name, rest
        elif line.startswith('"'):
            quoted = line
        elif not line or line.startswith("#"):
            continue
        else:
            raise SystemExit(f"not understood: {line}")
        said = ast.literal_eval(quoted)
        if name == "msgid":
            key = said
        elif part == "msgid":
            key += said
        else:
            words[key] = words.get(key, "") + said
    return words


def compiled(words: dict[str, str]) -> bytes:
    """This will give the .mo file: a header of seven numbers, two tables of lengths and places, and the texts."""
    pairs = [(key.encode(), text.encode()) for key, text in sorted(words.items())]
    place = 28 + 16 * len(pairs)
    tables: list[list[tuple[int, int]]] = [[], []]
    texts = b""
    for column in (0, 1):
        for pair in pairs:
            tables[column].append((len(pair[column]), place + len(texts)))
            texts += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, place)
    return head + b"".join(struct.pack("<2I", *row) for table in tables for row in table) + texts


if __name__ == "__main__":
    written = compiled(read((FOLDER / "django.po").read_text(encoding="utf-8")))
    (FOLDER / "django.mo").write_bytes(written)
