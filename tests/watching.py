"""A test client that holds every answer against the audit: what shows anything of a record has left a line about it.

A page marks what is about a record with `data-record="<reference>"`; beside the marks every reference in the text counts, so
that a page that forgets its marks is noticed where it prints a reference.
"""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from goldthread.audit.models import Entry
from goldthread.kernel import references
from goldthread.kernel.acting import acting_as, current, system
from goldthread.records.models import Record

MARKED = re.compile(r'data-record="([^"]*)"')
WRITTEN = re.compile(
    rf"(?<![{references.ALPHABET}-])[{references.ALPHABET}]{{4}}-[{references.ALPHABET}]{{4}}-[{references.ALPHABET}](?![{references.ALPHABET}-])"
)


class Unseen(AssertionError):
    """A page shows something of a record, and the audit knows nothing of it."""


class Watching(Client):
    """A browser whose every page is held against the audit."""

    def request(self, **request: Any) -> Any:
        """Answer as Django's client does, and look at what came out."""
        response = super().request(**request)
        check_audited(response)
        return response


def check_audited(response: Any) -> None:
    """Raise `Unseen` where an answer shows a record about which its request left no line."""
    if getattr(response, "streaming", False) or not isinstance(response, HttpResponse):
        return
    if not response.get("Content-Type", "").startswith(("text/", "application/json", "image/svg")):
        return
    shown = shown_in(response.content.decode(response.charset or "utf-8", "replace"))
    if not shown:
        return
    with acting_as(current() or system("tests")):
        records = dict(Record.objects.filter(code__in=shown).values_list("code", "pk"))
        named = response.get("X-Request-ID", "")
        audited = set(Entry.objects.filter(request=named, record__in=records.values()).values_list("record", flat=True))
    unseen = sorted(code for code, record in records.items() if record not in audited)
    if unseen:
        raise Unseen(f"The page shows {unseen}, and the audit has no line of this request about them.")


def shown_in(page: str) -> set[str]:
    """The references of records that a page shows, in marks or in words."""
    return {code for said in (*MARKED.findall(page), *WRITTEN.findall(page)) if (code := references.read(said))}
