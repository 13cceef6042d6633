"""A broken pack stops everything, with one sentence that says file, line, key and what was expected."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import tiny_pack
from tiny_pack import SHA

from goldthread.duties import findings, rules, words, yaml_reading
from goldthread.duties.refusal import Refused
from goldthread.duties.rules import Duty, Gate, holdings

CALLS, REVIEWS, PACK, KINDS = "duties/calls.yaml", "duties/reviews.yaml", "pack.yaml", "kinds.yaml"
REGISTER, STATEMENTS, OVERLAY = "register/later.yaml", "statements.csv", "overlay.yaml"
# What the models or the parser would say, and a reader should never be told.
JARGON = re.compile(
    r"Input should|Extra inputs|Field required|Value error|valid (string|integer|list)|pydantic|function-|tuple\[|"
    r"NoneType|Traceback|Fault|frozenset|\bdict\b|\bstr\b|\bint\b|None|True|False|token|indicator|scalar"
)


class Case(NamedTuple):
    """One breakage: in `file` the text `old` becomes `new`; the line is the one on which `at` then stands."""

    name: str
    file: str
    old: str
    new: str
    at: str
    key: str
    says: str


CASES = [
    # ---- words
    Case("a word that nobody knows", CALLS, "  unless: on-plan", "  frobnicate: 1", "frobnicate", "duties[0].frobnicate", "the word 'frobnicate' cannot stand here; see docs/reference/duty-words.md"),
    Case("a misspelt word", CALLS, "  strength: must", "  stength: must", "stength", "duties[0].stength", "the word 'stength' cannot stand here; did you mean strength?"),
    Case("a word of another part", REGISTER, "  time_words: at once", "  met_by: call-answered", "met_by", "entries[0].met_by", "the word 'met_by' cannot stand here; it should be one of code, says, kind, holder, strength, starts_words, met_words, time_words, cites"),
    Case("a missing word", CALLS, "  holder: chair\n  strength: should\n  starts", "  strength: should\n  starts", "- code: meeting.again", "duties[4].holder", "the word 'holder' is needed here"),
    Case("a misspelt word in a short list of words", CALLS, "key: id, due: by}", "key: id, du: by}", "per: {", "duties[2].per.du", "the word 'du' cannot stand here; did you mean due?"),
    Case("a wrong strength", CALLS, "  strength: must", "  strength: shoud", "shoud", "duties[0].strength", "'shoud' is not one of must, should, expected, non-statutory; did you mean should?"),
    Case("a wrong strength of a recipient", CALLS, "school: expected", "school: hoped", "hoped", "duties[3].each.of.school", "'hoped' is not one of must, should, expected, non-statutory"),
    Case("a wrong subject of a duty", REVIEWS, "subject: partnership", "subject: partner", "subject: partner", "duties[3].subject", "'partner' is not one of child, incident, review, allegation, death, partnership; did you mean partnership?"),
    Case("a code in capitals", CALLS, "code: call.tell", "code: Call.Tell", "Call.Tell", "duties[3].code", "lower-case words joined by dashes and points were expected, like plan.first-review; found 'Call.Tell'"),
    Case("a number for text", CALLS, "says: Explain an answer that is late.", "says: 5", "says: 5", "duties[1].says", "text was expected; found 5 (in quotation marks it is text)"),
    Case("true for text", CALLS, "says: Explain an answer that is late.", "says: true", "says: true", "duties[1].says", "text was expected; found true (in quotation marks it is text)"),
    Case("yes for true", CALLS, "may_precede: true", "may_precede: yes", "may_precede", "duties[1].may_precede", "true or false was expected; found 'yes'"),
    Case("on for true", CALLS, "first_while_open: true", "first_while_open: on", "first_while_open", "duties[0].first_while_open", "true or false was expected; found 'on'"),
    Case("no for false", CALLS, "may_precede: true", "may_precede: no", "may_precede", "duties[1].may_precede", "true or false was expected; found 'no'"),
    Case("an empty text", CALLS, "says: Explain an answer that is late.", "says: ''", "says: ''", "duties[1].says", "some text was expected; found ''"),
    Case("a text of blanks", CALLS, "says: Explain an answer that is late.", "says: '  '", "says: '  '", "duties[1].says", "some text was expected; found only blanks"),
    Case("a list where a mapping is wanted", CALLS, "per: {field: steps, key: id, due: by}", "per: [steps, id, by]", "per: [", "duties[2].per", "a mapping with field, key, due was expected; found a list"),
    Case("a mapping where a list is wanted", CALLS, "interpretations: [day-one]", "interpretations: {day-one: true}", "day-one", "duties[0].interpretations", "a list was expected; found a mapping (day-one)"),
    Case("text where a list is wanted", CALLS, "interpretations: [day-one]", "interpretations: day-one", "day-one", "duties[0].interpretations", "a list was expected; found 'day-one'"),
    Case("an empty list", REGISTER, tiny_pack.REGISTER, "area: Later\nentries: []\n", "entries", "entries", "a list of at least one was expected; found an empty list"),
    Case("a word without a value", CALLS, "  unless: on-plan", "  unless:", "unless:", "duties[0].unless", "no value stands here; write null where nothing is meant"),
    Case("no duties and no gates in a file", REVIEWS, tiny_pack.REVIEWS, "area: Reviews\n", "area: Reviews", "", "this file declares nothing; at least one entry under duties or gates was expected"),
    # ---- times
    Case("a length of time run together", CALLS, "within: 2 working days", "within: 15 workingdays", "15 workingdays", "duties[0].due.within", "a length of time like '45 working days' or '3 months' was expected; found '15 workingdays'"),
    Case("no days at all", CALLS, "within: 2 working days", "within: 0 days", "0 days", "duties[0].due.within", "a length of time of at least 1 and at most 100 years was expected; found '0 days'"),
    Case("a length of time beyond any life", REVIEWS, "floor: 1 year", "floor: 9999 years", "9999 years", "duties[2].due.floor", "a length of time of at least 1 and at most 100 years was expected; found '9999 years'"),
    Case("a number alone", CALLS, "within: 2 working days", "within: 2", "{within: 2}", "duties[0].due.within", "a length of time like '45 working days' or '3 months' was expected; found 2"),
    Case("a day that no year has", REVIEWS, "by: 30 September", "by: 31 September", "31 September", "duties[3].due.earliest[0].by", "a day that every year has was expected; found '31 September'"),
    Case("a day of leap years", REVIEWS, "on: 1 April", "on: 29 February", "29 February", "duties[3].starts.on", "a day that every year has was expected; found '29 February'"),
    Case("a day that is none", REVIEWS, "on: 1 April", "on: first of April", "first of April", "duties[3].starts.on", "a day of the year like '30 September' was expected; found 'first of April'"),
    Case("a year before there was any guidance", REVIEWS, "every_year_from: 2024", "every_year_from: 24", "every_year_from", "duties[3].starts.every_year_from", "a number of at least 1900 was expected; found 24"),
    Case("an unknown form of due", CALLS, "due: {within: 2 working days}", "due: {withn: 2 working days}", "withn", "duties[0].due.withn", "'withn' is not one of within, at_least, by, earliest, floor, judgement, record, local; did you mean within?"),
    Case("two forms of due at once", CALLS, "due: {within: 2 working days}", "due: {within: 2 working days, by: 30 September}", "by: 30", "duties[0].due.by", "the word 'by' cannot stand here; it should be one of within, of"),
    Case("a due that is no mapping", CALLS, "due: {within: 2 working days}", "due: 2 working days", "due: 2", "duties[0].due", "a mapping with one of within, at_least, by, earliest, floor, judgement, record, local was expected; found '2 working days'"),
    Case("an earlier of one", REVIEWS, "{earliest: [{by: 30 September}, {within: 5 months}]}", "{earliest: [{by: 30 September}]}", "earliest", "duties[3].due.earliest", "a list of two or more of {within: …} and {by: …} was expected; found a list of one"),
    Case("an earlier of what has no date", REVIEWS, "{within: 5 months}", "{judgement: soon}", "earliest", "duties[3].due.earliest[1]", "a list of two or more of {within: …} and {by: …} was expected; found a mapping (judgement)"),
    Case("a due of neither record nor locality", CALLS, "due: {local: on the day agreed}", "due: {local: null}", "local: null", "duties[2].due.local", "the field of the record, or words of what is set locally, were expected; found nothing"),
    Case("a window that is not in working days", CALLS, "due_soon: 1 working day", "due_soon: 2 weeks", "2 weeks", "duties[0].due_soon", "a number of working days was expected; found '2 weeks'"),
    Case("a number without a strength of its time", CALLS, "  time_strength: should\n", "", "- code: call.answer", "duties[0].time_strength", "the word 'time_strength' is needed here: the limit is a number"),
    Case("a judgement with a strength of its time", CALLS, "  due: {judgement: soon}", "  time_strength: must\n  due: {judgement: soon}", "time_strength: must", "duties[1].time_strength", "a judgement duty has no number, so its time has no strength; take it out"),
    Case("a case whose number lacks its strength", REVIEWS, "  time_strength: should\n  starts: review-begun", "  starts: review-begun", "local: {", "duties[0].variant.cases.local.time_strength", "the word 'time_strength' is needed here: the limit is a number"),
    Case("a bad date", PACK, "in_force_from: 2024-01-01\nsucc", "in_force_from: 2024-13-01\nsucc", "2024-13-01", "in_force_from", "a date like 2025-03-31 was expected; found '2024-13-01'"),
    Case("a date run together", PACK, "in_force_from: 2024-01-01\nsucc", "in_force_from: 20240101\nsucc", "20240101", "in_force_from", "a date like 2025-03-31 was expected; found 20240101"),
    Case("a date of a week", PACK, "in_force_from: 2024-01-01\nsucc", "in_force_from: 2024-W01-1\nsucc", "2024-W01-1", "in_force_from", "a date like 2025-03-31 was expected; found '2024-W01-1'"),
    Case("an until before its from", PACK, "until: null", "until: 2023-01-01", "until", "interpretations[0].until", "a day that is not before 'from' was expected"),
    Case("a successor that came before", PACK, "in_force_from: 2027-01-01", "in_force_from: 2023-01-01", "tiny2", "successor.in_force_from", "a day after the pack's own 'in_force_from' was expected"),
    # ---- what goes with what
    Case("a floor that nothing breaks", REVIEWS, "  broken_by: review-withdrawn\n", "", "- code: review.keep", "duties[2].broken_by", "the word 'broken_by' is needed here: a floor says what breaks it"),
    Case("a breaking without a floor", CALLS, "  per:", "  broken_by: plan-ended\n  per:", "broken_by", "duties[2].broken_by", "this word goes with a floor, {floor: 1 year}"),
    Case("nothing that discharges", CALLS, "  met_by: [call-answered]\n", "", "- code: call.answer", "duties[0].met_by", "the word 'met_by' is needed here: a duty that nothing can discharge is none"),
    Case("a beginning without a group", CALLS, "  first_while_open: true\n", "", "begun_at", "duties[0].begun_at", "begun_at goes with first_while_open: true"),
    Case("a yearly duty without its year", REVIEWS, "  same: year\n", "", "- code: yearly.send", "duties[3].same", "a yearly duty needs the word 'same': the field that names its year"),
    Case("a word that the form leaves idle", REVIEWS, "  broken_by: review-withdrawn", "  broken_by: review-withdrawn\n  met_by: report-sent", "  met_by: report-sent\n  cites: [\"s.1\"]\n- code: yearly.send", "duties[2].met_by", "this word has no effect beside a floor; take it out"),
    Case("a window on a judgement", CALLS, "  may_precede: true", "  due_soon: 2 working days", "due_soon: 2", "duties[1].due_soon", "this word has no effect beside a judgement duty; take it out"),
    Case("items whose date the text counts", CALLS, "due: {local: on the day agreed}", "time_strength: must\n  due: {within: 3 days}", "3 days", "duties[2].due", "with per each item has its own date, so {local: …} or {record: …} was expected"),
    Case("a case of another form", REVIEWS, "due: {within: 9 months}", "due: {floor: 9 months}", "floor: 9", "duties[0].variant.cases.national.due", "a limit counted forward was expected, as the duty itself has; found a floor"),
    Case("recipients in some of the cases", REVIEWS, "local: {holder: team,", "local: {each: {field: to, of: {panel: must}},", "    cases:", "duties[0].variant.cases", "each case was expected to name its recipients in the same field, or none of them"),
    Case("recipients that are none", CALLS, "of: {caller: should, school: expected}", "of: {}", "of: {}", "duties[3].each.of", "at least one recipient was expected; found an empty mapping"),
    Case("an ending at the start by two values", CALLS, "ends_at_start: {caller: anonymous}", "ends_at_start: {caller: [anonymous]}", "ends_at_start", "duties[0].ends_at_start.caller", "one value was expected; found a list"),
    # ---- kinds, fields and values in each place of a pattern
    *(
        Case(f"an unknown kind in {key}", file, old, new, new.strip(), at, "did you mean")
        for key, file, old, new, at in [
            ("starts", CALLS, "  starts: call-received\n  once", "  starts: call-recieved\n  once", "duties[0].starts"),
            ("once", CALLS, "once: {call-received:", "once: {call-recieved:", "duties[0].once.call-recieved"),
            ("begun_at", CALLS, "begun_at: meeting-held", "begun_at: meeting-hold", "duties[0].begun_at"),
            ("met_by", CALLS, "met_by: [call-answered]", "met_by: [call-answerd]", "duties[0].met_by[0]"),
            ("ends_with", CALLS, "ends_with: [call-withdrawn]", "ends_with: [call-withdrawal]", "duties[0].ends_with[0]"),
            ("closed_by", CALLS, "closed_by: {meeting-held:", "closed_by: {meeting-hold:", "duties[0].closed_by.meeting-hold"),
            ("late_reason", CALLS, "late_reason: delay-explained", "late_reason: delay-explain", "duties[0].late_reason"),
            ("provisional_until", CALLS, "provisional_until: {meeting-held:", "provisional_until: {meeting-hold:", "duties[0].provisional_until.meeting-hold"),
            ("broken_by", REVIEWS, "broken_by: review-withdrawn", "broken_by: review-withdraw", "duties[2].broken_by"),
            ("a target", REVIEWS, "before: [review-published, review-planned.on]", "before: [review-publishd, review-planned.on]", "duties[1].due.before[0]"),
            ("a target's field", REVIEWS, "before: [review-published, review-planned.on]", "before: [review-published, review-plannd.on]", "duties[1].due.before[1]"),
            ("a due's event", CALLS, "due: {within: 2 working days}", "due: {within: 2 working days, of: call-recieved}", "duties[0].due.of"),
            ("a variant", REVIEWS, "    field: scope\n", "    of: review-begin\n    field: scope\n", "duties[0].variant.of"),
            ("a gate's before", CALLS, "before: {plan-ended:", "before: {plan-endd:", "gates[0].before.plan-endd"),
            ("a gate's needs", CALLS, "needs: meeting-held", "needs: meeting-hold", "gates[0].needs"),
            ("a status's beginning", PACK, "begins: [{meeting-held:", "begins: [{meeting-hold:", "statuses[0].begins[0].meeting-hold"),
            ("a status's end", PACK, "ends: [plan-ended]", "ends: [plan-endd]", "statuses[0].ends[0]"),
            ("an example", CALLS, "2025-03-05 call-answered", "2025-03-05 call-answerd", "duties[0].examples[0].given[1]"),
            ("an example's source", CALLS, "carries: [call-received, call", "carries: [call-recieved, call", "duties[0].examples[0].source.carries"),
        ]
    ),
    Case("an unknown kind among few", CALLS, "needs: meeting-held", "needs: meeting-hold", "meeting-hold", "gates[0].needs", "'meeting-hold' is not one of the kinds in kinds.yaml; did you mean meeting-held?"),
    Case("an unknown field", CALLS, "{meeting-held: {type: later}}", "{meeting-held: {typ: later}}", "typ:", "duties[4].met_by.meeting-held.typ", "meeting-held has no field 'typ' in kinds.yaml; its fields are type, outcome, topics, next_on; did you mean type?"),
    Case("a field of a kind that has none", CALLS, "ends_with: [call-withdrawn]", "ends_with: [{call-withdrawn: {by: us}}]", "by: us", "duties[0].ends_with[0].call-withdrawn.by", "call-withdrawn has no field 'by' in kinds.yaml; it has none"),
    Case("a value that the kind does not list", CALLS, "{meeting-held: {type: later}}", "{meeting-held: {type: latter}}", "latter", "duties[4].met_by.meeting-held.type", "'latter' is not one of first, later; did you mean later?"),
    Case("a value that a list does not hold", CALLS, "topics: [health]", "topics: [wealth]", "wealth", "duties[0].closed_by.meeting-held.topics", "'wealth' is not one of health, school, home; did you mean health?"),
    Case("text for true", CALLS, "urgent: [true, unsaid]", "urgent: [yes, unsaid]", "urgent: [", "duties[0].once.call-received.urgent", "true or false was expected for call-received.urgent; found 'yes'"),
    Case("true for text in a pattern", CALLS, "{plan-ended: {reason: done}}", "{plan-ended: {reason: true}}", "reason: true", "gates[0].before.plan-ended.reason", "text was expected for plan-ended.reason; found true"),
    Case("only on what is no list", CALLS, "{meeting-held: {type: later}}", "{meeting-held: {type_only: later}}", "type_only", "duties[4].met_by.meeting-held.type_only", "meeting-held.type is one of a list of values in kinds.yaml; a field that is list was expected"),
    Case("a kind without its fields", CALLS, "{meeting-held: {type: later}}", "{meeting-held: later}", "{meeting-held: later}", "duties[4].met_by.meeting-held", "{field: value or [values]} was expected after a kind; found 'later'"),
    Case("no pattern", CALLS, "met_by: [call-answered]", "met_by: []", "met_by: []", "duties[0].met_by", "a kind of event, {kind: {field: value}} or a list of these was expected; found an empty list"),
    Case("a field without values", CALLS, "urgent: [true, unsaid]", "urgent: []", "urgent: []", "duties[0].once.call-received.urgent", "a value or a list of values was expected; found an empty list"),
    Case("null as a start", CALLS, "  starts: call-received\n  per", "  starts: null\n  per", "starts: null", "duties[2].starts", "a kind of event, {kind: {field: value}} or a list of these was expected; found nothing"),
    Case("a start about somebody else", REVIEWS, "starts: review-begun", "starts: call-received", "starts: call", "duties[0].starts", "call-received is about child; a kind about a review was expected"),
    Case("a gate about somebody else", CALLS, "before: {plan-ended: {reason: done}}", "before: review-begun", "before: review", "gates[0].before", "review-begun is about review; a kind about a child was expected"),
    # ---- fields named elsewhere
    Case("items in no field", CALLS, "per: {field: steps,", "per: {field: stepps,", "stepps", "duties[2].per.field", "did you mean steps?"),
    Case("items in what is no list", CALLS, "per: {field: steps,", "per: {field: urgent,", "field: urgent", "duties[2].per.field", "call-received.urgent is boolean in kinds.yaml; a field that is list was expected"),
    Case("items that nothing names", CALLS, "  met_by: step-done", "  met_by: delay-explained", "  met_by: delay-explained\n  cites: [\"s.2\"]\n\n- code: call.tell", "duties[2].met_by", "delay-explained has no field 'of' in kinds.yaml; its fields are reason"),
    Case("recipients in no field", CALLS, "each: {field: to,", "each: {field: too,", "too", "duties[3].each.field", "call-answered has no field 'too' in kinds.yaml; its fields are to, note; did you mean to?"),
    Case("a recipient that the kind does not list", CALLS, "school: expected", "scool: expected", "scool", "duties[3].each.of.scool", "'scool' is not one of caller, school; did you mean school?"),
    Case("the same of no field", REVIEWS, "same: year", "same: yeer", "yeer", "duties[3].same", "did you mean year?"),
    Case("a record in no field", CALLS, "record: next_on", "record: next_at", "next_at", "duties[4].due.record", "did you mean next_on?"),
    Case("a record that is no date", CALLS, "record: next_on", "record: outcome", "record: outcome", "duties[4].due.record", "meeting-held.outcome is one of a list of values in kinds.yaml; a field that is date was expected"),
    Case("a target that is no date", REVIEWS, "review-planned.on]", "review-planned.by]", "review-planned.by", "duties[1].due.before[1]", "review-planned.by is text in kinds.yaml; a field that is date was expected"),
    Case("a target without its field", REVIEWS, "review-planned.on]", "review-planned.]", "review-planned.]", "duties[1].due.before[1]", "review-planned has no field '' in kinds.yaml; its fields are on, by"),
    Case("a variant of no field", REVIEWS, "field: scope", "field: scop", "field: scop", "duties[0].variant.field", "review-begun has no field 'scop' in kinds.yaml; its fields are scope; did you mean scope?"),
    Case("a variant of what is no word", REVIEWS, "    field: scope\n", "    field: on\n    of: review-planned\n", "field: on", "duties[0].variant.field", "review-planned.on is date in kinds.yaml; a field that is text or one of a list of values was expected"),
    Case("a case that the kind does not list", REVIEWS, "      national:", "      natonal:", "natonal", "duties[0].variant.cases.natonal", "'natonal' is not one of local, national; did you mean national?"),
    Case("a case's holder", REVIEWS, "national: {holder: chair", "national: {holder: chairman", "chairman", "duties[0].variant.cases.national.holder", "'chairman' is not one of team, chair; did you mean chair?"),
    Case("a case's citation", REVIEWS, 'local: {holder: team, cites: ["s.1"]}', 'local: {holder: team, cites: ["x.9"]}', "x.9", "duties[0].variant.cases.local.cites[0]", "'x.9' is the id of no statement of tiny"),
    Case("an ending at the start in no field", CALLS, "ends_at_start: {caller:", "ends_at_start: {caler:", "caler", "duties[0].ends_at_start.caler", "did you mean caller?"),
    Case("an ending at the start by no value", CALLS, "ends_at_start: {caller: anonymous}", "ends_at_start: {caller: nameless}", "nameless", "duties[0].ends_at_start.caller", "'nameless' is not one of known, anonymous"),
    Case("a reason that is not written down", CALLS, "late_reason: delay-explained", "late_reason: call-answered", "late_reason", "duties[0].late_reason", "call-answered has no field 'reason' in kinds.yaml; its fields are to, note"),
    # ---- other references
    Case("a holder who is not in the table", CALLS, "  holder: team\n  strength: must", "  holder: teem\n  strength: must", "teem", "duties[0].holder", "'teem' is not one of team, chair; did you mean team?"),
    Case("a gate's holder", CALLS, "  holder: chair\n  strength: should\n  before", "  holder: chare\n  strength: should\n  before", "chare", "gates[0].holder", "'chare' is not one of team, chair; did you mean chair?"),
    Case("a registered holder", REGISTER, "holder: team", "holder: teem", "teem", "entries[0].holder", "'teem' is not one of team, chair; did you mean team?"),
    Case("a citation that does not resolve", CALLS, 'cites: ["s.1", "s.2"]', 'cites: ["s.1", "t.22"]', "t.22", "duties[0].cites[1]", "'t.22' is the id of no statement of tiny"),
    Case("a citation that is a number", CALLS, 'cites: ["s.1", "s.2"]', 'cites: [155, "s.2"]', "155", "duties[0].cites[0]", "text was expected; found 155 (in quotation marks it is text)"),
    Case("no citation", REGISTER, 'cites: ["s.3"]', "cites: []", "cites: []", "entries[0].cites", "a text or a list of texts was expected; found an empty list"),
    Case("a registered citation", REGISTER, '"s.3"', '"s.4"', "s.4", "entries[0].cites[0]", "'s.4' is the id of no statement of tiny; did you mean"),
    Case("an interpretation's citation", PACK, 'cites: ["s.1"]', 'cites: ["s.9"]', "s.9", "interpretations[0].cites[0]", "'s.9' is the id of no statement of tiny; did you mean"),
    Case("an unknown interpretation", CALLS, "interpretations: [day-one]", "interpretations: [day-won]", "day-won", "duties[0].interpretations[0]", "'day-won' is not one of day-one; did you mean day-one?"),
    Case("an unknown interpretation of a gate", CALLS, "  within: on-plan\n", "  within: on-plan\n  interpretations: [day-two]\n", "day-two", "gates[0].interpretations[0]", "'day-two' is not one of day-one; did you mean day-one?"),
    Case("an unknown status", CALLS, "unless: on-plan", "unless: on-plans", "unless", "duties[0].unless", "'on-plans' is not one of on-plan; did you mean on-plan?"),
    Case("an unknown status of a gate", CALLS, "within: on-plan", "within: off-plan", "off-plan", "gates[0].within", "'off-plan' is not one of on-plan; did you mean on-plan?"),
    Case("an unknown unmet duty", CALLS, "{unmet: call.answer}", "{unmet: call.answr}", "unmet", "duties[1].starts.unmet", "did you mean call.answer?"),
    Case("an unmet duty without a day", CALLS, "{unmet: call.answer}", "{unmet: call.tell}", "unmet", "duties[1].starts.unmet", "call.tell has no day by which it must be met; a duty with one was expected"),
    Case("an unmet duty after itself", CALLS, "{unmet: call.answer}", "{unmet: call.explain}", "unmet", "duties[1].starts.unmet", "call.explain starts where another ended unmet itself; one that starts with events was expected"),
    Case("an unmet duty about another", CALLS, "{unmet: call.answer}", "{unmet: review.publish}", "unmet", "duties[1].starts.unmet", "review.publish is about a review; a duty about a child was expected"),
    Case("a gate that needs none", CALLS, "at_least: 2", "at_least: 0", "at_least", "gates[0].at_least", "a number of at least 1 was expected; found 0"),
    # ---- twice
    Case("a code twice in a file", CALLS, "code: call.explain", "code: call.answer", "- code: call.answer\n  says: Explain", "duties[1].code", "the code call.answer stands already in"),
    Case("a code in two files", REVIEWS, "code: review.send", "code: call.tell", "call.tell", "duties[1].code", "the code call.tell stands already in"),
    Case("a code of the register", REGISTER, "code: call.think", "code: call.tell", "call.tell", "entries[0].code", "the code call.tell stands already in"),
    Case("a kind twice", KINDS, "kind: plan-ended", "kind: step-done", "{kind: step-done, says: A step", "kinds[5].kind", "the kind step-done stands twice"),
    Case("a status twice", PACK, "interpretations:\n", "- {status: on-plan, says: Again., begins: plan-ended, ends: plan-ended}\ninterpretations:\n", "Again.", "statuses[1].status", "the status on-plan stands twice"),
    Case("an interpretation twice", PACK, '  cites: ["s.1"]\n', '  cites: ["s.1"]\n- {id: day-one, question: Q, decision: D, basis: B, decided_by: G, from: 2024-01-01, until: null, cites: []}\n', "question: Q", "interpretations[1].id", "the interpretation day-one stands twice"),
    Case("two equal keys", CALLS, "  strength: must\n", "  strength: must\n  strength: should\n", "  strength: should\n  time_strength", "duties[0].strength", "the key 'strength' stands twice; each key may stand once"),
    # ---- kinds.yaml
    Case("a type of field that is none", KINDS, "urgent: boolean", "urgent: bool", "urgent", "kinds[0].fields.urgent", "one of boolean, date, text, number, list, a list of values or {many: [values]} was expected; found 'bool'; did you mean boolean?"),
    Case("a value that is a number", KINDS, "scope: [local, national]", "scope: [1, 2]", "scope", "kinds[7].fields.scope[0]", "text was expected; found 1"),
    Case("a value twice", KINDS, "scope: [local, national]", "scope: [local, local]", "scope", "kinds[7].fields.scope[1]", "the value 'local' stands twice"),
    Case("a value that means absence", KINDS, "scope: [local, national]", "scope: [local, unsaid]", "scope", "kinds[7].fields.scope[1]", "'unsaid' says in patterns that a field is absent; it can be no value"),
    Case("a choice of none", KINDS, "{many: [health, school, home]}", "{many: []}", "topics", "kinds[3].fields.topics.many", "a list of the values that the field may have was expected; found an empty list"),
    Case("a field that patterns would misread", KINDS, "{of: text}", "{of: text, of_only: text}", "of_only", "kinds[5].fields.of_only", "lower-case words joined by _ were expected (and not ending in _only); found 'of_only'"),
    Case("a subject that is none", KINDS, "subject: partnership", "subject: partner", "partner", "kinds[12].subject", "'partner' is not one of child, family, incident, review, allegation, death, partnership, any; did you mean partnership?"),
    Case("a reach that is none", KINDS, "reach: every", "reach: all", "reach", "kinds[2].reach", "'all' is not one of one, every"),
    Case("an unquoted comma", KINDS, "says: A call was received.,", "says: A call, or a letter, was received.,", "or a letter", "kinds[0].or a letter", "no value stands here; write null where nothing is meant (within { } a comma parts words: text with a comma in it needs quotation marks)"),
    # ---- examples
    Case("an example's date", CALLS, '"2025-03-05 call-answered"', '"5 March call-answered"', "5 March", "duties[0].examples[0].given[1]", "a date like 2025-03-31 or undated was expected; found '5'"),
    Case("an example without a kind", CALLS, '"2025-03-05 call-answered"', '"2025-03-05"', '"2025-03-05"', "duties[0].examples[0].given[1]", "a line like '2025-03-31 kind field=value' was expected; found '2025-03-05'"),
    Case("an example's field", CALLS, "caller=known", "caler=known", "caler=known", "duties[0].examples[0].given[0]", "did you mean caller?"),
    Case("an example's stray word", CALLS, "caller=known", "known", '2025-03-03 call-received known', "duties[0].examples[0].given[0]", "field=value was expected; found 'known'"),
    Case("an example's state", CALLS, "expect: {state: met,", "expect: {state: done,", "state: done", "duties[0].examples[0].expect.state", "'done' is not one of unknown, met, met-late, ended, not-met, exceeded-with-reason, overdue, due-soon, running, judgement"),
    Case("an example's expectation", CALLS, "{state: met, due_on: 2025-03-05}", "{state: met, due: 2025-03-05}", "due: 2025", "duties[0].examples[0].expect.due", "'due' is no key of a finding; did you mean"),
    Case("an example's expected date", CALLS, "due_on: 2025-03-05", "due_on: soon", "due_on: soon", "duties[0].examples[0].expect.due_on", "a date like 2025-03-31 was expected; found 'soon'"),
    Case("an example that expects nothing", CALLS, "expect: {state: met, due_on: 2025-03-05}", "expect: []", "expect: []", "duties[0].examples[0].expect", "none, or a mapping for each finding, was expected; found an empty list"),
    Case("an example's source", CALLS, "from: 2025-01-01, whole", "form: 2025-01-01, whole", "form: 2025", "duties[0].examples[0].source.form", "'form' is not one of carries, from, until, whole, last_before; did you mean from?"),
    Case("an example's overlay", CALLS, "    on: 2025-03-10\n", "    on: 2025-03-10\n    overlay: example-first-revue\n", "example-first-revue", "duties[0].examples[0].overlay", "did you mean example-first-review?"),
    Case("an example's moment", CALLS, "    on: 2025-03-10\n", "    on: 2025-03-10\n    known_at: noon\n", "known_at", "duties[0].examples[0].known_at", "a date or a date-time like 2025-03-31T09:00 was expected; found 'noon'"),
    # ---- YAML itself
    Case("an alias", CALLS, "due: {local: on the day agreed}", "due: *same", "*same", "duties[2].due", "an alias (*same) is not allowed; write out what it stands for"),
    Case("an anchor", CALLS, "due: {local: on the day agreed}", "due: &same {local: on the day agreed}", "&same", "duties[2].due", "an anchor (&same) is not allowed; write the value out where it is meant"),
    Case("a merge key", CALLS, "due: {local: on the day agreed}", "due: {<<: {local: x}}", "<<", "duties[2].due", "a merge key (<<) is not allowed; write the words out"),
    Case("a tag", CALLS, "says: Explain an answer that is late.", "says: !!binary 5", "!!binary", "duties[1].says", "a tag (!!binary) is not allowed; text, numbers, true, false and null are enough"),
    Case("a key that is a list", CALLS, "due: {local: on the day agreed}", "due: {[local]: x}", "[local]", "duties[2].due", "a key is plain text, not a list or a mapping"),
    Case("a second document", CALLS, "gates:\n", "---\ngates:\n", "---", "", "a second document begins (---); one was expected"),
    Case("a tab", CALLS, "  holder: chair\n  strength: should\n  starts", "\tholder: chair\n  strength: should\n  starts", "\tholder", "", "is not YAML: a tab stands here; indent with spaces"),
    Case("a colon in plain text", CALLS, "says: Explain an answer that is late.", "says: Explain this: it is late.", "Explain this", "", "is not YAML: a colon stands where no key can; text with a colon in it needs quotation marks"),
    Case("a bracket that is not closed", CALLS, "  cites: [\"s.1\"]\n", "  cites: [\"s.1\"\n", "cites: [\"s.1\"\n", "", "is not YAML: a comma or ] was expected: the list that begins here is not closed"),
    Case("quotation marks that are not closed", REGISTER, "at once", "'at once", "'at once", "", "is not YAML: quotation marks are opened here and never closed"),
    Case("text that begins with a sign", CALLS, "says: Explain an answer that is late.", "says: @late", "@late", "", "is not YAML: text that begins with '@' needs quotation marks"),
    Case("a control character", CALLS, "says: Explain an answer that is late.", "says: Expl\x01ain", "Expl", "", "holds a character that text cannot hold; plain text was expected"),
    # ---- statements.csv
    Case("statements under other names", STATEMENTS, "id,strength,sha256", "id,power,sha256", "id,power", "", "the columns id,strength,sha256 were expected"),
    Case("a statement cut short", STATEMENTS, f"s.2,should,{SHA}", "s.2,should", "s.2", "", "three values (id,strength,sha256) were expected; found 2"),
    Case("a blank line of statements", STATEMENTS, "s.2,", "\ns.2,", "", "", "three values (id,strength,sha256) were expected; found 0"),
    Case("a statement twice", STATEMENTS, "s.2,", "s.1,", "s.1,should", "id", "the id s.1 stands twice"),
    Case("a statement without an id", STATEMENTS, "s.2,", ",", ",should", "id", "an id was expected; found nothing"),
    Case("a statement's strength", STATEMENTS, "should", "shall", "shall", "strength", "'shall' is not one of must, should, expected, non-statutory, may, nothing"),
    Case("a statement's hash", STATEMENTS, f"should,{SHA}", "should,12ab", "12ab", "sha256", "64 hexadecimal digits were expected; found '12ab'"),
    Case("a statement's quotation marks", STATEMENTS, "s.2,", '"s.2,', '"s.2', "", "is not CSV (unexpected end of data); id,strength,sha256 were expected"),
    # ---- overlays
    Case("an overlay over another pack", OVERLAY, "over: tiny", "over: wt2023", "over: wt", "over", "tiny was expected, the pack that is read; found 'wt2023'"),
    Case("an overlay by a name that means something else", OVERLAY, "overlay: ours", "overlay: national", "overlay:", "overlay", "a name of its own was expected; 'national' means something else in an answer"),
    Case("an overlay by a bad name", OVERLAY, "overlay: ours", "overlay: Ours & theirs", "overlay:", "overlay", "lower-case words joined by dashes were expected, like first-review; found 'Ours & theirs'"),
    Case("an overlay that adds nothing", OVERLAY, tiny_pack.OVERLAY, "overlay: ours\nover: tiny\ntitle: T\nin_force_from: 2024-06-01\n", "overlay:", "", "this overlay adds nothing; at least one entry under strengthens, also_starts, also_to, needs_first, sets was expected"),
    Case("an overlay that ends before it begins", OVERLAY, "2026-06-01", "2023-06-01", "2023-06-01", "in_force_until", "a day that is not before 'in_force_from' was expected"),
    Case("an overlay that takes away", OVERLAY, "sets:\n", "loosens:\n", "loosens", "loosens", "the word 'loosens' cannot stand here"),
    Case("an overlay that ends a duty sooner", OVERLAY, "  due: {within: 1 working day}\n", "  due: {within: 1 working day}\n  ends_with: plan-ended\n", "ends_with", "strengthens[0].ends_with", "the word 'ends_with' cannot stand here; it should be one of code, says, cites, examples, duty, starts, due"),
    Case("an overlay on an unknown duty", OVERLAY, "duty: call.answer", "duty: call.answr", "call.answr", "strengthens[0].duty", "did you mean call.answer?"),
    Case("an overlay's code twice", OVERLAY, "code: every-month", "code: sooner", "code: sooner\n  duty: meeting", "sets[0].code", "the code sooner stands already in"),
    Case("an overlay that strengthens a judgement", OVERLAY, "duty: call.answer", "duty: call.tell", "duty: call.tell\n  says: Answer", "strengthens[0].duty", "call.tell is judged: its text gives no number beside which one could stand"),
    Case("an overlay that strengthens a floor", OVERLAY, "duty: call.answer", "duty: review.keep", "review.keep", "strengthens[0].duty", "review.keep is a floor, which has no limit beside which one could stand"),
    Case("an overlay that strengthens what is set locally", OVERLAY, "duty: call.answer", "duty: meeting.again", "duty: meeting.again\n  says: Answer", "strengthens[0].duty", "meeting.again leaves its number to local decision; use sets"),
    Case("an overlay that sets what has a number", OVERLAY, "duty: meeting.again", "duty: call.answer", "duty: call.answer\n  says: Meet", "sets[0].duty", "call.answer leaves nothing to set: it has its number in the text; use strengthens"),
    Case("an overlay that sets a judgement", OVERLAY, "duty: meeting.again", "duty: call.explain", "duty: call.explain", "sets[0].duty", "call.explain leaves nothing to set: it is judged: its text gives no number"),
    Case("an overlay that sets a judgement for a number", OVERLAY, "due: {within: 1 month}", "due: {judgement: soon}", "judgement", "sets[0].due", "an overlay counts {within: …} or {at_least: …, before: …}; found a mapping (judgement)"),
    Case("an overlay that makes a limit a floor", OVERLAY, "due: {within: 1 working day}", "due: {floor: 1 year}", "floor", "strengthens[0].due", "an overlay counts {within: …} or {at_least: …, before: …}; found a mapping (floor)"),
    Case("an overlay that counts the other way", OVERLAY, "due: {within: 1 working day}", "due: {at_least: 1 day, before: plan-ended}", "at_least: 1", "strengthens[0].due", "{within: …} was expected: call.answer counts forward"),
    Case("an overlay that starts it otherwise", OVERLAY, "  due: {within: 1 working day}", "  starts: plan-ended\n  due: {within: 1 working day}", "starts: plan-ended", "strengthens[0].starts", "call.answer starts with call-received, not with plan-ended; use also_starts"),
    Case("an overlay that starts it with somebody else", OVERLAY, "starts: {meeting-held: {type: first}}", "starts: review-begun", "review-begun", "also_starts[0].starts", "review-begun is about review; a kind about a child was expected"),
    Case("an overlay that starts it with an unknown kind", OVERLAY, "starts: {meeting-held: {type: first}}", "starts: {meeting-hold: {type: first}}", "meeting-hold", "also_starts[0].starts.meeting-hold", "did you mean meeting-held?"),
    Case("an overlay that adds to no recipients", OVERLAY, "duty: call.tell\n  says: Tell the nurse", "duty: call.explain\n  says: Tell the nurse", "duty: call.explain", "also_to[0].duty", "call.explain is not owed to recipients that could be added to"),
    Case("an overlay that adds a recipient there is", OVERLAY, "recipients: [nurse]", "recipients: [nurse, school]", "recipients", "also_to[0].recipients[1]", "school is a recipient already; one to add was expected"),
    Case("an overlay's gate in an unknown status", OVERLAY, "within: on-plan", "within: off-plan", "off-plan", "needs_first[0].within", "'off-plan' is not one of on-plan; did you mean on-plan?"),
    Case("an overlay that cites the edition", OVERLAY, "manual@2024-06/calls/1", "s.1", "s.1", "strengthens[0].cites[0]", "an address in the local manual, like manual@2022-03/chapter/1, was expected; found 's.1'"),
    Case("an overlay's zero", OVERLAY, "due: {within: 1 month}", "due: {within: 0 months}", "0 months", "sets[0].due.within", "a length of time of at least 1 and at most 100 years was expected; found '0 months'"),
]  # fmt: skip


def refusal(folder: Path, overlays: tuple[Path, ...] = ()) -> str:
    with pytest.raises(Refused) as refused:
        rules.load_folder(folder, overlays)
    return str(refused.value)


def line_of(text: str, at: str) -> int:
    """The number of the line on which a part begins, or of the only blank line where no part is given."""
    if not at:
        return text.split("\n").index("") + 1
    assert text.count(at) == 1, f"{at!r} should stand once, to find its line"
    return text[: text.index(at)].count("\n") + 1


def test_the_tiny_pack_and_its_overlay_are_whole(tmp_path: Path) -> None:
    folder = tiny_pack.write(tmp_path / "pack", {"../overlay.yaml": tiny_pack.OVERLAY})
    pack = rules.load_folder(folder, (tmp_path / "overlay.yaml",))
    both: list[Duty | Gate] = [*pack.duties, *pack.gates]
    assert [(one.layer, one.code) for one in both] == [
        *(("national", f"call.{code}") for code in ("answer", "explain", "take-steps", "tell")),
        ("national", "meeting.again"),
        *(("national", f"review.{code}") for code in ("publish", "send", "keep")),
        ("national", "yearly.send"),
        *(("ours", code) for code in ("call.answer", "call.tell", "call.tell", "meeting.again")),
        ("national", "plan.not-without-a-meeting"),
        ("ours", "call-before-the-end"),
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_breakage_is_refused_with_file_line_key_and_what_was_expected(case: Case, tmp_path: Path) -> None:
    whole = tiny_pack.OVERLAY if case.file == OVERLAY else tiny_pack.FILES[case.file]
    assert case.old in whole
    broken = whole.replace(case.old, case.new, 1)
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(broken if case.file == OVERLAY else tiny_pack.OVERLAY, encoding="utf-8")
    folder = tiny_pack.write(tmp_path / "pack", {} if case.file == OVERLAY else {case.file: broken})
    said = refusal(folder, (overlay,))
    path = overlay if case.file == OVERLAY else folder / case.file
    key = f"{case.key}: " if case.key else ""
    start = f"{path}, line {line_of(broken, case.at)}: {key}"
    assert said.startswith(start), said
    assert case.says in said.removeprefix(start)
    assert not JARGON.search(said.removeprefix(str(path))), said
    assert "\n" not in said and len(said.removeprefix(start)) < 260


def test_there_are_at_least_forty_breakages_and_no_two_are_called_the_same() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 40


def test_a_code_that_stands_twice_is_said_with_both_places(tmp_path: Path) -> None:
    folder = tiny_pack.write(tmp_path, {REVIEWS: tiny_pack.REVIEWS.replace("review.send", "call.tell")})
    other = line_of(tiny_pack.CALLS, "code: call.tell")
    assert refusal(folder).endswith(f"the code call.tell stands already in {folder / CALLS}, line {other}")


def test_the_fault_that_stands_first_is_said_first(tmp_path: Path) -> None:
    broken = tiny_pack.CALLS.replace("at_least: 2", "at_least: none").replace("per: {field", "pur: {field")
    assert "duties[2].pur" in refusal(tiny_pack.write(tmp_path, {CALLS: broken}))


# ---- files


@pytest.mark.parametrize("name", [PACK, KINDS, STATEMENTS])
def test_a_file_that_every_pack_has_is_missed(name: str, tmp_path: Path) -> None:
    folder = tiny_pack.write(tmp_path)
    (folder / name).unlink()
    said = refusal(folder)
    assert said.startswith(f"{folder / name}: does not exist; ") and said.endswith("expected")


@pytest.mark.parametrize("name", [PACK, KINDS, CALLS, REGISTER])
def test_an_empty_file_is_refused(name: str, tmp_path: Path) -> None:
    folder = tiny_pack.write(tmp_path, {name: "# nothing yet\n"})
    assert refusal(folder) == f"{folder / name}: is empty; a mapping of words was expected"


@pytest.mark.parametrize("name", [PACK, KINDS, STATEMENTS, CALLS, REGISTER])
def test_a_file_that_is_not_utf_8_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    folder = tiny_pack.write(tmp_path)
    path = folder / name
    path.write_bytes(path.read_bytes() + "# café\n".encode("latin-1"))
    line = tiny_pack.FILES[name].count("\n") + 1
    said = refusal(folder)
    assert said.startswith(f"{path}, line {line}: byte ") and said.endswith("is not UTF-8; text in UTF-8 was expected")


@pytest.mark.parametrize("name", [PACK, KINDS, CALLS, REGISTER])
def test_a_list_in_place_of_the_whole_mapping_is_refused(name: str, tmp_path: Path) -> None:
    folder = tiny_pack.write(tmp_path, {name: "- one\n- two\n"})
    assert re.fullmatch(
        rf"{re.escape(str(folder / name))}, line 1: a mapping with [a-z_, ]+ was expected; found a list",
        refusal(folder),
    )


def test_a_pack_without_duties_is_refused(tmp_path: Path) -> None:
    folder = tiny_pack.write(tmp_path)
    shutil.rmtree(folder / "duties")
    assert refusal(folder).startswith(f"{folder / 'duties'}: no duty was found; at least one YAML file")


def test_a_pack_of_gates_alone_is_refused(tmp_path: Path) -> None:
    gates = "area: Gates\ngates:" + tiny_pack.CALLS.partition("gates:")[2]
    folder = tiny_pack.write(tmp_path, {CALLS: gates})
    (folder / REVIEWS).unlink()
    assert "no duty was found" in refusal(folder)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("duties/more.yml", "is not read as part of the pack; only files that end in .yaml are expected here"),
        ("duties/MORE.YAML", "is not read as part of the pack; only files that end in .yaml are expected here"),
        ("duties/notes.txt", "is not read as part of the pack; only files that end in .yaml are expected here"),
        ("duties/calls.yaml~", "is not read as part of the pack"),
        ("duties/.calls.yaml", "is empty"),
        ("register/more.yml", "is not read as part of the pack; only files that end in .yaml are expected here"),
        ("duties/deeper/more.yaml", "is not read as part of the pack"),
        ("pack.yml", "is no part of a pack; only pack.yaml, kinds.yaml, statements.csv, duties/, register/ are expected in its folder; did you mean pack.yaml?"),
        ("README.md", "is no part of a pack; only pack.yaml"),
        ("Duties/more.yaml", "are expected in its folder; did you mean duties?"),
    ],
)  # fmt: skip
def test_a_stray_file_is_never_passed_over(name: str, says: str, tmp_path: Path) -> None:
    folder = tiny_pack.write(tmp_path, {name: ""})
    stray = folder / ("duties/deeper" if "deeper" in name else "Duties" if "Duties" in name else name)
    said = refusal(folder)
    assert said.startswith(f"{stray}: ") and says in said


def test_what_an_operating_system_leaves_in_a_folder_does_no_harm(tmp_path: Path) -> None:
    folder = tiny_pack.write(tmp_path, {".DS_Store": "", "duties/.directory": ""})
    assert len(rules.load_folder(folder).duties) == 9


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone") == f"{tmp_path / 'gone'}: is not a folder; the folder of a pack was expected"


def test_an_edition_that_is_not_held_is_refused_with_the_nearest() -> None:
    with pytest.raises(
        Refused, match=r"the edition 'wt2032' is not held; those held are .*wt2023; did you mean wt2023\?"
    ):
        rules.load("wt2032")


def test_a_pack_in_the_folder_of_another_edition_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny_pack.write(tmp_path / "other")
    monkeypatch.setattr(holdings, "PACKS", tmp_path)
    with pytest.raises(Refused, match=r"pack\.yaml: edition: other was expected, as its folder is called"):
        rules.load("other")


def test_an_overlay_that_is_missing_or_a_folder_or_given_twice_is_refused(tmp_path: Path) -> None:
    folder, overlay = tiny_pack.write(tmp_path / "pack"), tmp_path / "ours.yaml"
    overlay.write_text(tiny_pack.OVERLAY, encoding="utf-8")
    twin = tmp_path / "twin.yaml"
    twin.write_text(tiny_pack.OVERLAY, encoding="utf-8")
    assert (
        refusal(folder, (tmp_path / "gone.yaml",))
        == f"{tmp_path / 'gone.yaml'}: does not exist; a YAML file was expected"
    )
    assert refusal(folder, (tmp_path,)) == f"{tmp_path}: is a folder; a YAML file was expected"
    for second in (overlay, twin):
        assert refusal(folder, (overlay, second)) == (
            f"{second}, line 1: overlay: an overlay called ours is given already; each may be given once"
        )


def test_an_overlay_by_an_unknown_name_is_refused_with_those_that_are_carried() -> None:
    with pytest.raises(Refused) as refused:
        rules.load(overlays=("example-first-reveiw",))
    assert str(refused.value) == (
        "example-first-reveiw: does not exist; the path of an overlay, or one of those carried (example-first-review,"
        " example-plan-end), was expected; did you mean example-first-review?"
    )


# ---- the words


def test_what_an_example_may_expect_is_what_a_finding_says() -> None:
    assert tuple(words.FINDING) == findings.KEYS
    assert [state.value for state in findings.State] == words.STATES


def test_dates_mean_the_same_with_and_without_quotation_marks(tmp_path: Path) -> None:
    quoted = tiny_pack.PACK.replace("in_force_from: 2024-01-01\n", 'in_force_from: "2024-01-01"\n')
    plain = rules.load_folder(tiny_pack.write(tmp_path / "plain"))
    assert rules.load_folder(tiny_pack.write(tmp_path / "quoted", {PACK: quoted})).in_force_from == plain.in_force_from


def test_the_real_pack_is_held_to_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "wt2023"
    shutil.copytree(rules.PACKS / "wt2023", folder)
    assert rules.load_folder(folder).sha256 == rules.load().sha256
    path = min((folder / "duties").glob("*conference.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("strength: should", "strength: shoud", 1), encoding="utf-8")
    line = line_of(text.replace("strength: should", "strength: shoud", 1), "shoud")
    assert refusal(folder) == (
        f"{path}, line {line}: duties[0].strength: 'shoud' is not one of must, should, expected, non-statutory;"
        " did you mean should?"
    )


# ---- anything else, anywhere: each value of the tiny pack in turn is replaced by what does not belong there

STRANGE: list[Any] = [
    True, 7, None, "nonsense here", [], ["x", 3], {}, {"x": {"y": [None]}}, -1, "", "0 days", [[1]], "2025-02-30",
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, dict):
        return {key: changed(one, path[1:], new) if key == path[0] else one for key, one in value.items()}
    return [changed(one, path[1:], new) if place == path[0] else one for place, one in enumerate(value)]


@pytest.mark.parametrize("name", [PACK, KINDS, CALLS, REVIEWS, REGISTER, OVERLAY])
def test_whatever_stands_in_the_wrong_place_is_refused_in_plain_words(name: str, tmp_path: Path) -> None:
    folder = tiny_pack.write(tmp_path / "pack", {"../overlay.yaml": tiny_pack.OVERLAY})
    path = folder.parent / name if name == OVERLAY else folder / name
    overlays = (tmp_path / OVERLAY,) if name == OVERLAY else ()
    whole = yaml_reading.read(path).data
    refused = 0
    for count, place in enumerate(places(whole)):
        for strange in (STRANGE[count % len(STRANGE)], STRANGE[(count * 5 + 1) % len(STRANGE)]):
            path.write_text(json.dumps(changed(whole, place, strange), indent=1), encoding="utf-8")
            try:
                rules.load_folder(folder, overlays)  # some of it happens to be right, such as other words for says
            except Refused as refusal:
                said = str(refusal)
                refused += 1
                assert said.startswith(f"{folder.parent}"), said
                assert re.match(r"[^,]+, line \d+: [a-z_]+", said) or "no duty was found" in said, said
                assert "expected" in said or re.search(
                    r"cannot|needed|not one of|stands|needs|no |take it out", said
                ), said
                assert not JARGON.search(said.replace(str(folder.parent), "")), said
    assert refused > count
