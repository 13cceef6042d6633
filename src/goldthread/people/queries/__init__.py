"""The readers of people for the apps above: each asks for what the gate has let through, and never for an id."""

from __future__ import annotations

from goldthread.people.queries.family import Member, family, members, same_family_name
from goldthread.people.queries.lists import Stub, names
from goldthread.people.queries.profile import ADDRESS_WITHHELD, Held, Home, Profile, Who, identity, profile
from goldthread.people.queries.search import Result, Results, Search, search

__all__ = [
    "ADDRESS_WITHHELD",
    "Held",
    "Home",
    "Member",
    "Profile",
    "Result",
    "Results",
    "Search",
    "Stub",
    "Who",
    "family",
    "identity",
    "members",
    "names",
    "profile",
    "same_family_name",
    "search",
]
