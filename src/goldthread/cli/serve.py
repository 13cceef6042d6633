"""`goldthread serve`: the site's pages, from several processes of several threads."""

from __future__ import annotations

import argparse
import logging
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.management import call_command
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.util import import_app

from goldthread.cli import site
from goldthread.duties.refusal import Refused

DOOR = "goldthread.config.wsgi:application"
GRACE = 30  # seconds in which requests that are under way may end


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="the port (default: 8000)")
    parser.add_argument(
        "--processes", type=_count, default=min(os.cpu_count() or 1, 4), help="default: one a processor"
    )
    parser.add_argument("--threads", type=_count, default=8, help="of each process (default: 8)")
    parser.add_argument("--check", action="store_true", help="only check whether this installation is fit to be served")


def run(args: argparse.Namespace) -> int:
    """Serve until it is told to stop."""
    site.need_tables()
    if settings.LIVE or args.check:
        _fit()
    if args.check:
        print("Fit to be served.")
        return 0
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # empty where the files come from the package
    if settings.LIVE:
        # Those of the version before stay, for whoever has a page of it open.
        call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()  # each process opens its own
    shown = f"[{args.host}]" if ":" in args.host else args.host
    print(
        f"Serving on http://{shown}:{args.port}, {args.processes} processes of {args.threads} threads. Ctrl-C stops it.",
        flush=True,
    )
    Server(
        {
            "bind": f"{shown}:{args.port}",
            "workers": args.processes,
            "threads": args.threads,
            "worker_class": "gthread",
            "graceful_timeout": GRACE,
            "timeout": 60,
            "keepalive": 5,
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,
            "control_socket_disable": True,
            "logger_class": Quiet,
            "errorlog": "-",
            "proc_name": "goldthread",
        }
    ).run()
    return 0


class Server(BaseApplication):  # type: ignore[misc]  # it brings no types
    """Gunicorn with our settings and no file or environment of its own."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Import the site, in each process."""
        return import_app(DOOR)


class Quiet(Logger):  # type: ignore[misc]  # it brings no types
    """Leaves what is said to the site's own logs, which know what may stand in them."""

    def setup(self, cfg: Any) -> None:
        """Hand on to the root logger."""
        self.error_log.propagate = True
        self.error_log.handlers = []
        self.access_log.propagate = False
        self.access_log.handlers = [logging.NullHandler()]


def _fit() -> None:
    """Refuse what Django and the apps would warn of, each in its own line."""
    found = [
        one for one in run_checks(include_deployment_checks=True) if one.level >= WARNING and not one.is_silenced()
    ]
    for one in found:
        print(f"{one.id}: {one.msg}" + (f" {one.hint}" if one.hint else ""))
    if found:
        raise Refused(f"this installation is not fit to be served: {len(found)} things are to be mended first.")


def _port(said: str) -> int:
    return _number(said, 65_535, "a port")


def _count(said: str) -> int:
    return _number(said, 256, "a number")


def _number(said: str, most: int, what: str) -> int:
    if not said.isdecimal() or not 0 < int(said) <= most:
        raise argparse.ArgumentTypeError(f"{said!r} is not {what} from 1 to {most}")
    return int(said)
