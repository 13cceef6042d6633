"""Random lives for the tests: facts of every kind that the rules name, with gaps, links, corrections and sources."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from goldthread.duties import rules, words
from goldthread.duties.corrections import start_of_day
from goldthread.duties.event import Event, Pattern, Source

FIRST = date(2024, 12, 2).toordinal()
LAST = date(2026, 2, 27).toordinal()
PROCESSES = {
    "referral": ("referral:R1", "referral:R2"),
    "strategy": ("strategy:S1", "strategy:S2"),
    "section": ("enquiry:E1", "enquiry:E2"),
    "conference": ("conference:K1", "conference:K2", "conference:K3"),
    "plan": ("plan:P1",),
    "assessment": ("assessment:A1",),
}
BUSY = (
    "referral-received", "referral-acknowledged", "referral-decided", "assessment-started", "assessment-completed",
    "assessment-delay-explained", "strategy-discussion-held", "section-47-started", "section-47-concluded",
    "conference-held", "core-group-held", "plan-ended", "child-died", "child-identified", "case-closed", "child-seen",
    "moved-in-notified", "referral-withdrawn", "conference-decided-against", "child-in-need-plan-made",
    "child-in-need-plan-reviewed",
)  # fmt: skip
DAY_STEP = 24 * 3600 * 1_000_000


def days() -> st.SearchStrategy[int]:
    """Give days that often lie near one another and near the borders that duties count to."""
    return st.one_of(
        st.integers(FIRST, LAST), st.integers(FIRST, FIRST + 60), st.sampled_from([FIRST, FIRST + 1, LAST])
    )


def field(values: Any) -> st.SearchStrategy[Any]:
    """Give a value that a field may hold, or now and then one that it may not."""
    if isinstance(values, words.Many):
        return st.lists(st.sampled_from(values.many), min_size=1, max_size=2)
    if isinstance(values, tuple):
        return st.sampled_from((*values, *values, "something-else"))
    if values == "boolean":
        return st.booleans()
    if values == "date":
        return st.integers(FIRST, LAST).map(lambda day: date.fromordinal(day).isoformat())
    if values == "number":
        return st.sampled_from([2024, 2025, 2026])
    if values == "list":
        return st.just([{"id": "a1", "by": "2025-03-14"}, {"id": "a2"}])
    return st.sampled_from(["a1", "reason", "panel", "foundations"])


@st.composite
def event(draw: st.DrawFn, place: int, subjects: tuple[str, ...], kinds: tuple[str, ...]) -> Event:
    """Give one fact of a kind, with some of its fields, perhaps a process and links."""
    pack = rules.load()
    name = draw(st.sampled_from(kinds))
    kind = pack.kinds[name]
    data = {}
    for one, values in kind.fields.items():
        if draw(st.integers(0, 3)):
            data[one] = draw(field(values))
    if name == "child-identified":
        data = {"born_on": draw(st.sampled_from(["2015-05-05", "2007-06-16", "2008-02-29", "2025-01-31"]))}
    process = None
    links: tuple[str, ...] = ()
    if draw(st.integers(0, 2)) == 0:
        own = PROCESSES.get(name.split("-")[0])
        process = draw(st.sampled_from(own)) if own else None
    if draw(st.integers(0, 3)) == 0:
        links = (draw(st.sampled_from([one for group in PROCESSES.values() for one in group])),)
    who = subjects[:1] if len(subjects) == 1 else draw(st.sampled_from([subjects, subjects[:1], subjects[1:2]]))
    return Event(
        id=f"e{place:02d}",
        subjects=who,
        kind=name,
        day=draw(st.one_of(days(), days(), days(), days(), st.none())) if name != "child-identified" else FIRST,
        process=process,
        links=links,
        data=data,
    )


@st.composite
def children(draw: st.DrawFn, most: int = 12) -> list[Event]:
    """Give the facts of one child or of two siblings."""
    subjects = draw(st.sampled_from([("child:A",), ("child:A",), ("child:A", "child:B")]))
    pack = rules.load()
    every = tuple(
        sorted(name for name, kind in pack.kinds.items() if "child" in kind.subjects or "any" in kind.subjects)
    )
    kinds = draw(st.sampled_from([BUSY, BUSY, every]))
    return [draw(event(place, subjects, kinds)) for place in range(draw(st.integers(1, most)))]


@st.composite
def others(draw: st.DrawFn, most: int = 9) -> list[Event]:
    """Give the facts of an incident, a review, an allegation, a death or a partnership."""
    type_ = draw(st.sampled_from(["incident", "review", "allegation", "death", "partnership"]))
    pack = rules.load()
    kinds = tuple(sorted(name for name, kind in pack.kinds.items() if type_ in kind.subjects or "any" in kind.subjects))
    return [draw(event(place, (f"{type_}:X",), kinds)) for place in range(draw(st.integers(1, most)))]


@st.composite
def corrected(draw: st.DrawFn, facts: list[Event]) -> list[Event]:
    """Add corrections and withdrawals, each recorded later than what it is about."""
    found = list(facts)
    open_ = [one for one in facts if one.day is not None]
    for place in range(draw(st.integers(0, 3))):
        if not open_:
            break
        target = draw(st.sampled_from(open_))
        open_.remove(target)
        assert target.day is not None
        recorded = (target.recorded or start_of_day(target.day)) + draw(st.integers(1, 90)) * DAY_STEP
        one = target._replace(
            id=f"c{place}",
            replaces=target.id,
            void=draw(st.booleans()),
            recorded=recorded,
            day=draw(days()),
            subjects=target.subjects[:1],
        )
        found.append(one)
        open_.append(one)
    return found


def sources() -> st.SearchStrategy[Source]:
    """Give what a file may be able to hold: everything, or a census-like part of it."""
    pack = rules.load()
    kinds = sorted(pack.kinds)
    opens = st.one_of(st.none(), st.integers(FIRST, FIRST + 200))
    closes = st.one_of(st.none(), st.integers(LAST - 200, LAST))
    census = frozenset(
        ("child-identified", "child-died", "referral-received", "assessment-started", "assessment-completed",
         "strategy-discussion-held", "section-47-started", "conference-held", "plan-ended", "case-closed")
    )  # fmt: skip
    carries = st.one_of(st.none(), st.just(census), st.sets(st.sampled_from(kinds), min_size=20).map(frozenset))
    whole = st.sampled_from([(), (Pattern("conference-held", (("type", frozenset({"initial"})),)),)])
    last = st.sampled_from([(), (Pattern("conference-held", (("type", frozenset({"review"})),)),)])
    return st.builds(Source, carries, opens, closes, whole, last)


def as_ofs() -> st.SearchStrategy[int]:
    """Give a day to ask about."""
    return st.integers(FIRST, LAST + 200)


def iso(days_from_first: int) -> str:
    """Write a day counted from the first as an ISO date."""
    return (date.fromordinal(FIRST) + timedelta(days=days_from_first)).isoformat()


@st.composite
def plans(draw: st.DrawFn) -> list[Event]:
    """Give a plan with its reviews and core groups, each meeting a process of its own, now and then linked to the plan."""
    day = FIRST + draw(st.integers(0, 60))
    found = [_meeting("k0", day, "conference-held", {"type": "initial", "outcome": "plan"}, draw(st.booleans()))]
    for place in range(draw(st.integers(0, 5))):
        day += draw(st.integers(1, 120))
        kind = draw(st.sampled_from(["conference-held", "conference-held", "core-group-held", "plan-ended"]))
        outcome = draw(st.sampled_from(["continued", "continued", "changed", "ended"]))
        data = {"type": "review", "outcome": outcome} if kind == "conference-held" else {}
        found.append(_meeting(f"k{place + 1}", day, kind, data, draw(st.booleans())))
    return found


def _meeting(ident: str, day: int, kind: str, data: dict[str, Any], linked: bool) -> Event:
    process = None if kind == "plan-ended" else f"conference:{ident}"
    return Event(ident, ("child:A",), kind, day, process, ("plan:P1",) if linked else (), data)
