"""Tells what no child's file holds: incidents, reviews, allegations, deaths and the partnership's yearly reports."""

from __future__ import annotations

from datetime import date

from goldthread.duties.event import Event
from goldthread.invented.returns import Year
from goldthread.invented.telling import Teller

PARTNERSHIP = ("partnership:P1",)
INCIDENTS_A_YEAR = 3.0
ALLEGATIONS_A_YEAR = 14.0
OTHER_DEATHS_A_YEAR = 5.0


def partnership(teller: Teller, years: list[Year], scale: float) -> list[Event]:
    """Give the events of the partnership over the years; children named in them are ones that the teller has met."""
    subjects = _Subjects(teller)
    for year in years:
        _yearly_report(teller, year)
        for _ in range(max(1, round(INCIDENTS_A_YEAR * scale))):
            _incident(teller, subjects, year)
        for _ in range(max(2, round(ALLEGATIONS_A_YEAR * scale))):
            _allegation(teller, subjects, year)
        for _ in range(max(1, round(OTHER_DEATHS_A_YEAR * scale))):
            _death(teller, subjects, teller.between(year.opens, year.closes), ())
    for child, day in teller.deaths:
        if day >= years[0].opens:
            _death(teller, subjects, day, (child.subject,))
    return teller.numbered()


class _Subjects:
    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.numbers = {"incident": 0, "review": 0, "allegation": 0, "death": 0}

    def new(self, kind: str) -> tuple[str, ...]:
        self.numbers[kind] += 1
        letter = "V" if kind == "review" else kind[0].upper()
        return (f"{kind}:{letter}{self.numbers[kind]}",)

    def child(self) -> tuple[str, ...]:
        known = self.teller.on_plans
        return (known[int(self.teller.chance() * len(known))],) if known else ()


def _yearly_report(teller: Teller, year: Year) -> None:
    number = year.number - 1
    if number < 2024:
        return
    published = date(number, 9, teller.between(8, 26)).toordinal()
    teller.say("yearly-report-published", published, PARTNERSHIP, data={"year": number})
    for to in ("panel", "foundations"):
        sent = published + teller.between(1, 6)
        teller.say("yearly-report-sent", sent, PARTNERSHIP, data={"year": number, "to": to})


def _incident(teller: Teller, subjects: _Subjects, year: Year) -> None:
    after = teller.calendar.after
    incident, about = subjects.new("incident"), subjects.child()
    occurred = teller.between(year.opens, year.closes)
    known = occurred + teller.between(0, 4)
    teller.say("incident-occurred", occurred, incident, about=about)
    teller.say("incident-known", known, incident, data={"by": "local authority"}, about=about)
    met = teller.some(0.8)
    judged = after(known, teller.between(1, 4))
    teller.say(
        "incident-judged",
        judged,
        incident,
        data={
            "criteria_met": met,
            "agreed_by": ["local authority", "police", "health"],
            "reasons": "as recorded by the partners",
        },
        about=about,
    )
    if not met:
        return
    notified = after(known, 5 if teller.some(0.85) else teller.between(6, 9))
    category = "death" if teller.some(0.3) else "serious-harm"
    teller.say("incident-notified", notified, incident, data={"category": category}, about=about)
    submitted = after(occurred, teller.between(12, 15) if teller.some(0.75) else teller.between(16, 25))
    teller.say("rapid-review-completed", max(notified, submitted - 1), incident, about=about)
    teller.say("rapid-review-submitted", max(notified, submitted), incident, about=about)
    if not teller.some(0.4):
        return
    review = subjects.new("review")
    begun = after(submitted, teller.between(10, 25))
    teller.say("review-initiated", begun, review, links=incident, data={"scope": "local"}, about=about)
    published = after(begun, teller.between(105, 150))
    planned = teller.calendar.before(published, teller.between(18, 30))
    teller.say("review-publication-planned", planned, review, data={"on": date.fromordinal(published).isoformat()})
    for to in ("panel", "secretary-of-state", "ofsted"):
        sent = teller.calendar.before(published, teller.between(7, 12) if teller.some(0.9) else 5)
        teller.say("review-report-sent", sent, review, data={"to": to, "what": "report"})
    teller.say("review-completed", planned, review, about=about)
    teller.say("review-published", published, review, about=about)


def _allegation(teller: Teller, subjects: _Subjects, year: Year) -> None:
    after = teller.calendar.after
    allegation = subjects.new("allegation")
    day = teller.between(year.opens, year.closes)
    to = "employer" if teller.some(0.75) else "police"
    teller.say("allegation-known", day, allegation, data={"to": to})
    if to == "employer":
        teller.say("senior-manager-informed", day, allegation)
    informed = after(day, 1 if teller.some(0.85) else teller.between(2, 6))
    teller.say("designated-officer-informed", informed, allegation)
    concluded = after(informed, teller.between(10, 60))
    outcome = "substantiated" if teller.some(0.3) else "unsubstantiated"
    if outcome == "substantiated" and teller.some(0.5):
        teller.say("person-removed", concluded, allegation)
        teller.say("barring-referral-made", after(concluded, teller.between(2, 20)), allegation)
    teller.say("allegation-concluded", concluded, allegation, data={"outcome": outcome})


def _death(teller: Teller, subjects: _Subjects, day: int, about: tuple[str, ...]) -> None:
    after = teller.calendar.after
    death = subjects.new("death")
    known = day + teller.between(0, 1)
    teller.say("death-known", known, death, about=about)
    teller.say("death-notified-to-partners", after(known, 1), death, about=about)
    if teller.some(0.35):
        decided = after(known, teller.between(1, 3))
        teller.say("coroner-decided-to-investigate", decided, death)
        teller.say("coroner-notified-partners", after(decided, teller.between(1, 4)), death)
    registered = after(known, teller.between(3, 12))
    teller.say("death-registered", registered, death)
    teller.say("registrar-particulars-received", registered + teller.between(2, 9), death)
    met = after(registered, teller.between(60, 110))
    teller.say("death-review-meeting-held", met, death)
    teller.say("overview-panel-reviewed", after(met, teller.between(20, 60)), death)
