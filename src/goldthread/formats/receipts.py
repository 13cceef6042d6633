"""A receipt: what an answer rested on, and what it said, so that it can be given again and compared."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from goldthread.duties.findings import Finding, as_dict
from goldthread.duties.refusal import Refused
from goldthread.duties.rules import Rules

FORMAT = 1


class Digest:
    """The running digest of an answer: one for each subject, and one over all that does not depend on their order."""

    def __init__(self) -> None:
        """Start with no finding."""
        self.subjects: dict[str, str] = {}
        self.states: Counter[tuple[str, str, str]] = Counter()
        self.count = 0

    def add(self, subject: str, findings: Iterable[Finding], rules: Rules, as_of: int) -> None:
        """Take in all findings of one subject."""
        lines = sorted(json.dumps(as_dict(one, rules, as_of), sort_keys=True) for one in findings)
        for one in findings:
            self.states[one.duty.layer, one.duty.code, str(one.state)] += 1
        self.count += len(lines)
        if lines:
            self.subjects[subject] = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]

    def as_dict(self) -> dict[str, Any]:
        """Give the count, the digest over all, the count by layer, duty and state, and each subject's digest."""
        whole = hashlib.sha256()
        for subject, digest in sorted(self.subjects.items()):
            whole.update(f"{subject}\0{digest}\n".encode())
        return {
            "count": self.count,
            "sha256": whole.hexdigest(),
            "states": [[*key, number] for key, number in sorted(self.states.items())],
            "subjects": dict(sorted(self.subjects.items())),
        }


def file_sha256(path: Path) -> str:
    """Hash a file's bytes, reading a piece at a time."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror})") from None


def write(path: Path, receipt: Mapping[str, Any]) -> None:
    """Write a receipt, refusing to overwrite anything that is not one."""
    if path.exists():
        try:
            known = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            known = None
        if not isinstance(known, dict) or "receipt" not in known:
            raise Refused(f"{path}: exists and is not a receipt; choose another name")
    try:
        path.write_text(json.dumps(receipt, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise Refused(f"{path}: cannot be written ({error.strerror})") from None


def read(path: Path) -> dict[str, Any]:
    """Read a receipt, refusing what is none with the key that is missing."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise Refused(f"{path}: is not a receipt: {error}") from None
    if not isinstance(found, dict) or found.get("receipt") != FORMAT:
        raise Refused(f"{path}: is not a receipt of format {FORMAT}; the key 'receipt' was expected first")
    for key in ("as_of", "known_at", "rules", "calendar", "inputs", "overlays", "findings"):
        if key not in found:
            raise Refused(f"{path}: this receipt lacks the key {key!r}")
    return found
