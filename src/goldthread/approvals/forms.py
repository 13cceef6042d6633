"""The form of a decision."""

from __future__ import annotations

from goldthread.ui.forms import Form, LongTextField, RadiosField


class Decision(Form):
    """What is decided, and why."""

    decision = RadiosField(
        "Your decision",
        choices=[("approve", "Approve"), ("refuse", "Refuse")],
        missing="Choose whether to approve or refuse",
    )
    reasons = LongTextField("Your reasons", longest=2000, missing="Give your reasons")
