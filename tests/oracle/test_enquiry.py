"""Strategy discussions, the enquiry that they belong to, and the initial conference that is owed for it."""

from __future__ import annotations

from oracle.small_pack import CONFERENCE, Asker, holds, only


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
