"""Reads the texts of notices: everybody's, and those a council says in its own way."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from practice_alerts import ROOT
from practice_alerts.adapters.files.lies_within import content_or_fault
from practice_alerts.adapters.files.procedures import as_model, faults_in
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.domain.errors import BadDefinition, Fault
from practice_alerts.domain.files.notice_validation import problems_of_notices
from practice_alerts.domain.files.schema import notices_schema
from practice_alerts.domain.notices.kinds import KINDS
from practice_alerts.domain.notices.texts import NoticeFile, Notices

FILE: Final = "notices.yml"
EVERYBODYS: Final = f"common/{FILE}"
_SHIPPED: Final = ROOT / "form_templates" / EVERYBODYS


def load_notices(form_templates: Path, councils: Iterable[str]) -> dict[str, Notices]:
    """The texts that hold for each council, and under "" those that hold for all.

    A room of forms without texts for everybody goes by those that the product ships. Raises
    BadDefinition with the faults of all files.
    """
    faults: list[Fault] = []
    common = form_templates / EVERYBODYS
    common = common if common.is_file() else _SHIPPED
    everybodys = _read(common, faults, whole=True)
    if common != _SHIPPED:
        everybodys = _with_later(everybodys, _read(_SHIPPED, faults, whole=True))
    own = {
        council: _read(path, faults, whole=False)
        for council in councils
        if (path := form_templates / council / FILE).is_file()
    }
    if faults:
        raise BadDefinition(faults)
    loaded = {council: Notices.of(everybodys, own.get(council)) for council in councils}
    return {"": Notices.of(everybodys), **loaded}


def _with_later(own: NoticeFile, shipped: NoticeFile) -> NoticeFile:
    """A room's file from before a notice came goes by our text for it."""
    later = {name: text for name, text in shipped.notices.items() if KINDS[name].later}
    return own.model_copy(update={"notices": {**later, **own.notices}})


def _read(path: Path, faults: list[Fault], *, whole: bool) -> NoticeFile:
    """What stands in the file; what is wrong with it is added to `faults`."""
    content = content_or_fault(path, faults)
    if content is None:
        return NoticeFile()
    file, found = _read_text(str(path), content, whole=whole)
    faults += found
    return file or NoticeFile()


@lru_cache(maxsize=64)
def _read_text(
    name: str, text: bytes, *, whole: bool
) -> tuple[NoticeFile | None, tuple[Fault, ...]]:
    """Each text is read once: an office opens again whenever files change."""
    written = read_yaml(text)
    file = as_model(NoticeFile, written, notices_schema())
    if file is not None:
        written.refuse_all(problems_of_notices(file, whole=whole))
    return file, tuple(faults_in(name, written))
