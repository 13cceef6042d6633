"""Case events are taken in with the children whom they name, and what cannot be used is left out by line."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from few import AT, LATER

from goldthread.chronology.models import Event
from goldthread.kernel.acting import looking_as, system
from goldthread.loading import batches, events
from goldthread.loading.placing import hashed
from goldthread.loading.report import Report
from goldthread.loading.sources import open_source
from goldthread.loading.taking import take_in
from goldthread.people.models import Vitals
from goldthread.records.models import Record

pytestmark = pytest.mark.django_db
LOOKING = system("a test")


def event(id: str | None, subject: str | list[str], kind: str, occurred: str | None, **more: Any) -> dict[str, Any]:
    said = {"subjects": subject} if isinstance(subject, list) else {"subject": subject}
    return {**({"id": id} if id else {}), **said, "kind": kind, "occurred": occurred, **more}


def load(tmp_path: Path, *records: dict[str, Any] | str, at: Any = AT, preview: bool = False) -> Report:
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in records) + "\n")
    return take_in(open_source(path), at=at, preview=preview)


def held() -> list[tuple[str, str]]:
    """The kind of each row, and whose record it stands on by its day of opening, in order."""
    with looking_as(LOOKING):
        return sorted((str(one.record.opened_on), one.kind) for one in Event.objects.select_related("record"))


REFERRED = event("E1", "child:C1", "referral-received", "2026-03-02", process="referral:R1")
SEEN = event("E2", ["child:C1", "child:C2"], "child-seen", "2026-03-04", data={"alone": True})


def test_children_are_made_of_what_events_tell_of_them(tmp_path: Path) -> None:
    born = event("E0", "child:C1", "child-identified", "2015-05-17", data={"born_on": "2015-05-17"})
    died = event("E9", "child:C2", "child-died", "2026-03-09")
    report = load(tmp_path, SEEN, REFERRED, died, born)  # in any order
    assert dict(report.counts["children"]) == {"new": 2}
    assert dict(report.counts["facts"]) == {"new": 5}
    with looking_as(LOOKING):
        assert set(Record.objects.values_list("opened_on", flat=True)) == {date(2026, 3, 2), date(2026, 3, 4)}
        assert set(Vitals.objects.values_list("born_on", "died_on")) == {
            (date(2015, 5, 17), None),
            (None, date(2026, 3, 9)),
        }


def test_a_second_file_adds_to_the_same_children_and_doubles_nothing(tmp_path: Path) -> None:
    load(tmp_path, REFERRED, SEEN)
    report = load(tmp_path, REFERRED, SEEN, event(None, "child:C2", "case-note", "2026-03-05"), at=LATER)
    assert dict(report.counts["children"]) == {"same": 2}
    assert dict(report.counts["facts"]) == {"new": 1, "same": 3}
    again = load(tmp_path, event(None, "child:C2", "case-note", "2026-03-05"), at=LATER)
    assert dict(again.counts["facts"]) == {"same": 1}, "an event without an id is known by what it says"


def test_what_is_said_otherwise_under_the_same_id_is_reported_and_stays(tmp_path: Path) -> None:
    load(tmp_path, REFERRED)
    report = load(tmp_path, {**REFERRED, "occurred": "2026-03-03"}, at=LATER)
    assert dict(report.counts["facts"]) == {"different": 1}
    (note,) = [one for one in report.notes if one.code == "different"]
    assert note.where == "line 1" and '"E1" is here already; its on stays' in note.says


def test_an_event_of_a_family_goes_to_its_members_on_its_day(tmp_path: Path) -> None:
    members = [
        event("M1", "family:F1", "family-member", "2026-03-01", data={"child": "child:C1", "from": "2026-03-01"}),
        event("M2", "family:F1", "family-member", "2026-03-08", data={"child": "C2", "from": "2026-03-08"}),
    ]
    early = event("E3", "family:F1", "early-help-plan-made", "2026-03-02")
    both = event("E4", "family:F1", "early-help-plan-reviewed", "2026-03-09")
    report = load(tmp_path, both, early, *members)
    assert dict(report.counts["children"]) == {"new": 2}
    assert (
        held()
        == [
            ("2026-03-01", "early-help-plan-made"),
            ("2026-03-01", "early-help-plan-reviewed"),
            ("2026-03-01", "family-member"),
            ("2026-03-08", "early-help-plan-reviewed"),
            ("2026-03-08", "family-member"),
        ]
        or len(held()) == 5
    )


BAD: list[tuple[dict[str, Any] | str, str, str]] = [
    ("{", "not-readable", "it is not JSON"),
    (event("X", "child:C1", "child-seen", "2026-02-31"), "not-readable", "not a date that exists"),
    (event("X", "incident:I1", "incident-known", "2026-03-02"), "no-record-of-incident", "only children have records"),
    (event("X", "family:F9", "early-help-plan-made", "2026-03-02"), "family-without-children", "no child is known"),
    (event("X", "child:C1", "child-seen", "2026-03-02", data={"says": "a\0b"}), "not-usable", "cannot be kept"),
    (event("X", "child:C1", "k" * 70, "2026-03-02"), "not-usable", "60"),
    (event("X", "child:C1", "child-seen", "2026-03-02", data={"t": "x" * 200_000}), "not-usable", "characters"),
    (event("E1", "child:C1", "child-seen", "2026-03-02"), "id-twice", "its id is that of line 1 too"),
    (
        event("X", "child:C1", "referral-received", "2026-03-02", replaces="E1"),
        "not-usable",
        "without saying when",
    ),
]


@pytest.mark.parametrize(("bad", "code", "says"), BAD, ids=[f"{number}-{one[1]}" for number, one in enumerate(BAD)])
def test_a_bad_line_is_left_out_with_its_reason(
    tmp_path: Path, bad: dict[str, Any] | str, code: str, says: str
) -> None:
    report = load(tmp_path, REFERRED, bad, SEEN)
    (note,) = [one for one in report.notes if one.code == code]
    assert note.where == "line 2" and says in note.says
    assert report.counts["facts"]["new"] == 3
    assert report.notes.total == 1


@pytest.mark.parametrize("text", ["\u202eright to left", "שלום", "a\tb\nc", "\U0001f9f5" * 100, "'; DROP TABLE x; --"])
def test_any_text_that_can_be_kept_is_kept(tmp_path: Path, text: str) -> None:
    report = load(tmp_path, event(f"E {text.strip()}"[:40], "child:C1", "case-note", "2026-03-02", data={"text": text}))
    assert report.counts["facts"]["new"] == 1
    with looking_as(LOOKING):
        assert json.loads(Event.objects.get().data)["text"] == text


def test_a_hostile_number_of_a_child_breaks_nothing(tmp_path: Path) -> None:
    for subject in ("child:a\0b", "child:" + "x" * 5_000, "child:\u202e", "child:שלום"):
        load(tmp_path, event("E1", subject, "child-seen", "2026-03-02"))
        again = load(tmp_path, event("E1", subject, "child-seen", "2026-03-02"), at=LATER)
        assert again.counts["children"]["new"] == 0, subject


def test_a_long_id_is_kept_as_its_hash_and_an_unknown_kind_as_it_is(tmp_path: Path) -> None:
    long = "referral:" + "r" * 300
    made = event("E" * 300, "child:C1", "something-of-ours", "2026-03-02", process=long, links=[long])
    report = load(tmp_path, made)
    assert report.counts["facts"]["new"] == 1 and not report.notes
    with looking_as(LOOKING):
        row = Event.objects.get()
        assert (row.kind, row.process, json.loads(row.links)) == ("something-of-ours", hashed(long), [hashed(long)])
        assert row.process.startswith("referral:sha256-")
    again = load(tmp_path, made, at=LATER)
    assert dict(again.counts["facts"]) == {"same": 1}


def test_a_correction_of_a_long_id_finds_it(tmp_path: Path) -> None:
    first = event("E" * 300, "child:C1", "child-seen", "2026-03-02")
    second = event("F1", "child:C1", "child-seen", "2026-03-03", replaces="E" * 300, recorded="2026-03-04T09:00:00Z")
    load(tmp_path, second, first)
    with looking_as(LOOKING):
        assert list(Event.objects.filter(stands=True).values_list("said_id", flat=True)) == ["F1"]


def test_the_order_and_the_size_of_batches_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "EVENTS_AT_A_TIME", 3)
    records = [
        event(f"E{number}", [f"child:C{number % 5}", f"child:D{number % 5}"], "child-seen", f"2026-03-{number + 1:02}")
        for number in range(20)
    ]
    random.Random(1).shuffle(records)
    report = load(tmp_path, *records)
    assert dict(report.counts["facts"]) == {"new": 40}
    assert dict(report.counts["children"]) == {"new": 10}
    monkeypatch.setattr(events, "MOST_AT_ONCE", 1)  # too many to be put in order
    again = load(tmp_path, *records, at=LATER)
    assert dict(again.counts["facts"]) == {"same": 40}


def test_a_preview_changes_nothing_and_says_the_same(tmp_path: Path) -> None:
    preview = load(tmp_path, REFERRED, SEEN, preview=True)
    with looking_as(LOOKING):
        assert not Record.objects.exists() and not Event.objects.exists()
    assert preview.counts == load(tmp_path, REFERRED, SEEN).counts
