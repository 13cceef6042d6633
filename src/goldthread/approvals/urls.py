"""Addresses of approvals."""

from __future__ import annotations

from django.urls import path

from goldthread.approvals import views
from goldthread.kernel.routes import Who, all_meant_for

app_name = "approvals"
urlpatterns = all_meant_for(
    Who.SIGNED_IN,
    [
        path("", views.approvals, name="all"),
        path("<int:approval>/", views.approval, name="one"),
        path("<int:approval>/withdraw/", views.withdraw, name="withdraw"),
    ],
)
