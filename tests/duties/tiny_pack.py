"""A pack of a few invented duties that uses every word of the vocabulary, as text that a test can break."""

from __future__ import annotations

from pathlib import Path

SHA = "0" * 64

PACK = """\
pack: tiny
edition: tiny
title: A tiny invented guidance
in_force_from: 2024-01-01
successor: {edition: tiny2, in_force_from: 2027-01-01, basis: It was said so.}
holders:
  team: the team
  chair: the chair
statuses:
- status: on-plan
  says: The child is on a plan.
  begins: [{meeting-held: {type: first, outcome: plan}}]
  ends: [plan-ended]
interpretations:
- id: day-one
  question: Does the first day count?
  decision: It does not.
  basis: Nobody said that it does.
  decided_by: Goldthread
  from: 2024-01-01
  until: null
  cites: ["s.1"]
"""

KINDS = """\
kinds:
- {kind: call-received, says: A call was received., subject: child, fields: {caller: [known, anonymous], urgent: boolean, steps: list, answer_by: date}}
- {kind: call-answered, says: A call was answered., subject: child, fields: {to: [caller, school], note: text}}
- {kind: call-withdrawn, says: A call was withdrawn., subject: child, reach: every}
- kind: meeting-held
  says: A meeting was held.
  subject: child
  fields:
    type: [first, later]
    outcome: [plan, no-plan]
    topics: {many: [health, school, home]}
    next_on: date
- {kind: plan-ended, says: A plan ended., subject: child, fields: {reason: text}}
- {kind: step-done, says: A step was done., subject: child, fields: {of: text}}
- {kind: delay-explained, says: A delay was explained., subject: child, fields: {reason: text}}
- {kind: review-begun, says: A review began., subject: review, fields: {scope: [local, national]}}
- {kind: review-published, says: A review was published., subject: review}
- {kind: review-planned, says: A publication was planned., subject: review, fields: {on: date, by: text}}
- {kind: review-withdrawn, says: A review was withdrawn., subject: review}
- {kind: report-sent, says: A report was sent., subject: review, fields: {to: [panel, ofsted]}}
- {kind: yearly-sent, says: A yearly report was sent., subject: partnership, fields: {year: number}}
"""

CALLS = """\
area: Calls

duties:

- code: call.answer
  says: Answer a call within two working days.
  holder: team
  strength: must
  time_strength: should
  starts: call-received
  once: {call-received: {urgent: [true, unsaid]}}
  first_while_open: true
  begun_at: meeting-held
  unless: on-plan
  due: {within: 2 working days}
  due_soon: 1 working day
  met_by: [call-answered]
  ends_with: [call-withdrawn]
  ends_at_start: {caller: anonymous}
  closed_by: {meeting-held: {topics: [health]}}
  late_reason: delay-explained
  provisional_until: {meeting-held: {topics_only: [home]}}
  cites: ["s.1", "s.2"]
  interpretations: [day-one]
  examples:
  - says: Answered on the second day, it is in time.
    given: ["2025-03-03 call-received caller=known", "2025-03-05 call-answered"]
    on: 2025-03-10
    source: {carries: [call-received, call-answered], from: 2025-01-01, whole: [call-answered]}
    expect: {state: met, due_on: 2025-03-05}

- code: call.explain
  says: Explain an answer that is late.
  holder: team
  strength: should
  starts: {unmet: call.answer}
  due: {judgement: soon}
  met_by: delay-explained
  may_precede: true
  cites: ["s.2"]

- code: call.take-steps
  says: Take each step that was agreed by its day.
  holder: team
  strength: should
  starts: call-received
  per: {field: steps, key: id, due: by}
  due: {local: on the day agreed}
  met_by: step-done
  cites: ["s.2"]

- code: call.tell
  says: Tell those who should know.
  holder: team
  strength: should
  starts: {call-received: {urgent: true}}
  due: {judgement: ""}
  met_by: call-answered
  each: {field: to, of: {caller: should, school: expected}}
  cites: ["s.2"]

- code: meeting.again
  says: Meet again when the record says so.
  holder: chair
  strength: should
  starts: {meeting-held: {outcome: plan}}
  due: {record: next_on, local: as often as the meeting says}
  met_by: {meeting-held: {type: later}}
  cites: ["s.2"]

gates:
- code: plan.not-without-a-meeting
  says: A plan ends only after two meetings.
  holder: chair
  strength: should
  before: {plan-ended: {reason: done}}
  needs: meeting-held
  at_least: 2
  within: on-plan
  cites: ["s.1"]
"""

REVIEWS = """\
area: Reviews
duties:
- code: review.publish
  says: Publish a review within six months.
  subject: review
  holder: team
  strength: must
  time_strength: should
  starts: review-begun
  due: {within: 6 months}
  met_by: review-published
  variant:
    field: scope
    cases:
      local: {holder: team, cites: ["s.1"]}
      national: {holder: chair, due: {within: 9 months}}
  cites: ["s.1"]
- code: review.send
  says: Send a review before it is published.
  subject: review
  holder: team
  strength: must
  time_strength: must
  starts: [review-published, review-planned]
  due: {at_least: 7 working days, before: [review-published, review-planned.on]}
  met_by: report-sent
  each: {field: to, of: {panel: must}}
  cites: ["s.1"]
- code: review.keep
  says: Keep a published review open for a year.
  subject: review
  holder: team
  strength: must
  time_strength: must
  starts: review-published
  due: {floor: 1 year}
  broken_by: review-withdrawn
  cites: ["s.1"]
- code: yearly.send
  says: Send a report each year.
  subject: partnership
  holder: team
  strength: should
  time_strength: should
  starts: {every_year_from: 2024, on: 1 April}
  due: {earliest: [{by: 30 September}, {within: 5 months}]}
  met_by: yearly-sent
  same: year
  cites: ["s.1"]
"""

REGISTER = """\
area: Later
entries:
- code: call.think
  says: Think about a call.
  kind: prompt
  holder: team
  strength: should
  time_words: at once
  cites: ["s.3"]
"""

STATEMENTS = f"""\
id,strength,sha256
s.1,must,{SHA}
s.2,should,{SHA}
s.3,,{SHA}
"""

OVERLAY = """\
overlay: ours
over: tiny
title: Our procedures
in_force_from: 2024-06-01
in_force_until: 2026-06-01
strengthens:
- code: sooner
  duty: call.answer
  says: Answer a call within one working day.
  due: {within: 1 working day}
  cites: ["manual@2024-06/calls/1"]
also_starts:
- code: meetings-too
  duty: call.tell
  says: Tell them after a meeting as well.
  starts: {meeting-held: {type: first}}
  cites: ["manual@2024-06/calls/2"]
also_to:
- code: tell-the-nurse
  duty: call.tell
  says: Tell the nurse as well.
  recipients: [nurse]
  cites: ["manual@2024-06/calls/3"]
needs_first:
- code: call-before-the-end
  says: Answer a call before a plan ends.
  before: plan-ended
  needs: call-answered
  within: on-plan
  approved_by: chair
  cites: ["manual@2024-06/plans/1"]
sets:
- code: every-month
  duty: meeting.again
  says: Meet every month.
  due: {within: 1 month}
  cites: ["manual@2024-06/plans/2"]
"""

FILES = {
    "pack.yaml": PACK,
    "kinds.yaml": KINDS,
    "statements.csv": STATEMENTS,
    "duties/calls.yaml": CALLS,
    "duties/reviews.yaml": REVIEWS,
    "register/later.yaml": REGISTER,
}


def write(folder: Path, files: dict[str, str] | None = None) -> Path:
    """This will write the pack into a new folder, with some of its files said otherwise."""
    for name, text in {**FILES, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
