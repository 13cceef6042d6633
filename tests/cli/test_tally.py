"""What is counted and who is shown do not depend on the order or the parts in which findings come."""

from __future__ import annotations

import io
import pickle
import random
from datetime import date
from pathlib import Path

import pytest

from goldthread.cli import report
from goldthread.cli.answering import Answering, Question
from goldthread.cli.tally import KEPT, SHOWN_CHILDREN, Counted, Tally
from goldthread.cli.terminal import Ink
from goldthread.duties.example_lines import event
from goldthread.duties.findings import Finding
from goldthread.formats import events_writing

INK = Ink(io.StringIO())
Found = list[tuple[str, list[Finding]]]


@pytest.fixture
def asked(tmp_path: Path) -> Answering:
    """A question about children who wait since different days, with a reason or without."""
    path = tmp_path / "e.jsonl"
    lines = [f"2025-03-{place % 5 + 3:02} referral-received process=referral:{place}" for place in range(90)]
    facts = [event(line, place, f"child:{place:03}") for place, line in enumerate(lines)]
    facts += [event("2023-12-01 referral-received process=referral:X", 90, "child:X")]
    facts += [event("2025-01-03 assessment-started process=referral:X", 91, "child:X")]
    facts += [event('2025-01-04 assessment-delay-explained process=referral:X reason="a court"', 92, "child:X")]
    with path.open("w", encoding="utf-8") as out:
        events_writing.write_jsonl(facts, out)
    return Answering(Question((path,), date(2025, 3, 10).toordinal()), date(2025, 3, 10))


def counted(asked: Answering, found: Found) -> Counted:
    tally = Tally(asked)
    for subject, findings in found:
        tally.add(subject, findings)
    return tally.counted()


def test_parts_in_any_order_come_to_the_whole(asked: Answering) -> None:
    found = list(asked.subjects())
    whole = counted(asked, found)
    assert len(whole.needy) == SHOWN_CHILDREN and sum(whole.worst) > 50 and whole.editions
    random.Random(3).shuffle(found)
    total = Tally(asked)
    for part in (found[60:], found[:7], found[7:60], []):
        sent = pickle.dumps(counted(asked, part))
        total.take(pickle.loads(sent))  # noqa: S301  # what was written in the line above
    assert total.counted() == whole
    plain = Tally(asked)
    plain.take(whole)
    assert report.write(total, INK) == report.write(plain, INK)


def test_only_the_worst_of_a_whole_country_is_kept(asked: Answering) -> None:
    _, findings = next(iter(asked.subjects()))
    names = [f"child:{place:04}" for place in range(9001)]
    random.Random(4).shuffle(names)
    tally = Tally(asked)
    for name in names:
        tally.add(name, findings)
        assert len(tally.needy) <= KEPT
    assert [line.subject for line in tally.shown()] == sorted(names)[:SHOWN_CHILDREN]
    assert tally.worst[3] == 9001 and "and 8,976 more" in report.write(tally, INK)
