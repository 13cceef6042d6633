"""The design system's components, callable from our strict templates as `govuk.<component>({...})`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, TemplateNotFound
from markupsafe import Markup

# What a component prints as it is: a plain string there could bring HTML that nobody escaped.
RAW = ("html", "Html")


class UnsafeHtml(TypeError):
    """A component was given a plain string where it expects HTML from a template."""


class UnknownComponent(AttributeError):
    """The design system has no such component."""


def lenient() -> Environment:
    """This will give the environment that the components are written for: what a caller leaves out is empty there."""
    made = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Indenting what they nest would put spaces into the text of a textarea, more at every saving.
    made.filters["indent"] = lambda text, *_, **__: text
    return made


_environment = cache(lenient)


@cache
def macro(name: str) -> Callable[[Mapping[str, Any]], Markup]:
    """This will give the macro of a component: `date_input` or `date-input` gives govukDateInput."""
    words = name.replace("_", "-").split("-")
    path = f"govuk_frontend_jinja/components/{'-'.join(words)}/macro.html"
    try:
        module = _environment().get_template(path).module
    except TemplateNotFound:
        raise UnknownComponent(f"The design system has no component {name!r}.") from None
    return cast("Callable[[Mapping[str, Any]], Markup]", getattr(module, "govuk" + "".join(map(str.capitalize, words))))


def refuse_plain_html(given: Any, place: str) -> None:
    """This will raise UnsafeHtml where a plain string would be printed as HTML."""
    if isinstance(given, Mapping):
        for key, value in given.items():
            where = f"{place}.{key}"
            # A whole text of attributes is printed as it is, too.
            raw = isinstance(key, str) and (key.endswith(RAW) or key == "attributes")
            if raw and isinstance(value, str) and value and not hasattr(value, "__html__"):
                raise UnsafeHtml(f"{where} is a plain string: give text, or HTML that a template has made.")
            refuse_plain_html(value, where)
    elif isinstance(given, list | tuple):
        for at, value in enumerate(given):
            refuse_plain_html(value, f"{place}[{at}]")


class Components:
    """What a template knows as `govuk`: each attribute is a component that takes the design system's own parameters."""

    def __getattr__(self, name: str) -> Callable[[Mapping[str, Any]], Markup]:
        """Give the component of this name."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Callable[[Mapping[str, Any]], Markup]:
        """Give the component of this name, which a template may hold in a variable."""
        made = macro(name)

        def component(params: Mapping[str, Any]) -> Markup:
            refuse_plain_html(params, name)
            return made(params)

        return component
