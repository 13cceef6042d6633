"""Accounts: opened, invited, renamed, disabled, tied to an agency's sign-in, and their second factors reset by two people."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from goldthread.accounts import actions, forms, letters, queries
from goldthread.accounts.approvals import FACTORS
from goldthread.accounts.models import Identity
from goldthread.accounts.queries import AccountShown
from goldthread.accounts.views.administration.people import address, form_methods
from goldthread.accounts.views.administration.sending import send
from goldthread.approvals import actions as approvals
from goldthread.kernel.errors import NotFound
from goldthread.kernel.requests import Request
from goldthread.ui.forms import OnceForm


def _account(request: Request, practitioner: int) -> tuple[str, AccountShown]:
    shown = queries.person(request.actor, request.now, practitioner)
    if shown.account is None:
        raise NotFound("She has no account.")
    return shown.practitioner.name, shown.account


def _invite(request: Request, account: int) -> None:
    row, token = actions.invite(by=request.actor, at=request.now, account=account)
    link = request.build_absolute_uri(reverse("invitation", kwargs={"token": token}))
    if letters.invite(row, link, by=request.shown_as):
        messages.success(request, f"An invitation was sent to {row.email}.")
    else:
        messages.error(request, "The invitation could not be sent. Try again later; each one replaces the one before.")


@form_methods
def open_account(request: Request, practitioner: int) -> HttpResponse:
    """This will open an account and send its invitation."""
    shown = queries.person(request.actor, request.now, practitioner)
    form = forms.NewAccount(request.POST or None, initial={"email": shown.practitioner.email})

    def act() -> str:
        made = actions.open_account(
            by=request.actor, at=request.now, practitioner=practitioner, email=form.cleaned_data["email"]
        )
        _invite(request, made.pk)
        return address(practitioner)

    return send(
        request, form, act, title=f"An account for {shown.practitioner.name}", submit="Open it and send an invitation",
        back=address(practitioner), intro="She sets up her password and second factor herself, by a link that is good once.",
    )  # fmt: skip


@form_methods
def invite(request: Request, practitioner: int) -> HttpResponse:
    """This will send a new invitation in place of any that is open."""
    name, account = _account(request, practitioner)
    form = OnceForm(request.POST or None)

    def act() -> str:
        _invite(request, account.id)
        return address(practitioner)

    intro = f"A new link goes to {account.email}. Any link sent before is worthless then."
    return send(
        request, form, act, title=f"Invite {name}", submit="Send an invitation", back=address(practitioner), intro=intro
    )


@form_methods
def change_email(request: Request, practitioner: int) -> HttpResponse:
    """This will change a sign-in name."""
    name, account = _account(request, practitioner)
    form = forms.Email(request.POST or None, initial={"email": account.email, "version": account.version})

    def act() -> str:
        said = form.cleaned_data
        row = actions.change_email(
            by=request.actor, at=request.now, account=account.id, version=said["version"], email=said["email"]
        )
        happened = "An administrator changed the address that you sign in with."
        letters.warn(row, happened, at=request.now, to=account.email)
        return address(practitioner)

    title = f"The sign-in name of {name}"
    intro = "Her sessions end. Her password and second factors stay as they are."
    return send(request, form, act, title=title, submit="Save", back=address(practitioner), intro=intro, said="Saved.")


@form_methods
def enable(request: Request, practitioner: int, enabled: bool) -> HttpResponse:
    """This will enable or disable an account, at once."""
    name, account = _account(request, practitioner)
    form = forms.Because(request.POST or None, initial={"version": account.version})

    def act() -> str:
        said = form.cleaned_data
        actions.set_enabled(
            by=request.actor, at=request.now, account=account.id, version=said["version"], enabled=enabled,
            because=said["because"],
        )  # fmt: skip
        return address(practitioner)

    word = "Enable" if enabled else "Disable"
    intro = "" if enabled else "She is signed out at once, wherever she is signed in, and cannot sign in again."
    return send(
        request, form, act, title=f"{word} the account of {name}", submit=word, back=address(practitioner), intro=intro,
        said=f"The account is {word.lower()}d.",
    )  # fmt: skip


@form_methods
def end_sessions(request: Request, practitioner: int) -> HttpResponse:
    """This will sign someone out everywhere."""
    name, account = _account(request, practitioner)
    form = OnceForm(request.POST or None)

    def act() -> str:
        ended = actions.end_sessions(by=request.actor, at=request.now, account=account.id)
        messages.success(request, f"Sessions ended: {ended}.")
        return address(practitioner)

    title = f"Sign {name} out everywhere"
    return send(request, form, act, title=title, submit="End all her sessions", back=address(practitioner))


@form_methods
def reset_factors(request: Request, practitioner: int) -> HttpResponse:
    """This will ask a second person to have someone's password and second factors taken away."""
    name, account = _account(request, practitioner)
    form = forms.AskBecause(request.POST or None)

    def act() -> str:
        said = form.cleaned_data
        made = approvals.ask(
            by=request.actor, at=request.now, kind=FACTORS, what={"account": account.id, "practitioner": practitioner},
            about=practitioner, because=said["because"], key=said["form_id"],
        )  # fmt: skip
        return reverse("approvals:one", kwargs={"approval": made.pk})

    intro = (
        "Another administrator or an information governance officer decides. Once it is approved her password, second "
        "factors and recovery codes are worthless, and you can invite her anew. Make sure that it is she who asks."
    )
    return send(
        request, form, act, title=f"Reset the second factors of {name}", submit="Ask for approval",
        back=address(practitioner), intro=intro,
    )  # fmt: skip


@form_methods
def tie(request: Request, practitioner: int) -> HttpResponse:
    """This will tie an account to whom an agency's own sign-in knows."""
    name, account = _account(request, practitioner)
    providers = settings.OIDC_PROVIDERS
    form = forms.Tie(request.POST or None)
    choices = [("", "Choose one"), *((one.id, one.name) for one in providers.values())]
    form.fields["provider"].choices = choices  # type: ignore[attr-defined]  # a field of choices

    def act() -> str:
        said = form.cleaned_data
        actions.tie(
            by=request.actor,
            at=request.now,
            account=account.id,
            to=providers[said["provider"]],
            subject=said["subject"],
        )
        return address(practitioner)

    intro = "From then on she signs in by her agency only. A password or passkey that she had is of no more use."
    return send(
        request, form, act, title=f"Tie {name} to her agency's sign-in", submit="Tie", back=address(practitioner),
        intro=intro, said="Tied.",
    )  # fmt: skip


@form_methods
def untie(request: Request, practitioner: int, identity: int) -> HttpResponse:
    """This will take away such a tie."""
    name, account = _account(request, practitioner)
    row: Identity | None = next((one for one in account.identities if one.pk == identity), None)
    if row is None:
        raise NotFound("There is no such tie.")
    form = OnceForm(request.POST or None)

    def act() -> str:
        actions.untie(by=request.actor, at=request.now, identity=row.pk)
        return address(practitioner)

    known = settings.OIDC_PROVIDERS.get(row.provider)
    intro = f"She can no longer sign in by {known.name if known else row.provider}, and her sessions end."
    return send(
        request, form, act, title=f"Untie {name} from her agency's sign-in", submit="Untie", back=address(practitioner),
        intro=intro, said="Untied.",
    )  # fmt: skip
