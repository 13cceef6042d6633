"""Who may be the one who is sought: a bounded number of people, the likeliest, looked up in the index.

None of this says yet who may be shown: what comes out of it is shown to nobody before the gate has decided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from goldthread.kernel import references
from goldthread.people.addresses import Alike as AlikePlaces
from goldthread.people.addresses import Place, address_keys, alike, place
from goldthread.people.date_matching import Birth, Known, Span, near_days, near_span, swapped
from goldthread.people.matching import Bearer, Match, Sought, ranked
from goldthread.people.models import (
    Bearing,
    ContactPoint,
    DoorKey,
    Hiding,
    Identifier,
    Indexed,
    Person,
    PersonName,
    Residence,
    WordKey,
    known,
)
from goldthread.people.name_matching import Alike, part_keys, part_likeness
from goldthread.people.names import PersonName as Name
from goldthread.people.names import part
from goldthread.people.taking.reading import LOADED_AS
from goldthread.people.vocabulary import NameUse

MOST = 120
"""Candidates whose names are compared in full."""

MOST_PAIRS = 3000
"""Rows of the index that are looked at for one question of it."""

_CLOSE = Alike.ONE_NAME
_NOTES = {
    NameUse.FORMER: "former name", NameUse.KNOWN_AS: "known as", NameUse.VARIANT: "as spelt by others",
    NameUse.BEFORE_BIRTH: "called so before the birth",
}  # fmt: skip


def matches(sought: Sought) -> list[Match]:
    """This will give those who may be the sought person by name and birth, the likeliest first."""
    found = _by_name(sought) if sought.name.whole else _by_birth(sought)
    best = sorted(found, key=lambda person: (found[person], person))[:MOST]
    return ranked(sought, _bearers(best))


def _by_name(sought: Sought) -> dict[int, float]:
    """People whose names may be the sought one, with how far they are from it: the sum over both parts, and the birth."""
    given, family = _words(sought.name.given), _words(sought.name.family)
    near = _Near(sought)
    if given and family:
        found = _both(given, family, near)
    elif sought.name.given and sought.name.family:
        found = {}  # one of the two is like no name that anybody has
    else:
        found = _one(given or family, near)
    if near.asked:
        # Half a name is enough where the date of birth is near.
        either = {word: rank + Alike.DIFFERENT for word, rank in (family | given).items()}
        for person, rank in _born_near(either, near).items():
            found.setdefault(person, rank)
    return found


def _words(text: str) -> dict[int, int]:
    """The words of names that are like a part of the sought one, and how far each is from it."""
    if not part(text).plain:
        return {}
    rows = WordKey.objects.filter(key__in=part_keys(text)).values_list("word", "word__text").distinct()
    found = {word: int(part_likeness(text, said).alike) for word, said in rows}
    return {word: rank for word, rank in found.items() if rank < Alike.DIFFERENT}


def _both(given: dict[int, int], family: dict[int, int], near: _Near) -> dict[int, float]:
    found: dict[int, float] = {}
    for closest in (_CLOSE, Alike.DIFFERENT):
        first = [word for word, rank in given.items() if rank <= closest]
        second = [word for word, rank in family.items() if rank <= closest]
        rows = Bearing.objects.filter(word__in=first, person__bearings__word__in=second).values_list(
            "person", "word", "person__bearings__word", "person__indexed__born_on"
        )
        for person, one, other, born_on in rows[:MOST_PAIRS]:
            rank = given[one] + family[other] + near.apart(born_on)
            found[person] = min(rank, found.get(person, rank))
        if len(found) >= MOST:
            break
    return found


def _one(words: dict[int, int], near: _Near) -> dict[int, float]:
    found: dict[int, float] = {}
    for rank in sorted(set(words.values())):
        alike_words = [word for word, each in words.items() if each == rank]
        rows = Bearing.objects.filter(word__in=alike_words).values_list("person", "person__indexed__born_on")
        for person, born_on in rows[: MOST_PAIRS if near.asked else MOST]:
            found.setdefault(person, rank + near.apart(born_on))
        if len(found) >= MOST:
            break
    return found


def _born_near(words: dict[int, int], near: _Near) -> dict[int, float]:
    rows = Indexed.objects.filter(near.condition, person__bearings__word__in=list(words)).values_list(
        "person", "person__bearings__word", "born_on"
    )
    found: dict[int, float] = {}
    for person, word, born_on in rows[:MOST_PAIRS]:
        rank = words[word] + near.apart(born_on)
        found[person] = min(rank, found.get(person, rank))
    return found


def _by_birth(sought: Sought) -> dict[int, float]:
    near = _Near(sought)
    exact = Q(born_on=sought.born.on) if sought.born is not None else Q(pk__in=())
    found: dict[int, float] = {}
    for condition in (exact, near.condition):
        rows = Indexed.objects.filter(condition).values_list("person", "born_on")
        for person, born_on in rows[:MOST_PAIRS]:
            found.setdefault(person, near.apart(born_on))
        if len(found) >= MOST:
            break
    return found


class _Near:
    """Which days of birth are near the sought one, as a condition, and roughly how near each is."""

    def __init__(self, sought: Sought) -> None:
        self.born, self.aged = sought.born, sought.aged
        self.days = near_days(sought.born.on) if sought.born is not None else frozenset()
        self.other = swapped(sought.born.on) if sought.born is not None else None

    @property
    def asked(self) -> bool:
        """Whether a day or an age is known."""
        return self.born is not None or self.aged is not None

    @property
    def condition(self) -> Q:
        """The condition on what is indexed."""
        if self.born is not None:
            found = Q(born_on__in=self.days, born_known=Known.EXACT)
            for how in Known:
                found |= _within(near_span(self.born, how)) & Q(born_known=how)
            return found
        return _within(self.aged) if self.aged is not None else Q()

    def apart(self, born_on: date | None) -> float:
        """This will say roughly how far a day is from the sought one: to choose whom to compare in full."""
        if not self.asked or born_on is None:
            return 5.0 if self.asked else 0.0
        if self.born is None:
            return 0.0 if self.aged is not None and born_on in self.aged else 9.0
        if born_on == self.born.on:
            return 0.0
        if born_on == self.other:
            return 1.0
        return 3.0 if born_on in self.days else 8.0


def _within(span: Span) -> Q:
    return Q(born_on__gte=span.first, born_on__lt=span.until)


def _bearers(people: Collection[int]) -> Iterable[Bearer]:
    """These people with every name that they bear or bore, and their birth."""
    names: dict[int, list[tuple[int, Name, str]]] = {}
    rows = PersonName.objects.filter(known(None), person__in=people).order_by("pk")
    for person, use, given, family in rows.values_list("person", "use", "given", "family"):
        note = _NOTES.get(NameUse(use), "")
        names.setdefault(person, []).append((1 if note else 0, Name(given, family), note))
    births = Indexed.objects.filter(person__in=people).values_list("person", "born_on", "born_known")
    for person, born_on, how in births:
        hers = sorted(names.get(person, ()), key=lambda one: one[0])
        # Whoever has no name yet can be found by her birth.
        held = tuple((name, note) for _, name, note in hers) or ((Name(), ""),)
        yield Bearer(f"{person:020}", held, Birth(born_on, Known(how)) if born_on is not None else None)


def by_identifier(codes: Collection[str]) -> dict[int, str]:
    """This will give whose number or reference it is, and in words which; suppressed ones are found by nobody."""
    if not codes:
        return {}
    rows = Identifier.objects.filter(known(None), value__in=codes).exclude(kind=LOADED_AS)
    suppressed, found = set(), {}
    for person, kind, value, because in rows.order_by("-until_on", "pk").values_list(
        "person", "kind", "value", "suppressed_because"
    )[:MOST]:
        if because:
            suppressed.add((person, value))
        else:
            found[person] = (kind, value)
    kept = {person: kind for person, (kind, value) in found.items() if (person, value) not in suppressed}
    by_code = Person.objects.filter(record__code__in=_references(codes)).values_list("pk", flat=True)
    return kept | dict.fromkeys(by_code, "reference")


def _references(codes: Collection[str]) -> list[str]:
    return [read for code in codes if (read := references.read(code)) is not None]


def by_contact(value: str) -> dict[int, bool]:
    """This will give who is reached at a number or address, and whether she still is."""
    if not value:
        return {}
    begins = value.partition(";")[0]
    rows = ContactPoint.objects.filter(known(None), Q(value=value) | Q(value=begins))
    return {
        person: until_on is None
        for person, until_on in rows.order_by("until_on").values_list("person", "until_on")[:MOST]
    }


def by_door(where: Place | None, on: date) -> dict[int, tuple[AlikePlaces, str, bool]]:
    """This will give who lives or lived at an address, how alike it is and in words why; hidden ones are found by nobody."""
    if where is None:
        return {}
    keys = address_keys(where)
    narrow = {key for key in keys if not key.startswith("p:")}
    found = _living(narrow, where, on) if narrow else {}
    if len(found) < MOST:
        for person, one in _living(keys - narrow, where, on).items():
            found.setdefault(person, one)
    return found


def _living(keys: Collection[str], where: Place, on: date) -> dict[int, tuple[AlikePlaces, str, bool]]:
    if not keys:
        return {}
    hidden = Hiding.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), known(None)).values("address")
    doors = DoorKey.objects.filter(key__in=keys).values("address")
    rows = Residence.objects.filter(known(None), address__in=doors).exclude(address__in=hidden)
    found: dict[int, tuple[AlikePlaces, str, bool]] = {}
    for person, lines, code, until_on in rows.order_by("pk").values_list(
        "person", "address__lines", "address__postcode", "until_on"
    )[: 4 * MOST]:
        how = alike(where, place(lines, code))
        # A postcode alone was asked for: whoever lives there is found by it.
        near = how or ((AlikePlaces.SAME_POSTCODE, "the same postcode") if where.postcode else None)
        if near is None:
            continue
        one = (near[0], near[1], until_on is None or until_on > on)
        if person not in found or (one[0], not one[2]) < (found[person][0], not found[person][2]):
            found[person] = one
    return found
