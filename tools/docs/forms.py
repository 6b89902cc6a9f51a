"""docs/forms.md: every form with its document, and what was tried to break one.

The tables of what was tried come from the tests that try it, so that the page can say nothing that no test holds.
"""

import re
from collections.abc import Iterator

from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.errors import BadTemplate
from practice_alerts.domain.forms.form import Form
from tests.adapters.documents.test_causes_of_refusal import CAUSES
from tests.adapters.documents.test_document_templates import REFUSED
from tests.adapters.documents.test_documents import TYPED_AND_READ
from tests.helpers.alerts.every_act import act_form_of
from tests.helpers.files.real_councils import IDS, council
from tools.docs.form_tables import (
    CouncilForms,
    acts_shown,
    acts_table,
    forms_shown,
    forms_table,
)


def forms_page() -> str:
    """What docs/forms.md must hold now."""
    councils = {name: _forms_of(name) for name in IDS}
    return f"""\
# Forms and their documents

Every form of every council, from `form_templates/`, with the Word document it makes. Written by `make docs`,
its pictures by `make forms`, which needs LibreOffice; a test holds page and pictures current. The fields of a repeated block
count once. "Ours" are the fields that this product asks for: not on the council's own
paper form where we have seen it, else not named in its text.

{forms_table(councils)}

## What each form requires

{forms_shown(councils)}
## The forms of later acts

What is asked after an alert was raised stands in `form_templates/common/`, and so does the Word template of each act
that has a document of its own. A file of the same name in a council's own folder takes the place of the common one:
the form, the template, or both. What such a form asks besides is printed at the end of the common document, under
"Also recorded"; a form that leaves out what the common document prints needs a template of its own. An escalation to a
partner agency is no act of this kind: it is an alert with a form of its own, above.

{acts_table(_common(), councils)}

{acts_shown(_common())}
## What was typed to break a document, and what is read in it

A test types each of these into the body, the header and the title of a document, and reads them back. In header and
title, line breaks and tabs become spaces. They are written as Python writes them, so that what cannot be seen can be read.

| what | typed | read in the document |
| --- | --- | --- |
{_rows(_typed())}

More text than a document holds is refused with the number of characters that fit. What the form itself refuses
before that, such as control characters, is told at the field.

## What was dropped in as a template, and why it is refused

A test hands over each of these as a Word template. None is used; the reason is what the person reads.

| what | "This Word file cannot be used: ..." |
| --- | --- |
{_rows(_refused())}
"""


def _forms_of(council_id: str) -> CouncilForms:
    files = council(council_id)
    own = frozenset(
        name.rpartition("/")[2]
        for name in files.texts
        if name.startswith(f"form_templates/{council_id}/")
    )
    return CouncilForms(
        files.procedure, files.forms, frozenset(files.templates), files.act_forms, own
    )


def _common() -> dict[str, Form]:
    """The forms of acts that every council has which puts no other in their place."""
    return {name: act_form_of("lambeth", name) for name in ACT_FORMS}


def _typed() -> Iterator[tuple[str, ...]]:
    for what, (typed, read) in TYPED_AND_READ.items():
        yield what, _code(typed), "the same" if typed == read else _code(read)


def _refused() -> Iterator[tuple[str, ...]]:
    for what, (docx, _) in {**REFUSED, **CAUSES}.items():
        try:
            WordTemplate.read(docx)
        except BadTemplate as error:
            yield what, _with_code(error.reason)
        else:
            raise AssertionError(f"{what} was not refused")


def _code(text: str) -> str:
    """As Python writes it, with every character that is not plain ASCII by its number."""
    return f"`` {text!a} ``"


def _with_code(reason: str) -> str:
    """Whole tags as code, so that a page of Markdown shows them as they are."""
    return re.sub(r'(\{[{%#][^"{}]*[}%#]\})', r"`\1`", reason)


def _rows(rows: Iterator[tuple[str, ...]]) -> str:
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
        for row in rows
    )
