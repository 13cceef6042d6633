"""Who may be the person that is sought: name and date of birth together, in words and in an order, without any score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from goldthread.people.date_matching import Birth, Near, Nearness, Span, nearness, nearness_of_age
from goldthread.people.name_matching import explain, search_keys
from goldthread.people.names import PersonName


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of the person who is sought; any of it may be missing."""

    name: PersonName = field(default_factory=PersonName)
    born: Birth | None = None
    aged: Span | None = None

    @property
    def keys(self) -> frozenset[str]:
        return search_keys(self.name)


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person as she is held: every name with a word for it ("until 2019", "known as"; empty for the present one)."""

    id: str
    names: tuple[tuple[PersonName, str], ...]
    born: Birth | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A person who may be the sought one, and why in words; `name` is the one of her names that matched best."""

    id: str
    name: PersonName
    words: tuple[str, ...]
    order: tuple[int, ...]


def match(sought: Sought, held: Bearer) -> Match | None:
    """This will say why a person may be the sought one, or give None.

    Half a name is enough only together with a date of birth that is near; a date that is not near speaks against, and
    is said, but does not hide a person whose whole name is like the sought one.
    """
    near = _near(sought, held)
    asked_for_date = sought.born is not None or sought.aged is not None
    dates = (near.words,) if near else ("the date of birth is different",) if asked_for_date and held.born else ()
    if not sought.name.whole:
        return Match(held.id, held.names[0][0], dates, (0, near.near, 0)) if near and held.names else None
    likenesses = [
        (likeness.order, place, name, note, likeness)
        for place, (name, note) in enumerate(held.names)
        if (likeness := explain(sought.name, name))
    ]
    if not likenesses:
        return None
    _, _, name, note, likeness = min(likenesses, key=lambda each: each[:2])
    if likeness.in_part and (near is None or near.near > Near.SAME_MONTH):
        return None
    words = tuple(f"{said} ({note})" if note and place == 0 else said for place, said in enumerate(likeness.words))
    apart = near.near if near else len(Near) if asked_for_date else 0
    # Name and date weigh alike: each is a count of steps away from the same.
    return Match(
        held.id, name, words + dates, (likeness.order[0] * 6 + likeness.order[1] + apart, *likeness.order, apart)
    )


def _near(sought: Sought, held: Bearer) -> Nearness | None:
    if held.born is None:
        return None
    if sought.born is not None:
        return nearness(sought.born, held.born)
    return nearness_of_age(sought.aged, held.born) if sought.aged is not None else None


def ranked(sought: Sought, held: Iterable[Bearer]) -> list[Match]:
    """This will give those who may be the sought person, the likeliest first; equal ones in the order of their ids."""
    found = [one for each in held if (one := match(sought, each))]
    return sorted(found, key=lambda one: (one.order, one.id))
