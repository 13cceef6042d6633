"""What clocks do without anyone asking: what time alone has changed is worked out anew."""

from __future__ import annotations

from datetime import datetime

from goldthread.clocks.actions import bring_up_to_date


def turn(at: datetime) -> str:
    """This will bring the index up to date; a list is right without it, for it is read by its days."""
    return f"{bring_up_to_date(at=at)} records reckoned again."
