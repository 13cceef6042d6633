"""Searching for a child before anyone makes a new record: who may be shown, and why each of them may be the one.

What is sought is compared with everybody; what is shown passed the gate. A person with a record of her own leads to it
and to no other; anybody else leads to the records that she belongs to. Of a record that may not be known of nothing is
said, neither by what is shown nor by how many there are; and of one that may be found and not opened, nothing but its stub.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from goldthread.access import gate
from goldthread.access.vocabulary import Act
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.kernel.acting import Actor, acting_as
from goldthread.people import identifiers
from goldthread.people.addresses import Alike as AlikePlaces
from goldthread.people.models import Indexed, Membership, Person, known
from goldthread.people.queries import wording
from goldthread.people.queries.lists import Stub, names
from goldthread.people.queries.search import candidates
from goldthread.people.queries.search.asked import Read, Search, read
from goldthread.people.vocabulary import CAPACITY_WORDS, Capacity, words_of
from goldthread.records.queries import standing_for_several

__all__ = ["Result", "Results", "Search", "search"]

SHOWN = 20
"""Records that are shown at most; whoever has more is asked to say more of the one who is sought."""

MOST_LOOKED_AT = 10 * SHOWN
"""Records of which it is asked whether the searcher may find them, before a search ends with what it has."""


@dataclass(frozen=True, slots=True)
class Result:
    """A record that may be the sought one: its stub, why in words, and whether the searcher may open it.

    `through` says by whom it was found, where it was not the child herself: "Mira Moor, parent".
    """

    stub: Stub
    why: tuple[str, ...]
    openable: bool
    through: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, the likeliest first; `more` where it was cut short."""

    results: tuple[Result, ...]
    more: bool


@dataclass(slots=True)
class _Reason:
    """Why a person may be the one: how many things that were asked for fit, then how well, then in words."""

    fits: int = 0
    order: tuple[int, ...] = ()
    words: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)  # the same, without what only the record tells
    name: str = ""  # the one of her names that is like the sought one

    @property
    def rank(self) -> tuple[object, ...]:
        """The order among others: whatever fits in more ways goes first."""
        return (-self.fits, self.order or (99,))


def search(by: Actor, at: datetime, asked: Search) -> Results:
    """This will search, keep in the audit that it was done and for what, and give what the searcher may be shown.

    The number of queries does not grow with what is found, but for records that are hidden. Refuses with `RuleBroken` what cannot be searched for.
    """
    wanted = read(asked, timezone.localdate(at))
    with acting_as(by):
        write(by, at, [Line(Verb.SEARCHED, thing="people", content=_content(asked))])
        reasons = _reasons(wanted, at)
        return _shown(by, at, reasons)


def _content(asked: Search) -> dict[str, object]:
    said = {name: getattr(asked, name) for name in Search.__slots__}
    return {name: value for name, value in said.items() if value not in ("", None, False)}


def _reasons(wanted: Read, at: datetime) -> dict[int, _Reason]:
    """Everybody who may be the one, by id."""
    found: dict[int, _Reason] = {}
    on = timezone.localdate(at)
    for person, kind in candidates.by_identifier(wanted.codes).items():
        named = identifiers.KINDS.get(kind)
        said = f"the same {named.name if named else 'reference' if kind == 'reference' else 'number'}"
        _add(found, person, (0,), (said,), (said,))
    for person, still in candidates.by_contact(wanted.reached).items():
        said = "is reached at this number or address" if still else "was once reached at this number or address"
        _add(found, person, (0 if still else 2,), (said,), ("the number or address at which somebody is reached",))
    for person, (how, words, still) in candidates.by_door(wanted.door, on).items():
        said = words if still else f"{words} (lived there once)"
        # A postcode in common is little beside a name.
        _add(
            found,
            person,
            (int(how) + (not still),),
            (said,),
            ("an address like the one you typed",),
            fits=how < AlikePlaces.SAME_POSTCODE,
        )
    if wanted.by_name_or_birth:
        for one in candidates.matches(wanted.sought):
            birth = [
                said for said in one.words if "birth" in said or "born" in said or "age" in said or "expected" in said
            ]
            plain = ("a name that is like the one you typed", *birth) if wanted.sought.name.whole else one.words
            _add(found, int(one.id), one.order, one.words, plain)
            found[int(one.id)].name = one.name.whole
    return found


def _add(
    found: dict[int, _Reason],
    person: int,
    order: tuple[int, ...],
    words: Sequence[str],
    plain: Sequence[str],
    *,
    fits: bool = True,
) -> None:
    reason = found.setdefault(person, _Reason())
    reason.fits += fits
    reason.order = order if not reason.order else (*reason.order[:1], *order)
    reason.words += words
    reason.plain += plain


def _shown(by: Actor, at: datetime, reasons: Mapping[int, _Reason]) -> Results:
    leads = _leads(reasons)
    ordered = sorted(leads, key=lambda record: (min(reasons[person].rank for person, _ in leads[record]), record))
    findable, looked = _findable(by, at, ordered)
    # Those who answer for a hidden record are told of a search that would have shown it, and not of any other.
    cut = [record for record in ordered if record in findable][SHOWN - 1 : SHOWN]
    reached = ordered[: ordered.index(cut[0]) + 1] if cut else ordered[:looked]
    found = gate.found(by=by, at=at, matched=reached)
    stubs = names(found)
    called = _called({person for record in found.openable for person, _ in leads[record]})
    shown = []
    for record in reached:
        if record not in stubs:
            continue
        openable = record in found.openable
        person, capacity = min(leads[record], key=lambda lead: (reasons[lead[0]].rank, lead[1] != "", lead[0]))
        reason = reasons[person]
        through, why = "", reason.words
        if capacity:
            who = called.get(person, "") if openable else ""
            through = f"{who}, {words_of(CAPACITY_WORDS, capacity)}" if who else "somebody who belongs to this record"
        if not openable and (capacity or reason.name != stubs[record].name):
            why = reason.plain
        shown.append(Result(stubs[record], tuple(dict.fromkeys(why)), openable, through))
    return Results(tuple(shown), len(findable) > SHOWN)


def _findable(by: Actor, at: datetime, ordered: Sequence[int]) -> tuple[set[int], int]:
    """Those of the likeliest records that she may find, until there are more than are shown; and how many were looked at."""
    findable: set[int] = set()
    looked = 0
    while len(findable) <= SHOWN and looked < min(len(ordered), MOST_LOOKED_AT):
        some = ordered[looked : looked + 2 * SHOWN]
        within = Person.objects.filter(gate.within_reach(by, at, "record", act=Act.FIND), record__in=some)
        findable |= set(within.values_list("record", flat=True))
        looked += len(some)
    return findable, looked


def _leads(people: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """The records that people lead to, each as the one it is read as part of, with who leads there and as what."""
    leads: dict[int, set[tuple[int, str]]] = {}
    own = dict(Person.objects.filter(pk__in=people, record__isnull=False).values_list("pk", "record"))
    others = [person for person in people if person not in own]
    rows = Membership.objects.filter(known(None), person__in=others).order_by("pk")
    belongs = list(rows.values_list("person", "record", "capacity"))
    roots = standing_for_several({*own.values(), *(record for _, record, _ in belongs)})
    for person, record in own.items():
        leads.setdefault(roots[record], set()).add((person, ""))
    for person, record, capacity in belongs:
        as_what = "" if capacity == Capacity.SUBJECT else capacity
        leads.setdefault(roots[record], set()).add((person, as_what))
    return {record: sorted(who) for record, who in leads.items()}


def _called(people: Collection[int]) -> dict[int, str]:
    rows = Indexed.objects.filter(person__in=people).values_list("person", "given", "family")
    return {person: wording.called(given, family) for person, given, family in rows}
