"""Addresses of approvals."""

from __future__ import annotations

from django.urls import path

from goldthread.approvals import views

app_name = "approvals"
urlpatterns = [
    path("", views.approvals, name="all"),
    path("<int:approval>/", views.approval, name="one"),
    path("<int:approval>/withdraw/", views.withdraw, name="withdraw"),
]
