"""A receipt of any answer replays identically, and no longer once a fact has changed."""

from __future__ import annotations

import contextlib
import io
import tempfile
from datetime import date
from pathlib import Path

from histories import FIRST, as_ofs, children, corrected, others, plans
from hypothesis import given
from hypothesis import strategies as st

from goldthread.cli import main
from goldthread.duties.event import Event
from goldthread.formats.events_writing import write_jsonl

lives = st.one_of(children(), others(), plans()).flatmap(corrected)


def said(*words: str) -> tuple[int, str]:
    out, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        status = main(list(words))
    return status, out.getvalue() + error.getvalue()


@given(lives, as_ofs(), st.booleans())
def test_a_receipt_replays_identically_until_a_fact_changes(events: list[Event], as_of: int, overlaid: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, receipt = Path(folder) / "life.jsonl", Path(folder) / "receipt.json"
        with file.open("w", encoding="utf-8") as out:
            write_jsonl(events, out)
        overlay = ("--overlay", "example-plan-end") if overlaid else ()
        day = date.fromordinal(as_of).isoformat()
        status, told = said("check", str(file), "--as-of", day, *overlay, "--format", "json", "--receipt", str(receipt))
        assert status == 0, told
        status, told = said("replay", str(receipt))
        assert (status, told.partition(":")[0]) == (0, "The same answer"), told
        with file.open("a", encoding="utf-8") as out:
            write_jsonl([Event("added", ("child:A",), "referral-received", FIRST)], out)
        status, told = said("replay", str(receipt))
        assert status == 1
        assert "Changed:" in told
