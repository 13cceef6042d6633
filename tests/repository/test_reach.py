"""Protected rows are reached from few places, and transactions are opened in one. Every rule is shown to notice a breach."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from goldthread.kernel.db.net import PROTECTED
from goldthread.kernel.declaring import declared_of

PACKAGE = Path(__file__).parents[2] / "src" / "goldthread"
NAMES = {
    model.__name__: model._meta.app_label
    for model in apps.get_models()
    if model.__module__.startswith("goldthread.") and declared_of(model).sensitivity in PROTECTED
}
"""The protected models, and the app of each."""

MANAGERS = frozenset({"objects", "_base_manager", "_default_manager"})
READERS = frozenset({"models", "queries", "actions", "gate"})
"""The modules of an app (or packages of these names) that may reach its own protected rows."""

READERS_TOO: dict[str, str] = {
    "access/noticing.py": "tells of those who were refused, after what they did was rolled back",
    "access/standing.py": "says how someone stands to records, for the gate",
    "audit/checkpoints.py": "sums up all chains",
    "audit/destroying.py": "removes content by the act of two people",
    "audit/verifying.py": "verifies all chains",
    "people/indexing.py": "keeps the index of a search in step with the facts",
    "people/taking": "takes in whole families for the system, within the gate",
    "cli/verify.py": "names the records whose audit does not hold",
}
"""Other modules that may, by their path, each with its reason."""

CONNECTED: dict[str, str] = {
    "kernel": "binds the actor and lays the nets",
    "audit": "writes its chains in few queries whatever their number",
    "chronology/statements.py": "takes events in by the hundred thousand",
    "people/rows.py": "takes people in by the hundred thousand",
    "cli/site.py": "asks whether the database is there and up to date",
    "cli/backup.py": "counts rows",
    "cli/copying.py": "copies the whole database",
    "cli/demonstrating.py": "closes connections before it makes the database anew",
    "cli/restore.py": "finds out which database it is",
    "cli/serve.py": "closes connections before it divides into processes",
    "cli/worker.py": "closes connections that broke",
    "jobs/health.py": "asks whether the database answers",
    "jobs/work.py": "lets go of a connection that broke",
}
"""Apps and modules that may speak SQL themselves, each with its reason."""

TRANSACTIONS = frozenset({"kernel/acting.py", "kernel/db/sqlite/base.py", "kernel/db/postgresql/base.py"})
LIFTING = frozenset({"schema_open", "destruction_open", "schema_lifted", "destruction_lifted"})
LIFTERS: dict[str, str] = {
    "kernel": "defines them, and `migrate` opens the schema",
    "audit/destroying.py": "removes content by the act of two people",
    "cli/restore.py": "counts what came back before the site has rights to it",
}


def places(path: str) -> set[str]:
    """A path and every folder above it: `audit/actions.py` stands in `audit`."""
    return {path, *(parent.as_posix() for parent in Path(path).parents)}


def may_reach(path: str, model: str) -> bool:
    """Whether a file may use the manager of a protected model."""
    app, _, rest = path.partition("/")
    own = NAMES[model] == app and rest.partition("/")[0].removesuffix(".py") in READERS
    return own or bool(places(path) & READERS_TOO.keys())


def breaches(path: str, text: str) -> list[str]:
    """What a file does that it may not, by line."""
    return [f"{path}:{line}: {what}" for line, what in sorted(_breaches(path, ast.parse(text)))]


def _breaches(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    speaks = bool(places(path) & CONNECTED.keys())
    lifts = bool(places(path) & LIFTERS.keys())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            of = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
            if node.attr in MANAGERS and of in NAMES and not may_reach(path, of):
                yield node.lineno, f"reaches the rows of {of}"
            elif node.attr == "_base_manager" and path.partition("/")[0] != "kernel":
                yield node.lineno, "goes round the managers"
            if node.attr == "atomic" and path not in TRANSACTIONS:
                yield node.lineno, "opens a transaction"
            if node.attr in LIFTING and not lifts:
                yield node.lineno, "lifts a net"
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if called in ("cursor", "raw") and not speaks:
                yield node.lineno, f"speaks SQL by {called}()"
        elif isinstance(node, ast.ImportFrom):
            names = {one.name for one in node.names}
            if node.module == "django.db" and names & {"connection", "connections"} and not speaks:
                yield node.lineno, "imports the connection"
            if node.module == "django.db.transaction" and "atomic" in names and path not in TRANSACTIONS:
                yield node.lineno, "opens a transaction"
            if names & LIFTING and not lifts:
                yield node.lineno, "lifts a net"


def test_protected_rows_are_reached_only_where_they_may_be() -> None:
    files = {
        path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts
    }
    assert len(files) > 100
    assert {"Record", "Entry", "Content"} <= NAMES.keys()
    found = [one for path, file in files.items() for one in breaches(path, file.read_text(encoding="utf-8"))]
    assert found == []


def test_every_exception_is_still_there() -> None:
    for path in (*READERS_TOO, *CONNECTED, *LIFTERS, *TRANSACTIONS):
        assert (PACKAGE / path).exists(), path


@pytest.mark.parametrize(
    ("path", "line", "said"),
    [
        ("desk/views.py", "Record.objects.get(pk=1)", "reaches the rows of Record"),
        ("desk/views.py", "models.Record.objects.all()", "reaches the rows of Record"),
        ("records/views.py", "Record._default_manager.all()", "reaches the rows of Record"),
        ("access/gate.py", "Record.objects.get(pk=1)", "reaches the rows of Record"),
        ("people/queries.py", "Record._base_manager.all()", "reaches the rows of Record"),
        ("people/queries.py", "Team._base_manager.all()", "goes round the managers"),
        ("people/queries.py", "model._base_manager.all()", "goes round the managers"),
        ("people/queries.py", "connection.cursor()", "speaks SQL by cursor()"),
        ("people/queries.py", "Child.objects.raw('SELECT 1')", "speaks SQL by raw()"),
        ("people/queries.py", "from django.db import connection", "imports the connection"),
        ("people/queries.py", "from django.db import connections, models", "imports the connection"),
        ("people/actions.py", "transaction.atomic()", "opens a transaction"),
        ("audit/actions.py", "from django.db.transaction import atomic", "opens a transaction"),
        ("access/actions.py", "from goldthread.kernel.acting import destruction_open", "lifts a net"),
        ("cli/load.py", "connection.schema_lifted()", "lifts a net"),
    ],
)
def test_what_reaches_too_far_is_noticed(path: str, line: str, said: str) -> None:
    assert breaches(path, line) == [f"{path}:1: {said}"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("records/queries.py", "Record.objects.get(pk=1)"),
        ("records/queries/stubs.py", "Record.objects.get(pk=1)"),
        ("kernel/acting.py", "transaction.atomic()"),
        ("audit/actions.py", "connection.cursor()"),
        ("people/queries.py", "Team.objects.all()"),
        ("people/actions.py", "transaction.on_commit(send)"),
    ],
)
def test_what_stays_where_it_belongs_passes(path: str, line: str) -> None:
    assert breaches(path, line) == []
