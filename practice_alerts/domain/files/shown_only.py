"""Keys that the guide prints and nothing else goes by: marked so in the reference and in the schemas.

Whatever is not listed acts: a test bends each key of a made-up council and sees that something comes out
otherwise. A key that only informs needs a line here, with its reason; the guide marks it where it prints it. That the
checker looks through every text for law that has been replaced is not counted.
"""

from collections.abc import Mapping

_TEXT = "A text for readers."
_BESIDE = "No alert hangs on it: nobody is asked, reminded or late because of it."
_SILENT = "It tells readers that the text does not say so; the checker asks for a reading."
_TITLE = "Another name of the same thing."

_BY_REASON: Mapping[str, tuple[str, ...]] = {
    _TEXT: (
        *("Procedure.about", "Procedure.case_system", "Procedure.rules_in_words"),
        *(
            "Printing.issued",
            "Printing.status",
            "Printing.note",
            "Printing.overtaken",
            "Role.note",
            "Printing.amended",
            "Site.related",
            "Related.title",
            "Related.at",
        ),
        *("Ladder.note", "TimeLimit.over", "Stage.what", "Stage.note"),
        *(
            "Answer.how",
            "StageEntry.ask",
            "Category.note",
            "Criterion.examples",
        ),
        *(
            "Example.cases",
            "Example.responsible",
            "Example.examples",
            "Example.note",
        ),
        *("OutsideRoute.test", "OutsideRoute.wording", "StandingRule.text"),
        *(
            "Reading.says",
            "Reading.used",
            "Reading.why",
            "Reading.ask",
            "Form.paper",
            "Form.paper_seen",
            "Form.shows",
            "FormSection.shows",
        ),
    ),
    _TITLE: (
        "Procedure.also_called",
        "Role.short",
        "Role.also_printed",
        "Role.held_by",
    ),
    _SILENT: ("TimeLimit.assumed", "Answer.assumed", "Settle.assumed", "Step.assumed"),
    _BESIDE: (
        *("Procedure.duties", "Procedure.significant_changes", "Procedure.reviews_required"),
        *("Procedure.recording", "Procedure.oversight"),
        *(f"Duty.{key}" for key in ("within", "counted_from", "assumed", "id", "what", "by", "to")),
        *("Duty.cases", "Duty.used", "Duty.note"),
        *(f"SignificantChanges.{key}" for key in ("by", "to", "within", "items")),
        *(f"Change.{key}" for key in ("text", "threshold", "cases", "note")),
        *(f"Recording.{key}" for key in ("what", "where", "by", "within")),
        *(f"Oversight.{key}" for key in ("what", "by", "to", "how_often")),
    ),
    "The authority's own affair: the product neither finds the lawyer nor takes the wish.": (
        *("OutsideRoute.independent", "OutsideRoute.asked_by"),
    ),
    "It is over before anything is recorded here that a clock could be counted from.": (
        *("Consult.within", "Overrides.within"),
    ),
    "Who decides says so at the meeting; the product records the result, whoever it was.": (
        "Step.decides",
    ),
}
SHOWN_ONLY: Mapping[str, str] = {key: why for why, keys in _BY_REASON.items() for key in keys}
"""Model.key, as written in the file, to the reason."""
