"""What higher apps have done when the events of a record change: in the same transaction, called by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from goldthread.access.gate import Changing, TakingIn
from goldthread.chronology.writing import Standing

Acting = Changing | TakingIn
Told = Callable[[Acting, Standing], None]

_projectors: list[tuple[frozenset[str], Told]] = []
_followers: list[Told] = []


def register_projector(kinds: Iterable[str], fold: Told) -> None:
    """This will have `fold` called with the standing events of these kinds, to write the columns that are their fold."""
    if (frozenset(kinds), fold) not in _projectors:
        _projectors.append((frozenset(kinds), fold))


def register_follower(follower: Told) -> None:
    """This will have `follower` called, after all projectors, with everything that stands; iterating gives the records."""
    if follower not in _followers:
        _followers.append(follower)


def run(acting: Acting, standing: Standing) -> None:
    """This will call all of them, in the order in which they were registered."""
    for kinds, fold in _projectors:
        fold(acting, standing.among(kinds))
    for follower in _followers:
        follower(acting, standing)
