"""Writes docs/reference/access-policy.md and access-matrix.csv from the policy table: python tools/write_access_policy.py."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkdtemp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
os.environ.setdefault("GOLDTHREAD_MODE", "test")
os.environ.setdefault("GOLDTHREAD_DATA", mkdtemp())

import django

django.setup()

from goldthread.access.explaining import matrix_csv, page  # noqa: E402  # needs Django to be set up
from goldthread.access.rules import policy  # noqa: E402

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"

(REFERENCE / "access-policy.md").write_text(page(policy()), encoding="utf-8")
(REFERENCE / "access-matrix.csv").write_text(matrix_csv(policy()), encoding="utf-8")
print("Written: docs/reference/access-policy.md and access-matrix.csv")
