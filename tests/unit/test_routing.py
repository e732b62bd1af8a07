"""Which model is asked, by which rule, and why not the others."""

from __future__ import annotations

from typing import Any

import pytest

from bot.economy.prices import Price
from bot.ids import WalletId
from bot.routing.choice import Choice, LeftOut, Market, choose
from bot.routing.kept import dump_choice, parse_choice
from bot.routing.providers import ModelKey, Provider
from bot.routing.rules import CallFacts, Rule, dump_rules, in_order, parse_rules

USD = 1_000_000_000
SMALL, LARGE, OWN = ModelKey("one", "small"), ModelKey("one", "large"), ModelKey("two", "own")
PRICES = {
    SMALL: Price(1 * USD, 1 * USD, 4 * USD, "t"),
    LARGE: Price(10 * USD, 1 * USD, 40 * USD, "t"),
    OWN: Price(2 * USD, 1 * USD, 8 * USD, "t"),
}
PROVIDERS = (
    Provider("one", "openai", ("small", "large"), region="us"),
    Provider("two", "compatible", ("own",), "http://own", region="eu"),
    Provider("off", "openai", ("gone",), is_disabled=True),
)
CALL = CallFacts(1000, 500, task="planner", sticks_to="ana", hour=12)


def market(**given: Any) -> Market:
    return Market(PROVIDERS, **{"price_of": PRICES.get, **given})


def order(choice: Choice) -> list[ModelKey]:
    return [route.key for route in choice.routes]


def asked(*rules: Rule, call: CallFacts = CALL, **given: Any) -> list[ModelKey]:
    return order(choose(call, market(**given), in_order(rules)))


def call(**given: Any) -> CallFacts:
    return CallFacts(**{"tokens_in": 1000, "tokens_out": 500, **given})


def test_without_rules_the_cheapest_first_model_is_asked() -> None:
    choice = choose(CALL, market())
    assert order(choice) == [SMALL, OWN]
    assert [route.reason for route in choice.routes] == ["cheapest", "fallback"]
    assert (choice.rule, choice.strategy) == ("", "cheapest")


def test_the_first_rule_that_fits_decides_and_the_name_parts_equals() -> None:
    large, own = Rule("b", "ordered", models=("large",)), Rule("a", "ordered", models=("own",))
    assert asked(large, own) == [OWN]
    assert asked(Rule("b", "ordered", 50, models=("large",)), own) == [LARGE]
    assert asked(Rule("b", "ordered", 50, models=("large",), task="critic"), own) == [OWN]


@pytest.mark.parametrize(
    ("condition", "fits", "misses"),
    [
        ({"task": "critic"}, {"task": "critic"}, {"task": "planner"}),
        ({"plan": "premium"}, {"plan": "premium"}, {}),
        ({"role": "lead"}, {"roles": frozenset({"lead", "member"})}, {"roles": frozenset({"x"})}),
        ({"wallet_id": "w"}, {"wallet_ids": (WalletId("v"), WalletId("w"))}, {"wallet_ids": ()}),
        ({"from_percent": 80}, {"used_percent": 80}, {"used_percent": 79}),
        ({"from_hour": 9, "until_hour": 17}, {"hour": 9}, {"hour": 17}),
        ({"from_hour": 20, "until_hour": 6}, {"hour": 5}, {"hour": 6}),
        ({"from_hour": 20, "until_hour": 6}, {"hour": 20}, {"hour": 19}),
        ({"from_hour": 20, "until_hour": 0}, {"hour": 23}, {"hour": 0}),
        # 1,000 at a dollar and 500 at four for a million: 3,000,000 nanos at the cheapest.
        ({"from_nanos": 3_000_000}, {}, {"tokens_in": 999}),
    ],
)
def test_each_condition_is_looked_at(
    condition: dict[str, Any], fits: dict[str, Any], misses: dict[str, Any]
) -> None:
    rule = Rule("r", "ordered", models=("large",), **condition)
    assert asked(rule, call=call(**fits)) == [LARGE]
    assert asked(rule, call=call(**misses)) == [SMALL, OWN]


def test_who_names_a_model_gets_it_whatever_the_rules_say() -> None:
    rule = Rule("r", "ordered", models=("own",))
    assert asked(rule, call=call(wanted="one/large")) == [LARGE]
    assert asked(rule, call=call(wanted="gone")) == []


def test_a_rule_is_kept_to_where_none_of_its_models_can_be_asked() -> None:
    assert asked(Rule("r", "ordered", models=("gone",))) == []
    choice = choose(CALL, market(), (Rule("r", "cheapest", region="mars"),))
    assert choice.routes == ()
    assert choice.rule == "r"
    assert choice.left_out == (LeftOut(SMALL, "other_region"), LeftOut(OWN, "other_region"))


def test_a_region_and_a_price_leave_models_out_and_say_so() -> None:
    choice = choose(CALL, market(), (Rule("r", "cheapest", region="eu"),))
    assert (order(choice), choice.left_out) == ([OWN], (LeftOut(SMALL, "other_region"),))
    unpriced = choose(CALL, market(price_of={OWN: PRICES[OWN]}.get))
    assert (order(unpriced), unpriced.left_out) == ([OWN], (LeftOut(SMALL, "no_price"),))


def test_what_rests_stands_last_in_every_strategy() -> None:
    models = ("small", "own", "large")
    for strategy in ("cheapest", "ordered", "weighted", "fastest", "sticky"):
        choice = choose(
            CALL,
            market(may_ask=lambda key: key != SMALL),
            (Rule("r", strategy, models=models),),
        )
        assert order(choice)[-1] == SMALL, strategy
        assert choice.routes[-1].reason == "rests_after_failures"
        assert choice.left_out == (LeftOut(SMALL, "resting"),)


def test_the_cheapest_that_is_fast_enough_comes_first() -> None:
    usual = {SMALL: 4000, OWN: 900}
    rule = Rule("r", "cheapest", within_ms=2000)
    assert asked(rule, usual_ms=usual.get) == [OWN, SMALL]
    # Nobody knows yet how long the cheaper one takes: it is asked, and then somebody knows.
    assert asked(rule, usual_ms={OWN: 900}.get) == [SMALL, OWN]


def test_weights_share_the_calls_in_their_proportion() -> None:
    rule = Rule("r", "weighted", models=("small", "own"), weights=(3, 1))
    draws = Draws()
    first = [asked(rule, draw=draws.next)[0] for _ in range(4000)]
    assert 0.72 < first.count(SMALL) / 4000 < 0.78


def test_faster_models_get_more_of_the_calls() -> None:
    rule = Rule("r", "fastest", models=("small", "own"))
    draws = Draws()
    usual = {SMALL: 300, OWN: 900}
    first = [asked(rule, draw=draws.next, usual_ms=usual.get)[0] for _ in range(4000)]
    assert 0.72 < first.count(SMALL) / 4000 < 0.78


def test_a_person_keeps_a_model_and_people_are_shared_out() -> None:
    rule = Rule("r", "sticky", models=("small", "own"), weights=(3, 1))
    people = [f"person-{number}" for number in range(2000)]
    first = {who: asked(rule, call=call(sticks_to=who))[0] for who in people}
    assert first == {who: asked(rule, call=call(sticks_to=who))[0] for who in people}
    assert 0.7 < list(first.values()).count(SMALL) / len(people) < 0.8
    # One more model takes some people over, and moves nobody between those that there were.
    more = Rule("r", "sticky", models=("small", "own", "large"), weights=(3, 1, 1))
    moved = {who: asked(more, call=call(sticks_to=who))[0] for who in people}
    assert all(moved[who] in {LARGE, first[who]} for who in people)
    assert LARGE in moved.values()


def test_rules_and_choices_come_back_as_they_were_kept() -> None:
    rules = (Rule("a", "sticky", models=("x",), weights=(2,)), Rule("b", "cheapest", 500))
    assert parse_rules(dump_rules(reversed(rules))) == rules
    choice = choose(CALL, market(), (Rule("r", "cheapest", region="eu"),))
    kept = parse_choice(dump_choice(choice, "", 7))
    assert (kept.rule, kept.version, kept.strategy) == ("r", 7, "cheapest")
    assert kept.left_out == (("one", "small", "other_region"),)
    assert [(x.provider, x.model, x.reason) for x in kept.routes] == [("two", "own", "only_one")]


class Draws:
    """Numbers that are spread evenly: a Weyl sequence in one dimension per pair of calls."""

    def __init__(self) -> None:
        self._at = 0

    def next(self) -> float:
        self._at += 1
        # Two models draw one number each: two irrational steps keep the pairs spread.
        step = 0.7548776662466927 if self._at % 2 else 0.5698402909980532
        return (self._at // 2 + self._at % 2) * step % 1
