"""Every address of the site, as its own list of addresses has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from goldthread.kernel.routes import Mark, Who, mark_of

PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
ANYTHING: Mapping[str, str] = {"uidb36": "1", "key": "x-x", "token": "x", "name": "x", "code": "AAA-1111"}


@dataclass(frozen=True)
class Address:
    """One of them: its name, its parts that vary, and what is behind it."""

    name: str
    route: str
    pattern: URLPattern

    @property
    def mark(self) -> Mark | None:
        """What its view says of itself."""
        return mark_of(self.pattern.callback)

    @property
    def who(self) -> Who | None:
        """For whom it is."""
        return self.mark.who if self.mark else None

    @property
    def places(self) -> tuple[str, ...]:
        """The names of what varies in it."""
        return tuple((GROUP if self.is_expression else PLACE).findall(self.route))

    @property
    def is_expression(self) -> bool:
        """Whether it is a regular expression."""
        return "(?P" in self.route

    def filled(self, values: Mapping[str, object] | None = None) -> str:
        """With those values put in; what is not among them is 1, or a word where a number would not do."""
        given = {**ANYTHING, **{name: str(value) for name, value in (values or {}).items()}}
        text = (GROUP if self.is_expression else PLACE).sub(lambda found: given.get(found[1], "1"), self.route)
        return "/" + (text.replace("^", "").replace("$", "") if self.is_expression else text)


def addresses(resolver: URLResolver | None = None, before: str = "", space: str = "") -> Iterator[Address]:
    """This will give every address of the site."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one, before + str(one.pattern), inner)
        else:
            yield Address(f"{space}{one.name}", before + str(one.pattern), one)
