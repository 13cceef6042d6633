"""Addresses of the desk. No name and no date of birth ever stands in one: what is searched for is sent by POST."""

from __future__ import annotations

from django.urls import path

from goldthread.desk.views import child, custody, emergency, finding, involved, looking, notices, team, work

app_name = "desk"
urlpatterns = [
    path("", work.first, name="first"),
    path("my-work/", work.mine, name="work"),
    path("my-work/views/keep/", work.keep, name="keep_view"),
    path("my-work/views/<int:view>/", work.change, name="change_view"),
    path("my-work/team/", team.team, name="team"),
    path("search/", finding.search, name="search"),
    path("search/begin/", finding.begin, name="begin"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:notice>/read/", notices.read, name="notice_read"),
    path("reviews/", emergency.reviews, name="reviews"),
    path("reviews/<int:emergency>/", emergency.review, name="review"),
    path("children/<slug:code>/", child.child, name="child"),
    path("children/<slug:code>/duties/", child.duties, name="duties"),
    path("children/<slug:code>/chronology/", child.chronology, name="chronology"),
    path("children/<slug:code>/chronology/print/", child.printed, name="print"),
    path("children/<slug:code>/family/", child.family, name="family"),
    path("children/<slug:code>/details/", child.details, name="details"),
    path("children/<slug:code>/access/", looking.access, name="access"),
    path("children/<slug:code>/access/destroy/", looking.destroy, name="destroy"),
    path("children/<slug:code>/emergency/", emergency.emergency, name="emergency"),
    path("children/<slug:code>/emergency/end/", emergency.end_emergency, name="end_emergency"),
    path("children/<slug:code>/involved/", involved.involved, name="involved"),
    path("children/<slug:code>/involved/begin/", involved.involve, name="involve"),
    path("children/<slug:code>/involved/<int:involvement>/end/", involved.end, name="end_involvement"),
    path("children/<slug:code>/tie/", involved.own_tie, name="own_tie"),
    path("children/<slug:code>/reach/", custody.custody, name="custody"),
    path("children/<slug:code>/reach/set/", custody.restrict, name="restrict"),
    path("children/<slug:code>/reach/name/", custody.name, name="name"),
    path("children/<slug:code>/reach/name/<int:named>/end/", custody.end_naming, name="end_naming"),
    path("children/<slug:code>/reach/tie/", custody.tie, name="tie"),
    path("children/<slug:code>/reach/tie/<int:conflict>/end/", custody.end_tie, name="end_tie"),
]
