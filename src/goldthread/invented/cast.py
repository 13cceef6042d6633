"""The practitioners whom a visitor can be: one for each role, and those whom the rules must keep out."""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """Someone of the cast: the team she sits in (`number` counts teams of a kind), which seat of a role, who she is."""

    key: str
    team_kind: str
    number: int
    role: str
    seat: int
    title: str
    given_name: str
    family_name: str
    says: str
    years: float = 2.4


CAST: tuple[Part, ...] = (
    Part("social-worker", "safeguarding", 1, "social-worker", 0, "Ms", "Anjali", "Mistry",
         "A social worker with about seventeen children: one plan overdue for its review, one baby not yet born."),
    Part("practice-supervisor", "safeguarding", 1, "practice-supervisor", 0, "Mr", "Desmond", "Fairclough",
         "Supervises Anjali Mistry's team: the load of each worker, and what is about to be late.", 4.1),
    Part("assessment-worker", "assessment", 1, "social-worker", 0, "Ms", "Catrin", "Larkin",
         "A social worker who assesses new referrals, most of them in their last weeks.", 1.3),
    Part("stranger", "safeguarding", 2, "social-worker", 0, "Mr", "Kelvin", "Osei",
         "A colleague in another team: he may find a child's name, and needs a reason to open her record.", 3.2),
    Part("conflicted", "safeguarding", 1, "social-worker", 1, "Ms", "Leanne", "Garrity",
         "A social worker of the same team who is the aunt of two of its children: theirs is closed to her, always.", 2.0),
    Part("service-manager", "service-management", 1, "service-manager", 0, "Ms", "Marcia", "Bellamy",
         "A service manager: several teams, who drifts, and the second person for what needs one.", 5.0),
    Part("conference-chair", "conference-chairs", 1, "conference-chair", 0, "Mr", "Gareth", "Quigley",
         "Chairs child protection conferences: who is due a review, and for which the reports are missing.", 3.6),
    Part("business-support", "safeguarding", 1, "business-support", 0, "Ms", "Beata", "Zielski",
         "Business support: invitations, minutes and circulation for one team.", 2.8),
    Part("partner-health", "health-visiting", 1, "partner-practitioner", 0, "Ms", "Comfort", "Boateng",
         "A health visitor: sees the children she is involved with, and no others.", 3.3),
    Part("partner-school", "school-safeguarding", 1, "partner-practitioner", 0, "Mr", "Neil", "Appleby",
         "A designated safeguarding lead of a primary school.", 6.0),
    Part("partner-police", "police-protection", 1, "partner-practitioner", 0, "DS", "Shabana", "Rashid",
         "A detective sergeant: the enquiries that the police are part of.", 2.6),
    Part("designated-officer", "designated-officer", 1, "designated-officer", 0, "Ms", "Rosemary", "Thorne",
         "The designated officer: allegations against people who work with children.", 4.4),
    Part("partnership-officer", "partnership-unit", 1, "partnership-officer", 0, "Mr", "Vincent", "Okoro",
         "Works for the safeguarding partners: incidents, reviews and the yearly report.", 1.9),
    Part("information-governance", "information-governance", 1, "information-governance-officer", 0, "Ms", "Judith",
         "Hallam", "Information governance: who looked at what, and the table that says who may.", 3.0),
    Part("custodian", "information-governance", 1, "custodian", 0, "Mr", "Trevor", "Milne",
         "Keeps the records: retention, and the second person where content is lawfully destroyed.", 7.0),
    Part("administrator", "systems", 1, "administrator", 0, "Ms", "Ifeoma", "Balogun",
         "Administers users, teams and agencies, and sees no record.", 2.2),
)  # fmt: skip
