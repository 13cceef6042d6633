"""The pages of administration: who sees them, what they do, and what two people do together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import staff
from codes import App
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from django.utils import timezone
from pytest_django import Settings

from goldthread.accounts import actions, administration_urls, queries
from goldthread.accounts.models import Identity, SignIn
from goldthread.agencies.models import Organisation, Practitioner, Team
from goldthread.agencies.vocabulary import OrganisationKind, Role
from goldthread.approvals.models import Approval
from goldthread.audit.models import Entry
from goldthread.kernel.acting import Actor, ActorKind, acting_as, system
from goldthread.kernel.errors import Denied

pytestmark = pytest.mark.django_db
FIRST_DAY = {"from_on_day": "2", "from_on_month": "3", "from_on_year": "2026"}
LAST_DAY = {"until_on_day": "1", "until_on_month": "6", "until_on_year": "2099"}


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def administrator() -> Client:
    return staff.signed_in(staff.account(Role.ADMINISTRATOR, name="Ifeoma Balogun"))


@pytest.fixture
def worker() -> Practitioner:
    return staff.practitioner(name="Bea Lindqvist")


def form_id(browser: Client, address: str) -> str:
    found = re.search(r'name="form_id" value="([\w-]+)"', browser.get(address).content.decode())
    assert found, address
    return found[1]


def send(browser: Client, address: str, **fields: Any) -> Any:
    """Open a form, fill it in and send it."""
    page = browser.get(address).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(form_id|version)" value="([^"]*)"', page))
    return browser.post(address, {**hidden, **fields})


def purposes() -> list[str]:
    with acting_as(system("test")):
        return list(
            Entry.objects.filter(verb="administered", refused=False).order_by("seq").values_list("purpose", flat=True)
        )


def addresses(person: Practitioner) -> Iterator[str]:
    numbers = {
        "practitioner": person.pk, "post": person.posts.get().pk, "held": 1, "identity": 1,
        "organisation": staff.organisation().pk, "team": staff.team().pk,
    }  # fmt: skip
    for one in administration_urls.urlpatterns:
        assert isinstance(one, URLPattern)
        wanted = one.pattern.converters
        yield reverse(f"administration:{one.name}", kwargs={name: numbers[name] for name in wanted})


def test_nobody_but_administrators_sees_any_of_it(worker: Practitioner) -> None:
    strangers = [staff.signed_in(staff.account(role)) for role in Role if role is not Role.ADMINISTRATOR]
    seen = 0
    for address in addresses(worker):
        for browser in (*strangers, Client()):
            for answer in (browser.get(address), browser.post(address, {})):
                assert answer.status_code in (302, 403, 405), address
                assert "Bea Lindqvist" not in answer.content.decode()
                seen += 1
    assert seen >= 23 * 11 * 2


def test_every_page_is_there_for_an_administrator(administrator: Client, worker: Practitioner) -> None:
    for address in addresses(worker):
        no_account = "/account/" in address and not address.endswith("/open/")
        missing = no_account or "/qualifications/1/" in address
        assert administrator.get(address).status_code == (404 if missing else 200), address


def test_people_are_found_by_words_that_stand_in_no_address(administrator: Client, worker: Practitioner) -> None:
    staff.practitioner(name="Kelvin Osei")
    here = "/administration/people/"
    answer = administrator.post(here, {"words": "bea lind"})
    assert answer["Location"] == here
    page = administrator.get(here).content.decode()
    assert "Bea Lindqvist" in page and "Kelvin Osei" not in page
    administrator.post(here, {})
    assert "Kelvin Osei" in administrator.get(here).content.decode()


def test_a_long_list_comes_in_pages_with_as_many_queries(administrator: Client) -> None:
    here = "/administration/people/"
    counted = []
    for more in (5, 55):
        for _ in range(more):
            staff.account()
        with CaptureQueriesContext(connection) as asked:
            page = administrator.get(here).content.decode()
        counted.append(len(asked))
    assert counted[0] == counted[1] < 25
    assert "Showing 1 to 50 of 61 people" in page
    assert "Showing 51 to 61 of 61 people" in administrator.get(f"{here}?page=2").content.decode()
    for odd in ("0", "-1", "x", "99999999999999", "²"):
        assert administrator.get(here, {"page": odd}).status_code == 200


def test_someone_is_added_with_a_post_once_for_two_clicks(administrator: Client) -> None:
    address = "/administration/people/new/"
    said = {
        "form_id": form_id(administrator, address), "name": "Comfort Ansah", "team": staff.team().pk,
        "role": "social-worker", **FIRST_DAY,
    }  # fmt: skip
    assert administrator.post(address, said).status_code == 302
    assert administrator.post(address, said)["Location"] == "/administration/people/"
    assert Practitioner.objects.filter(name="Comfort Ansah").count() == 1
    assert purposes() == ["practitioner-added", "post-given"]


def test_what_is_refused_is_said_on_the_form_and_can_be_sent_again(administrator: Client, worker: Practitioner) -> None:
    address = f"/administration/people/{worker.pk}/posts/new/"
    said = {"form_id": form_id(administrator, address), "team": staff.team().pk, "role": "social-worker", **FIRST_DAY}
    answer = administrator.post(address, said)
    assert answer.status_code == 422 and "She holds this post already" in answer.content.decode()
    assert administrator.post(address, {**said, "role": "business-support"}).status_code == 302


def test_of_two_who_change_one_person_the_second_sees_both_texts(administrator: Client, worker: Practitioner) -> None:
    address = f"/administration/people/{worker.pk}/change/"
    assert send(administrator, address, name="Bea Hale").status_code == 302
    answer = administrator.post(address, {"version": "1", "name": "Bea Lindqvist-Hale"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Bea Hale" in page and "Bea Lindqvist-Hale" in page
    again = re.search(r'name="version" value="(\d+)"', page)
    assert again
    assert administrator.post(address, {"version": again[1], "name": "Bea Lindqvist-Hale"}).status_code == 302
    worker.refresh_from_db()
    assert worker.name == "Bea Lindqvist-Hale"


def test_nobody_changes_herself(administrator: Client) -> None:
    own = Practitioner.objects.get(name="Ifeoma Balogun")
    assert "This is you" in administrator.get(f"/administration/people/{own.pk}/").content.decode()
    assert send(administrator, f"/administration/people/{own.pk}/change/", name="Somebody else").status_code == 403
    own.refresh_from_db()
    assert own.name == "Ifeoma Balogun"


def test_an_account_is_opened_and_its_invitation_sent(administrator: Client, worker: Practitioner) -> None:
    person = f"/administration/people/{worker.pk}/"
    assert send(administrator, f"{person}account/open/", email="bea@anyborough.example")["Location"] == person
    assert [one.to for one in mail.outbox] == [["bea@anyborough.example"]]
    link = re.search(r"http://testserver(/invitation/\S+)", str(mail.outbox[0].body))
    assert link and Client().get(link[1]).status_code == 200
    assert send(administrator, f"{person}account/invite/").status_code == 302
    assert Client().get(link[1]).status_code == 404 and len(mail.outbox) == 2
    assert "Invited, not set up" in administrator.get(person).content.decode()
    assert purposes() == ["account-opened", "account-invited", "account-invited"]


def test_two_accounts_have_no_name_in_common(administrator: Client, worker: Practitioner) -> None:
    other = staff.account()
    answer = send(administrator, f"/administration/people/{worker.pk}/account/open/", email=other.email.upper())
    assert answer.status_code == 422 and "Another account has this email address" in answer.content.decode()


def test_a_disabled_account_is_signed_out_at_once(administrator: Client) -> None:
    account = staff.account()
    hers = staff.signed_in(account)
    assert hers.get("/your-account/").status_code == 200
    person = f"/administration/people/{account.practitioner_id}/account/"
    assert send(administrator, f"{person}disable/", because="She has left.").status_code == 302
    assert hers.get("/your-account/")["Location"].startswith("/sign-in/")
    assert send(administrator, f"{person}enable/", because="She is back.").status_code == 302
    account.refresh_from_db()
    assert account.enabled and purposes() == ["account-disabled", "account-enabled"]


def test_another_sign_in_name_is_told_to_the_old_address(administrator: Client) -> None:
    account = staff.account()
    person = f"/administration/people/{account.practitioner_id}/"
    assert send(administrator, f"{person}account/email/", email="new@anyborough.example").status_code == 302
    assert [one.to for one in mail.outbox] == [[account.email]]
    account.refresh_from_db()
    assert account.email == "new@anyborough.example"


def test_her_sessions_are_ended(administrator: Client, settings: Settings) -> None:
    account = staff.account(password=staff.PASSWORD)
    app = App.of(account)
    hers = Client()
    hers.post("/sign-in/", {"login": account.email, "password": staff.PASSWORD})
    hers.post("/sign-in/code/", {"code": app.code()})
    assert hers.get("/your-account/").status_code == 200
    send(administrator, f"/administration/people/{account.practitioner_id}/account/sessions/end/")
    assert hers.get("/your-account/").status_code == 302


def test_a_high_role_is_given_by_two(administrator: Client, worker: Practitioner) -> None:
    second = staff.signed_in(staff.account(Role.GOVERNANCE_OFFICER))
    address = f"/administration/people/{worker.pk}/posts/new/"
    said = {"team": staff.team().pk, "role": "custodian", **FIRST_DAY}
    assert send(administrator, address, **said).status_code == 422, "reasons are asked for"
    place = send(administrator, address, because="Trevor leaves in May.", **said)["Location"]
    assert not worker.posts.filter(role="custodian").exists()
    assert "Give Bea Lindqvist the role “Custodian of restricted records”" in second.get(place).content.decode()
    assert administrator.post(place, {"decision": "approve", "reasons": "Mine."}).status_code == 403
    assert second.post(place, {"decision": "approve", "reasons": ""}).status_code == 422
    assert second.post(place, {"decision": "approve", "reasons": "Spoke to her manager."}).status_code == 302
    assert worker.posts.filter(role="custodian").count() == 1
    assert second.post(place, {"decision": "approve", "reasons": "Again."}).status_code == 302
    assert worker.posts.filter(role="custodian").count() == 1
    assert purposes() == ["approval-asked-for", "post-given", "approval-approved"]


def test_a_partner_agency_gives_itself_no_role_that_reaches_beyond_it() -> None:
    visiting = staff.team("Health visiting", staff.organisation(OrganisationKind.NHS_PROVIDER, "Anyshire Health"))
    one, two = (staff.signed_in(staff.account(Role.ADMINISTRATOR, within=visiting)) for _ in range(2))
    nurse = staff.practitioner(Role.PARTNER_PRACTITIONER, within=visiting)
    address = f"/administration/people/{nurse.pk}/posts/new/"
    said = {"team": visiting.pk, "because": "Wished for.", **FIRST_DAY}
    for role in ("custodian", "information-governance-officer"):
        assert send(one, address, role=role, **said).status_code == 422
    place = send(one, address, role="administrator", **said)["Location"]
    assert two.post(place, {"decision": "approve", "reasons": "Mine too."}).status_code == 404
    at_home = staff.signed_in(staff.account(Role.ADMINISTRATOR))
    assert at_home.post(place, {"decision": "approve", "reasons": "Rang her manager."}).status_code == 302
    assert nurse.posts.filter(role="administrator").count() == 1


def test_what_the_asker_may_no_longer_ask_is_not_approved(administrator: Client, worker: Practitioner) -> None:
    second = staff.signed_in(staff.account(Role.ADMINISTRATOR))
    said = {"team": staff.team().pk, "role": "custodian", "because": "Needed.", **FIRST_DAY}
    place = send(administrator, f"/administration/people/{worker.pk}/posts/new/", **said)["Location"]
    Practitioner.objects.get(name="Ifeoma Balogun").posts.update(until_on="2026-01-01")
    answer = second.post(place, {"decision": "approve", "reasons": "Looked into it."})
    assert answer.status_code == 422 and "may no longer ask" in answer.content.decode()
    assert Approval.objects.get().state == "asked-for"


def test_second_factors_are_reset_by_two(administrator: Client) -> None:
    second = staff.signed_in(staff.account(Role.ADMINISTRATOR))
    account = staff.account(password=staff.PASSWORD)
    App.of(account)
    hers = staff.signed_in(account)
    person = f"/administration/people/{account.practitioner_id}/"
    assert send(administrator, f"{person}account/invite/").status_code == 422, "not while she has second factors"
    place = send(administrator, f"{person}account/reset/", because="She has lost her telephone.")["Location"]
    assert hers.get("/your-account/").status_code == 200
    second.post(place, {"decision": "approve", "reasons": "I rang her back on her desk's number."})
    assert hers.get("/your-account/").status_code == 302
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert "None" in administrator.get(person).content.decode()
    assert [one.to for one in mail.outbox] == [[account.email]], "she is told"
    assert send(administrator, f"{person}account/invite/").status_code == 302
    assert purposes() == ["approval-asked-for", "factors-reset", "approval-approved", "account-invited"]


def test_no_one_person_resets_second_factors_by_any_other_way() -> None:
    account = staff.account()
    one, two = (Actor(ActorKind.PRACTITIONER, staff.practitioner(Role.ADMINISTRATOR).pk) for _ in range(2))
    hers = Actor(ActorKind.PRACTITIONER, account.practitioner_id)
    for by, asked_by in ((one, one.id), (hers, one.id), (one, hers.id)):
        with pytest.raises(Denied):
            actions.reset_factors(by=by, at=timezone.now(), account=account.pk, asked_by=asked_by)
    actions.reset_factors(by=two, at=timezone.now(), account=account.pk, asked_by=one.id)


def test_what_the_pages_read_is_for_administrators_only(worker: Practitioner) -> None:
    by, at = Actor(ActorKind.PRACTITIONER, staff.practitioner().pk), timezone.now()
    for read in (
        lambda: queries.people(by, at, queries.Search(former=True), 1),
        lambda: queries.person(by, at, worker.pk),
        lambda: queries.organisations(by, at),
        lambda: queries.organisation(by, at, staff.organisation().pk),
        lambda: queries.team(by, at, staff.team().pk),
        lambda: queries.teams_in_force(by, at),
    ):
        with pytest.raises(Denied):
            read()


def test_who_asked_takes_it_back(administrator: Client, worker: Practitioner) -> None:
    said = {"team": staff.team().pk, "role": "custodian", "because": "Needed.", **FIRST_DAY}
    place = send(administrator, f"/administration/people/{worker.pk}/posts/new/", **said)["Location"]
    assert staff.signed_in(staff.account(Role.ADMINISTRATOR)).post(f"{place}withdraw/").status_code == 403
    assert administrator.post(f"{place}withdraw/").status_code == 302
    assert Approval.objects.get().state == "withdrawn"


def test_nobody_else_sees_an_approval(administrator: Client, worker: Practitioner) -> None:
    said = {"team": staff.team().pk, "role": "custodian", "because": "Needed.", **FIRST_DAY}
    place = send(administrator, f"/administration/people/{worker.pk}/posts/new/", **said)["Location"]
    assert staff.signed_in(staff.account()).get(place).status_code == 404


def test_an_account_is_tied_to_her_agency(administrator: Client, settings: Settings) -> None:
    from fake_provider import PROVIDER  # noqa: PLC0415  # its keys take a while to make

    settings.OIDC_PROVIDERS = {"police": PROVIDER}
    account = staff.account()
    person = f"/administration/people/{account.practitioner_id}/"
    assert send(administrator, f"{person}account/tie/", provider="police", subject="worker-17").status_code == 302
    assert Identity.objects.get().account == account
    other = staff.account()
    taken = send(
        administrator,
        f"/administration/people/{other.practitioner_id}/account/tie/",
        provider="police",
        subject="worker-17",
    )
    assert taken.status_code == 422
    assert send(administrator, f"{person}account/ties/{Identity.objects.get().pk}/end/").status_code == 302
    assert not Identity.objects.exists()


def test_posts_and_qualifications_end(administrator: Client, worker: Practitioner) -> None:
    person = f"/administration/people/{worker.pk}/"
    send(administrator, f"{person}qualifications/new/", qualification="social-work-qualified", **FIRST_DAY)
    held, post = worker.qualifications.get(), worker.posts.get()
    assert send(administrator, f"{person}qualifications/{held.pk}/end/", **LAST_DAY).status_code == 302
    assert send(administrator, f"{person}posts/{post.pk}/end/", **LAST_DAY).status_code == 302
    assert "1 June 2099" in administrator.get(person).content.decode()


def test_organisations_and_teams_are_looked_after(administrator: Client) -> None:
    place = send(
        administrator, "/administration/organisations/new/", kind="school", name="Anyborough Primary", **FIRST_DAY
    )["Location"]
    assert send(administrator, f"{place}teams/new/", name="Safeguarding", **FIRST_DAY)["Location"] == place
    team = Team.objects.get(name="Safeguarding")
    changed = {"name": "Safeguarding leads", **FIRST_DAY}
    assert send(administrator, f"/administration/teams/{team.pk}/change/", **changed).status_code == 302
    assert send(administrator, f"{place}change/", name="Anyborough Primary School", **FIRST_DAY).status_code == 302
    page = administrator.get(place).content.decode()
    assert "Anyborough Primary School" in page and "Safeguarding leads" in page
    assert "Anyborough Primary School" in administrator.get("/administration/organisations/").content.decode()


def test_an_administrator_of_a_partner_sees_her_own_people_only(worker: Practitioner) -> None:
    trust = staff.organisation(OrganisationKind.NHS_PROVIDER, "Anyshire Health")
    visiting = staff.team("Health visiting", trust)
    browser = staff.signed_in(staff.account(Role.ADMINISTRATOR, within=visiting))
    nurse = staff.practitioner(Role.PARTNER_PRACTITIONER, name="Comfort Boateng", within=visiting)
    page = browser.get("/administration/people/").content.decode()
    assert "Comfort Boateng" in page and "Bea Lindqvist" not in page
    assert browser.get(f"/administration/people/{nurse.pk}/").status_code == 200
    assert browser.get(f"/administration/people/{worker.pk}/").status_code == 404
    home = Organisation.objects.get(is_home=True)
    assert browser.get(f"/administration/organisations/{home.pk}/").status_code == 404
    assert browser.get(f"/administration/teams/{staff.team().pk}/change/").status_code == 404
    assert browser.get("/administration/organisations/").content.decode().count("Anyborough") == 0
    new = send(browser, "/administration/organisations/new/", kind="school", name="A school", **FIRST_DAY)
    assert new.status_code == 403


def test_one_sees_and_ends_ones_own_sessions() -> None:
    account = staff.account(password=staff.PASSWORD)
    app = App.of(account)
    browsers = []
    for name in ("Desk", "Telephone"):
        browser = Client(headers={"user-agent": name})
        browser.post("/sign-in/", {"login": account.email, "password": staff.PASSWORD})
        browser.post("/sign-in/code/", {"code": app.code()})
        cache.clear()  # a code is good once within its half minute
        browsers.append(browser)
    here = "/your-account/"
    page = browsers[0].get(here).content.decode()
    assert "Desk" in page and "Telephone" in page
    (other,) = re.findall(r'action="(/your-account/sessions/\d+/end/)"', page)
    stranger = staff.signed_in(staff.account())
    assert stranger.post(other).status_code == 404
    assert browsers[1].get(here).status_code == 200
    assert browsers[0].post(other).status_code == 302
    assert browsers[1].get(here).status_code == 302
    assert "Ended from another session" in browsers[0].get(here).content.decode()
    assert SignIn.objects.filter(ended_at=None).count() == 1
