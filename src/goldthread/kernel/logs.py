"""Logs that can be read by anyone who runs the machine: they hold ids and words of ours, and nothing of any person.

A message that was put together with data is a way out for names. So only the template of a message is written, never
what it is filled with; of what is passed beside it only known fields of a known shape; and of a fault its kind and
where it arose, not what it said.
"""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.http import HttpResponseBase

from goldthread.kernel.requests import OpenRequest

OURS = "goldthread"
NUMBERS = frozenset(
    {"practitioner", "account", "organisation", "record", "seq", "status", "status_code", "milliseconds", "number"}
)
WORDS = {
    "request": re.compile(r"[0-9a-f]{32}"),
    "method": re.compile(r"[A-Z]{3,7}"),
    "view": re.compile(r"[a-z0-9_.:-]{1,100}"),
    "job": re.compile(r"[a-z-]{1,60}"),
}
DEEPEST = 20
_PACKAGES = re.compile(r".*(?:site-packages|src|lib/python[0-9.]+)/")

log = logging.getLogger(__name__)


class OnlyIds(logging.Formatter):
    """Writes a line of JSON that holds nothing but ids and words of ours."""

    def format(self, record: logging.LogRecord) -> str:
        """This will write one record down."""
        ours = record.name.partition(".")[0] == OURS
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if isinstance(record.msg, str) and (ours or record.args):
            line["says"] = record.msg
        else:
            line["from"] = f"{record.module}:{record.lineno}"
        line |= _fields(vars(record))
        if record.exc_info and record.exc_info[0]:
            line["fault"] = {"kind": record.exc_info[0].__qualname__, "where": _where(record.exc_info[2])}
        return json.dumps(line)


def _fields(held: dict[str, Any]) -> dict[str, Any]:
    request = held.get("request")
    if request is not None and not isinstance(request, str):
        held = {**held, "request": getattr(request, "id", None)}  # Django passes the request itself
    numbers = {name: held[name] for name in NUMBERS if isinstance(held.get(name), int)}
    words = {
        name: held[name]
        for name, shape in WORDS.items()
        if isinstance(held.get(name), str) and shape.fullmatch(held[name])
    }
    return {**words, **numbers}


def _where(trace: Any) -> list[str]:
    """The places that a fault went through: files of the code and lines, without what stood in them."""
    frames = traceback.extract_tb(trace, limit=-DEEPEST)
    return [f"{_PACKAGES.sub('', Path(one.filename).as_posix())}:{one.lineno} {one.name}" for one in frames]


class RequestLog:
    """Writes a line for each request: which view answered, how, how fast and to whom, by number."""

    def __init__(self, get_response: Callable[[OpenRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: OpenRequest) -> HttpResponseBase:
        """Answer, and note it."""
        began = time.perf_counter()
        response = self.get_response(request)
        actor, found = getattr(request, "actor", None), request.resolver_match
        log.info(
            "answered",
            extra={
                "request": getattr(request, "id", ""),
                "method": request.method,
                "view": found.view_name if found else "",
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000),
                "practitioner": actor.id if actor else None,
                "organisation": actor.organisation if actor else None,
            },
        )
        if named := getattr(request, "id", ""):
            response["X-Request-ID"] = named
        return response
