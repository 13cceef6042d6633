"""Practitioners and teams that can be chosen in a form, and how they are said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from goldthread.agencies.queries import called as practitioners_called
from goldthread.agencies.queries import posts_of, teams_called


def called(words: str, at: datetime, *, teams: bool = False) -> list[tuple[str, str]]:
    """This will give those whose name holds the words and who hold a post today, as choices of a form."""
    if not words:
        return []
    on = timezone.localdate(at)
    found = [(f"practitioner:{who}", said) for who, said in practitioners_called(words, on)]
    return found + [(f"team:{team}", said) for team, said in teams_called(words, on)] if teams else found


def works(practitioners: Collection[int], at: datetime) -> dict[int, str]:
    """This will say where each of several practitioners works today; one query."""
    return {
        who: f"{posts[0].team.name}, {posts[0].team.organisation.name}"
        for who, posts in posts_of(practitioners, timezone.localdate(at)).items()
        if posts
    }
