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

    def take(self, other: Digest) -> None:
        """Take in what another took in of other subjects."""
        self.subjects.update(other.subjects)
        self.states.update(other.states)
        self.count += other.count

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


def may_write(path: Path) -> None:
    """Refuse a path that a receipt cannot be written to: no such folder, or something there that is not a receipt."""
    if path.is_dir() or not path.parent.is_dir():
        what = "is a folder" if path.is_dir() else "lies in a folder that does not exist"
        raise Refused(f"{path}: {what}; the name of a file for the receipt was expected")
    if path.exists():
        try:
            known = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            known = None
        if not isinstance(known, dict) or "receipt" not in known:
            raise Refused(f"{path}: exists and is not a receipt; choose another name")


def write(path: Path, receipt: Mapping[str, Any]) -> None:
    """Write a receipt with its seal, refusing to overwrite anything that is not one."""
    may_write(path)
    try:
        path.write_text(json.dumps({**receipt, "seal": seal(receipt)}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise Refused(f"{path}: cannot be written ({error.strerror})") from None


def seal(receipt: Mapping[str, Any]) -> str:
    """Hash what a receipt says, so that a later change to it is seen; it is no signature."""
    said = {key: value for key, value in receipt.items() if key != "seal"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def read(path: Path) -> dict[str, Any]:
    """Read a receipt, refusing what is none with the key that is missing or of another shape."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise Refused(
            f"{path}: is not a receipt, or a damaged one: one JSON object was expected, as `goldthread check --receipt` writes it"
        ) from None
    if not isinstance(found, dict) or found.get("receipt") != FORMAT:
        raise Refused(f"{path}: is not a receipt of format {FORMAT}: the key 'receipt' with this number was expected")
    wrong = _misfit(found, SHAPE, "")
    if wrong:
        raise Refused(f"{path}: this receipt is damaged: {wrong}")
    return found


INPUT = {"path": str, "sha256": str}
SHAPE: dict[str, Any] = {
    "receipt": int,
    "as_of": str,
    "known_at": (str, None),
    "known_at_microseconds": (int, None),
    "rules": {"edition": str, "hash": str},
    "calendar": {"release": str, "hash": str},
    "inputs": [INPUT],
    "source_file": (INPUT, None),
    "overlays": [{"name": str, **INPUT}],
    "strict": bool,
    "findings": {"count": int, "sha256": str, "states": list, "subjects": dict},
    "seal": str,
}


def _misfit(value: Any, shape: Any, key: str) -> str:
    """Say where a value does not have the shape that is expected; empty where it fits."""
    if isinstance(shape, tuple):
        return "" if value is None else _misfit(value, shape[0], key)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return f"{key} should be a list"
        return next(filter(None, (_misfit(one, shape[0], f"{key}[{place}]") for place, one in enumerate(value))), "")
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return f"{key} should be an object"
        missing = next((name for name in shape if name not in value), None)
        if missing is not None:
            return f"the key {'.'.join(filter(None, (key, missing)))!r} is missing"
        return next(
            filter(
                None, (_misfit(value[name], one, ".".join(filter(None, (key, name)))) for name, one in shape.items())
            ),
            "",
        )
    fits = isinstance(value, shape) and not (shape is int and isinstance(value, bool))
    return "" if fits else f"{key} is {value!r}, not {WORDS[shape]}"


WORDS = {str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "an object"}
