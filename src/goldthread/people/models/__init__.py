"""The tables of people: who they are (`person`), how they belong together (`family`), and how they are found (`index`)."""

from __future__ import annotations

from goldthread.people.models.facts import Fact, held, known
from goldthread.people.models.family import Address, Hiding, Membership, Merge, Relationship, Residence, Responsibility
from goldthread.people.models.index import Bearing, DoorKey, Indexed, Word, WordKey
from goldthread.people.models.person import Characteristic, ContactPoint, Identifier, Person, PersonName, Vitals

__all__ = [
    "Address",
    "Bearing",
    "Characteristic",
    "ContactPoint",
    "DoorKey",
    "Fact",
    "Hiding",
    "Identifier",
    "Indexed",
    "Membership",
    "Merge",
    "Person",
    "PersonName",
    "Relationship",
    "Residence",
    "Responsibility",
    "Vitals",
    "Word",
    "WordKey",
    "held",
    "known",
]
