"""Papers that are written at once: nothing in them is left to be filled in, and nothing typed stops them."""

from practice_alerts.adapters.documents.plain_document import Margins, PlainTable, plain_document
from tests.helpers.files.word_files import faults, header_text, tags_left, texts, title


def test_margins_and_properties_are_its_own_and_typed_words_print_as_typed() -> None:
    table = PlainTable("What there is", ("Which", "Why"), (("One\x0b", "Past\x01ed"),), (0.5, 0.5))
    margins = Margins("Sampleford\tCouncil", "OFFICIAL", "Made by hand")
    facts = (("Why", "{{ reference }} \x0b<b>"),)
    made = plain_document("A paper", margins, facts, table, "That is all.")
    assert faults(made) == []
    assert (title(made), header_text(made)) == ("A paper", "Sampleford Council\tOFFICIAL")
    assert tags_left(made) == ["{{ reference }}"], "as somebody typed it, and nothing of ours"
    assert any("<b>" in text for text in texts(made))
