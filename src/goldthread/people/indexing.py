"""Keeps the index in which people are searched for in step with the facts, and makes it again from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from goldthread.people import rows
from goldthread.people.addresses import address_keys, place
from goldthread.people.date_matching import Known
from goldthread.people.models import Address, Bearing, DoorKey, Indexed, Person, PersonName, Vitals, Word, WordKey
from goldthread.people.name_matching import part_keys
from goldthread.people.names import part
from goldthread.people.vocabulary import NameUse

AT_A_TIME = 2000

_SHOWN_BEST = {
    use: place
    for place, use in enumerate(
        (NameUse.CURRENT, NameUse.BEFORE_BIRTH, NameUse.KNOWN_AS, NameUse.FORMER, NameUse.VARIANT)
    )
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index holds of one person."""

    person: int
    given: str
    family: str
    born_on: date | None
    born_known: str
    died_on: date | None
    words: frozenset[str]

    @property
    def row(self) -> tuple[object, ...]:
        """What `Indexed` holds of it."""
        return self.person, self.given, self.family, self.born_on, self.born_known, self.died_on


_COLUMNS = ("person_id", "given", "family", "born_on", "born_known", "died_on")


def best_name(names: Iterable[tuple[str, str, str, date | None, date | None]]) -> tuple[str, str]:
    """This will give the name by which someone is listed, of (use, given, family, from, until): the present one, if any."""
    found = sorted(
        names,
        key=lambda one: (one[4] is not None, _SHOWN_BEST.get(NameUse(one[0]), 9), -(one[3] or date.min).toordinal()),
    )
    return (found[0][1], found[0][2]) if found else ("", "")


def birth(born_on: date | None, estimated: bool, expected_on: date | None) -> tuple[date | None, str]:
    """This will give the day of birth, or of its expectation, and how well it is known."""
    if born_on is not None:
        return born_on, (Known.ESTIMATED if estimated else Known.EXACT).value
    return (expected_on, Known.EXPECTED.value) if expected_on is not None else (None, "")


@lru_cache(maxsize=65536)
def words_of(text: str) -> frozenset[str]:
    """This will give the words that a part of a name is found by."""
    read = part(text)
    return frozenset(word[:250] for word in {*read.tokens, read.plain, "".join(read.tokens)} if word)


def entry(
    person: int,
    names: Collection[tuple[str, str, str, date | None, date | None]],
    born: tuple[date | None, str],
    died_on: date | None,
) -> Entry:
    """This will give what the index holds of a person, from her names (use, given, family, from, until) and her birth."""
    given, family = best_name(names)
    words: set[str] = set()
    for _, first, second, _, _ in names:
        words |= words_of(first) | words_of(second)
    return Entry(person, given, family, *born, died_on, frozenset(words))


@dataclass(slots=True)
class Words:
    """The ids of words, remembered over many entries."""

    ids: dict[str, int] = field(default_factory=dict)

    def learn(self, texts: set[str]) -> None:
        """This will have an id for each of the texts, writing those that nobody had in her name yet."""
        texts = texts - self.ids.keys()
        for some in rows.batches(sorted(texts), AT_A_TIME):
            self.ids.update(Word.objects.filter(text__in=some).values_list("text", "pk"))
        new = sorted(texts - self.ids.keys())
        made = dict(zip(new, rows.numbers(Word, len(new)), strict=True)) if new else {}
        rows.insert(Word, ("id", "text"), ((number, text) for text, number in made.items()))
        rows.insert(
            WordKey,
            ("key", "word_id"),
            ((key, number) for text, number in made.items() for key in sorted(part_keys(text))),
        )
        self.ids.update(made)


def add(entries: Sequence[Entry], words: Words) -> None:
    """This will write entries of people who are not in the index."""
    words.learn({word for one in entries for word in one.words})
    rows.insert(Indexed, _COLUMNS, (one.row for one in entries))
    rows.insert(
        Bearing,
        ("word_id", "person_id"),
        ((words.ids[word], one.person) for one in entries for word in sorted(one.words)),
    )


def reindex(persons: Iterable[int], words: Words | None = None) -> None:
    """This will bring the index in step with what is now known of these people."""
    words = words or Words()
    for some in rows.batches(sorted(set(persons)), AT_A_TIME):
        Indexed.objects.filter(person__in=some).delete()
        Bearing.objects.filter(person__in=some).delete()
        add(list(entries_of(some)), words)


def entries_of(persons: Sequence[int]) -> Iterator[Entry]:
    """This will work out from the facts what the index is to hold of these people."""
    names: dict[int, list[tuple[str, str, str, date | None, date | None]]] = {}
    for person, *name in (
        PersonName.objects.known()
        .filter(person__in=persons)
        .order_by("person", "pk")
        .values_list("person", "use", "given", "family", "from_on", "until_on")
    ):
        names.setdefault(person, []).append(tuple(name))
    vitals = {
        person: (birth(born_on, estimated, expected_on), died_on)
        for person, born_on, estimated, expected_on, died_on in Vitals.objects.known()
        .filter(person__in=persons)
        .values_list("person", "born_on", "born_estimated", "expected_on", "died_on")
    }
    for person in persons:
        yield entry(person, names.get(person, ()), *vitals.get(person, ((None, ""), None)))


def add_doors(addresses: Iterable[tuple[int, str, str, str]]) -> None:
    """This will write the keys of addresses, given as (id, lines, town, postcode)."""
    rows.insert(
        DoorKey,
        ("key", "address_id"),
        (
            (key[:270], number)
            for number, lines, _, postcode in addresses
            for key in sorted(address_keys(place(lines, postcode)))
        ),
    )


def rebuild(said: Callable[[int], None] = lambda _: None) -> None:
    """This will throw the index away and make it again from the facts; `said` is told how many people are in it."""
    for model in (Bearing, WordKey, Indexed, DoorKey, Word):
        model.objects.all().delete()
    words, done = Words(), 0
    for some in rows.batches(Person.objects.order_by("pk").values_list("pk", flat=True).iterator(), AT_A_TIME):
        add(list(entries_of(some)), words)
        done += len(some)
        said(done)
    for places in rows.batches(Address.objects.values_list("pk", "lines", "town", "postcode").iterator(), AT_A_TIME):
        add_doors(places)
