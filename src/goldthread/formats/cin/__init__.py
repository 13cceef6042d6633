"""A CIN census, read: the file, a child taken apart, the events that she becomes, and what is wrong with them."""

from __future__ import annotations

from goldthread.formats.cin.identity import Identity
from goldthread.formats.cin.reading import WHOLE, Block, CensusChild, CensusReading, Share

__all__ = ["Block", "CensusChild", "CensusReading", "Identity", "Share", "WHOLE"]
