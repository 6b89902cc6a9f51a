"""A council's own system, as it speaks SCIM to the product in this process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.directory.in_bulk import scim_tokens
from practice_alerts.casework.directory.in_bulk.people_import import SavedTable
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.office import Office
from practice_alerts.web.pages.scim import ScimPages
from practice_alerts.web.shell.error_reports import Bugs
from practice_alerts.web.shell.gate import AccessGate
from practice_alerts.web.shell.headers import Headers, policies
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.rate_limit import Limiter
from tests.helpers.days import day
from tests.helpers.product.office import Desk

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
WORK = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
STAY = "urn:ietf:params:scim:schemas:extension:practice-alerts:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
OLA = Actor("", "Ola Sample", "*", COMMAND_LINE.posts)
TITLES = (
    "title,post,team\nTM Safeguarding,team_manager,\nReviewing Off.,iro,*\nBusiness Support,,\n"
)


def scim_app(office: Office, *limits: Limiter) -> Starlette:
    pages, home = PlainPages(sample=False), Home(office.settings.base_url)
    return Starlette(
        routes=ScimPages(office, *limits).routes(),
        middleware=[
            Middleware(Headers, home, policies("")),
            Middleware(Bugs, pages.bug),
            Middleware(AccessGate, home, office.sign_in, pages.refusal),
        ],
        exception_handlers={404: pages.http_error},
    )


def made_token(desk: Desk, council: str = "lambeth", until: str = "Mon 2025-09-01") -> str:
    """And an administrator of that council has a mailbox where the people of these tests have theirs."""
    with desk.office.database.writing() as tx:
        for one in directory.everybody(tx, council):
            if one.id in {"admin", "far_admin"}:
                directory.change_person(tx, one.id, one.name, f"{one.id}@council.example")
    titles = SavedTable("titles.csv", TITLES.encode())
    return scim_tokens.make(desk.office, OLA, council, day(until), titles)[0]


@dataclass(frozen=True)
class OtherSystem:
    app: Starlette
    home: str
    token: str = ""
    council: str = "lambeth"
    headers: Mapping[str, str] = field(default_factory=dict)

    def with_(self, **other: Any) -> OtherSystem:
        return replace(self, **other)

    def ask(
        self, method: str, path: str, said: object = None, content: bytes | None = None
    ) -> httpx.Response:
        """`path` is below the council's own address."""
        sent = json.dumps(said).encode() if said is not None else content or b""
        headers = {"content-type": "application/scim+json", **self.headers}
        if self.token:
            headers.setdefault("authorization", f"Bearer {self.token}")

        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=self.home) as client:
                address = f"/scim/v2/{self.council}/{path}"
                return await client.request(method, address, content=sent, headers=headers)

        return asyncio.run(exchange())

    def get(self, path: str) -> httpx.Response:
        return self.ask("GET", path)

    def create(self, **said: Any) -> httpx.Response:
        return self.ask("POST", "Users", person(**said))

    def made(self, **said: Any) -> str:
        """The id of somebody new."""
        answer = self.create(**said)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def patch(self, who: str, *operations: Mapping[str, Any]) -> httpx.Response:
        said = {"schemas": [PATCH], "Operations": list(operations)}
        return self.ask("PATCH", f"Users/{who}", said)

    def replace(self, who: str, **said: Any) -> httpx.Response:
        return self.ask("PUT", f"Users/{who}", person(**said))

    def found(self, filter_: str) -> list[dict[str, Any]]:
        answer = self.get("Users?filter=" + httpx.QueryParams({"f": filter_})["f"])
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["Resources"]
        return found


def person(
    *,
    name: str = "Ash Fiction",
    mail: str = "ash@council.example",
    title: str = "",
    team: str = "",
    until: str = "",
    **more: Any,
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "schemas": [CORE, WORK, STAY],
        "userName": mail,
        "displayName": name,
        "active": True,
        "emails": [{"value": mail, "type": "work", "primary": True}],
    }
    said |= {"title": title} if title else {}
    said |= {WORK: {"department": team}} if team else {}
    said |= {STAY: {"until": until}} if until else {}
    return said | more
