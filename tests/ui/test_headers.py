"""Every response holds the browser to the rules; only static files may be kept by it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from goldthread.ui.middleware import Headers, content_security_policy


def answer(response: HttpResponse) -> HttpResponse:
    given = Headers(lambda request: response)(RequestFactory().get("/"))
    assert isinstance(given, HttpResponse)
    return given


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in policy.split(";"))}


def test_a_page_may_load_its_own_files_and_nothing_else() -> None:
    found = directives(answer(HttpResponse())["Content-Security-Policy"])
    assert found["default-src"] == ["'none'"]
    assert found["frame-ancestors"] == found["base-uri"] == ["'none'"]
    assert found["script-src"] == found["style-src"] == found["img-src"] == found["form-action"] == ["'self'"]
    for sources in found.values():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "http:", "https:"} & set(sources)


def test_the_sign_in_of_another_agency_must_be_named_to_be_led_to(settings: Settings) -> None:
    settings.FORM_ACTION_ORIGINS = ["https://sign-in.example"]
    assert directives(content_security_policy())["form-action"] == ["'self'", "https://sign-in.example"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("Cache-Control", "no-store"),
        ("Vary", "Cookie"),
    ],
)
def test_each_header_is_there(name: str, value: str) -> None:
    assert answer(HttpResponse())[name] == value


def test_a_page_cannot_use_camera_microphone_or_place() -> None:
    said = answer(HttpResponse())["Permissions-Policy"]
    for feature in ("camera", "microphone", "geolocation"):
        assert f"{feature}=()" in said
    assert "publickey-credentials-get=(self)" in said


def test_a_view_cannot_loosen_what_is_held() -> None:
    said = answer(HttpResponse(headers={"Content-Security-Policy": "default-src *", "X-Frame-Options": "ALLOWALL"}))
    assert said["Content-Security-Policy"] == content_security_policy()
    assert said["X-Frame-Options"] == "DENY"


def test_static_files_keep_their_caching() -> None:
    assert (
        answer(HttpResponse(headers={"Cache-Control": "max-age=60, public"}))["Cache-Control"] == "max-age=60, public"
    )


@pytest.mark.django_db
def test_the_site_itself_sends_them() -> None:
    for address in ("/accessibility/", "/nowhere/", "/sign-in/"):
        said = Client().get(address)
        assert said["Content-Security-Policy"] == content_security_policy(), address
        assert said["Cache-Control"].startswith(("no-store", "max-age=0")), address
