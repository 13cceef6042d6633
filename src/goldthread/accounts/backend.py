"""Who a session belongs to, fetched in one query."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from goldthread.accounts.models import Account


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """allauth's own, which fetches the practitioner along with the account."""

    def get_user(self, user_id: Any) -> Account | None:
        """Give the account, enabled or not: the middleware ends the session of a disabled one and says so."""
        found: Account | None = Account.objects.with_practitioner().filter(pk=user_id).first()
        return found
