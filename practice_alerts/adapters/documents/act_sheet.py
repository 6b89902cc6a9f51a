"""The document of an act while its first Word template is written: its page, and what stands on it already."""

from dataclasses import dataclass, field

from practice_alerts.adapters.documents.blank_page import Page
from practice_alerts.adapters.documents.tag_writing import (
    Facts,
    entry,
    plain,
    write_group,
    write_ticks,
)
from practice_alerts.domain.form import Form, FormField

_ROUTE = "route"


@dataclass
class ActSheet:
    """The page being written, the form, and which of its fields stand on the page already."""

    page: Page
    form: Form
    written: set[str] = field(default_factory=set)

    def open(self, status: str) -> None:
        """Head, foot and properties, what the document is called, and the line for a reader in a hurry."""
        page = self.page
        properties = page.word.core_properties
        properties.title = "{{ title }} {{ reference }}"
        properties.subject = "{{ marking }}"
        properties.author = "{{ council }}"
        properties.comments = plain(self.form.title)
        foot = "{{ reference }}, printed on {{ printed_on }}"
        page.margins("{{ council }}", "{{ marking }}", foot)
        page.write(f"{{{{ {self._called()} }}}}", "Title")
        page.write("{{ council }}, practice alert {{ reference }}", "Subtitle")
        if status:
            page.write(status, "Status")
        page.write("Edition of the procedure: {{ procedure_edition }}.", "Note")

    def _called(self) -> str:
        """A referral is called after where it leads, any other act after its form."""
        if not self.has(_ROUTE):
            return "title"
        self.written.add(_ROUTE)
        return _ROUTE

    def has(self, name: str) -> bool:
        return any(one.id == name for one in self.form.fields())

    def fact(self, facts: Facts, name: str, label: str = "") -> None:
        """A row for one field of the form, where the form has it."""
        if not self.has(name):
            return
        one = self._take(name)
        if one.required and not one.when:
            facts.add(label or plain(one.label), entry(name))
        else:
            facts.add_known(label or plain(one.label), name)

    def long(self, name: str, label: str = "") -> None:
        """A heading and what was said, where the form asks; left out while nothing was said."""
        if not self.has(name):
            return
        one = self._take(name)
        always = one.required and not one.when
        if not always:
            self.page.write(f"{{%p if {name} %}}")
        self.page.heading(label or plain(one.label), 2)
        if one.type == "many_of":
            write_ticks(self.page, name)
        elif one.type == "group":
            labels = {each.id: plain(each.label) for each in one.fields}
            write_group(self.page, plain(one.label), name, labels)
        else:
            self.page.write(entry(name) if always else f"{{{{ {name} }}}}")
        if not always:
            self.page.write("{%p endif %}")

    def lines(self, path: str) -> None:
        """A heading and a paragraph for each of a list of {label, entry}."""
        self.page.write(f"{{%p for item in {path} %}}")
        self.page.heading("{{ item.label }}", 2)
        self.page.write("{{ item.entry }}")
        self.page.write("{%p endfor %}")

    def rest(self) -> None:
        """Whatever the form asks beyond what stands on the page already, section by section."""
        for section in self.form.sections:
            left = [one for one in section.fields if one.id not in self.written]
            if not left:
                continue
            self.page.heading(plain(section.title), 1)
            short = [one for one in left if not _is_long(one)]
            if short:
                facts = Facts(self.page, plain(section.title))
                for one in short:
                    self.fact(facts, one.id)
            for one in left:
                if _is_long(one):
                    self.long(one.id)

    def _take(self, name: str) -> FormField:
        self.written.add(name)
        return self.form.field(name)


def _is_long(one: FormField) -> bool:
    return one.type in {"long_text", "group", "many_of"}
