"""Every page of the desk in every state: it is whole without a style sheet, and marks whose record each thing is of."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import shown
from django.template import engines
from django.test import RequestFactory, override_settings

from goldthread.desk.pages.days import AsOf

PAGES = shown.pages()
TODAY = date(2026, 5, 14)


@override_settings(ROOT_URLCONF="desk_addresses")
def drawn(name: str) -> str:
    template, facts = PAGES[name]
    made = engines["jinja2"].get_template(template).render(facts, RequestFactory().get("/"))
    return str(made)


@pytest.mark.parametrize("name", PAGES)
def test_each_page_has_one_first_heading_and_a_title(name: str) -> None:
    text = drawn(name)
    assert len(re.findall(r"<h1\b", text)) == 1
    assert not re.search(r"<title>\s*(–|$)", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script>(?!</)", text), "the site's policy would stop it"


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith(("search", "found-nothing", "team", "notices-empty", "reviews-empty", "work-empty"))])  # fmt: skip
def test_what_is_shown_of_a_record_is_marked_with_its_reference(name: str) -> None:
    assert f'data-record="{shown.CODE}"' in drawn(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_calls_nobody_she_or_he(name: str) -> None:
    words = re.sub(r"<bdi>.*?</bdi>|<[^>]+>", " ", drawn(name), flags=re.DOTALL)
    own = words.replace("She drew her house with nobody in it.", "").replace("Uses pictures; give her time", "")
    assert not re.search(r"\b(he|she|him|his|hers?)\b", own, re.IGNORECASE)


def test_a_page_of_today_says_nothing_of_days_and_keeps_its_address() -> None:
    assert AsOf(TODAY).sentence == "" and AsOf(TODAY).query == "" and AsOf(TODAY).on == TODAY
    assert AsOf(TODAY).known_at is None


def test_as_it_stood_on_a_day_is_from_all_that_is_known_today() -> None:
    asked = AsOf(TODAY, stood_on=date(2026, 3, 1))
    assert asked.sentence == "As it stood on 1 March 2026, from all that is known today."
    assert asked.query == "?stood_on=2026-03-01" and asked.on == date(2026, 3, 1) and asked.known_at is None


def test_what_was_known_on_a_day_is_shown_as_of_that_day_to_its_end_in_england() -> None:
    asked = AsOf(TODAY, known_on=date(2026, 4, 1))
    assert asked.on == date(2026, 4, 1)
    assert asked.known_at == datetime(2026, 4, 1, 23, tzinfo=UTC), "midnight of summer time"
    assert asked.sentence == "As it stood on 1 April 2026, from what had been recorded by the end of 1 April 2026."


def test_both_days_can_be_asked_for() -> None:
    asked = AsOf(TODAY, date(2026, 3, 1), date(2026, 4, 1))
    assert asked.query == "?stood_on=2026-03-01&known_on=2026-04-01"
    assert "stood on 1 March 2026" in asked.sentence and "end of 1 April 2026" in asked.sentence
