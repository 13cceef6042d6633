"""Makes the county that the benches of pages measure on, by the path on which any authority is loaded. `bench/county` runs it.

It is kept in bench/.county (a hundredth of it in bench/.county-quick), outside git, and made anew when the tables have changed
since. Nothing here is asserted: a figure belongs to the machine that it was measured on.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
HUNDREDTH = 0.01
FIGURES = "figures.json"


def main() -> int:
    """This will make it where it is not there, and print what was measured then."""
    parser = argparse.ArgumentParser(
        prog="bench/county", description="Makes a county of 60,000 children, and says how long."
    )
    parser.add_argument("--quick", action="store_true", help="a hundredth of it")
    parser.add_argument("--again", action="store_true", help="make it anew")
    asked = parser.parse_args()
    folder = begin(quick=asked.quick)
    for line in said(made(folder, quick=asked.quick, again=asked.again)):
        print(line)
    return 0


def begin(*, quick: bool) -> Path:
    """This will start Django on the county's folder, and give it."""
    folder = HERE / (".county-quick" if quick else ".county")
    (folder / "static").mkdir(parents=True, exist_ok=True)  # else WhiteNoise warns of its absence
    os.environ |= {
        "GOLDTHREAD_MODE": "demo",
        "GOLDTHREAD_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "goldthread.config.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    import django  # noqa: PLC0415  # the settings are said first

    django.setup()
    return folder


def made(folder: Path, *, quick: bool, again: bool = False) -> dict[str, Any]:
    """This will make the county unless it is there and of these tables, and give the figures of its making."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    from goldthread.accounts import demo  # noqa: PLC0415
    from goldthread.accounts.demo import Part  # noqa: PLC0415
    from goldthread.agencies.models import Practitioner  # noqa: PLC0415
    from goldthread.cli import site  # noqa: PLC0415
    from goldthread.cli.terminal import Progress  # noqa: PLC0415
    from goldthread.invented import standing  # noqa: PLC0415
    from goldthread.loading.authority import Invented  # noqa: PLC0415
    from goldthread.loading.taking import BY, take_in  # noqa: PLC0415

    kept = folder / FIGURES
    if not again and kept.exists() and not site.unmigrated():
        found: dict[str, Any] = json.loads(kept.read_text())
        return found
    connections.close_all()
    for one in folder.iterdir():
        if one.is_file() and one.name != "secret-key":
            one.unlink()
    call_command("migrate", interactive=False, verbosity=0)
    on = datetime.now(ZoneInfo("Europe/London")).date()
    size = standing.COUNTY * (HUNDREDTH if quick else 1.0)
    told = standing.county(on, size=size)
    began, worked = time.monotonic(), time.process_time()
    progress = Progress("Making the county")
    report = take_in(Invented(told, int(size * 20_500)), at=datetime.now(UTC), progress=progress)
    progress.clear()
    seconds = time.monotonic() - began
    found = {
        "on": on.isoformat(),
        "children": report.counts["children"]["new"],
        "people": report.counts["people"]["new"],
        "facts": report.counts["facts"]["new"],
        "seconds": round(seconds, 1),
        "processor_seconds": round(time.process_time() - worked, 1),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "database_megabytes": (folder / "goldthread.sqlite3").stat().st_size // 1_000_000,
    }
    cast = Practitioner.objects.in_bulk(report.practitioners[one.practitioner] for one in told.agencies.cast)
    parts = [Part(one.key, cast[report.practitioners[one.practitioner]], one.says) for one in told.agencies.cast]
    demo.cast(by=BY, at=datetime.now(UTC), parts=parts)
    kept.write_text(json.dumps(found))
    return found


def said(found: dict[str, Any]) -> list[str]:
    """This will say the figures."""
    seconds = found["seconds"]
    return [
        f"children {found['children']:,}, people {found['people']:,}, facts {found['facts']:,}, as of {found['on']}",
        f"made in {seconds:,.0f} s ({found['processor_seconds']:,.0f} s of a processor, inventing included): "
        f"{found['facts'] / seconds:,.0f} facts a second",
        f"memory {found['megabytes']:,} MB, database {found['database_megabytes']:,} MB",
    ]


if __name__ == "__main__":
    raise SystemExit(main())
