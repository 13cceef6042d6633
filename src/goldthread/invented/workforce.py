"""Draws the agencies, their teams and who has held each post since when, so that every case finds someone in post."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from datetime import date
from functools import partial
from random import Random

from goldthread.invented.agency_table import (
    CASE_TEAMS,
    ORGANISATIONS,
    REGISTERS,
    SOCIAL_WORKER,
    SOCIAL_WORKERS_IN_A_TEAM,
    OrganisationRow,
    SeatRow,
    TeamRow,
)
from goldthread.invented.cast import CAST, Part
from goldthread.invented.names import FAMILY_NAMES, MEN, WOMEN
from goldthread.invented.people import Agencies, CastMember, Organisation, Post, Practitioner, Team
from goldthread.invented.places import AREAS, PLACE, landline, mobile
from goldthread.invented.shares import between

OPEN_CHILDREN = {"assessment": 560.0, "safeguarding": 1430.0, "disabled-children": 185.0, "children-in-care": 235.0}
"""Children of an average authority who are open to each kind of team on a day: measured on the authority itself."""

CHILDREN_PER_WORKER = 17.0
LONGEST_TENURE_YEARS = 6.0
MONTH = 30


class Seat:
    """A post with all who have held it, one after the other without a gap."""

    __slots__ = ("begins", "holders", "role", "team")

    def __init__(self, team: str, role: str) -> None:
        self.team, self.role = team, role
        self.begins: list[int] = []
        self.holders: list[str] = []

    def at(self, day: int) -> str:
        """Give the practitioner who holds the post on a day."""
        return self.holders[max(bisect_right(self.begins, day) - 1, 0)]

    def between(self, from_: int, until: int) -> list[tuple[int, int, str]]:
        """Give who holds it in a period, with the part of it that is each one's."""
        first = max(bisect_right(self.begins, from_) - 1, 0)
        found = []
        while from_ < until:
            ends = self.begins[first + 1] if first + 1 < len(self.begins) else until
            found.append((from_, min(ends, until), self.holders[first]))
            from_, first = min(ends, until), first + 1
        return found


class Workforce:
    """All agencies from the day `since` to the day `on`, at so many times an average authority."""

    def __init__(self, rng: Random, since: int, on: int, size: float) -> None:
        self.rng, self.chance = rng, rng.random
        self.between = partial(between, self.chance)
        self.since, self.on, self.size = since, on, size
        self.organisations: list[Organisation] = []
        self.teams: list[Team] = []
        self.practitioners: list[Practitioner] = []
        self.posts: list[Post] = []
        self.cast: dict[str, str] = {}
        self._cast_seats: dict[str, Seat] = {}
        self._kinds: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self.seats: dict[tuple[str, str], list[Seat]] = defaultdict(list)
        self.by_team: dict[str, list[Seat]] = defaultdict(list)
        self.organisation_of_kind: dict[str, list[str]] = defaultdict(list)
        self.team_of_kind: dict[str, list[str]] = defaultdict(list)
        self.school_seats: dict[str, list[Seat]] = defaultdict(list)
        self._loads: dict[int, array[int]] = {}
        self._emails: dict[str, int] = {}
        self._moving: list[tuple[int, Practitioner]] = []
        self._areas = list(AREAS)
        self._parts = {(one.team_kind, one.number, one.role, one.seat): one for one in CAST}
        for row in ORGANISATIONS:
            self._organisations(row)

    def agencies(self) -> Agencies:
        """Give all of it as facts."""
        cast = tuple(CastMember(one.key, self.cast[one.key], one.says) for one in CAST)
        return Agencies(
            tuple(self.organisations), tuple(self.teams), tuple(self.practitioners), tuple(self.posts), cast
        )

    def choose(self, kind: str, role: str, from_: int, until: int, children: int) -> Seat:
        """Choose a seat for some children's case: of a few drawn at random, the one with the fewest children then."""
        seats = self.seats[kind, role]
        if len(seats) > 12:
            seats = [seats[int(self.chance() * len(seats))] for _ in range(6)]
        first, latest = self._month(from_), self._month(until)
        months = (first, (first + latest) // 2, latest)
        best = min(seats, key=lambda seat: sum(self._load(seat)[month] for month in months))
        self.take(best, from_, until, children)
        return best

    def take(self, seat: Seat, from_: int, until: int, children: int) -> None:
        """Count some children's case among those of a seat."""
        load = self._load(seat)
        for month in range(self._month(from_), self._month(until) + 1):
            load[month] += children

    def any(self, kind: str, role: str) -> Seat:
        """Give any seat of the role in a kind of team."""
        seats = self.seats[kind, role]
        return seats[int(self.chance() * len(seats))]

    def cast_seat(self, key: str) -> Seat:
        """Give the seat of one of the cast."""
        return self._cast_seats[key]

    def place_of(self, seat: Seat) -> str:
        """Give the name of the organisation in which a seat is."""
        return self._places[seat.team]

    def kind_of(self, team: str) -> str:
        """Give the kind of a team."""
        return self._kinds[team]

    def supervisor(self, seat: Seat) -> Seat:
        """Give the seat of who supervises the holder of this one."""
        return next((one for one in self.by_team[seat.team] if one.role == "practice-supervisor"), seat)

    def _month(self, day: int) -> int:
        return max(0, min(day, self.on) - self.since) // MONTH

    def _load(self, seat: Seat) -> array[int]:
        load = self._loads.get(id(seat))
        if load is None:
            load = self._loads[id(seat)] = array("i", [0]) * ((self.on - self.since) // MONTH + 2)
        return load

    def _organisations(self, row: OrganisationRow) -> None:
        count = max(1, round(row.how_many * self.size)) if row.how_many else 1
        if row.kind == "primary-school":
            count = max(count, 4)
        for number in range(count):
            area = self._areas[(len(self.organisations) + number * 7) % len(self._areas)]
            name = row.name.format(place=PLACE, area=area)
            if "{area}" in row.name and number >= len(self._areas):
                name = f"{name} ({number // len(self._areas) + 1})"
            elif count > 1 and "{area}" not in row.name:
                name = f"{name} {number + 1}"
            id_ = f"org:O{len(self.organisations) + 1}"
            part_of = self.organisation_of_kind[row.part_of][0] if row.part_of else None
            phone = landline(len(self.organisations) * 3 + 100)
            slug = "".join(letter for letter in name.lower().split("(")[0] if letter.isalnum())
            domain = f"{slug[:32]}{'' if number < len(self._areas) else number}.example"
            self.organisations.append(
                Organisation(id_, row.kind, name, phone, f"office@{domain}", _day(self.since - 3000), None, part_of)
            )
            self.organisation_of_kind[row.kind].append(id_)
            for team in row.teams:
                self._team_kind(id_, row.kind, team, domain)

    def _team_kind(self, organisation: str, kind: str, row: TeamRow, domain: str) -> None:
        if row.kind not in CASE_TEAMS:
            for number in range(max(1, round(row.how_many * self.size)) if row.how_many else 1):
                self._team(organisation, kind, row, number + 1, domain, None)
            return
        workers = max(2, round(OPEN_CHILDREN[row.kind] * self.size / CHILDREN_PER_WORKER))
        fewest = 2 if row.kind == "safeguarding" else 1
        teams = max(fewest, round(workers / SOCIAL_WORKERS_IN_A_TEAM))
        for number in range(teams):
            share = workers // teams + (number < workers % teams)
            self._team(organisation, kind, row, number + 1, domain, max(share, 2))

    def _team(self, organisation: str, of: str, row: TeamRow, number: int, domain: str, workers: int | None) -> None:
        id_ = f"team:T{len(self.teams) + 1}"
        name = row.name.format(n=number, area=self._areas[(number * 5) % len(self._areas)])
        local = "".join(letter if letter.isalnum() else "-" for letter in name.lower().split(" (")[0])
        phone = landline(len(self.teams) * 3 + 101)
        self.teams.append(Team(id_, organisation, row.kind, name, phone, f"{local}@{domain}", row.out_of_hours))
        self.team_of_kind[row.kind].append(id_)
        self._kinds[id_] = row.kind
        self._places[id_] = self.organisations[-1].name
        ordinal = len(self.team_of_kind[row.kind])
        seat_of_role: dict[str, int] = defaultdict(int)
        for spec in row.seats:
            count = workers if workers is not None and spec.role == SOCIAL_WORKER else spec.seats
            for _ in range(count):
                part = self._parts.get((row.kind, ordinal, spec.role, seat_of_role[spec.role]))
                seat_of_role[spec.role] += 1
                seat = Seat(id_, spec.role)
                self._fill(seat, spec, domain, part)
                self.seats[row.kind, spec.role].append(seat)
                self.by_team[id_].append(seat)
                if row.kind == "school-safeguarding":
                    self.school_seats[of].append(seat)

    def _fill(self, seat: Seat, spec: SeatRow, domain: str, part: Part | None) -> None:
        """Let one after the other hold a seat until today."""
        day = self.since
        latest = self.on + 1 if part is None else self.on - int(part.years * 365.25)
        while day < latest:
            drawn = self.chance()
            leaves = day + int(365.25 * (0.8 + (LONGEST_TENURE_YEARS - 0.8) * drawn))
            if leaves > latest - 60:
                leaves = latest
            someone = self._newcomer(spec, day, domain)
            self._hold(seat, spec, someone, day, leaves)
            if leaves < self.on and spec.profession == "social-worker" and self.chance() < 0.2:
                self._moving.append((leaves, someone))
            day = leaves
        if part is not None:
            someone = self._practitioner(spec, part.title, part.given_name, part.family_name, domain)
            self._hold(seat, spec, someone, day, self.on + 1)
            self.cast[part.key] = someone.id
            self._cast_seats[part.key] = seat

    def _hold(self, seat: Seat, spec: SeatRow, someone: Practitioner, from_: int, until: int) -> None:
        seat.begins.append(from_)
        seat.holders.append(someone.id)
        ended = _day(until) if until <= self.on else None
        self.posts.append(Post(someone.id, seat.team, spec.role, spec.title, _day(from_), ended))

    def _newcomer(self, spec: SeatRow, day: int, domain: str) -> Practitioner:
        """Find who comes into a post: now and then someone who left another team lately."""
        if spec.profession == "social-worker" and spec.role in (SOCIAL_WORKER, "practice-supervisor"):
            for place, (left, someone) in enumerate(self._moving):
                if left <= day <= left + 120:
                    del self._moving[place]
                    return someone
        woman = self.chance() < (0.3 if spec.profession in ("police-officer", "prison") else 0.78)
        names = WOMEN if woman else MEN
        given = names[int(self.chance() * len(names))]
        family = FAMILY_NAMES[int(self.chance() * len(FAMILY_NAMES))]
        drawn = self.chance()
        title = ("Ms" if drawn < 0.6 else "Mrs" if drawn < 0.9 else "Miss") if woman else "Mr"
        if spec.profession == "doctor":
            title = "Dr"
        elif spec.profession == "police-officer":
            title = "DS" if "sergeant" in spec.title else "DC"
        elif drawn > 0.985:
            title = "Mx"
        return self._practitioner(spec, title, given, family, domain)

    def _practitioner(self, spec: SeatRow, title: str, given: str, family: str, domain: str) -> Practitioner:
        number = len(self.practitioners) + 1
        local = f"{given}.{family}".lower()
        known = self._emails[local] = self._emails.get(local, 0) + 1
        if known > 1:
            local = f"{local}{known}"
        body, shape = REGISTERS.get(spec.profession, (None, ""))
        qualifications: list[str] = []
        if spec.profession == "social-worker":
            qualifications.append("social-work-qualified")
            if spec.role in ("practice-supervisor", "service-manager", "conference-chair"):
                qualifications.append("practice-supervisor")
            elif self.chance() < 0.2:
                qualifications.append("practice-educator")
        elif "safeguarding lead" in spec.title:
            qualifications.append("designated-safeguarding-lead")
        elif spec.profession == "police-officer" and self.chance() < 0.7:
            qualifications.append("joint-investigation")
        someone = Practitioner(
            f"practitioner:W{number}", title, given, family, spec.profession, f"{local}@{domain}",
            mobile(number * 7 + 3), body, shape.format(number) if body else None, tuple(qualifications),
        )  # fmt: skip
        self.practitioners.append(someone)
        return someone


def _day(day: int) -> date:
    return date.fromordinal(day)
