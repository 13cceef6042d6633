"""Readers who share a census out among them come to what one reader comes to: children, notes and refusals."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from census_text import child, episode, message
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from goldthread.duties.event import Event
from goldthread.duties.refusal import Refused
from goldthread.formats.cin import WHOLE, Block, CensusReading, Share
from goldthread.formats.cin import reading as cin_reading
from goldthread.formats.cin.child import ChildFacts
from goldthread.formats.cin.collecting import SLOTS, Collector, id_of
from goldthread.formats.notes import KEPT, NAMES, Notes
from goldthread.formats.reading import open_file

Write = Callable[[str | bytes], Path]
Told = tuple[list[tuple[str, list[Event]]], list[str], list[tuple[str, int]], str]


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cin_reading, "BLOCK", 4)


def opened(path: Path) -> CensusReading:
    reading = open_file(path)
    assert isinstance(reading, CensusReading)
    return reading


def whole(path: Path) -> Told:
    """What one reader comes to, up to where she is refused."""
    reading = opened(path)
    found: list[tuple[str, list[Event]]] = []
    refused = ""
    try:
        found += reading.children()
    except Refused as error:
        refused = str(error)
    return found, [str(note) for note in reading.notes], list(reading.notes.by_code.items()), refused


def shared(path: Path, of: int) -> Told:
    """What several readers come to, when their blocks are taken in turn."""
    reading = opened(path)
    found: list[tuple[str, list[Event]]] = []
    refusals: list[str] = []

    def blocks(which: int) -> Iterator[Block]:
        try:
            yield from opened(path).blocks(Share(which, of))
        except Refused as error:
            refusals.append(str(error))

    ended = False
    for blocks_in_turn in zip_longest(*(blocks(which) for which in range(of))):
        for block in blocks_in_turn:
            if block is None:
                ended = True
                continue
            assert not ended, "a gap between blocks"
            found += block.children
            reading.notes.take(block.notes)
    assert len(refusals) in (0, of), "all are refused, or none is"
    assert len(set(refusals)) <= 1
    notes = reading.notes
    return found, [str(note) for note in notes], list(notes.by_code.items()), refusals[0] if refusals else ""


def census(*children: str) -> str:
    return message(*children)


ORDINARY = [child(episode(), name=f"C{number}") for number in range(11)]
MISPLACED = "</Children><Other>" + child(name="M") + "</Other><Children>"
UNKNOWN = [child(episode(f"<New{number % 3}/><Twice/>"), name=f"C{number}") for number in range(11)]
CASES = {
    "nobody": census(),
    "one": census(*ORDINARY[:1]),
    "a whole block": census(*ORDINARY[:4]),
    "several": census(*ORDINARY),
    "the same id in another block": census(*ORDINARY, *ORDINARY[3:9], *ORDINARY[:1]),
    "blocks that hold nobody new": census(*ORDINARY[:4], *ORDINARY[:4] * 3, ORDINARY[5]),
    "no id": census(
        *(
            child(episode(), name=None),
            child(episode(), name=" "),
            "<Child/>",
            *ORDINARY[:4],
            child(episode(), name="unnamed-2"),
            child(episode(), name=""),
        )
    ),
    "an id with blanks around it": census(*ORDINARY, child(episode(), name=" C3\n"), child(episode(), name="C 3")),
    "an id in an odd place": census(
        *ORDINARY[:5],
        "<Child><LAchildID>C1</LAchildID></Child>",
        "<Child><New><LAchildID>C1</LAchildID></New><ChildIdentifiers><LAchildID>C2</LAchildID></ChildIdentifiers></Child>",
        f"<Child>{episode('<LAchildID/><LAchildID>C3</LAchildID>')}</Child>",
        *ORDINARY[:2],
    ),
    "unknown elements": census(*UNKNOWN, *UNKNOWN),
    "unknown elements with one beginning": census(
        *(child(episode(f"<{'N' * 80}{number % 5}/>"), name=f"C{number}") for number in range(15))
    ),
    "more unknown elements than are named": census(
        *(
            child("".join(f"<N{number % 700}/>" for number in range(place * 50, place * 50 + 300)), name=f"C{place}")
            for place in range(40)
        )
    ),
    "a Child elsewhere": census(*ORDINARY[:4], MISPLACED, *ORDINARY[4:7], MISPLACED, *ORDINARY[7:], MISPLACED),
    "a Child elsewhere, after a whole block": census(*ORDINARY[:8], MISPLACED),
    "a Child elsewhere, and nobody": census(MISPLACED),
    "a Child in a Child": census(*ORDINARY[:3], child(episode() + ORDINARY[5], name="Outer"), *ORDINARY[5:]),
    "more notes than are kept": census(
        *(child(episode(f"<Odd{number % 30}/>", by="?"), name=f"C{number}") for number in range(KEPT + 40))
    ),
    "many notes in one block": census(
        *ORDINARY[:4], child(episode("<New/>", by="?") * (KEPT + 9) + "<Newer/>", name="A"), *UNKNOWN[:4]
    ),
    "a namespace": census(*ORDINARY, *UNKNOWN).replace("<Message>", "<Message xmlns='urn:census'>"),
    "not a census year": message(*ORDINARY, reference="2026-03-28"),
}


@pytest.mark.parametrize("of", [1, 2, 3])
@pytest.mark.parametrize("case", CASES)
def test_shares_come_to_the_whole(written: Write, case: str, of: int) -> None:
    path = written(CASES[case])
    assert shared(path, of) == whole(path)


def test_the_cases_hold_what_they_say(written: Write) -> None:
    codes: set[str] = set()
    for text in CASES.values():
        codes |= dict(whole(written(text))[2]).keys()
    assert codes >= {"child-without-id", "duplicate-child", "misplaced-element", "unknown-element", "namespace"}
    assert len(whole(written(CASES["more notes than are kept"]))[1]) == KEPT
    assert dict(whole(written(CASES["unknown elements with one beginning"]))[2])["unknown-element"] == 5


@pytest.mark.parametrize("of", [2, 3])
def test_shares_of_a_broken_census_end_alike(written: Write, of: int) -> None:
    text = CASES["unknown elements"]
    # past the 32 kB that the parser takes at once, so that whole blocks come before the break
    long = census(*(child(episode(), name=f"C{number}") for number in range(300)))
    for broken in (*(text[:end] for end in range(300, len(text), 501)), long[:70_000], long[:70_000] + "<" + long):
        path = written(broken)
        alone = whole(path)
        assert alone[3] and shared(path, of) == alone
    assert len(alone[0]) > 100


def test_blocks_of_messy_children_in_any_order(written: Write) -> None:
    rng = random.Random(7)
    pieces = [*ORDINARY, *UNKNOWN, MISPLACED, child(episode(by="?"), name=None), "<Child/>", child(name="C3")]
    for _ in range(40):
        path = written(census(*rng.choices(pieces, k=rng.randint(0, 30))))
        assert shared(path, 2) == shared(path, 3) == whole(path)


def test_each_block_says_how_far_the_file_is_read(written: Write) -> None:
    path = written(census(*(child(episode(), name=f"C{number}") for number in range(600))))
    done = [block.done for block in opened(path).blocks(WHOLE)]
    assert done == sorted(done) and done[0] < done[-1] <= path.stat().st_size


# ---- the id of a child who is not taken apart

NAMES_OF_ELEMENTS = st.sampled_from(["LAchildID", "ChildIdentifiers", "CINdetails", "UPN", "New", "{urn:x}LAchildID", "{urn:x}New"])  # fmt: skip
TEXTS = st.sampled_from([None, " ", "C1", "C2"])


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> etree._Element:
    element = etree.Element(draw(NAMES_OF_ELEMENTS))
    element.text, element.tail = draw(TEXTS), draw(TEXTS)
    for one in draw(st.lists(elements(depth - 1), max_size=3)) if depth else ():
        element.append(one)
    return element


@given(st.lists(elements(), max_size=3))
def test_the_id_is_the_one_that_taking_her_apart_finds(within: list[etree._Element]) -> None:
    found = etree.Element("Child")
    found.extend(within)
    quick = id_of(found)
    identity, _ = Collector(ChildFacts(Notes(), 0, 1, 2026)).collect(found, 1)
    assert quick == identity.get("LAchildID")
    assert "LAchildID" in SLOTS


# ---- notes on a stretch


@given(st.lists(st.lists(st.sampled_from(["a", "b", "!x", "!y", "!z"]), max_size=9), max_size=6), st.integers(1, 4))
def test_notes_on_stretches_come_to_the_notes_on_all(stretches: list[list[str]], room: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("goldthread.formats.notes.KEPT", room)
        patch.setattr("goldthread.formats.notes.NAMES", 2)
        straight, taken = Notes(), Notes()
        for place, stretch in enumerate(stretches):
            part = Notes()
            for one in stretch:
                for notes in (straight, part):
                    notes.add(one[-1], f"child {place}", "so", once=one[1:])
            taken.take(part)
        assert (taken.kept, list(taken.by_code.items())) == (straight.kept, list(straight.by_code.items()))
        assert len(straight.kept) <= room and straight.total <= sum(map(len, stretches))
    assert NAMES > KEPT
