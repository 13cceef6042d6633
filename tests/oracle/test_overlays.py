"""Local clocks beside the national ones, and which of several dates governs."""

from __future__ import annotations

from typing import Any

from oracle.small_pack import DECIDE, FIRST_REVIEW, SEND, Asker, holds


def test_a_second_clock_stands_beside_the_national_one(ask: Asker) -> None:
    overlay = {
        "strengthens": [
            {
                "code": "near.first",
                "duty": "review.first",
                "starts": {"conference-held": {"type": "initial", "unborn": True, "outcome": "plan"}},
                "due": {"within": "20 working days", "of": "child-born"},
                "cites": ["manual/1"],
            }
        ]
    }
    lines = ["2025-01-06 conference-held type=initial unborn=true outcome=plan"]
    national, local = ask(FIRST_REVIEW, lines, "2025-02-01", overlay=overlay)
    holds(national, due_on="2025-04-06", governs=True, state="running")
    holds(local, due_on=None, state="unknown", governs=False)
    national, local = ask(FIRST_REVIEW, [*lines, "2025-02-03 child-born"], "2025-02-10", overlay=overlay)
    holds(national, due_on="2025-04-06", governs=False, cycle=1, layer="national")
    holds(local, due_on="2025-03-03", governs=True, cycle=1, layer="near", time_strength="local")
    later = ask(FIRST_REVIEW, [*lines, "2025-03-28 child-born"], "2025-04-01", overlay=overlay)
    assert [f["governs"] for f in later] == [True, False]
    born = ["2025-01-06 conference-held type=initial unborn=false outcome=plan"]
    assert len(ask(FIRST_REVIEW, born, "2025-02-01", overlay=overlay)) == 1


def test_an_overlay_widens_the_trigger_adds_recipients_and_asks_for_more_first(ask: Asker) -> None:
    overlay = {
        "also_starts": [{"code": "n.s", "duty": "decide", "starts": "concern-identified", "cites": []}],
        "needs_first": [
            {
                "code": "n.g",
                "before": "plan-ended",
                "needs": {"conference-held": {"type": "review"}},
                "at_least": 2,
                "within": "on-plan",
                "approved_by": "manager",
                "cites": [],
            }
        ],
    }
    lines = [
        "2025-01-06 conference-held type=initial outcome=plan",
        "2025-02-03 concern-identified",
        "2025-03-03 conference-held type=review outcome=continued",
        "2025-06-02 plan-ended process=plan:P1",
    ]
    wider, gate = ask(DECIDE, lines, "2025-06-30", overlay=overlay)
    holds(wider, duty="decide", layer="near", strength="local", started_on="2025-02-03", governs=True)
    holds(gate, duty="n.g", layer="near", state="not-met", instance="plan:P1", governs=True)
    more = {"also_to": [{"code": "n.t", "duty": "send", "recipients": ["family"], "cites": []}]}
    review = ["2025-01-06 review-initiated scope=national", "2025-03-03 review-publication-planned on=2025-05-12"]
    national, local = ask(SEND, [*review, "2025-03-10 review-report-sent to=family"], "2025-04-01", overlay=more)
    holds(national, recipient="secretary-of-state", state="running")
    holds(local, recipient="family", state="met", layer="near", due_on="2025-04-30")


def test_an_overlay_answers_only_about_what_starts_while_it_is_in_force(ask: Asker) -> None:
    sooner = {"code": "sooner", "duty": "decide", "due": {"within": "3 days"}}
    overlay = {"strengthens": [sooner], "in_force_from": "2025-03-04", "in_force_until": "2025-03-05"}
    starts = [f"2025-03-0{day} referral-received" for day in (3, 4, 5, 6)]
    duty: dict[str, Any] = {**DECIDE, "code": "decide", "due": {"within": "5 days"}}
    local = [f for f in ask(duty, starts, "2025-03-10", overlay=overlay) if f["layer"] == "near"]
    assert [f["started_on"] for f in local] == ["2025-03-04", "2025-03-05"]
    undated = ask(duty, ["undated referral-received"], "2025-03-05", overlay=overlay)
    assert [f["layer"] for f in undated] == ["national", "near"]
    assert len(ask(duty, ["undated referral-received"], "2025-03-06", overlay=overlay)) == 1


def test_just_one_of_several_dates_governs(ask: Asker) -> None:
    duty: dict[str, Any] = {**DECIDE, "code": "decide", "due": {"within": "5 days"}}

    def governing(*limits: str) -> list[tuple[str, str | None]]:
        entries = [{"code": limit, "duty": "decide", "due": {"within": limit}} for limit in limits]
        overlay = {"strengthens": entries, "in_force_from": "2025-01-01"}
        found = ask(duty, ["2025-03-03 referral-received"], "2025-03-10", overlay=overlay)
        return [(f["layer"], f["due_on"]) for f in found if f["governs"]]

    assert governing("3 days", "2 days") == [("near", "2025-03-05")]
    assert governing("2 days", "2 days") == [("near", "2025-03-05")]
    assert governing("5 days", "6 days") == [("national", "2025-03-08")]
