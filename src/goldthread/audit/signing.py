"""The key that signs checkpoints: outside the database, so that who owns the database cannot sign."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_END = "-----END PUBLIC KEY-----"


def public_file(key: Path) -> Path:
    """This will give the file beside a key that holds what is needed to verify: its public half, and those of older keys."""
    return key.with_name(f"{key.name}.pub")


def make_key(key: Path) -> None:
    """This will make a key, readable by its owner only, and add its public half to the file beside it."""
    made = Ed25519PrivateKey.generate()
    key.parent.mkdir(parents=True, exist_ok=True)
    pem = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    with public_file(key).open("ab") as file:
        file.write(
            made.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )


def signer(*, may_make: bool) -> Signer:
    """This will give what signs here: the key that the settings name, made on first use where it may be."""
    key: Path | None = settings.CHECKPOINT_KEY
    if key is None:
        raise ImproperlyConfigured("GOLDTHREAD_CHECKPOINT_KEY names no file with the key that signs checkpoints.")
    if not key.exists():
        if not may_make:
            raise ImproperlyConfigured(
                f"{key}, which GOLDTHREAD_CHECKPOINT_KEY names, is not there: `goldthread verify --make-key` makes one."
            )
        make_key(key)
    return Signer(key)


def witnesses() -> Witnesses | None:
    """This will give the public keys that lie beside the key that the settings name; None if they name none."""
    key: Path | None = settings.CHECKPOINT_KEY
    return Witnesses(public_file(key)) if key else None


class Signer:
    """Signs with one key."""

    def __init__(self, key: Path) -> None:
        """Read the key."""
        try:
            read = serialization.load_pem_private_key(key.read_bytes(), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm, OSError) as error:
            raise ImproperlyConfigured(f"{key} cannot be read as the key that signs checkpoints.") from error
        if not isinstance(read, Ed25519PrivateKey):
            raise ImproperlyConfigured(f"{key} holds a key of another sort: expected Ed25519.")
        self._key = read
        self.name = _name(read.public_key())

    def sign(self, text: str) -> str:
        """This will sign a text."""
        return self._key.sign(text.encode()).hex()


class Witnesses:
    """The public keys that may have signed."""

    def __init__(self, file: Path) -> None:
        """Read them; a file that is not there holds none."""
        self._keys: dict[str, Ed25519PublicKey] = {}
        text = file.read_text(encoding="ascii", errors="replace") if file.exists() else ""
        for part in text.split(_END)[:-1]:
            try:
                key = serialization.load_pem_public_key(f"{part.strip()}\n{_END}\n".encode())
            except (ValueError, UnsupportedAlgorithm) as error:
                raise ImproperlyConfigured(f"{file} cannot be read as public keys.") from error
            if isinstance(key, Ed25519PublicKey):
                self._keys[_name(key)] = key

    def signed(self, name: str, text: str, signature: str) -> bool:
        """This will say whether a key of that name is known and signed the text."""
        key = self._keys.get(name)
        if key is None:
            return False
        try:
            key.verify(bytes.fromhex(signature), text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


def _name(key: Ed25519PublicKey) -> str:
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]
