"""What signing in leaves behind, swept away: sessions that are over, and counts of guesses that no longer count."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session

from goldthread.accounts import sign_ins
from goldthread.accounts.models import CachedValue


def sweep(at: datetime) -> str:
    """This will sweep, and say how much there was. Swept twice, nothing more happens."""
    closed = sign_ins.close_stale(at=at)
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    counts, _ = CachedValue.objects.filter(expires__lt=at).delete()
    return f"{closed} sessions written down as over, {sessions} expired sessions and {counts} counts removed"
