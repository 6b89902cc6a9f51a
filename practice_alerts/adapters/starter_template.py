"""A first Word template made out of a form, to be edited in Word afterwards.

The document of an alert is rendered with these fields. All are text, ready to print (dates in
words, posts and people by title and name), or empty where nothing is known yet, unless said.

- `council`, `title`, `reference`, `marking`, `printed_on`, `procedure_edition`,
  `level` (the present stage's label), `raiser`, `raiser_role`, `raised_on`, `officer` (whose alert
  it is now), `entry_reason` (why it began above the first stage), `cap` (the last day of the total
  limit), `standstill` (what must not be done meanwhile), `ending`, `ended_on`, `what_changed`,
  `child_view_at_end`;
- each field of the form that is not repeated, by its id. A many_of with `options_from` is a list
  of `{text, ticked}`, all options in order; any other is text;
- `stages`, a list, the first stage first and empty where there is no ladder: `label`, `sent_on`,
  `asked`, `due`, `due_clause` (the clock in words), `due_agreed` (another day by agreement),
  `settle_by` and `settle_clause` (the same of putting it right), the stage's own fields of the form (Lambeth:
  `actions`, `rationale`), `answers`, `verdict`, `verdict_on`, `verdict_reason`, `verdict_by`,
  `hold_until`, `hold_owner`, `put_right_on`, `escalated_on`, `escalated_to`, and what the form
  lets the judging side fill besides (may be left out);
- `stages[].answers`, a list: `on`, `by`, `kind` (what the answerer chose, in words),
  `promise_by`, `task_owner`, `response` (what they typed), and the form's other answer fields
  (may be left out);
- `stages[].steps`, a list: `what`, `on`, `needed`, `chair`, `present`, `outcome`, `text`;
- `referrals`, a list: `on`, `to`, `reason`, `outcome`;
- `history`, a list, the oldest first: `on`, `who`, `what`.
"""

from dataclasses import dataclass
from itertools import groupby

from practice_alerts.adapters.documents.blank_page import Page
from practice_alerts.adapters.documents.tag_writing import (
    Facts,
    entry,
    plain,
    write_group,
    write_list,
    write_ticks,
)
from practice_alerts.domain.form import Condition, Form, FormField, Section

STEPS = (5.0, 4.4, 7.6)
REFERRALS = (4.0, 4.2, 4.6, 4.2)
HISTORY = (6.2, 3.6, 7.2)
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


_SETTLES = "stage.settle_by or stage.settle_clause"
_SETTLE = (
    "{% if stage.settle_by %}{{ stage.settle_by }}{% if stage.settle_clause %} ({{ stage.settle_clause }})"
    "{% endif %}{% else %}{{ stage.settle_clause }}{% endif %}"
)
_WHEN = "on or 'not needed'"
_OUTCOME = (
    "{{ item.outcome }}{% if item.outcome and item.text %}. {% endif %}{{ item.text }}"
    "{% if item.chair %} In the chair: {{ item.chair }}.{% endif %}"
    "{% if item.present %} There: {{ item.present }}.{% endif %}"
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
        writing.page.heading(plain(section.title), 1)
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
    properties.comments = f"{plain(form.title)}, {plain(council)}"
    foot = "{{ reference }}, printed on {{ printed_on }}"
    page.margins("{{ council }}", "{{ marking }}", foot)
    page.write("{{ title }}", "Title")
    page.write("{{ council }}, reference {{ reference }}", "Subtitle")
    if writing.climbs:
        page.write(_STATUS, "Status")
        page.write("{%p if standstill and not ending %}")
        page.write("Not to be done meanwhile: {{ standstill }}", "Status")
        page.write("{%p endif %}")
    paper = _about_paper(writing, form.paper) if form.paper else ""
    page.write(f"Edition of the procedure: {{{{ procedure_edition }}}}.{paper}", "Note")


def _about_paper(writing: _Writing, paper: str) -> str:
    if writing.added:
        return f" Marked “{_ADDED}”: not on the paper form. The paper form: {plain(paper)}."
    name = plain(paper).partition(" (")[0]
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
            facts = Facts(writing.page, plain(section.title))
            _fill_facts(writing, facts, run, here)
        else:
            for field in run:
                _write_long(writing, field, "")


def _fill_facts(
    writing: _Writing, facts: Facts, fields: list[FormField], shows: tuple[str, ...]
) -> None:
    if "level" in shows:
        facts.add_known("Stage reached", "level")
    for field in fields:
        if field.when:
            facts.add_known(plain(field.label), field.id, writing.note(field))
        else:
            facts.add(plain(field.label), entry(field.id), writing.note(field))
    for name in [name for name in shows if name in _RAISED]:
        facts.add(*_RAISED[name])
        if name == "raiser":
            now = ("Reviewing officer now", "{{ officer }}", writing.added)
            facts.add_if("officer != raiser", *now)


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
    page.heading(plain(field.label), 2, writing.note(field))
    if _is_ticked(field):
        write_ticks(page, path)
    elif field.type == "group":
        labels = {each.id: plain(each.label) for each in field.fields}
        write_group(page, plain(field.label), path, labels)
    else:
        page.write(entry(path))
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


def _write_stages(writing: _Writing) -> None:
    page = writing.page
    page.write("{%p for stage in stages %}")
    page.heading("{{ stage.label }}", 1)
    facts = Facts(page, "The stage")
    facts.add("Sent on", entry("stage.sent_on"))
    facts.add("Sent to", entry("stage.asked"))
    facts.add("Answer due", _DUE, writing.added)
    facts.add_known("Another day agreed", "stage.due_agreed", writing.added)
    facts.add_if(_SETTLES, "To be put right by", _SETTLE, writing.added)
    facts.keep_together()
    fields = _at_each_stage(writing.form, "raiser")
    for field in [field for field in fields if not _is_long(field)]:
        facts.add_known(plain(field.label), f"stage.{field.id}", writing.note(field))
    first = "loop.first and entry_reason"
    facts.add_if(first, "Why it begins here", "{{ entry_reason }}", writing.added)
    for field in [field for field in fields if _is_long(field)]:
        _write_long(writing, field, "stage.")
    _write_steps(writing)
    _write_answers(page, _at_each_stage(writing.form, "answerer"))
    _write_outcome(writing)
    page.write("{%p endfor %}")


def _at_each_stage(form: Form, filled_by: str) -> list[FormField]:
    fields = form.fields(filled_by=filled_by, repeats="stage")
    return [field for field in fields if field.goes_to is None]


def _write_steps(writing: _Writing) -> None:
    page = writing.page
    page.write("{%p if stage.steps %}")
    page.heading("Steps", 2, writing.added)
    columns = {"What": "what", "When": _WHEN, "What came of it": _OUTCOME}
    write_list(page, "Each step recorded at this stage", "stage.steps", columns, STEPS)
    page.write("{%p endif %}")


def _write_answers(page: Page, fields: list[FormField]) -> None:
    labels = {field.id: plain(field.label) for field in fields}
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
    title = next((plain(section.title) for section in judged), "Outcome")
    writing.page.heading(title, 2)
    facts = Facts(writing.page, title)
    facts.add("Resolved", _box("stage.put_right_on"))
    escalated = _box(
        "stage.escalated_on", "{% if stage.escalated_to %}, to {{ stage.escalated_to }}{% endif %}"
    )
    facts.add("Escalated", escalated)
    facts.keep_together()
    facts.tag("if stage.verdict")
    for label, name in _VERDICT.items():
        note = "" if name == "verdict_by" else writing.added
        facts.add(label, entry(f"stage.{name}"), note)
    facts.tag("endif")
    owner = "{% if stage.hold_owner %}; {{ stage.hold_owner }} to see to it{% endif %}"
    facts.add_known("On hold until", "stage.hold_until", writing.added, owner)
    for field in _at_each_stage(writing.form, "judge"):
        path = f"stage.{field.id}|default('')"
        facts.add_known(plain(field.label), path, writing.note(field))


def _box(path: str, more: str = "") -> str:
    return f"{{% if {path} %}}☒ {{{{ {path} }}}}{more}{{% else %}}☐ no{{% endif %}}"


def _write_referrals(writing: _Writing) -> None:
    writing.page.write("{%p if referrals %}")
    writing.page.heading("Referrals", 1, writing.added)
    outcome = "outcome or 'not known yet'"
    columns = {"On": "on", "What": "to", "Why": "reason", "What came of it": outcome}
    write_list(writing.page, "Each referral, the oldest first", "referrals", columns, REFERRALS)
    writing.page.write("{%p endif %}")


def _write_ending(writing: _Writing) -> None:
    page = writing.page
    page.write("{%p if ending %}")
    page.heading("How it ended", 1, writing.added)
    facts = Facts(page, "How it ended")
    facts.add("Ending", "{{ ending }}")
    facts.add_known("Closed on", "ended_on")
    facts.keep_together()
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
    write_list(writing.page, name, "history", columns, HISTORY)
