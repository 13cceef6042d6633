"""A pack, read whole and compiled: its statuses, interpretations, duties, gates and register."""

from __future__ import annotations

from pathlib import Path

from goldthread.duties import words
from goldthread.duties.faults import none_of
from goldthread.duties.refusal import Refused
from goldthread.duties.rules import declarations
from goldthread.duties.rules.duty import NATIONAL, Duty, asked
from goldthread.duties.rules.edition import Gate, Overlay, Rules, StatusRule
from goldthread.duties.rules.folder import PackFolder
from goldthread.duties.rules.holdings import editions
from goldthread.duties.rules.kinds import Kinds
from goldthread.duties.rules.places import Place
from goldthread.duties.rules.references import References


class Pack:
    """One reading of a pack; overlays add their duties and gates to it."""

    def __init__(self, folder: Path) -> None:
        """Read every file of the folder, in one order: the first fault is the one that is refused."""
        self.files = PackFolder(folder)
        self.word, top = self.files.read("pack.yaml", words.PackFile)
        kinds = Kinds(*self.files.read("kinds.yaml", words.KindsFile))
        self.names = References(self.word, kinds, self.files.statements())
        self.duties: list[Duty] = []
        self.gates: list[Gate] = []
        self.overlays: list[Overlay] = []
        self._register: list[tuple[str, words.EntryWord]] = []
        self._declared: dict[str, tuple[words.DutyWord, str]] = {}
        self._read_statuses(top)
        self._read_interpretations(top)
        self._read_duties()
        self._read_register()
        if not self.duties:
            raise Refused(f"{folder / 'duties'}: no duty was found; at least one YAML file with duties was expected")

    def declared(self, code: str, at: Place) -> tuple[words.DutyWord, str]:
        """Give the national duty of a code as it was declared, and its area; one that is not there is refused."""
        if code not in self._declared:
            at.refuse(none_of(code, self._declared, "the duties' codes"))
        return self._declared[code]

    def rules(self) -> Rules:
        """Give everything that was read as the engine evaluates by it."""
        word, names = self.word, self.names
        return Rules(
            word.edition, word.title, self.files.sha256(), word.in_force_from, word.successor,
            word.holders, names.kinds.known, tuple(self.duties), tuple(self.gates), tuple(self._register),
            names.statuses, names.interpretations, names.statements, tuple(self.overlays),
            bool(word.successor and word.successor.edition in editions()),
        )  # fmt: skip

    def _read_statuses(self, top: Place) -> None:
        for place, status in enumerate(self.word.statuses):
            at = top.under("statuses", place)
            if status.status in self.names.statuses:
                at.under("status").refuse(f"the status {status.status} stands twice")
            for key, given in (("begins", status.begins), ("ends", status.ends)):
                self.names.kinds.hold_patterns(given, at.under(key))
            self.names.statuses[status.status] = StatusRule(
                status.status, status.says, asked(status.begins), asked(status.ends)
            )

    def _read_interpretations(self, top: Place) -> None:
        for place, interpretation in enumerate(self.word.interpretations):
            at = top.under("interpretations", place)
            if interpretation.id in self.names.interpretations:
                at.under("id").refuse(f"the interpretation {interpretation.id} stands twice")
            self.names.interpretations[interpretation.id] = interpretation
            self.names.hold_cites(interpretation.cites, at.under("cites"))

    def _read_duties(self) -> None:
        unmet: list[tuple[Place, words.DutyWord, str]] = []
        for name in self.files.names("duties"):
            file, top = self.files.read(name, words.DutiesFile)
            for place, duty in enumerate(file.duties):
                at = top.under("duties", place)
                self._add_duty(duty, file.area, at)
                if isinstance(duty.starts, words.Unmet):
                    unmet.append((at.under("starts", "unmet"), duty, duty.starts.unmet))
            for place, gate in enumerate(file.gates):
                self._add_gate(gate, file.area, top.under("gates", place))
        # the duty that another waits for may stand in a later file
        for at, duty, code in unmet:
            other, _ = self.declared(code, at)
            declarations.hold_unmet(duty, other, at)

    def _add_duty(self, word: words.DutyWord, area: str, at: Place) -> None:
        names = self.names
        self._hold_entry(word, at)
        declarations.hold_duty(word, names, at)
        declarations.hold_recipients(word.each, word.met_by or (), names.kinds, at.under("each"))
        if word.variant:
            for name, case in word.variant.cases.items():
                here = at.under("variant", "cases", name)
                names.hold_cites(case.cites or (), here.under("cites"))
                if case.holder is not None:
                    names.hold_holder(case.holder, here.under("holder"))
                declarations.hold_recipients(case.each, word.met_by or (), names.kinds, here.under("each"))
        names.hold_interpretations(word.interpretations, at.under("interpretations"))
        names.hold_examples(word.examples, word.subject, at.under("examples"))
        self._declared[word.code] = (word, area)
        self.duties.append(Duty(word, area=area, layer=NATIONAL, code=word.code, kinds=names.kinds.known))

    def _add_gate(self, word: words.GateWord, area: str, at: Place) -> None:
        self._hold_entry(word, at)
        declarations.hold_gate(word, self.names, at)
        self.names.hold_interpretations(word.interpretations, at.under("interpretations"))
        self.gates.append(
            Gate(
                word.code, word.says, area, NATIONAL, word.holder, word.strength, word.cites,
                asked(word.before), word.before, asked(word.needs), word.needs,
                word.at_least, word.within, word.examples, word.interpretations,
            )
        )  # fmt: skip

    def _read_register(self) -> None:
        for name in self.files.names("register"):
            file, top = self.files.read(name, words.RegisterFile)
            for place, entry in enumerate(file.entries):
                self._hold_entry(entry, top.under("entries", place))
                self._register.append((file.area, entry))

    def _hold_entry(self, word: words.DutyWord | words.GateWord | words.EntryWord, at: Place) -> None:
        """Hold what every entry of a pack has to what is known: its code, its citations, its holder."""
        self.names.add_code(word.code, word.code, at)
        self.names.hold_cites(word.cites, at.under("cites"))
        self.names.hold_holder(word.holder, at.under("holder"))
