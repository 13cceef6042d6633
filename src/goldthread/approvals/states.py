"""The states of an approval, and what may become of each."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an approval stands."""

    ASKED_FOR = "asked-for"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # never written: it is asked-for past its time


WORDS: dict[State, str] = {
    State.ASKED_FOR: "Waiting for a decision",
    State.APPROVED: "Approved",
    State.REFUSED: "Refused",
    State.WITHDRAWN: "Withdrawn",
    State.LAPSED: "Lapsed",
}

TRANSITIONS: dict[State, frozenset[State]] = {
    State.ASKED_FOR: frozenset({State.APPROVED, State.REFUSED, State.WITHDRAWN, State.LAPSED}),
    State.APPROVED: frozenset(),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.LAPSED: frozenset(),
}
