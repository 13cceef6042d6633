"""Reads a CIN census, of 2021 to 2026-27, child by child in flat memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from goldthread.duties.event import Event
from goldthread.duties.refusal import Refused
from goldthread.formats.cin.child import ChildFacts
from goldthread.formats.cin.collecting import Collector, id_of, local
from goldthread.formats.cin.identity import NOBODY, Identity, identity_of
from goldthread.formats.cin.ids import SeenIds
from goldthread.formats.cin.mapping import child_events
from goldthread.formats.cin.refusing import malformed, refuse_hidden_encoding
from goldthread.formats.cin.table import source
from goldthread.formats.notes import Notes, shown
from goldthread.formats.source_file import CountedFile, Progress, Reading, open_bytes

BLOCK = 64  # children who are read and answered together, counted by their places in the file
LARGEST_CHILD = 64_000_000  # bytes; a real child takes about a thousand
LONGEST_HEADER = 1_000  # elements
MODULE_OF_2027 = b"PreProceedingsandFGDM"


class Share(NamedTuple):
    """The blocks of a census that are one reader's own where `of` readers share it: every `of`-th, from `which` on."""

    which: int = 0
    of: int = 1

    def holds(self, block: int) -> bool:
        """This will say whether a block, numbered from 0, is one's own."""
        return block % self.of == self.which


WHOLE = Share()


class CensusChild(NamedTuple):
    """A child of a census: her subject, her events in no particular order, and who she is, where that was asked for."""

    subject: str
    events: list[Event]
    identity: Identity = NOBODY


class Block(NamedTuple):
    """A block of children as they were read, what there is to note on them, and how many bytes of the file are read."""

    children: list[tuple[str, list[Event]]]
    notes: Notes
    done: int


class CensusReading(Reading):
    """A CIN census opened for reading: its header is read, its children follow one at a time."""

    def __init__(self, path: Path, *, progress: Progress | None = None) -> None:
        super().__init__(path, "cin-census", progress=progress)
        refuse_hidden_encoding(path)
        self.reference_date: date = self._read_header()
        self.opens = _a_year_before(self.reference_date)
        self.source = source(self.opens, self.reference_date.toordinal(), pre_proceedings=_holds_module(path))
        self._header_notes = self.notes.copy()
        self._done = 0

    def children(self) -> Iterator[tuple[str, list[Event]]]:
        """This will give each child as her subject (`child:ID`) and her events in no particular order, streaming."""
        self.notes.reset(self._header_notes)
        for one in self._read(WHOLE, self.notes):
            if one is not None:
                yield one.subject, one.events

    def identified(self) -> Iterator[CensusChild]:
        """This will give each child as `children` does, with who she is: no event holds that."""
        self.notes.reset(self._header_notes)
        for one in self._read(WHOLE, self.notes, identify=True):
            if one is not None:
                yield one

    def blocks(self, share: Share = WHOLE) -> Iterator[Block]:
        """This will give the children of `share` block by block; the notes of a block go nowhere else.

        A block that holds any child comes even when none of hers can be used, so that all shares together come to
        blocks without a gap. A file that cannot be read on is refused after its last block.
        """
        notes = Notes()
        children: list[tuple[str, list[Event]]] = []
        for one in self._read(share, notes):
            if one is not None:
                children.append((one.subject, one.events))
                continue
            yield Block(children, notes.copy(), self._done)
            children = []
            notes.reset(Notes())

    def _read(self, share: Share, notes: Notes, *, identify: bool = False) -> Iterator[CensusChild | None]:
        """This will give each child of `share`, and None at the end of each of its blocks.

        Everything is parsed, and every id is seen: the others' children are only not taken apart.
        """
        facts = ChildFacts(notes, self.opens, self.reference_date.toordinal(), self.reference_date.year)
        collector = Collector(facts)
        seen = SeenIds()
        place, name = 0, ""
        own, begun = share.holds(0), False
        children: etree._Element | None = None
        refused: Refused | None = None
        try:
            with open_bytes(self.path) as file:
                counted = CountedFile(file, self.path, self.progress, longest_unmarked=LARGEST_CHILD)
                for _, element in _parse(counted, ("end",), "{*}Child"):
                    counted.mark = self._done = counted.done
                    parent = element.getparent()
                    if parent is None or parent is not children:
                        if parent is None or not _is_children(parent):
                            if own:
                                begun = True
                                notes.add(
                                    "misplaced-element",
                                    f"after child {place}",
                                    "a Child stands outside Message/Children; it is not used",
                                )
                            continue
                        children = parent
                    place += 1
                    if own:
                        begun = True
                        identity, episodes = collector.collect(element, place)
                        name = identity.get("LAchildID", "").strip()
                    else:
                        name = (id_of(element) or "").strip()
                    named = bool(name)
                    name = name or f"unnamed-{place}"
                    earlier = seen.earlier(name, place)
                    if own:
                        facts.at(name, place)
                        if not named:
                            facts.note("child-without-id", f"there is no LAchildID; she is called {name} here")
                        if earlier:
                            facts.note(
                                "duplicate-child", f"the same LAchildID as child {earlier}; this record is not used"
                            )
                        else:
                            who = identity_of(element, facts.codes) if identify else NOBODY
                            yield CensusChild(
                                f"child:{name}", child_events(facts, name, place, identity, episodes), who
                            )
                    element.clear(keep_tail=False)  # type: ignore[call-arg]  # newer than the stubs
                    while element.getprevious() is not None:
                        del parent[0]
                    if place % BLOCK == 0:
                        if own:
                            yield None
                        own, begun = share.holds(place // BLOCK), False
        except Refused as error:
            refused = error
        except etree.XMLSyntaxError as error:
            refused = malformed(self.path, error, place, name)
            refused.__cause__ = error
        if begun:
            yield None
        if refused is not None:
            raise refused

    def _read_header(self) -> date:
        """This will read the header up to its end, and give the reference date; what cannot be a census is refused."""
        path = self.path
        header: etree._Element | None = None
        root_name = ""
        try:
            with open_bytes(path) as file:
                counted = CountedFile(file, path, None, longest_unmarked=LARGEST_CHILD)
                for count, (happening, element) in enumerate(_parse(counted, ("start", "end"))):
                    name = local(element)
                    if count == 0:
                        root_name = name
                        self._look_at_root(element)
                    elif happening == "end" and name == "Header":
                        header = element
                        break
                    elif name == "Child" or name == "Children" or count > LONGEST_HEADER:
                        break
        except etree.XMLSyntaxError as error:
            raise malformed(path, error, 0, "", before_children=True) from error
        if header is None:
            raise Refused(
                f"{path}: the element {root_name} does not begin with a Header that holds ReferenceDate; expected a CIN"
                " census, whose header comes before its children"
            )
        return self._look_at_header({local(item): (item.text or "").strip() for item in header.iter()})

    def _look_at_root(self, root: etree._Element) -> None:
        if root.getroottree().docinfo.internalDTD is not None:
            raise Refused(f"{self.path}: holds a document type declaration (DTD); expected a census, which has none")
        if local(root) != "Message":
            raise Refused(
                f"{self.path}: the first element is {shown(local(root))}; expected Message, as a CIN census has"
            )
        if str(root.tag).startswith("{"):
            space = str(root.tag)[1:].partition("}")[0]
            self.notes.add("namespace", "header", f"the elements stand in the namespace {shown(space)}")

    def _look_at_header(self, found: dict[str, str]) -> date:
        collection = found.get("Collection", "")
        if collection and collection.upper() != "CIN":
            raise Refused(f"{self.path}: the header's Collection is {shown(collection)}; expected CIN")
        text = found.get("ReferenceDate", "")
        if not text:
            raise Refused(f"{self.path}: the header has no ReferenceDate; expected the date that the census ends on")
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) is None:
                raise ValueError(text)
            reference = date.fromisoformat(text)
        except ValueError:
            raise Refused(
                f"{self.path}: the header's ReferenceDate {shown(text)} is not a date; expected YYYY-MM-DD"
            ) from None
        if not 1990 <= reference.year <= 2199:
            raise Refused(f"{self.path}: the header's ReferenceDate is {text}; expected one between 1990 and 2199")
        year = found.get("Year", "")
        if (reference.month, reference.day) != (3, 31) or year != str(reference.year):
            self.notes.add(
                "reference-date",
                "header",
                f"ReferenceDate {text} is not 31 March of the Year {shown(year)}; the year up to it is read",
            )
        for key, tag in (
            ("year", "Year"),
            ("LEA", "LEA"),
            ("software", "SoftwareCode"),
            ("release", "Release"),
            ("serial", "SerialNo"),
            ("created", "DateTime"),
        ):
            if found.get(tag):
                self.about[key] = found[tag]
        return reference


def _parse(file: CountedFile, events: tuple[str, ...], tag: str | None = None) -> Iterator[tuple[str, etree._Element]]:
    return iter(
        etree.iterparse(
            file,
            events=events,
            tag=tag,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
    )


def _is_children(element: etree._Element) -> bool:
    """This will say whether an element is the Children of the outermost Message."""
    if local(element) != "Children":
        return False
    above = element.getparent()
    return above is not None and above.getparent() is None


def _a_year_before(closes: date) -> int:
    """This will give the first day of the year that ends on `closes`, as an ordinal."""
    try:
        return closes.replace(year=closes.year - 1).toordinal() + 1
    except ValueError:  # 29 February: the year before ends on the 28th
        return closes.replace(year=closes.year - 1, day=28).toordinal() + 1


def _holds_module(path: Path) -> bool:
    """This will say whether the file has the pre-proceedings module, before its children are read."""
    kept = b""
    with open_bytes(path) as file:
        # Read in pieces: pages of a mapped file would count as this process's memory.
        while piece := file.read(1 << 20):
            if MODULE_OF_2027 in kept + piece[: len(MODULE_OF_2027)] or MODULE_OF_2027 in piece:
                return True
            kept = piece[-len(MODULE_OF_2027) :]
    return False
