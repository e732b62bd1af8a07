"""`python -m tests.bench.slack_load`: Slack in a process of its own, for the benchmark.

Says its port, reads the bot's, and prints what it measured as JSON.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from collections import Counter
from typing import Final

import uvloop
from aiohttp import ClientSession, TCPConnector, web

from adapters.slack.signature import sign
from tests.bench.results import percentile
from tests.platforms.slack_server import BOT, BOT_ID, SECRET, TEAM

PEOPLE: Final = 1000
RATE: Final = 500.0
RATE_S: Final = 6.0
MOST_S: Final = 6.0
CLIENTS: Final = 64
ONE_BY_ONE: Final = 200
# As long as answers may take to come after the last message.
PATIENCE_S: Final = 60.0
SAID: Final = ("balance", "how much has design spent this month?", "open requests")


def user_of(number: int) -> str:
    return f"U{number:06d}"


class Workspace:
    """Delivers messages and notes when each was acknowledged and answered."""

    def __init__(self) -> None:
        self.answers: Counter[str] = Counter()
        self.answered = asyncio.Event()
        self.last_answer = 0.0
        self.awaited = 0
        self._numbers = itertools.count(1)
        self._people = itertools.cycle(range(PEOPLE))

    def application(self) -> web.Application:
        application = web.Application()
        application.router.add_post("/api/auth.test", self._who)
        application.router.add_post("/api/chat.postMessage", self._post)
        return application

    async def _who(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {"ok": True, "team_id": TEAM, "user_id": BOT, "bot_id": BOT_ID, "team": "Acme"}
        )

    async def _post(self, request: web.Request) -> web.Response:
        given = await request.json()
        self.answers[given["metadata"]["event_payload"]["outbox"]] += 1
        self.last_answer = time.perf_counter()
        if self.answers.total() >= self.awaited:
            self.answered.set()
        number = next(self._numbers)
        return web.json_response(
            {"ok": True, "channel": given["channel"], "ts": f"{int(time.time())}.{number:06d}"}
        )

    async def say(self, http: ClientSession) -> float:
        """Deliver one message; return how long its acknowledgement took."""
        number, person = next(self._numbers), next(self._people)
        stamp = f"{int(time.time())}.{number:06d}"
        body = json.dumps(
            {
                "type": "event_callback",
                "team_id": TEAM,
                "event_id": f"Ev{number}",
                "event": {
                    "type": "message",
                    "channel": f"D{user_of(person)}",
                    "channel_type": "im",
                    "user": user_of(person),
                    "text": SAID[number % len(SAID)],
                    "ts": stamp,
                },
            }
        ).encode()
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(SECRET, timestamp, body),
        }
        began = time.perf_counter()
        async with http.post("/slack/events", data=body, headers=headers) as answer:
            await answer.read()
            assert answer.status == 200, answer.status
        return time.perf_counter() - began

    def begin(self) -> float:
        self.answers.clear()
        self.answered.clear()
        self.awaited = sys.maxsize
        return time.perf_counter()

    async def all_answered(self, count: int) -> tuple[int, int]:
        """Wait until so many are answered; return how many are not, and how many twice."""
        self.awaited = count
        if self.answers.total() < count:
            self.answered.clear()
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self.answered.wait()
            except TimeoutError:
                pass
        doubled = sum(times - 1 for times in self.answers.values())
        return count - len(self.answers), doubled


async def offered(space: Workspace, http: ClientSession) -> dict[str, float]:
    """Deliver at a rate, evenly, whatever the bot does."""
    began = space.begin()
    latencies: list[float] = []

    async def one(due: float) -> None:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        took = await space.say(http)
        # A late start is the sender's; what Slack waits for is the answer.
        latencies.append(took)

    count = int(RATE * RATE_S)
    await asyncio.gather(*(one(began + number / RATE) for number in range(count)))
    seconds = time.perf_counter() - began
    lost, doubled = await space.all_answered(count)
    return {
        "rate": count / seconds,
        "p50": percentile(latencies, 0.5),
        "p99": percentile(latencies, 0.99),
        "lost": lost,
        "doubled": doubled,
    }


async def most(space: Workspace, http: ClientSession) -> dict[str, float]:
    """Deliver as fast as acknowledgements come; count turns until their last answer."""
    began = space.begin()
    count = 0

    async def client() -> None:
        nonlocal count
        while time.perf_counter() < began + MOST_S:
            count += 1
            await space.say(http)

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    lost, doubled = await space.all_answered(count)
    return {
        "count": count,
        "turns": (count - lost) / (space.last_answer - began),
        "lost": lost,
        "doubled": doubled,
    }


async def idle(space: Workspace, http: ClientSession) -> dict[str, float]:
    """Say one thing after the other, each when the one before was answered."""
    latencies = []
    for _ in range(ONE_BY_ONE):
        began = space.begin()
        space.awaited = 1
        await space.say(http)
        await space.answered.wait()
        latencies.append(space.last_answer - began)
    return {"p50": percentile(latencies, 0.5), "p99": percentile(latencies, 0.99)}


async def run() -> None:
    space = Workspace()
    runner = web.AppRunner(space.application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    port = int(await asyncio.to_thread(sys.stdin.readline))
    connector = TCPConnector(limit=200)
    async with ClientSession(f"http://127.0.0.1:{port}", connector=connector) as http:
        # A round of everything first: statements are compiled once a process.
        await idle(space, http)
        found = {
            "idle": await idle(space, http),
            "offered": await offered(space, http),
            "most": await most(space, http),
        }
    await runner.cleanup()
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    uvloop.run(run())
