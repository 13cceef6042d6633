"""How the desk says what the audit holds as words of its own."""

from __future__ import annotations

from goldthread.audit.lines import Verb

VERB_WORDS: dict[Verb, str] = {
    Verb.VIEWED: "read",
    Verb.LISTED: "saw in a list",
    Verb.FOUND: "found in a search",
    Verb.CREATED: "began the record",
    Verb.CHANGED: "changed",
    Verb.PRINTED: "printed",
    Verb.EXPORTED: "exported",
    Verb.BROKE_GLASS: "opened it in an emergency",
    Verb.RESTRICTED: "changed who may know of it",
    Verb.INVOLVED: "changed who works with it",
    Verb.MERGED: "merged",
    Verb.DESTROYED: "had kept content destroyed",
    Verb.REVIEWED: "saw who has looked",
    Verb.LOADED: "took in from a file",
}
THING_WORDS = {
    "child": "the first page",
    "duties": "the duties",
    "chronology": "the chronology",
    "family": "the family",
    "details": "the details",
    "involvement": "who is involved",
    "access": "",
    "work": "My work",
    "search": "",
    "closed-door": "the closed door",
    "stub": "the name",
}


def done(verb: str, thing: str) -> str:
    """This will say what was done with what: "read the chronology"."""
    words = VERB_WORDS.get(Verb(verb), verb) if verb in set(Verb) else verb
    what = THING_WORDS.get(thing.partition(":")[0], "")
    return f"{words}: {what}" if what and verb == Verb.LISTED else f"{words} {what}".strip() if what else words
