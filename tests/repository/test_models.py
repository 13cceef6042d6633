"""Every table says what it holds, and none points up the ladder. Both are shown to be noticed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.test.utils import isolate_apps

from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity, declared_of
from goldthread.kernel.models import Versioned

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
LADDER = [
    re.findall(r"\w+", layer)
    for contract in PROJECT["tool"]["importlinter"]["contracts"]
    if contract["id"] == "ladder"
    for layer in contract["layers"]
]
"""The rungs, highest first."""

HEIGHT = {rung: -place for place, layer in enumerate(LADDER) for rung in layer}
MODELS = list(apps.get_models(include_auto_created=True))
EXAMPLE = Declared(Sensitivity.PUBLIC, Retention.INSTALLATION, Mutability.FREE)


def undeclared(found: Iterable[type[models.Model]]) -> list[str]:
    """The models that do not say what they hold."""
    silent = []
    for model in found:
        try:
            declared_of(model)
        except LookupError:
            silent.append(model._meta.label)
    return silent


def rung(model: type[models.Model]) -> str | None:
    """The rung that a model stands on; None for a model of another package, which is below all of ours."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "goldthread" and parts[1] in HEIGHT else None


def climbing(found: Iterable[type[models.Model]]) -> list[str]:
    """The relations that point at a rung above, or at a sibling on the same one."""
    wrong = []
    for model in found:
        own = rung(model)
        for field in model._meta.get_fields(include_hidden=True):
            if field.auto_created or not field.is_relation or not isinstance(field.related_model, type):
                continue
            if own is None and field.related_model is get_user_model():
                continue  # packages point at whatever model the site names as its users
            other = rung(field.related_model)
            above = other is not None and (own is None or HEIGHT[other] >= HEIGHT[own])
            if above and other != own:
                wrong.append(f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}")
    return wrong


def versionless(found: Iterable[type[models.Model]]) -> list[str]:
    """The models of ours that declare versions and have none."""
    return [
        model._meta.label
        for model in found
        if rung(model)
        and declared_of(model).mutability is Mutability.VERSIONED
        and not any(field.name == "version" for field in model._meta.get_fields())
    ]


def test_every_model_declares_what_it_holds() -> None:
    assert len(MODELS) > 10
    assert undeclared(MODELS) == []


def test_a_model_that_declares_nothing_is_noticed() -> None:
    with isolate_apps("goldthread.records"):

        class Silent(models.Model):
            class Meta:
                app_label = "records"

    assert undeclared([Silent]) == ["records.Silent"]
    Silent.declared = EXAMPLE  # type: ignore[attr-defined]  # which is what it lacks
    assert undeclared([Silent]) == []


def test_no_relation_points_up_the_ladder() -> None:
    assert {"records", "audit", "kernel"} <= HEIGHT.keys()
    assert {rung(model) for model in MODELS} >= {"records", "audit", "agencies"}
    assert climbing(MODELS) == []


@pytest.mark.parametrize(
    ("own", "other", "wrong"),
    [
        ("records", "access", True),
        ("plans", "meetings", True),
        ("django.contrib.auth", "records", True),
        ("access", "records", False),
        ("records", "django.contrib.auth", False),
        ("records", "records", False),
    ],
)
def test_a_relation_that_climbs_is_noticed(own: str, other: str, wrong: bool) -> None:
    def place(name: str) -> str:
        return f"{name}.models" if "." in name else f"goldthread.{name}.models"

    with isolate_apps("goldthread.records"):

        class High(models.Model):
            __module__ = place(other)

            class Meta:
                app_label = "records"

        class Low(models.Model):
            __module__ = place(own)
            points = models.ForeignKey(High, on_delete=models.PROTECT)

            class Meta:
                app_label = "records"

    assert climbing([High, Low]) == (["records.Low.points -> records.High"] if wrong else [])


def test_every_model_that_is_said_to_be_versioned_has_a_version() -> None:
    assert versionless(MODELS) == []


def test_one_without_a_version_is_noticed() -> None:
    with isolate_apps("goldthread.records"):

        class Plain(models.Model):
            __module__ = "goldthread.records.models"
            declared = Declared(Sensitivity.PUBLIC, Retention.INSTALLATION, Mutability.VERSIONED)

            class Meta:
                app_label = "records"

        class Counted(Versioned):
            __module__ = "goldthread.records.models"
            declared = Plain.declared

            class Meta:
                app_label = "records"

    assert versionless([Plain, Counted]) == ["records.Plain"]


def test_no_request_opens_a_transaction_of_its_own() -> None:
    for database in settings.DATABASES.values():
        assert not database.get("ATOMIC_REQUESTS")
