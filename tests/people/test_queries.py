"""A child's pages hold what is known of her, as it stood and was known, and nothing of whom or what is to be kept back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cast import NOW, TODAY, actor, involve
from django.db import connection
from django.test.utils import CaptureQueriesContext
from staff import practitioner
from told_family import ADA, BEN, CLEO, EVE, MIRA, NAN, PETE, SOL, Home, home

from goldthread.access import gate
from goldthread.access.gate import Opened
from goldthread.access.models import Conflict, Named
from goldthread.access.vocabulary import Act
from goldthread.agencies.models import Practitioner
from goldthread.kernel.acting import acting_as, system
from goldthread.kernel.errors import Denied, NotFound
from goldthread.people import queries
from goldthread.people.models import PersonName, Residence
from goldthread.people.tree.drawing import draw
from goldthread.people.tree.listing import listing
from goldthread.records.models import Record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held() -> Home:
    return home()


def read(held: Home, reads: Callable[[Opened], Any], by: Practitioner | None = None, who: str = ADA) -> Any:
    with gate.open_record(by=actor(by or held.people.amira), at=NOW, code=held.code(who)) as opened:
        return reads(opened)


def everything(opened: Opened) -> Iterator[str]:
    """All that the pages of a record say, at every time."""
    for on in (None, date(2025, 3, 1), date(2025, 8, 1)):
        for known_at in (None, datetime(2025, 9, 1, tzinfo=UTC)):
            yield repr(queries.identity(opened, on, known_at))
            yield repr(queries.profile(opened, on, known_at))
            drawn = queries.family(opened, on, known_at)
            yield repr(drawn)
            yield repr(listing(drawn))
            yield repr(draw(drawn))
            for member in queries.members(opened, on, known_at):
                yield repr(member)
                yield repr(queries.profile(opened, on, known_at, person=member.person))


def test_the_bar_says_who_she_is(held: Home) -> None:
    who = read(held, queries.identity)
    assert (who.name, who.known_as, who.age, who.sex) == ("Ada Moor", "Addy Moor", "10 years", "Female")
    assert (who.language, who.interpreter, who.communication) == ("Somali", "Somali", ("Likes to draw first.",))
    assert who.life == "born 4 March 2016, aged 10"
    assert who.hidden_address and not who.unborn and not who.disabled


def test_an_unborn_child_is_said_to_be_unborn(held: Home) -> None:
    with acting_as(system("tests")):
        Named.objects.create(record=held.record(EVE), practitioner=held.people.amira, from_on=TODAY)
    involve(held.record(EVE), held.people.amira)
    who = read(held, queries.identity, who=EVE)
    assert (who.name, who.age, who.unborn, who.life) == ("Baby Moor", "", True, "unborn, due 1 July 2026")


def test_it_can_be_asked_as_it_stood(held: Home) -> None:
    then = date(2024, 5, 1)
    who = read(held, lambda opened: queries.identity(opened, then))
    assert (who.name, who.age, who.hidden_address, who.language) == ("Ada Quill", "8 years", False, "")
    profile = read(held, lambda opened: queries.profile(opened, then))
    assert {one.value for one in profile.names} == {"Ada Quill", "Addy Moor"}
    before = read(held, lambda opened: queries.identity(opened, date(2015, 12, 1)))
    assert before.unborn and before.age == ""


def test_what_was_corrected_can_be_asked_as_it_was_known(held: Home) -> None:
    later = NOW + timedelta(days=2)
    with acting_as(system("tests")):
        old = PersonName.objects.get(use="current", given="Ada")
        PersonName.objects.filter(pk=old.pk).update(superseded_at=later)
        PersonName.objects.create(
            person=old.person, use="current", given="Ada", family="Fell", from_on=old.from_on, recorded_at=later,
            recorded_by=1, replaces=old,
        )  # fmt: skip
    assert read(held, queries.identity).name == "Ada Fell"
    assert read(held, lambda opened: queries.identity(opened, known_at=NOW)).name == "Ada Moor"


def test_the_profile_holds_what_is_past_after_what_holds(held: Home) -> None:
    profile = read(held, queries.profile)
    assert [(one.value, one.past) for one in profile.names] == [
        ("Ada Moor", False), ("Addy Moor", False), ("Ada Quill", True),
    ]  # fmt: skip
    assert [home.shown for home in profile.homes] == [
        "The Refuge, 9 Hidden Row, Bramsley, ZH9 9ZZ",
        "12 Elm Lane, Kelder, ZH1 1AA",
    ]
    assert profile.homes[0].hidden and profile.homes[0].hidden_because == "a violent former partner"
    assert {one.kind: one.value for one in profile.identifiers} == {
        "local-child-id": "GT1", "nhs-number": "999 123 4578", "upn": "Z820000000010",
    }  # fmt: skip
    assert {one.label: one.value for one in profile.characteristics}["Ethnicity"] == "Black African"
    assert [(one.label, one.value) for one in profile.responsibilities] == [("as birth mother", "Mira Moor")]
    mother = read(held, lambda opened: queries.profile(opened, person=held.person(MIRA)))
    assert [(one.value, one.note) for one in mother.contact_points] == [("07700 900 325", "Send a text first.")]


def test_who_may_not_see_hidden_addresses_and_numbers_reads_none_anywhere(held: Home) -> None:
    with gate.open_record(by=actor(held.people.fern), at=NOW, code=held.code()) as opened:
        assert not opened.may(Act.SEE_SENSITIVE)
        said = "\n".join(everything(opened))
        profile = queries.profile(opened)
    for secret in ("Refuge", "Hidden Row", "Bramsley", "ZH9", "violent", "Z8200", "withdrawn"):
        assert secret not in said
    assert profile.homes[0].withheld and profile.homes[0].shown == queries.ADDRESS_WITHHELD
    assert [one.value for one in profile.identifiers if one.withheld] == [""]
    assert "Elm Lane" in said and "999 123 4578" in said
    with gate.open_record(by=actor(held.people.amira), at=NOW, code=held.code()) as opened:
        assert "Hidden Row" in "\n".join(everything(opened))


def test_whom_the_reader_may_not_know_of_is_nowhere(held: Home) -> None:
    code = held.code(CLEO)
    with gate.open_record(by=actor(held.people.amira), at=NOW, code=held.code()) as opened:
        said = "\n".join(everything(opened))
        assert "Secretname" not in said and "Cleo" not in said and code not in said
        with pytest.raises(NotFound):
            queries.profile(opened, person=held.person(CLEO))
        stranger = queries.members(opened)
    assert [one.name for one in stranger] == ["Ada Moor", "Sol Quill", "Mira Moor", "Ben Moor", "Nan Moor"]
    with acting_as(system("tests")):
        Named.objects.create(record=held.record(CLEO), practitioner=held.people.amira, from_on=TODAY)
    with gate.open_record(by=actor(held.people.amira), at=NOW, code=held.code()) as opened:
        assert "Secretname" in "\n".join(everything(opened))


def test_a_relative_of_a_sibling_reads_nothing_of_the_sibling(held: Home) -> None:
    with acting_as(system("tests")):
        Conflict.objects.create(
            record=held.record(BEN), practitioner=held.people.amira, kind="relative", says="His aunt.", from_on=TODAY
        )
    with gate.open_record(by=actor(held.people.amira), at=NOW, code=held.code()) as opened:
        assert "Ben" not in "\n".join(everything(opened))


def test_only_those_who_belong_to_the_record_are_read_through_it(held: Home) -> None:
    with gate.open_record(by=actor(held.people.amira), at=NOW, code=held.code()) as opened:
        with pytest.raises(NotFound):
            queries.profile(opened, person=held.person(EVE))
        assert queries.profile(opened, person=held.person(PETE)).name == "Pete Lark"  # who once did
        assert held.person(PETE) not in [one.person for one in queries.members(opened)]
        assert held.person(PETE) in [one.person for one in queries.members(opened, date(2025, 3, 1))]


def test_what_is_read_must_have_been_opened_for_reading(held: Home) -> None:
    with gate.open_record(by=actor(held.people.jo), at=NOW, code=held.code(), act=Act.SEE_ACCESS) as opened:
        for reads in (queries.identity, queries.profile, queries.family, queries.members):
            with pytest.raises(Denied):
                reads(opened)


def test_the_family_is_drawn_from_what_is_recorded(held: Home) -> None:
    family = read(held, lambda opened: queries.family(opened, address_of=lambda code: f"/x/{code}/"))
    people = {one.name: one for one in family.persons}
    assert set(people) == {"Ada Moor", "Ben Moor", "Mira Moor", "Sol Quill", "Nan Moor"}
    assert people["Ada Moor"].subject and not people["Ben Moor"].subject
    assert people["Ben Moor"].href == ""  # nobody of hers is involved with him
    said = [line for section in listing(family) for item in section.items for line in item.relations]
    assert any(line.startswith("mother of Ada Moor") and "parental responsibility" in line for line in said)
    assert any("former partner" in line for line in said)
    homes = {one.label: set(one.members) for one in family.households}
    assert homes == {
        "The Refuge, 9 Hidden Row": {str(held.person(ADA)), str(held.person(MIRA))},
        "12 Elm Lane, Kelder": {str(held.person(BEN)), str(held.person(SOL))},
    }
    assert people["Nan Moor"].died == date(2025, 12, 24)
    before = read(held, lambda opened: queries.family(opened, date(2025, 3, 1)))
    assert {one.name: one.died for one in before.persons}["Nan Moor"] is None
    assert [one.label for one in before.households] == ["12 Elm Lane, Kelder"]
    involve(held.record(BEN), held.people.amira)
    again = read(held, lambda opened: queries.family(opened, address_of=lambda code: f"/x/{code}/"))
    assert {one.name: one.href for one in again.persons}["Ben Moor"] == f"/x/{held.code(BEN)}/"


def test_stubs_are_given_for_what_was_listed_in_one_query(held: Home) -> None:
    by = actor(held.people.amira)
    with acting_as(by):
        listed = gate.listed(by=by, at=NOW, records=held.taken.records.values(), act=Act.FIND)
        with CaptureQueriesContext(connection) as captured:
            stubs = queries.names(listed)
    assert len(captured) == 1
    assert set(stubs) == {held.taken.records[one] for one in (ADA, BEN, EVE)}
    ada = stubs[held.taken.records[ADA]]
    assert (ada.name, ada.code, ada.life, ada.age) == (
        "Ada Moor",
        held.code(),
        "born 4 March 2016, aged 10",
        "10 years",
    )
    assert stubs[held.taken.records[EVE]].unborn


def test_practitioners_who_bear_the_family_name_are_known(held: Home) -> None:
    assert read(held, queries.same_family_name) == frozenset()
    kin = practitioner(name="Wendy QUILL")
    practitioner(name="Wendy Tranquill")
    assert read(held, queries.same_family_name) == {kin.pk}


def asked(held: Home, reads: Callable[[Opened], Any]) -> int:
    by = actor(held.people.amira)
    with gate.open_record(by=by, at=NOW, code=held.code()) as opened, CaptureQueriesContext(connection) as captured:
        reads(opened)
    return len(captured)


def test_the_queries_of_a_page_are_pinned_and_do_not_grow(held: Home) -> None:
    def count() -> list[int]:
        return [asked(held, reads) for reads in (queries.identity, queries.profile, queries.family, queries.members)]

    before = count()
    assert before[0] <= 7 and before[1] <= 28 and before[2] <= 20 and before[3] <= 16, before
    with acting_as(system("tests")):
        person = PersonName.objects.get(given="Ada", use="current").person
        for year in range(2000, 2015):
            PersonName.objects.create(person=person, use="former", given="Ada", family="X", until_on=date(year, 1, 1))
        home_of = Residence.objects.filter(person=person).latest("pk")
        for year in range(2000, 2015):
            Residence.objects.create(
                person=person, address=home_of.address, from_on=date(year, 1, 1), until_on=date(year, 6, 1)
            )
    assert count() == before


def test_a_record_of_nobody_has_a_page_too(held: Home) -> None:
    assert read(held, queries.identity).name == "Ada Moor"
    with gate.open_record(by=actor(held.people.amira), at=NOW, code=held.people.code) as opened:
        assert queries.identity(opened).name == "Name not recorded"
        assert queries.members(opened) == ()
    assert isinstance(held.record(), Record)
    assert {NAN, SOL} <= held.taken.persons.keys()
