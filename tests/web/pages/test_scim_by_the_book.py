"""What RFC 7643 and 7644 want of a service, asked by the checks of others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import httpx
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_models import ResourceType, ScimProvider
from scim2_tester import Status, check_server
from starlette.applications import Starlette

from practice_alerts.adapters.scim.protocol import ScimUser, Work
from tests.helpers.product.office import open_desk
from tests.helpers.product.scim_client import made_token, scim_app

_PERSON: Any = ScimUser[Work]  # type: ignore[misc] # made while it runs

# Without the extension for agency staff: the checks cannot make up a day.
_KNOWN = ScimProvider(
    models=[ScimUser, Work],
    resource_types=[ResourceType.from_resource(_PERSON)],
)


def _as_wsgi(app: Starlette) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """The checks speak to a server of the older kind."""

    def ask(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(
                transport=transport, base_url=f"http://{environ['HTTP_HOST']}"
            ) as client:
                query = environ.get("QUERY_STRING", "")
                return await client.request(
                    environ["REQUEST_METHOD"],
                    environ.get("SCRIPT_NAME", "")
                    + environ["PATH_INFO"]
                    + (f"?{query}" if query else ""),
                    content=environ["wsgi.input"].read(),
                    headers={"authorization": environ["HTTP_AUTHORIZATION"]},
                )

        answer = asyncio.run(exchange())
        start(f"{answer.status_code} {answer.reason_phrase}", list(answer.headers.items()))
        return [answer.content]

    return ask


def test_the_checks_of_others_find_nothing_wrong(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data")
    client = WSGISCIMClient(
        _as_wsgi(scim_app(desk.office)),
        "http://localhost:8000/scim/v2/lambeth",
        headers={"authorization": f"Bearer {made_token(desk)}"},
        provider=_KNOWN,
    )
    found = check_server(client)
    desk.office.database.close()
    good = {Status.SUCCESS, Status.COMPLIANT}
    wrong = [(one.title, str(one.reason)) for one in found if one.status not in good]
    # Whoever has left does not come back because the mark of it is taken away; and people are sought by filter alone.
    meant = ("'active'", "is not supported by the server")
    assert [one for one in wrong if not one[1].endswith(meant)] == []
    assert len(wrong) <= len(meant)
    assert {"object_creation", "object_query", "object_replacement", "object_deletion"} <= {
        one.title for one in found
    }
    assert len(found) > 40
