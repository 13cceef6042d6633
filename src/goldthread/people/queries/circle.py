"""Who belongs to a record that is open, as it stood and as it was known: everybody but those who are to be kept back.

Someone with a record of her own, of which the reader may not know, is left out of everything, without a trace.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from goldthread.access import gate
from goldthread.access.gate import Changing, Opened
from goldthread.access.vocabulary import Act
from goldthread.kernel.acting import memo
from goldthread.people.indexing import best_name
from goldthread.people.models import Membership, Person, PersonName, Vitals, held, known
from goldthread.people.vocabulary import Sex
from goldthread.records.queries import standing_for_several


@dataclass(frozen=True, slots=True)
class When:
    """The day on which things are asked as they stood, and the moment as of which they were known; None is now."""

    on: date
    known_at: datetime | None = None

    @property
    def condition(self) -> Q:
        """The condition on facts: they held, and were known."""
        return held(self.on) & self.known

    @property
    def known(self) -> Q:
        """The condition on facts that they were known, whenever they held."""
        return known(self.known_at)

    @property
    def begun(self) -> Q:
        """The condition that a fact had begun, whether or not it had ended."""
        return self.known & (Q(from_on__isnull=True) | Q(from_on__lte=self.on))


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person as the record shows her: `rows` are the ids under which she is held, the one to speak of first."""

    id: int
    rows: tuple[int, ...]
    given: str
    family: str
    sex: Sex
    born_on: date | None
    born_estimated: bool
    expected_on: date | None
    died_on: date | None
    capacities: tuple[str, ...]
    record: int | None
    code: str
    subject: bool

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Circle:
    """Everybody who is shown with a record, the child first."""

    when: When
    people: tuple[Somebody, ...]
    openable: frozenset[int]  # those of them whose own record the reader may open too

    @property
    def subject(self) -> Somebody | None:
        """The child."""
        return next((one for one in self.people if one.subject), None)

    @property
    def by_row(self) -> dict[int, Somebody]:
        """Everybody, by each id under which she is held."""
        return {row: one for one in self.people for row in one.rows}


def when(opened: Opened, on: date | None, known_at: datetime | None) -> When:
    """This will give the times that are asked about; without a day, today."""
    return When(on or opened.on, known_at)


def circle(opened: Opened, asked: When, *, only_subject: bool = False, all_times: bool = False) -> Circle:
    """This will give those who belonged to a record; with `all_times` those who once did as well. Few queries, whoever they are.

    Raises `Denied` where the record was opened for something less than reading it. Several parts of a page ask for the same
    people: while a record is only read, they are asked of the database once.
    """
    opened.check(Act.OPEN)
    if isinstance(opened, Changing):
        return _circle(opened, asked, only_subject=only_subject, all_times=all_times)
    key = (circle, opened.by, opened.records, asked, only_subject, all_times and not only_subject)
    remembered = memo()
    if key not in remembered:
        remembered[key] = _circle(opened, asked, only_subject=only_subject, all_times=all_times)
    found: Circle = remembered[key]
    return found


def _subjects(opened: Opened) -> list[int]:
    """The rows of the child herself; of records that were merged, several."""
    rows = Person.objects.filter(record__in=opened.records).order_by("pk").values_list("pk", flat=True)
    if isinstance(opened, Changing):
        return list(rows)
    key = (_subjects, opened.records)
    remembered = memo()
    if key not in remembered:
        remembered[key] = list(rows)
    found: list[int] = remembered[key]
    return found


def _circle(opened: Opened, asked: When, *, only_subject: bool, all_times: bool) -> Circle:
    subjects = _subjects(opened)
    capacities: dict[int, list[str]] = {}
    if not only_subject:
        rows = Membership.objects.filter(record__in=opened.records).order_by("from_on", "pk")
        rows = rows.filter(asked.begun if all_times else asked.condition)
        for person, capacity in rows.values_list("person", "capacity"):
            capacities.setdefault(person, []).append(capacity)
    groups, records = _together({*subjects, *capacities})
    allowed, codes, openable = _shown(opened, groups, records, set(subjects))
    everyone = [row for one in allowed for row in groups[one]]
    names, vitals = _names(everyone, asked), _vitals(everyone, asked)
    people = []
    for one in allowed:
        rows_of = groups[one]
        first = _best(rows_of, vitals)
        born_on = first[1] if first[1] is None or first[1] <= asked.on else None  # she was not yet born then
        given, family = next((names[row] for row in rows_of if row in names), ("", ""))
        is_subject = bool(set(rows_of) & set(subjects))
        people.append(
            Somebody(
                id=one,
                rows=rows_of,
                given=given,
                family=family,
                sex=Sex(first[0]),
                born_on=born_on,
                born_estimated=first[2],
                expected_on=first[3] or (first[1] if born_on is None else None),
                died_on=first[4] if first[4] is None or first[4] <= asked.on else None,
                capacities=tuple(dict.fromkeys(each for row in rows_of for each in capacities.get(row, ()))),
                record=None if is_subject else records.get(one),
                code=codes.get(one, ""),
                subject=is_subject,
            )
        )
    people.sort(key=lambda each: (not each.subject, each.born_on or each.expected_on or date.max, each.id))
    return Circle(asked, tuple(people), openable)


def _together(persons: Collection[int]) -> tuple[dict[int, tuple[int, ...]], dict[int, int]]:
    """Everybody by the id to speak of her by, with all ids that are hers, and the record that is read as her own."""
    stands_for = {one: one for one in persons}
    level, own = set(persons), {}
    while level:
        found = {
            pk: (same_as, record)
            for pk, same_as, record in Person.objects.filter(Q(pk__in=level) | Q(same_as__in=level)).values_list(
                "pk", "same_as", "record"
            )
        }
        own.update({pk: record for pk, (_, record) in found.items() if record})
        into = {pk: same_as for pk, (same_as, _) in found.items() if same_as is not None}
        level = {*into, *into.values()} - stands_for.keys()
        stands_for.update({one: one for one in level})
        for one, other in into.items():
            stands_for[one] = other
    groups: dict[int, list[int]] = {}
    for one in stands_for:
        groups.setdefault(_end(stands_for, one), []).append(one)
    ordered = {first: (first, *sorted(set(rows) - {first})) for first, rows in groups.items()}
    records = {}
    for first, rows_of in ordered.items():
        mine = [own[row] for row in rows_of if row in own]
        if mine:
            records[first] = mine[0]
    return ordered, records


def _end(stands_for: dict[int, int], one: int) -> int:
    seen = {one}
    while (other := stands_for[one]) != one and other not in seen:
        seen.add(other)
        one = other
    return one


def _shown(
    opened: Opened, groups: dict[int, tuple[int, ...]], records: dict[int, int], subjects: set[int]
) -> tuple[list[int], dict[int, str], frozenset[int]]:
    """Those who may be shown, the references of their own records, and which of these may be opened as well."""
    others = {one: record for one, record in records.items() if not subjects & set(groups[one])}
    if not others:
        return list(groups), {}, frozenset()
    rows_of_others = [row for one in others for row in groups[one]]
    own = dict(Person.objects.filter(pk__in=rows_of_others, record__isnull=False).values_list("pk", "record"))
    roots = standing_for_several(own.values())
    known_of = gate.known_of(opened.by, opened.at, {*roots, *roots.values()})
    allowed = []
    for one, rows in groups.items():
        hers = [own[row] for row in rows if row in own] if one in others else []
        if all(record in known_of and roots[record] in known_of for record in hers):
            allowed.append(one)
    shown = {one: roots[others[one]] for one in allowed if one in others}
    codes = _codes(shown.values())
    reached = _reached(opened, shown.values())
    return (
        allowed,
        {one: codes.get(record, "") for one, record in shown.items()},
        frozenset(one for one, record in shown.items() if record in reached),
    )


def _codes(records: Iterable[int]) -> dict[int, str]:
    return dict(Person.objects.filter(record__in=set(records)).values_list("record", "record__code"))


def _reached(opened: Opened, records: Iterable[int]) -> set[int]:
    wanted = set(records)
    if not wanted:
        return set()
    within = Person.objects.filter(gate.within_reach(opened.by, opened.at, "record"), record__in=wanted)
    return set(within.values_list("record", flat=True))


def _names(people: Collection[int], asked: When) -> dict[int, tuple[str, str]]:
    held_names: dict[int, list[tuple[str, str, str, date | None, date | None]]] = {}
    rows = PersonName.objects.filter(asked.begun, person__in=people).order_by("pk")
    for person, use, given, family, from_on, until_on in rows.values_list(
        "person", "use", "given", "family", "from_on", "until_on"
    ):
        over = until_on if until_on is not None and until_on <= asked.on else None
        # What a name is called today does not say what it was on a day when it was still borne.
        was = "current" if use == "former" and over is None else use
        held_names.setdefault(person, []).append((was, given, family, from_on, over))
    return {person: best_name(names) for person, names in held_names.items()}


_Vital = tuple[str, date | None, bool, date | None, date | None]


def _vitals(people: Collection[int], asked: When) -> dict[int, _Vital]:
    rows = Vitals.objects.filter(asked.known, person__in=people).order_by("pk")
    return {
        person: (sex, born_on, estimated, expected_on, died_on)
        for person, sex, born_on, estimated, expected_on, died_on in rows.values_list(
            "person", "sex", "born_on", "born_estimated", "expected_on", "died_on"
        )
    }


def _best(rows: Iterable[int], vitals: dict[int, _Vital]) -> _Vital:
    """What is known of someone who may be held under several ids: the first that knows a thing says it."""
    hers = [vitals[row] for row in rows if row in vitals]
    sex = next((one[0] for one in hers if one[0] != "U"), "U")
    born = next(((one[1], one[2]) for one in hers if one[1] is not None), (None, False))
    expected_on = next((one[3] for one in hers if one[3] is not None), None)
    died_on = next((one[4] for one in hers if one[4] is not None), None)
    return sex, *born, expected_on, died_on
