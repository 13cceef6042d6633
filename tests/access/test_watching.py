"""The net under every page of the tests is shown to hold: a page that shows a record without a line of the audit fails."""

from __future__ import annotations

import pytest
import staff
from cast import NOW
from cast import cast as named_people
from django.http import HttpResponse
from watching import Unseen, Watching, check_audited, shown_in

from goldthread.access import gate
from goldthread.kernel import references
from goldthread.kernel.acting import Actor, ActorKind


def answer(page: str, request: str = "") -> HttpResponse:
    response = HttpResponse(page)
    response["X-Request-ID"] = request
    return response


def test_marks_and_words_are_both_read() -> None:
    first, second = references.make(1), references.make(2**39)
    assert shown_in(f'<li data-record="{first}">Ada</li><p>{second}</p>') == {first, second}
    assert shown_in("<p>AAAA-BBBB-C and 1234-5678-12</p>") == set()


@pytest.mark.django_db
def test_a_record_that_the_request_left_no_line_about_is_noticed() -> None:
    people = named_people()
    page = f'<div data-record="{people.code}">her name</div>'
    with pytest.raises(Unseen):
        check_audited(answer(page, "a" * 32))
    by = Actor(ActorKind.PRACTITIONER, people.amira.pk, request="a" * 32)
    with gate.open_record(by=by, at=NOW, code=people.code):
        pass
    check_audited(answer(page, "a" * 32))
    with pytest.raises(Unseen):
        check_audited(answer(page, "b" * 32))


@pytest.mark.django_db
def test_everybody_who_signs_in_in_a_test_is_watched() -> None:
    assert isinstance(staff.signed_in(staff.account()), Watching)
