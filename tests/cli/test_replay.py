"""A receipt gives the same answer again, or what has changed since."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from goldthread.cli import main
from goldthread.duties import calendar, rules
from goldthread.duties.calendar import WorkingDays
from goldthread.duties.event import Source
from goldthread.duties.example_lines import event
from goldthread.formats import events_writing, receipts

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/receipt.schema.json").read_text(encoding="utf-8"))
LINES = (
    "2025-01-06 conference-held type=initial unborn=true outcome=plan process=conference:K1",
    "2025-02-03 child-born born_on=2025-02-03",
    "2025-03-03 referral-received process=referral:R1 subjects=child:A,child:B",
    "2025-03-04 referral-decided subject=child:B recorded=2025-03-20T09:00+00:00",
    "2025-03-05 assessment-started process=referral:R1",
)
OVERLAY = (
    "overlay: ours\nover: wt2023\ntitle: Ours\nin_force_from: 2022-01-01\nsets:\n- {{code: circulate, "
    "duty: plan.circulate, says: Send it soon., due: {{within: {0} days}}, cites: [ours@2022-01/plans/1]}}\n"
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def goldthread(*words: object) -> tuple[int, str, str]:
        status = main(list(map(str, words)))
        return status, *capsys.readouterr()

    return goldthread


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """A folder with events, an overlay, a CSV with its declaration, and a receipt of each."""
    folder = tmp_path / "asked"
    folder.mkdir()
    write(folder)
    (folder / "ours.yaml").write_text(OVERLAY.format(7), encoding="utf-8")
    events = [event(line, place, "child:A") for place, line in enumerate(LINES)]
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as out:
        events_writing.write_csv(events, out)
    with (folder / "declared.json").open("w", encoding="utf-8") as out:
        events_writing.write_source(Source(frozenset(["referral-received", "conference-held"])), out)
    asked = ["--as-of", "2025-03-10", "--format", "csv"]
    for words in (
        [
            "events.jsonl",
            "--overlay",
            folder / "ours.yaml",
            "--overlay",
            "example-first-review",
            "--receipt",
            "receipt.json",
        ],
        ["events.jsonl", "--known-at", "2025-03-19T12:00+01:00", "--receipt", "known.json"],
        ["events.csv", "--source", folder / "declared.json", "--receipt", "table.json"],
    ):
        files = (".jsonl", ".csv", ".json")
        given = [folder / str(word) if str(word).endswith(files) else word for word in words]
        assert run("check", *given, *asked)[0] == 0
    return folder


def write(folder: Path, *more: str) -> None:
    with (folder / "events.jsonl").open("w", encoding="utf-8") as out:
        events_writing.write_jsonl([event(line, place, "child:A") for place, line in enumerate((*LINES, *more))], out)


def change(path: Path, **changes: Any) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")


@pytest.mark.parametrize("name", ["receipt.json", "known.json", "table.json"])
def test_a_receipt_follows_its_schema_and_replays(run: Run, folder: Path, name: str) -> None:
    receipt = json.loads((folder / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(receipt)
    status, out, err = run("replay", folder / name)
    count, sha = receipt["findings"]["count"], receipt["findings"]["sha256"]
    assert count > 3
    assert (status, out, err) == (0, f"The same answer: {count} findings as of 2025-03-10, {sha[:16]}.\n", "")


def test_what_was_known_then_is_answered_again_as_it_was_known(folder: Path) -> None:
    def states(name: str) -> dict[str, int]:
        rows = json.loads((folder / name).read_text(encoding="utf-8"))["findings"]["states"]
        return {row[2]: row[3] for row in rows if row[1] == "referral.decide"}

    assert states("known.json") == {"overdue": 2}
    assert states("receipt.json") == {"overdue": 1, "met": 1}


def test_the_answer_and_the_order_of_the_file_do_not_change_the_digest(run: Run, folder: Path) -> None:
    asked = ["--as-of", "2025-03-10", "--receipt"]
    lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "reversed.jsonl").write_text("".join(reversed(lines)), encoding="utf-8")
    (folder / "half.jsonl").write_text("".join(lines[:2]), encoding="utf-8")
    (folder / "rest.jsonl").write_text("".join(lines[2:]), encoding="utf-8")
    digests = []
    for place, words in enumerate(
        (
            ["events.jsonl"], ["events.jsonl", "--format", "json"], ["events.jsonl", "--explain"],
            ["reversed.jsonl"], ["rest.jsonl", "half.jsonl"], ["events.csv"], ["events.jsonl", "--explain", "B"],
        )
    ):  # fmt: skip
        given = [folder / word if word.endswith(("l", "v")) else word for word in words]
        assert run("check", *given, *asked, folder / f"{place}.json")[0] == 0
        digests.append(json.loads((folder / f"{place}.json").read_text(encoding="utf-8"))["findings"])
    assert all(digest == digests[0] for digest in digests)


def test_it_replays_from_another_folder_with_the_files_beside_it(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved, elsewhere = tmp_path / "moved", tmp_path / "elsewhere"
    shutil.move(folder, moved)
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    for name in ("receipt.json", "known.json", "table.json"):
        assert run("replay", moved / name)[0] == 0


def test_a_path_that_was_given_from_a_folder_is_found_from_another(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert run("check", "events.jsonl", "--as-of", "2025-03-10", "--receipt", "relative.json")[0] == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    (elsewhere / "events.jsonl").write_text("another file of that name\n", encoding="utf-8")
    assert run("replay", folder / "relative.json")[0] == 0, "the one with the right bytes is taken"


# ---- what has changed


def differs(done: tuple[int, str, str], *words: str) -> None:
    assert done[0] == 1, done
    assert done[2] == ""
    for one in words:
        assert one in done[1]


def test_a_changed_file_is_named_and_so_is_whom_it_changes(run: Run, folder: Path) -> None:
    write(folder, "2025-03-04 referral-decided subject=child:A")
    differs(
        run("replay", folder / "receipt.json"),
        f"Changed: the file {folder / 'events.jsonl'}: its bytes are not those that were answered.\n",
        "It differs for 1: child:A.\n",
        "  referral.decide, met: 1 then, 2 now\n",
        "  referral.decide, overdue: 1 then, 0 now\n",
    )


def test_a_file_that_was_changed_and_says_the_same_is_named_too(run: Run, folder: Path) -> None:
    path = folder / "events.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    differs(run("replay", folder / "receipt.json"), "Changed: the file ", "The same answer: ")


def test_a_changed_overlay_is_named(run: Run, folder: Path) -> None:
    (folder / "ours.yaml").write_text(OVERLAY.format(90), encoding="utf-8")
    done = run("replay", folder / "receipt.json")
    differs(done, "Changed: the overlay ", "ours.yaml", "  plan.circulate [ours], overdue: 1 then, 0 now\n")
    assert "the rules" not in done[1]


def test_a_changed_declaration_is_named(run: Run, folder: Path) -> None:
    (folder / "declared.json").write_text('{"source": {"carries": ["referral-received"]}}\n', encoding="utf-8")
    differs(run("replay", folder / "table.json"), "Changed: the declaration ", "declared.json")


@pytest.mark.parametrize(
    "changes",
    [{"as_of": "2025-03-11"}, {"known_at_microseconds": 1_700_000_000_000_000}, {"strict": True}, {"overlays": []}],
)
def test_a_receipt_that_was_changed_says_so(run: Run, folder: Path, changes: dict[str, Any]) -> None:
    change(folder / "receipt.json", **changes)
    differs(run("replay", folder / "receipt.json"), "Changed: the receipt itself")


def test_another_day_is_another_answer(run: Run, folder: Path) -> None:
    change(folder / "receipt.json", as_of="2025-03-11")
    differs(run("replay", folder / "receipt.json"), "A different answer: ", "It differs for ")


def test_a_digest_that_was_changed_is_another_answer(run: Run, folder: Path) -> None:
    findings = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))["findings"]
    change(folder / "receipt.json", findings={**findings, "sha256": "0" * 64, "states": [["odd"], *findings["states"]]})
    differs(run("replay", folder / "receipt.json"), "A different answer: ")


def test_other_rules_are_named(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load = rules.load
    monkeypatch.setattr(rules, "load", lambda *given: load(*given)._replace(sha256="f" * 64))
    then = rules.load().sha256[:12]
    assert then == "ffffffffffff"
    differs(
        run("replay", folder / "known.json"),
        "Changed: the rules wt2023: ",
        " then, ffffffffffff now.",
        "The same answer",
    )


def test_other_bank_holidays_are_named_and_an_older_release_that_is_held_is_used(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    real = calendar.load()

    def load(release: str | None = None) -> WorkingDays:
        asked.append(release)
        return WorkingDays.of("england-2099-01", real.first, real.horizon, {})

    monkeypatch.setattr(calendar, "load", load)
    differs(
        run("replay", folder / "known.json"), f"Changed: the bank holidays: {real.release} then, england-2099-01 now"
    )
    assert asked == [real.release], "the release that the answer rested on is asked for"
    monkeypatch.setattr(calendar, "releases", lambda: ["england-2099-01"])
    run("replay", folder / "known.json")
    assert asked[-1] is None, "where it is not held the newest answers"


# ---- what cannot be replayed


def refused(done: tuple[int, str, str], words: str) -> None:
    assert (done[0], done[1]) == (2, "")
    assert words in done[2] and done[2].count("\n") == 1


def test_a_missing_file_is_refused(run: Run, folder: Path) -> None:
    (folder / "declared.json").unlink()
    refused(run("replay", folder / "table.json"), "declared.json: the receipt rests on this file")
    (folder / "ours.yaml").unlink()
    refused(run("replay", folder / "receipt.json"), "ours.yaml: the receipt rests on this file")
    (folder / "events.jsonl").unlink()
    refused(run("replay", folder / "receipt.json"), "it is neither there nor beside the receipt")
    refused(run("replay", folder / "none.json"), "none.json: cannot be read")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"as_of": "soon"}, "a date that exists, like 2026-03-31, was expected; found 'soon'"),
        ({"as_of": 3}, "as_of is 3, not text"),
        ({"inputs": [{"path": 1, "sha256": ""}]}, "inputs[0].path is 1, not text"),
        ({"rules": {"edition": "wt1999", "hash": ""}}, "the edition 'wt1999' is not held"),
        ({"findings": {}}, "the key 'findings.count' is missing"),
    ],
)
def test_a_damaged_receipt_is_refused(run: Run, folder: Path, changes: dict[str, Any], words: str) -> None:
    change(folder / "receipt.json", **changes)
    refused(run("replay", folder / "receipt.json"), words)


def test_a_cut_off_receipt_is_refused(run: Run, folder: Path) -> None:
    text = (folder / "receipt.json").read_text(encoding="utf-8")
    (folder / "receipt.json").write_text(text[:-9], encoding="utf-8")
    refused(run("replay", folder / "receipt.json"), "is not a receipt, or a damaged one")
    refused(run("replay", folder / "events.jsonl"), "is not a receipt, or a damaged one")


def test_a_receipt_is_written_over_itself_only(run: Run, folder: Path) -> None:
    before = (folder / "receipt.json").read_text(encoding="utf-8")
    assert run("check", folder / "events.jsonl", "--as-of", "2025-03-11", "--receipt", folder / "receipt.json")[0] == 0
    assert (folder / "receipt.json").read_text(encoding="utf-8") != before
    assert receipts.read(folder / "receipt.json")["as_of"] == "2025-03-11"
