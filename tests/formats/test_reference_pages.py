"""The reference pages say what the code does. To write the tables anew: python tests/formats/test_reference_pages.py"""

from __future__ import annotations

import json
import re
from pathlib import Path

from goldthread.formats.cin.table import NOTE_CODES, TABLE, as_markdown
from goldthread.formats.event_records import COLUMNS, SOURCE_KEYS, SUBJECT_TYPES

REFERENCE = Path(__file__).parents[2] / "docs/reference"
PAGE = REFERENCE / "census-events.md"
CENSUS = Path(__file__).parents[2] / "src/goldthread/formats/cin"


def filled(page: str, tables: dict[str, str]) -> str:
    def table(found: re.Match[str]) -> str:
        return f"<!-- table: {found[1]} -->\n{tables[found[1]]}\n<!-- end -->"

    return re.sub(r"<!-- table: (\w+) -->\n.*?<!-- end -->", table, page, flags=re.DOTALL)


def test_the_census_page_prints_the_tables_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == filled(page, as_markdown()), "run: python tests/formats/test_reference_pages.py"


def test_a_stale_table_would_be_seen() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page != filled(page, {**as_markdown(), "notes": "| code |"})


def test_every_note_that_the_reader_makes_is_in_the_table_and_the_other_way_round() -> None:
    said = set()
    for path in CENSUS.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        said |= set(re.findall(r'note\(\s*"([a-z0-9-]+)"', text)) | set(
            re.findall(r'notes\.add\(\s*"([a-z0-9-]+)"', text)
        )
    assert said == set(NOTE_CODES)


def test_every_kind_that_the_mapping_makes_is_in_the_table() -> None:
    made = set()
    text = "".join((CENSUS / name).read_text(encoding="utf-8") for name in ("mapping.py", "protection.py"))
    for call in re.findall(r"facts\.add\((.*?)\n", text.replace("(\n", "(")):
        made |= set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', call))
    documented = {word for row in TABLE for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", row.becomes)}
    assert made == documented


def test_the_events_page_names_every_key() -> None:
    page = (REFERENCE / "events.md").read_text(encoding="utf-8")
    for key in (*COLUMNS, *SOURCE_KEYS):
        assert f"`{key}`" in page


def test_the_schema_names_the_keys_and_subjects_of_the_reader() -> None:
    schema = json.loads((REFERENCE / "event.schema.json").read_text(encoding="utf-8"))
    event = schema["$defs"]["event"]
    assert set(event["properties"]) == set(COLUMNS)
    assert set(schema["$defs"]["source"]["properties"]["source"]["properties"]) == set(SOURCE_KEYS)
    assert "|".join(SUBJECT_TYPES) in schema["$defs"]["subject"]["pattern"]


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), as_markdown()), encoding="utf-8")
