"""Django's cache in our own table and as JSON: whoever could write to the database could otherwise have Python run here."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.utils import timezone

from goldthread.accounts.models import CachedValue

FOR_EVER = timedelta(days=365 * 100)


class JsonCache(BaseCache):
    """A cache that all processes of the site share. It is small and short-lived: counts of guesses, codes that were used."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        """Take what settings say; there is one table, so the location says nothing."""
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Give a value, or the default where there is none or it has expired."""
        row = CachedValue.objects.filter(cache_key=self._key(key, version), expires__gt=_now()).first()
        return default if row is None else json.loads(row.value)["value"]

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        row = {"value": _text(value), "expires": self._expires(timeout)}
        CachedValue.objects.update_or_create(cache_key=self._key(key, version), defaults=row)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where there is none, and say whether there was none. Of several at once, one is told so."""
        name, text = self._key(key, version), _text(value)
        CachedValue.objects.filter(cache_key=name, expires__lte=_now()).delete()
        row = CachedValue(cache_key=name, value=text, expires=self._expires(timeout))
        CachedValue.objects.bulk_create([row], ignore_conflicts=True)
        return CachedValue.objects.filter(cache_key=name, value=text).exists()

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep what is there for longer, and say whether it is."""
        rows = CachedValue.objects.filter(cache_key=self._key(key, version), expires__gt=_now())
        return rows.update(expires=self._expires(timeout)) > 0

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value, and say whether it was there."""
        return CachedValue.objects.filter(cache_key=self._key(key, version)).delete()[0] > 0

    def clear(self) -> None:
        """Forget all of them."""
        CachedValue.objects.all().delete()

    def _key(self, key: str, version: int | None) -> str:
        return str(self.make_and_validate_key(key, version=version))

    def _expires(self, timeout: Any) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return _now() + (FOR_EVER if seconds is None else timedelta(seconds=seconds))


def _text(value: Any) -> str:
    """Give the value as it is kept, marked so that two who keep the same one at once can be told apart."""
    return json.dumps({"value": value, "mark": secrets.token_hex(8)})


def _now() -> datetime:
    return timezone.now()  # noqa: TID251  # a cache's interface is Django's, which passes no moment
