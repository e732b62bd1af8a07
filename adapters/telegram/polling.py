"""Long polling: fetch, commit, and only then confirm; one process polls at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from adapters.telegram.client import TooFast, fetch_updates
from adapters.telegram.pace import Wait
from bot.errors.kinds import InvalidInput, Unavailable

_log = structlog.get_logger(__name__)

ALLOWED: Final = ("message", "callback_query")
_FIRST_WAIT_S: Final = 1.0
_LONGEST_WAIT_S: Final = 60.0
# Two programs that poll with one token throw each other out: often trying would make it worse.
_CONFLICT_WAIT_S: Final = 30.0
_IDLE_WAIT_S: Final = 10.0
# After an empty answer: one that comes at once must not be asked for without end.
_BREATH_S: Final = 0.2
# A token that is not valid becomes so only by an operator's doing.
_REVOKED_WAIT_S: Final = 60.0
# What runs into a bug each time must not hold up all that comes after it.
_MOST_ATTEMPTS: Final = 5

# Json is what the Bot API sent; `updates` looks at what it takes of it.
Take = Callable[[Mapping[str, Any]], Awaitable[None]]
Lane = Callable[[Mapping[str, Any]], object]


class Lease(Protocol):
    """Says which of several processes polls."""

    async def hold(self) -> bool:
        """Take or keep the lease for longer than a poll takes; False if another process has it."""
        ...

    async def release(self) -> None:
        """Give it back, if it is held."""
        ...


class Poller:
    """Fetches updates until it is stopped.

    `fault` says why none come, empty while they may; `is_taking` that what was fetched is being
    kept, which must not be cancelled.
    """

    def __init__(self, bot: Bot, take: Take, lease: Lease, wait: Wait) -> None:
        self._bot = bot
        self._take = take
        self._lease = lease
        self._wait = wait
        self._offset: int | None = None
        self._failures = 0
        # How often each of the updates that ran into a bug was taken.
        self._attempts: dict[int, int] = {}
        self._is_stopped = False
        self.is_taking = False
        self.fault = ""

    async def run(self) -> None:
        """Poll until `stop`, or until it is cancelled."""
        try:
            while not self._is_stopped:
                try:
                    wait_s = await self._round()
                except Exception as error:  # noqa: BLE001  # a round ends here, polling does not
                    _log.error("poll failed", exc_info=error)
                    wait_s = _IDLE_WAIT_S
                if wait_s > 0 and not self._is_stopped:
                    await self._wait(wait_s)
        finally:
            await self._give_up()

    def stop(self) -> None:
        """Poll no more."""
        self._is_stopped = True

    async def _give_up(self) -> None:
        try:
            await self._lease.release()
        except Unavailable as error:
            # It ends by itself.
            _log.warning("lease not given back", code=error.code)

    async def _round(self) -> float:
        """Poll once; return how many seconds to wait before the next time."""
        try:
            if not await self._lease.hold():
                self.fault = ""
                # What it fetched meanwhile is confirmed by whoever polls now.
                self._offset = None
                return _IDLE_WAIT_S
            updates = await fetch_updates(self._bot, self._offset, ALLOWED)
        except TelegramError as error:
            return self._failed(error)
        except Unavailable as error:
            _log.warning("not polling for now", code=error.code)
            return error.retry_after_s
        self._failures = 0
        self.fault = ""
        if not updates:
            # The last ones are confirmed. Kept longer, the offset might be above the numbers that
            # begin anew after a quiet week.
            self._offset = None
            return _BREATH_S
        return await self._keep(updates)

    async def _keep(self, updates: Sequence[Mapping[str, Any]]) -> float:
        self.is_taking = True
        try:
            unkept = await self._take_all(updates)
        finally:
            self.is_taking = False
        numbers = [number for number in map(_number_of, updates) if number is not None]
        if unkept:
            # They come again, with those after them that were kept.
            self._offset = min(number for number, _ in unkept)
            return max(wait_s for _, wait_s in unkept)
        self._offset = max(numbers) + 1 if numbers else None
        return 0.0 if numbers else _FIRST_WAIT_S

    async def _take_all(self, updates: Sequence[Mapping[str, Any]]) -> list[tuple[int, float]]:
        """Keep the updates; return the numbers of those that were not, with how long to wait.

        What one person writes in one chat is kept in order, and the rest beside it.
        """
        lanes: dict[object, list[Mapping[str, Any]]] = {}
        for update in updates:
            lanes.setdefault(_lane_of(update), []).append(update)
        found = await asyncio.gather(*map(self._take_lane, lanes.values()))
        return [one for one in found if one is not None]

    async def _take_lane(self, updates: Sequence[Mapping[str, Any]]) -> tuple[int, float] | None:
        for update in updates:
            number = _number_of(update)
            try:
                await self._take(update)
            except InvalidInput as error:
                _log.warning("update cannot be read", code=error.code, seq=number)
            except Unavailable as error:
                _log.warning("update not kept", code=error.code, seq=number)
                return number or 0, error.retry_after_s
            except Exception as error:  # noqa: BLE001  # one update must not stop the others
                if number is not None and self._is_worth_another_try(number, error):
                    return number, _FIRST_WAIT_S
        return None

    def _is_worth_another_try(self, number: int, error: Exception) -> bool:
        attempts = self._attempts.pop(number, 0) + 1
        if attempts >= _MOST_ATTEMPTS:
            _log.error("update given up", seq=number, attempts=attempts, exc_info=error)
            return False
        _log.error("update not kept", seq=number, attempts=attempts, exc_info=error)
        self._attempts[number] = attempts
        return True

    def _failed(self, error: TelegramError) -> float:
        self._failures += 1
        if isinstance(error, TooFast):
            return error.retry_after_s
        if isinstance(error, Conflict):
            self.fault = (
                "another program polls Telegram with this bot's token, or a webhook is set: stop"
                " the other one, or make a new token with @BotFather"
            )
            _log.error("another program polls with the token")
            return _CONFLICT_WAIT_S
        if isinstance(error, InvalidToken):
            self.fault = "Telegram refuses the bot's token: set a new one from @BotFather"
            _log.error("token refused")
            return _REVOKED_WAIT_S
        self.fault = "Telegram cannot be reached"
        _log.warning("poll failed", error=type(error).__name__, attempts=self._failures)
        return min(_FIRST_WAIT_S * 2.0 ** min(self._failures - 1, 10), _LONGEST_WAIT_S)


def _number_of(update: Mapping[str, Any]) -> int | None:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _lane_of(update: Mapping[str, Any]) -> object:
    """Return who wrote, as far as it can be told before the update is read."""
    for kind in ("message", "callback_query"):
        part = update.get(kind) if isinstance(update, dict) else None
        sender = part.get("from") if isinstance(part, dict) else None
        if isinstance(sender, dict):
            return str(sender.get("id"))
    return None
