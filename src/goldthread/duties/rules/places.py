"""A place in a file of a pack: what is written there, and the refusal that points at it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, NamedTuple, NoReturn, TypeVar

from pydantic import ValidationError

from goldthread.duties import words
from goldthread.duties.faults import of_model
from goldthread.duties.refusal import Refused
from goldthread.duties.yaml_reading import Document

Model = TypeVar("Model", bound=words.Word)


class Place(NamedTuple):
    """A document, and the path of keys and numbers that leads to a place in it; an empty path is the whole."""

    document: Document
    path: tuple[Hashable, ...] = ()

    def under(self, *steps: Hashable) -> Place:
        """Give the place that lies further down."""
        return Place(self.document, (*self.path, *steps))

    def written(self) -> Any:
        """Give what stands here; None where nothing does."""
        return self.document.at(self.path)

    def line(self) -> int:
        """Give the line, from 1."""
        return self.document.place(self.path)[0]

    def refusal(self, message: str) -> Refused:
        """Say what is wrong here, with file, line and key before it."""
        line, key = self.document.place(self.path)
        return Refused(f"{self.document.path}, line {line}: {key + ': ' if key else ''}{message}")

    def refuse(self, message: str) -> NoReturn:
        """Raise the refusal that says what is wrong here."""
        raise self.refusal(message)


def made(document: Document, model: type[Model]) -> Model:
    """Make the words of a whole document; the fault that stands first in the file is the one that is refused."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        faults = of_model(error)
    first = min(faults, key=lambda fault: document.place(fault.path)[0])
    raise Place(document, first.path).refusal(first.says)
