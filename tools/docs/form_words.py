"""What each key of a form holds, with an example of its value."""

from typing import Final

FORM_WORDS: Final[dict[str, tuple[str, str]]] = {
    "Form.title": ("The form's title.", "Practice alert"),
    "Form.paper": ("The paper form it follows.", "Appendix C"),
    "Form.paper_seen": (
        "Was the paper form at hand when this was written? Only of such a form is it said what it lacks.",
        "true",
    ),
    "Form.shows": (
        "What stands on the form and is known from the acts, never typed.",
        "[level, raiser, raised_on]",
    ),
    "Form.sections": (
        "The questions, in sections.",
        "[{title: The child, fields: [{id: child_name, label: Name, type: text}]}]",
    ),
    "FormSection.title": ("The heading.", "The concern"),
    "FormSection.help": ("A sentence below the heading.", "Say what you found."),
    "FormSection.repeats": ("`stage` for a block that is asked anew at each stage.", "stage"),
    "FormSection.filled_by": ("Who fills it in.", "answerer"),
    "FormSection.shows": ("As for the form.", "[verdict, settled_on]"),
    "FormSection.fields": ("The questions.", "[{id: concerns, label: Concerns, type: long_text}]"),
    "FormField.id": ("Its id; the Word template names it so.", "child_name"),
    "FormField.label": ("The question.", "Child's name"),
    "FormField.type": ("What kind of answer.", "long_text"),
    "FormField.hint": (
        "A short hint below the label: advice on filling it in, and ours; the guide marks it so.",
        "The number in Mosaic",
    ),
    "FormField.help": (
        "A longer explanation, such as what the council's own form prints beside the question.",
        "Leave it out when it is not known.",
    ),
    "FormField.options": ("The choices: id to words.", "{met: met, not_met: not met}"),
    "FormField.options_from": ("Choices that the procedure has already.", "categories"),
    "FormField.examples_of": (
        "A category whose examples are the choices: those of them that have an id.",
        "drift",
    ),
    "FormField.role": ("For a person: the role they hold.", "team_manager"),
    "FormField.required": ("Must it be answered?", "true"),
    "FormField.required_from": ("The stage from which on it must be.", "stage-1"),
    "FormField.optional_from": (
        "The stage from which on it may be left empty, though `required` before.",
        "stage-3",
    ),
    "FormField.when": (
        "Asked only when other answers pass these tests; of a list, any one of them.",
        '{discussed: "yes", category: {includes: drift}}',
    ),
    "FormField.cases": ("The case types it is asked for; left out: all.", "[looked_after]"),
    "FormField.identifies": (
        "Names the child or an adult: never leaves the identifiable store.",
        "child",
    ),
    "FormField.each_child": (
        "About the child: asked of each, where brothers or sisters are raised together.",
        "true",
    ),
    "FormField.goes_to": ("`log` for the one line that goes into the log.", "log"),
    "FormField.ours": (
        "Asked by us: not on the council's paper form, or not named in its text where nobody has seen the form.",
        "true",
    ),
    "FormField.pattern": (
        "A regular expression the answer must match from end to end; it looks neither ahead nor behind.",
        "'[0-9]{7}'",
    ),
    "FormField.pattern_says": ("What it asks for, in words.", "seven digits"),
    "FormField.most": ("Most characters of a text, or the greatest number.", "500"),
    "FormField.prefill": ("What it starts with.", "today"),
    "FormField.fields": (
        "For a group: what is asked each time.",
        "[{id: task, label: Task, type: text}]",
    ),
}
