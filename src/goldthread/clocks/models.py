"""The index of what is open, for lists. Answers are asked of the engine; everything here can be made again from events."""

from __future__ import annotations

from django.db import models

from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Model
from goldthread.records.models import Record

INDEX = Declared(Sensitivity.RECORD, Retention.REBUILT, Mutability.FREE)


class Clock(Model):
    """A duty that is open on a record, from one day until another; what it is on a day follows from its days."""

    declared = INDEX

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="clocks")
    duty = models.CharField(max_length=100)  # its code, in the rules
    layer = models.CharField(max_length=100)  # national, or the overlay that set it
    instance = models.CharField(max_length=250)
    cycle = models.PositiveIntegerField(null=True)
    recipient = models.CharField(max_length=100, blank=True)
    shared = models.BooleanField(default=False)  # owed once, for this child and others
    holder = models.CharField(max_length=60)  # who owes it, as the rules call them
    strength = models.CharField(max_length=20)
    kind = models.CharField(max_length=12)  # timed, judgement, or local: a number that is set locally
    started_on = models.DateField(null=True)
    start = models.CharField(max_length=200, blank=True)  # the said_id of the event that started it
    due_on = models.DateField(null=True)
    soon_on = models.DateField(null=True)  # the first day on which it counts as due soon
    reason_given = models.BooleanField(default=False)  # past its date it is exceeded with a reason, not overdue
    provisional = models.BooleanField(default=False)
    governs = models.BooleanField(default=True)
    from_on = models.DateField()  # open from this day: a later one where it begins when another is not met
    until_on = models.DateField(null=True)  # the first day on which it is open no more, if nothing else happens
    working = models.TextField(blank=True)  # JSON: how the date came about, step by step

    class Meta:
        indexes = (models.Index(fields=["due_on"], name="clock_by_due"),)

    def __str__(self) -> str:
        """Give the code of the duty."""
        return self.duty


class Reckoning(Model):
    """When the clocks of a record were worked out, by which rules, and on which day time alone changes them."""

    declared = INDEX

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="reckoning")
    as_of = models.DateField()
    next_on = models.DateField(null=True, db_index=True)
    rules = models.CharField(max_length=64)  # the hash of rules and calendar

    def __str__(self) -> str:
        """Give the number of the record."""
        return f"reckoning of {self.record_id}"


class Sharing(Model):
    """A name under which records share a duty that is owed once for several children: a process, or an event."""

    declared = INDEX

    name = models.CharField(max_length=210)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "record"], name="sharing_once"),)

    def __str__(self) -> str:
        """Give the name."""
        return self.name
