"""The rules: a pack and its overlays, read strictly and compiled for the engine. A broken pack stops everything."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from goldthread.duties import patterns, words, yaml_reading
from goldthread.duties.event import Pattern
from goldthread.duties.patterns import Tests
from goldthread.duties.refusal import Refused

PACKS = Path(__file__).parent / "packs"
OVERLAYS = Path(__file__).parent / "overlays"
NATIONAL = "national"
LOCAL = "local"
DEATH, BIRTH, IDENTIFIED, PREGNANCY_ENDED = "child-died", "child-born", "child-identified", "pregnancy-ended"
FAMILY_MEMBER = "family-member"

Asked = Mapping[str, tuple[Tests, ...]]


class Kind(NamedTuple):
    """A kind of event that the rules may name."""

    name: str
    says: str
    subjects: tuple[str, ...]
    fields: Mapping[str, Any]
    reach_every: bool


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
        self.narrowed = _asked(narrowed)  # a local clock beside some of the national instances only
        self.starts = _asked(starts)
        self.every_year = word.starts if isinstance(word.starts, words.EveryYear) else None
        self.unmet = word.starts.unmet if isinstance(word.starts, words.Unmet) else None
        self.met = _asked(word.met_by or ())
        self.ended = _asked(word.ends_with or ())
        self.broken = _asked(word.broken_by or ())
        self.closed_by = _asked(word.closed_by or ())
        self.settled_by = _asked(word.provisional_until or ())
        self.once_patterns = word.once or ()
        self.once = _asked(self.once_patterns)
        self.reach_every = frozenset(
            kind for kind in (*self.met, *self.ended) if kind in kinds and kinds[kind].reach_every
        )
        self.closers = frozenset((*self.met, *self.ended, *self.broken))
        self.recurs = bool(set(self.starts) & set(self.met))
        self.terms = self._terms(word, word.each)
        self.cases = {
            name: self._case(word, case) for name, case in (word.variant.cases.items() if word.variant else ())
        }
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


@dataclass(frozen=True, eq=False)
class Gate:
    """A step that must not be taken before something else."""

    code: str
    says: str
    area: str
    layer: str
    holder: str
    strength: str
    cites: tuple[str, ...]
    before: Asked
    before_patterns: tuple[Pattern, ...]
    needs: Asked
    needs_patterns: tuple[Pattern, ...]
    at_least: int
    within: str | None
    examples: tuple[words.Example, ...]
    interpretations: tuple[str, ...] = ()


class StatusRule(NamedTuple):
    """A state that a child is in between two patterns of events."""

    name: str
    says: str
    begins: Asked
    ends: Asked


class Statement(NamedTuple):
    """A statement of the guidance, known by its place: its text is not carried, only its hash."""

    id: str
    strength: str
    sha256: str


class Overlay(NamedTuple):
    """A local layer: where it was read, what it is called and when it is in force (ordinals)."""

    name: str
    title: str
    path: Path
    sha256: str
    opens: int
    closes: int | None


class Rules(NamedTuple):
    """Everything that the engine evaluates by, with the hash that stands for it in findings and receipts."""

    edition: str
    title: str
    sha256: str
    in_force_from: int
    successor: words.Successor | None
    holders: Mapping[str, str]
    kinds: Mapping[str, Kind]
    duties: tuple[Duty, ...]
    gates: tuple[Gate, ...]
    register: tuple[tuple[str, words.EntryWord], ...]
    statuses: Mapping[str, StatusRule]
    interpretations: Mapping[str, words.Interpretation]
    statements: Mapping[str, Statement]
    overlays: tuple[Overlay, ...]
    newer_held: bool = False


def _plain_working_days(due: words.Due) -> int:
    plain = isinstance(due, words.Within) and due.of is None and due.within.unit == "working-days"
    return due.within.number if plain and isinstance(due, words.Within) else 0


def _asked(given: Iterable[Pattern]) -> dict[str, tuple[Tests, ...]]:
    found: dict[str, tuple[Tests, ...]] = {}
    for pattern in given:
        found[pattern.kind] = (*found.get(pattern.kind, ()), patterns.tests(pattern))
    return found


def editions() -> list[str]:
    """List the editions that are held."""
    return sorted(folder.name for folder in PACKS.iterdir() if (folder / "pack.yaml").is_file())


def load(edition: str = "wt2023", overlays: Iterable[Path | str] = ()) -> Rules:
    """Read an edition's pack and the overlays over it (paths, or names of the examples that are carried)."""
    if edition not in editions():
        raise Refused(f"the edition {edition!r} is not held; held: {', '.join(editions())}")
    return load_folder(PACKS / edition, tuple(_overlay_path(given) for given in overlays))


def _overlay_path(given: Path | str) -> Path:
    path = Path(given)
    carried = OVERLAYS / f"{given}.yaml"
    if not path.exists() and carried.is_file():
        return carried
    return path


@lru_cache(maxsize=8)
def load_folder(folder: Path, overlay_paths: tuple[Path, ...] = ()) -> Rules:
    """Read the pack in a folder; anything wrong is refused with file, line, key and what was expected."""
    reading = _Reading(folder)
    for path in overlay_paths:
        reading.overlay(path)
    return reading.rules()


Model = TypeVar("Model", bound=words.Word)
Place = tuple[Any, ...]


class _Reading:
    """One reading of a pack: its files, and where each fault stands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digest = hashlib.sha256()
        self.pack, self.pack_document = self.file("pack.yaml", words.PackFile)
        kinds, self.kinds_document = self.file("kinds.yaml", words.KindsFile)
        self.kinds: dict[str, Kind] = {}
        for place, word in enumerate(kinds.kinds):
            if word.kind in self.kinds:
                self.refuse(self.kinds_document, ("kinds", place, "kind"), f"the kind {word.kind} stands twice")
            self.kinds[word.kind] = Kind(word.kind, word.says, word.subject, word.fields, word.reach == "every")
        self.statements = self._statements()
        self.interpretations = {one.id: one for one in self.pack.interpretations}
        self.statuses: dict[str, StatusRule] = {}
        self._check_pack()
        self.seen: dict[str, str] = {}
        self.duties: list[Duty] = []
        self.gates: list[Gate] = []
        self.register: list[tuple[str, words.EntryWord]] = []
        self.overlays: list[Overlay] = []
        self.words: dict[str, tuple[words.DutyWord, str]] = {}
        unmet: list[tuple[yaml_reading.Document, Place, str]] = []
        for path in sorted((folder / "duties").glob("*.yaml")):
            duties, document = self.file(f"duties/{path.name}", words.DutiesFile)
            for place, duty in enumerate(duties.duties):
                self._duty(duty, document, ("duties", place), duties.area)
                if isinstance(duty.starts, words.Unmet):
                    unmet.append((document, ("duties", place, "starts"), duty.starts.unmet))
            for place, gate in enumerate(duties.gates):
                self._gate(gate, document, ("gates", place), duties.area)
        for document, at, code in unmet:
            if code not in self.words:
                self.refuse(document, at, f"no duty has the code {code}")
        for path in sorted((folder / "register").glob("*.yaml")):
            entries, document = self.file(f"register/{path.name}", words.RegisterFile)
            for place, entry in enumerate(entries.entries):
                at = ("entries", place)
                self._new_code(entry.code, document, at)
                self._cites(entry.cites, document, at)
                self._holder(entry.holder, document, at)
                self.register.append((entries.area, entry))
        if not self.duties:
            raise Refused(f"{folder / 'duties'}: no duty was found; at least one YAML file with duties was expected")

    def file(self, name: str, model: type[Model]) -> tuple[Model, yaml_reading.Document]:
        document = yaml_reading.read(self.folder / name)
        self.digest.update(name.encode() + b"\0" + hashlib.sha256(document.content).digest())
        return self.made(document, model), document

    def made(self, document: yaml_reading.Document, model: type[Model]) -> Model:
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            first = error.errors()[0]
            message = first["msg"].removeprefix("Value error, ")
            if first["type"] == "extra_forbidden":
                message = f"the word {first['loc'][-1]!r} is not one of the vocabulary (docs/reference/duty-words.md)"
            elif first["type"] == "missing":
                message = f"the word {first['loc'][-1]!r} is needed"
            elif not isinstance(first["input"], dict | list):
                message = f"{message}; found {first['input']!r}"
            self.refuse(document, first["loc"], message)
            raise AssertionError from None  # refuse raises

    def refuse(self, document: yaml_reading.Document, location: Place, message: str) -> None:
        line, key = document.line(location)
        raise Refused(f"{document.path}, line {line}: {key}: {message}")

    def _statements(self) -> dict[str, Statement]:
        path = self.folder / "statements.csv"
        try:
            content = path.read_bytes()
        except OSError as error:
            raise Refused(f"{path}: cannot be read ({error.strerror}); the statements' ids were expected") from None
        self.digest.update(b"statements.csv\0" + hashlib.sha256(content).digest())
        rows = csv.reader(content.decode("utf-8").splitlines())
        if next(rows, None) != ["id", "strength", "sha256"]:
            raise Refused(f"{path}, line 1: the columns id,strength,sha256 were expected")
        return {row[0]: Statement(row[0], row[1], row[2]) for row in rows if row}

    def _check_pack(self) -> None:
        for place, status in enumerate(self.pack.statuses):
            for key, given in (("begins", status.begins), ("ends", status.ends)):
                self._patterns(given, self.pack_document, ("statuses", place, key))
            self.statuses[status.status] = StatusRule(
                status.status, status.says, _asked(status.begins), _asked(status.ends)
            )
        for place, interpretation in enumerate(self.pack.interpretations):
            self._cites(interpretation.cites, self.pack_document, ("interpretations", place))

    def _duty(self, word: words.DutyWord, document: yaml_reading.Document, at: Place, area: str) -> None:
        self._new_code(word.code, document, at)
        self._cites(word.cites, document, at)
        self._holder(word.holder, document, at)
        self._words(word, document, at)
        if word.variant:
            for name, case in word.variant.cases.items():
                here = (*at, "variant", "cases", name)
                self._cites(case.cites or (), document, here)
                if case.holder:
                    self._holder(case.holder, document, here)
        for one in word.interpretations:
            if one not in self.interpretations:
                self.refuse(document, (*at, "interpretations"), f"no interpretation has the id {one}")
        self.words[word.code] = (word, area)
        self.duties.append(Duty(word, area=area, layer=NATIONAL, code=word.code, kinds=self.kinds))

    def _words(self, word: words.DutyWord, document: yaml_reading.Document, at: Place) -> None:
        given: dict[str, tuple[Pattern, ...] | None] = {
            "starts": word.starts if isinstance(word.starts, tuple) else None,
            "once": word.once,
            "met_by": word.met_by,
            "broken_by": word.broken_by,
            "ends_with": word.ends_with,
            "closed_by": word.closed_by,
            "provisional_until": word.provisional_until,
        }
        for key, found in given.items():
            self._patterns(found or (), document, (*at, key))
        starts = given["starts"] or ()
        for kind in (word.begun_at, word.late_reason, word.variant.of if word.variant else None):
            if kind:
                self._kind(kind, document, at)
        for pattern in starts:
            subjects = self.kinds[pattern.kind].subjects
            if word.subject not in subjects and "any" not in subjects:
                self.refuse(
                    document,
                    (*at, "starts"),
                    f"{pattern.kind} is about {', '.join(subjects)}, not about a {word.subject}",
                )
        if word.unless and word.unless not in self.statuses:
            self.refuse(document, (*at, "unless"), f"no status is called {word.unless}")
        self._due(word.due, starts, document, at)
        for field in word.ends_at_start or {}:
            self._field(starts, field, document, (*at, "ends_at_start"))
        if word.same:
            self._field((*starts, *(word.met_by or ())), word.same, document, (*at, "same"))
        if word.each:
            self._field(word.met_by or (), word.each.field, document, (*at, "each"))
        if word.per:
            self._field(starts, word.per.field, document, (*at, "per"))
        if word.variant:
            source = (Pattern(word.variant.of),) if word.variant.of else starts
            self._field(source, word.variant.field, document, (*at, "variant"))

    def _due(self, due: words.Due, starts: tuple[Pattern, ...], document: yaml_reading.Document, at: Place) -> None:
        if isinstance(due, words.Within) and due.of:
            self._patterns(due.of, document, (*at, "due"))
        elif isinstance(due, words.Before):
            for target in due.before:
                kind, _, field = target.partition(".")
                self._kind(kind, document, (*at, "due"))
                if field:
                    self._field((Pattern(kind),), field, document, (*at, "due"))
        elif isinstance(due, words.SetLocally) and due.record:
            self._field(starts, due.record, document, (*at, "due"))

    def _gate(self, word: words.GateWord, document: yaml_reading.Document, at: Place, area: str) -> None:
        self._new_code(word.code, document, at)
        self._cites(word.cites, document, at)
        self._holder(word.holder, document, at)
        self._gate_words(word, document, at)
        self.gates.append(
            Gate(
                word.code, word.says, area, NATIONAL, word.holder, word.strength, word.cites,
                _asked(word.before), word.before, _asked(word.needs), word.needs,
                word.at_least, word.within, word.examples, word.interpretations,
            )
        )  # fmt: skip

    def _gate_words(self, word: words.GateWord | words.NeedsFirst, document: yaml_reading.Document, at: Place) -> None:
        self._patterns(word.before, document, (*at, "before"))
        self._patterns(word.needs, document, (*at, "needs"))
        if word.within and word.within not in self.statuses:
            self.refuse(document, (*at, "within"), f"no status is called {word.within}")

    # ---- overlays

    def overlay(self, path: Path) -> None:
        document = yaml_reading.read(path)
        word = self.made(document, words.OverlayFile)
        if word.over != self.pack.pack:
            self.refuse(document, ("over",), f"this overlay is over {word.over}, not over {self.pack.pack}")
        if any(one.name == word.overlay for one in self.overlays):
            self.refuse(document, ("overlay",), f"the overlay {word.overlay} is given twice")
        content = hashlib.sha256(document.content)
        self.digest.update(b"overlay\0" + content.digest())
        self.overlays.append(
            Overlay(word.overlay, word.title, path, content.hexdigest(), word.in_force_from, word.in_force_until)
        )
        verbs: list[tuple[str, tuple[Any, ...], Callable[..., dict[str, Any]]]] = [
            ("strengthens", word.strengthens, self._strengthens),
            ("also_starts", word.also_starts, self._also_starts),
            ("also_to", word.also_to, self._also_to),
            ("sets", word.sets, self._sets),
        ]
        for verb, entries, said in verbs:
            for place, entry in enumerate(entries):
                at = (verb, place)
                self._new_code(f"{word.overlay}/{entry.code}", document, at)
                if entry.duty not in self.words:
                    self.refuse(document, (*at, "duty"), f"no duty has the code {entry.duty}")
                national, area = self.words[entry.duty]
                changed = said(entry, national, document, at)
                narrowed = changed.pop("narrowed", ())
                local = national.model_copy(
                    update={
                        "code": entry.code, "says": entry.says, "cites": entry.cites, "examples": entry.examples,
                        "variant": None, **changed,
                    }
                )  # fmt: skip
                self._words(local, document, at)
                self.duties.append(
                    Duty(local, area=area, layer=word.overlay, code=national.code, kinds=self.kinds, narrowed=narrowed)
                )
        for place, first in enumerate(word.needs_first):
            at = ("needs_first", place)
            self._new_code(f"{word.overlay}/{first.code}", document, at)
            self._gate_words(first, document, at)
            self.gates.append(
                Gate(
                    first.code, first.says, word.title, word.overlay, first.approved_by or "", LOCAL, first.cites,
                    _asked(first.before), first.before, _asked(first.needs), first.needs,
                    first.at_least, first.within, first.examples,
                )
            )  # fmt: skip

    def _strengthens(
        self, entry: words.Strengthens, national: words.DutyWord, document: yaml_reading.Document, at: Place
    ) -> dict[str, Any]:
        if not isinstance(national.due, words.Within | words.Before | words.By | words.Earliest):
            self.refuse(document, (*at, "duty"), f"{national.code} has no number to strengthen; use sets")
        if isinstance(national.due, words.Before) != isinstance(entry.due, words.Before):
            self.refuse(document, (*at, "due"), "a second clock counts in the direction of the national one")
        self._patterns(entry.starts or (), document, (*at, "starts"))
        for pattern in entry.starts or ():
            kinds = {wider.kind for wider in national.starts} if isinstance(national.starts, tuple) else set()
            if pattern.kind not in kinds:
                self.refuse(
                    document, (*at, "starts"), f"{national.code} does not start with {pattern.kind}; use also_starts"
                )
        return {"due": entry.due, "narrowed": entry.starts or ()}

    def _also_starts(
        self, entry: words.AlsoStarts, national: words.DutyWord, document: yaml_reading.Document, at: Place
    ) -> dict[str, Any]:
        return {"starts": entry.starts, "once": None, "begun_at": None}

    def _also_to(
        self, entry: words.AlsoTo, national: words.DutyWord, document: yaml_reading.Document, at: Place
    ) -> dict[str, Any]:
        each = national.each
        if each is None and national.variant:
            each = next((case.each for case in national.variant.cases.values() if case.each), None)
        if each is None:
            self.refuse(document, (*at, "duty"), f"{national.code} is not owed to recipients that could be added to")
            raise AssertionError  # refuse raises
        return {"each": words.Each(field=each.field, of=dict.fromkeys(entry.recipients, "should"))}

    def _sets(
        self, entry: words.Sets, national: words.DutyWord, document: yaml_reading.Document, at: Place
    ) -> dict[str, Any]:
        if not isinstance(national.due, words.SetLocally):
            self.refuse(document, (*at, "duty"), f"{national.code} leaves no number to local decision; use strengthens")
        return {"due": entry.due, "per": None}

    # ---- what every part is held to

    def _new_code(self, code: str, document: yaml_reading.Document, at: Place) -> None:
        if code in self.seen:
            self.refuse(document, (*at, "code"), f"the code {code} stands already in {self.seen[code]}")
        self.seen[code] = str(document.path)

    def _cites(self, cites: Iterable[str], document: yaml_reading.Document, at: Place) -> None:
        for cite in cites:
            if cite not in self.statements:
                self.refuse(document, (*at, "cites"), f"no statement of {self.pack.edition} has the id {cite}")

    def _holder(self, holder: str, document: yaml_reading.Document, at: Place) -> None:
        if holder not in self.pack.holders:
            self.refuse(document, (*at, "holder"), f"{holder!r} is not one of the holders in pack.yaml")

    def _kind(self, kind: str, document: yaml_reading.Document, at: Place) -> None:
        if kind not in self.kinds:
            self.refuse(document, at, f"{kind!r} is not one of the kinds in kinds.yaml")

    def _patterns(self, given: Iterable[Pattern], document: yaml_reading.Document, at: Place) -> None:
        for pattern in given:
            self._kind(pattern.kind, document, at)
            for name, values in pattern.fields:
                field = name.removesuffix(patterns.ONLY)
                declared = self.kinds[pattern.kind].fields.get(field)
                if declared is None:
                    self.refuse(document, at, f"{pattern.kind} has no field {field!r} in kinds.yaml")
                allowed = declared.many if isinstance(declared, words.Many) else declared
                wrong = set(values - {patterns.UNSAID})
                if isinstance(allowed, tuple):
                    wrong -= set(allowed)
                elif allowed == "boolean":
                    wrong = {one for one in wrong if not isinstance(one, bool)}
                else:
                    wrong = set()
                if wrong:
                    expected = ", ".join(allowed) if isinstance(allowed, tuple) else "true or false"
                    found = ", ".join(sorted(map(str, wrong)))
                    self.refuse(document, at, f"{pattern.kind}.{field}: {found} is not one of {expected}")

    def _field(self, given: Iterable[Pattern], field: str, document: yaml_reading.Document, at: Place) -> None:
        for pattern in given:
            if field not in self.kinds[pattern.kind].fields:
                self.refuse(document, at, f"{pattern.kind} has no field {field!r} in kinds.yaml")

    def rules(self) -> Rules:
        return Rules(
            self.pack.edition, self.pack.title, self.digest.hexdigest(), self.pack.in_force_from, self.pack.successor,
            self.pack.holders, self.kinds, tuple(self.duties), tuple(self.gates), tuple(self.register), self.statuses,
            self.interpretations, self.statements, tuple(self.overlays),
            bool(self.pack.successor and self.pack.successor.edition in editions()),
        )  # fmt: skip
