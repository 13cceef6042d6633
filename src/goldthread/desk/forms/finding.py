"""Forms of searching, and of beginning a record. All are sent by POST: a name must not stand in an address."""

from __future__ import annotations

from goldthread.people.vocabulary import SEX_WORDS
from goldthread.ui.forms import DateField, Form, Look, OnceForm, RadiosField, TextField, Width, YesNoField

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
    born = YesNoField("Is the child born?", missing="Say whether the child is born")
    born_on = DateField(
        "Date of birth, or the day the baby is expected", missing="Enter the date", hint="For example, 27 3 2019"
    )
    about = YesNoField(
        "Is the date exact?",
        missing="Say whether the date is exact",
        hint="It is not, if it comes from an age that was told",
    )
    sex = RadiosField("Sex", choices=[(one.value, said) for one, said in SEX_WORDS.items()], missing="Choose one")
