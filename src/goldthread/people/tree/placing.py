"""Where each card stands in its row: children beneath their parents, parents above their children, nobody on another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from goldthread.people.tree.nets import Net

CARD = 200
"""The width of a person's place in the drawing: symbol and words beside it."""

GAP = 40
PITCH = CARD + GAP
SLOT = 24
"""The width of a passage by which a line crosses a row of people."""

_SWEEPS = 6


@dataclass
class Grid:
    """Rows of places: a person's id, or the passage of a net, whose id is the net's number with a row's."""

    rows: list[list[str]]
    nets: tuple[Net, ...]
    left: dict[str, float] = field(default_factory=dict)
    row_of: dict[str, int] = field(default_factory=dict)
    passages: dict[tuple[int, int], str] = field(default_factory=dict)
    """The place by which a net (its number) crosses a row."""

    def middle(self, who: str) -> float:
        """This will give the middle of a place; of a passage, where its line runs."""
        return self.left[who] + _width(who) / 2

    def spans(self, net: Net) -> tuple[int, int, int]:
        """This will give the first row in which a net begins, the row beneath which its parents meet, its latest row."""
        above = [self.row_of[who] for who in net.parents]
        beneath = [self.row_of[who] for who in net.children]
        meeting = max(above) if above else min(beneath) - 1
        return min(above, default=meeting), meeting, max(beneath, default=meeting)


def _width(who: str) -> int:
    return SLOT if who.startswith("|") else CARD


def placed(rows: list[list[str]], nets: Iterable[Net]) -> Grid:
    """This will place everyone, and make a passage wherever a net has to cross a row."""
    grid = Grid([list(row) for row in rows], tuple(nets))
    grid.row_of = {who: at for at, row in enumerate(rows) for who in row}
    _spread(grid)
    if _passages(grid):
        _spread(grid)
    least = min(grid.left.values(), default=0)
    for who in grid.left:
        grid.left[who] = round(grid.left[who] - least)
    return grid


def _passages(grid: Grid) -> bool:
    """This will put each passage into its row where the line would cross it with the least bend."""
    wanted: list[tuple[int, float, int]] = []
    for number, net in enumerate(grid.nets):
        first, meeting, latest = grid.spans(net)
        ends = [grid.middle(who) for who in (net.children or net.parents)]
        ends += [grid.middle(who) for who in net.parents]
        # Parents or children may stand in a crossed row themselves, beside the passage of those who are further on.
        for row in range(first + 1, max(latest, meeting + 1)):
            wanted.append((row, sum(ends) / len(ends), number))
    for row, target, number in sorted(wanted):
        who = f"|{number}|{row}"
        line = grid.rows[row]
        edges = [grid.left[line[0]] - GAP / 2] if line else [0.0]
        edges += [grid.left[each] + _width(each) + GAP / 2 for each in line]
        at = min(range(len(edges)), key=lambda place: abs(edges[place] - target))
        line.insert(at, who)
        grid.left[who] = edges[at] - SLOT / 2
        grid.row_of[who] = row
        grid.passages[number, row] = who
    return bool(wanted)


def _spread(grid: Grid) -> None:
    for row in grid.rows:
        at = -(sum(_width(who) + GAP for who in row) - GAP) / 2
        for who in row:
            grid.left[who] = at
            at += _width(who) + GAP
    for sweep in range(_SWEEPS):
        order = range(len(grid.rows))
        for number in order if sweep % 2 == 0 else reversed(order):
            wishes = _wishes(grid, number, both=sweep >= _SWEEPS - 2, down=sweep % 2 == 0)
            _settle(grid, grid.rows[number], wishes)


def _wishes(grid: Grid, row: int, *, both: bool, down: bool) -> dict[str, float]:
    """This will give the middles that the places of a row would like, seen from above, from beneath, or from both."""
    wished: dict[str, list[float]] = {who: [] for who in grid.rows[row]}
    for number, net in enumerate(grid.nets):
        here_above = [who for who in grid.rows[row] if who in net.children]
        if here_above and net.parents and (down or both):
            middle = sum(grid.middle(who) for who in net.parents) / len(net.parents)
            for place, who in enumerate(here_above):
                wished[who].append(middle + (place - (len(here_above) - 1) / 2) * PITCH)
        here = [who for who in grid.rows[row] if who in net.parents]
        if here and net.children and (not down or both):
            middle = sum(grid.middle(who) for who in net.children) / len(net.children)
            for place, who in enumerate(here):
                wished[who].append(middle + (place - (len(here) - 1) / 2) * PITCH)
        passage = grid.passages.get((number, row))
        if passage:
            ends = [grid.middle(who) for who in net.parents] + [grid.middle(who) for who in net.children]
            wished[passage].append(sum(ends) / len(ends))
    found = {who: sum(each) / len(each) for who, each in wished.items() if each}
    for net in grid.nets:
        # Someone without ties of her own stays beside her partner.
        here = [who for who in grid.rows[row] if who in net.parents]
        for one, other in pairwise(here):
            if one in found and other not in found:
                found[other] = found[one] + PITCH
            elif other in found and one not in found:
                found[one] = found[other] - PITCH
    return found


def _settle(grid: Grid, row: Sequence[str], wishes: dict[str, float]) -> None:
    """This will bring a row as near to its wishes as it can be in its order with nobody on another (least squares)."""
    offset = 0.0
    pools: list[tuple[float, float, int]] = []  # sum of wishes with their weights, weight, how many places
    offsets = []
    for who in row:
        wish = wishes.get(who)
        weight = 1.0 if wish is not None else 0.05
        target = (wish if wish is not None else grid.middle(who)) - _width(who) / 2 - offset
        offsets.append(offset)
        offset += _width(who) + GAP
        pools.append((target * weight, weight, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            latest, before = pools.pop(), pools.pop()
            pools.append((latest[0] + before[0], latest[1] + before[1], latest[2] + before[2]))
    at = 0
    for total, weight, many in pools:
        for _ in range(many):
            grid.left[row[at]] = total / weight + offsets[at]
            at += 1
