"""What other apps ask of organisations, teams and practitioners."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from goldthread.agencies.models import Post, Practitioner, Team
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


def posts_of(practitioners: Collection[int], on: date) -> dict[int, list[Post]]:
    """This will give the posts that each of several practitioners holds on a day; one query."""
    found: dict[int, list[Post]] = {one: [] for one in practitioners}
    posts = Post.objects.in_force(on).filter(practitioner__in=found).select_related("team__organisation")
    for post in posts.order_by("from_on", "pk"):
        found[post.practitioner_id].append(post)
    return found


def called(words: str, on: date, *, most: int = 50) -> list[tuple[int, str]]:
    """This will give practitioners with a post on a day whose name or e-mail address holds all the words, as people say them."""
    rows = Practitioner.objects.filter(pk__in=Post.objects.in_force(on).values("practitioner"))
    for word in words.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    found = list(rows.order_by("name", "pk")[:most])
    posts = posts_of([one.pk for one in found], on)
    return [
        (one.pk, f"{one.name}, {posts[one.pk][0]}, {posts[one.pk][0].team.name}".replace(", ,", ",")) for one in found
    ]


def teams_called(words: str, on: date, *, most: int = 20) -> list[tuple[int, str]]:
    """This will give the teams of a day whose name holds all the words, as people say them."""
    rows = Team.objects.in_force(on).select_related("organisation")
    for word in words.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(organisation__name__icontains=word))
    return [(one.pk, f"The team {one.name}, {one.organisation.name}") for one in rows.order_by("name", "pk")[:most]]


def colleagues(organisations: Collection[int], on: date) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """This will give who works in some organisations on a day, and their teams, both by name; two queries."""
    posts = Post.objects.in_force(on).filter(team__organisation__in=organisations)
    people = Practitioner.objects.filter(pk__in=posts.values("practitioner")).order_by("name", "pk")
    teams = Team.objects.in_force(on).filter(organisation__in=organisations).order_by("name", "pk")
    return list(people.values_list("pk", "name")), list(teams.values_list("pk", "name"))


def teams_of(organisations: Collection[int], teams: Collection[int], on: date) -> list[tuple[int, str]]:
    """This will give some teams first, and then the others of some organisations, by name; one query."""
    rows = Team.objects.in_force(on).filter(Q(pk__in=teams) | Q(organisation__in=organisations)).order_by("name", "pk")
    return sorted(rows.values_list("pk", "name"), key=lambda one: one[0] not in teams)


def members_of(team: int, on: date) -> list[tuple[int, str, str]]:
    """This will give who works in a team on a day: the id, the name and the title, by name; one query."""
    posts = Post.objects.in_force(on).filter(team=team).values("practitioner")
    rows = Practitioner.objects.filter(pk__in=posts).order_by("name", "pk")
    return list(rows.values_list("pk", "name", "title"))
