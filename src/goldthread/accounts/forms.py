"""Forms of invitation and administration: the shape of what is typed, and nothing of what may be done."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from goldthread.accounts.models import Account
from goldthread.agencies.vocabulary import (
    ORGANISATION_WORDS,
    QUALIFICATION_WORDS,
    ROLE_WORDS,
    OrganisationKind,
    Qualification,
    Role,
)
from goldthread.ui.forms import (
    ConfirmField,
    DateField,
    EmailField,
    FilterForm,
    Form,
    LongTextField,
    OnceForm,
    PassphraseField,
    SelectField,
    TextField,
    VersionedForm,
)

ROLES = [("", "Choose a role"), *((one.value, word) for one, word in ROLE_WORDS.items())]
KINDS = [("", "Choose a kind"), *((one.value, word) for one, word in ORGANISATION_WORDS.items())]
QUALIFICATIONS = [("", "Choose a qualification"), *((one.value, word) for one, word in QUALIFICATION_WORDS.items())]
BECAUSE = "Say why, so that another person can follow it"


class NewPassword(Form):
    """A first password."""

    password = PassphraseField(
        "Choose a password",
        missing="Choose a password",
        new=True,
        hint="12 characters or more. Three or four words in a row are good.",
    )
    again = PassphraseField("The same password again", missing="Type the password again", new=True)

    def __init__(self, *args: Any, account: Account, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.account = account

    def clean(self) -> dict[str, Any]:
        """Judge the password."""
        said = super().clean() or {}
        password, again = said.get("password"), said.get("again")
        if password and again and password != again:
            self.add_error("again", "The two passwords differ. Type the same one twice.")
        if password:
            try:
                validate_password(password, self.account)
            except ValidationError as error:
                self.add_error("password", error)
        return said


class PeopleSearch(FilterForm):
    """Whom to list."""

    words = TextField("Name, email or registration", longest=100)
    organisation = SelectField("Organisation", choices=())
    role = SelectField("Role", choices=[("", "Any role"), *ROLES[1:]])
    without_account = ConfirmField("Without an account only")
    former = ConfirmField("Also those who hold no post now")


class _Details(Form):
    name = TextField("Name", missing="Enter her or his name")
    title = TextField("Job title")
    email = EmailField("Work email")
    phone = TextField("Work telephone", longest=30)
    registered_with = TextField("Registered with", longest=100, hint="For example Social Work England.")
    registration = TextField("Registration number", longest=40)


class NewPerson(OnceForm, _Details):
    """A practitioner with her first post."""

    team = SelectField("Team", choices=(), missing="Choose a team")
    role = SelectField("Role", choices=ROLES, missing="Choose a role")
    from_on = DateField("First day of the post", missing="Enter the first day of the post")


class Person(VersionedForm, _Details):
    """A practitioner."""


class NewPost(OnceForm):
    """A post, or the request for one with a high role."""

    team = SelectField("Team", choices=(), missing="Choose a team")
    role = SelectField("Role", choices=ROLES, missing="Choose a role")
    from_on = DateField("First day", missing="Enter the first day")
    until_on = DateField("Until", hint="The first day on which the post is no longer held, if that is known.")
    because = LongTextField(
        "Reasons",
        longest=2000,
        hint="Needed for a role that a second person must approve: governance, custodian, administrator.",
    )


class Until(VersionedForm):
    """When something ends."""

    until_on = DateField("Until", missing="Enter the day", hint="The first day on which it no longer holds.")


class NewQualification(OnceForm):
    """A qualification that someone holds."""

    qualification = SelectField("Qualification", choices=QUALIFICATIONS, missing="Choose a qualification")
    from_on = DateField("Held from", missing="Enter the day from which it is held")


class NewAccount(OnceForm):
    """An account to be opened."""

    email = EmailField("Email address to sign in with", missing="Enter the email address to sign in with")


class Email(VersionedForm):
    """Another sign-in name."""

    email = EmailField("Email address to sign in with", missing="Enter the email address to sign in with")


class Because(VersionedForm):
    """Reasons for something that is done at once."""

    because = LongTextField("Reasons", longest=2000, missing=BECAUSE)


class AskBecause(OnceForm):
    """Reasons for something that another person decides."""

    because = LongTextField("Reasons", longest=2000, missing=BECAUSE)


class Tie(OnceForm):
    """The name under which an agency's own sign-in knows someone."""

    provider = SelectField("Agency's sign-in", choices=(), missing="Choose the agency's sign-in")
    subject = TextField(
        "Name there", longest=255, missing="Enter the name under which the agency's sign-in knows her",
        hint="Its subject, as the agency gives it; never an email address.",
    )  # fmt: skip


class NewOrganisation(OnceForm):
    """An organisation."""

    kind = SelectField("Kind", choices=KINDS, missing="Choose a kind")
    name = TextField("Name", missing="Enter the name")
    code = TextField("Code", longest=20, hint="A council's three digits, or an NHS or school number.")
    from_on = DateField("Worked with from", missing="Enter the day")


class ChangedOrganisation(VersionedForm):
    """An organisation as it is to be."""

    name = TextField("Name", missing="Enter the name")
    code = TextField("Code", longest=20)
    from_on = DateField("Worked with from", missing="Enter the day")
    until_on = DateField("Until")


class NewTeam(OnceForm):
    """A team."""

    name = TextField("Name", missing="Enter the name")
    email = EmailField("Shared email")
    phone = TextField("Telephone", longest=30)
    from_on = DateField("Works from", missing="Enter the day")


class ChangedTeam(VersionedForm):
    """A team as it is to be."""

    name = TextField("Name", missing="Enter the name")
    email = EmailField("Shared email")
    phone = TextField("Telephone", longest=30)
    from_on = DateField("Works from", missing="Enter the day")
    until_on = DateField("Until")


def role_of(said: str) -> Role:
    """This will give the role that was chosen."""
    return Role(said)


def kind_of(said: str) -> OrganisationKind:
    """This will give the kind that was chosen."""
    return OrganisationKind(said)


def qualification_of(said: str) -> Qualification:
    """This will give the qualification that was chosen."""
    return Qualification(said)
