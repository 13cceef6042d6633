"""Reads a CIN census, of 2021 to 2026-27, child by child in flat memory."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lxml import etree

from goldthread.duties.event import Event
from goldthread.duties.refusal import Refused
from goldthread.formats.cin_codes import CODES
from goldthread.formats.cin_mapping import NOT_A_DATE, TOO_EARLY, ChildMapping, Episode, Fields, ProtectionPlan
from goldthread.formats.cin_table import source
from goldthread.formats.notes import printable, shown
from goldthread.formats.source_file import CountedFile, Progress, Reading, open_bytes

LARGEST_CHILD = 64_000_000  # bytes; a real child takes about a thousand
LONGEST_HEADER = 1_000  # elements
MODULE_OF_2027 = b"PreProceedingsandFGDM"

# Where an element belongs. A positive slot is a value of that group, a negative one opens the group.
PASSED, IDENTITY, EPISODE, ASSESSMENT, NEED_PLAN, ENQUIRY, PLAN, PRE_PROCEEDINGS = range(8)
REVIEW_DATE, CONFERENCE_DATE, CODE_ONLY, DAY_ONLY, NOT_READ = range(8, 13)
SLOTS: dict[str, int] = {
    **dict.fromkeys(
        (
            "Child",
            "ChildCharacteristics",
            "Disabilities",
            "FactorsIdentifiedAtAssessment",
            "Reviews",
        ),
        PASSED,
    ),
    "ChildIdentifiers": -IDENTITY,
    "CINdetails": -EPISODE,
    "Assessments": -ASSESSMENT,
    "CINPlanDates": -NEED_PLAN,
    "Section47": -ENQUIRY,
    "ChildProtectionPlans": -PLAN,
    "PreProceedingsandFGDM": -PRE_PROCEEDINGS,
    **dict.fromkeys(("LAchildID", "PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate"), IDENTITY),
    **dict.fromkeys(
        ("CINreferralDate", "ReferralSource", "CINclosureDate", "ReasonForClosure", "ReferralNFA"), EPISODE
    ),
    **dict.fromkeys(("AssessmentActualStartDate", "AssessmentAuthorisationDate"), ASSESSMENT),
    **dict.fromkeys(("CINPlanStartDate", "CINPlanEndDate"), NEED_PLAN),
    **dict.fromkeys(("S47ActualStartDate", "ICPCnotRequired"), ENQUIRY),
    **dict.fromkeys(("CPPstartDate", "CPPendDate"), PLAN),
    **dict.fromkeys(("PPStartDate", "FGDMMeetingOffer"), PRE_PROCEEDINGS),
    "CPPreviewDate": REVIEW_DATE,
    "DateOfInitialCPC": CONFERENCE_DATE,
    **dict.fromkeys(set(CODES) - {"ReferralSource", "ReasonForClosure"}, CODE_ONLY),
    **dict.fromkeys(
        (
            "AssessmentInternalReviewDate",
            "InitialCPCtarget",
            "LBPSentDate",
            "InitialPPMeetingDate",
            "StepDecisionDate",
            "CourtAppDate",
            "LetterInitCPDate",
        ),
        DAY_ONLY,
    ),
    **dict.fromkeys(
        ("UPN", "FormerUPN", "NumberOfPreviousCPP", "FGDMMeetingFac", "ReviewMeetingsCount"),
        NOT_READ,
    ),
}


class SeenIds:
    """Which ids came before, in 18 to 36 bytes each: a set of 600,000 texts would take 70 MB.

    It keeps a 64-bit fingerprint instead of the text, so two different ids are taken for the same once in 10**8
    files of that size.
    """

    def __init__(self) -> None:
        self._size = 1 << 10
        self._prints, self._places = _zeros("Q", self._size), _zeros("I", self._size)
        self._count = 0

    def earlier(self, name: str, place: int) -> int:
        """This will give the place at which the id came before, or 0 and remember this one."""
        fingerprint = (hash(name) & 0xFFFFFFFFFFFFFFFF) or 1
        prints, mask = self._prints, self._size - 1
        index = fingerprint & mask
        while found := prints[index]:
            if found == fingerprint:
                return self._places[index]
            index = (index + 1) & mask
        prints[index] = fingerprint
        self._places[index] = place
        self._count += 1
        if self._count * 3 > self._size * 2:
            self._grow()
        return 0

    def _grow(self) -> None:
        prints, places = self._prints, self._places
        self._size *= 2
        self._prints, self._places = _zeros("Q", self._size), _zeros("I", self._size)
        mask = self._size - 1
        for found, place in zip(prints, places, strict=True):
            if found:
                index = found & mask
                while self._prints[index]:
                    index = (index + 1) & mask
                self._prints[index] = found
                self._places[index] = place


def _zeros(kind: str, size: int) -> array[int]:
    return array(kind, [0]) * size


class CensusReading(Reading):
    """A CIN census opened for reading: its header is read, its children follow one at a time."""

    def __init__(self, path: Path, *, progress: Progress | None = None) -> None:
        super().__init__(path, "cin-census", progress=progress)
        _refuse_hidden_encoding(path)
        self.reference_date: date = self._read_header()
        self.opens = _a_year_before(self.reference_date)
        self.source = source(self.opens, self.reference_date.toordinal(), pre_proceedings=_holds_module(path))
        self._header_notes = self.notes.copy()

    def children(self) -> Iterator[tuple[str, list[Event]]]:
        """This will give each child as her subject (`child:ID`) and her events in no particular order, streaming."""
        self.notes.reset(self._header_notes)
        mapping = ChildMapping(self.notes, self.opens, self.reference_date.toordinal(), self.reference_date.year)
        collector = _Collector(mapping)
        seen = SeenIds()
        place, name = 0, ""
        children: etree._Element | None = None
        try:
            with open_bytes(self.path) as file:
                counted = CountedFile(file, self.path, self.progress, longest_unmarked=LARGEST_CHILD)
                for _, element in _parse(counted, ("end",), "{*}Child"):
                    counted.mark = counted.done
                    parent = element.getparent()
                    if parent is None or parent is not children:
                        if parent is None or not _is_children(parent):
                            self.notes.add(
                                "misplaced-element",
                                f"after child {place}",
                                "a Child stands outside Message/Children; it is not used",
                            )
                            continue
                        children = parent
                    place += 1
                    identity, episodes = collector.collect(element, place)
                    name = identity.get("LAchildID", "").strip()
                    if name:
                        earlier = seen.earlier(name, place)
                    else:
                        name = f"unnamed-{place}"
                        earlier = seen.earlier(name, place)
                        mapping.at(name, place)
                        mapping.note("child-without-id", f"there is no LAchildID; she is called {name} here")
                    if earlier:
                        mapping.at(name, place)
                        mapping.note(
                            "duplicate-child", f"the same LAchildID as child {earlier}; this record is not used"
                        )
                    else:
                        yield f"child:{name}", mapping.child(name, place, identity, episodes)
                    element.clear(keep_tail=False)  # type: ignore[call-arg]  # newer than the stubs
                    while element.getprevious() is not None:
                        del parent[0]
        except etree.XMLSyntaxError as error:
            raise _malformed(self.path, error, place, name) from error

    def _read_header(self) -> date:
        """This will read the header up to its end, and give the reference date; what cannot be a census is refused."""
        path = self.path
        header: etree._Element | None = None
        root_name = ""
        try:
            with open_bytes(path) as file:
                counted = CountedFile(file, path, None, longest_unmarked=LARGEST_CHILD)
                for count, (happening, element) in enumerate(_parse(counted, ("start", "end"))):
                    name = _local(element)
                    if count == 0:
                        root_name = name
                        self._look_at_root(element)
                    elif happening == "end" and name == "Header":
                        header = element
                        break
                    elif name == "Child" or name == "Children" or count > LONGEST_HEADER:
                        break
        except etree.XMLSyntaxError as error:
            raise _malformed(path, error, 0, "", before_children=True) from error
        if header is None:
            raise Refused(
                f"{path}: the element {root_name} does not begin with a Header that holds ReferenceDate; expected a CIN"
                " census, whose header comes before its children"
            )
        return self._look_at_header({_local(item): (item.text or "").strip() for item in header.iter()})

    def _look_at_root(self, root: etree._Element) -> None:
        if root.getroottree().docinfo.internalDTD is not None:
            raise Refused(f"{self.path}: holds a document type declaration (DTD); expected a census, which has none")
        if _local(root) != "Message":
            raise Refused(
                f"{self.path}: the first element is {shown(_local(root))}; expected Message, as a CIN census has"
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


class _Collector:
    """Takes a Child element apart into the texts of its groups, in one pass over its elements."""

    def __init__(self, mapping: ChildMapping) -> None:
        self.mapping = mapping
        self.unknown: set[str] = set()

    def collect(self, child: etree._Element, place: int) -> tuple[Fields, list[Episode]]:
        """This will give the child's own fields and her episodes; what does not belong goes to the notes."""
        try:
            return self._collect(child, place)
        except KeyError:
            self._straighten(child, place)
            return self._collect(child, place)

    def _collect(self, child: etree._Element, place: int) -> tuple[Fields, list[Episode]]:
        slots, codes, days = SLOTS, self.mapping.codes, self.mapping.days
        identity: Fields = {}
        episodes: list[Episode] = []
        at: list[Fields | None] = [None, identity, None, None, None, None, None, None]
        episode: Episode | None = None
        reviews: list[str] | None = None
        asides: list[tuple[str, str, str]] = []  # noted at the end, when her id is known and every name is
        for element in child.iter():
            tag: str = element.tag
            slot = slots[tag]
            if slot > 0:
                text = element.text
                if text is None:
                    continue
                if slot == CONFERENCE_DATE:
                    parent = element.getparent()
                    slot = ENQUIRY if parent is not None and parent.tag == "Section47" else EPISODE
                if slot < REVIEW_DATE:
                    fields = at[slot]
                    if fields is None:
                        asides.append(("misplaced", tag, text))
                    elif tag in fields:
                        asides.append(("repeated", tag, text))
                    else:
                        fields[tag] = text
                elif slot == CODE_ONLY:
                    if text not in codes[tag]:
                        asides.append(("code", tag, text))
                elif slot == DAY_ONLY:
                    if days[text] in (NOT_A_DATE, TOO_EARLY):
                        asides.append(("day", tag, text))
                elif slot == REVIEW_DATE:
                    if reviews is None:
                        asides.append(("misplaced", tag, text))
                    else:
                        reviews.append(text)
            elif slot < 0:
                if slot == -EPISODE:
                    episode = Episode()
                    episodes.append(episode)
                    at = [None, identity, episode.fields, None, None, None, None, None]
                    reviews = None
                elif slot == -IDENTITY:
                    continue
                elif episode is None:
                    asides.append(("misplaced", tag, ""))
                else:
                    opened: Fields = {}
                    at[-slot] = opened
                    if slot == -ASSESSMENT:
                        episode.assessments.append(opened)
                    elif slot == -NEED_PLAN:
                        episode.need_plans.append(opened)
                    elif slot == -ENQUIRY:
                        episode.enquiries.append(opened)
                    elif slot == -PLAN:
                        reviews = []
                        episode.protection_plans.append(ProtectionPlan(opened, reviews))
                    else:
                        episode.pre_proceedings.append(opened)
        if asides:
            self._note(identity.get("LAchildID", "").strip(), place, asides)
        return identity, episodes

    def _note(self, name: str, place: int, asides: list[tuple[str, str, str]]) -> None:
        mapping = self.mapping
        mapping.at(name, place)
        for what, tag, text in asides:
            if what == "misplaced":
                mapping.note("misplaced-element", f"{tag} does not belong where it stands; it is not used")
            elif what == "repeated":
                mapping.note("repeated-element", f"{tag} is given again, as {shown(text.strip())}; the first is used")
            elif what == "code":
                mapping.check_code(tag, text)
            else:
                mapping.check_day(tag, text)

    def _straighten(self, child: etree._Element, place: int) -> None:
        """This will take namespaces and unknown elements out of a child, and note each unknown name once."""
        for element in child.iter():
            element.tag = _local(element)
        name = (child.findtext("ChildIdentifiers/LAchildID") or "").strip()
        self.mapping.at(name, place)
        for element in [item for item in child.iter() if item.tag not in SLOTS]:
            tag = str(element.tag)
            if tag not in self.unknown and len(self.unknown) < 1_000:
                self.unknown.add(tag)
                self.mapping.note("unknown-element", f"{shown(tag)} is not an element of the census; it is not read")
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)


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


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_children(element: etree._Element) -> bool:
    """This will say whether an element is the Children of the outermost Message."""
    if _local(element) != "Children":
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


_END = re.compile(rb"</(?:[\w.-]+:)?Message\s*>(?:\s|<!--.*?-->|<\?.*?\?>)*\Z", re.DOTALL)


def _malformed(
    path: Path, error: etree.XMLSyntaxError, place: int, name: str, *, before_children: bool = False
) -> Refused:
    """This will say in one sentence why a file cannot be read on, and after which child."""
    if before_children:
        where = "before its children"
    elif place:
        where = f"in or after child {place + 1} (the last whole one is child {place}, LAchildID {shown(name)})"
    else:
        where = "in or before its first child"
    with open_bytes(path) as file:
        size = path.stat().st_size
        file.seek(max(0, size - 1024))
        tail = file.read().strip()
    reason = str(error.msg or "no element found")
    logged = [entry.message for entry in error.error_log]  # type: ignore[attr-defined]  # an iterable, though not in the stubs
    if reason == "no element found" and logged:
        reason = logged[-1]  # the parser hides an unknown entity behind these words
    reason = printable(" ".join(reason.split()), 200)  # the parser repeats names from the file
    words = reason.lower()
    if not tail:
        return Refused(f"{path}: is empty; expected a CIN census")
    if "encoding" in words or "utf-" in words:
        return Refused(
            f"{path}: its bytes are not in the encoding that it declares, {where} ({reason}); expected UTF-8"
        )
    if "entity" in words:
        return Refused(f"{path}: uses an entity, {where} ({reason}); expected a census, which has none")
    if "extra content" not in words and not _END.search(tail):
        return Refused(f"{path}: seems to be cut off, {where} ({reason}); expected it to end with </Message>")
    return Refused(f"{path}: is not well-formed XML, {where} ({reason}); expected a CIN census")


def _refuse_hidden_encoding(path: Path) -> None:
    """This will refuse UTF-16 that says it is something else, which the parser would quietly read all the same."""
    with open_bytes(path) as file:
        head = file.read(400)
    for mark, encoding in (
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if head.startswith(mark):
            declared = re.search(r"""encoding\s*=\s*["']([\w.-]*)""", head.decode(encoding, "replace"))
            if declared is None or not declared[1].lower().startswith("utf-16"):
                says = shown(declared[1]) if declared else "nothing"
                raise Refused(f"{path}: is written in UTF-16 but declares {says}; expected UTF-8, or its true encoding")
