"""What other apps ask of organisations, teams and practitioners."""

from __future__ import annotations

from datetime import date

from goldthread.agencies.models import Post
from goldthread.agencies.vocabulary import Role


def posts_held(practitioner: int, on: date) -> list[Post]:
    """This will give the posts that a practitioner holds on a day, each with its team and organisation, oldest first."""
    posts = Post.objects.in_force(on).filter(practitioner=practitioner)
    return list(posts.select_related("team__organisation").order_by("from_on", "pk"))


def roles_held(practitioner: int, on: date, *, at_home: bool = False) -> frozenset[Role]:
    """This will give the roles of the posts that a practitioner holds on a day; `at_home`, in the home authority only."""
    posts = Post.objects.in_force(on).filter(practitioner=practitioner)
    if at_home:
        posts = posts.filter(team__organisation__is_home=True)
    return frozenset(Role(one) for one in posts.values_list("role", flat=True))
