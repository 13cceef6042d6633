"""Who stands in which row of the drawing, and in what order: partners together, siblings by age, homes side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from goldthread.people.tree.family import Family, Sex
from goldthread.people.tree.nets import Net

WIDEST = 6
"""People in one row; a larger generation goes on in a row beneath."""

_SWEEPS = 4

Block = list[str]


def rows(family: Family, level: dict[str, int], nets: Iterable[Net]) -> list[list[str]]:
    """This will give the rows from the oldest generation down; a generation too wide for one row takes several."""
    if not level:
        return []
    nets = tuple(nets)
    order = _Order(family, level, nets)
    order.improve()
    found: list[list[str]] = []
    for blocks in order.blocks:
        found += _wrapped(blocks)
    return found


def _wrapped(blocks: list[Block]) -> list[list[str]]:
    """This will part a generation into rows of about one length without parting partners."""
    people = sum(map(len, blocks))
    lines = math.ceil(people / WIDEST)
    if not people:
        return []
    length = math.ceil(people / lines)
    found: list[list[str]] = [[]]
    for block in blocks:
        if found[-1] and len(found[-1]) + len(block) > max(length, min(WIDEST, length + 1)):
            found.append([])
        found[-1] += block
    return found


class _Order:
    """The blocks of each generation, a block being those who are partners of one another, in an order to be improved."""

    def __init__(self, family: Family, level: dict[str, int], nets: tuple[Net, ...]) -> None:
        self.family, self.level, self.nets = family, level, nets
        self.age = {person.id: _age_key(person.born, person.due, place) for place, person in enumerate(family.persons)}
        self.above: dict[str, list[Net]] = {who: [] for who in level}
        self.beneath: dict[str, list[Net]] = {who: [] for who in level}
        for net in nets:
            for child in net.children:
                self.above[child].append(net)
            for parent in net.parents:
                self.beneath[parent].append(net)
        self.homes: dict[str, list[tuple[str, ...]]] = {who: [] for who in level}
        for household in family.households:
            members = tuple(who for who in household.members if who in level)
            for who in members:
                self.homes[who].append(members)
        self.blocks = [self._blocks_of(at) for at in range(max(level.values()) + 1)]
        self.place: dict[str, float] = {}
        for at in range(len(self.blocks)):
            self._number(at)

    def _blocks_of(self, at: int) -> list[Block]:
        members = sorted((who for who, row in self.level.items() if row == at), key=self.age.__getitem__)
        partners: dict[str, list[str]] = {who: [] for who in members}
        for net in self.nets:
            here = [who for who in net.parents if who in partners]
            for who in here:
                partners[who] += [each for each in here if each != who and each not in partners[who]]
        found, seen = [], set[str]()
        # Beginning with those who have one partner makes a chain: a former partner, the mother, her husband.
        for who in sorted(members, key=lambda who: len(partners[who]) != 1):
            if who not in seen:
                block: Block = []
                self._chain(who, partners, block, seen)
                found.append(self._man_first(block))
        return sorted(found, key=lambda block: min(self.age[who] for who in block))

    def _chain(self, who: str, partners: dict[str, list[str]], block: Block, seen: set[str]) -> None:
        seen.add(who)
        block.append(who)
        for other in sorted(partners[who], key=lambda each: len(partners[each])):
            if other not in seen:
                self._chain(other, partners, block, seen)

    def _man_first(self, block: Block) -> Block:
        """This will turn a pair so that a man stands left of a woman, as in most family trees; others stay as they are."""
        sexes = [self.family.people[who].sex for who in block]
        return block[::-1] if sexes == [Sex.FEMALE, Sex.MALE] else block

    def _number(self, at: int) -> None:
        row = [who for block in self.blocks[at] for who in block]
        for place, who in enumerate(row):
            self.place[who] = place - (len(row) - 1) / 2

    def improve(self) -> None:
        """This will sweep down and up, putting everyone near those she is tied to, and keep the best order seen."""
        best, cost = [[list(block) for block in row] for row in self.blocks], self._cost()
        for sweep in range(2 * _SWEEPS):
            down = sweep % 2 == 0
            for at in range(len(self.blocks)) if down else reversed(range(len(self.blocks))):
                self._sort(at, down)
            now = self._cost()
            if now < cost:
                best, cost = [[list(block) for block in row] for row in self.blocks], now
        self.blocks = best
        for at in range(len(self.blocks)):
            self._number(at)

    def _sort(self, at: int, down: bool) -> None:
        wished = {who: self._wish(who, down) for block in self.blocks[at] for who in block}

        def key(block: Block) -> tuple[float, object]:
            wishes = [wish for who in block if (wish := wished[who]) is not None]
            here = sum(wishes) / len(wishes) if wishes else sum(self.place[who] for who in block) / len(block)
            return round(here, 3), min(self.age[who] for who in block)

        for place, block in enumerate(self.blocks[at]):
            turned = block[::-1]
            if len(block) > 1 and self._turn_cost(turned, wished) < self._turn_cost(block, wished):
                self.blocks[at][place] = turned
        self.blocks[at].sort(key=key)
        self._number(at)

    def _turn_cost(self, block: Block, wished: dict[str, float | None]) -> float:
        """How badly the order within a block fits what its members wish: the sum of wishes that are out of order."""
        wishes = [wish for who in block if (wish := wished[who]) is not None]
        return sum(max(left - right, 0) for place, left in enumerate(wishes) for right in wishes[place + 1 :])

    def _wish(self, who: str, down: bool) -> float | None:
        near: list[float] = []
        for net in self.above[who] if down else self.beneath[who]:
            ties = net.parents if down else net.children
            if ties:
                near.append(sum(self.place[each] for each in ties) / len(ties))
        if not near and not down:
            return None
        for members in self.homes[who]:
            others = [
                self.place[each]
                for each in members
                if each != who and self.level[each] == self.level[who] + (-1 if down else 1)
            ]
            if others and near:
                near.append(sum(others) / len(others))
        return sum(near) / len(near) if near else None

    def _cost(self) -> float:
        """How far the order is from a good drawing; lines that cross weigh most."""
        place, level = self.place, self.level
        cost = 0.0
        ties: list[tuple[int, float, float]] = []
        for net in self.nets:
            middle = sum(place[who] for who in net.parents) / len(net.parents) if net.parents else 0.0
            if len(net.parents) > 1:
                ends = [place[who] for who in net.parents]
                cost += 2 * (max(ends) - min(ends) - 1)
            if net.parents:
                for child in net.children:
                    cost += 0.25 * abs(place[child] - middle)
                    ties.append((level[child], middle, place[child]))
            ages = sorted(net.children, key=self.age.__getitem__)
            cost += 1.5 * sum(place[one] > place[other] for one, other in pairwise(ages))
        for number, (row, middle, here) in enumerate(ties):
            for other_row, other_middle, there in ties[number + 1 :]:
                if row == other_row and (middle - other_middle) * (here - there) < 0:
                    cost += 3
        for household in self.family.households:
            for row in {level[who] for who in household.members if who in level}:
                members = [place[who] for who in household.members if level.get(who) == row]
                cost += 1.5 * (max(members) - min(members) + 1 - len(members))
        return cost


def _age_key(born: date | None, due: date | None, place: int) -> tuple[date, int]:
    return born or due or date.max, place
