"""What those see who answer for records, review emergencies, or keep records from others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from goldthread.access import gate, queries
from goldthread.access.gate import Opened
from goldthread.access.models import BreakGlass, Conflict, Named, Notice
from goldthread.access.vocabulary import (
    CONFLICT_WORDS,
    EMERGENCY_WORDS,
    NOTICE_WORDS,
    Act,
    ConflictKind,
    Emergency,
    NoticeKind,
)
from goldthread.audit.queries import entries
from goldthread.desk.forms.keeping import RESTRICTION_SAYS, RESTRICTION_WORDS
from goldthread.desk.pages.keeping import About, CustodyPage, Kept, NoticesPage, ReviewsPage, Told, ToReview
from goldthread.desk.queries import stubs
from goldthread.desk.queries.staff import works
from goldthread.desk.wording import done
from goldthread.kernel.acting import Actor, acting_as
from goldthread.kernel.errors import NotFound
from goldthread.people.queries import names
from goldthread.records.models import Restriction
from goldthread.ui.pages import Link
from goldthread.ui.wording import moment

READ_SHOWN = 20
REVIEWED_SHOWN = 20


def notices(by: Actor, at: datetime) -> NoticesPage:
    """This will list who reached for the records that one answers for."""
    with acting_as(by):
        unread = queries.notices(by, at)
        rows = [*unread, *[row for row in queries.notices(by, at, unread=False, limit=READ_SHOWN) if row.read_at]]
        listed = gate.listed(by=by, at=at, records={row.record_id for row in rows}, thing="notice", act=Act.FIND)
        called = {record: stub.name for record, stub in names(listed).items()}
        where = works({row.practitioner_id for row in rows}, at)
        reviewable = {one.pk for one in queries.emergencies_to_review(by, at)}
        told = [_told(row, called, where, reviewable) for row in rows if row.record_id in listed.records]
    return NoticesPage(
        tuple(one for one in told if one.read_at is None), tuple(one for one in told if one.read_at is not None)
    )


def _told(row: Notice, called: Mapping[int, str], where: Mapping[int, str], reviewable: Iterable[int]) -> Told:
    code = row.record.code
    emergency = row.emergency
    review = None
    if emergency is not None and emergency.pk in reviewable:
        review = Link("Review it", reverse("desk:review", kwargs={"emergency": emergency.pk}), context=f"for {code}")
    return Told(
        id=row.pk,
        code=code,
        child=Link(called.get(row.record_id, "a record"), reverse("desk:child", kwargs={"code": code})),
        who=row.practitioner.name,
        works=where.get(row.practitioner_id, ""),
        says=NOTICE_WORDS[NoticeKind(row.kind)],
        at=row.at,
        read_at=row.read_at,
        because="" if emergency is None else f"{EMERGENCY_WORDS[Emergency(emergency.reason)]}. {emergency.because}",
        review=review,
    )


def reviews(by: Actor, at: datetime) -> ReviewsPage:
    """This will list the emergencies that wait for one's review, and some that were reviewed lately."""
    with acting_as(by):
        rows = [*queries.emergencies_to_review(by, at), *queries.emergencies_reviewed(by, at, limit=REVIEWED_SHOWN)]
        listed = gate.listed(by=by, at=at, records={row.record_id for row in rows}, thing="review", act=Act.REVIEW)
        called = _called(by, at, listed.records)
        where = works({row.practitioner_id for row in rows}, at)
        shown = [_to_review(row, called, where, at) for row in rows if row.record_id in listed.records]
    return ReviewsPage(
        tuple(one for one in shown if one.reviewed_at is None),
        tuple(one for one in shown if one.reviewed_at is not None),
    )


def _called(by: Actor, at: datetime, records: Iterable[int]) -> dict[int, str]:
    """The names of those records that one may find: who reviews need not know whose record it is."""
    listed = gate.listed(by=by, at=at, records=records, thing="review", act=Act.FIND)
    return {record: stub.name for record, stub in names(listed).items()}


def _to_review(
    row: BreakGlass, called: Mapping[int, str], where: Mapping[int, str], at: datetime, looks: Iterable[str] = ()
) -> ToReview:
    return ToReview(
        id=row.pk,
        code=row.record.code,
        child=called.get(row.record_id, ""),
        who=row.practitioner.name,
        works=where.get(row.practitioner_id, ""),
        reason=EMERGENCY_WORDS[Emergency(row.reason)],
        because=row.because,
        began_at=row.began_at,
        until_at=row.until_at,
        due_on=row.review_due_on,
        late=row.reviewed_at is None and row.review_due_on < timezone.localdate(at),
        href=reverse("desk:review", kwargs={"emergency": row.pk}),
        verdict=row.verdict_words,
        finding=row.finding,
        reviewed_by=row.reviewed_by.name if row.reviewed_by else "",
        reviewed_at=row.reviewed_at,
        looks=tuple(looks),
    )


def review(by: Actor, at: datetime, emergency: int) -> tuple[ToReview, int]:
    """This will give one emergency with what was looked at in it, and its version."""
    with acting_as(by):
        row = queries.emergency_to_review(by, at, emergency)
        code = row.record.code
        with gate.open_record(by=by, at=at, code=code, act=Act.REVIEW, thing=f"emergency:{emergency}") as opened:
            looks = []
            for record in opened.records:
                for one in entries(record, practitioner=row.practitioner_id).entries:
                    if row.began_at <= one.at <= row.until_at:
                        looks.append(f"{moment(one.at)}: {done(one.verb, one.thing)}")
            called = {opened.record.pk: stubs.of(opened).name}
            where = works({row.practitioner_id}, at)
            return _to_review(row, called, where, at, looks), row.version


# ---- a custodian


@dataclass(frozen=True, slots=True)
class Held:
    """A record whose reach is about to be changed: whose it is, and what stands."""

    about: About
    version: int
    restriction: str


def held(by: Actor, at: datetime, code: str) -> Held:
    """This will give what stands of a record's reach, to whoever may set it."""
    with gate.open_record(by=by, at=at, code=code, act=Act.RESTRICT, thing="restriction") as opened:
        return _held(opened)


def _held(opened: Opened) -> Held:
    return Held(stubs.of(opened), opened.record.version, str(opened.record.restriction))


def naming(by: Actor, at: datetime, code: str, wanted: int) -> tuple[Held, Named]:
    """This will give one naming."""
    with gate.open_record(by=by, at=at, code=code, act=Act.RESTRICT, thing="restriction") as opened:
        row = next((one for one in queries.named(opened, all_times=True) if one.pk == wanted), None)
        if row is None:
            raise NotFound("There is no such naming.")
        return _held(opened), row


def tied(by: Actor, at: datetime, code: str, wanted: int) -> tuple[Held, Conflict]:
    """This will give one personal tie."""
    with gate.open_record(by=by, at=at, code=code, act=Act.RESTRICT, thing="restriction") as opened:
        row = next((one for one in queries.conflicts(opened) if one.pk == wanted), None)
        if row is None:
            raise NotFound("There is no such tie.")
        return _held(opened), row


def custody(by: Actor, at: datetime, code: str) -> CustodyPage:
    """This will give all that keeps others from a record."""
    with gate.open_record(by=by, at=at, code=code, act=Act.RESTRICT, thing="restriction") as opened:
        held = _held(opened)
        rows, ties = queries.named(opened), queries.conflicts(opened)
        where = works({one.practitioner_id for one in rows} | {one.practitioner_id for one in ties}, at)
        may_see = opened.may(Act.SEE_ACCESS)

    def to(name: str, **words: int) -> str:
        return reverse(f"desk:{name}", kwargs={"code": held.about.code, **words})

    return CustodyPage(
        code=held.about.code,
        name=held.about.name,
        restriction=RESTRICTION_WORDS[Restriction(held.restriction)],
        restriction_says=RESTRICTION_SAYS[Restriction(held.restriction)],
        change=to("restrict"),
        named=tuple(
            Kept(
                one.practitioner.name,
                where.get(one.practitioner_id, ""),
                one.because,
                one.from_on,
                one.until_on,
                Link("End", to("end_naming", named=one.pk), context=f"the naming of {one.practitioner.name}"),
            )
            for one in rows
        ),
        ties=tuple(
            Kept(
                one.practitioner.name,
                where.get(one.practitioner_id, ""),
                f"{CONFLICT_WORDS[ConflictKind(one.kind)]}: {one.says}",
                one.from_on,
                one.until_on,
                Link("End", to("end_tie", conflict=one.pk), context=f"the tie of {one.practitioner.name}"),
            )
            for one in ties
        ),
        name_someone=to("name"),
        add_tie=to("tie"),
        access=to("access") if may_see else "",
    )
