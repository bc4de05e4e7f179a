"""The hub's bounds: how many may listen, and what becomes of those who do not read."""

import asyncio

import pytest

from yui.kernel.live.application import LiveApplication
from yui.kernel.live.hub import WAITING_MESSAGES, Hub, HubFull, Listener


def nobody(_session_key):
    return None


def test_whoever_comes_when_all_places_are_taken_is_turned_away():
    async def play():
        hub = Hub(nobody, limit=2)
        hub._listeners.update({Listener("a"), Listener("b")})
        with pytest.raises(HubFull):
            await hub.admit("c", "")
        await hub.close()

    asyncio.run(play())


def test_a_page_that_does_not_read_is_dropped_and_leaves_its_place():
    async def play():
        hub = Hub(nobody)
        listener = Listener("a")
        hub._listeners.add(listener)
        for number in range(WAITING_MESSAGES + 1):
            hub._offer(listener, b"%d" % number)
        assert listener.is_dropped
        assert hub.size == 0
        assert await listener.queue.get() is None
        await hub.close()

    asyncio.run(play())


def test_a_full_process_answers_503_and_says_when_to_come_back():
    async def play():
        application = LiveApplication(nobody, limit=0)
        sent = []

        async def send(message):
            sent.append(message)

        async def receive():
            return {"type": "http.disconnect"}

        await application({"method": "GET", "headers": [(b"host", b"testserver")]}, receive, send)
        await application.hub.close()
        return sent

    sent = asyncio.run(play())
    assert sent[0]["status"] == 503
    assert (b"retry-after", b"10") in sent[0]["headers"]
