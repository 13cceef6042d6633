"""The verbs of the command line: where each one lives, and the line that `--help` says about it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple, Protocol, cast


class Verb(NamedTuple):
    """The module of a verb, imported only when the verb is used, and what the verb does in one line."""

    module: str
    says: str
    of_the_site: bool = False  # its module knows tables, so Django is started before it is imported


class VerbModule(Protocol):
    """What a verb's module holds."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """This will declare what can be given to the verb."""

    def run(self, args: argparse.Namespace) -> int:
        """This will do it and give the exit status: 0 answered, 1 a check that was asked for failed."""


class Site(Protocol):
    """What starts Django; imported as late as the verbs are."""

    def begin(self) -> None:
        """This will start it."""


Verbs = Mapping[str, Verb]

VERBS: Verbs = {
    "check": Verb("goldthread.cli.check", "say where every child in a file stands against the guidance"),
    "replay": Verb("goldthread.cli.replay", "answer a receipt again and compare"),
    "duties": Verb("goldthread.cli.duties", "list the duties of an edition of the guidance"),
    "generate": Verb("goldthread.cli.generate", "write an invented authority as a census and as events"),
    "demo": Verb("goldthread.cli.demo", "show the site on an invented authority, in a database of its own"),
    "load": Verb(
        "goldthread.cli.load", "take a census, case events or a whole authority into the site", of_the_site=True
    ),
    "migrate": Verb("goldthread.cli.migrate", "make the site's tables, or bring them up to date", of_the_site=True),
    "appoint": Verb(
        "goldthread.cli.appoint", "make one of the first two administrators, who add the others", of_the_site=True
    ),
    "serve": Verb("goldthread.cli.serve", "serve the site's pages", of_the_site=True),
    "worker": Verb("goldthread.cli.worker", "do what recurs: checkpoints, verifying, clocks", of_the_site=True),
    "backup": Verb("goldthread.cli.backup", "write everything into one file, while work goes on", of_the_site=True),
    "restore": Verb("goldthread.cli.restore", "bring a backup back, into an empty place only", of_the_site=True),
    "verify": Verb(
        "goldthread.cli.verify", "verify that nothing in the audit was changed, removed or cut off", of_the_site=True
    ),
}


def resolve(verb: Verb) -> VerbModule:
    """This will import the verb's module."""
    if verb.of_the_site:
        cast(Site, import_module("goldthread.cli.site")).begin()
    return cast(VerbModule, import_module(verb.module))
