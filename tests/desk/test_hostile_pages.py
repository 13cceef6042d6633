"""Whatever is sent to a page of the desk, it answers: with a page or a sentence, and never with a fault."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone
from seats import as_, on, sent
from told_family import Home, home

from goldthread.agencies.models import Practitioner

TEXTS = {
    "a NUL byte": "a\x00b",
    "a megabyte": "x" * 1_000_000,
    "half a character": "a\ud800b",
    "right to left": "\u202eمرحبا\u202c",
    "marks of HTML": "<script>alert(1)</script>\"'&{{ 7 * 7 }}",
    "a huge number": "9" * 400,
    "other digits": "١٢٣²",
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held() -> Home:
    return home()


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_in_any_field_is_taken_or_refused_in_a_sentence(held: Home, name: str) -> None:
    text, people, here = TEXTS[name], held.people, f"/children/{held.code()}/"
    today = timezone.localdate()
    forms: list[tuple[Practitioner, str, dict[str, Any]]] = [
        (people.dele, "/search/", {"name": text}),
        (people.dele, "/search/", {"identifier": text, "address": text, "phone": text}),
        (people.amira, "/my-work/", {"text": text, "duty": text, "worker": text}),
        (people.amira, "/my-work/views/keep/?state=overdue", {"name": text}),
        (people.amira, f"{here}chronology/", {"text": text, "area": text, "since_day": text}),
        (people.dele, f"{here}emergency/", {"reason": "child-missing", "because": text}),
        (people.bea, f"{here}involved/begin/", {"who": text, "chosen": text, "other_capacity": text, **on("from_on", today)}),
        (people.amira, f"{here}tie/", {"kind": text, "says": text}),
        (people.ines, f"{here}reach/set/", {"restriction": "restricted", "because": text}),
        (people.ines, f"{here}access/destroy/", {"entries": text, "because": text}),
    ]  # fmt: skip
    for who, address, said in forms:
        assert sent(as_(who), address, **said).status_code < 500, (address, said.keys())


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_in_an_address_is_answered(held: Home, name: str) -> None:
    browser, here = as_(held.people.bea), f"/children/{held.code()}/"
    said = quote(TEXTS[name][:2000].encode("utf-8", "surrogatepass"))
    for address in (
        f"/my-work/?whose={said}&page={said}&bucket={said}&state={said}&worker={said}&team={said}",
        f"/my-work/team/?team={said}",
        f"{here}?stood_on={said}&known_on={said}&stood_day={said}",
        f"{here}chronology/?before={said}&area={said}&since_year={said}",
        f"{here}chronology/print/?before={said}",
        f"{here}access/?until={said}&marked={said}",
        f"/children/{said}/",
    ):
        assert browser.get(address).status_code < 500, address[:60]
