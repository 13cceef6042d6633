"""What no form expects, and the sending of it to any form that a page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import quote_from_bytes

from django.test import Client

HOSTILE: Mapping[str, bytes] = {
    "a NUL byte": b"a\x00b",
    "a megabyte": b"x" * 1_000_000,
    "lone surrogates": "a\ud800b\udfff".encode("utf-8", "surrogatepass"),
    "from right to left": "\u202egnp.exe\u2066".encode(),
    "not UTF-8": b"\xff\xfe\xc3",
    "beyond the first plane": "\U0001f469\u200d\U0001f467 é\u0301".encode(),
    "a number too large": b"9" * 400,
    "a number of another script": "٣".encode(),
    "markup": b"<script>alert(1)</script>{{ 7*7 }}",
    "nothing": b"",
}
KEPT_AS_THEY_ARE = ("form_id", "version", "csrfmiddlewaretoken")  # else a form is refused before its fields are read

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*>")


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


@dataclass(frozen=True)
class Shown:
    """A form as a page shows it."""

    action: str
    method: str
    fields: Mapping[str, bytes]


def forms_of(page: str, address: str) -> Iterator[Shown]:
    """This will give the forms of a page, each with where it goes and what it could be sent."""
    for opening, body in FORM.findall(page):
        fields = {attribute(tag, "name"): attribute(tag, "value").encode() or b"1" for tag in FIELD.findall(body)}
        fields.pop("", None)
        action, method = attribute(f" {opening}", "action"), attribute(f" {opening}", "method")
        yield Shown(action or address, method or "get", fields)


def escaped(fields: Mapping[str, bytes]) -> str:
    """This will write fields as a form sends them, with their bytes as they are, as no browser would."""
    return "&".join(f"{name}={quote_from_bytes(value)}" for name, value in fields.items())


def post(browser: Client, address: str, fields: Mapping[str, bytes]) -> Any:
    """This will send a form."""
    return browser.post(address, escaped(fields), content_type="application/x-www-form-urlencoded")


def send(browser: Client, form: Shown, fields: Mapping[str, bytes]) -> Any:
    """This will send a form by the method that it names."""
    if form.method == "post":
        return post(browser, form.action, fields)
    return browser.get(f"{form.action.partition('?')[0]}?{escaped(fields)}")
