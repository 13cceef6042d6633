"""The policy table, read once and strictly, and the answers that it gives. No database: roles and relations in, answers out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from goldthread.access.vocabulary import Act, Relation
from goldthread.agencies.vocabulary import Role
from goldthread.duties.yaml_reading import read
from goldthread.records.models import Restriction

POLICY = Path(__file__).with_name("policy.yaml")
NO_LINE = "no-line"
"""What the audit names where nothing allowed it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Told(_Strict):
    line: str = Field(pattern=r"^[a-z][a-z-]{1,58}$")
    says: str = Field(min_length=20)
    effect: Literal["allow", "deny"]
    roles: Literal["any"] | list[str]
    relations: Literal["any"] | list[str]
    restrictions: Literal["any"] | list[str]
    acts: Literal["any"] | list[str]


class _ToldPolicy(_Strict):
    roles: dict[str, list[str]]
    lines: list[_Told]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the policy."""

    name: str
    says: str
    denies: bool
    roles: frozenset[Role]
    relations: frozenset[Relation]
    restrictions: frozenset[Restriction]
    acts: frozenset[Act]


@dataclass(frozen=True, slots=True)
class Answer:
    """What someone may do with a record: the line that allows each act. `denied_by` names the line that forbids, if one does."""

    lines: Mapping[Act, str]
    denied_by: Mapping[Act, str]

    @property
    def allowed(self) -> frozenset[Act]:
        """The acts that are allowed."""
        return frozenset(self.lines)

    def line(self, act: Act) -> str:
        """This will name the line that decides about an act, whichever way."""
        return self.lines.get(act) or self.denied_by.get(act) or NO_LINE


class Policy:
    """The table."""

    def __init__(self, lines: Collection[Line]) -> None:
        """Hold the lines in their order: of two that allow, the first is named."""
        self.lines = tuple(lines)
        self._answers: dict[tuple[frozenset[Role], frozenset[Relation], Restriction], Answer] = {}

    def without(self, name: str) -> Policy:
        """This will give the same table lacking one line."""
        return Policy([one for one in self.lines if one.name != name])

    def decide(self, roles: frozenset[Role], relations: frozenset[Relation], restriction: Restriction) -> Answer:
        """This will answer for someone with these roles who stands to a record in these relations."""
        key = (roles, relations, restriction)
        if key not in self._answers:
            self._answers[key] = self._decide(*key)
        return self._answers[key]

    def _decide(self, roles: frozenset[Role], relations: frozenset[Relation], restriction: Restriction) -> Answer:
        allowed: dict[Act, str] = {}
        denied: dict[Act, str] = {}
        for line in self.lines:
            # A line about every role holds for whoever has none, too.
            hers = line.roles & roles or line.roles == frozenset(Role)
            if hers and line.relations & relations and restriction in line.restrictions:
                for act in line.acts:
                    (denied if line.denies else allowed).setdefault(act, line.name)
        return Answer({act: line for act, line in allowed.items() if act not in denied}, denied)


def read_policy(path: Path = POLICY) -> Policy:
    """This will read a policy table; whatever is not as it should be raises with its place."""
    told = _ToldPolicy.model_validate(read(path).data)
    names = [one.line for one in told.lines]
    if len(set(names)) != len(names):
        raise ValueError(f"{path.name} names a line twice.")
    groups = {name: _words(Role, roles) for name, roles in told.roles.items()}
    return Policy([_line(one, groups) for one in told.lines])


@lru_cache(maxsize=1)
def policy() -> Policy:
    """This will give the table that is in force."""
    return read_policy()


def _line(told: _Told, groups: Mapping[str, frozenset[Role]]) -> Line:
    roles: set[Role] = set(Role) if told.roles == "any" else set()
    for name in () if told.roles == "any" else told.roles:
        roles |= groups[name] if name in groups else {Role(name)}
    return Line(
        name=told.line,
        says=told.says,
        denies=told.effect == "deny",
        roles=frozenset(roles),
        relations=_words(Relation, told.relations),
        restrictions=_words(Restriction, told.restrictions),
        acts=_words(Act, told.acts),
    )


def _words(kind: Any, said: str | list[str]) -> frozenset[Any]:
    return frozenset(kind) if said == "any" else frozenset(kind(one) for one in said)


class Cell(StrEnum):
    """What the matrix says of a role, a relation and a restriction about one act."""

    ALLOWED = "yes"
    REFUSED = "no"
    HIDDEN = "hidden"  # refused so that she does not learn that the record exists


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the matrix: the answer, and the line that gives it."""

    role: Role
    relation: Relation
    restriction: Restriction
    act: Act
    cell: Cell
    line: str


def matrix(table: Policy) -> Iterator[Row]:
    """This will give every answer there is: role by relation by restriction by act."""
    for role in Role:
        for relation in Relation:
            for restriction in Restriction:
                answer = table.decide(frozenset({role}), frozenset({relation}), restriction)
                for act in Act:
                    yield Row(role, relation, restriction, act, cell(answer, act), answer.line(act))


def cell(answer: Answer, act: Act) -> Cell:
    """This will say how an act is answered: whoever may not find a record is not told that there is one."""
    if act in answer.lines:
        return Cell.ALLOWED
    known = answer.lines.keys() - {Act.BEGIN, Act.BREAK_GLASS}
    return Cell.REFUSED if known else Cell.HIDDEN
