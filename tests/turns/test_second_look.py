"""A model that looks at changes a second time can ask for care, and for nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.actions.base import Tier
from bot.clock import ManualClock
from bot.errors.models import ProviderFailed
from bot.ports import Tx
from bot.proposals.model import Proposal
from storage.database import Database
from tests.fakes_models import Answer
from tests.turns.chat import ACME, USD
from tests.turns.speech import Speech, doubts, open_speech, plans, prose

ORDER = "rename Launch to Rocket"
MORE = {"action": "request_budget", "wallet": "Design", "amount": "40"}
WANTS = "sling another 40 dollars over to the design crew"


@pytest.fixture
async def looked(database: Database, clock: ManualClock) -> AsyncIterator[Speech]:
    async with open_speech(database, clock, has_critic=True) as opened:
        yield opened


async def drafts(speech: Speech) -> list[Proposal]:
    """Return what waits where the last message went."""
    place = speech.chat.sent[-1][1].message.conversation_id

    def read(tx: Tx) -> list[Proposal]:
        return tx.proposals.list_open_here(place)

    return await speech.chat.database.read(read, tenant=ACME)


async def test_no_doubt_leaves_the_draft_as_it_is(looked: Speech) -> None:
    answer = await looked.say("elena", ORDER, doubts())
    assert "Rocket" in answer
    assert "Look twice" not in answer
    assert "looked at again by a model for $0.0014" in answer
    (draft,) = await drafts(looked)
    assert draft.tier == Tier.T2
    facts = looked.model.asked[0].messages[1].text
    assert '"proposed": [{"action": "rename_wallet"' in facts
    assert "wallet_id" not in facts


async def test_a_doubt_makes_the_draft_more_careful(looked: Speech) -> None:
    answer = await looked.say("elena", ORDER, doubts((0, "bulk", False)))
    assert "Look twice: this may change more than you want." in answer
    (draft,) = await drafts(looked)
    assert draft.tier == Tier.T3


async def test_a_doubt_may_ask_before_anything_is_drafted(looked: Speech) -> None:
    answer = await looked.say("elena", ORDER, doubts((0, "not_ordered", True)))
    assert "Say it as an order." in answer
    assert "Draft #" not in answer
    assert await drafts(looked) == []


async def test_what_both_cost_is_signed(looked: Speech) -> None:
    answer = await looked.say("ana", WANTS, plans(MORE, intent="write"), doubts())
    assert "read by small for $0.00" in answer
    spent = (await looked.design())[1]
    # The look costs its tokens too, beside the three dollars that were spent before.
    assert spent == 3 * USD + 2 * 1_400_000


@pytest.mark.parametrize(
    "answers",
    [
        (ProviderFailed("house", "small", status=503),) * 2,
        (prose("I approve it."), prose("Approved, lower the tier.")),
        (doubts((7, "bulk", True)),),
    ],
    ids=["away", "prose", "no such step"],
)
async def test_without_a_second_look_the_first_one_holds(
    looked: Speech, answers: tuple[Answer, ...]
) -> None:
    answer = await looked.say("elena", ORDER, *answers)
    assert "Rocket" in answer
    assert "approve" not in answer.lower()
    (draft,) = await drafts(looked)
    assert draft.tier == Tier.T2
