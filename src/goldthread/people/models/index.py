"""The index in which people are searched for: made from the facts, kept in step with them, and made again at any time."""

from __future__ import annotations

from django.db import models

from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Model
from goldthread.people.models.family import Address
from goldthread.people.models.person import Person

INDEX = Declared(Sensitivity.RECORD, Retention.REBUILT, Mutability.FREE)


class Indexed(Model):
    """How a person is called in a list, and when she was born: what is known of it now, in one row."""

    declared = INDEX

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="indexed")
    given = models.CharField(max_length=120, blank=True)
    family = models.CharField(max_length=120, blank=True)
    born_on = models.DateField(null=True, blank=True, db_index=True)  # or the day on which she is expected
    born_known = models.CharField(max_length=10, blank=True)  # exact, estimated or expected
    died_on = models.DateField(null=True, blank=True)


class Word(Model):
    """A word that stands in somebody's name. What sounds like it is kept once for each word, and not for each person."""

    declared = INDEX

    text = models.CharField(max_length=250, unique=True)


class WordKey(Model):
    """A key under which a word is found again, however it was spelt (`name_matching.part_keys`)."""

    declared = INDEX

    key = models.CharField(max_length=60)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="keys", db_index=False)

    class Meta:
        indexes = (models.Index(fields=["key", "word"]),)


class Bearing(Model):
    """A person has the word in one of her names, past or present."""

    declared = INDEX

    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="bearings", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bearings", db_index=False)

    class Meta:
        indexes = (models.Index(fields=["word", "person"]), models.Index(fields=["person", "word"]))


class DoorKey(Model):
    """A postcode, or a door in a street or postcode, by which an address is found (`addresses.address_keys`)."""

    declared = INDEX

    key = models.CharField(max_length=270)
    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="door_keys")

    class Meta:
        indexes = (models.Index(fields=["key"]),)
