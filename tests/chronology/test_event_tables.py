"""The tables themselves refuse what code above could get wrong."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from goldthread.chronology.models import Event, Summary
from goldthread.kernel.acting import acting_as, system
from goldthread.records.models import Record, RecordKind

BY = system("tests")
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_record_holds_a_fact_once() -> None:
    with acting_as(BY):
        record = Record.objects.create(kind=RecordKind.CHILD, opened_on=date(2025, 1, 6))
        Event.objects.create(record=record, said_id="E1", kind="child-seen", on=date(2025, 1, 7))
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.create(record=record, said_id="E1", kind="child-seen", on=date(2025, 1, 8))


def test_nobody_reads_what_happened_unless_someone_acts() -> None:
    with acting_as(BY):
        record = Record.objects.create(kind=RecordKind.CHILD, opened_on=date(2025, 1, 6))
        Event.objects.create(record=record, said_id="E1", kind="child-seen", on=date(2025, 1, 7))
        Summary.objects.create(record=record)
    for model in (Event, Summary):
        with pytest.raises(DatabaseError):
            list(model.objects.all())
