"""An authority of a few families told by hand, for the tests of taking in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, cast

from goldthread.invented import people_files
from goldthread.invented.people import Agencies, Told
from goldthread.invented.standing import Standing, demo

ON = date(2026, 5, 14)
AT = datetime(2026, 5, 14, 9, tzinfo=UTC)
LATER = AT + timedelta(days=1)


@cache
def _told() -> tuple[Standing, tuple[Told, ...]]:
    standing = demo(ON, 3)
    return standing, tuple(islice(standing.families(), 10))


class Few:
    """The first families of a demonstration, as a standing authority gives them."""

    years: tuple[int, ...] = ()

    def __init__(self, families: int = 10) -> None:
        standing, self._families = _told()
        self.name, self.on, self.seed, self.size, self.rich = "Few", ON, 3, 1.0, 1.0
        self.agencies: Agencies = standing.agencies
        self._families = self._families[:families]

    def families(self) -> Iterator[Told]:
        return iter(self._families)

    @property
    def children(self) -> int:
        return sum(one.is_child for told in self._families for one in told.persons)

    @property
    def events(self) -> list[Any]:
        return [event for told in self._families for event in told.events]


def standing(families: int = 10) -> Standing:
    return cast(Standing, Few(families))


def folder(tmp_path: Path, families: int = 10) -> Path:
    """The same as a folder."""
    path = tmp_path / "authority"
    path.mkdir(parents=True)
    people_files.write(path, standing(families))
    return path
