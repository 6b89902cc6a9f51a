"""A silent mail server takes a few threads of its own, and none from the pages."""

import asyncio
import threading

import pytest
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from practice_alerts.web.shell import own_threads
from practice_alerts.web.shell.own_threads import in_own_threads


async def _begun(begun: asyncio.Queue[str], times: int) -> None:
    for _ in range(times):
        await asyncio.wait_for(begun.get(), 30)


def test_sixty_who_wait_for_a_silent_mail_server_keep_no_page_waiting() -> None:
    silent = threading.Event()
    holding: list[str] = []

    async def morning() -> str:
        begun: asyncio.Queue[str] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def send(mail: str) -> None:
            holding.append(mail)
            loop.call_soon_threadsafe(begun.put_nowait, mail)
            silent.wait(60)

        send_link = in_own_threads(send, 4)
        links = [BackgroundTask(send_link, f"{n}@x.invalid") for n in range(60)]
        asked = [asyncio.create_task(link()) for link in links]
        await _begun(begun, 4)
        answered = await asyncio.wait_for(run_in_threadpool(lambda: "an answer page"), 30)
        assert len(holding) == 4
        silent.set()
        await asyncio.gather(*asked)
        return answered

    assert asyncio.run(morning()) == "an answer page"
    assert len(holding) == 60


def test_what_waits_has_an_end(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(own_threads, "_MOST_WAITING", 3)
    begun: list[int] = []

    async def crowd() -> None:
        run = in_own_threads(begun.append)
        await asyncio.gather(*(run(n) for n in range(10)))

    asyncio.run(crowd())
    assert len(begun) == 4
    assert "Too much waits" in caplog.text
