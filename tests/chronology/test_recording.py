"""What a person records, corrects and withdraws: rules, siblings, double clicks, text that cannot be kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from chronicles import NOW, TODAY, changing, opened, records, worker
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.agencies.models import Practitioner
from goldthread.audit.models import Content
from goldthread.chronology import actions, queries, registry
from goldthread.chronology.models import Event
from goldthread.chronology.registry import Acting
from goldthread.chronology.writing import Standing
from goldthread.kernel.acting import acting_as, system
from goldthread.kernel.errors import NotFound, NotNow, RuleBroken
from goldthread.records.models import Record

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def who() -> Practitioner:
    return worker()


@pytest.fixture
def child(who: Practitioner) -> Record:
    return records(who)[0]


def seen(who: Practitioner, *children: Record, **said: Any) -> str:
    with changing(who, children) as several:
        return actions.record(several, kind="child-seen", on=TODAY, data={"alone": True}, **said)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "Child seen"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"kind": "event-withdrawn"}, "kind"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"on": date(1066, 10, 14)}, "on"),
        ({"process": "a\x00b"}, "process"),
        ({"process": "x" * 201}, "process"),
        ({"links": ["\ud800"]}, "links"),
        ({"links": [f"a:{one}" for one in range(101)]}, "links"),
        ({"about": [""]}, "about"),
        ({"data": {"text": "nul \x00"}}, "data"),
        ({"data": {"text": "half \udc80"}}, "data"),
        ({"data": {"te\x00xt": "a"}}, "data"),
        ({"data": {"text": "x" * 1_000_000}}, "data"),
        ({"data": {str(one): "x" * 1_000 for one in range(200)}}, "data"),
        ({"data": {"number": float("nan")}}, "data"),
        ({"data": {"thing": object()}}, "data"),
        ({"data": {"a": [[[[[[[[[[1]]]]]]]]]]}}, "data"),
        ({"said_id": "x" * 201}, "said_id"),
        ({"said_id": ""}, "said_id"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence_and_nothing_is_written(
    who: Practitioner, child: Record, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused, changing(who, [child]) as several:
        actions.record(several, **{"kind": "child-seen", "on": TODAY, **said})
    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")
    with acting_as(system("tests")):
        assert not Event.objects.exists()


@pytest.mark.parametrize(
    "text", ["\u202eright to left\u202c", "تمت زيارة الطفل", "tab\tand\nline", "👩🏽‍👧 \u200b", "\\u0000 as text"]
)
def test_every_other_text_comes_back_as_it_was_written(who: Practitioner, child: Record, text: str) -> None:
    with changing(who, [child]) as several:
        actions.record(several, kind="case-note", on=TODAY, data={"text": text})
    with opened(who, child, LATER) as record:
        (fact,) = queries.facts(record)
        assert fact.data == {"text": text}
        (entry,) = queries.timeline(record, text=text.split()[0]).entries
        assert entry.details == [("Text", text)]


def test_a_double_click_records_once_and_another_thing_under_its_id_is_refused(
    who: Practitioner, child: Record
) -> None:
    assert seen(who, child, said_id="form-1") == seen(who, child, said_id="form-1") == "form-1"
    with acting_as(system("tests")):
        assert Event.objects.count() == 1
    with pytest.raises(NotNow), changing(who, [child]) as several:
        actions.record(several, kind="child-seen", on=TODAY, data={"alone": False}, said_id="form-1")
    with pytest.raises(NotNow):
        seen(who, child, *records(who), said_id="form-1")


def test_a_correction_is_made_on_every_record_that_shares_the_fact_or_on_none(who: Practitioner) -> None:
    children = records(who, 3)
    fact = seen(who, *children)
    with pytest.raises(NotNow), changing(who, children[:2], LATER) as several:
        actions.correct(several, said_id=fact, because="A day early.", on=TODAY - timedelta(days=1))
    with opened(who, children[0], LATER) as record:
        assert queries.also_on(record, fact) == sorted(str(one.code) for one in children[1:])
    with changing(who, children, LATER) as several:
        now = actions.correct(several, said_id=fact, because="A day early.", on=TODAY - timedelta(days=1))
    for one in children:
        with opened(who, one, LATER) as record:
            assert [each.id for each in queries.facts(record)] == [now]
            assert queries.summary(record).seen_on == TODAY - timedelta(days=1)
            assert queries.summary(record, known_at=NOW).seen_on == TODAY
    with changing(who, children[:1], LATER + timedelta(minutes=1)) as several:
        actions.void(several, said_id=now, because="She was at school.", apart=True)
    with opened(who, children[0], LATER + timedelta(minutes=1)) as record:
        assert queries.summary(record).seen_on is None
    with opened(who, children[1], LATER + timedelta(minutes=1)) as record:
        assert queries.summary(record).seen_on == TODAY - timedelta(days=1)


def test_what_does_not_stand_any_more_is_not_corrected_again(who: Practitioner, child: Record) -> None:
    fact = seen(who, child)
    with changing(who, [child], LATER) as several:
        now = actions.correct(several, said_id=fact, because="Not alone.", data={"alone": False})
    for gone in (fact, "nothing"):
        with pytest.raises((NotNow, NotFound)), changing(who, [child], LATER) as several:
            actions.correct(several, said_id=gone, because="Again.", on=TODAY)
    with changing(who, [child], LATER) as several:
        withdrawn = actions.void(several, said_id=now, because="Another child.")
    with pytest.raises(NotNow), changing(who, [child], LATER) as several:
        actions.void(several, said_id=withdrawn, because="Again.")
    for said in ("", "   ", "x" * 2_001, "\x00"):
        with pytest.raises(RuleBroken), changing(who, [child], LATER) as several:
            actions.void(several, said_id=now, because=said)


def test_the_history_of_a_fact_stays_readable_with_who_and_why(who: Practitioner, child: Record) -> None:
    fact = seen(who, child)
    with changing(who, [child], LATER) as several:
        now = actions.correct(several, said_id=fact, because="Not alone.", data={"alone": False})
    with opened(who, child, LATER) as record:
        (entry,) = queries.timeline(record).entries
        assert (entry.corrects, entry.because, entry.by_name, entry.earlier) == (True, "Not alone.", who.name, ())
        (entry,) = queries.timeline(record, history=True).entries
        assert [one.data for one in entry.earlier] == [{"alone": True}]
    last = LATER + timedelta(minutes=5)
    with changing(who, [child], last) as several:
        actions.void(several, said_id=now, because="Another child.")
    with opened(who, child, last) as record:
        assert queries.timeline(record).entries == ()
        (entry,) = queries.timeline(record, history=True).entries
        assert (entry.withdrawn, entry.because, entry.kind) == (True, "Another child.", "child-seen")
        assert len(entry.earlier) == 2
        (entry,) = queries.timeline(record, known_at=NOW).entries
        assert entry.data == {"alone": True}


def test_the_audit_holds_what_was_recorded_by_its_id(who: Practitioner, child: Record) -> None:
    fact = seen(who, child)
    with acting_as(system("tests")):
        assert any(fact in one.text for one in Content.objects.all())


def test_projectors_get_their_kinds_and_followers_everything(
    who: Practitioner, child: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    got: list[tuple[str, list[str]]] = []

    def fold(acting: Acting, standing: Standing) -> None:
        got.append(("fold", [one.kind for one in standing[child.pk]]))

    def follow(acting: Acting, standing: Standing) -> None:
        got.append(("follow", [one.kind for one in standing[child.pk]]))

    monkeypatch.setattr(registry, "_projectors", [])
    monkeypatch.setattr(registry, "_followers", [])
    registry.register_projector(["case-closed"], fold)
    registry.register_follower(follow)
    registry.register_follower(follow)
    seen(who, child)
    with changing(who, [child], LATER) as several:
        actions.record(several, kind="case-closed", on=TODAY)
    assert got == [
        ("fold", []),
        ("follow", ["child-seen"]),
        ("fold", ["case-closed"]),
        ("follow", ["child-seen", "case-closed"]),
    ]


def test_filters_and_pages_of_a_timeline_agree_with_the_whole(who: Practitioner, child: Record) -> None:
    with changing(who, [child]) as several:
        for back in range(12):
            kind = "child-seen" if back % 3 else "case-note"
            on = None if back == 7 else TODAY - timedelta(days=back // 2)
            actions.record(several, kind=kind, on=on, data={"text": f"Number {back} ÄÖ"})
    with opened(who, child, LATER) as record:
        whole = queries.timeline(record).entries
        assert [one.on for one in whole[:-1]] == sorted((one.on for one in whole[:-1] if one.on), reverse=True)
        assert whole[-1].on is None
        every: list[dict[str, Any]] = [
            {},
            {"text": "number äö"},
            {"kinds": ["child-seen"]},
            {"history": True},
            {"known_at": NOW},
        ]
        for asked in every:
            found: list[queries.Entry] = []
            before = ""
            while True:
                page = queries.timeline(record, before=before, limit=5, **asked)
                found += page.entries
                before = page.before
                if not before:
                    break
            expected = [one for one in whole if asked.get("kinds") is None or one.kind == "child-seen"]
            assert [one.said_id for one in found] == [one.said_id for one in expected]
        some = queries.timeline(record, from_on=TODAY - timedelta(days=3), until_on=TODAY - timedelta(days=1)).entries
        assert {one.on for one in some} == {TODAY - timedelta(days=back) for back in (1, 2, 3)}
        stood = queries.timeline(record, stood_on=TODAY - timedelta(days=3)).entries
        assert {one.said_id for one in stood} == {each.id for each in queries.facts(record, TODAY - timedelta(days=3))}
        assert queries.timeline(record, before="nonsense:x").entries == whole
        assert sum(count for _, _, count in queries.kinds_of(record)) == 12


def test_reading_takes_as_many_queries_whatever_there_is(who: Practitioner, child: Record) -> None:
    counts = []
    for number in (1, 40):
        with changing(who, [child]) as several:
            for back in range(number):
                actions.record(several, kind="child-seen", on=TODAY - timedelta(days=back))
        with opened(who, child, LATER) as record, CaptureQueriesContext(connection) as asked:
            queries.facts(record)
            queries.timeline(record)
            queries.timeline(record, text="saw", history=True)
            queries.summary(record)
        counts.append(len(asked))
    assert counts == [6, 6]
    with changing(who, [child]) as several, CaptureQueriesContext(connection) as asked:
        actions.record(several, kind="child-seen", on=TODAY)
    assert len(asked) <= 16
