"""What a plain page is sent leads to another page, so that going back or loading again sends nothing once more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import httpx
import pytest
from starlette.routing import Route

from practice_alerts.adapters.store.core.database import Database
from practice_alerts.domain.errors import Storage, StorageTrouble
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.two_councils import HERE, THERE
from tests.web.conftest import Walk

MAY = "from_day=2025-05-01&to_day=2025-05-31"
WORDS, ACTION = f"/reports/{HERE}/service/words", f"/reports/{HERE}/service/action"
PROGRAMS = {"/ended-elsewhere/{council}", "/scim/{rest:path}"}
"""Where a program sends something: it shows no page to anybody."""


@dataclass(frozen=True)
class Sending:
    """Something that is sent there, by whom, and the status of its answer."""

    path: Callable[[Walk], str]
    typed: Callable[[Walk], dict[str, str]]
    by: str | None = None
    status: int = 303


def at(path: str) -> Callable[[Walk], str]:
    return lambda _: path


def typed(**fields: str) -> Callable[[Walk], dict[str, str]]:
    return lambda _: fields


def asking(council: str) -> Callable[[Walk], str]:
    return lambda walk: f"/respond/{walk.two.asking_id(council)}"


def a_link(walk: Walk) -> dict[str, str]:
    return {"token": walk.two.desk.office.sign_in.issue_link("worker")}


def about_the_child(walk: Walk) -> dict[str, str]:
    child = str(walk.two.alerts[HERE].alert.answers["case_number"])
    today = walk.two.desk.office.today.isoformat()
    whose = {"requester": "court", "their_number": "C 7"}
    return {"about": "child", "case_number": child, "as_of": today, **whose}


def a_disclosure(walk: Walk) -> str:
    begun = walk.as_(walk.named("boss")).post(f"/disclosures/{HERE}", about_the_child(walk))
    return str(begun.headers["location"])


SENT: dict[str, tuple[Sending, ...]] = {
    "/respond/{asking}": (
        Sending(asking(HERE), typed(press="link")),
        Sending(asking(THERE), typed(press="link")),
        *(
            Sending(asking(HERE), typed(press=press, text="Half of it."), "manager")
            for press in (
                "send",
                "keep",
                "record:beside-not-theirs",
                "record:no-such",
                "nonsense",
                "same",
            )
        ),
        # Kept as it is typed, by a script; and handed back where nobody can say whose it is.
        Sending(asking(HERE), typed(press="typing", text="Half of it."), "manager", 204),
        Sending(asking(HERE), typed(press="send", text="Half of it."), None, 401),
        Sending(asking(THERE), typed(press="send", text="Half of it."), "manager", 404),
    ),
    "/sign-in": (
        Sending(at("/sign-in"), typed(email="iro@practice.invalid")),
        Sending(at("/sign-in"), typed(email="nobody@practice.invalid")),
        # An address stands in no address of ours: what is mistyped is handed back.
        Sending(at("/sign-in"), typed(email="iro"), None, 422),
    ),
    "/sign-in/use": (
        Sending(at("/sign-in/use"), a_link),
        Sending(at("/sign-in/use"), typed(token="no link"), None, 400),
    ),
    "/sign-out": (Sending(at("/sign-out"), typed(), "assistant"),),
    "/sessions": (
        Sending(at("/sessions"), typed(session="none"), "iro"),
        Sending(at("/sessions"), typed(everywhere="yes"), "service"),
    ),
    "/reports/{council}/{report}": (
        Sending(at(f"/reports/{HERE}/service?{MAY}"), typed(), "qa"),
        # Issued once, over, and of one's own council alone.
        Sending(at(f"/reports/{HERE}/service?{MAY}"), typed(), "qa", 400),
        Sending(at(f"/reports/{HERE}/service?{MAY}"), typed(), "auditor", 404),
        Sending(at(f"/reports/{THERE}/service?{MAY}"), typed(), "qa", 404),
    ),
    "/reports/{council}/{report}/words": (
        Sending(at(f"{WORDS}?{MAY}"), typed(place="summary", body="The year was quiet."), "qa"),
        # What may be a name is handed back, and nothing is kept.
        Sending(at(f"{WORDS}?{MAY}"), typed(place="summary", body="We met Zebedee."), "qa", 400),
        # By whoever wrote it, as it is no longer, where there is none; and by nobody else.
        Sending(at(f"{WORDS}?{MAY}"), typed(place="summary", publish="x"), "qa", 400),
        Sending(at(f"{WORDS}?{MAY}"), typed(place="summary", publish="x"), "boss", 400),
        Sending(at(f"{WORDS}?{MAY}"), typed(place="nowhere", body="Words."), "qa", 404),
        Sending(at(f"{WORDS}?{MAY}"), typed(place="summary", body="Words."), "auditor", 404),
        Sending(at(f"/reports/{THERE}/service/words?{MAY}"), typed(place="summary"), "qa", 404),
    ),
    "/reports/{council}/{report}/action": (
        Sending(
            at(f"{ACTION}?{MAY}"), typed(what="Train the teams.", owner="post:iro_manager"), "qa"
        ),
        Sending(at(f"{ACTION}?{MAY}"), typed(what="", owner="post:nobody"), "qa", 400),
        Sending(
            at(f"{ACTION}?{MAY}"),
            typed(number="99", what="Train.", owner="post:qa_lead"),
            "qa",
            404,
        ),
        Sending(at(f"/reports/{THERE}/service/action?{MAY}"), typed(what="Train."), "qa", 404),
    ),
    "/disclosures/{council}": (
        Sending(at(f"/disclosures/{HERE}"), about_the_child, "boss"),
        # Nothing was begun: what was typed is handed back.
        Sending(at(f"/disclosures/{HERE}"), typed(about="child"), "boss", 400),
        Sending(at(f"/disclosures/{THERE}"), about_the_child, "boss", 404),
    ),
    "/disclosures/{council}/{number:int}": (
        Sending(a_disclosure, typed(do="drop", reason="Taken back."), "boss"),
        Sending(a_disclosure, typed(do="drop", seen="1"), "boss", 400),
        Sending(a_disclosure, typed(do="issue", seen="1"), "manager", 403),
    ),
    "/sessions/again": (Sending(at("/sessions/again"), typed(next="/app/tray"), "iro"),),
}


def test_every_page_that_is_sent_something_stands_in_the_table(walk: Walk) -> None:
    found = {
        one.path
        for one in walk.app.routes
        if isinstance(one, Route) and "POST" in (one.methods or ())
    }
    assert found == {*SENT, *PROGRAMS}


@pytest.mark.parametrize("path", SENT)
def test_what_is_sent_leads_on_and_loading_that_again_shows_the_same(walk: Walk, path: str) -> None:
    for one in SENT[path]:
        visitor = _visitor(walk, one.by)
        answer = visitor.post(one.path(walk), one.typed(walk))
        assert answer.status_code == one.status, (path, one)
        if one.status == 303:
            _loads_again(visitor, answer)


@pytest.mark.parametrize("path", SENT)
def test_what_cannot_be_kept_is_said_in_one_sentence_and_handed_back(
    walk: Walk, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [(one, _visitor(walk, one.by), one.path(walk), one.typed(walk)) for one in SENT[path]]
    monkeypatch.setattr(Database, "writing", _busy)
    for one, visitor, where, words in sent:
        answer = visitor.post(where, words, {"accept": "text/html"})
        if answer.status_code == 503:
            assert answer.headers["retry-after"] == "60"
            assert "nothing was recorded" in answer.text
            texts = {said for name, said in words.items() if " " in said or name in ALONE}
            assert not [
                one for one in words if one in {"token", "act_key"} and words[one] in answer.text
            ]
            missing = {said for said in texts if said not in answer.text}
            assert not missing, (path, one)
        else:  # nothing is to be kept: it is refused, or asks for nothing
            assert answer.status_code == one.status, (path, one)
            for_nothing = words.get("session") == "none" or words.get("press") == "same"
            assert one.status >= 400 or for_nothing, (path, one)


ALONE = {"text", "reason", "what", "why", "references", "body", "came_of_it", "email"}
"""The names under which one word alone may be typed."""


def _busy(*_: object) -> NoReturn:
    raise StorageTrouble(Storage.BUSY)


def _visitor(walk: Walk, who: str | None) -> Asking:
    if who is None:
        return walk.as_(walk.named("stranger"))
    fresh = walk.as_(walk.named("stranger"))
    fresh.cookies.set(walk.two.home.cookie, walk.two.session(who))
    return fresh


def _loads_again(visitor: Asking, answer: httpx.Response) -> None:
    where = answer.headers["location"]
    if not where.startswith("/app"):
        while (first := visitor.get(where)).status_code == 303:  # the thanks of an answer not given
            where = first.headers["location"]
        again = visitor.get(where)
        assert first.status_code == again.status_code in {200, 422}
