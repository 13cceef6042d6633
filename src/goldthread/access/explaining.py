"""The policy in words and as a table of all answers: what docs/reference/access-policy.md and access-matrix.csv hold."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from io import StringIO
from typing import Any

from goldthread.access.rules import Cell, Line, Policy, matrix
from goldthread.access.vocabulary import ACT_WORDS, RELATION_WORDS, Act, Relation
from goldthread.agencies.vocabulary import ROLE_WORDS, Role
from goldthread.records.models import Restriction

RESTRICTION_WORDS: dict[Restriction, str] = {
    Restriction.STANDARD: "standard: those who may search see its name",
    Restriction.RESTRICTED: "restricted: only those who are named on it know that it exists",
    Restriction.SEALED: "sealed: restricted for good, after an adoption for example",
}
INTRODUCTION = """# Who may do what with a record

Made from `src/goldthread/access/policy.yaml` by `python tools/write_access_policy.py`; a test fails when it is out of date. Change the table,
not this page. `access-matrix.csv` beside it holds every answer there is: for each role, each relation to the record and each
restriction, what may be done, and by which line.

- What no line allows is refused. A line that denies goes before all that allow.
- Who may do nothing at all with a record is not told that it exists: the answer is that of a reference that nobody has ever
  used ("hidden" in the table). Who may find it is told that she is not involved ("no").
- Every reading, every change and every refusal is written into the audit with the name of the line that decided.
- Of records that were merged, the strictest restriction counts.
"""


def page(policy: Policy) -> str:
    """This will give the page: the words, and line by line who may do what."""
    parts = [INTRODUCTION]
    parts.append(_words("How someone stands to a record", RELATION_WORDS))
    parts.append(_words("How far knowledge of a record reaches", RESTRICTION_WORDS))
    parts.append(_words("What can be done with a record", ACT_WORDS))
    parts.append("## The lines\n")
    parts.extend(_line(one) for one in policy.lines)
    parts.append(_by_role(policy))
    return "\n".join(parts)


def matrix_csv(policy: Policy) -> str:
    """This will give the table of all answers, a row for each role, relation and restriction, a column for each act."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["role", "relation", "restriction", *(act.value for act in Act)])
    cells: dict[tuple[Role, Relation, Restriction], list[str]] = {}
    for row in matrix(policy):
        said = f"{row.cell} {row.line}" if row.cell is Cell.ALLOWED else row.cell.value
        cells.setdefault((row.role, row.relation, row.restriction), []).append(said)
    for key, answers in cells.items():
        writer.writerow([*(part.value for part in key), *answers])
    return out.getvalue()


def _words(title: str, words: Mapping[Any, str]) -> str:
    rows = "\n".join(f"| `{word}` | {said} |" for word, said in words.items())
    return f"## {title}\n\n| word | means |\n|---|---|\n{rows}\n"


def _line(line: Line) -> str:
    return (
        f"### {line.name}{' (denies)' if line.denies else ''}\n\n{line.says}\n\n"
        f"- roles: {_listed(line.roles, Role, ROLE_WORDS)}\n"
        f"- who: {_listed(line.relations, Relation, RELATION_WORDS)}\n"
        f"- records: {_listed(line.restrictions, Restriction, {one: one.value for one in Restriction})}\n"
        f"- may{' not' if line.denies else ''}: {_listed(line.acts, Act, ACT_WORDS)}\n"
    )


def _listed(held: Collection[StrEnum], kind: type[StrEnum], words: Mapping[Any, str]) -> str:
    if len(held) == len(kind):
        return "any"
    return "; ".join(words[one] for one in kind if one in held)


def _by_role(policy: Policy) -> str:
    rows = "\n".join(f"| {ROLE_WORDS[role]} | {'; '.join(_reads(policy, role)) or 'none'} |" for role in Role)
    return f"## Which records each role reads\n\n| role | reads |\n|---|---|\n{rows}\n"


def _reads(policy: Policy, role: Role) -> Iterator[str]:
    for restriction in Restriction:
        who = [
            RELATION_WORDS[relation]
            for relation in Relation
            if Act.OPEN in policy.decide(frozenset({role}), frozenset({relation}), restriction).lines
        ]
        if who:
            yield f"{restriction}, where she {' or '.join(_she(one) for one in who)}"


def _she(words: str) -> str:
    return words.replace("her team is", "is in the same team as one who is").replace(
        "her organisation is", "is in the same organisation as one who is"
    )
