"""Encryption of what lies in the database for signing in only, under a key that does not."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    """This will encrypt a text."""
    return _cipher().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """This will give it back, sealed under an older key too; raises `cryptography.fernet.InvalidToken`."""
    return _cipher().decrypt(sealed.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"goldthread sealing {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
