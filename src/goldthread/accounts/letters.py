"""Letters that go out by e-mail. They hold a link or a warning and no more; nothing in them is about a child."""

from __future__ import annotations

import logging
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template import engines

from goldthread.accounts.models import Account

log = logging.getLogger(__name__)

HAPPENED = {
    "account/email/password_changed": "Your password was changed.",
    "account/email/password_reset": "Your password was changed, by a link that was sent to this address.",
    "mfa/email/totp_activated": "An authenticator app was added to your account.",
    "mfa/email/totp_deactivated": "The authenticator app was removed from your account.",
    "mfa/email/webauthn_added": "A passkey was added to your account.",
    "mfa/email/webauthn_removed": "A passkey was removed from your account.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account.",
}
"""What allauth gives notice of, in our words."""


def invite(account: Account, link: str, *, by: str) -> bool:
    """This will send an invitation, and say whether it could be sent."""
    hours = int(settings.INVITATION_LASTS.total_seconds() // 3600)
    return _send(account, "Goldthread: set up your account", "invitation", link=link, by=by, hours=hours)


def offer_reset(account: Account, link: str) -> bool:
    """This will send a link by which to choose another password, and say whether it could be sent."""
    return _send(account, "Goldthread: choose another password", "reset", link=link)


def warn(account: Account, happened: str, *, at: datetime, address: str = "", to: str = "") -> bool:
    """This will tell someone what was done to her account, in case that it was not she who did it.

    `to` is the address that she had, where that is what was changed.
    """
    return _send(account, "Goldthread: your account", "warning", to=to, happened=happened, at=at, address=address)


def _send(account: Account, subject: str, name: str, *, to: str = "", **facts: Any) -> bool:
    context = {"name": account.practitioner.name, "email": account.email, **facts}
    text = engines["jinja2"].get_template(f"accounts/letters/{name}.txt").render(context)
    try:
        send_mail(subject, text, None, [to or account.email])
    except (SMTPException, OSError) as error:
        log.error("A letter (%s) could not be sent: %s.", name, type(error).__name__)
        return False
    return True
