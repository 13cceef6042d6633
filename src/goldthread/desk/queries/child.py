"""A child's pages: who she is and what is happening, her duties, her family, her details, who works with her."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from goldthread.access import gate
from goldthread.access import queries as access
from goldthread.access.gate import Opened
from goldthread.access.vocabulary import OWNERS, Act
from goldthread.chronology.queries import summary
from goldthread.chronology.summary import Folded
from goldthread.clocks.queries import of_record
from goldthread.desk.pages.child import ChildPage, DetailsPage, DutiesPage, FamilyPage, Involved, InvolvedPage, Part
from goldthread.desk.pages.days import AsOf
from goldthread.desk.queries.chronology import latest
from goldthread.desk.queries.duties import edition_sentence, owed
from goldthread.desk.queries.heads import head
from goldthread.kernel.acting import Actor
from goldthread.people.queries import Held, Home, members, profile
from goldthread.people.queries import family as tree
from goldthread.people.queries.profile import NUMBER_WITHHELD
from goldthread.people.tree.drawing import draw
from goldthread.people.tree.listing import listing
from goldthread.records.queries import by_codes
from goldthread.ui.pages import Fact, Link
from goldthread.ui.wording import day

LATEST = 5


def child(by: Actor, at: datetime, code: str, as_of: AsOf) -> tuple[ChildPage, Opened]:
    """This will give who a child is, what is open, what is owed, who is involved, and what happened last."""
    with gate.open_record(by=by, at=at, code=code, thing="child") as opened:
        above = head(opened, as_of, "child")
        when = None if as_of.now else as_of.on
        folded = summary(opened, stood_on=when, known_at=as_of.known_at)
        happened = latest(opened, as_of, LATEST)
        workers = sorted((one for one in access.involved(opened, as_of.on) if one.in_force), key=_nearest)
        answers = of_record(opened, as_of.on, as_of.known_at)
    open_ones = [one for one in answers if one.open and one.governs]
    page = ChildPage(
        head=above,
        now=_now(folded),
        owed=tuple(owed(one, as_of.on) for one in open_ones),
        answered=sum(1 for one in answers if not one.open and not one.gate),
        involved=tuple(_involved(one, opened, changing=False) for one in workers),
        latest=happened,
        acts=_acts(opened) if as_of.now else (),
    )
    return page, opened


def _nearest(one: access.Involved) -> tuple[bool, date]:
    """Those who answer for the child stand first."""
    return one.capacity not in set(OWNERS), one.from_on


def _now(folded: Folded) -> tuple[Fact, ...]:
    """What is open, the weightiest first."""
    open_now: tuple[tuple[str, date | None, str], ...] = (
        ("Child protection plan", folded.plan_since, ""),
        ("Section 47 enquiry", folded.enquiry_since, ""),
        ("Looked after", folded.looked_after_since, ""),
        ("Assessment", folded.assessment_since, ""),
        ("Child in need plan", folded.in_need_since, ""),
        ("Early help", folded.early_help_since, ""),
        ("Open to children’s social care", folded.open_since, ""),
    )
    facts = [Fact(label, f"Since {day(since)}", note=note) for label, since, note in open_now if since]
    if not folded.open_since and folded.closed_on:
        facts.append(Fact("Closed to children’s social care", when=folded.closed_on))
    return tuple(facts)


def _acts(opened: Opened) -> tuple[Link, ...]:
    """What this reader may do from here."""
    code = opened.code
    found = []
    if opened.may(Act.INVOLVE):
        found.append(Link("Involve someone", reverse("desk:involve", kwargs={"code": code})))
    if opened.may(Act.RESTRICT):
        found.append(Link("Who may know of it", reverse("desk:custody", kwargs={"code": code})))
    found.append(Link("I have a personal tie to this child or family", reverse("desk:own_tie", kwargs={"code": code})))
    return tuple(found)


def involved(by: Actor, at: datetime, code: str, as_of: AsOf) -> tuple[InvolvedPage, Opened]:
    """This will give who works with a child, and who did."""
    with gate.open_record(by=by, at=at, code=code, thing="involvement") as opened:
        above = head(opened, as_of, "involved")
        rows = access.involved(opened, as_of.on)
    changing = as_of.now and opened.may(Act.INVOLVE)
    shown = [_involved(one, opened, changing=changing and one.in_force) for one in rows]
    present = sum(1 for one in rows if one.in_force)
    begin = reverse("desk:involve", kwargs={"code": opened.code}) if changing else ""
    return InvolvedPage(above, tuple(shown[:present]), tuple(shown[present:]), begin), opened


def _involved(one: access.Involved, opened: Opened, *, changing: bool) -> Involved:
    end = None
    if changing:
        words = {"code": opened.code, "involvement": one.id}
        end = Link("End", reverse("desk:end_involvement", kwargs=words), context=f"the involvement of {one.name}")
    title = one.title if one.title.casefold() != one.capacity_words.casefold() else ""
    works = ", ".join(each for each in (title, one.organisation) if each)
    return Involved(
        name=one.name,
        capacity=one.capacity_words,
        works=works,
        contact=tuple(each for each in (one.phone, one.email) if each),
        from_on=one.from_on,
        until_on=one.until_on,
        because=one.because,
        end=end,
    )


def duties(by: Actor, at: datetime, code: str, as_of: AsOf) -> tuple[DutiesPage, Opened]:
    """This will give every duty of a child, with how its date was worked out."""
    with gate.open_record(by=by, at=at, code=code, thing="duties") as opened:
        above = head(opened, as_of, "duties")
        answers = of_record(opened, as_of.on, as_of.known_at)
    still_open = tuple(owed(one, as_of.on) for one in answers if one.open)
    over = tuple(owed(one, as_of.on) for one in answers if not one.open)
    return DutiesPage(above, still_open, over, edition_sentence(answers)), opened


def family(by: Actor, at: datetime, code: str, as_of: AsOf) -> tuple[FamilyPage, Opened]:
    """This will give the family as it stood on a day, drawn and as a list; the records of others that are linked are audited."""
    when = None if as_of.now else as_of.on
    with gate.open_record(by=by, at=at, code=code, thing="family") as opened:
        above = head(opened, as_of, "family")
        others = {one.person: one.code for one in members(opened, when, as_of.known_at) if one.code and one.openable}
        ids = by_codes(set(others.values()))
        listed = gate.listed(by=by, at=at, records=ids.values(), thing="family")
        shown = {each for each, record in ids.items() if record in listed.records}
        found = tree(opened, when, as_of.known_at, address_of=lambda each: _address(each) if each in shown else "")
    codes = {str(person): each for person, each in others.items() if each in shown}
    codes |= {one.id: opened.code for one in found.subjects}
    drawing = draw(found) if len(found.persons) > 1 else None
    return FamilyPage(above, drawing, listing(found), withheld=False, records=codes), opened


def _address(code: str) -> str:
    return reverse("desk:child", kwargs={"code": code})


def details(by: Actor, at: datetime, code: str, as_of: AsOf) -> tuple[DetailsPage, Opened]:
    """This will give names, numbers, addresses and what else is known of who a child is."""
    when = None if as_of.now else as_of.on
    with gate.open_record(by=by, at=at, code=code, thing="details") as opened:
        above = head(opened, as_of, "details")
        found = profile(opened, when, as_of.known_at)
    birth = [
        Fact("Born", when=found.born_on, note="The day is not certain" if found.born_estimated else "")
        if found.born_on
        else Fact("Expected", when=found.expected_on),
        Fact("Sex", found.sex),
    ]
    if found.died_on:
        birth.append(Fact("Died", when=found.died_on))
    parts = (
        Part("Birth", tuple(birth)),
        Part("Names", _facts(found.names)),
        Part("Numbers", _facts(found.identifiers)),
        Part("Addresses", tuple(_home(one) for one in found.homes)),
        Part("Telephone and email", _facts(found.contact_points)),
        Part("Language, health and background", _facts(found.characteristics)),
        Part("Parental responsibility", tuple(_responsible(one) for one in found.responsibilities)),
    )
    return DetailsPage(above, parts), opened


def _facts(several: Iterable[Held]) -> tuple[Fact, ...]:
    return tuple(_fact(one.label, one.value, one) for one in several)


def _responsible(one: Held) -> Fact:
    return _fact(one.value, one.label, one)


def _fact(label: str, value: str, one: Held) -> Fact:
    words = [one.note] if one.note else []
    if one.from_on or one.until_on:
        words.append(_period(one.from_on, one.until_on))
    sensitive = f"Kept from some: {one.sensitive}" if one.sensitive else ""
    kept_back = NUMBER_WITHHELD if one.withheld else value
    return Fact(f"{label} (before)" if one.past else label, kept_back, ". ".join(words), sensitive=sensitive)


def _home(one: Home) -> Fact:
    sensitive = f"Hidden: {one.hidden_because}" if one.hidden and not one.withheld else ""
    period = _period(one.from_on, one.until_on) if one.from_on or one.until_on else ""
    return Fact("Lived at" if one.past else "Lives at", one.shown, period, sensitive=sensitive)


def _period(from_on: date | None, until_on: date | None) -> str:
    if from_on and until_on:
        return f"From {day(from_on)} until {day(until_on)}"
    return f"From {day(from_on)}" if from_on else f"Until {day(until_on)}"
