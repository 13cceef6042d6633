"""Every worked example of the pack and of the overlays that are carried, run as a test of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from _pytest.mark.structures import ParameterSet

from goldthread.duties import calendar, examples, rules, words
from goldthread.duties.rules import OVERLAYS, Duty, Gate, Rules

CARRIED = sorted(path.stem for path in OVERLAYS.glob("*.yaml"))


def every() -> list[ParameterSet]:
    return list(_every())


def _every() -> Iterator[ParameterSet]:
    packs: list[tuple[Rules, tuple[str, ...]]] = [(rules.load(), ())]
    packs += [(rules.load(overlays=(name,)), (name,)) for name in CARRIED]
    for pack, overlays in packs:
        both: list[Duty | Gate] = [*pack.duties, *pack.gates]
        for duty in both:
            if overlays and duty.layer == rules.NATIONAL:
                continue
            own = duty.examples if isinstance(duty, Gate) else duty.word.examples
            subject = "child" if isinstance(duty, Gate) else duty.subject
            for place, example in enumerate(own):
                yield pytest.param(example, duty.code, subject, pack, id=f"{duty.layer}-{duty.code}-{place + 1}")


@pytest.mark.parametrize(("example", "code", "subject", "pack"), every())
def test_a_worked_example_comes_out_as_its_sentence_says(
    example: words.Example, code: str, subject: str, pack: Rules
) -> None:
    _, found, expected = examples.run(example, code, subject, pack, calendar.load())
    shown = [{key: one.get(key) for key in (expected[0] if expected else one)} for one in found]
    assert len(found) == len(expected), f"{example.says}: {shown}"
    for got, wanted in zip(found, expected, strict=True):
        assert {key: got[key] for key in wanted} == wanted, example.says


def test_every_duty_and_gate_has_a_worked_example() -> None:
    pack = rules.load()
    without = [duty.code for duty in pack.duties if not duty.word.examples]
    without += [gate.code for gate in pack.gates if not gate.examples]
    assert without == []


def test_every_timed_duty_has_at_least_three() -> None:
    pack = rules.load()
    few = [duty.code for duty in pack.duties if duty.kind == "timed" and len(duty.word.examples) < 3]
    assert few == []


def test_a_wrong_expectation_fails() -> None:
    pack = rules.load()
    duty = next(one for one in pack.duties if one.code == "referral.decide")
    example = duty.word.examples[0].model_copy(update={"expect": {"state": "overdue"}})
    with pytest.raises(AssertionError):
        test_a_worked_example_comes_out_as_its_sentence_says(example, duty.code, duty.subject, pack)
