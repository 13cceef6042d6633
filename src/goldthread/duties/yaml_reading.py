"""Reading YAML narrowly: true, false, null, whole numbers and text; nothing is converted or dropped silently."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from goldthread.duties.faults import spelt
from goldthread.duties.refusal import Refused

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None}
_OURS = "tag:yaml.org,2002:"
DEEPEST = 40  # lists and mappings within one another; a pack needs ten, and endless ones bring the parser down

# What the parser says, and what it means to someone who writes a pack.
_PLAINLY = (
    ("tab character", "a tab stands here; indent with spaces"),
    (
        "mapping values are not allowed",
        "a colon stands where no key can; text with a colon in it needs quotation marks",
    ),
    ("unexpected end of stream", "quotation marks are opened here and never closed"),
    ("expected ',' or '}'", "a comma or } was expected: the mapping that begins here is not closed"),
    ("expected ',' or ']'", "a comma or ] was expected: the list that begins here is not closed"),
    ("expected '-' indicator", "this line does not belong to the list above it; its indentation or a dash is wrong"),
    ("expected key", "a key was expected; an indentation, a bracket or a quotation mark before this is wrong"),
    ("expected ':'", "a colon was expected after the key"),
    ("node content", "a value was expected"),
    ("expected comment or line break", "after | or > the text begins on the next line"),
    ("escape code", "a backslash stands in double quotation marks; single ones take it as it is"),
    ("unknown escape", "a backslash stands in double quotation marks; single ones take it as it is"),
)
_FROM_ITS_BEGINNING = ("unexpected end of stream", "expected ',' or")


class Document(NamedTuple):
    """A read file: where it was read, its data and its bytes."""

    path: Path
    data: Any
    content: bytes

    def at(self, location: Sequence[Hashable]) -> Any:
        """Give what stands at a path of keys and places; None where nothing does."""
        found = self.data
        for step in location:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found

    def place(self, location: Sequence[Hashable]) -> tuple[int, str]:
        """Give the line (from 1) and the dotted key of a path; one that does not stand there takes its parent's line."""
        lines: dict[tuple[Hashable, ...], int] = {}
        _build(self.content.decode("utf-8-sig"), self.path, lines)
        there = tuple(location)
        while there and there not in lines:
            there = there[:-1]
        # a word that is missing is named; a place within what is no list is not
        missing = location[len(there) : len(there) + 1]
        return lines.get(there, 1), spelt((*there, *(step for step in missing if isinstance(step, str))))


def read(path: Path) -> Document:
    """Read one file, refusing equal keys, aliases, anchors, tags and anything that is not YAML, with file and line."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"{path}: does not exist; a YAML file was expected") from None
    except IsADirectoryError:
        raise Refused(f"{path}: is a folder; a YAML file was expected") from None
    except (OSError, ValueError) as error:
        raise Refused(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused(f"{path}, line {line}: byte {error.start + 1} is not UTF-8; text in UTF-8 was expected") from None
    return Document(path, _build(text, path, None), content)


class _Open:
    """A list or mapping that is being read: what it holds, and for a mapping the key whose value comes next."""

    __slots__ = ("data", "flow", "key", "line")

    def __init__(self, data: Any, flow: bool) -> None:
        self.data, self.flow, self.line = data, flow, 0
        self.key: str | None = None

    def step(self) -> Hashable:
        return self.key if isinstance(self.data, dict) else len(self.data) - 1


def _build(text: str, path: Path, lines: dict[tuple[Hashable, ...], int] | None) -> Any:
    """Make the data of a text; `lines` is filled with the line of each path, where it is wanted."""
    open_: list[_Open] = []
    top: Any = None
    documents = 0

    def refuse(event: Any, says: str, *more: Hashable) -> Refused:
        path_here = [one.step() for one in open_]
        if open_ and isinstance(open_[-1].data, list):
            path_here[-1] = len(open_[-1].data)
        key = spelt([*(step for step in path_here if step is not None), *more])
        return Refused(f"{path}, line {event.start_mark.line + 1}: {key + ': ' if key else ''}{says}")

    try:
        events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        for event in events:
            if _is(event, yaml.CollectionEndEvent):
                open_.pop()
                if open_ and isinstance(open_[-1].data, dict):
                    open_[-1].key = None
                continue
            if not _is(event, yaml.NodeEvent):
                documents += _is(event, yaml.DocumentStartEvent)
                if documents > 1:
                    raise refuse(event, "a second document begins (---); one was expected")
                continue
            if _is(event, yaml.AliasEvent):
                raise refuse(event, f"an alias (*{event.anchor}) is not allowed; write out what it stands for")
            if event.anchor is not None:
                raise refuse(
                    event, f"an anchor (&{event.anchor}) is not allowed; write the value out where it is meant"
                )
            if event.tag is not None:
                raise refuse(
                    event,
                    f"a tag ({event.tag.replace(_OURS, '!!')}) is not allowed; text, numbers, true, false and null are enough",
                )
            parent = open_[-1] if open_ else None
            if parent is not None and isinstance(parent.data, dict) and parent.key is None:
                parent.key, parent.line = _key(event, parent.data, refuse), event.start_mark.line + 1
                continue
            value = _value(event, refuse, parent)
            if parent is None:
                top = value
            elif isinstance(parent.data, dict):
                parent.data[parent.key] = value
            else:
                parent.data.append(value)
            if lines is not None:
                own = parent.line if parent is not None and parent.key is not None else event.start_mark.line + 1
                lines[tuple(one.step() for one in open_)] = own
            if isinstance(value, dict | list):
                if len(open_) >= DEEPEST:
                    line = event.start_mark.line + 1
                    raise Refused(
                        f"{path}, line {line}: lists and mappings stand more than {DEEPEST} deep in one another"
                    )
                open_.append(_Open(value, bool(event.flow_style)))
            elif parent is not None and isinstance(parent.data, dict):
                parent.key = None
    except yaml.YAMLError as error:
        raise _not_yaml(error, path, text) from None
    if top is None:
        raise Refused(f"{path}: is empty; a mapping of words was expected")
    return top


def _is(event: Any, type_: type) -> bool:
    return isinstance(event, type_)


def _key(event: Any, found: dict[str, Any], refuse: Any) -> str:
    if not isinstance(event, yaml.ScalarEvent):
        raise refuse(event, "a key is plain text, not a list or a mapping")
    key = str(event.value)
    if key == "<<":
        raise refuse(event, "a merge key (<<) is not allowed; write the words out")
    if not key:
        raise refuse(event, "a key is missing before the colon")
    if key in found:
        raise refuse(event, f"the key {key!r} stands twice; each key may stand once", key)
    return key


def _value(event: Any, refuse: Any, parent: _Open | None) -> Any:
    if isinstance(event, yaml.MappingStartEvent):
        return {}
    if isinstance(event, yaml.SequenceStartEvent):
        return []
    text = event.value
    if event.style:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _WHOLE_NUMBER.match(text):
        return int(text)
    if text == "" and parent is not None:
        comma = (
            " (within { } a comma parts words: text with a comma in it needs quotation marks)" if parent.flow else ""
        )
        raise refuse(event, f"no value stands here; write null where nothing is meant{comma}")
    return text or None


def _not_yaml(error: yaml.YAMLError, path: Path, text: str) -> Refused:
    if not isinstance(error, yaml.MarkedYAMLError):
        position = getattr(error, "position", 0) or 0
        line = text.encode()[:position].count(b"\n") + 1
        return Refused(f"{path}, line {line}: holds a character that text cannot hold; plain text was expected")
    problem, mark = error.problem or "", error.problem_mark
    if error.context_mark and any(part in problem for part in _FROM_ITS_BEGINNING):
        mark = error.context_mark
    line = mark.line if mark else 0
    says = next((plainly for part, plainly in _PLAINLY if part in problem), problem)
    if "cannot start any token" in problem and mark:
        character = (text.splitlines() or [""])[mark.line][mark.column : mark.column + 1]
        if character == "\t":
            says = "a tab stands here; indent with spaces"
        else:
            says = f"text that begins with {character!r} needs quotation marks"
    return Refused(f"{path}, line {line + 1}: is not YAML: {says}")
