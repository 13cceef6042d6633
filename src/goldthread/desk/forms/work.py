"""Forms of My work: what a list is narrowed by, and how a view is kept."""

from __future__ import annotations

from goldthread.ui.forms import (
    CheckboxesField,
    ConfirmField,
    FilterForm,
    Look,
    OnceForm,
    SelectField,
    TextField,
    VersionedForm,
    Width,
)

STATES = (
    ("overdue", "Overdue"),
    ("exceeded-with-reason", "Over time, with a reason"),
    ("due-soon", "Due soon"),
    ("running", "Running"),
    ("judgement", "For judgement"),
)
LAWS = (("national", "The statutory guidance"), ("local", "Local procedures"))


class WorkFilter(FilterForm):
    """What narrows a list of duties."""

    state = CheckboxesField("State", choices=STATES, look=Look(small=True))
    duty = SelectField("Duty", choices=[])
    law = CheckboxesField("Source", choices=LAWS, look=Look(small=True))
    team = SelectField("Team", choices=[])
    worker = SelectField("Worker", choices=[])
    text = TextField(
        "Words of the duty, or a reference",
        hint="To find a child by name, use Search.",
        longest=100,
        look=Look(autocomplete="off", spellcheck=False),
    )


class ViewForm(OnceForm):
    """What a view is called."""

    name = TextField(
        "What do you call it?",
        missing="Enter a name for this view",
        hint="For example, Reviews this month. Do not use the name of a child.",
        longest=60,
        look=Look(width=Width.TWO_THIRDS),
    )


class ViewChange(VersionedForm):
    """What a view is called from now on, or that it is kept no longer."""

    name = TextField("What do you call it?", missing="Enter a name for this view", longest=60)
    drop = ConfirmField("Do not keep this view any longer")
