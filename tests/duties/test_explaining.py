"""The working: each step has a source, what is said of days adds up, and a duty that is not owed says why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from histories import as_ofs, children, others, sources
from hypothesis import given
from hypothesis import strategies as st

from goldthread.duties import calendar, corrections, engine, rules
from goldthread.duties.calendar import WorkingDays
from goldthread.duties.engine import Evaluator
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.duties.example_lines import event, source
from goldthread.duties.explaining import Step, WhyNot, explain, lateness, plural, said, why_not
from goldthread.duties.findings import Finding, State
from goldthread.duties.rules import Rules

ROOT = Path(__file__).parents[2]
SOURCE_KEYS = {"event", "rule", "statement", "interpretation", "calendar", "source"}
CENSUS = source({"carries": ["child-identified", "referral-received", "assessment-started", "conference-held"]})
WINDOW = source({"from": "2025-04-01", "until": "2026-03-31"})


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def facts(*lines: str, subject: str = "child:A") -> list[Event]:
    return [event(line, place, subject) for place, line in enumerate(lines)]


def undated(line: str) -> Event:
    return event(f"2025-01-01 {line}", 99, "child:A")._replace(day=None)


class Told:
    """One duty's answer and its working."""

    def __init__(self, found: Finding, steps: list[Step]) -> None:
        self.finding, self.steps = found, steps
        self.text = "\n".join(step.says for step in every(steps))


def every(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from every(step.steps)


def answer(
    code: str,
    events: list[Event],
    on: str,
    *,
    overlays: tuple[str, ...] = (),
    held: Source = EVERYTHING,
    days: WorkingDays | None = None,
    place: int = 0,
) -> Told:
    """Answer the facts and explain the finding of this code (the layer and code, joined with /, for a local one)."""
    pack, days = rules.load(overlays=overlays), days or calendar.load()
    found = engine.evaluate(events, day(on), None, pack, days, held)
    layer, _, name = code.rpartition("/")
    own = [one for one in found if one.duty.code == name and one.duty.layer == (layer or rules.NATIONAL)]
    assert own, f"{code} is not among {[one.duty.code for one in found]}"
    return Told(own[place], explain(own[place], pack, days, day(on), held))


def skipped(steps: list[Step]) -> list[date]:
    return [date.fromisoformat(one) for step in every(steps) for one in step.source.get("days", ())]


# ---- every step


def check_sources(steps: list[Step]) -> None:
    for step in every(steps):
        assert step.says.strip() and step.says.rstrip()[-1] in ".?)", step.says
        assert "  " not in step.says and ".." not in step.says
        assert set(step.source) & SOURCE_KEYS and set(step.source) <= SOURCE_KEYS | {"days"}
        assert all(value or key == "days" for key, value in step.source.items()), step


@given(st.one_of(children(), others()), as_ofs(), sources())
def test_each_step_of_any_answer_has_words_and_a_source(events: list[Event], on: int, held: Source) -> None:
    pack = rules.load(overlays=("example-first-review", "example-plan-end"))
    for one in engine.evaluate(events, on, None, pack, calendar.load(), held):
        steps = explain(one, pack, calendar.load(), on, held)
        check_sources(steps)
        assert steps[0].says.startswith(one.duty.says)
        assert any(str(one.state) in step.says for step in steps[-2:]), "the last steps say how it stands"


@given(st.one_of(children(), others()), as_ofs(), sources())
def test_every_duty_of_a_subject_is_either_owed_or_said_not_to_be(events: list[Event], on: int, held: Source) -> None:
    pack = rules.load(overlays=("example-first-review", "example-plan-end"))
    evaluator = Evaluator(pack, calendar.load(), on, held)
    for subject in {one for fact in events for one in fact.subjects}:
        own = [fact for fact in events if subject in fact.subjects]
        found = evaluator.subject(subject, own)
        dormant = why_not(pack, held, evaluator.facts(subject, own), found)
        owed = {(one.duty.layer, one.duty.code) for one in found}
        asleep = {(one.layer, one.duty) for one in dormant}
        type_ = subject.partition(":")[0]
        everything = {(one.layer, one.code) for one in pack.duties if one.subject == type_}
        everything |= {(one.layer, one.code) for one in pack.gates} if type_ == "child" else set()
        assert owed | asleep == everything and not owed & asleep
        for one in dormant:
            assert one.because.endswith(".") and set(one.source) & SOURCE_KEYS


# ---- the days


@given(st.integers(day("2024-01-01"), day("2028-10-01")))
def test_counted_and_skipped_days_add_up(start: int) -> None:
    text = date.fromordinal(start).isoformat()
    events = facts(f"{text} referral-received", f"{text} assessment-started process=referral:R1")
    told = answer("assessment.conclude", events, text)
    assert told.finding.due is not None
    off = [one.toordinal() for one in skipped(told.steps)]
    assert 45 + len(off) == told.finding.due - start
    assert all(start < one < told.finding.due and not calendar.load().is_working(one) for one in off)


@given(st.integers(day("2024-02-01"), day("2028-12-31")))
def test_counting_back_adds_up_too_and_leaves_the_day_itself_out(target: int) -> None:
    text = date.fromordinal(target).isoformat()
    events = facts("2023-12-18 review-initiated scope=local", f"{text} review-published", subject="review:V")
    told = answer("practice-review.send-before-publication", events, text)
    assert told.finding.due is not None
    off = [one.toordinal() for one in skipped(told.steps)]
    assert 7 + len(off) == target - told.finding.due
    assert all(told.finding.due < one < target for one in off)


@given(st.integers(day("2024-01-01"), day("2028-10-01")))
def test_the_weekends_that_are_named_are_the_ones_that_were_skipped(start: int) -> None:
    text = date.fromordinal(start).isoformat()
    events = facts(f"{text} referral-received", f"{text} assessment-started process=referral:R1")
    steps = [one for one in every(answer("assessment.conclude", events, text).steps) if "Weekends skipped" in one.says]
    found = re.fullmatch(r"Weekends skipped \((\d+) days\): (.*)\.", steps[0].says)
    assert found
    assert read_weekends(found[2]) == [date.fromisoformat(one) for one in steps[0].source["days"]]
    assert int(found[1]) == len(steps[0].source["days"])


def read_weekends(text: str) -> list[date]:
    """Read `8–9, 29–30 Mar, 31 May–1 Jun 2025` from its end, where month and year are said."""
    days: list[date] = []
    month = year = ""
    for part in reversed(text.split(", ")):
        ends = part.split("–")
        for one in reversed(ends):
            words = one.split()
            month, year = (words[1] if len(words) > 1 else month), (words[2] if len(words) > 2 else year)
            days.append(date(int(year), ("JanFebMarAprMayJunJulAugSepOctNovDec".index(month)) // 3 + 1, int(words[0])))
    return days[::-1]


def test_bank_holidays_are_named() -> None:
    told = answer("referral.decide", facts("2025-12-24 referral-received"), "2025-12-29")
    assert "Bank holidays skipped: Thu 25 Dec 2025 (Christmas Day), Fri 26 Dec 2025 (Boxing Day)." in told.text
    assert "Weekends skipped (2 days): 27–28 Dec 2025." in told.text
    assert "1 working day after Wednesday 24 December 2025, which is day zero" in told.text


def test_a_weekend_across_a_month_or_a_year_says_both() -> None:
    assert (
        "(2 days): 31 May–1 Jun 2025."
        in answer("referral.decide", facts("2025-05-30 referral-received"), "2025-06-01").text
    )
    assert (
        "31 Dec 2022–1 Jan 2023." in answer("referral.decide", facts("2022-12-30 referral-received"), "2023-01-02").text
    )
    assert "(1 day): 2 Mar 2025." in answer("referral.decide", facts("2025-03-01 referral-received"), "2025-03-02").text


def test_where_none_was_skipped_it_says_so() -> None:
    told = answer("referral.decide", facts("2025-03-03 referral-received"), "2025-03-04")
    assert "No day was skipped." in told.text
    assert told.text.endswith("Today is its last day.")


def test_a_month_that_is_too_short_says_where_it_ends() -> None:
    told = answer(
        "practice-review.publish", facts("2025-08-31 review-initiated scope=local", subject="review:V"), "2025-12-01"
    )
    assert (
        "6 months after Sunday 31 August 2025: Saturday 28 February 2026, the end of a shorter month. It does not move"
        in told.text
    )
    plain = answer(
        "practice-review.publish", facts("2025-08-28 review-initiated scope=local", subject="review:V"), "2025-12-01"
    )
    assert "28 February 2026. It does not move to a working day." in plain.text


def test_a_date_that_moves_with_a_plan_is_counted_back_from_the_planned_day() -> None:
    events = facts(
        "2025-01-06 review-initiated scope=local",
        "2025-03-03 review-publication-planned on=2025-04-28 agreed=2025-01-01",
        subject="review:V",
    )
    told = answer("practice-review.send-before-publication", events, "2025-04-01")
    assert "7 working days before review-publication-planned (Monday 28 April 2025) as now planned" in told.text
    assert "no later than Tuesday 15 April 2025" in told.text
    assert "(Good Friday), Mon 21 Apr 2025 (Easter Monday)" in told.text
    assert "Provisional: the date moves with the plan." in told.text
    assert "Counted for this recipient: panel." in told.text


def test_past_the_horizon_the_date_says_that_it_is_provisional() -> None:
    days = WorkingDays.of("short", day("2024-01-01"), day("2025-03-31"), {})
    told = answer("assessment.conclude", facts("2025-03-03 referral-received", "2025-03-03 assessment-started process=referral:R1"), "2025-03-04", days=days)  # fmt: skip
    assert (
        "Bank holidays are known from Monday 1 January 2024 to Monday 31 March 2025 only, so this date is provisional."
        in told.text
    )
    assert "Provisional: bank holidays are known until Monday 31 March 2025 only." in told.text
    assert (
        "Provisional"
        not in answer("referral.decide", facts("2025-03-03 referral-received"), "2025-03-04", days=days).text
    )


def test_a_date_by_a_day_of_the_year_and_the_earlier_of_two_are_said() -> None:
    events = facts("2025-09-26 yearly-report-published year=2025", subject="partnership:P")
    assert (
        "It is due by 30 September: Tuesday 30 September 2025."
        in answer("yearly-report.publish", events, "2025-10-01").text
    )
    assert "The earlier of 7 days after the start and 30 September: Tuesday 30 September 2025." in answer("yearly-report.send", events, "2025-10-01").text  # fmt: skip
    assert (
        "The calendar starts it on Tuesday 1 April 2025." in answer("yearly-report.publish", events, "2025-10-01").text
    )


def test_a_floor_says_how_it_ended() -> None:
    events = facts("2024-10-01 review-initiated scope=local", "2025-03-03 review-published", subject="review:V")
    assert answer("practice-review.keep-available", events, "2026-03-04").text.endswith(
        "met. Its time is over and it was not broken."
    )
    events += [event("2025-12-01 report-withdrawn", 7, "review:V")]
    told = answer("practice-review.keep-available", events, "2026-03-04")
    assert "Broken by report-withdrawn on Monday 1 December 2025." in told.text
    assert told.text.endswith("not-met. It was broken before its time was over.")


# ---- how it stands


@pytest.mark.parametrize(
    ("line", "on", "words"),
    [
        ("2025-03-04 referral-decided", "2025-03-10", "met. It was done in time."),
        ("2025-03-06 referral-decided", "2025-03-10", "met-late. It was done 2 working days after its day."),
        ("2025-03-04 child-died", "2025-03-10", "ended. It ended before its day had passed, so it is no longer owed."),
        ("2025-03-06 child-died", "2025-03-10", "not-met. It ended 2 working days after its day without having been met; the breach stays."),
        ("2025-03-03 child-seen", "2025-03-05", "overdue. 1 working day past its day, and nothing recorded answers it."),
        ("2025-03-03 child-seen", "2025-03-03", "due-soon. 1 working day left."),
    ],
)  # fmt: skip
def test_the_last_step_says_how_it_stands(line: str, on: str, words: str) -> None:
    told = answer("referral.decide", facts("2025-03-03 referral-received", line), on)
    assert told.steps[-1].says == f"As of {said(day(on))}: {words}"


def test_lateness_without_a_working_day_is_still_said() -> None:
    events = facts("2025-12-23 referral-received", "2025-12-28 referral-decided")
    told = answer("referral.decide", events, "2026-01-05")
    assert (told.finding.state, told.finding.days_late) == (State.MET_LATE, 0)
    assert lateness(told.finding) == "less than 1 working day"
    assert "It was done less than 1 working day after its day." in told.text


def test_what_ends_by_itself_says_by_what() -> None:
    events = facts("2024-12-02 child-identified born_on=2007-03-05", "2025-03-03 referral-received")
    told = answer("referral.decide", events, "2025-03-10")
    assert "Ended by the 18th birthday on Wednesday 5 March 2025." in told.text
    anonymous = answer("referral.acknowledge", facts("2025-03-03 referral-received referrer=anonymous"), "2025-03-10")
    assert "Ended by what its start says on Monday 3 March 2025." in anonymous.text


def test_a_reason_is_told_and_never_moves_the_date() -> None:
    events = facts(
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-03 assessment-started process=referral:R1",
        "2025-05-01 assessment-delay-explained process=referral:R1 reason=court",
    )
    told = answer("assessment.conclude", events, "2025-05-12")
    assert "Reason recorded: court. A reason never moves the date." in told.text
    assert "exceeded-with-reason. 2 working days past its day, with the reason recorded." in told.text
    assert told.finding.due == answer("assessment.conclude", events[:2], "2025-05-12").finding.due
    assert "It is owed because this happened: assessment-started" in told.text


def test_what_is_provisional_until_something_happens_says_until_what() -> None:
    events = facts("2025-03-03 strategy-discussion-held section_47=true process=strategy:S1")
    assert (
        "Provisional: until one of these has happened: section-47-concluded"
        in answer("conference.initial", events, "2025-03-10").text
    )
    events += facts("2025-03-07 section-47-concluded outcome=substantiated")
    assert "Provisional" not in answer("conference.initial", events, "2025-03-10").text


def test_a_judgement_duty_shows_the_time_and_is_never_called_overdue() -> None:
    told = answer("assessment.pace", facts("2025-03-03 assessment-started"), "2025-04-22")
    assert "The text says “timely” and gives no number, so it is never called overdue." in told.text
    assert "Open for 50 days (34 working days): for someone to judge, not for the machine." in told.text


def test_a_duty_that_another_one_left_unmet_says_which_and_when() -> None:
    events = facts("2025-03-03 referral-received", "2025-03-03 assessment-started process=referral:R1")
    events = [one._replace(process="referral:R1") for one in events]
    told = answer("assessment.explain-delay", events, "2025-05-12")
    assert "It starts because assessment.conclude ended unmet on its day, Thursday 8 May 2025." in told.text


def test_the_edition_is_said_where_it_is_not_the_one_in_force() -> None:
    before = answer("referral.decide", facts("2023-12-14 referral-received"), "2023-12-20")
    assert "It started before this edition came into force on Friday 15 December 2023" in before.text
    after = answer("referral.decide", facts("2026-03-19 referral-received"), "2026-03-20")
    assert "A newer edition (wt2026) has replaced this one since Thursday 19 March 2026" in after.text
    between = answer("referral.decide", facts("2026-03-18 referral-received"), "2026-03-19")
    assert "edition" not in between.text.lower()


# ---- unknown


@pytest.mark.parametrize(
    ("code", "lines", "held", "words"),
    [
        ("referral.decide", ["2025-03-03 referral-received"], CENSUS, "The source cannot hold what would answer it (referral-decided)."),
        ("referral.decide", ["2026-03-18 referral-received"], WINDOW, "The source covers days until Tuesday 31 March 2026 only."),
        ("conference.review.first", ["2025-03-03 conference-held type=initial outcome=plan"], WINDOW,
         "It began before the days that the source covers (from Tuesday 1 April 2025): what answered it may lie before them."),
        ("conference.review.first", ["2025-03-03 conference-held type=initial"], EVERYTHING,
         "Whether that starts it cannot be decided: the record does not say outcome."),
        ("plan.circulate", ["2025-03-03 conference-held type=initial outcome=plan"], EVERYTHING, "no overlay sets it"),
        ("core-group.next", ["2025-03-03 core-group-held"], EVERYTHING, "the record does not hold the date"),
        ("practice-review.publish", ["2025-03-03 review-initiated"], EVERYTHING, "the record does not say scope."),
    ],
)  # fmt: skip
def test_unknown_says_what_is_missing(code: str, lines: list[str], held: Source, words: str) -> None:
    subject = "review:V" if code.startswith("practice") else "child:A"
    on = "2026-05-01" if words.startswith("The source covers") else "2025-08-01"
    told = answer(code, facts(*lines, subject=subject), on, held=held)
    assert told.finding.state is State.UNKNOWN
    assert words in told.text
    assert any(step.says.startswith(f"As of {said(day(on))}: unknown. ") for step in told.steps[-2:])


def test_an_undated_ending_and_an_undated_discharge_are_told() -> None:
    started = facts("2025-03-03 strategy-discussion-held section_47=true process=strategy:S1")
    ending = undated("conference-decided-against")._replace(links=("strategy:S1",))
    told = answer("conference.initial", [*started, ending], "2025-05-01")
    assert told.finding.state is State.ENDED
    assert (
        "Ended by conference-decided-against, on a day that the source does not hold: counted as in time." in told.text
    )
    assert "the day on which it ended is not held" in told.text
    done = answer(
        "referral.decide", [*facts("2025-03-03 referral-received"), undated("referral-decided")], "2025-05-01"
    )
    assert "referral-decided is recorded, but not its day." in done.text
    assert (
        "unknown. It was done, on a day that the source does not hold, so nobody can say whether in time." in done.text
    )


def test_an_undated_start_and_a_start_that_only_its_discharge_shows_are_told() -> None:
    told = answer("referral.decide", [undated("referral-received")], "2025-05-01")
    assert "Started by referral-received on a day that is not known." in told.text
    proved = answer("conference.transfer-in", facts("2025-03-03 conference-held type=transfer-in outcome=plan"), "2025-05-01", held=CENSUS)  # fmt: skip
    assert "The source cannot carry what starts it; that it was owed is shown by conference-held" in proved.text


# ---- overlays and gates


def test_a_local_clock_says_whose_it_is_and_which_date_is_the_one_to_work_to() -> None:
    events = facts(
        "2025-01-06 conference-held type=initial unborn=true outcome=plan", "2025-02-03 child-born born_on=2025-02-03"
    )
    overlays = ("example-first-review",)
    local = answer("example-first-review/conference.review.first", events, "2025-02-10", overlays=overlays)
    assert "This is a local clock of example-first-review, beside the national one." in local.text
    assert "Strength: local." in local.text
    assert "20 working days after Monday 3 February 2025 (child-born)" in local.text
    assert "This local date is the one to work to." in local.text
    assert local.steps[0].source["rule"] == "example-first-review/first-review-after-birth"
    national = answer("conference.review.first", events, "2025-02-10", overlays=overlays)
    assert "An earlier local date is the one to work to." in national.text
    unborn = answer("example-first-review/conference.review.first", events[:1], "2025-02-01", overlays=overlays)
    assert "There is no date yet: it counts from child-born, which is not recorded." in unborn.text


def test_a_gate_says_what_it_needs_and_whether_that_was_there() -> None:
    events = facts(
        "2024-06-03 conference-held type=initial outcome=plan",
        "2024-09-02 conference-held type=review outcome=continued",
    )
    events += [event("2024-09-16 plan-ended reason=no-longer-at-risk", 8, "child:A")]
    code, overlays = "example-plan-end/second-review-before-plan-ends", ("example-plan-end",)
    told = answer(code, events, "2025-03-03", overlays=overlays)
    assert "May be approved by: a senior manager." in told.text
    assert "The step was taken: plan-ended on Monday 16 September 2024" in told.text
    assert "(2 of conference-held (type: review)) was not found on or before that day, since the child" in told.text
    assert told.text.endswith("not-met. The step was taken before what it needs.")
    events += [event("2024-09-10 conference-held type=review outcome=continued", 9, "child:A")]
    assert (
        "was there: conference-held on Tuesday 10 September 2024"
        in answer(code, events, "2025-03-03", overlays=overlays).text
    )
    national = answer(
        "plan.do-not-end-before-received", facts("2025-03-03 plan-ended reason=moved"), "2025-04-01", held=CENSUS
    )
    assert national.text.endswith("unknown. The source cannot hold what it needs (receiving-conference-held).")
    unsure = answer(
        code, [*events[:2], undated("plan-ended reason=no-longer-at-risk")], "2025-03-03", overlays=overlays
    )
    assert unsure.text.endswith("unknown. It cannot be decided whether, or when, the step was taken.")


# ---- why not


def dormant(
    code: str, events: list[Event], on: str, *, overlays: tuple[str, ...] = (), held: Source = EVERYTHING,
    subject: str = "child:A", pack: Rules | None = None,
) -> WhyNot:  # fmt: skip
    pack = pack or rules.load(overlays=overlays)
    evaluator = Evaluator(pack, calendar.load(), day(on), held)
    standing = corrections.in_force(events, None)
    found = evaluator.subject(subject, standing)
    layer, _, name = code.rpartition("/")
    answers = why_not(pack, held, evaluator.facts(subject, standing), found, name)
    own = [one for one in answers if one.layer == (layer or rules.NATIONAL)]
    assert len(own) == 1, f"{code} is owed"
    return own[0]


def test_nothing_starts_it() -> None:
    one = dormant("conference.initial", facts("2025-03-03 referral-received"), "2025-04-01")
    assert one.because == "nothing that starts it is recorded."
    later = dormant("conference.initial", facts("2025-03-03 strategy-discussion-held section_47=true"), "2025-03-02")
    assert later.because == "nothing that starts it is recorded."


def test_the_source_cannot_hold_what_starts_it() -> None:
    one = dormant("core-group.next", facts("2025-03-03 referral-received"), "2025-04-01", held=CENSUS)
    assert (one.because, one.source) == ("the source cannot hold what starts it.", {"source": "carries"})
    gate = dormant("plan.do-not-end-before-received", facts("2025-03-03 referral-received"), "2025-04-01", held=CENSUS)
    assert gate.because == "the source cannot hold the step that it stands before."


def test_a_field_disagrees_and_is_named() -> None:
    events = facts("2025-03-03 conference-held type=initial outcome=no-plan process=conference:K1")
    one = dormant("conference.review.first", events, "2025-04-01")
    assert one.because == (
        "conference-held on Monday 3 March 2025 does not start it (outcome: no-plan); "
        "needed: conference-held (type: initial or transfer-in, outcome: plan)."
    )
    assert one.source == {"event": events[0].id}
    empty = dormant(
        "child.see-first", [events[0]._replace(kind="referral-decided", data={"outcomes": []})], "2025-04-01"
    )
    assert "(outcomes: none)" in empty.because


def test_what_it_is_owed_once_has_not_happened() -> None:
    one = dormant("assessment.conclude", facts("2025-03-03 referral-received"), "2025-04-01")
    assert one.because.startswith(
        "referral-received on Monday 3 March 2025 is not enough: it is owed once one of these has happened:"
    )
    assert "assessment-started" in one.because


def test_a_status_stands_in_the_way() -> None:
    events = facts(
        "2025-03-03 conference-held type=initial outcome=plan",
        "2025-03-10 strategy-discussion-held section_47=true process=strategy:S1",
    )
    one = dormant("conference.initial", events, "2025-04-01")
    status = rules.load().statuses["on-child-protection-plan"].says
    assert one.because == f"strategy-discussion-held on Monday 10 March 2025 starts none: {status}"


@pytest.mark.parametrize("actions", ["", " actions=[]"])
def test_a_list_names_nothing(actions: str) -> None:
    events = facts("2025-03-03 strategy-discussion-held section_47=false")
    data = {**events[0].data, **({"actions": []} if actions else {})}
    one = dormant("strategy.follow-up-actions", [events[0]._replace(data=data)], "2025-04-01")
    assert one.because == "strategy-discussion-held on Monday 3 March 2025 lists no actions."


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "and that is not owed either."),
        (["2025-03-04 assessment-started process=referral:R1"], "and it is running."),
        (["2025-03-04 assessment-started process=referral:R1", "2025-03-20 assessment-completed process=referral:R1"],
         "and it was met in time."),
        (["2025-03-04 assessment-started process=referral:R1", "2025-03-20 child-died"],
         "and it ended before its day had passed."),
    ],
)  # fmt: skip
def test_the_duty_that_it_waits_for_was_not_left_unmet(lines: list[str], words: str) -> None:
    one = dormant(
        "assessment.explain-delay", facts("2025-03-03 referral-received process=referral:R1", *lines), "2025-04-01"
    )
    assert one.because == f"it starts only where assessment.conclude has ended its day unmet, {words}"


def test_no_year_has_come() -> None:
    events = facts("2024-02-01 yearly-report-published year=2023", subject="partnership:P")
    one = dormant("yearly-report.publish", events, "2024-03-01", subject="partnership:P")
    assert one.because == "the calendar starts it on 1 April of each year, from 1 April 2024 on; none has come."


def test_an_overlay_was_not_in_force_yet() -> None:
    events = facts("2022-02-01 conference-held type=initial unborn=true outcome=plan")
    code, overlays = "example-first-review/conference.review.first", ("example-first-review",)
    one = dormant(code, events, "2022-03-01", overlays=overlays)
    assert one.because == "example-first-review is not in force on the day of conference-held, Tuesday 1 February 2022."
    born = facts("2025-02-03 conference-held type=initial unborn=false outcome=plan")
    assert "(unborn: no)" in dormant(code, born, "2025-03-01", overlays=overlays).because


def test_a_gate_without_its_step_says_so() -> None:
    one = dormant("plan.do-not-end-before-received", facts("2025-03-03 referral-received"), "2025-04-01")
    assert one.because == "no such step is recorded: plan-ended (reason: moved)."


def test_a_sentence_of_why_not_would_be_missed() -> None:
    with pytest.raises(AssertionError, match="is owed"):
        dormant("referral.decide", facts("2025-03-03 referral-received"), "2025-04-01")


def test_numbers_go_with_their_nouns() -> None:
    assert [plural(one, "day") for one in (0, 1, 2, 1200)] == ["0 days", "1 day", "2 days", "1,200 days"]
    assert said(day("2025-03-03") + timedelta(days=1).days) == "Tuesday 4 March 2025"
    assert said(None) == "a day that is not known"
