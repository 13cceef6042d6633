"""The form that asks for a page as of other days."""

from __future__ import annotations

from goldthread.ui.forms import DateField, FilterForm


class Days(FilterForm):
    """The day on which things stood, and the day by which they were known."""

    stood = DateField("As it stood on", hint="What was so on that day. For example, 27 3 2026", past=True)
    known = DateField(
        "As it was known on",
        hint="Leaves out what was recorded after that day. Leave it empty for all that is known today.",
        past=True,
    )
