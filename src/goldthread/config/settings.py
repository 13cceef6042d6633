"""Django's settings. What differs between installations comes from the environment (`environment.py`)."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from goldthread.config import environment
from goldthread.config.environment import Mode
from goldthread.config.signing_in import *  # noqa: F403  # settings are read by their names from one module

MODE = environment.mode()
DATA = environment.data_folder()
SECRET_KEY = environment.secret_key(MODE, DATA)
SECRET_KEY_FALLBACKS = environment.listed("GOLDTHREAD_OLD_SECRET_KEYS")
DEBUG = False  # the error pages are ours; a traceback on a page would show a record
LIVE = MODE is Mode.LIVE

ALLOWED_HOSTS = environment.listed("GOLDTHREAD_HOSTS") or (
    [] if LIVE else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if LIVE else []

INSTALLED_APPS = [
    "goldthread.kernel",  # first: its `migrate` goes before Django's
    "goldthread.ui",
    "goldthread.jobs",
    "goldthread.audit",
    "goldthread.records",
    "goldthread.agencies",
    "goldthread.access",
    "goldthread.chronology",
    "goldthread.clocks",
    "goldthread.people",
    "goldthread.approvals",
    "goldthread.accounts",
    "goldthread.desk",
    "goldthread.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.forms",  # so that the design system's templates are found for every widget
]

MIDDLEWARE = [
    "goldthread.kernel.logs.RequestLog",  # first: it says how long all the rest took
    "goldthread.ui.middleware.Headers",  # first: refusals have the headers too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "goldthread.ui.middleware.Errors",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goldthread.kernel.routes.RouteNet",
    "goldthread.accounts.middleware.WhoAsks",  # last: it has the first word on what a view raises
]

BEHIND_PROXY = os.environ.get("GOLDTHREAD_BEHIND_PROXY") == "1"
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)

ROOT_URLCONF = "goldthread.config.urls"
WSGI_APPLICATION = "goldthread.config.wsgi.application"

SQLITE = {
    "ENGINE": "goldthread.kernel.db.sqlite",
    "CONN_MAX_AGE": 60,  # to open a file, read its tables' definitions and arm it takes half a millisecond and more
    "NAME": str(DATA / "goldthread.sqlite3"),
    "OPTIONS": {
        # IMMEDIATE: a transaction that reads and then writes would else fail at once when another writes meanwhile.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; "
            "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456"
        ),
    },
    # A file of its own for each process of the tests: in memory there is no WAL.
    "TEST": {"NAME": str(DATA / "test.sqlite3")},
}


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        if LIVE:
            raise ImproperlyConfigured(
                "Live mode needs PostgreSQL and DATABASE_URL is not set: expected postgres://user@host/name."
            )
        return dict(SQLITE)
    parsed = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    engine = str(parsed["ENGINE"])
    if engine.endswith("postgresql"):
        return {**parsed, "ENGINE": "goldthread.kernel.db.postgresql"}
    if engine.endswith("sqlite3"):
        if LIVE:
            raise ImproperlyConfigured("Live mode needs PostgreSQL; DATABASE_URL names SQLite.")
        return {**SQLITE, "NAME": parsed["NAME"]}
    raise ImproperlyConfigured("DATABASE_URL names a database that is neither PostgreSQL nor SQLite.")


DATABASES = {"default": _database()}
# What signs the audit's checkpoints, and the file or folder that they are kept in: in live mode both outside the database's
# reach, so that whoever owns the database can neither sign nor take back what was signed.
CHECKPOINT_KEY = environment.place("GOLDTHREAD_CHECKPOINT_KEY", None if LIVE else DATA / "checkpoint-key")
CHECKPOINTS = environment.place("GOLDTHREAD_CHECKPOINTS", None if LIVE else DATA / "checkpoints.jsonl")

# By which edition of the guidance the duties of records are answered, and which local overlays are laid beside it.
EDITION = os.environ.get("GOLDTHREAD_EDITION", "wt2023")
OVERLAYS = environment.listed("GOLDTHREAD_OVERLAYS")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "goldthread.ui.environment.environment",
            "context_processors": ["goldthread.ui.layout.layout"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",  # for allauth's pages only
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "goldthread.ui.forms.Renderer"
CSRF_FAILURE_VIEW = "goldthread.ui.views.csrf_failed"

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Live, a file's name holds its hash, so that a browser keeps it for good and never shows a page with the style of
    # another version. `goldthread serve` gathers them; elsewhere they come from the package as they are.
    "staticfiles": {
        "BACKEND": f"django.contrib.staticfiles.storage.{'Manifest' if LIVE else ''}StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = not LIVE
SILENCED_SYSTEM_CHECKS: list[str] = []

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LIVE
SESSION_COOKIE_NAME = "__Host-session" if LIVE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if LIVE else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = LIVE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # a load balancer asks beside the proxy
SECURE_HSTS_SECONDS = 31_536_000 if LIVE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = LIVE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"

# One line of JSON for each thing that happens, with ids only (`kernel/logs.py`). On standard error, where a service's log is.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ids": {"()": "goldthread.kernel.logs.OnlyIds"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "ids"}},
    "root": {"handlers": ["out"], "level": "INFO" if LIVE else "WARNING"},
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
}

PACKAGE = Path(__file__).parents[1]
