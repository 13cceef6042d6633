"""The engine and the oracle, which know nothing of each other, give the same findings: for random lives, files and authorities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from histories import FIRST, LAST, as_ofs, children, corrected, others, plans, sources
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from oracle.calendar_by_day import read_holidays
from oracle.findings import KEYS, comparable
from oracle.oracle import answer

from goldthread.duties import calendar, rules
from goldthread.duties.corrections import start_of_day
from goldthread.duties.engine import evaluate
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.duties.findings import as_dict
from goldthread.formats.reading import CensusReading, EventsReading, open_file
from goldthread.invented.directory import SIZES, Wanted, write

DUTIES = Path(calendar.__file__).parent
PACK_FOLDER = DUTIES / "packs" / "wt2023"
OVERLAYS = (DUTIES / "overlays" / "example-first-review.yaml", DUTIES / "overlays" / "example-plan-end.yaml")
SAMPLES = Path(__file__).parents[2] / ".." / "shared" / "data" / "cin"
SAMPLE_NAMES = (
    "BAR_cin_2022.xml", "CIN2rows.xml", "CIN_Census_2021.xml", "CIN_Census_2021_copy.xml",
    "CIN_Census_2021_no_assessment_factors.xml", "CIN_Census_2024.xml", "CIN_Census_2026.xml",
    "CIN_header_issues_100.xml", "CIN_la_issues_2887Q.xml", "fake_CIN_data.xml", "ours_clean_100_children_2026.xml",
)  # fmt: skip

PACK = rules.load(overlays=OVERLAYS)
DAYS = calendar.load()
HOLIDAYS = read_holidays(DUTIES / "calendars" / f"{DAYS.release}.json")

lives = st.one_of(children(), children(6), others(), plans()).flatmap(corrected)
moments = st.one_of(st.none(), st.none(), st.integers(FIRST, LAST).map(start_of_day))


def of_the_engine(
    events: Sequence[Event], as_of: int, source: Source = EVERYTHING, known_at: int | None = None
) -> list[dict[str, Any]]:
    return [as_dict(one, PACK, as_of) for one in evaluate(events, as_of, known_at, PACK, DAYS, source)]


def of_the_oracle(
    events: Sequence[Event], as_of: int, source: Source = EVERYTHING, known_at: int | None = None
) -> list[dict[str, Any]]:
    day, (names, first, horizon) = date.fromordinal(as_of), HOLIDAYS
    return answer(events, day, known_at, PACK_FOLDER, OVERLAYS, names, first, horizon, source)


def differences(engine: Iterable[dict[str, Any]], oracle: Iterable[dict[str, Any]]) -> list[str]:
    """Say, in lines that can be read, what only one of the two says."""
    one, other = Counter(map(comparable, engine)), Counter(map(comparable, oracle))
    found = [("engine", line) for line in (one - other).elements()]
    found += [("oracle", line) for line in (other - one).elements()]
    return sorted(
        f"{line[0][1]} {who}: " + ", ".join(f"{key}={text}" for key, text, absent in line[1:] if not absent)
        for who, line in found
    )


def disagreements(
    events: Sequence[Event], as_of: int, source: Source = EVERYTHING, known_at: int | None = None
) -> list[str]:
    return differences(of_the_engine(events, as_of, source, known_at), of_the_oracle(events, as_of, source, known_at))


# ---- random lives


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(lives, as_ofs(), sources(), moments)
def test_engine_and_oracle_agree_on_any_life(
    events: list[Event], as_of: int, source: Source, known_at: int | None
) -> None:
    assert disagreements(events, as_of, source, known_at) == []


A = ("child:A",)
CONCLUDED_BEFORE_IT_BEGAN = [
    Event("e00", A, "section-47-started", FIRST, None, ("referral:R1",)),
    Event("e01", A, "section-47-started", FIRST + 1, "enquiry:E1", ("referral:R1",)),
    Event("e02", A, "section-47-concluded", FIRST, "enquiry:E1"),
]
BEGUN_FROM_WHAT_IS_NO_START = [
    Event("e00", A, "section-47-started", FIRST, None, ("strategy:S2",)),
    Event("e01", A, "strategy-discussion-held", FIRST, "strategy:S2", ("referral:R1",), {"section_47": False}),
]
BEGUN_FROM_A_START_WITHOUT_A_DAY = [
    Event("e00", A, "section-47-started", FIRST, None, ("referral:R1",)),
    Event("e01", A, "section-47-started", FIRST, "enquiry:E1", ("referral:R1",)),
    Event("e02", A, "strategy-discussion-held", None, "strategy:S1", ("enquiry:E1",)),
]
CONCLUDED_AND_BEGUN_WITHOUT_A_DAY = [
    Event("e00", A, "section-47-started", None, "enquiry:E2"),
    Event("e01", A, "section-47-started", FIRST),
    Event("e02", A, "section-47-concluded", FIRST, "enquiry:E2", ("referral:R1",)),
]
SAID_AGAIN_WITHOUT_A_DAY = [
    Event("e00", A, "strategy-discussion-held", None, "strategy:S1", data={"section_47": True}),
    Event("e01", A, "strategy-discussion-held", FIRST, "strategy:S1"),
]
SCOPE_ON_AN_UNKNOWN_DAY = [
    Event("e00", ("review:X",), "review-published", FIRST),
    Event("e01", ("review:X",), "review-initiated", FIRST),
    Event("e02", ("review:X",), "review-initiated", None, data={"scope": "local"}),
]


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(lives, as_ofs())
@example(CONCLUDED_BEFORE_IT_BEGAN, FIRST + 1)
@example(BEGUN_FROM_WHAT_IS_NO_START, FIRST + 1)
@example(BEGUN_FROM_A_START_WITHOUT_A_DAY, FIRST + 1)
@example(BEGUN_FROM_A_START_WITHOUT_A_DAY[1:], FIRST + 1)
@example(CONCLUDED_AND_BEGUN_WITHOUT_A_DAY, FIRST + 1)
@example(SAID_AGAIN_WITHOUT_A_DAY, FIRST + 1)
@example(SCOPE_ON_AN_UNKNOWN_DAY, FIRST + 1)
def test_engine_and_oracle_agree_on_any_life_of_which_everything_is_held(events: list[Event], as_of: int) -> None:
    assert disagreements(events, as_of) == []


# ---- files


def days_around(reference: int) -> tuple[int, ...]:
    """Give the day that a file speaks of, one well within it, and one past it."""
    return reference, reference - 130, reference + 25


def check_census(path: Path, most: int | None, days: Sequence[int] | None = None) -> int:
    """Compare for each child of a census, and give how many findings agreed."""
    reading = open_file(path)
    assert isinstance(reading, CensusReading) and reading.reference_date is not None
    days = days or days_around(reading.reference_date.toordinal())
    agreed = 0
    for place, (subject, events) in enumerate(reading.children()):
        if place == most:
            break
        for as_of in days:
            engine = of_the_engine(events, as_of, reading.source)
            assert differences(engine, of_the_oracle(events, as_of, reading.source)) == [], (subject, as_of)
            agreed += len(engine)
    return agreed


def sample(name: str) -> Path:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"the sample census {name} is not here: it lies beside the repository, in ../shared/data/cin")
    return path


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_engine_and_oracle_agree_on_the_first_children_of_a_sample_census(name: str) -> None:
    assert check_census(sample(name), 60) > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fake_CIN_data.xml", "ours_clean_100_children_2026.xml"])
def test_engine_and_oracle_agree_on_every_child_of_a_sample_census(name: str) -> None:
    assert check_census(sample(name), None) > 500


def test_every_sample_census_is_compared() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("no sample censuses are here: they lie beside the repository, in ../shared/data/cin")
    assert {path.name for path in SAMPLES.glob("*.xml")} == set(SAMPLE_NAMES)


# ---- invented authorities


@pytest.fixture(scope="session", params=[False, True], ids=["clean", "messy"])
def authority(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This will invent a small authority, clean or with planted defects."""
    directory = tmp_path_factory.mktemp("authority")
    write(directory, Wanted(year=2026, scale=SIZES["small"], seed=11, messy=request.param))
    return directory


def connected(events: Iterable[Event]) -> Iterator[list[Event]]:
    """This will part events into those that have nothing to do with one another: no subject, process, link or correction."""
    leads: dict[str, str] = {}

    def top(word: str) -> str:
        while leads.setdefault(word, word) != word:
            word = leads[word]
        return word

    held = list(events)
    for event in held:
        words = [*event.subjects, *event.links, f"id {event.id}"]
        words += [event.process] if event.process else []
        words += [f"id {event.replaces}"] if event.replaces else []
        words += [str(event.data["child"])] if event.kind == "family-member" and event.data.get("child") else []
        for word in words[1:]:
            leads[top(word)] = top(words[0])
    groups: dict[str, list[Event]] = {}
    for event in held:
        groups.setdefault(top(event.subjects[0]), []).append(event)
    yield from groups.values()


def check_events(path: Path, every: int) -> int:
    """Compare for one in `every` of the groups, now and as known half a year before, and give how many findings agreed."""
    reading = open_file(path)
    assert isinstance(reading, EventsReading)
    as_of = date(2026, 3, 31).toordinal()
    agreed = 0
    for group in list(connected(reading.events()))[::every]:
        for day, known_at in (
            (as_of, None),
            (as_of, start_of_day(as_of - 180)),
            (as_of - 45, None),
            (as_of + 40, None),
        ):
            engine = of_the_engine(group, day, reading.source, known_at)
            oracle = of_the_oracle(group, day, reading.source, known_at)
            assert differences(engine, oracle) == [], (group[0].subjects, day, known_at)
            agreed += len(engine)
    return agreed


def test_engine_and_oracle_agree_on_some_families_of_an_invented_authority(authority: Path) -> None:
    assert check_events(authority / "events.jsonl", every=10) > 100


def test_engine_and_oracle_agree_on_the_first_children_of_an_invented_census(authority: Path) -> None:
    assert check_census(authority / "census-2026.xml", 40) > 100


@pytest.mark.slow
def test_engine_and_oracle_agree_on_every_family_of_an_invented_authority(authority: Path) -> None:
    assert check_events(authority / "events.jsonl", every=1) > 1000


@pytest.mark.slow
def test_engine_and_oracle_agree_on_every_child_of_an_invented_census(authority: Path) -> None:
    assert check_census(authority / "census-2026.xml", None) > 1000


# ---- the comparison itself


def planned() -> list[Event]:
    day = date(2025, 3, 3).toordinal()
    return [
        Event("e1", ("child:A", "child:B"), "referral-received", day, "referral:R1", (), {}),
        Event("e2", ("child:A",), "referral-decided", day + 3, "referral:R1", (), {"outcomes": ["child-in-need"]}),
        Event("e3", ("child:A",), "conference-held", day + 30, None, (), {"type": "initial", "outcome": "plan"}),
    ]


ELSE = {
    "subjects": ["child:A"], "cycle": 7, "recipient": "panel", "due_on": None, "late": None, "days_late": 99, "cites": [],
}  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_a_difference_in_any_word_of_a_finding_is_noticed(key: str) -> None:
    as_of = date(2025, 6, 2).toordinal()
    engine, oracle = of_the_engine(planned(), as_of), of_the_oracle(planned(), as_of)
    assert differences(engine, oracle) == []
    place = next(place for place, finding in enumerate(engine) if finding["duty"] == "referral.acknowledge")
    engine[place] = {**engine[place], key: ELSE.get(key, "something else")}
    told = differences(engine, oracle)
    assert len(told) == 2 and sum(" engine: " in line for line in told) == 1


def test_a_finding_that_is_missing_or_said_twice_is_noticed() -> None:
    as_of = date(2025, 6, 2).toordinal()
    engine, oracle = of_the_engine(planned(), as_of), of_the_oracle(planned(), as_of)
    assert len(differences(engine[1:], oracle)) == 1
    assert len(differences([*engine, engine[0]], oracle)) == 1


def test_groups_of_events_share_nothing() -> None:
    events = [
        *planned(),
        Event("f1", ("family:F1",), "family-member", 739000, None, (), {"child": "child:C"}),
        Event("f2", ("child:C",), "child-seen", 739000, None, (), {}),
        Event("g1", ("child:D",), "child-seen", 739000, None, (), {}),
    ]
    assert sorted([one.id for one in group] for group in connected(events)) == [
        ["e1", "e2", "e3"],
        ["f1", "f2"],
        ["g1"],
    ]
