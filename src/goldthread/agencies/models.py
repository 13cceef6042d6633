"""Tables of organisations, teams, practitioners, their posts and qualifications. Periods are half-open."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from goldthread.agencies.vocabulary import (
    ORGANISATION_WORDS,
    QUALIFICATION_WORDS,
    ROLE_WORDS,
    OrganisationKind,
    Qualification,
    Role,
)
from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Versioned

STAFF = Declared(Sensitivity.STAFF, Retention.WITH_EMPLOYMENT, Mutability.VERSIONED)


def in_period(on: date, prefix: str = "") -> Q:
    """This will give the condition that a half-open period `from_on` to `until_on` holds the day."""
    begun = Q(**{f"{prefix}from_on__lte": on})
    return begun & (Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gt": on}))


class PeriodQuerySet(models.QuerySet[Any]):
    """Rows with a period."""

    def in_force(self, on: date) -> PeriodQuerySet:
        """This will give those whose period holds the day."""
        return self.filter(in_period(on))


class Organisation(Versioned):
    """A body that works with children: a council, a force, a school."""

    declared = Declared(Sensitivity.PUBLIC, Retention.WITH_EMPLOYMENT, Mutability.VERSIONED)

    kind = models.CharField(max_length=30, choices=[(one.value, word) for one, word in ORGANISATION_WORDS.items()])
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=20, blank=True)  # the council's three digits, an NHS or school number
    is_home = models.BooleanField(default=False)  # the authority that runs this installation
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "name"], name="organisation_named_once"),
            models.UniqueConstraint(fields=["is_home"], condition=Q(is_home=True), name="one_home_organisation"),
        )

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    @property
    def kind_words(self) -> str:
        """The kind, in words."""
        return ORGANISATION_WORDS[OrganisationKind(self.kind)]


class Team(Versioned):
    """A team of an organisation; every practitioner works in at least one."""

    declared = Declared(Sensitivity.PUBLIC, Retention.WITH_EMPLOYMENT, Mutability.VERSIONED)

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "name"], name="team_named_once"),)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Practitioner(Versioned):
    """Someone who works with children and families, in whatever agency."""

    declared = STAFF

    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    registered_with = models.CharField(max_length=100, blank=True)
    registration = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class HeldQualification(Versioned):
    """A qualification that a practitioner holds, from a day, until one if it can lapse."""

    declared = STAFF

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="qualifications")
    qualification = models.CharField(
        max_length=40, choices=[(one.value, word) for one, word in QUALIFICATION_WORDS.items()]
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    def __str__(self) -> str:
        """Give it in words."""
        return QUALIFICATION_WORDS[Qualification(self.qualification)]


class Post(Versioned):
    """A practitioner's role in a team, for a time."""

    declared = STAFF

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="posts")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=40, choices=[(one.value, word) for one, word in ROLE_WORDS.items()])
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["team", "role"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="post_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        """Give the role in words."""
        return ROLE_WORDS[Role(self.role)]
