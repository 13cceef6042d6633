"""What was searched for, sealed in the session for half an hour, so that a record can be begun from it and from nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cryptography.fernet import InvalidToken

from goldthread.accounts.sealing import seal, unseal
from goldthread.kernel.requests import Request

PLACE = "searched"
KEPT_FOR = timedelta(minutes=30)


def keep(request: Request, said: Mapping[str, Any]) -> None:
    """This will keep what a record could be begun from."""
    words = str(said.get("name") or "").split()
    born = said.get("born_on")
    started = {
        "given": " ".join(words[:-1]),
        "family": words[-1] if words else "",
        "born_on": born.isoformat() if isinstance(born, date) else "",
    }
    request.session[PLACE] = {"at": request.now.timestamp(), "said": seal(json.dumps(started))}


def kept(request: Request) -> dict[str, Any] | None:
    """This will give what was searched for in the last half-hour; None where nothing was."""
    held = request.session.get(PLACE)
    if not isinstance(held, dict) or request.now.timestamp() - float(held["at"]) > KEPT_FOR.total_seconds():
        return None
    try:
        said: dict[str, Any] = json.loads(unseal(str(held["said"])))
    except InvalidToken:
        return None
    born = said.pop("born_on")
    return {**said, "born_on": date.fromisoformat(born) if born else None}


def forget(request: Request) -> None:
    """This will forget it, once a record was begun."""
    request.session.pop(PLACE, None)
