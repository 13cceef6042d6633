"""One lot of families: who of them is here already, what is told of them, and how that compares with what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from goldthread.agencies.models import Organisation
from goldthread.invented import people as told_people
from goldthread.invented.people import Told
from goldthread.kernel import references
from goldthread.people import indexing, rows, texts
from goldthread.people.models import Address, Identifier, Membership, Person
from goldthread.people.taking import reading
from goldthread.people.taking.comparing import Compared, compare
from goldthread.people.taking.reading import LOADED_AS, Row, file_id
from goldthread.people.taking.tables import TABLES, VITALS
from goldthread.people.taking.taken import Taken
from goldthread.people.vocabulary import Capacity, RelationshipHow, RelationshipKind, ResponsibilityHow
from goldthread.records import actions as records
from goldthread.records import queries
from goldthread.records.models import Record, RecordKind, Restriction

LOCAL = "local-child-id"


class Batch:
    """Takes in some families at one go."""

    def __init__(
        self,
        families: Sequence[Told],
        taken: Taken,
        words: indexing.Words,
        at: datetime,
        organisations: dict[str, int],
    ) -> None:
        self.families, self.taken, self.words, self.at, self.organisations = families, taken, words, at, organisations
        self.people = {one.id: one for told in families for one in told.persons}
        self.files = {one.id: one for told in families for one in told.records if one.kind == RecordKind.CHILD.value}
        self.rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.vitals: list[Row] = []
        self.new_persons: dict[str, int] = {}
        self.new_records: dict[str, int] = {}
        self.new_addresses: dict[str, int] = {}
        self.adopted: dict[int, int] = {}  # persons who were here and get a record of their own now
        self.writing = False

    def write(self, touch: Callable[[int, int], None]) -> None:
        """This will take everything in, and tell which records were touched, and by how many facts."""
        self.writing = True
        compared = self._compared()
        self._write_persons()
        changed: Counter[int] = Counter()
        for one in compared:
            one.write(self.at)
            if one.table.owner != "address_id":
                changed.update(one.changes)
        self._index(compared)
        self._touch(changed, touch)

    def compare(self) -> None:
        """This will only count."""
        self._compared()

    def _compared(self) -> list[Compared]:
        self._find()
        self._number()
        self._gather()
        new = {*self.new_persons.values()}
        places = {*self.new_addresses.values()}
        compared = [compare(VITALS, self.vitals, new, self.taken)]
        for name, table in TABLES.items():
            compared.append(compare(table, self.rows[name], places if name == "hidings" else new, self.taken))
        return compared

    # Who is here already.

    def _find(self) -> None:
        mentioned = {*self.people, *self.files}
        for told in self.families:
            mentioned |= {one.person for one in told.residences} | {one.person for one in told.memberships}
            mentioned |= {who for one in told.relationships for who in (one.person, one.other)}
            mentioned |= {who for one in told.responsibilities for who in (one.child, one.holder)}
        missing = {file_id(one): one for one in mentioned if one not in self.taken.persons}
        found: dict[int, str] = {}
        for some in rows.batches(sorted(missing), 2000):
            for value, person in (
                Identifier.objects.known().filter(kind=LOADED_AS, value__in=some).values_list("value", "person")
            ):
                self.taken.persons[missing[value]] = person
                found[person] = missing[value]
        self._find_by_number({one for one in missing.values() if one not in self.taken.persons}, found)
        for numbers in rows.batches(sorted(found), 2000):
            for person, record in Person.objects.filter(pk__in=numbers, record__isnull=False).values_list(
                "pk", "record"
            ):
                self.taken.records[found[person]] = record
        self._find_addresses()

    def _find_by_number(self, missing: set[str], found: dict[int, str]) -> None:
        numbered: dict[str, str] = {}
        for one in missing & self.people.keys():
            for number in self.people[one].identifiers:
                if number.kind == LOCAL:
                    numbered[reading.value_of(LOCAL, number.value)] = one
        for some in rows.batches(sorted(numbered), 2000):
            there = Identifier.objects.known().filter(kind=LOCAL, value__in=some, person__record__isnull=False)
            for value, person in there.order_by("-pk").values_list("value", "person"):
                self.taken.persons[numbered[value]] = person
                found[person] = numbered[value]

    def _find_addresses(self) -> None:
        mentioned = {one.id for told in self.families for one in told.addresses}
        mentioned |= {one.address for told in self.families for one in told.residences}
        missing = {file_id(one): one for one in mentioned if one not in self.taken.addresses}
        for some in rows.batches(sorted(missing), 2000):
            for said, place in Address.objects.filter(loaded_as__in=some).values_list("loaded_as", "pk"):
                self.taken.addresses[missing[said]] = place

    # Numbers for those who are new.

    def _number(self) -> None:
        taken = self.taken
        new = [one for one in self.people if one not in taken.persons]
        self.new_persons = dict(zip(new, self._numbers(Person, len(new)), strict=True))
        taken.persons.update(self.new_persons)
        files = []
        for one in self.files.values():
            if one.id in taken.records:
                taken.same["records"] += 1
            elif one.id in taken.persons:
                files.append(one.id)
            else:
                taken.leave_out("records", f"{one.id}: a record of a child of whom nothing is told.")
        for told in self.families:
            for other in told.records:
                if other.kind != RecordKind.CHILD.value:
                    taken.leave_out(
                        "records", f"{other.id}: a record of a kind that is not kept yet ({other.kind!r:.40})."
                    )
        self.new_records = dict(zip(files, self._numbers(Record, len(files)), strict=True))
        taken.records.update(self.new_records)
        self.adopted = {
            taken.persons[one]: record for one, record in self.new_records.items() if one not in self.new_persons
        }
        taken.new["records"] += len(files)
        taken.new["persons"] += len(new)
        taken.same["persons"] += len(self.people) - len(new)
        places = {one.id: one for told in self.families for one in told.addresses}
        unknown = [one for one in places if one not in taken.addresses]
        self.new_addresses = dict(zip(unknown, self._numbers(Address, len(unknown)), strict=True))
        taken.addresses.update(self.new_addresses)
        taken.new["addresses"] += len(unknown)
        taken.same["addresses"] += len(places) - len(unknown)

    def _numbers(self, model: Any, how_many: int) -> list[int]:
        if not how_many:
            return []
        if self.writing:
            return rows.numbers(model, how_many)
        self.taken.imagined += how_many
        return list(range(-self.taken.imagined, how_many - self.taken.imagined))

    # What is told, in rows of ours.

    def _gather(self) -> None:
        taken = self.taken
        for one in self.people.values():
            number = taken.persons[one.id]
            self.vitals.append((number, *reading.vitals(one)))
            for sort, row in reading.sound(one, taken):
                self.rows[sort].append((number, *row))
        for told in self.families:
            for place in told.addresses:
                if place.hidden_because:
                    because = texts.kept(place.hidden_because, 500)
                    self.rows["hidings"].append((taken.addresses[place.id], None, because, None))
            self._gather_homes(told)
            self._gather_relationships(told)
            self._gather_responsibilities(told)

    def _gather_homes(self, told: Told) -> None:
        for home in told.residences:
            if self._fits("residences", home, (home.person,), place=home.address):
                self.rows["residences"].append(
                    (self.taken.persons[home.person], self.taken.addresses[home.address], home.from_on, home.until_on)
                )
        for one in told.memberships:
            if one.record not in self.taken.records:
                if one.record in self.files or one.record.startswith("child:"):
                    self.taken.leave_out(
                        "memberships", f"{one.person}: belongs to {one.record}, of which there is no record."
                    )
                continue  # of an incident or a review, which has been said once already
            if not reading.known_code(Capacity, one.capacity):
                self.taken.leave_out("memberships", f"{one.person}: belongs to a record as {one.capacity!r:.40}.")
            elif self._fits("memberships", one, (one.person,)):
                self.rows["memberships"].append((
                    self.taken.persons[one.person], self.taken.records[one.record], one.capacity, one.from_on, one.until_on
                ))  # fmt: skip

    def _gather_relationships(self, told: Told) -> None:
        for one in told.relationships:
            how = one.how or ""
            if not reading.known_code(RelationshipKind, one.kind) or (
                how and not reading.known_code(RelationshipHow, how)
            ):
                self.taken.leave_out(
                    "relationships", f"{one.person}: is {one.kind!r:.40} ({how!r:.40}), which is not known."
                )
            elif one.person == one.other:
                self.taken.leave_out("relationships", f"{one.person}: cannot be a relative of their own.")
            elif self._fits("relationships", one, (one.person, one.other)):
                person, other = self.taken.persons[one.person], self.taken.persons[one.other]
                if person != other:  # the file may know one child under two numbers
                    self.rows["relationships"].append((person, one.kind, other, one.from_on, how, one.until_on))

    def _gather_responsibilities(self, told: Told) -> None:
        for one in told.responsibilities:
            agency = self._agency(one.holder) if one.holder not in self.taken.persons else None
            who = (one.child,) if agency else (one.child, one.holder)
            if not reading.known_code(ResponsibilityHow, one.how):
                self.taken.leave_out("responsibilities", f"{one.child}: responsibility acquired by {one.how!r:.40}.")
            elif self._fits("responsibilities", one, who):
                holder = None if agency else self.taken.persons[one.holder]
                self.rows["responsibilities"].append(
                    (self.taken.persons[one.child], holder, agency, one.how, one.from_on, one.until_on)
                )

    def _agency(self, said: str) -> int | None:
        if said not in self.organisations and said.startswith("org:"):
            home = Organisation.objects.filter(is_home=True).values_list("pk", flat=True).first()
            if home is not None:
                self.organisations[said] = home
        return self.organisations.get(said)

    def _fits(self, sort: str, one: Any, who: Iterable[str], place: str | None = None) -> bool:
        for each in who:
            if each not in self.taken.persons:
                self.taken.leave_out(sort, f"{each}: is named in {sort}, and nothing is told of who this is.")
                return False
        if place is not None and place not in self.taken.addresses:
            self.taken.leave_out(sort, f"{place}: somebody lives here, and nothing is told of where it is.")
            return False
        if not reading.period(one.from_on, one.until_on):
            self.taken.leave_out(sort, f"{next(iter(who))}: one of the {sort} ends before it begins.")
            return False
        return True

    # Writing.

    def _write_persons(self) -> None:
        codes = _codes(len(self.new_records))
        opened = (self.files[one] for one in self.new_records)
        records.begin_many(
            Record(
                pk=self.new_records[one.id],
                code=code,
                kind=RecordKind.CHILD.value,
                restriction=_restriction(one),
                opened_on=one.opened_on,
            )
            for one, code in zip(opened, codes, strict=True)
        )
        rows.insert(
            Person,
            ("id", "record_id", "recorded_at", "version"),
            ((number, self.new_records.get(one), self.at, 1) for one, number in self.new_persons.items()),
        )
        for number, record in self.adopted.items():
            person = Person.objects.get(pk=number)
            person.change(version=person.version, record_id=record)
        places = {one.id: one for told in self.families for one in told.addresses}
        written = [(number, *reading.address(places[one]), file_id(one)) for one, number in self.new_addresses.items()]
        rows.insert(
            Address,
            ("id", "lines", "town", "postcode", "loaded_as", "recorded_at"),
            ((*place, self.at) for place in written),
        )
        indexing.add_doors(place[:4] for place in written)

    def _index(self, compared: Sequence[Compared]) -> None:
        by_name = {one.table.name: one for one in compared}
        names: dict[int, list[tuple[str, str, str, date | None, date | None]]] = {}
        for person, given, family, from_on, use, _, until_on in by_name["names"].written:
            names.setdefault(person, []).append((use, given, family, from_on, until_on))
        born = {row[0]: row for row in by_name["vitals"].written}
        new = set(self.new_persons.values())
        entries = []
        for person in self.new_persons.values():
            _, _, born_on, estimated, expected_on, died_on, _ = born[person]
            day = indexing.birth(born_on, estimated, expected_on)
            entries.append(indexing.entry(person, names.get(person, ()), day, died_on))
        indexing.add(entries, self.words)
        indexing.reindex((names.keys() | born.keys()) - new, self.words)

    def _touch(self, changed: Counter[int], touch: Callable[[int, int], None]) -> None:
        touched: Counter[int] = Counter()
        own = {self.taken.persons[one]: record for one, record in self.taken.records.items() if one in self.people}
        belongs: dict[int, set[int]] = {person: {record} for person, record in own.items()}
        new = set(self.new_persons.values())
        for person, record, *_ in self.rows["memberships"]:
            belongs.setdefault(person, set()).add(record)
        for some in rows.batches(sorted(changed.keys() - new), 2000):
            there = Membership.objects.known().filter(person__in=some)
            for person, record in there.values_list("person", "record"):
                belongs.setdefault(person, set()).add(record)
        for person, facts in changed.items():
            for record in belongs.get(person, ()):
                touched[record] += facts
        for record in self.new_records.values():
            touched[record] += 1
        for record, facts in sorted(touched.items()):
            touch(record, facts)


def _restriction(one: told_people.Record) -> str:
    known = reading.known_code(Restriction, one.sensitivity)
    # What is not known to be open to all who search is kept from them.
    return one.sensitivity if known else Restriction.RESTRICTED.value


def _codes(how_many: int) -> list[str]:
    """Draw references that no record has: among many, chance would give the same one twice some day."""
    codes: dict[str, None] = {}
    while len(codes) < how_many:
        drawn = {references.make(): None for _ in range(how_many - len(codes))}
        for some in rows.batches(drawn, 2000):
            for code in queries.by_codes(some):
                del drawn[code]
        codes.update(drawn)
    return list(codes)
