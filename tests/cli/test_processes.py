"""However many processes answer a census, the answer is the same to the byte: rows, notes, refusals, receipts."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from goldthread.cli import blocks, main, parts
from goldthread.cli.answering import Answering, Question
from goldthread.cli.blocks import Telling, Told
from goldthread.formats.cin import Share
from goldthread.formats.cin import reading as cin_reading
from goldthread.invented.directory import Wanted, write

pytestmark = [
    pytest.mark.skipif(not parts.AVAILABLE, reason="processes are forked on Linux only"),
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),  # the tests' own runner has threads
]
SAMPLES = Path(__file__).parents[3] / "shared/data/cin"
FORMATS = ("text", "json", "jsonl", "csv")
CENSUS = (
    "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>{}</Children></Message>"
)

Answer = tuple[int, str, str, str]
Check = Callable[..., Answer]


def child(name: str, more: str = "", referred: str = "2026-02-02") -> str:
    return (
        f"<Child><ChildIdentifiers><LAchildID>{name}</LAchildID><PersonBirthDate>2015-05-05</PersonBirthDate></ChildIdentifiers>"
        f"<CINdetails><CINreferralDate>{referred}</CINreferralDate><ReferralSource>1A</ReferralSource>{more}"
        "<Assessments><AssessmentActualStartDate>2026-02-05</AssessmentActualStartDate></Assessments></CINdetails></Child>"
    )


CHILDREN = [child(f"C{number:03}", referred=f"2026-0{number % 3 + 1}-0{number % 7 + 1}") for number in range(30)]
MISPLACED = "</Children><Other>" + child("M") + "</Other><Children>"
ODD = {
    "nobody": "",
    "the same id in other blocks": "".join([*CHILDREN, *CHILDREN[5:20], CHILDREN[0]]),
    "unknown elements": "".join(child(f"C{number}", f"<New{number % 5}/><Both/>") for number in range(40)),
    "no id": "".join([child(""), *CHILDREN[:6], child(" "), "<Child/>", child("unnamed-8")]),
    "a Child elsewhere": MISPLACED.join([*CHILDREN[:3], "".join(CHILDREN[3:8]), ""]),
    "notes": "".join(child(f"C{number}", "<CINclosureDate>soon</CINclosureDate>") for number in range(250)),
}


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cin_reading, "BLOCK", 5)


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect the processes that are started."""
    started: list[int] = []
    fork = os.fork

    def forked() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", forked)
    return started


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Check:
    """Runs check with a receipt, and gives its status, what it printed on either stream, and the receipt."""
    receipt = tmp_path / "receipt.json"

    def run(*words: object, processes: int | str) -> Answer:
        receipt.unlink(missing_ok=True)
        status = main(["check", *map(str, words), "--processes", str(processes), "--receipt", str(receipt)])
        return status, *capsys.readouterr(), receipt.read_text(encoding="utf-8") if receipt.exists() else ""

    return run


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write_text(text: str) -> Path:
        path = tmp_path / "census.xml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_text


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    write(folder, Wanted(children=150, seed=11, messy=True, census_only=True))
    return folder / "census-2026.xml"


def same(check: Check, forks: list[int], *words: object, of: tuple[int, ...] = (2, 3)) -> Answer:
    """Hold the answer of one process and those of several together."""
    alone = check(*words, processes=1)
    assert forks == []
    for processes in of:
        assert check(*words, processes=processes) == alone
        assert len(forks) == processes, "nothing was shared"
        forks.clear()
    return alone


# ---- the same answer


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("case", ODD)
def test_an_odd_census_is_answered_the_same(
    check: Check, forks: list[int], written: Callable[[str], Path], case: str, format_name: str
) -> None:
    status, out, err, receipt = same(check, forks, written(CENSUS.format(ODD[case])), "--format", format_name)
    assert (status, err) == (0, "") and out and receipt


@pytest.mark.parametrize(
    "words", [[], ["--explain"], ["--known-at", "2025-11-01", "--overlay", "example-first-review"]]
)
@pytest.mark.parametrize("format_name", FORMATS)
def test_a_messy_authority_is_answered_the_same(
    check: Check, forks: list[int], messy: Path, format_name: str, words: list[str]
) -> None:
    status, out, err, receipt = same(check, forks, messy, "--format", format_name, *words, of=(2,))
    assert (status, err) == (0, "") and len(out) > 3000 and receipt


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are not beside the repository")
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.xml")) if SAMPLES.is_dir() else [])
def test_every_sample_is_answered_the_same(check: Check, forks: list[int], name: str) -> None:
    for format_name in FORMATS:
        assert same(check, forks, SAMPLES / name, "--format", format_name, of=(2,))[0] == 0


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_broken_census_ends_the_same_after_the_rows_that_came_before(
    check: Check, forks: list[int], written: Callable[[str], Path], format_name: str
) -> None:
    # past the 32 kB that the parser takes at once, so that rows come before the break
    text = CENSUS.format("".join(child(f"C{number}") for number in range(130)))
    for broken in (text[:900], text[:40_000], text[:40_000] + "<" + text[40_000:], text + "<More/>"):
        status, out, err, receipt = same(check, forks, written(broken), "--format", format_name, of=(2,))
        assert (status, receipt) == (2, "")
        assert re.fullmatch(r"goldthread: .*census\.xml: [^\n]+; expected [^\n]+\n", err)
    assert out.count("assessment.conclude") == (0 if format_name == "text" else 130)


def test_the_blocks_come_to_the_subjects(messy: Path) -> None:
    """The blocks are what is printed; replay and --strict go by the subjects."""
    by_subject, by_block = (Answering(Question((messy,)), date(2026, 3, 31)) for _ in range(2))
    subjects = [(subject, [vars(one.instance)["id"] for one in found]) for subject, found in by_subject.subjects()]
    found = []
    for block in by_block.blocks():
        found += [(subject, [vars(one.instance)["id"] for one in findings]) for subject, findings in block.found]
        by_block.take(block.notes, block.engine_notes, block.children, block.facts)
    assert found == subjects
    assert by_block.closing() == by_subject.closing()


def test_progress_is_told_by_the_one_who_was_asked(messy: Path) -> None:
    asked, calls = os.getpid(), []

    def progress(done: int, total: int) -> None:
        assert os.getpid() == asked
        calls.append((done, total))

    answering = Answering(Question((messy,)), date(2026, 3, 31), progress)
    assert len(list(Telling(answering, lambda found: "x" * len(found), None, None).texts(2))) == len(calls)
    assert calls == sorted(calls) and len(calls) == 31, "a messy authority has a child twice"
    assert {total for _, total in calls} == {messy.stat().st_size}


# ---- how many


def test_a_large_census_is_shared_unasked_and_a_small_one_is_not(
    messy: Path, forks: list[int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parts, "processors", lambda: 3)
    assert main(["check", str(messy)]) == 0
    small = capsys.readouterr()
    assert forks == []
    monkeypatch.setattr(blocks, "WORTH_SHARING", messy.stat().st_size)
    assert main(["check", str(messy)]) == 0
    assert len(forks) == 3 and capsys.readouterr() == small
    assert main(["check", str(messy), "--processes", "1"]) == 0
    assert len(forks) == 3
    monkeypatch.setattr(parts, "AVAILABLE", False)
    assert main(["check", str(messy), "--processes", "2"]) == 0
    assert len(forks) == 3, "where it is not safe, it is not done"


def test_what_cannot_be_shared_is_answered_by_one(check: Check, forks: list[int], messy: Path, tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text(
        '{"subject":"child:A","kind":"referral-received","occurred":"2025-03-03"}\n' * 2, encoding="utf-8"
    )
    for words in ([events, "--as-of", "2025-03-05"], [messy, messy], [messy, "--explain", "GT0000001"]):
        assert check(*words, processes=2) == check(*words, processes=1)
    assert forks == []


@pytest.mark.parametrize("number", ["0", "-1", "two", "1.5", "", "100", "٣"])
def test_a_number_that_is_none_is_refused(check: Check, messy: Path, number: str) -> None:
    status, out, err, _ = check(messy, processes=number)
    assert (status, out) == (2, "")
    assert err.startswith("goldthread: ") and "--processes" in err and err.count("\n") == 1


# ---- when it is cut short


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_process_that_is_killed_ends_the_answer_with_a_sentence(
    check: Check, messy: Path, format_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Telling._told

    def killed(self: Telling, share: Share) -> Iterator[Told]:
        for place, one in enumerate(told(self, share)):
            if (share.which, place) == (1, 3):
                os.kill(os.getpid(), signal.SIGKILL)
            yield one

    whole = check(messy, "--format", format_name, processes=2)[1]
    monkeypatch.setattr(Telling, "_told", killed)
    status, out, err, receipt = check(messy, "--format", format_name, processes=2)
    assert (status, receipt) == (2, "")
    assert err.startswith(
        f"goldthread: {messy}: a process that was answering a part of it was lost (ended by signal 9)"
    )
    assert err.count("\n") == 1
    assert len(out) < len(whole) and (format_name == "text" or whole.startswith(out.rstrip("\n]} ")))
    assert out == "" if format_name == "text" else '"source"' not in out


COMMAND = [sys.executable, "-P", "-m", "goldthread", "check", "--processes", "2", "--format", "jsonl"]


def parts_of(pid: int) -> list[int]:
    """List the processes that a process has started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()]


def ended(pids: list[int]) -> bool:
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
        time.sleep(0.005)
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def heeds_interruption() -> None:
    """Undo what a shell does to what it runs in the background, which is to have it ignore interruptions."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("way", ["interrupted", "reader gone"])
def test_when_it_is_stopped_nothing_is_left(written: Callable[[str], Path], way: str) -> None:
    path = written(CENSUS.format("".join(child(f"C{number}") for number in range(2000))))
    asked = subprocess.Popen(
        [*COMMAND, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heeds_interruption,
    )
    with asked:
        assert asked.stdout is not None and asked.stderr is not None
        asked.stdout.readline()
        asked.stdout.readline()  # the first row is there, and the answer is too long for the pipe
        pids = parts_of(asked.pid)
        assert len(pids) == 2
        if way == "interrupted":
            os.killpg(asked.pid, signal.SIGINT)
            asked.stdout.read()  # to its end: were it closed here, it would be a matter of chance which of the two came first
        asked.stdout.close()
        said = asked.stderr.read()
    assert (asked.returncode, said) == ((130, b"goldthread: stopped.\n") if way == "interrupted" else (141, b""))
    assert ended(pids)
