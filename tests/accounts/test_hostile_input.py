"""Whatever is typed into any form of signing in and administration is answered by a page, never by a fault of ours."""

from __future__ import annotations

import json

import pytest
import staff
from codes import App
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hostile import HOSTILE, post

from goldthread.accounts import actions
from goldthread.agencies.vocabulary import Role
from goldthread.kernel.acting import system

pytestmark = pytest.mark.django_db

ENTRANCES = {
    "/sign-in/": ("login", "password", "next"),
    "/sign-in/?next=%00": ("login", "password"),
    "/sign-in/reset/": ("email", "next"),
    "/sign-in/passkey/": ("credential", "next"),
    "/sign-in/agency/nowhere/ended/": ("logout_token",),
    "/sign-out/": ("next",),
}
ADDRESSES = (
    "/sign-in/reset/%00-%00/", "/sign-in/reset/zzzzzzzzzzzzz-x/", "/sign-in/reset/1-set-password/", "/invitation/%00/",
    "/invitation/x/", f"/invitation/{'x' * 5000}/", "/sign-in/agency/%ED%A0%80/", "/sign-in/agency/nowhere/back/?state=%00",
    "/prove/done/?kept=%00", "/administration/people/99999999999999999999999999/", "/approvals/99999999999999999999999999/",
    "/administration/people/?page=%ED%A0%80", "/sign-in/%00", "/your-account/passkeys/99999999999999999999/remove/",
)  # fmt: skip
CREDENTIALS = (
    "null", "[]", "{}", '"x"', "1", "[" * 5000, '{"id": "\\ud800"}', '{"id": null, "rawId": 1, "response": [], "type": {}}',
    '{"response": {"userHandle": "\\ud800"}}', '{"id":"AA","rawId":"AA","type":"public-key","response":{"userHandle":"OTk5OTk5OTk5OTk5OQ"}}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {
        "clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0", "attestationObject": "oA"}}),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.mark.parametrize("what", HOSTILE)
def test_at_the_entrance(what: str) -> None:
    browser = Client()
    browser.raise_request_exception = False
    for address, names in ENTRANCES.items():
        for name in names:
            cache.clear()
            good = dict.fromkeys(names, b"fine@anyborough.example")
            answer = post(browser, address, {**good, name: HOSTILE[what]})
            assert answer.status_code < 500, (address, name)


def test_in_addresses() -> None:
    account = staff.account(Role.ADMINISTRATOR)
    for browser in (Client(), staff.signed_in(account)):
        browser.raise_request_exception = False
        for address in ADDRESSES:
            assert browser.get(address).status_code < 500, address


@pytest.mark.parametrize("what", HOSTILE)
def test_at_the_second_factor(what: str) -> None:
    account = staff.account(password=staff.PASSWORD)
    App.of(account)
    browser = Client()
    browser.raise_request_exception = False
    browser.post("/sign-in/", {"login": account.email, "password": staff.PASSWORD})
    for name in ("code", "credential"):
        cache.clear()
        assert post(browser, "/sign-in/code/", {name: HOSTILE[what]}).status_code == 200


@pytest.mark.parametrize("credential", CREDENTIALS, ids=range(len(CREDENTIALS)))
def test_as_a_passkey(credential: str) -> None:
    account = staff.account(password=staff.PASSWORD)
    App.of(account)
    before, within = Client(), Client()
    before.raise_request_exception = within.raise_request_exception = False
    before.get("/sign-in/passkey/", headers={"accept": "application/json"})
    assert before.post("/sign-in/passkey/", {"credential": credential}).status_code == 302
    within.post("/sign-in/", {"login": account.email, "password": staff.PASSWORD})
    within.get("/sign-in/code/")
    assert within.post("/sign-in/code/", {"credential": credential}).status_code == 200
    signed_in = staff.signed_in(account)
    signed_in.raise_request_exception = False
    signed_in.get("/prove/passkey/")
    assert signed_in.post("/prove/passkey/", {"credential": credential}).status_code in (200, 302)
    session = signed_in.session
    session["account_authentication_methods"][-1]["reauthenticated"] = True
    session.save()
    assert signed_in.get("/your-account/passkeys/add/").status_code == 200
    assert signed_in.post("/your-account/passkeys/add/", {"credential": credential, "name": "x"}).status_code == 200


@pytest.mark.parametrize("what", HOSTILE)
def test_while_setting_up(what: str) -> None:
    browser = Client()
    browser.raise_request_exception = False
    worker = staff.practitioner()
    now = timezone.now()
    account = actions.open_account(by=system("test"), at=now, practitioner=worker.pk, email="w@anyborough.example")
    link = f"/invitation/{actions.invite(by=system('test'), at=now, account=account.pk)[1]}/"
    for name in ("with", "password", "again"):
        fields = {"with": b"password", "password": HOSTILE[what], "again": HOSTILE[what]}
        assert post(browser, link, {**fields, name: HOSTILE[what]}).status_code < 500, name
    browser.post(link, {"with": "passkey"})
    assert post(browser, "/your-account/app/add/", {"code": HOSTILE[what]}).status_code == 200
