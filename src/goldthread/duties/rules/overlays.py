"""Overlays: local clocks beside the national duties, and local gates, each held to the duty that it stands beside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from goldthread.duties import words, yaml_reading
from goldthread.duties.faults import shown
from goldthread.duties.rules import declarations
from goldthread.duties.rules.duty import LOCAL, Duty, asked
from goldthread.duties.rules.edition import Gate, Overlay
from goldthread.duties.rules.kinds import Kinds
from goldthread.duties.rules.pack import Pack
from goldthread.duties.rules.places import Place, made

_ADDRESS = re.compile(r"[^\s@/]+@[^\s@/]+(/[^\s/]+)+\Z")  # of a local manual: manual@edition/chapter/paragraph

Said = Callable[
    [Any, words.DutyWord, Kinds, Place], dict[str, Any]
]  # what a verb says otherwise than the national duty


def lay_over(pack: Pack, path: Path) -> None:
    """Read an overlay, and add its duties and gates to the pack's."""
    document = yaml_reading.read(path)
    word, top = made(document, words.OverlayFile), Place(document)
    if word.over != pack.word.pack:
        top.under("over").refuse(f"{pack.word.pack} was expected, the pack that is read; found {shown(word.over)}")
    if any(one.name == word.overlay for one in pack.overlays):
        top.under("overlay").refuse(f"an overlay called {word.overlay} is given already; each may be given once")
    pack.files.count_in("overlay", document.content)
    sha256 = hashlib.sha256(document.content).hexdigest()
    pack.overlays.append(Overlay(word.overlay, word.title, path, sha256, word.in_force_from, word.in_force_until))
    verbs: list[tuple[str, tuple[words.Beside, ...], Said]] = [
        ("strengthens", word.strengthens, _strengthens),
        ("also_starts", word.also_starts, _also_starts),
        ("also_to", word.also_to, _also_to),
        ("sets", word.sets, _sets),
    ]
    for verb, entries, said in verbs:
        for place, entry in enumerate(entries):
            _add_beside(pack, word, entry, said, top.under(verb, place))
    for place, first in enumerate(word.needs_first):
        _add_gate(pack, word, first, top.under("needs_first", place))


def _add_beside(pack: Pack, overlay: words.OverlayFile, entry: words.Beside, said: Said, at: Place) -> None:
    kinds = pack.names.kinds
    _hold_entry(pack, overlay, entry, at)
    national, area = pack.declared(entry.duty, at.under("duty"))
    changed = said(entry, national, kinds, at)
    narrowed = changed.pop("narrowed", ())
    local = national.model_copy(
        update={
            "code": entry.code, "says": entry.says, "cites": entry.cites, "examples": entry.examples,
            "variant": _local_variant(national.variant), **changed,
        }
    )  # fmt: skip
    declarations.hold_duty(local, pack.names, at)
    pack.names.hold_examples(entry.examples, national.subject, at.under("examples"))
    pack.duties.append(
        Duty(local, area=area, layer=overlay.overlay, code=national.code, kinds=kinds.known, narrowed=narrowed)
    )


def _add_gate(pack: Pack, overlay: words.OverlayFile, first: words.NeedsFirst, at: Place) -> None:
    _hold_entry(pack, overlay, first, at)
    declarations.hold_gate(first, pack.names, at)
    pack.gates.append(
        Gate(
            first.code, first.says, overlay.title, overlay.overlay, first.approved_by or "", LOCAL, first.cites,
            asked(first.before), first.before, asked(first.needs), first.needs,
            first.at_least, first.within, first.examples,
        )
    )  # fmt: skip


def _hold_entry(pack: Pack, overlay: words.OverlayFile, entry: words.Timing, at: Place) -> None:
    pack.names.add_code(f"{overlay.overlay}/{entry.code}", entry.code, at)
    _hold_addresses(entry.cites, at.under("cites"))


def _hold_addresses(cites: Iterable[str], at: Place) -> None:
    for place, cite in enumerate(cites):
        if not _ADDRESS.match(cite):
            expected = "an address in the local manual, like manual@2022-03/chapter/1, was expected"
            at.under(place).refuse(f"{expected}; found {shown(cite)}")


def _local_variant(variant: words.Variant | None) -> words.Variant | None:
    """Keep who owes it and to whom, case by case; the date and the citation are the overlay's own."""
    if variant is None:
        return None
    own = {"due": None, "cites": None}
    return variant.model_copy(
        update={"cases": {name: case.model_copy(update=own) for name, case in variant.cases.items()}}
    )


def _strengthens(entry: words.Strengthens, national: words.DutyWord, kinds: Kinds, at: Place) -> dict[str, Any]:
    duty = at.under("duty")
    if isinstance(national.due, words.Judgement):
        duty.refuse(f"{national.code} is judged: its text gives no number beside which one could stand")
    if isinstance(national.due, words.Floor):
        duty.refuse(f"{national.code} is a floor, which has no limit beside which one could stand")
    if isinstance(national.due, words.SetLocally):
        duty.refuse(f"{national.code} leaves its number to local decision; use sets")
    if isinstance(national.due, words.Before) != isinstance(entry.due, words.Before):
        back = isinstance(national.due, words.Before)
        form = "{at_least: …, before: …}" if back else "{within: …}"
        at.under("due").refuse(f"{form} was expected: {national.code} counts {'back' if back else 'forward'}")
    starts = at.under("starts")
    kinds.hold_patterns(entry.starts or (), starts)
    wider = sorted({one.kind for one in national.starts}) if isinstance(national.starts, tuple) else []
    for pattern in entry.starts or ():
        if pattern.kind not in wider:
            what = f"starts with {', '.join(wider)}" if wider else "starts with no event"
            starts.refuse(f"{national.code} {what}, not with {pattern.kind}; use also_starts")
    return {"due": entry.due, "narrowed": entry.starts or ()}


def _also_starts(entry: words.AlsoStarts, national: words.DutyWord, kinds: Kinds, at: Place) -> dict[str, Any]:
    return {"starts": entry.starts, "once": None, "begun_at": None}


def _also_to(entry: words.AlsoTo, national: words.DutyWord, kinds: Kinds, at: Place) -> dict[str, Any]:
    cases = national.variant.cases.values() if national.variant else ()
    all_ = [each for each in (national.each, *(case.each for case in cases)) if each]
    if not all_:
        at.under("duty").refuse(f"{national.code} is not owed to recipients that could be added to")
    known = {recipient for each in all_ for recipient in each.of}
    for place, recipient in enumerate(entry.recipients):
        if recipient in known:
            at.under("recipients", place).refuse(f"{recipient} is a recipient already; one to add was expected")
        known.add(recipient)
    for pattern in national.met_by or ():
        kinds.widen(pattern.kind, all_[0].field, entry.recipients)
    return {"each": words.Each(field=all_[0].field, of=dict.fromkeys(entry.recipients, "should")), "variant": None}


def _sets(entry: words.Sets, national: words.DutyWord, kinds: Kinds, at: Place) -> dict[str, Any]:
    if not isinstance(national.due, words.SetLocally):
        judged = isinstance(national.due, words.Judgement)
        other = "is judged: its text gives no number" if judged else "has its number in the text; use strengthens"
        at.under("duty").refuse(f"{national.code} leaves nothing to set: it {other}")
    return {"due": entry.due, "per": None}
