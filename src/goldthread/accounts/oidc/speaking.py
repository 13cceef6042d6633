"""How the site speaks to an identity provider: briefly, over https, and without following it elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import requests

TIMEOUT = (5, 10)  # seconds to reach it, and to wait for each part of its answer
LONGEST = 1_000_000  # bytes


class Unspoken(Exception):
    """The provider could not be reached, or said what cannot be used."""


def get(address: str) -> dict[str, Any]:
    """This will give the JSON object at an address."""
    return _ask("GET", address)


def post(address: str, form: Mapping[str, str], credentials: tuple[str, str] | None) -> dict[str, Any]:
    """This will send a form and give the JSON object that comes back."""
    return _ask("POST", address, data=form, auth=credentials)


def _ask(method: str, address: str, **what: Any) -> dict[str, Any]:
    headers = {"Accept": "application/json"}
    try:
        with requests.request(
            method, address, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True, **what
        ) as answer:
            body = answer.raw.read(LONGEST + 1, decode_content=True)
            status = answer.status_code
    except (requests.RequestException, OSError, ValueError) as error:
        raise Unspoken(f"The agency's sign-in could not be reached: {type(error).__name__}.") from None
    if status != 200 or len(body) > LONGEST:  # "as it should"
        raise Unspoken(f"The agency's sign-in answered {status} with {len(body)} bytes.")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Unspoken("The agency's sign-in answered with something that is no JSON.") from None
    if not isinstance(said, dict):
        raise Unspoken("The agency's sign-in answered with something that is no JSON object.")
    return said
