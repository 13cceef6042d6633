"""The addresses of the pages that belong to no app."""

from __future__ import annotations

from django.urls import path

from goldthread.ui import views

app_name = "ui"
urlpatterns = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("patterns/", views.pattern_page, name="patterns"),
]
