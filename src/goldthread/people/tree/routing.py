"""The lines of the drawing: each net runs in the channels between the rows, and no two nets run on one another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from goldthread.people.tree.family import Bond, How
from goldthread.people.tree.placing import Grid

SYMBOL = 40
"""The width and height of a person's symbol, at the left of her card."""

LANE = 14
ABOVE = 46
"""Space between the latest lane of a channel and the row beneath: outlines of homes and their labels."""
BENEATH = 24
"""Space between a row and the first lane of the channel beneath it."""

_APART = (7, 5, 3)
"""How near upright lines of different nets come: as far apart as there is room for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line through points. `style` says what it means; `net` tells lines that belong together."""

    points: tuple[tuple[int, int], ...]
    style: str
    net: int


@dataclass(frozen=True, slots=True)
class Strike:
    """A couple's line struck through at a place: once for a separation, twice for a divorce."""

    x: int
    y: int
    times: int


@dataclass(frozen=True, slots=True)
class LineWord:
    """A word beside a line."""

    x: int
    y: int
    word: str


@dataclass
class Routed:
    """Where each row begins, how high the whole is, and the lines."""

    tops: list[int]
    height: int
    lines: list[Line] = field(default_factory=list)
    strikes: list[Strike] = field(default_factory=list)
    words: list[LineWord] = field(default_factory=list)


@dataclass
class _Leg:
    """A net within one channel: what comes down into it and what leaves it below, and its lanes."""

    number: int
    uppers: list[tuple[float, str]]
    lowers: list[tuple[float, str]]
    couple: bool
    trunk: float | None = None
    couple_lane: int = -1
    lower_lane: int = -1

    @property
    def upper_span(self) -> tuple[float, float]:
        return min(x for x, _ in self.uppers), max(x for x, _ in self.uppers)

    @property
    def lower_span(self) -> tuple[float, float]:
        xs = [x for x, _ in self.lowers] + ([self.trunk] if self.trunk is not None else [])
        return min(xs), max(xs)


def _ports(grid: Grid) -> dict[tuple[int, str], float]:
    """This will give where on a symbol's lower edge each net of a parent begins, in the order in which they lead away."""
    begins: dict[str, list[tuple[float, int]]] = {}
    for number, net in enumerate(grid.nets):
        for who in net.parents:
            others = [grid.middle(each) for each in (*net.parents, *net.children) if each != who]
            begins.setdefault(who, []).append((sum(others) / len(others) if others else 0, number))
    found: dict[tuple[int, str], float] = {}
    for who, nets in begins.items():
        step = min(10.0, (SYMBOL - 8) / max(len(nets) - 1, 1))
        for place, (_, number) in enumerate(sorted(nets)):
            found[number, who] = grid.left[who] + SYMBOL / 2 + (place - (len(nets) - 1) / 2) * step
    return found


class _Used:
    """The upright lines of a channel, so that a new one of another net keeps away from them."""

    def __init__(self) -> None:
        self.xs: list[tuple[float, int]] = []

    def free(self, x: float, number: int, apart: int) -> bool:
        return all(other == number or abs(x - there) >= apart for there, other in self.xs)

    def take(self, wished: float, number: int, least: float, most: float) -> float:
        """This will keep the free place within bounds that is nearest to the wished one; where there is none, less free."""
        wished = min(max(wished, least), most)
        steps = [0.0] + [sign * step for step in range(1, round(most - least) + 1) for sign in (1, -1)]
        tried = [wished + step for step in steps if least <= wished + step <= most]
        x = next((x for apart in _APART for x in tried if self.free(x, number, apart)), wished)
        self.xs.append((x, number))
        return x


def _legs(grid: Grid) -> list[list[_Leg]]:
    """This will give the legs of every channel, from the one above the first row to the one beneath the latest."""
    ports = _ports(grid)
    crossing: dict[tuple[int, int], float] = {}
    channels: list[list[_Leg]] = []
    for channel in range(-1, len(grid.rows)):
        used, legs = _Used(), []
        for number, net in enumerate(grid.nets):
            first, meeting, latest = grid.spans(net)
            if not first <= channel < max(latest, meeting + 1):
                continue
            uppers = [(ports[number, who], who) for who in net.parents if grid.row_of[who] == channel]
            if (number, channel) in grid.passages:
                uppers.append((crossing[number, channel], ""))
            used.xs += [(x, number) for x, _ in uppers]
            legs.append(_Leg(number, uppers, [], channel == meeting and len(uppers) > 1))
        for leg in legs:
            net, below = grid.nets[leg.number], channel + 1
            _, meeting, _ = grid.spans(net)
            for who in net.children:
                if grid.row_of[who] == below:
                    middle = grid.left[who] + SYMBOL / 2
                    wished = (
                        leg.uppers[0][0] if len(leg.uppers) == 1 and abs(leg.uppers[0][0] - middle) < 12 else middle
                    )
                    leg.lowers.append((used.take(wished, leg.number, middle - 18, middle + 18), who))
            if passage := grid.passages.get((leg.number, below)):
                middle = grid.middle(passage)
                x = used.take(middle, leg.number, middle - 12, middle + 12)
                crossing[leg.number, below] = x
                leg.lowers.append((x, ""))
        for leg in legs:
            if leg.couple and leg.lowers:
                least, most = leg.upper_span
                lowers = [x for x, _ in leg.lowers]
                wished = min(max(sum(lowers) / len(lowers), least + 12), most - 12)
                leg.trunk = used.take(wished, leg.number, least + 9, most - 9)
            elif leg.uppers:
                leg.trunk = leg.uppers[0][0]
        channels.append(legs)
    return channels


def _lanes(spans: Iterable[tuple[tuple[float, float], int]], *, narrow_first: bool) -> tuple[dict[int, int], int]:
    """This will give each span a lane on which it meets no other, and say how many lanes there are."""
    lanes: list[list[tuple[float, float]]] = []
    found: dict[int, int] = {}
    ordered = sorted(spans, key=lambda each: (each[0][1] - each[0][0]) * (1 if narrow_first else -1))
    for (begin, end), place in ordered:
        lane = next(
            (
                number
                for number, taken in enumerate(lanes)
                if all(end + _APART[0] < there or begin - _APART[0] > upto for there, upto in taken)
            ),
            len(lanes),
        )
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((begin, end))
        found[place] = lane
    return found, len(lanes)


def routed(grid: Grid, heights: list[int], shapes: Mapping[str, str]) -> Routed:
    """This will lay the lines and so find how far apart the rows are.

    `heights` are those of the rows' tallest cards; `shapes` are the symbols, to whose edges the lines lead.
    """
    channels = _legs(grid)
    found = Routed([], 0)
    y = 0
    for channel, legs in enumerate(channels, start=-1):
        couples, many = _lanes(
            ((leg.upper_span, place) for place, leg in enumerate(legs) if leg.couple), narrow_first=True
        )
        lowers = ((leg.lower_span, place) for place, leg in enumerate(legs) if leg.lowers and not _straight(leg))
        lower, more = _lanes(lowers, narrow_first=False)
        bottom = found.tops[channel] + SYMBOL if channel >= 0 else 0
        first = y + (BENEATH if channel >= 0 else 0)
        second = first + many * LANE + (6 if many and more else 0)
        beneath = second + more * LANE + (ABOVE if channel + 1 < len(heights) else 0)
        for place, leg in enumerate(legs):
            couple_y = first + couples[place] * LANE if place in couples else None
            lower_y = second + lower[place] * LANE if place in lower else None
            _draw(found, grid, shapes, leg, bottom, couple_y, lower_y, beneath)
        if channel + 1 < len(heights):
            found.tops.append(beneath)
            y = beneath + heights[channel + 1]
        else:
            y = beneath
    found.height = y
    return found


def _straight(leg: _Leg) -> bool:
    """Whether the only line below goes straight on from where it comes."""
    begin, end = leg.lower_span
    return end - begin < 1 and leg.trunk is not None


def _inset(shape: str, aside: float, *, lower: bool) -> float:
    """This will say how far within its square a symbol's edge lies, so far aside of its middle."""
    half, aside = SYMBOL / 2, min(abs(aside), SYMBOL / 2)
    match shape:
        case "circle":
            return half - math.sqrt(half * half - aside * aside)
        case "diamond":
            return aside
        case "triangle" if not lower:
            return 2 * aside
    return 0


def _draw(
    found: Routed,
    grid: Grid,
    shapes: Mapping[str, str],
    leg: _Leg,
    symbols: int,
    couple_y: int | None,
    lower_y: int | None,
    end: int,
) -> None:
    """This will add the lines of a leg: from above to its lanes, along them, and down to what is beneath.

    `symbols` is where the symbols of the row above end; a passage's line comes from the row's beginning instead, which
    `grid` and the earlier legs have already drawn down to.
    """
    net = grid.nets[leg.number]
    style = net.how.value if net.how else ("related" if net.children else "couple")
    ties = f"couple-{net.bond.value}" if net.bond else "together" if net.apart else style

    def top(x: float, who: str) -> float:
        return symbols - _inset(shapes[who], x - grid.left[who] - SYMBOL / 2, lower=True) if who else symbols - SYMBOL

    def foot(x: float, who: str) -> float:
        return end + _inset(shapes[who], x - grid.left[who] - SYMBOL / 2, lower=False) if who else end

    def add(points: list[tuple[float, float]], kind: str) -> None:
        found.lines.append(Line(tuple((round(x), round(y)) for x, y in points), kind, leg.number))

    if couple_y is not None:
        (left, left_id), *between, (right, right_id) = sorted(leg.uppers)
        add([(left, top(left, left_id)), (left, couple_y), (right, couple_y), (right, top(right, right_id))], ties)
        for x, who in between:
            add([(x, top(x, who)), (x, couple_y)], ties)
        times = {Bond.SEPARATED: 1, Bond.ENDED: 1, Bond.DIVORCED: 2}.get(net.bond, 0) if net.bond else 0
        if times:
            aside = leg.trunk if leg.trunk is not None else left
            # Beside the trunk, on the longer half.
            place = (aside + right) / 2 if right - aside >= aside - left else (left + aside) / 2
            found.strikes.append(Strike(round(place), couple_y, times))
    if not leg.lowers:
        return
    if leg.trunk is not None:
        begin = couple_y if couple_y is not None else top(*leg.uppers[0])
        upto = lower_y if lower_y is not None else foot(*leg.lowers[0])
        add([(leg.trunk, begin), (leg.trunk, upto)], style)
    if lower_y is not None:
        low, high = leg.lower_span
        add([(low, lower_y), (high, lower_y)], style)
        for x, who in leg.lowers:
            add([(x, lower_y), (x, foot(x, who))], style)
    if net.word and any(who for _, who in leg.lowers):
        x, y = leg.lowers[0][0], (lower_y if lower_y is not None else end - ABOVE) - 4
        found.words.append(LineWord(round(x) + 4, round(y), net.word))


STYLES: dict[str, str] = {
    How.BIRTH: "birth parent and child",
    How.ADOPTIVE: "adopted",
    How.STEP: "step-parent",
    How.GUARDIAN: "special guardian",
    How.FOSTER: "foster carer",
    How.CARER: "carer",
    How.UNSURE: "not certain, or related in another way",
    "related": "siblings or other relatives",
    "couple-married": "married",
    "couple-partners": "partners",
    "couple-separated": "separated (one stroke)",
    "couple-divorced": "divorced (two strokes)",
    "couple-ended": "former partners (one stroke)",
    "couple-unsure": "perhaps partners",
    "together": "parents of one child, nothing known of them as a couple",
}
"""What each style of line means."""
