"""A first Word template made out of a form, to be edited in Word afterwards.

The document of an alert is rendered with these fields. All are text, ready to print (dates in
words, posts and people by title and name), or empty where nothing is known yet, unless said.

- `council`, `title`, `reference`, `marking`, `printed_on`, `procedure_edition`,
  `level` (the present stage's label), `raiser`, `raiser_role`, `raised_on`,
  `entry_reason` (why it began above the first stage), `cap` (the last day of the total limit),
  `ending`, `ended_on`, `what_changed`, `child_view_at_end`;
- each field of the form that is not repeated, by its id. A many_of with `options_from` is a list
  of `{text, ticked}`, all options in order; any other is text;
- `stages`, a list, the first stage first and empty where there is no ladder: `label`, `sent_on`,
  `asked`, `due`, `due_clause` (the clock in words), the stage's own fields of the form (Lambeth:
  `actions`, `rationale`), `answers`, `verdict`, `verdict_on`, `verdict_reason`, `verdict_by`,
  `hold_until`, `hold_owner`, `put_right_on`, `escalated_on`, `escalated_to`, and what the form
  lets the judging side fill besides (may be left out);
- `stages[].answers`, a list: `on`, `by`, `kind` (what the answerer chose, in words),
  `promise_by`, `task_owner`, `response` (what they typed), and the form's other answer fields
  (may be left out);
- `referrals`, a list: `on`, `to`, `reason`;
- `history`, a list, the oldest first: `on`, `who`, `what`.
"""

from dataclasses import dataclass
from itertools import groupby

from docx.table import Table

from practice_alerts.adapters.documents.blank_page import (
    Page,
    add_fact,
    add_row,
    add_tag_row,
    keep_together,
)
from practice_alerts.domain.form import Condition, Form, FormField, Section

FACTS = (5.4, 11.6)
REFERRALS = (4.6, 5.2, 7.2)
HISTORY = (6.2, 3.6, 7.2)
_SHORT = ("Detail", "Entry")
_RAISED = {
    "raiser": ("Raised by", "{{ raiser }}{% if raiser_role %}, {{ raiser_role }}{% endif %}"),
    "raised_on": ("Raised on", "{{ raised_on or 'not given' }}"),
}
_VERDICT = {
    "Judged by": "verdict_by",
    "Verdict": "verdict",
    "Judged on": "verdict_on",
    "Reason": "verdict_reason",
}
_ADDED = "added"
_STATUS = (
    "{% if ending %}Closed{% if ended_on %} on {{ ended_on }}{% endif %}: {{ ending }}."
    "{% elif level %}Open, at {{ level }}.{% else %}This kind has no stages and no clock.{% endif %}"
    "{% if cap %} Limit for all formal stages: {{ cap }}.{% endif %}"
)
_DUE = (
    "{% if stage.due %}{{ stage.due }}{% if stage.due_clause not in ('', 'not stated') %}"
    " ({{ stage.due_clause }}){% endif %}{% elif stage.due_clause == 'by agreement' %}no day agreed"
    "{% else %}{{ stage.due_clause or 'not stated' }}{% endif %}"
)


@dataclass(frozen=True)
class _Writing:
    """The page being written, the form it is for, and how it marks what the paper form lacks."""

    page: Page
    form: Form
    added: str

    @property
    def climbs(self) -> bool:
        return any(section.repeats for section in self.form.sections)

    def note(self, field: FormField) -> str:
        return self.added if field.ours else ""


def starter(form: Form, council: str) -> bytes:
    """Return a .docx with a tag for every field of the form and for what becomes of the alert."""
    writing = _Writing(Page(), form, _ADDED if form.paper and _is_mostly_paper(form) else "")
    once = [section for section in form.sections if section.repeats is None]
    _open(writing, council)
    for number, section in enumerate(once):
        writing.page.heading(_plain(section.title), 1)
        _write_fields(writing, section, form.shows if number == 0 else ())
    if writing.climbs:
        _write_stages(writing)
        _write_referrals(writing)
    _write_ending(writing)
    _write_history(writing)
    return writing.page.saved()


def _is_mostly_paper(form: Form) -> bool:
    fields = [field for field in form.fields() if field.goes_to is None]
    return 2 * sum(field.ours for field in fields) < len(fields)


def _open(writing: _Writing, council: str) -> None:
    page, form = writing.page, writing.form
    properties = page.word.core_properties
    properties.title = "{{ title }} {{ reference }}"
    properties.subject = "{{ marking }}"
    properties.author = "{{ council }}"
    properties.comments = f"{_plain(form.title)}, {_plain(council)}"
    foot = "{{ reference }}, printed on {{ printed_on }}"
    page.margins("{{ council }}", "{{ marking }}", foot)
    page.write("{{ title }}", "Title")
    page.write("{{ council }}, reference {{ reference }}", "Subtitle")
    if writing.climbs:
        page.write(_STATUS, "Status")
    paper = _about_paper(writing, form.paper) if form.paper else ""
    page.write(f"Edition of the procedure: {{{{ procedure_edition }}}}.{paper}", "Note")


def _about_paper(writing: _Writing, paper: str) -> str:
    if writing.added:
        return f" Marked “{_ADDED}”: not on the paper form. The paper form: {_plain(paper)}."
    name = _plain(paper).partition(" (")[0]
    return f" The council's own form: {name}. Most of what is asked here was added to it."


def _write_fields(writing: _Writing, section: Section, shows: tuple[str, ...]) -> None:
    """Write the fields in order: a table for each run of short ones, a heading for each long one."""
    fields = [field for field in section.fields if field.goes_to is None]
    runs = [(is_long, list(run)) for is_long, run in groupby(fields, _is_long)]
    for number, (is_long, run) in enumerate(runs):
        here = shows if number == 0 else ()
        if not is_long and (len(run) > 1 or here):
            if number > 0:
                writing.page.heading("Details", 2)
            name = f"{_plain(section.title)}: each detail and its entry"
            table = writing.page.table(name, _SHORT, FACTS)
            _fill_facts(writing, table, run, here)
        else:
            for field in run:
                _write_long(writing, field, "")


def _fill_facts(
    writing: _Writing, table: Table, fields: list[FormField], shows: tuple[str, ...]
) -> None:
    if "level" in shows:
        _add_known_fact(table, "Stage reached", "level")
    for field in fields:
        if field.when:
            _add_known_fact(table, _plain(field.label), field.id, writing.note(field))
        else:
            add_fact(table, _plain(field.label), _entry(field.id), FACTS, writing.note(field))
    for name in [name for name in shows if name in _RAISED]:
        add_fact(table, *_RAISED[name], FACTS)


def _is_long(field: FormField) -> bool:
    return field.type in {"long_text", "group"} or _is_ticked(field)


def _is_ticked(field: FormField) -> bool:
    return field.type == "many_of" and field.options_from is not None


def _write_long(writing: _Writing, field: FormField, owner: str) -> None:
    """Write a heading and what was typed, ticked or listed beneath it."""
    page, path = writing.page, f"{owner}{field.id}"
    condition = _condition(writing.form, field, path)
    if condition:
        page.write(f"{{%p if {condition} %}}")
    page.heading(_plain(field.label), 2, writing.note(field))
    if _is_ticked(field):
        _write_ticks(page, path)
    elif field.type == "group":
        _write_group(page, field, path)
    else:
        page.write(_entry(path))
    if condition:
        page.write("{%p endif %}")


def _condition(form: Form, field: FormField, path: str) -> str:
    """What must hold for the field to be printed; empty for always.

    Ticked choices are printed ticked or not, so they look at the answer that they depend on.
    """
    if field.when and _is_ticked(field):
        tests = [_as_printed(form, one) for one in field.when if one.test == "is"]
        return " and ".join(tests)
    return path if field.when or not field.required else ""


def _as_printed(form: Form, condition: Condition) -> str:
    options = form.field(condition.field).options or {"yes": "Yes", "no": "No"}
    given = str(condition.value)
    return f"{condition.field} == {options.get(given, given)!r}"


def _write_ticks(page: Page, path: str) -> None:
    page.write(f"{{%p for item in {path} %}}")
    page.write("{%p if item.ticked %}")
    page.write("☒\t{{ item.text }}", "Ticked")
    page.write("{%p else %}")
    page.write("☐\t{{ item.text }}", "Not ticked")
    page.write("{%p endif %}")
    page.write("{%p endfor %}")


def _write_group(page: Page, field: FormField, path: str) -> None:
    columns = {_plain(each.label): f"{each.id} or 'not given'" for each in field.fields}
    widths = (17 / len(columns),) * len(columns)
    _write_list(page, _plain(field.label), path, columns, widths)


def _write_stages(writing: _Writing) -> None:
    page = writing.page
    page.write("{%p for stage in stages %}")
    page.heading("{{ stage.label }}", 1)
    table = page.table("The stage: each detail and its entry", _SHORT, FACTS)
    add_fact(table, "Sent on", _entry("stage.sent_on"), FACTS)
    add_fact(table, "Sent to", _entry("stage.asked"), FACTS)
    add_fact(table, "Answer due", _DUE, FACTS, writing.added)
    keep_together(table)
    fields = _at_each_stage(writing.form, "raiser")
    for field in [field for field in fields if not _is_long(field)]:
        _add_known_fact(table, _plain(field.label), f"stage.{field.id}", writing.note(field))
    add_tag_row(table, "{%tr if loop.first and entry_reason %}", FACTS)
    add_fact(table, "Why it begins here", "{{ entry_reason }}", FACTS, writing.added)
    add_tag_row(table, "{%tr endif %}", FACTS)
    for field in [field for field in fields if _is_long(field)]:
        _write_long(writing, field, "stage.")
    _write_answers(page, _at_each_stage(writing.form, "answerer"))
    _write_outcome(writing)
    page.write("{%p endfor %}")


def _at_each_stage(form: Form, filled_by: str) -> list[FormField]:
    fields = form.fields(filled_by=filled_by, repeats="stage")
    return [field for field in fields if field.goes_to is None]


def _write_answers(page: Page, fields: list[FormField]) -> None:
    labels = {field.id: _plain(field.label) for field in fields}
    page.heading(labels.pop("response", "Response"), 2)
    page.write("{%p for answer in stage.answers %}")
    page.write("{{ answer.by }}, {{ answer.on }}: {{ answer.kind }}", "Answer lead")
    page.write("{{ answer.response }}", "Answer")
    owner = "{% if answer.task_owner %}, by {{ answer.task_owner }}{% endif %}"
    told = {"promise_by": f"Promised for {{{{ answer.promise_by }}}}{owner}."}
    for name, label in labels.items():
        told.setdefault(name, f"{label}: {{{{ answer.{name} }}}}")
    for name, text in told.items():
        page.write(f"{{%p if answer.{name}|default('') %}}")
        page.write(text, "Answer")
        page.write("{%p endif %}")
    page.write("{%p else %}")
    page.write("No answer has been received.")
    page.write("{%p endfor %}")


def _write_outcome(writing: _Writing) -> None:
    judged = (section for section in writing.form.sections if section.filled_by == "judge")
    title = next((_plain(section.title) for section in judged), "Outcome")
    writing.page.heading(title, 2)
    table = writing.page.table(f"{title}: each detail and its entry", _SHORT, FACTS)
    add_fact(table, "Resolved", _box("stage.put_right_on"), FACTS)
    escalated = _box(
        "stage.escalated_on", "{% if stage.escalated_to %}, to {{ stage.escalated_to }}{% endif %}"
    )
    add_fact(table, "Escalated", escalated, FACTS)
    keep_together(table)
    add_tag_row(table, "{%tr if stage.verdict %}", FACTS)
    for label, name in _VERDICT.items():
        note = "" if name == "verdict_by" else writing.added
        add_fact(table, label, _entry(f"stage.{name}"), FACTS, note)
    add_tag_row(table, "{%tr endif %}", FACTS)
    owner = "{% if stage.hold_owner %}; {{ stage.hold_owner }} to see to it{% endif %}"
    _add_known_fact(table, "On hold until", "stage.hold_until", writing.added, owner)
    for field in _at_each_stage(writing.form, "judge"):
        path = f"stage.{field.id}|default('')"
        _add_known_fact(table, _plain(field.label), path, writing.note(field))


def _box(path: str, more: str = "") -> str:
    return f"{{% if {path} %}}☒ {{{{ {path} }}}}{more}{{% else %}}☐ no{{% endif %}}"


def _add_known_fact(table: Table, label: str, path: str, note: str = "", more: str = "") -> None:
    """Add a row that is printed once there is something to print."""
    add_tag_row(table, f"{{%tr if {path} %}}", FACTS)
    add_fact(table, label, f"{{{{ {path} }}}}{more}", FACTS, note)
    add_tag_row(table, "{%tr endif %}", FACTS)


def _write_referrals(writing: _Writing) -> None:
    writing.page.write("{%p if referrals %}")
    writing.page.heading("Referrals", 1, writing.added)
    columns = {"On": "on", "What": "to", "Why": "reason"}
    _write_list(writing.page, "Each referral, the oldest first", "referrals", columns, REFERRALS)
    writing.page.write("{%p endif %}")


def _write_ending(writing: _Writing) -> None:
    page = writing.page
    page.write("{%p if ending %}")
    page.heading("How it ended", 1, writing.added)
    table = page.table("How it ended: each detail and its entry", _SHORT, FACTS)
    add_fact(table, "Ending", "{{ ending }}", FACTS)
    _add_known_fact(table, "Closed on", "ended_on")
    keep_together(table)
    for label, path in (
        ("What changed for the child", "what_changed"),
        ("What the child said in the end", "child_view_at_end"),
    ):
        page.write(f"{{%p if {path} %}}")
        page.heading(label, 2)
        page.write(f"{{{{ {path} }}}}")
        page.write("{%p endif %}")
    page.write("{%p endif %}")


def _write_history(writing: _Writing) -> None:
    writing.page.heading("History", 1, writing.added)
    name = "Everything that happened, the oldest first"
    columns = {"When": "on", "Who": "who", "What": "what"}
    _write_list(writing.page, name, "history", columns, HISTORY)


def _write_list(
    page: Page, name: str, path: str, columns: dict[str, str], widths: tuple[float, ...]
) -> None:
    """Write a table with a row for each item; `columns` leads from a heading to the item's field."""
    table = page.table(name, list(columns), widths)
    add_tag_row(table, f"{{%tr for item in {path} %}}", widths)
    entries = [f"{{{{ item.{field} }}}}" for field in columns.values()]
    add_row(table, entries, "Entry", widths)
    add_tag_row(table, "{%tr endfor %}", widths)


def _entry(path: str) -> str:
    return f"{{{{ {path} or 'not given' }}}}"


def _plain(text: str) -> str:
    """Return a form's own words so that braces in them are text, not tags."""
    for written, meant in (("{{", "{_{"), ("}}", "}_}"), ("{%", "{_%"), ("%}", "%_}")):
        text = text.replace(written, meant)
    return text
