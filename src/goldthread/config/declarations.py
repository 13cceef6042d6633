"""What the tables that packages bring hold, how long they are kept, and how they change."""

from __future__ import annotations

from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity, declare

PLUMBING = Declared(Sensitivity.PUBLIC, Retention.INSTALLATION, Mutability.FREE)
SIGN_IN = Declared(Sensitivity.SECRET, Retention.WITH_EMPLOYMENT, Mutability.FREE)
SESSION = Declared(Sensitivity.SECRET, Retention.SESSION, Mutability.FREE)

PACKAGES: dict[str, Declared] = {
    "auth.permission": PLUMBING,
    "auth.group": PLUMBING,
    "contenttypes.contenttype": PLUMBING,
    "sessions.session": SESSION,
    "account.emailaddress": SIGN_IN,
    "account.emailconfirmation": SIGN_IN,  # empty: an account's address is proved by its invitation
    "mfa.authenticator": SIGN_IN,
}


def declare_packages() -> None:
    """This will declare each of them."""
    for label, declared in PACKAGES.items():
        declare(label, declared)
