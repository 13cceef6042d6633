"""Some acts ask for a fresh proof; what was typed comes back, sealed meanwhile, and is never sent by itself."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
import staff
from codes import App
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from goldthread.accounts import fresh
from goldthread.accounts.models import Account
from goldthread.kernel.requests import Request
from goldthread.kernel.routes import Who, all_meant_for

pytestmark = pytest.mark.django_db
LONG_AGO = 6 * 60


def break_glass(request: Request) -> HttpResponse:
    fresh.require(request)
    return JsonResponse(
        {"reasons": request.POST.getlist("reasons"), "query": request.GET.dict(), "by": str(request.actor)}
    )


urlpatterns = all_meant_for(Who.SIGNED_IN, [path("glass/", break_glass), path("", include("goldthread.config.urls"))])


@pytest.fixture(autouse=True)
def _addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    cache.clear()


@pytest.fixture
def app() -> App:
    return App.of(staff.account())


def browser(ago: int) -> Client:
    return staff.signed_in(Account.objects.get(), at=time.time() - ago)


def go_on(page: Any) -> tuple[str, dict[str, list[str]]]:
    """Read the form that is offered after the proof."""
    text = page.content.decode()
    address = re.search(r'<form method="post" action="(/glass/[^"]*)"', text)
    assert address, text
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text):
        fields.setdefault(name, []).append(value.replace("&#34;", '"').replace("&amp;", "&"))
    fields.pop("csrfmiddlewaretoken", None)
    return address[1].replace("&amp;", "&"), fields


def test_a_fresh_proof_is_taken(app: App) -> None:
    assert browser(4 * 60).get("/glass/").status_code == 200


def test_an_old_one_is_not_and_she_comes_back_with_what_she_typed(app: App) -> None:
    hers = browser(LONG_AGO)
    said = {"reasons": ["She is in danger.", 'He said "now" & left']}
    asked = hers.post("/glass/?child=7F3K", said)
    proving = hers.get(asked["Location"], follow=True)
    where = proving.redirect_chain[-1][0]
    assert where.startswith("/prove/code/")
    onward = re.search(r'name="next" value="([^"]*)"', proving.content.decode())
    assert onward
    shown = hers.post(where, {"code": app.code(), "next": onward[1]})
    address, fields = go_on(hers.get(shown["Location"]))
    assert (address, fields) == ("/glass/?child=7F3K", said)
    done = hers.post(address, fields).json()
    assert done["reasons"] == said["reasons"] and done["query"] == {"child": "7F3K"}
    assert done["by"].startswith("practitioner:")


def test_a_page_that_was_only_opened_is_opened_again(app: App) -> None:
    hers = browser(LONG_AGO)
    proving = hers.get("/glass/?child=7F3K", follow=True)
    where = proving.redirect_chain[-1][0]
    shown = hers.post(where, {"code": app.code()})
    assert shown["Location"] == "/glass/?child=7F3K"


def test_a_wrong_code_is_no_proof(app: App) -> None:
    hers = browser(LONG_AGO)
    hers.post("/prove/code/", {"code": app.wrong()})
    assert hers.get("/glass/").status_code == 302


def test_a_password_alone_is_no_proof_for_whoever_has_a_second_factor(app: App) -> None:
    account = Account.objects.get()
    account.set_password(staff.PASSWORD)
    account.save()
    hers = browser(LONG_AGO)
    hers.post("/prove/password/", {"password": staff.PASSWORD})
    assert hers.get("/glass/").status_code == 302
    assert hers.get("/your-account/passkeys/add/").status_code == 302


def test_what_was_typed_lies_sealed_and_only_in_her_session(app: App) -> None:
    hers = browser(LONG_AGO)
    where = hers.post("/glass/", {"reasons": "She is in danger."})["Location"]
    assert "danger" not in json.dumps(dict(hers.session.items()))
    name = re.search(r"kept%3D([\w-]+)", where)
    assert name
    other = staff.signed_in(staff.account())
    assert other.get(f"/prove/done/?kept={name[1]}").status_code == 404


def test_only_the_latest_few_are_kept(app: App) -> None:
    hers = browser(LONG_AGO)
    for number in range(10):
        hers.post("/glass/", {"reasons": f"{number}"})
    assert len(hers.session[fresh.KEPT]) == 3


def test_in_a_demonstration_one_click_is_a_proof(settings: Settings) -> None:
    settings.MODE = "demo"
    hers = staff.signed_in(staff.account(), at=time.time() - LONG_AGO)
    asked = hers.post("/glass/", {"reasons": "To look at it."})
    page = hers.get(asked["Location"]).content.decode()
    onward = re.search(r'name="next" value="([^"]*)"', page)
    assert onward and "One" not in onward[1]
    shown = hers.post("/prove/", {"next": onward[1]})
    address, fields = go_on(hers.get(shown["Location"]))
    assert hers.post(address, fields).json()["reasons"] == ["To look at it."]


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(app: App, to: str) -> None:
    hers = browser(LONG_AGO)
    where = hers.get("/prove/", {"next": to})["Location"]
    assert "elsewhere" not in where and "javascript" not in where
    assert hers.post("/prove/code/", {"code": app.code(), "next": to})["Location"] == "/"


def test_what_allauth_asks_a_fresh_proof_for_goes_the_same_way(app: App) -> None:
    hers = browser(LONG_AGO)
    address = "/your-account/recovery-codes/new/"
    asked = hers.post(address, {})
    assert asked["Location"].startswith("/prove/?next=%2Fprove%2Fdone%2F")
    where = hers.get(asked["Location"], follow=True).redirect_chain[-1][0]
    onward = re.search(r"kept%253D([\w-]+)|kept%3D([\w-]+)", where)
    assert onward
    kept = onward[1] or onward[2]
    hers.post("/prove/code/", {"code": app.code()})
    assert f'action="{address}"' in hers.get(f"/prove/done/?kept={kept}").content.decode()
    assert hers.post(address, {})["Location"] == "/your-account/recovery-codes/"
    assert hers.get("/your-account/recovery-codes/").content.decode().count("<code") == 10
