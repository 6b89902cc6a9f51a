"""The small product, running in this process: Streamlit keeps one runtime, so it is made once a module."""

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import streamlit  # noqa: TID251 - its runtime has to be put away again
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.applications import Starlette

from tests.helpers.asking import Asking
from tests.helpers.small_product import SmallProduct


@dataclass
class Running:
    """The product on a loop of its own; `visitor()` is a browser that nobody has signed in with."""

    product: SmallProduct
    app: Starlette
    portal: BlockingPortal

    def visitor(self) -> Asking:
        def run(exchange: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
            return self.portal.call(exchange)

        return Asking(self.app, self.product.base_url, run=run)

    def signed_in(self, person: str) -> Asking:
        visitor = self.visitor()
        token = self.product.link(person).rpartition("/")[2]
        answer = visitor.post("/sign-in/use", {"token": token})
        assert answer.status_code == 303
        return visitor


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    product = SmallProduct(tmp_path_factory.mktemp("small"))
    beside = streamlit.config._main_script_path
    streamlit.config._main_script_path = None
    app = product.app()
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(app.router.lifespan_context(app)),
    ):
        yield Running(product, app, portal)
    streamlit.runtime.Runtime._instance = None
    streamlit.config._main_script_path = beside
    streamlit.config._config_options = None
