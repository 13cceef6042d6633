"""The layout shows to each what she may see, marks where she is, and leads nowhere that is not there."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from goldthread.ui import layout, navigation
from goldthread.ui.navigation import Place


@pytest.fixture(autouse=True)
def _no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})


def request(view_name: str = "", **facts: Any) -> Any:
    made: Any = RequestFactory().get("/")
    made.resolver_match = SimpleNamespace(view_name=view_name)
    made._messages = []
    for name, value in facts.items():
        setattr(made, name, value)
    return made


def test_links_stand_in_their_order_for_those_who_may_see_them() -> None:
    navigation.add("Patterns", "ui:patterns", order=2)
    navigation.add("Accessibility", "ui:accessibility", order=1, may_see=navigation.anyone)
    assert [link.label for link in navigation.links(request(), Place.PRIMARY)] == ["Accessibility"]
    signed_in = request(actor=object())
    assert [link.label for link in navigation.links(signed_in, Place.PRIMARY)] == ["Accessibility", "Patterns"]
    assert list(navigation.links(signed_in, Place.FOOTER)) == []


def test_the_current_place_is_marked_and_so_is_one_that_the_page_lies_within() -> None:
    navigation.add("Patterns", "ui:patterns", order=1, may_see=navigation.anyone, within=("desk:",))
    navigation.add("Accessibility", "ui:accessibility", order=2, may_see=navigation.anyone)

    def marks(view_name: str, **how: bool) -> list[str]:
        return [link.current for link in navigation.links(request(view_name), Place.PRIMARY, **how)]

    assert marks("ui:patterns") == ["page", ""]
    assert marks("desk:my-work") == ["true", ""]
    assert marks("") == ["", ""]
    assert marks("ui:patterns", mark_current=False) == ["", ""]


def test_a_link_that_leads_nowhere_is_reported_at_the_start_and_breaks_no_page() -> None:
    navigation.add("Gone", "ui:gone", order=1, may_see=navigation.anyone)
    assert [error.id for error in navigation.check_links(None)] == ["ui.E001"]
    assert list(navigation.links(request(), Place.PRIMARY)) == []


def test_signing_out_is_offered_to_those_who_are_signed_in_but_not_on_a_refusal() -> None:
    signed_in = request(shown_as="Josie Bramhall, social worker")
    assert layout.frame(signed_in).sign_out == "/sign-out/"
    assert layout.frame(signed_in, for_refusal=True).sign_out == ""
    assert layout.frame(request()).sign_out == ""


def test_a_demonstration_says_that_everybody_is_invented(settings: Settings) -> None:
    assert not layout.frame(request()).invented
    settings.MODE = "demo"
    assert layout.frame(request()).invented
    assert layout.bare().invented


def test_the_edition_that_is_held_stands_on_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_edition", "")
    layout.hold_edition("Working Together to Safeguard Children 2023")
    assert layout.frame(request()).edition == "Working Together to Safeguard Children 2023"
