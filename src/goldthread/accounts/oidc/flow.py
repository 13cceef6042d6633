"""The way to an agency's sign-in and back: authorisation code with PKCE, a state good once, and a nonce."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from goldthread.accounts.oidc import speaking
from goldthread.accounts.oidc.providers import Provider
from goldthread.accounts.oidc.tokens import Untrue, Vouched, identity

KEPT = "agency_sign_ins"
"""Under this name a session keeps the ways that were begun and not yet come back from."""

LASTS = timedelta(minutes=10)
AT_ONCE = 5
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
FRESH = 60  # seconds since she showed herself to the agency, where she is to do so again
_DESCRIPTION_LASTS = timedelta(hours=1)
_KEYS_LAST = timedelta(minutes=1)  # until an unknown key makes us ask again


@dataclass(frozen=True, slots=True)
class Arrived:
    """Someone who came back from her agency."""

    vouched: Vouched
    onward: str
    proving: bool  # whether she was signed in and only showed again who she is


_described: dict[str, tuple[datetime, dict[str, Any]]] = {}
_keys: dict[str, tuple[datetime, dict[str, Mapping[str, Any]]]] = {}


def begin(
    session: SessionBase, provider: Provider, *, at: datetime, back: str, onward: str, proving: bool = False
) -> str:
    """This will give the address at the agency to send someone to; `back` is ours, `onward` where she goes then."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    begun = dict(session.get(KEPT, {}))
    while len(begun) >= AT_ONCE:
        del begun[min(begun, key=lambda one: float(begun[one]["at"]))]
    begun[state] = {
        "provider": provider.id, "nonce": nonce, "verifier": verifier, "onward": onward, "proving": proving,
        "at": at.timestamp(),
    }  # fmt: skip
    session[KEPT] = begun
    max_age = FRESH if proving else provider.max_age
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": " ".join(provider.scopes),
        "state": state,
        "nonce": nonce,
        "code_challenge": _unpadded(hashlib.sha256(verifier.encode()).digest()),
        "code_challenge_method": "S256",
        "acr_values": " ".join(provider.acr),
        "max_age": str(max_age) if max_age else "",
        "prompt": "login" if proving else "",
    }
    address = _address(describe(provider, at), "authorization_endpoint")
    return (
        f"{address}{'&' if '?' in address else '?'}{urlencode({key: value for key, value in asked.items() if value})}"
    )


def finish(session: SessionBase, provider: Provider, said: Mapping[str, str], *, at: datetime, back: str) -> Arrived:
    """This will give who came back, or raise `Untrue` or `Unspoken`. What was begun is used up whatever comes of it."""
    begun = dict(session.get(KEPT, {}))
    kept = begun.pop(said.get("state", ""), None)
    session[KEPT] = begun
    if kept is None or kept["provider"] != provider.id:
        raise Untrue("the state is not ours, or was used already")
    if at - datetime.fromtimestamp(float(kept["at"]), UTC) > LASTS:
        raise Untrue("it took too long")
    if "error" in said or not said.get("code"):
        raise Untrue(f"the agency did not let her in: {said.get('error', 'no code')[:40]}")
    if said.get("iss", provider.issuer) != provider.issuer:
        raise Untrue("another provider answered")
    tokens = _exchange(provider, said["code"], str(kept["verifier"]), at, back)
    token = tokens.get("id_token")
    if not isinstance(token, str):
        raise Untrue("there is no ID token")
    proving = bool(kept["proving"])
    vouched = identity(
        provider,
        token,
        keys=lambda one: key(provider, one, at),
        nonce=str(kept["nonce"]),
        at=at,
        max_age=FRESH * proving,
    )
    return Arrived(vouched, str(kept["onward"]), proving)


def describe(provider: Provider, at: datetime) -> dict[str, Any]:
    """This will give what the provider says of itself, asked for once an hour."""
    held = _described.get(provider.id)
    if held is None or at - held[0] > _DESCRIPTION_LASTS or held[1].get("issuer") != provider.issuer:
        said = speaking.get(provider.discovery)
        if said.get("issuer") != provider.issuer:
            raise Untrue("the provider describes itself as another")
        _described[provider.id] = held = (at, said)
    return held[1]


def key(provider: Provider, key_id: str, at: datetime) -> Mapping[str, Any] | None:
    """This will give one of the provider's public keys; an unknown one makes us look for new keys, once a minute."""
    held = _keys.get(provider.id)
    if held is None or (key_id not in held[1] and at - held[0] > _KEYS_LAST):
        said = speaking.get(_address(describe(provider, at), "jwks_uri"))
        listed = said.get("keys")
        usable = [one for one in (listed if isinstance(listed, list) else []) if isinstance(one, dict)]
        found: dict[str, Mapping[str, Any]] = {
            str(one.get("kid", "")): one for one in usable if one.get("use", "sig") == "sig"
        }
        _keys[provider.id] = held = (at, found)
    if not key_id and len(held[1]) == 1:
        return next(iter(held[1].values()))
    return held[1].get(key_id)


def forget() -> None:
    """This will forget what providers said of themselves."""
    _described.clear()
    _keys.clear()


def _exchange(provider: Provider, code: str, verifier: str, at: datetime, back: str) -> dict[str, Any]:
    address = _address(describe(provider, at), "token_endpoint")
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    credentials = None
    if provider.client_auth == "client_secret_basic":
        credentials = (provider.client_id, provider.client_secret)
    elif provider.client_auth == "client_secret_post":
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    else:
        claims = {
            "iss": provider.client_id, "sub": provider.client_id, "aud": address, "jti": secrets.token_urlsafe(16),
            "iat": int(at.timestamp()), "exp": int(at.timestamp()) + 60,
        }  # fmt: skip
        headers = {"kid": provider.key_id} if provider.key_id else None
        signed = jwt.encode(claims, provider.private_key, algorithm="RS256", headers=headers)
        form |= {"client_id": provider.client_id, "client_assertion_type": ASSERTION, "client_assertion": signed}
    return speaking.post(address, form, credentials)


def _address(description: Mapping[str, Any], name: str) -> str:
    said = description.get(name)
    if not isinstance(said, str) or urlsplit(said).scheme not in ("https", *settings.OIDC_ALSO_OVER):
        raise Untrue(f"the provider names no usable {name}")
    return said


def _unpadded(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
