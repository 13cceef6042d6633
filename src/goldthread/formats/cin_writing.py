"""This will write a Children in Need census return as XML, a child at a time and in flat memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TextIO

CLOSE = "</Children></Message>\n"
GENDER_OF_SEX = {"M": "1", "F": "2", "U": "0"}
SEX_SINCE = 2025
"""The census that first asked for Sex; the ones before it asked for GenderCurrent."""
BEFORE_2023 = {"5D": "5B", "RC9": "RC8"}
"""What was written before the census of 2023 brought a code of its own for early help."""


class Assessment(NamedTuple):
    """An assessment: ordinals of its start and of its authorisation (None while it runs), and the factors found."""

    started: int
    authorised: int | None
    factors: tuple[str, ...]


class Enquiry(NamedTuple):
    """A section 47 group: the strategy discussion, the conference's target and day, and whether none was needed."""

    started: int
    target: int | None
    conference: int | None
    not_required: bool


class ProtectionPlan(NamedTuple):
    """A child protection plan; `reviews` are those that this year's return holds."""

    started: int
    ended: int | None
    initial: str
    latest: str
    previous: int
    reviews: tuple[int, ...]


class Episode(NamedTuple):
    """One episode of need: a referral and all that followed from it, as one year's return shows it."""

    referred: int
    source: str
    need: str | None
    closed: int | None
    reason: str | None
    transfer_conference: int | None
    no_further_action: bool
    assessments: tuple[Assessment, ...] = ()
    in_need: tuple[tuple[int, int | None], ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    protection: tuple[ProtectionPlan, ...] = ()


class Child(NamedTuple):
    """A child as one year's return shows her: either `born` or `expected`, either `upn` or `upn_unknown`."""

    id: str
    upn: str | None
    upn_unknown: str | None
    born: int | None
    expected: int | None
    sex: str
    died: int | None
    ethnicity: str
    disabilities: tuple[str, ...]
    episodes: tuple[Episode, ...]


class _Days(dict[int, str]):
    """The ISO form of each ordinal, made once."""

    def __missing__(self, day: int) -> str:
        self[day] = text = date.fromordinal(day).isoformat()
        return text


_iso = _Days()


def opening(year: int, authority: str, software: str = "Goldthread", release: str = "invented") -> str:
    """Give all that goes before the first child; its moment of writing is a fixed one, so that equal data give equal bytes."""
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n<Message><Header><CollectionDetails><Collection>CIN</Collection>"
        f"<Year>{year}</Year><ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails><Source>"
        f"<SourceLevel>L</SourceLevel><LEA>{authority}</LEA><SoftwareCode>{software}</SoftwareCode>"
        f"<Release>{release}</Release><SerialNo>001</SerialNo><DateTime>{year}-04-20T09:00:00</DateTime>"
        "</Source></Header><Children>\n"
    )


def child_xml(child: Child, year: int) -> str:
    """Give one child as a line of XML in the order and the codes of that year's schema."""
    parts = ["<Child><ChildIdentifiers><LAchildID>", child.id, "</LAchildID>"]
    add = parts.append
    if child.upn is not None:
        add(f"<UPN>{child.upn}</UPN>")
    if child.upn_unknown is not None:
        add(f"<UPNunknown>{child.upn_unknown}</UPNunknown>")
    if child.born is not None:
        add(f"<PersonBirthDate>{_iso[child.born]}</PersonBirthDate>")
    if child.expected is not None:
        add(f"<ExpectedPersonBirthDate>{_iso[child.expected]}</ExpectedPersonBirthDate>")
    if year >= SEX_SINCE:
        add(f"<Sex>{child.sex}</Sex>")
    else:
        add(f"<GenderCurrent>{GENDER_OF_SEX[child.sex]}</GenderCurrent>")
    if child.died is not None:
        add(f"<PersonDeathDate>{_iso[child.died]}</PersonDeathDate>")
    add(f"</ChildIdentifiers><ChildCharacteristics><Ethnicity>{child.ethnicity}</Ethnicity>")
    if child.disabilities:
        add("<Disabilities>")
        parts += [f"<Disability>{code}</Disability>" for code in child.disabilities]
        add("</Disabilities>")
    add("</ChildCharacteristics>")
    for episode in child.episodes:
        _episode(episode, year, parts)
    add("</Child>\n")
    return "".join(parts)


def _episode(episode: Episode, year: int, parts: list[str]) -> None:
    add = parts.append
    source, reason = episode.source, episode.reason
    if year < 2023:
        source, reason = BEFORE_2023.get(source, source), reason and BEFORE_2023.get(reason, reason)
    add(
        f"<CINdetails><CINreferralDate>{_iso[episode.referred]}</CINreferralDate><ReferralSource>{source}</ReferralSource>"
    )
    if episode.need is not None:
        add(f"<PrimaryNeedCode>{episode.need}</PrimaryNeedCode>")
    if episode.closed is not None:
        add(f"<CINclosureDate>{_iso[episode.closed]}</CINclosureDate>")
    if reason is not None:
        add(f"<ReasonForClosure>{reason}</ReasonForClosure>")
    if episode.transfer_conference is not None:
        add(f"<DateOfInitialCPC>{_iso[episode.transfer_conference]}</DateOfInitialCPC>")
    for assessment in episode.assessments:
        add(f"<Assessments><AssessmentActualStartDate>{_iso[assessment.started]}</AssessmentActualStartDate>")
        if assessment.authorised is not None:
            add(f"<AssessmentAuthorisationDate>{_iso[assessment.authorised]}</AssessmentAuthorisationDate>")
        if assessment.factors:
            add("<FactorsIdentifiedAtAssessment>")
            parts += [f"<AssessmentFactors>{code}</AssessmentFactors>" for code in assessment.factors]
            add("</FactorsIdentifiedAtAssessment>")
        add("</Assessments>")
    for started, ended in episode.in_need:
        add(f"<CINPlanDates><CINPlanStartDate>{_iso[started]}</CINPlanStartDate>")
        if ended is not None:
            add(f"<CINPlanEndDate>{_iso[ended]}</CINPlanEndDate>")
        add("</CINPlanDates>")
    for enquiry in episode.enquiries:
        add(f"<Section47><S47ActualStartDate>{_iso[enquiry.started]}</S47ActualStartDate>")
        if enquiry.target is not None:
            add(f"<InitialCPCtarget>{_iso[enquiry.target]}</InitialCPCtarget>")
        if enquiry.conference is not None:
            add(f"<DateOfInitialCPC>{_iso[enquiry.conference]}</DateOfInitialCPC>")
        add(f"<ICPCnotRequired>{int(enquiry.not_required)}</ICPCnotRequired></Section47>")
    add(f"<ReferralNFA>{int(episode.no_further_action)}</ReferralNFA>")
    for plan in episode.protection:
        add(f"<ChildProtectionPlans><CPPstartDate>{_iso[plan.started]}</CPPstartDate>")
        if plan.ended is not None:
            add(f"<CPPendDate>{_iso[plan.ended]}</CPPendDate>")
        add(
            f"<InitialCategoryOfAbuse>{plan.initial}</InitialCategoryOfAbuse>"
            f"<LatestCategoryOfAbuse>{plan.latest}</LatestCategoryOfAbuse>"
            f"<NumberOfPreviousCPP>{plan.previous}</NumberOfPreviousCPP>"
        )
        if plan.reviews:
            add("<Reviews>")
            parts += [f"<CPPreviewDate>{_iso[day]}</CPPreviewDate>" for day in plan.reviews]
            add("</Reviews>")
        add("</ChildProtectionPlans>")
    add("</CINdetails>")


def write(children: Iterable[Child], file: TextIO, year: int, authority: str) -> int:
    """Write a whole return to a text file opened with newline="\\n" and give the number of children."""
    file.write(opening(year, authority))
    number = 0
    for child in children:
        file.write(child_xml(child, year))
        number += 1
    file.write(CLOSE)
    return number
