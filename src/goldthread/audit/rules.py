"""What makes a look at a record unusual: marks for a person to weigh, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY_BEGINS, DAY_ENDS = time(7), time(20)
SATURDAY = 5
MANY_RECORDS = 40
"""More different records within an hour than a person can work on."""

NO_INVOLVEMENT = frozenset({"break-glass"})
"""Words with which a line of the policy begins that lets someone in who is not involved."""


class Mark(StrEnum):
    """Why a look is worth a second one."""

    OUT_OF_HOURS = "out-of-hours"
    NO_INVOLVEMENT = "no-involvement"
    MANY_RECORDS = "many-records"
    SAME_FAMILY_NAME = "same-family-name"
    REFUSED = "refused"

    @property
    def words(self) -> str:
        """The mark as a sentence."""
        return _WORDS[self]


_WORDS = {
    Mark.OUT_OF_HOURS: "At night or at a weekend.",
    Mark.NO_INVOLVEMENT: "Opened in an emergency by someone who is not involved.",
    Mark.MANY_RECORDS: f"Opened more than {MANY_RECORDS} records within an hour.",
    Mark.SAME_FAMILY_NAME: "Has the same family name as the child.",
    Mark.REFUSED: "Was refused.",
}


def out_of_hours(at: datetime) -> bool:
    """This will say whether a moment lies outside 7 in the morning to 8 in the evening, Monday to Friday, in London."""
    there = at.astimezone(LONDON)
    return there.weekday() >= SATURDAY or not DAY_BEGINS <= there.time() < DAY_ENDS


def without_involvement(policies: Iterable[str], break_glass: Iterable[int | None]) -> bool:
    """This will say whether someone came in by breaking glass."""
    broke = any(one is not None for one in break_glass)
    return broke or any(policy.startswith(word) for policy in policies for word in NO_INVOLVEMENT)


def marks(
    *,
    at: Iterable[datetime],
    policies: Iterable[str],
    break_glass: Iterable[int | None],
    refused: bool,
    records_in_an_hour: int,
    same_family_name: bool,
) -> frozenset[Mark]:
    """This will give the marks of what one person did with one record on one day."""
    found = {
        Mark.OUT_OF_HOURS: any(out_of_hours(one) for one in at),
        Mark.NO_INVOLVEMENT: without_involvement(policies, break_glass),
        Mark.MANY_RECORDS: records_in_an_hour > MANY_RECORDS,
        Mark.SAME_FAMILY_NAME: same_family_name,
        Mark.REFUSED: refused,
    }
    return frozenset(mark for mark, holds in found.items() if holds)
