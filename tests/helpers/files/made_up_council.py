"""A council that does not exist, with what is hardest in the five: written down as a council would write it.

Clocks of every kind, answers by one, any, all or normally, a question before the ladder, two ladders of its
own, criteria, steps with two clocks from one event, a consultation, and grounds for going on.
"""

from pathlib import Path

from practice_alerts.adapters.documents.starter.alert_template import starter
from practice_alerts.adapters.files.procedures import load_council

ID = "brackendale"

PROCEDURE = """\
council: Brackendale
title: Raising and settling concerns
reference_prefix: BRA
edition: {version: "3", issued: 2026-01-05, review_by: 2029-01-05}
raised_by: {looked_after: iro, child_protection: chair}
case_system: Casebook
about: How concerns about a child's case are raised and settled.

roles:
  iro: {title: Independent Reviewing Officer, short: IRO, in_iro_service: true}
  chair: {title: Conference Chair, in_iro_service: true}
  iro_lead: {title: Lead for reviewing, in_iro_service: true}
  social_worker: {title: Social Worker}
  team_manager: {title: Team Manager, also_printed: [Practice Manager]}
  service_manager: {title: Service Manager}
  head: {title: Head of Care}
  director: {title: Director}
  board: {title: Improvement Board, team: true}

kinds:
  concern: {title: Concern, ladder: main, form: concern}
  urgent: {title: Urgent concern, ladder: urgent, form: concern, about: The child may be harmed within days.}
  praise: {title: Praise, form: praise, goes_to: {normally: [social_worker, team_manager]}}

gate:
  question: Must something be done today?
  yes: {tell: {any_of: [head, iro_lead]}, then: any stage}
  no: {then: talk}

ladders:
  main:
    cap: {within: 20 working days}
    hold: {until: by agreement, task_owner: team_manager}
    entry: {any_stage: false, reason: always}
    copy: iro_lead
    stages:
      - id: talk
        label: First talk
        formal: false
        answer: {from: {any_of: [social_worker, team_manager]}, within: 48 hours}
        settle: {within: by agreement, set_by: raiser}
        goes_on_when: [no_answer, not_satisfactory, repeated]
        criteria:
          - {id: visits, title: Visits missed}
          - {id: reports, title: "Reports late", examples: [a report on the day itself]}
      - id: step-1
        label: STEP 1
        form: formal
        entry: {direct: true, ask: Does it touch the care plan?}
        consult: {with: iro_lead, before: going on, within: immediately, record: [what was said]}
        answer:
          from: [team_manager, service_manager]
          to: {normally: [social_worker]}
          within: 5 days (unit not stated)
        copy: [head]
        goes_on_when: [no_answer, not_satisfactory, task_outstanding]
        criteria:
          - {id: plan, title: The plan is not followed, mandatory: true}
          - {id: drift, title: Nothing moves, mandatory: true, cases: [looked_after]}
      - id: step-2
        label: STEP 2
        escalated_by: {any_of: [raiser, iro_lead]}
        judged_by: iro_lead
        tell: board
        goes_on_when: [not_settled, action_dates_passed, impact_on_child]
        steps:
          - {id: discussion, what: Talk between the two leads, by: iro_lead, with: head, within: immediately}
          - {id: note, what: The talk written down, by: iro_lead, within: 24 hours, counted_from: discussion}
          - id: meeting
            what: Meeting of everybody concerned
            ask: Is a meeting needed?
            chair: head
            attend: [iro, social_worker, {any_of: [team_manager, service_manager]}]
            within: 1 week
            counted_from: discussion
          - {id: plan, what: Plan of action, by: team_manager, within: not stated, counted_from: meeting}
      - id: step-3
        label: STEP 3
        answer: {from: {role: director, of: council}, within: at most 7 calendar days}
        settle: {within: aim 10 working days, counted_from: {earlier_of: [sent, step-2.meeting]}}
        goes_on_when: [not_settled]
        then: [cafcass, lscp]
  urgent:
    cap: {within: 20 working days}
    stages:
      - id: now
        label: At once
        answer: {from: head, within: 4 hours}
        goes_on_when: [no_answer, not_satisfactory]
      - id: top
        label: Director
        answer: {from: director, within: 1 working day}
        goes_on_when: [no_answer, not_satisfactory]
        then: [cafcass, lscp]

referrals:
  cafcass: {raised_as: [looked_after]}
  lscp: {raised_as: [child_protection]}

categories:
  - {id: plan, title: Care plan}
  - {id: rights, title: "The child's rights", examples: [no advocate offered]}

duties:
  - {id: papers, what: Send the papers, by: social_worker, to: iro, within: 5 working days before, counted_from: review date}

readings:
  - {id: B1, about: main.stages, says: "Hours, days and weeks beside one another.", used: Each as it is printed.}
  - {id: B2, about: step-1.answer, says: Days of a kind not said., used: Both readings; work to the earlier.}
  - {id: B3, about: urgent.stages, says: Hours at first and a day after them., used: Each as it is printed.}
"""

_CHILD = """\
  - title: The child
    fields:
      - {id: child_name, label: Child's name, type: text, required: true, identifies: child}
      - {id: case_number, label: Number in Casebook, type: reference, required: true, identifies: child}
      - {id: team_manager, label: Team manager, type: person, role: team_manager, required: true}
"""

_LINE = """\
      - id: summary_for_log
        label: In one line, without names
        type: text
        required: true
        ours: true
        goes_to: log
"""

_AFTER = """\
  - title: What should happen
    repeats: stage
    fields:
      - {id: actions, label: What is asked for, type: long_text, required: true}
  - title: The answer
    repeats: stage
    filled_by: answerer
    fields:
      - {id: response, label: Response, type: long_text, required: true}
  - title: Outcome
    repeats: stage
    filled_by: judge
    shows: [verdict, settled_on, escalated_on, escalated_to, judged_by]
"""

FORMS = {
    "concern": f"""\
title: Concern
sections:
{_CHILD}\
  - title: The concern
    fields:
      - {{id: grounds, label: Grounds, type: many_of, options_from: criteria, required: true}}
      - {{id: concerns, label: What is wrong, type: long_text, required: true}}
{_LINE}\
{_AFTER}""",
    "formal": f"""\
title: Formal concern
sections:
{_CHILD}\
  - title: The concern
    fields:
      - {{id: raised_as, label: Raised as, type: one_of, options_from: raised_by, required: true}}
      - {{id: grounds, label: Grounds, type: many_of, options_from: criteria, required: true}}
      - {{id: category, label: About, type: many_of, options_from: categories, required: true}}
      - {{id: concerns, label: What is wrong, type: long_text, required: true}}
{_LINE}\
{_AFTER}""",
    "praise": f"""\
title: Praise
sections:
{_CHILD}\
  - title: What was good
    fields:
      - {{id: good_work, label: What was done, type: long_text, required: true}}
{_LINE}""",
}

EXAMPLES = """\
- name: A talk sent on a Friday afternoon is to be answered by Sunday, and both dates of STEP 1 are worked to the earlier
  kind: concern
  story:
    - {on: Fri 2026-06-05 16:00, do: send, stage: talk}
  expect:
    response_due: Sun 2026-06-07 16:00
    falls_on: Sunday
    cap: not stated

- name: An urgent concern is for the Head of Care, within hours
  kind: urgent
  story:
    - {on: Mon 2026-06-15 09:00, do: send, stage: now}
  expect:
    response_due: Mon 2026-06-15 13:00
    cap: Mon 2026-07-13
    ways_on: [top]

- name: After yes every stage is open, and two clocks run from one talk
  kind: concern
  story:
    - {on: Mon 2026-06-15 09:00, do: gate, answer: yes}
    - {on: Mon 2026-06-15 09:00, do: send, stage: step-2, reason: The move is tomorrow.}
    - {on: Mon 2026-06-15 10:00, do: step, step: discussion}
  expect:
    may_enter: [talk, step-1, step-2, step-3]
    needs_reason: yes
    steps:
      step-2.discussion: not stated
      step-2.note: Tue 2026-06-16 10:00
      step-2.meeting: Mon 2026-06-22
      step-2.plan: not stated
"""

CHAPTERS = {
    "10-purpose.md": "# Purpose\n\nConcerns are settled where they arise; reading B1 says how time is counted.\n",
    "20-people.md": "# People\n\nThe reviewing officer raises, and nobody of the challenged line may stop it.\n",
}


def write_sixth_council(rooms: Path) -> Path:
    """Write its four rooms below `rooms`; returns its folder of rules."""
    folder, forms = rooms / "procedures" / ID, rooms / "form_templates" / ID
    folder.mkdir(parents=True)
    forms.mkdir(parents=True)
    (folder / "procedure.yml").write_text(PROCEDURE, "utf-8")
    (folder / "examples.yml").write_text(EXAMPLES, "utf-8")
    for name, text in CHAPTERS.items():
        (folder / name).write_text(text, "utf-8")
    for name, text in FORMS.items():
        (forms / f"{name}.yml").write_text(text, "utf-8")
    for name, form in load_council(folder, rooms / "form_templates").forms.items():
        (forms / f"{name}.docx").write_bytes(starter(form, "Brackendale"))
    return folder
