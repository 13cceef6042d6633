"""Who a child is: the bar over her pages, and all that is known of her, with what is hidden kept back from those without need."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from goldthread.access.gate import Opened
from goldthread.access.vocabulary import Act
from goldthread.kernel.errors import NotFound
from goldthread.people import identifiers, vocabulary
from goldthread.people.contact_points import phone
from goldthread.people.models import (
    Characteristic,
    ContactPoint,
    Hiding,
    Identifier,
    Person,
    PersonName,
    Residence,
    Responsibility,
    Vitals,
    known,
)
from goldthread.people.queries import wording
from goldthread.people.queries.circle import Circle, Somebody, When, circle, when
from goldthread.people.taking.reading import LOADED_AS
from goldthread.people.vocabulary import CharacteristicKind

ADDRESS_WITHHELD = "This address is kept back."
NUMBER_WITHHELD = "This number is kept back."


@dataclass(frozen=True, slots=True)
class Who:
    """What the bar over a child's pages says of her."""

    person: int | None
    name: str
    given: str
    known_as: str
    sex: str
    age: str
    life: str
    born_on: date | None
    unborn: bool
    died_on: date | None
    language: str
    interpreter: str
    communication: tuple[str, ...]
    disabled: bool
    hidden_address: bool  # an address of hers is hidden from those without need


@dataclass(frozen=True, slots=True)
class Held:
    """One fact, with its two times. `row` names it for a change; `value` is empty where it is withheld."""

    row: int
    kind: str
    label: str
    value: str
    from_on: date | None
    until_on: date | None
    past: bool  # it did not hold any more on the day that was asked about
    note: str = ""  # a caution, the reason for a name
    sensitive: str = ""  # why it is kept from some, to those who may know
    withheld: bool = False
    recorded_at: datetime | None = None
    recorded_by: int | None = None  # a practitioner; none where a file told it
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """Where someone lives or lived."""

    row: int
    address: int
    lines: tuple[str, ...]
    from_on: date | None
    until_on: date | None
    past: bool
    hidden: bool = False
    hidden_because: str = ""
    withheld: bool = False
    recorded_at: datetime | None = None
    recorded_by: int | None = None

    @property
    def shown(self) -> str:
        """The address in one line, or the sentence that says it is kept back."""
        return ADDRESS_WITHHELD if self.withheld else ", ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is known of one person, what holds first and what is past after it."""

    person: int
    name: str
    life: str
    sex: str
    vitals: int | None  # the row of birth and death, for a change
    born_on: date | None
    born_estimated: bool
    expected_on: date | None
    died_on: date | None
    names: tuple[Held, ...]
    identifiers: tuple[Held, ...]
    characteristics: tuple[Held, ...]
    contact_points: tuple[Held, ...]
    homes: tuple[Home, ...]
    responsibilities: tuple[Held, ...]


def identity(opened: Opened, on: date | None = None, known_at: datetime | None = None) -> Who:
    """This will say who a child is, as it stood on a day and as it was known at a moment; in as many queries for each child."""
    asked = when(opened, on, known_at)
    found = circle(opened, asked, only_subject=True)
    child = found.subject
    if child is None:
        return Who(None, wording.NOT_RECORDED, "", "", "", "", "", None, False, None, "", "", (), False, False)
    traits: dict[str, list[str]] = {}
    rows = Characteristic.objects.filter(asked.condition, person__in=child.rows).order_by("from_on", "pk")
    for kind, value in rows.values_list("kind", "value"):
        traits.setdefault(kind, []).append(value)
    known_as = PersonName.objects.filter(asked.condition, person__in=child.rows, use="known-as").order_by(
        "-from_on", "-pk"
    )
    called = known_as.values_list("given", "family").first()
    hidden = Residence.objects.filter(
        asked.condition, person__in=child.rows, address__in=hidings(opened).values("address")
    ).exists()
    unborn = child.born_on is None and child.expected_on is not None
    return Who(
        person=child.id,
        name=wording.called(child.given, child.family, unborn=unborn),
        given=child.given,
        known_as=" ".join(called).strip() if called else "",
        sex=vocabulary.SEX_WORDS[child.sex],
        age=wording.aged(child.born_on, child.born_estimated, asked.on, child.died_on),
        life=_life(child, asked.on),
        born_on=child.born_on,
        unborn=unborn,
        died_on=child.died_on,
        language=", ".join(dict.fromkeys(traits.get(CharacteristicKind.LANGUAGE, ()))),
        interpreter=", ".join(dict.fromkeys(traits.get(CharacteristicKind.INTERPRETER, ()))),
        communication=tuple(dict.fromkeys(traits.get(CharacteristicKind.COMMUNICATION, ()))),
        disabled=any(value != "NONE" for value in traits.get(CharacteristicKind.DISABILITY, ())),
        hidden_address=hidden,
    )


def profile(
    opened: Opened, on: date | None = None, known_at: datetime | None = None, *, person: int | None = None
) -> Profile:
    """This will give all that is known of the child, or of someone who belongs to her record; the queries do not grow.

    Raises `NotFound` for whoever does not belong to it, and for whoever the reader may not know of.
    """
    asked = when(opened, on, known_at)
    found = circle(opened, asked, only_subject=person is None, all_times=True)
    who = found.subject if person is None else found.by_row.get(person)
    if who is None:
        raise NotFound("There is nobody of this sort in the record.")
    may = opened.may(Act.SEE_SENSITIVE)
    birth = Vitals.objects.filter(asked.known, person__in=who.rows).order_by("pk")
    return Profile(
        person=who.id,
        name=wording.called(who.given, who.family, unborn=who.born_on is None and who.expected_on is not None),
        life=_life(who, asked.on),
        sex=vocabulary.SEX_WORDS[who.sex],
        vitals=birth.filter(person=who.id).values_list("pk", flat=True).first(),
        born_on=who.born_on,
        born_estimated=who.born_estimated,
        expected_on=who.expected_on,
        died_on=who.died_on,
        names=_names(who, asked),
        identifiers=_identifiers(who, asked, may),
        characteristics=_characteristics(who, asked),
        contact_points=_contact_points(who, asked),
        homes=homes(opened, who.rows, asked),
        responsibilities=_responsibilities(opened, who, asked),
    )


def homes(opened: Opened, rows: Collection[int], asked: When) -> tuple[Home, ...]:
    """This will give where someone lives and lived; a hidden address is kept back from whoever may not see it.

    Whether it is hidden is asked as of now: what was not hidden once must not be read by asking as of then.
    """
    may = opened.may(Act.SEE_SENSITIVE)
    living = Residence.objects.filter(asked.begun, person__in=rows).select_related("address")
    found = list(living.order_by("-from_on", "-pk"))
    hidden = dict(
        hidings(opened).filter(address__in={row.address_id for row in found}).values_list("address", "because")
    )
    made = []
    for row in found:
        because = hidden.get(row.address_id)
        kept_back = because is not None and not may
        where = row.address
        lines = tuple(each for each in (*where.lines.split("\n"), where.town, where.postcode) if each)
        made.append(
            Home(
                row=row.pk,
                address=row.address_id,
                lines=() if kept_back else lines,
                from_on=row.from_on,
                until_on=row.until_on,
                past=_past(row, asked),
                hidden=because is not None,
                hidden_because="" if because is None or kept_back else because,
                withheld=kept_back,
                recorded_at=row.recorded_at,
                recorded_by=row.recorded_by,
            )
        )
    return tuple(sorted(made, key=lambda home: home.past))


def hidings(opened: Opened) -> Any:
    """This will give the rows that hide addresses now, whatever day is asked about."""
    return Hiding.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=opened.on), known(None))


def _life(who: Somebody, on: date) -> str:
    return wording.life(who.born_on, who.born_estimated, who.expected_on, who.died_on, on)


def _past(row: Any, asked: When) -> bool:
    return row.until_on is not None and row.until_on <= asked.on


def _held(row: Any, asked: When, label: str, value: str, **more: Any) -> Held:
    return Held(
        row=row.pk,
        kind=more.pop("kind", ""),
        label=label,
        value=value,
        from_on=row.from_on,
        until_on=row.until_on,
        past=_past(row, asked),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        replaces=row.replaces_id,
        **more,
    )


def _ordered(made: Sequence[Held]) -> tuple[Held, ...]:
    return tuple(sorted(made, key=lambda one: one.past))


def _names(who: Somebody, asked: When) -> tuple[Held, ...]:
    rows = PersonName.objects.filter(asked.begun, person__in=who.rows).order_by("-from_on", "-pk")
    return _ordered([
        _held(
            row, asked, vocabulary.words_of(vocabulary.NAME_WORDS, row.use), f"{row.given} {row.family}".strip(),
            kind=row.use, note=row.because,
        )
        for row in rows
    ])  # fmt: skip


def _identifiers(who: Somebody, asked: When, may: bool) -> tuple[Held, ...]:
    rows = Identifier.objects.filter(asked.begun, person__in=who.rows).exclude(kind=LOADED_AS).order_by("kind", "pk")
    suppressed = {
        (kind, value): because
        for kind, value, because in Identifier.objects.filter(known(None), person__in=who.rows)
        .exclude(suppressed_because="")
        .values_list("kind", "value", "suppressed_because")
    }
    made = []
    for row in rows:
        because = suppressed.get((row.kind, row.value), row.suppressed_because)
        kept_back = bool(because) and not may
        kind = identifiers.KINDS.get(row.kind)
        shown = kind.check(row.value).shown if kind else row.value
        made.append(
            _held(
                row, asked, kind.name if kind else row.kind.replace("-", " "), "" if kept_back else shown,
                kind=row.kind, withheld=kept_back, sensitive="" if kept_back else because,
                note=NUMBER_WITHHELD if kept_back else "",
            )
        )  # fmt: skip
    return _ordered(made)


def _characteristics(who: Somebody, asked: When) -> tuple[Held, ...]:
    rows = Characteristic.objects.filter(asked.begun, person__in=who.rows).order_by("kind", "-from_on", "-pk")
    return _ordered([
        _held(
            row, asked, vocabulary.words_of(vocabulary.CHARACTERISTIC_WORDS, row.kind),
            vocabulary.value_words(row.kind, row.value), kind=row.kind,
        )
        for row in rows
    ])  # fmt: skip


def _contact_points(who: Somebody, asked: When) -> tuple[Held, ...]:
    rows = ContactPoint.objects.filter(asked.begun, person__in=who.rows).order_by("kind", "-from_on", "-pk")
    return _ordered([
        _held(
            row, asked, vocabulary.words_of(vocabulary.CONTACT_WORDS, row.kind),
            row.value if row.kind == "email" else phone(row.value).shown, kind=row.kind, note=row.caution,
        )
        for row in rows
    ])  # fmt: skip


def _responsibilities(opened: Opened, who: Somebody, asked: When) -> tuple[Held, ...]:
    if not who.subject:
        return ()
    rows = list(Responsibility.objects.filter(asked.begun, child__in=who.rows).order_by("from_on", "pk"))
    holders = {row.holder_id for row in rows if row.holder_id is not None}
    names: dict[int, str] = {}
    if holders:
        shown: Circle = circle(opened, asked, all_times=True)
        names = {row: wording.called(one.given, one.family) for row, one in shown.by_row.items()}
    return _ordered([
        _held(
            row, asked, vocabulary.words_of(vocabulary.RESPONSIBILITY_WORDS, row.how),
            "The local authority" if row.holder_id is None else names[row.holder_id], kind=row.how,
        )
        for row in rows
        if row.holder_id is None or row.holder_id in names
    ])  # fmt: skip


def bearing_the_name(opened: Opened) -> set[str]:
    """This will give the family names, past and present, of the child, in small letters."""
    people = Person.objects.filter(record__in=opened.records)
    found = PersonName.objects.known().filter(person__in=people).values_list("family", flat=True)
    return {name.casefold() for name in found if name}
