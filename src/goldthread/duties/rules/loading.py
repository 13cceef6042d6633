"""Loading the rules of an edition and of the overlays over it; what was read is kept for as long as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from goldthread.duties.faults import did_you_mean
from goldthread.duties.refusal import Refused
from goldthread.duties.rules import holdings
from goldthread.duties.rules.edition import Rules
from goldthread.duties.rules.overlays import lay_over
from goldthread.duties.rules.pack import Pack


def load(edition: str = "wt2023", overlays: Iterable[Path | str] = ()) -> Rules:
    """Read an edition's pack and the overlays over it (paths, or names of the examples that are carried)."""
    held = holdings.editions()
    if edition not in held:
        near = did_you_mean(edition, held)
        raise Refused(f"the edition {edition!r} is not held; those held are {', '.join(held)}{near}")
    folder = holdings.PACKS / edition
    rules = load_folder(folder, tuple(holdings.overlay_path(given) for given in overlays))
    if rules.edition != edition:
        raise Refused(f"{folder / 'pack.yaml'}: edition: {edition} was expected, as its folder is called")
    return rules


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
    pack = Pack(folder)
    for path in overlay_paths:
        lay_over(pack, path)
    return pack.rules()
