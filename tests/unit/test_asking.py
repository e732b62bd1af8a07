"""A call to a model as the planner asks for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors.models import NoModel
from bot.ids import ConversationId, TenantId, WalletId
from intents.free_speech.asking import Asking
from intents.free_speech.shapes import plan_shape
from tests.fakes_directory import demo_context
from tests.unit.test_prompts import Recorder


@pytest.mark.parametrize(("place", "kept_by"), [("c1", "c1"), (None, "")])
async def test_a_conversation_keeps_its_model(place: str | None, kept_by: str) -> None:
    """Where a rule says so; in a first message it is the person who does."""
    paid = Recorder()
    context = replace(
        demo_context(),
        tenant=TenantId("acme"),
        home_wallet_id=WalletId("design"),
        conversation_id=None if place is None else ConversationId(place),
    )
    with pytest.raises(NoModel):
        await Asking(paid).ask((), plan_shape(), context, "planner")
    assert [ask.sticks_to for ask in paid.asked] == [kept_by]
