"""My work: the duties that are open, narrowed as was asked, grouped as a person works through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from goldthread.access import gate
from goldthread.access import queries as access
from goldthread.access.standing import hers
from goldthread.agencies.queries import colleagues
from goldthread.agencies.vocabulary import Role
from goldthread.chronology.rulebook import rulebook
from goldthread.clocks.queries import Bucket, Due, Whose, due
from goldthread.desk.forms.work import LAWS, STATES
from goldthread.desk.pages.work import Count, Group, View, WorkPage
from goldthread.desk.queries import duties
from goldthread.desk.queries.views import kept_by
from goldthread.duties.findings import State
from goldthread.duties.rules import NATIONAL
from goldthread.kernel.acting import Actor, acting_as
from goldthread.people.queries import names
from goldthread.ui.pages import Chosen, Filtering, Link, Paging

SIZE = 50
HEADINGS = {
    Bucket.OVERDUE: "Overdue",
    Bucket.TODAY: "Today",
    Bucket.TOMORROW: "Tomorrow",
    Bucket.THIS_WEEK: "This week",
    Bucket.LATER: "Later",
    Bucket.NO_DATE: "No date",
}
TITLES = {Whose.ME: "My work", Whose.TEAM: "My team’s work", Whose.AGENCY: "My agency’s work"}
LINKS = {Whose.ME: "Mine", Whose.TEAM: "My team’s", Whose.AGENCY: "My agency’s"}
FIELDS = ("state", "duty", "law", "team", "worker")
Choices = Mapping[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the work is asked for."""

    whose: Whose = Whose.ME
    states: tuple[str, ...] = ()
    duty: str = ""
    laws: tuple[str, ...] = ()
    team: str = ""
    worker: str = ""
    bucket: str = ""
    text: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str], said: Mapping[str, Any]) -> Asked:
        """This will read it from a form that is right, and from the address."""
        whose, number, bucket = query.get("whose", ""), query.get("page", ""), query.get("bucket", "")
        return cls(
            whose=Whose(whose) if whose in set(Whose) else Whose.ME,
            states=tuple(said.get("state") or ()),
            duty=said.get("duty") or "",
            laws=tuple(said.get("law") or ()),
            team=said.get("team") or "",
            worker=said.get("worker") or "",
            bucket=bucket if bucket in set(Bucket) else "",
            text=said.get("text") or "",
            page=int(number) if number.isdecimal() and len(number) < 8 else 1,
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.states or self.duty or self.laws or self.team or self.worker or self.bucket or self.text)

    def query(self, page: int = 1) -> str:
        """This will write what an address carries; words that were typed are never among it."""
        said = [("whose", self.whose.value)] if self.whose is not Whose.ME else []
        said += [("state", one) for one in self.states] + [("law", one) for one in self.laws]
        named = (("duty", self.duty), ("team", self.team), ("worker", self.worker), ("bucket", self.bucket))
        said += [(name, value) for name, value in named if value]
        return urlencode(said + ([("page", str(page))] if page > 1 else []))

    def address(self, page: int = 1) -> str:
        """This will give the address of the list."""
        asked = self.query(page)
        here = reverse("desk:work")
        return f"{here}?{asked}" if asked else here


def narrowing(query: QueryDict) -> str:
    """This will give the part of an address that can be kept as a view: what is known here, and nothing else."""
    said = [("whose", query["whose"])] if query.get("whose") in set(Whose) else []
    states, laws = dict(STATES), dict(LAWS)
    said += [("state", one) for one in query.getlist("state") if one in states]
    said += [("law", one) for one in query.getlist("law") if one in laws]
    said += [("duty", query["duty"])] if query.get("duty", "") in _duties() else []
    said += [(name, query[name]) for name in ("team", "worker") if query.get(name, "").isdecimal()]
    said += [("bucket", query["bucket"])] if query.get("bucket") in set(Bucket) else []
    return urlencode(said)


def _duties() -> dict[str, str]:
    return {one.code: one.says for one in rulebook().rules.duties}


def choices(by: Actor, at: datetime) -> Choices:
    """This will give what the filter offers: duties, and the teams and colleagues of one's own organisations."""
    with acting_as(by):
        one = hers(by, at)
        people, teams = colleagues(one.organisations, one.on)
    listed = sorted(_duties().items(), key=lambda each: each[1])
    return {
        "duty": [("", "Any")] + [(code, _short(says)) for code, says in listed],
        "team": [("", "Any")] + [(str(pk), name) for pk, name in teams],
        "worker": [("", "Anyone")] + [(str(pk), name) for pk, name in people],
    }


def _short(says: str, longest: int = 90) -> str:
    return says if len(says) <= longest else f"{says[:longest].rsplit(' ', 1)[0]} …"


def page(by: Actor, at: datetime, asked: Asked, offered: Choices) -> WorkPage:
    """This will give a page of work; each child on it is audited as listed."""
    with acting_as(by):
        one = hers(by, at)
        found = due(
            by=by,
            at=at,
            whose=asked.whose,
            buckets=[Bucket(asked.bucket)] if asked.bucket else (),
            states=[State(each) for each in asked.states],
            duties=[asked.duty] if asked.duty else (),
            layers=_layers(asked.laws),
            practitioner=int(asked.worker) if asked.worker else None,
            team=int(asked.team) if asked.team else None,
            text=asked.text,
            page=asked.page,
            limit=SIZE,
        )
        called = {record: stub.name for record, stub in names(found.listed).items()}
        running = access.running_emergencies(by, at)
        opened = gate.listed(by=by, at=at, records=[each.record_id for each in running], thing="work")
        emergencies = [each for each in running if each.record_id in opened.records]
        waiting = access.unread(by, at)
        kept = kept_by(by)
    groups = _groups(found, called, one.on)
    counts = _counts(found, asked, waiting)
    here = asked.query()
    saved = {view.asked for view in kept}
    return WorkPage(
        heading=TITLES[asked.whose],
        whose=_whose(asked, one.roles),
        counts=counts,
        groups=groups,
        filtering=Filtering(
            Asked(whose=asked.whose).address(),
            method="post",
            chosen=_chosen(asked, offered),
            clear_href=Asked(whose=asked.whose).address() if asked.narrows else "",
        ),
        narrowed=asked.narrows,
        paging=_paging(found, asked),
        views=tuple(
            View(
                view.name,
                f"{reverse('desk:work')}?{view.asked}",
                reverse("desk:change_view", kwargs={"view": view.pk}),
                current=view.asked == here,
            )
            for view in kept
        ),
        save=f"{reverse('desk:keep_view')}?{here}" if here and here not in saved and not asked.text else "",
        emergencies=tuple(
            Link(each.record.code, reverse("desk:child", kwargs={"code": each.record.code})) for each in emergencies
        ),
    )


def _layers(laws: Sequence[str]) -> list[str]:
    if not laws or set(laws) == {"national", "local"}:
        return []
    others = {one.layer for one in rulebook().rules.duties} - {NATIONAL}
    return [NATIONAL] if "national" in laws else sorted(others) or ["none"]


def _groups(found: Due, called: Mapping[int, str], today: date) -> tuple[Group, ...]:
    groups = []
    for bucket in Bucket:
        shown = [
            duties.in_list(
                work, called.get(work.record, work.code), reverse("desk:child", kwargs={"code": work.code}), today
            )
            for work in found.rows
            if work.bucket is bucket
        ]
        if shown:
            groups.append(Group(_heading(bucket, today), tuple(shown), found.counts[bucket], bucket.value))
    return tuple(groups)


def _heading(bucket: Bucket, today: date) -> str:
    if bucket is Bucket.THIS_WEEK:
        sunday = today + timedelta(days=6 - today.weekday())
        return f"This week, until Sunday {sunday.day}" if sunday > today else HEADINGS[bucket]
    return HEADINGS[bucket]


def _counts(found: Due, asked: Asked, waiting: int) -> tuple[Count, ...]:
    if not found.total and not waiting and not asked.narrows:
        return ()
    shown = [
        Count(
            found.counts[bucket],
            HEADINGS[bucket].lower(),
            replace(asked, bucket=bucket.value, page=1).address(),
            urgent=bucket is Bucket.OVERDUE,
        )
        for bucket in Bucket
    ]
    if waiting:
        shown.append(Count(waiting, "notices to read" if waiting != 1 else "notice to read", reverse("desk:notices")))
    return tuple(shown)


def _whose(asked: Asked, roles: frozenset[Role]) -> tuple[Link, ...]:
    return tuple(
        Link(
            LINKS[whose],
            replace(asked, whose=whose, worker="", team="", page=1).address(),
            "page" if whose is asked.whose else "",
        )
        for whose in Whose
    )


def _chosen(asked: Asked, offered: Choices) -> dict[str, tuple[Chosen, ...]]:
    found: dict[str, tuple[Chosen, ...]] = {}
    states, laws = dict(STATES), dict(LAWS)
    if asked.bucket:
        found["When"] = (Chosen(HEADINGS[Bucket(asked.bucket)], replace(asked, bucket="", page=1).address()),)
    if asked.states:
        found["State"] = tuple(
            Chosen(
                states[each], replace(asked, states=tuple(one for one in asked.states if one != each), page=1).address()
            )
            for each in asked.states
        )
    if asked.duty:
        found["Duty"] = (Chosen(dict(offered["duty"])[asked.duty], replace(asked, duty="", page=1).address()),)
    if asked.laws:
        found["Source"] = tuple(
            Chosen(laws[each], replace(asked, laws=tuple(one for one in asked.laws if one != each), page=1).address())
            for each in asked.laws
        )
    if asked.team:
        found["Team"] = (Chosen(dict(offered["team"])[asked.team], replace(asked, team="", page=1).address()),)
    if asked.worker:
        found["Worker"] = (Chosen(dict(offered["worker"])[asked.worker], replace(asked, worker="", page=1).address()),)
    if asked.text:
        found["Words"] = (Chosen(asked.text, replace(asked, text="", page=1).address()),)
    return found


def _paging(found: Due, asked: Asked) -> Paging | None:
    if found.pages == 1:
        return None
    # The words that were typed stand in no address, so what they find is one page.
    near = {1, found.pages, *range(max(1, found.page - 2), min(found.pages, found.page + 2) + 1)}
    addresses = {} if asked.text else {number: asked.address(number) for number in sorted(near)}
    return Paging(found.page, SIZE, found.total, addresses, of="duties")
