"""Settings of signing in: accounts, sessions, second factors, and what limits guessing. Read by `settings.py`."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from goldthread.accounts.oidc import providers
from goldthread.config import environment
from goldthread.config.environment import Mode

LIVE = environment.mode() is Mode.LIVE

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["goldthread.accounts.backend.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email",)},
    },
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # costs whoever guesses memory as well as time
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 3600

SESSION_IDLE = timedelta(minutes=environment.number("GOLDTHREAD_SESSION_IDLE_MINUTES", 30))
SESSION_WHOLE = timedelta(hours=environment.number("GOLDTHREAD_SESSION_HOURS", 12))
SESSION_COOKIE_AGE = int(SESSION_WHOLE.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
FRESH_FOR = timedelta(minutes=5)  # how long a proof is fresh enough for breaking glass and the like
INVITATION_LASTS = timedelta(hours=72)

ACCOUNT_ADAPTER = "goldthread.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # sign-up itself is closed
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation proves the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if LIVE else "http"
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(FRESH_FOR.total_seconds())
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody makes this site write to strangers
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}  # an office has one address; a person has one name

MFA_ADAPTER = "goldthread.accounts.second_factors.SecondFactors"
ACCOUNT_FORMS = {
    "login": "goldthread.accounts.sign_in_forms.SignIn",
    "reset_password": "goldthread.accounts.sign_in_forms.AskReset",
    "reset_password_from_key": "goldthread.accounts.sign_in_forms.Reset",
    "change_password": "goldthread.accounts.sign_in_forms.Change",
    "reauthenticate": "goldthread.accounts.sign_in_forms.Again",
}
MFA_FORMS = {
    "activate_totp": "goldthread.accounts.sign_in_forms.NewApp",
    "authenticate": "goldthread.accounts.second_factors.Code",
    "reauthenticate": "goldthread.accounts.second_factors.CodeAgain",
    "authenticate_webauthn": "goldthread.accounts.second_factors.PasskeyAsSecond",
    "login_webauthn": "goldthread.accounts.second_factors.PasskeyAlone",
    "reauthenticate_webauthn": "goldthread.accounts.second_factors.PasskeyAgain",
    "add_webauthn": "goldthread.accounts.second_factors.NewPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey that anyone could use who holds it is one factor only
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not LIVE  # http://localhost
MFA_TOTP_ISSUER = "Goldthread"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True

OIDC_ALSO_OVER = () if LIVE else ("http",)
try:
    _named = os.environ.get("GOLDTHREAD_OIDC", "")
    OIDC_PROVIDERS = providers.read(Path(_named), allow_http=not LIVE) if _named else {}
except providers.Unusable as unusable:
    raise ImproperlyConfigured(str(unusable)) from None

_MAIL = environment.mail()
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _MAIL.backend, _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = _MAIL.tls, _MAIL.ssl, 10
DEFAULT_FROM_EMAIL = os.environ.get("GOLDTHREAD_MAIL_FROM", "goldthread@localhost")

# A cache in the database, so that every process of the site counts the same guesses.
CACHES = {"default": {"BACKEND": "goldthread.accounts.cache.JsonCache"}}
