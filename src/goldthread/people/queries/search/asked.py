"""What someone types who looks for a child, read into what can be looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldthread.kernel.errors import RuleBroken
from goldthread.people import identifiers, texts
from goldthread.people.addresses import Place, place, postcode
from goldthread.people.contact_points import email, phone
from goldthread.people.date_matching import OLDEST, Birth, Known, Span, about
from goldthread.people.matching import Sought
from goldthread.people.names import PersonName, name_of

NOTHING_ASKED = "Enter a name, a date of birth, a number, an address or a telephone number."


@dataclass(frozen=True, slots=True)
class Search:
    """What is known of the person who is sought; any of it may be missing.

    `name` is a whole name in one piece, or `given` and `family` its parts; `aged` an age that somebody gave as "about".
    `identifier` is any number or reference; `phone` a telephone number or an e-mail address.
    """

    name: str = ""
    given: str = ""
    family: str = ""
    born_on: date | None = None
    expected: bool = False  # the date is the one on which a baby is expected
    aged: int | None = None
    identifier: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A search as it is looked up."""

    sought: Sought
    codes: tuple[str, ...]  # the forms that an identifier may be stored in
    door: Place | None
    reached: str

    @property
    def by_name_or_birth(self) -> bool:
        """Whether a name, a date of birth or an age is known."""
        return bool(self.sought.name.whole) or self.sought.born is not None or self.sought.aged is not None


def read(search: Search, on: date) -> Read:
    """This will read what was typed, or refuse it with a sentence that names the field."""
    whole = texts.said(search.name, 240, "name")
    given, family = texts.said(search.given, 120, "given"), texts.said(search.family, 120, "family")
    name = PersonName(given, family) if given or family else name_of(whole) if whole else PersonName()
    if whole and not name.given:
        name = PersonName("", name.family)
    born = None
    if search.born_on is not None:
        born = Birth(search.born_on, Known.EXPECTED if search.expected else Known.EXACT)
    found = Read(
        Sought(name, born, _aged(search, on)),
        _codes(texts.said(search.identifier, 60, "identifier")),
        _door(texts.said(search.address, 500, "address", lines=True), texts.said(search.postcode, 12, "postcode")),
        _reached(texts.said(search.phone, 254, "phone")),
    )
    if not (found.by_name_or_birth or found.codes or found.door or found.reached):
        raise RuleBroken(NOTHING_ASKED)
    return found


def _aged(search: Search, on: date) -> Span | None:
    if search.aged is None:
        return None
    if not 0 <= search.aged <= OLDEST:
        raise RuleBroken(f"An age is between 0 and {OLDEST} years.", field="aged")
    return about(search.aged, on)


def _codes(said: str) -> tuple[str, ...]:
    """Every form in which what was typed could be stored: as it is, and as each kind that it can be of."""
    if not said:
        return ()
    forms = {identifiers.tidied(said), said.upper(), *(verdict.value for _, verdict in identifiers.guesses(said))}
    return tuple(sorted(form for form in forms if form))


def _door(lines: str, code: str) -> Place | None:
    if code and postcode(code).fault:
        raise RuleBroken(postcode(code).fault, field="postcode")
    if not lines and not code:
        return None
    where = place(lines, code)
    if not (where.postcode or where.street or where.name):
        raise RuleBroken("Enter a house and a street, or a postcode.", field="address")
    return where


def _reached(said: str) -> str:
    if not said:
        return ""
    found = email(said) if "@" in said else phone(said)
    if found.fault:
        raise RuleBroken(found.fault, field="phone")
    return found.value
