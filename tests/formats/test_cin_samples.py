"""Every sample file is read: how many children it holds, and what it says wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.formats.cin import CensusReading
from goldthread.formats.reading import open_file

SAMPLES = Path(__file__).parents[3] / "shared/data/cin"
# File: children, events, notes by code.
TABLE: dict[str, tuple[int, int, dict[str, int]]] = {
    "BAR_cin_2022.xml": (1, 15, {"two-birth-dates": 1, "conference-outcome": 2}),
    "CIN2rows.xml": (1, 15, {"reference-date": 1}),
    "CIN_Census_2021.xml": (1, 15, {"date-before-1900": 1}),
    "CIN_Census_2021_copy.xml": (1, 13, {"reference-date": 1}),
    "CIN_Census_2021_no_assessment_factors.xml": (1, 13, {"reference-date": 1}),
    "CIN_Census_2024.xml": (2, 16, {"reference-date": 1, "unknown-code": 2, "date-after-reference": 3}),
    "CIN_Census_2026.xml": (2, 17, {"reference-date": 1, "unknown-code": 2, "date-after-reference": 4}),
    "CIN_header_issues_100.xml": (1, 15, {"reference-date": 1, "date-before-1900": 1}),
    "CIN_la_issues_2887Q.xml": (1, 15, {"date-before-1900": 1}),
    "fake_CIN_data.xml": (332, 1728, {"reference-date": 1, "date-after-reference": 23}),
    "ours_clean_100_children_2026.xml": (100, 590, {}),
}

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files beside the project are absent")


@needs_samples
def test_the_table_names_every_sample_file() -> None:
    assert {path.name for path in SAMPLES.glob("*.xml")} == set(TABLE)


@needs_samples
@pytest.mark.parametrize("name", TABLE)
def test_a_sample_file_is_read(name: str) -> None:
    reading = open_file(SAMPLES / name)
    assert isinstance(reading, CensusReading)
    children = list(reading.children())
    events = [event for _, one in children for event in one]
    assert (len(children), len(events), dict(reading.notes.by_code)) == TABLE[name]
    assert len({event.id for event in events}) == len(events)
    assert len({subject for subject, _ in children}) == len(children)
