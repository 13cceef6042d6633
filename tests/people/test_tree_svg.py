"""The template turns a drawing into SVG that a listener, a keyboard and a printer can use."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest
from families import FAMILIES, ON, blended, nuclear
from hypothesis import given
from lxml import etree
from test_tree_drawing import FEWER, families

import goldthread.people
from goldthread.people.tree.drawing import draw
from goldthread.people.tree.family import Family, Person
from goldthread.people.tree.routing import STYLES

FOLDER = Path(goldthread.people.__file__).parent / "jinja2"
ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(family: Family) -> str:
    return ENVIRONMENT.get_template("people/family_tree.svg").render(drawing=draw(family))


def parsed(family: Family) -> etree._Element:
    return etree.fromstring(drawn(family).encode())


@FEWER
@given(families())
def test_every_family_becomes_well_formed_svg_with_each_person_once(family: Family) -> None:
    root = parsed(family)
    people = [each for each in root.iter(f"{SVG}g") if "family-tree-person" in (each.get("class") or "").split()]
    assert len(people) == len(family.persons)
    assert root.get("role") == "img" and not list(root.iter(f"{SVG}a"))
    named = (root.get("aria-labelledby") or "").split()
    assert [each.tag for each in root if each.get("id") in named] == [f"{SVG}title", f"{SVG}desc"]


def test_who_may_be_opened_is_a_link_with_a_name_and_the_picture_then_is_no_single_image() -> None:
    root = parsed(nuclear())
    links = list(root.iter(f"{SVG}a"))
    assert [link.get("href") for link in links] == ["/records/GT1", "/records/GT2"]
    titles = [
        next(link.iter(f"{SVG}title")).text or "" for link in links
    ]  # a label beside the words shown would differ from them
    assert [title.split(";")[0] for title in titles] == ["Noah Oldham", "Ruby Oldham"]
    assert root.get("role") == "group", "what is inside an image is hidden from those who listen"
    assert sum(each.get("role") == "img" for each in root.iter(f"{SVG}g")) == 2, "the others have names as well"


@pytest.mark.parametrize("name", FAMILIES)
def test_nothing_in_the_drawing_needs_a_style_or_a_script_or_a_colour(name: str) -> None:
    text = drawn(FAMILIES[name]())
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|#[0-9a-f]{3,6}\b", text)
    assert not set(re.findall(r'(?:stroke|fill)="([^"]*)"', text)) - {"none", "currentColor"}


def test_lines_of_different_meaning_differ_by_pattern() -> None:
    source = ENVIRONMENT.get_template("people/family_tree.svg")
    dashes = source.make_module({"drawing": draw(blended())}).dashes  # type: ignore[attr-defined]
    assert set(dashes) <= set(STYLES)
    # Married couples, birth, and those who separated are plain; a stroke tells the last from the others.
    assert {style for style in STYLES if style not in dashes} == {
        "birth",
        "couple-married",
        "couple-separated",
        "couple-divorced",
    }
    assert len({dashes[style] for style in dashes if not style.startswith("couple")}) >= 6


def test_a_hostile_name_stays_text() -> None:
    family = Family(ON, (Person("a", '"><script>alert(1)</script>&', href='javascript:"', subject=True),))
    text = drawn(family)
    assert "<script" not in text
    assert parsed(family).find(f".//{SVG}text") is not None
