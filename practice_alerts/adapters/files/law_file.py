"""Reads `law.yml`, which lies beside the councils' folders; where there is none, the product's own."""

from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from practice_alerts import ROOT
from practice_alerts.adapters.files.lies_within import content_or_fault
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.domain.errors import BadDefinition, Fault
from practice_alerts.domain.files.faults import dotted, problems_in
from practice_alerts.domain.procedure.law_book import NO_LAW, LawBook

LAW = "law.yml"
_OURS = ROOT / "procedures" / LAW


def read_law(procedures: Path) -> LawBook:
    """The book for the councils of this folder. Raises BadDefinition with every fault and its line."""
    own = procedures / LAW
    path = own if own.is_file() else _OURS
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> LawBook:
    faults, found = list[Fault](), NO_LAW
    content = content_or_fault(path, faults)
    if content is None:
        raise BadDefinition(faults)
    source = read_yaml(content)
    try:
        found = LawBook.model_validate(source.value)
    except ValidationError as error:
        source.refuse_all(problems_in(error, source.value, LawBook.model_json_schema()))
    if source.problems:
        faults = [
            Fault(str(path), line, dotted(one.path), one.found, one.expected, one.hint)
            for line, one in sorted(source.problems, key=lambda pair: pair[0])
        ]
        raise BadDefinition(faults)
    return found
