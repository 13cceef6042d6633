"""The text answer of `check`: what was read, a table by duty, the children who need someone today, and the working."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable
from datetime import date
from heapq import nlargest
from typing import NamedTuple

from goldthread.cli.answering import Answering, Explained
from goldthread.cli.terminal import Ink
from goldthread.duties.explaining import Step, WhyNot, explain, plural, said, unit, why_not
from goldthread.duties.findings import Finding, State, edition_status, reason_words
from goldthread.duties.rules import NATIONAL, Duty, Gate

WIDTH = 100
SHOWN_CHILDREN = 25
SHOWN_NOTES = 10
COLUMNS = ("owed", "in time", "late", "overdue", "due soon", "running", "ended", "share in time")
LATE = (State.MET_LATE, State.NOT_MET)
PAST = (State.OVERDUE, State.EXCEEDED)
CALM = frozenset(State) - {*PAST, State.DUE_SOON}


class Line(NamedTuple):
    """One child who needs someone today: how far past, and why, in one line."""

    rank: tuple[int, int, int]
    subject: str
    finding: Finding
    others: int


class Tally:
    """Counts by duty and state, and the children who need someone, gathered as findings come."""

    def __init__(self, answering: Answering) -> None:
        """Start with nothing counted."""
        self.answering = answering
        self.counts: dict[tuple[Duty | Gate, State], int] = {}
        self.editions: Counter[str] = Counter()
        self.provisional = 0
        self.needy: list[Line] = []
        self.needing = 0
        self.soon = 0
        duties: list[Duty | Gate] = [*answering.rules.duties, *answering.rules.gates]
        self.duties = duties
        rules = answering.rules  # the days on which the edition that is held is the one in force
        self.opens = rules.in_force_from
        self.closes = rules.successor.in_force_from if rules.successor else date.max.toordinal()

    def add(self, subject: str, findings: Iterable[Finding]) -> None:
        """Count one subject's findings and remember whether she needs someone today."""
        counts, as_of = self.counts, self.answering.as_of
        worst: Finding | None = None
        rank = (0, 0, 0)
        number = 0
        for one in findings:
            state = one.state
            key = (one.duty, state)
            counts[key] = counts.get(key, 0) + 1
            if one.provisional:
                self.provisional += 1
            if state is State.UNKNOWN:
                continue
            started = one.started
            if started is not None and not self.opens <= started < self.closes:
                self.editions[edition_status(self.answering.rules, started, as_of)] += 1
            if state in CALM:
                continue
            past = as_of - (one.due or as_of)
            own = (3 if state is State.OVERDUE else 2 if state is State.EXCEEDED else 1, one.days_late or 0, past)
            number += 1
            if worst is None or own > rank:
                worst, rank = one, own
        if worst is None:
            return
        if rank[0] > 1:
            self.needing += 1
        else:
            self.soon += 1
        self.needy.append(Line(rank, subject, worst, number - 1))
        if len(self.needy) > 4000:  # flat memory on a whole country: keep only those that can be shown
            self.needy = nlargest(1000, self.needy, key=lambda line: line.rank)


def write(tally: Tally, ink: Ink, *, every_child: bool = False) -> str:
    """Give the whole text answer."""
    parts = [*_read(tally, ink), *_table(tally, ink), *_children(tally, ink, every_child), *_notes(tally, ink)]
    return "\n".join(parts) + "\n"


def _read(tally: Tally, ink: Ink) -> list[str]:
    answering = tally.answering
    lines = [ink.bold(f"Where every child stands against {answering.rules.title}"), ""]
    for reading in answering.readings:
        about = ", ".join(f"{key} {reading.about[key]}" for key in ("year", "LEA") if reading.about.get(key))
        kind = {"cin-census": "CIN census", "events-jsonl": "case events", "events-csv": "case events (CSV)"}[
            reading.format
        ]
        lines.append(f"Read       {reading.path.name}: {kind}{f' ({about})' if about else ''}")
    lines.append(
        f"           {plural(answering.children, 'child').replace('childs', 'children')}, {plural(answering.facts, 'dated fact')}"
    )
    whose = "" if answering.as_of_said or not answering.censuses else ", the census's reference date"
    lines.append(f"As of      {said(answering.as_of)}{whose}")
    layers = "".join(f" + {one.name}" for one in answering.rules.overlays)
    lines.append(
        f"By         the pack {answering.rules.edition}{layers} ({answering.rules.sha256[:12]}), bank holidays "
        f"{answering.calendar.release} (known until {date.fromordinal(answering.calendar.horizon):%-d %B %Y})"
    )
    source = answering.source
    if source.carries is not None:
        days = (
            f" and covers {_short(source.opens)} to {_short(source.closes)}" if source.opens and source.closes else ""
        )
        lines += _wrapped(
            "Mind       ",
            f"This file cannot hold everything{days}. What it cannot hold is “unknown” here, never overdue.",
        )
    lines += _editions(tally)
    if answering.unknown_kinds:
        named = ", ".join(f"{kind} {number}" for kind, number in answering.unknown_kinds.most_common(8))
        lines += _wrapped("Kinds      ", f"Kinds that no rule names were kept and not used: {named}.")
    return [*lines, ""]


def _editions(tally: Tally) -> list[str]:
    rules = tally.answering.rules
    lines: list[str] = []
    newer = tally.editions["newer-edition-not-held"]
    if newer and rules.successor:
        lines += _wrapped(
            "Edition    ",
            f"{plural(newer, 'answer')} here started on or after {_short(rules.successor.in_force_from)}, when a newer edition of the "
            "guidance replaced this one. Its text is not held, so they are answered by the edition that is.",
        )
    earlier = tally.editions["not-yet-in-force"]
    if earlier:
        lines += _wrapped(
            "Edition    ",
            f"{plural(earlier, 'answer')} here started before this edition came into force on {_short(rules.in_force_from)}; "
            "the edition of that day is not held.",
        )
    if tally.provisional:
        lines += _wrapped(
            "Mind       ",
            f"{plural(tally.provisional, 'date')} rest on something not yet certain (--explain says on what).",
        )
    return lines


def _table(tally: Tally, ink: Ink) -> list[str]:
    rows: list[tuple[str, str, Counter[State]]] = []
    silent: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    local: Counter[str] = Counter()
    for duty in tally.duties:
        counts = Counter({state: tally.counts[duty, state] for state in State if (duty, state) in tally.counts})
        if not counts:
            continue
        name = duty.code if duty.layer == NATIONAL else f"{duty.code} ({duty.layer})"
        unknown = counts[State.UNKNOWN]
        if unknown == counts.total():
            if isinstance(duty, Gate) or duty.kind != "local":
                silent[name] = unknown
            else:
                local[name] = unknown
            continue
        if not isinstance(duty, Gate) and duty.judgement:
            judged[name] = counts[State.JUDGEMENT]
        rows.append((duty.area, name, counts))
    lines = [ink.bold("By duty"), ""]
    if not rows:
        lines.append("  No duty could be answered from what was read.")
    else:
        wide = max(len("duty"), *(len(name) for _, name, _ in rows))
        head = "".join(f"{column:>{max(8, len(column) + 2)}}" for column in COLUMNS)
        lines.append(ink.dim(f"  {'duty':<{wide}}{head}"))
        area = None
        for row_area, name, counts in rows:
            if row_area != area:
                area = row_area
                lines.append(f"  {ink.dim(row_area)}")
            lines.append(f"  {name:<{wide}}{_cells(counts, ink)}")
    if silent:
        lines += ["", *_wrapped("  ", f"Unknown, because the file cannot say: {_listed(silent)}.")]
    part = Counter({name: counts[State.UNKNOWN] for _, name, counts in rows if counts[State.UNKNOWN]})
    if part:
        lines += ["", *_wrapped("  ", f"Unknown for some, and not counted above: {_listed(part)}.")]
    if local:
        lines += [
            "",
            *_wrapped("  ", f"Waiting for a local number (an overlay or the record sets it): {_listed(local)}."),
        ]
    if +judged:
        lines += [
            "",
            *_wrapped("  ", f"Open, and for someone to judge (the text gives no number): {_listed(+judged)}."),
        ]
    return [*lines, ""]


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counts.items())


def _cells(counts: Counter[State], ink: Ink) -> str:
    late = sum(counts[state] for state in LATE)
    past = sum(counts[state] for state in PAST)
    met = counts[State.MET]
    decided = met + late + past
    owed = counts.total() - counts[State.UNKNOWN]
    running = counts[State.RUNNING] + counts[State.JUDGEMENT]
    share = f"{met / decided:.0%}" if decided else "–"
    cells = [owed, met, late, past, counts[State.DUE_SOON], running, counts[State.ENDED]]
    text = ""
    for column, cell in zip(COLUMNS, cells, strict=False):
        shown = f"{cell:>{max(8, len(column) + 2)},}" if cell else f"{'·':>{max(8, len(column) + 2)}}"
        if cell and column == "overdue":
            shown = ink.red(shown)
        elif cell and column == "due soon":
            shown = ink.amber(shown)
        text += shown
    return text + f"{share:>{len(COLUMNS[-1]) + 2}}"


def _children(tally: Tally, ink: Ink, every_child: bool) -> list[str]:
    lines = [ink.bold("Children who need someone today, the most overdue first"), ""]
    if not tally.needy:
        return [*lines, "  Nobody: nothing that this file can show is overdue or due soon.", ""]
    shown = sorted(tally.needy, key=lambda line: (tuple(-one for one in line.rank), line.subject))
    if not every_child:
        shown = shown[:SHOWN_CHILDREN]
    wide = max(len(line.subject.removeprefix("child:")) for line in shown)
    for line in shown:
        lines.append(f"  {line.subject.removeprefix('child:'):<{wide}}  {_reason(line, tally, ink)}")
    total = tally.needing + tally.soon
    if total > len(shown):
        more = total - len(shown)
        lines += ["", f"  and {more:,} more; --format csv lists every finding of every child."]
    lines += ["", f"  In all: {tally.needing:,} with something overdue, {tally.soon:,} with something due soon."]
    return [*lines, ""]


def _reason(line: Line, tally: Tally, ink: Ink) -> str:
    one = line.finding
    more = f" (and {line.others} more)" if line.others else ""
    started = f"since {_short(one.started)}"
    if one.state is State.OVERDUE:
        head = ink.red(f"{plural(one.days_late or 0, unit(one).rstrip('s'))} overdue")
        tail = f"{one.duty.code} was due on {_short(one.due)}, {started}"
    elif one.state is State.EXCEEDED:
        head = ink.amber(f"{plural(one.days_late or 0, unit(one).rstrip('s'))} past, reason recorded")
        tail = f"{one.duty.code} was due on {_short(one.due)}: {reason_words(one)}"
    else:
        head = ink.amber("due soon")
        tail = f"{one.duty.code} is due no later than {_short(one.due)}, {started}"
    to = f", to {one.recipient}" if one.recipient else ""
    layer = "" if one.duty.layer == NATIONAL else f" [{one.duty.layer}]"
    return f"{head}: {tail}{to}{layer}{more}"


def _notes(tally: Tally, ink: Ink) -> list[str]:
    groups = [notes for notes in tally.answering.all_notes() if notes.total]
    if not groups:
        return []
    total = sum(notes.total for notes in groups)
    lines = [ink.bold(f"Notes on the data ({total:,})"), ""]
    shown = [note for notes in groups for note in notes.kept][:SHOWN_NOTES]
    for note in shown:
        lines += _wrapped("  - ", str(note))
    if total > len(shown):
        codes: Counter[str] = Counter()
        for notes in groups:
            codes.update(notes.by_code)
        lines += _wrapped(
            "  ", f"and {total - len(shown):,} more; by kind: {_listed(Counter(dict(codes.most_common())))}."
        )
    return [*lines, ""]


def _wrapped(first: str, text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _short(day: int | None) -> str:
    return "an unknown day" if day is None else f"{date.fromordinal(day):%-d %b %Y}"


# ---- the working

URGENCY = (
    State.OVERDUE, State.EXCEEDED, State.DUE_SOON, State.RUNNING, State.JUDGEMENT, State.NOT_MET, State.MET_LATE,
    State.MET, State.ENDED, State.UNKNOWN,
)  # fmt: skip


def working(explained: Explained, answering: Answering, ink: Ink, *, dormant: bool = True) -> str:
    """Give the working for one subject: what is open first, then what is done, what is unknown, and what is not owed."""
    lines = [ink.bold(f"{explained.subject}: the working, as of {said(answering.as_of)}"), ""]
    interpretations: dict[str, str] = {}
    answered = sorted(explained.findings, key=lambda one: URGENCY.index(one.state))
    unknown = [one for one in answered if one.state is State.UNKNOWN]
    for one in answered:
        if one.state is State.UNKNOWN:
            break
        lines.append(_heading(one, ink))
        for step in _steps(one, answering):
            lines += _step(step, 1, interpretations)
        lines.append("")
    if unknown:
        lines += [ink.bold("Unknown, and why"), ""]
        for one in unknown:
            last = [step for step in _steps(one, answering) if str(State.UNKNOWN) in step.says][-1:]
            began = f", started {_short(one.started)}" if one.started is not None else ""
            due = f", no later than {_short(one.due)}" if one.due is not None else ""
            why = last[0].says.partition(": unknown. ")[2] if last else "its start is not known."
            lines += _wrapped("  - ", f"{_named(one)}{began}{due}: {why}")
        lines.append("")
    if not explained.findings:
        lines += ["No duty is owed on what was read.", ""]
    if dormant:
        facts = answering.evaluator.facts(explained.subject, explained.events)
        lines += _why_not(why_not(answering.evaluator, facts, explained.findings), ink)
    if interpretations:
        lines += [ink.bold("Where the text leaves room: the interpretations named above"), ""]
        for name, text in interpretations.items():
            lines += _wrapped("  - ", f"{name}: {text}")
        lines.append("")
    return "\n".join(lines) + "\n"


def _steps(finding: Finding, answering: Answering) -> list[Step]:
    return explain(finding, answering.rules, answering.calendar, answering.as_of, answering.source)


def _named(one: Finding) -> str:
    to = f", to {one.recipient}" if one.recipient else ""
    layer = "" if one.duty.layer == NATIONAL else f" [{one.duty.layer}]"
    return f"{one.duty.code}{to}{layer}"


def _heading(one: Finding, ink: Ink) -> str:
    due = f", no later than {said(one.due)}" if one.due is not None else ""
    text = f"{_named(one)}: {one.state}{due}"
    if one.state in PAST:
        return ink.red(text)
    return ink.amber(text) if one.state is State.DUE_SOON else ink.bold(text)


def _step(step: Step, depth: int, interpretations: dict[str, str]) -> list[str]:
    named = [under for under in step.steps if "interpretation" in under.source]
    for under in named:
        interpretations[str(under.source["interpretation"])] = under.says
    where = "; ".join(
        part for part in (_source(step), *(f"see {one.source['interpretation']}" for one in named)) if part
    )
    lines = _wrapped("  " * depth + "- ", step.says + (f" [{where}]" if where else ""))
    for under in step.steps:
        if under not in named:
            lines += _step(under, depth + 1, interpretations)
    return lines


def _source(step: Step) -> str:
    parts = []
    for key, value in step.source.items():
        if key == "statement":
            parts.append(", ".join(value) if isinstance(value, list) else str(value))
        elif key == "event":
            parts.append(f"event {value}")
    return "; ".join(parts)


def _why_not(answers: list[WhyNot], ink: Ink) -> list[str]:
    lines = [ink.bold("Not owed, and why"), ""]
    by_reason: dict[str, list[str]] = {}
    for one in answers:
        by_reason.setdefault(one.because, []).append(one.duty)
    for because, codes in sorted(by_reason.items(), key=lambda item: (len(item[1]), item[0])):
        lines += _wrapped("  - ", f"{', '.join(codes)}: {because}")
    return [*lines, ""]
