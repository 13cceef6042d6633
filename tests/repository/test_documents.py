"""The documents have the shape that a reader counts on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = sorted(path.parent for path in (ROOT / "src" / "goldthread").glob("*/__init__.py"))
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def broken_links(page: Path) -> list[str]:
    """The links of a page to files of the repository that are not there."""
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    return [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_every_app_says_what_belongs_in_it(package: Path) -> None:
    said = (package / "README.md").read_text(encoding="utf-8")
    assert len(said.splitlines()) <= 40, "about ten lines: the rest belongs in docs"
    assert "not" in said.split(), "a README says what does not belong here, too"


def test_decisions_are_numbered_without_a_gap_and_say_why() -> None:
    assert [path.name[:5] for path in DECISIONS] == [f"{n:04}-" for n in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        said = path.read_text(encoding="utf-8")
        assert re.findall(r"^## (\w+)", said, re.MULTILINE) == ["Context", "Options", "Decision", "Consequences"], (
            path.name
        )
        assert re.match(rf"# {int(path.name[:4])}\. \S", said), f"{path.name}: the heading is its number and its title"


def test_the_changelog_speaks_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_a_link_that_leads_nowhere_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[here](page.md#part) [gone](gone.md) [out](https://example.invalid/x.md)", encoding="utf-8")
    assert broken_links(page) == ["gone.md"]
