"""The kinds of organisation, the roles and the qualifications, with the words for people."""

from __future__ import annotations

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What sort of body; chapter 4 of the guidance names them."""

    LOCAL_AUTHORITY = "local-authority"
    INTEGRATED_CARE_BOARD = "integrated-care-board"
    NHS_PROVIDER = "nhs-provider"
    GENERAL_PRACTICE = "general-practice"
    POLICE = "police"
    BRITISH_TRANSPORT_POLICE = "british-transport-police"
    SCHOOL = "school"
    COLLEGE = "college"
    EARLY_YEARS = "early-years"
    PROBATION = "probation"
    PRISON = "prison"
    SECURE_ESTATE = "secure-estate"
    YOUTH_OFFENDING_TEAM = "youth-offending-team"
    CAFCASS = "cafcass"
    HOUSING = "housing"
    FIRE_AND_RESCUE = "fire-and-rescue"
    ARMED_SERVICES = "armed-services"
    VOLUNTARY = "voluntary"
    FAITH = "faith"
    SPORT = "sport"
    CHILDRENS_HOME = "childrens-home"
    FOSTERING_AGENCY = "fostering-agency"
    ADOPTION_AGENCY = "adoption-agency"
    IMMIGRATION = "immigration"
    PARTNERSHIP = "safeguarding-partnership"
    OTHER = "other"


ORGANISATION_WORDS: dict[OrganisationKind, str] = {
    OrganisationKind.LOCAL_AUTHORITY: "Local authority",
    OrganisationKind.INTEGRATED_CARE_BOARD: "Integrated care board",
    OrganisationKind.NHS_PROVIDER: "NHS trust or provider",
    OrganisationKind.GENERAL_PRACTICE: "General practice",
    OrganisationKind.POLICE: "Police force",
    OrganisationKind.BRITISH_TRANSPORT_POLICE: "British Transport Police",
    OrganisationKind.SCHOOL: "School",
    OrganisationKind.COLLEGE: "College",
    OrganisationKind.EARLY_YEARS: "Early years or childcare",
    OrganisationKind.PROBATION: "Probation Service",
    OrganisationKind.PRISON: "Prison",
    OrganisationKind.SECURE_ESTATE: "Secure estate for children",
    OrganisationKind.YOUTH_OFFENDING_TEAM: "Youth offending team",
    OrganisationKind.CAFCASS: "Cafcass",
    OrganisationKind.HOUSING: "Housing",
    OrganisationKind.FIRE_AND_RESCUE: "Fire and rescue",
    OrganisationKind.ARMED_SERVICES: "Armed services",
    OrganisationKind.VOLUNTARY: "Voluntary or charity",
    OrganisationKind.FAITH: "Faith organisation",
    OrganisationKind.SPORT: "Sports club or body",
    OrganisationKind.CHILDRENS_HOME: "Children's home",
    OrganisationKind.FOSTERING_AGENCY: "Fostering agency",
    OrganisationKind.ADOPTION_AGENCY: "Adoption agency",
    OrganisationKind.IMMIGRATION: "Immigration and border services",
    OrganisationKind.PARTNERSHIP: "Safeguarding partnership",
    OrganisationKind.OTHER: "Other",
}


class Role(StrEnum):
    """What a post lets its holder do; the policy table says what that is."""

    SOCIAL_WORKER = "social-worker"
    PRACTICE_SUPERVISOR = "practice-supervisor"
    SERVICE_MANAGER = "service-manager"
    CONFERENCE_CHAIR = "conference-chair"
    BUSINESS_SUPPORT = "business-support"
    PARTNER_PRACTITIONER = "partner-practitioner"
    DESIGNATED_OFFICER = "designated-officer"
    PARTNERSHIP_OFFICER = "partnership-officer"
    GOVERNANCE_OFFICER = "information-governance-officer"
    CUSTODIAN = "custodian"
    ADMINISTRATOR = "administrator"


ROLE_WORDS: dict[Role, str] = {
    Role.SOCIAL_WORKER: "Social worker",
    Role.PRACTICE_SUPERVISOR: "Practice supervisor",
    Role.SERVICE_MANAGER: "Service manager",
    Role.CONFERENCE_CHAIR: "Conference chair",
    Role.BUSINESS_SUPPORT: "Business support",
    Role.PARTNER_PRACTITIONER: "Practitioner in a partner agency",
    Role.DESIGNATED_OFFICER: "Designated officer for allegations",
    Role.PARTNERSHIP_OFFICER: "Partnership officer",
    Role.GOVERNANCE_OFFICER: "Information governance officer",
    Role.CUSTODIAN: "Custodian of restricted records",
    Role.ADMINISTRATOR: "Administrator of users and teams",
}

HIGH_ROLES = frozenset({Role.GOVERNANCE_OFFICER, Role.CUSTODIAN, Role.ADMINISTRATOR})
"""Roles that a second person must approve before anyone holds them."""

HOME_ROLES = frozenset({Role.GOVERNANCE_OFFICER, Role.CUSTODIAN})
"""Roles that are held in the home authority only, since they reach the records of all."""


class Qualification(StrEnum):
    """What a practitioner is by training, where the guidance asks for it."""

    SOCIAL_WORK = "social-work-qualified"
    PRACTICE_SUPERVISOR = "practice-supervisor"
    HEALTH_REGISTERED = "health-registered"
    TEACHER = "qualified-teacher"
    SAFEGUARDING_LEAD = "designated-safeguarding-lead"
    INVESTIGATOR = "child-abuse-investigator"


QUALIFICATION_WORDS: dict[Qualification, str] = {
    Qualification.SOCIAL_WORK: "Social work qualified",
    Qualification.PRACTICE_SUPERVISOR: "Practice supervisor",
    Qualification.HEALTH_REGISTERED: "Registered health professional",
    Qualification.TEACHER: "Qualified teacher",
    Qualification.SAFEGUARDING_LEAD: "Designated safeguarding lead",
    Qualification.INVESTIGATOR: "Trained child abuse investigator",
}
