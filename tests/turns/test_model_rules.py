"""Rules for models in the chat: caps, a pause, personal data, where they are asked."""

from __future__ import annotations

import pytest

from bot.ids import PrincipalId
from bot.routing.policy import ModelPolicy
from tests.turns.chat import ACME, USD, Chat
from tests.turns.speech import ASKS, Speech, plans

BY_MODEL = {"action": "show_spend", "wallet": "Design", "by": "model"}
PHONE = "break down for me which model eats design's money, or call +34 612 345 678"
KEY = "sk-proj-" + "aB3dE5gH7jK9mN1pQ3sT" * 2


async def policy(chat: Chat) -> ModelPolicy:
    return await chat.database.read(lambda tx: tx.policy.get(), tenant=ACME)


async def confirm(chat: Chat, text: str) -> str:
    """Say something as the owner, and yes to its card; return both answers."""
    card = await chat.say("elena", text)
    return f"{card}\n{await chat.say('elena', 'yes')}"


async def test_a_cap_is_set_holds_and_is_undone(speech: Speech) -> None:
    chat = speech.chat
    said = await confirm(chat, "cap models at $0.001 per message")
    assert "let models cost at most $0.001 for one message" in said
    assert "as the operator has set it -> $0.001" in said
    answer = await speech.say("ana", ASKS, plans(BY_MODEL))
    assert "Models may cost $0.001 for one message; $0.00 is used" in answer
    assert "read by rules" in answer
    assert speech.model.asked == []
    assert "what a call may cost at most must fit" in await chat.say("ana", "why?")
    assert "leave that cap on models to the operator" in await confirm(chat, "undo")
    assert (await policy(chat)).caps.turn is None
    assert "read by small" in await speech.say("ana", ASKS, plans(BY_MODEL))


async def test_a_days_cap_says_when_it_opens_again(speech: Speech) -> None:
    chat = speech.chat
    await confirm(chat, "/cap day 0.01")
    assert (await policy(chat)).caps.bot_day == USD // 100
    answer = await speech.say("ana", ASKS, plans(BY_MODEL))
    assert "Models may cost $0.01 a day in all" in answer
    assert "They can be asked again from" in answer


async def test_the_pause_word_stops_models_at_once(speech: Speech) -> None:
    chat = speech.chat
    assert "Models are paused" in await chat.say("elena", "/pause")
    answer = await speech.say("ana", ASKS, plans(BY_MODEL))
    assert "Models are paused by Elena Vega since" in answer
    assert speech.model.asked == []
    assert "Models are paused by Elena Vega" in await chat.say("ana", "why?")
    assert "paused already, by Elena Vega" in await chat.say("elena", "pause models")
    assert "Paused by Elena Vega" in await chat.say("elena", "model rules")
    card = await chat.say("elena", "resume models")
    assert "let models be asked again, which Elena Vega has stopped" in card
    assert (await policy(chat)).pause is not None
    assert "Models are asked again" in await chat.say("elena", "yes")
    assert "read by small" in await speech.say("ana", ASKS, plans(BY_MODEL))


async def test_an_admin_pauses_in_spanish(speech: Speech) -> None:
    chat = speech.chat
    await chat.database.write(
        lambda tx: tx.people.give(PrincipalId("carla"), "admin", None), tenant=ACME
    )
    assert "Los modelos están en pausa" in await chat.say("carla", "pausa los modelos")
    await chat.say("carla", "reanuda los modelos")
    assert "Se vuelve a preguntar" in await chat.say("carla", "sí")


@pytest.mark.parametrize("handle", ["ana", "ben", "frank"])
async def test_nobody_else_pauses_or_changes_a_rule(chat: Chat, handle: str) -> None:
    for text in (
        "pause models",
        "resume models",
        "model rules",
        "cap models at $20 a day",
        "personal data: warn",
        "/model_hosts inside",
    ):
        answer = await chat.say(handle, text)
        assert "may not see or change where models are asked" in answer, text
    assert await policy(chat) == ModelPolicy()


async def test_personal_data_is_taken_out_by_itself(speech: Speech) -> None:
    answer = await speech.say("ana", PHONE, plans(BY_MODEL))
    assert "read by small" in answer
    assert "saw" not in answer
    (request,) = speech.model.asked
    assert "612 345 678" not in str(request.messages)
    assert "[PHONE_1]" in str(request.messages)


async def test_who_lets_personal_data_out_is_told_once(speech: Speech) -> None:
    await confirm(speech.chat, "personal data: warn")
    answer = await speech.say("ana", PHONE, plans(BY_MODEL))
    assert answer.count("With your message a model saw: a phone number.") == 1
    assert "612 345 678" in str(speech.model.asked[0].messages)
    assert "saw" not in await speech.say("ana", ASKS, plans(BY_MODEL))


async def test_where_personal_data_blocks_no_model_is_asked(speech: Speech) -> None:
    await confirm(speech.chat, "personal data: block")
    answer = await speech.say("ana", PHONE, plans(BY_MODEL))
    assert "There is a phone number in that, so no model was asked" in answer
    assert speech.model.asked == []
    assert "with personal data or a key in it" in await speech.chat.say("ana", "why?")
    assert "read by small" in await speech.say("ana", ASKS, plans(BY_MODEL))


@pytest.mark.parametrize("rule", ["warn", "redact", "block"])
async def test_a_pasted_key_is_never_shown_and_the_person_is_told(
    speech: Speech, rule: str
) -> None:
    if rule != "redact":
        await confirm(speech.chat, f"personal data: {rule}")
    answer = await speech.say("ana", f"{ASKS} with {KEY}", plans(BY_MODEL))
    assert answer.count("revoke it all the same") == 1
    assert KEY not in str(speech.model.asked)
    assert len(speech.model.asked) == (0 if rule == "block" else 1)


async def test_models_are_asked_only_where_the_company_lets_them(speech: Speech) -> None:
    chat = speech.chat
    said = await confirm(chat, "/model_hosts inside api.mistral.ai")
    assert "ask models at api.mistral.ai, inside only" in said
    answer = await speech.say("ana", ASKS, plans(BY_MODEL))
    assert "No provider is where the company lets models be asked" in answer
    assert speech.model.asked == []
    added = await chat.say("elena", "/provider add openai openai gpt-5-mini env:OPENAI_API_KEY")
    assert "The company lets models be asked elsewhere only" in added
    assert "add the provider mistral" in await chat.say(
        "elena",
        "/provider add mistral compatible m env:MISTRAL_API_KEY https://api.mistral.ai/v1",
    )
    await chat.say("elena", "no")
    await confirm(chat, "undo")
    assert (await policy(chat)).only_hosts == ()


async def test_what_is_no_host_is_refused(chat: Chat) -> None:
    answer = await chat.say("elena", "/model_hosts https://x.example/")
    assert "Hosts are named as" in answer
    assert "That rule is so already" in await chat.say("elena", "/model_hosts any")


async def test_an_undo_takes_back_no_later_change(chat: Chat) -> None:
    await confirm(chat, "cap models at $20 a day")
    await chat.database.write(
        lambda tx: tx.people.give(PrincipalId("carla"), "admin", None), tenant=ACME
    )
    await chat.say("carla", "/cap day 30")
    await chat.say("carla", "sí")
    answer = await confirm(chat, "undo")
    assert (await policy(chat)).caps.bot_day == 30 * USD, answer
