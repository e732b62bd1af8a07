"""The one paid path to a model: let in, set aside, choose, call, settle.

Two transactions and nothing held between them: the first keeps the call and sets aside the most
that it can cost, the second charges what it came to (`bot/call_books.py`). Where writes are kept
in their order, the answer does not wait for the second. A process that dies in between leaves a
call whose time runs out, and which is charged what was surely used.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

import structlog

from bot import call_books
from bot.asks import Ask, Paid, TokenCounter, Try, count_prompt, tokens_of
from bot.call_books import CallLimits
from bot.clock import Clock
from bot.economy.prices import Price
from bot.errors.kinds import BursarError, Refused, Unavailable
from bot.errors.models import NoModel, ProviderUnreachable, Unanswered
from bot.errors.money import UnknownPrice
from bot.ids import TenantId
from bot.models import ModelAnswer, ModelBackend, ModelRequest
from bot.ports import Database, Tx
from bot.routing.breaker import Breaker
from bot.routing.choice import Choice, Market, Route, choose
from bot.routing.estimates import Estimates
from bot.routing.health import whole
from bot.routing.hosts import url_of
from bot.routing.latency import Latencies
from bot.routing.plan_rule import kept_out, within_ceiling
from bot.routing.providers import CompanyModel, ModelKey, PriceTable, Provider
from bot.routing.rules import CallFacts, RuleBook
from bot.tasks import TaskGroup
from bot.tokens import TokenUsage

_log = structlog.get_logger(__name__)

# A provider that asks for more patience than this is not waited for.
LONGEST_PAUSE_S: Final = 10.0
_FIRST_PAUSE_S: Final = 0.5
# Each model is asked so often, the second time only after every other was asked once.
_ROUNDS: Final = 2


class Backends(Protocol):
    """Where the backend of a provider comes from."""

    async def of(self, provider: Provider) -> ModelBackend:
        """Return the provider's backend, with its key.

        Raises:
            ProviderKeyRefused: the key is not where the provider's configuration says.
        """
        ...


class CallObserver(Protocol):
    """What counts calls. Models are named as providers name them."""

    def call_tried(self, model: str, outcome: str, seconds: float) -> None:
        """Hear how one try ended: "ok", or an error's code."""
        ...

    def tokens_counted(self, estimated: int, counted: int) -> None:
        """Hear how many tokens a prompt was taken for, and how many its provider counted."""
        ...

    def model_rests(self, model: str, is_resting: bool) -> None:
        """Hear after a try whether its model rests after failures."""
        ...


@dataclass(slots=True)
class _Progress:
    """A call under way."""

    ask: Ask
    choice: Choice
    providers: Mapping[str, Provider]
    tokens_in: int
    ends_at: float
    tries: list[Try] = field(default_factory=list)


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
        limits: CallLimits | None = None,
        find_counter: Callable[[], TokenCounter] = lambda: tokens_of,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Take collaborators and bounds.

        `ceiling` stands in for prices that nobody knows, None refuses such models.
        `find_counter` is asked before the first call for what counts tokens, for what is set
        aside; it may take a moment.
        """
        self._database = database
        self._backends = backends
        self._prices = prices
        self._clock = clock
        self._is_ready = False
        self._ceiling = ceiling
        self._limits = limits or CallLimits()
        self._sleep = sleep
        self._chance = chance
        self.breaker = Breaker(clock)
        self._latencies = Latencies()
        self._find_counter = find_counter
        self._count: TokenCounter = tokens_of
        self._estimates = Estimates()
        self._tasks = TaskGroup()
        self._observers: list[CallObserver] = []

    async def ask(self, ask: Ask) -> Paid:
        """Make one call and pay for it. It is settled also when the caller stops waiting.

        Where the database keeps order, the answer does not wait for the commit that charges it:
        nothing can be kept because of the answer and not what it cost.

        Raises:
            NoModel: no provider that is in use has such a model.
            UnknownPrice: nobody knows what it costs, and no ceiling is set; nothing was called.
            InsufficientFunds, WalletClosed: it cannot be paid; nothing was called.
            QuotaExceeded: the person has caused as many calls as they may today.
            CostCapReached: models have cost as much as they may; nothing was called.
            OutsideReach, Withheld: the company lets no such call be made; nothing was called.
            ModelsPaused: an admin has paused them.
            NotInPlan, CallTooDear: the person's plan does not allow it; nothing was called.
                These, and what the company or its admins forbid, may also come to be before a
                further try; what was called before that is settled.
            KeyReused: a call of this key was made before.
            Unanswered: no model answered; what that cost is settled.
            Unavailable: the database did not take the call; nothing was called.
        """
        progress = await self._admit(ask)
        return await asyncio.shield(
            self._tasks.start(
                self._run(progress), name=f"model-call-{ask.feature}", may_refuse=True
            )
        )

    def observe(self, observer: CallObserver) -> None:
        """Tell `observer` of each try from now on."""
        self._observers.append(observer)

    async def settled(self) -> None:
        """Wait until every call is settled; each has an end of its own."""
        await self._tasks.join()

    async def _admit(self, ask: Ask) -> _Progress:
        if not self._is_ready:
            # Loading a table takes a while, and what runs in a transaction must not wait.
            await asyncio.to_thread(self._prices.load)
            self._count = await asyncio.to_thread(self._find_counter)
            self._is_ready = True
        ends_at = self._clock.monotonic() + ask.within_s
        tokens_in = count_prompt(ask.messages, ask.answer, self._count)

        def let_in(tx: Tx) -> _Progress:
            may = call_books.admit(tx, ask, self._limits)
            providers = {provider.name: provider for provider in may.allowed}
            book = tx.routing.get()
            facts = call_books.facts_of(tx, ask, may.allowance.plan, book, tokens_in)
            choice = within_ceiling(
                may.allowance,
                self._choose(ask.tenant, facts, providers, book, tx.providers.list_prices(tx.now)),
            )
            if kept := kept_out(may.known, may.reach, may.allowed, ask.wanted):
                choice = replace(choice, left_out=(*choice.left_out, *kept))
            caps = may.policy.caps.over(self._limits.caps)
            call_books.begin(tx, ask, choice, tokens_in, self._limits, caps, book.version)
            return _Progress(ask, choice, providers, tokens_in, ends_at)

        return await self._database.write(let_in, tenant=ask.tenant)

    def _choose(
        self,
        tenant: TenantId,
        facts: CallFacts,
        providers: Mapping[str, Provider],
        book: RuleBook,
        own: Mapping[ModelKey, Price],
    ) -> Choice:
        market = Market(
            tuple(providers.values()),
            lambda key: (
                own.get(key) or self._price_of(providers[key.provider], key.model, facts.tokens_in)
            ),
            lambda key: self._may_ask(tenant, key),
            lambda key: self._latencies.usual_ms(CompanyModel(tenant, *key)),
            self._chance,
            lambda key, tokens: self._estimates.correct(CompanyModel(tenant, *key), tokens),
        )
        choice = choose(facts, market, book.rules)
        if choice.routes:
            return choice
        unpriced = next((one.key for one in choice.left_out if one.why == "no_price"), None)
        if unpriced is None:
            raise NoModel(facts.wanted, rule=choice.rule)
        raise UnknownPrice(
            f"no price for {unpriced.model}", model=unpriced.model, provider=unpriced.provider
        )

    def _may_ask(self, tenant: TenantId, key: ModelKey) -> bool:
        return self.breaker.may_ask(CompanyModel(tenant, *key)) and self.breaker.may_ask(
            whole(tenant, key.provider)
        )

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
        settling = self._tasks.start(
            self._settle(progress, self._since_ms(began)), name=f"settle-{progress.ask.feature}"
        )
        if answer is None or not self._database.keeps_order:
            await settling
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

    async def _call(self, progress: _Progress) -> tuple[ModelAnswer | None, BursarError | None]:
        """Ask one model after the other until one answers or the time is over."""
        routes: Sequence[Route] = progress.choice.routes
        error: Unanswered | None = None
        for round_ in range(_ROUNDS):
            later: list[Route] = []
            for route in routes:
                pause = self._pause(error, round_)
                if self._left_s(progress) <= pause:
                    return None, error
                if not self._may_ask(progress.ask.tenant, route.key):
                    continue
                if pause:
                    await self._sleep(pause)
                if progress.tries:
                    try:
                        is_allowed = await self._is_still_allowed(progress, route.key)
                    except Refused as closed:
                        return None, closed
                    if not is_allowed:
                        continue
                if not self._may_ask(progress.ask.tenant, route.key):
                    # Another call has begun to try it while this one looked.
                    continue
                answer, error = await self._try(progress, route)
                if answer is not None:
                    return answer, None
                if error is not None and error.passes:
                    later.append(route)
            routes = later
        return None, error

    async def _is_still_allowed(self, progress: _Progress, key: ModelKey) -> bool:
        """Tell whether a model may be asked as when the call was let in, and at the same place.

        Raises:
            Refused: no model may be asked any more.
        """
        ask = progress.ask
        may = await self._database.read(
            lambda tx: call_books.admit(tx, ask, self._limits), tenant=ask.tenant
        )
        was_at = url_of(progress.providers[key.provider])
        return any(
            one.name == key.provider and key.model in one.models and url_of(one) == was_at
            for one in may.allowed
        )

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
        asked = CompanyModel(ask.tenant, *route.key)
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
            ask.caches_context,
        )
        self.breaker.begin(asked)
        began = self._clock.monotonic()
        answer: ModelAnswer | None = None
        error: Unanswered | None = None
        try:
            backend = await self._backends.of(provider)
            answer = await backend.ask(request)
            self.breaker.worked(asked)
            self._latencies.note(asked, self._since_ms(began))
        except Unanswered as caught:
            error = caught
            if error.passes:
                self.breaker.failed(asked)
            else:
                self.breaker.let_go(asked)
        except Exception:
            self.breaker.let_go(asked)
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
    ) -> Try:
        asked = CompanyModel(progress.ask.tenant, *route.key)
        usage = answer.usage if answer is not None else error.usage if error is not None else None
        is_estimated = is_charged and usage is None
        if is_estimated:
            written = "" if answer is None else answer.text
            tokens_in = self._estimates.correct(asked, progress.tokens_in)
            usage = TokenUsage(tokens_in, self._count(written))
        one = Try(route, usage, is_estimated, self._since_ms(began), error)
        self._tell(asked, one, progress.tokens_in)
        if usage is not None and not is_estimated:
            # After it was told: what was set aside did not know of this count.
            self._estimates.note(asked, progress.tokens_in, usage.tokens_in)
        return one

    def _tell(self, asked: CompanyModel, one: Try, tokens_in: int) -> None:
        model = asked.model
        for observer in self._observers:
            outcome = "ok" if one.error is None else one.error.code
            observer.call_tried(model, outcome, one.latency_ms / 1000)
            observer.model_rests(model, self.breaker.is_resting(asked))
            if one.usage is not None and not one.is_estimated:
                estimated = self._estimates.correct(asked, tokens_in)
                observer.tokens_counted(estimated, one.usage.tokens_in)

    def _since_ms(self, began: float) -> int:
        return round((self._clock.monotonic() - began) * 1000)

    async def _settle(self, progress: _Progress, latency_ms: int) -> None:
        """Charge what the tries came to; a database that is away is waited for."""
        ask = progress.ask
        while True:
            try:
                await self._database.write(
                    lambda tx: call_books.charge(tx, ask, progress.tries, latency_ms),
                    tenant=ask.tenant,
                    may_rest=True,
                )
            except Unavailable as error:
                _log.warning("call not settled yet", call=ask.key, code=error.code)
                if self._left_s(progress) < -call_books.GRACE.total_seconds():
                    # Its time is over: whoever ends overdue calls does it.
                    return
                await self._sleep(min(error.retry_after_s, 5.0))
            else:
                return
