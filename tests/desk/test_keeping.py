"""Emergencies, notices, reviews, involvement and reach, by the pages: each person meets what the policy says of her."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from cast import Cast, another_record
from cast import cast as named_people
from django.utils import timezone
from seats import as_, on, rows, sent
from watching import Watching

from goldthread.access.models import BreakGlass, Conflict, Involvement, Named, Notice
from goldthread.agencies.models import Practitioner
from goldthread.records.models import Restriction

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return named_people()


def broken_open(people: Cast, who: Practitioner) -> Watching:
    browser = as_(who)
    answer = sent(
        browser,
        f"/children/{people.code}/emergency/",
        reason="child-missing",
        because="The police rang: the child has not come home.",
    )
    assert answer.status_code == 302 and answer["Location"] == f"/children/{people.code}/"
    return browser


def test_whoever_is_not_involved_meets_a_closed_door_that_says_whom_to_ask(people: Cast) -> None:
    answer = as_(people.dele).get(f"/children/{people.code}/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You are not involved with this record" in page and "Amira Sesay" in page
    assert f"/children/{people.code}/emergency/" in page


@pytest.mark.parametrize("who", ["gus", "hal", "kit"])
def test_whoever_may_not_know_of_it_is_told_that_nothing_is_there(people: Cast, who: str) -> None:
    browser = as_(getattr(people, who))
    answer = browser.get(f"/children/{people.code}/")
    nothing = browser.get("/children/0000-0000-0/")
    assert answer.status_code == nothing.status_code == 404
    assert answer.content == nothing.content


def test_a_restricted_record_and_none_are_the_same_to_whoever_is_not_named(people: Cast) -> None:
    hidden = another_record(Restriction.RESTRICTED, people.cai)
    browser = as_(people.amira)
    for page in ("", "chronology/", "emergency/", "reach/", "access/", "tie/", "involved/begin/"):
        answer = browser.get(f"/children/{hidden.code}/{page}")
        assert answer.status_code == 404 and answer.content == browser.get(f"/children/0000-0000-0/{page}").content
    assert "restricted record" in as_(people.cai).get("/notices/").content.decode()


def test_governance_is_refused_a_record_without_being_told_whose_it_is(people: Cast) -> None:
    answer = as_(people.jo).get(f"/children/{people.code}/")
    assert answer.status_code == 403 and "emergency/" not in answer.content.decode()


def test_a_custodian_reads_nothing_and_is_offered_no_emergency(people: Cast) -> None:
    page = as_(people.ines).get(f"/children/{people.code}/")
    assert page.status_code == 403 and "emergency/" not in page.content.decode()


def test_an_emergency_opens_the_record_for_an_hour_under_a_banner(people: Cast) -> None:
    browser = broken_open(people, people.dele)
    page = browser.get(f"/children/{people.code}/")
    assert page.status_code == 200 and "You opened this record in an emergency." in page.content.decode()
    assert "minutes" in page.content.decode()
    opened = rows(BreakGlass)[0]
    assert opened.until_at - opened.began_at == timedelta(hours=1)


def test_an_emergency_asks_who_one_is_again_and_keeps_what_was_typed(people: Cast) -> None:
    browser = as_(people.dele, shown_ago=10)
    answer = sent(
        browser, f"/children/{people.code}/emergency/", reason="child-missing", because="The police rang just now."
    )
    assert answer.status_code == 302 and answer["Location"].startswith("/prove/")
    assert rows(BreakGlass) == []


def test_an_emergency_without_a_reason_is_refused_on_the_form(people: Cast) -> None:
    answer = sent(as_(people.dele), f"/children/{people.code}/emergency/", because="x")
    assert answer.status_code == 422 and "Choose why you need to open it now" in answer.content.decode()
    assert rows(BreakGlass) == []


def test_an_emergency_sent_twice_is_one(people: Cast) -> None:
    browser, address = as_(people.dele), f"/children/{people.code}/emergency/"
    page = browser.get(address).content.decode()
    said = {
        "form_id": re.findall(r'name="form_id" value="([^"]*)"', page)[0],
        "reason": "child-missing",
        "because": "The police rang just now.",
    }
    browser.post(address, said)
    browser.post(address, said)
    assert len(rows(BreakGlass)) == 1


def test_an_emergency_can_be_ended_early(people: Cast) -> None:
    browser = broken_open(people, people.dele)
    assert "Close the record again" in browser.get(f"/children/{people.code}/emergency/end/").content.decode()
    assert browser.post(f"/children/{people.code}/emergency/end/").status_code == 302
    assert browser.get(f"/children/{people.code}/").status_code == 403


def test_those_who_answer_for_the_record_are_told_and_say_that_they_have_read_it(people: Cast) -> None:
    broken_open(people, people.dele)
    owner = as_(people.amira)
    page = owner.get("/notices/").content.decode()
    assert "Dele Anand" in page and "opened this record in an emergency" in page and "The police rang" in page
    notice = rows(Notice)[0]
    assert owner.post(f"/notices/{notice.pk}/read/").status_code == 302
    assert "You have read everything." in owner.get("/notices/").content.decode()
    assert as_(people.gus).post(f"/notices/{notice.pk}/read/").status_code == 404


def test_a_supervisor_reviews_what_another_opened(people: Cast) -> None:
    browser = broken_open(people, people.dele)
    browser.get(f"/children/{people.code}/")
    reviewer, emergency = as_(people.bea), rows(BreakGlass)[0]
    assert f"/reviews/{emergency.pk}/" in reviewer.get("/reviews/").content.decode()
    page = reviewer.get(f"/reviews/{emergency.pk}/").content.decode()
    assert "A child is missing" in page and "read the first page" in page
    answer = sent(reviewer, f"/reviews/{emergency.pk}/", verdict="justified", finding="The child was found that night.")
    assert answer.status_code == 302
    assert rows(BreakGlass)[0].verdict == "justified"
    after = reviewer.get("/reviews/").content.decode()
    assert "Nothing waits for a review." in after
    assert "Reviewed" in after and "opening the record was right. By <bdi>Bea Tallentire" in after


def test_a_review_needs_a_view_and_words(people: Cast) -> None:
    broken_open(people, people.dele)
    emergency = rows(BreakGlass)[0]
    answer = sent(as_(people.bea), f"/reviews/{emergency.pk}/", finding="")
    assert answer.status_code == 422 and rows(BreakGlass)[0].reviewed_at is None


def test_nobody_reviews_herself(people: Cast) -> None:
    broken_open(people, people.dele)
    assert as_(people.dele).get(f"/reviews/{rows(BreakGlass)[0].pk}/").status_code == 404


def test_a_supervisor_involves_someone_whom_she_finds_by_name(people: Cast) -> None:
    browser, address = as_(people.bea), f"/children/{people.code}/involved/begin/"
    today = timezone.localdate()
    first = sent(browser, address, who="Pritchard", capacity="conference-chair", **on("from_on", today))
    assert first.status_code == 422 and "Cai Pritchard" in first.content.decode()
    answer = sent(
        browser,
        address,
        who="Pritchard",
        chosen=f"practitioner:{people.cai.pk}",
        capacity="conference-chair",
        **on("from_on", today),
    )
    assert answer.status_code == 302
    assert rows(Involvement, practitioner=people.cai, capacity="conference-chair")
    page = browser.get(f"/children/{people.code}/involved/").content.decode()
    assert "Cai Pritchard" in page and "Conference chair" in page


def test_a_name_that_nobody_bears_is_said_at_its_field(people: Cast) -> None:
    answer = sent(
        as_(people.bea),
        f"/children/{people.code}/involved/begin/",
        who="Zzyzx",
        capacity="supervisor",
        **on("from_on", timezone.localdate()),
    )
    assert answer.status_code == 422 and "Nobody of that name" in answer.content.decode()


def test_someone_who_was_not_offered_cannot_be_chosen(people: Cast) -> None:
    answer = sent(
        as_(people.bea),
        f"/children/{people.code}/involved/begin/",
        who="Pritchard",
        chosen=f"practitioner:{people.gus.pk}",
        capacity="supervisor",
        **on("from_on", timezone.localdate()),
    )
    assert answer.status_code == 422 and not rows(Involvement, practitioner=people.gus)


def test_a_supervisor_ends_an_involvement_and_two_who_do_are_told_of_each_other(people: Cast) -> None:
    row = rows(Involvement, practitioner=people.fern)[0]
    address, until = f"/children/{people.code}/involved/{row.pk}/end/", on("until_on", timezone.localdate())
    answer = sent(as_(people.bea), address, because="She has left the school.", **until)
    assert answer.status_code == 302
    late = as_(people.bea).post(address, {"version": 1, "because": "Another reason", **until})
    assert late.status_code == 409 and "Another reason" in late.content.decode()


def test_a_social_worker_may_not_say_who_works_with_the_child(people: Cast) -> None:
    assert as_(people.amira).get(f"/children/{people.code}/involved/begin/").status_code == 403


def test_whoever_says_that_she_has_a_tie_is_shut_out_from_then_on(people: Cast) -> None:
    browser = as_(people.amira)
    answer = sent(browser, f"/children/{people.code}/tie/", kind="friend", says="I know the mother.")
    assert answer.status_code == 302
    assert browser.get(f"/children/{people.code}/").status_code == 404
    assert rows(Conflict, practitioner=people.amira)


def test_a_custodian_names_someone_restricts_and_records_a_tie(people: Cast) -> None:
    browser, here = as_(people.ines), f"/children/{people.code}/reach/"
    today = on("from_on", timezone.localdate())
    nobody = sent(browser, f"{here}set/", restriction="restricted", because="The father works here.")
    assert nobody.status_code == 422 and "Name those who may know of it first" in nobody.content.decode()
    who = f"practitioner:{people.amira.pk}"
    assert sent(browser, f"{here}name/", who="Amira", chosen=who, because="Allocated", **today).status_code == 302
    assert sent(browser, f"{here}set/", restriction="restricted", because="The father works here.").status_code == 302
    assert as_(people.amira).get(f"/children/{people.code}/").status_code == 200
    assert as_(people.bea).get(f"/children/{people.code}/").status_code == 404
    tie = sent(
        browser,
        f"{here}tie/",
        who="Cai",
        chosen=f"practitioner:{people.cai.pk}",
        kind="neighbour",
        says="Next door.",
        **today,
    )
    assert tie.status_code == 302
    page = browser.get(here).content.decode()
    assert "Restricted" in page and "Amira Sesay" in page and "Cai Pritchard" in page and "Hal Moss" in page
    named, conflict = rows(Named)[0], rows(Conflict, practitioner=people.cai)[0]
    last = sent(browser, f"{here}name/{named.pk}/end/", **on("until_on", timezone.localdate()))
    assert last.status_code == 422, "nobody could open it"
    ended = sent(
        browser, f"{here}tie/{conflict.pk}/end/", because="Moved away.", **on("until_on", timezone.localdate())
    )
    assert ended.status_code == 302 and "Cai Pritchard" not in browser.get(here).content.decode()


def test_who_has_looked_is_shown_with_what_is_unusual(people: Cast) -> None:
    broken_open(people, people.dele).get(f"/children/{people.code}/")
    as_(people.amira).get(f"/children/{people.code}/involved/")
    page = as_(people.jo).get(f"/children/{people.code}/access/").content.decode()
    assert "Dele Anand" in page and "Opened in an emergency by someone who is not involved." in page
    assert "Amira Sesay" in page and "who is involved" in page
    marked = as_(people.jo).get(f"/children/{people.code}/access/?marked=1&until=nonsense")
    assert marked.status_code == 200
    assert as_(people.amira).get(f"/children/{people.code}/access/").status_code == 403


def test_a_custodian_asks_a_second_person_to_destroy_what_was_kept(people: Cast) -> None:
    broken_open(people, people.dele)
    browser, address = as_(people.ines), f"/children/{people.code}/access/destroy/"
    page = browser.get(address).content.decode()
    place = re.findall(r'name="entries"[^>]* value="([0-9]+)"', page)[0]
    answer = sent(browser, address, entries=place, because="A court has ordered it.")
    assert answer.status_code == 302 and answer["Location"].startswith("/approvals/")
    assert as_(people.jo).get(address).status_code == 403
