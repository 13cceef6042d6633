"""The sorts of facts that are taken in: what makes two of them the same fact, and what of a fact may change."""

from __future__ import annotations

from typing import Any, NamedTuple

from goldthread.people.models import (
    Characteristic,
    ContactPoint,
    Hiding,
    Identifier,
    Membership,
    PersonName,
    Relationship,
    Residence,
    Responsibility,
    Vitals,
)
from goldthread.people.vocabulary import SEVERAL_AT_A_TIME, CharacteristicKind


class Table(NamedTuple):
    """One sort: its rows stand in this order, `owner`, then `identity`, then `mutable`; the last of `mutable` is the end."""

    name: str
    model: Any
    owner: str
    identity: tuple[str, ...]
    mutable: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them."""
        return (self.owner, *self.identity, *self.mutable)


TABLES = {
    table.name: table
    for table in (
        Table("names", PersonName, "person_id", ("given", "family", "from_on"), ("use", "because", "until_on")),
        Table("identifiers", Identifier, "person_id", ("kind", "value", "from_on"), ("suppressed_because", "until_on")),
        Table("characteristics", Characteristic, "person_id", ("kind", "value", "from_on"), ("until_on",)),
        Table("contact_points", ContactPoint, "person_id", ("kind", "value", "from_on"), ("caution", "until_on")),
        Table("hidings", Hiding, "address_id", ("from_on",), ("because", "until_on")),
        Table("residences", Residence, "person_id", ("address_id", "from_on"), ("until_on",)),
        Table("relationships", Relationship, "person_id", ("kind", "other_id", "from_on"), ("how", "until_on")),
        Table(
            "responsibilities",
            Responsibility,
            "child_id",
            ("holder_id", "organisation", "how", "from_on"),
            ("until_on",),
        ),
        Table("memberships", Membership, "person_id", ("record_id", "capacity", "from_on"), ("until_on",)),
    )
}

VITALS = Table(
    "vitals",
    Vitals,
    "person_id",
    (),
    ("sex", "born_on", "born_estimated", "expected_on", "died_on", "until_on"),
)


def merged_vitals(there: tuple[Any, ...], told: tuple[Any, ...]) -> tuple[Any, ...]:
    """This will give what is known when a file tells less, or more, than is there: what it does not tell is not taken away."""
    sex = there[0] if told[0] == "U" else told[0]
    born_on, estimated = (there[1], there[2]) if told[1] is None else (told[1], told[2])
    return (sex, born_on, estimated, told[3] or there[3], told[4] or there[4], there[5])


def one_at_a_time(table: Table, key: tuple[Any, ...]) -> bool:
    """This will say whether a fact, told without a day, takes the place of another of its kind: a year's census tells so."""
    return table.name == "characteristics" and key[2] is None and CharacteristicKind(key[0]) not in SEVERAL_AT_A_TIME
