"""An identity provider within the test: it signs what it is told to, and can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from goldthread.accounts.oidc.providers import Provider
from goldthread.accounts.oidc.speaking import Unspoken

ISSUER = "https://sign-in.police.example"
PROVIDER = Provider(
    id="police", name="Anyshire Police", issuer=ISSUER, client_id="goldthread", client_secret="between us",
    acr=("high",), amr=("mfa", "hwk"), max_age=3600, two_factors=True,
)  # fmt: skip
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeProvider:
    """Answers instead of the network. What `claims`, `header` and `sign` say takes the place of the truth."""

    def __init__(self) -> None:
        self.codes: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {}
        self.without: tuple[str, ...] = ()
        self.sign = "as it should"
        self.asked: list[str] = []
        self.subject = "worker-17"

    def get(self, address: str) -> dict[str, Any]:
        self.asked.append(address)
        if address == PROVIDER.discovery:
            return {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/authorise",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys",
            }
        if address == f"{ISSUER}/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key()))
            return {"keys": [{**public, "kid": "k1", "use": "sig"}]}
        raise AssertionError(address)

    def go_to(self, address: str) -> dict[str, str]:
        """This will let the person sign in at the address she was sent to; what comes back with her."""
        assert address.startswith(f"{ISSUER}/authorise?")
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256" and asked["response_type"] == "code"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def post(self, address: str, form: Mapping[str, str], credentials: tuple[str, str] | None) -> dict[str, Any]:
        assert address == f"{ISSUER}/token" and credentials == ("goldthread", "between us")
        asked = self.codes.pop(form["code"], None)
        if asked is None:
            raise Unspoken("The agency's sign-in answered 400 with 0 bytes.")
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        )
        assert challenge == asked["code_challenge"] and form["redirect_uri"] == asked["redirect_uri"]
        return {"access_token": "unused", "token_type": "Bearer", "id_token": self.token(nonce=asked["nonce"])}

    def token(self, **also: Any) -> str:
        now = int(time.time())
        claims = {
            "iss": ISSUER, "aud": "goldthread", "sub": self.subject, "iat": now, "exp": now + 300, "auth_time": now - 5,
            "acr": "high", "amr": ["pwd", "mfa"], "sid": "agency-session-1", **also, **self.claims,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if name not in self.without}
        if self.sign == "with none":
            return jwt.encode(claims, "", algorithm="none", headers={"kid": "k1"})
        if self.sign == "with a shared secret":
            return jwt.encode(
                claims, "between us, and long enough to be taken as a key", algorithm="HS256", headers={"kid": "k1"}
            )
        if self.sign == "with a stranger's key":
            return jwt.encode(claims, _OTHER, algorithm="RS256", headers={"kid": "k1"})
        if self.sign == "with an unknown key":
            return jwt.encode(claims, _OTHER, algorithm="RS256", headers={"kid": "k2"})
        return jwt.encode(claims, _KEY, algorithm="RS256", headers={"kid": "k1"})

    def logout_token(self, **also: Any) -> str:
        """This will give a token that ends sessions; `None` leaves a claim out."""
        now = int(time.time())
        event: dict[str, Any] = {"http://schemas.openid.net/event/backchannel-logout": {}}
        claims = {
            "iss": ISSUER, "aud": "goldthread", "iat": now, "exp": now + 120, "jti": f"j{time.time_ns()}",
            "sid": "agency-session-1", "events": event, **also,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, _KEY, algorithm="RS256", headers={"kid": "k1"})
