"""The working of `check`: for one subject, what is owed and why, step by step, and what is not owed."""

from __future__ import annotations

from collections.abc import Mapping

from goldthread.cli.answering import Answering, Explained
from goldthread.cli.report import short, wrapped
from goldthread.cli.tally import PAST
from goldthread.cli.terminal import Ink, safe
from goldthread.duties.explaining import Step, WhyNot, explain, said
from goldthread.duties.findings import Finding, State
from goldthread.duties.rules import NATIONAL, Gate

URGENCY = (
    State.OVERDUE, State.EXCEEDED, State.DUE_SOON, State.RUNNING, State.JUDGEMENT, State.NOT_MET, State.MET_LATE,
    State.MET, State.ENDED, State.UNKNOWN,
)  # fmt: skip


def working(explained: Explained, answering: Answering, ink: Ink) -> str:
    """Give the working for one subject: what is open first, then what is done, what is unknown, and what is not owed."""
    lines = _working_head(explained.subject, answering, ink)
    interpretations: dict[str, str] = {}
    answered = sorted(explained.findings, key=lambda one: URGENCY.index(one.state))
    unknown = []
    for one in answered:
        steps = explain(one, answering.rules, answering.calendar, answering.as_of, answering.source)
        if one.state is State.UNKNOWN:
            unknown.append((one, steps))
            continue
        lines.append(_heading(one, ink))
        for step in steps:
            lines += _step(step, 1, interpretations, ink)
        lines.append("")
    if unknown:
        lines += [ink.bold("Unknown, and why"), ""]
        for one, steps in unknown:
            began = f", began {short(one.started)}" if one.started is not None else ""
            due = f", no later than {short(one.due)}" if one.due is not None else ""
            lines += wrapped("  - ", f"{_named(one)}{began}{due}: {_why_unknown(steps)}", ink)
        lines.append("")
    if not explained.findings:
        lines += ["Nothing is owed on what was read.", ""]
    if explained.dormant:
        lines += _why_not(explained.dormant, ink)
    if interpretations:
        lines += [ink.bold("Where the text leaves room: the interpretations named above"), ""]
        for name, text in interpretations.items():
            lines += wrapped("  - ", f"{name}: {text}", ink)
        lines.append("")
    return "\n".join(lines) + "\n"


def one_duty(explained: Explained, code: str, answering: Answering, ink: Ink) -> str:
    """Say of one duty why it is not owed; or where it stands, where it is owed after all."""
    lines = _working_head(explained.subject, answering, ink)
    for one in explained.findings:
        lines.append(_heading(one, ink))
    if explained.findings:
        lines.append("  It is owed; --explain without --why-not shows the working.")
    for dormant in explained.dormant:
        layer = "" if dormant.layer == NATIONAL else f" [{dormant.layer}]"
        lines += [ink.bold(f"{dormant.duty}{layer}: not owed"), *wrapped("  ", dormant.says, ink)]
        lines += wrapped("  - ", _capital(dormant.because) + _bracketed(_source(dormant.source)), ink)
    if not explained.findings and not explained.dormant:
        kind = explained.subject.partition(":")[0]
        lines.append(f"{code} is not a duty about a {kind}: `goldthread duties {code}` says whose it is.")
    return "\n".join(lines) + "\n"


def _working_head(subject: str, answering: Answering, ink: Ink) -> list[str]:
    return [ink.bold(f"{safe(subject)}: the working, as of {said(answering.as_of)}"), ""]


def _named(one: Finding) -> str:
    to = f", to {one.recipient}" if one.recipient else ""
    layer = "" if one.duty.layer == NATIONAL else f" [{one.duty.layer}]"
    cycle = f", round {one.instance.cycle}" if (one.instance.cycle or 0) > 1 else ""
    return f"{one.duty.code}{to}{layer}{cycle}"


def _heading(one: Finding, ink: Ink) -> str:
    due = f", no later than {said(one.due)}" if one.due is not None and not isinstance(one.duty, Gate) else ""
    text = safe(f"{_named(one)}: {one.state}{due}")
    if one.state in PAST:
        return ink.red(text)
    return ink.amber(text) if one.state is State.DUE_SOON else ink.bold(text)


def _why_unknown(steps: list[Step]) -> str:
    """Take the sentence that decided from the last step that says how it stands."""
    for step in reversed(steps):
        _, found, why = step.says.partition(f": {State.UNKNOWN}. ")
        if found:
            return _uncapital(why)
    return "its start is not known."


def _step(step: Step, depth: int, interpretations: dict[str, str], ink: Ink) -> list[str]:
    named = [under for under in step.steps if "interpretation" in under.source]
    for under in named:
        interpretations[str(under.source["interpretation"])] = under.says
    where = [_source(step.source)] if _source(step.source) else []
    if named:
        where.append(f"see {', '.join(str(under.source['interpretation']) for under in named)}")
    lines = wrapped("  " * depth + "- ", step.says + _bracketed("; ".join(where)), ink)
    for under in step.steps:
        if under not in named:
            lines += _step(under, depth + 1, interpretations, ink)
    return lines


def _bracketed(text: str) -> str:
    return f" [{text}]" if text else ""


def _source(source: Mapping[str, object]) -> str:
    parts = []
    for key, value in source.items():
        if key == "statement":
            parts.append(", ".join(map(str, value)) if isinstance(value, list) else str(value))
        elif key == "event":
            parts.append(f"event {value}")
    return "; ".join(parts)


def _why_not(answers: list[WhyNot], ink: Ink) -> list[str]:
    """List what is not owed, what is said of few duties first; duties with one reason stand together."""
    lines = [ink.bold("Not owed, and why"), ""]
    by_reason: dict[str, list[str]] = {}
    for one in answers:
        layer = "" if one.layer == NATIONAL else f" [{one.layer}]"
        by_reason.setdefault(one.because, []).append(f"{one.duty}{layer}")
    for because, codes in sorted(by_reason.items(), key=lambda item: (len(item[1]), item[0])):
        if len(codes) == 1:
            lines += wrapped("  - ", f"{codes[0]}: {because}", ink)
        else:
            lines += wrapped("  - ", f"{_capital(because.rstrip('.'))}: {', '.join(codes)}.", ink)
    return [*lines, ""]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]
