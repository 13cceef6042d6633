"""Second factors as their holders have them."""

from __future__ import annotations

import time
from itertools import count

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from goldthread.accounts.models import Account


class App:
    """An authenticator app on the telephone of an account's holder."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    @classmethod
    def of(cls, account: Account) -> App:
        """This will set one up for the account."""
        secret = generate_totp_secret()
        TOTP.activate(account, secret)
        return cls(secret)

    def code(self) -> str:
        """This will give the code that it shows now."""
        shown: str = format_hotp_value(hotp_value(self.secret, int(time.time()) // 30))
        return shown

    def wrong(self) -> str:
        """This will give a code that it does not show."""
        return next(f"{number:06}" for number in count(1) if f"{number:06}" != self.code())


def recovery_codes(account: Account) -> list[str]:
    """This will give the account's recovery codes, made if there are none."""
    there = Authenticator.objects.filter(user=account, type="recovery_codes").first()
    codes = there.wrap() if there else RecoveryCodes.activate(account)
    unused: list[str] = codes.get_unused_codes()
    return unused
