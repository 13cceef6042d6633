"""What the environment says, read strictly: a value that cannot be meant stops everything with one sentence."""

from __future__ import annotations

import os
import secrets
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class Mode(StrEnum):
    """What this installation is for."""

    DEMO = "demo"
    TEST = "test"
    DEVELOPMENT = "development"
    LIVE = "live"


def mode() -> Mode:
    """This will give GOLDTHREAD_MODE; without it, `development`."""
    said = os.environ.get("GOLDTHREAD_MODE", Mode.DEVELOPMENT)
    try:
        return Mode(said)
    except ValueError:
        raise ImproperlyConfigured(f"GOLDTHREAD_MODE is {said!r}: expected one of {', '.join(Mode)}.") from None


def data_folder() -> Path:
    """This will give the folder that holds the database and what else the site writes: GOLDTHREAD_DATA, else `.data` here."""
    return Path(os.environ.get("GOLDTHREAD_DATA", ".data")).absolute()


def secret_key(in_mode: Mode, folder: Path) -> str:
    """This will give GOLDTHREAD_SECRET_KEY; outside live mode one is made once and kept in the data folder."""
    said = os.environ.get("GOLDTHREAD_SECRET_KEY", "")
    if said:
        if in_mode is Mode.LIVE and len(said) < 50:
            raise ImproperlyConfigured("GOLDTHREAD_SECRET_KEY is too short: expected 50 random characters or more.")
        return said
    if in_mode is Mode.LIVE:
        raise ImproperlyConfigured("GOLDTHREAD_SECRET_KEY is not set: live mode needs 50 random characters or more.")
    if in_mode is Mode.TEST:
        return "a key for tests, which protects nothing that is real" * 2
    kept = folder / "secret-key"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return kept.read_text(encoding="ascii").strip()


def listed(name: str) -> list[str]:
    """This will give a variable that holds several values, divided by commas."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def number(name: str, otherwise: int) -> int:
    """This will give a variable that holds a whole number."""
    said = os.environ.get(name, "")
    if not said:
        return otherwise
    if not said.isascii() or not said.isdigit():
        raise ImproperlyConfigured(f"{name} is {said!r}: expected a whole number.")
    return int(said)


def place(name: str, otherwise: Path | None) -> Path | None:
    """This will give a variable that names a file or a folder."""
    said = os.environ.get(name, "")
    return Path(said).absolute() if said else otherwise


class Mail(NamedTuple):
    """How letters go out."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail() -> Mail:
    """This will give what GOLDTHREAD_SMTP says (smtp+tls://user:password@host:587); without it letters are printed."""
    said = os.environ.get("GOLDTHREAD_SMTP", "")
    if not said:
        return Mail("django.core.mail.backends.console.EmailBackend")
    address = urlsplit(said)
    if address.scheme not in _PORTS or not address.hostname:
        raise ImproperlyConfigured("GOLDTHREAD_SMTP: expected smtp+tls://user:password@host:587, or smtps://….")
    if address.scheme == "smtp" and address.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ImproperlyConfigured("GOLDTHREAD_SMTP: smtp:// goes to this machine only; use smtp+tls:// or smtps://.")
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        address.hostname,
        address.port or _PORTS[address.scheme],
        unquote(address.username or ""),
        unquote(address.password or ""),
        tls=address.scheme == "smtp+tls",
        ssl=address.scheme == "smtps",
    )
