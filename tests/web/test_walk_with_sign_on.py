"""The standing walk where both councils have single sign-on: their accounts open what a link opened, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from practice_alerts.adapters.links_and_sessions import OfAccount
from tests.helpers.product.issuer import Issuer, served
from tests.helpers.product.signed_on import sign_on
from tests.helpers.product.two_councils import HERE, THERE, TwoCouncils, Visitor, open_two_councils
from tests.web.conftest import Walk, walked
from tests.web.standing_walk import TABLE, Admits, Line, Place, line, places

SIGN_ON: dict[str, Line] = {
    "/sign-in/with/{council}": line(
        Admits.EVERYBODY,
        *("/sign-in/with/{council}", "/sign-in/with/{council}?next=https://elsewhere.example/"),
        gives=(303,),
        cookies=frozenset({"practice_alerts_way"}),
    ),
    "/sign-in/back/{council}": line(
        Admits.EVERYBODY,
        *("/sign-in/back/{council}?code=x&state=y", "/sign-in/back/{council}?error=access_denied"),
        *("/sign-in/back/{council}", "/sign-in/back/{council}?code=x&code=y&state=x"),
        gives=(400, 403),
    ),
    "/sign-out/at/{council}": line(Admits.EVERYBODY, "/sign-out/at/{council}", gives=(200, 303)),
    "/ended-elsewhere/{council}": line(
        Admits.EVERYBODY, "/ended-elsewhere/{council}", gives=(405,)
    ),
}
"""What the walk's table has of these addresses holds where no council has single sign-on."""


COME = {
    "iro",
    "manager",
    "qa",
    "admin",
    "auditor",
    "merton-iro",
    "merton-social_worker",
    "merton-qa",
}
"""Of those who are known; everybody comes where there is no single sign-on."""


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("walk")
    two = open_two_councils(folder / "data")
    now = two.desk.office.now
    with served(Issuer(now)) as here, served(Issuer(now)) as there:
        ons = (sign_on(HERE, here), sign_on(THERE, there))
        office = replace(two.desk.office, settings=replace(two.desk.office.settings, sign_ons=ons))
        for council, one in ((HERE, here), (THERE, there)):
            one.returns.append(f"{office.settings.base_url}/sign-in/back/{council}")
        two = replace(
            two, desk=replace(two.desk, office=office), there=replace(two.there, office=office)
        )
        with walked(two, folder, by_account(two)) as walk:
            yield walk


def by_account(two: TwoCouncils) -> tuple[Visitor, ...]:
    """Everybody known comes by the account of the council where they hold their post."""
    issuers = {one.council: one.issuer for one in two.desk.office.settings.sign_ons}

    def came(who: Visitor) -> Visitor:
        council = next(council for council, _ in who.posts)
        account = OfAccount(issuers[council], f"account-of-{who.name}", None, None)
        entered = two.desk.office.sign_in.open_by_account(who.person_id, account, "/app/")
        return replace(who, cookie=entered.session_token)

    return tuple(came(one) if one.is_known else one for one in two.visitors())


def _every(two: TwoCouncils) -> list[Place]:
    with_it = {address: SIGN_ON.get(address, one) for address, one in TABLE.items()}
    return list(places(two, with_it))


def test_every_address_of_signing_on_has_its_own_line_here() -> None:
    assert {one for one in TABLE if "{council}" in one and "/sign-" in one} | {
        "/ended-elsewhere/{council}"
    } == set(SIGN_ON)


def test_each_visitor_gets_at_each_address_what_the_tables_say(walk: Walk) -> None:
    found = [
        (who.name, place.address, wrong)
        for who in walk.visitors
        if who.name in COME or not who.is_known
        for place in _every(walk.two)
        if (wrong := walk.wrong(who, place, "GET"))
    ]
    assert {who.name for who in walk.visitors} >= COME
    assert found == []
