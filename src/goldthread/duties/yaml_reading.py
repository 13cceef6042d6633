"""Reading YAML narrowly: true, false, null, whole numbers and text; nothing is converted or dropped silently."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from goldthread.duties.refusal import Refused

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "": None}
_OURS = "tag:yaml.org,2002:"


class Document(NamedTuple):
    """A read file: its data, its bytes, and the node tree that gives each path its line."""

    path: Path
    data: Any
    content: bytes
    root: Any

    def line(self, location: Sequence[Hashable]) -> tuple[int, str]:
        """Give the line (from 1) and the dotted key of the deepest part of a path that stands in the file."""
        node, trail = self.root, []
        for step in location:
            found = None
            if isinstance(node, yaml.MappingNode):
                found = next((value for key, value in node.value if key.value == step), None)
                if found is None:
                    # a key that should not be there, or one that should: point at the key or its parent
                    wrong = next((key for key, _ in node.value if key.value == step), None)
                    node = wrong or node
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
                found = node.value[step]
            if found is None:
                if isinstance(step, str) and step.isidentifier() and step.islower():
                    trail.append(step)
                continue
            trail.append(f"[{step}]" if isinstance(step, int) else str(step))
            node = found
        return node.start_mark.line + 1, ".".join(trail).replace(".[", "[") or "(top)"


def read(path: Path) -> Document:
    """Read one file, refusing duplicate keys, aliases, tags and anything that is not YAML, with file and line."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror})") from None
    try:
        root = yaml.compose(content.decode("utf-8"), Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise Refused(f"{path}: is not UTF-8 text (byte {error.start})") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Refused(f"{path}, line {line}: is not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise Refused(f"{path}: is not YAML: {' '.join(str(error).split())}") from None
    if root is None:
        raise Refused(f"{path}: is empty; a mapping was expected")
    return Document(path, _value(root, path, set()), content, root)


def _value(node: Any, path: Path, seen: set[int]) -> Any:
    where = f"{path}, line {node.start_mark.line + 1}"
    if id(node) in seen:
        raise Refused(f"{where}: an alias (*name) is not allowed; write the value out")
    seen.add(id(node))
    if not node.tag.startswith(_OURS):
        raise Refused(f"{where}: the tag {node.tag} is not allowed")
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, path, seen) for item in node.value]
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise Refused(f"{where}: a key must be plain text")
        key = key_node.value
        if key in found:
            raise Refused(f"{path}, line {key_node.start_mark.line + 1}: the key {key!r} stands twice")
        found[key] = _value(value_node, path, seen)
    return found


def _scalar(node: Any) -> Any:
    if node.style:
        return node.value
    text = node.value
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _WHOLE_NUMBER.match(text):
        return int(text)
    return text
