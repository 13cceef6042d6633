#!/usr/bin/env python3
"""Prints the Python of a virtual environment of its own that holds the open census validator, made when needed.

`bench/.peer` keeps it. Ends with 1 and a word on standard error where it cannot be installed.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

PLACE = Path(__file__).resolve().parent / ".peer" / "venv"
PACKAGES = ("csc-validator-be-cin==0.1.13", "numpy<2", "pytest")
PYTHONS = ("python3.11", "python3.10", "python3.9")
TRY = "import sys, cin_validator; sys.exit(not (3, 9) <= sys.version_info[:2] <= (3, 11))"


def ready(python: Path) -> bool:
    """This will say whether this Python can run the validator."""
    return python.exists() and subprocess.run([python, "-c", TRY], capture_output=True, check=False).returncode == 0


def wanted_python() -> str | None:
    """This will give a Python that the validator supports: 3.9 to 3.11."""
    if (3, 9) <= sys.version_info[:2] <= (3, 11):
        return sys.executable
    return next((found for name in PYTHONS if (found := shutil.which(name))), None)


def quietly(*command: str) -> subprocess.CompletedProcess[str]:
    """This will run a command and keep what it says."""
    return subprocess.run(command, capture_output=True, text=True, check=False)


def made(python: Path) -> str:
    """This will make the environment and give "", or why it could not be made."""
    base = wanted_python()
    if base is None:
        return "it needs Python 3.9 to 3.11, and none was found"
    shutil.rmtree(PLACE, ignore_errors=True)
    done = quietly(base, "-m", "venv", str(PLACE))
    if done.returncode == 0:
        done = quietly(str(python), "-m", "pip", "install", "--quiet", *PACKAGES)
    if done.returncode == 0 and ready(python):
        return ""
    said = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("WARNING")]
    return said[-1] if said else "it does not start"


def main() -> int:
    """This will make the environment unless it is there, one process at a time, and print its Python."""
    python = PLACE / "bin" / "python"
    PLACE.parent.mkdir(exist_ok=True)
    with PLACE.with_suffix(".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        why_not = "" if ready(python) else made(python)
    if why_not:
        print(f"the open validator cannot be installed here: {why_not}", file=sys.stderr)
        return 1
    print(python)
    return 0


if __name__ == "__main__":
    sys.exit(main())
