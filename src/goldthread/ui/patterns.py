"""What the pattern page shows: every part in every state, about invented people, with days that never change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest

from goldthread.duties.findings import State
from goldthread.kernel.errors import NotNow
from goldthread.ui import forms
from goldthread.ui.forms import Look, Size, Width
from goldthread.ui.pages import (
    Alert,
    Banner,
    BannerKind,
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

REASONS = [("referral", "A referral"), ("review", "A review"), ("other", "Something else")]


class EveryField(forms.OnceForm):
    """One field of each kind."""

    reason = forms.RadiosField(
        "Why are you opening this record?",
        choices=REASONS,
        missing="Say why you are opening this record",
        look=Look(hints={"referral": "Somebody has told the council of a concern."}, reveals={"other": "other_reason"}),
    )
    other_reason = forms.TextField("What is the reason?", look=Look(width=Width.TWO_THIRDS))
    seen_on = forms.DateField(
        "The day she was seen", missing="Enter the day she was seen", hint="For example, 27 3 2026"
    )
    alone = forms.YesNoField("Was she seen alone?", missing="Say whether she was seen alone")
    present = forms.CheckboxesField(
        "Who was there?", choices=[("mother", "Her mother"), ("father", "Her father"), ("teacher", "A teacher")]
    )
    language = forms.SelectField(
        "Language spoken", choices=[("", ""), ("en", "English"), ("pa", "Panjabi"), ("bsl", "British Sign Language")]
    )
    words = forms.LongTextField(
        "What she said",
        missing="Write down what she said, in her own words",
        hint="Her own words, as far as you can.",
        longest=2000,
        look=Look(counted=True, spellcheck=True, size=Size.SMALL),
    )
    notes = forms.LongTextField("Notes", look=Look(rows=3))
    email = forms.EmailField("Email address", look=Look(width=Width.TWO_THIRDS, autocomplete="email"))
    minutes = forms.WholeNumberField(
        "How long the visit took", least=1, most=600, look=Look(suffix="minutes", width=Width.CHARACTERS_5)
    )
    passphrase = forms.PassphraseField("Your password", missing="Enter your password")
    checked = forms.ConfirmField("I have checked the names and dates", missing="Say that you have checked them")


class Narrowing(forms.FilterForm):
    """A filter's fields."""

    state = forms.CheckboxesField(
        "State", choices=[("overdue", "Overdue"), ("due-soon", "Due soon")], look=Look(small=True), initial=["overdue"]
    )
    holder = forms.SelectField("Whose", choices=[("me", "Mine"), ("team", "My team's")])


SENT = {
    "reason": "other",
    "seen_on_day": "31",
    "seen_on_month": "",
    "seen_on_year": "2026",
    "words": "<b>I want to go home.</b>",
    "email": "not an address",
    "minutes": "a while",
    "language": "pa",
}

IDENTITY = Identity(
    name="Amina Farrow-Hale",
    code="KTM-4821",
    href="#identity",
    restricted=True,
    alerts=(
        Alert("Hidden address", Tone.URGENT, "do not tell anyone where she lives"),
        Alert("Deaf: British Sign Language", Tone.WARN, "book an interpreter"),
    ),
    facts=(
        Fact("Born", "14 March 2017", note="9 years old"),
        Fact("Lives at", "3 Alder Court, Fenwick", sensitive="Not shown to all"),
        Fact("Social worker", "Josie Bramhall", href="#identity"),
        Fact("Seen", "27 March 2026", note="5 days ago"),
        Fact("Seen alone", ""),
    ),
    links=(
        Link("Overview", "#identity", "page"),
        Link("Chronology", "#timeline"),
        Link("Family", "#facts"),
        Link("Who has looked", "#table"),
    ),
)

FACTS = (
    Fact("Name", "Amina Farrow-Hale", act=Link("Change", "#facts", context="her name")),
    Fact("Also known as", "\u202eelaH-worraF anima\u202c", note="A name that is written from right to left."),
    Fact("Social worker", "Josie Bramhall", href="/patterns/"),
    Fact("NHS number", "", act=Link("Add", "#facts", context="an NHS number")),
    Fact("Address", "3 Alder Court, Fenwick", sensitive="Not shown to all", when=date(2026, 1, 5)),
)

TABLE = Table(
    caption="Duties of this week",
    columns=(
        Column("Child", sort_href="#table", sorted="ascending"),
        Column("What is owed", sort_href="#table"),
        Column("State"),
        Column("Days", numeric=True),
    ),
    rows=(
        (
            Cell("Amina Farrow-Hale", href="#table", note="KTM-4821"),
            "A decision on the referral within one working day",
            Cell(state=State.OVERDUE),
            "3",
        ),
        (
            Cell("Teodor Quill", href="#table", sensitive="Restricted record"),
            Cell("A visit", tag=Tag("Local", Tone.CALM)),
            Cell(state=State.DUE_SOON),
            "2",
        ),
    ),
)

TIMELINE = (
    Happening(
        "Strategy discussion held", date(2026, 3, 27), "Police, health and the school took part.", by="J. Bramhall"
    ),
    Happening(
        "Seen alone at school",
        date(2026, 3, 24),
        "She drew her house with two doors.\nShe said who may come in.",
        tags=(Tag("Child's voice", Tone.CALM),),
        sensitive="From a third party",
    ),
    Happening(
        "Referral received",
        date(2026, 3, 20),
        corrected="Corrected on 23 March 2026: it was recorded as 19 March.",
        by="Front door",
    ),
    Happening("Contact from a neighbour", None, day_words="In winter 2025", voided=True),
)

WHY = Why(
    "A decision on a referral is made within one working day.",
    (
        Step("The referral was received.", date(2026, 3, 20)),
        Step("Saturday and Sunday are not counted.", None),
        Step("One working day later is the last day in time.", date(2026, 3, 23)),
    ),
    "Working Together to Safeguard Children 2023, chapter 3",
)


DUTIES = (
    Owed(
        "decide on the referral within one working day",
        State.OVERDUE,
        date(2026, 3, 23),
        "9 days late",
        Link("Amina Farrow-Hale", "#duties"),
        "The local authority",
        WHY,
        tags=(Tag("Must", Tone.PLAIN),),
    ),
    Owed(
        "see her alone as often as she needs",
        State.JUDGEMENT,
        about=Link("Teodor Quill", "#duties"),
        notes=("Seen 5 days ago. No number of days is set for this.",),
    ),
)


def shown(request: HttpRequest) -> dict[str, Any]:
    """This will give what the page's template needs."""
    wrong = EveryField(dict(SENT, form_id="-" * 24), on=date(2026, 4, 1), auto_id="wrong_%s")
    wrong.refuse(NotNow("This record is being moved to another authority: nothing can be added to it now."))
    return {
        "banner": Banner(
            BannerKind.BREAK_GLASS,
            "Emergency access is open.",
            "You are not involved with this child; her social worker has been told that you are here.",
            Link("End it now", "#banners"),
            datetime(2026, 4, 1, 14, 30, tzinfo=UTC),
        ),
        "identity": IDENTITY,
        "facts": FACTS,
        "table": TABLE,
        "empty": Table("Nothing", (), (), empty="Nothing is due in the next two weeks."),
        "timeline": TIMELINE,
        "why": WHY,
        "duties": DUTIES,
        "states": list(State),
        "tags": [Tag(tone.capitalize(), tone) for tone in Tone],
        "paging": Paging(4, 25, 1204, dict.fromkeys((1, 3, 4, 5, 49), "#paging"), of="duties"),
        "filtering": Filtering(
            "#filter",
            chosen={"State": (Chosen("Overdue", "#filter"),)},
            clear_href="#filter",
            heading="Narrow the list",
        ),
        "narrowing": Narrowing(auto_id="narrow_%s"),
        "blank": EveryField(auto_id="blank_%s", on=date(2026, 4, 1)),
        "wrong": wrong,
        "beside": (Link("Mine", "#beside", "page"), Link("My team's", "#beside"), Link("The agency's", "#beside")),
        "crumbs": (Link("My work", "#crumbs"), Link("Amina Farrow-Hale", "#crumbs"), Link("Chronology", "")),
        "next": Link("See what is due later", "#empty"),
    }
