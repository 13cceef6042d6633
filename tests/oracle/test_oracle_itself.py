"""Cases counted by hand from the two texts that the oracle follows; the packs' own worked examples besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from goldthread.duties.event import EVERYTHING, Event, Pattern, Source
from oracle.calendar_by_day import DayCounter, birthday, months_after, read_holidays
from oracle.examples import Example, event_of, overlay_examples, pack_examples
from oracle.oracle import KEYS, answer, comparable, differences
from oracle.pack_as_text import read_pack, read_yaml

DUTIES = Path(__file__).parents[2] / "src/goldthread/duties"
PACK = DUTIES / "packs/wt2023"
HOLIDAYS = read_holidays(max((DUTIES / "calendars").glob("*.json")))

KINDS: dict[str, dict[str, Any]] = {
    "referral-received": {"fields": {"referrer": ["known", "anonymous"]}},
    "referral-decided": {
        "fields": {
            "outcomes": {"many": ["no-further-action", "early-help", "child-in-need", "section-47"]},
            "qualified": "boolean",
        }
    },
    "conference-held": {
        "fields": {
            "type": ["initial", "review", "transfer-in"],
            "outcome": ["plan", "no-plan", "continued", "changed", "ended"],
        }
    },
    "child-seen": {"reach": "every"},
    "plan-ended": {"reach": "every"},
}

DECIDE = {"code": "decide", "starts": "referral-received", "due": {"within": "1 working day"}}
DECIDE |= {"met_by": {"referral-decided": {"qualified": [True, "unsaid"]}}}

CONCLUDE = {
    "code": "conclude",
    "starts": "referral-received",
    "once": ["assessment-started", {"referral-decided": {"outcomes": ["child-in-need", "section-47"]}}],
    "due": {"within": "45 working days"},
    "met_by": "assessment-completed",
    "ends_with": "referral-withdrawn",
    "late_reason": "assessment-delay-explained",
    "closed_by": {"referral-decided": {"outcomes_only": ["no-further-action", "early-help"]}},
}

EXPLAIN = {
    "code": "explain",
    "starts": {"unmet": "conclude"},
    "due": {"judgement": ""},
    "met_by": "assessment-delay-explained",
    "may_precede": True,
}

CONFERENCE = {
    "code": "conference",
    "starts": {"strategy-discussion-held": {"section_47": True}},
    "first_while_open": True,
    "begun_at": "section-47-started",
    "unless": "on-plan",
    "due": {"within": "15 working days"},
    "met_by": {"conference-held": {"type": "initial"}},
    "ends_with": {"section-47-concluded": {"outcome": "not-substantiated"}},
    "provisional_until": "section-47-concluded",
}

FIRST_REVIEW = {
    "code": "review.first",
    "starts": {"conference-held": {"type": ["initial", "transfer-in"], "outcome": "plan"}},
    "due": {"within": "3 months"},
    "met_by": {"conference-held": {"type": "review"}},
    "ends_with": "plan-ended",
}

NEXT_REVIEW = {
    "code": "review.next",
    "starts": {"conference-held": {"type": "review", "outcome": ["continued", "changed"]}},
    "due": {"within": "6 months"},
    "met_by": {"conference-held": {"type": "review"}},
    "ends_with": ["plan-ended", {"conference-held": {"type": "review", "outcome": "ended"}}],
}

SEND = {
    "code": "send",
    "subject": "review",
    "starts": ["review-publication-planned", "review-published"],
    "only_once": True,
    "due": {"at_least": "7 working days", "before": ["review-published", "review-publication-planned.on"]},
    "met_by": "review-report-sent",
    "variant": {
        "field": "scope",
        "of": "review-initiated",
        "cases": {
            "local": {"holder": "partners", "each": {"field": "to", "of": {"panel": "must", "ofsted": "should"}}},
            "national": {"holder": "panel", "each": {"field": "to", "of": {"secretary-of-state": "must"}}},
        },
    },
}

STATUS = {
    "status": "on-plan",
    "begins": [{"conference-held": {"type": ["initial", "transfer-in"], "outcome": "plan"}}],
    "ends": ["plan-ended", {"conference-held": {"type": "review", "outcome": "ended"}}],
}


class Asker:
    """Writes a small pack of the duties that a test is about and asks the oracle."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self,
        duties: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        lines: Sequence[str | Event],
        on: str,
        *,
        known_at: int | None = None,
        source: Source = EVERYTHING,
        gates: Sequence[Mapping[str, Any]] = (),
        overlay: Mapping[str, Any] | None = None,
    ) -> list[dict[str, Any]]:
        listed = [duties] if isinstance(duties, Mapping) else list(duties)
        given = [
            {"holder": "someone", "strength": "should", "time_strength": "should", "cites": ["1.1"], **duty}
            for duty in listed
        ]
        head = {
            "pack": "small",
            "in_force_from": "2023-12-15",
            "successor": {"edition": "next", "in_force_from": "2026-03-19"},
            "statuses": [STATUS],
        }
        pack = self.folder / "pack"
        (pack / "duties").mkdir(parents=True, exist_ok=True)
        kinds = {"kinds": [{"kind": kind, **line} for kind, line in KINDS.items()]}
        (pack / "pack.yaml").write_text(yaml.safe_dump(head, sort_keys=False), encoding="utf-8")
        (pack / "kinds.yaml").write_text(yaml.safe_dump(kinds, sort_keys=False), encoding="utf-8")
        (pack / "duties/all.yaml").write_text(
            yaml.safe_dump({"area": "A", "duties": given, "gates": list(gates)}, sort_keys=False), encoding="utf-8"
        )
        overlays = []
        if overlay is not None:
            overlays = [self.folder / "overlay.yaml"]
            overlays[0].write_text(yaml.safe_dump({"overlay": "near", **overlay}, sort_keys=False), encoding="utf-8")
        subject = f"{given[0].get('subject', 'child')}:X1" if given else "child:X1"
        events = [
            line if isinstance(line, Event) else event_of(line, number, subject) for number, line in enumerate(lines, 1)
        ]
        return answer(events, date.fromisoformat(on), known_at, pack, overlays, *HOLIDAYS, source)


@pytest.fixture
def ask(tmp_path: Path) -> Asker:
    return Asker(tmp_path)


def only(findings: list[dict[str, Any]], **expected: Any) -> dict[str, Any]:
    """This will hold the one finding that there is against what is expected of it."""
    assert len(findings) == 1, findings
    return holds(findings[0], **expected)


def holds(finding: dict[str, Any], **expected: Any) -> dict[str, Any]:
    assert {key: finding[key] for key in expected} == expected
    return finding


# ---- counting


def test_working_days_months_and_ages_are_counted_as_a_person_would() -> None:
    counter = DayCounter(*HOLIDAYS)
    friday = date(2025, 4, 17).toordinal()  # the Thursday before Easter
    assert date.fromordinal(counter.after(friday, 1)) == date(2025, 4, 22)
    assert date.fromordinal(counter.before(date(2025, 4, 22).toordinal(), 1)) == date(2025, 4, 17)
    assert counter.between(friday, date(2025, 4, 23).toordinal()) == 2
    assert date.fromordinal(months_after(date(2024, 8, 31).toordinal(), 6)) == date(2025, 2, 28)
    assert date.fromordinal(months_after(date(2024, 2, 29).toordinal(), 12)) == date(2025, 2, 28)
    assert date.fromordinal(birthday(date(2008, 2, 29).toordinal(), 18)) == date(2026, 3, 1)
    assert date.fromordinal(birthday(date(2008, 2, 29).toordinal(), 16)) == date(2024, 2, 29)


def test_from_a_saturday_monday_is_day_one(ask: Asker) -> None:
    lines = ["2025-03-01 referral-received process=referral:R1"]
    only(ask(DECIDE, lines, "2025-03-01"), due_on="2025-03-03", state="due-soon", instance="referral:R1", cycle=None)
    only(ask(DECIDE, lines, "2025-03-03"), state="due-soon", late=False, days_late=None)
    only(ask(DECIDE, lines, "2025-03-10"), state="overdue", late=True, days_late=5)


def test_forty_five_working_days_skip_easter_and_may(ask: Asker) -> None:
    lines = ["2025-03-01 referral-received", "2025-03-04 assessment-started"]
    only(ask(CONCLUDE, lines, "2025-04-21"), due_on="2025-05-07", state="running", instance="e001")
    only(ask(CONCLUDE, lines, "2025-04-22"), state="due-soon")  # ten working days are left, 5 May is none
    only(ask(CONCLUDE, lines, "2025-05-08"), state="overdue", days_late=1)


def test_past_the_calendar_a_date_is_provisional(ask: Asker) -> None:
    last = HOLIDAYS.horizon.isoformat()
    only(ask(DECIDE, [f"{last} referral-received"], last), provisional=True)
    only(ask(FIRST_REVIEW, [f"{last} conference-held type=initial outcome=plan"], last), provisional=False)


def test_the_start_picks_the_edition(ask: Asker) -> None:
    for day, status in (
        ("2023-12-14", "not-yet-in-force"),
        ("2023-12-15", "in-force"),
        ("2026-03-18", "in-force"),
        ("2026-03-19", "newer-edition-not-held"),
    ):
        only(ask(DECIDE, [f"{day} referral-received"], "2026-04-01"), edition_status=status)


# ---- matching


def test_each_decision_answers_the_oldest_referral_that_is_open(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-03 referral-received process=referral:R2",
        "2025-03-04 referral-decided",
        "2025-03-05 referral-decided",
    ]
    first, second = ask(DECIDE, lines, "2025-03-10")
    holds(first, instance="referral:R1", state="met", met_on="2025-03-04")
    holds(second, instance="referral:R2", state="met-late", met_on="2025-03-05", days_late=1)


def test_a_link_decides_whatever_the_dates(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-04 referral-decided links=referral:R2",
        "2025-03-06 referral-received process=referral:R2",
    ]
    first, second = ask(DECIDE, lines, "2025-03-10")
    holds(first, instance="referral:R1", state="overdue", met_on=None)
    holds(second, instance="referral:R2", state="met", met_on="2025-03-04", late=False)


def test_an_unqualified_decision_leaves_it_open(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-04 referral-decided qualified=false"]
    only(ask(DECIDE, lines, "2025-03-06"), state="overdue", days_late=2)


def test_same_day_discharge_goes_before_an_ending(ask: Asker) -> None:
    duty: dict[str, Any] = {**DECIDE, "ends_with": "referral-withdrawn"}
    lines = ["2025-03-03 referral-received", "2025-03-06 referral-withdrawn", "2025-03-06 referral-decided"]
    only(ask(duty, lines, "2025-03-10"), state="met-late", met_on="2025-03-06", ended_on=None)
    only(ask(duty, lines[:2], "2025-03-10"), state="not-met", ended_on="2025-03-06", late=True, days_late=2)


def test_seeing_a_child_meets_every_open_duty_to_see(ask: Asker) -> None:
    duty: dict[str, Any] = {
        "code": "see",
        "starts": "referral-received",
        "due": {"judgement": "soon"},
        "met_by": "child-seen",
    }
    lines = ["2025-03-03 referral-received", "2025-03-05 referral-received", "2025-03-06 child-seen"]
    assert [f["state"] for f in ask(duty, lines, "2025-03-10")] == ["met", "met"]
    assert [f["state"] for f in ask(duty, lines, "2025-03-05")] == ["judgement", "judgement"]


def test_one_review_meets_the_last_and_starts_the_next(ask: Asker) -> None:
    lines = [
        "2024-03-01 conference-held type=initial outcome=plan",
        "2024-05-31 conference-held type=review outcome=continued",
        "2024-12-02 conference-held type=review outcome=changed",
        "2025-05-20 conference-held type=review outcome=ended",
    ]
    first, one, two = ask([FIRST_REVIEW, NEXT_REVIEW], lines, "2025-06-01")
    holds(first, cycle=1, state="met", due_on="2024-06-01", met_on="2024-05-31")
    holds(one, cycle=1, instance="e002", state="met-late", due_on="2024-11-30", met_on="2024-12-02", days_late=2)
    holds(two, cycle=2, instance="e003", state="met", due_on="2025-06-02", met_on="2025-05-20")


def test_two_records_of_one_review_leave_a_clock_running(ask: Asker) -> None:
    lines = ["2024-05-31 conference-held type=review outcome=continued"] * 2
    states = sorted(f["state"] for f in ask(NEXT_REVIEW, lines, "2024-07-01"))
    assert "running" in states


def test_facts_that_come_first_wait_for_the_next_start(ask: Asker) -> None:
    duty: dict[str, Any] = {"code": "transfer", "starts": "moved-in-notified", "due": {"within": "15 working days"}}
    duty |= {"met_by": {"conference-held": {"type": "transfer-in"}}}
    lines = ["2025-03-03 conference-held type=transfer-in outcome=plan", "2025-03-05 moved-in-notified"]
    only(ask(duty, lines, "2025-03-10"), state="running", met_on=None)
    only(ask({**duty, "may_precede": True}, lines, "2025-03-10"), state="met", met_on="2025-03-03")


# ---- the front door


def test_an_assessment_is_owed_once_it_has_begun(ask: Asker) -> None:
    assert ask(CONCLUDE, ["2025-03-03 referral-received"], "2025-06-30") == []
    lines = ["2025-03-03 referral-received", "2025-03-04 referral-decided outcomes=[early-help;child-in-need]"]
    only(ask(CONCLUDE, lines, "2025-03-10"), state="running", due_on="2025-05-08")
    perhaps = ["2025-03-03 referral-received", "2025-03-04 referral-decided"]
    only(ask(CONCLUDE, perhaps, "2025-03-10"), state="unknown", due_on="2025-05-08")
    single = ["2025-03-03 referral-received", "2025-03-04 referral-decided outcome=section-47"]
    only(ask(CONCLUDE, single, "2025-03-10"), state="running")


def test_a_source_that_cannot_say_leaves_it_unknown_whether_an_assessment_is_owed(ask: Asker) -> None:
    carries = Source(carries=frozenset({"referral-received", "assessment-completed", "referral-decided"}))
    only(ask(CONCLUDE, ["2025-03-03 referral-received"], "2025-06-30", source=carries), state="unknown")
    window = Source(opens=date(2025, 3, 4).toordinal())
    only(ask(CONCLUDE, ["2025-03-03 referral-received"], "2025-06-30", source=window), state="unknown")


def test_a_closed_referral_takes_no_later_unlinked_fact(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-04 referral-decided outcomes=[no-further-action] process=referral:R1",
        "2025-06-02 assessment-started",
    ]
    assert ask(CONCLUDE, lines, "2025-06-30") == []
    linked = [*lines[:2], "2025-06-02 assessment-started links=referral:R1"]
    only(ask(CONCLUDE, linked, "2025-06-30"), state="overdue")


def test_a_reason_stands_beside_the_date_before_or_after_it(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-04 assessment-started"]
    before = [*lines, "2025-05-02 assessment-delay-explained reason=illness"]
    only(ask(CONCLUDE, before, "2025-05-02"), state="due-soon", reason="illness", due_on="2025-05-08")
    only(ask(CONCLUDE, before, "2025-05-12"), state="exceeded-with-reason", late=True, days_late=2)
    after = [*before, "2025-05-20 assessment-completed"]
    only(ask(CONCLUDE, after, "2025-06-02"), state="met-late", days_late=8, reason="illness")


def test_explaining_a_delay_is_owed_once_the_day_has_ended_unmet(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received process=referral:R1", "2025-03-04 assessment-started"]
    assert len(ask([CONCLUDE, EXPLAIN], lines, "2025-05-08")) == 1
    _, explain = ask([CONCLUDE, EXPLAIN], lines, "2025-05-09")
    holds(explain, state="judgement", started_on="2025-05-08", due_on=None, instance="referral:R1", late=False)
    earlier = [*lines, "2025-05-02 assessment-delay-explained reason=illness"]
    holds(ask([CONCLUDE, EXPLAIN], earlier, "2025-05-09")[1], state="met", met_on="2025-05-02")
    met = [*lines, "2025-05-08 assessment-completed"]
    assert len(ask([CONCLUDE, EXPLAIN], met, "2025-05-09")) == 1


def test_a_referral_of_three_children_is_acknowledged_once(ask: Asker) -> None:
    duty: dict[str, Any] = {**DECIDE, "code": "acknowledge", "owed": "once", "met_by": "referral-acknowledged"}
    duty |= {"ends_at_start": {"referrer": "anonymous"}}
    lines = [
        "2025-03-03 referral-received subjects=child:C2,child:C1,child:C3 referrer=known",
        "2025-03-04 referral-acknowledged subject=child:C3",
    ]
    only(ask(duty, lines, "2025-03-10"), state="met", subject="child:C2", subjects=["child:C2", "child:C1", "child:C3"])
    anonymous = ["2025-03-03 referral-received referrer=anonymous"]
    only(ask(duty, anonymous, "2025-03-10"), state="ended", ended_on="2025-03-03")
    unsaid = ["2025-03-03 referral-received"]
    only(ask(duty, unsaid, "2025-03-10"), state="overdue")


# ---- the enquiry


def test_follow_up_discussions_start_nothing(ask: Asker) -> None:
    lines = [
        "2025-03-03 strategy-discussion-held section_47=true process=strategy:S1",
        "2025-03-10 strategy-discussion-held section_47=true process=strategy:S2",
    ]
    only(ask(CONFERENCE, lines, "2025-03-20"), instance="strategy:S1", due_on="2025-03-24", provisional=True)


def test_the_clock_counts_from_the_discussion_that_the_enquiry_names(ask: Asker) -> None:
    lines = [
        "2025-03-03 strategy-discussion-held section_47=true process=strategy:S1",
        "2025-03-05 strategy-discussion-held section_47=true process=strategy:S2",
        "2025-03-05 section-47-started process=enquiry:E1 links=strategy:S2",
        "2025-03-20 section-47-concluded process=enquiry:E1 outcome=substantiated",
    ]
    only(ask(CONFERENCE, lines, "2025-03-19"), instance="strategy:S2", started_on="2025-03-05", due_on="2025-03-26")
    only(ask(CONFERENCE, lines, "2025-03-21"), state="running", provisional=False)


def test_an_enquiry_without_a_discussion_is_unknown(ask: Asker) -> None:
    lines = ["2025-03-05 section-47-started process=enquiry:E1"]
    only(ask(CONFERENCE, lines, "2025-06-01"), state="unknown", started_on=None, due_on=None, instance="enquiry:E1")


def test_a_child_on_a_plan_owes_no_initial_conference(ask: Asker) -> None:
    lines = [
        "2025-01-06 conference-held type=initial outcome=plan",
        "2025-03-03 strategy-discussion-held section_47=true",
        "2025-05-06 plan-ended",
        "2025-06-02 strategy-discussion-held section_47=true",
    ]
    assert ask(CONFERENCE, lines, "2025-05-01") == []
    only(ask(CONFERENCE, lines, "2025-06-09"), started_on="2025-06-02", due_on="2025-06-23")


def test_a_discussion_that_does_not_say_is_unknown_with_its_date(ask: Asker) -> None:
    only(
        ask(CONFERENCE, ["2025-03-03 strategy-discussion-held"], "2025-06-01"),
        state="unknown",
        started_on="2025-03-03",
        due_on="2025-03-24",
        late=False,
        days_late=None,
    )


def test_an_ending_that_does_not_say_ends_nothing(ask: Asker) -> None:
    lines = ["2025-03-03 strategy-discussion-held section_47=true", "2025-03-20 section-47-concluded"]
    only(ask(CONFERENCE, lines, "2025-04-01"), state="overdue", ended_on=None)


def test_an_undated_ending_counts_as_in_time_and_provisional(ask: Asker) -> None:
    lines = [
        "2025-03-03 strategy-discussion-held section_47=true process=strategy:S1",
        "undated section-47-concluded outcome=not-substantiated links=strategy:S1",
    ]
    only(ask(CONFERENCE, lines, "2025-06-01"), state="ended", ended_on=None, provisional=True, late=False)
    unlinked = [lines[0], "undated section-47-concluded outcome=not-substantiated"]
    only(ask(CONFERENCE, unlinked, "2025-06-01"), state="overdue")


def test_an_undated_conference_leaves_it_unknown(ask: Asker) -> None:
    lines = ["2025-03-03 strategy-discussion-held section_47=true process=strategy:S1"]
    undated = "undated conference-held type=initial links=strategy:S1"
    only(ask(CONFERENCE, [*lines, undated], "2025-06-01"), state="unknown", met_on=None, due_on="2025-03-24")
    started = ["undated strategy-discussion-held section_47=true"]
    only(ask(CONFERENCE, started, "2025-06-01"), state="unknown", started_on=None, due_on=None)


# ---- what a source holds


def test_what_a_census_cannot_carry_is_unknown_never_overdue(ask: Asker) -> None:
    duty: dict[str, Any] = {"code": "core", "starts": FIRST_REVIEW["starts"], "due": {"within": "10 working days"}}
    duty |= {"met_by": "core-group-held", "ends_with": "plan-ended"}
    census = Source(frozenset({"conference-held", "plan-ended"}), opens=date(2024, 4, 1).toordinal())
    lines = ["2024-06-03 conference-held type=initial outcome=plan"]
    only(ask(duty, lines, "2025-03-31", source=census), state="unknown", due_on="2024-06-17", late=False)
    only(ask(duty, [*lines, "2024-06-10 plan-ended"], "2025-03-31", source=census), state="ended")
    only(
        ask(duty, [*lines, "2024-06-24 plan-ended"], "2025-03-31", source=census),
        state="unknown",
        ended_on="2024-06-24",
    )
    assert ask(DECIDE, lines, "2025-03-31", source=census) == []


def test_a_plan_from_before_the_year_is_met_if_the_last_review_was_in_time_else_unknown(ask: Asker) -> None:
    census = Source(
        carries=frozenset({"conference-held", "plan-ended"}),
        opens=date(2024, 4, 1).toordinal(),
        closes=date(2025, 3, 31).toordinal(),
        last_before=(Pattern("conference-held", (("type", frozenset({"review"})),)),),
    )
    plan = "2023-12-20 conference-held type=initial outcome=plan process=plan:P1"
    in_time = [plan, "2024-03-20 conference-held type=review outcome=continued"]
    first, following = ask([FIRST_REVIEW, NEXT_REVIEW], in_time, "2025-03-31", source=census)
    holds(first, state="met", met_on="2024-03-20")
    holds(following, state="overdue", due_on="2024-09-20", days_late=192)  # its start is the latest before the year
    late = [plan, "2024-03-21 conference-held type=review outcome=continued"]
    holds(ask(FIRST_REVIEW, late, "2025-03-31", source=census)[0], state="unknown", met_on="2024-03-21", late=False)
    holds(ask(FIRST_REVIEW, [plan], "2025-03-31", source=census)[0], state="unknown")
    whole = census._replace(whole=(Pattern("conference-held", (("type", frozenset({"initial"})),)),))
    holds(ask(FIRST_REVIEW, [plan], "2025-03-31", source=whole)[0], state="unknown")  # its start is no last one
    holds(ask(FIRST_REVIEW, late, "2025-03-31", source=whole)[0], state="unknown", met_on="2024-03-21", late=False)
    everything = census._replace(whole=(Pattern("conference-held"),))
    holds(ask(FIRST_REVIEW, late, "2025-03-31", source=everything)[0], state="met-late", days_late=1)
    none_before = [plan, "2024-04-03 conference-held type=review outcome=continued"]
    holds(ask(FIRST_REVIEW, none_before, "2025-03-31", source=whole)[0], state="unknown", met_on="2024-04-03")
    holds(ask(FIRST_REVIEW, none_before, "2025-03-31", source=everything)[0], state="met-late", days_late=14)


def test_past_its_window_a_source_says_nothing(ask: Asker) -> None:
    source = Source(opens=date(2025, 3, 1).toordinal(), closes=date(2025, 3, 7).toordinal())
    lines = ["2025-03-03 referral-received"]
    only(ask(DECIDE, lines, "2025-03-07", source=source), state="overdue")
    only(ask(DECIDE, lines, "2025-03-08", source=source), state="unknown", due_on="2025-03-04")


def test_a_discharge_proves_a_start_that_the_source_cannot_carry(ask: Asker) -> None:
    duty: dict[str, Any] = {"code": "transfer", "starts": "moved-in-notified", "due": {"within": "15 working days"}}
    duty |= {"met_by": {"conference-held": {"type": "transfer-in"}}, "proves_start": True}
    lines = ["2024-06-03 conference-held type=transfer-in outcome=plan process=conference:K1"]
    census = Source(carries=frozenset({"conference-held"}))
    only(ask(duty, lines, "2025-03-31", source=census), state="unknown", started_on=None, instance="conference:K1")
    assert ask(duty, lines, "2025-03-31") == []


# ---- reviews, reports and recipients


def test_moving_the_publication_moves_the_day_for_each_recipient(ask: Asker) -> None:
    lines = [
        "2025-01-06 review-initiated scope=local",
        "2025-03-03 review-publication-planned on=2025-04-28",
        "2025-03-10 review-publication-planned on=2025-05-12",
        "2025-02-20 review-report-sent to=panel",
    ]
    panel, ofsted = ask(SEND, lines, "2025-04-28")
    holds(panel, recipient="panel", strength="must", due_on="2025-04-30", state="met", met_on="2025-02-20")
    holds(ofsted, recipient="ofsted", strength="should", state="due-soon", provisional=True, holder="partners")
    published = [*lines, "2025-05-06 review-published"]
    holds(ask(SEND, published, "2025-05-06")[1], due_on="2025-04-24", provisional=False, state="overdue", days_late=7)
    national = ["2025-01-06 review-initiated scope=national", *lines[1:]]
    only(ask(SEND, national, "2025-04-28"), recipient="secretary-of-state", holder="panel", state="due-soon")
    only(ask(SEND, lines[1:], "2025-04-28"), recipient=None, state="unknown", due_on="2025-04-30")


def test_a_report_belongs_to_its_year(ask: Asker) -> None:
    duty: dict[str, Any] = {
        "code": "yearly",
        "subject": "partnership",
        "starts": {"every_year_from": 2024, "on": "1 April"},
        "due": {"by": "30 September"},
        "met_by": "yearly-report-published",
        "same": "year",
    }
    lines = ["2024-09-30 yearly-report-published year=2024", "2025-10-02 yearly-report-published"]
    first, second = ask(duty, lines, "2025-10-03")
    holds(first, instance="partnership:X1/2024", state="met", started_on="2024-04-01")
    holds(second, instance="partnership:X1/2025", state="overdue", due_on="2025-09-30", days_late=3)
    window = Source(opens=date(2025, 1, 1).toordinal())
    only(ask(duty, lines, "2025-10-03", source=window), instance="partnership:X1/2025")


def test_the_earlier_of_two_dates_counts(ask: Asker) -> None:
    duty: dict[str, Any] = {
        "code": "send",
        "subject": "partnership",
        "starts": "yearly-report-published",
        "same": "year",
    }
    duty |= {"due": {"earliest": [{"within": "7 days"}, {"by": "30 September"}]}, "met_by": "yearly-report-sent"}
    only(ask(duty, ["2025-09-01 yearly-report-published year=2025"], "2025-09-02"), due_on="2025-09-08")
    only(ask(duty, ["2025-09-26 yearly-report-published year=2025"], "2025-09-27"), due_on="2025-09-30")


def test_a_floor_runs_then_is_met_unless_it_is_broken(ask: Asker) -> None:
    duty: dict[str, Any] = {
        "code": "keep",
        "subject": "review",
        "starts": "review-published",
        "due": {"floor": "1 year"},
    }
    duty |= {"broken_by": "report-withdrawn"}
    lines = ["2024-02-29 review-published", "2025-02-27 report-withdrawn"]
    only(ask(duty, lines[:1], "2025-02-27"), state="running", due_on="2025-02-28", met_on=None)
    only(ask(duty, lines[:1], "2025-02-28"), state="met", met_on="2025-02-28")
    only(ask(duty, lines, "2025-03-01"), state="not-met", ended_on="2025-02-27", late=False, days_late=None)
    only(ask(duty, [lines[0], "2025-02-28 report-withdrawn"], "2025-03-01"), state="met")


def test_each_item_has_its_own_date(ask: Asker) -> None:
    duty: dict[str, Any] = {"code": "action", "starts": "strategy-discussion-held", "met_by": "action-completed"}
    duty |= {"per": {"field": "actions", "key": "id", "due": "by"}, "due": {"record": "by"}}
    actions = [{"id": "A1", "by": "2025-03-10"}, {"id": "A2", "by": None}, {"id": "A3", "by": "2025-03-05"}]
    start = Event("s", ("child:X1",), "strategy-discussion-held", date(2025, 3, 3).toordinal(), "strategy:S1")
    start = start._replace(data={"actions": actions})
    one, two, three = ask(duty, [start, "2025-03-06 action-completed of=A3"], "2025-03-11")
    holds(one, instance="strategy:S1#A1", state="overdue", days_late=1, recipient=None)
    holds(two, instance="strategy:S1#A2", state="unknown", due_on=None)
    holds(three, instance="strategy:S1#A3", state="met-late", days_late=1)


def test_a_number_set_locally_is_unknown_until_the_record_or_an_overlay_has_it(ask: Asker) -> None:
    duty: dict[str, Any] = {
        "code": "next",
        "starts": "core-group-held",
        "due": {"record": "next_on", "local": "as agreed"},
    }
    duty |= {"met_by": "core-group-held", "time_strength": None}
    lines = ["2025-03-03 core-group-held"]
    only(ask(duty, lines, "2025-03-10"), state="unknown", due_on=None, cycle=1)
    only(ask(duty, ["2025-03-03 core-group-held next_on=2025-03-31"], "2025-03-10"), due_on="2025-03-31")
    sets = {"sets": [{"code": "near.next", "duty": "next", "due": {"within": "6 weeks"}, "cites": ["manual/1"]}]}
    national, local = ask(duty, lines, "2025-03-10", overlay=sets)
    holds(national, state="unknown", due_on=None, layer="national")
    holds(local, duty="next", layer="near", strength="local", due_on="2025-04-14", governs=True, cites=["manual/1"])


# ---- lives


def test_death_and_the_eighteenth_birthday_end_by_themselves(ask: Asker) -> None:
    lines = ["2025-01-06 child-identified born_on=2007-03-04", "2025-03-03 referral-received"]
    only(ask(DECIDE, lines, "2025-03-10"), state="ended", ended_on="2025-03-04")
    corrected = [*lines, "2025-01-07 child-identified born_on=2007-03-20"]
    only(ask(DECIDE, corrected, "2025-03-10"), state="overdue")
    only(ask(DECIDE, corrected, "2025-03-25"), state="not-met", ended_on="2025-03-20", days_late=12)
    only(ask({**DECIDE, "outlives": True}, corrected, "2025-03-25"), state="overdue")
    died = ["2025-03-03 referral-received", "2025-03-04 child-died"]
    only(ask(DECIDE, died, "2025-03-10"), state="ended", ended_on="2025-03-04")


def test_a_pregnancy_ends_duties_only_before_birth(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-04 pregnancy-ended"]
    only(ask(DECIDE, lines, "2025-03-10"), state="ended")
    only(ask(DECIDE, ["2025-03-01 child-born born_on=2025-03-01", *lines], "2025-03-10"), state="overdue")


# ---- corrections, knowledge, families


def test_voiding_a_correction_restores_what_it_replaced(ask: Asker) -> None:
    start = "2025-03-03 referral-received id=a"
    wrong = "2025-03-04 referral-decided id=b"
    corrected = "2025-03-06 referral-decided id=c replaces=b recorded=2025-04-01T09:00+01:00"
    voided = "2025-03-06 referral-decided id=d replaces=c void=true recorded=2025-05-01T09:00+01:00"
    only(ask(DECIDE, [start, wrong], "2025-06-01"), met_on="2025-03-04", state="met")
    only(ask(DECIDE, [start, wrong, corrected], "2025-06-01"), met_on="2025-03-06", state="met-late")
    again = "2025-03-07 referral-decided id=e replaces=c recorded=2025-04-02T09:00+01:00"
    only(ask(DECIDE, [start, wrong, corrected, again], "2025-06-01"), met_on="2025-03-07")
    everything = [voided, corrected, wrong, start]
    only(ask(DECIDE, everything, "2025-06-01"), met_on="2025-03-04")
    april = 1_743_500_000_000_000  # 1 April 2025, between the two recordings
    only(ask(DECIDE, everything, "2025-06-01", known_at=april), met_on="2025-03-06")
    march = 1_742_000_000_000_000
    only(ask(DECIDE, everything, "2025-06-01", known_at=march), met_on="2025-03-04")


def test_an_event_is_known_from_the_start_of_its_day_in_london(ask: Asker) -> None:
    lines = ["2025-07-01 referral-received"]
    midnight = 1_751_324_400_000_000  # 2025-06-30T23:00Z is midnight in London's summer
    assert len(ask(DECIDE, lines, "2025-07-02", known_at=midnight)) == 1
    assert ask(DECIDE, lines, "2025-07-02", known_at=midnight - 1) == []


def test_a_correction_reaches_every_sibling(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received subjects=child:C1,child:C2 id=a",
        "2025-03-05 referral-received subject=child:C1 id=b replaces=a recorded=2025-03-06T09:00+00:00",
    ]
    findings = ask(DECIDE, lines, "2025-03-10")
    assert [(f["subject"], f["started_on"]) for f in findings] == [
        ("child:C1", "2025-03-05"),
        ("child:C2", "2025-03-05"),
    ]


def test_a_family_event_is_its_members_own_on_that_day(ask: Asker) -> None:
    lines = [
        "2025-01-01 family-member subject=family:F1 child=child:C1 from=2025-01-01 until=2025-03-03",
        "2025-01-01 family-member subject=family:F1 child=child:C2 from=2025-03-03",
        "2025-03-03 referral-received subject=family:F1",
    ]
    only(ask(DECIDE, lines, "2025-03-10"), subject="child:C2")
    linked = [*lines, "2025-03-04 referral-received subject=incident:I1 links=child:C1"]
    assert [f["subject"] for f in ask(DECIDE, linked, "2025-03-10")] == ["child:C1", "child:C2"]


# ---- gates and overlays


def test_a_gate_counts_since_the_status_last_began(ask: Asker) -> None:
    gate = {"code": "gate", "before": {"plan-ended": {"reason": "moved"}}, "needs": "receiving-conference-held"}
    gate |= {"within": "on-plan", "holder": "us", "strength": "should", "cites": []}
    lines = [
        "2024-01-08 conference-held type=initial outcome=plan",
        "2024-02-01 receiving-conference-held",
        "2024-03-01 plan-ended reason=no-longer-at-risk",
        "2025-01-06 conference-held type=initial outcome=plan",
        "2025-02-03 plan-ended reason=moved",
    ]
    only(ask([], lines, "2025-06-01", gates=[gate]), state="not-met", started_on="2025-02-03", due_on="2025-02-03")
    only(ask([], [*lines, "2025-02-03 receiving-conference-held"], "2025-06-01", gates=[gate]), state="met")
    census = Source(carries=frozenset({"conference-held", "plan-ended"}))
    only(ask([], lines, "2025-06-01", gates=[gate], source=census), state="unknown")


def test_a_second_clock_stands_beside_the_national_one(ask: Asker) -> None:
    overlay = {
        "strengthens": [
            {
                "code": "near.first",
                "duty": "review.first",
                "starts": {"conference-held": {"type": "initial", "unborn": True, "outcome": "plan"}},
                "due": {"within": "20 working days", "of": "child-born"},
                "cites": ["manual/1"],
            }
        ]
    }
    lines = ["2025-01-06 conference-held type=initial unborn=true outcome=plan"]
    national, local = ask(FIRST_REVIEW, lines, "2025-02-01", overlay=overlay)
    holds(national, due_on="2025-04-06", governs=True, state="running")
    holds(local, due_on=None, state="unknown", governs=False)
    national, local = ask(FIRST_REVIEW, [*lines, "2025-02-03 child-born"], "2025-02-10", overlay=overlay)
    holds(national, due_on="2025-04-06", governs=False, cycle=1, layer="national")
    holds(local, due_on="2025-03-03", governs=True, cycle=1, layer="near", time_strength="local")
    later = ask(FIRST_REVIEW, [*lines, "2025-03-28 child-born"], "2025-04-01", overlay=overlay)
    assert [f["governs"] for f in later] == [True, False]
    born = ["2025-01-06 conference-held type=initial unborn=false outcome=plan"]
    assert len(ask(FIRST_REVIEW, born, "2025-02-01", overlay=overlay)) == 1


def test_an_overlay_widens_the_trigger_adds_recipients_and_asks_for_more_first(ask: Asker) -> None:
    overlay = {
        "also_starts": [{"code": "n.s", "duty": "decide", "starts": "concern-identified", "cites": []}],
        "needs_first": [
            {
                "code": "n.g",
                "before": "plan-ended",
                "needs": {"conference-held": {"type": "review"}},
                "at_least": 2,
                "within": "on-plan",
                "approved_by": "manager",
                "cites": [],
            }
        ],
    }
    lines = [
        "2025-01-06 conference-held type=initial outcome=plan",
        "2025-02-03 concern-identified",
        "2025-03-03 conference-held type=review outcome=continued",
        "2025-06-02 plan-ended process=plan:P1",
    ]
    wider, gate = ask(DECIDE, lines, "2025-06-30", overlay=overlay)
    holds(wider, duty="decide", layer="near", strength="local", started_on="2025-02-03", governs=True)
    holds(gate, duty="n.g", layer="near", state="not-met", instance="plan:P1", governs=True)
    more = {"also_to": [{"code": "n.t", "duty": "send", "recipients": ["family"], "cites": []}]}
    review = ["2025-01-06 review-initiated scope=national", "2025-03-03 review-publication-planned on=2025-05-12"]
    national, local = ask(SEND, [*review, "2025-03-10 review-report-sent to=family"], "2025-04-01", overlay=more)
    holds(national, recipient="secretary-of-state", state="running")
    holds(local, recipient="family", state="met", layer="near", due_on="2025-04-30")


# ---- edges


def test_the_first_fact_of_a_day_closes_an_instance_for_the_others_of_that_day(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-04 referral-received process=referral:R2",
        "2025-03-05 referral-decided",
        "2025-03-05 referral-decided",
    ]
    assert [f["met_on"] for f in ask(DECIDE, lines, "2025-03-10")] == ["2025-03-05", "2025-03-05"]
    assert [f["met_on"] for f in ask(DECIDE, lines[:3], "2025-03-10")] == ["2025-03-05", None]


def test_a_second_start_of_one_process_is_the_same_instance(ask: Asker) -> None:
    lines = [
        "2025-03-05 referral-received process=referral:R1 id=b",
        "2025-03-03 referral-received process=referral:R1 id=a",
        "undated referral-received process=referral:R1 id=c",
        "2025-03-10 referral-decided links=b",
    ]
    only(ask(DECIDE, lines, "2025-03-12"), started_on="2025-03-03", state="met-late", days_late=4)
    discussions = [
        "2025-03-03 strategy-discussion-held process=strategy:S1",
        "2025-03-04 strategy-discussion-held section_47=true process=strategy:S1",
    ]
    only(ask(CONFERENCE, discussions, "2025-03-05"), started_on="2025-03-03", state="running")


def test_a_duty_owed_once_joins_the_children_of_one_process(ask: Asker) -> None:
    duty: dict[str, Any] = {**DECIDE, "owed": "once"}
    lines = [
        "2025-03-04 referral-received subject=child:C1 process=referral:R1",
        "2025-03-03 referral-received subject=child:C2 process=referral:R1",
        "2025-03-04 referral-received subject=child:C3 process=referral:R2",
    ]
    first, second = ask(duty, lines, "2025-03-10")
    holds(first, subject="child:C2", subjects=["child:C2", "child:C1"], started_on="2025-03-03")
    holds(second, subjects=["child:C3"])
    both = [*lines, "2025-03-05 referral-decided subjects=child:C1,child:C3"]
    assert [f["met_on"] for f in ask(duty, both, "2025-03-10")] == ["2025-03-05", "2025-03-05"]


def test_a_discussion_belongs_to_the_enquiry_that_it_names(ask: Asker) -> None:
    lines = [
        "2025-03-03 strategy-discussion-held section_47=true process=strategy:S1 links=enquiry:E1",
        "2025-03-10 section-47-concluded outcome=substantiated links=enquiry:E1",
    ]
    named = "2025-03-12 strategy-discussion-held section_47=true process=strategy:S2 links=enquiry:E1"
    only(ask(CONFERENCE, [*lines, named], "2025-03-14"), started_on="2025-03-03", provisional=False)
    unnamed = "2025-03-12 strategy-discussion-held section_47=true process=strategy:S2"
    assert len(ask(CONFERENCE, [*lines, unnamed], "2025-03-14")) == 2  # the first enquiry has been concluded
    assert len(ask(CONFERENCE, [lines[0], unnamed], "2025-03-14")) == 1
    other = "2025-03-12 strategy-discussion-held section_47=true process=strategy:S2 links=enquiry:E2"
    assert len(ask(CONFERENCE, [lines[0], other], "2025-03-14")) == 2


def test_a_discussion_that_an_enquiry_names_is_sure(ask: Asker) -> None:
    silent = "2025-03-04 strategy-discussion-held process=strategy:S1"
    only(ask(CONFERENCE, [silent], "2025-03-07"), state="unknown", due_on="2025-03-25")
    for day in ("2025-03-03", "2025-03-04", "2025-03-05"):
        named = f"{day} section-47-started links=strategy:S1"
        only(ask(CONFERENCE, [silent, named], "2025-03-07"), state="running", due_on="2025-03-25")


def test_the_first_discussion_that_joins_gives_an_enquiry_its_start(ask: Asker) -> None:
    lines = ["2025-03-03 section-47-started process=enquiry:E1"]
    only(ask(CONFERENCE, lines, "2025-03-14"), instance="enquiry:E1", state="unknown", started_on=None)
    lines += ["2025-03-04 strategy-discussion-held section_47=true process=strategy:S1"]
    lines += ["2025-03-05 strategy-discussion-held section_47=true process=strategy:S2 links=enquiry:E1"]
    only(ask(CONFERENCE, lines, "2025-03-14"), instance="strategy:S1", state="running", started_on="2025-03-04")


def test_a_start_without_a_day_never_vanishes(ask: Asker) -> None:
    only(ask(CONFERENCE, ["undated section-47-started"], "2025-03-14"), state="unknown", started_on=None)
    undated = "undated strategy-discussion-held section_47=true process=strategy:S1"
    only(ask(CONFERENCE, [undated], "2025-03-14"), state="unknown", started_on=None)
    dated = "2025-03-04 strategy-discussion-held section_47=true process=strategy:S2 links=strategy:S1"
    only(ask(CONFERENCE, [undated, dated], "2025-03-14"), state="running", started_on="2025-03-04")


def test_an_overlay_answers_only_about_what_starts_while_it_is_in_force(ask: Asker) -> None:
    sooner = {"code": "sooner", "duty": "decide", "due": {"within": "3 days"}}
    overlay = {"strengthens": [sooner], "in_force_from": "2025-03-04", "in_force_until": "2025-03-05"}
    starts = [f"2025-03-0{day} referral-received" for day in (3, 4, 5, 6)]
    duty: dict[str, Any] = {**DECIDE, "code": "decide", "due": {"within": "5 days"}}
    local = [f for f in ask(duty, starts, "2025-03-10", overlay=overlay) if f["layer"] == "near"]
    assert [f["started_on"] for f in local] == ["2025-03-04", "2025-03-05"]
    undated = ask(duty, ["undated referral-received"], "2025-03-05", overlay=overlay)
    assert [f["layer"] for f in undated] == ["national", "near"]
    assert len(ask(duty, ["undated referral-received"], "2025-03-06", overlay=overlay)) == 1


def test_just_one_of_several_dates_governs(ask: Asker) -> None:
    duty: dict[str, Any] = {**DECIDE, "code": "decide", "due": {"within": "5 days"}}

    def governing(*limits: str) -> list[tuple[str, str | None]]:
        entries = [{"code": limit, "duty": "decide", "due": {"within": limit}} for limit in limits]
        overlay = {"strengthens": entries, "in_force_from": "2025-01-01"}
        found = ask(duty, ["2025-03-03 referral-received"], "2025-03-10", overlay=overlay)
        return [(f["layer"], f["due_on"]) for f in found if f["governs"]]

    assert governing("3 days", "2 days") == [("near", "2025-03-05")]
    assert governing("2 days", "2 days") == [("near", "2025-03-05")]
    assert governing("5 days", "6 days") == [("national", "2025-03-08")]


def test_a_floor_that_was_broken_is_certain_wherever_it_began(ask: Asker) -> None:
    duty: dict[str, Any] = {
        "code": "keep",
        "starts": "referral-received",
        "due": {"floor": "1 year"},
        "broken_by": "referral-withdrawn",
    }
    source = Source(opens=date(2025, 3, 4).toordinal())
    lines = ["2025-03-03 referral-received", "2025-03-10 referral-withdrawn"]
    only(ask(duty, lines, "2025-04-01", source=source), state="not-met", late=False)
    only(ask(duty, lines[:1], "2025-04-01", source=source), state="unknown")


def test_an_undated_decision_without_a_link_leaves_the_oldest_open_referral_unknown(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-04 referral-received process=referral:R2",
        "2025-03-05 referral-received process=referral:R3",
        "2025-03-04 referral-decided links=referral:R1",
        "undated referral-decided",
    ]
    states = [f["state"] for f in ask(DECIDE, lines, "2025-03-10")]
    assert states == ["met", "unknown", "overdue"]
    linked = [*lines[:4], "undated referral-decided links=referral:R1,referral:R3"]
    assert [f["state"] for f in ask(DECIDE, linked, "2025-03-10")] == ["met", "overdue", "unknown"]


def test_a_dated_discharge_stands_whatever_an_undated_one_may_be(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-06 referral-decided", "undated referral-decided links=e001"]
    only(ask(DECIDE, lines, "2025-03-10"), state="met-late", met_on="2025-03-06")


def test_a_status_holds_between_the_day_it_began_and_the_day_it_ended(ask: Asker) -> None:
    plan = [
        "2025-01-06 conference-held type=initial outcome=plan",
        "2025-01-06 assessment-started",
        "2025-03-03 conference-held type=review outcome=ended",
    ]
    for day, owed in (("2025-01-06", 1), ("2025-01-07", 0), ("2025-02-28", 0), ("2025-03-03", 1)):
        lines = [*plan, f"{day} strategy-discussion-held section_47=true"]
        assert len(ask(CONFERENCE, lines, "2025-04-01")) == owed, day
        started = [*plan, f"{day} section-47-started"]
        assert len(ask(CONFERENCE, started, "2025-04-01")) == owed, day


def test_an_enquiry_may_be_recorded_before_the_discussion_that_it_names(ask: Asker) -> None:
    lines = [
        "2025-03-03 section-47-started process=enquiry:E1 links=strategy:S2,strategy:S3",
        "2025-03-04 strategy-discussion-held section_47=true process=strategy:S1",
        "2025-03-05 strategy-discussion-held section_47=true process=strategy:S2",
        "2025-03-06 strategy-discussion-held section_47=true process=strategy:S3",
        "2025-03-10 conference-held type=initial links=enquiry:E1",
    ]
    only(ask(CONFERENCE, lines, "2025-03-07"), instance="strategy:S2", started_on="2025-03-05", state="running")
    only(ask(CONFERENCE, lines, "2025-03-11"), state="met", provisional=False)


def test_a_new_discussion_after_the_conference_starts_a_new_clock(ask: Asker) -> None:
    lines = [
        "2025-03-03 strategy-discussion-held section_47=true process=strategy:S1",
        "2025-03-20 conference-held type=initial outcome=no-plan",
        "2025-03-20 strategy-discussion-held section_47=true process=strategy:S2",
        "2025-03-21 strategy-discussion-held section_47=true process=strategy:S3",
    ]
    first, second = ask(CONFERENCE, lines, "2025-03-25")
    holds(first, instance="strategy:S1", state="met")
    holds(second, instance="strategy:S3", state="running", due_on="2025-04-11")


def test_a_decision_closes_its_referral_from_the_next_day(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-04 referral-decided outcomes=[early-help]"]
    only(ask(CONCLUDE, [*lines, "2025-03-04 assessment-started"], "2025-03-10"), state="running")
    assert ask(CONCLUDE, [*lines, "2025-03-05 assessment-started"], "2025-03-10") == []


def test_what_a_referral_waits_for_belongs_to_it_until_a_later_one_starts(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-03 referral-received process=referral:R2",
        "2025-03-06 referral-received process=referral:R3",
    ]

    def owed(started: str) -> list[str]:
        return [f["instance"] for f in ask(CONCLUDE, [*lines, started], "2025-03-31")]

    assert owed("2025-03-05 assessment-started") == ["referral:R1", "referral:R2"]
    assert owed("2025-03-06 assessment-started") == ["referral:R3"]
    assert owed("2025-03-06 assessment-started links=referral:R1") == ["referral:R1"]
    assert owed("2025-03-02 assessment-started") == []
    past = Source(closes=date(2025, 3, 30).toordinal())
    assert [f["state"] for f in ask(CONCLUDE, lines, "2025-03-31", source=past)] == ["unknown"] * 3


def test_a_duty_owed_once_ends_when_the_last_childs_does(ask: Asker) -> None:
    duty: dict[str, Any] = {**DECIDE, "owed": "once"}
    lines = ["2025-03-03 referral-received subjects=child:C1,child:C2", "2025-03-04 child-died subject=child:C1"]
    only(ask(duty, lines, "2025-03-10"), state="overdue")
    both = [*lines, "2025-03-06 child-died subject=child:C2"]
    only(ask(duty, both, "2025-03-10"), state="not-met", ended_on="2025-03-06", days_late=2)
    undated = [*lines, "undated child-died subject=child:C2"]
    only(ask(duty, undated, "2025-03-10"), state="ended", ended_on=None, provisional=True)


def test_what_starts_after_a_childhood_has_ended_is_not_owed(ask: Asker) -> None:
    lines = ["undated child-identified born_on=2007-03-04", "2025-03-05 referral-received"]
    only(ask(DECIDE, lines, "2025-03-10"), state="ended", ended_on="2025-03-04", started_on="2025-03-05")


def test_an_expected_child_whose_birth_follows_is_born(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-04 pregnancy-ended"]
    born = "2025-03-20 child-identified born_on=2025-03-04"
    only(ask(DECIDE, [*lines, born], "2025-03-25"), state="overdue")
    later = "2025-03-20 child-identified born_on=2025-03-05"
    only(ask(DECIDE, [*lines, later], "2025-03-25"), state="ended")


def test_a_gate_whose_need_may_lie_before_the_window_is_unknown(ask: Asker) -> None:
    gate = {"code": "gate", "before": "plan-ended", "needs": "receiving-conference-held", "within": "on-plan"}
    gate |= {"approved_by": "manager"}
    plan, end = "2025-01-06 conference-held type=initial outcome=plan", "2025-02-03 plan-ended"
    on_the_day = Source(opens=date(2025, 1, 6).toordinal())
    day_after = Source(opens=date(2025, 1, 7).toordinal())
    only(ask([], [plan, end], "2025-06-01", gates=[gate], source=on_the_day), state="not-met", holder="manager")
    only(ask([], [plan, end], "2025-06-01", gates=[gate], source=day_after), state="unknown")
    only(ask([], [end], "2025-06-01", gates=[gate], source=on_the_day), state="unknown", days_late=None)
    only(ask([], [end], "2025-06-01", gates=[gate]), state="not-met", late=False, days_late=None, ended_on=None)


def test_a_member_belongs_from_the_day_it_is_said_where_no_other_is(ask: Asker) -> None:
    lines = ["2025-03-04 family-member subject=family:F1 child=C1", "2025-03-03 referral-received subject=family:F1"]
    assert ask(DECIDE, lines, "2025-03-10") == []
    same = ["2025-03-03 family-member subject=family:F1 child=C1", lines[1]]
    only(ask(DECIDE, same, "2025-03-10"), subject="child:C1")


def test_limits_of_two_weeks_are_short_and_a_duty_may_have_its_own_window(ask: Asker) -> None:
    duty: dict[str, Any] = {
        "code": "d",
        "starts": "referral-received",
        "met_by": "referral-decided",
        "due": {"within": "2 weeks"},
    }
    lines = ["2025-03-03 referral-received"]
    only(ask(duty, lines, "2025-03-12"), state="running", due_on="2025-03-17")
    only(ask(duty, lines, "2025-03-13"), state="due-soon")
    only(ask({**duty, "due": {"within": "3 weeks"}}, lines, "2025-03-10"), state="due-soon", due_on="2025-03-24")
    only(ask({**duty, "due_soon": "5 days"}, lines, "2025-03-11"), state="running")
    only(ask({**duty, "due_soon": "5 days"}, lines, "2025-03-12"), state="due-soon")
    only(ask({**duty, "due_soon": "4 working days"}, lines, "2025-03-11"), state="due-soon")


def test_a_limit_counts_from_the_first_birth_after_the_start(ask: Asker) -> None:
    duty: dict[str, Any] = {"code": "d", "starts": "referral-received", "met_by": "child-seen"}
    duty |= {"due": {"within": "5 days", "of": "child-born"}}
    lines = ["2025-03-01 child-born", "2025-03-03 referral-received", "2025-03-06 child-born", "2025-03-09 child-born"]
    only(ask(duty, lines, "2025-03-10"), due_on="2025-03-11", started_on="2025-03-03")
    only(ask(duty, lines[:2], "2025-03-10"), due_on=None, state="unknown")


def test_an_undated_round_is_the_first(ask: Asker) -> None:
    lines = [
        "undated conference-held type=review outcome=continued id=a",
        "2024-05-31 conference-held type=review outcome=continued id=b",
    ]
    findings = {f["instance"]: f for f in ask(NEXT_REVIEW, lines, "2024-07-01")}
    holds(findings["a"], cycle=1, state="unknown", started_on=None)
    holds(findings["b"], cycle=2, state="unknown", due_on="2024-11-30")  # perhaps the undated one met it


def test_a_correction_of_a_correction_still_reaches_every_sibling(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received subjects=child:C1,child:C2 id=a",
        "2025-03-04 referral-received subject=child:C1 id=b replaces=a recorded=2025-03-06T09:00+00:00",
        "2025-03-05 referral-received subject=child:C1 id=c replaces=b recorded=2025-03-07T09:00+00:00",
    ]
    assert [f["started_on"] for f in ask(DECIDE, lines, "2025-03-10")] == ["2025-03-05", "2025-03-05"]


# ---- the oracle's own tools


def test_an_unknown_word_is_refused(ask: Asker) -> None:
    with pytest.raises(ValueError, match="does not know"):
        ask({**DECIDE, "pauses_with": "illness"}, [], "2025-03-10")


def test_yaml_is_read_as_text_but_for_true_false_numbers_and_null(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("on: no\nday: 2025-03-01\ncount: 15\ntruth: true\nnothing:\ntime: 1:30\nwords: 'true'\n")
    assert read_yaml(path) == {
        "on": "no",
        "day": "2025-03-01",
        "count": 15,
        "truth": True,
        "nothing": None,
        "time": "1:30",
        "words": "true",
    }


def test_findings_can_be_sorted_and_compared(ask: Asker) -> None:
    finding = only(ask(DECIDE, ["2025-03-03 referral-received"], "2025-03-10"))
    assert tuple(finding) == KEYS
    assert comparable(finding) == comparable({**finding, "cites": ("1.1",), "due_on": date(2025, 3, 4)})
    assert comparable(finding) != comparable({**finding, "days_late": 5})
    assert sorted([comparable(finding), comparable({**finding, "recipient": "panel"})])


EXAMPLES = pack_examples(PACK) + overlay_examples(PACK, DUTIES / "overlays")


def test_differences_are_said_one_by_one(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received id=a", "2025-03-05 referral-received id=b"]
    one = ask(DECIDE, lines, "2025-03-10")
    other = [{**one[0], "state": "running", "days_late": None}]
    assert differences(one, list(reversed(one))) == []
    assert differences(one, other) == [
        "national decide child:X1 a   2025-03-03: state oracle=overdue engine=running",
        "national decide child:X1 a   2025-03-03: days_late oracle=4 engine=null",
        "national decide child:X1 b   2025-03-05: only oracle has it, overdue",
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code}: {example.says}")
def test_the_worked_examples_of_packs_and_overlays_come_out(example: Example) -> None:
    assert read_pack(PACK).duties
    overlays = [] if example.overlay is None else [DUTIES / "overlays" / f"{example.overlay}.yaml"]
    findings = answer(example.events, example.on, None, PACK, overlays, *HOLIDAYS, example.source)
    mine = [f for f in findings if f["duty"] == example.code]
    mine.sort(key=lambda f: (f["layer"] != "national", f["started_on"] or "9"))
    shown = [
        {key: str(finding[key]) if isinstance(value, str) else finding[key] for key, value in expected.items()}
        for finding, expected in zip(mine, example.expect, strict=False)
    ]
    assert len(mine) == len(example.expect)
    assert shown == [dict(expected) for expected in example.expect]
