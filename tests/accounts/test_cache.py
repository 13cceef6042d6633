"""The cache that counts guesses: shared by all processes, read as data and never as a program."""

from __future__ import annotations

import pickle
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from goldthread.accounts.models import CachedValue


@pytest.mark.django_db
def test_it_keeps_until_it_expires() -> None:
    cache.clear()
    cache.set("a", [1.5, "x", None], 60)
    assert cache.get("a") == [1.5, "x", None] and cache.get("b", 7) == 7
    assert not cache.add("a", 2, 60) and cache.add("b", 2, 60)
    CachedValue.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert cache.get("a") is None and not cache.touch("a")
    assert cache.add("a", 3, 60) and cache.get("a") == 3
    assert cache.touch("a", 120) and cache.delete("a") and not cache.delete("a")
    cache.set("c", 1, None)
    assert cache.get("c") == 1 and cache.incr("c") == 2
    cache.set("d", 1, 0)
    assert cache.get("d") is None


@pytest.mark.django_db
def test_what_someone_else_wrote_into_the_table_is_not_run() -> None:
    cache.set("a", 1, 60)
    CachedValue.objects.update(value=pickle.dumps({"value": 1}, protocol=0).decode("ascii"))
    with pytest.raises(ValueError, match="Expecting value"):
        cache.get("a")


@pytest.mark.django_db(transaction=True)
def test_of_several_who_add_at_once_one_is_told_that_it_was_she() -> None:
    together, told = Barrier(6), []

    def add() -> None:
        together.wait()
        told.append(cache.add("once", 1, 60))
        connection.close()

    threads = [Thread(target=add) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert sorted(told) == [False] * 5 + [True]
