"""The rules: a pack and its overlays, read strictly and compiled for the engine. A broken pack stops everything."""

from __future__ import annotations

from goldthread.duties.rules.duty import LOCAL, NATIONAL, Asked, Duty, Terms
from goldthread.duties.rules.edition import Gate, Overlay, Rules, Statement, StatusRule
from goldthread.duties.rules.holdings import OVERLAYS, PACKS, carried, editions
from goldthread.duties.rules.kinds import BIRTH, DEATH, FAMILY_MEMBER, IDENTIFIED, PREGNANCY_ENDED, Kind
from goldthread.duties.rules.loading import load, load_folder

__all__ = [
    "Asked",
    "BIRTH",
    "DEATH",
    "Duty",
    "FAMILY_MEMBER",
    "Gate",
    "IDENTIFIED",
    "Kind",
    "LOCAL",
    "NATIONAL",
    "OVERLAYS",
    "Overlay",
    "PACKS",
    "PREGNANCY_ENDED",
    "Rules",
    "Statement",
    "StatusRule",
    "Terms",
    "carried",
    "editions",
    "load",
    "load_folder",
]
