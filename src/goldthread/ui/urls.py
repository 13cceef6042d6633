"""The addresses of the pages that belong to no app."""

from __future__ import annotations

from django.urls import path

from goldthread.kernel.routes import Who, all_meant_for
from goldthread.ui import views

app_name = "ui"
urlpatterns = all_meant_for(
    Who.ANYONE,
    [
        path("accessibility/", views.accessibility, name="accessibility"),
        path("patterns/", views.pattern_page, name="patterns"),
    ],
)
