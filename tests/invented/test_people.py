"""The people of an invented authority: what is told holds together, and its numbers are ones that nobody has."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import fields
from datetime import date

from authority_told import ON, Authority
from hypothesis import given
from hypothesis import strategies as st

from goldthread.invented.identities import nhs_number
from goldthread.invented.people import Told


def test_the_same_day_and_seed_tell_the_same_and_others_tell_something_else(harrowmere: Authority) -> None:
    again = Authority()
    assert again.agencies == harrowmere.agencies
    assert again.batches == harrowmere.batches
    assert Authority(seed=4).batches != harrowmere.batches
    assert Authority(date(2026, 5, 15)).batches != harrowmere.batches


def test_every_id_is_given_once_and_whatever_is_referred_to_is_there_by_then(harrowmere: Authority) -> None:
    agencies = harrowmere.agencies
    known = [one.id for one in agencies.organisations]
    known += [one.id for one in agencies.teams]
    known += [one.id for one in agencies.practitioners]
    assert len(known) == len(set(known))
    ids = set(known)
    for organisation in agencies.organisations:
        assert organisation.part_of is None or organisation.part_of in ids
    assert {one.organisation for one in agencies.teams} <= ids
    assert {one.practitioner for one in agencies.posts} | {one.team for one in agencies.posts} <= ids
    assert {one.practitioner for one in agencies.cast} <= ids
    records: set[str] = set()
    for told in harrowmere.batches:
        for id_ in [one.id for one in told.persons] + [one.id for one in told.addresses]:
            assert id_ not in ids, id_
            ids.add(id_)
        for record in told.records:
            assert record.id not in records
            assert record.kind != "child" or record.id in ids
            records.add(record.id)
            assert record.team in ids
        for living in told.residences:
            assert {living.person, living.address} <= ids
        for relationship in told.relationships:
            assert {relationship.person, relationship.other} <= ids
            assert relationship.person != relationship.other
        for responsibility in told.responsibilities:
            assert {responsibility.child, responsibility.holder} <= ids
        for membership in told.memberships:
            assert membership.person in ids and membership.record in records
        for involvement in told.involvements:
            assert involvement.record in records
            assert involvement.practitioner in ids and involvement.team in ids
        for restriction in told.restrictions:
            assert set(restriction.named) <= ids and restriction.record in records
        for conflict in told.conflicts:
            assert conflict.practitioner in ids and conflict.record in records
        for event in told.events:
            for subject in event.subjects:
                assert subject in ids or subject in records or subject.startswith("family:"), subject


def test_nothing_is_dated_after_today_and_no_period_ends_before_it_begins(harrowmere: Authority) -> None:
    checked: Counter[str] = Counter()
    things: list[object] = [*harrowmere.agencies.posts]
    for told in harrowmere.batches:
        for name in (
            "residences",
            "relationships",
            "responsibilities",
            "records",
            "memberships",
            "involvements",
            "conflicts",
        ):
            things += getattr(told, name)
        for person in told.persons:
            things += [*person.names, *person.identifiers, *person.characteristics, *person.contact_points]
            assert person.born_on is None or person.born_on <= ON
            assert person.died_on is None or person.died_on <= ON
        assert all(event.day is None or event.day <= ON.toordinal() for event in told.events)
    for thing in things:
        begins = getattr(thing, "from_on", None) or getattr(thing, "opened_on", None)
        ends = getattr(thing, "until_on", None) or getattr(thing, "closed_on", None)
        assert begins is None or begins <= ON, thing
        assert ends is None or ends <= ON, thing
        assert begins is None or ends is None or begins < ends, thing
        checked[type(thing).__name__] += ends is not None
    assert {"Post", "Residence", "Relationship", "Record", "Involvement", "Name"} <= {
        one for one, n in checked.items() if n
    }


def test_only_one_social_worker_is_allocated_to_a_child_at_a_time(harrowmere: Authority) -> None:
    periods: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for told in harrowmere.batches:
        for one in told.involvements:
            if one.capacity == "allocated-social-worker":
                periods[one.record].append((one.from_on, one.until_on or date.max))
    changed = 0
    for record, found in periods.items():
        found.sort()
        for (_, ends), (begins, _) in itertools.pairwise(found):
            assert ends <= begins, record
            changed += ends == begins
    assert len(periods) > 700
    assert changed > 150


@given(st.integers(min_value=0, max_value=899_999))
def test_an_nhs_number_is_of_the_range_for_tests_and_has_its_check_digit(number: int) -> None:
    made = nhs_number(number)
    assert re.fullmatch(r"999\d{7}", made)
    assert sum(int(digit) * weight for digit, weight in zip(made, range(10, 0, -1), strict=True)) % 11 == 0


def test_no_two_children_have_the_same_nhs_number() -> None:
    numbers = {nhs_number(number) for number in range(0, 900_000, 61)}
    assert len(numbers) == len(range(0, 900_000, 61))


def test_numbers_and_addresses_are_ones_that_nobody_has(harrowmere: Authority) -> None:
    for practitioner in harrowmere.agencies.practitioners:
        assert re.fullmatch(r"07700 900\d{3}|01632 960\d{3}", practitioner.phone)
        assert practitioner.email.endswith(".example")
        assert practitioner.registration_number is None or "X" in practitioner.registration_number
    assert len({one.email for one in harrowmere.agencies.practitioners}) == len(harrowmere.agencies.practitioners)
    for told in harrowmere.batches:
        for address in told.addresses:
            assert re.fullmatch(r"ZH\d{1,2} \d[A-Z]{2}", address.postcode)
        for person in told.persons:
            for point in person.contact_points:
                assert re.fullmatch(r"07700 900\d{3}|01632 960\d{3}|.+\.example", point.value)


def test_each_kind_of_fact_occurs(harrowmere: Authority) -> None:
    empty = {one.name for one in fields(Told)} - {"family", "showcase"}
    for told in harrowmere.batches:
        empty -= {name for name in empty if getattr(told, name)}
    assert not empty
