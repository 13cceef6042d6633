"""What is wrong with a pack or an overlay, and where in its file, said so that it reads well aloud."""

from __future__ import annotations

import difflib
import re
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from pydantic import ValidationError

FEW = 12  # so many choices are named one by one


class Fault(ValueError):
    """One thing that is wrong: a sentence, and the path of keys and places that leads to it."""

    def __init__(self, says: str, *path: Hashable) -> None:
        super().__init__(says)
        self.says, self.path = says, path

    def under(self, *steps: Hashable) -> Fault:
        """Give the same fault as it is seen from further up the file."""
        return Fault(self.says, *steps, *self.path)

    def __str__(self) -> str:
        """Give the sentence with its key before it."""
        return f"{spelt(self.path)}: {self.says}" if self.path else self.says


def spelt(path: Sequence[Hashable]) -> str:
    """Write a path as a reader points at it: duties[3].met_by[0]."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def shown(value: Any) -> str:
    """Say briefly what was found."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return f"a mapping ({', '.join(map(str, list(value)[:3]))})" if value else "an empty mapping"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…{text[0]}"


def did_you_mean(found: Any, choices: Iterable[str]) -> str:
    """Give the choice that is nearest to what was found, as the end of a sentence; empty where none is near."""
    by_lower = {one.lower(): one for one in choices}
    near = difflib.get_close_matches(str(found).lower(), by_lower, n=1)
    return f"; did you mean {by_lower[near[0]]}?" if near else ""


def none_of(found: Any, choices: Iterable[str], many: str = "") -> str:
    """Say that something is not among the choices, and which is nearest; `many` names them where they are too many."""
    listed = list(choices)
    named = many if many and len(listed) > FEW else ", ".join(listed)
    return f"{shown(found)} is not one of {named}{did_you_mean(found, listed)}"


def of_model(error: ValidationError) -> list[Fault]:
    """Say each fault that the models found in our own words."""
    return [_of_model(one) for one in error.errors(include_url=False)]


def _of_model(error: Any) -> Fault:
    inner = error.get("ctx", {}).get("error")
    if isinstance(inner, Fault):
        return inner.under(*error["loc"])
    return Fault(_said(error["type"], error.get("ctx", {}), error["input"]), *error["loc"])


def _said(type_: str, given: Any, found: Any) -> str:
    if type_ == "literal_error":
        return none_of(found, re.findall(r"'([^']+)'", given["expected"]))
    if type_ == "string_pattern_mismatch":
        points = " and points" if r"\." in given["pattern"] else ""
        example = "plan.first-review" if points else "first-review"
        return f"lower-case words joined by dashes{points} were expected, like {example}; found {shown(found)}"
    if type_ == "string_type" and isinstance(found, bool | int):
        return f"text was expected; found {shown(found)} (in quotation marks it is text)"
    expected = {
        "string_type": "text was expected",
        "string_too_short": "some text was expected",
        "bool_type": "true or false was expected",
        "int_type": "a whole number was expected",
        "tuple_type": "a list was expected",
        "dict_type": "a mapping was expected",
        "greater_than_equal": f"a number of at least {given.get('ge')} was expected",
        "less_than_equal": f"a number of at most {given.get('le')} was expected",
    }.get(type_, "something else was expected, as docs/reference/duty-words.md says")
    return f"{expected}; found {shown(found)}"
