"""Makes the persons: their names and former names, numbers, language, what helps when talking with them, how to reach them."""

from __future__ import annotations

from datetime import date
from functools import partial
from random import Random

from goldthread.invented.gathering import Adult, Hints
from goldthread.invented.life import Child
from goldthread.invented.names import FAMILY_NAMES, NICKNAMES, VARIANTS
from goldthread.invented.people import Characteristic, ContactPoint, Identifier, Name, Person
from goldthread.invented.places import landline, mobile
from goldthread.invented.shares import Share, between

LANGUAGES: dict[str, Share[str]] = {
    "WOTH": Share([("Polish", 34.0), ("Romanian", 28.0), ("Albanian", 10.0), ("Portuguese", 12.0), ("Lithuanian", 8.0), ("Ukrainian", 8.0)]),
    "WROM": Share([("Romanes", 60.0), ("Slovak", 40.0)]),
    "AIND": Share([("Gujarati", 40.0), ("Punjabi", 40.0), ("Tamil", 20.0)]),
    "APKN": Share([("Urdu", 55.0), ("Punjabi", 35.0), ("Pashto", 10.0)]),
    "ABAN": Share([("Bengali", 50.0), ("Sylheti", 50.0)]),
    "AOTH": Share([("Dari", 40.0), ("Pashto", 30.0), ("Tamil", 15.0), ("Nepali", 15.0)]),
    "CHNE": Share([("Cantonese", 60.0), ("Mandarin", 40.0)]),
    "BAFR": Share([("Somali", 34.0), ("Yoruba", 22.0), ("Twi", 16.0), ("Tigrinya", 14.0), ("French", 14.0)]),
    "OOTH": Share([("Arabic", 50.0), ("Kurdish (Sorani)", 35.0), ("Turkish", 15.0)]),
    "MOTH": Share([("Spanish", 50.0), ("Portuguese", 50.0)]),
}  # fmt: skip
"""What is spoken at home, by ethnicity, where it is not English."""

RELIGIONS = Share([
    ("no religion", 46.0), ("Christian", 32.0), ("Muslim", 15.0), ("Hindu", 2.0), ("Sikh", 2.0), ("Jewish", 0.7),
    ("Buddhist", 0.6), ("another religion", 1.7),
])  # fmt: skip

COMMUNICATION: dict[str, tuple[str, ...]] = {
    "AUT": (
        "Say beforehand what will happen and who will come; use short sentences and leave time to answer.",
        "Finds eye contact hard and talks most easily side by side, while drawing or walking.",
        "Understands words literally; pictures of the day help. Loud places are too much.",
    ),
    "LD": (
        "Understands short, plain sentences, one question at a time; say it again in other words if unsure.",
        "Uses Makaton signs with speech; the teaching assistant knows them best.",
    ),
    "COMM": (
        "Uses a tablet with symbols to speak: let the tablet be charged and wait for the answer.",
        "Does not use speech; shows yes with the eyes and no by turning away. School has a communication passport.",
        "Has a stammer: do not finish sentences, and allow plenty of time.",
    ),
    "HEAR": (
        "Uses British Sign Language first: book an interpreter, and look at the child, not at the interpreter.",
        "Wears hearing aids; sit in good light, face to face, and check that they are switched on.",
    ),
    "VIS": ("Sees shapes and light only: say who you are when you come in and when you leave.",),
    "BEH": ("Needs to move about while talking; short visits go better than long ones.",),
    "MOB": ("Uses a wheelchair: sit down to talk, and meet where there is level access.",),
    "CON": ("Is slow and tired after a seizure; ask about this first and come back another day.",),
}
OTHER_NEEDS = (
    "Is shy with new people: come with someone who is known already.",
    "Likes to show drawings first and talks afterwards.",
    "Would rather write messages than talk about home.",
    "Speaks freely at school and hardly at home.",
)
CAUTIONS = (
    "Do not leave a message: send a text first.",
    "Ring only between 9.30 and 2.30, when alone.",
    "The partner answers this phone at times.",
)
SUPPRESSED = {
    "upn": "withdrawn after adoption",
    "nhs-number": "kept back at the request of the health service, for the family's safety",
}
RENAMED = (
    "took the name of the parent whom the child lives with",
    "changed by deed",
    "registered again with both parents",
)


def nhs_number(number: int) -> str:
    """Give the number-th NHS number of the range kept for tests (999), with its check digit; there are 900,000.

    Of ten numbers that differ only in the digit before the check digit, nine at least have one.
    """
    turn, place = divmod(number % 900_000, 100_000)
    for last in range(10):
        digits = f"999{place * 38_293 % 100_000:05d}{last}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check == 10:
            continue
        if turn == 0:
            return f"{digits}{0 if check == 11 else check}"
        turn -= 1
    raise AssertionError("nine of ten have a check digit")


class Identities:
    """Makes persons of the children and adults of families."""

    def __init__(self, rng: Random, on: int) -> None:
        self.rng, self.chance = rng, rng.random
        self.between = partial(between, self.chance)
        self.on = on
        self.numbered = 0
        self.lines = 0

    def speaks(self, ethnicity: str, hints: Hints) -> str | None:
        """Draw what the family speaks at home; None is English."""
        if hints.language is not None:
            return hints.language
        spoken = LANGUAGES.get(ethnicity)
        return spoken.draw(self.rng) if spoken is not None and self.chance() < 0.62 else None

    def child(self, child: Child, known: int, speaks: str | None, hints: Hints, adopted: int | None) -> Person:
        """Make a child's person as it is known today; she is known from the day `known`."""
        born = child.born <= self.on
        first = min(known, child.born)
        told = max(first, min(known, self.on))
        characteristics = [Characteristic("ethnicity", child.ethnicity, _day(max(known, first)))] if born else []
        if born:
            characteristics += [
                Characteristic("disability", code, _day(max(known, child.born)))
                for code in child.disabilities
                if code != "NONE"
            ]
        characteristics += self._manner(child, told, speaks, hints, born=born)
        return Person(
            child.subject,
            child.sex if born else "U",
            self._names(child, known),
            _day(child.born) if born else None,
            False,
            None if child.expected is None else _day(child.expected),
            None if child.died is None or child.died > self.on else _day(child.died),
            self._numbers(child, known, adopted, born=born),
            tuple(characteristics),
            self._reach(child.born, known),
        )

    def adult(self, adult: Adult, known: int, speaks: str | None) -> Person:
        """Make an adult's person."""
        names = [Name("current", adult.given, adult.family)]
        chance = self.chance
        since = _day(adult.born)
        if adult.capacity == "parent" and adult.sex == "F" and chance() < 0.3:
            married = _day(min(adult.born + self.between(7000, 10500), self.on))
            former = FAMILY_NAMES[int(chance() * len(FAMILY_NAMES))]
            names = [
                Name("current", adult.given, adult.family, married),
                Name("former", adult.given, former, since, married, "before marriage"),
            ]
        characteristics: list[Characteristic] = []
        if speaks is not None and adult.capacity in ("parent", "carer", "family") and chance() < 0.9:
            characteristics.append(Characteristic("language", speaks, _day(known)))
            if chance() < (0.45 if adult.capacity == "parent" else 0.6):
                characteristics.append(Characteristic("interpreter", speaks, _day(known)))
        if adult.capacity == "parent" and chance() < 0.06:
            characteristics.append(
                Characteristic("communication", "Finds reading hard: go through letters together.", _day(known))
            )
        points: list[ContactPoint] = []
        if adult.died is None:
            share = 0.97 if adult.capacity == "parent" else 0.7
            if chance() < share:
                caution = CAUTIONS[int(chance() * len(CAUTIONS))] if chance() < 0.06 else None
                self.lines += 1
                points.append(ContactPoint("mobile", mobile(self.lines * 13), _day(known), None, caution))
            if chance() < 0.14:
                points.append(ContactPoint("landline", landline(self.lines * 11), _day(known)))
            if adult.capacity == "parent" and chance() < 0.32:
                local = f"{adult.given}.{adult.family}{self.lines % 97}".lower()
                points.append(ContactPoint("email", f"{local}@post.example", _day(known)))
            if adult.capacity == "parent" and chance() < 0.22 and self.on - known > 200:
                until = _day(known + self.between(60, self.on - known - 60))
                self.lines += 1
                points.append(ContactPoint("mobile", mobile(self.lines * 13), _day(known), until))
        return Person(
            adult.id,
            adult.sex,
            tuple(names),
            since,
            adult.capacity not in ("parent", "carer") and chance() < 0.5,
            None,
            None if adult.died is None or adult.died > self.on else _day(adult.died),
            (),
            tuple(characteristics),
            tuple(points),
        )

    def _names(self, child: Child, known: int) -> tuple[Name, ...]:
        """Give a child's names: what she is called now, what she was called, and how others spell it."""
        chance = self.chance
        given, family = child.given_name, child.family_name
        if child.born > self.on:
            return (Name("before-birth", "Baby", family, _day(known)),)
        born = _day(child.born)
        names = [Name("current", given, family, born)]
        if child.expected is not None:
            names.append(Name("before-birth", "Baby", family, _day(min(known, child.born - 1)), born))
        drawn = chance()
        if drawn < 0.045 and self.on - child.born > 900:
            changed = _day(child.born + self.between(300, self.on - child.born - 60))
            former = FAMILY_NAMES[int(chance() * len(FAMILY_NAMES))]
            names[0] = Name("current", given, family, changed)
            because = RENAMED[int(chance() * len(RENAMED))]
            names.append(Name("former", given, former, born, changed, because))
        if given in NICKNAMES and chance() < 0.4:
            names.append(Name("known-as", NICKNAMES[given], family, born))
        if given in VARIANTS and chance() < 0.2:
            names.append(Name("variant", VARIANTS[given], family, None, None, "as it was written on a referral"))
        return tuple(names)

    def _numbers(self, child: Child, known: int, adopted: int | None, *, born: bool) -> tuple[Identifier, ...]:
        self.numbered += 1
        numbers = [Identifier("local-child-id", child.id, _day(known))]
        health, drawn = nhs_number(self.numbered), self.chance()
        if not born:
            return tuple(numbers)
        kept_back = SUPPRESSED["nhs-number"] if drawn < 0.01 else None
        if drawn < 0.93:
            numbers.append(Identifier("nhs-number", health, _day(child.born), None, kept_back))
        school = school_starts(child.born)
        if child.pupil_number_absent is None and school <= self.on:
            withdrawn = SUPPRESSED["upn"] if adopted is not None else None
            until = None if adopted is None else _day(adopted)
            numbers.append(Identifier("upn", child.pupil_number, _day(school), until, withdrawn))
        return tuple(numbers)

    def _manner(self, child: Child, told: int, speaks: str | None, hints: Hints, *, born: bool) -> list[Characteristic]:
        """Give language, religion and what helps when talking with the child."""
        chance = self.chance
        age = (self.on - child.born) / 365.25
        found: list[Characteristic] = []
        if not born:
            return found
        since = _day(max(told, child.born))
        if speaks is not None:
            found.append(Characteristic("language", speaks, since))
            if age > 3 and chance() < 0.12:
                found.append(Characteristic("interpreter", speaks, since))
        if chance() < 0.45:
            found.append(Characteristic("religion", RELIGIONS.draw(self.rng), since))
        if hints.communication is not None and child.disabilities[0] != "NONE":
            found.append(Characteristic("communication", hints.communication, since))
            return found
        if age < 2:
            return found
        for code in child.disabilities:
            sentences = COMMUNICATION.get(code, ())
            if sentences and chance() < 0.85:
                found.append(Characteristic("communication", sentences[int(chance() * len(sentences))], since))
                if sentences[0].startswith("Uses British Sign") and found[-1].value == sentences[0]:
                    found.append(Characteristic("interpreter", "British Sign Language", since))
        if not any(one.kind == "communication" for one in found) and chance() < 0.08:
            found.append(Characteristic("communication", OTHER_NEEDS[int(chance() * len(OTHER_NEEDS))], since))
        return found

    def _reach(self, born: int, known: int) -> tuple[ContactPoint, ...]:
        if self.on - born < 12 * 365 or self.chance() > 0.6:
            return ()
        self.lines += 1
        return (ContactPoint("mobile", mobile(self.lines * 13), _day(max(known, born + 11 * 365))),)


def school_starts(born: int) -> int:
    """Give the 1 September after the fourth birthday."""
    day = date.fromordinal(born)
    year = day.year + 4 + (day.month >= 9)
    return date(year, 9, 1).toordinal()


def _day(day: int) -> date:
    return date.fromordinal(day)
