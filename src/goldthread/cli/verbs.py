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


class VerbModule(Protocol):
    """What a verb's module holds."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """This will declare what can be given to the verb."""

    def run(self, args: argparse.Namespace) -> int:
        """This will do it and give the exit status: 0 answered, 1 a check that was asked for failed."""


Verbs = Mapping[str, Verb]

VERBS: Verbs = {
    "check": Verb("goldthread.cli.check", "say where every child in a file stands against the guidance"),
    "replay": Verb("goldthread.cli.replay", "answer a receipt again and compare"),
    "duties": Verb("goldthread.cli.duties", "list the duties of an edition of the guidance"),
    "generate": Verb("goldthread.cli.generate", "write an invented authority as a census and as events"),
}


def resolve(verb: Verb) -> VerbModule:
    """This will import the verb's module."""
    return cast(VerbModule, import_module(verb.module))
