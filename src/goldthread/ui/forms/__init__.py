"""Forms and fields that print themselves as the design system's components."""

from goldthread.ui.forms.dates import DateField
from goldthread.ui.forms.fields import (
    CheckboxesField,
    ConfirmField,
    EmailField,
    LongTextField,
    PassphraseField,
    RadiosField,
    SelectField,
    TextField,
    TokenField,
    VersionField,
    WholeNumberField,
    YesNoField,
)
from goldthread.ui.forms.form import FilterForm, Form, OnceForm, Renderer, VersionedForm
from goldthread.ui.forms.looks import Look, Size, Width

__all__ = [
    "CheckboxesField",
    "ConfirmField",
    "DateField",
    "EmailField",
    "FilterForm",
    "Form",
    "LongTextField",
    "Look",
    "OnceForm",
    "PassphraseField",
    "RadiosField",
    "Renderer",
    "SelectField",
    "Size",
    "TextField",
    "TokenField",
    "VersionField",
    "VersionedForm",
    "WholeNumberField",
    "Width",
    "YesNoField",
]
