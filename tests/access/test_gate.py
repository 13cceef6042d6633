"""The gate lets through whom the policy names, hides what may not be known of, and leaves a trace of every attempt."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cast import BEGAN, NOW, TODAY, Cast, actor, another_record, involve
from cast import cast as named_people
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.access import actions, gate, queries
from goldthread.access.models import Involvement, Notice
from goldthread.access.vocabulary import Act, ConflictKind, Emergency, NoticeKind, Verdict
from goldthread.agencies.models import Practitioner
from goldthread.audit.models import Entry
from goldthread.kernel.acting import acting_as, system
from goldthread.kernel.errors import Denied, NotFound, NotNow, RuleBroken
from goldthread.records.models import Record, Restriction

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> Cast:
    return named_people()


def entries(record: Record) -> list[Entry]:
    with acting_as(system("tests")):
        return list(Entry.objects.filter(record=record.pk).order_by("seq"))


def notices(record: Record) -> list[tuple[str, int]]:
    with acting_as(system("tests")):
        return list(Notice.objects.filter(record=record.pk).order_by("pk").values_list("kind", "practitioner"))


def opens(people: Cast, who: Practitioner, record: Record | None = None) -> frozenset[Act]:
    with gate.open_record(by=actor(who), at=NOW, code=(record or people.record).code) as opened:
        return opened.allowed


def test_who_is_involved_opens_it_and_the_audit_says_so_first(people: Cast) -> None:
    with gate.open_record(by=actor(people.amira), at=NOW, code=people.code, thing="child") as opened:
        assert opened.records == (people.record.pk,)
        latest = Entry.objects.filter(record=people.record.pk).latest("seq")
        assert (latest.verb, latest.practitioner, latest.policy, latest.refused) == (
            "viewed", people.amira.pk, "involved", False,
        )  # fmt: skip
    assert opened.may(Act.CHANGE) and opened.may(Act.SEE_SENSITIVE) and not opened.may(Act.SEE_ACCESS)


@pytest.mark.parametrize(
    ("name", "line"),
    [("cai", "team-cover"), ("bea", "supervisor"), ("efua", "service-manager"), ("fern", "involved-partner")],
)
def test_colleagues_open_it_by_lines_of_their_own(people: Cast, name: str, line: str) -> None:
    opens(people, getattr(people, name))
    assert entries(people.record)[-1].policy == line


def test_a_partner_sees_no_hidden_address(people: Cast) -> None:
    assert Act.SEE_SENSITIVE not in opens(people, people.fern)
    assert Act.SEE_SENSITIVE in opens(people, people.amira)


def test_a_colleague_of_another_team_is_told_that_it_is_there_and_may_break_glass(people: Cast) -> None:
    with pytest.raises(gate.NotInvolved) as refused:
        opens(people, people.dele)
    assert refused.value.may_break_glass and refused.value.code == people.code and not refused.value.hidden
    kept = entries(people.record)[-1]
    assert (kept.refused, kept.practitioner, kept.policy) == (True, people.dele.pk, "no-line")


@pytest.mark.parametrize("name", ["gus", "kit", "hal"])
def test_a_stranger_and_who_has_a_tie_are_told_that_nothing_is_there(people: Cast, name: str) -> None:
    with pytest.raises(Denied) as refused:
        opens(people, getattr(people, name))
    assert refused.value.hidden
    assert entries(people.record)[-1].refused
    with pytest.raises(NotFound) as nothing, gate.open_record(by=actor(people.gus), at=NOW, code="0000-0000-0"):
        pass
    assert nothing.value.sentence == refused.value.sentence


def test_a_tie_denies_whatever_else_is_so_and_the_owner_is_told(people: Cast) -> None:
    involve(people.record, people.hal)
    for _ in range(2):
        with pytest.raises(Denied):
            opens(people, people.hal)
    assert notices(people.record) == [(NoticeKind.CONFLICT, people.hal.pk)]
    with pytest.raises(Denied) as refused:
        actions.break_glass(
            by=actor(people.hal),
            at=NOW,
            code=people.code,
            reason=Emergency.OUT_OF_HOURS,
            because="She rang me up at home.",
        )
    assert refused.value.hidden


@pytest.mark.parametrize("restriction", [Restriction.RESTRICTED, Restriction.SEALED])
def test_a_restricted_record_is_opened_by_who_is_named_and_by_nobody_else(
    people: Cast, restriction: Restriction
) -> None:
    record = another_record(restriction, people.dele)
    involve(record, people.amira)
    assert Act.OPEN in opens(people, people.dele, record)
    for who in (people.amira, people.bea, people.efua, people.fern):
        with pytest.raises(Denied) as refused:
            opens(people, who, record)
        assert refused.value.hidden
    told = notices(record)
    assert (NoticeKind.ASKED_FOR, people.amira.pk) in told and len(told) == 4
    with acting_as(actor(people.dele)):
        assert len(queries.notices(actor(people.dele), NOW)) == 4
    with acting_as(actor(people.cai)):
        assert queries.notices(actor(people.cai), NOW) == []


def test_breaking_glass_opens_it_for_an_hour_tells_the_owner_and_waits_for_a_review(people: Cast) -> None:
    by = actor(people.dele)
    with pytest.raises(RuleBroken):
        actions.break_glass(by=by, at=NOW, code=people.code, reason=Emergency.CHILD_MISSING, because="  urgent ")
    made = actions.break_glass(
        by=by, at=NOW, code=people.code, reason=Emergency.CHILD_MISSING, because="The police ask where she may be."
    )
    with gate.open_record(by=by, at=NOW + timedelta(minutes=59), code=people.code) as opened:
        assert opened.emergency == made and opened.may(Act.SEE_SENSITIVE) and not opened.may(Act.PRINT)
    assert entries(people.record)[-1].break_glass == made.pk
    with pytest.raises(NotNow):
        actions.break_glass(
            by=by, at=NOW, code=people.code, reason=Emergency.CHILD_MISSING, because="Once again, please."
        )
    with pytest.raises(gate.NotInvolved), gate.open_record(by=by, at=NOW + timedelta(minutes=60), code=people.code):
        pass
    owner, supervisor = actor(people.amira), actor(people.bea)
    with acting_as(owner):
        (notice,) = queries.notices(owner, NOW)
        assert notice.practitioner == people.dele and notice.emergency == made
    actions.read_notice(by=owner, at=NOW, notice=notice.pk)
    with acting_as(supervisor):
        assert queries.unread(supervisor, NOW) == 0
        (waiting,) = queries.emergencies_to_review(supervisor, NOW)
    with acting_as(by):
        assert queries.emergencies_to_review(by, NOW) == []
    with pytest.raises(NotFound):
        actions.review_emergency(
            by=owner, at=NOW, emergency=waiting.pk, version=1, verdict=Verdict.JUSTIFIED, finding="It was fine by me."
        )
    actions.review_emergency(
        by=supervisor,
        at=NOW,
        emergency=waiting.pk,
        version=1,
        verdict=Verdict.JUSTIFIED,
        finding="A child was missing.",
    )
    with acting_as(supervisor):
        assert queries.emergencies_to_review(supervisor, NOW) == []


def test_an_emergency_is_ended_early(people: Cast) -> None:
    by = actor(people.dele)
    actions.break_glass(by=by, at=NOW, code=people.code, reason=Emergency.COVERING, because="Amira is away today.")
    actions.end_emergency(by=by, at=NOW + timedelta(minutes=5), code=people.code)
    with pytest.raises(gate.NotInvolved), gate.open_record(by=by, at=NOW + timedelta(minutes=6), code=people.code):
        pass


def test_what_is_not_standard_is_not_opened_in_an_emergency(people: Cast) -> None:
    record = another_record(Restriction.RESTRICTED, people.amira)
    with pytest.raises(Denied) as refused:
        actions.break_glass(
            by=actor(people.dele),
            at=NOW,
            code=record.code,
            reason=Emergency.OUT_OF_HOURS,
            because="It is late at night.",
        )
    assert refused.value.hidden


def test_a_change_leaves_one_line_with_its_content_and_a_failed_one_leaves_nothing(people: Cast) -> None:
    before = len(entries(people.record))
    with gate.changing(by=actor(people.amira), at=NOW, code=people.code, thing="name") as changing:
        changing.content["before"] = "Ana"
    assert [one.verb for one in entries(people.record)[before:]] == ["changed"]
    with (
        pytest.raises(ZeroDivisionError),
        gate.changing(by=actor(people.amira), at=NOW, code=people.code, thing="name"),
    ):
        raise ZeroDivisionError
    assert len(entries(people.record)) == before + 1


def test_a_search_shows_stubs_of_what_may_be_known_and_says_nothing_of_the_rest(people: Cast) -> None:
    hidden = another_record(Restriction.RESTRICTED, people.amira)
    by = actor(people.dele)
    with acting_as(by):
        found = gate.found(by=by, at=NOW, matched=[people.record.pk, hidden.pk])
    assert found.stubs == {people.record.pk} and found.openable == frozenset()
    assert notices(hidden) == [(NoticeKind.MATCHED, people.dele.pk)]
    assert entries(people.record)[-1].verb == "found" and entries(hidden)[-1].refused
    with acting_as(actor(people.gus)):
        nothing = gate.found(by=actor(people.gus), at=NOW, matched=[people.record.pk, hidden.pk])
    assert nothing.stubs == frozenset()


def test_what_a_list_reaches_is_what_the_gate_opens(people: Cast) -> None:
    others = [another_record(), another_record(Restriction.RESTRICTED, people.dele), another_record(Restriction.SEALED)]
    involve(others[0], people.dele)
    involve(others[2], people.amira)
    with acting_as(system("tests")):
        Involvement.objects.create(record=others[0], team=people.team, capacity="holding-team", from_on=BEGAN)
    everything = [people.record, *others]
    with acting_as(system("tests")):  # a row that points at each of them
        for one in everything:
            Notice.objects.create(record=one, kind=NoticeKind.MATCHED, at=NOW, practitioner=people.kit)
    for name in "amira bea cai dele efua fern gus hal ines jo kit".split():
        by = actor(getattr(people, name))
        for act in (Act.OPEN, Act.FIND, Act.SEE_ACCESS, Act.REVIEW):
            with acting_as(by):
                reached = gate.within_reach(by, NOW, act=act)
                within = set(Notice.objects.filter(reached).values_list("record", flat=True))
                shown = gate.listed(by=by, at=NOW, records=[one.pk for one in everything], act=act).records
            assert within == shown, (name, act)


def test_a_merged_record_is_opened_by_its_own_reference_and_read_with_the_other(people: Cast) -> None:
    double = another_record()
    with acting_as(system("tests")):
        Record.objects.filter(pk=double.pk).update(merged_into=people.record)
    with gate.open_record(by=actor(people.amira), at=NOW, code=double.code) as opened:
        assert opened.records == (people.record.pk, double.pk)


def test_the_strictest_of_merged_records_counts(people: Cast) -> None:
    double = another_record(Restriction.RESTRICTED, people.dele)
    with acting_as(system("tests")):
        Record.objects.filter(pk=double.pk).update(merged_into=people.record)
    with pytest.raises(Denied):
        opens(people, people.amira)
    assert Act.OPEN in opens(people, people.dele)


def test_beginning_makes_a_record_with_which_she_is_involved(people: Cast) -> None:
    with gate.beginning(by=actor(people.dele), at=NOW, opened_on=TODAY) as begun:
        assert begun.may(Act.CHANGE)
    assert [one.verb for one in entries(begun.record)] == ["created"]
    assert Act.OPEN in opens(people, people.dele, begun.record)
    with pytest.raises(Denied), gate.beginning(by=actor(people.fern), at=NOW, opened_on=TODAY):
        pass


def test_only_the_system_takes_in(people: Cast) -> None:
    with pytest.raises(Denied), gate.taking_in(by=actor(people.efua), at=NOW):
        pass
    with gate.taking_in(by=system("load"), at=NOW) as taking:
        taking.touch(people.record.pk, 3)
    assert (entries(people.record)[-1].verb, entries(people.record)[-1].thing) == ("loaded", "file/facts:3")


def test_a_supervisor_involves_and_ends_and_a_worker_does_not(people: Cast) -> None:
    supervisor = actor(people.bea)
    with pytest.raises(Denied):
        actions.involve(
            by=actor(people.amira),
            at=NOW,
            code=people.code,
            capacity="supervisor",
            from_on=TODAY,
            practitioner=people.bea.pk,
        )
    made = actions.involve(
        by=supervisor, at=NOW, code=people.code, capacity="supervisor", from_on=TODAY, practitioner=people.dele.pk
    )
    assert Act.OPEN in opens(people, people.dele)
    with pytest.raises(NotNow):
        actions.involve(
            by=supervisor, at=NOW, code=people.code, capacity="supervisor", from_on=TODAY, practitioner=people.dele.pk
        )
    actions.end_involvement(
        by=supervisor, at=NOW, code=people.code, involvement=made.pk, version=1, until_on=TODAY, because="A slip."
    )
    with pytest.raises(gate.NotInvolved):
        opens(people, people.dele)


def test_nobody_restricts_a_record_that_nobody_could_open(people: Cast) -> None:
    custodian = actor(people.ines)
    with pytest.raises(NotNow):
        actions.restrict(
            by=custodian,
            at=NOW,
            code=people.code,
            version=1,
            restriction=Restriction.RESTRICTED,
            because="Known to staff.",
        )
    named = actions.name(
        by=custodian, at=NOW, code=people.code, practitioner=people.cai.pk, from_on=TODAY, because="Works with her."
    )
    actions.restrict(
        by=custodian, at=NOW, code=people.code, version=1, restriction=Restriction.RESTRICTED, because="Known to staff."
    )
    assert Act.OPEN in opens(people, people.cai)
    with pytest.raises(Denied) as refused:
        opens(people, people.amira)
    assert refused.value.hidden
    with pytest.raises(NotNow):
        actions.end_naming(by=custodian, at=NOW, code=people.code, named=named.pk, version=1, until_on=TODAY)
    with gate.open_record(by=custodian, at=NOW, code=people.code, act=Act.SEE_ACCESS) as opened:
        pass
    with pytest.raises(Denied):  # what she may do with it is not to read it
        opened.check(Act.OPEN)


def test_a_worker_says_that_she_has_a_tie_and_is_kept_out_from_then_on(people: Cast) -> None:
    actions.note_conflict(
        by=actor(people.cai), at=NOW, code=people.code, practitioner=people.cai.pk, kind=ConflictKind.FRIEND,
        says="We were at school together.", from_on=TODAY,
    )  # fmt: skip
    with pytest.raises(Denied) as refused:
        opens(people, people.cai)
    assert refused.value.hidden


def test_hostile_text_is_cleaned_or_refused(people: Cast) -> None:
    by = actor(people.dele)
    for said in ("\x00" * 20, "x" * 1_000_000, "\ud800" * 20):
        with pytest.raises(RuleBroken):
            actions.break_glass(by=by, at=NOW, code=people.code, reason=Emergency.COVERING, because=said)
    made = actions.break_glass(
        by=by, at=NOW, code=people.code, reason=Emergency.COVERING, because="Away \x00today \ud800and \u202etomorrow"
    )
    assert made.because == "Away today and \u202etomorrow"
    for code in ("\x00", "\ud800" * 11, "x" * 1_000_000, "\u202e7F3K"):
        with pytest.raises(NotFound), gate.open_record(by=by, at=NOW, code=code):
            pass


def test_deciding_about_many_takes_no_more_queries_than_about_one(people: Cast) -> None:
    records = [another_record().pk for _ in range(20)]
    by = actor(people.bea)
    counts = []
    for some in (records[:1], records):
        with acting_as(by), CaptureQueriesContext(connection) as asked:
            gate.listed(by=by, at=NOW, records=some)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
