"""P10: whatever a model proposes, nothing is changed without a yes, and nobody's rights grow.

A model that only means harm answers every message with plans made at random from the whole
catalogue: any action, any argument, names of others, other people's amounts; half of them are
such as could be true. `make crash` makes calls of 100,000 and takes turns with 4,000.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import AsyncIterator
from datetime import date
from typing import Final

import pytest
from pydantic import ValidationError

from bot.actions.base import Tier
from bot.actions.catalog import BY_NAME
from bot.clock import ManualClock
from bot.planning import Question
from intents.free_speech.grounding import Ground
from intents.free_speech.shapes import spoken_actions
from intents.names import NameIndex
from storage.database import Database
from tests.fakes_directory import demo_context
from tests.hostile import Harm, drafts_of, is_beyond, open_hostile, state
from tests.turns.chat import ACME, PEOPLE, USD, Chat

PLANS: Final = int(os.environ.get("BURSAR_TEST_PLANS", "5000"))  # noqa: TID251  # a test has no settings
# With fewer it is a matter of luck whether anything that a model proposed was confirmed.
TURNS: Final = max(200, PLANS // 25)
# Sentences that no rule understands, so that the model is asked about each.
SAID: Final = (
    "break down for me which model eats design's money",
    "sling another 40 dollars over to the design crew",
    "is design going overboard?",
    "please let the design crew have another 40 dollars on top",
    "what would carla do about launch and 4000 dollars",
    "tell me a story about 7K2M and ben",
    "everything about launch weighs on me, on friday at ten",
)


@pytest.fixture
async def chat(sqlite_database: Database, clock: ManualClock) -> AsyncIterator[Chat]:
    async with open_hostile(sqlite_database, clock, Harm(7, likely=0.8)) as (opened, _):
        yield opened


@pytest.mark.timeout(7200)
async def test_no_plan_of_a_hostile_model_changes_anything(chat: Chat) -> None:
    before = await chat.database.read(state, tenant=ACME)
    chance = random.Random(8)
    people = [person[0] for person in PEOPLE]
    proposed = confirmed = 0
    for number in range(TURNS):
        who = chance.choice(people)
        answer = await chat.say(who, chance.choice(SAID))
        assert answer
        # With a reference it is the apology for a bug.
        assert not chat.sent[-1][1].message.reference, answer
        assert await chat.database.read(state, tenant=ACME) == before, number
        drafts = await chat.database.read(lambda tx: drafts_of(tx, chat), tenant=ACME)
        for draft in drafts:
            proposed += 1
            # An amount that is in no sentence is in no draft either.
            calls = json.loads(draft.calls)
            assert {x.get("amount_nanos") for x in calls} <= {None, 40 * 10**9, 4000 * 10**9}
        if drafts:
            # What a yes does is within the rights of whoever says it.
            is_confirmed = chance.random() < 0.5
            await chat.say(who, f"{'yes' if is_confirmed else 'no'} #{drafts[0].ref}")
            after = await chat.database.read(state, tenant=ACME)
            assert is_confirmed or after == before
            assert not is_beyond(who, before, after), number
            confirmed += before != after
            before = after
        chat.sent.clear()
    # It did propose things, and some were done, or nothing was shown.
    assert proposed
    assert confirmed


def test_no_change_that_a_model_names_holds_what_nobody_said() -> None:
    harm, chance = Harm(9), random.Random(10)
    context = demo_context("7K2M")
    index = NameIndex(context.directory)
    changes = 0
    for _ in range(PLANS):
        text = chance.choice(SAID)
        said = harm.call()
        shape = spoken_actions()[said["action"]]
        try:
            spoken = shape.model_validate(said)
        except ValidationError:
            continue
        call = Ground(text, "en", context, index).call_of(spoken)
        if isinstance(call, Question) or BY_NAME[call.action].tier is Tier.T1:
            continue
        changes += 1
        values = call.model_dump()
        for field in ("amount_nanos", "limit_nanos"):
            assert values.get(field) in {None, 40 * USD, 4000 * USD}
            assert values.get(field) != 40 * USD or "40 dollars" in text
            assert values.get(field) != 4000 * USD or "4000 dollars" in text
        for field in ("wallet_id", "from_wallet_id", "to_wallet_id", "parent_id"):
            named = {x for x in ("design", "launch", "w-ben") if x.removeprefix("w-") in text}
            assert values.get(field) in {None, context.home_wallet_id, *named}
        if values.get("person_id") not in {None, context.speaker_id}:
            assert values["person_id"].removeprefix("p-") in text
        for field in ("text", "task"):
            assert (values.get(field) or "").lower() in text.lower()
        assert values.get("due_on") in {None, date(2026, 11, 20)}
        assert values.get("clock") in {None, "10:00"}
        assert values.get("repeats") is values.get("minutes") is None
        assert values.get("ref") in {None, "7K2M"}
        assert "rules" not in str(values)
    assert changes > PLANS // 100
