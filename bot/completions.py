"""The one paid path to a model: let in, set aside, choose, call, settle.

Two transactions and nothing held between them: the first keeps the call and sets aside the most
that it can cost, the second charges what it came to. A process that dies in between leaves a
call whose time runs out, and `reap` charges what was surely used.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Final, Protocol

import orjson
import structlog
from pydantic import BaseModel

from bot.clock import Clock
from bot.economy import spending
from bot.economy.budgets import get_open_wallet
from bot.economy.calls import CallOutcome, ModelCall
from bot.economy.periods import period_at
from bot.economy.prices import Price, bound_nanos, cost_nanos
from bot.economy.quotas import Quota, admit
from bot.economy.usage import Usage
from bot.errors import (
    KeyReused,
    NoModel,
    ProviderUnreachable,
    Unanswered,
    Unavailable,
    UnknownPrice,
)
from bot.ids import PrincipalId, TenantId, WalletId
from bot.models import ModelAnswer, ModelBackend, ModelMessage, ModelRequest, TokenUsage
from bot.ports import Database, Tx
from bot.routing.breaker import Breaker
from bot.routing.choice import Choice, Route, candidates_of, choose
from bot.routing.providers import ModelKey, PriceTable, Provider
from bot.tasks import TaskGroup

_log = structlog.get_logger(__name__)

# A provider that asks for more patience than this is not waited for.
LONGEST_PAUSE_S: Final = 10.0
_FIRST_PAUSE_S: Final = 0.5
# Each model is asked so often, the second time only after every other was asked once.
_ROUNDS: Final = 2
# How long after its own end a call is given up for lost, and how much later its hold ends.
_GRACE: Final = timedelta(seconds=60)
# Bytes of UTF-8 a token, at least: English has 4, code and other scripts less. What a prompt has
# beyond this is charged as an overrun.
_BYTES_A_TOKEN: Final = 3
# What the wire formats add to each message, in tokens.
_AROUND_A_MESSAGE: Final = 8


@dataclass(frozen=True, slots=True)
class Ask:
    """A call that somebody wants made and pays for.

    `key` makes it one call, however often it is asked for. `wanted` names a model, or
    "provider/model"; empty takes the cheapest. All tries together end `within_s`.
    """

    key: str
    tenant: TenantId
    person_id: PrincipalId
    wallet_id: WalletId
    feature: str
    messages: tuple[ModelMessage, ...]
    most_tokens: int
    answer: type[BaseModel] | None = None
    wanted: str = ""
    within_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Paid:
    """An answer and what it cost. `is_fallback` says that another model was to answer."""

    answer: ModelAnswer
    model: ModelKey
    cost_nanos: int
    is_estimated: bool
    is_fallback: bool


@dataclass(frozen=True, slots=True)
class _Try:
    """One try: what it used, and how it failed if it did. `usage` None was not charged."""

    route: Route
    usage: TokenUsage | None
    is_estimated: bool
    latency_ms: int
    error: Unanswered | None = None

    @property
    def cost_nanos(self) -> int:
        return 0 if self.usage is None else cost_nanos(self.route.price, self.usage)


class Backends(Protocol):
    """Where the backend of a provider comes from."""

    async def of(self, provider: Provider) -> ModelBackend:
        """Return the provider's backend, with its key.

        Raises:
            ProviderKeyRefused: the key is not where the provider's configuration says.
        """
        ...


@dataclass(slots=True)
class _Progress:
    """A call under way."""

    ask: Ask
    choice: Choice
    providers: Mapping[str, Provider]
    tokens_in: int
    ends_at: float
    tries: list[_Try] = field(default_factory=list)


class Completions:
    """Makes paid calls."""

    def __init__(
        self,
        database: Database,
        backends: Backends,
        prices: PriceTable,
        clock: Clock,
        *,
        ceiling: Price | None = None,
        calls_per_day: int = 1000,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Take collaborators and bounds.

        `ceiling` stands in for prices that nobody knows, None refuses such models.
        `calls_per_day` is how many calls one person may cause in a day.
        """
        self._database = database
        self._backends = backends
        self._prices = prices
        self._clock = clock
        self._has_prices = False
        self._ceiling = ceiling
        self._calls_per_day = calls_per_day
        self._sleep = sleep
        self._chance = chance
        self._breaker = Breaker(clock)
        self._tasks = TaskGroup()

    async def ask(self, ask: Ask) -> Paid:
        """Make one call and pay for it. It is settled also when the caller stops waiting.

        Raises:
            NoModel: no provider that is in use has such a model.
            UnknownPrice: nobody knows what it costs, and no ceiling is set; nothing was called.
            InsufficientFunds, WalletClosed: it cannot be paid; nothing was called.
        QuotaExceeded: the person has caused as many calls as they may today.
            KeyReused: a call of this key was made before.
            Unanswered: no model answered; what that cost is settled.
            Unavailable: the database did not take the call; nothing was called.
        """
        progress = await self._admit(ask)
        return await asyncio.shield(
            self._tasks.start(self._run(progress), name=f"model-call-{ask.feature}")
        )

    async def stop(self) -> None:
        """Wait until every call is settled; each has an end of its own."""
        await self._tasks.join()

    async def _admit(self, ask: Ask) -> _Progress:
        if not self._has_prices:
            # Loading a table takes a while, and what runs in a transaction must not wait.
            await asyncio.to_thread(self._prices.load)
            self._has_prices = True
        ends_at = self._clock.monotonic() + ask.within_s
        tokens_in = count_tokens(ask)

        def let_in(tx: Tx) -> _Progress:
            providers = {provider.name: provider for provider in tx.providers.list_all()}
            choice = self._choose(tx, ask, providers, tokens_in)
            progress = _Progress(ask, choice, providers, tokens_in, ends_at)
            _let_in(tx, progress, self._calls_per_day)
            return progress

        return await self._database.write(let_in, tenant=ask.tenant)

    def _choose(
        self, tx: Tx, ask: Ask, providers: Mapping[str, Provider], tokens_in: int
    ) -> Choice:
        keys = candidates_of(providers.values(), ask.wanted)
        if not keys:
            raise NoModel(ask.wanted)
        own = tx.providers.list_prices(tx.now)
        choice = choose(
            keys,
            lambda key: (
                own.get(key) or self._price_of(providers[key.provider], key.model, tokens_in)
            ),
            tokens_in,
            ask.most_tokens,
            may_ask=self._breaker.may_ask,
        )
        if not choice.routes:
            raise UnknownPrice(
                f"no price for {keys[0].model}", model=keys[0].model, provider=keys[0].provider
            )
        return choice

    def _price_of(self, provider: Provider, model: str, tokens_in: int) -> Price | None:
        found = self._prices.find(
            provider.kind, provider.base_url, model, self._clock.now(), tokens_in
        )
        return found or self._ceiling

    async def _run(self, progress: _Progress) -> Paid:
        began = self._clock.monotonic()
        try:
            answer, error = await self._call(progress)
        except Exception:
            # A bug of ours or of a backend's: what was used is charged all the same.
            await self._settle(progress, self._since_ms(began))
            raise
        await self._settle(progress, self._since_ms(began))
        if answer is None:
            raise error or ProviderUnreachable(*progress.choice.routes[0].key)
        last = progress.tries[-1]
        return Paid(
            answer,
            last.route.key,
            sum(one.cost_nanos for one in progress.tries),
            any(one.is_estimated for one in progress.tries),
            last.route is not progress.choice.routes[0],
        )

    async def _call(self, progress: _Progress) -> tuple[ModelAnswer | None, Unanswered | None]:
        """Ask one model after the other until one answers or the time is over."""
        routes: Sequence[Route] = progress.choice.routes
        error: Unanswered | None = None
        for round_ in range(_ROUNDS):
            later: list[Route] = []
            for route in routes:
                pause = self._pause(error, round_)
                if self._left_s(progress) <= pause:
                    return None, error
                if not self._breaker.may_ask(route.key):
                    continue
                if pause:
                    await self._sleep(pause)
                answer, error = await self._try(progress, route)
                if answer is not None:
                    return answer, None
                if error is not None and error.passes:
                    later.append(route)
            routes = later
        return None, error

    def _pause(self, error: Unanswered | None, round_: int) -> float:
        """Return how long to wait: only before a model is asked once more."""
        if round_ == 0 or error is None:
            return 0.0
        asked_for = error.retry_after_s or 0.0
        if asked_for > LONGEST_PAUSE_S:
            return float("inf")
        # Between half and the whole of it, so that not all who failed together come back together.
        return max(asked_for, _FIRST_PAUSE_S * (0.5 + self._chance() / 2))

    def _left_s(self, progress: _Progress) -> float:
        return progress.ends_at - self._clock.monotonic()

    async def _try(
        self, progress: _Progress, route: Route
    ) -> tuple[ModelAnswer | None, Unanswered | None]:
        ask = progress.ask
        provider = progress.providers[route.key.provider]
        left_s = self._left_s(progress)
        limits = provider.time_outs
        request = ModelRequest(
            route.key.model,
            ask.messages,
            ask.most_tokens,
            ask.answer,
            replace(
                limits,
                connect_s=min(limits.connect_s, left_s),
                first_byte_s=min(limits.first_byte_s, left_s),
                total_s=min(limits.total_s, left_s),
            ),
        )
        self._breaker.begin(route.key)
        began = self._clock.monotonic()
        answer: ModelAnswer | None = None
        error: Unanswered | None = None
        try:
            backend = await self._backends.of(provider)
            answer = await backend.ask(request)
            self._breaker.worked(route.key)
        except Unanswered as caught:
            error = caught
            if error.passes:
                self._breaker.failed(route.key)
            else:
                self._breaker.let_go(route.key)
        except Exception:
            self._breaker.let_go(route.key)
            # Nobody knows what became of it: as far as the ledger goes, the prompt was read.
            progress.tries.append(self._tried(progress, route, began, None, is_charged=True))
            raise
        is_charged = error is None or error.may_be_charged
        progress.tries.append(
            self._tried(progress, route, began, answer, is_charged=is_charged, error=error)
        )
        return answer, error

    def _tried(
        self,
        progress: _Progress,
        route: Route,
        began: float,
        answer: ModelAnswer | None,
        *,
        is_charged: bool,
        error: Unanswered | None = None,
    ) -> _Try:
        usage = None if answer is None else answer.usage
        is_estimated = is_charged and usage is None
        if is_estimated:
            written = "" if answer is None else answer.text
            usage = TokenUsage(progress.tokens_in, _tokens_of(written))
        return _Try(route, usage, is_estimated, self._since_ms(began), error)

    def _since_ms(self, began: float) -> int:
        return round((self._clock.monotonic() - began) * 1000)

    async def _settle(self, progress: _Progress, latency_ms: int) -> None:
        """Charge what the tries came to; a database that is away is waited for."""
        ask = progress.ask
        while True:
            try:
                await self._database.write(
                    lambda tx: _charge(tx, progress, latency_ms), tenant=ask.tenant
                )
            except Unavailable as error:
                _log.warning("call not settled yet", call=ask.key, code=error.code)
                if self._left_s(progress) < -_GRACE.total_seconds():
                    # Its time is over: whoever ends overdue calls does it.
                    return
                await self._sleep(min(error.retry_after_s, 5.0))
            else:
                return


def count_tokens(ask: Ask) -> int:
    """Estimate a prompt's tokens for the hold: rather too many than too few."""
    schema = 0 if ask.answer is None else _tokens_of_schema(ask.answer)
    texts = sum(_tokens_of(message.text) + _AROUND_A_MESSAGE for message in ask.messages)
    return texts + schema


@cache
def _tokens_of_schema(shape: type[BaseModel]) -> int:
    return _tokens_of(orjson.dumps(shape.model_json_schema()).decode())


def _tokens_of(text: str) -> int:
    return -(-len(text.encode()) // _BYTES_A_TOKEN)


def _let_in(tx: Tx, progress: _Progress, calls_per_day: int) -> None:
    """Count a call, keep it, and set aside the most that it can cost."""
    ask, routes = progress.ask, progress.choice.routes
    # Also for what is free: a call is made for a wallet of this company that is open.
    get_open_wallet(tx, ask.wallet_id)
    most = max(route.bound_nanos for route in routes)
    prompt = max(bound_nanos(route.price, progress.tokens_in, 0) for route in routes)
    within = timedelta(seconds=ask.within_s)
    call = ModelCall(
        key=ask.key,
        wallet_id=ask.wallet_id,
        person_id=ask.person_id,
        feature=ask.feature,
        hold_nanos=most,
        prompt_nanos=prompt,
        prompt_tokens=progress.tokens_in,
        route=orjson.dumps([_as_json(route) for route in routes]).decode(),
        until_at=tx.now + within + _GRACE,
    )
    if not tx.calls.begin(call):
        raise KeyReused(ask.key)
    quota = Quota(ask.person_id, "requests", period_at("day", tx.now, tx.zone), calls_per_day)
    admit(tx, quota, 1, key=f"call:{ask.key}")
    if most:
        spending.hold(
            tx,
            ask.wallet_id,
            most,
            key=ask.key,
            actor=ask.person_id,
            life=within + 2 * _GRACE,
        )


def _charge(tx: Tx, progress: _Progress, latency_ms: int) -> None:
    """End a call: settle its hold and keep a row for each try that was charged."""
    ask = progress.ask
    cost = sum(one.cost_nanos for one in progress.tries)
    is_answered = bool(progress.tries) and progress.tries[-1].error is None
    attempts = orjson.dumps([_try_as_json(one) for one in progress.tries]).decode()
    outcome = CallOutcome("done" if is_answered else "failed", attempts, cost, latency_ms)
    call = tx.calls.end(ask.key, outcome)
    if call is None:
        # It was given up for lost meanwhile, and charged by what was known.
        return
    _settle_call(tx, call, cost)
    for number, one in enumerate(progress.tries, start=1):
        if one.usage is not None:
            _keep_usage(tx, call, one, number)


def _settle_call(tx: Tx, call: ModelCall, cost: int) -> None:
    if call.hold_nanos or cost:
        spending.settle(tx, call.wallet_id, cost, key=call.key, actor=call.person_id)


def _keep_usage(tx: Tx, call: ModelCall, one: _Try, number: int) -> None:
    assert one.usage is not None  # noqa: S101  # its caller asked
    tx.usage.add(
        Usage(
            id=call.key if number == 1 else f"{call.key}:{number}",
            wallet_id=call.wallet_id,
            principal_id=call.person_id,
            feature=call.feature,
            provider=one.route.key.provider,
            model=one.route.key.model,
            tokens_in=one.usage.tokens_in,
            tokens_out=one.usage.tokens_out,
            tokens_cached=one.usage.cached,
            tokens_reasoning=one.usage.reasoning,
            cost_nanos=one.cost_nanos,
            estimate_nanos=one.route.bound_nanos,
            price_version=one.route.price.version,
            attempt=number,
            reason=one.route.reason,
            latency_ms=one.latency_ms,
            at=tx.now,
            is_estimated=one.is_estimated,
        ),
        tx.now.astimezone(tx.zone).date(),
    )


def reap(tx: Tx, key: str) -> bool:
    """End a call that its process did not end: charge the prompt, which was surely read.

    False if it was ended before.
    """
    unknown = CallOutcome("unknown", "[]", 0, 0)
    call = tx.calls.end(key, unknown)
    if call is None:
        return False
    cost = min(call.hold_nanos, call.prompt_nanos)
    _settle_call(tx, call, cost)
    first = orjson.loads(call.route)[0]
    tx.usage.add(
        Usage(
            id=call.key,
            wallet_id=call.wallet_id,
            principal_id=call.person_id,
            feature=call.feature,
            provider=first["provider"],
            model=first["model"],
            tokens_in=call.prompt_tokens,
            tokens_out=0,
            cost_nanos=cost,
            estimate_nanos=call.hold_nanos,
            price_version=first["price"],
            reason=first["reason"],
            at=tx.now,
            is_estimated=True,
        ),
        tx.now.astimezone(tx.zone).date(),
    )
    return True


def _as_json(route: Route) -> dict[str, object]:
    return {
        "provider": route.key.provider,
        "model": route.key.model,
        "reason": route.reason,
        "price": route.price.version,
        "is_ceiling": route.price.is_ceiling,
        "bound_nanos": route.bound_nanos,
    }


def _try_as_json(one: _Try) -> dict[str, object]:
    return {
        "provider": one.route.key.provider,
        "model": one.route.key.model,
        "error": None if one.error is None else one.error.code,
        "status": 0 if one.error is None else one.error.status,
        "cost_nanos": one.cost_nanos,
        "is_estimated": one.is_estimated,
        "latency_ms": one.latency_ms,
    }
