"""What someone may want to do with a record, how she may stand to it, and why an emergency was one: with words for people."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What someone wants to do."""

    FIND = "find"  # see its name stub among the results of a search
    BEGIN = "begin"  # make a new record
    OPEN = "open"  # read it
    CHANGE = "change"
    SEE_SENSITIVE = "see-sensitive"  # hidden addresses, suppressed identifiers
    PRINT = "print"
    SEE_ACCESS = "see-access"  # see who has looked at it
    INVOLVE = "involve"  # begin and end the involvement of others
    MERGE = "merge"
    RESTRICT = "restrict"  # set how far knowledge of it reaches, and name people on it
    BREAK_GLASS = "break-glass"  # open it in an emergency
    REVIEW = "review"  # judge afterwards whether an emergency was one


ACT_WORDS: dict[Act, str] = {
    Act.FIND: "find its name in a search",
    Act.BEGIN: "begin a new record",
    Act.OPEN: "open and read it",
    Act.CHANGE: "add to it and change it",
    Act.SEE_SENSITIVE: "see hidden addresses and suppressed numbers",
    Act.PRINT: "print it",
    Act.SEE_ACCESS: "see who has looked at it",
    Act.INVOLVE: "say who works with it",
    Act.MERGE: "merge it with another",
    Act.RESTRICT: "restrict it, and name those who may know of it",
    Act.BREAK_GLASS: "open it in an emergency",
    Act.REVIEW: "review how it was opened in an emergency",
}


class Relation(StrEnum):
    """How a practitioner stands to a record on a day; she may stand to it in several ways."""

    CONFLICT = "conflict"  # a personal tie
    NAMED = "named"  # named as one of those who may know of it
    BREAKING_GLASS = "breaking-glass"  # she has opened it in an emergency, and the time is not up
    INVOLVED = "involved"  # she works with it
    TEAM = "team"  # her team, or a colleague of it, works with it
    AGENCY = "agency"  # someone of her organisation works with it
    WAS_INVOLVED = "was-involved"  # she worked with it once
    NONE = "none"  # nothing of all that


RELATION_WORDS: dict[Relation, str] = {
    Relation.CONFLICT: "has a personal tie to it",
    Relation.NAMED: "is named on it",
    Relation.BREAKING_GLASS: "has opened it in an emergency",
    Relation.INVOLVED: "is involved",
    Relation.TEAM: "her team is involved",
    Relation.AGENCY: "her organisation is involved",
    Relation.WAS_INVOLVED: "was involved once",
    Relation.NONE: "has nothing to do with it",
}


class ConflictKind(StrEnum):
    """What sort of personal tie."""

    RELATIVE = "relative"
    FRIEND = "friend"
    SUBJECT_OF_CONCERN = "subject-of-concern"
    NEIGHBOUR = "neighbour"
    OTHER = "other"


CONFLICT_WORDS: dict[ConflictKind, str] = {
    ConflictKind.RELATIVE: "A relative",
    ConflictKind.FRIEND: "A friend of the family",
    ConflictKind.SUBJECT_OF_CONCERN: "The concern is about this person",
    ConflictKind.NEIGHBOUR: "A neighbour",
    ConflictKind.OTHER: "Another personal tie",
}


class Emergency(StrEnum):
    """Why someone opens a record with which she is not involved."""

    CHILD_AT_RISK_NOW = "child-at-risk-now"
    OUT_OF_HOURS = "out-of-hours"
    CHILD_MISSING = "child-missing"
    URGENT_CHECK = "urgent-check"
    COVERING = "covering"


EMERGENCY_WORDS: dict[Emergency, str] = {
    Emergency.CHILD_AT_RISK_NOW: "A child may be at risk of harm now",
    Emergency.OUT_OF_HOURS: "I am on duty out of hours and something has come in",
    Emergency.CHILD_MISSING: "A child is missing",
    Emergency.URGENT_CHECK: "The police, a hospital or a court needs an answer at once",
    Emergency.COVERING: "I am covering for someone who is away and nobody has been named yet",
}


class Verdict(StrEnum):
    """What a review of an emergency came to."""

    JUSTIFIED = "justified"
    INVOLVE = "should-have-been-involved"
    NOT_JUSTIFIED = "not-justified"


VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.JUSTIFIED: "It was an emergency, and opening the record was right",
    Verdict.INVOLVE: "It was right, and the person should have been involved before",
    Verdict.NOT_JUSTIFIED: "It was not right: this goes to the information governance officer",
}


class NoticeKind(StrEnum):
    """What the owners of a record are told."""

    BROKE_GLASS = "broke-glass"
    MATCHED = "matched"  # a search would have found a restricted record
    ASKED_FOR = "asked-for"  # someone asked for a restricted record by its reference
    CONFLICT = "conflict"  # someone with a personal tie asked for it


NOTICE_WORDS: dict[NoticeKind, str] = {
    NoticeKind.BROKE_GLASS: "opened this record in an emergency",
    NoticeKind.MATCHED: "made a search that this restricted record would have answered, and was shown nothing",
    NoticeKind.ASKED_FOR: "asked for this restricted record by its reference, and was told that nothing is there",
    NoticeKind.CONFLICT: "asked for this record, has a personal tie to it, and was told that nothing is there",
}


class Capacity(StrEnum):
    """In which capacity someone works with a record; a partner's words are free beside these."""

    ALLOCATED = "allocated-social-worker"
    SUPERVISOR = "supervisor"
    SCREENING = "screening-social-worker"
    CHAIR = "conference-chair"
    EARLY_HELP = "early-help-worker"
    HOLDING_TEAM = "holding-team"


OWNERS = frozenset({Capacity.ALLOCATED, Capacity.SUPERVISOR})
"""The capacities in which someone answers for a record, and is told when others reach for it."""


def capacity_words(capacity: str) -> str:
    """This will say a capacity as people do: `allocated-social-worker` is 'Allocated social worker'."""
    return capacity.replace("-", " ").capitalize()
