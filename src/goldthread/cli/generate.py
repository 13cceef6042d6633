"""`goldthread generate`: an invented authority, as a census for each year and as events, or as it stands on a day."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from goldthread.cli.answering import day
from goldthread.cli.terminal import Progress
from goldthread.duties.refusal import Refused
from goldthread.invented import people_files, standing
from goldthread.invented.directory import SIZES, Wanted, Written, check, write


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This will declare what can be asked for."""
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--small", action="store_true", help="a tenth of an average authority")
    size.add_argument("--county", action="store_true", help="three and a half times an average authority")
    size.add_argument(
        "--children", type=int, metavar="N", help="exactly N children in the latest census, however many that takes"
    )
    parser.add_argument("--years", type=int, metavar="N", help="N censuses one after the other (default 1)")
    parser.add_argument(
        "--year",
        type=int,
        default=2026,
        metavar="YYYY",
        help="the latest census year, which ends on its 31 March (default 2026)",
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another seed is another authority (default 1)"
    )
    parser.add_argument("--messy", action="store_true", help="plant defects and list them in planted.jsonl")
    parser.add_argument(
        "--today",
        metavar="DATE",
        help="no census: the authority with all its people, told as if DATE were today; --years is how far back",
    )
    parser.add_argument(
        "--rich", type=float, metavar="X", help="with --today: how much is written on each case (default 1, as in life)"
    )
    parser.add_argument("--census-only", action="store_true", help="write no events, which is faster")
    parser.add_argument(
        "--force", action="store_true", help="write into a directory that is not empty, over files of the same names"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="the directory to write into")


def run(args: argparse.Namespace) -> int:
    """This will write the authority and say what was written; 0, or Refused."""
    if args.today is not None:
        return _today(args)
    if args.rich is not None:
        raise Refused("--rich: expected only with --today.")
    scale = SIZES["small" if args.small else "county" if args.county else "average"]
    wanted = Wanted(
        args.year,
        1 if args.years is None else args.years,
        scale,
        args.children,
        args.seed,
        args.messy,
        args.census_only,
    )
    check(wanted)
    directory: Path = args.output
    _prepare(directory, force=args.force)
    progress = Progress("Inventing")
    try:
        written = write(directory, wanted, progress)
    finally:
        progress.clear()
    _say(written, wanted)
    return 0


def _today(args: argparse.Namespace) -> int:
    """This will write the authority as it stands on a day."""
    for name in ("children", "messy", "census_only"):
        if getattr(args, name):
            raise Refused(f"--{name.replace('_', '-')}: it is about a census, and --today makes none.")
    on = date.fromordinal(day(args.today, "--today"))
    rich = 1.0 if args.rich is None else args.rich
    if not 0 <= rich <= 100:
        raise Refused(f"--rich {args.rich:g}: expected a number from 0 to 100.")
    years = args.years if args.years is not None else 10 if args.county else 2
    if not 1 <= years <= 20 or not 2010 <= on.year <= 2100:
        raise Refused(f"--today {args.today} with --years {years}: expected 2010 to 2100, and 1 to 20 years.")
    size = standing.SMALL if args.small else standing.COUNTY if args.county else 1.0
    _prepare(args.output, force=args.force)
    written = people_files.write(args.output, standing.demo(on, args.seed, size, years, rich))
    print(
        f"An invented authority (seed {args.seed}), as it stands on {on}, is in {args.output}: nothing in it is real."
    )
    print(f"  {', '.join(written.files)}")
    print(f"Families: {written.families:,}; children: {written.children:,}; persons: {written.persons:,}")
    print(f"Events: {written.events:,}")
    print()
    print(f"Next: goldthread check {args.output / 'events.jsonl'} --as-of {on}")
    return 0


def _prepare(directory: Path, *, force: bool) -> None:
    if directory.exists() and not directory.is_dir():
        raise Refused(f"{directory}: is a file; expected a directory to write into.")
    if directory.is_dir() and not force and next(directory.iterdir(), None) is not None:
        raise Refused(f"{directory}: is not empty; expected a new or empty directory, or --force to write over it.")
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{directory}: cannot be made: {error.strerror}.") from error


def _say(written: Written, wanted: Wanted) -> None:
    year, figures = max(written.figures.items())
    print(f"An invented authority (seed {wanted.seed}) is in {written.directory}: nothing in it is real.")
    print(f"  {', '.join(written.files)}")
    print(f"The census of {year}:")
    for line in figures.lines():
        print(f"  {line}")
    if written.events:
        print(f"Events: {written.events:,}")
    if written.planted:
        print(f"Planted defects: {written.planted:,} (planted.jsonl)")
    print()
    print(f"Next: goldthread check {written.directory / f'census-{year}.xml'}")
    if written.events:
        print(f"      goldthread check {written.directory / 'events.jsonl'} --as-of {year}-03-31")
