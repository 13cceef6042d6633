"""Addresses of signing in and out, and of one's own account. allauth's views stand here one by one: what is not here is not there."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from goldthread.accounts.views import agency, entrance, factors, invitation, passwords, proving, your_account
from goldthread.kernel.routes import Who, all_meant_for

RESET_KEY = r"^sign-in/reset/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[0-9A-Za-z-]{1,80})/$"

entrances: list[URLPattern | URLResolver] = [
    path("sign-in/", entrance.sign_in, name="account_login"),
    path("sign-in/disabled/", passwords.Disabled.as_view(), name="account_inactive"),
    path("sign-in/second-factor/", entrance.second_factor, name="second_factor"),
    path("sign-in/code/", factors.AskCode.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", factors.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("sign-in/reset/", passwords.AskReset.as_view(), name="account_reset_password"),
    path("sign-in/reset/sent/", passwords.ResetSent.as_view(), name="account_reset_password_done"),
    path("sign-in/reset/done/", passwords.ResetDone.as_view(), name="account_reset_password_from_key_done"),
    re_path(RESET_KEY, passwords.Reset.as_view(), name="account_reset_password_from_key"),
    path("sign-in/agency/<slug:name>/", agency.to_agency, name="to_agency"),
    path("sign-in/agency/<slug:name>/back/", agency.from_agency, name="from_agency"),
    path("sign-in/agency/<slug:name>/ended/", agency.ended_at_agency, name="ended_at_agency"),
    path("invitation/<slug:token>/", invitation.invitation, name="invitation"),
    path("sign-out/", entrance.sign_out, name="account_logout"),
]
proofs: list[URLPattern | URLResolver] = [
    path("prove/", proving.prove, name="prove"),
    path("prove/done/", proving.proved, name="proved"),
    path("prove/password/", passwords.Again.as_view(), name="account_reauthenticate"),
    path("prove/code/", factors.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("prove/passkey/", factors.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
]
account: list[URLPattern | URLResolver] = [
    path("your-account/", your_account.your_account, name="mfa_index"),
    path("your-account/passkeys/", your_account.your_account, name="mfa_list_webauthn"),
    path("your-account/passkeys/add/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("your-account/passkeys/<int:pk>/", factors.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("your-account/passkeys/<int:pk>/remove/", factors.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("your-account/app/add/", factors.AddApp.as_view(), name="mfa_activate_totp"),
    path("your-account/app/picture.svg", your_account.app_picture, name="app_picture"),
    path("your-account/app/remove/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("your-account/recovery-codes/", factors.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("your-account/recovery-codes/new/", factors.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("your-account/password/", passwords.Change.as_view(), name="account_change_password"),
    path("your-account/sessions/<int:sign_in>/end/", your_account.end_session, name="end_own_session"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    *all_meant_for(Who.ANYONE, entrances),
    *all_meant_for(Who.SIGNED_IN, proofs),
    *all_meant_for(Who.SIGNED_IN, account),
    path("administration/", include("goldthread.accounts.administration_urls")),
]
