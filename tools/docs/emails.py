"""docs/emails.md: every e-mail as its reader gets it, filled with what an alert of a made-up officer would say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from practice_alerts import ROOT
from practice_alerts.adapters.files.notices import load_notices
from practice_alerts.domain.notices.kinds import KINDS
from practice_alerts.domain.notices.texts import NoticeFacts, NoticeItem, Text
from practice_alerts.domain.notices.urgency import URGENCY

_DUE, _ALERT = date(2026, 6, 11), "LAM-2026-0042"
_LINK = "https://alerts.council.example/respond/tQ3xW"
_PAGE = f"https://alerts.council.example/app/alert?reference={_ALERT}"
_FACTS = NoticeFacts(
    reference=_ALERT,
    stage="Stage One",
    due=_DUE,
    limit=date(2026, 6, 29),
    link=_LINK,
    minutes=30,
    needs_you=2,
    to_judge=1,
    waiting=3,
    holds=1,
    listed=(NoticeItem(_ALERT, "late, which was due", _DUE, _PAGE),),
    news=(
        Text(f"Practice alert {_ALERT}: the answer was not satisfactory", f"Why:\n{_PAGE}\n"),
        Text("Practice alert LAM-2026-0040 is closed", f"How it ended:\n{_PAGE}\n"),
    ),
    council="Lambeth",
    officer="Ines Example, Independent Reviewing Officer",
    contact="ines.example@council.example, 020 7946 0000",
    otherwise="it may go on to Stage Two",
    opens="The link opens nothing by itself. On the page it leads to, ask for a second e-mail: that one signs you in.",
    alert="Practice alert",
    step="professionals' meeting",
    change="another mail address for you",
    doer="Team Manager",
    answered="Team Manager",
    awaited="Service Manager",
)


def emails_page() -> str:
    """The whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    texts = load_notices(ROOT / "form_templates", ())[""]
    yield "# Every e-mail, as it is read"
    yield ""
    yield "Made by `python -m tools.docs` from `form_templates/common/notices.yml`, for reading aloud; people and alerts are"
    yield "made up. To whom each goes and what may stand in it says [the page on notices](notices.md)."
    for name, kind in KINDS.items():
        said = texts.write(name, _FACTS)
        yield f"\n## {name}\n"
        yield f"To {kind.to}: {kind.when}. Leaves: {URGENCY[name].words}.\n"
        yield "```text"
        yield f"Subject: {said.subject}\n\n{said.body.rstrip()}"
        yield "```"
    yield ""
