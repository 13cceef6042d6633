"""What the pages of administration and of one's own account show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from goldthread.accounts import proofs
from goldthread.accounts.models import Account, Identity, Invitation, SignIn
from goldthread.accounts.rules import ENDING_WORDS, Ending
from goldthread.accounts.second_factors import FULL
from goldthread.agencies.models import HeldQualification, Organisation, Post, Practitioner, Team
from goldthread.agencies.permissions import check_administers, reach
from goldthread.kernel.acting import Actor, acting_as
from goldthread.kernel.errors import NotFound

PAGE = 50
LATEST = 20


@dataclass(frozen=True, slots=True)
class Search:
    """Whom to list."""

    words: str = ""
    organisation: int | None = None
    role: str = ""
    without_account: bool = False
    former: bool = False  # those too who hold no post


@dataclass(frozen=True, slots=True)
class Row:
    """Someone in the list."""

    id: int
    name: str
    title: str
    posts: tuple[str, ...]
    account: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the list."""

    rows: tuple[Row, ...]
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Session:
    """One session, open or over."""

    id: int
    how: str
    began_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    ended_because: str
    address: str
    browser: str
    current: bool


@dataclass(frozen=True, slots=True)
class AccountShown:
    """An account as its administrator sees it."""

    id: int
    version: int
    email: str
    enabled: bool
    state: str
    factors: tuple[str, ...]
    identities: tuple[Identity, ...]
    sessions: int
    latest_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A practitioner as her administrator sees her."""

    practitioner: Practitioner
    posts: tuple[Post, ...]
    qualifications: tuple[HeldQualification, ...]
    account: AccountShown | None
    herself: bool


def people(by: Actor, at: datetime, search: Search, number: int) -> Found:
    """This will give one page of the practitioners that someone administers."""
    with acting_as(by):
        check_administers(by, at)
        rows = _within(by, at, timezone.localdate(at), search)
        total = rows.count()
        number = max(1, min(number, -(-total // PAGE) or 1))
        page = rows.order_by("name", "pk")[(number - 1) * PAGE : number * PAGE]
        return Found(tuple(_row(one, timezone.localdate(at)) for one in page), number, total)


def person(by: Actor, at: datetime, practitioner: int) -> PersonShown:
    """This will give one of them."""
    with acting_as(by):
        check_administers(by, at)
        everyone = Search(former=True)
        found = _within(by, at, timezone.localdate(at), everyone).filter(pk=practitioner).first()
        if found is None:
            raise NotFound("There is no such practitioner.")
        posts = Post.objects.filter(practitioner=found).select_related("team__organisation").order_by("-from_on", "pk")
        held = HeldQualification.objects.filter(practitioner=found).order_by("-from_on", "pk")
        account = Account.objects.filter(practitioner=found).first()
        shown = _account(account, at) if account else None
        return PersonShown(found, tuple(posts), tuple(held), shown, found.pk == by.id)


def organisations(by: Actor, at: datetime) -> list[Organisation]:
    """This will give the organisations that someone administers, her own authority first."""
    with acting_as(by):
        check_administers(by, at)
        within = reach(by, at)
        rows = Organisation.objects.all() if within is None else Organisation.objects.filter(pk__in=within)
        return list(rows.order_by("-is_home", "kind", "name"))


def organisation(by: Actor, at: datetime, pk: int) -> tuple[Organisation, list[Team]]:
    """This will give one of them with its teams."""
    found = next((one for one in organisations(by, at) if one.pk == pk), None)
    if found is None:
        raise NotFound("There is no such organisation.")
    return found, list(found.teams.order_by("name"))


def team(by: Actor, at: datetime, pk: int) -> Team:
    """This will give a team of one of them."""
    row: Team | None = Team.objects.select_related("organisation").filter(pk=pk).first()
    if row is None or row.organisation_id not in {one.pk for one in organisations(by, at)}:
        raise NotFound("There is no such team.")
    return row


def teams_in_force(by: Actor, at: datetime) -> list[tuple[str, str]]:
    """This will give the teams in which someone can give posts, as choices of a form."""
    within = [one.pk for one in organisations(by, at)]
    rows = Team.objects.in_force(timezone.localdate(at)).filter(organisation__in=within).select_related("organisation")
    ordered = rows.order_by("-organisation__is_home", "organisation__name", "name")
    return [(str(one.pk), f"{one.organisation.name}: {one.name}") for one in ordered]


def sessions(account: Account, current_key: str | None) -> list[Session]:
    """This will give an account's sessions, the open ones first, then the latest that are over."""
    rows = SignIn.objects.filter(account=account)
    shown = [
        *rows.filter(ended_at=None).order_by("-seen_at"),
        *rows.exclude(ended_at=None).order_by("-ended_at")[:LATEST],
    ]
    return [
        Session(
            id=one.pk,
            how=proofs.WORDS.get(one.how, one.how),
            began_at=one.began_at,
            seen_at=one.seen_at,
            ended_at=one.ended_at,
            ended_because=ENDING_WORDS[Ending(one.ended_because)] if one.ended_because else "",
            address=one.address,
            browser=one.browser,
            current=bool(one.session_key) and one.session_key == current_key,
        )
        for one in shown
    ]


def _within(by: Actor, at: datetime, on: date, search: Search) -> QuerySet[Practitioner]:
    within = reach(by, at)
    posts = Post.objects.filter(practitioner=OuterRef("pk"))
    if not search.former:
        posts = posts.in_force(on)
    if search.organisation is not None:
        posts = posts.filter(team__organisation=search.organisation)
    if within is not None:
        posts = posts.filter(team__organisation__in=within)
    if search.role:
        posts = posts.filter(role=search.role)
    rows = Practitioner.objects.select_related("account")
    narrowed = search.role or search.organisation is not None or within is not None or not search.former
    if narrowed:
        rows = rows.filter(Exists(posts))
    for word in search.words.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(registration__iexact=word))
    if search.without_account:
        rows = rows.filter(account__isnull=True)
    factors = Authenticator.objects.filter(user=OuterRef("account"), type__in=FULL)
    held = Post.objects.in_force(on).select_related("team__organisation")
    return rows.annotate(
        has_factor=Exists(factors), has_tie=Exists(Identity.objects.filter(account=OuterRef("account")))
    ).prefetch_related(Prefetch("posts", queryset=held, to_attr="held"))


def _row(one: Practitioner, on: date) -> Row:
    held: list[Post] = one.held  # type: ignore[attr-defined]  # as prefetched above
    account: Account | None = getattr(one, "account", None)
    set_up = bool(one.has_factor or one.has_tie)  # type: ignore[attr-defined]  # as annotated above
    posts = tuple(f"{post}, {post.team.name}, {post.team.organisation.name}" for post in held)
    return Row(one.pk, one.name, one.title, posts, _state(account, set_up=set_up))


def _state(account: Account | None, *, set_up: bool) -> str:
    if account is None:
        return "No account"
    if not account.enabled:
        return "Disabled"
    return "In use" if set_up else "Invited, not set up"


def _account(account: Account, at: datetime) -> AccountShown:
    factors = Authenticator.objects.filter(user=account).order_by("type", "pk")
    identities = tuple(Identity.objects.filter(account=account).order_by("provider", "pk"))
    set_up = any(one.type in FULL for one in factors) or bool(identities)
    state = _state(account, set_up=set_up)
    if not set_up and account.enabled:
        waiting = Invitation.objects.filter(account=account, used_at=None, withdrawn_at=None, lapses_at__gt=at).exists()
        state = state if waiting else "Not set up, and no invitation is open"
    open_ones = SignIn.objects.filter(account=account, ended_at=None)
    latest = SignIn.objects.filter(account=account).order_by("-began_at").values_list("began_at", flat=True).first()
    words = {"totp": "App", "webauthn": "Passkey", "recovery_codes": "Recovery codes"}
    return AccountShown(
        id=account.pk,
        version=account.version,
        email=account.email,
        enabled=account.enabled,
        state=state,
        factors=tuple(words[one.type] for one in factors),
        identities=identities,
        sessions=open_ones.count(),
        latest_at=latest,
    )
