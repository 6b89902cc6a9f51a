"""The document of an act while its first Word template is written: its page, and what stands on it already."""

from dataclasses import dataclass, field

from practice_alerts.adapters.documents.starter.blank_page import FactTable, WordPage, entry, plain
from practice_alerts.domain.forms.form import Form, FormField, kept_by
from practice_alerts.domain.forms.subject import FOR_THE_CHILD

_ROUTE = "route"


@dataclass
class ActSheet:
    """The page being written, the form, and which of its fields stand on the page already."""

    page: WordPage
    form: Form
    written: set[str] = field(default_factory=set)

    def open(self, status: str) -> None:
        """What the document is called, and the line for a reader in a hurry."""
        # A referral is called after where it leads, any other act after its form.
        called = self.take(_ROUTE)[0] if self.has(_ROUTE) else "title"
        self.page.write(f"{{{{ {called} }}}}", "Title")
        self.page.write("{{ council }}, {{ alert_kind }} {{ reference }}", "Subtitle")
        self.page.about_what()
        if status:
            self.page.write(status, "Status")
        self.page.write("Edition of the procedure: {{ procedure_edition }}.", "Note")

    def has(self, name: str) -> bool:
        return any(one.id == name for one in self.form.fields())

    def take(self, *names: str) -> list[str]:
        """Those of the fields that the form has; they stand on the page now."""
        asked = [name for name in names if self.has(name)]
        self.written.update(asked)
        return asked

    def facts(self, facts: FactTable, *names: str, label: str = "") -> None:
        """A row for each of these fields that the form has."""
        for one in map(self.form.field, self.take(*names)):
            said = label or plain(one.label)
            if _is_sure(one):
                facts.fact(said, entry(one.id))
            else:
                facts.known(said, one.id)

    def long(self, name: str, label: str = "") -> None:
        """A heading and what was said, where the form asks; left out while nothing was said."""
        for one in map(self.form.field, self.take(name)):
            said = label or _of_a_child(plain(one.label))
            with self.page.given("" if _is_sure(one) else name, said, 2):
                if one.type.facts.is_several:
                    self.page.ticks(name)
                elif one.fields:
                    self.page.group(one, name)
                else:
                    self.page.write(entry(name) if _is_sure(one) else f"{{{{ {name} }}}}")

    def lines(self, path: str) -> None:
        """A heading and a paragraph for each of a list of {label, entry}."""
        with self.page.each(path):
            self.page.heading("{{ item.label }}", 2)
            self.page.write("{{ item.entry }}")

    def rest(self) -> None:
        """Whatever the form asks beyond what stands on the page already, section by section."""
        for section in self.form.sections:
            asked = (
                one for one in section.fields if not kept_by(one.id)
            )  # told with what it keeps back
            left = [one for one in asked if one.id not in self.written]
            if not left:
                continue
            with self.page.given(_once_said(left), plain(section.title)):
                short = [one.id for one in left if not _is_long(one)]
                if short:
                    self.facts(self.page.fact_table(plain(section.title)), *short)
                for one in filter(_is_long, left):
                    self.long(one.id)


def _of_a_child(label: str) -> str:
    """As the form asks it of an alert that is about no child, where it is."""
    return label.replace(FOR_THE_CHILD, f"{{% if about_child %}}{FOR_THE_CHILD}{{% endif %}}")


def _once_said(fields: list[FormField]) -> str:
    """What must hold for a heading to have something beneath it; empty where something always stands there."""
    return "" if any(map(_is_sure, fields)) else " or ".join(one.id for one in fields)


def _is_sure(one: FormField) -> bool:
    """Is it always answered?"""
    return one.required and not one.when


def _is_long(one: FormField) -> bool:
    return one.type.facts.is_tall or one.type.facts.is_several
