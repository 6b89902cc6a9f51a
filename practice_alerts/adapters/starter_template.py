"""A first Word template made out of a form, to be edited in Word afterwards.

The document of an alert is rendered with these fields. All are text, ready to print (dates in
words, posts and people by title and name), or None where nothing is known yet, unless said.

- the document: `council`, `title`, `reference`, `marking`, `printed_on`, `procedure_edition`;
- the alert: `level` (the present stage's label), `raiser`, `raiser_role`, `raised_on`, `cap`,
  `ending`, `ended_on`, `what_changed`;
- each field of the form that is not repeated, by its id. A many_of with `options_from` is a list
  of `{text, ticked}`, all options in order; any other is text;
- `stages`, a list, the first stage first: `label`, `sent_on`, `asked`, `due`, `due_clause`,
  the stage's own fields of the form (Lambeth: `actions`, `rationale`), `answers`, `verdict`,
  `verdict_on`, `verdict_reason`, `verdict_by` (may be left out), `hold_until`, `put_right_on`,
  `escalated_on`, `escalated_to`, and what the form lets the judging side fill besides;
- `stages[].answers`, a list: `on`, `by`, `kind` (what the answerer chose, in words),
  `promise_by`, `task_owner`, `response` (what they typed), and the form's other answer fields;
- `history`, a list, the oldest first: `on`, `who`, `what`.

A document may be given more fields than its template prints.
"""

from itertools import groupby

from docx.table import Table

from practice_alerts.adapters.documents.blank_page import (
    Page,
    add_fact,
    add_row,
    add_tag_row,
    keep_together,
)
from practice_alerts.domain.form import Form, FormField, Section

FACTS = (5.4, 11.6)
HISTORY = (4.0, 5.4, 7.6)
_SHORT = ("Detail", "Entry")
_SHOWN = {
    "level": ("Level of alert", "{{ level or 'not yet sent' }}"),
    "raiser": ("Raised by", "{{ raiser }}{% if raiser_role %}, {{ raiser_role }}{% endif %}"),
    "raised_on": ("Date of alert", "{{ raised_on or 'not yet sent' }}"),
}
_ADDED = "added"
_STATUS = (
    "{% if ending %}Closed{% if ended_on %} on {{ ended_on }}{% endif %}: {{ ending }}."
    "{% elif level %}Open, at {{ level }}.{% else %}Not yet sent.{% endif %}"
    "{% if cap %} Time for all stages: {{ cap }}.{% endif %}"
)


def starter(form: Form, council: str) -> bytes:
    """Return a .docx with a tag for every field of the form and for what becomes of the alert."""
    page = Page()
    _open(page, form, council)
    added = _ADDED if form.paper else ""
    sections = [section for section in form.sections if section.repeats is None]
    if len(sections) < len(form.sections):
        page.write(_STATUS, "Status")
    if form.paper:
        about = f"Marked “{_ADDED}”: not on the paper form. The paper form: {_plain(form.paper)}."
        page.write(about, "Note")
    for number, section in enumerate(sections):
        _write_section(page, section, form.shows if number == 0 else (), added)
    if len(sections) < len(form.sections):
        _write_stages(page, form, added)
        _write_ending(page, added)
    _write_history(page, added)
    return page.saved()


def _open(page: Page, form: Form, council: str) -> None:
    properties = page.word.core_properties
    properties.title = "{{ title }} {{ reference }}"
    properties.subject = "{{ marking }}"
    properties.author = "{{ council }}"
    properties.comments = f"{_plain(form.title)}, {_plain(council)}"
    page.margins(
        "{{ council }}",
        "{{ marking }}",
        "{{ reference }}, printed on {{ printed_on }}",
    )
    page.write("{{ title }}", "Title")
    page.write("{{ council }}, reference {{ reference }}", "Subtitle")


def _write_section(page: Page, section: Section, shows: tuple[str, ...], added: str) -> None:
    """Write the fields in order: a table for each run of short ones, a heading for each long one."""
    page.heading(_plain(section.title), 1)
    fields = [field for field in section.fields if field.goes_to is None]
    runs = [(is_long, list(run)) for is_long, run in groupby(fields, _is_long)]
    for number, (is_long, run) in enumerate(runs):
        if not is_long and (len(run) > 1 or shows):
            _write_facts(page, section, run, shows if number == 0 else (), added)
        else:
            for field in run:
                _write_long(page, field, "", added)


def _write_facts(
    page: Page, section: Section, fields: list[FormField], shows: tuple[str, ...], added: str
) -> None:
    table = page.table(f"{_plain(section.title)}: each detail and its entry", _SHORT, FACTS)
    for name in [name for name in shows if name == "level"]:
        add_fact(table, *_SHOWN[name], FACTS)
    for field in fields:
        add_fact(table, _plain(field.label), _entry(field.id), FACTS, _note(field, added))
    for name in [name for name in shows if name in _SHOWN and name != "level"]:
        add_fact(table, *_SHOWN[name], FACTS)


def _is_long(field: FormField) -> bool:
    return field.type in {"long_text", "group"} or _is_ticked(field)


def _is_ticked(field: FormField) -> bool:
    return field.type == "many_of" and field.options_from is not None


def _write_long(page: Page, field: FormField, owner: str, added: str) -> None:
    """Write a heading and what was typed, ticked or listed beneath it."""
    path = f"{owner}{field.id}"
    if field.when or not (field.required or field.required_from):
        page.write(f"{{%p if {path} %}}")
    page.heading(_plain(field.label), 2, _note(field, added))
    if _is_ticked(field):
        _write_ticks(page, path)
    elif field.type == "group":
        _write_group(page, field, path)
    else:
        page.write(_entry(path))
    if field.when or not (field.required or field.required_from):
        page.write("{%p endif %}")


def _write_ticks(page: Page, path: str) -> None:
    page.write(f"{{%p for item in {path} %}}")
    page.write("{%p if item.ticked %}")
    page.write("☒\t{{ item.text }}", "Ticked")
    page.write("{%p else %}")
    page.write("☐\t{{ item.text }}", "Not ticked")
    page.write("{%p endif %}")
    page.write("{%p endfor %}")


def _write_group(page: Page, field: FormField, path: str) -> None:
    widths = [17 / len(field.fields)] * len(field.fields)
    table = page.table(_plain(field.label), [_plain(each.label) for each in field.fields], widths)
    add_tag_row(table, f"{{%tr for item in {path} %}}", widths)
    add_row(table, [_entry(f"item.{each.id}") for each in field.fields], "Entry", widths)
    add_tag_row(table, "{%tr endfor %}", widths)


def _write_stages(page: Page, form: Form, added: str) -> None:
    page.write("{%p for stage in stages %}")
    page.heading("{{ stage.label }}", 1)
    table = page.table("The stage: each detail and its entry", _SHORT, FACTS)
    add_fact(table, "Sent on", _entry("stage.sent_on"), FACTS)
    add_fact(table, "Sent to", _entry("stage.asked"), FACTS)
    due = (
        "{{ stage.due or 'no date' }}{% if stage.due_clause %} ({{ stage.due_clause }}){% endif %}"
    )
    add_fact(table, "Answer due", due, FACTS, added)
    keep_together(table)
    for section in form.sections:
        if section.repeats == "stage" and section.filled_by == "raiser":
            for field in section.fields:
                _write_long(page, field, "stage.", added)
    _write_answers(page, _stage_fields(form, "answerer"))
    _write_outcome(page, _stage_fields(form, "judge"), added)
    page.write("{%p endfor %}")


def _stage_fields(form: Form, filled_by: str) -> dict[str, str]:
    """Return the labels, by id, of what the answering or judging side fills at each stage."""
    fields = form.fields(filled_by=filled_by, repeats="stage")
    return {field.id: _plain(field.label) for field in fields if field.goes_to is None}


def _write_answers(page: Page, labels: dict[str, str]) -> None:
    page.heading(labels.get("response", "Response"), 2)
    page.write("{%p for answer in stage.answers %}")
    page.write("{{ answer.by }}, {{ answer.on }}: {{ answer.kind }}", "Answer lead")
    page.write("{{ answer.response }}", "Answer")
    owner = "{% if answer.task_owner %}, by {{ answer.task_owner }}{% endif %}"
    told = {"promise_by": f"Promised for {{{{ answer.promise_by }}}}{owner}."}
    for name, label in labels.items():
        told.setdefault(name, f"{label}: {{{{ answer.{name} }}}}")
    told.pop("response", None)
    for name, text in told.items():
        page.write(f"{{%p if answer.{name} %}}")
        page.write(text, "Answer")
        page.write("{%p endif %}")
    page.write("{%p else %}")
    page.write("No answer has been received.")
    page.write("{%p endfor %}")


def _write_outcome(page: Page, more: dict[str, str], added: str) -> None:
    page.heading("Outcome", 2)
    table = page.table("The outcome of the stage: each detail and its entry", _SHORT, FACTS)
    add_fact(table, "Resolved", _box("stage.put_right_on"), FACTS)
    escalated = _box(
        "stage.escalated_on", "{% if stage.escalated_to %}, to {{ stage.escalated_to }}{% endif %}"
    )
    add_fact(table, "Escalated", escalated, FACTS)
    for label, path in (
        ("Name", "stage.verdict_by|default('')"),
        ("Verdict", "stage.verdict"),
        ("Judged on", "stage.verdict_on"),
        ("Reason", "stage.verdict_reason"),
        ("On hold until", "stage.hold_until"),
    ):
        _add_known_fact(table, label, path, "" if label == "Name" else added)
    for name, label in more.items():
        _add_known_fact(table, label, f"stage.{name}", added)


def _box(path: str, more: str = "") -> str:
    return f"{{% if {path} %}}☒ {{{{ {path} }}}}{more}{{% else %}}☐ no{{% endif %}}"


def _add_known_fact(table: Table, label: str, path: str, note: str = "") -> None:
    """Add a row that is printed once there is something to print."""
    add_tag_row(table, f"{{%tr if {path} %}}", FACTS)
    add_fact(table, label, f"{{{{ {path} }}}}", FACTS, note)
    add_tag_row(table, "{%tr endif %}", FACTS)


def _write_ending(page: Page, added: str) -> None:
    page.heading("How it ended", 1, added)
    table = page.table("How the alert ended: each detail and its entry", _SHORT, FACTS)
    add_fact(table, "Time for all stages", "{{ cap or 'no limit stated' }}", FACTS)
    add_fact(table, "Ending", "{{ ending or 'still open' }}", FACTS)
    _add_known_fact(table, "Closed on", "ended_on")
    keep_together(table)
    page.write("{%p if what_changed %}")
    page.heading("What changed for the child", 2)
    page.write("{{ what_changed }}")
    page.write("{%p endif %}")


def _write_history(page: Page, added: str) -> None:
    page.heading("History", 1, added)
    table = page.table(
        "Everything that happened, the oldest first", ("When", "Who", "What"), HISTORY
    )
    add_tag_row(table, "{%tr for event in history %}", HISTORY)
    entries = ("{{ event.on }}", "{{ event.who }}", "{{ event.what }}")
    add_row(table, entries, "Entry", HISTORY)
    add_tag_row(table, "{%tr endfor %}", HISTORY)
    page.write("Procedure: {{ procedure_edition }}.", "Note")


def _entry(path: str) -> str:
    return f"{{{{ {path} or 'not given' }}}}"


def _note(field: FormField, added: str) -> str:
    return added if field.ours else ""


def _plain(text: str) -> str:
    """Return a form's own words so that braces in them are text, not tags."""
    for written, meant in (("{{", "{_{"), ("}}", "}_}"), ("{%", "{_%"), ("%}", "%_}")):
        text = text.replace(written, meant)
    return text
