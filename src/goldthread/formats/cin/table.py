"""What a CIN census holds, as events: the tables that docs/reference/census-events.md prints, and the declared source."""

from __future__ import annotations

from typing import NamedTuple

from goldthread.duties.event import Pattern, Source


class Row(NamedTuple):
    """One row of the documented mapping: what the file holds, the event it becomes, its data, and what is approximate."""

    element: str
    becomes: str
    holds: str
    approximation: str


TABLE = (
    Row("PersonBirthDate", "child-identified", "born_on", "On the day of birth: identity has no day of its own."),
    Row(
        "ExpectedPersonBirthDate",
        "child-identified",
        "expected_on, unborn: true",
        "On the day of the first referral. Not used where there is a birth date too.",
    ),
    Row("PersonDeathDate", "child-died", "", ""),
    Row(
        "CINdetails, CINreferralDate, ReferralSource",
        "referral-received",
        "referrer: anonymous for source 9, absent for 10, else known; by: the code",
        "Each episode of need is one referral.",
    ),
    Row(
        "ReferralNFA 1",
        "referral-decided, without a day",
        "outcomes: [no-further-action]",
        "The census holds that it was decided, not when. 0 says nothing of when or what was decided.",
    ),
    Row(
        "AssessmentActualStartDate",
        "assessment-started",
        "basis: referral for the earliest of an episode, open-case for later ones; absent where the referral came"
        " before the year, because earlier assessments are not in the file",
        "A later assessment on an open case is not linked to the referral, so it cannot answer it.",
    ),
    Row(
        "AssessmentAuthorisationDate",
        "assessment-completed",
        "basis, as above",
        "Authorised stands for concluded.",
    ),
    Row("CINPlanStartDate", "child-in-need-plan-made", "", ""),
    Row("CINPlanEndDate", "child-in-need-plan-ended", "", ""),
    Row(
        "S47ActualStartDate",
        "strategy-discussion-held and section-47-started, the same day",
        "section_47: true",
        "The census calls the day of the strategy discussion the start. Each Section47 is an enquiry of its own.",
    ),
    Row(
        "Section47/DateOfInitialCPC",
        "conference-held",
        "type: initial; outcome: plan where a plan of the episode starts that day, no-plan where none starts on it or"
        " later, else absent; unborn",
        "Two enquiries of an episode with the same day share one conference.",
    ),
    Row(
        "ICPCnotRequired 1, without a conference",
        "conference-decided-against, without a day",
        "",
        "The census holds that it was decided, not when.",
    ),
    Row(
        "CINdetails/DateOfInitialCPC",
        "conference-held",
        "type: transfer-in; outcome and unborn as above",
        "Used for children who move in on a plan; the notice of their move is not in the file.",
    ),
    Row(
        "CPPstartDate",
        "conference-held, where no conference of the episode is on that day",
        "type: initial; outcome: plan; unborn",
        "A plan's start stands for the conference that made it.",
    ),
    Row(
        "CPPreviewDate",
        "conference-held",
        "type: review; outcome: ended on the day the plan ended, else continued",
        "A review held while the plan stays open continued it. Only the reviews of the year and the last one before.",
    ),
    Row("CPPendDate", "plan-ended", "", "The census does not say why."),
    Row("CINclosureDate, ReasonForClosure", "case-closed", "reason: the code", ""),
    Row("PPStartDate", "pre-proceedings-initiated", "", "Only in files that have the module of 2026-27."),
    Row(
        "FGDMMeetingOffer 1",
        "family-group-decision-making-offered, without a day",
        "",
        "The census holds that it was offered, not when. Only in files that have the module of 2026-27.",
    ),
)

CARRIED = frozenset(
    {
        "child-identified",
        "child-died",
        "referral-received",
        "assessment-started",
        "assessment-completed",
        "strategy-discussion-held",
        "section-47-started",
        "conference-held",
        "plan-ended",
        "child-in-need-plan-made",
        "child-in-need-plan-ended",
        "case-closed",
    }
)
CARRIED_BY_PRE_PROCEEDINGS = frozenset({"pre-proceedings-initiated", "family-group-decision-making-offered"})
WHOLE = (Pattern("conference-held", (("type", frozenset({"initial"})),)),)
LAST_BEFORE = (Pattern("conference-held", (("type", frozenset({"review"})),)),)

# What a note is about: code, and what it says of every such case. Printed in the reference too.
NOTE_CODES = {
    "reference-date": "The reference date is not 31 March of the header's year.",
    "namespace": "The elements stand in an XML namespace; they are read by their local names.",
    "unknown-element": "An element that no census from 2021 to 2026-27 has; it is not read. Noted once for each name.",
    "misplaced-element": "A known element where it does not belong; it is not used.",
    "repeated-element": "An element given twice where there can be one; the first is used.",
    "child-without-id": "A child without LAchildID; she is kept under the number of her place in the file.",
    "duplicate-child": "A second child with the same LAchildID; the second record is not used.",
    "no-episode": "A child without any CINdetails.",
    "no-birth-date": "A child without a birth date and without an expected one.",
    "two-birth-dates": "A child with a birth date and an expected one; the birth date is used.",
    "not-a-date": "A date that does not exist, or is not written YYYY-MM-DD; it is not used.",
    "date-before-1900": "A date before 1900; it is not used.",
    "date-after-reference": "A date after the reference date; it is not used.",
    "missing-date": "A record without its start date; nothing of it is used.",
    "unknown-code": "A code that the census of that year does not have; it is not used.",
    "death-before-birth": "A death before the birth; it is not used.",
    "ends-before-start": "An end before its start; both are kept as given.",
    "conference-before-enquiry": "An initial conference before the enquiry it is given for; both are kept as given.",
    "conference-twice": "A conference given both at the enquiry and at the episode; the enquiry's is used.",
    "conference-not-required": "A conference date beside the flag that none was required; the date is used.",
    "conference-outcome": "A conference with a plan that starts on a later day: its outcome is left unsaid.",
    "review-outside-plan": "A review on or before the start of its plan, or after its end; it is not used.",
    "review-twice": "The same review twice; it is used once.",
}


def source(opens: int, closes: int, *, pre_proceedings: bool) -> Source:
    """This will say what a census can hold, which its duties' answers depend on."""
    carries = CARRIED | CARRIED_BY_PRE_PROCEEDINGS if pre_proceedings else CARRIED
    return Source(carries=carries, opens=opens, closes=closes, whole=WHOLE, last_before=LAST_BEFORE)


def as_markdown() -> dict[str, str]:
    """This will give the tables of docs/reference/census-events.md by name, as Markdown."""
    mapping = ["| in the census | event | data | what is approximate |", "|---|---|---|---|"]
    mapping += [f"| {' | '.join(row)} |".replace("  ", " ") for row in TABLE]
    notes = ["| code | what it says |", "|---|---|"]
    notes += [f"| `{code}` | {says} |" for code, says in NOTE_CODES.items()]
    carried = [", ".join(f"`{kind}`" for kind in sorted(CARRIED)) + ";"]
    carried.append(
        "with the module of 2026-27 also " + ", ".join(f"`{kind}`" for kind in sorted(CARRIED_BY_PRE_PROCEEDINGS)) + "."
    )
    return {"mapping": "\n".join(mapping), "notes": "\n".join(notes), "carried": "\n".join(carried)}
