"""The text answer of `check`: what was read, a table by duty, the children who need someone today, and the notes."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from goldthread.cli.answering import Answering
from goldthread.cli.tally import PAST, Line, Tally
from goldthread.cli.terminal import Ink, safe
from goldthread.duties.corrections import EPOCH, LONDON
from goldthread.duties.explaining import plural, said
from goldthread.duties.findings import State
from goldthread.duties.rules import NATIONAL, Duty, Gate

SHOWN_NOTES = 10
LABEL = 9  # columns of the words before what was read
LATE = (State.MET_LATE, State.NOT_MET)
FORMATS = {"cin-census": "CIN census", "events-jsonl": "case events", "events-csv": "case events (CSV)"}

Counts = Mapping[State, int]
Rows = list[tuple[Duty | Gate, Counts]]
Columns = tuple[tuple[str, Callable[[Counts], int]], ...]


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
        f"known until {short(answering.calendar.horizon)}",
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
        days = f" and covers {short(source.opens)} to {short(source.closes)}" if source.opens and source.closes else ""
        found.append(f"Such a file cannot hold everything{days}. What it cannot hold is “unknown” here, never overdue.")
    if source.closes is not None and answering.as_of > source.closes:
        found.append(
            f"What was read ends on {short(source.closes)}, before the day asked about: what was open then is “unknown” "
            f"now. --as-of {date.fromordinal(source.closes)} asks about its last day."
        )
    newer = tally.editions["newer-edition-not-held"]
    if newer and rules.successor:
        found.append(
            f"{plural(newer, 'answer')} began on or after {short(rules.successor.in_force_from)}, when a newer edition of "
            f"the guidance came into force. Its text is not held, so {rules.edition} answers."
        )
    earlier = tally.editions["not-yet-in-force"]
    if earlier:
        found.append(
            f"{plural(earlier, 'answer')} began before {rules.edition} came into force on {short(rules.in_force_from)}. "
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
    return wrapped(f"{label:<{LABEL}}", text, ink)


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
            *wrapped("  ", "share: in time, of all that were met, ended unmet or are past their date", ink),
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
            lines += [*wrapped("  ", f"{words}: {_listed(counted)}.", ink), ""]
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
    day = "today" if answering.as_of == answering.today else f"on {short(answering.as_of)}"
    if not tally.needy:
        return [
            ink.bold(f"Who needs someone {day}"), "",
            "  Nobody: nothing that was read is overdue or due soon.", "",
        ]  # fmt: skip
    shown = tally.shown()
    who = [safe(line.subject.removeprefix("child:")) for line in shown]
    how = [_how_late(line, answering) for line in shown]
    wide, long = max(map(len, who)), max(map(len, how))
    lines = [ink.bold(f"Who needs someone {day}, the most overdue first"), ""]
    for line, name, late in zip(shown, who, how, strict=True):
        shade = ink.red if line.state == State.OVERDUE else ink.amber
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


def _how_late(line: Line, answering: Answering) -> str:
    """Say how far past its date a duty is, or how far from it, in the duty's own days."""
    if line.state != State.DUE_SOON:
        excused = "" if line.state == State.OVERDUE else ", with a reason"
        return f"{line.late} late{excused}"
    due = line.due or answering.as_of
    if due == answering.as_of:
        return "due today"
    left = answering.calendar.between(answering.as_of, due) if line.working else due - answering.as_of
    return f"due in {plural(left, 'working day' if line.working else 'day')}"


def _why(line: Line, as_of: int, room: int) -> str:
    """Say which duty, by when, and since what; or the recorded reason, as far as there is room for it."""
    to = f" to {line.recipient}" if line.recipient else ""
    layer = "" if line.layer == NATIONAL else f" [{line.layer}]"
    more = f"; {line.others} more" if line.others else ""
    began, due = short(line.started), short(line.due)
    if due[-4:] in (began[-4:], short(as_of)[-4:]):
        due = due[:-5]  # the year is said beside it
    text = f"{title(line.code)}{to}{layer}, due "
    if line.reason:
        text += f"{short(line.due)}: "
        return text + textwrap.shorten(line.reason, max(20, room - len(text + more)), placeholder=" …") + more
    event = f"{line.start.replace('-', ' ')} {began}" if line.start is not None else ""
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
        lines += wrapped("  - ", str(note), ink)
    if total > len(shown):
        codes: Counter[str] = Counter()
        for notes in groups:
            codes.update(notes.by_code)
        lines += wrapped("  ", f"and {total - len(shown):,} more; by kind: {_listed(dict(codes.most_common()))}.", ink)
    return [*lines, ""]


def wrapped(first: str, text: str, ink: Ink) -> list[str]:
    """Lay a text out in lines, the first of which begins with `first`."""
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


def short(day: int | None) -> str:
    """Write a day in few letters."""
    if day is None:
        return "an unknown day"
    one = date.fromordinal(day)
    return f"{one.day} {one:%b} {one.year:04}"
