"""What signing in and looking after accounts leave in the audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from goldthread.accounts.models import Account
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.kernel.acting import Actor, acting_as, system
from goldthread.kernel.requests import OpenRequest


def nobody(request: OpenRequest, address: str) -> Actor:
    """This will give the actor of what happens before anyone is known: the entrance itself."""
    return replace(system("entrance"), request=request.id, address=address)


def of(account: Account | None) -> str:
    """This will name an account, or that there is none of the name that was typed. What was typed is not kept."""
    return f"account:{account.pk}" if account else "account:unknown"


def keep(
    by: Actor, at: datetime, verb: Verb, thing: str, *, purpose: str = "", refused: bool = False, **content: Any
) -> None:
    """This will write one line about an account; a failure to write it is a failure of what it is about."""
    with acting_as(by):
        write(by, at, [Line(verb, thing=thing, purpose=purpose, refused=refused, content=content or None)])
