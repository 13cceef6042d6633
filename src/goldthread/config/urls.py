"""Every address of the site; each app brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from goldthread.jobs.health import healthz, readyz
from goldthread.kernel.routes import Who, all_meant_for

urlpatterns: list[URLPattern | URLResolver] = [
    *all_meant_for(Who.ANYONE, [path("healthz", healthz, name="healthz"), path("readyz", readyz, name="readyz")]),
    path("", include("goldthread.accounts.urls")),
    path("approvals/", include("goldthread.approvals.urls")),
    path("", include("goldthread.ui.urls")),
    path("", include("goldthread.desk.urls")),
]

handler400 = "goldthread.ui.views.bad_request"
handler403 = "goldthread.ui.views.permission_denied"
handler404 = "goldthread.ui.views.page_not_found"
handler500 = "goldthread.ui.views.server_error"
