"""Tables of where people live, what they are to each other, and to whose record they belong."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Model
from goldthread.people import vocabulary as words
from goldthread.people.models.facts import Fact
from goldthread.people.models.person import Person
from goldthread.records.models import Record


class Address(Model):
    """A place as it was written, which never changes: who lives there, and whether it is hidden, are facts of their own."""

    declared = Declared(Sensitivity.RECORD, Retention.WITH_RECORD, Mutability.SUPERSEDED)

    lines = models.CharField(max_length=500)  # parted by line breaks
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    loaded_as = models.CharField(max_length=200, blank=True)  # what a file calls it
    recorded_at = models.DateTimeField()
    recorded_by = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["loaded_as"], condition=~Q(loaded_as=""), name="address_loaded_as"),)


class Hiding(Fact):
    """An address is shown to nobody without need, whoever lives there, and why."""

    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="hidings")
    because = models.CharField(max_length=500)


class Residence(Fact):
    """Someone lives at an address; those who live at one address at one time are a household."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="residences")


class Relationship(Fact):
    """`person` is `kind` `other`: parent of, carer of, neighbour of."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    kind = models.CharField(
        max_length=20, choices=[(one.value, said) for one, said in words.RELATIONSHIP_WORDS.items()]
    )
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_to")
    how = models.CharField(
        max_length=20, blank=True, choices=[(one.value, said) for one, said in words.HOW_WORDS.items()]
    )

    class Meta(Fact.Meta):
        constraints = (
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=~Q(person=models.F("other")), name="relationship_of_two"),
        )


class Responsibility(Fact):
    """Someone, or an authority, has parental responsibility for a child."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responsibilities")
    holder = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="responsibilities_held"
    )
    organisation = models.PositiveBigIntegerField(null=True, blank=True)  # an agency
    how = models.CharField(
        max_length=30, choices=[(one.value, said) for one, said in words.RESPONSIBILITY_WORDS.items()]
    )

    class Meta(Fact.Meta):
        constraints = (
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(holder__isnull=True) ^ Q(organisation__isnull=True), name="responsibility_of_one"
            ),
        )


class Membership(Fact):
    """Someone belongs to a child's record, through which alone she is seen if she has none of her own."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    capacity = models.CharField(
        max_length=12, choices=[(one.value, said) for one, said in words.CAPACITY_WORDS.items()]
    )


class Merge(Model):
    """Two records were found to be one child's, and why; it can be undone, and the records are then as they were."""

    declared = Declared(Sensitivity.RECORD, Retention.WITH_RECORD, Mutability.SUPERSEDED)
    marks = ("undone_because", "undone_at", "undone_by")

    kept = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=500)
    merged_at = models.DateTimeField()
    merged_by = models.PositiveBigIntegerField(null=True, blank=True)
    undone_because = models.CharField(max_length=500, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at__isnull=True), name="merged_once"),
            models.CheckConstraint(condition=~Q(kept=models.F("merged")), name="merge_of_two"),
        )
