"""What the parts of a pack may refer to: statements, holders, statuses, interpretations, kinds; each must be known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from goldthread.duties import example_lines, words
from goldthread.duties.event import Pattern
from goldthread.duties.faults import Fault, did_you_mean, none_of
from goldthread.duties.rules.edition import Statement, StatusRule
from goldthread.duties.rules.holdings import carried
from goldthread.duties.rules.kinds import Kinds
from goldthread.duties.rules.places import Place


class References:
    """What is known so far; each check refuses the place that is given where something does not hold."""

    def __init__(self, pack: words.PackFile, kinds: Kinds, statements: Mapping[str, Statement]) -> None:
        """Know what stands before all else; statuses, interpretations and codes are added as they are read."""
        self.edition, self.holders = pack.edition, pack.holders
        self.kinds, self.statements = kinds, statements
        self.statuses: dict[str, StatusRule] = {}
        self.interpretations: dict[str, words.Interpretation] = {}
        self._codes: dict[str, Place] = {}

    def add_code(self, name: str, code: str, at: Place) -> None:
        """Remember where a code stands, and check that it stands nowhere else; `name` tells one layer from another."""
        if name in self._codes:
            other = self._codes[name].under("code")
            at.under("code").refuse(f"the code {code} stands already in {other.document.path}, line {other.line()}")
        self._codes[name] = at

    def hold_cites(self, cites: Iterable[str], at: Place) -> None:
        """Check that each citation is the id of a statement."""
        for place, cite in enumerate(cites):
            if cite not in self.statements:
                near = did_you_mean(cite, self.statements)
                at.under(place).refuse(f"{cite!r} is the id of no statement of {self.edition}{near}")

    def hold_holder(self, holder: str, at: Place) -> None:
        """Check that a holder is declared."""
        if holder not in self.holders:
            at.refuse(none_of(holder, self.holders, "the holders in pack.yaml"))

    def hold_status(self, status: str | None, at: Place) -> None:
        """Check that a status is declared, where one is named."""
        if status and status not in self.statuses:
            at.refuse(none_of(status, self.statuses, "the statuses in pack.yaml"))

    def hold_interpretations(self, given: Iterable[str], at: Place) -> None:
        """Check that each interpretation is declared."""
        for place, one in enumerate(given):
            if one not in self.interpretations:
                at.under(place).refuse(none_of(one, self.interpretations, "the interpretations in pack.yaml"))

    def hold_examples(self, given: Iterable[words.Example], subject: str, at: Place) -> None:
        """Check what examples name; whether they come out is for the tests."""
        for place, example in enumerate(given):
            here = at.under(place)
            for number, line in enumerate(example.given):
                self._hold_line(line, subject, here.under("given", number))
            source_at = here.under("source")
            try:
                source = example_lines.source(example.source)
            except Fault as fault:
                source_at.under(*fault.path).refuse(fault.says)
            for one in sorted(source.carries or ()):
                self.kinds.hold_kind(one, source_at.under("carries"))
            self.kinds.hold_patterns(source.whole, source_at.under("whole"))
            self.kinds.hold_patterns(source.last_before, source_at.under("last_before"))
            if example.overlay is not None and example.overlay not in carried():
                here.under("overlay").refuse(none_of(example.overlay, carried(), "the overlays carried"))

    def _hold_line(self, line: str, subject: str, at: Place) -> None:
        try:
            event = example_lines.event(line, 0, f"{subject}:1")
        except Fault as fault:
            at.refuse(fault.says)
        self.kinds.hold_kind(event.kind, at)
        for field in event.data:
            self.kinds.hold_field((Pattern(event.kind),), field, (), at)
