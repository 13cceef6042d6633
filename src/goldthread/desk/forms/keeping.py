"""Forms of those who let others near a record, or keep them from it."""

from __future__ import annotations

from goldthread.access.vocabulary import (
    CONFLICT_WORDS,
    EMERGENCY_WORDS,
    VERDICT_WORDS,
    Capacity,
    ConflictKind,
    Emergency,
    Verdict,
    capacity_words,
)
from goldthread.desk.forms.picking import PickingForm
from goldthread.records.models import Restriction
from goldthread.ui.forms import (
    CheckboxesField,
    DateField,
    LongTextField,
    Look,
    OnceForm,
    RadiosField,
    SelectField,
    TextField,
    VersionedForm,
    Width,
)

PARTNERS = (
    "health-visitor", "school-safeguarding-lead", "general-practitioner", "police-officer", "specialist-midwife",
    "nursery-lead", "school-nurse", "mental-health-practitioner", "youth-justice-officer", "paediatrician",
    "domestic-abuse-adviser", "recovery-worker", "probation-officer", "adult-mental-health-worker",
    "education-adviser", "family-court-adviser", "tenancy-worker", "exploitation-worker",
)  # fmt: skip
"""The capacities in which practitioners of other agencies work with a child; a form offers them beside one's own words."""

RESTRICTION_WORDS = {
    Restriction.STANDARD: "Standard",
    Restriction.RESTRICTED: "Restricted",
    Restriction.SEALED: "Sealed",
}
RESTRICTION_SAYS = {
    Restriction.STANDARD: "Those who may search see its name. Opening it needs involvement or an emergency.",
    Restriction.RESTRICTED: "Only those who are named on it know that it exists.",
    Restriction.SEALED: "As restricted, and for good: after an adoption, for example. Not opened in an emergency either.",
}


class EmergencyForm(OnceForm):
    """Why a record is opened in an emergency."""

    reason = RadiosField(
        "Why do you need to open it now?",
        choices=[(one.value, said) for one, said in EMERGENCY_WORDS.items()],
        missing="Choose why you need to open it now",
    )
    because = LongTextField(
        "What has happened?",
        missing="Say in a few words what has happened",
        hint="Who asked, and what you need to know. Whoever reviews this reads it.",
        longest=2000,
        look=Look(rows=4),
    )

    def reason_given(self) -> Emergency:
        """This will give the reason."""
        return Emergency(self.cleaned_data["reason"])


class ReviewForm(VersionedForm):
    """What the review of an emergency came to."""

    verdict = RadiosField(
        "Your view",
        choices=[(one.value, said) for one, said in VERDICT_WORDS.items()],
        missing="Choose what the review came to",
    )
    finding = LongTextField("What you found", missing="Say what you found", longest=2000, look=Look(rows=4))

    def verdict_given(self) -> Verdict:
        """This will give the verdict."""
        return Verdict(self.cleaned_data["verdict"])


class InvolveForm(PickingForm):
    """Who comes to work with a child, and as what."""

    capacity = SelectField(
        "As what?",
        choices=[("", "")] + [(one, capacity_words(one)) for one in (*(each.value for each in Capacity), *PARTNERS)],
        hint="Choose one, or write another below.",
    )
    other_capacity = TextField("Something else", longest=60, look=Look(width=Width.TWO_THIRDS))
    from_on = DateField("From", missing="Enter the day from which", hint="For example, 27 3 2026")

    field_order = ("form_id", "who", "chosen", "capacity", "other_capacity", "from_on")

    def clean(self) -> None:
        """Ask for a capacity, in one of two ways."""
        super().clean()
        if not self.cleaned_data.get("capacity") and not self.cleaned_data.get("other_capacity"):
            self.add_error("capacity", "Choose as what, or write it below")

    @property
    def as_what(self) -> str:
        """The capacity; one's own words go before what was chosen."""
        return str(self.cleaned_data["other_capacity"] or self.cleaned_data["capacity"])


class EndForm(VersionedForm):
    """From which day something no longer holds, and why."""

    until_on = DateField(
        "Until", missing="Enter the day", hint="The first day on which it no longer holds. For example, 27 3 2026"
    )
    because = TextField("Why?", missing="Say why", longest=500)


class RestrictForm(VersionedForm):
    """How far knowledge of a record reaches."""

    restriction = RadiosField(
        "Who may know of it?",
        choices=[(one.value, said) for one, said in RESTRICTION_WORDS.items()],
        missing="Choose who may know of it",
        look=Look(hints={one.value: said for one, said in RESTRICTION_SAYS.items()}),
    )
    because = LongTextField("Why?", missing="Say why", longest=2000, look=Look(rows=4))

    def restriction_given(self) -> Restriction:
        """This will give the restriction."""
        return Restriction(self.cleaned_data["restriction"])


class NameForm(PickingForm):
    """Who may know of a restricted record."""

    because = TextField("Why?", missing="Say why", longest=500)
    from_on = DateField("From", missing="Enter the day from which", hint="For example, 27 3 2026")

    field_order = ("form_id", "who", "chosen", "because", "from_on")


class TieForm(PickingForm):
    """Who has a personal tie to a child or family."""

    kind = RadiosField(
        "What sort of tie?",
        choices=[(one.value, said) for one, said in CONFLICT_WORDS.items()],
        missing="Choose what sort of tie",
    )
    says = TextField("In a few words", missing="Say in a few words what the tie is", longest=500)
    from_on = DateField("From", missing="Enter the day from which", hint="For example, 27 3 2026")

    field_order = ("form_id", "who", "chosen", "kind", "says", "from_on")

    def kind_given(self) -> ConflictKind:
        """This will give the kind."""
        return ConflictKind(self.cleaned_data["kind"])


class OwnTieForm(OnceForm):
    """One's own personal tie to a child or family."""

    kind = RadiosField(
        "What sort of tie?",
        choices=[(one.value, said) for one, said in CONFLICT_WORDS.items()],
        missing="Choose what sort of tie",
    )
    says = TextField("In a few words", missing="Say in a few words what the tie is", longest=500)

    def kind_given(self) -> ConflictKind:
        """This will give the kind."""
        return ConflictKind(self.cleaned_data["kind"])


class DestroyForm(OnceForm):
    """What the audit kept with some entries, and must not keep any longer."""

    entries = CheckboxesField("Which entries?", choices=[], missing="Choose at least one entry")
    because = LongTextField(
        "Why?",
        missing="Say why",
        hint="The order, or the rule of retention, that asks for it. A second person decides.",
        longest=2000,
        look=Look(rows=4),
    )
