"""Whatever stands in an address, in a query or in any field of any form is answered by a page, never by a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote_from_bytes, unquote

import pytest
import staff
from cast import Cast
from cast import cast as named_people
from django.core.cache import cache
from django.http import Http404
from django.test import Client
from django.urls import resolve
from hostile import HOSTILE, KEPT_AS_THEY_ARE, Shown, escaped, forms_of, send
from routes import Address, addresses

from goldthread.accounts.models import Account
from goldthread.agencies.models import Practitioner

pytestmark = pytest.mark.django_db

ASKED = (
    "next", "page", "stood_on", "known_on", "sort", "state", "team", "worker", "duty", "source", "from_on", "until_on",
    "kind", "words", "view", "kept", "prove", "code", "error", "print", "scope", "order",
)  # fmt: skip
"""What pages read from a query, or might; what a page's own forms by GET send is tried beside it."""
ENDING = ("account_logout", "end_own_session")  # they would end the session that the rest is tried in


def account_of(who: Practitioner) -> Account:
    found: Account = Account.objects.get_or_create(practitioner=who, email=f"reader{who.pk}@anyborough.example")[0]
    return found


class Reader:
    """Someone who opens every page, and what she could put into its address."""

    def __init__(self, people: Cast, who: Practitioner | None) -> None:
        self.browser = Client()
        if who is not None:
            self.browser = staff.signed_in(account_of(who))
        self.browser.raise_request_exception = False
        self.values: Mapping[str, object] = {
            "code": people.code, "practitioner": people.amira.pk, "post": people.amira.posts.get().pk,
            "organisation": people.team.organisation_id, "team": people.team.pk,
        }  # fmt: skip

    def addresses(self) -> Iterator[tuple[Address, str]]:
        for one in addresses():
            if one.name not in ENDING:
                yield one, one.filled(self.values)

    def forms(self) -> Iterator[Shown]:
        """Every form of every page that she is shown, once."""
        seen = set()
        for one, address in self.addresses():
            answer = self.browser.get(address)
            assert answer.status_code < 500, one.name
            if answer.streaming or not answer["Content-Type"].startswith("text/html"):
                continue
            for form in forms_of(answer.content.decode(), address):
                key = (form.action, form.method, *sorted(form.fields))
                if key not in seen and form.action != "/sign-out/":
                    seen.add(key)
                    yield form

    def answered(self, form: Shown, fields: Mapping[str, bytes]) -> None:
        cache.clear()  # limits on guessing are not what is tried here
        answer = send(self.browser, form, fields)
        assert answer.status_code < 500, (form.action, sorted(fields))


@pytest.fixture
def people() -> Cast:
    cache.clear()
    found = named_people()
    account_of(found.amira)  # so that there is one to administer
    return found


READERS = ["nobody", "amira", *(pytest.param(name, marks=pytest.mark.slow) for name in ("bea", "ines", "jo", "kit"))]


def reader(people: Cast, name: str) -> Reader:
    return Reader(people, None if name == "nobody" else getattr(people, name))


@pytest.mark.parametrize("name", READERS)
def test_in_what_varies_of_an_address(people: Cast, name: str) -> None:
    one = reader(people, name)
    tried = 0
    for address, _ in one.addresses():
        for place in address.places:
            for value in (*HOSTILE.values(), b"99999999999999999999", b"-1", b"0", b"%", b"..", b"AAAA-BBBB-C"):
                there = address.filled({**one.values, place: quote_from_bytes(value[:5000], safe="")})
                if is_an_address(there) or value == b"a\x00b":
                    assert one.browser.get(there).status_code < 500, there[:200]
                    tried += 1
    assert tried > 100


def is_an_address(there: str) -> bool:
    """Whether it leads to a view; that it else leads nowhere is tried often enough by one that does not."""
    try:
        resolve(unquote(there, errors="replace"))
    except Http404:
        return False
    return True


@pytest.mark.parametrize("name", READERS)
def test_in_every_query(people: Cast, name: str) -> None:
    one, kinds = reader(people, name), [value[:2000] for value in HOSTILE.values()]
    for address, there in one.addresses():
        for first in range(0, len(kinds), 3):
            asked = {name: kinds[(first + place) % len(kinds)] for place, name in enumerate(ASKED)}
            answer = one.browser.get(f"{there}?{escaped(asked)}")
            assert answer.status_code < 500, (address.name, asked)


@pytest.mark.parametrize("name", ["kit", *READERS[:-1]])  # who administers has the most of them
def test_in_all_fields_of_every_form(people: Cast, name: str) -> None:
    one = reader(people, name)
    tried = 0
    for form in one.forms():
        for value in HOSTILE.values():
            hostile = {field: value for field in form.fields if field not in KEPT_AS_THEY_ARE}
            one.answered(form, {**form.fields, **hostile})
            tried += 1
    assert tried >= len(HOSTILE) * (18 if name == "kit" else 2)
    for address, there in one.addresses():  # and what was kept of it can be shown
        assert one.browser.get(there).status_code < 500, address.name


@pytest.mark.slow
@pytest.mark.parametrize("name", ["amira", "kit"])  # between them they are shown nearly every form
def test_in_each_field_of_every_form(people: Cast, name: str) -> None:
    one = reader(people, name)
    for form in one.forms():
        for field in form.fields:
            for value in HOSTILE.values():
                one.answered(form, {**form.fields, field: value})


def test_the_forms_of_a_page_are_found() -> None:
    page = (
        '<form method="post"><input type="hidden" name="version" value="3"><select name="team"></select></form>'
        '<form action="/search/?a=1&amp;b=2"><input name="words"><button name="go" value="x">Go</button></form>'
    )
    assert list(forms_of(page, "/here/")) == [
        Shown("/here/", "post", {"version": b"3", "team": b"1"}),
        Shown("/search/?a=1&b=2", "get", {"words": b"1", "go": b"x"}),
    ]
