"""A word of the vocabulary: a mapping that is read strictly, and the plain values that stand in it."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationError, model_validator

from goldthread.duties import example_lines, patterns
from goldthread.duties.event import Pattern
from goldthread.duties.faults import FEW, Fault, did_you_mean, of_model, shown

_CODE = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$"

Day = Annotated[int, PlainValidator(example_lines.ordinal)]
Patterns = Annotated[tuple[Pattern, ...], PlainValidator(patterns.parse)]
Code = Annotated[str, Field(pattern=_CODE)]
Words = Annotated[str, Field(min_length=1), AfterValidator(lambda text: _worded(text))]
Strength = Literal["must", "should", "expected", "non-statutory"]
Names = Annotated[tuple[str, ...], PlainValidator(lambda raw: _texts(one_or_several(raw)))]


def one_or_several(raw: Any) -> Any:
    """Take one thing as a list of one."""
    return tuple(raw) if isinstance(raw, list) else (raw,)


def _worded(text: str) -> str:
    if not text.strip():
        raise Fault("some text was expected; found only blanks")
    return text


def _texts(raw: tuple[Any, ...]) -> tuple[str, ...]:
    for place, one in enumerate(raw):
        if not isinstance(one, str) or not one.strip():
            here = (place,) if len(raw) > 1 else ()
            number = " (in quotation marks it is text)" if isinstance(one, int) else ""
            raise Fault(f"text was expected; found {shown(one)}{number}", *here)
    if not raw:
        raise Fault("a text or a list of texts was expected; found an empty list")
    return raw


@lru_cache(maxsize=128)
def _vocabulary(model: type[BaseModel]) -> dict[str, bool]:
    """List the words that a mapping may hold, and whether each is needed."""
    return {field.alias or name: field.is_required() for name, field in model.model_fields.items()}


class Word(BaseModel):
    """A mapping of the vocabulary: nothing extra, nothing converted, nothing changed afterwards."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _closed(cls, raw: Any) -> Any:
        """Refuse a word that is none of the vocabulary before anything else is looked at: it may be another one misspelt."""
        known = _vocabulary(cls)
        if not isinstance(raw, dict):
            needed = [word for word, is_needed in known.items() if is_needed] or list(known)
            raise Fault(f"a mapping with {', '.join(needed)} was expected; found {shown(raw)}")
        for word in raw:
            if word not in known:
                near = did_you_mean(word, [one for one in known if one not in raw])
                listed = (
                    f"it should be one of {', '.join(known)}"
                    if len(known) <= FEW
                    else "see docs/reference/duty-words.md"
                )
                raise Fault(f"the word {word!r} cannot stand here{near or f'; {listed}'}", word)
        for word, is_needed in known.items():
            if is_needed and word not in raw:
                raise Fault(f"the word {word!r} is needed here", word)
        return raw


def nested(model: type[Word], raw: Any) -> Any:
    """Make a nested word; its first fault keeps the path that leads to it."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise of_model(error)[0] from None


def not_empty(given: tuple[Any, ...]) -> tuple[Any, ...]:
    """Hold a list to at least one entry."""
    if not given:
        raise Fault("a list of at least one was expected; found an empty list")
    return given


def in_order(first: int, last: int | None, word: str, before: str) -> None:
    """Hold the last day of a period to not being before its first; `word` and `before` are the words that give them."""
    if last is not None and last < first:
        raise Fault(f"a day that is not before {before!r} was expected", word)
