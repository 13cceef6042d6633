"""What the audit needs where real people's records are kept."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def checkpoints_are_signed_and_kept(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """This will check that there is a key that others cannot read, and a place for checkpoints."""
    return list(_faults()) if settings.LIVE else []


def _faults() -> Iterator[CheckMessage]:
    key: Path | None = settings.CHECKPOINT_KEY
    if key is None or not key.is_file():
        yield Error(
            "There is no key that signs the audit's checkpoints.",
            hint="Set GOLDTHREAD_CHECKPOINT_KEY to a file outside the database, and run `goldthread verify --make-key`.",
            id="goldthread.E010",
        )
    elif stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Error(f"{key} can be read by others than its owner: chmod 600.", id="goldthread.E011")
    place: Path | None = settings.CHECKPOINTS
    if place is None:
        yield Error(
            "The audit's checkpoints are kept nowhere but in the database.",
            hint="Set GOLDTHREAD_CHECKPOINTS to a file or folder on another machine or disk.",
            id="goldthread.E012",
        )
    elif not os.access(place if place.exists() else place.parent, os.W_OK):
        yield Error(
            f"{place} cannot be written, and the audit's checkpoints are to be kept there.", id="goldthread.E013"
        )
