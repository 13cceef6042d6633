"""Pages of the desk with invented facts in every state, for tests of how they look and read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from goldthread.desk.forms.chronology import ChronologyFilter
from goldthread.desk.forms.days import Days
from goldthread.desk.forms.finding import SearchForm
from goldthread.desk.forms.keeping import EmergencyForm, ReviewForm
from goldthread.desk.forms.work import WorkFilter
from goldthread.desk.pages.child import (
    AccessPage,
    ChildPage,
    ChronologyPage,
    DetailsPage,
    DutiesPage,
    FamilyPage,
    Head,
    Involved,
    InvolvedPage,
    Look,
    Part,
    PrintPage,
)
from goldthread.desk.pages.days import AsOf
from goldthread.desk.pages.finding import ClosedPage, Hit, SearchPage
from goldthread.desk.pages.keeping import About, CustodyPage, Kept, NoticesPage, ReviewsPage, Told, ToReview
from goldthread.desk.pages.work import Count, Drift, Group, TeamPage, View, Worker, WorkPage
from goldthread.duties.findings import State
from goldthread.people.tree.drawing import draw
from goldthread.people.tree.family import Couple, Family, Household, Parent, Person, Sex
from goldthread.people.tree.listing import listing
from goldthread.ui.pages import (
    Alert,
    Fact,
    Filtering,
    Happening,
    Identity,
    Link,
    Owed,
    Paging,
    Step,
    Tag,
    Tone,
    Why,
)

TODAY = date(2026, 5, 14)
NOW = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)
CODE = "7F3K-92QD-X"
HERE = f"/children/{CODE}/"

WHY = Why(
    "Finish an assessment within 45 working days of the referral.",
    (Step("A referral was received", date(2026, 3, 9)), Step("45 working days are counted from the day after"),
     Step("Good Friday and Easter Monday are skipped"), Step("So it is due on", date(2026, 5, 14))),
    "Working Together 2023, statement 159.1",
)  # fmt: skip


def owed(state: State, due: date | None, distance: str, *, about: bool = True, **more: Any) -> Owed:
    return Owed(
        "Finish the assessment within 45 working days of the referral.",
        state,
        due,
        distance,
        Link("Amina Yusuf-Featherstonehaugh", HERE) if about else None,
        why=WHY,
        record=CODE if about else "",
        **more,
    )


IDENTITY = Identity(
    "Amina Yusuf-Featherstonehaugh",
    CODE,
    HERE,
    facts=(
        Fact("Age", "7 years", when=date(2019, 3, 27)),
        Fact("Last seen", when=date(2026, 5, 1), note="13 days ago"),
        Fact("Last seen alone"),
        Fact("Speaks", "Somali", note="An interpreter is needed"),
        Fact("How to communicate", "Uses pictures; give her time"),
    ),
    alerts=(Alert("Hidden address", Tone.URGENT), Alert("On a child protection plan", Tone.WARN, "since March")),
    links=(
        Link("Now", HERE, "page"),
        Link("Duties", f"{HERE}duties/"),
        Link("Chronology", f"{HERE}chronology/"),
        Link("Family", f"{HERE}family/"),
        Link("Details", f"{HERE}details/"),
        Link("Who is involved", f"{HERE}involved/"),
        Link("Who has looked", f"{HERE}access/"),
    ),
    restricted=True,
)
AS_OF = AsOf(TODAY)
EARLIER = AsOf(TODAY, date(2026, 3, 1), date(2026, 4, 1))


def head(as_of: AsOf = AS_OF) -> Head:
    return Head(IDENTITY, CODE, as_of, HERE)


WORKERS = (
    Involved("Bea Lindqvist", "Allocated social worker", "Safeguarding 1, Anyborough", ("01632 960 001",), date(2026, 3, 10)),
    Involved("Noor Haddad", "Health visitor", "Anyborough Community Health", ("noor.haddad@health.example",),
             date(2025, 1, 6), date(2026, 1, 5), "Moved to another area", end=Link("End", "#", context="of Noor")),
)  # fmt: skip
HAPPENINGS = (
    Happening("Child seen", date(2026, 5, 1), "Alone, at school. She drew her house with nobody in it.", "Bea Lindqvist", tags=(Tag("Seen alone", Tone.CALM),)),
    Happening("Assessment started", date(2026, 3, 10), by="Bea Lindqvist", corrected="Corrects 12 March: the wrong day was written."),
    Happening("Contact received", None, "From a neighbour", voided=True, day_words="on a day that is not known"),
)  # fmt: skip


def family() -> Family:
    return Family(
        TODAY,
        (
            Person("m", "Hodan Yusuf", Sex.FEMALE, date(1991, 5, 4)),
            Person("f", "Idris Featherstonehaugh", Sex.MALE, date(1989, 5, 4)),
            Person("a", "Amina Yusuf-Featherstonehaugh", Sex.FEMALE, date(2019, 3, 27), subject=True, href=HERE),
            Person("b", "", due=date(2026, 7, 1)),
        ),
        (Parent("m", "a", responsibility=True), Parent("f", "a"), Parent("m", "b"), Couple("m", "f")),
        (Household("A home whose address is hidden", ("m", "a")),),
    )


def work(*, empty: bool = False, crowded: bool = False) -> WorkPage:
    groups = () if empty else (
        Group("Overdue", [owed(State.OVERDUE, date(2026, 5, 11), "3 days late", holder="Bea Lindqvist")] * (20 if crowded else 1), 1204 if crowded else 1, "overdue"),
        Group("Today", [owed(State.DUE_SOON, TODAY, "today")], 1, "today"),
        Group("Tomorrow", [owed(State.DUE_SOON, date(2026, 5, 15), "tomorrow", notes=("The date may change: a day is not known.",))], 1, "tomorrow"),
        Group("No date", [owed(State.JUDGEMENT, None, "open for 12 days")], 1, "judgement"),
    )  # fmt: skip
    counts = () if empty else (Count(1204 if crowded else 1, "overdue", "?state=overdue", urgent=True), Count(1, "due today"), Count(0, "notices to read"))  # fmt: skip
    paging = Paging(2, 50, 1207, {1: "?page=1", 2: "?page=2", 3: "?page=3", 25: "?page=25"}, "duties")
    whose = (Link("Mine", "/my-work/", "page"), Link("My team", "?whose=team"), Link("My agency", "?whose=agency"))
    return WorkPage("My work", whose, counts, groups, Filtering("/my-work/", method="post", heading="Filter"), crowded,
                    paging if crowded else None, (View("Reviews this month", "?a=1", "#change", current=True),),
                    "#keep", (Link("7F3K-92QD-X", HERE),) if crowded else ())  # fmt: skip


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """By name: the template, and what it is given."""
    work_form, days = WorkFilter({}), Days(on=TODAY)
    searched = SearchForm({"name": "Amina"})
    searched.is_valid()
    found = SearchPage(True, (
        Hit(CODE, "Amina Yusuf-Featherstonehaugh", HERE, "born 27 March 2019, aged 7", ("sounds like the name", "day and month swapped"), True),
        Hit("0000-0000-0", "Amina Yusuf", "/children/0000-0000-0/", "unborn, due 1 July 2026", ("the same name",), False, "Found through Hodan Yusuf, mother"),
    ), more=True, begin="/search/begin/")  # fmt: skip
    told = Told(1, CODE, Link("Amina Yusuf", HERE), "Col Strand", "Assessment, Anyborough", "opened this record in an emergency",
                NOW, None, "A child is missing. The police rang.", Link("Review it", "/reviews/1/", context="for it"))  # fmt: skip
    review = ToReview(1, CODE, "Amina Yusuf", "Col Strand", "Assessment, Anyborough", "A child is missing", "The police rang.",
                      NOW, NOW, TODAY, True, "/reviews/1/", looks=("14 May 2026 at 9:31am: read the first page",))  # fmt: skip
    over = ToReview(2, CODE, "", "Col Strand", "", "A child is missing", "The police rang.", NOW, NOW, TODAY, False,
                    "/reviews/2/", "It was an emergency", "All right.", "Sam Okoye", NOW)  # fmt: skip
    kept = Kept("Bea Lindqvist", "Safeguarding 1", "Allocated", TODAY, None, Link("End", "#", context="of Bea"))
    look = Look(TODAY, "Col Strand", "Assessment", ("read the first page",), NOW, NOW, 3, ("A line of the policy.",), (Tag("At night or at a weekend.", Tone.WARN),))  # fmt: skip
    quiet = Look(TODAY, "The system (load)", "", ("took in from a file",), NOW, NOW, 1, (), ())
    chronology = Filtering(f"{HERE}chronology/", method="post")
    return {
        "work": ("desk/work.html", {"page": work(), "form": work_form}),
        "work-empty": ("desk/work.html", {"page": work(empty=True), "form": work_form}),
        "work-crowded": ("desk/work.html", {"page": work(crowded=True), "form": work_form}),
        "team": ("desk/team.html", {"page": TeamPage("Safeguarding 1", (Link("Safeguarding 1", "?", "page"), Link("Safeguarding 2", "?team=2")),
            (Worker("Bea Lindqvist", "Social worker", Count(14, "children", "?"), Count(3, "overdue", "?"), Count(2, "due", "?"), Count(1, "not seen", "?")),),
            Count(2, "children with nobody allocated"), (Drift(Link("Amina Yusuf", HERE), CODE, "Child protection plan", TODAY, TODAY, "Bea Lindqvist"),), 12, 4)}),
        "child": ("desk/child/child.html", {"page": ChildPage(head(), (Fact("Child protection plan", when=TODAY, note="for neglect"), Fact("Assessment", when=TODAY)),
            (owed(State.OVERDUE, TODAY, "3 days late", about=False), owed(State.RUNNING, TODAY, "in 30 days", about=False)), 12, WORKERS[:1], HAPPENINGS, (Link("Involve someone", "#"),)), "days": days}),
        "child-earlier": ("desk/child/child.html", {"page": ChildPage(head(EARLIER), (), (), 0, (), ()), "days": days}),
        "duties": ("desk/child/duties.html", {"page": DutiesPage(head(), (owed(State.OVERDUE, TODAY, "3 days late", about=False),), (owed(State.MET_LATE, TODAY, "", about=False),), "Dates rest on Working Together 2023."), "days": days}),
        "chronology": ("desk/child/chronology.html", {"page": ChronologyPage(head(), HAPPENINGS, chronology, False, "?before=1", "", f"{HERE}chronology/print/"), "days": days, "form": ChronologyFilter({})}),
        "chronology-empty": ("desk/child/chronology.html", {"page": ChronologyPage(head(), (), chronology, True, "", "?", ""), "days": days, "form": ChronologyFilter({})}),
        "print": ("desk/child/print.html", {"page": PrintPage(head(), HAPPENINGS, ("from 1 March 2026",), "Bea Lindqvist", NOW, True)}),
        "family": ("desk/child/family.html", {"page": FamilyPage(head(), draw(family()), listing(family()), True, {"a": CODE}), "days": days}),
        "family-empty": ("desk/child/family.html", {"page": FamilyPage(head(), None, (), False), "days": days}),
        "details": ("desk/child/details.html", {"page": DetailsPage(head(), (Part("Names", (Fact("Name", "Amina", when=TODAY),)), Part("Addresses", (Fact("Home", sensitive="hidden"),), note="One is withheld."), Part("Telephone", ()))), "days": days}),
        "involved": ("desk/child/involved.html", {"page": InvolvedPage(head(), WORKERS[:1], WORKERS[1:], "#"), "days": days}),
        "access": ("desk/access.html", {"page": AccessPage(CODE, "Amina Yusuf", (look, quiet), 1, TODAY, TODAY, "?", "?", False, Link("Show only what is marked", "?"), "/d/", Link("The record", HERE))}),
        "access-empty": ("desk/access.html", {"page": AccessPage(CODE, "", (), 0, TODAY, TODAY, "?", "", True, Link("Show every look", "?"))}),
        "search": ("desk/search.html", {"page": SearchPage(), "form": SearchForm()}),
        "found": ("desk/search.html", {"page": found, "form": searched}),
        "found-nothing": ("desk/search.html", {"page": SearchPage(True, begin="/search/begin/"), "form": searched}),
        "closed": ("desk/closed.html", {"page": ClosedPage(CODE, "Amina Yusuf", "born 27 March 2019, aged 7", ("Bea Lindqvist, allocated social worker, 01632 960 001",), "#", "You may not open and read it: you are not involved with this record.")}),
        "emergency": ("desk/form.html", {"form": EmergencyForm(), "title": "Open it in an emergency", "submit": "Open it", "back": "/search/", "intro": ("It is open to you for an hour.",), "about": About(CODE, "Amina Yusuf"), "kind": "warning", "other": None}),
        "end-emergency": ("desk/end_emergency.html", {"about": About(CODE, "Amina Yusuf"), "back": HERE}),
        "notices": ("desk/notices.html", {"page": NoticesPage((told,), (told,))}),
        "notices-empty": ("desk/notices.html", {"page": NoticesPage((), ())}),
        "reviews": ("desk/reviews.html", {"page": ReviewsPage((review,), (over,))}),
        "reviews-empty": ("desk/reviews.html", {"page": ReviewsPage((), ())}),
        "review": ("desk/review.html", {"page": review, "form": ReviewForm(initial={"version": 1})}),
        "reviewed": ("desk/review.html", {"page": over, "form": ReviewForm(initial={"version": 1})}),
        "custody": ("desk/custody.html", {"page": CustodyPage(CODE, "Amina Yusuf", "Restricted", "Only those who are named on it know that it exists.", "#", (kept,), (), "#", "#", "#")}),
    }  # fmt: skip
