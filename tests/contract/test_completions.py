"""The paid path to a model: what is set aside, asked, charged and given back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.allowances import Allowance, Allowances
from bot.asks import Ask, Paid, count_prompt
from bot.call_books import CallLimits
from bot.clock import ManualClock
from bot.completions import Completions
from bot.economy.prices import Price
from bot.errors.kinds import KeyReused, NotFound
from bot.errors.models import (
    AnswerBroken,
    NoModel,
    ProviderBusy,
    ProviderFailed,
    ProviderRefused,
    ProviderUnreachable,
)
from bot.errors.money import InsufficientFunds, UnknownPrice, WalletClosed
from bot.errors.plans import QuotaExceeded
from bot.gateway.metrics import Metrics
from bot.ids import PrincipalId, TenantId, WalletId, new_id
from bot.models import ModelAnswer, ModelMessage, ModelRequest
from bot.routing.health import whole
from bot.routing.kept import parse_choice, parse_tries
from bot.routing.providers import CompanyModel, ModelKey, Provider
from bot.routing.rules import Rule
from bot.tasks import TaskGroup
from bot.tokens import TokenUsage
from scheduler.jobs.expiry import expire_holds
from storage.database import Database
from storage.tables.models import model_call
from storage.tables.usage import usage
from storage.transaction import SqlTx
from tests.fakes_models import Answer, Model, Table
from tests.ledgers import ACME, BEN, ORG, TEAM, Company, budget_of, found_company

USD = 1_000_000_000
# A dollar and four for a million tokens.
CHEAP = Price(1 * USD, USD // 10, 4 * USD, "t1")
DEAR = Price(10 * USD, 1 * USD, 40 * USD, "t1")
SAID = (ModelMessage("system", "Be brief."), ModelMessage("user", "Why did it rise?"))
USED = TokenUsage(tokens_in=100, tokens_out=20, cached=40)
# 60 at a dollar, 40 at a tenth of one, 20 at four, a million each.
COST = 60_000 + 4_000 + 80_000


class Place:
    """A company with a budget of ten dollars, two providers, and what its calls came to."""

    def __init__(self, company: Company, clock: ManualClock) -> None:
        self.company = company
        self.clock = clock
        self.models = {"one": Model(), "two": Model()}
        self.prices = Table(small=CHEAP, large=DEAR)
        self.slept: list[float] = []
        self.completions = self.made()

    async def of(self, provider: Provider) -> Model:
        return self.models[provider.name]

    def made(
        self,
        *,
        ceiling: Price | None = None,
        calls_per_day: int = 1000,
        basic: Allowance | None = None,
    ) -> Completions:
        limits = CallLimits(calls_per_day=calls_per_day)
        if basic is not None:
            limits = CallLimits(calls_per_day, allowances=Allowances(basic=basic))
        return Completions(
            self.company.database,
            self,
            self.prices,
            self.clock,
            ceiling=ceiling,
            limits=limits,
            sleep=self._sleep,
            chance=lambda: 1.0,
        )

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.advance(timedelta(seconds=seconds))

    async def add(self, *providers: Provider) -> None:
        for provider in providers:
            await self.company.write(lambda tx, one=provider: tx.providers.add(one))  # type: ignore[misc]  # bound now

    async def ask(self, key: str = "", **given: object) -> Paid:
        paid = await self.completions.ask(an_ask(key, **given))
        # Whatever is written after an answer stands behind what charged it.
        await self.company.write(lambda tx: None)
        return paid

    async def team(self) -> tuple[int, int]:
        """Return what the team has spent and what is set aside for it."""
        budget = await self.company.read(lambda tx: budget_of(tx, TEAM))
        return budget.used_nanos, budget.held_nanos

    async def call(self, key: str) -> tuple[str, int]:
        """Return how a call ended, and what it is said to have cost."""
        query = select(model_call.c.state, model_call.c.cost_nanos).where(model_call.c.key == key)
        row = await self.company.read(lambda tx: tx.connection.row(query))
        assert row is not None
        return row["state"], row["cost_nanos"]

    async def usage(self) -> list[tuple[str, int, int, str, int, int]]:
        def look(tx: SqlTx) -> list[tuple[str, int, int, str, int, int]]:
            rows = tx.connection.rows(select(usage).order_by(usage.c.id))
            return [
                (
                    row["model"],
                    row["tokens_in"],
                    row["cost_nanos"],
                    row["reason"],
                    row["attempt"],
                    row["is_estimated"],
                )
                for row in rows
            ]

        return await self.company.read(look)


ONE = Provider("one", "openai", ("small",), key_ref="env:ONE")
TWO = Provider("two", "anthropic", ("large",), key_ref="env:TWO")


def prompt_tokens(ask: Ask) -> int:
    return count_prompt(ask.messages, ask.answer)


def an_ask(key: str = "", **given: object) -> Ask:
    values: dict[str, object] = {
        "key": key or new_id(),
        "tenant": ACME,
        "person_id": BEN,
        "wallet_id": TEAM,
        "feature": "planner",
        "messages": SAID,
        "most_tokens": 200,
        **given,
    }
    return Ask(**values)  # type: ignore[arg-type]  # the names stand above


def says(text: str = "It rose.", usage: TokenUsage | None = USED) -> Answer:
    return lambda request: ModelAnswer(text, request.model, usage=usage)


@pytest.fixture
async def place(database: Database, clock: ManualClock) -> AsyncIterator[Place]:
    await database.write(found_company)
    company = Company(database)
    for wallet_id in (ORG, TEAM):
        await company.limit(wallet_id, 10 * USD)
    made = Place(company, clock)
    await made.add(ONE, TWO)
    yield made
    await made.completions.settled()
    await company.assert_sound()


async def test_a_call_is_held_for_and_then_charged_as_used(place: Place) -> None:
    model = place.models["one"]
    model.answers = [says()]
    model.gate.clear()
    running = asyncio.ensure_future(place.ask("k"))
    await model.is_asked.wait()
    # Both models might be asked: what the dearer one could cost is set aside.
    used, held = await place.team()
    tokens_in = prompt_tokens(an_ask())
    assert (used, held) == (0, (tokens_in * 10 + 200 * 40) * 1000)
    model.gate.set()
    paid = await running
    assert (paid.answer.text, paid.model, paid.cost_nanos) == ("It rose.", ("one", "small"), COST)
    assert (paid.is_estimated, paid.is_fallback) == (False, False)
    assert await place.team() == (COST, 0)
    assert await place.usage() == [("small", 100, COST, "cheapest", 1, 0)]
    assert model.asked[0].most_tokens == 200


async def test_a_key_makes_one_call(place: Place) -> None:
    place.models["one"].answers = [says()]
    await place.ask("k")
    with pytest.raises(KeyReused):
        await place.ask("k")
    assert await place.team() == (COST, 0)


async def test_of_many_with_one_key_one_is_made(place: Place) -> None:
    place.models["one"].answers = [says() for _ in range(8)]
    answers = await asyncio.gather(*(place.ask("k") for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(x, Paid) for x in answers) == 1
    assert sum(isinstance(x, KeyReused) for x in answers) == 7
    assert await place.team() == (COST, 0)


async def test_calls_of_many_tasks_are_each_charged_once(place: Place) -> None:
    place.models["one"].answers = [says() for _ in range(20)]
    await asyncio.gather(*(place.ask() for _ in range(20)))
    assert await place.team() == (20 * COST, 0)
    assert len(await place.usage()) == 20


async def test_what_cannot_be_paid_is_not_asked(place: Place) -> None:
    await place.company.limit(TEAM, 1_000_000)
    with pytest.raises(InsufficientFunds):
        await place.ask("k")
    assert place.models["one"].asked == []
    assert await place.team() == (0, 0)
    # Nothing is left of it: with money there, the same call may be made.
    await place.company.limit(TEAM, 10 * USD)
    place.models["one"].answers = [says()]
    await place.ask("k")


async def test_another_model_answers_when_the_first_fails(place: Place) -> None:
    place.models["one"].answers = [ProviderFailed("one", "small", status=503)]
    place.models["two"].answers = [says()]
    paid = await place.ask()
    assert (paid.model, paid.is_fallback, paid.cost_nanos) == (("two", "large"), True, 10 * COST)
    assert await place.team() == (10 * COST, 0)
    assert await place.usage() == [("large", 100, 10 * COST, "fallback", 2, 0)]


async def test_what_may_have_been_charged_is_charged_by_its_prompt(place: Place) -> None:
    place.models["one"].answers = [ProviderUnreachable("one", "small", may_be_charged=True)]
    place.models["two"].answers = [says()]
    paid = await place.ask()
    prompt = prompt_tokens(an_ask()) * 1000
    assert (paid.cost_nanos, paid.is_estimated) == (10 * COST + prompt, True)
    assert [(x[0], x[2], x[5]) for x in await place.usage()] == [
        ("small", prompt, 1),
        ("large", 10 * COST, 0),
    ]


async def test_an_answer_that_cannot_be_used_is_charged_as_it_was_counted(place: Place) -> None:
    broken = AnswerBroken("one", "small", status=200, may_be_charged=True, usage=USED)
    place.models["one"].answers = [broken]
    with pytest.raises(AnswerBroken):
        await place.ask(wanted="small")
    assert await place.team() == (COST, 0)
    assert await place.usage() == [("small", 100, COST, "only_one", 1, 0)]


async def test_without_usage_the_answer_is_estimated_and_never_free(place: Place) -> None:
    place.models["one"].answers = [says("x" * 300, usage=None)]
    paid = await place.ask()
    assert paid.is_estimated
    assert paid.cost_nanos == prompt_tokens(an_ask()) * 1000 + 100 * 4000
    assert await place.team() == (paid.cost_nanos, 0)


async def test_more_than_was_held_is_charged_all_the_same(place: Place) -> None:
    place.models["one"].answers = [says(usage=TokenUsage(1_000_000, 1_000_000))]
    assert (await place.ask()).cost_nanos == 5 * USD
    assert await place.team() == (5 * USD, 0)


async def test_when_no_model_answers_nothing_stays_held(place: Place) -> None:
    for name, model in place.models.items():
        model.answers = [ProviderRefused(name, "m", status=400)]
    with pytest.raises(ProviderRefused):
        await place.ask("k")
    assert [len(model.asked) for model in place.models.values()] == [1, 1]
    assert await place.team() == (0, 0)
    assert await place.usage() == []


async def test_what_passes_is_asked_again_after_the_pause_that_was_asked_for(place: Place) -> None:
    place.models["one"].answers = [
        ProviderBusy("one", "small", status=429, retry_after_s=3.0),
        says(),
    ]
    paid = await place.ask(wanted="one/small")
    assert (place.slept, paid.is_fallback) == ([3.0], False)


async def test_a_provider_that_wants_long_patience_is_not_waited_for(place: Place) -> None:
    place.models["one"].answers = [ProviderBusy("one", "small", retry_after_s=3600.0)]
    with pytest.raises(ProviderBusy):
        await place.ask(wanted="small")
    assert place.slept == []
    assert await place.team() == (0, 0)


async def test_a_model_that_failed_three_times_rests_a_minute(place: Place) -> None:
    one, two = place.models["one"], place.models["two"]
    one.answers = [ProviderFailed("one", "small") for _ in range(3)]
    two.answers = [says() for _ in range(4)]
    for _ in range(4):
        await place.ask()
    assert (len(one.asked), len(two.asked)) == (3, 4)
    place.clock.advance(timedelta(seconds=61))
    one.answers = [says()]
    await place.ask()
    assert len(one.asked) == 4
    # It stands behind the others while it rests, and says so.
    assert {x[3] for x in await place.usage()} == {"fallback", "cheapest"}


async def test_a_model_without_a_price_is_refused_or_held_at_the_ceiling(place: Place) -> None:
    place.prices.prices = {}
    with pytest.raises(UnknownPrice):
        await place.ask()
    place.models["one"].answers = [says()]
    ceiling = Price(100 * USD, 100 * USD, 100 * USD, "ceiling", is_ceiling=True)
    paid = await place.made(ceiling=ceiling).ask(an_ask(wanted="small"))
    assert paid.cost_nanos == 120 * 100_000


async def test_the_companys_own_price_stands_above_the_table_from_its_day_on(place: Place) -> None:
    now = place.clock.now()
    own = Price(2 * USD, 2 * USD, 2 * USD, "own")
    key = ModelKey("one", "small")
    await place.company.write(
        lambda tx: tx.providers.add_price(key, own, now + timedelta(hours=1))
    )
    place.models["one"].answers = [says(), says()]
    assert (await place.ask(wanted="small")).cost_nanos == COST
    place.clock.advance(timedelta(hours=2))
    assert (await place.ask(wanted="small")).cost_nanos == 120 * 2000


async def test_a_price_is_frozen_when_the_call_is_let_in(place: Place) -> None:
    model = place.models["one"]
    model.answers = [says()]
    model.gate.clear()
    running = asyncio.ensure_future(place.ask(wanted="small"))
    await model.is_asked.wait()
    place.prices.prices = {}
    await place.company.write(lambda tx: tx.providers.set_disabled("one", True))
    model.gate.set()
    assert (await running).cost_nanos == COST
    with pytest.raises(NoModel):
        await place.ask(wanted="small")


async def test_a_free_model_costs_nothing_and_is_kept(place: Place) -> None:
    place.prices.prices["small"] = Price(0, 0, 0, "own")
    place.models["one"].answers = [says()]
    assert (await place.ask(wanted="small")).cost_nanos == 0
    assert [x[:3] for x in await place.usage()] == [("small", 100, 0)]


async def test_a_caller_that_stops_waiting_has_its_call_settled(place: Place) -> None:
    model = place.models["one"]
    model.answers = [says()]
    model.gate.clear()
    running = asyncio.ensure_future(place.ask())
    await model.is_asked.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    model.gate.set()
    await place.completions.settled()
    assert await place.team() == (COST, 0)


async def test_a_bug_in_a_backend_leaves_nothing_held(place: Place) -> None:
    place.models["one"].answers = [ZeroDivisionError()]
    with pytest.raises(ZeroDivisionError):
        await place.ask()
    used, held = await place.team()
    assert (used, held) == (prompt_tokens(an_ask()) * 1000, 0)


async def test_a_call_whose_process_died_is_charged_its_prompt_once(place: Place) -> None:
    model = place.models["one"]
    model.gate.clear()
    running = asyncio.ensure_future(place.ask("k", wanted="small", within_s=30.0))
    await model.is_asked.wait()
    held = (await place.team())[1]
    assert held
    place.clock.advance(timedelta(seconds=89))
    assert await expire_holds(place.company.database) == 0
    place.clock.advance(timedelta(seconds=2))
    ended = await asyncio.gather(*(expire_holds(place.company.database) for _ in range(4)))
    assert sum(ended) == 1
    prompt = prompt_tokens(an_ask()) * 1000
    assert await place.team() == (prompt, 0)
    assert [(x[0], x[2], x[5]) for x in await place.usage()] == [("small", prompt, 1)]
    assert await place.call("k") == ("unknown", prompt)
    # What it answers after all changes nothing any more.
    model.answers = [says()]
    model.gate.set()
    await running
    assert await place.team() == (prompt, 0)


async def test_so_many_calls_a_day_and_no_more_from_many_tasks(place: Place) -> None:
    place.completions = place.made(calls_per_day=5)
    place.models["one"].answers = [says() for _ in range(12)]
    answers = await asyncio.gather(*(place.ask() for _ in range(12)), return_exceptions=True)
    assert sum(isinstance(x, Paid) for x in answers) == 5
    assert sum(isinstance(x, QuotaExceeded) for x in answers) == 7
    assert await place.team() == (5 * COST, 0)
    place.clock.advance(timedelta(days=1))
    await place.ask()


async def test_without_a_provider_there_is_no_model(place: Place) -> None:
    for name in ("one", "two"):
        assert await place.company.write(lambda tx, x=name: tx.providers.set_disabled(x, True))  # type: ignore[misc]  # bound now
    with pytest.raises(NoModel):
        await place.ask()


async def test_a_closed_wallet_pays_for_nothing_not_even_for_what_is_free(place: Place) -> None:
    place.prices.prices["small"] = Price(0, 0, 0, "own")
    assert await place.company.write(lambda tx: tx.wallets.set_closed(TEAM, True))
    with pytest.raises(WalletClosed):
        await place.ask(wanted="small")
    with pytest.raises(NotFound):
        await place.ask(wanted="small", wallet_id=WalletId("globex-team"))
    assert place.models["one"].asked == []


async def test_a_rule_decides_and_the_call_keeps_why(place: Place) -> None:
    rules = (
        Rule("tight", "cheapest", 50, models=("small",), from_percent=50),
        Rule("led", "ordered", models=("two/large", "small"), role="lead", wallet_id=ORG),
    )
    assert await place.company.write(lambda tx: tx.routing.save(rules, 0))
    assert await place.company.write(lambda tx: tx.people.give(BEN, "lead", TEAM))
    place.models["two"].answers = [says()]
    place.models["one"].answers = [says()]
    assert (await place.ask("k")).model == ("two", "large")
    assert await place.usage() == [("large", 100, 10 * COST, "ordered", 1, 0)]
    (kept,) = await place.company.read(lambda tx: tx.calls.list_of(BEN, 5))
    choice, tries = parse_choice(kept.route), parse_tries(kept.attempts)
    assert (choice.rule, choice.version, choice.strategy) == ("led", 1, "ordered")
    assert [(x.model, x.reason) for x in choice.routes] == [
        ("large", "ordered"),
        ("small", "fallback"),
    ]
    assert [(x.model, x.error, x.cost_nanos) for x in tries] == [("large", "", 10 * COST)]
    # Half of the team's ten dollars: the cheaper rule comes first and fits now.
    place.models["one"].answers = [says(usage=TokenUsage(5_000_000, 1)), says()]
    await place.ask(wanted="small")
    assert (await place.ask()).model == ("one", "small")


async def test_a_rule_that_leaves_no_model_refuses_and_nothing_is_asked(place: Place) -> None:
    rules = (Rule("eu", "cheapest", region="eu"),)
    assert await place.company.write(lambda tx: tx.routing.save(rules, 0))
    with pytest.raises(NoModel) as caught:
        await place.ask()
    assert caught.value.facts["rule"] == "eu"
    assert await place.team() == (0, 0)
    assert place.models["one"].asked == []


async def test_of_many_that_fall_back_one_tries_a_model_whose_rest_is_over(
    place: Place,
) -> None:
    await place.add(ONE, TWO)
    breaker = place.completions.breaker
    for _ in range(3):
        breaker.failed(CompanyModel(ACME, "two", "large"))
    place.clock.advance(timedelta(seconds=60))

    class Slow(Model):
        """Answers one, and not before it may."""

        async def ask(self, request: ModelRequest) -> ModelAnswer:
            assert not self.asked
            return await super().ask(request)

    one, two = place.models["one"], Slow([says()])
    place.models["two"] = two
    # What will not pass: nobody comes back to it.
    one.answers = [ProviderRefused("one", "small") for _ in range(8)]
    two.gate.clear()
    tasks = TaskGroup()
    calls = [tasks.start(place.ask(), name=f"call-{number}") for number in range(8)]
    done, waiting = await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
    while len(waiting) > 1:
        more, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        done |= more
    two.gate.set()
    (trying,) = waiting
    assert (await trying).is_fallback
    assert len(two.asked) == 1
    assert {type(task.exception()) for task in done} == {ProviderRefused}
    assert not breaker.is_resting(CompanyModel(ACME, "two", "large"))


async def test_one_companys_broken_server_rests_no_other_companys(place: Place) -> None:
    """Both call a server of their own `one`, and its model `small`."""
    east = Company(place.company.database, TenantId("east"))
    await place.company.database.write(lambda tx: found_company(tx, tenant=east.tenant))
    for name in ("org", "team"):
        await east.limit(WalletId(f"east-{name}"), 10 * USD)
    await east.write(lambda tx: tx.providers.add(ONE))
    theirs = {
        "tenant": east.tenant,
        "person_id": PrincipalId("east-ben"),
        "wallet_id": WalletId("east-team"),
    }
    place.models["one"].answers = [ProviderFailed("one", "small")] * 6
    for _ in range(2):
        with pytest.raises(ProviderFailed):
            await place.ask(**theirs)
    breaker = place.completions.breaker
    assert breaker.is_resting(CompanyModel(east.tenant, "one", "small"))
    assert not breaker.is_resting(CompanyModel(ACME, "one", "small"))
    place.models["one"].answers = [says()]
    assert (await place.ask()).model == ("one", "small")
    await east.assert_sound()


async def test_a_provider_that_was_seen_to_be_away_keeps_nobody_waiting(place: Place) -> None:
    for _ in range(3):
        place.completions.breaker.failed(whole(ACME, "one"))
    place.models["two"].answers = [says()]
    paid = await place.ask()
    assert (paid.model, len(place.models["one"].asked)) == (("two", "large"), 0)
    (kept,) = await place.company.read(lambda tx: tx.calls.list_of(BEN, 5))
    assert parse_choice(kept.route).left_out == (("one", "small", "resting"),)


async def test_tries_and_estimates_are_counted(place: Place) -> None:
    metrics = Metrics()
    place.completions.observe(metrics)
    place.models["one"].answers = [ProviderFailed("one", "small", status=503)]
    place.models["two"].answers = [says()]
    await place.ask()
    text = metrics.as_text().decode()
    assert 'bursar_model_calls_total{model="small",outcome="provider_failed"} 1.0' in text
    assert 'bursar_model_calls_total{model="large",outcome="ok"} 1.0' in text
    assert 'bursar_model_resting{model="small"} 0.0' in text
    # Only what a provider counted is compared: one try was never counted.
    assert "bursar_tokens_estimate_ratio_count 1.0" in text


async def test_what_was_counted_corrects_what_is_set_aside(place: Place) -> None:
    assumed = prompt_tokens(an_ask())
    half = TokenUsage(max(1, assumed // 2), 10)
    model = place.models["one"]
    held = []
    for _ in range(6):
        model.answers.append(lambda request: ModelAnswer("Because.", request.model, usage=half))
        model.gate.clear()
        model.is_asked.clear()
        call = asyncio.ensure_future(place.ask(wanted="small"))
        await model.is_asked.wait()
        held.append((await place.team())[1])
        model.gate.set()
        await call
    # Five counts later less is set aside; what is charged was the same each time.
    assert held[0] == assumed * 1000 + an_ask().most_tokens * 4000
    assert held[:5] == [held[0]] * 5
    assert held[5] < held[0]
    assert await place.team() == (6 * (half.tokens_in * 1000 + 10 * 4000), 0)


async def test_nothing_is_kept_because_of_an_answer_before_it_is_charged(place: Place) -> None:
    place.models["one"].answers = [says() for _ in range(20)]
    left_open = []

    async def call(number: int) -> None:
        key = f"call-{number}"
        await place.completions.ask(an_ask(key))
        left_open.append(
            await place.company.write(
                lambda tx: tx.calls.give_up(key) or tx.ledger.list_open_holds(key)
            )
        )

    await asyncio.gather(*(call(number) for number in range(20)))
    assert left_open == [[]] * 20
    assert await place.team() == (20 * COST, 0)


async def test_what_a_provider_refuses_is_told_to_who_asked_and_logged_as_no_fault(
    place: Place,
) -> None:
    for name, model in place.models.items():
        model.answers = [ProviderRefused(name, "small")]
    with capture_logs() as logs, pytest.raises(ProviderRefused):
        await place.ask()
    assert [line["event"] for line in logs if line["log_level"] == "error"] == []


async def test_a_fault_of_ours_is_logged(place: Place) -> None:
    place.models["one"].answers = [ZeroDivisionError()]
    with capture_logs() as logs, pytest.raises(ZeroDivisionError):
        await place.ask()
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["task failed"]
