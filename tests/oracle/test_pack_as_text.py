"""Packs are read as text, and their own worked examples come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from oracle.examples import Example, overlay_examples, pack_examples
from oracle.oracle import answer
from oracle.pack_as_text import read_pack, read_yaml
from oracle.small_pack import DECIDE, DUTIES, HOLIDAYS, PACK, Asker

EXAMPLES = pack_examples(PACK) + overlay_examples(PACK, DUTIES / "overlays")


def test_an_unknown_word_is_refused(ask: Asker) -> None:
    with pytest.raises(ValueError, match="does not know"):
        ask({**DECIDE, "pauses_with": "illness"}, [], "2025-03-10")


def test_yaml_is_read_as_text_but_for_true_false_numbers_and_null(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("on: no\nday: 2025-03-01\ncount: 15\ntruth: true\nnothing:\ntime: 1:30\nwords: 'true'\n")
    assert read_yaml(path) == {
        "on": "no",
        "day": "2025-03-01",
        "count": 15,
        "truth": True,
        "nothing": None,
        "time": "1:30",
        "words": "true",
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code}: {example.says}")
def test_the_worked_examples_of_packs_and_overlays_come_out(example: Example) -> None:
    assert read_pack(PACK).duties
    overlays = [] if example.overlay is None else [DUTIES / "overlays" / f"{example.overlay}.yaml"]
    findings = answer(example.events, example.on, None, PACK, overlays, *HOLIDAYS, example.source)
    mine = [f for f in findings if f["duty"] == example.code]
    mine.sort(key=lambda f: (f["layer"] != "national", f["started_on"] or "9"))
    shown = [
        {key: str(finding[key]) if isinstance(value, str) else finding[key] for key, value in expected.items()}
        for finding, expected in zip(mine, example.expect, strict=False)
    ]
    assert len(mine) == len(example.expect)
    assert shown == [dict(expected) for expected in example.expect]
