"""The command line: `main` reads the verb, runs it, and turns whatever goes wrong into one sentence."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import importlib.metadata
import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from goldthread.cli.verbs import VERBS, Verbs, resolve
from goldthread.duties.refusal import Refused

REFUSED = 2
INTERRUPTED = 130  # by convention: 128 and the number of the signal
READER_LEFT = 141


class Parser(argparse.ArgumentParser):
    """A parser that refuses with a sentence, as everything else does, instead of a usage block."""

    def error(self, message: str) -> NoReturn:
        said = message.replace("unrecognized arguments", "not understood")
        raise Refused(f"{said}; `{self.prog} --help` says what can be given.")


class _Version(argparse.Action):
    """Prints the version only when it is asked for: looking it up reads the disk."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"goldthread {_version()}")
        parser.exit(0)


def main(argv: Sequence[str] | None = None, verbs: Verbs = VERBS) -> int:
    """This will run the verb named first in `argv` and give the exit status.

    0: answered. 1: a check that was asked for failed. 2: bad usage, input that cannot be used, or a fault of ours.
    """
    _make_streams_safe()
    try:
        status = _run(list(sys.argv[1:] if argv is None else argv), verbs)
        sys.stdout.flush()  # here, so that a reader who left is noticed here
        return status
    except Refused as refused:
        return _refuse(str(refused), refused)
    except KeyboardInterrupt:
        _say("stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        _let_stdout_go()
        return READER_LEFT
    except OSError as error:
        if error.filename is None:
            return _refuse(f"{error.strerror or type(error).__name__}.", error)
        return _refuse(f"{os.fsdecode(error.filename)}: {error.strerror}.", error)
    except Exception as error:  # noqa: BLE001  # the last resort: nothing prints a traceback unasked
        return _refuse(
            f"a fault in Goldthread ({type(error).__name__}) stopped this; set GOLDTHREAD_DEBUG=1 to see where.", error
        )


def _run(argv: list[str], verbs: Verbs) -> int:
    """This will parse, import the one verb that was chosen, and run it."""
    try:
        parser = Parser(
            prog="goldthread",
            description="Where every child stands against the statutory guidance.",
            epilog="`goldthread VERB --help` says what can be given to a verb.",
            allow_abbrev=False,
        )
        parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
        chosen = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs")
        parsers = {
            name: chosen.add_parser(name, help=verb.says, description=_sentence(verb.says), allow_abbrev=False)
            for name, verb in verbs.items()
        }
        name = argv[0] if argv else None
        if name is None:
            raise Refused(f"say what to do: {', '.join(verbs)}; `goldthread --help` says what each one does.")
        if name not in verbs:
            if not name.startswith("-"):
                raise Refused(_unknown_verb(name, verbs))
            parser.parse_args(argv)  # --help and --version end here; anything else is refused
            raise Refused(f"the verb comes first: {', '.join(verbs)}; `goldthread --help` says what each one does.")
        module = resolve(verbs[name])
        module.add_arguments(parsers[name])
        args = parser.parse_args(argv)
    except SystemExit as end:  # argparse's way of saying that --help was answered
        return int(end.code or 0)
    return module.run(args)


def _unknown_verb(name: str, verbs: Verbs) -> str:
    near = difflib.get_close_matches(name, verbs, n=1)
    meant = f"; did you mean {near[0]}?" if near else ""
    return f"there is no verb {name!r}; the verbs are {', '.join(verbs)}{meant or '.'}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _version() -> str:
    try:
        return importlib.metadata.version("goldthread")
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def _refuse(sentence: str, error: BaseException) -> int:
    if os.environ.get("GOLDTHREAD_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    _say(sentence)
    return REFUSED


def _say(sentence: str) -> None:
    """This will print one line on standard error, with what a file slipped into it made visible, not obeyed."""
    one_line = " ".join(sentence.split())
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in one_line)
    with contextlib.suppress(OSError):  # nobody is there to read it
        print(f"goldthread: {shown}", file=sys.stderr, flush=True)


def _make_streams_safe() -> None:
    """This will let every character be printed: as UTF-8 into a file or pipe, escaped where a terminal cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _let_stdout_go() -> None:
    """This will point standard output at nothing, so that Python does not complain about the pipe when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
