"""Reads councils' files: rules, forms, Word templates and pages. Faults carry their line, all at once."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from practice_alerts import ROOT
from practice_alerts.adapters.files.law_file import read_law
from practice_alerts.adapters.files.lies_within import content_of, content_or_fault
from practice_alerts.adapters.files.pages import pages_in, readable
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.domain.acts.act_forms import ACT_FORMS, problems_of_act_form
from practice_alerts.domain.checks.rule import EXAMPLES, Subject
from practice_alerts.domain.errors import BadDefinition, Fault
from practice_alerts.domain.files.faults import Problem, dotted, problems_in
from practice_alerts.domain.files.references import problems_of, problems_of_form
from practice_alerts.domain.files.schema import form_schema, procedure_schema
from practice_alerts.domain.files.source_lines import Written
from practice_alerts.domain.files.worked_cases import WorkedCase, problems_in_case
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.guide.parts.page import EarlierEdition
from practice_alerts.domain.procedure.law_book import NO_LAW, LawBook
from practice_alerts.domain.procedure.procedure import Procedure

PROCEDURE = "procedure.yml"
EARLIER = "earlier"
"""The room of the editions before, each a file as procedure.yml was, in the order of their names; beside the forms
a folder of each such name, with the forms as they were."""
FORMAT, FORMAT_NOW = "format", 2
"""Kept with an edition's files: the number of the format they were read by. An edition without it is of the first."""
COMMON = "common"
"""The room of what every council has unless it has its own: forms of acts, texts of notices."""
NOTICES = "notices"
_OURS = ROOT / "form_templates" / COMMON
"""What comes with the product, for a folder of councils that lacks a common room or part of it."""

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True)
class CouncilFiles:
    """One council's files as they stand in one edition.

    `digest` is the SHA-256 over `texts`, which holds procedure.yml, forms and Word templates under
    names such as procedures/lambeth/procedure.yml, and the format's number; `load_edition` reads them back. An edition read
    back has no `templates`, `examples` or `pages` on disk; `template` works for both.
    """

    id: str
    procedure: Procedure
    forms: dict[str, Form]
    """The forms alerts are raised on."""
    act_forms: dict[str, Form]
    """The forms of what comes after, by the names of `ACT_FORMS`: the council's own, else the common ones."""
    templates: dict[str, Path]
    examples: tuple[dict[str, Any], ...]
    pages: tuple[Path, ...]
    digest: str
    texts: Mapping[str, bytes]
    format: int
    """What the files meant when they were kept: see `domain.files.older_formats`."""
    examples_at: Path | None = None
    law: LawBook = NO_LAW
    earlier: tuple[EarlierEdition, ...] = ()
    """The editions before this one that are kept beside it, the oldest first: for readers, and no part of the edition."""

    def template(self, form: str) -> bytes | None:
        """The Word file of that form, the council's own or the common one; None where there is none."""
        own = self.texts.get(f"form_templates/{self.id}/{form}.docx")
        return own or self.texts.get(f"form_templates/{COMMON}/{form}.docx")


def load_all(procedures: Path, form_templates: Path) -> dict[str, CouncilFiles]:
    """Every council under `procedures`, by folder name. BadDefinition lists the faults of all."""
    councils, at_fault = load_each(procedures, form_templates)
    if at_fault:
        faults = [fault for them in at_fault.values() for fault in them]
        raise BadDefinition(list(dict.fromkeys(faults)))  # what is common is read for each council
    return councils


def load_each(
    procedures: Path, form_templates: Path
) -> tuple[dict[str, CouncilFiles], dict[str, tuple[Fault, ...]]]:
    """The same, where one council's fault is its own: those whose files are right, and the faults of the others."""
    councils: dict[str, CouncilFiles] = {}
    at_fault: dict[str, tuple[Fault, ...]] = {}
    for folder in sorted(procedures.iterdir()):
        if folder.is_dir() and not folder.name.startswith((".", "_")):
            try:
                councils[folder.name] = load_council(folder, form_templates)
            except BadDefinition as error:
                at_fault[folder.name] = tuple(error.faults)
    for room in sorted(form_templates.iterdir()) if form_templates.is_dir() else ():
        is_forms = room.is_dir() and room.name != COMMON and not room.name.startswith((".", "_"))
        if is_forms and not (procedures / room.name).is_dir():
            wanted = f"{procedures / room.name / PROCEDURE} beside it"
            fault = Fault(str(room), 1, "", "forms of a council without rules", wanted)
            at_fault[room.name] = (fault,)
    return councils, at_fault


def load_council(folder: Path, forms: Path) -> CouncilFiles:
    """One council's folder, and the folder of the same name in the forms' room."""
    council = folder.name
    paths = {f"procedures/{council}/{PROCEDURE}": folder / PROCEDURE}
    own = _in_room(forms / council)
    paths |= {f"form_templates/{council}/{path.name}": path for path in own}
    replaced = {path.name for path in own if path.stem != NOTICES}
    common = {path.name: path for room in (_OURS, forms / COMMON) for path in _in_room(room)}
    for name in sorted(set(common) - replaced):
        paths[f"form_templates/{COMMON}/{name}"] = common[name]
    faults: list[Fault] = []
    contents = ((name, content_or_fault(path, faults)) for name, path in paths.items())
    texts = {name: content for name, content in contents if content is not None}
    texts[FORMAT] = str(FORMAT_NOW).encode()
    examples = _examples(folder / EXAMPLES, faults)
    earlier = tuple(_earlier(folder / EARLIER, forms / council / EARLIER, faults))
    shown = {name: str(path) for name, path in paths.items()}
    procedure, every = _read(council, texts, shown, faults)
    return CouncilFiles(
        *(council, procedure),
        *_sorted(every),
        {path.stem: path for path in paths.values() if path.suffix == ".docx"},
        examples,
        pages_in(folder),
        digest_of(texts),
        texts,
        FORMAT_NOW,
        folder / EXAMPLES if (folder / EXAMPLES).is_file() else None,
        *(read_law(folder.parent), earlier),
    )


def load_edition(files: Mapping[str, bytes]) -> CouncilFiles:
    """The same from stored bytes: what `CouncilFiles.texts` held when the edition was kept."""
    council = next(name.split("/")[1] for name in files if name.endswith(f"/{PROCEDURE}"))
    procedure, every = _read(council, files, {name: name for name in files}, [])
    raised, acts = _sorted(every)
    digest, format_ = digest_of(files), int(files.get(FORMAT, b"1"))
    return CouncilFiles(
        *(council, procedure, raised, acts, {}, (), (), digest, dict(files), format_),
        law=read_law(ROOT / "procedures"),
    )


def _in_room(room: Path) -> tuple[Path, ...]:
    """Forms and Word templates; Word leaves ~$name.docx beside a document that is open."""
    found = sorted((*room.glob("*.yml"), *room.glob("*.docx")))
    return tuple(path for path in found if not path.name.startswith((".", "~")))


def _sorted(every: Mapping[str, Form]) -> tuple[dict[str, Form], dict[str, Form]]:
    """Forms alerts are raised on, and forms of what comes after."""
    raised = {name: form for name, form in every.items() if name not in ACT_FORMS}
    return raised, {name: form for name, form in every.items() if name in ACT_FORMS}


def digest_of(files: Mapping[str, bytes]) -> str:
    """One SHA-256 over names and bytes, the same in whatever order they come."""
    whole = hashlib.sha256()
    for name, content in sorted(files.items()):
        whole.update(f"{len(name.encode())}:{name}:{len(content)}:".encode())
        whole.update(content)
    return whole.hexdigest()


def subject_of(
    files: CouncilFiles,
    *,
    today: date,
    tags: Mapping[str, frozenset[str]] | None = None,
    offered: Iterable[str] = (),
) -> Subject:
    """What the linter looks at; the files are read once more, for their lines.

    `tags` are the paths each Word template asks for, by form; `offered` what documents get beside the form's fields.
    """
    yaml = {Path(name).name: files.texts[name] for name in _own(files, ".yml")}
    others = {path.name: content for path, content in readable(files.pages)}
    lined = dict(yaml)
    if files.examples_at is not None:
        others[EXAMPLES] = content_of(files.examples_at)
        lined |= {EXAMPLES: others[EXAMPLES]} if files.examples else {}
    return Subject(
        files.id,
        files.procedure,
        today,
        forms=files.forms,
        tags=tags or {},
        offered=frozenset(offered),
        rooms=_rooms(files),
        texts={name: text.decode("utf-8", "replace") for name, text in {**yaml, **others}.items()},
        lines={name: read_yaml(content).lines for name, content in lined.items()},
        cases=tuple(WorkedCase.model_validate(case) for case in files.examples),
        book=files.law,
    )


def _own(files: CouncilFiles, ending: str) -> list[str]:
    """The council's own files: what is common to all is not its to mend."""
    return [name for name in files.texts if name.endswith(ending) and f"/{COMMON}/" not in name]


def _rooms(files: CouncilFiles) -> frozenset[str]:
    found = {
        "forms": files.forms,
        "templates": _own(files, ".docx"),
        "pages": files.pages,
        "examples": files.examples,
    }
    return frozenset(room for room, has in found.items() if has)


def _read(
    council: str, texts: Mapping[str, bytes], shown: Mapping[str, str], faults: list[Fault]
) -> tuple[Procedure, dict[str, Form]]:
    """Read and check everything before complaining. Raises BadDefinition with `faults` and more."""
    main = f"procedures/{council}/{PROCEDURE}"
    forms: dict[str, Form] = {}
    sources: dict[str, Written] = {}
    names = {Path(name).stem: name for name in texts if name != main and _is_form(name)}
    for stem, name in names.items():
        form = _form_in_order(texts[name])
        if form is None:
            sources[stem] = read_yaml(texts[name])
            form = as_model(Form, sources[stem], form_schema())
        if form is not None:
            forms[stem] = form
    own = tuple(name for name in names if name not in ACT_FORMS)
    source, procedure = _procedure_in(texts[main], own) if main in texts else (Written(), None)
    if procedure is not None:
        for stem, form in forms.items():
            found = _problems_of(stem, form, procedure)
            if found:
                sources.setdefault(stem, read_yaml(texts[names[stem]])).refuse_all(found)
    every = [(main, source), *((names[stem], written) for stem, written in sources.items())]
    faults += [fault for name, written in every for fault in faults_in(shown[name], written)]
    if faults or procedure is None:
        raise BadDefinition(faults)
    return procedure, forms


def _earlier(room: Path, forms: Path, faults: list[Fault]) -> Iterator[EarlierEdition]:
    for path in sorted(room.glob("*.yml")):
        procedure = _model_at(path, Procedure, procedure_schema(), faults)
        asked = {
            one.stem: _model_at(one, Form, form_schema(), faults)
            for one in sorted((forms / path.stem).glob("*.yml"))
        }
        if procedure is not None:
            kept = {name: form for name, form in asked.items() if form and name not in ACT_FORMS}
            yield EarlierEdition(procedure, kept)


def _model_at(
    path: Path, model: type[_Model], schema: Mapping[str, Any], faults: list[Fault]
) -> _Model | None:
    content = content_or_fault(path, faults)
    source = read_yaml(content) if content is not None else Written()
    found = as_model(model, source, schema)
    faults.extend(faults_in(str(path), source))
    return found


def _is_form(name: str) -> bool:
    return name.endswith(".yml") and Path(name).stem != NOTICES


def _problems_of(stem: str, form: Form, procedure: Procedure) -> list[Problem]:
    of_the_act = problems_of_act_form(stem, form) if stem in ACT_FORMS else ()
    return [*problems_of_form(form, procedure), *of_the_act]


@lru_cache(maxsize=512)
def _form_in_order(content: bytes) -> Form | None:
    """A form without a fault, read once for all the councils that share it; None where it has any."""
    source = read_yaml(content)
    form = as_model(Form, source, form_schema())
    return None if source.problems else form


@lru_cache(maxsize=16)
def _procedure_in(content: bytes, forms: tuple[str, ...]) -> tuple[Written, Procedure | None]:
    """With all that is wrong in itself: read once, for the files and the store hold the same ones."""
    source = read_yaml(content)
    procedure = as_model(Procedure, source, procedure_schema())
    if procedure is not None:
        source.refuse_all(problems_of(procedure, forms))
    return source, procedure


def as_model(model: type[_Model], source: Written, schema: Mapping[str, Any]) -> _Model | None:
    """None where nothing stands in the file or it does not fit: `source` is told why."""
    if source.value is None:
        return None
    try:
        return model.model_validate(source.value)
    except ValidationError as error:
        source.refuse_all(problems_in(error, source.value, schema))
        return None


def faults_in(file: str, source: Written) -> Iterator[Fault]:
    for line, one in sorted(source.problems, key=lambda pair: pair[0]):
        yield Fault(file, line, dotted(one.path), one.found, one.expected, one.hint)


def _examples(path: Path, faults: list[Fault]) -> tuple[dict[str, Any], ...]:
    content = content_or_fault(path, faults) if path.exists() else None
    if content is None or _says_nothing(content):
        return ()
    source = read_yaml(content)
    cases = source.value if isinstance(source.value, list) else []
    if not source.problems and not (cases and all(isinstance(case, dict) for case in cases)):
        source.refuse(Problem((), "something else", "a list of worked cases"))
    for place, case in enumerate(cases):
        source.refuse_all(problems_in_case(case, place))
    faults += faults_in(str(path), source)
    return tuple(case for case in cases if isinstance(case, dict))


def _says_nothing(content: bytes) -> bool:
    """Nothing but comments: a list of worked cases that was emptied, or is still to be begun."""
    return not any(
        line.strip() and not line.lstrip().startswith(b"#") for line in content.splitlines()
    )
