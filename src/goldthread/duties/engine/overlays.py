"""Which date governs where a local clock stands beside a national one."""

from __future__ import annotations

from typing import Any

from goldthread.duties.findings import Finding
from goldthread.duties.rules import NATIONAL, Gate


def govern(findings: list[Finding]) -> None:
    """Say which date is the one to work to where a local clock stands beside a national one."""
    national = {twin_key(one): one for one in findings if one.duty.layer == NATIONAL}
    leaders: dict[Any, Finding] = {}
    for one in findings:
        twin = national.get(twin_key(one))
        if one.duty.layer == NATIONAL or isinstance(one.duty, Gate) or twin is None:
            continue
        one.governs = False
        leader = leaders.get(twin_key(one), twin)
        if one.due is not None and (leader.due is None or one.due < leader.due):
            leader.governs, one.governs = False, True
            leaders[twin_key(one)] = one


def twin_key(finding: Finding) -> tuple[Any, ...]:
    """Give what a local finding and the national one beside it have in common."""
    instance = finding.instance
    return finding.duty.code, finding.subject, instance.id, instance.cycle, instance.recipient, finding.started
