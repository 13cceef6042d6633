"""What is held here: the editions of the guidance, and the overlays that are carried as examples."""

from __future__ import annotations

from pathlib import Path

from goldthread.duties.faults import did_you_mean
from goldthread.duties.refusal import Refused

PACKS = Path(__file__).parents[1] / "packs"
OVERLAYS = Path(__file__).parents[1] / "overlays"


def editions() -> list[str]:
    """List the editions that are held."""
    return sorted(folder.name for folder in PACKS.iterdir() if (folder / "pack.yaml").is_file())


def carried() -> list[str]:
    """List the overlays that are carried as examples."""
    return sorted(path.stem for path in OVERLAYS.glob("*.yaml"))


def overlay_path(given: Path | str) -> Path:
    """Give the path of an overlay: itself, or where the example of that name lies."""
    path = Path(given)
    if path.exists():
        return path
    if str(given) in carried():
        return OVERLAYS / f"{given}.yaml"
    expected = f"the path of an overlay, or one of those carried ({', '.join(carried())}), was expected"
    raise Refused(f"{given}: does not exist; {expected}{did_you_mean(given, carried())}")
