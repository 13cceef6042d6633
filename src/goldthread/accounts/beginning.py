"""The first administrators, whom nobody could have appointed; and one who has lost every way in."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils import timezone

from goldthread.accounts import actions, invitations, sign_ins, trail
from goldthread.accounts.models import Account
from goldthread.accounts.rules import Ending
from goldthread.agencies import actions as agencies
from goldthread.agencies.models import Organisation, Post, Team
from goldthread.agencies.vocabulary import OrganisationKind, Role
from goldthread.audit.lines import Verb
from goldthread.kernel.acting import acting_as, system
from goldthread.kernel.errors import NotFound, NotNow

BY = system("appoint")
FIRST = 2
"""How many are made without a second person: as many as it takes for there to be one."""


def appoint(*, at: datetime, authority: str, name: str, email: str) -> str:
    """This will make one of the first administrators of the authority, and give what her invitation's link ends in."""
    on = timezone.localdate(at)
    with acting_as(BY):
        home = Organisation.objects.filter(is_home=True).first()
        if home is not None and home.name != authority:
            raise NotNow(f"This installation is run by {home.name}.")
        there = Post.objects.in_force(on).filter(
            role=Role.ADMINISTRATOR, team__organisation__is_home=True, practitioner__account__enabled=True
        )
        if there.values("practitioner").distinct().count() >= FIRST:
            raise NotNow("There are administrators already: they add others, two of them together.")
        if home is None:
            kind = OrganisationKind.LOCAL_AUTHORITY
            home = agencies.open_organisation(by=BY, at=at, kind=kind, name=authority, from_on=on)
            home.change(version=home.version, is_home=True)
        team = Team.objects.filter(organisation=home).in_force(on).order_by("pk").first()
        if team is None:
            team = agencies.open_team(by=BY, at=at, organisation=home.pk, name="Systems", from_on=on)
        details = agencies.Details(name=name, email=email)
        person = agencies.add_practitioner(
            by=BY, at=at, details=details, team=team.pk, role=Role.ADMINISTRATOR, from_on=on
        )
        account = actions.open_account(by=BY, at=at, practitioner=person.pk, email=email)
        return actions.invite(by=BY, at=at, account=account.pk)[1]


def let_in_again(*, at: datetime, email: str) -> str:
    """This will take away an administrator's password and second factors, and give what a new invitation's link ends in.

    For whoever runs the server, when no second administrator is left to approve it; the audit says that it was done.
    """
    on = timezone.localdate(at)
    with acting_as(BY):
        account = Account.objects.filter(email=email.strip().lower()).first()
        posts = Post.objects.in_force(on).filter(role=Role.ADMINISTRATOR, team__organisation__is_home=True)
        if account is None or not posts.filter(practitioner=account.practitioner_id).exists():
            raise NotFound("There is no administrator with this email address.")
        Authenticator.objects.filter(user=account).delete()
        account.set_unusable_password()
        account.save(update_fields=["password"])
        account.change(version=account.version, enabled=True)
        sign_ins.end_all(account, at=at, because=Ending.PROOF_CHANGED)
        trail.keep(BY, at, Verb.ADMINISTERED, trail.of(account), purpose="factors-reset-on-the-server")
        return invitations.make(BY, at, account)
