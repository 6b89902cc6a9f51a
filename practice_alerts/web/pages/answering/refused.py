"""What was refused on an answer page: kept beside the draft, so that the page which says why may be loaded again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import Self

from starlette.responses import RedirectResponse, Response

from practice_alerts.casework.acts import answer
from practice_alerts.casework.acts.answer import AskedView
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.domain.errors import BadAnswers, Expected
from practice_alerts.office import Office

MARK = "refused"
"""What the address says where the page shows it."""


@dataclass(frozen=True, slots=True)
class WhyRefused:
    """Why, and what was typed besides the answer, which is a draft by itself. `key`: of the form, none of the answer's."""

    key: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""

    @classmethod
    def because(
        cls, error: Expected, key: str = "", typed: Mapping[str, str] | None = None
    ) -> Self:
        faults = dict(error.faults) if isinstance(error, BadAnswers) else {}
        own = {name: said for name, said in (typed or {}).items() if name.startswith(f"{key}:")}
        return cls(key, own, faults, "" if faults else str(error))

    def __bool__(self) -> bool:
        return bool(self.faults or self.trouble)


def show(
    office: Office, who: str, asked: AskedView, refused: WhyRefused, *, then: str = ""
) -> Response:
    """Lead to the page that says so: going back or loading again then sends nothing."""
    kept_drafts.keep(office, who, _about(asked), asdict(refused))
    return RedirectResponse(f"/respond/{asked.asking.id}{then}?{MARK}=yes", HTTPStatus.SEE_OTHER)


def kept(office: Office, who: str, asked: AskedView) -> WhyRefused:
    found = kept_drafts.kept(office, who, _about(asked))
    return WhyRefused(**{name: found[name] for name in asdict(WhyRefused()) if name in found})


def forget(office: Office, who: str, asked: AskedView) -> None:
    """Something was done: why it was refused before says nothing any more."""
    kept_drafts.discard_kept(office, who, _about(asked))


def _about(asked: AskedView) -> str:
    return f"{answer.draft_name(asked.known.id)}:{MARK}"
