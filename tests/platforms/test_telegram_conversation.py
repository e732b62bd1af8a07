"""Whole conversations in Telegram, over the real wire."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.telegram.markup import JOINER
from bot.economy.budgets import list_budgets
from bot.errors.sending import NotSent
from bot.ids import WalletId
from bot.messages import InboundMessage
from storage.transaction import SqlTx
from tests.platforms.telegram_chat import GROUP, IDS, TelegramChat, texts
from tests.platforms.telegram_server import BOT_ID, USERNAME, Fault, Shown
from tests.turns.chat import ACME, USD

ASKED = "ask for 200 more until the end of the month, we have the launch"


async def limit_of(chat: TelegramChat, wallet: str) -> int:
    def read(tx: SqlTx) -> int:
        return list_budgets(tx, [tx.wallets.get(WalletId(wallet))])[0].limit_nanos

    return await chat.app.database.read(read, tenant=ACME)


async def request_250(chat: TelegramChat) -> tuple[Shown, Shown]:
    """Let Ana ask for 250; return her card and Ben's."""
    await chat.say("ben", "hello")
    (draft,) = await chat.say("ana", ASKED)
    await chat.say("ana", "make it 250")
    assert "$250.00" in draft.text
    await chat.press("ana", draft, "Yes")
    card = chat.server.in_chat(IDS["ben"])[-1]
    return draft, card


async def test_a_request_is_asked_edited_confirmed_and_approved(
    telegram_on_both: TelegramChat,
) -> None:
    chat = telegram_on_both
    await chat.say("ben", "hello")
    (draft,) = await chat.say("ana", ASKED)
    assert "$500.00 -> $700.00" in draft.text
    keys = [(key["text"], key.get("style")) for row in draft.keyboard for key in row]
    assert keys == [("Yes", "success"), ("Edit", None), ("No", "danger")]
    asked_by = chat.updates[-1]["message"]["message_id"]
    assert draft.sent["reply_to"] == asked_by
    # A change shows in the same message.
    changed = await chat.say("ana", "yes but make it 250")
    assert changed == [draft]
    assert "$250.00" in draft.text
    assert draft.edits == 1
    assert await limit_of(chat, "design") == 500 * USD
    confirmed = await chat.say("ana", "yes")
    assert "Ben Ortiz" in texts(confirmed)
    assert draft.keyboard == []
    card = chat.server.in_chat(IDS["ben"])[-1]
    assert "Ana Lima" in card.text
    assert card.text.startswith("Request #")
    await chat.press("ben", card, "Yes")
    assert await limit_of(chat, "design") == 750 * USD
    assert card.keyboard == []
    assert card.edits == 1
    assert "Ben Ortiz" in chat.server.in_chat(IDS["ana"])[-1].text
    assert chat.server.answered == [chat.updates[-1]["callback_query"]["id"]]


async def test_a_title_is_bold_and_nothing_else_is_marked_up(telegram: TelegramChat) -> None:
    (draft,) = await telegram.say("ana", ASKED)
    kinds = [kind for kind, _ in draft.entities]
    assert kinds == ["b"]


async def test_a_button_counts_for_the_one_who_was_shown_it(telegram: TelegramChat) -> None:
    _, card = await request_250(telegram)
    for stranger in ("ana", "carla", "mallory"):
        await telegram.press(stranger, card, "Yes")
        assert await limit_of(telegram, "design") == 500 * USD
    # Nor does a made-up one, a cut one, or one that claims to be of another chat.
    for data in ("p:" + "A" * 22, "p:", "yes", f"p:{'A' * 22}:{GROUP}:", "p:" + "é" * 22, ""):
        forged = {**telegram.callback("ben", card, {"callback_data": data})}
        telegram.push(callback_query=forged)
    await telegram.settled()
    assert await limit_of(telegram, "design") == 500 * USD
    assert telegram.server.in_chat(GROUP) == []
    await telegram.press("ben", card, "Yes")
    assert await limit_of(telegram, "design") == 750 * USD


async def test_a_late_press_hears_how_it_ended(telegram: TelegramChat) -> None:
    _, card = await request_250(telegram)
    yes, no = card.button("Yes"), card.button("No")
    await telegram.press("ben", card, "Yes")
    before = len(telegram.server.in_chat(IDS["ben"]))
    # Tapped twice in a hurry, it says no more than once.
    for button in (yes, no):
        telegram.push(callback_query=telegram.callback("ben", card, button))
    await telegram.settled()
    assert len(telegram.server.in_chat(IDS["ben"])) == before + 1
    assert await limit_of(telegram, "design") == 750 * USD


async def test_every_delivery_five_times_in_any_order_has_its_effect_once(
    telegram_on_both: TelegramChat,
) -> None:
    chat = telegram_on_both
    _, card = await request_250(chat)
    await chat.press("ben", card, "Yes")
    seen = [(x.message_id, x.text, x.edits) for x in chat.server.messages]
    again = chat.updates * 5
    random.Random(7).shuffle(again)
    for update in again:
        chat.server.deliver(update)
    await chat.settled()
    chat.clock.advance(timedelta(hours=24))
    for update in chat.updates:
        chat.server.deliver(update)
    await chat.settled()
    assert [(x.message_id, x.text, x.edits) for x in chat.server.messages] == seen
    assert await limit_of(chat, "design") == 750 * USD


async def test_what_comes_a_day_late_moves_no_money(telegram: TelegramChat) -> None:
    message = telegram.message("ana", ASKED)
    telegram.clock.advance(timedelta(hours=24))
    telegram.push(message=message)
    await telegram.settled()
    (told,) = telegram.server.in_chat(IDS["ana"])
    assert told.keyboard == []


async def test_numbers_may_begin_anew(telegram: TelegramChat) -> None:
    await telegram.say("ana", "balance")
    telegram.server.restart_numbers(17)
    assert await telegram.say("ana", "balance")


async def test_edits_bots_channels_and_service_messages_are_not_answered(
    telegram: TelegramChat,
) -> None:
    person = telegram.message("ana", "balance")
    bot = {"id": 9, "is_bot": True, "first_name": "Other"}
    telegram.push(edited_message={**person, "edit_date": 1, "text": "ask for 100"})
    telegram.push(channel_post={**person, "chat": {"id": -1001, "type": "channel"}})
    telegram.push(message={**person, "from": bot})
    telegram.push(message={**person, "from": {**bot, "id": BOT_ID}})
    telegram.push(message={**person, "via_bot": bot})
    telegram.push(message={**person, "sender_chat": {"id": -1001, "type": "channel"}})
    telegram.push(message={**person, "text": "", "migrate_to_chat_id": -1009})
    telegram.push(my_chat_member={"chat": person["chat"], "date": 1})
    await telegram.settled()
    assert telegram.server.messages == []
    # What somebody else wrote first is said by whoever sends it on.
    telegram.push(message={**person, "forward_origin": {"type": "user", "date": 1}})
    await telegram.settled()
    assert "$500.00" in texts(telegram.server.in_chat(IDS["ana"]))


async def test_what_is_copied_from_a_message_is_understood(telegram: TelegramChat) -> None:
    await telegram.say("ben", "hello")
    await telegram.say("ana", ASKED)
    await telegram.say("ana", "yes")
    card = telegram.server.in_chat(IDS["ben"])[-1]
    reference = card.text.split()[1]
    assert JOINER in reference
    await telegram.say("ben", f"approve {reference}")
    assert await limit_of(telegram, "design") == 700 * USD


# Groups


async def ask_in_group(chat: TelegramChat, handle: str, text: str, **more: Any) -> list[Shown]:
    return await chat.say(handle, text, chat=GROUP, **more)


async def test_in_a_group_the_answer_is_for_the_askers_eyes(telegram: TelegramChat) -> None:
    (answer,) = await ask_in_group(telegram, "ana", f"/balance@{USERNAME} design")
    assert "$500.00" in answer.text
    (line,) = telegram.server.in_chat(GROUP)
    assert line.text == "I have answered you in private."
    assert line.sent["reply_to"] == telegram.updates[-1]["message"]["message_id"]
    (button,) = line.keyboard[0]
    assert button["url"] == f"https://t.me/{USERNAME}?start=hello"


async def test_a_card_asked_for_in_a_group_is_answered_in_private(telegram: TelegramChat) -> None:
    await telegram.say("ben", "hello")
    topic = {"is_topic_message": True, "message_thread_id": 77}
    (draft,) = await ask_in_group(telegram, "ana", f"/request@{USERNAME} 200 design", **topic)
    (line,) = telegram.server.in_chat(GROUP)
    assert line.sent["message_thread_id"] == "77"
    assert draft.sent.get("message_thread_id") is None
    # A reply to the card belongs to it, wherever it hangs.
    reply_to = {"reply_to_message": telegram.server._to_message(draft)}
    changed = await telegram.say("ana", "make it 250", **reply_to)
    assert changed == [draft]
    assert "$250.00" in draft.text
    await telegram.press("ana", draft, "Yes")
    assert draft.keyboard == []
    assert "Ben Ortiz" in telegram.server.in_chat(IDS["ana"])[-1].text
    assert telegram.server.in_chat(GROUP) == [line]


async def test_without_a_private_chat_the_group_sees_only_how_to_open_one(
    telegram: TelegramChat,
) -> None:
    telegram.server.closed[str(IDS["carla"])] = (403, "Forbidden: bot can't initiate", {})
    await ask_in_group(telegram, "carla", f"/saldo@{USERNAME}")
    (line,) = telegram.server.in_chat(GROUP)
    assert line.text.startswith("Solo respondo en privado.")
    assert "$" not in line.text
    assert line.keyboard[0][0]["text"] == "Abrir el chat privado"


async def test_in_a_group_only_what_is_meant_for_the_bot_is_taken(telegram: TelegramChat) -> None:
    mention: dict[str, Any] = {"type": "mention", "offset": 0, "length": len(USERNAME) + 1}
    more: dict[str, Any]
    for text, more in (
        ("balance", {}),
        ("/balance@OtherBot", {}),
        (
            "opening",
            {
                "is_topic_message": True,
                "message_thread_id": 77,
                "reply_to_message": {
                    "message_id": 77,
                    "chat": {"id": GROUP, "type": "supergroup"},
                    "from": {"id": BOT_ID, "is_bot": True, "first_name": "Bursar"},
                },
            },
        ),
    ):
        assert await ask_in_group(telegram, "ana", text, **more) == []
    for text, more in (
        (f"@{USERNAME} balance", {"entities": [mention]}),
        ("/balance", {}),
        (
            "balance",
            {
                "reply_to_message": {
                    "message_id": 5,
                    "chat": {"id": GROUP, "type": "supergroup"},
                    "from": {"id": BOT_ID, "is_bot": True, "first_name": "Bursar"},
                }
            },
        ),
    ):
        assert "$500.00" in texts(await ask_in_group(telegram, "ana", text, **more))


async def test_hostile_words_are_shown_and_do_nothing(telegram: TelegramChat) -> None:
    odd = "<b>x</b> @everybody https://evil.com/?q=1 /approve &amp; =HYPERLINK(1) [x](tg://user)"
    await telegram.say("ana", "hello")
    await telegram.tell("ana", odd)
    shown = telegram.server.in_chat(IDS["ana"])[-1]
    assert shown.entities == ()
    assert shown.text.replace(JOINER, "") == odd


async def test_a_link_is_started_with_its_payload(telegram: TelegramChat) -> None:
    (told,) = await telegram.say("ana", "/start hello")
    assert told.text.startswith("You can say, for example:")


async def test_that_an_answer_takes_longer_is_shown_as_typing(telegram: TelegramChat) -> None:
    asked = InboundMessage("telegram", str(BOT_ID), "1", str(GROUP), "101", thread="77")
    await telegram.telegram.show_busy(asked)
    assert telegram.server.called("sendChatAction") == [
        {"chat_id": str(GROUP), "action": "typing", "message_thread_id": "77"}
    ]
    telegram.server.script("sendChatAction", Fault(429, "Too Many", {"retry_after": 9}))
    with pytest.raises(NotSent) as caught:
        await telegram.telegram.show_busy(replace(asked, thread=""))
    assert caught.value.retry_after_s == 9
