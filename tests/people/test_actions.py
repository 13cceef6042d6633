"""What people write about people is added and never overwritten, within the gate, and nobody's change is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from cast import NOW, TODAY, actor, involve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told_family import ADA, BEN, CLEO, MIRA, NAN, SOL, Home, home

from goldthread.access import gate
from goldthread.access.gate import Changing, Opened
from goldthread.access.vocabulary import Act
from goldthread.agencies.models import Practitioner
from goldthread.audit.lines import Verb
from goldthread.audit.models import Content, Entry
from goldthread.chronology.models import Event
from goldthread.kernel.acting import acting_as, system
from goldthread.kernel.errors import Conflict, Denied, NotFound, NotNow, Refusal, RuleBroken
from goldthread.people import actions, indexing, queries
from goldthread.people import models as tables
from goldthread.people.models import Address, Hiding, Indexed, Membership, Merge, Person, PersonName, Vitals
from goldthread.people.queries import Search, search
from goldthread.records.models import Record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held() -> Home:
    return home()


def change(
    held: Home, does: Callable[[Changing], Any], by: Practitioner | None = None, who: str = ADA, later: int = 0
) -> Any:
    at = NOW + timedelta(minutes=later)
    with gate.changing(by=actor(by or held.people.amira), at=at, code=held.code(who), thing="people") as changing:
        return does(changing)


def read(held: Home, reads: Callable[[Opened], Any], who: str = ADA, later: int = 60) -> Any:
    at = NOW + timedelta(minutes=later)
    with gate.open_record(by=actor(held.people.amira), at=at, code=held.code(who)) as opened:
        return reads(opened)


def lines(record: int, verb: Verb = Verb.CHANGED) -> list[Entry]:
    with acting_as(system("tests")):
        return list(Entry.objects.filter(record=record, verb=verb, refused=False))


def test_a_child_is_begun_with_her_name_and_birth(held: Home) -> None:
    with gate.beginning(by=actor(held.people.amira), at=NOW, opened_on=TODAY) as begun:
        child = actions.begin_child(begun, given="Zoë", family="Lark", sex="F", born_on=date(2020, 2, 29))
        who = queries.identity(begun)
    assert (who.name, who.age, who.person) == ("Zoë Lark", "6 years", child.pk)
    assert len(lines(begun.record.pk, Verb.CREATED)) == 1
    found = search(actor(held.people.amira), NOW, Search(name="Zoe Larke"))
    assert [one.stub.code for one in found.results] == [begun.code]
    with acting_as(system("tests")):
        assert [(one.kind, one.data) for one in Event.objects.filter(record=begun.record)] == [
            ("child-identified", '{"born_on":"2020-02-29"}')
        ]
        assert Membership.objects.get(record=begun.record).capacity == "subject"


def test_an_unborn_child_is_begun_and_then_born_and_her_birth_is_an_event(held: Home) -> None:
    with gate.beginning(by=actor(held.people.amira), at=NOW, opened_on=TODAY) as begun:
        actions.begin_child(begun, family="Lark", expected_on=date(2026, 6, 1))
        assert queries.identity(begun).unborn
        with pytest.raises(NotNow):
            actions.begin_child(begun, family="Lark")
    at = NOW + timedelta(days=30)
    with gate.changing(by=actor(held.people.amira), at=at, code=begun.code, thing="people") as changing:
        row = queries.profile(changing).vitals
        assert row is not None
        actions.set_vitals(changing, row=row, born_on=date(2026, 6, 3), sex="F")
        assert queries.identity(changing).age == "1 week"
    with acting_as(system("tests")):
        kinds = list(Event.objects.filter(record=begun.record).order_by("pk").values_list("kind", "on"))
    assert kinds == [("child-identified", TODAY), ("child-born", date(2026, 6, 3))]


@pytest.mark.parametrize(
    "said",
    [
        {}, {"given": "Ada", "born_on": date(2027, 1, 1)}, {"given": "A\x00da"}, {"given": "\udc80"}, {"given": "x" * 121},
        {"given": "Ada", "sex": "female"}, {"family": "y" * 1_000_000},
    ],
)  # fmt: skip
def test_what_cannot_be_begun_is_refused_and_nothing_stays(held: Home, said: dict[str, Any]) -> None:
    with acting_as(system("tests")):
        before = Person.objects.count(), Record.objects.count()
    with pytest.raises(RuleBroken), gate.beginning(by=actor(held.people.amira), at=NOW, opened_on=TODAY) as begun:
        actions.begin_child(begun, **said)
    with acting_as(system("tests")):
        assert (Person.objects.count(), Record.objects.count()) == before


def test_a_new_name_makes_the_one_before_a_former_one(held: Home) -> None:
    ada = held.person(ADA)
    change(held, lambda one: actions.add(
        one, sort="name", person=ada, use="current", given="Ada", family="Fell", from_on=date(2026, 5, 1), because="by deed"
    ))  # fmt: skip
    profile = read(held, queries.profile)
    assert profile.name == "Ada Fell"
    assert [(one.value, one.past) for one in profile.names] == [
        ("Ada Fell", False), ("Addy Moor", False), ("Ada Moor", True), ("Ada Quill", True),
    ]  # fmt: skip
    assert read(held, lambda one: queries.identity(one, date(2026, 4, 1))).name == "Ada Moor"
    assert read(held, lambda one: queries.identity(one, known_at=NOW - timedelta(days=1))).name == "Ada Moor"
    assert [one.stub.name for one in search(actor(held.people.amira), NOW, Search(name="Ada Fell")).results][:1] == [
        "Ada Fell"
    ]
    assert len(lines(held.taken.records[ADA])) == 1
    with acting_as(system("tests")):
        kept = Content.objects.get(entry__record=held.taken.records[ADA]).text
    assert "Fell" in kept and "by deed" in kept


def test_two_people_who_change_the_same_row_lose_nothing(held: Home) -> None:
    row = read(held, queries.profile).names[0].row
    change(held, lambda one: actions.correct(one, sort="name", row=row, because="misspelt", given="Adah"), later=1)
    with pytest.raises(Conflict) as conflict:
        change(held, lambda one: actions.correct(one, sort="name", row=row, because="misspelt", given="Aida"), later=2)
    assert (conflict.value.theirs, conflict.value.yours) == ({"given": "Adah"}, {"given": "Aida"})
    latest = conflict.value.version
    change(
        held, lambda one: actions.correct(one, sort="name", row=latest, because="as she says", given="Aida"), later=3
    )
    assert read(held, queries.identity).name == "Aida Moor"
    with acting_as(system("tests")):
        assert PersonName.objects.known().filter(person=held.person(ADA), use="current").count() == 1
    with pytest.raises(Conflict):
        change(held, lambda one: actions.strike_out(one, sort="name", row=row, because="mistake"), later=4)


def test_what_was_recorded_by_mistake_is_struck_out_and_can_be_asked_as_it_was_known(held: Home) -> None:
    row = next(one for one in read(held, queries.profile).characteristics if one.kind == "language").row
    change(
        held, lambda one: actions.strike_out(one, sort="characteristic", row=row, because="another child's"), later=5
    )
    assert read(held, queries.identity).language == ""
    assert read(held, lambda one: queries.identity(one, known_at=NOW)).language == "Somali"
    with pytest.raises(NotFound):
        change(
            held, lambda one: actions.correct(one, sort="characteristic", row=row, because="x", value="Dari"), later=6
        )


def test_a_person_is_added_and_seen_through_the_record_only(held: Home) -> None:
    aunt = change(held, lambda one: actions.add_person(one, capacity="family", given="Ida", family="Moor")).pk
    change(held, lambda one: actions.relate(one, person=aunt, kind="aunt-or-uncle-of", other=held.person(ADA)))
    with pytest.raises(NotNow):
        change(held, lambda one: actions.relate(one, person=aunt, kind="aunt-or-uncle-of", other=held.person(ADA)))
    family = read(held, queries.family)
    assert "Ida Moor" in {one.name for one in family.persons}
    assert any(str(aunt) in one.ends for one in family.relations)
    involve(held.record(BEN), held.people.amira)
    with pytest.raises(NotFound):
        change(
            held,
            lambda one: actions.add(one, sort="contact-point", person=aunt, kind="email", value="i@o.example"),
            who=BEN,
        )


def test_a_person_with_a_record_of_her_own_is_changed_there(held: Home) -> None:
    with pytest.raises(NotNow):
        change(held, lambda one: actions.add(
            one, sort="name", person=held.person(BEN), use="known-as", given="Benny", family="Moor"
        ))  # fmt: skip
    with pytest.raises(NotFound):  # she may not know that he is there
        change(held, lambda one: actions.relate(
            one, person=held.person(CLEO), kind="sibling-of", other=held.person(ADA)
        ))  # fmt: skip


def test_a_home_is_moved_and_hidden_and_shown_again(held: Home) -> None:
    old = read(held, queries.profile).homes[0].row
    change(held, lambda one: actions.add_residence(
        one, person=held.person(ADA), from_on=date(2026, 5, 2), lines="3 Fern Rd", town="Kelder", postcode="zh2 2bb",
        hidden_because="a threat", ends=old,
    ))  # fmt: skip
    homes = read(held, queries.profile).homes
    assert (homes[0].shown, homes[0].past, homes[0].hidden) == ("3 Fern Rd, Kelder, ZH2 2BB", False, True)
    assert search(actor(held.people.amira), NOW, Search(address="3 Fern Road", postcode="ZH2 2BB")).results == ()
    place = homes[0].address
    with pytest.raises(Denied):
        change(held, lambda one: actions.show_address(one, address=place, because="over"), by=held.people.fern)
    with pytest.raises(NotNow):
        change(held, lambda one: actions.hide_address(one, address=place, because="again"))
    change(held, lambda one: actions.show_address(one, address=place, because="over"), later=10)
    assert not read(held, queries.profile).homes[0].hidden
    found = search(actor(held.people.amira), NOW, Search(address="3 Fern Road", postcode="ZH2 2BB"))
    assert [one.stub.name for one in found.results] == ["Ada Moor"]
    elsewhere = Address.objects.model(lines="9 Elsewhere", recorded_at=NOW)
    with acting_as(system("tests")):
        elsewhere.save()
    with pytest.raises(NotFound):
        change(held, lambda one: actions.hide_address(one, address=elsewhere.pk, because="not hers"))


def test_whoever_may_not_see_what_is_hidden_may_not_change_it(held: Home) -> None:
    profile = read(held, queries.profile)
    home_row, upn = profile.homes[0].row, next(one.row for one in profile.identifiers if one.kind == "upn")
    for does in (
        lambda one: actions.end(one, sort="residence", row=home_row, until_on=TODAY),
        lambda one: actions.correct(one, sort="identifier", row=upn, because="x", suppressed_because=""),
        lambda one: actions.add_residence(
            one, person=held.person(MIRA), from_on=TODAY, address=profile.homes[0].address
        ),
    ):
        with pytest.raises(Denied):
            change(held, does, by=held.people.fern)
    number = next(one.row for one in profile.identifiers if one.kind == "nhs-number")
    change(held, lambda one: actions.suppress(one, row=number, because="asked by the health service"), later=1)
    with gate.open_record(by=actor(held.people.fern), at=NOW + timedelta(hours=1), code=held.code()) as opened:
        said = repr(queries.profile(opened)) + repr(queries.profile(opened, known_at=NOW))
    assert "999 123 4578" not in said


@pytest.mark.parametrize(
    "fields",
    [
        {"sort": "identifier", "kind": "nhs-number", "value": "999 123 4579"},
        {"sort": "identifier", "kind": "loaded-as", "value": "x"},
        {"sort": "contact-point", "kind": "mobile", "value": "999"},
        {"sort": "contact-point", "kind": "fax", "value": "01632 960 001"},
        {"sort": "characteristic", "kind": "communication", "value": "\x00"},
        {"sort": "characteristic", "kind": "communication", "value": " "},
        {"sort": "characteristic", "kind": "language", "value": "x" * 1_000_000},
        {"sort": "name", "use": "current", "given": "\ud800", "family": ""},
        {"sort": "name", "use": "current", "given": "Ada", "family": "Late"},
        {"sort": "name", "use": "former", "given": "A", "family": "B", "from_on": TODAY, "until_on": date(2020, 1, 1)},
        {"sort": "characteristic", "kind": "language", "value": "\u202eabc"},
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_field(held: Home, fields: dict[str, Any]) -> None:
    with pytest.raises(RuleBroken) as refused:
        change(held, lambda one: actions.add(one, person=held.person(ADA), **fields))
    assert refused.value.field and refused.value.sentence.endswith(".")
    assert lines(held.taken.records[ADA]) == []


def test_a_mother_is_changed_through_the_record_and_seen_through_both(held: Home) -> None:
    change(held, lambda one: actions.add(
        one, sort="contact-point", person=held.person(MIRA), kind="email", value="Mira@Post.example", caution="He reads it."
    ))  # fmt: skip
    involve(held.record(BEN), held.people.amira)
    seen = read(held, lambda one: queries.profile(one, person=held.person(MIRA)), who=BEN)
    assert ("Mira@post.example".casefold(), "He reads it.") in [(one.value, one.note) for one in seen.contact_points]


def everything() -> dict[str, list[Any]]:
    names = [name for name in tables.__all__ if isinstance(getattr(tables, name), type)]
    kept = [getattr(tables, name) for name in names if name not in ("Fact", "Merge")]
    with acting_as(system("tests")):
        found = {
            model.__name__: sorted(
                map(
                    repr,
                    model.objects.values_list(
                        *[f.attname for f in model._meta.concrete_fields if f.attname != "version"]
                    ),
                )
            )
            for model in kept
        }
        found["Record"] = sorted(map(repr, Record.objects.values_list("pk", "code", "restriction", "merged_into")))
    return found


def merge(held: Home, keep: str, other: str, *, minutes: int) -> None:
    at = NOW + timedelta(minutes=minutes)
    codes = [held.code(keep), held.code(other)]
    with gate.changing_several(
        by=actor(held.people.bea), at=at, codes=codes, thing="merge", act=Act.MERGE, verb=Verb.MERGED
    ) as (kept, merged):
        actions.merge(kept, merged, because="the same child, recorded twice")


def part(held: Home, keep: str, other: str, *, minutes: int) -> None:
    at, code = NOW + timedelta(minutes=minutes), held.code(other)
    with gate.changing(
        by=actor(held.people.bea), at=at, code=held.code(keep), thing="merge", act=Act.MERGE, verb=Verb.MERGED
    ) as kept:
        actions.unmerge(kept, merged=code, because="two children after all")


def both_known(held: Home) -> None:
    for who in (ADA, BEN):
        involve(held.record(who), held.people.amira)
        involve(held.record(who), held.people.bea)


def test_merged_records_are_read_as_one_and_parting_restores_them(held: Home) -> None:
    both_known(held)
    before = everything()
    merge(held, ADA, BEN, minutes=1)
    profile = read(held, queries.profile)
    assert profile.name == "Ada Moor" and {"Ben Moor", "Ada Moor"} <= {one.value for one in profile.names}
    assert read(held, queries.identity, who=BEN).name == "Ada Moor"  # his reference opens it
    assert [one.name for one in read(held, queries.members) if one.subject] == ["Ada Moor"]
    found = search(
        actor(held.people.amira), NOW + timedelta(minutes=2), Search(name="Ben Moor", born_on=date(2019, 7, 1))
    )
    assert [one.stub.code for one in found.results].count(held.code()) == 1
    assert held.code(BEN) not in [one.stub.code for one in found.results]
    with pytest.raises(Refusal):
        merge(held, BEN, ADA, minutes=3)
    part(held, ADA, BEN, minutes=4)
    assert everything() == before
    with acting_as(system("tests")):
        row = Merge.objects.get()
    assert row.undone_because == "two children after all" and row.undone_at is not None
    for who in (ADA, BEN):
        assert len(lines(held.taken.records[who], Verb.MERGED)) == 2
    assert read(held, queries.identity, who=BEN).name == "Ben Moor"


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([ADA, BEN]), min_size=1, max_size=4))
def test_merging_and_parting_in_any_order_restores_everything(held: Home, kept_first: list[str]) -> None:
    both_known(held)
    before = everything()
    for turn, keep in enumerate(kept_first):
        other = BEN if keep == ADA else ADA
        merge(held, keep, other, minutes=10 * turn + 1)
        assert everything() != before
        part(held, keep, other, minutes=10 * turn + 2)
        assert everything() == before


def test_whoever_may_not_merge_merges_nothing(held: Home) -> None:
    codes = [held.code(), held.code(BEN)]
    with (
        pytest.raises(Denied),
        gate.changing_several(
            by=actor(held.people.fern), at=NOW, codes=codes, thing="merge", act=Act.MERGE, verb=Verb.MERGED
        ),
    ):
        raise AssertionError("nobody comes here")


def test_the_index_stays_the_fold_of_the_facts(held: Home) -> None:
    change(
        held,
        lambda one: actions.add(one, sort="name", person=held.person(NAN), use="known-as", given="Nana", family="M"),
    )
    change(
        held,
        lambda one: actions.add_person(one, capacity="network", given="Ulf", family="Berg", born_on=date(1980, 1, 1)),
    )
    row = read(held, lambda one: queries.profile(one, person=held.person(SOL))).names[0].row
    change(held, lambda one: actions.correct(one, sort="name", row=row, because="misspelt", family="Quell"))
    kept = everything()
    with acting_as(system("tests")):
        indexing.rebuild()
    again = everything()
    assert kept["Indexed"] == again["Indexed"] and len(kept["Bearing"]) == len(again["Bearing"])
    assert Indexed is not None and Hiding is not None and Vitals is not None
