"""When a session is over: facts in, verdict out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Ending(StrEnum):
    """Why a session ended; `ENDING_WORDS` says it to people."""

    SIGNED_OUT = "signed-out"
    IDLE = "idle"
    TOO_LONG = "too-long"
    DISABLED = "account-disabled"
    NO_POST = "no-post"
    ENDED_ELSEWHERE = "ended-from-another-session"
    BY_ADMINISTRATOR = "ended-by-administrator"
    BY_AGENCY = "ended-by-agency"
    PROOF_CHANGED = "password-or-factor-changed"


ENDING_WORDS: dict[Ending, str] = {
    Ending.SIGNED_OUT: "Signed out",
    Ending.IDLE: "Not used for a while",
    Ending.TOO_LONG: "Open for as long as one may be",
    Ending.DISABLED: "The account was disabled",
    Ending.NO_POST: "No post was in force",
    Ending.ENDED_ELSEWHERE: "Ended from another session",
    Ending.BY_ADMINISTRATOR: "Ended by an administrator",
    Ending.BY_AGENCY: "Ended by the agency's own sign-in",
    Ending.PROOF_CHANGED: "The password or a second factor was changed",
}

ENDING_SENTENCES: dict[Ending, str] = {
    Ending.IDLE: "You were signed out because you had not used Goldthread for a while.",
    Ending.TOO_LONG: "You were signed out because the session had lasted as long as one may. Sign in again to go on.",
    Ending.DISABLED: "Your account is disabled. Ask an administrator of your agency.",
    Ending.NO_POST: "You hold no post at present, so there is nothing that you may see. Ask an administrator of your agency.",
    Ending.ENDED_ELSEWHERE: "This session was ended from another one.",
    Ending.BY_ADMINISTRATOR: "An administrator ended this session.",
    Ending.BY_AGENCY: "Your agency's own sign-in ended this session.",
    Ending.PROOF_CHANGED: "You were signed out because your password or a second factor was changed.",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts unused, and at all."""

    idle: timedelta
    whole: timedelta


def ending(
    *, enabled: bool, has_post: bool, began_at: datetime, seen_at: datetime, now: datetime, limits: Limits
) -> Ending | None:
    """This will say why a session is over at `now`, if it is."""
    if not enabled:
        return Ending.DISABLED
    if now - began_at >= limits.whole:
        return Ending.TOO_LONG
    if now - seen_at >= limits.idle:
        return Ending.IDLE
    if not has_post:
        return Ending.NO_POST
    return None
