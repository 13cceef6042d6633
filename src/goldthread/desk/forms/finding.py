"""Forms of searching, and of beginning a record. All are sent by POST: a name must not stand in an address."""

from __future__ import annotations

from datetime import timedelta

from goldthread.people.vocabulary import SEX_WORDS
from goldthread.ui.forms import DateField, Form, Look, OnceForm, RadiosField, TextField, Width, YesNoField

LONGEST_OVERDUE = timedelta(weeks=6)
"""How long after the expected day a child may still be unborn, for a form that asks twice before it takes it."""

QUIET = Look(width=Width.TWO_THIRDS, autocomplete="off", spellcheck=False)


class SearchForm(Form):
    """What is known of whoever is looked for. At least one answer is needed."""

    mark_optional = False

    name = TextField(
        "Name", hint="Given name, family name or both, in any order, however spelt", longest=200, look=QUIET
    )
    born_on = DateField("Date of birth, or the day a baby is expected", hint="For example, 27 3 2019")
    identifier = TextField(
        "Number",
        hint="NHS number, UPN, or the reference of a record",
        longest=60,
        look=Look(width=Width.CHARACTERS_20, autocomplete="off"),
    )
    address = TextField("Address or postcode", longest=200, look=QUIET)
    phone = TextField(
        "Telephone number or email address", longest=200, look=Look(width=Width.CHARACTERS_20, autocomplete="off")
    )

    def clean(self) -> None:
        """Ask for one answer at least."""
        if not self.errors and not any(self.cleaned_data.values()):
            self.add_error("name", "Enter a name, a date, a number, an address or a telephone number")


class BeginForm(OnceForm):
    """A child who has no record yet."""

    given = TextField("Given name", hint="Leave it empty for a baby who has no name yet", longest=120, look=QUIET)
    family = TextField("Family name", missing="Enter the family name", longest=120, look=QUIET)
    born = YesNoField("Has the child been born?", missing="Say whether the child has been born")
    born_on = DateField(
        "Date of birth, or the day on which the baby is expected",
        missing="Enter the date",
        hint="For example, 27 3 2019",
    )
    exact = YesNoField(
        "Is the date exact?", missing="Say whether the date is exact", hint="It is not, if it comes from an age"
    )
    sex = RadiosField("Sex", choices=[(one.value, said) for one, said in SEX_WORDS.items()], missing="Choose one")

    def clean(self) -> None:
        """Hold the date to whether the child has been born."""
        born, day = self.cleaned_data.get("born"), self.cleaned_data.get("born_on")
        if day is None or born is None or self.on is None:
            return
        if born and day > self.on:
            self.add_error("born_on", "A child who has been born was born today or before")
        if not born and day < self.on - LONGEST_OVERDUE:
            self.add_error("born_on", "This baby would have been born long ago. Enter the day that is expected now")
