"""A backup is one file: a tar of a manifest, which says what the rest must be, and of the database."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from goldthread.duties.refusal import Refused

FORM = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 10_000_000
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, as it was at one moment."""

    version: str  # of Goldthread
    made_at: str
    engine: str  # sqlite, postgresql
    database: str  # the name of the member
    sha256: str
    bytes: int
    migrations: tuple[str, ...]
    tables: dict[str, int]  # how many rows each has
    audit: dict[str, Any]  # all chains in one hash

    def text(self) -> str:
        """This will write it down."""
        return json.dumps({"goldthread-backup": FORM, **asdict(self)}, indent=1, sort_keys=True)


def write(file: Path, manifest: Manifest, database: Path) -> None:
    """This will write the archive, readable by its owner only, whole or not at all."""
    part = file.with_name(f"{file.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w") as archive:
            text = manifest.text().encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
            entry = tarfile.TarInfo(manifest.database)
            entry.size = manifest.bytes
            with database.open("rb") as held:
                archive.addfile(entry, held)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def read(file: Path, into: Path) -> Manifest:
    """This will take an archive apart: the database is written to `into`, and is to the letter what the manifest says."""
    try:
        with tarfile.open(file, mode="r:") as archive:
            manifest = _manifest(archive)
            held = archive.extractfile(manifest.database)
            if held is None:
                raise KeyError(manifest.database)
            hashed, size = hashlib.sha256(), 0
            with into.open("wb") as out:
                while block := held.read(BLOCK):
                    hashed.update(block)
                    size += len(block)
                    out.write(block)
    except (tarfile.TarError, KeyError, ValueError, TypeError) as error:
        raise Refused(f"{file}: this is no backup that can be read ({type(error).__name__}).") from error
    if (hashed.hexdigest(), size) != (manifest.sha256, manifest.bytes):
        raise Refused(f"{file}: the backup is damaged: what it holds is not what was written.")
    return manifest


def _manifest(archive: tarfile.TarFile) -> Manifest:
    entry = archive.getmember(MANIFEST)
    found = archive.extractfile(entry)
    if found is None or entry.size > LARGEST_MANIFEST:
        raise ValueError
    held = json.loads(found.read())
    if held.pop("goldthread-backup") != FORM:
        raise ValueError
    held["migrations"] = tuple(held["migrations"])
    return Manifest(**held)


def hash_of(file: Path) -> str:
    """This will give the hash of a file."""
    hashed = hashlib.sha256()
    with file.open("rb") as held:
        while block := held.read(BLOCK):
            hashed.update(block)
    return hashed.hexdigest()
