"""A date in three parts: what was typed is kept as typed, and an error says which part to mend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldthread.ui.forms.looks import PLAIN, Look
from goldthread.ui.wording import MONTHS, day

PARTS = ("day", "month", "year")
MONTH_NAMES = {month.casefold()[:length]: at for at, month in enumerate(MONTHS, 1) for length in (3, len(month))}
MONTH_NAMES["sept"] = 9


class DateWidget(forms.MultiWidget):
    """Three boxes, sent as `<name>_day`, `<name>_month` and `<name>_year`."""

    def __init__(self) -> None:
        super().__init__(widgets={part: forms.TextInput() for part in PARTS})

    def decompress(self, value: Any) -> list[str]:
        """Give the three parts of a date that is shown before anything was typed."""
        return [str(value.day), str(value.month), str(value.year)] if isinstance(value, date) else ["", "", ""]


class WrongDate(ValidationError):
    """A date that cannot be taken, with the parts that are at fault."""

    def __init__(self, sentence: str, *wrong: str) -> None:
        super().__init__(sentence, code="wrong_date", params={"wrong": wrong or PARTS})


class DateField(forms.Field):
    """A date. `past` refuses a day after the form's own day `on`, `future` one before it."""

    widget = DateWidget

    def __init__(
        self,
        label: str,
        *,
        missing: str | None = None,
        hint: str = "",
        earliest: date = date(1900, 1, 1),
        latest: date = date(2199, 12, 31),
        past: bool = False,
        future: bool = False,
        look: Look = PLAIN,
        initial: date | None = None,
    ) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=missing is not None,
            initial=initial,
            error_messages={"required": missing or ""},
        )
        self.earliest, self.latest, self.past, self.future, self.look = earliest, latest, past, future, look
        self.on: date | None = None  # the form tells it: a field knows no clock

    def clean(self, value: Any) -> date | None:
        """Give the date, or None; every part that is at fault is named in the error."""
        typed = [str(part or "").strip() for part in value or ("", "", "")]
        if not any(typed):
            if self.required:
                raise WrongDate(str(self.error_messages["required"]))
            return None
        absent = [name for name, text in zip(PARTS, typed, strict=True) if not text]
        if absent:
            raise WrongDate(f"{self.label} must include a {' and '.join(absent)}", *absent)
        found = self._real(typed)
        self._within(found)
        return found

    def _real(self, typed: Sequence[str]) -> date:
        numbers = [_number(text, name) for text, name in zip(typed, PARTS, strict=True)]
        wrong = [name for name, number in zip(PARTS, numbers, strict=True) if number is None]
        if wrong == ["year"]:
            raise WrongDate(f"{self.label}: the year must have 4 figures, like 2019", "year")
        if not wrong:
            in_day, in_month, in_year = (number or 0 for number in numbers)
            wrong = [*(["day"] if not 1 <= in_day <= 31 else []), *(["month"] if not 1 <= in_month <= 12 else [])]
            if not wrong:
                try:
                    return date(in_year, in_month, in_day)
                except ValueError:
                    wrong = ["day"]
        raise WrongDate(f"{self.label} must be a real date, like 27 3 2019", *wrong)

    def _within(self, found: date) -> None:
        if found < self.earliest:
            raise WrongDate(f"{self.label} must be {day(self.earliest)} or later")
        if found > self.latest:
            raise WrongDate(f"{self.label} must be {day(self.latest)} or earlier")
        if (self.past or self.future) and self.on is None:
            raise LookupError(f"The form that asks for {self.label!r} was not told which day it is (on=).")
        if self.past and self.on and found > self.on:
            raise WrongDate(f"{self.label} must be today or in the past")
        if self.future and self.on and found < self.on:
            raise WrongDate(f"{self.label} must be today or in the future")


def _number(text: str, part: str) -> int | None:
    """Give the number that a part says; a month may be named; a year has four figures."""
    if part == "month" and text.casefold() in MONTH_NAMES:
        return MONTH_NAMES[text.casefold()]
    return int(text) if re.fullmatch(r"[0-9]{4}" if part == "year" else r"[0-9]{1,2}", text) else None


def wrong_parts(errors: Sequence[ValidationError]) -> Sequence[str]:
    """This will give the parts of a date that its errors name, in the order of the boxes; all, if they name none."""
    named = {part for error in errors for part in (error.params or {}).get("wrong", PARTS)}
    return [part for part in PARTS if part in named]
