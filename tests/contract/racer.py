"""A process that races another one for budget; run by `test_exactly_k.py`.

It says "ready", waits for a line, and then does everything at once. Its answer is one line of
JSON: how many calls were admitted, and the names of all errors.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from bot.clock import ManualClock
from storage.engine import open_database
from tests.ledgers import KEY, OTHER, PROJECT, TEAM, Company


async def main(url: str, what: str, name: str, count: int) -> None:
    database = await open_database(url, ManualClock(datetime(2026, 11, 18, 12, tzinfo=UTC)))
    books = Company(database)
    # Each process goes through the wallets in another order, as strangers do.
    wallets = [KEY, PROJECT, TEAM, OTHER][:: 1 if name == "a" else -1]
    calls: dict[str, Callable[[int], Awaitable[object]]] = {
        "hold": lambda index: books.hold(wallets[index % 4], 10, f"{name}-{index}"),
        "same": lambda index: books.hold(KEY, 10, f"same-{index}"),
        "settle": lambda index: books.settle(KEY, 7, f"held-{index % 37}"),
    }
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    answers = await asyncio.gather(
        *(calls[what](index) for index in range(count)), return_exceptions=True
    )
    failed = Counter(type(x).__name__ for x in answers if isinstance(x, BaseException))
    admitted = sum(not isinstance(x, BaseException) for x in answers)
    sys.stdout.write(json.dumps({"admitted": admitted, "errors": failed}))
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
