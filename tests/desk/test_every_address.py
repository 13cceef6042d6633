"""Every address × method × role × relation × restriction, held to the policy's matrix: no cell is left to chance.

What the gate did is read from the audit, not only from the status, since hidden and missing look alike on purpose.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import staff
from cast import BEGAN, RELATIONS_MADE, stand
from routes import addresses

from goldthread.access.models import Involvement
from goldthread.access.rules import Cell
from goldthread.access.vocabulary import Act, Capacity, Relation
from goldthread.accounts.models import Account
from goldthread.agencies.models import Team
from goldthread.agencies.vocabulary import Role
from goldthread.audit.models import Entry
from goldthread.kernel.acting import acting_as, system
from goldthread.kernel.routes import Mark, Who
from goldthread.records.models import Record, RecordKind, Restriction

MATRIX = Path(__file__).parents[2] / "docs" / "reference" / "access-matrix.csv"
ANSWERS = {
    (one["role"], one["relation"], one["restriction"]): {act for act in Act if one[act].startswith(Cell.ALLOWED)}
    for one in csv.DictReader(MATRIX.read_text(encoding="utf-8").splitlines())
}
METHODS = ("GET", "POST")
NOBODYS = 987_654_321
"""An id that no row has, for addresses that name something within a record."""

REFUSED = {403, 404}


def marked(*who: Who) -> list[tuple[str, str, Mark]]:
    """The addresses that are meant for someone, each with how it looks; of a record, with `{code}` in it."""
    given = dict.fromkeys(("involvement", "named", "conflict", "emergency", "notice", "view"), NOBODYS)
    found = [
        (one.name, one.filled({**given, "code": "{code}"}), one.mark)
        for one in addresses()
        if one.mark is not None and one.who in who
    ]
    return sorted(found, key=lambda one: "end_emergency" in one[0])  # which ends it, so it is asked last


def expected(role: Role, relation: Relation, restriction: Restriction, acts: tuple[str, ...]) -> Cell:
    """What the committed matrix says of an address that needs one of some acts."""
    allowed = {act for one in RELATIONS_MADE[relation] for act in ANSWERS[role, one, restriction]}
    if allowed & set(acts):
        return Cell.ALLOWED
    return Cell.REFUSED if allowed - {Act.BEGIN, Act.BREAK_GLASS} else Cell.HIDDEN


def test_every_address_of_a_record_names_it_by_its_reference_and_nothing_else_of_it() -> None:
    found = marked(Who.RECORD)
    assert len(found) > 15
    for name, address, mark in found:
        assert "{code}" in address and {Act(act) for act in mark.acts}, name


def people_of(role: Role) -> Iterator[tuple[Relation, Record, Account]]:
    """Someone in a role for each relation to records of each restriction."""
    home = staff.organisation()
    teams: dict[str, Team] = {
        "same": staff.team("Safeguarding 1", home),
        "sister": staff.team("Safeguarding 2", home),
    }
    colleague = staff.practitioner(Role.SOCIAL_WORKER, within=teams["same"])
    for restriction in (Restriction.STANDARD, Restriction.RESTRICTED):  # what is sealed, the gate's own test asks
        with acting_as(system("tests")):
            record = Record.objects.create(kind=RecordKind.CHILD, opened_on=BEGAN, restriction=restriction.value)
            Involvement.objects.create(
                record=record, practitioner=colleague, capacity=Capacity.ALLOCATED.value, from_on=BEGAN
            )
            people = {relation: stand(role, relation, record, teams, long=True) for relation in Relation}
        for relation, who in people.items():
            account = Account(practitioner=who, email=f"matrix{who.pk}@anyborough.example")
            account.set_password(None)
            account.save()
            yield relation, record, account


def says_nothing(answer: Any, address: str) -> bool:
    """Whether an answer would be the same whatever the record: it does not look at one, so there is nothing to refuse."""
    at_once = answer.status_code == 302 and urlsplit(answer["Location"]).path == address
    return bool(answer.status_code == 405 or at_once)


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_every_address_of_a_record_answers_as_the_matrix_says(role: Role) -> None:
    wrong, asked = [], 0
    not_taken: set[tuple[str, str]] = set()  # methods that an address takes from nobody
    for relation, record, account in people_of(role):
        client = staff.signed_in(account)
        restriction = Restriction(record.restriction)
        for name, address, mark in marked(Who.RECORD):
            for method in METHODS:
                asked += 1
                if (name, method) in not_taken:
                    continue
                answer = client.generic(method, address.format(code=record.code))
                if answer.status_code == 405:
                    not_taken.add((name, method))
                with acting_as(system("tests")):
                    lines = Entry.objects.filter(record=record.pk, request=answer["X-Request-ID"])
                    refusals = list(lines.filter(refused=True).values_list("policy", flat=True))
                if says_nothing(answer, address.format(code=record.code)):
                    continue
                right = expected(role, relation, restriction, mark.acts)
                hidden = Cell.HIDDEN if answer.status_code == 404 else Cell.REFUSED
                said = hidden if refusals else Cell.ALLOWED
                if said != right or answer.status_code >= 500 or (said is Cell.REFUSED and answer.status_code != 403):
                    wrong.append((name, method, relation.value, restriction.value, answer.status_code, said, right))
    assert asked == len(Relation) * 2 * len(marked(Who.RECORD)) * len(METHODS)
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_every_other_address_answers_each_role_or_refuses_it(role: Role) -> None:
    """Pages of administration are for administrators; all others may be asked by whoever has signed in."""
    client = staff.signed_in(staff.account(role))
    wrong = []
    for name, address, mark in marked(Who.SIGNED_IN, Who.ADMINISTRATORS, Who.ANYONE):
        if "(" in address or name in ("account_logout",):
            continue
        status = client.get(address).status_code
        refused = mark.who is Who.ADMINISTRATORS and role is not Role.ADMINISTRATOR
        if status >= 500 or (refused and status not in REFUSED | {405}):
            wrong.append((name, status))
    assert not wrong, "\n".join(map(str, wrong))
