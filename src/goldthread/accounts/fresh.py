"""A fresh proof of who one is, for acts that ask for one; what was typed meanwhile is kept, and never lost."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from goldthread.accounts import proofs
from goldthread.accounts.models import Account
from goldthread.accounts.sealing import seal, unseal
from goldthread.kernel.errors import FreshSignInNeeded, NotFound
from goldthread.kernel.requests import Request

KEPT = "kept_posts"
_KEPT_FOR = timedelta(minutes=30)
_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class KeptPost:
    """A form that was sent, and waits until its sender has shown who she is."""

    path: str
    fields: tuple[tuple[str, str], ...]


def is_fresh(request: HttpRequest, now: datetime) -> bool:
    """This will say whether whoever asks has shown who she is lately enough."""
    if not isinstance(request.user, Account):
        return False
    latest = proofs.shown(request, request.user).latest_at
    return latest is not None and now - latest < settings.FRESH_FOR


def require(request: Request) -> None:
    """This will raise `FreshSignInNeeded` unless whoever asks has shown who she is in the last few minutes."""
    if not is_fresh(request, request.now):
        raise FreshSignInNeeded("Show again who you are, before this is done. What you have typed is kept.")


def ask_for_proof(request: Request) -> HttpResponse:
    """This will send someone to show who she is and then back, with what she had typed."""
    back = request.get_full_path()
    if request.method == "POST":
        back = f"{reverse('proved')}?{urlencode({'kept': _keep(request)})}"
    return HttpResponseRedirect(f"{reverse('prove')}?{urlencode({'next': back})}")


def kept(request: Request, name: str) -> KeptPost:
    """This will give back a form that was kept, or raise that there is none."""
    sealed = request.session.get(KEPT, {}).get(name)
    if isinstance(sealed, Mapping) and request.now - _moment(sealed) < _KEPT_FOR:
        try:
            said = json.loads(unseal(str(sealed["form"])))
        except InvalidToken:
            raise NotFound("What you had typed can no longer be read.") from None
        return KeptPost(said["path"], tuple((field, value) for field, value in said["fields"]))
    raise NotFound("What you had typed was kept for half an hour, and that is over.")


def _keep(request: Request) -> str:
    fields = [
        (field, value) for field, values in request.POST.lists() if field != "csrfmiddlewaretoken" for value in values
    ]
    posts: dict[str, Any] = dict(request.session.get(KEPT, {}))
    while len(posts) >= _AT_ONCE:
        del posts[min(posts, key=lambda one: float(posts[one]["at"]))]
    name = secrets.token_urlsafe(16)
    sealed = seal(json.dumps({"path": request.get_full_path(), "fields": fields}))
    posts[name] = {"at": request.now.timestamp(), "form": sealed}
    request.session[KEPT] = posts
    return name


def _moment(sealed: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(float(sealed["at"]), UTC)
