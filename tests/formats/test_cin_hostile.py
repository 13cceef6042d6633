"""Files that are broken or hostile: each ends with one clear sentence, and nothing crashes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from census_text import HEADER, child, episode, message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.duties.refusal import Refused
from goldthread.formats.cin import CensusReading
from goldthread.formats.cin.ids import SeenIds
from goldthread.formats.events import EventsReading
from goldthread.formats.reading import open_file

Write = Callable[[str | bytes], Path]

GOOD = message(child(episode(), name="Ann1"), child(episode(), name="Ben2"))
BOMB = (
    '<!DOCTYPE Message [<!ENTITY a0 "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)


def refusal(path: Path) -> str:
    """This will read the whole file and give the sentence that it is refused with."""
    with pytest.raises(Refused) as refused:
        read(path)
    said = str(refused.value)
    assert said.startswith(f"{path}: ")
    assert "\n" not in said
    assert "expected" in said
    return said.removeprefix(f"{path}: ")


def read(path: Path) -> tuple[int, CensusReading]:
    reading = open_file(path)
    assert isinstance(reading, CensusReading)
    return sum(1 for _ in reading.children()), reading


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        (" \n\t ", "holds nothing but blanks"),
        ("<", "seems to be cut off, before its children"),
        ("<Message/>", "does not begin with a Header"),
        ("<CTF/>", 'the first element is "CTF"; expected Message'),
        ("<html><body/></html>", 'the first element is "html"'),
        ("<Message><Children><Child/></Children></Message>", "does not begin with a Header"),
        (f"<Message><Children>{child()}</Children>{HEADER}</Message>", "whose header comes before its children"),
        (message(reference=""), "the header has no ReferenceDate"),
        (message(reference="2026-02-30"), 'ReferenceDate "2026-02-30" is not a date'),
        (message(reference="20260331"), 'ReferenceDate "20260331" is not a date'),
        (message(reference="0026-03-31"), "ReferenceDate is 0026-03-31; expected one between"),
        (GOOD.replace(">CIN<", ">SSDA903<"), 'Collection is "SSDA903"; expected CIN'),
        (GOOD.replace("Sex>F</Sex", "Sex>F</sex", 1), "is not well-formed XML, in or before its first child"),
        (
            GOOD[: GOOD.rindex("</Sex>")] + "</sex>" + GOOD[GOOD.rindex("</Sex>") + 6 :],
            'is not well-formed XML, in or after child 2 (the last whole one is child 1, LAchildID "Ann1")',
        ),
        (GOOD.replace("<Header>", "<\ufefdHeader>"), "(Opening and ending tag mismatch: ·Header line 1"),
        (GOOD + "<More/>", "is not well-formed XML, in or after child 3"),
        (GOOD.replace("Ann1", "Ann&nbsp;1"), "uses an entity"),
        (GOOD.replace("Ann1", "Ann\x01"), "is not well-formed XML"),
        (GOOD[: GOOD.index("Ben2") + 2], 'seems to be cut off, in or after child 2 (the last whole one is child 1, LAchildID "Ann1")'),
        (GOOD.replace("</Message>", ""), "seems to be cut off, in or after child 3"),
        (GOOD.replace("</Message>", "</Messag"), "seems to be cut off, in or after child 3"),
        ("<!DOCTYPE Message>" + GOOD, "holds a document type declaration (DTD)"),
        ("<!DOCTYPE Message SYSTEM 'census.dtd'>" + GOOD, "holds a document type declaration (DTD)"),
        (BOMB + GOOD.replace("Ann1", "&a9;"), "holds a document type declaration (DTD)"),
        (BOMB + GOOD.replace("201</LEA>", "&a9;</LEA>"), "holds a document type declaration (DTD)"),
        (
            '<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + GOOD.replace("Ann1", "&x;"),
            "holds a document type declaration (DTD)",
        ),
        (GOOD.replace("Ann1", "Zoë").encode("latin-1"), "its bytes are not in the encoding that it declares"),
        (
            b'<?xml version="1.0" encoding="UTF-8"?>' + GOOD.replace("Ann1", "Zoë").encode("cp1252"),
            "its bytes are not in the encoding that it declares",
        ),
        (f'<?xml version="1.0" encoding="UTF-8"?>{GOOD}'.encode("utf-16"), 'is written in UTF-16 but declares "UTF-8"'),
        (f'<?xml version="1.0" encoding="UTF-8"?>{GOOD}'.encode("utf-16-be"), 'is written in UTF-16 but declares "UTF-8"'),
        (f'<?xml version="1.0" encoding="klingon"?>{GOOD}', "its bytes are not in the encoding that it declares"),
        (GOOD.replace("<Sex>", "<a>" * 300 + "</a>" * 300 + "<Sex>", 1), "is not well-formed XML"),
        (GOOD.replace("Ann1", "A" * 11_000_000), "is not well-formed XML"),
        (GOOD.encode().replace(b"Ann1", b"An\0n"), "is not well-formed XML"),
        (b"PK\x03\x04rest", "is a zip archive or a spreadsheet"),
        (b"\x1f\x8b\x08rest", "is compressed with gzip"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_census_is_refused_with_one_sentence(
    written: Write, content: str | bytes, words: str
) -> None:
    assert words in refusal(written(content))


def test_a_file_that_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "absent.xml")
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        "\ufeff" + GOOD,
        f'<?xml version="1.0" encoding="utf-8"?>{GOOD}',
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{GOOD}'.encode("latin-1"),
        f'<?xml version="1.0" encoding="UTF-16"?>{GOOD}'.encode("utf-16"),
        GOOD.replace("<Child>", "<!-- a comment --><?go on?> stray text <Child>"),
        GOOD.replace("Ann1", "An<!-- a comment -->n1"),
        GOOD.replace("Ann1", "<![CDATA[Ann1]]>"),
        GOOD.replace("<Sex>", "stray<Sex>"),
        GOOD.replace("<Message>", '<?xml-stylesheet href="file:///etc/passwd"?><Message>'),
        GOOD.replace("</Children>", "</Children><Children>" + child(episode(), name="Cat3") + "</Children>"),
    ],
)
def test_a_census_written_unusually_is_read_without_a_note(written: Write, content: str | bytes) -> None:
    count, reading = read(written(content))
    assert count in (2, 3)
    assert reading.notes.total == 0


@pytest.mark.parametrize(
    ("start", "prefix"), [("<Message xmlns='urn:census'>", ""), ("<c:Message xmlns:c='urn:census'>", "c:")]
)
def test_a_census_in_a_namespace_is_read_by_its_local_names_with_one_note(
    written: Write, start: str, prefix: str
) -> None:
    named = GOOD.replace("</", "<//").replace("<", "<" + prefix).replace(f"<{prefix}//", f"</{prefix}")
    _, plain = read(written(GOOD))
    count, reading = read(written(named.replace(f"<{prefix}Message>", start)))
    assert (count, dict(reading.notes.by_code)) == (2, {"namespace": 1})
    assert [list(one) for one in reading.children()] == [list(one) for one in plain.children()]


def test_an_unknown_element_is_noted_once_for_each_name(written: Write) -> None:
    rest = "<Local><CINclosureDate>2025-07-01</CINclosureDate></Local><Local/>"
    path = written(message(child(episode(rest), name="A"), child(episode(rest + "<Other/>"), name="B")))
    count, reading = read(path)
    assert count == 2
    assert [str(note) for note in reading.notes] == [
        'child 1 ("A"): "Local" is not an element of the census; it is not read',
        'child 2 ("B"): "Other" is not an element of the census; it is not read',
    ]
    assert not [event for _, events in reading.children() for event in events if event.kind == "case-closed"]


def test_a_child_inside_a_child_is_noted_and_not_used(written: Write) -> None:
    inner = child(episode(), name="Inner")
    count, reading = read(written(message(child(episode() + inner, name="Outer"), child(episode(), name="Next"))))
    assert count == 2
    assert reading.notes.by_code["misplaced-element"] == 1
    assert [subject for subject, _ in reading.children()] == ["child:Outer", "child:Next"]


def test_a_value_from_the_file_cannot_take_over_the_sentence(written: Write) -> None:
    name = "A\nB\u009b31m" + "C" * 500
    _, reading = read(written(message(child(episode(by="\u202e!"), name=name), child(episode(), name=name))))
    for note in reading.notes:
        assert str(note).isprintable()
        assert len(str(note)) < 250


def test_a_broken_census_is_refused_or_read_and_nothing_else(written: Write) -> None:
    whole = message(*(child(episode("<ReferralNFA>0</ReferralNFA>"), name=f"C{n}") for n in range(3))).encode()

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, len(whole)), st.integers(0, 40), st.binary(max_size=8))
    def broken(at: int, gone: int, instead: bytes) -> None:
        said = ""
        try:
            reading = open_file(written(whole[:at] + instead + whole[at + gone :]))
            if isinstance(reading, CensusReading):
                said = "".join(str(note) for _ in reading.children() for note in reading.notes)
            elif isinstance(reading, EventsReading):
                list(reading.events())
        except Refused as refused:
            said = str(refused)
        assert said.isprintable()

    broken()


def test_every_cut_of_a_census_is_refused(written: Write) -> None:
    for end in range(1, len(GOOD), 7):
        refusal(written(GOOD[:end]))


def test_seen_ids_find_every_repetition_and_only_those() -> None:
    seen = SeenIds()
    assert [seen.earlier(f"C{n}", n) for n in range(1, 5001)] == [0] * 5000
    assert [seen.earlier(f"C{n}", 9999) for n in range(1, 5001)] == list(range(1, 5001))


def test_progress_is_called_with_bytes_done_and_in_all_and_ends_at_the_end(written: Write) -> None:
    calls: list[tuple[int, int]] = []
    path = written(message(*(child(episode(), name=f"C{n}") for n in range(2000))))
    reading = open_file(path, progress=lambda done, total: calls.append((done, total)))
    assert isinstance(reading, CensusReading)
    assert sum(1 for _ in reading.children()) == 2000
    size = path.stat().st_size
    assert calls[-1] == (size, size)
    assert calls == sorted(calls)
    assert len(calls) < 20


ENDLESS = """
import re, resource, sys
from pathlib import Path
from goldthread.duties.refusal import Refused
from goldthread.formats.reading import open_file
try:
    reading = open_file(Path(sys.argv[1]))
    print(sum(1 for _ in reading.children()), reading.notes.total)
except Refused as refused:
    print("refused:", refused)
status = Path("/proc/self/status")
if status.exists():  # getrusage counts what the process that started this one held, too
    print(int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1]) // 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def in_its_own_process(path: Path) -> tuple[str, int]:
    """This will read the file in a process of its own, and give what it said and its peak memory in MB."""
    run = subprocess.run([sys.executable, "-c", ENDLESS, str(path)], capture_output=True, text=True, check=True)
    said, peak = run.stdout.strip().splitlines()
    return said, int(peak)


@pytest.mark.slow
def test_a_gigabyte_is_read_in_flat_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    start, end = message().split("</Children>")
    rest = episode("<ReferralNFA>0</ReferralNFA><!--" + "x" * 800 + "-->")
    count = 1_000_000_000 // len(child(rest, name="C000000001"))
    with path.open("w", encoding="utf-8") as file:
        file.write(start)
        for number in range(count):
            file.write(child(rest, name=f"C{number:09}"))
        file.write("</Children>" + end)
    said, peak = in_its_own_process(path)
    path.unlink()
    assert said == f"{count} 0"
    assert peak < 120


@pytest.mark.slow
def test_a_child_without_an_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "endless.xml"
    start, _ = message().split("</Children>")
    with path.open("w", encoding="utf-8") as file:
        file.write(start + "<Child>")
        for _ in range(200):
            file.write("<CINdetails><CINreferralDate>2025-06-02</CINreferralDate></CINdetails>" * 15_000)
    said, peak = in_its_own_process(path)
    path.unlink()
    assert "more than 64 MB without the end of a Child element" in said
    assert peak < 1500
