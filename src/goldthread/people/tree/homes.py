"""Who lives with whom: an outline round the people of one home, in each place where they stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from goldthread.people.tree.family import Family, Household

_MARGINS = (8, 13, 18)
_LABEL = 15


class Standing(Protocol):
    """A person's place in the drawing."""

    @property
    def id(self) -> str: ...
    @property
    def x(self) -> int: ...
    @property
    def y(self) -> int: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Outline:
    """A line round some people of one home. `pattern` tells homes apart; `label_x` and `label_y` are where its name is."""

    label: str
    shown: str
    pattern: int
    points: tuple[tuple[int, int], ...]
    label_x: int
    label_y: int
    members: tuple[str, ...]


@dataclass
class _Run:
    """Members of one home who stand side by side in a row."""

    row: int
    left: int
    top: int
    right: int
    bottom: int
    members: tuple[str, ...]


def outlines(family: Family, figures: Sequence[Standing], rows: Sequence[Sequence[str]]) -> tuple[Outline, ...]:
    """This will draw round the people of each home; runs that stand beneath one another share one outline."""
    places = {figure.id: figure for figure in figures}
    bottoms = [max((places[who].y + places[who].height for who in row), default=0) for row in rows]
    labels: dict[str, int] = {}
    found: list[Outline] = []
    for number, household in enumerate(family.households):
        stacks: list[list[_Run]] = []
        for run in _runs(household, places, rows, bottoms, _MARGINS[number % len(_MARGINS)]):
            above = next((stack for stack in stacks if _beneath(stack[-1], run)), None)
            if above is None:
                stacks.append([run])
            else:
                above.append(run)
        for stack in stacks:
            first = places[stack[0].members[0]]
            # Two homes that begin at the same person have their labels above one another.
            y = first.y - 6 - _LABEL * labels.get(first.id, 0)
            labels[first.id] = labels.get(first.id, 0) + 1
            stack[0].top = y - _LABEL + 2
            members = tuple(who for run in stack for who in run.members)
            shown = household.label if len(household.label) <= 22 else f"{household.label[:21].rstrip()}…"
            found.append(Outline(household.label, shown, number % 4, _round(stack), first.x + 52, y, members))
    return tuple(found)


def _beneath(above: _Run, run: _Run) -> bool:
    """Whether a run stands in the row beneath another, with enough of it below to be drawn as one."""
    return above.row == run.row - 1 and above.left < run.right - 60 and run.left < above.right - 60


def _runs(
    household: Household,
    places: dict[str, Standing],
    rows: Sequence[Sequence[str]],
    bottoms: Sequence[int],
    margin: int,
) -> list[_Run]:
    found = []
    for at, row in enumerate(rows):
        for inside, run in groupby(row, set(household.members).__contains__):
            members = tuple(run)
            if inside:
                first, latest = places[members[0]], places[members[-1]]
                right, bottom = latest.x + latest.width + margin - 4, bottoms[at] + margin - 2
                found.append(_Run(at, first.x - margin, first.y - margin, right, bottom, members))
    return found


def _round(stack: list[_Run]) -> tuple[tuple[int, int], ...]:
    """This will go round a stack of runs: down its right side and up its left."""
    right: list[tuple[int, int]] = []
    left: list[tuple[int, int]] = []
    for place, run in enumerate(stack):
        top = run.top
        if place:
            before = stack[place - 1]
            inner_left, inner_right = max(before.left, run.left), min(before.right, run.right)
            right += [(inner_right, before.bottom), (inner_right, top)]
            left += [(inner_left, before.bottom), (inner_left, top)]
        right += [(run.right, top), (run.right, run.bottom)]
        left += [(run.left, top), (run.left, run.bottom)]
    points = right + left[::-1]
    return tuple(point for place, point in enumerate(points) if point != points[place - 1])
