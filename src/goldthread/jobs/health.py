"""What a load balancer asks: whether the process lives, and whether it can answer people."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

Check = Callable[[], bool]
_checks: dict[str, Check] = {}
_migrated: set[str] = set()  # a database that was up to date stays so while this process lives


def also_ready(name: str, check: Check) -> None:
    """This will have `readyz` ask one thing more."""
    _checks[name] = check


@login_not_required
def healthz(_: HttpRequest) -> HttpResponse:
    """Say that the process lives; asks nothing of anyone."""
    return _uncached(JsonResponse({"alive": True}))


@login_not_required
def readyz(_: HttpRequest) -> HttpResponse:
    """Say whether people can be answered: the database is there and up to date, and the audit can be written."""
    found = {"database": _answers()}
    if found["database"]:
        found["tables"] = _up_to_date()
    if all(found.values()):
        found |= {name: _holds(check) for name, check in _checks.items()}
    return _uncached(JsonResponse(found, status=200 if all(found.values()) else 503))


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def _up_to_date() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _migrated:
        try:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return False
        except DatabaseError:
            return False
        _migrated.add(name)
    return True


def _holds(check: Check) -> bool:
    try:
        return check()
    except Exception:  # noqa: BLE001  # whatever hinders it: not ready is the answer
        return False


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
