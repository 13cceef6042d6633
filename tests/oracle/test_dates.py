"""Days, limits and dates, counted by hand from the two texts that the oracle follows."""

from __future__ import annotations

from datetime import date
from typing import Any

from goldthread.duties.event import Event, Source
from oracle.calendar_by_day import DayCounter, birthday, months_after
from oracle.small_pack import CONCLUDE, DECIDE, FIRST_REVIEW, HOLIDAYS, SEND, Asker, holds, only


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
