"""Processes that write and are killed: `writers.py HOW_MANY` takes go, kill and end from its input, a word a line.

Each writer opens records, one transaction each, and says so only after the transaction was committed: a line of the
process and the record's reference. What it said must be there afterwards, whatever happened to it. `writers.py state`
says what is there.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from datetime import UTC, date, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
django.setup()

from django.db import DatabaseError, connection  # noqa: E402  # Django has to be started first

from goldthread.audit.actions import write  # noqa: E402
from goldthread.audit.lines import Line, Verb  # noqa: E402
from goldthread.audit.models import Content, Entry  # noqa: E402
from goldthread.kernel.acting import Actor, ActorKind, acting_as, looking_as, system  # noqa: E402
from goldthread.kernel.errors import AuditUnavailable  # noqa: E402
from goldthread.records.models import Record  # noqa: E402

OPENED_ON = date(2026, 3, 2)
FAILED = 9


def one(by: Actor) -> str:
    """This will open a record as any part of the site would: the row and its lines in one transaction."""
    at = datetime.now(UTC)
    with acting_as(by):
        record = Record.objects.create(kind="child", opened_on=OPENED_ON)
        opened = Line(Verb.CREATED, record.pk, content={"reference": record.code})
        write(by, at, [opened, Line(Verb.CHANGED, record.pk), Line(Verb.ADMINISTERED, thing=f"record:{record.pk}")])
    return record.code


def writer(who: int) -> None:
    """This will write until it is killed, or the database is."""
    by = Actor(ActorKind.PRACTITIONER, who)
    try:
        while True:
            code = one(by)
            os.write(1, f"{who} {code}\n".encode())  # shorter than a pipe's buffer, so it is whole or not there
    except (DatabaseError, AuditUnavailable) as error:
        os.write(2, f"{type(error).__name__}\n".encode())
        os._exit(FAILED)


def nursery(how_many: int) -> None:
    """This will make writers, and kill them, as it is told."""
    children: list[int] = []
    who = 0
    for line in sys.stdin:
        word = line.strip()
        if word == "go":
            connection.close()
            for _ in range(how_many):
                who += 1
                child = os.fork()
                if not child:
                    writer(who)
                children.append(child)
        elif word == "kill":
            for child in children:
                os.kill(child, signal.SIGKILL)
            for child in children:
                os.waitpid(child, 0)
            children.clear()
        os.write(1, f"did {word}\n".encode())
        if word == "end":
            return


def state() -> None:
    """This will say what is there: references, and what each record has in the audit."""
    with looking_as(system("a test")):
        records = dict(Record.objects.values_list("pk", "code"))
        entries = Counter(Entry.objects.filter(record__gt=0).values_list("record", "verb"))
        named = Counter(Entry.objects.filter(record=0).values_list("thing", flat=True))
        contents = [json.loads(text)["reference"] for text in Content.objects.values_list("text", flat=True)]
    half = [
        code
        for pk, code in records.items()
        if [entries[pk, Verb.CREATED], entries[pk, Verb.CHANGED], named[f"record:{pk}"]] != [1, 1, 1]
    ]
    whole = sum(entries.values()) == 2 * len(records) and sum(named.values()) == len(records)
    whole = whole and sorted(contents) == sorted(records.values())
    print(json.dumps({"codes": sorted(records.values()), "half": half, "whole": whole}))


if __name__ == "__main__":
    if sys.argv[1] == "state":
        state()
    elif sys.argv[1] == "one":
        print(one(system("a test")))
    elif sys.argv[1] == "alone":
        writer(1)
    else:
        nursery(int(sys.argv[1]))
