"""The form that narrows a chronology."""

from __future__ import annotations

from goldthread.ui.forms import CheckboxesField, ConfirmField, DateField, FilterForm, Look, TextField

PAGED = "before"
"""What an address calls the place where a page of the chronology begins."""

AREAS = (
    ("contacts", "Contacts and referrals"),
    ("seen", "Seen and visited"),
    ("assessment", "Assessments"),
    ("protection", "Protection: enquiries, conferences, plans"),
    ("care", "Looked after"),
    ("early-help", "Early help"),
    ("notes", "Notes and supervision"),
    ("other", "Everything else"),
)


class ChronologyFilter(FilterForm):
    """What narrows a chronology."""

    area = CheckboxesField("What about", choices=AREAS, look=Look(small=True))
    since = DateField("From")
    until = DateField("Until")
    text = TextField("Words", longest=100, look=Look(autocomplete="off"))
    withdrawn = ConfirmField("Show what was withdrawn or corrected")
