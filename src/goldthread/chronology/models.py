"""The chronology's tables: events, where they were loaded from, and the summary that is folded from them."""

from __future__ import annotations

from django.db import models

from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Model
from goldthread.records.models import Record

LONGEST_ID = 200
LONGEST_KIND = 60


class Load(Model):
    """One file that was taken in: what it was, and what it could hold at all."""

    declared = Declared(Sensitivity.STAFF, Retention.INSTALLATION, Mutability.APPEND_ONLY)

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)  # census, events, people: as the reader of the file calls its format
    sha256 = models.CharField(max_length=64)
    source = models.TextField(blank=True)  # JSON of `duties.event.Source`; empty: whatever happened could be in it
    held_until = models.DateField(null=True)  # the last day of which the file could know
    at = models.DateTimeField()
    by = models.CharField(max_length=80)  # the actor, as the database was told

    def __str__(self) -> str:
        """Give the name of the file."""
        return self.name


class Event(Model):
    """One fact about one record. The rows of a fact that several records share have the same `said_id`.

    Never changed but for `stands`, which says whether it holds as far as is known now. Ids that others gave stay as
    they were given. `recorded_at` is null where a file did not say when it was recorded: then the day itself counts.
    """

    declared = Declared(Sensitivity.RECORD, Retention.WITH_RECORD, Mutability.SUPERSEDED)
    marks = ("stands",)

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", db_index=False)
    said_id = models.CharField(max_length=LONGEST_ID)
    kind = models.CharField(max_length=LONGEST_KIND)
    on = models.DateField(null=True)  # null: it happened, and the day is not known
    process = models.CharField(max_length=LONGEST_ID, blank=True)
    links = models.TextField(blank=True)  # JSON, a list; empty for none
    data = models.TextField(blank=True)  # JSON, an object; empty for none
    about = models.TextField(blank=True)  # JSON, a list; empty for none
    recorded_at = models.DateTimeField(null=True)
    replaces = models.CharField(max_length=LONGEST_ID, blank=True)  # the said_id of what it corrects or withdraws
    void = models.BooleanField(default=False)
    stands = models.BooleanField(default=True)
    source = models.ForeignKey(Load, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.BigIntegerField(null=True)  # the practitioner who recorded it

    class Meta:
        constraints = (models.UniqueConstraint(fields=["said_id", "record"], name="event_said_once"),)
        indexes = (models.Index(fields=["record", "on"], name="event_by_day"),)

    def __str__(self) -> str:
        """Give its id, which tells nothing of what it says."""
        return self.said_id


class Summary(Model):
    """What lists and headings need of a record at once: the fold of its standing events, and nothing else."""

    declared = Declared(Sensitivity.RECORD, Retention.REBUILT, Mutability.FREE)

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="summary")
    events = models.PositiveIntegerField(default=0)
    first_on = models.DateField(null=True)
    latest_on = models.DateField(null=True)
    seen_on = models.DateField(null=True)
    seen_alone_on = models.DateField(null=True)
    open_since = models.DateField(null=True)  # null: not open to children's social care
    closed_on = models.DateField(null=True)  # when it was last closed, while it is not open
    early_help_since = models.DateField(null=True)
    assessment_since = models.DateField(null=True)
    enquiry_since = models.DateField(null=True)
    in_need_since = models.DateField(null=True)
    plan_since = models.DateField(null=True)  # null: not on a child protection plan
    plan_ended_on = models.DateField(null=True)
    looked_after_since = models.DateField(null=True)
    died_on = models.DateField(null=True)

    def __str__(self) -> str:
        """Give the number of the record."""
        return f"summary of {self.record_id}"

    @property
    def on_plan(self) -> bool:
        """Whether the child is on a child protection plan."""
        return self.plan_since is not None
