"""The one error that a person is meant to read."""

from __future__ import annotations


class Refused(Exception):
    """Something given cannot be used: one clear sentence that names the file, line or element and what was expected.

    The command line prints it on standard error and ends with status 2; nothing prints a traceback.
    """
