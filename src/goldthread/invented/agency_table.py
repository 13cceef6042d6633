"""The kinds of agency that the guidance names, with the teams and posts of each in an average authority."""

from __future__ import annotations

from typing import NamedTuple


class SeatRow(NamedTuple):
    """A post that someone always holds: its role in the system, its title, the profession, and how many of it a team has."""

    role: str
    title: str
    profession: str
    seats: int = 1


class TeamRow(NamedTuple):
    """A kind of team: its name, its seats, and how many an average authority has (0: exactly one, whatever the size).

    A name with a number in it (`{n}`) is counted; `{area}` is a part of the county.
    """

    kind: str
    name: str
    seats: tuple[SeatRow, ...]
    how_many: float = 0
    out_of_hours: bool = False


class OrganisationRow(NamedTuple):
    """A kind of organisation, what it is called, what it is a part of, how many there are, and its teams."""

    kind: str
    name: str
    teams: tuple[TeamRow, ...] = ()
    part_of: str | None = None
    how_many: float = 0


SOCIAL_WORKER = "social-worker"
SUPERVISOR = SeatRow("practice-supervisor", "Practice supervisor", "social-worker")
BUSINESS = SeatRow("business-support", "Business support officer", "administration")
PARTNER = "partner-practitioner"


def _partner(title: str, profession: str, seats: int = 1) -> SeatRow:
    return SeatRow(PARTNER, title, profession, seats)


CASE_TEAMS = ("assessment", "safeguarding", "disabled-children", "children-in-care")
"""Kinds of team whose number follows from the caseload, so that a worker has 16 to 18 children."""

SOCIAL_WORKERS_IN_A_TEAM = 6

_CASE_SEATS = (SUPERVISOR, SeatRow(SOCIAL_WORKER, "Social worker", "social-worker", SOCIAL_WORKERS_IN_A_TEAM), BUSINESS)

ORGANISATIONS: tuple[OrganisationRow, ...] = (
    OrganisationRow("local-authority", "{place} County Council", (
        TeamRow("information-governance", "Information Governance", (
            SeatRow("information-governance-officer", "Information governance officer", "information-governance"),
            SeatRow("custodian", "Records custodian", "records-management"),
        )),
        TeamRow("systems", "Casework Systems", (SeatRow("administrator", "System administrator", "administration", 2),)),
    )),
    OrganisationRow("childrens-social-care", "{place} Children's Social Care", (
        TeamRow("front-door", "Front Door (Multi-Agency Safeguarding Hub)", (
            SeatRow("service-manager", "Service manager, front door and assessment", "social-worker"),
            SUPERVISOR,
            SeatRow(SOCIAL_WORKER, "Social worker (screening)", "social-worker", 4),
            SeatRow("business-support", "Contact officer", "administration", 2),
        )),
        TeamRow("assessment", "Assessment Team {n}", _CASE_SEATS),
        TeamRow("safeguarding", "Safeguarding Team {n}", _CASE_SEATS),
        TeamRow("disabled-children", "Disabled Children's Team {n}", _CASE_SEATS),
        TeamRow("children-in-care", "Children in Care Team {n}", _CASE_SEATS),
        TeamRow("service-management", "Safeguarding and Care Service", (
            SeatRow("service-manager", "Service manager", "social-worker", 2),
        )),
        TeamRow("conference-chairs", "Conference Chairs and Reviewing Officers", (
            SeatRow("conference-chair", "Child protection conference chair", "social-worker", 2), BUSINESS,
        ), 5),
        TeamRow("designated-officer", "Designated Officer Service", (
            SeatRow("designated-officer", "Designated officer", "social-worker"), BUSINESS,
        )),
        TeamRow("emergency-duty", "Emergency Duty Team", (
            SUPERVISOR, SeatRow(SOCIAL_WORKER, "Emergency duty social worker", "social-worker", 3),
        ), out_of_hours=True),
    ), "local-authority"),
    OrganisationRow("early-help", "{place} Early Help", (
        TeamRow("early-help", "Early Help {area}", (
            _partner("Early help manager", "family-support"),
            _partner("Family support worker", "family-support", 5),
        ), 4),
    ), "local-authority"),
    OrganisationRow("education-service", "{place} Education Service", (
        TeamRow("education-safeguarding", "Education Safeguarding", (_partner("Education safeguarding adviser", "teacher", 2),)),
        TeamRow("attendance", "Attendance and Inclusion", (_partner("Attendance officer", "education-welfare", 3),)),
        TeamRow("virtual-school", "Virtual School", (_partner("Virtual school head", "teacher"),)),
    ), "local-authority"),
    OrganisationRow("housing-service", "{place} Housing Options", (
        TeamRow("homelessness", "Homelessness Prevention", (_partner("Housing options officer", "housing", 3),)),
    ), "local-authority"),
    OrganisationRow("adult-social-care", "{place} Adult Social Care", (
        TeamRow("adult-safeguarding", "Adult Safeguarding", (_partner("Adult social worker", "social-worker", 3),)),
        TeamRow("transitions", "Preparing for Adulthood", (_partner("Transition social worker", "social-worker", 2),)),
    ), "local-authority"),
    OrganisationRow("youth-offending-team", "{place} Youth Justice Service", (
        TeamRow("youth-justice", "Youth Justice Case Management", (_partner("Youth justice officer", "youth-justice", 5),)),
        TeamRow("exploitation", "Harm Outside the Home", (_partner("Exploitation worker", "youth-work", 3),)),
    ), "local-authority"),
    OrganisationRow("public-health", "{place} Public Health", (
        TeamRow("substance-use", "Commissioned Drug and Alcohol Service", (_partner("Recovery worker", "substance-use", 3),)),
    ), "local-authority"),
    OrganisationRow("safeguarding-partnership", "{place} Safeguarding Children Partnership", (
        TeamRow("partnership-unit", "Partnership Unit", (
            SeatRow("partnership-officer", "Partnership officer", "partnership"), BUSINESS,
        )),
        TeamRow("child-death", "Child Death Review", (SeatRow("partnership-officer", "Child death review manager", "nurse"),)),
    ),),
    OrganisationRow("integrated-care-board", "NHS {place} Integrated Care Board", (
        TeamRow("designated-health", "Designated Safeguarding Professionals", (
            _partner("Designated nurse", "nurse"), _partner("Designated doctor", "doctor"),
        )),
    )),
    OrganisationRow("acute-trust", "{place} Royal Infirmary NHS Trust", (
        TeamRow("hospital-safeguarding", "Hospital Safeguarding", (
            _partner("Named nurse", "nurse"), _partner("Named midwife", "midwife"), _partner("Paediatric liaison nurse", "nurse", 2),
        )),
        TeamRow("paediatrics", "Community and Acute Paediatrics", (_partner("Consultant paediatrician", "doctor", 3),)),
        TeamRow("maternity", "Maternity", (_partner("Specialist midwife", "midwife", 3),)),
    )),
    OrganisationRow("community-trust", "{place} Community Health NHS Trust", (
        TeamRow("health-visiting", "Health Visiting {area}", (_partner("Health visitor", "health-visitor", 6),), 6),
        TeamRow("school-nursing", "School Nursing {area}", (_partner("School nurse", "school-nurse", 3),), 4),
        TeamRow("therapies", "Children's Therapies", (_partner("Speech and language therapist", "therapist", 3),)),
    )),
    OrganisationRow("mental-health-trust", "{place} Partnership NHS Trust", (
        TeamRow("camhs", "Child and Adolescent Mental Health", (_partner("Mental health practitioner", "nurse", 4),)),
        TeamRow("adult-mental-health", "Adult Community Mental Health", (_partner("Care coordinator", "nurse", 3),)),
    )),
    OrganisationRow("ambulance-trust", "Western Shires Ambulance NHS Trust", (
        TeamRow("ambulance-safeguarding", "Safeguarding Desk", (_partner("Safeguarding lead", "paramedic"),)),
    )),
    OrganisationRow("general-practice", "{area} Surgery", (
        TeamRow("practice", "Practice", (_partner("General practitioner", "doctor"),)),
    ), None, 35),
    OrganisationRow("police-force", "{place} Constabulary", (
        TeamRow("police-protection", "Protecting Vulnerable People Unit", (
            _partner("Detective sergeant", "police-officer"), _partner("Detective constable", "police-officer", 4),
        ), 3),
        TeamRow("police-front-door", "Police Referral Desk", (_partner("Referral officer", "police-staff", 2),)),
        TeamRow("missing", "Missing and Exploitation", (_partner("Detective constable", "police-officer", 2),)),
    )),
    OrganisationRow("british-transport-police", "British Transport Police (invented division)", (
        TeamRow("btp-safeguarding", "Safeguarding", (_partner("Detective constable", "police-officer"),)),
    )),
    OrganisationRow("primary-school", "{area} Primary School", (
        TeamRow("school-safeguarding", "Safeguarding", (_partner("Designated safeguarding lead", "teacher"),)),
    ), None, 110),
    OrganisationRow("secondary-school", "{area} Academy", (
        TeamRow("school-safeguarding", "Safeguarding", (
            _partner("Designated safeguarding lead", "teacher"), _partner("Deputy safeguarding lead", "pastoral"),
        )),
    ), None, 20),
    OrganisationRow("special-school", "{area} School", (
        TeamRow("school-safeguarding", "Safeguarding", (_partner("Designated safeguarding lead", "teacher"),)),
    ), None, 5),
    OrganisationRow("college", "{place} College", (
        TeamRow("college-safeguarding", "Safeguarding and Welfare", (_partner("Designated safeguarding lead", "teacher"),)),
    ), None, 2),
    OrganisationRow("early-years", "{area} Nursery", (
        TeamRow("nursery", "Safeguarding", (_partner("Nursery manager", "early-years"),)),
    ), None, 30),
    OrganisationRow("childrens-home", "{area} House", (
        TeamRow("home", "Residential", (_partner("Registered manager", "residential-care"),)),
    ), None, 4),
    OrganisationRow("fostering-agency", "Larkway Fostering", (
        TeamRow("fostering", "Supervising Social Workers", (_partner("Supervising social worker", "social-worker", 2),)),
    ), None),
    OrganisationRow("probation", "Probation Service, {place}", (
        TeamRow("probation", "Sentence Management", (_partner("Probation officer", "probation", 3),)),
    )),
    OrganisationRow("prison", "HMP Marlbeck", (
        TeamRow("prison-safeguarding", "Public Protection", (_partner("Public protection officer", "prison"),)),
        TeamRow("mother-and-baby", "Mother and Baby Unit", (_partner("Unit manager", "prison"),)),
    )),
    OrganisationRow("secure-estate", "Thornmere Secure Children's Home", (
        TeamRow("secure-safeguarding", "Safeguarding", (_partner("Safeguarding manager", "residential-care"),)),
    )),
    OrganisationRow("cafcass", "Cafcass, {place} office", (
        TeamRow("cafcass", "Public and Private Law", (_partner("Family court adviser", "social-worker", 2),)),
    )),
    OrganisationRow("immigration", "Home Office, children's casework (invented desk)", (
        TeamRow("immigration", "Safeguarding Desk", (_partner("Safeguarding officer", "civil-service"),)),
    )),
    OrganisationRow("armed-services", "Army Welfare Service, {place} garrison", (
        TeamRow("welfare", "Welfare", (_partner("Welfare officer", "armed-services"),)),
    )),
    OrganisationRow("fire-and-rescue", "{place} Fire and Rescue", (
        TeamRow("fire-prevention", "Prevention", (_partner("Prevention officer", "fire-and-rescue"),)),
    )),
    OrganisationRow("voluntary", "Haven and Hearth (domestic abuse charity)", (
        TeamRow("domestic-abuse", "Outreach and Refuge", (_partner("Domestic abuse adviser", "voluntary", 2),)),
    )),
    OrganisationRow("voluntary", "{place} Young Carers", (
        TeamRow("young-carers", "Support", (_partner("Young carers worker", "voluntary"),)),
    )),
    OrganisationRow("faith-organisation", "{place} Faiths Together", (
        TeamRow("faith", "Safeguarding", (_partner("Safeguarding coordinator", "voluntary"),)),
    )),
    OrganisationRow("sports-club", "{place} Juniors Football Club", (
        TeamRow("sport", "Welfare", (_partner("Club welfare officer", "sport"),)),
    )),
    OrganisationRow("housing-association", "Fellgate Homes", (
        TeamRow("tenancy", "Tenancy Support", (_partner("Tenancy support officer", "housing", 2),)),
    )),
)  # fmt: skip

REGISTERS = {
    "social-worker": ("Social Work England", "SWX{:05d}"),
    "nurse": ("Nursing and Midwifery Council", "XN{:05d}X"),
    "midwife": ("Nursing and Midwifery Council", "XN{:05d}X"),
    "health-visitor": ("Nursing and Midwifery Council", "XN{:05d}X"),
    "school-nurse": ("Nursing and Midwifery Council", "XN{:05d}X"),
    "doctor": ("General Medical Council", "X{:05d}X"),
    "therapist": ("Health and Care Professions Council", "XH{:05d}X"),
    "paramedic": ("Health and Care Professions Council", "XH{:05d}X"),
    "teacher": ("Teaching Regulation Agency", "XT{:05d}X"),
    "police-officer": ("Police warrant number", "XP{:05d}"),
}
"""Which body registers a profession and the shape of our numbers; no body gives out numbers with an X in these places."""
