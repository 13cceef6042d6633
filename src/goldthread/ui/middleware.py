"""What stands round every page: headers that hold a browser to the rules, and refusals turned into pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from goldthread.ui.refusals import answer

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def content_security_policy() -> str:
    """This will say what a page may load and do: its own files, and nothing else.

    A form that leads to another agency's sign-in needs that agency's origin: settings list them in FORM_ACTION_ORIGINS.
    """
    origins = " ".join(getattr(settings, "FORM_ACTION_ORIGINS", ()))
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",  # passkeys ask our own server for their challenge
            f"form-action 'self' {origins}".strip(),
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


PERMISSIONS = ", ".join(
    (
        *(
            f"{feature}=()"
            for feature in (
                *("accelerometer", "autoplay", "camera", "display-capture", "fullscreen", "geolocation"),
                *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
            )
        ),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    )
)


class Headers:
    """Sets the headers of every response; to stand first among the middleware, so that refusals have them too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.held = {
            "Content-Security-Policy": content_security_policy(),
            "Permissions-Policy": PERMISSIONS,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            # Not no-referrer: a browser would then send no origin with a form, and Django would refuse the form.
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Give the response with the headers. Static files keep the caching that their server has set."""
        response = self.get_response(request)
        for name, value in self.held.items():
            response.headers[name] = value
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
            # The same for each, so that a hidden page and one that is not there do not differ in it.
            patch_vary_headers(response, ("Cookie",))
        return response


class Errors:
    """Turns what the domain refuses into pages. Other middleware that may refuse calls `refusals.answer` itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Give the response; what a view raises comes to process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Give the page for a refusal; None for what is none, so that it is reported as a fault."""
        return answer(request, exception)
