"""What of accounts and posts takes two people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from goldthread.accounts import actions, letters
from goldthread.accounts.models import Account
from goldthread.agencies import actions as agencies
from goldthread.agencies.models import Practitioner, Team
from goldthread.agencies.permissions import check_can_administer_organisation, check_can_administer_practitioner
from goldthread.agencies.rules import check_held_at_home
from goldthread.agencies.vocabulary import HIGH_ROLES, ROLE_WORDS, Role
from goldthread.approvals.kinds import Kind, What, register
from goldthread.approvals.models import Approval
from goldthread.kernel.acting import Actor
from goldthread.kernel.errors import NotFound, RuleBroken

HIGH_ROLE = "high-role"
FACTORS = "factor-reset"

_ASKED_BY = frozenset({Role.ADMINISTRATOR})
_DECIDED_BY = frozenset({Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER})


def register_kinds() -> None:
    """This will add both to the table of what can be asked for."""
    week = timedelta(days=7)
    register(
        Kind(HIGH_ROLE, "A post with a high role", _ASKED_BY, _DECIDED_BY, week, _say_role, _check_role, _give_role)
    )
    register(
        Kind(
            FACTORS, "A reset of second factors", _ASKED_BY, _DECIDED_BY, timedelta(days=1), _say_factors, _check_factors,
            _reset_factors, _warn,
        )
    )  # fmt: skip


def _say_role(what: What) -> str:
    who, team = Practitioner.objects.get(pk=what["practitioner"]), Team.objects.get(pk=what["team"])
    until = f" until {what['until_on']}" if what["until_on"] else ""
    role = ROLE_WORDS[Role(what["role"])]
    return f"Give {who.name} the role “{role}” in {team.name}, {team.organisation.name}, from {what['from_on']}{until}."


def _check_role(by: Actor, at: datetime, what: What) -> None:
    team = Team.objects.filter(pk=what["team"]).first()
    if team is None or not Practitioner.objects.filter(pk=what["practitioner"]).exists():
        raise NotFound("The team or the person is not there.")
    if Role(what["role"]) not in HIGH_ROLES:
        raise RuleBroken("This role needs no second person.", field="role")
    check_held_at_home(Role(what["role"]), is_home=team.organisation.is_home)
    check_can_administer_organisation(by, at, team.organisation_id, thing=f"practitioner:{what['practitioner']}")


def _give_role(by: Actor, at: datetime, approval: Approval) -> None:
    what = approval.what
    agencies.appoint(
        by=by,
        at=at,
        practitioner=what["practitioner"],
        team=what["team"],
        role=Role(what["role"]),
        from_on=date.fromisoformat(what["from_on"]),
        until_on=date.fromisoformat(what["until_on"]) if what["until_on"] else None,
        requested_by=approval.asked_by_id,
    )


def _say_factors(what: What) -> str:
    account = Account.objects.with_practitioner().get(pk=what["account"])
    return f"Take away the password and all second factors of {account.practitioner.name} ({account.email})."


def _check_factors(by: Actor, at: datetime, what: What) -> None:
    row = actions.one(what["account"])
    check_can_administer_practitioner(by, at, row.practitioner_id)


def _reset_factors(by: Actor, at: datetime, approval: Approval) -> None:
    actions.reset_factors(by=by, at=at, account=approval.what["account"], asked_by=approval.asked_by_id)


def _warn(at: datetime, approval: Approval) -> None:
    happened = "Your password and second factors were taken away, by two people who administer accounts."
    letters.warn(actions.one(approval.what["account"]), happened, at=at)
