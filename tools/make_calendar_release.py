"""Make a bank-holiday release: the official list, and before it the years that an earlier list already holds.

    PYTHONPATH=src python tools/make_calendar_release.py england-2026-02 \\
        --official bank-holidays.json --from "govuk-bank-holidays 0.19, england-and-wales" \\
        --earlier src/goldthread/duties/calendars/reviewed-1998-2011.csv

`--earlier` is the reviewed table, or a release made before, where the official list no longer holds its first years.
It writes the release beside the others and prints what changed from the newest one before it.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from goldthread.duties import calendar
from goldthread.duties.refusal import Refused

LICENCE = "Open Government Licence v3.0"


def official_list(content: bytes) -> dict[date, str]:
    """Read the official list for England and Wales, up to the last year that it holds completely."""
    found: dict[date, str] = {}
    try:
        for event in json.loads(content.decode("utf-8"))["england-and-wales"]["events"]:
            notes = f" ({event['notes'].lower()})" if event["notes"] else ""
            found[date.fromisoformat(event["date"])] = event["title"] + notes
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"The official list was expected, with england-and-wales and its events: {error!r}.") from error
    in_year = Counter(day.year for day in found)
    complete = [year for year in sorted(in_year) if in_year[year] >= calendar.FEWEST_HOLIDAYS]
    if not complete:
        raise Refused("The official list holds no year completely.")
    return {day: name for day, name in found.items() if complete[0] <= day.year <= complete[-1]}


def earlier_list(path: Path) -> tuple[dict[date, str], list[dict[str, str]]]:
    """Read the years before the official list, and where they come from."""
    content = path.read_bytes()
    if path.suffix == ".csv":
        rows = list(csv.DictReader(content.decode("utf-8").splitlines()))
        table = {date.fromisoformat(row["date"]): row["name"] for row in rows}
        words = {
            "from": "table of this project: each year's rules and the days proclaimed specially, reviewed",
            "file": path.name,
        }
    else:
        calendar.read(path)
        rows = json.loads(content.decode("utf-8"))["holidays"]
        table = {date.fromisoformat(row["date"]): row["name"] for row in rows}
        words = {"from": f"release {path.stem}", "file": path.name}
    return table, [words | {"sha256": hashlib.sha256(content).hexdigest()}]


def release(name: str, official: bytes, official_from: str, official_file: str, earlier: Path) -> dict[str, Any]:
    """Put the two lists together; from the first year of the official list on, it alone counts."""
    listed = official_list(official)
    first_official, horizon = min(listed).year, max(listed).year
    table, sources = earlier_list(earlier)
    before = {day: words for day, words in table.items() if day.year < first_official}
    if not before or max(before).year != first_official - 1:
        raise Refused(f"{earlier}: it was expected to hold {first_official - 1}, the year before the official list.")
    first = min(before).year
    sources[0] = {"years": f"{first}-{first_official - 1}"} | sources[0]
    sources.append(
        {
            "years": f"{first_official}-{horizon}",
            "from": official_from,
            "file": official_file,
            "sha256": hashlib.sha256(official).hexdigest(),
            "licence": LICENCE,
        }
    )
    return {
        "release": name,
        "first": f"{first}-01-01",
        "horizon": f"{horizon}-12-31",
        "sources": sources,
        "holidays": [{"date": day.isoformat(), "name": words} for day, words in sorted((before | listed).items())],
    }


def text(made: dict[str, Any]) -> str:
    """Write a release with one holiday a line, so that a difference between two releases reads well."""
    holidays = ",\n".join("  " + json.dumps(holiday, ensure_ascii=False) for holiday in made["holidays"])
    sources = ",\n".join("  " + json.dumps(source, ensure_ascii=False) for source in made["sources"])
    head = "".join(f'"{key}": {json.dumps(made[key])},\n' for key in ("release", "first", "horizon"))
    return f'{{\n{head}"sources": [\n{sources}\n],\n"holidays": [\n{holidays}\n]\n}}\n'


def changes(old: Path, new: Path) -> list[str]:
    """Say which holidays one release has and the other has not, within the days that both hold."""
    before, after = calendar.read(old), calendar.read(new)
    first, last = max(before.first, after.first), min(before.horizon, after.horizon)
    skipped = [dict(held.skipped(first - 1, last)) for held in (before, after)]
    lines = []
    for sign, ours, others in (("-", skipped[0], skipped[1]), ("+", skipped[1], skipped[0])):
        lines += [f"{sign} {date.fromordinal(day)} {words}" for day, words in ours.items() if day not in others]
    return [*lines, f"horizon {date.fromordinal(before.horizon)} -> {date.fromordinal(after.horizon)}"]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make a bank-holiday release.")
    parser.add_argument("release", help="its name, england-YYYY-MM: the month in which the official list was published")
    parser.add_argument("--official", type=Path, required=True, help="the official list in JSON")
    parser.add_argument("--from", dest="official_from", required=True, help="where the official list was taken from")
    parser.add_argument("--earlier", type=Path, required=True, help="the reviewed table, or an earlier release")
    parser.add_argument("-o", dest="folder", type=Path, default=calendar.FOLDER, help="the folder to write it in")
    given = parser.parse_args(arguments)
    target: Path = given.folder / f"{given.release}.json"
    try:
        if target.exists():
            raise Refused(f"{target}: this release exists; a release is never changed, make one under a new name.")
        content = given.official.read_bytes()
        made = release(given.release, content, given.official_from, given.official.name, given.earlier)
        held = sorted(given.folder.glob("england-*.json"))
        target.write_text(text(made), encoding="utf-8", newline="\n")
        try:
            calendar.read(target)
        except Refused:
            target.unlink()
            raise
    except (Refused, OSError, ValueError) as error:
        sys.stderr.write(f"make_calendar_release: {error}\n")
        return 2
    lines = [f"{target.name}: sha256 {hashlib.sha256(target.read_bytes()).hexdigest()}"]
    if held:
        lines += [f"from {held[-1].stem}:", *("  " + line for line in changes(held[-1], target))]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
