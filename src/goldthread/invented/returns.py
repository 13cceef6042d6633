"""What one year's census shows of an invented family: only what falls into the year, as a clean return holds it."""

from __future__ import annotations

from datetime import date

from goldthread.duties.calendar import WorkingDays
from goldthread.formats import cin_writing
from goldthread.invented.life import Child, Family, Spell

CONFERENCE_LIMIT = 15


class Year:
    """A census year, 1 April to 31 March, in ordinals."""

    __slots__ = ("at_school", "closes", "latest_expected", "number", "opens")

    def __init__(self, number: int) -> None:
        self.number = number
        self.opens = date(number - 1, 4, 1).toordinal()
        self.closes = date(number, 3, 31).toordinal()
        self.at_school = date(number - 5, 8, 31).toordinal()


def shown(family: Family, year: Year, targets: dict[int, int]) -> list[cin_writing.Child]:
    """Give the family's children who had an open episode, or a referral without further action, in the year.

    `targets` gives the last day for a conference by the day of the strategy discussion.
    """
    found = []
    for child in family.children:
        episodes = tuple(
            _episode(spell, child, year, targets)
            for spell in family.spells
            if child in spell.children and _belongs(spell, child, year)
        )
        if episodes:
            found.append(_child(child, episodes, year))
    return found


def _belongs(spell: Spell, child: Child, year: Year) -> bool:
    if spell.path == "nfa":
        return year.opens <= spell.referred <= year.closes
    return spell.referred <= year.closes and spell.until(child) >= year.opens


def _child(child: Child, episodes: tuple[cin_writing.Episode, ...], year: Year) -> cin_writing.Child:
    unborn = child.born > year.closes
    upn: str | None = None
    unknown: str | None = None
    if unborn or child.born > year.at_school:
        unknown = "UN1"
    elif child.pupil_number_absent is not None:
        unknown = child.pupil_number_absent
        if unknown == "UN7" and not all(episode.no_further_action for episode in episodes):
            unknown = "UN6"
    else:
        upn = child.pupil_number
    return cin_writing.Child(
        child.id,
        upn,
        unknown,
        None if unborn else child.born,
        child.expected if unborn else None,
        "U" if unborn else child.sex,
        child.died if child.died is not None and child.died <= year.closes else None,
        "NOBT" if unborn else child.ethnicity,
        () if unborn else child.disabilities,
        episodes,
    )


def _episode(spell: Spell, child: Child, year: Year, targets: dict[int, int]) -> cin_writing.Episode:
    opens, closes = year.opens, year.closes
    if spell.path == "nfa":
        return cin_writing.Episode(spell.referred, spell.source, spell.need, None, None, None, True)
    until = spell.until(child)
    closed: int | None = until if until <= closes else None
    reason = None if closed is None else spell.left.get(child.id, (0, spell.reason))[1]
    assessments = []
    for assessment in spell.assessments:
        if child in assessment.children and assessment.started <= closes and assessment.completed >= opens:
            done = assessment.completed <= closes
            assessments.append(
                cin_writing.Assessment(
                    assessment.started,
                    assessment.completed if done else None,
                    assessment.factors[child.id] if done else (),
                )
            )
    in_need = []
    for plan in spell.in_need:
        ended = min(plan.ended, until)
        if child in plan.children and plan.started <= closes and ended >= opens:
            in_need.append((plan.started, ended if ended <= closes else None))
    enquiries = []
    for enquiry in spell.enquiries:
        if child not in enquiry.children or enquiry.strategy > closes:
            continue
        conference = enquiry.conference if enquiry.conference is not None and enquiry.conference <= closes else None
        if enquiry.strategy < opens and (conference is None or conference < opens):
            continue
        enquiries.append(
            cin_writing.Enquiry(
                enquiry.strategy,
                targets[enquiry.strategy],
                conference,
                enquiry.conference is None and enquiry.concluded <= closes,
            )
        )
    protection = []
    transfer_conference = None
    for whole in spell.protection:
        ended = min(whole.ended, until)
        if child not in whole.children or whole.started > closes or ended < opens:
            continue
        if whole.transferred_in and opens <= whole.started:
            transfer_conference = whole.started
        reviews = [day for day in whole.reviews if day <= min(closes, ended)]
        before = [day for day in reviews if day < opens]
        protection.append(
            cin_writing.ProtectionPlan(
                whole.started,
                ended if ended <= closes else None,
                whole.initial[child.id],
                whole.latest[child.id],
                whole.previous[child.id],
                (*before[-1:], *(day for day in reviews if day >= opens)),
            )
        )
    return cin_writing.Episode(
        spell.referred,
        spell.source,
        spell.need,
        closed,
        reason,
        transfer_conference,
        False,
        tuple(assessments),
        tuple(in_need),
        tuple(enquiries),
        tuple(protection),
    )


def clean(spell: Spell, ends: list[int], calendar: WorkingDays) -> bool:
    """Say whether clean returns can hold a story: nothing runs past its limit on `ends`, the last days of the years."""
    for closes in ends:
        if spell.closed < closes - 366 or spell.referred > closes:
            continue
        opens = closes - 366
        for assessment in spell.assessments:
            running = assessment.started <= closes < assessment.completed
            if running and calendar.between(assessment.started, closes) > 42:
                return False
        if spell.reason in ("RC8", "RC9") and spell.assessments[0].completed <= closes < spell.closed:
            return False
        for enquiry in spell.enquiries:
            if enquiry.strategy <= closes < enquiry.concluded and calendar.between(enquiry.strategy, closes) > 13:
                return False
            shown_now = enquiry.strategy <= closes and (
                enquiry.strategy > opens or (enquiry.conference is not None and enquiry.conference > opens)
            )
            shown_next = enquiry.conference is not None and enquiry.strategy <= closes < enquiry.conference
            for child in enquiry.children:
                if shown_now and not any(
                    child in assessment.children and assessment.started <= closes and assessment.completed > opens
                    for assessment in spell.assessments
                ):
                    return False
                if shown_next and not any(
                    child in assessment.children and assessment.completed > closes for assessment in spell.assessments
                ):
                    return False
    for plan in spell.in_need:
        if any(min(plan.ended, spell.until(child)) <= plan.started for child in plan.children):
            return False
    for child in spell.children:
        left = spell.left.get(child.id)
        if left is None:
            continue
        day = left[0]
        for assessment in spell.assessments:
            if child in assessment.children and assessment.completed > day:
                return False
        for enquiry in spell.enquiries:
            if child in enquiry.children and enquiry.concluded > day:
                return False
    return True
