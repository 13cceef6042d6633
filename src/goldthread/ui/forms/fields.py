"""Fields that say every error as a sentence. A field with `missing`, the sentence for no answer, is required."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from goldthread.ui.forms.looks import PLAIN, Look
from goldthread.ui.forms.text import Unfit, kept

Choices = Iterable[tuple[str, str]]

UNFIT_SENTENCE = "{label} has a character in it that cannot be kept. Type that part again instead of pasting it."
LOST_SENTENCE = "This page has lost its place. Copy what you wrote, open the page again and put it in there."


class TextField(forms.CharField):
    """One line of text, kept in Unicode's form NFC."""

    lines = False

    def __init__(
        self,
        label: str,
        *,
        missing: str | None = None,
        hint: str = "",
        longest: int = 200,
        look: Look = PLAIN,
        initial: str | None = None,
        widget: forms.Widget | None = None,
    ) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=missing is not None,
            initial=initial,
            widget=widget,
            error_messages={"required": missing or ""},
        )
        self.look, self.longest = look, longest

    def to_python(self, value: Any) -> str:
        """Give the text as it is kept; refuses what cannot be, and what is too long."""
        try:
            text = kept(str(value or ""), lines=self.lines)
        except Unfit:
            raise ValidationError(UNFIT_SENTENCE.format(label=self.label), code="unfit") from None
        if len(text) > self.longest:
            raise ValidationError(
                f"{self.label} must be {self.longest:,} characters or fewer; this is {len(text):,}", code="too_long"
            )
        return text


class LongTextField(TextField):
    """Text of several lines, its line ends kept as LF."""

    widget = forms.Textarea
    lines = True

    def __init__(self, label: str, *, longest: int = 20_000, **settings: Any) -> None:
        super().__init__(label, longest=longest, **settings)


class EmailField(TextField):
    """An email address."""

    widget = forms.EmailInput

    def __init__(self, label: str, *, longest: int = 254, **settings: Any) -> None:
        super().__init__(label, longest=longest, **settings)
        example = "Enter an email address in the form name@example.org"
        self.validators.append(EmailValidator(message=example))


class PassphraseField(forms.CharField):
    """A password, taken exactly as typed and never shown again."""

    widget = forms.PasswordInput

    def __init__(self, label: str, *, missing: str, hint: str = "", new: bool = False) -> None:
        super().__init__(label=label, help_text=hint, strip=False, error_messages={"required": missing})
        self.look = Look(autocomplete="new-password" if new else "current-password")

    def to_python(self, value: Any) -> str:
        """Give what was typed; refuses what no keyboard types, and what would only keep the server busy."""
        text = str(value or "")
        try:
            kept(text, lines=False)
        except Unfit:
            raise ValidationError(UNFIT_SENTENCE.format(label=self.label), code="unfit") from None
        if len(text) > 1000:
            raise ValidationError(f"{self.label} must be 1,000 characters or fewer", code="too_long")
        return text


class WholeNumberField(forms.Field):
    """A whole number, from `least` to `most`."""

    widget = forms.TextInput

    def __init__(
        self,
        label: str,
        *,
        least: int,
        most: int,
        missing: str | None = None,
        hint: str = "",
        look: Look | None = None,
        initial: int | None = None,
    ) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=missing is not None,
            initial=initial,
            error_messages={"required": missing or ""},
        )
        self.least, self.most, self.look = least, most, look or Look(inputmode="numeric")

    def to_python(self, value: Any) -> int | None:
        """Give the number; commas and spaces between its digits are taken as said aloud."""
        digits = re.sub(r"[,\s]", "", str("" if value is None else value))
        if not digits:
            return None
        number = int(digits) if re.fullmatch(r"-?[0-9]{1,12}", digits) else None
        if number is None:
            raise ValidationError(f"{self.label} must be a whole number, like {self.least + 1:,}", code="no_number")
        if not self.least <= number <= self.most:
            raise ValidationError(f"{self.label} must be between {self.least:,} and {self.most:,}", code="out_of_range")
        return number


class _ChoiceField(forms.ChoiceField):
    """One of several answers."""

    def __init__(
        self,
        label: str,
        *,
        choices: Choices | Callable[[], Choices],
        missing: str | None = None,
        hint: str = "",
        look: Look = PLAIN,
        initial: str | None = None,
    ) -> None:
        made = choices if callable(choices) else list(choices)
        super().__init__(
            label=label,
            choices=made,
            help_text=hint,
            required=missing is not None,
            initial=initial,
            error_messages={
                "required": missing or "",
                "invalid_choice": missing or "Choose one of the answers listed",
            },
        )
        self.look = look


class RadiosField(_ChoiceField):
    """One of a few answers, all in view."""

    widget = forms.RadioSelect


class SelectField(_ChoiceField):
    """One of many answers, in a list that opens. Give an empty first choice where none should be chosen beforehand."""

    widget = forms.Select


class YesNoField(RadiosField):
    """Yes or no, as True or False; None while an optional question is unanswered."""

    def __init__(self, label: str, **settings: Any) -> None:
        super().__init__(label, choices=[("yes", "Yes"), ("no", "No")], **{"look": Look(inline=True), **settings})

    def prepare_value(self, value: Any) -> Any:
        """Give the answer as its choice, whether it was sent or set beforehand."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        """Give True, False or None."""
        return {"yes": True, "no": False}.get(super().clean(value))


class CheckboxesField(forms.MultipleChoiceField):
    """Any number of several answers."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self,
        label: str,
        *,
        choices: Choices | Callable[[], Choices],
        missing: str | None = None,
        hint: str = "",
        look: Look = PLAIN,
        initial: Iterable[str] = (),
    ) -> None:
        refused = missing or "Choose from the answers listed"
        super().__init__(
            label=label,
            choices=choices if callable(choices) else list(choices),
            help_text=hint,
            required=missing is not None,
            initial=list(initial),
            error_messages={"required": missing or "", "invalid_choice": refused, "invalid_list": refused},
        )
        self.look = look


class ConfirmField(forms.BooleanField):
    """One box to tick; with `missing`, it must be ticked."""

    widget = forms.CheckboxInput

    def __init__(self, label: str, *, missing: str | None = None, hint: str = "", initial: bool = False) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=missing is not None,
            initial=initial,
            error_messages={"required": missing or ""},
        )
        self.look = PLAIN


class VersionField(forms.Field):
    """The version of what is changed, as it stood when the page was opened; hidden."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(error_messages={"required": LOST_SENTENCE})

    def to_python(self, value: Any) -> int | None:
        """Give the version."""
        if value in self.empty_values:
            return None
        if not re.fullmatch(r"[0-9]{1,18}", str(value)):
            raise ValidationError(LOST_SENTENCE, code="lost")
        return int(value)


def new_token() -> str:
    """This will make what marks one showing of a form, so that sending it twice can be told from doing it twice."""
    return secrets.token_urlsafe(18)


class TokenField(forms.Field):
    """What marks one showing of a form; hidden. Whoever keeps it lets the second of two equal ones do nothing."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(initial=new_token, error_messages={"required": LOST_SENTENCE})

    def to_python(self, value: Any) -> str:
        """Give the token."""
        text = str(value or "")
        if text and not re.fullmatch(r"[\w-]{24}", text, re.ASCII):
            raise ValidationError(LOST_SENTENCE, code="lost")
        return text
