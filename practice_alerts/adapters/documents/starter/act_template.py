"""A first Word template for the document of one act, made out of its form, to be edited in Word.

docs/procedure-format.md lists what the document is rendered with.
"""

from collections.abc import Callable, Mapping

from practice_alerts.adapters.documents.starter.act_page import ActSheet
from practice_alerts.adapters.documents.starter.blank_page import FactTable, WordPage, entry, plain
from practice_alerts.domain.forms.form import Form

LADDER = (3.2, 4.4, 9.4)
FOLLOWED = (4.8, 4.2, 8.0)
_SAID = {"consultation": "What came of it: ", "consulted": ""}
_RIGHTS = {"advocacy": "Told of the right to an advocate", "complaints": "Told how to complain"}
_WHOM = "Whom it is about"
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


def act_starter(name: str, form: Form) -> bytes:
    """Return a .docx for the act of that name in `ACT_FORMS`, with a tag for every field of its form."""
    act = ActSheet(WordPage(plain(form.title)), form)
    act.open((_URGENT if act.has("urgent") else "") + _STATUS.get(name, ""))
    for write in _PARTS.get(name, (_whom,)):
        write(act)
    act.rest()
    with act.page.given("more"):
        act.page.facts("Also recorded").each("more")
    return act.page.saved()


def _whom(act: ActSheet) -> None:
    with act.page.given("child"):
        act.page.facts("{{ about_whom }}", called=_WHOM).each("child")


def _whom_and_people(act: ActSheet) -> None:
    with act.page.given("child or facts"):
        facts = act.page.facts("{{ about_whom }}", called=_WHOM)
        facts.each("child")
        facts.each("facts")


def _the_alert(act: ActSheet) -> None:
    facts = act.page.facts("The alert")
    raised = "{{ raiser }}{% if raiser_role %}, {{ raiser_role }}{% endif %}, {{ raised_on }}"
    facts.fact("Raised by", raised)
    facts.fact("Reviewing officer now", "{{ officer }}", "officer != raiser")
    facts.known("Stage reached", "level")
    facts.known("Time limit for all formal stages", "cap")
    facts.known("Not to be done meanwhile", "standstill")


def _what_was_asked(act: ActSheet) -> None:
    facts = act.page.facts("What was asked")
    facts.fact("Stage", entry("level"))
    facts.asked()
    act.lines("request")


def _the_answers(act: ActSheet) -> None:
    act.page.heading("What was answered", 1)
    act.page.answers("answers", "No answer had been received.", {})


def _done(facts: FactTable, label: str) -> None:
    facts.fact(label, "{{ done_by }}")
    facts.fact("On", "{{ done_on }}, {{ done_at }}")


def _response(act: ActSheet) -> None:
    facts = act.page.facts("The answer")
    _done(facts, "Answered by")
    act.facts(facts, "response", "promise_by", "task_owner")
    act.facts(facts, "late_why")
    act.long("text", "What was answered")


def _outcome(act: ActSheet) -> None:
    facts = act.page.facts("The outcome")
    act.facts(facts, "verdict")
    _done(facts, "Reviewed by")
    act.facts(facts, "settled_on")
    act.long("reason")


def _hold(act: ActSheet) -> None:
    facts = act.page.facts("The hold")
    act.facts(facts, "until")
    act.facts(facts, "task_owner", label="Who sees that it is done")
    _done(facts, "Accepted by")
    act.long("task")
    act.long("reason")
    limit = "{% if cap %}, which ends on {{ cap }}{% endif %}"
    act.page.write(
        f"A hold moves neither the date of the answer nor the time limit{limit}.", "Note"
    )


def _step(act: ActSheet) -> None:
    facts = act.page.facts("What took place")
    act.facts(facts, "step", label="Step")
    act.facts(facts, "took_place")
    facts.fact("When", "{{ on }}, {{ at }}", "on")
    act.take("on", "at")
    act.facts(facts, "chair", "outcome")
    facts.fact("Recorded by", "{{ done_by }}, {{ done_on }}")
    act.long("present")
    act.long("text")


def _who_refers(act: ActSheet) -> None:
    facts = act.page.facts("Who refers")
    _done(facts, "Referred by")
    act.facts(facts, "sent_to")
    facts.fact("Authority", "{{ council }}")
    facts.known("Legal basis", "law")
    act.facts(facts, "urgent")
    act.long("urgent_why")


def _what_failed(act: ActSheet) -> None:
    act.page.heading("What is still wrong", 1)
    act.long("reason", "Why it is referred")
    act.lines("concern")


def _what_was_done(act: ActSheet) -> None:
    columns = {
        "Stage": "{{ item.label }}, from {{ item.sent_on }}",
        "Asked": "{{ item.received_by or 'not given' }}{% if item.copied %}; copies to {{ item.copied }}{% endif %}{% if item.due %}; answer due {{ item.due }}{% endif %}",
        "What came of it": "came_of_it",
    }
    with act.page.given("stages", "What was done"):
        name = "Each stage up to then, the first stage first"
        act.page.listing(name, "stages", columns, LADDER)


def _what_is_asked_for(act: ActSheet) -> None:
    page = act.page
    with page.given("stages"):
        goes_on = "The alert is not ended by this referral: it goes on inside the authority"
        page.write(f"{goes_on} until it is closed.", "Note")
    page.heading("What is asked for", 1)
    if act.take("asked_for"):
        page.write("{{ asked_for or 'As the reasons above show.' }}")
    with page.given("about_child", "What the child wants"):
        if act.take("child_view"):
            page.write("{{ child_view or 'Nothing more was recorded for this referral.' }}")
        if act.take("child_told"):
            told = "{{ child_told or 'not recorded' }}"
            page.write(f"Does the child know of this referral? {told}.")
        with page.given("child_said", "What the child said when the alert was raised", 2):
            page.write("{{ child_said }}")


def _spoken_to(act: ActSheet) -> None:
    page, asked = act.page, act.take(*_SAID)
    if not asked:
        return
    with page.given(" or ".join(asked), "Who was spoken to first"):
        for name in asked:
            with page.given(name):
                page.write(f"{_SAID[name]}{{{{ {name} }}}}")
        page.write("This is a record. The referral needs nobody's agreement.", "Note")


def _what_goes_with_it(act: ActSheet) -> None:
    if act.take("pack"):
        act.page.heading("What goes with it", 1)
        act.page.ticks("pack")
    columns = {"On": "on", "What": "what", "Said": "text"}
    with act.page.given("followed", "What became of it"):
        name = "What became of the referral, the earliest first"
        act.page.listing(name, "followed", columns, FOLLOWED)


def _concern(act: ActSheet) -> None:
    with act.page.given("concern", "What it was about"):
        act.lines("concern")


def _ending(act: ActSheet) -> None:
    facts = act.page.facts("Closing")
    act.facts(facts, "ending", label="How it ended")
    _done(facts, "Closed by")
    act.facts(facts, "taken_on_by")
    act.facts(facts, "look_again")
    for name in ("ending_why", "not_satisfied_why", "changes", "what_changed"):
        act.long(name)


_VIEW_KNOWN = ("child_view_how", "child_view_not_asked_why")


def _the_childs_word(act: ActSheet) -> None:
    rights = {name: [f"{name}_{end}" for end in ("told", "on", "by")] for name in _RIGHTS}
    rights = {name: fields for name, fields in rights.items() if all(map(act.has, fields))}
    asked = [name for name in ("child_view", *_VIEW_KNOWN, "against_wishes") if act.has(name)]
    asked += [told for told, _, _ in rights.values()]
    if not asked:
        return
    with act.page.given(" or ".join(asked)):
        facts = act.page.facts("The child's view and rights")
        for name, fields in rights.items():
            told, on, by = act.take(*fields)
            more = f"{{% if {on} %}}, {{{{ {on} }}}}{{% endif %}}{{% if {by} %}}, by {{{{ {by} }}}}{{% endif %}}"
            facts.known(_RIGHTS[name], told, more=more)
        act.facts(facts, *_VIEW_KNOWN, "against_wishes")
        act.long("child_view")
        act.long("against_wishes_why", "What was done against the child's wishes, and why")


_Part = Callable[[ActSheet], None]
_PARTS: Mapping[str, tuple[_Part, ...]] = {
    "response": (_whom, _what_was_asked, _response),
    "verdict": (_whom, _outcome, _the_answers, _what_was_asked),
    "hold": (_whom, _hold, _the_answers, _what_was_asked),
    "step": (_whom, _the_alert, _step),
    "referral": (
        _who_refers,
        _whom_and_people,
        _the_alert,
        _what_failed,
        _what_was_done,
        _what_is_asked_for,
        _spoken_to,
        _what_goes_with_it,
    ),
    "closing": (
        _whom_and_people,
        _the_alert,
        _concern,
        _what_was_done,
        _ending,
        _the_childs_word,
    ),
}
