"""Those of the cast at their browsers, and what they send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import staff
from cast import actor
from django.db.models import Model
from django.utils import timezone
from watching import Watching

from goldthread.access import gate
from goldthread.accounts.models import Account
from goldthread.agencies.models import Practitioner
from goldthread.chronology import actions as chronology
from goldthread.kernel.acting import acting_as, system


def as_(who: Practitioner, *, shown_ago: float = 0) -> Watching:
    """A browser in which one of the cast has signed in, so many minutes ago."""
    account = Account.objects.filter(practitioner=who).first()
    if account is None:
        account = Account(practitioner=who, email=f"{who.pk}@anyborough.example")
        account.set_unusable_password()
        account.save()
    return staff.signed_in(account, at=(timezone.now() - timedelta(minutes=shown_ago)).timestamp())


def rows(model: type[Model], **where: object) -> list[Any]:
    """Rows of a table, whoever may see them."""
    with acting_as(system("tests")):
        return list(model._default_manager.filter(**where))


def sent(browser: Watching, address: str, /, **said: object) -> Any:
    """Open a form, and send it with what it holds hidden."""
    page = browser.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(form_id|version)" value="([^"]*)"', page))
    body = urlencode({**hidden, **said}, doseq=True, errors="surrogatepass")  # as a browser would, whatever is typed
    return browser.post(address, body, content_type="application/x-www-form-urlencoded")


def on(field: str, day: date) -> dict[str, int]:
    """A day as a form sends it."""
    return {f"{field}_day": day.day, f"{field}_month": day.month, f"{field}_year": day.year}


def happened(
    who: Practitioner, code: str, kind: str, day: date, data: Mapping[str, Any] | None = None, *, at: datetime | None = None,
    process: str = "",
) -> str:  # fmt: skip
    """Have someone record that something happened."""
    moment = at or timezone.now()
    with gate.changing(by=actor(who), at=moment, code=code, thing="event") as changing:
        return chronology.record(changing, kind=kind, on=day, data=dict(data or {}), process=process)


def words_of(answer: Any) -> str:
    """What a page says, without its marks."""
    page = answer.content.decode()
    main = page.split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
