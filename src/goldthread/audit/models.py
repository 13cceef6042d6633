"""The audit's tables. They know ids only: of records, practitioners, accounts, organisations."""

from __future__ import annotations

from django.db import models

from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Model

PROOF = Declared(Sensitivity.AUDIT, Retention.PERMANENT, Mutability.APPEND_ONLY)


class Entry(Model):
    """One thing that someone did to one record, or was refused; `hash` binds it to the entry before it in its chain."""

    declared = PROOF

    record = models.BigIntegerField()  # the chain; 0 is that of the installation
    seq = models.BigIntegerField()  # its place in the chain, from 1
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)  # of actor
    practitioner = models.BigIntegerField()  # 0 for the system
    account = models.BigIntegerField(null=True)
    organisation = models.BigIntegerField(null=True)
    system = models.CharField(max_length=60, blank=True)
    session = models.CharField(max_length=64, blank=True)
    request = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=64, blank=True)  # a keyed hash: the same address looks the same
    verb = models.CharField(max_length=30)
    thing = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=60, blank=True)  # one word; free text stands with the content
    policy = models.CharField(max_length=60, blank=True)
    break_glass = models.BigIntegerField(null=True)
    refused = models.BooleanField()
    content_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["record", "seq"], name="audit_entry_place"),)
        indexes = (models.Index(fields=["practitioner", "at"], name="audit_entry_by_person"),)

    def __str__(self) -> str:
        """Give its place."""
        return f"{self.record}/{self.seq}"


class Content(Model):
    """What an entry speaks of in words: kept apart, so that two people can destroy it and the chain still holds."""

    declared = Declared(Sensitivity.AUDIT, Retention.WITH_RECORD, Mutability.DESTROYABLE)

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="content")
    salt = models.CharField(max_length=32)
    text = models.TextField()  # JSON, to the letter as it was hashed

    def __str__(self) -> str:
        """Give its place, not what it says."""
        return f"content of {self.entry_id}"


class Checkpoint(Model):
    """A signed summary of the heads of all chains that grew since the checkpoint before."""

    declared = PROOF

    number = models.BigIntegerField(unique=True)  # from 1, without a gap
    at = models.DateTimeField()
    latest_entry = models.BigIntegerField()  # the highest id that it covers
    entries = models.BigIntegerField()  # how many since the checkpoint before
    chains = models.BigIntegerField()  # how many of them grew
    root = models.CharField(max_length=64)
    before = models.CharField(max_length=64, blank=True)  # the hash of the checkpoint before
    key = models.CharField(max_length=64)  # which key signed it
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        """Give its number."""
        return f"checkpoint {self.number}"
