"""A search finds whoever may be the one, says why, and shows nothing of whom or what the searcher may not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from cast import NOW, TODAY, actor, involve
from django.db import connection
from django.test.utils import CaptureQueriesContext
from told_family import ADA, BEN, CLEO, EVE, MIRA, SOL, Home, home

from goldthread.access import gate
from goldthread.access.models import Conflict, Named, Notice
from goldthread.agencies.models import Practitioner
from goldthread.audit.models import Entry
from goldthread.invented.people import Identifier, Name, Person, Record, Told
from goldthread.kernel.acting import acting_as, system
from goldthread.kernel.errors import RuleBroken
from goldthread.people import taking
from goldthread.people.queries import Result, Results, Search, search
from goldthread.people.queries.search import SHOWN

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held() -> Home:
    return home()


def found(held: Home, by: Practitioner | None = None, **asked: Any) -> Results:
    return search(actor(by or held.people.amira), NOW, Search(**asked))


def whose(results: Results) -> list[str]:
    return [one.stub.name for one in results.results]


def first(results: Results) -> Result:
    return results.results[0]


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Ada Moor"}, {"name": "MOOR, ada"}, {"given": "Ada", "family": "Moor"}, {"name": "Moor Ada"},
        {"name": "Aida Moore"}, {"name": "Ada Quill"}, {"name": "Addy Moor"}, {"name": "Ada"}, {"family": "Moor"},
        {"name": "Adda Moor", "born_on": date(2016, 4, 3)}, {"born_on": date(2016, 3, 4)}, {"born_on": date(2016, 4, 3)},
        {"identifier": "9991234578"}, {"identifier": "999-123-4578"}, {"identifier": "gt1"},
        {"address": "12 elm ln", "postcode": "zh11aa"}, {"name": "Ada", "aged": 10},
        {"given": "Zzz", "family": "Moor", "born_on": date(2016, 3, 4)},
    ],
    ids=str,
)  # fmt: skip
def test_she_is_found_however_she_is_sought(held: Home, typed: dict[str, Any]) -> None:
    results = found(held, **typed)
    assert "Ada Moor" in whose(results)
    ada = next(one for one in results.results if one.stub.name == "Ada Moor")
    assert ada.openable and ada.why and ada.stub.code == held.code()


def test_her_reference_finds_her(held: Home) -> None:
    assert whose(found(held, identifier=held.code().lower().replace("-", " "))) == ["Ada Moor"]


def test_who_fits_best_comes_first(held: Home) -> None:
    assert whose(found(held, name="Ada Moor"))[0] == "Ada Moor"
    results = found(held, name="Ben Moor", born_on=date(2019, 7, 1))
    assert first(results).why == ("the same name", "the same date of birth")
    both = found(held, family="Moor", identifier="999 123 4578")
    assert whose(both)[0] == "Ada Moor" and "the same NHS number" in first(both).why


def test_an_unborn_child_is_found_by_when_she_is_expected(held: Home) -> None:
    assert whose(found(held, born_on=date(2026, 7, 6), expected=True)) == ["Baby Moor"]


def test_an_adult_leads_to_the_children_she_belongs_to(held: Home) -> None:
    results = found(held, phone="+44 7700 900325")
    assert {one.stub.name: one.through for one in results.results if one.openable} == {"Ada Moor": "Mira Moor, parent"}
    by_name = found(held, name="Sol Quill")
    assert whose(by_name)[:2] == ["Ada Moor", "Ben Moor"] or set(whose(by_name)) >= {"Ada Moor", "Ben Moor"}


def test_of_a_record_that_cannot_be_opened_only_the_stub_is_shown(held: Home) -> None:
    involve(held.record(BEN), held.people.dele)
    for typed in ({"name": "Sol Quil"}, {"phone": "07700 900325"}, {"name": "Ada Quil"}, {"address": "12 Elm Lane"}):
        results = found(held, held.people.dele, **typed)
        ada = next(one for one in results.results if one.stub.name == "Ada Moor")
        assert not ada.openable
        said = repr((ada.why, ada.through))
        for secret in ("Mira", "Sol", "Quill", "parent", "Elm", "900325"):
            assert secret not in said, (typed, said)
        ben = next((one for one in results.results if one.stub.name == "Ben Moor"), None)
        assert ben is None or ben.openable


def test_a_restricted_record_is_found_by_nobody_else_and_its_owners_are_told(held: Home) -> None:
    everything = repr(
        [found(held, name="Cleo Secretname"), found(held, name="Mira Moor"), found(held, born_on=date(2012, 5, 5))]
    )
    assert "Secretname" not in everything and held.code(CLEO) not in everything
    with acting_as(system("tests")):
        told = Notice.objects.filter(record=held.taken.records[CLEO])
        assert {one.kind for one in told} == {"matched"}
        refused = Entry.objects.filter(record=held.taken.records[CLEO], refused=True)
        assert {one.verb for one in refused} == {"found"}
        Named.objects.create(record=held.record(CLEO), practitioner=held.people.amira, from_on=TODAY)
    assert whose(found(held, name="Cleo Secretname")) == ["Cleo Secretname"]


def test_a_search_that_does_not_match_tells_the_owners_nothing(held: Home) -> None:
    found(held, name="Ben Moor", born_on=date(2019, 7, 1))
    found(held, identifier="999 123 4578")
    with acting_as(system("tests")):
        assert not Notice.objects.filter(record=held.taken.records[CLEO]).exists()


def test_a_relative_finds_nothing(held: Home) -> None:
    with acting_as(system("tests")):
        record = held.record()
        Conflict.objects.create(
            record=record, practitioner=held.people.amira, kind="relative", says="An aunt.", from_on=TODAY
        )
    assert "Ada Moor" not in whose(found(held, name="Ada Moor"))
    assert "Ada Moor" not in whose(found(held, phone="07700 900325"))


def test_a_hidden_address_and_a_suppressed_number_find_nobody(held: Home) -> None:
    assert found(held, address="9 Hidden Row", postcode="ZH9 9ZZ") == Results((), False)
    assert found(held, postcode="ZH9 9ZZ") == Results((), False)
    assert found(held, address="The Refuge\n9 Hidden Row") == Results((), False)
    assert found(held, identifier="Z820000000010") == Results((), False)


def test_the_id_of_a_file_finds_nobody(held: Home) -> None:
    assert found(held, identifier="child:GT1") == Results((), False)


@pytest.mark.parametrize("name", ["gus", "kit"])
def test_those_who_may_not_search_find_nothing_and_are_not_told_how_much(held: Home, name: str) -> None:
    assert found(held, getattr(held.people, name), family="Moor") == Results((), False)


def test_what_was_searched_for_is_kept_in_the_audit_and_so_is_every_stub(held: Home) -> None:
    results = found(held, name="Ada Moor", born_on=date(2016, 3, 4))
    with acting_as(system("tests")):
        searched = Entry.objects.filter(verb="searched").latest("pk")
        assert (searched.record, searched.practitioner) == (0, held.people.amira.pk) and searched.content_hash
        seen = set(Entry.objects.filter(verb="found", refused=False).values_list("record", flat=True))
    assert seen == {one.stub.record for one in results.results}


def crowd(number: int, restricted: int) -> Told:
    persons = tuple(
        Person(f"child:C{one}", "F", (Name("current", "Ruth", "Tandy"),), born_on=date(2015, 1, 1 + one % 28),
               identifiers=(Identifier("local-child-id", f"C{one}"),))
        for one in range(number)
    )  # fmt: skip
    records = tuple(
        Record(one.id, "child", date(2025, 1, 6), "restricted" if place < restricted else "standard")
        for place, one in enumerate(persons)
    )
    return Told("family:crowd", persons=persons, records=records)


def test_how_many_are_shown_says_nothing_of_hidden_ones(held: Home) -> None:
    with gate.taking_in(by=system("load"), at=NOW) as one:
        taking.take_in(one, [crowd(SHOWN + 5, restricted=5)])
    exactly = found(held, name="Ruth Tandy")
    assert len(exactly.results) == SHOWN and not exactly.more
    with gate.taking_in(by=system("load"), at=NOW) as one:
        more = crowd(1, restricted=0)
        extra = replace(more.persons[0], id="child:X", identifiers=())
        taking.take_in(one, [replace(more, persons=(extra,), records=(Record("child:X", "child", date(2025, 1, 6)),))])
    cut = found(held, name="Ruth Tandy")
    assert len(cut.results) == SHOWN and cut.more


def test_the_number_of_queries_does_not_grow(held: Home) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            found(held, name="Ada Moor", born_on=date(2016, 3, 4), phone="07700 900325", address="12 Elm Lane")
        return len(captured)

    before = asked()
    with gate.taking_in(by=system("load"), at=NOW) as one:
        many = crowd(200, restricted=40)
        names = (Name("current", "Ada", "Moor"), Name("former", "Adah", "More"))
        taking.take_in(one, [replace(many, persons=tuple(replace(each, names=names) for each in many.persons))])
    assert asked() <= before + 2 and before <= 50


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", "Ada\x00"), ("given", "\udc80"), ("identifier", "\x00"), ("address", "\ud800"), ("phone", "01632\x00"),
        ("name", "x" * 1_000_000), ("address", "1 " * 500_000), ("postcode", "nowhere"), ("phone", "999"),
        ("name", "\u202eAda"), ("aged", -1), ("aged", 10**9), ("name", "   "),
    ],
)  # fmt: skip
def test_what_cannot_be_searched_for_is_refused_with_a_sentence(held: Home, field: str, typed: Any) -> None:
    with pytest.raises(RuleBroken) as refused:
        found(held, **{field: typed})
    assert refused.value.sentence.endswith(".")
    with acting_as(system("tests")):
        assert not Entry.objects.filter(verb="searched").exists()


@pytest.mark.parametrize("name", ["'; DROP TABLE people_person; --", "%", "_", "מירה", "O’Brien-Łaski", "1234", "😀"])
def test_odd_names_are_searched_for_and_nothing_breaks(held: Home, name: str) -> None:
    assert isinstance(found(held, name=name, born_on=date(9999, 12, 31)), Results)


def test_dates_at_the_ends_of_the_calendar_are_searched_for(held: Home) -> None:
    for on in (date.min, date.max, date(2000, 2, 29)):
        assert found(held, born_on=on).results == ()
    assert {ADA, EVE, MIRA, SOL} <= held.taken.persons.keys()
