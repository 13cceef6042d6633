"""`goldthread verify` says in sentences what does not hold, and where."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from nets import nets_lifted

from goldthread.audit import checkpoints, signing
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.audit.models import Entry
from goldthread.cli import main, site
from goldthread.kernel.acting import acting_as, system
from goldthread.records.models import Record

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOMEONE = system("a test")


@pytest.fixture
def record(transactional_db: None, tmp_path: Path, settings: object) -> Record:
    """A record with three entries, a checkpoint, and the checkpoint's file."""
    settings.CHECKPOINT_KEY = tmp_path / "key"  # type: ignore[attr-defined]  # pytest-django's own
    settings.CHECKPOINTS = tmp_path / "kept.jsonl"  # type: ignore[attr-defined]
    with acting_as(SOMEONE):
        made = Record.objects.create(kind="child", opened_on=date(2026, 3, 2))
        write(SOMEONE, AT, [Line(Verb.CREATED, made.pk), Line(Verb.VIEWED, made.pk), Line(Verb.VIEWED, made.pk)])
    return made


def checkpoint() -> None:
    assert checkpoints.make(AT, signing.signer(may_make=True))
    assert settings.CHECKPOINTS
    checkpoints.keep(settings.CHECKPOINTS)


def test_it_says_that_all_holds(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    checkpoint()
    assert main(["verify"]) == 0
    assert capsys.readouterr().out.startswith("Everything holds: 3 entries in 1 chains")


def test_it_names_the_record_by_its_reference_and_the_entry(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    checkpoint()
    with nets_lifted():
        Entry.objects.filter(seq=2).update(thing="forged")
        Entry.objects.filter(seq=3).delete()
    assert main(["verify"]) == 1
    said = capsys.readouterr().out
    assert f"Audit of record {record.code}, entry 2: does not follow" in said
    assert "counted 3 entries in 1 chains; there are 2 in 1." in said
    assert "Something does not hold" in said


def test_a_file_kept_elsewhere_shows_what_the_database_alone_does_not(
    record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checkpoint()
    kept = tmp_path / "kept.jsonl"
    elsewhere = kept.rename(tmp_path / "elsewhere.jsonl")
    with nets_lifted():
        for table in ("audit_checkpoint", "audit_entry"):
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table}")
    assert main(["verify"]) == 0
    assert main(["verify", "--checkpoints", str(elsewhere)]) == 1
    assert "Checkpoint 1, which was kept elsewhere, is missing from the database." in capsys.readouterr().out


def test_a_file_that_holds_no_checkpoints_is_refused(
    record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wrong.jsonl").write_text("nonsense\n", encoding="ascii")
    assert main(["verify", "--checkpoints", str(tmp_path / "wrong.jsonl")]) == 2
    assert "line 1: this is no checkpoint" in capsys.readouterr().err
    assert main(["verify", "--checkpoints", str(tmp_path / "nowhere.jsonl")]) == 2


def test_the_key_is_made_once(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--make-key"]) == 0
    assert main(["verify", "--make-key"]) == 2
    assert "is there already" in capsys.readouterr().err


def test_a_database_without_tables_is_refused(
    record: Record, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(site, "unmigrated", lambda: 3)
    assert main(["verify"]) == 2
    assert "run `goldthread migrate` first" in capsys.readouterr().err
    assert main(["migrate", "--check"]) == 1
