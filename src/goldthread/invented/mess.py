"""Plants defects in a clean census and its events, in a seeded order, and says of each where it lies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple

from goldthread.duties.event import Event
from goldthread.formats.cin_writing import Child, Episode, child_xml
from goldthread.invented.returns import Year


class Defect(NamedTuple):
    """A kind of defect: its name, the census rule that looks for it (None: no rule does), and what is wrong."""

    name: str
    rule: str | None
    says: str


class Planted(NamedTuple):
    """One planted defect: the file, the child's or the event's id, and its kind."""

    file: str
    where: str
    defect: Defect

    def record(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "where": self.where,
            "defect": self.defect.name,
            "rule": self.defect.rule,
            "says": self.defect.says,
        }


class _Place(NamedTuple):
    child: Child
    year: Year
    before: Child | None
    xml: str


def _first(child: Child, keep: Callable[[Episode], bool]) -> int | None:
    return next((number for number, episode in enumerate(child.episodes) if keep(episode)), None)


def _with(child: Child, number: int, episode: Episode) -> Child:
    return child._replace(episodes=(*child.episodes[:number], episode, *child.episodes[number + 1 :]))


def _change(place: _Place, keep: Callable[[Episode], bool], change: Callable[[Episode], Episode]) -> str | None:
    number = _first(place.child, keep)
    if number is None:
        return None
    return child_xml(_with(place.child, number, change(place.child.episodes[number])), place.year.number)


def _text(place: _Place, pattern: str, by: str) -> str | None:
    found, times = re.subn(pattern, by, place.xml, count=1)
    return found if times else None


def _finished(episode: Episode) -> bool:
    return bool(episode.assessments) and episode.assessments[0].authorised is not None


def _assessment(episode: Episode, **changes: Any) -> Episode:
    return episode._replace(assessments=(episode.assessments[0]._replace(**changes), *episode.assessments[1:]))


def _late_review(place: _Place) -> str | None:
    def keep(episode: Episode) -> bool:
        if not episode.protection:
            return False
        plan = episode.protection[0]
        return len(plan.reviews) == 1 and plan.ended is None and 50 < plan.reviews[0] - plan.started < 100

    def change(episode: Episode) -> Episode:
        plan = episode.protection[0]
        late = plan.reviews[0] + 45 - (plan.reviews[0] + 45) % 7 + 2
        reviews = (late,) if late <= place.year.closes else ()
        return episode._replace(protection=(plan._replace(reviews=reviews), *episode.protection[1:]))

    return _change(place, keep, change)


def _overlapping(place: _Place) -> str | None:
    def change(episode: Episode) -> Episode:
        started, _ = episode.in_need[0]
        return episode._replace(in_need=(*episode.in_need, (started + 9, None)))

    return _change(
        place, lambda episode: len(episode.in_need) == 1 and episode.in_need[0][0] + 9 < place.year.closes, change
    )


def _weekend(place: _Place) -> str | None:
    def change(episode: Episode) -> Episode:
        held = {enquiry.conference for enquiry in episode.enquiries if enquiry.conference is not None}
        return episode._replace(
            enquiries=tuple(
                enquiry if enquiry.conference is None else enquiry._replace(conference=_sunday(enquiry.conference))
                for enquiry in episode.enquiries
            ),
            protection=tuple(
                plan._replace(started=_sunday(plan.started)) if plan.started in held else plan
                for plan in episode.protection
            ),
        )

    return _change(place, lambda episode: any(enquiry.conference for enquiry in episode.enquiries), change)


def _sunday(day: int) -> int:
    return day - day % 7


def _check_letter(place: _Place) -> str | None:
    upn = place.child.upn
    if upn is None:
        return None
    letter = "A" if upn[0] != "A" else "B"
    return child_xml(place.child._replace(upn=letter + upn[1:]), place.year.number)


def _same_pupil(place: _Place) -> str | None:
    if place.child.upn is None or place.before is None or place.before.upn is None:
        return None
    return child_xml(place.child._replace(upn=place.before.upn), place.year.number)


def _born_late(place: _Place) -> str | None:
    if place.child.born is None:
        return None
    return child_xml(place.child._replace(born=place.year.closes + 40), place.year.number)


CENSUS: tuple[tuple[Defect, Callable[[_Place], str | None]], ...] = (
    (
        Defect("unknown-need-code", "8650", "The need code is none of the collection's."),
        lambda p: _text(p, r"<PrimaryNeedCode>[^<]*", "<PrimaryNeedCode>N12"),
    ),
    (
        Defect("unknown-factor", None, "An assessment factor is none of the collection's."),
        lambda p: _text(p, r"<AssessmentFactors>[^<]*", "<AssessmentFactors>99Z"),
    ),
    (
        Defect("unknown-ethnicity", "4220", "The ethnicity is none of the collection's."),
        lambda p: _text(p, r"<Ethnicity>[^<]*", "<Ethnicity>XXXX"),
    ),
    (
        Defect("impossible-date", None, "An assessment is authorised on the 30th of February."),
        lambda p: _text(
            p, r"<AssessmentAuthorisationDate>[^<]*", f"<AssessmentAuthorisationDate>{p.year.number}-02-30"
        ),
    ),
    (
        Defect("assessment-before-referral", "1103", "The assessment starts ten days before the referral."),
        lambda p: _change(p, _finished, lambda e: _assessment(e, started=e.referred - 10)),
    ),
    (
        Defect("missing-factors", "8897Q", "A finished assessment has no factors."),
        lambda p: _change(p, _finished, lambda e: _assessment(e, factors=())),
    ),
    (Defect("duplicate-child", "8510", "The same child is in the file twice."), lambda p: p.xml + p.xml),
    (Defect("duplicate-pupil-number", "1520", "Two children have the same pupil number."), _same_pupil),
    (Defect("wrong-check-letter", "1510", "The check letter of the pupil number is wrong."), _check_letter),
    (Defect("overlapping-plans", "4014", "Two child in need plans run at the same time."), _overlapping),
    (
        Defect("closed-without-reason", "8805", "The episode is closed and no reason is given."),
        lambda p: _change(p, lambda e: e.closed is not None, lambda e: e._replace(reason=None)),
    ),
    (
        Defect("review-before-plan", "8841", "A review conference comes before the plan's start."),
        lambda p: _change(
            p,
            lambda e: bool(e.protection),
            lambda e: e._replace(
                protection=(e.protection[0]._replace(reviews=(e.protection[0].started - 7,)), *e.protection[1:])
            ),
        ),
    ),
    (Defect("late-review", None, "The first review conference comes too late, or has not come: a duty, not an error."), _late_review),
    (Defect("conference-on-a-weekend", "8875", "The initial conference is held on a Sunday."), _weekend),
    (Defect("birth-after-reference-date", "8520", "The child is born after the reference date."), _born_late),
    (
        Defect("activity-on-no-further-action", "8831", "A referral without further action has an assessment."),
        lambda p: _change(p, _finished, lambda e: e._replace(no_further_action=True)),
    ),
    (
        Defect("missing-referral-date", "8600", "The referral has no date."),
        lambda p: _text(p, r"<CINreferralDate>[^<]*", "<CINreferralDate>"),
    ),
    (
        Defect("assessment-ends-before-start", "8608", "The assessment is authorised before it starts."),
        lambda p: _change(p, _finished, lambda e: _assessment(e, authorised=e.assessments[0].started - 3)),
    ),
    (
        Defect("activity-after-closure", "8565", "An assessment is authorised after the episode's closure."),
        lambda p: _change(
            p,
            lambda e: _finished(e) and e.closed is not None and e.closed + 5 <= p.year.closes,
            lambda e: _assessment(e, authorised=(e.closed or 0) + 5),
        ),
    ),
)  # fmt: skip

EVENTS = (
    Defect("unknown-kind", None, "An event is of a kind that the format does not know."),
    Defect("duplicate-event", None, "The same event is in the file twice, with two ids."),
    Defect("missing-outcome", None, "A conference does not say what came of it."),
    Defect("value-outside-list", None, "A conference's outcome is none of the list."),
    Defect("completed-before-referral", None, "An assessment is completed ten days before its referral."),
    Defect("after-the-end", None, "An event is dated after the end of what the file covers."),
    Defect("link-to-nothing", None, "An event is linked to a process that never began."),
)


class Mess:
    """Plants the next defect of the catalogue in about one child of 17 and about one event of 150."""

    def __init__(self, seed: str) -> None:
        self.rng = Random(seed)
        self.planted: list[Planted] = []
        self._waiting = list(range(len(CENSUS)))
        self._waiting_events = list(EVENTS)
        self._before: Child | None = None

    def child(self, child: Child, year: Year, file: str, xml: str) -> str:
        """Give the child's XML, with a defect now and then."""
        before, self._before = self._before, child
        if self.rng.random() > 0.06:
            return xml
        place = _Place(child, year, before, xml)
        for number in self._waiting:
            defect, plant = CENSUS[number]
            changed = plant(place)
            if changed is not None and changed != xml:
                self._waiting.remove(number)
                self._waiting.append(number)
                self.planted.append(Planted(file, child.id, defect))
                return changed
        return xml

    def events(self, events: list[Event], until: int, file: str) -> Iterator[Event]:
        """Give the events, with a defect now and then; only events that nothing replaces are changed."""
        replaced = {event.replaces for event in events}
        for event in events:
            if event.replaces is not None or event.id in replaced or self.rng.random() > 0.007:
                yield event
                continue
            for number, defect in enumerate(self._waiting_events):
                changed = self._event(defect.name, event, until)
                if changed is not None:
                    self._waiting_events.append(self._waiting_events.pop(number))
                    self.planted.append(Planted(file, changed[-1].id, defect))
                    yield from changed
                    break
            else:
                yield event

    def _event(self, name: str, event: Event, until: int) -> list[Event] | None:
        extra = f"{event.id}X"
        day = event.day or 0
        if name == "unknown-kind":
            return [event, event._replace(id=extra, kind="coffee-morning-held", process=None)]
        if name == "duplicate-event":
            return [event, event._replace(id=extra)] if event.kind == "child-seen" else None
        if name == "after-the-end":
            return [event, event._replace(id=extra, day=until + 40)] if event.kind == "child-seen" else None
        if name == "link-to-nothing":
            return [event._replace(links=("plan:P0",))] if event.kind == "child-seen" else None
        if name == "completed-before-referral":
            return [event._replace(day=day - 120)] if event.kind == "assessment-completed" else None
        if event.kind != "conference-held":
            return None
        if name == "missing-outcome":
            return [event._replace(data={key: value for key, value in event.data.items() if key != "outcome"})]
        return [event._replace(data={**event.data, "outcome": "perhaps"})]
