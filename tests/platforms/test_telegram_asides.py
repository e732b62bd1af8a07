"""What was asked in a group and answered in private goes on where it was answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from adapters.telegram.markup import JOINER
from tests.platforms.telegram_chat import GROUP, IDS, TelegramChat, texts
from tests.platforms.telegram_server import USERNAME, Shown


async def ask_in_group(chat: TelegramChat, handle: str, text: str, **more: Any) -> list[Shown]:
    return await chat.say(handle, f"/{text}", chat=GROUP, **more)


def reply_to(shown: Shown, chat: TelegramChat) -> dict[str, Any]:
    return {"reply_to_message": chat.server._to_message(shown)}


async def test_a_question_is_answered_in_private(telegram_on_both: TelegramChat) -> None:
    chat = telegram_on_both
    await chat.say("ben", "hello")
    (asked,) = await ask_in_group(chat, "ana", f"request@{USERNAME} design")
    assert "How much" in asked.text
    (line,) = chat.server.in_chat(GROUP)
    (draft,) = await chat.say("ana", "200 until the end of the month")
    assert "$200.00 for Design" in draft.text
    changed = await chat.say("ana", "make it 250")
    assert changed == [draft]
    assert "$250.00" in draft.text
    assert "Ben Ortiz" in texts(await chat.say("ana", "yes"))
    assert draft.keyboard == []
    # Nothing of it was said in the group.
    assert chat.server.in_chat(GROUP) == [line]


async def test_a_draft_is_changed_and_confirmed_without_a_reply(telegram: TelegramChat) -> None:
    await telegram.say("ben", "hello")
    (draft,) = await ask_in_group(telegram, "ana", f"request@{USERNAME} 200 design")
    assert await telegram.say("ana", "make it 250") == [draft]
    assert "$250.00" in draft.text
    assert "Ben Ortiz" in texts(await telegram.say("ana", "yes"))
    assert draft.keyboard == []


async def test_in_the_group_it_goes_on_too(telegram: TelegramChat) -> None:
    await telegram.say("ben", "hello")
    await ask_in_group(telegram, "ana", f"request@{USERNAME} design")
    (line,) = telegram.server.in_chat(GROUP)
    (draft,) = await telegram.say("ana", "200", chat=GROUP, **reply_to(line, telegram))
    assert "$200.00 for Design" in draft.text
    mention = {"type": "mention", "offset": 0, "length": len(USERNAME) + 1}
    said = await telegram.say("ana", f"@{USERNAME} yes", chat=GROUP, entities=[mention])
    assert "Ben Ortiz" in texts(said)
    # What is said there to nobody is not read.
    await telegram.say("ana", "yes", chat=GROUP)
    assert draft.keyboard == []


async def test_a_yes_with_two_drafts_must_say_which(telegram: TelegramChat) -> None:
    await telegram.say("ben", "hello")
    (own,) = await telegram.say("ana", "ask for 100 more for design")
    (other,) = await ask_in_group(telegram, "ana", f"request@{USERNAME} 200 launch")
    refs = [x.text.replace(JOINER, "").split("#")[1][:4] for x in (own, other)]
    (told,) = await telegram.say("ana", "yes")
    assert all(ref in told.text.replace(JOINER, "") for ref in refs)
    assert own.keyboard
    assert other.keyboard
    await telegram.say("ana", f"yes {refs[1]}")
    assert own.keyboard
    assert not other.keyboard
    assert "Ben Ortiz" in texts(await telegram.say("ana", "yes"))
    assert not own.keyboard


async def test_commands_and_other_peoples_words_are_their_own(telegram: TelegramChat) -> None:
    (draft,) = await ask_in_group(telegram, "ana", f"request@{USERNAME} 200 design")
    await telegram.say("ana", "/balance")
    assert draft.keyboard
    await telegram.say("ben", "yes")
    assert draft.keyboard
    # Ben's own group question does not touch Ana's.
    await ask_in_group(telegram, "ben", f"request@{USERNAME} 50 design")
    await telegram.say("ben", "no")
    assert draft.keyboard


async def test_what_is_over_is_gone_on_with_no_more(telegram: TelegramChat) -> None:
    await ask_in_group(telegram, "ana", f"request@{USERNAME} 200 design")
    telegram.clock.advance(timedelta(minutes=16))
    assert "nothing" in texts(await telegram.say("ana", "yes")).casefold()
    (asked,) = await ask_in_group(telegram, "ana", f"request@{USERNAME} design")
    assert "How much" in asked.text
    telegram.clock.advance(timedelta(hours=25))
    assert "$200.00" not in texts(await telegram.say("ana", "200"))


async def test_a_draft_of_a_topic_is_found_too(telegram: TelegramChat) -> None:
    topic = {"is_topic_message": True, "message_thread_id": 77}
    (draft,) = await ask_in_group(telegram, "ana", f"request@{USERNAME} 200 design", **topic)
    assert await telegram.say("ana", "make it 250") == [draft]


async def test_every_delivery_five_times_confirms_once(telegram_on_both: TelegramChat) -> None:
    chat = telegram_on_both
    await chat.say("ben", "hello")
    await ask_in_group(chat, "ana", f"request@{USERNAME} 200 design")
    await chat.say("ana", "yes")
    for update in chat.updates * 5:
        chat.server.deliver(update)
    await chat.settled()
    cards = [x for x in chat.server.in_chat(IDS["ben"]) if x.text.startswith("Request #")]
    assert len(cards) == 1
