"""The agencies' identity providers, read strictly from a file that GOLDTHREAD_OIDC names. Pure: settings read it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")
_SECRETS = ("client_secret_basic", "client_secret_post")
_METHODS = (*_SECRETS, "private_key_jwt")
_LISTS = ("acr", "amr", "scopes")


class Unusable(ValueError):
    """The file cannot be used; the sentence names the provider, the key, and what was expected."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One agency's identity provider, and what is asked of it. docs/reference/signing-in.md explains each key."""

    id: str
    name: str  # on the button: "Sign in with …"
    issuer: str
    client_id: str
    client_secret: str = ""
    private_key: str = ""  # in PEM, for private_key_jwt
    key_id: str = ""
    client_auth: str = "client_secret_basic"
    subject: str = "sub"  # or "entra": the tenant and the object, which outlive names and addresses
    acr: tuple[str, ...] = ()  # one of these is asked for and must come back
    amr: tuple[str, ...] = ()  # at least one of these must come back
    max_age: int = 0  # seconds since the person last showed herself to the agency; 0 asks nothing
    two_factors: bool = False  # whether the agency vouches, by acr or amr, for two factors
    scopes: tuple[str, ...] = ("openid",)

    @property
    def discovery(self) -> str:
        """Where the provider describes itself."""
        return f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"


def read(path: Path, *, allow_http: bool) -> dict[str, Provider]:
    """This will give the providers of a file by their ids, or raise `Unusable` with a sentence.

    `allow_http` is for tests and development: in live mode every address is https.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unusable(f"GOLDTHREAD_OIDC: {path.name} cannot be read ({error.strerror}).") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unusable(f"GOLDTHREAD_OIDC: {path.name} is no TOML: {error}.") from None
    if set(said) != {"provider"} or not isinstance(said["provider"], dict):
        raise Unusable("GOLDTHREAD_OIDC: expected tables named [provider.<id>] and nothing else.")
    return {name: _provider(name, table, path.parent, allow_http) for name, table in said["provider"].items()}


def _provider(id: str, table: Any, folder: Path, allow_http: bool) -> Provider:
    where = f"GOLDTHREAD_OIDC: provider {id}"
    if not _SLUG.fullmatch(id) or not isinstance(table, dict):
        raise Unusable(f"{where}: expected a table under a short name of small letters, digits and hyphens.")
    given = dict(table)
    for key in ("client_secret", "private_key"):
        if f"{key}_file" in given:
            given[key] = _secret(folder / str(given.pop(f"{key}_file")), where, key)
    known = {field.name: field for field in fields(Provider)}
    for key, value in given.items():
        if key not in known or key == "id":
            raise Unusable(f"{where}: {key} is not a key that is known.")
        expected = "list of text" if key in _LISTS else known[key].type
        if not _is(value, str(expected)):
            raise Unusable(f"{where}: {key} is {value!r}: expected {_WORDS[str(expected)]}.")
    for key in ("name", "issuer", "client_id"):
        if not given.get(key):
            raise Unusable(f"{where}: {key} is missing.")
    values: dict[str, Any] = {key: tuple(value) if key in _LISTS else value for key, value in given.items()}
    made = Provider(id=id, **values)
    _check(made, where, allow_http)
    return made


_WORDS = {"str": "text", "int": "a whole number", "bool": "true or false", "list of text": "a list of text"}


def _is(value: Any, expected: str) -> bool:
    if expected == "list of text":
        return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    if expected == "int":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return type(value).__name__ == expected


def _check(made: Provider, where: str, allow_http: bool) -> None:
    address = urlsplit(made.issuer)
    if address.scheme != "https" and not (allow_http and address.scheme == "http"):
        raise Unusable(f"{where}: issuer is {made.issuer!r}: expected an address that begins with https.")
    if not address.hostname or address.query or address.fragment:
        raise Unusable(f"{where}: issuer is {made.issuer!r}: expected an address without a query.")
    if made.client_auth not in _METHODS:
        raise Unusable(f"{where}: client_auth is {made.client_auth!r}: expected one of {', '.join(_METHODS)}.")
    if made.client_auth in _SECRETS and not made.client_secret:
        raise Unusable(f"{where}: client_secret or client_secret_file is missing.")
    if made.client_auth == "private_key_jwt" and not made.private_key:
        raise Unusable(f"{where}: private_key_file is missing.")
    if made.subject not in ("sub", "entra"):
        raise Unusable(f"{where}: subject is {made.subject!r}: expected sub or entra.")
    if made.two_factors and not (made.acr or made.amr):
        raise Unusable(f"{where}: two_factors is true: expected acr or amr, by which the agency vouches for them.")
    if "openid" not in made.scopes:
        raise Unusable(f"{where}: scopes: expected openid among them.")


def _secret(path: Path, where: str, key: str) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Unusable(f"{where}: {key}_file cannot be read ({error.strerror}).") from None
