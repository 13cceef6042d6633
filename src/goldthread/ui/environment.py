"""The environment of our templates: strict, so that a name that is misspelt raises instead of leaving a hole in a page."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from goldthread.ui import assets
from goldthread.ui.components import Components
from goldthread.ui.forms.errors import links as error_links
from goldthread.ui.forms.shown import revealed, shown, typed
from goldthread.ui.wording import FILTERS


def address(name: str, /, **words: Any) -> str:
    """This will give the address of a named page: `url("records:open", code=record.code)`."""
    return reverse(name, kwargs=words or None)


def environment(**options: Any) -> Environment:
    """This will give the environment that Django's Jinja2 backend renders with; settings name it."""
    made = Environment(
        **{**options, "undefined": StrictUndefined, "autoescape": True}, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(
        static=static,
        url=address,
        govuk=Components(),
        design_system_is_there=assets.are_built,
        error_links=error_links,
        shown=shown,
        revealed=revealed,
        typed=typed,
    )
    made.filters.update(FILTERS)
    return made
