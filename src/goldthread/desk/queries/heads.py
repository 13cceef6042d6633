"""What stands over each page of a child: who she is, what must be known first, when she was last seen, and where to go."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from goldthread.access.gate import Opened
from goldthread.access.vocabulary import Act
from goldthread.chronology.queries import summary
from goldthread.desk.pages.child import Head
from goldthread.desk.pages.days import AsOf
from goldthread.people.queries import Who, identity
from goldthread.records.models import Restriction
from goldthread.ui.pages import Alert, Fact, Identity, Link, Tone
from goldthread.ui.wording import day, distance

PLACES = (
    ("child", "Now", Act.OPEN),
    ("duties", "Duties", Act.OPEN),
    ("chronology", "Chronology", Act.OPEN),
    ("family", "Family", Act.OPEN),
    ("details", "Details", Act.OPEN),
    ("involved", "Who is involved", Act.OPEN),
    ("access", "Who has looked", Act.SEE_ACCESS),
)
BENEATH = {"print": "chronology"}
"""Pages that lie beneath another place of the record."""


def head(opened: Opened, as_of: AsOf, place: str) -> Head:
    """This will say who a child is, over one of her pages; asks people and the chronology, whatever they hold."""
    when = None if as_of.now else as_of.on
    who = identity(opened, on=when, known_at=as_of.known_at)
    folded = summary(opened, stood_on=when, known_at=as_of.known_at)
    facts = [
        _age(who),
        _seen("Last seen", folded.seen_on, as_of),
        _seen("Last seen alone", folded.seen_alone_on, as_of),
    ]
    if who.language:
        facts.append(
            Fact("Speaks", who.language, note=f"Interpreter needed: {who.interpreter}" if who.interpreter else "")
        )
    elif who.interpreter:
        facts.append(Fact("Interpreter needed", who.interpreter))
    facts += [Fact("How to communicate", said) for said in who.communication]
    alerts = []
    if who.died_on or folded.died_on:
        alerts.append(Alert("Has died", Tone.PLAIN))
    if who.hidden_address:
        alerts.append(Alert("Hidden address", Tone.URGENT, "Say it to nobody without need"))
    if folded.plan_since:
        alerts.append(Alert("On a child protection plan", Tone.WARN, f"since {day(folded.plan_since)}"))
    if folded.enquiry_since:
        alerts.append(Alert("Section 47 enquiry", Tone.WARN, f"since {day(folded.enquiry_since)}"))
    if folded.looked_after_since:
        alerts.append(Alert("Looked after", Tone.CALM, f"since {day(folded.looked_after_since)}"))
    code = opened.code
    here = reverse(f"desk:{place}", kwargs={"code": code})
    current = BENEATH.get(place, place)
    places = [
        Link(
            words,
            reverse(f"desk:{name}", kwargs={"code": code}) + ("" if name == "access" else as_of.query),
            "page" if name == place else "true" if name == current else "",
        )
        for name, words, act in PLACES
        if opened.may(act)
    ]
    bar = Identity(
        name=who.name,
        code=code,
        href=reverse("desk:child", kwargs={"code": code}) + as_of.query,
        facts=tuple(facts),
        alerts=tuple(alerts),
        links=tuple(places),
        restricted=opened.record.restriction != Restriction.STANDARD,
    )
    return Head(bar, code, as_of, here)


def _age(who: Who) -> Fact:
    if who.age and who.born_on:
        return Fact("Age", who.age, when=who.born_on)
    return Fact("Unborn" if who.unborn else "Age", who.life)


def _seen(label: str, when: date | None, as_of: AsOf) -> Fact:
    return Fact(label, when=when, note=distance(when, as_of.on) if when else "")
