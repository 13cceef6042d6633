"""Who has looked at a record."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldthread.access.vocabulary import Act
from goldthread.approvals import destruction
from goldthread.desk.forms.keeping import DestroyForm
from goldthread.desk.queries import looking
from goldthread.desk.views.opening import address
from goldthread.desk.views.sending import Shown, send
from goldthread.kernel.requests import Request
from goldthread.kernel.routes import Who, meant_for


@meant_for(Who.RECORD, Act.SEE_ACCESS)
@require_safe
def access(request: Request, code: str) -> HttpResponse:
    """This will show who has looked at a record."""
    page = looking.access(
        request.actor, request.now, code, _until(request), only_unusual=request.GET.get("marked") == "1"
    )
    return render(request, "desk/access.html", {"page": page}, using="jinja2")


@meant_for(Who.RECORD, Act.SEE_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def destroy(request: Request, code: str) -> HttpResponse:
    """This will ask a second person to have content of the audit destroyed."""
    held = looking.destroyable(request.actor, request.now, code, _until(request))
    form = DestroyForm(request.POST or None)
    form.fields["entries"].choices = held.choices  # type: ignore[attr-defined]  # a field of choices

    def act() -> str:
        said = form.cleaned_data
        made = destruction.ask(
            by=request.actor,
            at=request.now,
            record=held.record,
            code=held.about.code,
            entries=[int(one) for one in said["entries"]],
            because=said["because"],
            key=said["form_id"],
        )
        return reverse("approvals:one", kwargs={"approval": made.pk})

    intro: tuple[str, ...] = (
        "The entries themselves stay: that something was done, when and by whom. What was kept with them is destroyed "
        "once an information governance officer has approved it.",
    )
    if not held.choices:
        intro = (*intro, "Nothing is kept with the entries of this month.")
    shown = Shown(
        "Ask for what was kept to be destroyed", "Ask", address("access", held.about.code), intro, about=held.about,
        kind="warning",
    )  # fmt: skip
    return send(request, form, shown, act, said="It waits for a second person.")


def _until(request: Request) -> date | None:
    try:
        found = date.fromisoformat(request.GET.get("until", "")[:10])
    except ValueError:
        return None
    return found if found.year >= 1900 else None
