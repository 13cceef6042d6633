"""What each part of a census becomes, and what is noted where it says something wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from census_text import child, episode, message

from goldthread.duties.event import Event, Pattern
from goldthread.formats.cin import CensusReading
from goldthread.formats.reading import open_file

Write = Callable[[str | bytes], Path]
R = "referral:C1/2025-06-02"


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def read(path: Path) -> tuple[list[Event], dict[str, int], CensusReading]:
    """This will give the events of the file's only child, its notes by code, and the reading."""
    reading = open_file(path)
    assert isinstance(reading, CensusReading)
    ((subject, events),) = reading.children()
    assert {event.subjects for event in events} <= {(subject,)}
    assert len({event.id for event in events}) == len(events)
    return events, dict(reading.notes.by_code), reading


def plain(events: list[Event], *kinds: str) -> list[tuple[Any, ...]]:
    """This will give kind, day, process, links and data of the events of these kinds, by day."""
    chosen = [event for event in events if event.kind in kinds]
    return [
        (
            event.kind,
            event.day and date.fromordinal(event.day).isoformat(),
            event.process,
            event.links,
            dict(event.data),
        )
        for event in sorted(chosen, key=lambda event: (event.day or 0, event.id))
    ]


def test_the_header_says_the_year_and_what_a_census_can_hold(written: Write) -> None:
    _, notes, reading = read(written(message(child(episode()))))
    assert reading.format == "cin-census"
    assert reading.reference_date == date(2026, 3, 31)
    assert reading.about == {"year": "2026", "LEA": "201", "software": "invented"}
    assert (reading.source.opens, reading.source.closes) == (day("2025-04-01"), day("2026-03-31"))
    assert reading.source.carries is not None
    assert "conference-held" in reading.source.carries
    assert not reading.source.carries & {
        "referral-acknowledged",
        "core-group-held",
        "referral-decided",
        "moved-in-notified",
    }
    assert reading.source.whole == (Pattern("conference-held", (("type", frozenset({"initial"})),)),)
    assert reading.source.last_before == (Pattern("conference-held", (("type", frozenset({"review"})),)),)
    assert notes == {}


@pytest.mark.parametrize(
    ("reference", "opens"), [("2024-03-31", "2023-04-01"), ("2024-02-29", "2023-03-01"), ("2022-07-21", "2021-07-22")]
)
def test_the_year_opens_a_year_and_a_day_before_the_reference_date(written: Write, reference: str, opens: str) -> None:
    assert open_file(written(message(reference=reference))).source.opens == day(opens)


def test_another_reference_date_than_31_march_of_the_year_is_a_note(written: Write) -> None:
    reading = open_file(written(message(year="2025")))
    assert reading.notes.by_code == {"reference-date": 1}
    assert open_file(written(message(reference="2026-03-28"))).notes.by_code == {"reference-date": 1}


def test_a_child_is_identified_on_the_day_of_birth_and_dies_on_the_day_of_death(written: Write) -> None:
    born = "<PersonBirthDate>2015-05-05</PersonBirthDate><PersonDeathDate>2025-08-01</PersonDeathDate>"
    events, notes, _ = read(written(message(child(episode(), born=born))))
    assert plain(events, "child-identified") == [
        ("child-identified", "2015-05-05", None, (), {"born_on": "2015-05-05"})
    ]
    assert plain(events, "child-died") == [("child-died", "2025-08-01", None, (), {})]
    assert notes == {}


def test_an_unborn_child_is_identified_on_the_day_of_her_first_referral(written: Write) -> None:
    born = "<ExpectedPersonBirthDate>2026-05-05</ExpectedPersonBirthDate>"
    episodes = episode(referred="2025-12-02") + episode(referred="2025-11-03")
    events, notes, _ = read(written(message(child(episodes, born=born))))
    assert plain(events, "child-identified") == [
        ("child-identified", "2025-11-03", None, (), {"expected_on": "2026-05-05", "unborn": True})
    ]
    assert notes == {}


def test_a_death_before_the_birth_is_noted_and_not_used(written: Write) -> None:
    born = "<PersonBirthDate>2015-05-05</PersonBirthDate><PersonDeathDate>2015-05-04</PersonDeathDate>"
    events, notes, _ = read(written(message(child(episode(), born=born))))
    assert plain(events, "child-died") == []
    assert notes == {"death-before-birth": 1}


@pytest.mark.parametrize(
    ("by", "data"),
    [("6", {"referrer": "known", "by": "6"}), ("9", {"referrer": "anonymous", "by": "9"}), ("10", {"by": "10"})],
)
def test_a_referral_says_who_referred(written: Write, by: str, data: dict[str, str]) -> None:
    events, _, _ = read(written(message(child(episode(by=by)))))
    assert plain(events, "referral-received") == [("referral-received", "2025-06-02", R, (), data)]


def test_an_unknown_code_is_noted_and_not_used_but_the_referral_is(written: Write) -> None:
    events, notes, _ = read(written(message(child(episode(by="4X")))))
    assert plain(events, "referral-received") == [("referral-received", "2025-06-02", R, (), {})]
    assert notes == {"unknown-code": 1}


def test_a_code_is_known_from_the_year_that_brought_it(written: Write) -> None:
    for reference, expected in (("2022-03-31", {"unknown-code": 1}), ("2023-03-31", {})):
        text = message(child(episode(by="5D", referred="2021-05-04")), reference=reference, year=reference[:4])
        assert read(written(text))[1] == expected


def test_two_referrals_of_one_day_are_two_processes(written: Write) -> None:
    events, _, _ = read(written(message(child(episode() + episode()))))
    assert [event.process for event in events if event.kind == "referral-received"] == [R, R + "/2"]


@pytest.mark.parametrize(
    ("flag", "decided"), [("1", True), ("true", True), (" TRUE ", True), ("0", False), ("false", False)]
)
def test_no_further_action_is_a_decision_without_a_day(written: Write, flag: str, decided: bool) -> None:
    events, notes, _ = read(written(message(child(episode(f"<ReferralNFA>{flag}</ReferralNFA>")))))
    expected = [("referral-decided", None, None, (R,), {"outcomes": ["no-further-action"]})]
    assert plain(events, "referral-decided") == (expected if decided else [])
    assert notes == {}


def assessment(start: str, end: str = "") -> str:
    end = f"<AssessmentAuthorisationDate>{end}</AssessmentAuthorisationDate>" if end else ""
    return f"<Assessments><AssessmentActualStartDate>{start}</AssessmentActualStartDate>{end}</Assessments>"


def test_the_earliest_assessment_answers_the_referral_and_later_ones_are_of_an_open_case(written: Write) -> None:
    rest = assessment("2025-09-01", "2025-10-01") + assessment("2025-06-05", "2025-07-01")
    events, notes, _ = read(written(message(child(episode(rest)))))
    first, second = "assessment:C1/2025-06-05", "assessment:C1/2025-09-01"
    assert plain(events, "assessment-started", "assessment-completed") == [
        ("assessment-started", "2025-06-05", first, (R,), {"basis": "referral"}),
        ("assessment-completed", "2025-07-01", first, (R,), {"basis": "referral"}),
        ("assessment-started", "2025-09-01", second, (), {"basis": "open-case"}),
        ("assessment-completed", "2025-10-01", second, (), {"basis": "open-case"}),
    ]
    assert notes == {}


def test_an_assessment_on_a_referral_before_the_year_does_not_say_its_basis(written: Write) -> None:
    events, _, _ = read(written(message(child(episode(assessment("2025-05-05"), referred="2025-03-31")))))
    (started,) = plain(events, "assessment-started")
    assert started[3:] == (("referral:C1/2025-03-31",), {})


def test_the_first_and_the_last_day_of_the_year_belong_to_it(written: Write) -> None:
    events, notes, _ = read(written(message(child(episode(assessment("2026-03-31"), referred="2025-04-01")))))
    assert [item[1:2] + item[4:] for item in plain(events, "assessment-started")] == [
        ("2026-03-31", {"basis": "referral"})
    ]
    assert notes == {}


def test_an_assessment_whose_start_cannot_be_used_has_no_known_place(written: Write) -> None:
    rest = assessment("2025-09-01", "2025-10-01") + assessment("2025-02-30", "2025-07-01")
    events, notes, _ = read(written(message(child(episode(rest)))))
    assert {item[4].get("basis") for item in plain(events, "assessment-started", "assessment-completed")} == {None}
    assert notes == {"not-a-date": 1}


def enquiry(start: str, *, conference: str = "", refused: str = "0") -> str:
    date_ = f"<DateOfInitialCPC>{conference}</DateOfInitialCPC>" if conference else ""
    return (
        f"<Section47><S47ActualStartDate>{start}</S47ActualStartDate>{date_}"
        f"<ICPCnotRequired>{refused}</ICPCnotRequired></Section47>"
    )


def plan(start: str, end: str = "", *reviews: str) -> str:
    end = f"<CPPendDate>{end}</CPPendDate>" if end else ""
    held = "".join(f"<CPPreviewDate>{review}</CPPreviewDate>" for review in reviews)
    return f"<ChildProtectionPlans><CPPstartDate>{start}</CPPstartDate>{end}<Reviews>{held}</Reviews></ChildProtectionPlans>"


S, E, P = "strategy:C1/2025-06-10", "enquiry:C1/2025-06-10", "plan:C1/protection/2025-06-24"


def test_a_section_47_is_a_strategy_discussion_and_an_enquiry_and_its_conference_makes_the_plan(written: Write) -> None:
    rest = enquiry("2025-06-10", conference="2025-06-24") + plan("2025-06-24")
    events, notes, _ = read(written(message(child(episode(rest)))))
    assert plain(events, "strategy-discussion-held", "section-47-started", "conference-held") == [
        ("strategy-discussion-held", "2025-06-10", S, (E, R), {"section_47": True}),
        ("section-47-started", "2025-06-10", E, (S,), {}),
        (
            "conference-held",
            "2025-06-24",
            "conference:C1/2025-06-24",
            (E, S, P),
            {"type": "initial", "outcome": "plan", "unborn": False},
        ),
    ]
    assert notes == {}


def test_a_conference_without_a_plan_made_none(written: Write) -> None:
    events, notes, _ = read(written(message(child(episode(enquiry("2025-06-10", conference="2025-06-24"))))))
    assert plain(events, "conference-held")[0][3:] == (
        (E, S),
        {"type": "initial", "outcome": "no-plan", "unborn": False},
    )
    assert notes == {}


def test_a_conference_before_a_plan_of_a_later_day_does_not_say_its_outcome(written: Write) -> None:
    rest = enquiry("2025-06-10", conference="2025-06-23") + plan("2025-06-24")
    events, notes, _ = read(written(message(child(episode(rest)))))
    assert [item[1:2] + item[4:] for item in plain(events, "conference-held")] == [
        ("2025-06-23", {"type": "initial", "unborn": False}),
        ("2025-06-24", {"type": "initial", "outcome": "plan", "unborn": False}),
    ]
    assert notes == {"conference-outcome": 1}


def test_two_enquiries_with_one_conference_share_it(written: Write) -> None:
    rest = enquiry("2025-06-10", conference="2025-06-24") + enquiry("2025-06-12", conference="2025-06-24")
    events, notes, _ = read(written(message(child(episode(rest)))))
    (conference,) = plain(events, "conference-held")
    assert conference[3] == (E, S, "enquiry:C1/2025-06-12", "strategy:C1/2025-06-12")
    assert notes == {}


def test_a_conference_that_was_not_required_is_a_decision_without_a_day(written: Write) -> None:
    events, notes, _ = read(written(message(child(episode(enquiry("2025-06-10", refused="true"))))))
    assert plain(events, "conference-decided-against") == [("conference-decided-against", None, None, (E, S), {})]
    assert notes == {}


def test_a_pending_enquiry_is_not_decided(written: Write) -> None:
    events, _, _ = read(written(message(child(episode(enquiry("2025-06-10"))))))
    assert plain(events, "conference-decided-against", "conference-held") == []


def test_a_conference_date_goes_before_the_flag_that_none_was_required(written: Write) -> None:
    rest = enquiry("2025-06-10", conference="2025-06-24", refused="1")
    events, notes, _ = read(written(message(child(episode(rest)))))
    assert len(plain(events, "conference-held")) == 1
    assert plain(events, "conference-decided-against") == []
    assert notes == {"conference-not-required": 1}


@pytest.mark.parametrize("before", [True, False])
def test_a_conference_of_the_episode_is_a_transfer_in_wherever_it_stands(written: Write, before: bool) -> None:
    conference = "<DateOfInitialCPC>2025-06-24</DateOfInitialCPC>"
    other = enquiry("2025-08-01", conference="2025-08-12") + plan("2025-06-24")
    events, notes, _ = read(written(message(child(episode(conference + other if before else other + conference)))))
    assert [item[1:] for item in plain(events, "conference-held")] == [
        (
            "2025-06-24",
            "conference:C1/2025-06-24",
            (P,),
            {"type": "transfer-in", "outcome": "plan", "unborn": False},
        ),
        (
            "2025-08-12",
            "conference:C1/2025-08-12",
            ("enquiry:C1/2025-08-01", "strategy:C1/2025-08-01"),
            {"type": "initial", "outcome": "no-plan", "unborn": False},
        ),
    ]
    assert notes == {}


def test_a_conference_given_twice_counts_once(written: Write) -> None:
    rest = "<DateOfInitialCPC>2025-06-24</DateOfInitialCPC>" + enquiry("2025-06-10", conference="2025-06-24")
    events, notes, _ = read(written(message(child(episode(rest)))))
    assert [item[4]["type"] for item in plain(events, "conference-held")] == ["initial"]
    assert notes == {"conference-twice": 1}


def test_the_start_of_a_plan_stands_for_its_conference_and_reviews_belong_to_the_plan(written: Write) -> None:
    rest = plan("2024-06-24", "2025-09-01", "2025-03-01", "2025-09-01")
    events, notes, _ = read(written(message(child(episode(rest, referred="2024-05-01")))))
    key = "plan:C1/protection/2024-06-24"
    assert plain(events, "conference-held", "plan-ended") == [
        (
            "conference-held",
            "2024-06-24",
            "conference:C1/2024-06-24",
            (key,),
            {"type": "initial", "outcome": "plan", "unborn": False},
        ),
        (
            "conference-held",
            "2025-03-01",
            "conference:C1/2025-03-01",
            (key,),
            {"type": "review", "outcome": "continued"},
        ),
        ("plan-ended", "2025-09-01", key, (), {}),
        ("conference-held", "2025-09-01", "conference:C1/2025-09-01", (key,), {"type": "review", "outcome": "ended"}),
    ]
    assert notes == {}


def test_several_reviews_wrappers_and_several_dates_in_one_are_all_read(written: Write) -> None:
    dates = ["2025-07-01", "2025-09-01", "2025-12-01"]
    reviews = "<Reviews><CPPreviewDate>2025-07-01</CPPreviewDate></Reviews><Reviews>" + "".join(
        f"<CPPreviewDate>{text}</CPPreviewDate>" for text in dates[1:]
    )
    rest = f"<ChildProtectionPlans><CPPstartDate>2025-06-24</CPPstartDate>{reviews}</Reviews></ChildProtectionPlans>"
    events, notes, _ = read(written(message(child(episode(rest)))))
    assert [item[1] for item in plain(events, "conference-held")] == ["2025-06-24", *dates]
    assert notes == {}


def test_a_review_outside_its_plan_or_given_twice_is_noted_and_not_used(written: Write) -> None:
    rest = plan("2025-06-24", "2025-09-01", "2025-06-24", "2025-09-02", "2025-08-01", "2025-08-01")
    events, notes, _ = read(written(message(child(episode(rest)))))
    assert [item[1] for item in plain(events, "conference-held")] == ["2025-06-24", "2025-08-01"]
    assert notes == {"review-outside-plan": 2, "review-twice": 1}


def test_a_conference_before_the_birth_says_that_the_child_was_unborn(written: Write) -> None:
    rest = plan("2025-06-24")
    for born, unborn in (
        ("<PersonBirthDate>2025-06-25</PersonBirthDate>", True),
        ("<PersonBirthDate>2025-06-24</PersonBirthDate>", False),
        ("<ExpectedPersonBirthDate>2026-04-24</ExpectedPersonBirthDate>", True),
    ):
        events, _, _ = read(written(message(child(episode(rest), born=born))))
        assert plain(events, "conference-held")[0][4]["unborn"] is unborn


def test_a_child_in_need_plan_is_made_and_ended(written: Write) -> None:
    dates = "<CINPlanDates><CINPlanStartDate>2025-07-01</CINPlanStartDate><CINPlanEndDate>2025-09-01</CINPlanEndDate></CINPlanDates>"
    events, notes, _ = read(written(message(child(episode(dates)))))
    key = "plan:C1/need/2025-07-01"
    assert plain(events, "child-in-need-plan-made", "child-in-need-plan-ended") == [
        ("child-in-need-plan-made", "2025-07-01", key, (R,), {}),
        ("child-in-need-plan-ended", "2025-09-01", key, (R,), {}),
    ]
    assert notes == {}


def test_a_closure_closes_its_referral_and_keeps_its_code(written: Write) -> None:
    rest = "<CINclosureDate>2025-09-01</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>"
    events, notes, _ = read(written(message(child(episode(rest)))))
    assert plain(events, "case-closed") == [("case-closed", "2025-09-01", R, (), {"reason": "RC7"})]
    assert notes == {}


def test_the_module_of_2026_27_is_carried_only_by_files_that_have_it(written: Write) -> None:
    rest = (
        "<PreProceedingsandFGDM><PPStartDate>2025-09-09</PPStartDate><FGDMMeetingOffer>1</FGDMMeetingOffer>"
        "<FGDMMeetingFac>1</FGDMMeetingFac><PPOutcome>A</PPOutcome></PreProceedingsandFGDM>"
    )
    events, notes, reading = read(written(message(child(episode(rest)))))
    assert plain(events, "pre-proceedings-initiated") == [("pre-proceedings-initiated", "2025-09-09", None, (R,), {})]
    assert plain(events, "family-group-decision-making-offered") == [
        ("family-group-decision-making-offered", None, None, (R,), {})
    ]
    assert notes == {}
    kinds = {"pre-proceedings-initiated", "family-group-decision-making-offered"}
    assert reading.source.carries is not None
    assert kinds < reading.source.carries
    without = open_file(written(message(child(episode())))).source.carries
    assert without is not None
    assert not kinds & without


def test_the_module_is_found_across_the_edge_of_a_piece(written: Write) -> None:
    for shift in range(0, 40, 3):
        start = message().replace("</Children></Message>", "")
        filling = "<!--" + "x" * ((1 << 20) - len(start) - 60 + shift) + "-->"
        path = written(start + filling + child(episode("<PreProceedingsandFGDM/>")) + "</Children></Message>")
        carries = open_file(path).source.carries
        assert carries is not None
        assert "pre-proceedings-initiated" in carries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2025-02-30", "not-a-date"),
        ("03/06/2025", "not-a-date"),
        ("20250603", "not-a-date"),
        ("2025-06-03T00:00:00", "not-a-date"),
        ("٢٠٢٥-06-03", "not-a-date"),
        ("1066-04-13", "date-before-1900"),
        ("2026-04-01", "date-after-reference"),
    ],
)
def test_an_impossible_date_is_noted_and_that_fact_is_not_used(written: Write, text: str, code: str) -> None:
    rest = f"<CINclosureDate>{text}</CINclosureDate>" + enquiry("2025-06-10")
    events, notes, reading = read(written(message(child(episode(rest)))))
    assert plain(events, "case-closed") == []
    assert len(plain(events, "section-47-started")) == 1
    assert notes == {code: 1}
    assert str(reading.notes.kept[0]).startswith('child 1 ("C1"): CINclosureDate')


@pytest.mark.parametrize("text", [" 2025-06-02\n", "2025-06-02Z", "2025-06-02+01:00"])
def test_blanks_and_the_time_zone_that_xml_allows_do_not_hide_a_date(written: Write, text: str) -> None:
    events, notes, _ = read(written(message(child(episode(referred=text)))))
    assert plain(events, "referral-received")[0][1:3] == ("2025-06-02", R)
    assert notes == {}


def test_an_empty_element_is_absent(written: Write) -> None:
    rest = "<CINclosureDate/><ReasonForClosure></ReasonForClosure><DateOfInitialCPC> </DateOfInitialCPC>"
    events, notes, _ = read(written(message(child(episode(rest)))))
    assert {event.kind for event in events} == {"child-identified", "referral-received"}
    assert notes == {}


@pytest.mark.parametrize(
    "rest",
    [
        "<Assessments/>",
        "<CINPlanDates><CINPlanEndDate>2025-07-01</CINPlanEndDate></CINPlanDates>",
        "<Section47><ICPCnotRequired>1</ICPCnotRequired></Section47>",
        "<ChildProtectionPlans><CPPendDate>2025-07-01</CPPendDate></ChildProtectionPlans>",
    ],
)
def test_a_record_without_its_start_is_noted_and_not_used(written: Write, rest: str) -> None:
    events, notes, _ = read(written(message(child(episode(rest)))))
    assert {event.kind for event in events} == {"child-identified", "referral-received"}
    assert notes == {"missing-date": 1}


def test_facts_of_an_episode_without_a_usable_referral_are_kept_without_a_link(written: Write) -> None:
    events, notes, _ = read(written(message(child(episode(assessment("2025-06-05"), referred="")))))
    assert plain(events, "assessment-started") == [
        ("assessment-started", "2025-06-05", "assessment:C1/2025-06-05", (), {})
    ]
    assert notes == {"missing-date": 1}


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        (assessment("2025-06-05", "2025-06-04"), "ends-before-start"),
        (plan("2025-06-05", "2025-06-04"), "ends-before-start"),
        ("<CINclosureDate>2025-06-01</CINclosureDate>", "ends-before-start"),
        (enquiry("2025-06-05", conference="2025-06-04"), "conference-before-enquiry"),
    ],
)
def test_what_comes_before_its_start_is_kept_and_noted(written: Write, rest: str, code: str) -> None:
    events, notes, _ = read(written(message(child(episode(rest)))))
    assert {"assessment-completed", "plan-ended", "case-closed", "conference-held"} & {event.kind for event in events}
    assert notes == {code: 1}


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("<Assessments><AssessmentActualStartDate>2025-06-05</AssessmentActualStartDate><FactorsIdentifiedAtAssessment>"
         "<AssessmentFactors>99</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>", "unknown-code"),
        ("<ReferralNFA>perhaps</ReferralNFA>", "unknown-code"),
        ("<ReasonForClosure>RC10</ReasonForClosure>", "unknown-code"),
        ("<ReferralNFA>0</ReferralNFA><ReferralNFA>1</ReferralNFA>", "repeated-element"),
        ("<CPPreviewDate>2025-06-05</CPPreviewDate>", "misplaced-element"),
        ("<CPPstartDate>2025-06-05</CPPstartDate>", "misplaced-element"),
        ("<Section47><S47ActualStartDate>2025-06-05</S47ActualStartDate><InitialCPCtarget>soon</InitialCPCtarget></Section47>",
         "not-a-date"),
        ("<Custom><CINclosureDate>2025-06-05</CINclosureDate></Custom>", "unknown-element"),
    ],
)  # fmt: skip
def test_what_else_is_wrong_has_one_note(written: Write, rest: str, code: str) -> None:
    events, notes, reading = read(written(message(child(episode(rest)))))
    assert notes == {code: 1}
    assert str(reading.notes.kept[0]).startswith('child 1 ("C1"): ')
    assert not {"referral-decided", "case-closed", "conference-held"} & {event.kind for event in events}


def test_a_second_child_with_the_same_id_is_noted_and_not_used(written: Write) -> None:
    path = written(message(child(episode(), name="A"), child(episode(), name="B"), child(episode(), name=" A ")))
    reading = open_file(path)
    assert isinstance(reading, CensusReading)
    assert [subject for subject, _ in reading.children()] == ["child:A", "child:B"]
    assert [str(note) for note in reading.notes] == [
        'child 3 ("A"): the same LAchildID as child 1; this record is not used'
    ]


def test_a_child_without_an_id_does_not_vanish(written: Write) -> None:
    reading = open_file(written(message(child(episode()), child(episode(), name=None), child(episode(), name=""))))
    assert isinstance(reading, CensusReading)
    assert [subject for subject, _ in reading.children()] == ["child:C1", "child:unnamed-2", "child:unnamed-3"]
    assert reading.notes.by_code == {"child-without-id": 2}


def test_a_child_without_an_episode_or_a_birth_date_is_noted(written: Write) -> None:
    events, notes, _ = read(written(message(child(born=""))))
    assert events == []
    assert notes == {"no-episode": 1, "no-birth-date": 1}


def test_notes_start_afresh_when_the_file_is_read_again(written: Write) -> None:
    reading = open_file(written(message(child(), child(name=None), year="2025")))
    assert isinstance(reading, CensusReading)
    first = [list(reading.children()), list(reading.notes)]
    assert [list(reading.children()), list(reading.notes)] == first
    assert reading.notes.total == 4


def test_notes_name_the_child_and_a_clean_file_has_none(written: Write) -> None:
    reading = open_file(written(message(child(episode(by="X")), child(name=None))))
    assert isinstance(reading, CensusReading)
    assert len(list(reading.children())) == 2
    assert reading.notes.total == 3
    assert str(reading.notes.kept[0]).startswith('child 1 ("C1"): ReferralSource "X" is not a code')
    clean = open_file(written(message(child(episode()))))
    assert isinstance(clean, CensusReading)
    assert len(list(clean.children())) == 1
    assert clean.notes.total == 0


def test_two_hundred_notes_are_kept_and_all_are_counted(written: Write) -> None:
    reading = open_file(written(message(*(child(name=f"C{n}") for n in range(300)))))
    assert isinstance(reading, CensusReading)
    assert len(list(reading.children())) == 300
    assert (len(reading.notes.kept), reading.notes.total) == (200, 300)
