"""The text answer of `check`: what was read, a table by duty, the children who need someone today, and the working."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from heapq import nlargest
from typing import NamedTuple

from goldthread.cli.answering import Answering, Explained
from goldthread.cli.terminal import Ink, safe
from goldthread.duties.corrections import EPOCH, LONDON
from goldthread.duties.explaining import Step, WhyNot, explain, lateness, plural, said, unit
from goldthread.duties.findings import Finding, State, edition_status, reason_words
from goldthread.duties.rules import NATIONAL, Duty, Gate

SHOWN_CHILDREN = 25
SHOWN_NOTES = 10
LABEL = 9  # columns of the words before what was read
LATE = (State.MET_LATE, State.NOT_MET)
PAST = (State.OVERDUE, State.EXCEEDED)
CALM = frozenset(State) - {*PAST, State.DUE_SOON}
FORMATS = {"cin-census": "CIN census", "events-jsonl": "case events", "events-csv": "case events (CSV)"}

Counts = Mapping[State, int]
Rows = list[tuple[Duty | Gate, Counts]]
Columns = tuple[tuple[str, Callable[[Counts], int]], ...]


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
        self.worst = [
            0,
            0,
            0,
            0,
        ]  # subjects by the worst that they have: nothing, due soon, past with a reason, overdue
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
        self.worst[rank[0]] += 1
        self.needy.append(Line(rank, subject, worst, number - 1))
        if len(self.needy) > 4000:  # flat memory on a whole country: keep only those that can be shown
            self.needy = nlargest(1000, self.needy, key=lambda line: line.rank)


def write(tally: Tally, ink: Ink) -> str:
    """Give the whole text answer."""
    parts = [*_read(tally, ink), *_tables(tally, ink), *_children(tally, ink), *_notes(tally, ink)]
    return "\n".join(parts) + "\n"


def title(code: str) -> str:
    """Say a duty's code as words: conference.review.first is the first review conference, plan.circulate to circulate it.

    A code whose parts are one word each is read from its end, as such a phrase is in English; else its head comes first.
    """
    head, *ends = code.split(".")
    head = head.replace("-", " ")
    if ends and not any("-" in one for one in ends):
        return " ".join([*reversed(ends), head])
    return f"{head}: {' '.join(ends).replace('-', ' ')}" if ends else head


# ---- what was read


def _read(tally: Tally, ink: Ink) -> list[str]:
    answering, rules = tally.answering, tally.answering.rules
    lines = [ink.bold(f"Where every child stands against {rules.title}"), ""]
    for place, reading in enumerate(answering.readings):
        about = ", ".join(f"{key} {reading.about[key]}" for key in ("year", "LEA") if reading.about.get(key))
        lines += _labelled(
            "Read" if place == 0 else "",
            f"{reading.path.name}: {FORMATS[reading.format]}{f' ({about})' if about else ''}",
            ink,
        )
    lines += _labelled("", f"{children(answering.children)}, {plural(answering.facts, 'fact')}", ink)
    whose = "" if answering.as_of_said or not answering.censuses else ", the census's reference date"
    lines += _labelled("As of", f"{said(answering.as_of)}{whose}", ink)
    if answering.question.known_at is not None:
        lines += _labelled(
            "Known", f"at {_moment(answering.question.known_at)}; what was recorded later is left out", ink
        )
    layers = f" with {' and '.join(one.name for one in rules.overlays)}" if rules.overlays else ""
    lines += _labelled(
        "By",
        f"the rules {rules.edition}{layers} ({rules.sha256[:12]}); bank holidays {answering.calendar.release}, "
        f"known until {_short(answering.calendar.horizon)}",
        ink,
    )
    for place, words in enumerate(_minded(tally)):
        lines += _labelled("Mind" if place == 0 else "", words, ink)
    return [*lines, ""]


def _minded(tally: Tally) -> list[str]:
    """List what a reader has to bear in mind."""
    answering, rules = tally.answering, tally.answering.rules
    source = answering.source
    found = []
    if source.carries is not None:
        days = (
            f" and covers {_short(source.opens)} to {_short(source.closes)}" if source.opens and source.closes else ""
        )
        found.append(f"Such a file cannot hold everything{days}. What it cannot hold is “unknown” here, never overdue.")
    if source.closes is not None and answering.as_of > source.closes:
        found.append(
            f"What was read ends on {_short(source.closes)}, before the day asked about: what was open then is “unknown” "
            f"now. --as-of {date.fromordinal(source.closes)} asks about its last day."
        )
    newer = tally.editions["newer-edition-not-held"]
    if newer and rules.successor:
        found.append(
            f"{plural(newer, 'answer')} began on or after {_short(rules.successor.in_force_from)}, when a newer edition of "
            f"the guidance came into force. Its text is not held, so {rules.edition} answers."
        )
    earlier = tally.editions["not-yet-in-force"]
    if earlier:
        found.append(
            f"{plural(earlier, 'answer')} began before {rules.edition} came into force on {_short(rules.in_force_from)}. "
            f"The edition of that day is not held, so {rules.edition} answers."
        )
    if tally.provisional:
        rest = "rests" if tally.provisional == 1 else "rest"
        found.append(
            f"{plural(tally.provisional, 'answer')} {rest} on something not yet certain; --explain says on what."
        )
    if answering.unknown_kinds:
        named = ", ".join(f"{kind} {number:,}" for kind, number in answering.unknown_kinds.most_common(8))
        more = len(answering.unknown_kinds) - 8
        found.append(
            f"Kinds of fact that no rule names were kept and not used: {named}{f' and {more} more' if more > 0 else ''}."
        )
    return found


def children(number: int) -> str:
    """Write a number of children."""
    return plural(number, "child").replace("childs", "children")


def _labelled(label: str, text: str, ink: Ink) -> list[str]:
    return _wrapped(f"{label:<{LABEL}}", text, ink)


# ---- the tables


def _owed(counts: Counts) -> int:
    return sum(counts.values()) - counts[State.UNKNOWN]


DATED: Columns = (
    ("owed", _owed),
    ("in time", lambda counts: counts[State.MET]),
    ("late", lambda counts: sum(counts[state] for state in LATE)),
    ("overdue", lambda counts: sum(counts[state] for state in PAST)),
    ("soon", lambda counts: counts[State.DUE_SOON]),
    ("running", lambda counts: counts[State.RUNNING]),
    ("ended", lambda counts: counts[State.ENDED]),
)
JUDGED: Columns = (
    ("owed", _owed),
    ("done", lambda counts: counts[State.MET]),
    ("open", lambda counts: counts[State.JUDGEMENT]),
    ("ended", lambda counts: counts[State.ENDED]),
)
GATED: Columns = (
    ("taken", _owed),
    ("in order", lambda counts: counts[State.MET]),
    ("too soon", lambda counts: counts[State.NOT_MET]),
)


def _tables(tally: Tally, ink: Ink) -> list[str]:
    dated: Rows = []
    judged: Rows = []
    gated: Rows = []
    silent: Counter[str] = Counter()
    part: Counter[str] = Counter()
    local: Counter[str] = Counter()
    for duty in _ordered(tally):
        counts = Counter({state: tally.counts[duty, state] for state in State if (duty, state) in tally.counts})
        unknown = counts[State.UNKNOWN]
        if unknown == counts.total():
            waiting = isinstance(duty, Duty) and duty.kind == "local"
            (local if waiting else silent)[_name(duty)] += unknown
            continue
        part[_name(duty)] = unknown
        (gated if isinstance(duty, Gate) else judged if duty.judgement else dated).append((duty, counts))
    lines = [ink.bold("By duty"), ""]
    if dated:
        lines += [
            *_table("duties with a date", dated, DATED, ink, share=True),
            "",
            *_wrapped("  ", "share: in time, of all that were met, ended unmet or are past their date", ink),
            "",
        ]
    elif not judged and not gated:
        lines += ["  No duty could be answered from what was read.", ""]
    if judged:
        lines += [*_table("no number in the text: for someone to judge", judged, JUDGED, ink), ""]
    if gated:
        lines += [*_table("steps that need something first", gated, GATED, ink), ""]
    for words, counted in (
        ("Unknown, because what was read cannot say", +silent),
        ("Unknown for some, and not counted above", +part),
        ("Waiting for a local number, which an overlay or the record sets", +local),
    ):
        if counted:
            lines += [*_wrapped("  ", f"{words}: {_listed(counted)}.", ink), ""]
    return lines


def _ordered(tally: Tally) -> list[Duty | Gate]:
    """Put what was met with in the guidance's own order, children's first; a local clock after its national one."""
    statements = {one: place for place, one in enumerate(tally.answering.rules.statements)}
    met_with = {duty for duty, _ in tally.counts}
    areas: dict[str, tuple[bool, int]] = {}
    codes: dict[str, int] = {}
    for place, duty in enumerate(tally.duties):
        codes.setdefault(duty.code, place)
        if duty in met_with:
            cites = duty.cites if isinstance(duty, Gate) else duty.terms.cites
            own = (isinstance(duty, Duty) and duty.subject != "child", statements.get(cites[0], len(statements)))
            areas[duty.area] = min(own, areas.get(duty.area, own))
    places = {duty: place for place, duty in enumerate(tally.duties)}
    return sorted(met_with, key=lambda duty: (areas[duty.area], duty.area, codes[duty.code], places[duty]))


def _name(duty: Duty | Gate) -> str:
    return duty.code if duty.layer == NATIONAL else f"{duty.code} ({duty.layer})"


def _table(heading: str, rows: Rows, columns: Columns, ink: Ink, *, share: bool = False) -> list[str]:
    names: list[str] = []
    shown = {duty.code for duty, _ in rows if duty.layer == NATIONAL}
    for duty, _ in rows:
        beside = isinstance(duty, Duty) and duty.layer != NATIONAL and duty.code in shown
        names.append(f"  + {duty.layer}" if beside else _name(duty))
    cells = [[column(counts) for _, column in columns] for _, counts in rows]
    wide = max(len(heading), *map(len, names))
    widths = [max(len(head), *(len(f"{row[place]:,}") for row in cells)) for place, (head, _) in enumerate(columns)]
    room = ink.width - 2 - wide - sum(widths) - (5 if share else 0)
    gap = max(1, min(2, room // (len(columns) + share)))
    lines = [
        ink.dim(
            f"  {heading:<{wide}}"
            + "".join(f"{'':<{gap}}{head:>{width}}" for (head, _), width in zip(columns, widths, strict=True))
            + (f"{'':<{gap}}share" if share else "")
        )
    ]
    area = None
    for (duty, counts), name, row in zip(rows, names, cells, strict=True):
        if duty.area != area:
            area = duty.area
            lines.append(f"  {ink.dim(area)}")
        text = f"  {name:<{wide}}"
        for (head, _), width, cell in zip(columns, widths, row, strict=True):
            shade = ink.red if head in ("overdue", "too soon") else ink.amber if head == "soon" else str
            text += " " * gap + (shade(f"{cell:>{width},}") if cell else f"{'·':>{width}}")
        if share:
            met, others = counts[State.MET], sum(counts[state] for state in (*LATE, *PAST))
            text += " " * gap + f"{f'{met / (met + others):.0%}' if met + others else '–':>5}"
        lines.append(text)
    return lines


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counts.items())


# ---- the children


def _children(tally: Tally, ink: Ink) -> list[str]:
    answering = tally.answering
    day = "today" if answering.as_of == answering.today else f"on {_short(answering.as_of)}"
    if not tally.needy:
        return [
            ink.bold(f"Who needs someone {day}"), "",
            "  Nobody: nothing that was read is overdue or due soon.", "",
        ]  # fmt: skip
    shown = sorted(tally.needy, key=lambda line: (tuple(-one for one in line.rank), line.subject))[:SHOWN_CHILDREN]
    who = [safe(line.subject.removeprefix("child:")) for line in shown]
    how = [_how_late(line.finding, answering) for line in shown]
    wide, long = max(map(len, who)), max(map(len, how))
    lines = [ink.bold(f"Who needs someone {day}, the most overdue first"), ""]
    for line, name, late in zip(shown, who, how, strict=True):
        shade = ink.red if line.finding.state is State.OVERDUE else ink.amber
        why = safe(_why(line, answering.as_of, ink.width - 6 - wide - long))
        lines.append(f"  {name:<{wide}}  {shade(f'{late:<{long}}')}  {why}")
    total = sum(tally.worst)
    if total > len(shown):
        lines += ["", f"  and {total - len(shown):,} more; --format csv lists every finding of every child."]
    _, soon, excused, overdue = tally.worst
    counted = [f"{overdue:,} with something overdue"]
    counted += [f"{excused:,} past a date with the reason recorded"] if excused else []
    counted += [f"{soon:,} with something due soon"]
    return [*lines, "", f"  In all: {', '.join(counted)}.", ""]


def _how_late(one: Finding, answering: Answering) -> str:
    """Say how far past its date a duty is, or how far from it, in the duty's own days."""
    if one.state is not State.DUE_SOON:
        excused = "" if one.state is State.OVERDUE else ", with a reason"
        return f"{lateness(one)} late{excused}"
    due = one.due or answering.as_of
    if due == answering.as_of:
        return "due today"
    working = unit(one).startswith("working")
    left = answering.calendar.between(answering.as_of, due) if working else due - answering.as_of
    return f"due in {plural(left, 'working day' if working else 'day')}"


def _why(line: Line, as_of: int, room: int) -> str:
    """Say which duty, by when, and since what; or the recorded reason, as far as there is room for it."""
    one = line.finding
    to = f" to {one.recipient}" if one.recipient else ""
    layer = "" if one.duty.layer == NATIONAL else f" [{one.duty.layer}]"
    more = f"; {line.others} more" if line.others else ""
    began, start = _short(one.started), one.instance.start
    due = _short(one.due)
    if due[-4:] in (began[-4:], _short(as_of)[-4:]):
        due = due[:-5]  # the year is said beside it
    text = f"{title(one.duty.code)}{to}{layer}, due "
    reason = reason_words(one) if one.state is State.EXCEEDED else None
    if reason:
        text += f"{_short(one.due)}: "
        return text + textwrap.shorten(reason, max(20, room - len(text + more)), placeholder=" …") + more
    event = f"{start.kind.replace('-', ' ')} {began}" if start is not None else ""
    text += f"{due}, "
    return text + (event if event and len(text + event + more) <= room else f"since {began}") + more


# ---- the notes


def _notes(tally: Tally, ink: Ink) -> list[str]:
    groups = [notes for notes in tally.answering.all_notes() if notes.total]
    if not groups:
        return []
    total = sum(notes.total for notes in groups)
    lines = [ink.bold(f"Notes on the data ({total:,})"), ""]
    shown = [note for notes in groups for note in notes.kept][:SHOWN_NOTES]
    for note in shown:
        lines += _wrapped("  - ", str(note), ink)
    if total > len(shown):
        codes: Counter[str] = Counter()
        for notes in groups:
            codes.update(notes.by_code)
        lines += _wrapped("  ", f"and {total - len(shown):,} more; by kind: {_listed(dict(codes.most_common()))}.", ink)
    return [*lines, ""]


def _wrapped(first: str, text: str, ink: Ink) -> list[str]:
    return textwrap.wrap(
        safe(text),
        ink.width,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _moment(known_at: int) -> str:
    """Write a moment, given as UTC microseconds, as it was in London."""
    moment = (EPOCH + timedelta(microseconds=known_at)).astimezone(LONDON)
    return f"{moment:%H:%M:%S} on {said(moment.date().toordinal())}, in London"


def _short(day: int | None) -> str:
    if day is None:
        return "an unknown day"
    one = date.fromordinal(day)
    return f"{one.day} {one:%b} {one.year:04}"


# ---- the working

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
            began = f", began {_short(one.started)}" if one.started is not None else ""
            due = f", no later than {_short(one.due)}" if one.due is not None else ""
            lines += _wrapped("  - ", f"{_named(one)}{began}{due}: {_why_unknown(steps)}", ink)
        lines.append("")
    if not explained.findings:
        lines += ["Nothing is owed on what was read.", ""]
    if explained.dormant:
        lines += _why_not(explained.dormant, ink)
    if interpretations:
        lines += [ink.bold("Where the text leaves room: the interpretations named above"), ""]
        for name, text in interpretations.items():
            lines += _wrapped("  - ", f"{name}: {text}", ink)
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
        lines += [ink.bold(f"{dormant.duty}{layer}: not owed"), *_wrapped("  ", dormant.says, ink)]
        lines += _wrapped("  - ", _capital(dormant.because) + _bracketed(_source(dormant.source)), ink)
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
    lines = _wrapped("  " * depth + "- ", step.says + _bracketed("; ".join(where)), ink)
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
            lines += _wrapped("  - ", f"{codes[0]}: {because}", ink)
        else:
            lines += _wrapped("  - ", f"{_capital(because.rstrip('.'))}: {', '.join(codes)}.", ink)
    return [*lines, ""]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]
