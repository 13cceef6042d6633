"""A small census as text, with any part of it replaced."""

from __future__ import annotations

HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>"
    "<ReferenceDate>{reference}</ReferenceDate></CollectionDetails>"
    "<Source><SourceLevel>L</SourceLevel><LEA>201</LEA><SoftwareCode>invented</SoftwareCode></Source></Header>"
)


def child(
    episodes: str = "", *, name: str | None = "C1", born: str = "<PersonBirthDate>2015-05-05</PersonBirthDate>"
) -> str:
    id_ = "" if name is None else f"<LAchildID>{name}</LAchildID>"
    return f"<Child><ChildIdentifiers>{id_}{born}<Sex>F</Sex></ChildIdentifiers>{episodes}</Child>"


def episode(rest: str = "", *, referred: str = "2025-06-02", by: str = "6") -> str:
    return (
        f"<CINdetails><CINreferralDate>{referred}</CINreferralDate><ReferralSource>{by}</ReferralSource>"
        f"<PrimaryNeedCode>N1</PrimaryNeedCode>{rest}</CINdetails>"
    )


def message(*children: str, reference: str = "2026-03-31", year: str = "2026") -> str:
    return f"<Message>{HEADER.format(year=year, reference=reference)}<Children>{''.join(children)}</Children></Message>"
