"""The words in which people, and what they are to each other, are recorded: a code for each, and what a page says."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Sex(StrEnum):
    """As it is recorded; unknown also of a child who is not yet born."""

    FEMALE = "F"
    MALE = "M"
    UNKNOWN = "U"


SEX_WORDS: dict[Sex, str] = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.UNKNOWN: "Not known"}


class NameUse(StrEnum):
    """What a name is, or was, to the person who bears it."""

    CURRENT = "current"
    FORMER = "former"
    KNOWN_AS = "known-as"
    VARIANT = "variant"
    BEFORE_BIRTH = "before-birth"


NAME_WORDS: dict[NameUse, str] = {
    NameUse.CURRENT: "Name",
    NameUse.FORMER: "Former name",
    NameUse.KNOWN_AS: "Known as",
    NameUse.VARIANT: "Spelt by others as",
    NameUse.BEFORE_BIRTH: "Called before the birth",
}


class CharacteristicKind(StrEnum):
    """What may have to be known of someone to treat her rightly."""

    ETHNICITY = "ethnicity"
    DISABILITY = "disability"
    RELIGION = "religion"
    LANGUAGE = "language"
    INTERPRETER = "interpreter"
    COMMUNICATION = "communication"


CHARACTERISTIC_WORDS: dict[CharacteristicKind, str] = {
    CharacteristicKind.ETHNICITY: "Ethnicity",
    CharacteristicKind.DISABILITY: "Disability",
    CharacteristicKind.RELIGION: "Religion",
    CharacteristicKind.LANGUAGE: "Language at home",
    CharacteristicKind.INTERPRETER: "Interpreter needed",
    CharacteristicKind.COMMUNICATION: "How to communicate",
}

SEVERAL_AT_A_TIME = frozenset({CharacteristicKind.DISABILITY, CharacteristicKind.COMMUNICATION})
"""Kinds of which several may hold of one person on one day."""


class ContactKind(StrEnum):
    """How someone is reached."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"


CONTACT_WORDS: dict[ContactKind, str] = {
    ContactKind.MOBILE: "Mobile telephone",
    ContactKind.LANDLINE: "Telephone",
    ContactKind.EMAIL: "E-mail",
}


class RelationshipKind(StrEnum):
    """What one person is to another: `person` is `kind` `other`."""

    PARENT = "parent-of"
    STEP_PARENT = "step-parent-of"
    GRANDPARENT = "grandparent-of"
    AUNT_OR_UNCLE = "aunt-or-uncle-of"
    COUSIN = "cousin-of"
    SIBLING = "sibling-of"
    GUARDIAN = "guardian-of"
    FOSTER_CARER = "foster-carer-of"
    CARER = "carer-of"
    PARTNER = "partner-of"
    RELATIVE = "relative-of"
    FRIEND = "friend-of"
    NEIGHBOUR = "neighbour-of"
    GODPARENT = "godparent-of"
    CHILDMINDER = "childminder-of"
    MATTERS = "matters-to"


RELATIONSHIP_WORDS: dict[RelationshipKind, str] = {
    RelationshipKind.PARENT: "parent",
    RelationshipKind.STEP_PARENT: "step-parent",
    RelationshipKind.GRANDPARENT: "grandparent",
    RelationshipKind.AUNT_OR_UNCLE: "aunt or uncle",
    RelationshipKind.COUSIN: "cousin",
    RelationshipKind.SIBLING: "sibling",
    RelationshipKind.GUARDIAN: "guardian",
    RelationshipKind.FOSTER_CARER: "foster carer",
    RelationshipKind.CARER: "carer",
    RelationshipKind.PARTNER: "partner",
    RelationshipKind.RELATIVE: "relative",
    RelationshipKind.FRIEND: "family friend",
    RelationshipKind.NEIGHBOUR: "neighbour",
    RelationshipKind.GODPARENT: "godparent",
    RelationshipKind.CHILDMINDER: "childminder",
    RelationshipKind.MATTERS: "matters to the child",
}

MUTUAL = frozenset({
    RelationshipKind.COUSIN, RelationshipKind.SIBLING, RelationshipKind.PARTNER, RelationshipKind.RELATIVE,
    RelationshipKind.FRIEND, RelationshipKind.NEIGHBOUR,
})  # fmt: skip
"""What is said of both alike, whichever of them is named first."""


class RelationshipHow(StrEnum):
    """What is added to a relationship: of a parent, of partners, of a carer."""

    BIRTH = "birth"
    ADOPTED = "adopted"
    UNSURE = "unsure"
    MARRIED = "married"
    CIVIL_PARTNERSHIP = "civil-partnership"
    LIVING_TOGETHER = "living-together"
    NOT_LIVING_TOGETHER = "not-living-together"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    FAMILY = "family"


HOW_WORDS: dict[RelationshipHow, str] = {
    RelationshipHow.BIRTH: "by birth",
    RelationshipHow.ADOPTED: "by adoption",
    RelationshipHow.UNSURE: "not certain",
    RelationshipHow.MARRIED: "married",
    RelationshipHow.CIVIL_PARTNERSHIP: "in a civil partnership",
    RelationshipHow.LIVING_TOGETHER: "living together",
    RelationshipHow.NOT_LIVING_TOGETHER: "not living together",
    RelationshipHow.SEPARATED: "separated",
    RelationshipHow.DIVORCED: "divorced",
    RelationshipHow.FAMILY: "within the family",
}

FITTING: dict[RelationshipKind, frozenset[RelationshipHow]] = {
    RelationshipKind.PARENT: frozenset({RelationshipHow.BIRTH, RelationshipHow.ADOPTED, RelationshipHow.UNSURE}),
    RelationshipKind.PARTNER: frozenset({
        RelationshipHow.MARRIED, RelationshipHow.CIVIL_PARTNERSHIP, RelationshipHow.LIVING_TOGETHER,
        RelationshipHow.NOT_LIVING_TOGETHER, RelationshipHow.SEPARATED, RelationshipHow.DIVORCED,
    }),
    RelationshipKind.CARER: frozenset({RelationshipHow.FAMILY}),
}  # fmt: skip
"""What may be added to each kind; to a kind that is not named, nothing."""


class ResponsibilityHow(StrEnum):
    """How parental responsibility was acquired."""

    BIRTH_MOTHER = "birth-mother"
    MARRIED_TO_MOTHER = "married-to-mother"
    BIRTH_REGISTRATION = "birth-registration"
    SECOND_PARENT = "second-parent"
    AGREEMENT = "agreement"
    COURT_ORDER = "court-order"
    ADOPTION = "adoption"
    SPECIAL_GUARDIANSHIP = "special-guardianship-order"
    CHILD_ARRANGEMENTS = "child-arrangements-order"
    CARE_ORDER = "care-order"


RESPONSIBILITY_WORDS: dict[ResponsibilityHow, str] = {
    ResponsibilityHow.BIRTH_MOTHER: "as birth mother",
    ResponsibilityHow.MARRIED_TO_MOTHER: "married to the mother, or her civil partner, at the birth",
    ResponsibilityHow.BIRTH_REGISTRATION: "by registering the birth with the mother",
    ResponsibilityHow.SECOND_PARENT: "as second female parent",
    ResponsibilityHow.AGREEMENT: "by a parental responsibility agreement",
    ResponsibilityHow.COURT_ORDER: "by a parental responsibility order",
    ResponsibilityHow.ADOPTION: "by adoption",
    ResponsibilityHow.SPECIAL_GUARDIANSHIP: "by a special guardianship order",
    ResponsibilityHow.CHILD_ARRANGEMENTS: "by a child arrangements order",
    ResponsibilityHow.CARE_ORDER: "by a care order",
}


class Capacity(StrEnum):
    """As what someone belongs to a record."""

    SUBJECT = "subject"
    SIBLING = "sibling"
    PARENT = "parent"
    CARER = "carer"
    HOUSEHOLD = "household"
    FAMILY = "family"
    NETWORK = "network"


CAPACITY_WORDS: dict[Capacity, str] = {
    Capacity.SUBJECT: "the child",
    Capacity.SIBLING: "brother or sister",
    Capacity.PARENT: "parent",
    Capacity.CARER: "carer",
    Capacity.HOUSEHOLD: "member of the household",
    Capacity.FAMILY: "family",
    Capacity.NETWORK: "network",
}


def words_of(words: Mapping[Any, str], code: str) -> str:
    """This will give what a page says for a code; one that came from elsewhere is said with blanks for its hyphens."""
    return words.get(code) or code.replace("-", " ")


ETHNICITY_WORDS: dict[str, str] = {
    "WBRI": "White British", "WIRI": "White Irish", "WOTH": "Any other White background", "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy or Roma", "MWBC": "White and Black Caribbean", "MWBA": "White and Black African",
    "MWAS": "White and Asian", "MOTH": "Any other Mixed background", "AIND": "Indian", "APKN": "Pakistani",
    "ABAN": "Bangladeshi", "AOTH": "Any other Asian background", "BCRB": "Black Caribbean", "BAFR": "Black African",
    "BOTH": "Any other Black background", "CHNE": "Chinese", "OOTH": "Any other ethnic group", "REFU": "Refused to say",
    "NOBT": "Not yet obtained",
}  # fmt: skip
"""The codes of the children in need census."""

DISABILITY_WORDS: dict[str, str] = {
    "NONE": "No disability", "MOB": "Mobility", "HAND": "Hand function", "PC": "Personal care", "INC": "Incontinence",
    "COMM": "Communication", "LD": "Learning", "HEAR": "Hearing", "VIS": "Vision", "BEH": "Behaviour",
    "CON": "Consciousness", "AUT": "Autism or Asperger syndrome", "DDA": "Another disability under the Equality Act",
}  # fmt: skip
"""The codes of the children in need census."""


def value_words(kind: str, value: str) -> str:
    """This will say a characteristic in words; what is no code is said as it is."""
    codes = {CharacteristicKind.ETHNICITY: ETHNICITY_WORDS, CharacteristicKind.DISABILITY: DISABILITY_WORDS}
    return codes.get(CharacteristicKind(kind), {}).get(value, value)
