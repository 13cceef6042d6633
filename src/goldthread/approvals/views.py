"""What waits for a second person's decision, and the decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldthread.approvals import actions, queries
from goldthread.approvals.forms import Decision
from goldthread.kernel.errors import NotNow, RuleBroken
from goldthread.kernel.requests import Request


@require_safe
def approvals(request: Request) -> HttpResponse:
    """This will list what waits for a decision, and what the reader took part in."""
    context = {
        "open": queries.open_for(request.actor, request.now),
        "over": queries.decided_for(request.actor, request.now),
    }
    return render(request, "approvals/approvals.html", context, using="jinja2")


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: Request, approval: int) -> HttpResponse:
    """This will show one, and take the decision of whoever may decide it."""
    shown = queries.one_for(request.actor, request.now, approval)
    form = Decision(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.decide(
                by=request.actor, at=request.now, approval=approval, approve=said["decision"] == "approve",
                reasons=said["reasons"],
            )  # fmt: skip
        except (NotNow, RuleBroken) as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Your decision is recorded.")
            return HttpResponseRedirect(reverse("approvals:one", kwargs={"approval": approval}))
    status = 422 if form.errors else 200
    return render(request, "approvals/approval.html", {"shown": shown, "form": form}, status=status, using="jinja2")


@require_POST
def withdraw(request: Request, approval: int) -> HttpResponse:
    """This will take back what one asked for."""
    actions.withdraw(by=request.actor, at=request.now, approval=approval)
    messages.success(request, "It is taken back.")
    return HttpResponseRedirect(reverse("approvals:one", kwargs={"approval": approval}))
