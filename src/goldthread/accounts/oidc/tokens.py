"""What an identity provider signs, checked: who says it, for whom, when, how sure it was, and that it answers our question."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from goldthread.accounts.oidc.providers import Provider

ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512")
"""With public keys only: a shared secret, or none, would let others sign."""

LEEWAY = timedelta(minutes=1)
LONGEST_AGE = timedelta(minutes=10)
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"

Keys = Callable[[str], Mapping[str, Any] | None]
"""Gives the provider's public key with an id, as a JSON Web Key."""


class Untrue(Exception):
    """A token that is not believed; the sentence is for the log, and names no person."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom an agency vouches for."""

    issuer: str
    subject: str
    session: str  # the agency's own session, by which it may end ours
    at: datetime | None  # when she showed herself to the agency


def identity(provider: Provider, token: str, *, keys: Keys, nonce: str, at: datetime, max_age: int = 0) -> Vouched:
    """This will give whom an ID token vouches for, or raise `Untrue`. `max_age` asks more than the provider's own."""
    claims = _signed(provider, token, keys, at)
    said = claims.get("nonce")
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(errors="replace"), nonce.encode()):
        raise Untrue("the nonce is not ours")
    _check_sureness(provider, claims)
    shown_at = _check_age(claims, min(filter(None, (provider.max_age, max_age)), default=0), at)
    return Vouched(str(claims["iss"]), _subject(provider, claims), _text(claims.get("sid")), shown_at)


def logout(provider: Provider, token: str, *, keys: Keys, at: datetime) -> tuple[str, str, str]:
    """This will give the subject, the session and the id of a logout token, or raise `Untrue`."""
    claims = _signed(provider, token, keys, at, must=("iss", "aud", "iat", "jti"))
    events = claims.get("events")
    if not isinstance(events, dict) or LOGOUT_EVENT not in events:
        raise Untrue("it is no logout token")
    if "nonce" in claims:
        raise Untrue("a logout token carries no nonce")
    session, subject = _text(claims.get("sid")), ""
    if "oid" in claims or (provider.subject == "sub" and "sub" in claims):
        subject = _subject(provider, claims)
    if not session and not subject:
        raise Untrue("it names neither a session nor a person")
    return subject, session, _text(claims["jti"])


def _signed(
    provider: Provider,
    token: str,
    keys: Keys,
    at: datetime,
    must: tuple[str, ...] = ("iss", "aud", "exp", "iat", "sub"),
) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        algorithm, key_id = header.get("alg"), header.get("kid")
        if algorithm not in ALGORITHMS:
            raise Untrue(f"the algorithm {str(algorithm)[:20]!r} is not taken")
        found = keys(_text(key_id))
        if found is None:
            raise Untrue("the key is none of the provider's")
        key = jwt.PyJWK(dict(found), algorithm=algorithm).key
        claims = jwt.decode(
            token,
            key=key,
            algorithms=[algorithm],
            audience=provider.client_id,
            issuer=provider.issuer,
            options={"require": list(must), "verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Untrue(f"it does not stand: {type(error).__name__}") from None
    # The times are judged by the moment of the request, as everything is.
    if at - _moment(claims.get("iat")) > LONGEST_AGE or _moment(claims.get("iat")) - at > LEEWAY:
        raise Untrue("it was made too long ago, or in the future")
    if "exp" in claims and at - _moment(claims["exp"]) >= LEEWAY:
        raise Untrue("it has expired")
    if "nbf" in claims and _moment(claims["nbf"]) - at > LEEWAY:
        raise Untrue("it is not valid yet")
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if (len(audiences) > 1 or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise Untrue("it was made for another site")
    return dict(claims)


def _check_sureness(provider: Provider, claims: Mapping[str, Any]) -> None:
    if provider.acr and claims.get("acr") not in provider.acr:
        raise Untrue("the agency was not as sure as we ask (acr)")
    methods = claims.get("amr")
    if provider.amr and not (isinstance(methods, list) and any(one in provider.amr for one in methods)):
        raise Untrue("the agency was not as sure as we ask (amr)")


def _check_age(claims: Mapping[str, Any], max_age: int, at: datetime) -> datetime | None:
    if "auth_time" not in claims:
        if max_age:
            raise Untrue("the agency does not say when she showed herself")
        return None
    shown_at = _moment(claims["auth_time"])
    if max_age and at - shown_at > timedelta(seconds=max_age) + LEEWAY:
        raise Untrue("she showed herself to the agency too long ago")
    if shown_at - at > LEEWAY:
        raise Untrue("she showed herself to the agency in the future")
    return shown_at


def _subject(provider: Provider, claims: Mapping[str, Any]) -> str:
    if provider.subject == "entra":
        tenant, person = claims.get("tid"), claims.get("oid")
        if not (isinstance(tenant, str) and tenant and isinstance(person, str) and person):
            raise Untrue("tenant and object are missing (tid, oid)")
        return f"{tenant}:{person}"
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:  # the standard's own limit
        raise Untrue("the subject is missing")
    return subject


def _moment(said: Any) -> datetime:
    if isinstance(said, bool) or not isinstance(said, int | float):
        raise Untrue("a time is no number")
    try:
        return datetime.fromtimestamp(said, UTC)
    except (OverflowError, OSError, ValueError):
        raise Untrue("a time is out of range") from None


def _text(said: Any) -> str:
    return said[:255] if isinstance(said, str) else ""
