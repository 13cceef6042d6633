"""The oracle can judge the engine only while it shares nothing with it but the shape of an event."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ORACLE = Path(__file__).parents[1] / "oracle"
SHARED = frozenset({"goldthread.duties.event"})


def imports_of(text: str) -> set[str]:
    """The modules of this project that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{one.name}" for one in node.names}
    return {name for name in found if name.split(".")[0] == "goldthread"}


def foreign(text: str) -> set[str]:
    """What is imported beyond the shape of an event: neither that module nor a name in it."""
    return {name for name in imports_of(text) if name not in SHARED and name.rpartition(".")[0] not in SHARED}


def test_the_oracle_shares_nothing_with_the_engine_but_the_shape_of_an_event() -> None:
    files = sorted(one for one in ORACLE.glob("*.py") if not one.name.startswith("test_"))
    assert len(files) > 5
    assert {one.name: foreign(one.read_text(encoding="utf-8")) for one in files} == {one.name: set() for one in files}


@pytest.mark.parametrize(
    "line",
    [
        "from goldthread.duties import calendar",
        "import goldthread.duties.engine",
        "from goldthread.duties.engine.answers import whose",
        "def late():\n    from goldthread.duties.rules import load",
    ],
)
def test_what_is_the_engine_s_own_is_noticed(line: str) -> None:
    assert foreign(line)
    assert not foreign("from goldthread.duties.event import Event, Source")
