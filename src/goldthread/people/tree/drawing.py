"""The drawing: symbols, words and lines with their places, which a template turns into SVG."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goldthread.people.tree.family import Family, Person, Relation, Sex
from goldthread.people.tree.generations import generations
from goldthread.people.tree.homes import Outline, outlines
from goldthread.people.tree.nets import nets
from goldthread.people.tree.placing import CARD, GAP, PITCH, placed
from goldthread.people.tree.routing import STYLES, SYMBOL, Line, Strike, routed
from goldthread.people.tree.rows import rows
from goldthread.people.tree.wording import age_mark, called, life, of_first, of_second, standing

MARGIN = 28
TEXT = SYMBOL + 10
"""Where words begin, from the left of a card."""

_SAMPLE = 44
"""The room for a sample of a line in the key, before its words."""

NAME_LINE = 18
FACT_LINE = 16
_MOST_NAME_LINES = 3
_MOST_FACT_LINES = 8

# How wide letters are, in tenths of the size of the type: enough to know where a line of words must end.
_NARROW, _WIDE = set("fijlrtI.,:;'’!|()[] -"), set("mwMWOQGCD@%—")


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words at a place; `style` is name, fact, age, label, heading, or key."""

    x: int
    y: int
    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A person in the drawing. `shape` is circle, square, diamond or triangle; `title` says all of it for a listener."""

    id: str
    shape: str
    x: int
    y: int
    width: int
    height: int
    size: int
    subject: bool
    died: bool
    known: bool
    href: str
    title: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A sample of a line at a place, with what it means."""

    x: int
    y: int
    style: str
    text: str
    strikes: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is drawn. Each of the family's relationships is in `drawn` or in `in_words`."""

    width: int
    height: int
    title: str
    description: str
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    strikes: tuple[Strike, ...]
    words: tuple[Words, ...]
    outlines: tuple[Outline, ...]
    key: tuple[KeyLine, ...]
    linked: bool
    drawn: tuple[Relation, ...]
    in_words: tuple[Relation, ...]


def width_of(text: str, size: int) -> float:
    """This will say about how wide a text is, erring to the wide."""
    return (
        sum(0.33 if each in _NARROW else 0.92 if each in _WIDE else 0.6 if each.islower() else 0.7 for each in text)
        * size
    )


def wrapped(text: str, width: int, size: int, most: int, *, bold: bool = False) -> list[str]:
    """This will break a text into lines, at blanks and hyphens, and within a word only where it is too long.

    What is beyond `most` lines is left out, and the latest line ends in an ellipsis.
    """
    room = width / 1.1 if bold else width
    lines: list[str] = [""]
    for piece in re.findall(r"[^\s-]*-+|[^\s-]+|\s+", text):
        if width_of((lines[-1] + piece).rstrip(), size) <= room:
            lines[-1] += piece
            continue
        if lines[-1].strip():
            lines.append("")
        for letter in piece.lstrip():
            if width_of(f"{lines[-1]}{letter}-", size) > room and lines[-1]:
                lines[-1] += "-"
                lines.append("")
            lines[-1] += letter
    lines = [line.strip() for line in lines if line.strip()]
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip('-')}…"]
    return lines


def draw(family: Family) -> Drawing:
    """This will draw a family by generations, with those who are around it beneath, and a key of what the lines mean."""
    found = generations(family)
    drawn = nets(family, found.of)
    order = rows(family, found.of, drawn.nets)
    grid = placed(order, drawn.nets)
    cards = {person.id: _card(family, person, around=person.id in found.around) for person in family.persons}
    people = [[who for who in row if who in cards] for row in grid.rows]
    heights = [max((cards[who][1] for who in row), default=0) for row in people]
    lines = routed(grid, heights, {person.id: _shape(person) for person in family.persons})

    top = MARGIN // 3
    width = max([grid.left[who] + CARD for row in people for who in row], default=0)
    figures = [
        _figure(family, family.people[who], round(grid.left[who]) + MARGIN, lines.tops[at] + top, cards[who])
        for at, row in enumerate(people)
        for who in row
    ]
    homes = outlines(family, figures, people)
    height = lines.height + top + (MARGIN if people else 0)
    width = max(width, 3 * PITCH - GAP if found.around else 0, 2 * PITCH)
    words = [Words(word.x + MARGIN, word.y + top, word.word, "label") for word in lines.words]
    around, height = _around(family, found.around, cards, int(width), height, words)
    figures += around
    used = {line.style for line in lines.lines}
    key, height = _key([(style, text) for style, text in STYLES.items() if style in used], int(width), height)
    linked = any(figure.href for figure in figures)
    return Drawing(
        round(width) + 2 * MARGIN,
        height + MARGIN,
        _title(family),
        _description(family),
        tuple(figures),
        tuple(Line(tuple((x + MARGIN, y + top) for x, y in line.points), line.style, line.net) for line in lines.lines),
        tuple(Strike(each.x + MARGIN, each.y + top, each.times) for each in lines.strikes),
        tuple(words),
        homes,
        key,
        linked,
        drawn.relations,
        drawn.in_words,
    )


def _title(family: Family) -> str:
    names = [called(person) for person in family.subjects]
    return f"Family tree of {' and '.join(names)}" if names else "Family tree"


def _description(family: Family) -> str:
    people = len(family.persons)
    return f"{people} {'person' if people == 1 else 'people'} by generations, oldest first. The list beside the drawing says the same in words."


def _facts(family: Family, person: Person, *, aged: bool, to_whom: bool = True) -> list[str]:
    """This will give what is said of a person; her age is left out where it stands in her symbol.

    `to_whom` is no where what she is to the children is said in full beside it.
    """
    facts = []
    to: dict[str, list[str]] = {}
    for child in family.subjects if to_whom else ():
        if said := standing(family, person, child):
            to.setdefault(said, []).append(called(child).split(" ")[0])
    for said, names in to.items():
        facts.append(f"{said} of {' and '.join(names)}" if len(family.subjects) > 1 else said)
    subjects = {child.id for child in family.subjects}
    if any(each.responsibility and each.parent == person.id and each.child in subjects for each in family.parentage):
        facts.append("parental responsibility")
    if said := life(person, family.on, aged=aged):
        facts.append(said)
    facts += person.notes
    return facts


def _card(family: Family, person: Person, *, around: bool = False) -> tuple[list[tuple[str, str]], int]:
    """This will give the lines of words of a card and its height."""
    room = CARD - TEXT
    lines = [(line, "name") for line in wrapped(called(person), room, 15, _MOST_NAME_LINES, bold=True)]
    facts: list[str] = []
    for fact in _facts(family, person, aged=False, to_whom=not around):
        facts += wrapped(fact, room, 13, 3)
    lines += [(line, "fact") for line in facts[:_MOST_FACT_LINES]]
    height = sum(NAME_LINE if style == "name" else FACT_LINE for _, style in lines)
    return lines, max(SYMBOL, height) + 4


def _shape(person: Person) -> str:
    if person.unborn:
        return "triangle"
    return {Sex.FEMALE: "circle", Sex.MALE: "square", Sex.OTHER: "diamond"}[person.sex]


def _figure(family: Family, person: Person, x: int, y: int, card: tuple[list[tuple[str, str]], int]) -> Figure:
    lines, height = card
    words, at = [], y
    for text, style in lines:
        at += NAME_LINE if style == "name" else FACT_LINE
        words.append(Words(x + TEXT, at - 4, text, style))
    if mark := age_mark(person, family.on):
        words.append(Words(x + SYMBOL // 2, y + SYMBOL // 2 + 5, mark, "age"))
    if not person.known:
        words.append(Words(x + SYMBOL // 2, y + SYMBOL // 2 + 5, "?", "age"))
    said = [called(person), *_facts(family, person, aged=True)]
    said += [of_first(family, each) for each in family.relations if each.ends[0] == person.id]
    said += [of_second(family, each) for each in family.relations if each.ends[1] == person.id]
    return Figure(
        person.id,
        _shape(person),
        x,
        y,
        CARD,
        height,
        SYMBOL,
        person.subject,
        person.has_died,
        person.known,
        person.href,
        "; ".join(dict.fromkeys(said)),
        tuple(words),
    )


def _around(
    family: Family,
    ids: tuple[str, ...],
    cards: dict[str, tuple[list[tuple[str, str]], int]],
    width: int,
    height: int,
    words: list[Words],
) -> tuple[list[Figure], int]:
    """This will set those who are no relatives beneath the generations, each with what she is to whom."""
    if not ids:
        return [], height
    words.append(Words(MARGIN, height + 14, "Others who matter to the family", "heading"))
    y, figures = height + 34, []
    across = max(1, (width + GAP) // PITCH)
    for begin in range(0, len(ids), across):
        tallest = 0
        for place, who in enumerate(ids[begin : begin + across]):
            lines, _ = cards[who]
            ties = [of_first(family, each) for each in family.relations if each.ends[0] == who]
            ties += [of_second(family, each) for each in family.relations if each.ends[1] == who]
            more = [(line, "fact") for tie in ties for line in wrapped(tie, CARD - TEXT, 13, 3)]
            every = [*lines, *more][: _MOST_NAME_LINES + _MOST_FACT_LINES]
            tall = max(SYMBOL, sum(NAME_LINE if style == "name" else FACT_LINE for _, style in every)) + 4
            figures.append(_figure(family, family.people[who], MARGIN + place * PITCH, y, (every, tall)))
            tallest = max(tallest, tall)
        y += tallest + GAP // 2
    return figures, y


def _key(styles: list[tuple[str, str]], width: int, height: int) -> tuple[tuple[KeyLine, ...], int]:
    """This will set samples of the lines beneath the drawing, one beside another while there is room."""
    found: list[KeyLine] = []
    x, y = MARGIN, height + 16
    for style, text in styles:
        wide = _SAMPLE + width_of(text, 12)
        if found and x + wide > MARGIN + width:
            x, y = MARGIN, y + 22
        strikes = {"couple-separated": 1, "couple-ended": 1, "couple-divorced": 2}.get(style, 0)
        found.append(KeyLine(x, y, style, text, strikes))
        x += round(wide) + 24
    return tuple(found), y + 8 if found else height
