"""Whoever owns the database can change what was written, and is found out."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attacks import ATTACKS, adds_content, cuts_off_with_checkpoints, kept
from django.db import transaction
from nets import nets_lifted

from goldthread.audit import statements, verifying
from goldthread.audit.actions import write
from goldthread.audit.chain import canonical
from goldthread.audit.checkpoints import Point
from goldthread.audit.faults import Report
from goldthread.audit.lines import Line, Verb
from goldthread.audit.models import Checkpoint, Content, Entry
from goldthread.audit.signing import Signer, Witnesses, make_key, public_file
from goldthread.audit.verifying import verify
from goldthread.kernel.acting import acting_as, system

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
TRIALS = 100
MANY = 1000


@pytest.fixture
def witnesses(key: Path) -> Witnesses:
    return Witnesses(public_file(key))


@pytest.mark.django_db
def test_what_nobody_touched_holds(history: Callable[[], None], witnesses: Witnesses) -> None:
    history()
    found = verify(kept(), witnesses)
    assert found.faults == []
    assert (found.entries, found.chains, found.contents, found.checkpoints, found.unsealed) == (36, 5, 12, 3, 0)


@pytest.mark.django_db
def test_an_empty_audit_holds() -> None:
    assert verify() == Report()


def unnoticed(trials: int, points: Sequence[Point], witnesses: Witnesses) -> list[str]:
    """This will attack again and again, each time from the start, and give what verifying did not notice."""
    missed = []
    for trial in range(trials):
        chance = random.Random(trial)
        attack = ATTACKS[trial % len(ATTACKS)]
        with transaction.atomic():
            said = attack(chance)
            if verify(points, witnesses).holds:
                missed.append(f"trial {trial}: {said}")
            transaction.set_rollback(True)
    return missed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trials", [TRIALS, pytest.param(MANY, marks=pytest.mark.slow)])
def test_whatever_is_changed_by_who_owns_the_database_is_found(
    history: Callable[[], None], witnesses: Witnesses, trials: int
) -> None:
    history()
    points = kept()
    with nets_lifted():
        assert unnoticed(trials, points, witnesses) == []
        assert verify(points, witnesses).holds, "the trials themselves changed something"


@pytest.mark.django_db(transaction=True)
def test_without_checkpoints_kept_elsewhere_going_back_would_not_be_noticed(
    history: Callable[[], None], witnesses: Witnesses
) -> None:
    # So the trials above say something: they need what is kept outside the database.
    history()
    with nets_lifted(), transaction.atomic():
        cuts_off_with_checkpoints(random.Random(1))
        assert verify((), witnesses).holds
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_a_fault_names_the_place_in_a_sentence(history: Callable[[], None], witnesses: Witnesses) -> None:
    history()
    with nets_lifted(), transaction.atomic():
        Entry.objects.filter(record=2, seq=3).update(purpose="curiosity")
        (fault, *_) = verify(kept(), witnesses).faults
        transaction.set_rollback(True)
    assert (fault.record, fault.seq) == (2, 3)
    assert "changed" in fault.says


def take_out(model: type[Entry] | type[Checkpoint], **which: int | tuple[int, int]) -> None:
    if model is Entry:
        Content.objects.filter(**{f"entry__{name}": value for name, value in which.items()})._raw_delete("default")
    model.objects.filter(**which)._raw_delete("default")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("attack", "says"),
    [
        (lambda: take_out(Entry, record=2, seq=2), "entry 2 before it is missing"),
        (lambda: take_out(Entry, record=2, seq__range=(2, 3)), "entries 2 to 3 before it are missing"),
        (lambda: take_out(Entry, record=2, seq=6), "counted 9 entries in 4 chains; there are 8 in 4."),
        (lambda: adds_content(random.Random(1)), "had no content when it was written, and now has"),
        (lambda: take_out(Checkpoint, number=2), "There is no checkpoint 2."),
        (lambda: Checkpoint.objects.filter(number=2).update(before="0" * 64), "does not follow from the one before it"),
    ],
)  # fmt: skip
def test_each_fault_has_its_sentence(history: Callable[[], None], attack: Callable[[], None], says: str) -> None:
    history()
    with nets_lifted(), transaction.atomic():
        attack()
        said = [fault.says for fault in verify().faults]
        transaction.set_rollback(True)
    assert [one for one in said if says in one], said


@pytest.mark.django_db
def test_checkpoints_signed_with_another_key_are_refused(
    history: Callable[[], None], tmp_path: Path, witnesses: Witnesses
) -> None:
    history()
    make_key(tmp_path / "other")
    forger = Signer(tmp_path / "other")
    points = [point._replace(key=forger.name, signature=forger.sign(point.signed_text())) for point in kept()]
    said = [fault.says for fault in verify(points, witnesses).faults]
    assert sum("not signed with a key that is known" in one for one in said) == 3


@pytest.mark.django_db
def test_what_higher_apps_have_verified_is_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "_also", {})
    verifying.also_verify("columns against events", lambda: ["Event 5 says another day than its column."])
    (fault,) = verify().faults
    assert fault.says == "columns against events: Event 5 says another day than its column."


@pytest.mark.django_db
def test_entries_since_the_latest_checkpoint_are_counted(history: Callable[[], None], witnesses: Witnesses) -> None:
    history()
    later = system("later")
    with acting_as(later):
        write(later, AT, [Line(Verb.LOADED, 3), Line(Verb.LOADED, 77)])
    found = verify(kept(), witnesses)
    assert found.holds
    assert found.unsealed == 2


@pytest.mark.django_db
def test_both_databases_write_a_row_down_as_python_does() -> None:
    awkward = system('a "quoted" \\ name / é😀\u2028\u00a0\t\x7f <&>')
    lines = [
        Line(Verb.LOADED, 9, purpose="duty-call", break_glass=4),
        Line(Verb.LOADED, 9, refused=True, content={"a": 1}),
    ]
    quoted = system('with a "quote" only')
    with acting_as(quoted):
        write(quoted, AT, lines)
    with acting_as(awkward):
        write(awkward, AT, lines)
        write(awkward, AT.replace(microsecond=1200), lines)
        rows = {row["seq"]: canonical(row) for row in Entry.objects.values()}
        batches = list(statements.entries_between(0, None))
    written = {seq: text.decode() for batch in batches for _, seq, _, _, text in batch}
    assert written == rows
    assert len(rows) == 6
    assert verify().holds
