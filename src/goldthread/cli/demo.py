"""`goldthread demo`: an invented authority in a database of its own, and the site on it, for anyone to look round in."""

from __future__ import annotations

import argparse
import json
import os
import socket
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from goldthread.cli.verbs import Verb, resolve
from goldthread.duties.refusal import Refused

LONDON = ZoneInfo("Europe/London")
SHOW = Verb("goldthread.cli.demonstrating", "", of_the_site=True)
"""What knows tables is imported once the settings below are made."""

MARK = "demonstration.json"
"""What a folder holds, beside the database: so that nothing else is ever written over."""

MAKER = "goldthread demo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--small", action="store_true", help="about a thousand children, with two years of work (default)"
    )
    size.add_argument(
        "--county", action="store_true", help="60,000 children, with ten years of work: takes a while once"
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="where it is kept (default: .data/demo, .data/county)")
    parser.add_argument("--port", type=_port, default=8000, help="the port of the site (default: 8000)")
    parser.add_argument("--again", action="store_true", help="make it anew, even if it was made today")
    parser.add_argument("--only-make", action="store_true", help="make it, and do not serve it")


def run(args: argparse.Namespace) -> int:
    """Make it if it is not there or is of another day, say who one can be, and serve it."""
    if not args.only_make:
        _free(args.port)
    folder: Path = args.data or Path(".data") / ("county" if args.county else "demo")
    held = mark(folder)
    if held is None:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refused(f"{folder}: is something else than a demonstration; expected a new or empty folder.")
        folder.mkdir(parents=True, exist_ok=True)
        set_mark(folder, {})
    # A demonstration is always this: nothing that the environment says of another installation reaches it.
    for name in [name for name in os.environ if name.startswith("GOLDTHREAD_") and name != "GOLDTHREAD_DEBUG"]:
        del os.environ[name]
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        os.environ.pop(name, None)
    os.environ |= {"GOLDTHREAD_MODE": "demo", "GOLDTHREAD_DATA": str(folder.absolute())}
    args.folder, args.held, args.on = folder, held or {}, datetime.now(LONDON).date()
    return resolve(SHOW).run(args)


def mark(folder: Path) -> dict[str, Any] | None:
    """Read what a folder says that it holds; None where it holds no demonstration."""
    try:
        found = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("made_by") == MAKER else None


def set_mark(folder: Path, holds: Mapping[str, Any]) -> None:
    """Write into a folder what it holds; nothing, before it is whole."""
    (folder / MARK).write_text(json.dumps({"made_by": MAKER, **holds}), encoding="utf-8")


def _port(said: str) -> int:
    if not said.isdecimal() or not 0 < int(said) < 65_536:
        raise argparse.ArgumentTypeError(f"{said!r} is not a port from 1 to 65535")
    return int(said)


def _free(port: int) -> None:
    """Refuse a port that something else answers on, before a minute is spent on making what could not be shown."""
    with socket.socket() as asking:
        asking.settimeout(1)
        if asking.connect_ex(("127.0.0.1", port)) == 0:
            raise Refused(f"something answers on port {port} already: stop it, or name another with --port.")
