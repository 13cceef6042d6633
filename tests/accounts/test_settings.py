"""Settings of signing in: a value that cannot be meant stops everything, and a live site holds browsers to the rules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from goldthread.config import environment

LIVE = {
    "GOLDTHREAD_MODE": "live", "GOLDTHREAD_SECRET_KEY": "k" * 60, "GOLDTHREAD_HOSTS": "goldthread.example",
    "DATABASE_URL": "postgres://u@localhost/n", "DJANGO_SETTINGS_MODULE": "goldthread.config.settings",
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("smtp+tls://us%40er:p%3Aw@mail.example", ("mail.example", 587, "us@er", "p:w", True, False)),
        ("smtps://mail.example:1465", ("mail.example", 1465, "", "", False, True)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
    ],
)
def test_mail_is_said_in_one_variable(monkeypatch: pytest.MonkeyPatch, said: str, expected: tuple[object, ...]) -> None:
    monkeypatch.setenv("GOLDTHREAD_SMTP", said)
    assert environment.mail()[1:] == expected


@pytest.mark.parametrize("said", ["mail.example", "smtp://mail.example", "https://mail.example", "smtp+tls://"])
def test_mail_that_cannot_be_meant_is_refused(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("GOLDTHREAD_SMTP", said)
    with pytest.raises(ImproperlyConfigured):
        environment.mail()


def in_live_mode(tmp_path: Path, program: str, **also: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**LIVE, "PYTHONPATH": str(Path(__file__).parents[2] / "src"), "GOLDTHREAD_DATA": str(tmp_path), **also},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


def test_live_cookies_belong_to_one_host_and_to_no_script(tmp_path: Path) -> None:
    program = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.SESSION_COOKIE_DOMAIN, "
        "s.SESSION_COOKIE_PATH, s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN, s.ACCOUNT_DEFAULT_HTTP_PROTOCOL)"
    )
    assert in_live_mode(tmp_path, program).split() == [
        "__Host-session", "__Host-csrf", "True", "True", "True", "Lax", "None", "/", "False", "https",
    ]  # fmt: skip


def test_a_live_site_takes_no_provider_without_tls(tmp_path: Path) -> None:
    said = '[provider.p]\nname="P"\nissuer="http://p.example"\nclient_id="g"\nclient_secret="s"\n'
    (tmp_path / "oidc.toml").write_text(said, encoding="utf-8")
    program = "from django.conf import settings; print(settings.OIDC_PROVIDERS)"
    assert "begins with https" in in_live_mode(tmp_path, program, GOLDTHREAD_OIDC=str(tmp_path / "oidc.toml"))
