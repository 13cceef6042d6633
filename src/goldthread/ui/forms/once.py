"""That a form which is sent twice, by a double click or by going back, is done once."""

from __future__ import annotations

from django.core.cache import cache

from goldthread.ui.forms.form import Form, OnceForm

_REMEMBERED = 24 * 3600  # seconds for which a form that was sent is known


def is_second(who: int, form: Form) -> bool:
    """This will say whether this showing of a form was sent before by the same person, and remember that it was sent."""
    return isinstance(form, OnceForm) and not cache.add(_key(who, form), 1, _REMEMBERED)


def forget(who: int, form: Form) -> None:
    """This will let a form be sent again, since what it asked for was not done."""
    if isinstance(form, OnceForm):
        cache.delete(_key(who, form))


def _key(who: int, form: Form) -> str:
    return f"form-sent:{who}:{form.cleaned_data['form_id']}"
