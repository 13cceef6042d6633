"""A family as a file would tell it, taken in for tests: who belongs to Ada's record, and what must be kept from whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cast import NOW, Cast, actor, cast, involve

from goldthread.access import gate
from goldthread.access.gate import Opened
from goldthread.agencies.models import Practitioner
from goldthread.invented.people import (
    Address,
    Characteristic,
    ContactPoint,
    Identifier,
    Membership,
    Name,
    Person,
    Relationship,
    Residence,
    Responsibility,
    Told,
)
from goldthread.invented.people import Record as ToldRecord
from goldthread.kernel.acting import acting_as, system
from goldthread.people import taking
from goldthread.people.taking import Taken
from goldthread.records.models import Record

OPENED = date(2025, 1, 6)
BORN = date(2016, 3, 4)

ADA, BEN, CLEO, EVE = "child:GT1", "child:GT2", "child:GT3", "child:GT4"
MIRA, SOL, NAN, PETE = "person:P1", "person:P2", "person:P3", "person:P4"


def _belongs(record: str, who: str, capacity: str, until_on: date | None = None) -> Membership:
    return Membership(record, who, capacity, OPENED, until_on)


def told() -> Told:
    """Ada lives with her mother Mira, hidden from her father Sol; her brother Cleo's record is restricted; Ben's is not."""
    return Told(
        "family:F1",
        persons=(
            Person(
                ADA, "F",
                (
                    Name("current", "Ada", "Moor", date(2024, 6, 1)),
                    Name("former", "Ada", "Quill", BORN, date(2024, 6, 1), "changed by deed"),
                    Name("known-as", "Addy", "Moor", BORN),
                ),
                born_on=BORN,
                identifiers=(
                    Identifier("local-child-id", "GT1", OPENED),
                    Identifier("nhs-number", "999 123 4578", BORN),
                    Identifier("upn", "Z820000000010", date(2021, 9, 1), suppressed_because="withdrawn after adoption"),
                ),
                characteristics=(
                    Characteristic("ethnicity", "BAFR", OPENED),
                    Characteristic("language", "Somali", OPENED),
                    Characteristic("interpreter", "Somali", OPENED),
                    Characteristic("communication", "Likes to draw first.", OPENED),
                ),
            ),
            Person(BEN, "M", (Name("current", "Ben", "Moor"),), born_on=date(2019, 7, 1)),
            Person(CLEO, "M", (Name("current", "Cleo", "Secretname"),), born_on=date(2012, 5, 5)),
            Person(EVE, "U", (Name("before-birth", "Baby", "Moor"),), expected_on=date(2026, 7, 1)),
            Person(
                MIRA, "F", (Name("current", "Mira", "Moor"),), born_on=date(1990, 2, 2),
                contact_points=(ContactPoint("mobile", "07700 900325", OPENED, None, "Send a text first."),),
            ),
            Person(SOL, "M", (Name("current", "Sol", "Quill"),), born_on=date(1988, 1, 1), born_estimated=True),
            Person(NAN, "F", (Name("current", "Nan", "Moor"),), died_on=date(2025, 12, 24)),
            Person(PETE, "M", (Name("current", "Pete", "Lark"),)),
        ),
        addresses=(
            Address("address:A1", ("12 Elm Lane",), "Kelder", "ZH1 1AA"),
            Address("address:A2", ("The Refuge", "9 Hidden Row"), "Bramsley", "ZH9 9ZZ", "a violent former partner"),
        ),
        residences=(
            Residence(ADA, "address:A1", BORN, date(2025, 6, 1)),
            Residence(ADA, "address:A2", date(2025, 6, 1)),
            Residence(CLEO, "address:A2", date(2025, 6, 1)),
            Residence(BEN, "address:A1", date(2019, 7, 1)),
            Residence(MIRA, "address:A1", date(2015, 1, 1), date(2025, 6, 1)),
            Residence(MIRA, "address:A2", date(2025, 6, 1)),
            Residence(SOL, "address:A1", date(2015, 1, 1)),
        ),
        relationships=(
            Relationship("partner-of", MIRA, SOL, "living-together", date(2014, 1, 1), date(2025, 6, 1)),
            *(Relationship("parent-of", parent, child, "birth") for parent in (MIRA, SOL) for child in (ADA, BEN)),
            Relationship("parent-of", MIRA, CLEO, "birth"),
            Relationship("grandparent-of", NAN, ADA),
            Relationship("neighbour-of", PETE, ADA, None, date(2020, 1, 1), date(2025, 6, 1)),
        ),
        responsibilities=(Responsibility(ADA, MIRA, "birth-mother", BORN),),
        records=(
            ToldRecord(ADA, "child", OPENED),
            ToldRecord(BEN, "child", OPENED),
            ToldRecord(CLEO, "child", OPENED, "restricted"),
            ToldRecord(EVE, "child", OPENED),
        ),
        memberships=(
            *(_belongs(one, one, "subject") for one in (ADA, BEN, CLEO, EVE)),
            *(_belongs(ADA, one, "sibling") for one in (BEN, CLEO)),
            *(_belongs(BEN, one, "sibling") for one in (ADA, CLEO)),
            *(_belongs(one, who, "parent") for one in (ADA, BEN) for who in (MIRA, SOL)),
            _belongs(CLEO, MIRA, "parent"),
            _belongs(CLEO, ADA, "sibling"),
            _belongs(ADA, NAN, "family"),
            _belongs(ADA, PETE, "network", date(2025, 6, 1)),
        ),
    )  # fmt: skip


@dataclass
class Home:
    """The family as it is held, and the practitioners; Amira and Fern are involved with Ada."""

    people: Cast
    taken: Taken

    def record(self, who: str = ADA) -> Record:
        """The record of one of the children."""
        with acting_as(system("tests")):
            return Record.objects.get(pk=self.taken.records[who])

    def code(self, who: str = ADA) -> str:
        """Its reference."""
        return str(self.record(who).code)

    def person(self, who: str) -> int:
        """The id of one of them."""
        return self.taken.persons[who]

    def opened(self, by: Practitioner | None = None, who: str = ADA) -> Opened:
        """The record as it was let through; what is read of it must be read within `acting_as`."""
        with gate.open_record(by=actor(by or self.people.amira), at=NOW, code=self.code(who)) as opened:
            return opened


def home() -> Home:
    """The family, taken in."""
    people = cast()
    with gate.taking_in(by=system("load"), at=NOW) as one:
        taken = taking.take_in(one, [told()])
    made = Home(people, taken)
    involve(made.record(ADA), people.amira)
    involve(made.record(ADA), people.fern, "school-safeguarding-lead")
    return made
