"""A first Word template for the document of one act, made out of its form, to be edited in Word.

The document is rendered with these fields. All are text, or empty where nothing is known, unless said.

- each field of the act's form, by its id; a many_of is a list of `{text, ticked}`;
- `council`, `title`, `reference`, `marking`, `printed_on`, `procedure_edition`, `raiser`,
  `raiser_role`, `raised_on`, `officer`, `entry_reason`, `cap`, `standstill`;
- `done_by` (name and post), `done_on`, `done_at`: who did it, and when;
- `child`, `facts`, `concern`, `request`, lists of `{label, entry}`: who the child is, the people and
  teams, the concern as it was raised, and what was asked for at the stage; `child_said`, what the
  child was heard to say when it was raised;
- of the stage it was done at: `level` (its label), `sent_on`, `asked`, `due`, `due_clause`,
  `due_agreed`, `settle_by`, `settle_clause`, and `answers` and `steps`, lists as in the alert's own
  document;
- `stages`, a list of the stages up to then, as in the alert's own document, each with `came_of_it`:
  what was done there, in short lines;
- of a referral: `law` (what it rests on), and `followed`, a list of what became of it: `on`, `what`,
  `text`;
- `more`, a list of `{label, entry}`: what was answered on the form and is named nowhere else in the
  template. A template that repeats it leaves nothing out, whatever a council adds to the form.
"""

from collections.abc import Callable, Mapping

from practice_alerts.adapters.documents.act_sheet import ActSheet
from practice_alerts.adapters.documents.blank_page import Page
from practice_alerts.adapters.documents.tag_writing import (
    Facts,
    entry,
    write_list,
    write_ticks,
)
from practice_alerts.domain.form import Form

LADDER = (3.2, 4.4, 9.4)
FOLLOWED = (4.8, 4.2, 8.0)
_DUE = (
    "{{ due or 'not stated' }}{% if due and due_clause not in ('', 'not stated') %}"
    " ({{ due_clause }}){% endif %}"
)
_SAID = {"consultation": "What came of it: ", "consulted": ""}
_RIGHTS = {"advocacy": "Told of the right to an advocate", "complaints": "Told how to complain"}
_ENDS = ("told", "on", "by")
_SETTLE = "{{ settle_by or settle_clause }}{% if settle_by and settle_clause %} ({{ settle_clause }}){% endif %}"


def act_starter(name: str, form: Form) -> bytes:
    """Return a .docx for the act of that name in `ACT_FORMS`, with a tag for every field of its form."""
    act = ActSheet(Page(), form)
    act.open((_URGENT if act.has("urgent") else "") + _STATUS.get(name, ""))
    for write in _PARTS.get(name, (_the_child,)):
        write(act)
    act.rest()
    _more(act)
    return act.page.saved()


_URGENT = "{% if urgent == 'Yes' %}Urgent. {% endif %}"
_STATUS: Mapping[str, str] = {
    "response": "{{ response }}{% if promise_by %}: {{ promise_by }}{% endif %}.",
    "verdict": "{{ verdict }}, {{ done_on }}.",
    "hold": "On hold until {{ until }}.",
    "step": "{% if took_place == 'Yes' %}{{ step }}: took place on {{ on }} at {{ at }}."
    "{% else %}{{ step }}: found not to be needed.{% endif %}",
    "referral": "Referred on {{ done_on }} by {{ done_by }}.",
    "closing": "Closed on {{ done_on }}: {{ ending }}.",
}
"""The one line that a reader in a hurry needs."""


def _the_child(act: ActSheet) -> None:
    act.page.heading("The child", 1)
    facts = Facts(act.page, "The child")
    facts.add_each("child")


def _the_child_and_people(act: ActSheet) -> None:
    act.page.heading("The child", 1)
    facts = Facts(act.page, "The child")
    facts.add_each("child")
    facts.add_each("facts")


def _the_alert(act: ActSheet) -> None:
    act.page.heading("The alert", 1)
    facts = Facts(act.page, "The alert")
    raised = "{{ raiser }}{% if raiser_role %}, {{ raiser_role }}{% endif %}, {{ raised_on }}"
    facts.add("Raised by", raised)
    facts.add_if("officer != raiser", "Reviewing officer now", "{{ officer }}")
    facts.add_known("Stage reached", "level")
    facts.add_known("Limit for all formal stages", "cap")
    facts.add_known("Not to be done meanwhile", "standstill")


def _what_was_asked(act: ActSheet) -> None:
    page = act.page
    page.heading("What was asked", 1)
    facts = Facts(page, "What was asked")
    facts.add("Stage", entry("level"))
    facts.add("Sent on", entry("sent_on"))
    facts.add("Sent to", entry("asked"))
    facts.add("Answer due", _DUE)
    facts.add_known("Another day agreed", "due_agreed")
    facts.add_if("settle_by or settle_clause", "To be put right by", _SETTLE)
    facts.keep_together()
    act.lines("request")


def _the_answers(act: ActSheet) -> None:
    page = act.page
    page.heading("What was answered", 1)
    page.write("{%p for answer in answers %}")
    page.write("{{ answer.by }}, {{ answer.on }}: {{ answer.kind }}", "Answer lead")
    page.write("{{ answer.response }}", "Answer")
    page.write("{%p if answer.promise_by %}")
    owner = "{% if answer.task_owner %}, by {{ answer.task_owner }}{% endif %}"
    page.write(f"Promised for {{{{ answer.promise_by }}}}{owner}.", "Answer")
    page.write("{%p endif %}")
    page.write("{%p else %}")
    page.write("No answer had been received.")
    page.write("{%p endfor %}")


def _response(act: ActSheet) -> None:
    act.page.heading("The answer", 1)
    facts = Facts(act.page, "The answer")
    facts.add("Answered by", "{{ done_by }}")
    facts.add("On", "{{ done_on }}, {{ done_at }}")
    for name in ("response", "promise_by", "task_owner"):
        act.fact(facts, name)
    act.long("text", "What was answered")


def _verdict(act: ActSheet) -> None:
    act.page.heading("The verdict", 1)
    facts = Facts(act.page, "The verdict")
    act.fact(facts, "verdict")
    facts.add("Judged by", "{{ done_by }}")
    facts.add("On", "{{ done_on }}, {{ done_at }}")
    act.fact(facts, "settled_on")
    act.long("reason")


def _hold(act: ActSheet) -> None:
    act.page.heading("The hold", 1)
    facts = Facts(act.page, "The hold")
    act.fact(facts, "until")
    act.fact(facts, "task_owner", "Who sees that it is done")
    facts.add("Accepted by", "{{ done_by }}")
    facts.add("On", "{{ done_on }}, {{ done_at }}")
    act.long("task")
    act.long("reason")
    cap = "{% if cap %}, which ends on {{ cap }}{% endif %}"
    act.page.write(f"A hold moves neither the date of the answer nor the total limit{cap}.", "Note")


def _step(act: ActSheet) -> None:
    page = act.page
    page.heading("What took place", 1)
    facts = Facts(page, "What took place")
    act.fact(facts, "step", "Step")
    act.fact(facts, "took_place")
    facts.add_if("on", "When", "{{ on }}, {{ at }}")
    act.written |= {"on", "at"}
    act.fact(facts, "chair")
    act.fact(facts, "outcome")
    facts.add("Recorded by", "{{ done_by }}, {{ done_on }}")
    act.long("present")
    act.long("text")


def _who_refers(act: ActSheet) -> None:
    act.page.heading("Who refers", 1)
    facts = Facts(act.page, "Who refers")
    facts.add("Referred by", "{{ done_by }}")
    facts.add("On", "{{ done_on }}, {{ done_at }}")
    act.fact(facts, "sent_to")
    facts.add("Authority", "{{ council }}")
    facts.add_known("Legal basis", "law")
    act.fact(facts, "urgent")
    act.long("urgent_why")


def _what_failed(act: ActSheet) -> None:
    act.page.heading("What is still wrong", 1)
    act.long("reason", "Why it is referred")
    act.lines("concern")


def _what_was_done(act: ActSheet) -> None:
    page = act.page
    page.write("{%p if stages %}")
    page.heading("What was done", 1)
    columns = {
        "Stage": "{{ item.label }}, from {{ item.sent_on }}",
        "Asked": "{{ item.asked or 'not given' }}{% if item.due %}; answer due {{ item.due }}{% endif %}",
        "What came of it": "came_of_it",
    }
    write_list(page, "Each stage up to then, the first stage first", "stages", columns, LADDER)
    page.write("{%p endif %}")


def _goes_on(act: ActSheet) -> None:
    act.page.write("{%p if stages %}")
    act.page.write(
        "The alert is not ended by this referral: it goes on inside the authority until it is closed.",
        "Note",
    )
    act.page.write("{%p endif %}")


def _what_is_asked_for(act: ActSheet) -> None:
    act.page.heading("What is asked for", 1)
    if act.has("asked_for"):
        act.written.add("asked_for")
        act.page.write("{{ asked_for or 'As the reasons above show.' }}")


def _wishes(act: ActSheet) -> None:
    page = act.page
    page.heading("What the child wants", 1)
    if act.has("child_view"):
        act.written.add("child_view")
        page.write("{{ child_view or 'Nothing more was recorded for this referral.' }}")
    if act.has("child_told"):
        act.written.add("child_told")
        told = "{{ child_told or 'not recorded' }}"
        page.write(f"Does the child know of this referral? {told}.")
    page.write("{%p if child_said %}")
    page.heading("What the child said when the alert was raised", 2)
    page.write("{{ child_said }}")
    page.write("{%p endif %}")


def _spoken_to(act: ActSheet) -> None:
    page = act.page
    asked = [name for name in ("consultation", "consulted") if act.has(name)]
    if not asked:
        return
    page.write(f"{{%p if {' or '.join(asked)} %}}")
    page.heading("Who was spoken to first", 1)
    for name in asked:
        page.write(f"{{%p if {name} %}}")
        page.write(f"{_SAID[name]}{{{{ {name} }}}}")
        page.write("{%p endif %}")
    page.write("This is a record. The referral needs nobody's agreement.", "Note")
    page.write("{%p endif %}")
    act.written |= {*asked}


def _pack(act: ActSheet) -> None:
    if act.has("pack"):
        act.written.add("pack")
        act.page.heading("What goes with it", 1)
        write_ticks(act.page, "pack")


def _followed(act: ActSheet) -> None:
    page = act.page
    page.write("{%p if followed %}")
    page.heading("What became of it", 1)
    columns = {"On": "on", "What": "what", "Said": "text"}
    name = "What became of the referral, the earliest first"
    write_list(page, name, "followed", columns, FOLLOWED)
    page.write("{%p endif %}")


def _concern(act: ActSheet) -> None:
    act.page.write("{%p if concern %}")
    act.page.heading("What it was about", 1)
    act.lines("concern")
    act.page.write("{%p endif %}")


def _ending(act: ActSheet) -> None:
    act.page.heading("How it ended", 1)
    facts = Facts(act.page, "How it ended")
    act.fact(facts, "ending", "Ending")
    facts.add("Closed by", "{{ done_by }}")
    facts.add("On", "{{ done_on }}, {{ done_at }}")
    act.fact(facts, "taken_on_by")
    for name in ("ending_why", "not_satisfied_why", "what_changed"):
        act.long(name)


def _the_childs_word(act: ActSheet) -> None:
    rights = [name for name in _RIGHTS if all(act.has(f"{name}_{end}") for end in _ENDS)]
    asked = [name for name in ("child_view", "against_wishes") if act.has(name)]
    asked += [f"{name}_told" for name in rights]
    if not asked:
        return
    act.page.write(f"{{%p if {' or '.join(asked)} %}}")
    act.page.heading("The child's view and rights", 1)
    facts = Facts(act.page, "The child's view and rights")
    for name in rights:
        told, on, by = (f"{name}_{end}" for end in _ENDS)
        act.written |= {told, on, by}
        more = f"{{% if {on} %}}, {{{{ {on} }}}}{{% endif %}}{{% if {by} %}}, by {{{{ {by} }}}}{{% endif %}}"
        facts.add_known(_RIGHTS[name], told, more=more)
    act.fact(facts, "against_wishes")
    act.long("child_view")
    act.long("against_wishes_why", "What was done against the child's wishes, and why")
    act.page.write("{%p endif %}")


def _more(act: ActSheet) -> None:
    page = act.page
    page.write("{%p if more %}")
    page.heading("Also recorded", 1)
    Facts(page, "Also recorded").add_each("more")
    page.write("{%p endif %}")


_Part = Callable[[ActSheet], None]
_PARTS: Mapping[str, tuple[_Part, ...]] = {
    "response": (_the_child, _what_was_asked, _response),
    "verdict": (_the_child, _verdict, _the_answers, _what_was_asked),
    "hold": (_the_child, _hold, _the_answers, _what_was_asked),
    "step": (_the_child, _the_alert, _step),
    "referral": (
        _who_refers,
        _the_child_and_people,
        _the_alert,
        _what_failed,
        _what_was_done,
        _goes_on,
        _what_is_asked_for,
        _wishes,
        _spoken_to,
        _pack,
        _followed,
    ),
    "closing": (
        _the_child_and_people,
        _the_alert,
        _concern,
        _what_was_done,
        _ending,
        _the_childs_word,
    ),
}
