"""The people of an invented authority as facts: agencies and practitioners, then family by family all who belong to it.

Ids are text and name what they are of: `org:O1`, `team:T1`, `practitioner:W1`, `child:GT0000001`, `person:P1` (an adult),
`address:A1`. Days are dates; periods are half-open: `until_on` is the first day on which it no longer holds, None while
it does. docs/reference/people-file.md gives the meaning of each field and the codes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from goldthread.duties.event import Event


@dataclass(frozen=True, slots=True)
class Organisation:
    """An agency, or a part of one that `part_of` names."""

    id: str
    kind: str
    name: str
    phone: str
    email: str
    from_on: date
    until_on: date | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A team of an organisation."""

    id: str
    organisation: str
    kind: str
    name: str
    phone: str
    email: str
    out_of_hours: bool = False


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Someone who works for an agency; what she does where is in her posts."""

    id: str
    title: str
    given_name: str
    family_name: str
    profession: str
    email: str
    phone: str
    registration_body: str | None = None
    registration_number: str | None = None
    qualifications: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Give the name as others say it."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class Post:
    """What a practitioner does in a team, and when."""

    practitioner: str
    team: str
    role: str
    title: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class CastMember:
    """A practitioner whom a visitor can be: a key that stays the same, and a sentence about what she will find."""

    key: str
    practitioner: str
    says: str


@dataclass(frozen=True, slots=True)
class Agencies:
    """All agencies with their practitioners, past and present; whatever a family refers to is here."""

    organisations: tuple[Organisation, ...]
    teams: tuple[Team, ...]
    practitioners: tuple[Practitioner, ...]
    posts: tuple[Post, ...]
    cast: tuple[CastMember, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A name that someone has or had; `use` is current, former, known-as, variant or before-birth."""

    use: str
    given: str
    family: str
    from_on: date | None = None
    until_on: date | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number by which someone is known; a suppressed one is held and not shown, with the reason."""

    kind: str
    value: str
    from_on: date | None = None
    until_on: date | None = None
    suppressed_because: str | None = None


@dataclass(frozen=True, slots=True)
class Characteristic:
    """Something that is so of someone: ethnicity, disability, religion, language, interpreter or communication."""

    kind: str
    value: str
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A telephone number or an e-mail address of someone; `caution` says what to mind before using it."""

    kind: str
    value: str
    from_on: date | None = None
    until_on: date | None = None
    caution: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A child, born or unborn, or an adult; `sex` is F, M or U (not known, or unborn)."""

    id: str
    sex: str
    names: tuple[Name, ...]
    born_on: date | None = None
    born_estimated: bool = False
    expected_on: date | None = None
    died_on: date | None = None
    identifiers: tuple[Identifier, ...] = ()
    characteristics: tuple[Characteristic, ...] = ()
    contact_points: tuple[ContactPoint, ...] = ()

    @property
    def is_child(self) -> bool:
        """Say whether she has a record of her own."""
        return self.id.startswith("child:")


@dataclass(frozen=True, slots=True)
class Address:
    """A place where people live; a hidden one is shown to nobody without need, with the reason."""

    id: str
    lines: tuple[str, ...]
    town: str
    postcode: str
    hidden_because: str | None = None


@dataclass(frozen=True, slots=True)
class Residence:
    """Someone lives at an address; those who live at the same one at the same time are a household."""

    person: str
    address: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Relationship:
    """`person` is `kind` `other`, as in P1 is parent-of GT1; siblings follow from their parents and are not told."""

    kind: str
    person: str
    other: str
    how: str | None = None
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Someone, or the local authority, has parental responsibility for a child, and how it was acquired."""

    child: str
    holder: str
    how: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A file that is opened or not opened as a whole; its id is that of its subject."""

    id: str
    kind: str
    opened_on: date
    sensitivity: str = "standard"
    team: str | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Someone belongs to a record, and in which capacity: subject, parent, carer, sibling, household, family, network."""

    record: str
    person: str
    capacity: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Involvement:
    """A practitioner, or a whole team, works with whom a record is about."""

    record: str
    capacity: str
    from_on: date
    practitioner: str | None = None
    team: str | None = None
    until_on: date | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Restriction:
    """A record that only the named practitioners may know of, and why."""

    record: str
    because: str
    named: tuple[str, ...]
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A practitioner who must never see a record: relative, subject-of-concern or friend."""

    record: str
    practitioner: str
    kind: str
    says: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A family with all that is known of it, or at the end what concerns none: for a loader to take in at one go.

    Persons and addresses are told once; a later batch may refer to those of an earlier one (a parent in two families).
    Events are in the order of their days and are not repeated either.
    """

    family: str | None
    persons: tuple[Person, ...] = ()
    addresses: tuple[Address, ...] = ()
    residences: tuple[Residence, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    records: tuple[Record, ...] = ()
    memberships: tuple[Membership, ...] = ()
    involvements: tuple[Involvement, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    events: list[Event] = field(default_factory=list)
    showcase: str | None = None
