"""A whole authority is taken in by one path, once however often it is told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from few import AT, LATER, Few, folder, standing

from goldthread.access import actions as access
from goldthread.access.models import Conflict, Involvement, Named
from goldthread.agencies.models import Practitioner
from goldthread.audit.lines import Verb
from goldthread.audit.models import Entry
from goldthread.chronology import actions as chronology
from goldthread.chronology.models import Event, Load, Summary
from goldthread.kernel.acting import looking_as, system
from goldthread.loading.authority import Folder, Invented
from goldthread.loading.report import Report
from goldthread.loading.taking import take_in
from goldthread.people import taking as people
from goldthread.people.models import Person
from goldthread.records.models import Record, Restriction

pytestmark = pytest.mark.django_db
LOOKING = system("a test")
MODELS = (Record, Person, Involvement, Named, Conflict, Event, Summary, Entry, Load, Practitioner)


def rows() -> dict[str, int]:
    with looking_as(LOOKING):
        return {model.__name__: model.objects.count() for model in MODELS}


def new(report: Report) -> dict[str, int]:
    return {thing: report.counts[thing]["new"] for thing in report.things()}


def loaded(**of: Any) -> Report:
    return take_in(Invented(standing(**of)), at=AT)


def test_everything_that_is_told_is_here() -> None:
    report = loaded()
    few = Few()
    assert new(report)["children"] == few.children > 15
    assert new(report)["facts"] >= sum(len(one.subjects) for one in few.events if one.subjects[0].startswith("child:"))
    there = rows()
    assert there["Record"] == there["Summary"] == few.children
    assert there["Event"] == new(report)["facts"]
    assert there["Involvement"] == new(report)["involvements"] > 50
    assert there["Load"] == 1
    assert report.notes.by_code.keys() <= {"agency"}
    assert report.records == few.children


def test_told_again_it_changes_nothing_but_the_audit_of_agencies() -> None:
    loaded()
    before = rows()
    again = take_in(Invented(standing()), at=LATER)
    after = rows()
    assert {thing: dict(again.counts[thing]) for thing in again.things()}.keys() >= {"facts", "people"}
    assert all(set(again.counts[thing]) == {"same"} for thing in again.things())
    assert after.pop("Entry") == before.pop("Entry") + 1  # that the agencies were told once more
    assert after == before
    assert again.taken_before


def test_what_was_broken_off_is_gone_on_with() -> None:
    loaded(families=4)
    rest = take_in(Invented(standing()), at=LATER)
    assert rest.counts["children"]["same"] == Few(4).children
    assert rest.counts["children"]["new"] == Few().children - Few(4).children
    assert rows()["Record"] == Few().children


def test_each_record_that_was_touched_has_one_line_in_the_audit() -> None:
    loaded()
    with looking_as(LOOKING):
        lines = Entry.objects.filter(verb=Verb.LOADED, record__gt=0)
        assert sorted(lines.values_list("record", flat=True)) == sorted(Record.objects.values_list("pk", flat=True))


def test_a_restricted_record_is_restricted_and_names_who_may_know_of_it() -> None:
    loaded()
    with looking_as(LOOKING):
        (record,) = set(Named.objects.values_list("record", flat=True))
        assert Record.objects.get(pk=record).restriction == Restriction.RESTRICTED
        assert Record.objects.filter(restriction=Restriction.STANDARD).count() == Few().children - 1
        assert Conflict.objects.exists()


def test_who_did_it_is_known_by_her_id_and_children_by_their_references() -> None:
    loaded()
    with looking_as(LOOKING):
        member = Event.objects.filter(kind="family-member").first()
        assert member is not None
        code = Record.objects.get(pk=member.record_id).code
        assert json.loads(member.data)["child"] == f"child:{code}"
        assert json.loads(member.data)["family"].startswith("family:")
        note = Event.objects.filter(kind="case-note").first()
        assert note is not None and note.by is not None and Practitioner.objects.filter(pk=note.by).exists()
        assert "by" not in json.loads(note.data)


def test_a_folder_gives_what_the_stream_gives(tmp_path: Path) -> None:
    report = take_in(Folder(folder(tmp_path)), at=AT)
    before = rows()
    again = take_in(Invented(standing()), at=LATER)
    assert new(report)["children"] == Few().children
    assert all(set(again.counts[thing]) == {"same"} for thing in again.things()), again.counts
    assert rows()["Event"] == before["Event"]


def test_a_preview_says_what_would_be_and_changes_nothing(tmp_path: Path) -> None:
    nothing = rows()
    preview = take_in(Folder(folder(tmp_path)), at=AT, preview=True)
    assert rows() == nothing
    report = take_in(Folder(tmp_path / "authority"), at=AT)
    assert preview.counts == report.counts
    there = rows()
    again = take_in(Folder(tmp_path / "authority"), at=LATER, preview=True)
    assert all(set(again.counts[thing]) == {"same"} for thing in again.things()), again.counts
    assert rows() == there


def test_a_preview_of_several_batches_knows_those_of_earlier_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldthread.loading.batches.PERSONS_AT_A_TIME", 3)
    preview = take_in(Folder(folder(tmp_path)), at=AT, preview=True)
    report = take_in(Folder(tmp_path / "authority"), at=AT)
    assert preview.counts == report.counts


def test_a_later_telling_ends_what_has_ended() -> None:
    loaded(families=1)
    few = Few(1)
    told = few._families[0]
    running = next(one for one in told.involvements if one.until_on is None)
    ended = replace(running, until_on=few.on, because="moved on")
    others = tuple(one for one in told.involvements if one is not running)
    few._families = (replace(told, involvements=(*others, ended)),)
    report = take_in(Invented(few), at=LATER)  # type: ignore[arg-type]  # as one gives it
    assert report.counts["involvements"]["ended"] == 1
    assert report.counts["involvements"]["new"] == 0


def test_lines_that_cannot_be_read_are_named_and_the_rest_is_taken_in(tmp_path: Path) -> None:
    path = folder(tmp_path)
    families = (path / "families.jsonl").read_text().splitlines()
    (path / "families.jsonl").write_text("\n".join([families[0], "{", '{"family": 1, "persons": [2]}', *families[1:]]))
    events = (path / "events.jsonl").read_text().splitlines()
    (path / "events.jsonl").write_text("\n".join([*events[:5], '{"kind": "child-seen"}', *events[5:]]))
    report = take_in(Folder(path), at=AT)
    found = {(note.where, note.code) for note in report.notes}
    assert ("families.jsonl, line 2", "not-readable") in found
    assert ("families.jsonl, line 3", "not-readable") in found
    assert ("events.jsonl, line 6", "not-readable") in found
    assert new(report)["children"] == Few().children


def test_an_event_before_its_family_is_taken_in_all_the_same(tmp_path: Path) -> None:
    path = folder(tmp_path)
    source, *events = (path / "events.jsonl").read_text().splitlines()
    (path / "events.jsonl").write_text("\n".join([source, *reversed(events)]))
    report = take_in(Folder(path), at=AT)
    again = take_in(Invented(standing()), at=LATER)
    assert set(again.counts["facts"]) == {"same"}, report.notes.kept


def test_a_child_of_whom_only_events_tell_has_a_record_too(tmp_path: Path) -> None:
    path = folder(tmp_path)
    families = (path / "families.jsonl").read_text().splitlines()
    (path / "families.jsonl").write_text("\n".join(families[1:]))
    report = take_in(Folder(path), at=AT)
    assert new(report)["children"] == Few().children


def test_where_a_batch_cannot_be_taken_in_what_is_wrong_is_found_and_the_rest_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad = Few().events[7].id
    real = chronology.take_in

    def breaking(acting: Any, load: Any, facts: Any, **more: Any) -> Any:
        facts = list(facts)
        if any(fact.event.id == bad for fact in facts):
            raise IntegrityError("as a database says it")
        return real(acting, load, facts, **more)

    monkeypatch.setattr(chronology, "take_in", breaking)
    report = loaded()
    assert [note.where for note in report.notes if note.code == "event-not-taken"] == [f"event {bad}"]
    monkeypatch.undo()
    rest = take_in(Invented(standing()), at=LATER)
    assert 1 <= rest.counts["facts"]["new"] <= 5  # a row for each child
    assert new(report)["children"] == Few().children


def test_a_family_that_cannot_be_taken_in_is_named_and_its_events_too(monkeypatch: pytest.MonkeyPatch) -> None:
    real = people.take_in
    bad = Few()._families[2]

    def breaking(acting: Any, told: Any, **more: Any) -> Any:
        if bad in list(told):
            raise IntegrityError("as a database says it")
        return real(acting, told, **more)

    monkeypatch.setattr(people, "take_in", breaking)
    report = loaded()
    assert report.notes.by_code["family-not-taken"] == 1
    assert report.notes.by_code["child-unknown"] > 5
    assert new(report)["children"] == Few().children - sum(one.is_child for one in bad.persons)
    assert rows()["Record"] == new(report)["children"]


def test_what_was_learnt_and_noted_in_vain_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The family fails after its records were numbered, and an event of its batch fails again and again."""
    bad = Few()._families[2]
    from_then = {one.from_on for one in bad.involvements}
    lost = [event for event in bad.events if event.subjects[0].startswith("child:")]
    real_access, real_facts = access.take_in, chronology.take_in

    def breaking_access(*, taking: Any, told: Any) -> Any:
        if told.involvements and {one.from_on for one in told.involvements} & from_then:
            raise IntegrityError("as a database says it")
        return real_access(taking=taking, told=told)

    def breaking_facts(acting: Any, load: Any, facts: Any, **more: Any) -> Any:
        facts = list(facts)
        if any(fact.event.kind == "conference-held" for fact in facts):
            raise IntegrityError("as a database says it")
        return real_facts(acting, load, facts, **more)

    monkeypatch.setattr(access, "take_in", breaking_access)
    monkeypatch.setattr(chronology, "take_in", breaking_facts)
    report = loaded()
    assert report.notes.by_code["family-not-taken"] >= 1
    assert report.notes.by_code["child-unknown"] >= len(lost)
    said = [note for note in report.notes if note.code == "child-unknown"]
    assert len(said) == len(set(said)), "each is noted once"
    assert rows()["Record"] == new(report)["children"]
