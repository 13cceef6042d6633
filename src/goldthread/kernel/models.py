"""The base of every table, and the one way to change a row that two people may have open."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from goldthread.kernel.declaring import Declared
from goldthread.kernel.errors import Conflict, NotFound


class Model(models.Model):
    """A table of ours: it declares what it holds."""

    declared: ClassVar[Declared]

    class Meta:
        abstract = True


class Versioned(Model):
    """A row that people edit: a change is accepted only over the version that the person had before her."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def change(self, *, version: int, **fields: Any) -> Self:
        """This will set the fields if the row is still at `version`, or raise `Conflict` with both texts.

        The row itself is brought up to date either way; one that is there no more is `NotFound`.
        """
        rows = type(self)._default_manager.filter(pk=self.pk)
        changed = rows.filter(version=version).update(version=version + 1, **fields)
        try:
            self.refresh_from_db()
        except type(self).DoesNotExist:
            raise NotFound("Someone has removed this meanwhile.") from None
        if not changed:
            theirs = {name: getattr(self, name) for name in fields}
            raise Conflict(theirs=theirs, yours=dict(fields), version=self.version)
        return self
