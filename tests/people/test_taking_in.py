"""Families are taken in from a file once, however often it is told, and what people changed here since stays."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.access import gate
from goldthread.audit.models import Entry
from goldthread.invented import people as told_people
from goldthread.invented.people import Told
from goldthread.invented.standing import demo
from goldthread.kernel.acting import acting_as, looking_as, system
from goldthread.people import indexing, taking
from goldthread.people.models import (
    Address,
    Bearing,
    Characteristic,
    DoorKey,
    Hiding,
    Identifier,
    Indexed,
    Membership,
    Person,
    PersonName,
    Relationship,
    Residence,
    Vitals,
    Word,
    WordKey,
)
from goldthread.people.taking import Taken
from goldthread.records.models import Record, Restriction

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 5, 14, 8, 0, tzinfo=UTC)
LOAD = system("load")
COUNTED = (
    Person, Record, Address, Vitals, PersonName, Identifier, Characteristic, Residence, Relationship, Membership,
    Indexed, Word, WordKey, Bearing, DoorKey,
)  # fmt: skip


@cache
def authority() -> tuple[Told, ...]:
    told = tuple(demo(on=date(2026, 5, 14), size=0.01).families())
    return tuple(replace(one, events=[]) for one in told)


def take_in(*told: Told, at: datetime = AT) -> Taken:
    with gate.taking_in(by=LOAD, at=at) as taken:
        return taking.take_in(taken, told)


def counts() -> dict[str, int]:
    with acting_as(system("tests")):
        return {model.__name__: model.objects.count() for model in COUNTED}


def child(number: str = "GT1", **said: object) -> told_people.Person:
    first = told_people.Person(
        id=f"child:{number}",
        sex="F",
        names=(told_people.Name("current", "Ada", "Moor", date(2020, 3, 1)),),
        born_on=date(2020, 3, 1),
        identifiers=(told_people.Identifier("local-child-id", number),),
    )
    return replace(first, **said)  # type: ignore[arg-type]  # of the fields of a person


def family(*persons: told_people.Person, **parts: object) -> Told:
    records = tuple(told_people.Record(one.id, "child", date(2025, 1, 6)) for one in persons if one.is_child)
    belongs = tuple(
        told_people.Membership(one.id, one.id, "subject", date(2025, 1, 6)) for one in persons if one.is_child
    )
    return replace(Told("family:F1", persons=persons, records=records, memberships=belongs), **parts)  # type: ignore[arg-type]


def test_everything_told_is_there_and_is_found_by_the_files_ids() -> None:
    told = authority()
    taken = take_in(*told)
    children = [one for family in told for one in family.persons if one.is_child]
    assert len(taken.records) == len(children) > 50
    assert taken.new["persons"] == sum(len(family.persons) for family in told)
    assert taken.new["names"] == sum(len(one.names) for family in told for one in family.persons)
    assert set(taken.left_out) <= {"records", "responsibilities"}  # incidents and the like; no agency is here
    ada = children[0]
    with acting_as(system("tests")):
        person = Person.objects.get(record=taken.records[ada.id])
        assert person.pk == taken.persons[ada.id]
        assert Vitals.objects.get(person=person).born_on == ada.born_on
        current = PersonName.objects.known().get(person=person, use="current")
        assert (current.given, current.family) == (ada.names[0].given, ada.names[0].family)
        assert Indexed.objects.get(person=person).given == current.given
        hidden = {one.id for family in told for one in family.addresses if one.hidden_because}
        assert hidden and Hiding.objects.filter(address__loaded_as__in=hidden).count() == len(hidden)


def test_a_restricted_record_is_restricted_from_its_first_moment() -> None:
    told = authority()
    wanted = {one.id for family in told for one in family.records if one.sensitivity == "restricted"}
    taken = take_in(*told)
    with acting_as(system("tests")):
        found = Record.objects.filter(pk__in=[taken.records[one] for one in wanted])
        assert {one.restriction for one in found} == {"restricted"} and wanted


def test_told_again_it_changes_nothing() -> None:
    told = authority()
    first = take_in(*told)
    before = counts()
    again = take_in(*told, at=AT + timedelta(days=1))
    assert counts() == before
    assert not +again.new and not +again.changed and not +again.kept
    assert again.same["names"] == first.new["names"]
    assert again.records == first.records and again.persons == first.persons


def test_each_record_touched_has_one_line_and_those_not_touched_none() -> None:
    told = authority()
    taken = take_in(*told)
    with acting_as(system("tests")):
        lines = Counter(Entry.objects.filter(verb="loaded").values_list("record", flat=True))
    assert set(lines) == set(taken.records.values()) and set(lines.values()) == {1}
    take_in(*told)
    with acting_as(system("tests")):
        assert Entry.objects.filter(verb="loaded").count() == len(lines)


def test_a_comparison_says_the_same_and_changes_nothing() -> None:
    told = authority()
    before = counts()
    with looking_as(LOAD):
        said = taking.compare(told, at=AT)
    assert counts() == before
    taken = take_in(*told)
    assert (said.new, said.left_out) == (taken.new, taken.left_out)
    with looking_as(LOAD):
        assert not +taking.compare(told, at=AT).new


def test_what_has_changed_replaces_and_what_was_known_before_can_still_be_asked() -> None:
    take_in(family(child()))
    renamed = (
        told_people.Name("former", "Ada", "Moor", date(2020, 3, 1), date(2026, 2, 2)),
        told_people.Name("current", "Ada", "Fell", date(2026, 2, 2)),
    )
    later = AT + timedelta(days=30)
    taken = take_in(family(child(names=renamed, died_on=None)), at=later)
    assert (taken.changed["names"], taken.ended["names"], taken.new["names"]) == (1, 1, 1)
    with acting_as(system("tests")):
        assert [one.family for one in PersonName.objects.known(AT)] == ["Moor", "Fell"]  # no file said when
        assert PersonName.objects.known(AT).get(family="Moor").use == "current"
        assert PersonName.objects.known().get(family="Moor").use == "former"
        assert Indexed.objects.get().family == "Fell"


def test_a_census_that_tells_less_takes_nothing_away_and_updates_what_it_tells() -> None:
    white = told_people.Characteristic("ethnicity", "WBRI", date(2025, 1, 6))
    take_in(family(child(characteristics=(white,))))
    census = child(sex="U", names=(), born_on=None, characteristics=(told_people.Characteristic("ethnicity", "WBRI"),))
    taken = take_in(family(census))
    assert not +taken.changed and not +taken.new
    unknown = child("GT2", names=(), characteristics=(told_people.Characteristic("ethnicity", "NOBT"),))
    take_in(family(unknown))
    known = replace(unknown, characteristics=(told_people.Characteristic("ethnicity", "MWBC"),))
    assert take_in(family(known)).changed["characteristics"] == 1
    with acting_as(system("tests")):
        values = Characteristic.objects.known().order_by("pk").values_list("value", flat=True)
        assert list(values) == ["WBRI", "MWBC"]


def test_a_child_whom_another_file_told_is_known_by_her_number() -> None:
    first = take_in(family(child("GT1")))
    other = replace(child("GT1"), id="child:elsewhere-1")
    second = take_in(family(other))
    assert second.persons["child:elsewhere-1"] == first.persons["child:GT1"]
    assert second.records["child:elsewhere-1"] == first.records["child:GT1"]
    with acting_as(system("tests")):
        assert Person.objects.count() == Record.objects.count() == 1


def test_what_a_person_changed_here_stays_and_is_reported() -> None:
    taken = take_in(family(child()))
    with acting_as(system("tests")):
        old = PersonName.objects.get()
        PersonName.objects.filter(pk=old.pk).update(superseded_at=AT)
        PersonName.objects.create(
            person_id=taken.persons["child:GT1"], use="current", given="Ada", family="Moore", from_on=old.from_on,
            recorded_at=AT, recorded_by=1, replaces=old,
        )  # fmt: skip
    same = take_in(family(child()))
    assert not +same.new and same.same["names"] == 1
    ended = (replace(child().names[0], until_on=date(2026, 1, 1)),)
    assert take_in(family(child(names=ended))).kept["names"] == 1
    with acting_as(system("tests")):
        assert [one.family for one in PersonName.objects.known()] == ["Moore"]


def test_what_cannot_be_is_left_out_with_a_sentence_and_the_rest_is_taken() -> None:
    names = (
        told_people.Name("current", "A\x00da\udc80 \u202eeda", "M" * 500),
        told_people.Name("current", "", ""),
        told_people.Name("current", "Ends", "First", date(2024, 1, 1), date(2023, 1, 1)),
    )
    relationships = (
        told_people.Relationship("parent-of", "person:P9", "child:GT1"),
        told_people.Relationship("owner-of", "child:GT1", "child:GT1"),
        told_people.Relationship("friend-of", "child:GT1", "child:GT1"),
    )
    long = "x" * 10_000
    told = family(
        child(names=names, sex="?", identifiers=(told_people.Identifier("nhs-number", "1" * 1_000_000),)),
        child(long),
        relationships=relationships,
        addresses=(
            told_people.Address("address:\x001", ("1 \ud800 Elm Lane",) * 9000, "Kelder", "nonsense", "hid\x00den"),
        ),
        residences=(told_people.Residence("child:GT1", "address:\x001", date(2025, 1, 6)),),
    )
    taken = take_in(told)
    assert taken.left_out == {"names": 2, "relationships": 3}
    assert len(taken.not_taken) == 5 and all(one.endswith(".") for one in taken.not_taken)
    with acting_as(system("tests")):
        name = PersonName.objects.get(person=taken.persons["child:GT1"])
        assert (name.given, len(name.family)) == ("Ada eda", 120)
        assert Hiding.objects.get().because == "hidden" and Residence.objects.count() == 1
    assert not +take_in(told).new


def test_a_father_of_children_in_two_families_is_one_person() -> None:
    father = told_people.Person("person:P1", "M", (told_people.Name("current", "Sol", "Moor"),))
    ties = tuple(told_people.Relationship("parent-of", "person:P1", one, "birth") for one in ("child:GT1", "child:GT2"))
    first = replace(family(child("GT1")), persons=(child("GT1"), father), relationships=ties[:1])
    second = replace(family(child("GT2")), relationships=ties[1:])
    taken = take_in(first)
    later = take_in(second)
    with acting_as(system("tests")):
        assert Relationship.objects.filter(person=taken.persons["person:P1"]).count() == 2
        assert Person.objects.count() == 3
    assert later.persons["person:P1"] == taken.persons["person:P1"]


def test_queries_grow_with_lots_of_families_and_not_with_families() -> None:
    def asked(families: int) -> int:
        told = [family(child(f"G{families}X{one}"), family=f"family:{families}-{one}") for one in range(families)]
        with CaptureQueriesContext(connection) as captured:
            take_in(*told)
        # A statement with many rows is told once, with how often it was done.
        return len(captured)

    assert asked(100) < asked(5) + 10  # the audit writes its many lines in a few statements


def test_the_index_made_again_is_the_index_that_was_kept() -> None:
    def index() -> list[object]:
        with acting_as(system("tests")):
            return [
                list(Indexed.objects.order_by("person").values_list()),
                sorted(Bearing.objects.values_list("word__text", "person")),
                sorted(WordKey.objects.values_list("word__text", "key")),
                sorted(DoorKey.objects.values_list("key", "address")),
            ]

    take_in(*authority())
    take_in(family(child(names=(told_people.Name("current", "Zadie", "Quill"),))))
    kept = index()
    with acting_as(system("tests")):
        Indexed.objects.filter(pk__in=Indexed.objects.values("pk")[:3]).delete()
        assert index() != kept
        indexing.rebuild()
    assert index() == kept


def test_an_unknown_word_for_how_secret_a_record_is_keeps_it_from_others() -> None:
    told = family(child())
    secret = replace(told, records=(replace(told.records[0], sensitivity="top-secret"),))
    taken = take_in(secret)
    with acting_as(system("tests")):
        assert Record.objects.get(pk=taken.records["child:GT1"]).restriction == Restriction.RESTRICTED
