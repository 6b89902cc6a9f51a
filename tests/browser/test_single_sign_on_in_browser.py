"""A council's account in Chromium: there and back, proving again, signing out in both places, ended elsewhere."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.helpers.app.page_watcher import Watch
from tests.helpers.app.sign_in import settle
from tests.helpers.product.issuer import CLIENT, SECRET, Issuer
from tests.helpers.product.issuer import served as served_issuer
from tests.helpers.product.running_product import Served

WITH_ACCOUNT = re.compile("Sign in with your account of")


pytestmark = pytest.mark.usefixtures("app_opened_within")


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    def now() -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the product under test has the same clock

    with served_issuer(Issuer(now, asks=True)) as issuer:
        yield issuer


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, as_first_started: Path, issuer: Issuer
) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("signed-on") / "data"
    product = Served(shutil.copytree(as_first_started, data))
    issuer.returns.append(f"{product.origin}/sign-in/back/lambeth")
    settings = {
        "ISSUER": issuer.url,
        "CLIENT_ID": CLIENT,
        "CLIENT_SECRET": SECRET,
        "STAFF_DOMAINS": "practice.invalid",
    }
    with pytest.MonkeyPatch.context() as environment:
        for name, value in settings.items():
            environment.setenv(f"PRACTICE_ALERTS_SIGN_ON_LAMBETH_{name}", value)
        product.start()
    yield product
    product.stop()


@pytest.fixture(autouse=True)
def _only_its_own_issuer(watch: Watch, issuer: Issuer) -> None:
    watch.expect(re.escape(f"another origin: {issuer.url}/"))


def _is(issuer: Issuer, who: str) -> None:
    mail = f"{who}@practice.invalid"
    issuer.user = {"sub": f"account-of-{who}", "email": mail, "email_verified": True}


def _by_account(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name=WITH_ACCOUNT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The council's accounts")
    page.get_by_role("button", name=re.compile("Yes, I am")).click()
    page.wait_for_url(re.compile("/app/"))
    settle(page)


def test_an_administrator_comes_with_their_account_and_proves_again_before_a_change(
    new_page: Callable[..., Page], issuer: Issuer
) -> None:
    page = new_page()
    _is(issuer, "sample-admin")
    issuer.since = 3600
    page.goto("/app/directory?part=people")
    _by_account(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Directory")
    page.get_by_role("link", name=re.compile("Correct.*Toni")).click()
    settle(page)
    expect(page.get_by_text("You signed in some time ago.")).to_be_visible()
    page.get_by_label("Name").fill("Toni Renamed")
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.get_by_text("what you typed is kept").first).to_be_visible()
    page.get_by_role("link", name="Sign in once more").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign in once more")
    _by_account(page)
    expect(page.get_by_label("Name")).to_have_value("Toni Renamed")
    expect(page.get_by_text("You signed in some time ago.")).to_have_count(0)
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.get_by_text("corrected.")).to_be_visible()


def test_signing_out_leads_to_signing_out_there_and_back(
    new_page: Callable[..., Page], issuer: Issuer, served: Served
) -> None:
    page = new_page()
    _is(issuer, "sample-iro")
    page.goto("/sign-in")
    _by_account(page)
    page.goto("/sign-out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    page.get_by_role("link", name="Sign out there too").click()
    expect(page).to_have_url(f"{served.origin}/sign-out")
    assert issuer.asked[-1] == "/end"


def test_a_page_left_open_stops_when_the_account_s_session_ends(
    new_page: Callable[..., Page], issuer: Issuer, served: Served, watch: Watch
) -> None:
    watch.expect(r"status of 401")  # whatever the open page still asks for
    page = new_page()
    _is(issuer, "sample-iro")
    page.goto("/sign-in")
    _by_account(page)
    told = {"logout_token": issuer.logout_token()}
    answer = httpx.post(f"{served.origin}/ended-elsewhere/lambeth", data=told, trust_env=False)
    assert answer.status_code == 200
    page.get_by_role("link", name="My settings").click()
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
