"""The files of a made-up council, small and sound, for tests to write down and to spoil."""

from pathlib import Path

from practice_alerts.adapters.documents.starter.alert_template import starter
from practice_alerts.adapters.files.procedures import load_council
from practice_alerts.domain.forms.form import Form

PROCEDURE = """\
council: Sampleford
title: Concerns about a child's case
reference_prefix: SAM
edition: {version: "1", issued: 2026-01-05, review_by: 2028-01-05}
raised_by: {looked_after: iro}
case_system: Files
roles:
  iro: {title: Independent Reviewing Officer, in_iro_service: true}
  team_manager: {title: Team Manager}
  service_manager: {title: Service Manager}
kinds:
  concern: {title: Concern, ladder: main, form: concern}
ladders:
  main:
    cap: {within: 20 working days}
    stages:
      - id: stage-1
        label: Stage 1
        answer: {from: team_manager, within: 5 working days}
      - id: stage-2
        label: Stage 2
        answer:
          from: {any_of: [service_manager, team_manager]}
          within: 5 working days
        then: [cafcass]
referrals:
  cafcass: {raised_as: [looked_after]}
"""

FORM = """\
title: Concern
sections:
  - title: The child
    fields:
      - {id: child_name, label: Name, type: text, required: true, identifies: child}
      - {id: team_manager, label: Team manager, type: person, role: team_manager}
      - {id: told, label: "Was it talked over?", type: yes_no}
      - {id: told_whom, label: With whom, type: text, when: {told: "yes"}, required_from: stage-1}
"""

EXAMPLES = """\
- name: Sent on a Monday
  story:
    - {on: Mon 2025-06-02, do: send, stage: stage-1}
  expect:
    response_due: Mon 2025-06-09
    cap: Mon 2025-06-30
"""


def write_council(root: Path, procedure: str = PROCEDURE, form: str = FORM) -> Path:
    """Write procedures/sampleford and form_templates/sampleford; returns the first folder."""
    folder = root / "procedures" / "sampleford"
    forms = root / "form_templates" / "sampleford"
    folder.mkdir(parents=True)
    forms.mkdir(parents=True, exist_ok=True)
    (folder / "procedure.yml").write_text(procedure, encoding="utf-8")
    (forms / "concern.yml").write_text(form, encoding="utf-8")
    return folder


EXAMPLE = """\
- name: The team manager has a week
  story:
    - {on: Mon 2026-01-05, do: send, stage: stage-1}
  expect:
    response_due: Mon 2026-01-12
"""


def furnished(root: Path, procedure: str = PROCEDURE, form: str = FORM) -> Path:
    """A made-up council with all four rooms."""
    folder = write_council(root, procedure, form)
    (folder / "10-purpose.md").write_text("# Purpose\n", "utf-8")
    (folder / "examples.yml").write_text(EXAMPLE, "utf-8")
    forms = root / "form_templates"
    filled = load_council(folder, forms).forms["concern"]
    (forms / "sampleford/concern.docx").write_bytes(_paper_of(filled))
    return folder


def _paper_of(form: Form) -> bytes:
    """Made once for each form: it takes longer than all the rest."""
    key = form.model_dump_json()
    if key not in _PAPERS:
        _PAPERS[key] = starter(form, "Sampleford")
    return _PAPERS[key]


_PAPERS: dict[str, bytes] = {}
