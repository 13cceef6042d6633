"""To which roles each place of the desk is of use, and what is the first page of each. The policy decides who may; this does not."""

from __future__ import annotations

from collections.abc import Collection

from goldthread.agencies.vocabulary import Role

CASEWORK = frozenset(
    {
        Role.SOCIAL_WORKER,
        Role.PRACTICE_SUPERVISOR,
        Role.SERVICE_MANAGER,
        Role.CONFERENCE_CHAIR,
        Role.BUSINESS_SUPPORT,
        Role.PARTNER_PRACTITIONER,
        Role.DESIGNATED_OFFICER,
    }
)
OVERSEEING = frozenset({Role.PRACTICE_SUPERVISOR, Role.SERVICE_MANAGER})
SEARCHING = CASEWORK | {Role.CUSTODIAN, Role.GOVERNANCE_OFFICER}
REVIEWING = OVERSEEING | {Role.GOVERNANCE_OFFICER}
TOLD = CASEWORK | {Role.CUSTODIAN}

FIRST = (
    (CASEWORK, "desk:work"),
    (frozenset({Role.CUSTODIAN}), "desk:notices"),
    (frozenset({Role.GOVERNANCE_OFFICER}), "desk:reviews"),
    (frozenset({Role.ADMINISTRATOR}), "administration:people"),
)
"""The first page of whoever has one of the roles: the first line that fits."""

ANYONE = "mfa_index"
"""The first page of everybody else: her own account."""


def first_page(roles: Collection[str]) -> str:
    """This will name the page on which someone begins her day."""
    held = frozenset(Role(one) for one in roles)
    return next((page for fitting, page in FIRST if fitting & held), ANYONE)
