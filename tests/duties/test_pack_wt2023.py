"""The pack for Working Together 2023 leaves nothing out, cites what exists, and says it in its own words."""

from __future__ import annotations

import copy
import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PACK = ROOT / "src" / "goldthread" / "duties" / "packs" / "wt2023"
OVERLAYS = ROOT / "src" / "goldthread" / "duties" / "overlays"
NOTES = ROOT / "docs" / "reference" / "duties-notes.md"
SHARED = ROOT.parent / "shared"
ABSENT = "the project's reference material is not beside this checkout"

TIMES = {"within", "at_least", "by", "earliest", "floor"}
SET_LOCALLY = {"record", "local"}
RUN = 8  # so many words in a row are a copied sentence, fewer may be the name of a thing

# Why a duty is not as strong as any statement that it cites is tagged.
OTHER_STRENGTH = {
    "allegation.tell-defence": "the statement is an item tagged expected, and says should itself",
    "service-child.tell-defence": "the statement is an item tagged expected, and says should itself",
    "death.joint-response": "its must is of the response being required, its should of following the guidelines",
    "return-home.monitor": "its must is of considering support after remand, which is remand.consider-after",
}
# Duties of speed that stay prompts, because nothing in a case file marks their start.
NO_START = {"transition.plan", "prison.start-enquiry"}

# The kinds that stand for whatever has no kind of its own, and the field that names it.
OPEN_ENDED = {
    "informed": "about",
    "decided": "matter",
    "considered": "matter",
    "requested": "matter",
    "answered": "matter",
    "action-completed": "of",
}


def read(path: Path) -> Any:
    """Read YAML with every scalar as text, so that `on` stays a word and 153.1 an id."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # makes text only


def entries(section: str) -> list[dict[str, Any]]:
    return [
        entry
        for folder in ("duties", "register")
        for path in sorted((PACK / folder).glob("*.yaml"))
        for entry in read(path).get(section, [])
    ]


DUTIES, GATES, REGISTER = entries("duties"), entries("gates"), entries("entries")
EVERYTHING = [*DUTIES, *GATES, *REGISTER]
BY_CODE = {entry["code"]: entry for entry in EVERYTHING}
HEAD = read(PACK / "pack.yaml")
KINDS = {kind["kind"]: kind for kind in read(PACK / "kinds.yaml")["kinds"]}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STATEMENTS = {row["id"]: row for row in rows(PACK / "statements.csv")}


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(ABSENT)
    return path


def untimed() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows(shared("guidance/untimed_duties.csv"))}


def timed_table() -> dict[str, list[str]]:
    """The table of timed duties in the interfaces: its cells by code."""
    text = shared("interfaces.md").read_text(encoding="utf-8")
    found = {}
    for line in text[text.index("Timed duties of Working Together 2023") :].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 6 and (code := re.fullmatch(r"`([a-z.-]+)`", cells[0])):
            found[code[1]] = cells
    return found


def cases(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """An entry as each of its variants says it."""
    variants = entry.get("variant", {}).get("cases", {})
    return [{**entry, **said} for said in variants.values()] or [dict(entry)]


def patterns(raw: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in raw if isinstance(raw, list) else [raw]:
        if isinstance(one, dict):
            yield from one.items()
        else:
            yield one, {}


def is_timed(duty: Mapping[str, Any]) -> bool:
    return bool(TIMES & set(duty["due"]))


def codes_counted(everything: list[dict[str, Any]]) -> Counter[str]:
    return Counter(entry["code"] for entry in everything)


# ---- nothing is left out


def test_every_duty_without_a_number_is_registered_exactly_once() -> None:
    counted = codes_counted(EVERYTHING)
    assert len(untimed()) == 141
    assert {code: counted[code] for code in untimed()} == dict.fromkeys(untimed(), 1)
    assert set(counted) == set(untimed()) | set(timed_table())
    assert not set(untimed()) & set(timed_table())


def test_a_code_that_is_registered_twice_is_noticed() -> None:
    assert codes_counted([*EVERYTHING, copy.deepcopy(GATES[0])])[GATES[0]["code"]] == 2


def test_every_timed_duty_is_there_with_its_number_and_both_strengths() -> None:
    table = timed_table()
    assert len(table) == 19
    for code, cells in table.items():
        duty = BY_CODE[code]
        strength, _, of_time = cells[5].partition(" / ")
        assert duty["strength"] == strength, code
        if code == "assessment.explain-delay":
            assert "judgement" in duty["due"]
            assert of_time == "–"
            assert "time_strength" not in duty
            continue
        assert is_timed(duty), code
        assert duty["time_strength"] == (of_time or strength), code
        numbers = set(re.findall(r"\d+", str(duty["due"]))) - {"30"}
        assert numbers <= set(re.findall(r"\d+", cells[3])), code
        kinds = {kind for kind, _ in patterns(duty["starts"])} & set(KINDS)
        said = cells[2].replace("-", " ")
        assert all(kind.replace("-", " ").removesuffix(" held") in said for kind in kinds), code


def test_the_class_of_each_row_says_what_became_of_it() -> None:
    judged_or_local = {duty["code"] for duty in DUTIES if not is_timed(duty)}
    for code, row in untimed().items():
        evaluated = row["class"] in {"T", "L"} or (row["class"] == "E" and "must" in row["strength"])
        assert (code in judged_or_local) == (evaluated and code not in NO_START), code
        if row["class"] == "G":
            assert code in {gate["code"] for gate in GATES} or BY_CODE[code]["kind"] == "gate", code
    assert [gate["code"] for gate in GATES] == ["plan.do-not-end-before-received"]
    assert {duty["code"] for duty in DUTIES if SET_LOCALLY & set(duty["due"])} == {
        "core-group.next",
        "plan.circulate",
        "plan.complete-in-depth-assessment",
        "plan.review-near-18th-birthday",
        "child-in-need.plan-review",
        "strategy.follow-up-actions",
    }


def test_every_kind_of_the_interfaces_has_its_fields() -> None:
    text = shared("interfaces.md").read_text(encoding="utf-8")
    section = text[text.index("Kinds that start, meet or end a clock") : text.index("## 3.")]
    named = set(re.findall(r"`([a-z0-9-]+)`", section)) - {"outcome"}
    assert set(KINDS) == named | {"family-member"}
    for kind, said in re.findall(r"`([a-z0-9-]+)` \{([^{}]*)\}", section):
        fields = {re.split(r":", part)[0].strip() for part in re.sub(r"\[.*?\]", "", said).split(",")}
        fields = {re.sub(r"[^a-z0-9_].*", "", field) for field in fields} - {""}
        assert fields <= set(KINDS[kind].get("fields", {})), kind


# ---- what it rests on


def test_the_statements_are_those_of_the_edition_without_their_text() -> None:
    assert len(STATEMENTS) == 1703
    held = [
        {
            "id": row["id"],
            "strength": row["strength"],
            "sha256": hashlib.sha256(row["text"].encode()).hexdigest(),
        }
        for row in rows(shared("guidance/wt2023_statements.csv"))
    ]
    assert held == list(STATEMENTS.values())


@pytest.mark.parametrize("entry", EVERYTHING, ids=lambda entry: str(entry["code"]))
def test_every_citation_resolves(entry: dict[str, Any]) -> None:
    for case in cases(entry):
        assert case["cites"]
        assert not [cite for cite in case["cites"] if cite not in STATEMENTS]


def test_the_citations_are_those_of_the_register() -> None:
    # Only what accepts responsibility in writing is cited besides: the register names the sentences around it.
    added = {"emergency.confirm-acceptance": {"immediate-protection.8"}}
    for code, row in untimed().items():
        cited = {cite for case in cases(BY_CODE[code]) for cite in case["cites"]}
        assert cited - added.get(code, set()) == set(row["refs"].split("; ")), code


def strength_without_basis(entry: Mapping[str, Any]) -> bool:
    for case in cases(entry):
        tagged = {STATEMENTS[cite]["strength"] for cite in case["cites"]}
        claimed = {case["strength"], case.get("time_strength", case["strength"])}
        if not claimed | set(case.get("each", {}).get("of", {}).values()) <= tagged:
            return True
    return False


def test_no_duty_is_stronger_or_weaker_than_what_it_cites() -> None:
    assert {entry["code"] for entry in EVERYTHING if strength_without_basis(entry)} == set(OTHER_STRENGTH)


def test_a_strength_that_nothing_supports_is_noticed() -> None:
    assert strength_without_basis({**BY_CODE["referral.decide"], "strength": "must"})
    assert strength_without_basis({**BY_CODE["conference.initial"], "time_strength": "expected"})


def test_every_interpretation_is_one_that_a_duty_rests_on() -> None:
    held = [interpretation["id"] for interpretation in HEAD["interpretations"]]
    named = {name for entry in [*DUTIES, *GATES] for name in entry.get("interpretations", [])}
    assert sorted(held) == sorted(named)
    for interpretation in HEAD["interpretations"]:
        assert interpretation["cites"]
        assert not [cite for cite in interpretation["cites"] if cite not in STATEMENTS], interpretation["id"]


def test_every_holder_holds_something() -> None:
    assert {case["holder"] for entry in EVERYTHING for case in cases(entry)} == set(HEAD["holders"])


# ---- how it is said


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.casefold().replace("’", "'"))


def runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[place : place + RUN]) for place in range(len(said) - RUN + 1)}


def guidance_runs() -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for row in rows(shared("guidance/wt2023_statements.csv")):
        found |= runs(row["text"]) | runs(row["lead"])
    return found


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence of the pack and its overlays that a reader may see, with whose it is."""
    for entry in EVERYTHING:
        for field in ("says", "starts_words", "met_words", "time_words"):
            if field in entry:
                yield entry["code"], entry[field]
        for example in entry.get("examples", []):
            yield entry["code"], example["says"]
    for interpretation in HEAD["interpretations"]:
        for field in ("question", "decision", "basis"):
            yield interpretation["id"], interpretation[field]
    for kind in KINDS.values():
        yield kind["kind"], kind["says"]
    for path in sorted(OVERLAYS.glob("*.yaml")):
        for verb in ("strengthens", "also_starts", "also_to", "needs_first", "sets"):
            for entry in read(path).get(verb, []):
                yield entry["code"], entry["says"]


def test_no_sentence_is_copied_from_the_guidance() -> None:
    guidance = guidance_runs()
    assert {whose: said for whose, said in sentences() if runs(said) & guidance} == {}


def test_a_copied_sentence_is_noticed() -> None:
    longest = max(rows(shared("guidance/wt2023_statements.csv")), key=lambda row: len(row["text"]))
    assert runs(f"So it is: {longest['text']}") & guidance_runs()


def test_a_word_of_time_is_the_guidance_s_own() -> None:
    texts = {row["id"]: f"{row['lead']} {row['text']}" for row in rows(shared("guidance/wt2023_statements.csv"))}
    for duty in DUTIES:
        if word := duty["due"].get("judgement"):
            cited = " ".join(texts[cite] for cite in duty["cites"]).casefold().replace("’", "'")
            assert word.casefold() in cited, duty["code"]


@pytest.mark.parametrize("entry", EVERYTHING, ids=lambda entry: str(entry["code"]))
def test_every_duty_is_said_in_one_sentence(entry: dict[str, Any]) -> None:
    assert re.fullmatch(r"[A-Z][^.!?]*\.", entry["says"])
    assert len(words(entry["says"])) <= 28, "short enough to be read aloud"


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: str(duty["code"]))
def test_every_duty_has_worked_examples(duty: dict[str, Any]) -> None:
    examples = duty.get("examples", [])
    assert len(examples) >= (3 if is_timed(duty) else 1)
    if is_timed(duty):
        shown = [expected for example in examples for expected in _expected(example)]
        due_on = {(one.get("due_on"), one.get("met_on")) for one in shown}
        floor = "floor" in duty["due"]
        assert floor or any(due and due == met for due, met in due_on), "met on the last day"
        assert floor or any(one.get("state") == "met-late" for one in shown), "late the day after"


def _expected(example: Mapping[str, Any]) -> list[dict[str, Any]]:
    expected = example["expect"]
    if expected == "none":
        return []
    return expected if isinstance(expected, list) else [expected]


def _words_looked_for() -> set[tuple[str, str]]:
    found = set()
    for duty in DUTIES:
        for key in ("starts", "once", "met_by", "ends_with"):
            for kind, fields in patterns(duty.get(key, [])):
                if kind in OPEN_ENDED and OPEN_ENDED[kind] in fields:
                    found.add((kind, fields[OPEN_ENDED[kind]]))
    return found


def test_the_notes_list_the_words_of_the_open_ended_kinds() -> None:
    listed = set(re.findall(r"^\| `([a-z-]+)` \| [a-z]+: `([a-z0-9-]+)` \|", NOTES.read_text(encoding="utf-8"), re.M))
    assert listed == _words_looked_for()


def test_an_open_ended_kind_is_never_looked_for_without_its_word() -> None:
    for duty in DUTIES:
        for key in ("starts", "met_by", "ends_with"):
            for kind, fields in patterns(duty.get(key, [])):
                # The key of each action is the word that strategy.follow-up-actions looks for.
                assert kind not in OPEN_ENDED or OPEN_ENDED[kind] in fields or "per" in duty, duty["code"]
