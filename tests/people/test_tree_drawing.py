"""A family of any shape is drawn whole: nobody twice, nobody on another, every line leading where it should."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from families import FAMILIES, ON, big, blended, both
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.people.tree.drawing import Drawing, Figure, draw, width_of, wrapped
from goldthread.people.tree.family import (
    Bond,
    Couple,
    Family,
    Household,
    How,
    Link,
    Parent,
    Person,
    Relation,
    Relative,
    Sex,
    Siblings,
)
from goldthread.people.tree.generations import generations
from goldthread.people.tree.nets import nets
from goldthread.people.tree.routing import SYMBOL

# A family has a hundred choices to draw; two fifths of the examples say as much in less time.
FEWER = settings(max_examples=(settings.default or settings()).max_examples * 2 // 5)

Segment = tuple[tuple[int, int], tuple[int, int]]

WORDS = st.sampled_from(["Ada", "Bartholomew Featherstonehaugh-Cholmondeley", "", "李", "x" * 90, "Noor al-Hassan"])


@st.composite
def families(draw_one: st.DrawFn) -> Family:
    """Families as data has them: contradictions, several partners, parents of many kinds, people who stand alone."""
    many = draw_one(st.integers(1, 22))
    ids = [f"p{n}" for n in range(many)]
    persons = tuple(
        Person(
            who,
            draw_one(WORDS),
            draw_one(st.sampled_from(Sex)),
            born=draw_one(st.none() | st.dates(date(1930, 1, 1), ON)),
            due=draw_one(st.none() | st.just(date(2026, 6, 1))),
            dead=draw_one(st.booleans()),
            subject=number == 0 or draw_one(st.integers(0, 9)) == 0,
            notes=draw_one(st.sampled_from([(), ("lives abroad",)])),
        )
        for number, who in enumerate(ids)
    )
    relations: list[Relation] = []
    for _ in range(draw_one(st.integers(0, 2 * many)) if many > 1 else 0):
        one, other = draw_one(st.permutations(ids))[:2]
        relations.append(
            draw_one(
                st.one_of(
                    st.builds(Parent, st.just(one), st.just(other), st.sampled_from(How), st.booleans()),
                    st.builds(Parent, st.just(min(one, other)), st.just(max(one, other)), st.just(How.BIRTH)),
                    st.builds(Couple, st.just(one), st.just(other), st.sampled_from(Bond)),
                    st.builds(Siblings, st.just(one), st.just(other), st.sampled_from(["", "half"])),
                    st.builds(Relative, st.just(one), st.just(other), st.just("grandmother"), st.integers(-1, 3)),
                    st.builds(Link, st.just(one), st.just(other), st.just("family friend")),
                )
            )
        )
    homes = draw_one(st.lists(st.lists(st.sampled_from(ids), min_size=1, max_size=8, unique=True), max_size=4))
    return Family(
        ON, persons, tuple(relations), tuple(Household(f"Home {n}", tuple(home)) for n, home in enumerate(homes))
    )


SHAPES = families() | st.sampled_from(sorted(FAMILIES)).map(lambda name: FAMILIES[name]())


def segments(drawing: Drawing) -> Iterator[tuple[int, Segment]]:
    for line in drawing.lines:
        for one, other in zip(line.points, line.points[1:], strict=False):
            yield line.net, (min(one, other), max(one, other))


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """The people whose boxes lie on one another."""
    found = []
    for place, one in enumerate(drawing.figures):
        for other in drawing.figures[place + 1 :]:
            across = one.x < other.x + other.width and other.x < one.x + one.width
            if across and one.y < other.y + other.height and other.y < one.y + one.height:
                found.append((one.id, other.id))
    return found


@FEWER
@given(SHAPES)
def test_everyone_is_drawn_once_and_nobody_on_another(family: Family) -> None:
    drawing = draw(family)
    assert sorted(figure.id for figure in drawing.figures) == sorted(family.people)
    assert overlapping(drawing) == []
    for figure in drawing.figures:
        assert figure.x >= 0 and figure.x + figure.width <= drawing.width
        assert figure.y >= 0 and figure.y + figure.height <= drawing.height


def test_a_box_on_another_would_be_noticed() -> None:
    drawing = draw(blended())
    first, second, *_ = drawing.figures
    moved = dataclasses.replace(second, x=first.x, y=first.y)
    assert overlapping(dataclasses.replace(drawing, figures=(first, moved))) == [(first.id, moved.id)]


@FEWER
@given(SHAPES)
def test_every_relationship_is_drawn_or_said_in_words(family: Family) -> None:
    drawing = draw(family)
    assert len(drawing.drawn) + len(drawing.in_words) == len(family.relations)
    assert {*drawing.drawn, *drawing.in_words} == set(family.relations)


def test_what_is_plain_is_drawn_and_not_only_said() -> None:
    for name, family in FAMILIES.items():
        drawing = draw(family())
        assert not [
            each for each in drawing.in_words if not isinstance(each, Link) and getattr(each, "how", "") != How.STEP
        ], name


@FEWER
@given(SHAPES)
def test_the_lines_of_what_is_drawn_lead_from_each_to_each(family: Family) -> None:
    drawing = draw(family)
    figures = {figure.id: figure for figure in drawing.figures}
    for number, net in enumerate(nets(family, generations(family).of).nets):
        mine = [segment for of, segment in segments(drawing) if of == number]
        assert mine, "a net has lines"
        joined = [mine.pop()]
        while near := [each for each in mine if any(touch(each, other) for other in joined)]:
            joined += near
            mine = [each for each in mine if each not in near]
        assert not mine, "the lines hang together"
        for who in net.parents:
            assert reaches(
                [end for one, other in joined for end in (one, other) if end == min(one, other)], figures[who]
            )
        for who in net.children:
            assert reaches(
                [end for one, other in joined for end in (one, other) if end == max(one, other)], figures[who]
            )


def reaches(ends: list[tuple[int, int]], figure: Figure) -> bool:
    """Whether a line ends at a symbol: within its square, for most symbols are round or slanted."""
    return any(figure.x <= x <= figure.x + SYMBOL and figure.y - 1 <= y <= figure.y + SYMBOL + 1 for x, y in ends)


def touch(one: Segment, other: Segment) -> bool:
    (left, top), (right, bottom) = one
    (other_left, other_top), (other_right, other_bottom) = other
    across = min(right, other_right) - max(left, other_left)
    down = min(bottom, other_bottom) - max(top, other_top)
    return across >= -1 and down >= -1


@FEWER
@given(SHAPES)
def test_no_line_runs_through_a_person_who_has_no_part_in_it(family: Family) -> None:
    drawing = draw(family)
    found = nets(family, generations(family).of).nets
    for number, ((left, top), (right, bottom)) in segments(drawing):
        for figure in drawing.figures:
            inside = (
                left < figure.x + figure.width - 4
                and right > figure.x
                and top < figure.y + figure.height
                and bottom > figure.y
            )
            if inside:
                net = found[number]
                assert figure.id in (*net.parents, *net.children)
                assert figure.x <= left == right <= figure.x + SYMBOL, "only beneath her own symbol"


@FEWER
@given(SHAPES)
def test_lines_of_different_meaning_never_run_on_one_another(family: Family) -> None:
    assert along_one_another(draw(family)) == []


def along_one_another(drawing: Drawing) -> list[tuple[Segment, Segment]]:
    """The segments of different nets that run on, or within two steps of, one another."""
    upright: list[tuple[int, int, int, int, Segment]] = []
    level: list[tuple[int, int, int, int, Segment]] = []
    for net, segment in segments(drawing):
        (left, top), (right, bottom) = segment
        if left == right:
            upright.append((left, top, bottom, net, segment))
        else:
            level.append((top, left, right, net, segment))
    found = []
    for lines in (sorted(upright), sorted(level)):
        for place, (at, begin, end, net, segment) in enumerate(lines):
            for other_at, other_begin, other_end, other_net, other in lines[place + 1 :]:
                if other_at - at >= 3:
                    break
                if net != other_net and min(end, other_end) > max(begin, other_begin):
                    found.append((segment, other))
    return found


def test_lines_that_run_on_one_another_would_be_noticed() -> None:
    drawing = draw(blended())
    first = drawing.lines[0]
    again = dataclasses.replace(drawing, lines=(*drawing.lines, dataclasses.replace(first, net=99)))
    assert along_one_another(again)


@FEWER
@given(SHAPES)
def test_a_home_s_outlines_hold_its_people_and_no_others(family: Family) -> None:
    drawing = draw(family)
    around = set(generations(family).around)
    for household in family.households:
        mine = [outline for outline in drawing.outlines if outline.label == household.label]
        assert {who for outline in mine for who in outline.members} == set(household.members) - around
        for outline in mine:
            for figure in drawing.figures:
                if figure.id not in around:
                    middle = figure.x + figure.width / 2, figure.y + figure.height / 2
                    assert within(middle, outline.points) is (figure.id in outline.members)


def within(point: tuple[float, float], points: tuple[tuple[int, int], ...]) -> bool:
    x, y = point
    inside = False
    for (left, top), (right, bottom) in zip(points, points[1:] + points[:1], strict=True):
        if (top > y) != (bottom > y) and x < left + (y - top) * (right - left) / (bottom - top):
            inside = not inside
    return inside


@given(st.integers(1, 60))
@settings(max_examples=20)
def test_a_large_family_goes_on_in_further_rows(many: int) -> None:
    children = tuple(Person(f"c{n}", f"Child {n}", born=date(2000, 1, 1), subject=n == 0) for n in range(many))
    parents = (Person("m", "Mother", Sex.FEMALE), Person("f", "Father", Sex.MALE))
    drawing = draw(Family(ON, (*parents, *children), tuple(both("m", "f", *(child.id for child in children)))))
    assert drawing.width < 1900
    assert overlapping(drawing) == []
    order = [figure.id for figure in sorted(drawing.figures, key=lambda figure: (figure.y, figure.x))][2:]
    assert order == [child.id for child in children], "siblings of one age stay in the order they are given in"


def test_siblings_stand_by_age_the_oldest_first() -> None:
    drawing = draw(big())
    children = [figure for figure in drawing.figures if figure.id.startswith("c") and figure.id[1:].isdigit()]
    children.sort(key=lambda figure: (figure.y, figure.x))
    assert [figure.id for figure in children] == [f"c{n}" for n in range(12)]


def symbols(family: Family) -> dict[str, tuple[str, bool, bool]]:
    return {figure.id: (figure.shape, figure.died, figure.subject) for figure in draw(family).figures}


def test_symbols_are_those_of_a_genogram() -> None:
    found = symbols(big())
    assert found["m"] == ("circle", False, False)
    assert found["f"] == ("square", False, False)
    assert found["gm"] == ("circle", True, False)
    assert found["gf"] == ("square", True, False), "dead, though the day is not known"
    assert found["gc"] == ("triangle", False, False)
    assert found["c7"] == ("square", False, True)
    assert found["y"] == ("diamond", False, False)


@pytest.mark.parametrize(
    ("bond", "strikes"),
    [(Bond.MARRIED, []), (Bond.PARTNERS, []), (Bond.SEPARATED, [1]), (Bond.ENDED, [1]), (Bond.DIVORCED, [2])],
)
def test_a_couple_that_parted_is_struck_through(bond: Bond, strikes: list[int]) -> None:
    persons = (Person("m", "Mother", Sex.FEMALE), Person("f", "Father", Sex.MALE), Person("a", "Child", subject=True))
    drawing = draw(Family(ON, persons, (*both("m", "f", "a"), Couple("m", "f", bond))))
    assert [each.times for each in drawing.strikes] == strikes
    assert {line.style for line in drawing.lines} == {"birth", f"couple-{bond.value}"}
    assert {key.style for key in drawing.key} == {"birth", f"couple-{bond.value}"}


def test_a_man_stands_left_of_a_woman_and_partners_side_by_side() -> None:
    places = {figure.id: figure for figure in draw(FAMILIES["nuclear"]()).figures}
    assert places["f"].x < places["m"].x and places["f"].y == places["m"].y
    row = [figure.id for figure in sorted(draw(blended()).figures, key=lambda figure: (figure.y, figure.x))][:4]
    assert row in (["s", "m", "d", "dp"], ["dp", "d", "m", "s"]), "each between those she has children with"


def test_a_step_parent_is_said_by_the_couple_and_not_by_a_line_of_his_own() -> None:
    drawing = draw(blended())
    assert Parent("s", "a", How.STEP) in drawing.in_words
    assert "stepfather" in {words.text for figure in drawing.figures if figure.id == "s" for words in figure.words}


def test_an_age_stands_in_the_symbol_and_not_of_one_who_died() -> None:
    inside = {
        figure.id: [words.text for words in figure.words if words.style == "age"] for figure in draw(big()).figures
    }
    assert (inside["c7"], inside["gm"], inside["gc"]) == (["10"], [], [])


@given(st.text(max_size=200), st.integers(40, 200), st.integers(1, 6), st.booleans())
def test_words_are_broken_so_that_they_stay_in_their_room(text: str, width: int, most: int, bold: bool) -> None:
    lines = wrapped(text, width, 13, most, bold=bold)
    assert len(lines) <= most
    for line in lines[:-1]:
        assert width_of(line, 13) <= width
    if len(lines) < most:
        kept = "".join("".join(lines).split()).replace("-", "")
        assert kept == "".join(text.split()).replace("-", "")


def test_a_double_name_is_broken_at_its_hyphen() -> None:
    assert wrapped("Ada Fairclough-Adeyemi", 150, 15, 3, bold=True) == ["Ada Fairclough-", "Adeyemi"]


def test_one_person_or_none_is_a_drawing_too() -> None:
    alone = draw(Family(ON, (Person("a", "Noah", subject=True, born=date(2020, 1, 1)),)))
    assert [figure.id for figure in alone.figures] == ["a"] and alone.lines == () and alone.key == ()
    assert draw(Family(ON, ())).figures == ()
    apart = Family(ON, (Person("a", "Noah", subject=True), Person("n", "Neighbour")), (Link("n", "a", "neighbour"),))
    assert {words.text for words in draw(apart).words} == {"Others who matter to the family"}


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Family(ON, (Person("a", ""), Person("a", ""))), "twice"),
        (lambda: Family(ON, (Person("a", ""),), (Parent("a", "a"),)), "of their own"),
        (lambda: Family(ON, (Person("a", ""),), (Parent("a", "b"),)), "not in the family"),
        (lambda: Family(ON, (Person("a", ""),), (), (Household("Home", ("b",)),)), "not in the family"),
        (lambda: Family(ON, (Person("|1|2", ""),)), "stroke"),
    ],
)
def test_what_does_not_fit_together_is_refused(make: Callable[[], Family], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()
