"""The command line turns whatever happens into a status and, where something is wrong, one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from goldthread.cli import main
from goldthread.cli.verbs import Verb

MODULE = """
import sys
from goldthread.duties.refusal import Refused

def add_arguments(parser):
    parser.add_argument("what")
    parser.add_argument("--number", type=int)
    parser.add_argument("--format", choices=["text", "json"])

def run(args):
    if args.what == "refuse":
        raise Refused("FILE.xml, child 3 (C3): a date was expected,\\n    not 31 February.")
    if args.what == "escape":
        raise Refused("a name with \\x1b[31mred\\x1b[0m and \\udcff in it.")
    if args.what == "interrupt":
        raise KeyboardInterrupt
    if args.what == "open":
        open("no/such/file.xml")
    if args.what == "full":
        raise OSError(28, "No space left on device")
    if args.what == "fault":
        return {}["missing"]
    if args.what == "say":
        print("naïve – £ ☃ \\udcff")
    if args.what == "flood":
        for _ in range(100_000):
            print("x" * 100)
    return args.number or 0
"""
VERBS = {"act": Verb("acting_verb", "do what is said"), "gone": Verb("no_such_module_anywhere", "never imported")}


@pytest.fixture(autouse=True)
def acting_verb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "acting_verb.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delenv("GOLDTHREAD_DEBUG", raising=False)
    monkeypatch.delitem(sys.modules, "acting_verb", raising=False)


def run(*words: str) -> int:
    return main(words, VERBS)


def test_the_status_is_what_the_verb_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("act", "nothing") == 0
    assert run("act", "nothing", "--number", "1") == 1
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "goldthread: say what to do: act, gone; `goldthread --help` says what each one does.\n"),
        (["atc"], "goldthread: there is no verb 'atc'; the verbs are act, gone; did you mean act?\n"),
        (["zzz"], "goldthread: there is no verb 'zzz'; the verbs are act, gone.\n"),
        (["--loud"], "goldthread: "),
        (["act"], "goldthread: the following arguments are required: what; `goldthread act --help` says"),
        (["act", "x", "--number", "many"], "goldthread: argument --number: invalid int value: 'many'"),
        (["act", "x", "--format", "pdf"], "goldthread: argument --format: invalid choice: 'pdf'"),
        (["act", "x", "--loud"], "goldthread: not understood: --loud"),
        (["act", "x", "--num", "1"], "goldthread: not understood: --num 1"),
        (["act", "refuse"], "goldthread: FILE.xml, child 3 (C3): a date was expected, not 31 February.\n"),
        (["act", "open"], "goldthread: no/such/file.xml: No such file or directory.\n"),
        (["act", "full"], "goldthread: No space left on device.\n"),
        (["act", "fault"], "goldthread: a fault in Goldthread (KeyError) stopped this; set GOLDTHREAD_DEBUG=1 to see"),
        (["gone"], "goldthread: a fault in Goldthread (ModuleNotFoundError) stopped this"),
    ],
)
def test_whatever_cannot_be_used_is_refused_in_one_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_what_a_file_slips_into_a_sentence_is_shown_and_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("act", "escape") == 2
    assert capsys.readouterr().err == "goldthread: a name with \\x1b[31mred\\x1b[0m and \\udcff in it.\n"


def test_a_traceback_is_printed_only_when_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("act", "fault")
    assert "Traceback" not in capsys.readouterr().err
    monkeypatch.setenv("GOLDTHREAD_DEBUG", "1")
    assert run("act", "fault") == 2
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "KeyError: 'missing'" in err


def test_an_interruption_stops_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("act", "interrupt") == 130
    assert capsys.readouterr().err == "goldthread: stopped.\n"


def test_help_lists_the_verbs_without_importing_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "act" in out
    assert "do what is said" in out
    assert "never imported" in out
    assert "acting_verb" not in sys.modules


def test_help_of_a_verb_says_what_it_does_and_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("act", "--help") == 0
    out = capsys.readouterr().out
    assert out.startswith("usage: goldthread act ")
    assert "Do what is said." in out
    assert "--format" in out


def test_the_version_is_the_one_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out.startswith("goldthread ")


def process(tmp_path: Path, *words: str, piped_into: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
    """This will run the fake verb in a process of its own, in a shell when its output goes into something."""
    asked = (
        "import sys; from goldthread.cli import main; from goldthread.cli.verbs import Verb;"
        "sys.exit(main(None, {'act': Verb('acting_verb', 'do')}))"
    )
    command = [sys.executable, "-c", asked, *words]
    if piped_into:
        command = ["bash", "-c", f'"$@" | {piped_into}; exit "${{PIPESTATUS[0]}}"', "bash", *command]
    path = os.pathsep.join([str(tmp_path), *sys.path])
    machine = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    return subprocess.run(
        command, env={**machine, "PYTHONPATH": path, **env}, capture_output=True, timeout=60, check=False
    )


def test_a_reader_that_leaves_early_is_no_fault(tmp_path: Path) -> None:
    done = process(tmp_path, "act", "flood", piped_into="head -n 1")
    assert (done.stdout, done.stderr, done.returncode) == (b"x" * 100 + b"\n", b"", 141)


def test_a_reader_that_left_before_a_short_answer_is_no_fault(tmp_path: Path) -> None:
    done = process(tmp_path, "act", "say", piped_into="true")  # it has gone before Python has started
    assert (done.stdout, done.stderr, done.returncode) == (b"", b"", 141)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_what_goes_into_a_pipe_is_utf_8_whatever_the_machine_is_set_to(tmp_path: Path, encoding: str) -> None:
    done = process(tmp_path, "act", "say", PYTHONIOENCODING=encoding)
    assert done.stdout.decode("utf-8") == "naïve – £ ☃ \\udcff" + os.linesep
    assert (done.stderr, done.returncode) == (b"", 0)
