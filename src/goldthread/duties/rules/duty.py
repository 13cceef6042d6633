"""A duty, compiled for the engine: who owes it, by when, and the patterns that start, meet and end it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from goldthread.duties import patterns, words
from goldthread.duties.event import Pattern
from goldthread.duties.patterns import Tests
from goldthread.duties.rules.kinds import Kind

NATIONAL = "national"
LOCAL = "local"

Asked = Mapping[str, tuple[Tests, ...]]


class Terms(NamedTuple):
    """Who owes a duty, how strongly and by when: what a variant or an overlay may say otherwise."""

    holder: str
    strength: str
    time_strength: str | None
    cites: tuple[str, ...]
    due: words.Due
    recipients: tuple[tuple[str, str], ...]
    recipient_field: str
    working_days: int  # the limit where it is a plain number of working days from the start, else 0


class Duty:
    """One duty, or a local clock beside it, compiled: patterns are held by kind, ready to be asked."""

    def __init__(
        self,
        word: words.DutyWord,
        *,
        area: str,
        layer: str,
        code: str,
        kinds: Mapping[str, Kind],
        narrowed: tuple[Pattern, ...] = (),
    ) -> None:
        """Compile a declared duty; `code` is the national code that its findings carry."""
        self.word, self.area, self.layer, self.code = word, area, layer, code
        self.own_code = word.code
        self.says, self.subject = word.says, word.subject
        self.owed_once = word.owed == "once"
        starts = word.starts if isinstance(word.starts, tuple) else ()
        self.start_patterns = narrowed or starts
        self.narrowed = asked(narrowed)  # a local clock beside some of the national instances only
        self.starts = asked(starts)
        self.every_year = word.starts if isinstance(word.starts, words.EveryYear) else None
        self.unmet = word.starts.unmet if isinstance(word.starts, words.Unmet) else None
        self.met = asked(word.met_by or ())
        self.ended = asked(word.ends_with or ())
        self.broken = asked(word.broken_by or ())
        self.closed_by = asked(word.closed_by or ())
        self.settled_by = asked(word.provisional_until or ())
        self.once_patterns = word.once or ()
        self.once = asked(self.once_patterns)
        self.reach_every = frozenset(
            kind for kind in (*self.met, *self.ended) if kind in kinds and kinds[kind].reach_every
        )
        self.recurs = bool(set(self.starts) & set(self.met))
        self.terms = self._terms(word, word.each)
        self.cases = {
            name: self._case(word, case) for name, case in (word.variant.cases.items() if word.variant else ())
        }
        first_case = next(iter(self.cases.values()), self.terms)
        self.recipient_field = self.terms.recipient_field or first_case.recipient_field
        self.same = word.same
        # split: one start opens several instances; parted: a discharge is for those of one item, value or recipient
        self.split = bool(word.per or self.terms.recipients or any(case.recipients for case in self.cases.values()))
        self.parted = bool(word.same or word.per or self.recipient_field)
        self.judgement = isinstance(word.due, words.Judgement)
        self.floor = isinstance(word.due, words.Floor)
        self.backward = isinstance(word.due, words.Before)
        # read for every finding, so kept where reading is cheap
        self.first_while_open, self.begun_at, self.unless = word.first_while_open, word.begun_at, word.unless
        self.outlives, self.ends_at_start = word.outlives, word.ends_at_start
        self.early = word.may_precede or self.backward
        self.kind = "judgement" if self.judgement else "local" if isinstance(word.due, words.SetLocally) else "timed"
        # simple: with a single start there is a single instance, and every fact is either its own or nobody's
        self.simple = not (
            self.narrowed
            or word.per
            or word.same
            or word.variant
            or word.each
            or self.every_year
            or self.unmet
            or word.proves_start
        )

    def _terms(self, word: words.DutyWord, each: words.Each | None) -> Terms:
        local = self.layer != NATIONAL
        return Terms(
            word.holder,
            LOCAL if local else word.strength,
            LOCAL if local else word.time_strength,
            word.cites,
            word.due,
            tuple((who, LOCAL if local else how) for who, how in each.of.items()) if each else (),
            each.field if each else "",
            _plain_working_days(word.due),
        )

    def _case(self, word: words.DutyWord, case: words.Case) -> Terms:
        said = {key: value for key, value in case if value is not None and key != "each"}
        return self._terms(word.model_copy(update=said), case.each or word.each)


def _plain_working_days(due: words.Due) -> int:
    plain = isinstance(due, words.Within) and due.of is None and due.within.unit == "working-days"
    return due.within.number if plain and isinstance(due, words.Within) else 0


def asked(given: Iterable[Pattern]) -> dict[str, tuple[Tests, ...]]:
    """Make patterns ready to be asked, by the kind that each is about."""
    found: dict[str, tuple[Tests, ...]] = {}
    for pattern in given:
        found[pattern.kind] = (*found.get(pattern.kind, ()), patterns.tests(pattern))
    return found
