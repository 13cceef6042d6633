"""The rules: a pack and its overlays, read strictly and compiled for the engine. A broken pack stops everything."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeVar

from pydantic import ValidationError

from goldthread.duties import example_lines, patterns, words, yaml_reading
from goldthread.duties.event import Pattern
from goldthread.duties.faults import Fault, did_you_mean, none_of, of_model, shown
from goldthread.duties.patterns import Tests
from goldthread.duties.refusal import Refused

PACKS = Path(__file__).parent / "packs"
OVERLAYS = Path(__file__).parent / "overlays"
NATIONAL = "national"
LOCAL = "local"
DEATH, BIRTH, IDENTIFIED, PREGNANCY_ENDED = "child-died", "child-born", "child-identified", "pregnancy-ended"
FAMILY_MEMBER = "family-member"

FILES = ("pack.yaml", "kinds.yaml", "statements.csv")
FOLDERS = ("duties", "register")
STRENGTHS = ("must", "should", "expected", "non-statutory", "may", "")  # of a statement; the last is no duty at all
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_ADDRESS = re.compile(r"[^\s@/]+@[^\s@/]+(/[^\s/]+)+\Z")  # of a local manual: manual@edition/chapter/paragraph

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


def _local_variant(variant: words.Variant | None) -> words.Variant | None:
    """Keep who owes it and to whom, case by case; the date and the citation are the overlay's own."""
    if variant is None:
        return None
    own = {"due": None, "cites": None}
    return variant.model_copy(
        update={"cases": {name: case.model_copy(update=own) for name, case in variant.cases.items()}}
    )


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
        near = did_you_mean(edition, editions())
        raise Refused(f"the edition {edition!r} is not held; those held are {', '.join(editions())}{near}")
    rules = load_folder(PACKS / edition, tuple(_overlay_path(given) for given in overlays))
    if rules.edition != edition:
        raise Refused(f"{PACKS / edition / 'pack.yaml'}: edition: {edition} was expected, as its folder is called")
    return rules


def carried() -> list[str]:
    """List the overlays that are carried as examples."""
    return sorted(path.stem for path in OVERLAYS.glob("*.yaml"))


def _overlay_path(given: Path | str) -> Path:
    path = Path(given)
    if path.exists():
        return path
    if str(given) in carried():
        return OVERLAYS / f"{given}.yaml"
    expected = f"the path of an overlay, or one of those carried ({', '.join(carried())}), was expected"
    raise Refused(f"{given}: does not exist; {expected}{did_you_mean(given, carried())}")


def load_folder(folder: Path, overlay_paths: tuple[Path, ...] = ()) -> Rules:
    """Read the pack in a folder; anything wrong is refused with file, line, key and what was expected.

    What was read is kept for as long as no file of it changes.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return _read_folder(folder, overlay_paths, tuple(_stamp(path) for path in (*files, *overlay_paths)))


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size


@lru_cache(maxsize=8)
def _read_folder(folder: Path, overlay_paths: tuple[Path, ...], stamps: tuple[tuple[str, int, int], ...]) -> Rules:
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
        self._nothing_else_lies_here()
        self.pack, self.pack_document = self.file("pack.yaml", words.PackFile)
        kinds, self.kinds_document = self.file("kinds.yaml", words.KindsFile)
        self.kinds: dict[str, Kind] = {}
        for place, word in enumerate(kinds.kinds):
            if word.kind in self.kinds:
                self.refuse(self.kinds_document, ("kinds", place, "kind"), f"the kind {word.kind} stands twice")
            self.kinds[word.kind] = Kind(word.kind, word.says, word.subject, word.fields, word.reach == "every")
        self.statements = self._statements()
        self.interpretations: dict[str, words.Interpretation] = {}
        self.statuses: dict[str, StatusRule] = {}
        self._check_pack()
        self.seen: dict[str, tuple[yaml_reading.Document, Place]] = {}
        self.duties: list[Duty] = []
        self.gates: list[Gate] = []
        self.register: list[tuple[str, words.EntryWord]] = []
        self.overlays: list[Overlay] = []
        self.words: dict[str, tuple[words.DutyWord, str]] = {}
        unmet: list[tuple[yaml_reading.Document, Place, words.DutyWord, str]] = []
        for name in self._files("duties"):
            duties, document = self.file(name, words.DutiesFile)
            for place, duty in enumerate(duties.duties):
                self._duty(duty, document, ("duties", place), duties.area)
                if isinstance(duty.starts, words.Unmet):
                    unmet.append((document, ("duties", place, "starts", "unmet"), duty, duty.starts.unmet))
            for place, gate in enumerate(duties.gates):
                self._gate(gate, document, ("gates", place), duties.area)
        for document, at, duty, code in unmet:
            self._unmet(document, at, duty, code)
        for name in self._files("register"):
            entries, document = self.file(name, words.RegisterFile)
            for place, entry in enumerate(entries.entries):
                here = ("entries", place)
                self._new_code(entry.code, entry.code, document, here)
                self._cites(entry.cites, document, (*here, "cites"))
                self._holder(entry.holder, document, (*here, "holder"))
                self.register.append((entries.area, entry))
        if not self.duties:
            raise Refused(f"{folder / 'duties'}: no duty was found; at least one YAML file with duties was expected")

    # ---- the files

    def _nothing_else_lies_here(self) -> None:
        """Refuse what is no part of a pack: a file that would be passed over may be one that someone relies on."""
        if not self.folder.is_dir():
            raise Refused(f"{self.folder}: is not a folder; the folder of a pack was expected")
        for path in self._visible(self.folder):
            if path.name in FOLDERS and path.is_dir():
                for inner in self._visible(path):
                    if inner.suffix != ".yaml":
                        raise Refused(
                            f"{inner}: is not read as part of the pack; only files that end in .yaml are expected here"
                        )
            elif path.name not in FILES:
                listed = ", ".join((*FILES, *(f"{name}/" for name in FOLDERS)))
                near = did_you_mean(path.name, (*FILES, *FOLDERS))
                raise Refused(f"{path}: is no part of a pack; only {listed} are expected in its folder{near}")

    @staticmethod
    def _visible(folder: Path) -> list[Path]:
        """List a folder, without the hidden files that systems and editors leave, unless they look like a pack's own."""
        return sorted(
            path
            for path in folder.iterdir()
            if not path.name.startswith(".") or path.suffix in (".yaml", ".yml", ".csv")
        )

    def _files(self, folder: str) -> list[str]:
        return [f"{folder}/{path.name}" for path in self._visible(self.folder / folder)] if self._has(folder) else []

    def _has(self, folder: str) -> bool:
        return (self.folder / folder).is_dir()

    def file(self, name: str, model: type[Model]) -> tuple[Model, yaml_reading.Document]:
        document = yaml_reading.read(self.folder / name)
        self.digest.update(name.encode() + b"\0" + hashlib.sha256(document.content).digest())
        return self.made(document, model), document

    def made(self, document: yaml_reading.Document, model: type[Model]) -> Model:
        try:
            return model.model_validate(document.data)
        except ValidationError as error:
            faults = of_model(error)
        # the fault that stands first in the file is the one to say
        first = min(faults, key=lambda fault: document.place(fault.path)[0])
        raise self.refusal(document, first.path, first.says)

    def refusal(self, document: yaml_reading.Document, location: Place, message: str) -> Refused:
        line, key = document.place(location)
        return Refused(f"{document.path}, line {line}: {key + ': ' if key else ''}{message}")

    def refuse(self, document: yaml_reading.Document, location: Place, message: str) -> NoReturn:
        raise self.refusal(document, location, message)

    def _statements(self) -> dict[str, Statement]:
        path = self.folder / "statements.csv"
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise Refused(f"{path}: does not exist; the statements' ids, strengths and hashes were expected") from None
        except OSError as error:
            raise Refused(f"{path}: cannot be read ({error.strerror}); the statements' ids were expected") from None
        self.digest.update(b"statements.csv\0" + hashlib.sha256(content).digest())
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise Refused(
                f"{path}, line {line}: byte {error.start + 1} is not UTF-8; text in UTF-8 was expected"
            ) from None
        found: dict[str, Statement] = {}
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            if next(rows, None) != ["id", "strength", "sha256"]:
                raise Refused(f"{path}, line 1: the columns id,strength,sha256 were expected")
            line = 2
            for row in rows:
                self._statement(row, found, f"{path}, line {line}")
                line = rows.line_num + 1
        except csv.Error as error:
            raise Refused(f"{path}, line {line}: is not CSV ({error}); id,strength,sha256 were expected") from None
        return found

    def _statement(self, row: list[str], found: dict[str, Statement], where: str) -> None:
        if len(row) != 3:
            raise Refused(f"{where}: three values (id,strength,sha256) were expected; found {len(row)}")
        ident, strength, sha256 = row
        if not ident or ident in found:
            raise Refused(
                f"{where}: id: " + (f"the id {ident} stands twice" if ident else "an id was expected; found nothing")
            )
        if strength not in STRENGTHS:
            raise Refused(f"{where}: strength: {none_of(strength, [one or 'nothing' for one in STRENGTHS])}")
        if not _SHA256.match(sha256):
            raise Refused(f"{where}: sha256: 64 hexadecimal digits were expected; found {shown(sha256)}")
        found[ident] = Statement(ident, strength, sha256)

    # ---- the pack

    def _check_pack(self) -> None:
        document = self.pack_document
        for place, status in enumerate(self.pack.statuses):
            at: Place = ("statuses", place)
            if status.status in self.statuses:
                self.refuse(document, (*at, "status"), f"the status {status.status} stands twice")
            for key, given in (("begins", status.begins), ("ends", status.ends)):
                self._patterns(given, document, (*at, key))
            self.statuses[status.status] = StatusRule(
                status.status, status.says, _asked(status.begins), _asked(status.ends)
            )
        for place, interpretation in enumerate(self.pack.interpretations):
            at = ("interpretations", place)
            if interpretation.id in self.interpretations:
                self.refuse(document, (*at, "id"), f"the interpretation {interpretation.id} stands twice")
            self.interpretations[interpretation.id] = interpretation
            self._cites(interpretation.cites, document, (*at, "cites"))

    def _duty(self, word: words.DutyWord, document: yaml_reading.Document, at: Place, area: str) -> None:
        self._new_code(word.code, word.code, document, at)
        self._cites(word.cites, document, (*at, "cites"))
        self._holder(word.holder, document, (*at, "holder"))
        self._words(word, document, at)
        self._recipients(word.each, word.met_by or (), document, (*at, "each"))
        if word.variant:
            for name, case in word.variant.cases.items():
                here = (*at, "variant", "cases", name)
                self._cites(case.cites or (), document, (*here, "cites"))
                if case.holder is not None:
                    self._holder(case.holder, document, (*here, "holder"))
                self._recipients(case.each, word.met_by or (), document, (*here, "each"))
        self._interpretations(word.interpretations, document, (*at, "interpretations"))
        self._examples(word.examples, word.subject, document, (*at, "examples"))
        self.words[word.code] = (word, area)
        self.duties.append(Duty(word, area=area, layer=NATIONAL, code=word.code, kinds=self.kinds))

    def _words(self, word: words.DutyWord, document: yaml_reading.Document, at: Place) -> None:
        """Check every name that a duty holds: kinds, fields, values, statuses."""

        def place(key: str) -> Place:
            # a local clock takes most words from the national duty: what does not fit them are its own starts
            return (*at, key) if layer_is_national or document.at((*at, key)) is not None else (*at, "starts")

        layer_is_national = at[0] == "duties"
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
            if found:
                self._patterns(found, document, place(key))
        starts, met = given["starts"] or (), word.met_by or ()
        for pattern in starts:
            self._about(pattern.kind, word.subject, document, place("starts"))
        if word.begun_at:
            self._kind(word.begun_at, document, place("begun_at"))
            self._about(word.begun_at, word.subject, document, place("begun_at"))
        if word.late_reason:
            self._kind(word.late_reason, document, place("late_reason"))
            self._field((Pattern(word.late_reason),), "reason", ("text",), document, place("late_reason"))
        if word.unless and word.unless not in self.statuses:
            self.refuse(document, place("unless"), none_of(word.unless, self.statuses, "the statuses in pack.yaml"))
        self._due(word.due, starts, document, place("due"))
        for field, value in (word.ends_at_start or {}).items():
            self._field(starts, field, (), document, (*place("ends_at_start"), field))
            for pattern in starts:
                self._allowed(pattern.kind, field, value, document, (*place("ends_at_start"), field))
        if word.same:
            yearly = ("number",) if isinstance(word.starts, words.EveryYear) else ()
            self._field((*starts, *met), word.same, yearly, document, place("same"))
            declared = {str(self.kinds[one.kind].fields[word.same]) for one in (*starts, *met)}
            if len(declared) > 1:
                self.refuse(
                    document, place("same"), f"{word.same!r} is of different types in the kinds that start and meet it"
                )
        if word.per:
            self._field(starts, word.per.field, ("list",), document, (*place("per"), "field"))
            self._field(met, "of", (), document, place("met_by"))
        if word.variant:
            self._variant(word.variant, starts, document, place("variant"))
        if word.each:
            self._field(met, word.each.field, (), document, (*place("each"), "field"))

    def _variant(
        self, variant: words.Variant, starts: tuple[Pattern, ...], document: yaml_reading.Document, at: Place
    ) -> None:
        if variant.of:
            self._kind(variant.of, document, (*at, "of"))
        given = (Pattern(variant.of),) if variant.of else starts
        self._field(given, variant.field, ("text", "one of a list of values"), document, (*at, "field"))
        for name, case in variant.cases.items():
            here = (*at, "cases", name)
            for pattern in given:
                self._allowed(pattern.kind, variant.field, name, document, here)
            if case.due:
                self._due(case.due, starts, document, (*here, "due"))

    def _due(self, due: words.Due, starts: tuple[Pattern, ...], document: yaml_reading.Document, at: Place) -> None:
        if isinstance(due, words.Within) and due.of:
            self._patterns(due.of, document, (*at, "of"))
        elif isinstance(due, words.Before):
            for place, target in enumerate(due.before):
                kind, point, field = target.partition(".")
                here = (*at, "before", place)
                self._kind(kind, document, here)
                if point:
                    self._field((Pattern(kind),), field, ("date",), document, here)
        elif isinstance(due, words.SetLocally) and due.record:
            if not starts:
                self.refuse(
                    document, (*at, "record"), "a record is held by what starts a duty; this one starts with no event"
                )
            self._field(starts, due.record, ("date",), document, (*at, "record"))

    def _recipients(
        self, each: words.Each | None, met: tuple[Pattern, ...], document: yaml_reading.Document, at: Place
    ) -> None:
        for recipient in each.of if each else ():
            for pattern in met:
                self._field((pattern,), each.field if each else "", (), document, (*at, "field"))
                self._allowed(pattern.kind, each.field if each else "", recipient, document, (*at, "of", recipient))

    def _unmet(self, document: yaml_reading.Document, at: Place, word: words.DutyWord, code: str) -> None:
        """Hold a duty that starts where another ended unmet to one that can: with a date, and starting with events."""
        if code not in self.words:
            self.refuse(document, at, none_of(code, self.words, "the duties' codes"))
        other, _ = self.words[code]
        if isinstance(other.starts, words.Unmet):
            self.refuse(
                document,
                at,
                f"{code} starts where another ended unmet itself; one that starts with events was expected",
            )
        if isinstance(other.due, words.Judgement | words.Floor):
            self.refuse(document, at, f"{code} has no day by which it must be met; a duty with one was expected")
        if other.subject != word.subject:
            self.refuse(document, at, f"{code} is about a {other.subject}; a duty about a {word.subject} was expected")

    def _gate(self, word: words.GateWord, document: yaml_reading.Document, at: Place, area: str) -> None:
        self._new_code(word.code, word.code, document, at)
        self._cites(word.cites, document, (*at, "cites"))
        self._holder(word.holder, document, (*at, "holder"))
        self._gate_words(word, document, at)
        self._interpretations(word.interpretations, document, (*at, "interpretations"))
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
        for pattern in word.before:
            self._about(pattern.kind, "child", document, (*at, "before"))
        if word.within and word.within not in self.statuses:
            self.refuse(document, (*at, "within"), none_of(word.within, self.statuses, "the statuses in pack.yaml"))
        self._examples(word.examples, "child", document, (*at, "examples"))

    # ---- overlays

    def overlay(self, path: Path) -> None:
        document = yaml_reading.read(path)
        word = self.made(document, words.OverlayFile)
        if word.over != self.pack.pack:
            self.refuse(
                document, ("over",), f"{self.pack.pack} was expected, the pack that is read; found {shown(word.over)}"
            )
        if any(one.name == word.overlay for one in self.overlays):
            self.refuse(
                document, ("overlay",), f"an overlay called {word.overlay} is given already; each may be given once"
            )
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
                self._new_code(f"{word.overlay}/{entry.code}", entry.code, document, at)
                self._addresses(entry.cites, document, (*at, "cites"))
                if entry.duty not in self.words:
                    self.refuse(document, (*at, "duty"), none_of(entry.duty, self.words, "the duties' codes"))
                national, area = self.words[entry.duty]
                changed = said(entry, national, document, at)
                narrowed = changed.pop("narrowed", ())
                local = national.model_copy(
                    update={
                        "code": entry.code, "says": entry.says, "cites": entry.cites, "examples": entry.examples,
                        "variant": _local_variant(national.variant), **changed,
                    }
                )  # fmt: skip
                self._words(local, document, at)
                self._examples(entry.examples, national.subject, document, (*at, "examples"))
                self.duties.append(
                    Duty(local, area=area, layer=word.overlay, code=national.code, kinds=self.kinds, narrowed=narrowed)
                )
        for place, first in enumerate(word.needs_first):
            at = ("needs_first", place)
            self._new_code(f"{word.overlay}/{first.code}", first.code, document, at)
            self._addresses(first.cites, document, (*at, "cites"))
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
        duty = (*at, "duty")
        if isinstance(national.due, words.Judgement):
            self.refuse(
                document, duty, f"{national.code} is judged: its text gives no number beside which one could stand"
            )
        if isinstance(national.due, words.Floor):
            self.refuse(document, duty, f"{national.code} is a floor, which has no limit beside which one could stand")
        if isinstance(national.due, words.SetLocally):
            self.refuse(document, duty, f"{national.code} leaves its number to local decision; use sets")
        if isinstance(national.due, words.Before) != isinstance(entry.due, words.Before):
            back = isinstance(national.due, words.Before)
            form = "{at_least: …, before: …}" if back else "{within: …}"
            self.refuse(
                document, (*at, "due"), f"{form} was expected: {national.code} counts {'back' if back else 'forward'}"
            )
        self._patterns(entry.starts or (), document, (*at, "starts"))
        kinds = sorted({wider.kind for wider in national.starts}) if isinstance(national.starts, tuple) else []
        for pattern in entry.starts or ():
            if pattern.kind not in kinds:
                what = f"starts with {', '.join(kinds)}" if kinds else "starts with no event"
                self.refuse(
                    document, (*at, "starts"), f"{national.code} {what}, not with {pattern.kind}; use also_starts"
                )
        return {"due": entry.due, "narrowed": entry.starts or ()}

    def _also_starts(
        self, entry: words.AlsoStarts, national: words.DutyWord, document: yaml_reading.Document, at: Place
    ) -> dict[str, Any]:
        return {"starts": entry.starts, "once": None, "begun_at": None}

    def _also_to(
        self, entry: words.AlsoTo, national: words.DutyWord, document: yaml_reading.Document, at: Place
    ) -> dict[str, Any]:
        cases = national.variant.cases.values() if national.variant else ()
        all_ = [each for each in (national.each, *(case.each for case in cases)) if each]
        if not all_:
            self.refuse(document, (*at, "duty"), f"{national.code} is not owed to recipients that could be added to")
        known = {recipient for each in all_ for recipient in each.of}
        for place, recipient in enumerate(entry.recipients):
            if recipient in known:
                here = (*at, "recipients", place)
                self.refuse(document, here, f"{recipient} is a recipient already; one to add was expected")
            known.add(recipient)
        for pattern in national.met_by or ():
            self._widen(pattern.kind, all_[0].field, entry.recipients)
        return {"each": words.Each(field=all_[0].field, of=dict.fromkeys(entry.recipients, "should")), "variant": None}

    def _widen(self, kind: str, field: str, more: tuple[str, ...]) -> None:
        """Let a field of a kind that lists its values name these too."""
        known = self.kinds[kind].fields.get(field)
        listed = known.many if isinstance(known, words.Many) else known
        if isinstance(listed, tuple):
            values = (*listed, *(one for one in more if one not in listed))
            wider = known.model_copy(update={"many": values}) if isinstance(known, words.Many) else values
            self.kinds[kind] = self.kinds[kind]._replace(fields={**self.kinds[kind].fields, field: wider})

    def _sets(
        self, entry: words.Sets, national: words.DutyWord, document: yaml_reading.Document, at: Place
    ) -> dict[str, Any]:
        if not isinstance(national.due, words.SetLocally):
            judged = isinstance(national.due, words.Judgement)
            other = "is judged: its text gives no number" if judged else "has its number in the text; use strengthens"
            self.refuse(document, (*at, "duty"), f"{national.code} leaves nothing to set: it {other}")
        return {"due": entry.due, "per": None}

    # ---- what every part is held to

    def _new_code(self, name: str, code: str, document: yaml_reading.Document, at: Place) -> None:
        if name in self.seen:
            other, there = self.seen[name]
            line, _ = other.place((*there, "code"))
            self.refuse(document, (*at, "code"), f"the code {code} stands already in {other.path}, line {line}")
        self.seen[name] = (document, at)

    def _cites(self, cites: Iterable[str], document: yaml_reading.Document, at: Place) -> None:
        for place, cite in enumerate(cites):
            if cite not in self.statements:
                near = did_you_mean(cite, self.statements)
                self.refuse(document, (*at, place), f"{cite!r} is the id of no statement of {self.pack.edition}{near}")

    def _addresses(self, cites: Iterable[str], document: yaml_reading.Document, at: Place) -> None:
        for place, cite in enumerate(cites):
            if not _ADDRESS.match(cite):
                expected = "an address in the local manual, like manual@2022-03/chapter/1, was expected"
                self.refuse(document, (*at, place), f"{expected}; found {shown(cite)}")

    def _holder(self, holder: str, document: yaml_reading.Document, at: Place) -> None:
        if holder not in self.pack.holders:
            self.refuse(document, at, none_of(holder, self.pack.holders, "the holders in pack.yaml"))

    def _interpretations(self, given: Iterable[str], document: yaml_reading.Document, at: Place) -> None:
        for place, one in enumerate(given):
            if one not in self.interpretations:
                message = none_of(one, self.interpretations, "the interpretations in pack.yaml")
                self.refuse(document, (*at, place), message)

    def _kind(self, kind: str, document: yaml_reading.Document, at: Place) -> None:
        if kind not in self.kinds:
            self.refuse(document, at, none_of(kind, self.kinds, "the kinds in kinds.yaml"))

    def _about(self, kind: str, subject: str, document: yaml_reading.Document, at: Place) -> None:
        subjects = self.kinds[kind].subjects
        if subject not in subjects and "any" not in subjects:
            self.refuse(document, at, f"{kind} is about {' or '.join(subjects)}; a kind about a {subject} was expected")

    def _patterns(self, given: Iterable[Pattern], document: yaml_reading.Document, at: Place) -> None:
        raw = document.at(at)
        for path, pattern in patterns.located(raw) if raw is not None else [((), one) for one in given]:
            here = (*at, *path)
            self._kind(pattern.kind, document, here)
            for name, values in pattern.fields:
                field = name.removesuffix(patterns.ONLY)
                self._field((pattern,), field, (), document, (*here, name))
                if name != field:
                    self._field((pattern,), field, ("list",), document, (*here, name))
                for value in sorted(values - {patterns.UNSAID}, key=str):
                    self._allowed(pattern.kind, field, value, document, (*here, name))

    def _field(
        self,
        given: Iterable[Pattern],
        field: str,
        types: tuple[str, ...],
        document: yaml_reading.Document,
        at: Place,
    ) -> None:
        """Check that each kind has the field and, where types are given, that it is of one of them."""
        for pattern in given:
            fields = self.kinds[pattern.kind].fields
            if field not in fields:
                has = f"its fields are {', '.join(fields)}" if fields else "it has none"
                near = did_you_mean(field, fields)
                self.refuse(document, at, f"{pattern.kind} has no field {field!r} in kinds.yaml; {has}{near}")
            declared = fields[field]
            type_ = "list" if isinstance(declared, words.Many) else declared
            type_ = "one of a list of values" if isinstance(type_, tuple) else type_
            if types and type_ not in types:
                message = f"{pattern.kind}.{field} is {type_} in kinds.yaml; a field that is {' or '.join(types)} was expected"
                self.refuse(document, at, message)

    def _allowed(self, kind: str, field: str, value: Any, document: yaml_reading.Document, at: Place) -> None:
        """Check that a field of a kind may have a value; what else data hold matches nothing."""
        declared = self.kinds[kind].fields[field]
        choices = declared.many if isinstance(declared, words.Many) else declared
        if isinstance(choices, tuple):
            if value not in choices:
                self.refuse(document, at, none_of(value, choices))
            return
        fits = {
            "boolean": isinstance(value, bool),
            "number": isinstance(value, int) and not isinstance(value, bool),
        }.get(choices, isinstance(value, str))
        if not fits:
            expected = {"boolean": "true or false", "number": "a whole number"}.get(choices, "text")
            self.refuse(document, at, f"{expected} was expected for {kind}.{field}; found {shown(value)}")

    def _examples(
        self, given: Iterable[words.Example], subject: str, document: yaml_reading.Document, at: Place
    ) -> None:
        """Check what examples name; whether they come out is for the tests."""
        for place, example in enumerate(given):
            here = (*at, place)
            for number, line in enumerate(example.given):
                self._example_line(line, subject, document, (*here, "given", number))
            try:
                source = example_lines.source(example.source)
            except Fault as fault:
                self.refuse(document, (*here, "source", *fault.path), fault.says)
            for one in sorted(source.carries or ()):
                self._kind(one, document, (*here, "source", "carries"))
            self._patterns(source.whole, document, (*here, "source", "whole"))
            self._patterns(source.last_before, document, (*here, "source", "last_before"))
            if example.overlay is not None and example.overlay not in carried():
                self.refuse(document, (*here, "overlay"), none_of(example.overlay, carried(), "the overlays carried"))

    def _example_line(self, line: str, subject: str, document: yaml_reading.Document, at: Place) -> None:
        try:
            event = example_lines.event(line, 0, f"{subject}:1")
        except Fault as fault:
            self.refuse(document, at, fault.says)
        self._kind(event.kind, document, at)
        for field in event.data:
            self._field((Pattern(event.kind),), field, (), document, at)

    def rules(self) -> Rules:
        return Rules(
            self.pack.edition, self.pack.title, self.digest.hexdigest(), self.pack.in_force_from, self.pack.successor,
            self.pack.holders, self.kinds, tuple(self.duties), tuple(self.gates), tuple(self.register), self.statuses,
            self.interpretations, self.statements, tuple(self.overlays),
            bool(self.pack.successor and self.pack.successor.edition in editions()),
        )  # fmt: skip
