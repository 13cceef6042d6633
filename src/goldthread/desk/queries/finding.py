"""A search, and what it found, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from goldthread.access.rules import policy
from goldthread.access.standing import hers
from goldthread.access.vocabulary import Act, Relation
from goldthread.desk.pages.finding import Hit, SearchPage
from goldthread.kernel.acting import Actor, acting_as
from goldthread.people.queries import Result, Search, search
from goldthread.records.models import Restriction
from goldthread.ui.pages import Link


def found(by: Actor, at: datetime, said: Mapping[str, Any]) -> SearchPage:
    """This will search for what was typed, and give the stubs of what may be shown; raises `RuleBroken` for what cannot be sought."""
    born: date | None = said.get("born_on")
    with acting_as(by):
        one = hers(by, at)
        results = search(
            by,
            at,
            Search(
                name=said.get("name") or "",
                born_on=born,
                expected=born is not None and born > timezone.localdate(at),
                identifier=said.get("identifier") or "",
                address=said.get("address") or "",
                phone=said.get("phone") or "",
            ),
        )
        lines = policy().decide(one.roles, frozenset({Relation.NONE}), Restriction.STANDARD).lines
        # A custodian may set the reach of whatever she finds; what stands here only leads there.
        keeps = Act.RESTRICT in lines
    hits = tuple(_hit(result, keeps=keeps) for result in results.results)
    begin = reverse("desk:begin") if Act.BEGIN in lines else ""
    return SearchPage(searched=True, hits=hits, more=results.more, begin=begin)


def _hit(result: Result, *, keeps: bool) -> Hit:
    stub = result.stub
    words = {"code": stub.code}
    acts = [Link("Who may know of it", reverse("desk:custody", kwargs=words), context=stub.name)] if keeps else []
    if keeps:
        acts.append(Link("Who has looked", reverse("desk:access", kwargs=words), context=stub.name))
    return Hit(
        code=stub.code,
        name=stub.name,
        href="" if keeps and not result.openable else reverse("desk:child", kwargs=words),
        life=stub.life,
        why=result.why,
        openable=result.openable,
        also=f"Found through {result.through}" if result.through else "",
        acts=tuple(acts),
    )
