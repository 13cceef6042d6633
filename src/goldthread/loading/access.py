"""Who works with a record, who is named on it and who must never see it, from what a file tells to rows of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from goldthread.access.actions import ToldAccess
from goldthread.access.models import Conflict, Involvement, Named
from goldthread.access.vocabulary import ConflictKind
from goldthread.invented.people import Told

LONGEST_SAID = 500
LONGEST_CAPACITY = 60

LeaveOut = Callable[[str, str, str], None]


def told_access(
    told: Iterable[Told],
    records: Mapping[str, int],
    practitioners: Mapping[str, int],
    teams: Mapping[str, int],
    leave_out: LeaveOut,
) -> ToldAccess:
    """This will give what families tell of it; what names nobody who is known goes to `leave_out`: code, whose, why."""
    involvements: list[Involvement] = []
    named: list[Named] = []
    conflicts: list[Conflict] = []
    for family in told:
        for one in family.involvements:
            record = records.get(one.record)
            practitioner = practitioners.get(one.practitioner or "")
            team = None if one.practitioner else teams.get(one.team or "")  # a worker's team follows from her posts
            if record is None:
                if one.record.startswith("child:"):
                    leave_out("involvement", one.record, "someone is involved with a record that is not here")
            elif practitioner is None and team is None:
                leave_out("involvement", one.record, "who is involved is not among the agencies")
            elif one.until_on is not None and one.until_on < one.from_on:
                leave_out("involvement", one.record, "it ends before it begins")
            else:
                involvements.append(
                    Involvement(
                        record_id=record, practitioner_id=practitioner, team_id=team,
                        capacity=one.capacity[:LONGEST_CAPACITY], from_on=one.from_on, until_on=one.until_on,
                        because=(one.because or "")[:LONGEST_SAID],
                    )
                )  # fmt: skip
        for held in family.restrictions:
            for who in held.named:
                if held.record in records and who in practitioners:
                    named.append(
                        Named(
                            record_id=records[held.record], practitioner_id=practitioners[who],
                            because=held.because[:LONGEST_SAID], from_on=held.from_on, until_on=held.until_on,
                        )
                    )  # fmt: skip
                else:
                    leave_out("restriction", held.record, "it names someone, or a record, that is not here")
        for tie in family.conflicts:
            if tie.record in records and tie.practitioner in practitioners and tie.kind in set(ConflictKind):
                conflicts.append(
                    Conflict(
                        record_id=records[tie.record], practitioner_id=practitioners[tie.practitioner], kind=tie.kind,
                        says=tie.says[:LONGEST_SAID], from_on=tie.from_on, until_on=tie.until_on,
                    )
                )  # fmt: skip
            elif tie.record.startswith("child:"):  # of records of other kinds it is said once that there are none yet
                leave_out("conflict", tie.record, "it names someone, a record or a tie that is not known here")
    return ToldAccess(tuple(involvements), tuple(named), tuple(conflicts))
