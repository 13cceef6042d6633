"""What is over is swept away, and what is not stays."""

from __future__ import annotations

import time
from datetime import timedelta
from importlib import import_module

import pytest
import staff
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone

from goldthread.accounts.models import CachedValue, SignIn
from goldthread.accounts.sweeping import sweep
from goldthread.jobs.register import jobs

pytestmark = pytest.mark.django_db


def test_what_is_over_is_swept_and_what_is_open_stays() -> None:
    now = timezone.now()
    account = staff.account()
    browser = staff.signed_in(account)
    staff.signed_in(staff.account())
    Session.objects.exclude(session_key=browser.session.session_key).update(expire_date=now - timedelta(minutes=1))
    for name, ago in (("open", timedelta(minutes=5)), ("idle", timedelta(hours=1)), ("long", timedelta(hours=13))):
        at = now - ago
        SignIn.objects.create(account=account, session_key=name, how="passkey", began_at=at, seen_at=at)
    cache.clear()
    cache.set("gone", 1, 0.01)
    cache.set("kept", 1, 600)
    time.sleep(1.1)
    said = sweep(timezone.now())
    assert said == "2 sessions written down as over, 1 expired sessions and 1 counts removed"
    assert [one.session_key for one in SignIn.objects.filter(ended_at=None)] == ["open"]
    assert browser.get("/your-account/").status_code == 200
    assert CachedValue.objects.count() == 1
    assert sweep(timezone.now()).startswith("0 sessions")


def test_a_worker_knows_of_it() -> None:
    (job,) = [one for one in jobs() if one.name == "sweep-sessions"]
    module, _, name = job.function.rpartition(".")
    assert getattr(import_module(module), name) is sweep
