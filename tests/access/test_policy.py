"""The policy table: read strictly, every line needed, its documents fresh, and the gate in step with all of it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import staff
from cast import BEGAN, NOW, RELATIONS_MADE, actor, stand
from pydantic import ValidationError

from goldthread.access import gate
from goldthread.access.explaining import matrix_csv, page
from goldthread.access.models import Involvement
from goldthread.access.rules import POLICY, Cell, matrix, policy, read_policy
from goldthread.access.vocabulary import Act, Capacity, Relation
from goldthread.agencies.models import Practitioner
from goldthread.agencies.vocabulary import Role
from goldthread.kernel.acting import acting_as, system
from goldthread.kernel.errors import Denied
from goldthread.records.models import Record, RecordKind, Restriction

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
COMMITTED = (REFERENCE / "access-matrix.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(COMMITTED.splitlines()))
ANSWERS = {(one["role"], one["relation"], one["restriction"]): one for one in ROWS}
LINES = [line.name for line in policy().lines]


def test_the_matrix_has_every_cell_and_each_is_known() -> None:
    assert len(ANSWERS) == len(ROWS) == len(Role) * len(Relation) * len(Restriction)
    for row in ROWS:
        for act in Act:
            word, _, line = row[act].partition(" ")
            assert Cell(word) is not Cell.ALLOWED or line in LINES


def test_the_documents_are_fresh() -> None:
    assert matrix_csv(policy()) == COMMITTED
    assert page(policy()) == (REFERENCE / "access-policy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LINES)
def test_without_any_one_line_the_answers_are_others(name: str) -> None:
    assert matrix_csv(policy().without(name)) != COMMITTED


@pytest.mark.parametrize("name", LINES)
def test_every_line_decides_something_that_no_other_does(name: str) -> None:
    def answers(without: str | None) -> set[tuple[str, ...]]:
        table = policy().without(without) if without else policy()
        return {(row.role, row.relation, row.restriction, row.act) for row in matrix(table) if row.cell is Cell.ALLOWED}

    assert answers(None) != answers(name), f"{name} could be left out and nobody would notice"


def test_a_personal_tie_is_denied_everything_in_every_role() -> None:
    for row in ROWS:
        if row["relation"] == Relation.CONFLICT:
            assert {row[act] for act in Act} == {Cell.HIDDEN}


def test_who_is_not_named_does_not_learn_of_a_restricted_record() -> None:
    keepers = {Role.CUSTODIAN, Role.GOVERNANCE_OFFICER}
    for row in ROWS:
        if (
            row["restriction"] != Restriction.STANDARD
            and row["relation"] != Relation.NAMED
            and row["role"] not in keepers
        ):
            assert {row[act] for act in Act} == {Cell.HIDDEN}, row


def test_an_emergency_opens_standard_records_only_and_never_for_partners() -> None:
    for row in ROWS:
        if row[Act.BREAK_GLASS].startswith(Cell.ALLOWED) or row["relation"] == Relation.BREAKING_GLASS:
            opens = any(row[act].startswith("yes") for act in (Act.BREAK_GLASS, Act.OPEN))
            assert not opens or (
                row["restriction"] == Restriction.STANDARD and row["role"] != Role.PARTNER_PRACTITIONER
            )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("effect: deny", "effect: perhaps"),
        ("relations: [conflict]", "relations: [conflicts]"),
        ("acts: [begin]", "acts: [begin, fly]"),
        ("restrictions: [standard]", "restriction: [standard]"),
        ("line: finding", "line: personal-tie"),
        ("social-work: [social-worker,", "social-work: [socialworker,"),
    ],
)
def test_a_table_that_is_not_as_it_should_be_is_refused(before: str, after: str, tmp_path: Path) -> None:
    text = POLICY.read_text(encoding="utf-8")
    assert before in text
    broken = tmp_path / "policy.yaml"
    broken.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises((ValueError, ValidationError)):
        read_policy(broken)


def expected(role: Role, relations: frozenset[Relation], restriction: Restriction) -> set[Act]:
    rows = [ANSWERS[role, relation, restriction] for relation in relations]
    return {act for act in Act if any(row[act].startswith(Cell.ALLOWED) for row in rows)}


def gives(who: Practitioner, record: Record, acts: set[Act]) -> Iterator[tuple[Act, str, frozenset[Act]]]:
    """What the gate says to some acts on a record that there is, and what it then allows."""
    for act in acts:
        try:
            with gate.open_record(by=actor(who), at=NOW, code=record.code, act=act) as opened:
                yield act, Cell.ALLOWED, opened.allowed
        except Denied as refused:
            yield act, Cell.HIDDEN if refused.hidden else Cell.REFUSED, frozenset()


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_the_gate_gives_every_answer_of_the_matrix(role: Role) -> None:
    home = staff.organisation()
    teams = {
        "same": staff.team("Safeguarding 1", home),
        "sister": staff.team("Safeguarding 2", home),
    }
    colleague = staff.practitioner(Role.SOCIAL_WORKER, within=teams["same"])
    wrong = defaultdict(list)
    for restriction in Restriction:
        with acting_as(system("tests")):
            record = Record.objects.create(kind=RecordKind.CHILD, opened_on=BEGAN, restriction=restriction.value)
            Involvement.objects.create(
                record=record, practitioner=colleague, capacity=Capacity.ALLOCATED.value, from_on=BEGAN
            )
            people = {relation: stand(role, relation, record, teams) for relation in Relation}
        for relation, who in people.items():
            allowed = expected(role, RELATIONS_MADE[relation], restriction)
            known = allowed - {Act.BEGIN, Act.BREAK_GLASS}
            asked = {*list(allowed - {Act.BEGIN})[:1], *list(set(Act) - allowed - {Act.BEGIN})[:1]}
            for act, said, more in gives(who, record, asked):  # one that is allowed tells of all others
                right = Cell.ALLOWED if act in allowed else Cell.REFUSED if known else Cell.HIDDEN
                if said != right or (more and more != allowed):
                    wrong[relation, restriction].append((act, said, right))
    assert not wrong
