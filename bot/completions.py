"""The one paid path to a model: let in, set aside, choose, call, settle.

Two transactions and nothing held between them: the first keeps the call and sets aside the most
that it can cost, the second charges what it came to (`bot/call_books.py`). Where writes are kept
in their order, the answer does not wait for the second. A process that dies in between leaves a
call whose time runs out, and which is charged what was surely used.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import structlog

from bot import call_books
from bot.asks import Ask, Paid, TokenCounter, count_prompt, tokens_of
from bot.call_books import CallLimits
from bot.clock import Clock
from bot.economy.prices import Price
from bot.errors.kinds import Unavailable
from bot.errors.models import NoModel, ProviderUnreachable
from bot.errors.money import UnknownPrice
from bot.ids import TenantId
from bot.ports import Database, Tx
from bot.routing.breaker import Breaker
from bot.routing.choice import Choice, Market, Route, choose
from bot.routing.hosts import url_of
from bot.routing.plan_rule import kept_out, within_ceiling
from bot.routing.providers import CompanyModel, ModelKey, PriceTable, Provider
from bot.routing.rules import CallFacts, RuleBook
from bot.tasks import TaskGroup
from bot.tries import Backends, CallObserver, Progress, Tries

_log = structlog.get_logger(__name__)


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
        self._prices = prices
        self._clock = clock
        self._is_ready = False
        self._ceiling = ceiling
        self._limits = limits or CallLimits()
        self._sleep = sleep
        self._chance = chance
        self._tries = Tries(backends, clock, sleep=sleep, chance=chance)
        self._find_counter = find_counter
        self._tasks = TaskGroup()

    @property
    def breaker(self) -> Breaker:
        """What knows which models rest, and is told by whoever looks at providers."""
        return self._tries.breaker

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
        self._tries.observers.append(observer)

    async def settled(self) -> None:
        """Wait until every call is settled; each has an end of its own."""
        await self._tasks.join()

    async def _admit(self, ask: Ask) -> Progress:
        if not self._is_ready:
            # Loading a table takes a while, and what runs in a transaction must not wait.
            await asyncio.to_thread(self._prices.load)
            self._tries.count = await asyncio.to_thread(self._find_counter)
            self._is_ready = True
        ends_at = self._clock.monotonic() + ask.within_s
        tokens_in = count_prompt(ask.messages, ask.answer, self._tries.count)

        def let_in(tx: Tx) -> Progress:
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
            held = call_books.begin(tx, ask, choice, tokens_in, self._limits, caps, book.version)
            return Progress(ask, choice, providers, tokens_in, ends_at, held)

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
            lambda key: self._tries.may_ask(tenant, key),
            lambda key: self._tries.latencies.usual_ms(CompanyModel(tenant, *key)),
            self._chance,
            lambda key, tokens: self._tries.estimates.correct(CompanyModel(tenant, *key), tokens),
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

    def _price_of(self, provider: Provider, model: str, tokens_in: int) -> Price | None:
        found = self._prices.find(
            provider.kind, provider.base_url, model, self._clock.now(), tokens_in
        )
        return found or self._ceiling

    async def _run(self, progress: Progress) -> Paid:
        began = self._clock.monotonic()
        try:
            answer, error = await self._tries.call(
                progress, lambda route: self._may_go_on(progress, route)
            )
        except Exception:
            # A bug of ours or of a backend's: what was used is charged all the same.
            await self._settle(progress, self._tries.since_ms(began))
            raise
        settling = self._tasks.start(
            self._settle(progress, self._tries.since_ms(began)),
            name=f"settle-{progress.ask.feature}",
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

    async def _may_go_on(self, progress: Progress, route: Route) -> bool:
        """Tell whether a further model may be asked as when the call was let in.

        Where the tries before it are charged, what it can cost beyond them is set aside first.

        Raises:
            Refused: no model may be asked any more, or it cannot be paid.
        """
        ask = progress.ask
        was_at = url_of(progress.providers[route.key.provider])
        spent = sum(one.cost_nanos for one in progress.tries)
        lacking = spent + route.bound_nanos - progress.held_nanos

        def look(tx: Tx) -> bool:
            may = call_books.admit(tx, ask, self._limits)
            if not any(
                one.name == route.key.provider
                and route.key.model in one.models
                and url_of(one) == was_at
                for one in may.allowed
            ):
                return False
            if lacking > 0:
                caps = may.policy.caps.over(self._limits.caps)
                call_books.set_more_aside(tx, ask, caps, lacking, progress.times_more + 1)
            return True

        if lacking <= 0:
            return await self._database.read(look, tenant=ask.tenant)
        if not await self._database.write(look, tenant=ask.tenant):
            return False
        progress.held_nanos += lacking
        progress.times_more += 1
        return True

    async def _settle(self, progress: Progress, latency_ms: int) -> None:
        """Charge what the tries came to; a database that is away is waited for."""
        ask = progress.ask
        while True:
            try:
                await self._database.write(
                    lambda tx: call_books.charge(
                        tx, ask, progress.tries, latency_ms, progress.times_more
                    ),
                    tenant=ask.tenant,
                    may_rest=True,
                )
            except Unavailable as error:
                _log.warning("call not settled yet", call=ask.key, code=error.code)
                if self._tries.left_s(progress) < -call_books.GRACE.total_seconds():
                    # Its time is over: whoever ends overdue calls does it.
                    return
                await self._sleep(min(error.retry_after_s, 5.0))
            else:
                return
