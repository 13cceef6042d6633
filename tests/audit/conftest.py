"""A small audit to verify: chains of several people, contents, and checkpoints in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from goldthread.audit import checkpoints
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.audit.signing import Signer, make_key
from goldthread.kernel.acting import Actor, ActorKind, acting_as

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key that signs checkpoints."""
    file = tmp_path_factory.mktemp("keys") / "checkpoint-key"
    make_key(file)
    return file


@pytest.fixture
def signer(key: Path) -> Signer:
    return Signer(key)


@pytest.fixture
def history(signer: Signer) -> Callable[[], None]:
    """Writes 36 entries in 5 chains, with 12 contents and 3 checkpoints, the last one after everything."""

    def told() -> None:
        for n in range(12):
            by = Actor(ActorKind.PRACTITIONER, 1 + n % 3, organisation=700, session=f"s{n}")
            at = AT + timedelta(minutes=n)
            with acting_as(by):
                write(
                    by,
                    at,
                    [
                        Line(Verb.SEARCHED, content={"name": f"Name {n}"}),
                        Line(Verb.VIEWED, 1 + n % 4, "child", policy="open-1"),
                        Line(Verb.CHANGED, 1 + n % 4, f"event:{n}", purpose="duty-call"),
                    ],
                )
            if n in (4, 8, 11):
                assert checkpoints.make(at, signer)

    return told
