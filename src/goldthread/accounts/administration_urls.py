"""Addresses of administration."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from goldthread.accounts.views.administration import accounts, organisations, people
from goldthread.kernel.routes import Who, all_meant_for

app_name = "administration"
PERSON = "people/<int:practitioner>/"

addresses: list[URLPattern | URLResolver] = [
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}change/", people.change_person, name="change_person"),
    path(f"{PERSON}posts/new/", people.new_post, name="new_post"),
    path(f"{PERSON}posts/<int:post>/end/", people.end_post, name="end_post"),
    path(f"{PERSON}qualifications/new/", people.new_qualification, name="new_qualification"),
    path(f"{PERSON}qualifications/<int:held>/end/", people.end_qualification, name="end_qualification"),
    path(f"{PERSON}account/open/", accounts.open_account, name="open_account"),
    path(f"{PERSON}account/invite/", accounts.invite, name="invite"),
    path(f"{PERSON}account/email/", accounts.change_email, name="change_email"),
    path(f"{PERSON}account/enable/", accounts.enable, {"enabled": True}, name="enable_account"),
    path(f"{PERSON}account/disable/", accounts.enable, {"enabled": False}, name="disable_account"),
    path(f"{PERSON}account/sessions/end/", accounts.end_sessions, name="end_sessions"),
    path(f"{PERSON}account/reset/", accounts.reset_factors, name="reset_factors"),
    path(f"{PERSON}account/tie/", accounts.tie, name="tie"),
    path(f"{PERSON}account/ties/<int:identity>/end/", accounts.untie, name="untie"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.new_organisation, name="new_organisation"),
    path("organisations/<int:organisation>/", organisations.organisation, name="organisation"),
    path("organisations/<int:organisation>/change/", organisations.change_organisation, name="change_organisation"),
    path("organisations/<int:organisation>/teams/new/", organisations.new_team, name="new_team"),
    path("teams/<int:team>/change/", organisations.change_team, name="change_team"),
]
urlpatterns = all_meant_for(Who.ADMINISTRATORS, addresses)
