"""What is logged holds no name, whoever logged it and whatever went wrong."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from goldthread.kernel.acting import Actor, ActorKind
from goldthread.kernel.logs import OnlyIds, RequestLog

SECRETS = ("Anna", "Larkfield", "943 476 5919", "9434765919", "anna@", "14 Mill")


class Lines:
    """What the root logger wrote."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    held = Lines()
    handler = logging.StreamHandler(held.stream)
    handler.setFormatter(OnlyIds())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield held
    root.removeHandler(handler)
    root.setLevel(level)


def nothing_is_told(lines: Lines) -> None:
    assert lines.all()
    assert [secret for secret in SECRETS if secret in lines.text] == []


def test_a_message_is_written_without_what_it_is_filled_with(lines: Lines) -> None:
    logging.getLogger("goldthread.people").warning("%s was not found", "Anna Larkfield")
    logging.getLogger("django.request").warning("Not Found: %s", "/search/Anna")
    nothing_is_told(lines)
    assert [line["says"] for line in lines.all()] == ["%s was not found", "Not Found: %s"]


def test_a_message_that_another_package_put_together_is_left_out(lines: Lines) -> None:
    logging.getLogger("some.package").error(f"no mail for {'anna@example.org'}")
    logging.getLogger("some.package").error({"Anna": 1})
    nothing_is_told(lines)
    assert all("says" not in line and line["from"].startswith("test_logs:") for line in lines.all())


def test_a_fault_is_told_by_kind_and_place_not_by_what_it_said(lines: Lines) -> None:
    def fails(name: str) -> None:
        raise ValueError(f"{name} of 14 Mill Lane has no number")

    try:
        fails("Anna Larkfield")
    except ValueError:
        logging.getLogger("goldthread.people").exception("it failed", stack_info=True)
    nothing_is_told(lines)
    (line,) = lines.all()
    assert line["fault"]["kind"] == "ValueError"
    assert line["fault"]["where"][-1].endswith(" fails")


def test_only_known_fields_of_the_right_shape_are_written(lines: Lines) -> None:
    logging.getLogger("goldthread.people").info(
        "done",
        extra={
            "record": 5, "practitioner": "Anna Larkfield", "view": "Anna Larkfield", "job": "anna@example.org",
            "request": "943 476 5919", "child": "Anna", "method": "GET", "status": 200,
        },
    )  # fmt: skip
    nothing_is_told(lines)
    (line,) = lines.all()
    assert (line["record"], line["method"], line["status"]) == (5, "GET", 200)
    assert line.keys() == {"at", "level", "logger", "says", "record", "method", "status"}


def test_each_answer_is_a_line_and_carries_the_request_s_id(lines: Lines) -> None:
    request: Any = RequestFactory().get("/anything", {"name": "Anna Larkfield"})
    request.id = "0123456789abcdef" * 2
    request.actor = Actor(ActorKind.PRACTITIONER, 7, organisation=70, name="Anna")
    request.resolver_match = None
    response = RequestLog(lambda _: HttpResponse("Anna", status=203))(request)
    assert response["X-Request-ID"] == request.id
    nothing_is_told(lines)
    (line,) = lines.all()
    assert (line["request"], line["practitioner"], line["organisation"], line["status"]) == (request.id, 7, 70, 203)


@pytest.mark.django_db
def test_real_requests_leave_nothing(lines: Lines, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    client.get("/nowhere/Anna-Larkfield/", {"q": "943 476 5919"})
    client.post("/nowhere/", {"name": "Anna Larkfield"}, headers={"User-Agent": "Anna", "Referer": "https://x/Anna"})
    client.get("/", headers={"Host": "Anna.Larkfield.example"})
    client.post("/accounts/login/", {"login": "anna@example.org", "password": "14 Mill Lane"})

    def broken(_: HttpRequest) -> HttpResponse:
        raise RuntimeError("Anna Larkfield, 943 476 5919")

    monkeypatch.setattr("goldthread.jobs.health._answers", lambda: broken(HttpRequest()))
    assert client.get("/readyz", {"name": "Anna"}).status_code == 500
    nothing_is_told(lines)
    told = lines.all()
    assert sum(line.get("says") == "answered" for line in told) == 5
    assert any(line.get("fault", {}).get("kind") == "RuntimeError" for line in told)


def test_the_site_logs_this_way_and_no_other(settings: Any) -> None:
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"ids"}
    assert settings.LOGGING["formatters"]["ids"]["()"] == f"{OnlyIds.__module__}.{OnlyIds.__qualname__}"
    assert all(not logger["handlers"] for logger in settings.LOGGING["loggers"].values())
