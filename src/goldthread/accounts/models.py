"""Tables of accounts, sign-ins and the people of a demonstration."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from goldthread.agencies.models import Practitioner
from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Model, Versioned


class AccountQuerySet(models.QuerySet["Account"]):
    """Accounts."""

    def with_practitioner(self) -> AccountQuerySet:
        """This will fetch each practitioner along with her account."""
        return self.select_related("practitioner")


class Accounts(BaseUserManager["Account"].from_queryset(AccountQuerySet)):  # type: ignore[misc]  # made by Django
    """What Django's own sign-in asks of a table of users."""


class Account(AbstractBaseUser, Versioned):
    """How one practitioner signs in. There are no groups, permissions or superusers: what she may do is in her posts."""

    declared = Declared(Sensitivity.SECRET, Retention.WITH_EMPLOYMENT, Mutability.VERSIONED)

    practitioner = models.OneToOneField(Practitioner, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField("email address", unique=True)
    enabled = models.BooleanField(default=True)

    objects = Accounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(email=Lower("email")), name="sign_in_names_in_lower_case"),)

    def __str__(self) -> str:
        """Give the sign-in name."""
        return self.email

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django's word for it
        """Whether she may sign in at all."""
        return self.enabled


class SignIn(Model):
    """One session of an account, from its beginning to its end."""

    declared = Declared(Sensitivity.SECRET, Retention.WITH_EMPLOYMENT, Mutability.FREE)

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sign_ins")
    session_key = models.CharField(max_length=40, blank=True, db_index=True)  # of the session that is open; else empty
    how = models.CharField(max_length=100)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=40, blank=True)  # of an agency's own sign-in, with its names for this one
    subject = models.CharField(max_length=255, blank=True)
    agency_session = models.CharField(max_length=255, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["account", "-began_at"], name="sign_in_latest"),
            models.Index(fields=["provider", "agency_session"], name="sign_in_of_agency", condition=Q(ended_at=None)),
        )

    def __str__(self) -> str:
        """Give its beginning."""
        return f"{self.how}, {self.began_at:%Y-%m-%d %H:%M}"


class DemoPerson(Model):
    """Someone invented whom a visitor to a demonstration can be, with a line on who she is and what to look at."""

    declared = Declared(Sensitivity.STAFF, Retention.INSTALLATION, Mutability.FREE)

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="demo_person")
    key = models.SlugField(max_length=40, unique=True)
    place = models.PositiveSmallIntegerField()  # in the list
    says = models.CharField(max_length=300)

    class Meta:
        ordering = ("place",)

    def __str__(self) -> str:
        """Give the key."""
        return self.key


class CachedValue(Model):
    """What the cache holds, by which all processes count the same guesses. Written and read by `cache.py` only."""

    declared = Declared(Sensitivity.SECRET, Retention.SESSION, Mutability.FREE)

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Give the key."""
        return self.cache_key


class Invitation(Model):
    """A link, good once and for a while, by which someone sets up her account. Only a hash of it is kept."""

    declared = Declared(Sensitivity.SECRET, Retention.WITH_EMPLOYMENT, Mutability.FREE)

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(  # empty: the system itself
        Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations_made"
    )
    made_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Give whose it is."""
        return f"invitation of account {self.account_id}"


class Identity(Model):
    """Whom an agency's own sign-in knows under a name: tied to an account beforehand, never by an e-mail address."""

    declared = Declared(Sensitivity.SECRET, Retention.WITH_EMPLOYMENT, Mutability.FREE)

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="identities")
    provider = models.CharField(max_length=40)
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    tied_by = models.ForeignKey(  # empty: by the account's own holder, with an invitation
        Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="identities_tied"
    )
    tied_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_for_an_identity"),)
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        """Give the provider, not the person's name there."""
        return f"{self.provider} {self.pk}"
