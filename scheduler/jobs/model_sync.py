"""Asking every provider once a day which models it offers, and telling what changed.

One that could not answer is asked again every hour.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.errors.kinds import InvalidInput, SettingsError
from bot.errors.models import (
    AnswerBroken,
    OutsideReach,
    ProviderBusy,
    ProviderFailed,
    ProviderUnreachable,
    Unanswered,
)
from bot.ids import TenantId
from bot.ports import Database, Tx
from bot.replies.model_lists import news_text
from bot.routing.lists import ListNews, ModelList, compare, unanswered
from bot.routing.policy import within_reach
from bot.routing.providers import ModelKey, PriceTable, Provider
from bot.schedules.model import Run
from scheduler.each import each
from scheduler.jobs.checks import tell_who_acts
from scheduler.kinds import Job, Prepare

KIND: Final = "model_sync"
LISTED, NEWS, UNANSWERED, NOTHING = "listed", "news", "unanswered", "nothing"
# What a price is looked up for: no model has another one for so short a prompt.
_TOKENS: Final = 1000
_PATIENCE: Final = timedelta(hours=1)
# Codes of what passes.
_PASSING: Final = frozenset(
    one.code for one in (ProviderBusy, ProviderFailed, ProviderUnreachable, AnswerBroken)
)


@dataclass(frozen=True, slots=True)
class Lists:
    """What a provider's models are found by: its own list, and who knows prices.

    `ask` returns the models that a provider offers and raises `Unanswered`, `InvalidInput` or
    `SettingsError`. With None nobody is asked: models are off.
    """

    prices: PriceTable
    ask: Callable[[Provider], Awaitable[Sequence[str]]] | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of asking a provider: its models, or the code of why there are none."""

    provider: Provider
    models: tuple[str, ...] = ()
    why: str = ""


def model_sync(database: Database, lists: Lists) -> Prepare:
    """Return the daily sync of a company's lists of models.

    All providers are asked at once, and no transaction is open meanwhile. One that does not
    answer keeps its list. No model is ever taken into use.
    """

    async def prepare(run: Run) -> Job:
        providers = await database.read(_to_ask, tenant=run.schedule.tenant)
        keep = await _look_up(lists, providers, run.claimed_at)
        return lambda tx, run: keep(tx)

    return prepare


async def retry_lists(database: Database, lists: Lists) -> int:
    """Ask again those who could not answer an hour ago; return how many were asked.

    Only where time may help: a key that is refused is so in an hour too. Each is claimed by the
    statement that notes that it is asked, so that of several instances one asks it. A company
    that has paused its sync is left alone.
    """

    async def retry(tenant: TenantId, _: None) -> int:
        if lists.ask is None or not await database.read(_find_failed, tenant=tenant):
            return 0
        providers = await database.write(_claim_failed, tenant=tenant)
        if providers:
            now = await database.read(lambda tx: tx.now)
            await database.write(await _look_up(lists, providers, now), tenant=tenant)
        return len(providers)

    companies = await database.read(lambda tx: tx.people.list_tenants())
    return await each(((one.id, None) for one in companies), retry, job="retry_lists")


async def _look_up(
    lists: Lists, providers: Sequence[Provider], at: datetime
) -> Callable[[Tx], str]:
    """Ask providers for their lists; return what keeps the answers."""
    if lists.ask is None:
        return partial(_keep, answers=(), public=frozenset())
    answers = await asyncio.gather(*(_ask(one, lists.ask) for one in providers))
    public = await asyncio.to_thread(_priced, providers, lists.prices, at)
    return partial(_keep, answers=answers, public=public)


def _find_failed(tx: Tx) -> Sequence[tuple[Provider, ModelList]]:
    """Return the providers that could not answer an hour ago, with what was kept of that."""
    schedule = tx.schedules.find(KIND)
    if schedule is None or schedule.state != "active":
        return ()
    kept = tx.model_lists.list_all()
    failed = {
        name
        for name, one in kept.items()
        if one.why in _PASSING and one.asked_at is not None and one.asked_at <= tx.now - _PATIENCE
    }
    return [(one, kept[one.name]) for one in _to_ask(tx) if one.name in failed] if failed else ()


def _claim_failed(tx: Tx) -> Sequence[Provider]:
    return [one for one, kept in _find_failed(tx) if tx.model_lists.ask_again(kept)]


def _to_ask(tx: Tx) -> Sequence[Provider]:
    try:
        return within_reach(tx.policy.get(), tx.providers.list_all())
    except OutsideReach:
        return ()


async def _ask(provider: Provider, ask: Callable[[Provider], Awaitable[Sequence[str]]]) -> _Answer:
    try:
        return _Answer(provider, tuple(await ask(provider)))
    except (Unanswered, InvalidInput, SettingsError) as error:
        return _Answer(provider, why=error.code)


def _priced(providers: Sequence[Provider], table: PriceTable, at: datetime) -> frozenset[ModelKey]:
    """Return the configured models whose price is publicly known; takes a moment at first."""
    table.load()
    return frozenset(
        ModelKey(one.name, model)
        for one in providers
        for model in one.models
        if table.find(one.kind, one.base_url, model, at, _TOKENS) is not None
    )


def _keep(tx: Tx, *, answers: Sequence[_Answer], public: frozenset[ModelKey]) -> str:
    """Keep what came, and tell owners and admins once what of it is news."""
    if not answers:
        return NOTHING
    before, now = tx.model_lists.list_all(), tx.now
    priced = public | tx.providers.list_prices(now).keys()
    news: list[ListNews] = []
    for one in answers:
        was = before.get(one.provider.name)
        if one.why:
            tx.model_lists.put(unanswered(was, one.provider.name, one.why, now))
            continue
        known = {key.model for key in priced if key.provider == one.provider.name}
        found, changed = compare(was, one.provider, one.models, known, now)
        tx.model_lists.put(found)
        if changed:
            news.append(changed)
    if news:
        tell_who_acts(tx, partial(news_text, news, _rules_naming(tx, news)))
        return NEWS
    return UNANSWERED if any(one.why for one in answers) else LISTED


def _rules_naming(tx: Tx, news: Sequence[ListNews]) -> Mapping[ModelKey, Sequence[str]]:
    """Return by which routing rules the models are asked that are not offered any more."""
    rules = tx.routing.get().rules
    return {
        ModelKey(one.provider, model): [
            rule.name for rule in rules if {model, f"{one.provider}/{model}"} & set(rule.models)
        ]
        for one in news
        for model in one.missing
    }
