"""A first Word template made out of a form, to be edited in Word afterwards.

docs/procedure-format.md lists what the document is rendered with.
"""

from dataclasses import dataclass
from itertools import groupby

from practice_alerts.adapters.documents.starter.blank_page import FactTable, WordPage, entry, plain
from practice_alerts.domain.forms.field_types import YES_NO
from practice_alerts.domain.forms.form import Condition, Form, FormField, FormSection
from practice_alerts.domain.text import joined

STEPS = (5.0, 4.4, 7.6)
REFERRALS = (4.0, 4.2, 4.6, 4.2)
HISTORY = (6.2, 3.6, 7.2)
_RAISED = {
    "raiser": ("Raised by", "{{ raiser }}{% if raiser_role %}, {{ raiser_role }}{% endif %}"),
    "raised_on": ("Raised on", "{{ raised_on or 'not given' }}"),
}
_REVIEW = (
    ("Reviewed by", "verdict_by"),
    ("Outcome", "verdict"),
    ("Reviewed on", "verdict_on"),
    ("Reason", "verdict_reason"),
)
_ADDED = "added"
_NO_PAPER = "The procedure prints no form for this; all of it is asked by this product."
_STATUS = (
    "{% if level or ending %}{{ stands }}{% else %}This kind has no stages and no clock.{% endif %}"
    "{% if with_whom %} Now with: {{ with_whom }}.{% endif %}"
    "{% if cap and not ending %} Time limit for all formal stages: {{ cap }}.{% endif %}"
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

    page: WordPage
    form: Form
    added: str

    @property
    def climbs(self) -> bool:
        return any(section.repeats for section in self.form.sections)

    def note(self, field: FormField) -> str:
        return self.added if field.ours else ""


def starter(form: Form, council: str) -> bytes:
    """Return a .docx with a tag for every field of the form and for what becomes of the alert."""
    page = WordPage(f"{plain(form.title)}, {plain(council)}")
    writing = _Writing(page, form, _ADDED if form.paper and form.paper_seen else "")
    _open(writing)
    for number, section in enumerate(one for one in form.sections if one.repeats is None):
        page.heading(plain(section.title), 1)
        _write_fields(writing, section, form.shows if number == 0 else ())
    if writing.climbs:
        _write_stages(writing)
        _write_referrals(writing)
    _write_ending(writing)
    page.heading("History", 1, writing.added)
    columns = {"When": "on", "Who": "who", "What": "what"}
    page.listing("Everything that happened, the oldest first", "history", columns, HISTORY)
    return page.saved()


def _open(writing: _Writing) -> None:
    page, paper = writing.page, writing.form.paper
    page.write("{{ title }}", "Title")
    page.write("{{ council }}, reference {{ reference }}", "Subtitle")
    page.about_what()
    if writing.climbs:
        page.write(_STATUS, "Status")
        with page.given("standstill and not ending"):
            page.write("Not to be done meanwhile: {{ standstill }}", "Status")
    with page.given("copied and not level"):
        page.write("Sent to: {{ copied }}", "Status")
    with page.given("by_hand and not level"):
        page.write("To be told by hand: {{ by_hand }}", "Status")
    about = _about_paper(writing, paper) if paper else _about_none(writing.form)
    page.write(f"Edition of the procedure: {{{{ procedure_edition }}}}.{about}", "Note")


def _about_paper(writing: _Writing, paper: str) -> str:
    if writing.added:
        return f" Marked “{_ADDED}”: not on the paper form. The paper form: {plain(paper)}."
    name = plain(paper).partition(" (")[0]
    fields = writing.form.fields()
    named = joined([plain(one.label).rstrip("?") for one in fields if not one.ours]) or "nothing"
    return (
        f" The council's own form: {name}. We have not seen it; of what is asked here its text names:"
        f" {named}. All else is asked by this product."
    )


def _about_none(form: Form) -> str:
    is_ours = all(field.ours for field in form.fields())
    return f" {_NO_PAPER}" if is_ours else ""


def _write_fields(writing: _Writing, section: FormSection, shows: tuple[str, ...]) -> None:
    """Write the fields in order: a table for each run of short ones, a heading for each long one."""
    fields = [field for field in section.fields if field.is_printed]
    runs = [(is_long, list(run)) for is_long, run in groupby(fields, _is_long)]
    for number, (is_long, run) in enumerate(runs):
        here = shows if number == 0 else ()
        if not is_long and (len(run) > 1 or here):
            if number > 0:
                writing.page.heading("Details", 2)
            _fill_facts(writing, writing.page.fact_table(plain(section.title)), run, here)
        else:
            for field in run:
                _write_long(writing, field, "")


def _fill_facts(
    writing: _Writing, facts: FactTable, fields: list[FormField], shows: tuple[str, ...]
) -> None:
    if "level" in shows:
        facts.known("Stage reached", "level")
    for field in fields:
        if field.when:
            facts.known(plain(field.label), field.id, writing.note(field))
        else:
            facts.fact(plain(field.label), entry(field.id), note=writing.note(field))
    for name in [name for name in shows if name in _RAISED]:
        facts.fact(*_RAISED[name])
        if name == "raiser":
            changed = "officer != raiser"
            facts.fact("Reviewing officer now", "{{ officer }}", changed, writing.added)


def _is_long(field: FormField) -> bool:
    return field.type.facts.is_tall or field.is_ticked


def _write_long(writing: _Writing, field: FormField, owner: str) -> None:
    """Write a heading and what was typed, ticked or listed beneath it."""
    page, path = writing.page, f"{owner}{field.id}"
    condition = _condition(writing.form, field, path)
    with page.given(condition, plain(field.label), 2, writing.note(field)):
        if field.is_ticked:
            page.ticks(path)
        elif field.fields:
            page.group(field, path)
        else:
            page.write(entry(path))


def _condition(form: Form, field: FormField, path: str) -> str:
    """What must hold for the field to be printed; empty for always.

    Ticked choices are printed ticked or not, so they look at the answer that they depend on.
    """
    if field.when and field.is_ticked:
        tests = [_as_printed(form, one) for one in field.when if one.test == "is"]
        return " and ".join(tests)
    return path if field.when or not field.required else ""


def _as_printed(form: Form, condition: Condition) -> str:
    options = form.field(condition.field).choices or YES_NO
    values = condition.value if isinstance(condition.value, tuple) else (str(condition.value),)
    return f"{condition.field} in {[options.get(given, given) for given in values]!r}"


def _write_stages(writing: _Writing) -> None:
    page, added = writing.page, writing.added
    with page.each("stages", "stage"):
        page.heading("{{ stage.label }}", 1)
        facts = page.fact_table("The stage")
        facts.asked("stage.", added)
        fields = _at_each_stage(writing.form, "raiser")
        for field in [field for field in fields if not _is_long(field)]:
            facts.known(plain(field.label), f"stage.{field.id}", writing.note(field))
        first = "loop.first and entry_reason"
        facts.fact("Why it begins here", "{{ entry_reason }}", first, added)
        for field in filter(_is_long, fields):
            _write_long(writing, field, "stage.")
        _write_steps(writing)
        _write_answers(page, _at_each_stage(writing.form, "answerer"))
        _write_outcome(writing)


def _at_each_stage(form: Form, filled_by: str) -> list[FormField]:
    fields = form.fields(filled_by=filled_by, repeats="stage")
    return [field for field in fields if field.is_printed]


def _write_steps(writing: _Writing) -> None:
    columns = {"What": "what", "When": _WHEN, "What came of it": _OUTCOME}
    with writing.page.given("stage.steps", "Steps", 2, writing.added):
        writing.page.listing("Each step recorded at this stage", "stage.steps", columns, STEPS)


def _write_answers(page: WordPage, fields: list[FormField]) -> None:
    labels = {field.id: plain(field.label) for field in fields if field.id != "promise_by"}
    page.heading(labels.pop("response", "Response"), 2)
    more = {name: f"{label}: {{{{ answer.{name} }}}}" for name, label in labels.items()}
    page.answers("stage.answers", "No answer has been received.", more)


def _write_outcome(writing: _Writing) -> None:
    page, added = writing.page, writing.added
    reviewed = (section for section in writing.form.sections if section.filled_by == "judge")
    title = next((plain(section.title) for section in reviewed), "Outcome")
    page.heading(title, 2)
    facts = page.fact_table(title)
    facts.fact("Resolved", _yes_or_no("stage.put_right_on", "stage.escalated_on"))
    to = "{% if stage.escalated_to %}, to {{ stage.escalated_to }}{% endif %}"
    facts.fact("Escalated", _yes_or_no("stage.escalated_on", "stage.put_right_on", to))
    facts.keep_together()
    facts.tag("if stage.verdict")
    for label, name in _REVIEW:
        facts.fact(label, entry(f"stage.{name}"), note="" if name == "verdict_by" else added)
    facts.tag("endif")
    owner = "{% if stage.hold_owner %}; {{ stage.hold_owner }} to see to it{% endif %}"
    facts.known("On hold until", "stage.hold_until", added, owner)
    for field in _at_each_stage(writing.form, "judge"):
        path = f"stage.{field.id}|default('')"
        facts.known(plain(field.label), path, writing.note(field))


def _yes_or_no(path: str, otherwise: str, more: str = "") -> str:
    """Its day; without one "No" where it came otherwise or the alert has ended."""
    said = f"Yes, on {{{{ {path} }}}}{more}"
    return f"{{% if {path} %}}{said}{{% elif {otherwise} or ending %}}No{{% else %}}Not so far{{% endif %}}"


def _write_referrals(writing: _Writing) -> None:
    outcome = "outcome or 'not known yet'"
    columns = {"On": "on", "What": "to", "Why": "reason", "What came of it": outcome}
    with writing.page.given("referrals", "Referrals", 1, writing.added):
        name = "Each referral, the oldest first"
        writing.page.listing(name, "referrals", columns, REFERRALS)


def _write_ending(writing: _Writing) -> None:
    page = writing.page
    with page.given("ending"):
        facts = page.facts("Closing", writing.added)
        facts.fact("How it ended", "{{ ending }}")
        facts.known("Closed on", "ended_on")
        facts.keep_together()
        for label, path in (
            ("What changed for the child", "what_changed"),
            ("What the child said in the end", "child_view_at_end"),
        ):
            with page.given(path, label, 2):
                page.write(f"{{{{ {path} }}}}")
