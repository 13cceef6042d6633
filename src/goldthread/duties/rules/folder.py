"""The folder of a pack: the files that it may hold, each read strictly, and the hash of them all."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from pathlib import Path

from goldthread.duties import yaml_reading
from goldthread.duties.faults import did_you_mean, none_of, shown
from goldthread.duties.refusal import Refused
from goldthread.duties.rules.edition import Statement
from goldthread.duties.rules.places import Model, Place, made

FILES = ("pack.yaml", "kinds.yaml", "statements.csv")
FOLDERS = ("duties", "register")
STRENGTHS = ("must", "should", "expected", "non-statutory", "may", "")  # of a statement; the last is no duty at all
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class PackFolder:
    """A folder whose files are read one by one; the hash of the rules grows with each."""

    def __init__(self, path: Path) -> None:
        """Refuse what is no part of a pack: a file that would be passed over may be one that someone relies on."""
        self.path = path
        self._hash = hashlib.sha256()
        if not path.is_dir():
            raise Refused(f"{path}: is not a folder; the folder of a pack was expected")
        for entry in _visible(path):
            if entry.name in FOLDERS and entry.is_dir():
                for inner in _visible(entry):
                    if inner.suffix != ".yaml":
                        raise Refused(
                            f"{inner}: is not read as part of the pack; only files that end in .yaml are expected here"
                        )
            elif entry.name not in FILES:
                listed = ", ".join((*FILES, *(f"{name}/" for name in FOLDERS)))
                near = did_you_mean(entry.name, (*FILES, *FOLDERS))
                raise Refused(f"{entry}: is no part of a pack; only {listed} are expected in its folder{near}")

    def names(self, folder: str) -> list[str]:
        """List the files in one of the folders within, by the names that they are read by."""
        inner = self.path / folder
        return [f"{folder}/{path.name}" for path in _visible(inner)] if inner.is_dir() else []

    def read(self, name: str, model: type[Model]) -> tuple[Model, Place]:
        """Read a file as words of the vocabulary; the place is the whole file."""
        document = yaml_reading.read(self.path / name)
        self.count_in(name, document.content)
        return made(document, model), Place(document)

    def count_in(self, name: str, content: bytes) -> None:
        """Let the hash stand for these bytes too."""
        self._hash.update(name.encode() + b"\0" + hashlib.sha256(content).digest())

    def sha256(self) -> str:
        """Give the hash of everything that was read, in the order of reading."""
        return self._hash.hexdigest()

    def statements(self) -> dict[str, Statement]:
        """Read the statements of the guidance by their ids."""
        path = self.path / "statements.csv"
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise Refused(f"{path}: does not exist; the statements' ids, strengths and hashes were expected") from None
        except OSError as error:
            raise Refused(f"{path}: cannot be read ({error.strerror}); the statements' ids were expected") from None
        self.count_in("statements.csv", content)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise Refused(
                f"{path}, line {line}: byte {error.start + 1} is not UTF-8; text in UTF-8 was expected"
            ) from None
        found: dict[str, Statement] = {}
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            if next(rows, None) != ["id", "strength", "sha256"]:
                raise Refused(f"{path}, line 1: the columns id,strength,sha256 were expected")
            line = 2
            for row in rows:
                statement = _statement(row, found, f"{path}, line {line}")
                found[statement.id] = statement
                line = rows.line_num + 1
        except csv.Error as error:
            raise Refused(f"{path}, line {line}: is not CSV ({error}); id,strength,sha256 were expected") from None
        return found


def _visible(folder: Path) -> list[Path]:
    """List a folder, without the hidden files that systems and editors leave, unless they look like a pack's own."""
    return sorted(
        path for path in folder.iterdir() if not path.name.startswith(".") or path.suffix in (".yaml", ".yml", ".csv")
    )


def _statement(row: list[str], found: dict[str, Statement], where: str) -> Statement:
    if len(row) != 3:
        raise Refused(f"{where}: three values (id,strength,sha256) were expected; found {len(row)}")
    ident, strength, sha256 = row
    if not ident or ident in found:
        raise Refused(
            f"{where}: id: " + (f"the id {ident} stands twice" if ident else "an id was expected; found nothing")
        )
    if strength not in STRENGTHS:
        raise Refused(f"{where}: strength: {none_of(strength, [one or 'nothing' for one in STRENGTHS])}")
    if not _SHA256.match(sha256):
        raise Refused(f"{where}: sha256: 64 hexadecimal digits were expected; found {shown(sha256)}")
    return Statement(ident, strength, sha256)
