"""Takes a Child element of a census apart into texts, and finds the id of one that is not taken apart."""

from __future__ import annotations

from lxml import etree

from goldthread.formats.cin.child import ChildFacts, Episode, Fields, ProtectionPlan
from goldthread.formats.cin.codes import CODES
from goldthread.formats.cin.days import NOT_A_DATE, TOO_EARLY
from goldthread.formats.notes import shown

# Where an element belongs. A positive slot is a value of that group, a negative one opens the group.
PASSED, IDENTITY, EPISODE, ASSESSMENT, NEED_PLAN, ENQUIRY, PLAN, PRE_PROCEEDINGS = range(8)
REVIEW_DATE, CONFERENCE_DATE, CODE_ONLY, DAY_ONLY, NOT_READ = range(8, 13)
SLOTS: dict[str, int] = {
    **dict.fromkeys(
        (
            "Child",
            "ChildCharacteristics",
            "Disabilities",
            "FactorsIdentifiedAtAssessment",
            "Reviews",
        ),
        PASSED,
    ),
    "ChildIdentifiers": -IDENTITY,
    "CINdetails": -EPISODE,
    "Assessments": -ASSESSMENT,
    "CINPlanDates": -NEED_PLAN,
    "Section47": -ENQUIRY,
    "ChildProtectionPlans": -PLAN,
    "PreProceedingsandFGDM": -PRE_PROCEEDINGS,
    **dict.fromkeys(("LAchildID", "PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate"), IDENTITY),
    **dict.fromkeys(
        ("CINreferralDate", "ReferralSource", "CINclosureDate", "ReasonForClosure", "ReferralNFA"), EPISODE
    ),
    **dict.fromkeys(("AssessmentActualStartDate", "AssessmentAuthorisationDate"), ASSESSMENT),
    **dict.fromkeys(("CINPlanStartDate", "CINPlanEndDate"), NEED_PLAN),
    **dict.fromkeys(("S47ActualStartDate", "ICPCnotRequired"), ENQUIRY),
    **dict.fromkeys(("CPPstartDate", "CPPendDate"), PLAN),
    **dict.fromkeys(("PPStartDate", "FGDMMeetingOffer"), PRE_PROCEEDINGS),
    "CPPreviewDate": REVIEW_DATE,
    "DateOfInitialCPC": CONFERENCE_DATE,
    **dict.fromkeys(set(CODES) - {"ReferralSource", "ReasonForClosure"}, CODE_ONLY),
    **dict.fromkeys(
        (
            "AssessmentInternalReviewDate",
            "InitialCPCtarget",
            "LBPSentDate",
            "InitialPPMeetingDate",
            "StepDecisionDate",
            "CourtAppDate",
            "LetterInitCPDate",
        ),
        DAY_ONLY,
    ),
    **dict.fromkeys(
        ("UPN", "FormerUPN", "NumberOfPreviousCPP", "FGDMMeetingFac", "ReviewMeetingsCount"),
        NOT_READ,
    ),
}


def local(element: etree._Element) -> str:
    """This will give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def id_of(element: etree._Element) -> str | None:
    """This will find the LAchildID that a `Collector` would find in a child, without taking her apart."""
    for item in element:
        name = local(item)
        if name == "LAchildID" and item.text is not None:
            return item.text
        if name in SLOTS:  # what is unknown is not read, nor anything inside it
            found = id_of(item)
            if found is not None:
                return found
    return None


class Collector:
    """Takes a Child element apart into the texts of its groups, in one pass over its elements."""

    def __init__(self, facts: ChildFacts) -> None:
        self.facts = facts

    def collect(self, child: etree._Element, place: int) -> tuple[Fields, list[Episode]]:
        """This will give the child's own fields and her episodes; what does not belong goes to the notes."""
        try:
            return self._collect(child, place)
        except KeyError:
            self._straighten(child, place)
            return self._collect(child, place)

    def _collect(self, child: etree._Element, place: int) -> tuple[Fields, list[Episode]]:
        slots, codes, days = SLOTS, self.facts.codes, self.facts.days
        identity: Fields = {}
        episodes: list[Episode] = []
        at: list[Fields | None] = [None, identity, None, None, None, None, None, None]
        episode: Episode | None = None
        reviews: list[str] | None = None
        asides: list[tuple[str, str, str]] = []  # noted at the end, when her id is known and every name is
        for element in child.iter():
            tag: str = element.tag
            slot = slots[tag]
            if slot > 0:
                text = element.text
                if text is None:
                    continue
                if slot == CONFERENCE_DATE:
                    parent = element.getparent()
                    slot = ENQUIRY if parent is not None and parent.tag == "Section47" else EPISODE
                if slot < REVIEW_DATE:
                    fields = at[slot]
                    if fields is None:
                        asides.append(("misplaced", tag, text))
                    elif tag in fields:
                        asides.append(("repeated", tag, text))
                    else:
                        fields[tag] = text
                elif slot == CODE_ONLY:
                    if text not in codes[tag]:
                        asides.append(("code", tag, text))
                elif slot == DAY_ONLY:
                    if days[text] in (NOT_A_DATE, TOO_EARLY):
                        asides.append(("day", tag, text))
                elif slot == REVIEW_DATE:
                    if reviews is None:
                        asides.append(("misplaced", tag, text))
                    else:
                        reviews.append(text)
            elif slot < 0:
                if slot == -EPISODE:
                    episode = Episode()
                    episodes.append(episode)
                    at = [None, identity, episode.fields, None, None, None, None, None]
                    reviews = None
                elif slot == -IDENTITY:
                    continue
                elif episode is None:
                    asides.append(("misplaced", tag, ""))
                else:
                    opened: Fields = {}
                    at[-slot] = opened
                    if slot == -ASSESSMENT:
                        episode.assessments.append(opened)
                    elif slot == -NEED_PLAN:
                        episode.need_plans.append(opened)
                    elif slot == -ENQUIRY:
                        episode.enquiries.append(opened)
                    elif slot == -PLAN:
                        reviews = []
                        episode.protection_plans.append(ProtectionPlan(opened, reviews))
                    else:
                        episode.pre_proceedings.append(opened)
        if asides:
            self._note(identity.get("LAchildID", "").strip(), place, asides)
        return identity, episodes

    def _note(self, name: str, place: int, asides: list[tuple[str, str, str]]) -> None:
        facts = self.facts
        facts.at(name, place)
        for what, tag, text in asides:
            if what == "misplaced":
                facts.note("misplaced-element", f"{tag} does not belong where it stands; it is not used")
            elif what == "repeated":
                facts.note("repeated-element", f"{tag} is given again, as {shown(text.strip())}; the first is used")
            elif what == "code":
                facts.check_code(tag, text)
            else:
                facts.check_day(tag, text)

    def _straighten(self, child: etree._Element, place: int) -> None:
        """This will take namespaces and unknown elements out of a child, and note each unknown name once."""
        for element in child.iter():
            element.tag = local(element)
        name = (child.findtext("ChildIdentifiers/LAchildID") or "").strip()
        self.facts.at(name, place)
        for element in [item for item in child.iter() if item.tag not in SLOTS]:
            tag = str(element.tag)
            self.facts.note(
                "unknown-element", f"{shown(tag)} is not an element of the census; it is not read", once=tag
            )
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
