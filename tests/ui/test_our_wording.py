"""Sentences of other packages are said in our words, and what Python reads is what a person edits."""

from __future__ import annotations

import gettext
import runpy
from pathlib import Path

import allauth.account
import allauth.mfa
import django.core.validators
import django.forms.fields
import pytest
from django.core.exceptions import ValidationError
from django.forms import CharField, EmailField

TOOL = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "compile_wording.py"))
PO = TOOL["FOLDER"] / "django.po"
WORDS: dict[str, str] = TOOL["read"](PO.read_text(encoding="utf-8"))


def test_what_is_read_is_compiled_from_what_is_edited() -> None:
    assert (TOOL["FOLDER"] / "django.mo").read_bytes() == TOOL["compiled"](WORDS)


def test_what_is_compiled_can_be_read() -> None:
    with (TOOL["FOLDER"] / "django.mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert len(WORDS) > 20
    for key, said in WORDS.items():
        assert read.gettext(key) == said


def test_a_missing_answer_is_asked_for_in_our_words() -> None:
    with pytest.raises(ValidationError, match="Fill this in"):
        CharField().clean("")
    with pytest.raises(ValidationError, match=r"name@example\.org"):
        EmailField().clean("x")


def test_every_sentence_is_one_that_the_packages_still_say() -> None:
    folders = [Path(allauth.account.__file__).parent, Path(allauth.mfa.__file__).parent]
    files = [Path(django.forms.fields.__file__), Path(django.core.validators.__file__)]
    files += [file for folder in folders for file in folder.rglob("*.py")]
    theirs = "".join(file.read_text(encoding="utf-8") for file in files)
    assert [key for key in WORDS if f'"{key}"' not in theirs and key] == []
