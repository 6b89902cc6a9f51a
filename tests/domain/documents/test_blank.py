"""A form's document with nothing filled in."""

from practice_alerts.domain.documents.blank import LINE, blank_paper
from tests.helpers.files.real_councils import council

PATHS = ("stages", "stages[].label", "stages[].answers[].by", "team", "category[].text", "council")


def test_what_repeats_stands_there_once_and_every_other_place_is_a_line() -> None:
    lambeth = council("lambeth")
    form = lambeth.forms["practice_alert"]
    paper = blank_paper(lambeth.procedure, "practice_alert", form, PATHS)
    assert paper["stages"] == [{"label": LINE, "answers": [{"by": LINE}]}]
    assert (paper["team"], paper["council"]) == (LINE, "Lambeth")


def test_every_choice_of_the_procedure_stands_there_unticked() -> None:
    lambeth = council("lambeth")
    form = lambeth.forms["practice_alert"]
    paper = blank_paper(lambeth.procedure, "practice_alert", form, PATHS)
    titles = [one.title for one in lambeth.procedure.categories]
    assert [(one["text"], one["ticked"]) for one in paper["category"]] == [
        (title, False) for title in titles
    ]
