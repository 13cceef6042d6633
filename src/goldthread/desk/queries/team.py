"""What a team carries, and where things stand still: for whoever supervises it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse

from goldthread.access import gate
from goldthread.access.standing import hers
from goldthread.agencies.queries import members_of, teams_of
from goldthread.chronology.queries import summary
from goldthread.chronology.queries.counting import not_seen, still
from goldthread.chronology.summary import Folded
from goldthread.clocks.queries import loads
from goldthread.desk.pages.work import Count, Drift, TeamPage, Worker
from goldthread.desk.roles import OVERSEEING
from goldthread.kernel.acting import Actor, acting_as
from goldthread.kernel.errors import Denied, NotFound
from goldthread.people.queries import names
from goldthread.ui.pages import Link

WEEKS = 4
STILL_FOR = timedelta(weeks=WEEKS)
DRIFT_SHOWN = 25


def page(by: Actor, at: datetime, wanted: int | None) -> TeamPage:
    """This will give each worker's load and where things stand still; only children who are shown are audited as listed."""
    with acting_as(by):
        one = hers(by, at)
        if not OVERSEEING & one.roles:
            raise Denied("This page is for supervisors and service managers.")
        teams = teams_of(one.organisations if "service-manager" in one.roles else (), one.teams, one.on)
        if not teams:
            raise NotFound("You work in no team today.")
        chosen = next((team for team in teams if team[0] == wanted), None) if wanted is not None else teams[0]
        if chosen is None:
            raise NotFound("There is no such team that you supervise.")
        people = members_of(chosen[0], one.on)
        who = [each for each, _, _ in people]
        numbers = loads(by=by, at=at, practitioners=who)
        carried = {each: load.records for each, load in numbers.items()}
        since = one.on - timedelta(weeks=WEEKS)
        unseen = not_seen(by, at, carried, since)
        every = {record for records in carried.values() for record in records}
        drifting, total = still(by, at, every, one.on - STILL_FOR, DRIFT_SHOWN)
        listed = gate.listed(by=by, at=at, records=drifting, thing="team")
        called, folded = names(listed), summary(listed)
    worker_of = {record: each for each, records in carried.items() for record in records}
    name_of = {each: name for each, name, _ in people}

    def to(each: int, **more: str) -> str:
        asked = "&".join(f"{key}={value}" for key, value in {"whose": "agency", "worker": str(each), **more}.items())
        return f"{reverse('desk:work')}?{asked}"

    workers = [
        Worker(
            name=name,
            title=title,
            children=Count(len(carried.get(each, ())), f"children of {name}", to(each)),
            overdue=Count(numbers[each].overdue, f"overdue of {name}", to(each, bucket="overdue"), urgent=True),
            due_soon=Count(numbers[each].soon, f"due within a week, of {name}", to(each)),
            not_seen=Count(unseen.get(each, 0), f"of {name} not seen", ""),
        )
        for each, name, title in people
        if carried.get(each) or numbers[each].open
    ]
    drift = [
        Drift(
            child=Link(called[record].name, reverse("desk:child", kwargs={"code": called[record].code})),
            code=called[record].code,
            says=_at_work(folded[record])[0],
            since=_at_work(folded[record])[1],
            latest_on=folded[record].latest_on,
            worker=name_of.get(worker_of.get(record, 0), ""),
        )
        for record in drifting
        if record in called
    ]
    return TeamPage(
        name=chosen[1],
        teams=tuple(
            Link(name, f"{reverse('desk:team')}?team={pk}", "page" if pk == chosen[0] else "") for pk, name in teams
        ),
        workers=tuple(workers),
        nobody=None,
        drift=tuple(drift),
        drift_total=total,
        not_seen_after=WEEKS,
    )


def _at_work(folded: Folded) -> tuple[str, date | None]:
    """The weightiest of what is open, and since when."""
    for says, since in (
        ("Child protection plan", folded.plan_since),
        ("Section 47 enquiry", folded.enquiry_since),
        ("Assessment", folded.assessment_since),
        ("Child in need plan", folded.in_need_since),
    ):
        if since is not None:
            return says, since
    return "Open", folded.open_since
