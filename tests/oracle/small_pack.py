"""Small packs of the duties that a test is about, put to the oracle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from goldthread.duties.event import EVERYTHING, Event, Source
from oracle.calendar_by_day import read_holidays
from oracle.examples import event_of
from oracle.oracle import answer

DUTIES = Path(__file__).parents[2] / "src/goldthread/duties"
PACK = DUTIES / "packs/wt2023"
HOLIDAYS = read_holidays(max((DUTIES / "calendars").glob("*.json")))

KINDS: dict[str, dict[str, Any]] = {
    "referral-received": {"fields": {"referrer": ["known", "anonymous"]}},
    "referral-decided": {
        "fields": {
            "outcomes": {"many": ["no-further-action", "early-help", "child-in-need", "section-47"]},
            "qualified": "boolean",
        }
    },
    "conference-held": {
        "fields": {
            "type": ["initial", "review", "transfer-in"],
            "outcome": ["plan", "no-plan", "continued", "changed", "ended"],
        }
    },
    "child-seen": {"reach": "every"},
    "plan-ended": {"reach": "every"},
}

DECIDE = {"code": "decide", "starts": "referral-received", "due": {"within": "1 working day"}}
DECIDE |= {"met_by": {"referral-decided": {"qualified": [True, "unsaid"]}}}

CONCLUDE = {
    "code": "conclude",
    "starts": "referral-received",
    "once": ["assessment-started", {"referral-decided": {"outcomes": ["child-in-need", "section-47"]}}],
    "due": {"within": "45 working days"},
    "met_by": "assessment-completed",
    "ends_with": "referral-withdrawn",
    "late_reason": "assessment-delay-explained",
    "closed_by": {"referral-decided": {"outcomes_only": ["no-further-action", "early-help"]}},
}

EXPLAIN = {
    "code": "explain",
    "starts": {"unmet": "conclude"},
    "due": {"judgement": ""},
    "met_by": "assessment-delay-explained",
    "may_precede": True,
}

CONFERENCE = {
    "code": "conference",
    "starts": {"strategy-discussion-held": {"section_47": True}},
    "first_while_open": True,
    "begun_at": "section-47-started",
    "unless": "on-plan",
    "due": {"within": "15 working days"},
    "met_by": {"conference-held": {"type": "initial"}},
    "ends_with": {"section-47-concluded": {"outcome": "not-substantiated"}},
    "provisional_until": "section-47-concluded",
}

FIRST_REVIEW = {
    "code": "review.first",
    "starts": {"conference-held": {"type": ["initial", "transfer-in"], "outcome": "plan"}},
    "due": {"within": "3 months"},
    "met_by": {"conference-held": {"type": "review"}},
    "ends_with": "plan-ended",
}

NEXT_REVIEW = {
    "code": "review.next",
    "starts": {"conference-held": {"type": "review", "outcome": ["continued", "changed"]}},
    "due": {"within": "6 months"},
    "met_by": {"conference-held": {"type": "review"}},
    "ends_with": ["plan-ended", {"conference-held": {"type": "review", "outcome": "ended"}}],
}

SEND = {
    "code": "send",
    "subject": "review",
    "starts": ["review-publication-planned", "review-published"],
    "only_once": True,
    "due": {"at_least": "7 working days", "before": ["review-published", "review-publication-planned.on"]},
    "met_by": "review-report-sent",
    "variant": {
        "field": "scope",
        "of": "review-initiated",
        "cases": {
            "local": {"holder": "partners", "each": {"field": "to", "of": {"panel": "must", "ofsted": "should"}}},
            "national": {"holder": "panel", "each": {"field": "to", "of": {"secretary-of-state": "must"}}},
        },
    },
}

STATUS = {
    "status": "on-plan",
    "begins": [{"conference-held": {"type": ["initial", "transfer-in"], "outcome": "plan"}}],
    "ends": ["plan-ended", {"conference-held": {"type": "review", "outcome": "ended"}}],
}


class Asker:
    """Writes a small pack of the duties that a test is about and asks the oracle."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self,
        duties: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        lines: Sequence[str | Event],
        on: str,
        *,
        known_at: int | None = None,
        source: Source = EVERYTHING,
        gates: Sequence[Mapping[str, Any]] = (),
        overlay: Mapping[str, Any] | None = None,
    ) -> list[dict[str, Any]]:
        listed = [duties] if isinstance(duties, Mapping) else list(duties)
        given = [
            {"holder": "someone", "strength": "should", "time_strength": "should", "cites": ["1.1"], **duty}
            for duty in listed
        ]
        head = {
            "pack": "small",
            "in_force_from": "2023-12-15",
            "successor": {"edition": "next", "in_force_from": "2026-03-19"},
            "statuses": [STATUS],
        }
        pack = self.folder / "pack"
        (pack / "duties").mkdir(parents=True, exist_ok=True)
        kinds = {"kinds": [{"kind": kind, **line} for kind, line in KINDS.items()]}
        (pack / "pack.yaml").write_text(yaml.safe_dump(head, sort_keys=False), encoding="utf-8")
        (pack / "kinds.yaml").write_text(yaml.safe_dump(kinds, sort_keys=False), encoding="utf-8")
        (pack / "duties/all.yaml").write_text(
            yaml.safe_dump({"area": "A", "duties": given, "gates": list(gates)}, sort_keys=False), encoding="utf-8"
        )
        overlays = []
        if overlay is not None:
            overlays = [self.folder / "overlay.yaml"]
            overlays[0].write_text(yaml.safe_dump({"overlay": "near", **overlay}, sort_keys=False), encoding="utf-8")
        subject = f"{given[0].get('subject', 'child')}:X1" if given else "child:X1"
        events = [
            line if isinstance(line, Event) else event_of(line, number, subject) for number, line in enumerate(lines, 1)
        ]
        return answer(events, date.fromisoformat(on), known_at, pack, overlays, *HOLIDAYS, source)


def only(findings: list[dict[str, Any]], **expected: Any) -> dict[str, Any]:
    """This will hold the one finding that there is against what is expected of it."""
    assert len(findings) == 1, findings
    return holds(findings[0], **expected)


def holds(finding: dict[str, Any], **expected: Any) -> dict[str, Any]:
    assert {key: finding[key] for key in expected} == expected
    return finding
