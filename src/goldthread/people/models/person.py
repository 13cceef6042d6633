"""Tables of persons and of what is so of each: names, numbers, characteristics, ways of reaching her."""

from __future__ import annotations

from django.db import models

from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Versioned
from goldthread.people import vocabulary as words
from goldthread.people.models.facts import Fact
from goldthread.records.models import Record


class Person(Versioned):
    """Someone: a child with a record of her own, or anybody who belongs to a child's record. All else is in facts of her."""

    declared = Declared(Sensitivity.RECORD, Retention.WITH_RECORD, Mutability.VERSIONED)

    record = models.OneToOneField(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="person")
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="doubles")
    recorded_at = models.DateTimeField()
    recorded_by = models.PositiveBigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        """Give the number, which identifies nobody."""
        return f"person {self.pk}"


class Vitals(Fact):
    """What is known of someone's sex, birth and death; one row at a time is what is known."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="vitals")
    sex = models.CharField(max_length=1, choices=[(one.value, said) for one, said in words.SEX_WORDS.items()])
    born_on = models.DateField(null=True, blank=True)
    born_estimated = models.BooleanField(default=False)
    expected_on = models.DateField(null=True, blank=True)  # of a child who was recorded before her birth
    died_on = models.DateField(null=True, blank=True)


class PersonName(Fact):
    """A name that someone bears, bore, or is called by."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    use = models.CharField(max_length=12, choices=[(one.value, said) for one, said in words.NAME_WORDS.items()])
    given = models.CharField(max_length=120, blank=True)
    family = models.CharField(max_length=120, blank=True)
    because = models.CharField(max_length=500, blank=True)  # why she came to bear it, or ceased to


class Identifier(Fact):
    """A number by which someone is known elsewhere; a suppressed one is held and not shown without need."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=30)  # of `identifiers.KINDS`, or how a file calls her
    value = models.CharField(max_length=200)
    suppressed_because = models.CharField(max_length=500, blank=True)

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=["value", "kind"]),)


class Characteristic(Fact):
    """Something that is so of someone: ethnicity, disability, religion, language, how to communicate."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="characteristics")
    kind = models.CharField(
        max_length=20, choices=[(one.value, said) for one, said in words.CHARACTERISTIC_WORDS.items()]
    )
    value = models.CharField(max_length=1000)


class ContactPoint(Fact):
    """A telephone number or e-mail address, and what to mind before it is used."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=20, choices=[(one.value, said) for one, said in words.CONTACT_WORDS.items()])
    value = models.CharField(max_length=260)
    caution = models.CharField(max_length=500, blank=True)

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=["value"]),)
