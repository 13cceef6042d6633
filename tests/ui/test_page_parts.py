"""The parts of pages say what they are given, escaped, isolated, and never by colour alone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import engines

from goldthread.duties.findings import State
from goldthread.ui.pages import (
    Alert,
    Cell,
    Chosen,
    Column,
    Fact,
    Filtering,
    Happening,
    Identity,
    Link,
    Owed,
    Paging,
    Step,
    Table,
    Tag,
    Tone,
    Why,
)

NAME = "<b>Amina</b> \u202efo eman"


def part(call: str, **facts: Any) -> str:
    """What a part prints, its spaces as a browser sees them."""
    template = '{% import "ui/parts.html" as parts %}{% import "ui/lists.html" as lists %}' + call
    return re.sub(r"\s+", " ", str(engines["jinja2"].from_string(template).render(facts))).strip()


@pytest.mark.parametrize("state", State)
def test_a_state_is_told_by_a_word_and_a_shape_of_its_own(state: State) -> None:
    said = part("{{ parts.state(state) }}", state=state)
    word = re.sub(r"<svg.*</svg>|<[^>]+>", "", said).strip()
    shape = re.search(r"<svg.*</svg>", said)
    assert word
    assert shape
    others = [part("{{ parts.state(state) }}", state=other) for other in State if other is not state]
    assert not [other for other in others if f"> {word}<" in other or shape[0] in other]


def test_a_state_that_nobody_has_named_raises() -> None:
    with pytest.raises(Exception, match="no attribute 'lost'"):
        part("{{ parts.state('lost') }}")


def test_what_a_person_wrote_is_escaped_and_isolated_wherever_it_stands() -> None:
    escaped = "<bdi>&lt;b&gt;Amina&lt;/b&gt; \u202efo eman</bdi>"
    for said in (
        part("{{ parts.identity_bar(who) }}", who=Identity(NAME, "KTM-4821")),
        part("{{ parts.facts(ones) }}", ones=[Fact("Name", NAME)]),
        part("{{ lists.table(t) }}", t=Table("c", [Column("Name")], [[NAME]])),
        part("{{ lists.table(t) }}", t=Table("c", [Column("Name")], [[Cell(NAME, href="/x/")]])),
        part("{{ lists.timeline(ones) }}", ones=[Happening(NAME, date(2026, 3, 3))]),
        part("{{ parts.isolated(name) }}", name=NAME),
    ):
        assert escaped in said
        assert "<b>" not in said


def test_an_identity_bar_says_what_must_be_known_first_and_marks_what_is_kept_from_some() -> None:
    who = Identity(
        "Amina Farrow-Hale",
        "KTM-4821",
        restricted=True,
        alerts=[Alert("Hidden address", Tone.URGENT, "tell nobody")],
        facts=[Fact("Lives at", "3 Alder Court", sensitive="Not shown to all"), Fact("Seen alone")],
        links=[Link("Overview", "/r/", "page"), Link("Family", "/r/f/")],
    )
    said = part("{{ parts.identity_bar(who) }}", who=who)
    assert 'data-record="KTM-4821"' in said
    assert "Restricted record" in said
    assert said.index("Hidden address") < said.index("Lives at")
    assert "Not shown to all" in said
    assert "not recorded" in said
    assert said.count('aria-current="page"') == 1


def test_a_table_has_a_caption_scopes_and_says_by_what_it_is_sorted() -> None:
    columns = [Column("Child", sort_href="?by=child", sorted="descending"), Column("Days", numeric=True)]
    said = part("{{ lists.table(t) }}", t=Table("Duties", columns, [["Amina", Cell("3", note="late")]]))
    assert "Duties</caption>" in said
    assert 'scope="col"' in said
    assert 'aria-sort="descending"><a' in said
    assert '<th scope="row" class="govuk-table__header"><bdi>Amina</bdi></th>' in said
    assert 'govuk-table__cell--numeric"><bdi>3</bdi><span class="gt-note">late</span></td>' in said


def test_an_empty_table_says_a_calm_word_instead() -> None:
    said = part("{{ lists.table(t) }}", t=Table("Duties", [], [], empty="You are up to date."))
    assert "<table" not in said
    assert "You are up to date." in said


def test_a_timeline_says_the_day_in_words_and_for_machines() -> None:
    said = part(
        "{{ lists.timeline(ones) }}",
        ones=[
            Happening(
                "Seen", date(2026, 3, 3), "a\nb", by="J. Bramhall", tags=[Tag("Voice")], corrected="It was 2 March."
            ),
            Happening("Told", None, day_words="in spring", voided=True),
        ],
    )
    assert '<time datetime="2026-03-03">Tuesday 3 March 2026</time>' in said
    assert "in spring" in said
    assert "Withdrawn" in said
    assert "It was 2 March." in said
    assert "by <bdi>J. Bramhall</bdi>" in said


def test_a_duty_says_where_it_stands_by_when_what_and_for_whom() -> None:
    owed = Owed(
        "decide on the referral",
        State.OVERDUE,
        date(2026, 3, 23),
        "9 days late",
        Link("Amina <b>", "/r/", context="her record"),
        holder="The council",
        why=Why("One working day."),
        notes=["The calendar may change."],
        tags=[Tag("Must")],
    )
    said = part("{{ lists.duties([owed]) }}", owed=owed)
    for words in (
        "Overdue",
        "Monday 23 March 2026",
        "9 days late",
        "The council",
        "One working day.",
        "may change",
        "Must",
    ):
        assert words in said, words
    assert 'href="/r/"><bdi>Amina &lt;b&gt;</bdi><span' in said
    assert said.index("Overdue") < said.index("decide on the referral")


def test_how_a_date_was_worked_out_opens_without_scripts() -> None:
    why = Why("One working day.", [Step("Received.", date(2026, 3, 20))], "Chapter 3", "/guidance/3/")
    said = part("{{ parts.why(why) }}", why=why)
    assert said.startswith("<details")
    assert "Friday 20 March 2026" in said
    assert '<a class="govuk-link" href="/guidance/3/">Chapter 3</a>' in said


def test_a_filter_that_asks_for_names_is_posted_with_its_token() -> None:
    call = "{% call lists.filter(f, token) %}<input>{% endcall %}"
    posted = part(call, f=Filtering("/search/", method="post"), token="TOKEN")
    assert 'method="post" action="/search/"' in posted
    assert "TOKEN <input>" in posted
    chosen = Filtering("/my-work/", chosen={"State": [Chosen("Overdue", "/my-work/?")]}, clear_href="/my-work/")
    by_get = part(call, f=chosen, token="TOKEN")
    assert "TOKEN" not in by_get
    assert "Remove this filter: </span>Overdue" in by_get
    assert "Clear filters" in by_get


@pytest.mark.parametrize(
    ("number", "total", "linked", "shown", "says"),
    [
        (1, 0, [1], [1], "Showing 0 to 0 of 0 duties"),
        (1, 25, [1], [1], "Showing 1 to 25 of 25 duties"),
        (4, 1204, [1, 3, 4, 5, 49], [1, None, 3, 4, 5, None, 49], "Showing 76 to 100 of 1,204 duties"),
        (49, 1204, [1, 48, 49], [1, None, 48, 49], "Showing 1,201 to 1,204 of 1,204 duties"),
    ],
)
def test_a_long_list_says_where_in_it_one_is(
    number: int, total: int, linked: list[int], shown: list[int | None], says: str
) -> None:
    paging = Paging(number, 25, total, {each: f"?page={each}" for each in linked}, of="duties")
    said = part("{{ lists.paging(paging) }}", paging=paging)
    assert paging.items == shown
    assert says in said
    assert said.count('aria-current="page"') == (paging.last > 1)
    assert ("Previous" in said) == (number > 1)
    assert ("Next" in said) == (number < paging.last)


def test_a_notice_of_what_has_happened_is_read_out() -> None:
    assert 'role="alert"' in part("{{ parts.notice('Recorded.', 'success') }}")
    assert 'role="region"' in part("{{ parts.notice('A newer edition is in force.') }}")


def test_a_moment_is_said_by_the_clocks_of_england_and_for_machines() -> None:
    at = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)
    assert '<time datetime="2026-07-06T00:30:00+01:00">6 July 2026 at 12:30am</time>' in part(
        "{{ parts.moment(at) }}", at=at
    )
    assert part("{{ parts.day(none) }}") == "not recorded"


def test_links_with_the_same_word_are_told_apart() -> None:
    said = part("{{ parts.link(one) }}", one=Link("Change", "/x/", context="her name"))
    assert 'Change<span class="govuk-visually-hidden"> her name</span>' in said
