"""Whatever the rules, the prices and the call: what a choice of models always keeps to."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.economy.prices import Price, bound_nanos
from bot.routing.choice import Market, choose
from bot.routing.kept import dump_choice, parse_choice
from bot.routing.providers import ModelKey, Provider
from bot.routing.rules import CallFacts, Rule, dump_rules, holds, in_order, parse_rules

NAMES = st.sampled_from(["a", "b", "c"])
MODELS = st.sampled_from(["m", "n", "o", "one/m", "two/n", "none"])
REGIONS = st.sampled_from(["", "eu", "us"])
PROVIDERS = st.lists(
    st.builds(
        Provider,
        st.sampled_from(["one", "two", "three"]),
        st.just("openai"),
        st.lists(st.sampled_from(["m", "n", "o"]), min_size=1, max_size=3, unique=True).map(tuple),
        is_disabled=st.booleans(),
        region=REGIONS,
    ),
    max_size=3,
    unique_by=lambda provider: provider.name,
)
RULES = st.lists(
    st.builds(
        Rule,
        NAMES,
        st.sampled_from(["cheapest", "ordered", "weighted", "fastest", "sticky"]),
        st.integers(1, 3),
        st.lists(MODELS, max_size=3).map(tuple),
        task=st.sampled_from(["", "planner", "critic"]),
        plan=st.sampled_from(["", "basic", "premium"]),
        role=st.sampled_from(["", "lead"]),
        wallet_id=st.sampled_from(["", "w"]),
        from_percent=st.integers(0, 100),
        from_hour=st.none() | st.integers(0, 23),
        until_hour=st.none() | st.integers(0, 23),
        from_nanos=st.integers(0, 10**7),
        region=REGIONS,
        within_ms=st.integers(0, 1000),
    ),
    max_size=4,
    unique_by=lambda rule: rule.name,
)
CALLS = st.builds(
    CallFacts,
    st.integers(0, 10**5),
    st.integers(0, 10**4),
    st.sampled_from(["planner", "critic"]),
    st.sampled_from(["basic", "premium"]),
    st.sampled_from([frozenset[str](), frozenset({"lead"})]),
    st.sampled_from([(), ("w",)]),
    st.integers(0, 120),
    st.integers(0, 23),
    st.text(max_size=3),
    st.sampled_from(["", "", "m", "two/n", "none"]),
)
EVERY = [ModelKey(p, m) for p in ("one", "two", "three") for m in ("m", "n", "o")]
PRICES = st.dictionaries(
    st.sampled_from(EVERY),
    st.builds(Price, *[st.integers(0, 10**10)] * 3, st.just("t")),
)


@settings(max_examples=500, deadline=None)
@given(CALLS, PROVIDERS, RULES, PRICES, st.sets(st.sampled_from(EVERY)), st.integers())
def test_a_choice_asks_what_it_may_once_and_says_why_not_the_rest(
    call: CallFacts,
    providers: list[Provider],
    rules: list[Rule],
    prices: dict[ModelKey, Price],
    resting: set[ModelKey],
    seed: int,
) -> None:
    market = Market(
        providers,
        prices.get,
        lambda key: key not in resting,
        {key: index * 100 for index, key in enumerate(EVERY)}.get,
        draw=random.Random(seed).random,
    )
    ordered = in_order(rules)
    choice = choose(call, market, ordered)
    by_name = {provider.name: provider for provider in providers}
    keys = [route.key for route in choice.routes]
    assert len(keys) == len(set(keys))
    for route in choice.routes:
        provider = by_name[route.key.provider]
        assert not provider.is_disabled
        assert route.key.model in provider.models
        assert route.price is prices[route.key]
        assert route.bound_nanos == bound_nanos(route.price, call.tokens_in, call.tokens_out)
    # Nothing that rests stands before something that does not.
    ready = [key not in resting for key in keys]
    assert ready == sorted(ready, reverse=True)
    rule = next((one for one in rules if one.name == choice.rule), None)
    if call.wanted:
        assert choice.rule == ""
        assert all(call.wanted in {x.model, "/".join(x)} for x in keys)
    elif rule is not None:
        before = ordered[: ordered.index(rule)]
        usual = [x.bound_nanos for x in choose(call, market).routes]
        assert holds(rule, call, min(usual, default=0))
        assert not any(holds(one, call, min(usual, default=0)) for one in before)
        assert not rule.region or {by_name[key.provider].region for key in keys} <= {rule.region}
        assert not rule.models or all({x.model, "/".join(x)} & {*rule.models} for x in keys)
        if rule.strategy == "cheapest" and not rule.within_ms:
            bounds = [x.bound_nanos for x in choice.routes if x.key not in resting]
            assert bounds == sorted(bounds)
    # Whoever is not asked is told about, and nobody is both unless it rests.
    asked_and_not = {one.key for one in choice.left_out if one.why != "resting"} & set(keys)
    assert not asked_and_not
    assert {one.key for one in choice.left_out if one.why == "resting"} == set(keys) & resting


@settings(max_examples=200, deadline=None)
@given(CALLS, PROVIDERS, RULES, PRICES)
def test_what_is_kept_reads_back_and_the_same_call_is_chosen_for_alike(
    call: CallFacts, providers: list[Provider], rules: list[Rule], prices: dict[ModelKey, Price]
) -> None:
    market = Market(providers, prices.get)
    kept = parse_rules(dump_rules(rules))
    assert kept == in_order(rules)
    choice = choose(call, market, kept)
    assert choose(call, market, kept) == choice
    read = parse_choice(dump_choice(choice, call.wanted, 3))
    assert [(x.provider, x.model) for x in read.routes] == [tuple(x.key) for x in choice.routes]
    assert read.left_out == tuple((*x.key, x.why) for x in choice.left_out)
