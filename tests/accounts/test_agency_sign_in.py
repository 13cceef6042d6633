"""An agency's own sign-in: what it truly says lets in whom it was tied to beforehand, and nothing else lets anybody in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jwt
import pytest
import staff
from codes import App
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from fake_provider import ISSUER, PROVIDER, FakeProvider
from pytest_django import Settings

from goldthread.accounts import actions
from goldthread.accounts.models import Account, Identity, Invitation, SignIn
from goldthread.accounts.oidc import flow, providers, speaking
from goldthread.audit.models import Entry
from goldthread.kernel.acting import acting_as, system

pytestmark = pytest.mark.django_db
GO, BACK, ENDED = "/sign-in/agency/police/", "/sign-in/agency/police/back/", "/sign-in/agency/police/ended/"


@pytest.fixture
def police(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeProvider]:
    settings.ROOT_URLCONF = "test_who_asks"
    settings.OIDC_PROVIDERS = {"police": PROVIDER}
    cache.clear()
    flow.forget()
    fake = FakeProvider()
    monkeypatch.setattr(speaking, "get", fake.get)
    monkeypatch.setattr(speaking, "post", fake.post)
    yield fake
    flow.forget()


@pytest.fixture
def account(police: FakeProvider) -> Account:
    made = staff.account()
    Identity.objects.create(
        account=made, provider="police", issuer=ISSUER, subject="worker-17", tied_at="2026-03-02T09:00Z"
    )
    return made


def come_back(browser: Client, police: FakeProvider, **instead: Any) -> Any:
    said = police.go_to(browser.get(f"{GO}?next=/who/")["Location"])
    return browser.get(BACK, {**said, **instead})


def inside(browser: Client) -> bool:
    return browser.get("/who/").status_code == 200


def refusals() -> int:
    with acting_as(system("test")):
        return Entry.objects.filter(verb="signed-in", refused=True, purpose="agency").count()


def test_whom_the_agency_vouches_for_comes_in(police: FakeProvider, account: Account) -> None:
    browser = Client()
    assert come_back(browser, police)["Location"] == "/who/"
    assert inside(browser)
    sign_in = SignIn.objects.get()
    assert (sign_in.how, sign_in.provider, sign_in.subject) == ("agency", "police", "worker-17")


def test_whoever_comes_in_twice_has_one_session_under_another_name(police: FakeProvider, account: Account) -> None:
    browser = Client()
    come_back(browser, police)
    first = browser.cookies["session"].value
    come_back(browser, police)
    assert browser.cookies["session"].value != first
    assert SignIn.objects.filter(ended_at=None).count() == 1 and SignIn.objects.count() == 2
    assert inside(browser)


LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"claims": {"nonce": "x" * 43}},
    "no nonce": {"without": ("nonce",)},
    "a nonce that is no text": {"claims": {"nonce": ["x"]}},
    "another issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "another site's token": {"claims": {"aud": "another-site"}},
    "two audiences and no say for whom": {"claims": {"aud": ["goldthread", "another-site"]}},
    "made for another party": {"claims": {"azp": "another-site"}},
    "no signature": {"sign": "with none"},
    "a shared secret": {"sign": "with a shared secret"},
    "a stranger's key": {"sign": "with a stranger's key"},
    "an unknown key": {"sign": "with an unknown key"},
    "expired": {"claims": {"exp": int(time.time()) - 120}},
    "made long ago": {"claims": {"iat": int(time.time()) - 3600}},
    "made in the future": {"claims": {"iat": int(time.time()) + 3600}},
    "not valid yet": {"claims": {"nbf": int(time.time()) + 3600}},
    "signed in at the agency too long ago": {"claims": {"auth_time": int(time.time()) - 7200}},
    "signed in at the agency, but not when": {"without": ("auth_time",)},
    "a time that is no number": {"claims": {"auth_time": "now"}},
    "a time out of range": {"claims": {"auth_time": 10**300}},
    "not as sure": {"claims": {"acr": "low"}},
    "not said how sure": {"without": ("acr",)},
    "one factor": {"claims": {"amr": ["pwd"]}},
    "factors that are no list": {"claims": {"amr": "mfa"}},
    "no subject": {"without": ("sub",)},
    "a subject that nobody is tied to": {"claims": {"sub": "worker-18"}},
    "a subject in other letters": {"claims": {"sub": "WORKER-17"}},
}


@pytest.mark.parametrize("lie", LIES)
def test_what_is_not_true_lets_nobody_in(police: FakeProvider, account: Account, lie: str) -> None:
    for name, value in LIES[lie].items():
        setattr(police, name, value)
    browser = Client()
    assert come_back(browser, police)["Location"] == "/sign-in/"
    assert not inside(browser)
    assert refusals() == 1


def test_a_state_is_good_once_and_for_its_own_browser(police: FakeProvider, account: Account) -> None:
    browser, thief = Client(), Client()
    said = police.go_to(browser.get(GO)["Location"])
    police.codes["stolen"] = dict(police.codes[said["code"]])
    assert thief.get(BACK, said)["Location"] == "/sign-in/"
    assert browser.get(BACK, said)["Location"] == "/"
    browser.post("/sign-out/")
    assert browser.get(BACK, {**said, "code": "stolen"})["Location"] == "/sign-in/"
    assert not inside(browser) and not inside(thief)


def test_a_state_used_once_is_used_up_in_the_same_session(police: FakeProvider, account: Account) -> None:
    browser = Client()
    said = police.go_to(browser.get(GO)["Location"])
    police.claims = {"acr": "low"}
    assert browser.get(BACK, said)["Location"] == "/sign-in/"
    police.claims = {}
    police.codes["again"] = {"state": said["state"]}
    assert browser.get(BACK, {**said, "code": "again"})["Location"] == "/sign-in/"
    assert not inside(browser)


@pytest.mark.parametrize("said", [{}, {"state": "x"}, {"error": "access_denied"}, {"iss": "https://elsewhere.example"}])
def test_coming_back_otherwise_lets_nobody_in(police: FakeProvider, account: Account, said: dict[str, str]) -> None:
    browser = Client()
    true = police.go_to(browser.get(GO)["Location"])
    assert (
        browser.get(BACK, {**true, **said} if said.get("error") or said.get("iss") else said)["Location"] == "/sign-in/"
    )
    assert not inside(browser)


def test_an_agency_that_does_not_vouch_for_two_factors_lets_nobody_in(
    police: FakeProvider, account: Account, settings: Settings
) -> None:
    settings.OIDC_PROVIDERS = {"police": providers.Provider("police", "P", ISSUER, "goldthread", "between us")}
    browser = Client()
    assert come_back(browser, police)["Location"] == "/sign-in/second-factor/"
    assert not inside(browser)


def test_an_email_address_ties_nobody(police: FakeProvider, account: Account) -> None:
    other = staff.account()
    police.claims = {"sub": "stranger", "email": other.email, "email_verified": True}
    browser = Client()
    come_back(browser, police)
    assert not inside(browser)


def test_a_tied_account_has_no_other_way_in(police: FakeProvider, account: Account) -> None:
    account.set_password(staff.PASSWORD)
    account.save()
    app = App.of(account)
    browser = Client()
    browser.post("/sign-in/", {"login": account.email, "password": staff.PASSWORD})
    browser.post("/sign-in/code/", {"code": app.code()})
    assert not inside(browser)


def test_a_disabled_account_stays_out(police: FakeProvider, account: Account) -> None:
    Account.objects.update(enabled=False)
    browser = Client()
    come_back(browser, police)
    assert not inside(browser)


def test_nobody_is_sent_elsewhere(police: FakeProvider, account: Account) -> None:
    browser = Client()
    said = police.go_to(browser.get(f"{GO}?next=https://elsewhere.example/")["Location"])
    assert browser.get(BACK, said)["Location"] == "/"


def test_the_agency_ends_its_sessions_here(police: FakeProvider, account: Account) -> None:
    browser = Client()
    come_back(browser, police)
    assert inside(browser)
    assert Client().post(ENDED, {"logout_token": police.logout_token()}).status_code == 200
    assert not inside(browser)
    assert SignIn.objects.get().ended_because == "ended-by-agency"


def test_an_invitation_by_way_of_her_agency_ties_her_and_is_used_up(police: FakeProvider) -> None:
    by = system("test")
    worker = staff.practitioner()
    account = actions.open_account(by=by, at=timezone.now(), practitioner=worker.pk, email="w@anyshire.example")
    link = f"/invitation/{actions.invite(by=by, at=timezone.now(), account=account.pk)[1]}/"
    browser = Client()
    assert "Anyshire Police" in browser.get(link).content.decode()
    go = browser.post(link, {"with": "police"})["Location"]
    browser.get(BACK, police.go_to(browser.get(f"{go}?next=/who/")["Location"]))
    assert inside(browser)
    assert Identity.objects.get().account == account
    assert Client().get(link).status_code == 404
    police.subject = "worker-18"
    other = Client()
    come_back(other, police)
    assert not inside(other), "nobody else is tied by it"


def test_an_invitation_that_was_withdrawn_meanwhile_ties_nobody(police: FakeProvider) -> None:
    by = system("test")
    account = actions.open_account(
        by=by, at=timezone.now(), practitioner=staff.practitioner().pk, email="w@anyshire.example"
    )
    link = f"/invitation/{actions.invite(by=by, at=timezone.now(), account=account.pk)[1]}/"
    browser = Client()
    go = browser.post(link, {"with": "police"})["Location"]
    said = police.go_to(browser.get(go)["Location"])
    Invitation.objects.update(withdrawn_at=timezone.now())
    browser.get(BACK, said)
    assert not inside(browser) and not Identity.objects.exists()


@pytest.mark.parametrize(("shown_ago", "fresh"), [(5, True), (600, False)])
def test_a_fresh_proof_is_shown_to_her_agency(
    police: FakeProvider, account: Account, settings: Settings, shown_ago: int, fresh: bool
) -> None:
    settings.ROOT_URLCONF = "test_fresh_proof"
    browser = Client()
    come_back(browser, police)
    session = browser.session
    session["account_authentication_methods"][-1]["at"] = time.time() - 3600
    session.save()
    asked = browser.post("/glass/", {"reasons": "She is in danger."})["Location"]
    to = browser.get(asked)["Location"]
    address = browser.get(to)["Location"]
    assert "prompt=login" in address and "max_age=60" in address
    police.claims = {"auth_time": int(time.time()) - shown_ago}
    back = browser.get(BACK, police.go_to(address))["Location"]
    assert back.startswith("/prove/done/?kept=") is fresh
    assert (browser.get("/glass/").status_code == 200) is fresh


def test_another_person_of_the_agency_proves_nothing(
    police: FakeProvider, account: Account, settings: Settings
) -> None:
    other = staff.account()
    Identity.objects.create(
        account=other, provider="police", issuer=ISSUER, subject="worker-18", tied_at="2026-03-02T09:00Z"
    )
    browser = Client()
    come_back(browser, police)
    address = browser.get(f"{GO}?prove=1&next=/who/")["Location"]
    police.subject = "worker-18"
    assert browser.get(BACK, police.go_to(address))["Location"] == "/sign-in/"
    assert browser.get("/who/").json()["account"] == account.pk


def test_a_tenant_and_an_object_are_the_key_where_names_change(
    police: FakeProvider, account: Account, settings: Settings
) -> None:
    settings.OIDC_PROVIDERS = {"police": replace(PROVIDER, subject="entra")}
    Identity.objects.update(subject="tenant-1:object-9")
    police.claims = {"tid": "tenant-1", "oid": "object-9", "sub": "changes with each site"}
    browser = Client()
    come_back(browser, police)
    assert inside(browser)
    for lie in (
        {"tid": "tenant-2", "oid": "object-9"},
        {"oid": "object-9"},
        {"tid": "tenant-1"},
        {"tid": "tenant-1", "oid": 9},
    ):
        police.claims = lie
        stranger = Client()
        come_back(stranger, police)
        assert not inside(stranger)


def test_the_site_can_sign_for_itself_instead_of_sending_a_secret(
    police: FakeProvider, account: Account, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = ours.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    by_key = replace(PROVIDER, client_auth="private_key_jwt", client_secret="", private_key=pem, key_id="ours")
    settings.OIDC_PROVIDERS = {"police": by_key}
    sent: list[dict[str, str]] = []

    def post(address: str, form: dict[str, str], credentials: object) -> dict[str, Any]:
        assert credentials is None
        sent.append(form)
        return police.post(address, form, ("goldthread", "between us"))

    monkeypatch.setattr(speaking, "post", post)
    browser = Client()
    come_back(browser, police)
    assert inside(browser)
    said = jwt.decode(sent[0]["client_assertion"], ours.public_key(), algorithms=["RS256"], audience=f"{ISSUER}/token")
    assert said["iss"] == said["sub"] == "goldthread" and said["exp"] - said["iat"] == 60


def test_a_provider_that_does_not_answer_or_calls_itself_another_stops_nobody_else(
    police: FakeProvider, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(address: str) -> dict[str, Any]:
        raise speaking.Unspoken("no answer")

    for answer in (silent, lambda address: {**police.get(address), "issuer": "https://elsewhere.example"}):
        flow.forget()
        monkeypatch.setattr(speaking, "get", answer)
        assert Client().get(GO)["Location"] == "/sign-in/"


@pytest.mark.parametrize(
    "lie",
    [
        {"events": {}}, {"events": None}, {"nonce": "n"}, {"iss": "https://elsewhere.example"}, {"aud": "another-site"},
        {"jti": None}, {"sid": None}, {"iat": int(time.time()) - 3600}, {"sid": "another-session"},
    ],
    ids=lambda lie: " ".join(lie),
)  # fmt: skip
def test_others_end_no_session(police: FakeProvider, account: Account, lie: dict[str, Any]) -> None:
    browser = Client()
    come_back(browser, police)
    Client().post(ENDED, {"logout_token": police.logout_token(**lie)})
    assert inside(browser)


def test_a_logout_token_is_good_once(police: FakeProvider, account: Account) -> None:
    token = police.logout_token()
    assert [Client().post(ENDED, {"logout_token": token}).status_code for _ in range(2)] == [200, 400]


NO_TOKENS = ("", "x", "a.b.c", "\x00", "\ud800", "é" * 5, "." * 100_000, "eyJhbGciOiJub25lIn0.e30.")


@pytest.mark.parametrize("token", NO_TOKENS, ids=range(len(NO_TOKENS)))
def test_what_is_no_token_is_refused(police: FakeProvider, token: str) -> None:
    body = {"logout_token": token.encode("utf-8", "surrogatepass")}
    assert Client().post(ENDED, body).status_code == 400


def test_an_unknown_agency_is_not_there(police: FakeProvider) -> None:
    assert Client().get("/sign-in/agency/fire/").status_code == 404


GOOD = """
[provider.police]
name = "Anyshire Police"
issuer = "https://sign-in.police.example"
client_id = "goldthread"
client_secret_file = "police-secret"
amr = ["mfa"]
two_factors = true
"""


def read(folder: Path, text: str) -> dict[str, providers.Provider]:
    (folder / "police-secret").write_text("between us\n", encoding="utf-8")
    (folder / "oidc.toml").write_text(text, encoding="utf-8")
    return providers.read(folder / "oidc.toml", allow_http=False)


def test_providers_are_read_from_a_file(tmp_path: Path) -> None:
    made = read(tmp_path, GOOD)["police"]
    assert (made.client_secret, made.amr, made.two_factors) == ("between us", ("mfa",), True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("https://sign-in", "http://sign-in"), "begins with https"),
        (('amr = ["mfa"]', ""), "expected acr or amr"),
        (('amr = ["mfa"]', 'amr = "mfa"'), "expected a list of text"),
        (("two_factors = true", 'two_factors = "yes"'), "expected true or false"),
        (("two_factors", "too_factors"), "not a key that is known"),
        (("client_secret_file", "#"), "client_secret or client_secret_file is missing"),
        (("police-secret", "nowhere"), "cannot be read"),
        (('name = "Anyshire Police"', ""), "name is missing"),
        (("[provider.police]", "[provider.Police]"), "a short name"),
        (("[provider.police]", "[providers.police]"), "expected tables named"),
        (("[provider.police]", "[provider.police"), "is no TOML"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_a_sentence(
    tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(providers.Unusable, match=sentence):
        read(tmp_path, GOOD.replace(*change))
