"""What goes wrong between the bot and Telegram, and what becomes of messages then."""

from __future__ import annotations

import asyncio
import base64
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.errors.storage import StorageBusy
from bot.messages import Button, FileBlock, InboundMessage, PictureBlock, TextBlock
from storage.database import Database
from storage.transaction import SqlTx
from tests.platforms.telegram_chat import (
    GROUP,
    IDS,
    TelegramChat,
    running_telegram,
    telegram_chat,
    texts,
)
from tests.platforms.telegram_server import Fault, TelegramServer
from tests.turns.chat import ACME

PNG = base64.b64encode(b"\x89PNG").decode()


async def outbox_of(chat: TelegramChat) -> list[tuple[str, str]]:
    """Return the state of each message and why, oldest first."""

    def look(tx: SqlTx) -> list[tuple[str, str]]:
        from sqlalchemy import select

        from storage.statements import Statement
        from storage.tables.messages import outbox

        rows = tx.connection.rows(
            Statement(select(outbox.c.state, outbox.c.why).order_by(outbox.c.id))
        )
        return [(row["state"], row["why"]) for row in rows]

    return await chat.app.database.read(look)


async def later(chat: TelegramChat, seconds: int = 60) -> None:
    """Let time go by for what waits in the outbox."""
    chat.clock.advance(timedelta(seconds=seconds))
    chat.app._channels["telegram"].wake()
    await chat.app.settled()


# Sending (F27)


async def test_what_was_not_sent_for_certain_is_sent_again(telegram: TelegramChat) -> None:
    await telegram.say("ana", "hello")
    limited = Fault(429, "Too Many Requests", {"retry_after": 7})
    telegram.server.script("sendMessage", limited)
    await telegram.tell("ana", "one")
    assert (await outbox_of(telegram))[-1] == ("queued", "not_sent")
    await later(telegram)
    assert telegram.server.in_chat(IDS["ana"])[-1].text == "one"
    assert (await outbox_of(telegram))[-1][0] == "sent"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(500, "Internal Server Error"),
        Fault(502, body=b"<html>"),
        Fault(resets=True),
        Fault(resets=True, is_done=True),
        Fault(body=b"not json", is_done=True),
    ],
)
async def test_what_may_have_arrived_is_repeated_only_where_it_must_be_seen(
    telegram: TelegramChat, fault: Fault
) -> None:
    await telegram.say("ana", "hello")
    before = len(telegram.server.messages)
    telegram.server.script("sendMessage", fault)
    await telegram.tell("ana", "a reply")
    await later(telegram)
    assert (await outbox_of(telegram))[-1] == ("ambiguous", "maybe_sent")
    assert len(telegram.server.messages) == before + fault.is_done
    telegram.server.script("sendMessage", fault)
    await telegram.tell("ana", "an alert", message_class="alert", reference="R3F2")
    await later(telegram)
    (told,) = telegram.server.messages[before + 2 * fault.is_done :]
    assert told.text.startswith("This may be a second copy (reference R3F2)")
    assert told.text.endswith("an alert")


async def test_an_edit_is_repeated_freely_and_never_as_a_new_message(
    telegram: TelegramChat,
) -> None:
    (draft,) = await telegram.say("ana", "ask for 200 more until the end of the month")
    telegram.server.script("editMessageText", Fault(resets=True, is_done=True), Fault(500))
    await telegram.say("ana", "make it 250")
    await later(telegram)
    await later(telegram)
    assert telegram.server.in_chat(IDS["ana"]) == [draft]
    assert "$250.00" in draft.text
    assert (await outbox_of(telegram))[-1][0] == "sent"


async def test_a_card_that_cannot_be_edited_is_shown_anew(telegram: TelegramChat) -> None:
    (draft,) = await telegram.say("ana", "ask for 200 more until the end of the month")
    gone = "Bad Request: message to edit not found"
    telegram.server.script("editMessageText", Fault(400, gone))
    (second,) = await telegram.say("ana", "make it 250")
    assert second is not draft
    assert "$250.00" in second.text
    telegram.server.script("editMessageText", Fault(400, "Bad Request: message can't be edited"))
    (third,) = await telegram.say("ana", "make it 260")
    assert "$260.00" in third.text


async def test_markup_that_is_refused_is_sent_plain(telegram: TelegramChat) -> None:
    await telegram.say("ana", "hello")
    refused = Fault(400, "Bad Request: can't parse entities: byte offset 3")
    telegram.server.script("sendMessage", refused)
    await telegram.tell("ana", "a < b")
    shown = telegram.server.in_chat(IDS["ana"])[-1]
    assert shown.text == "a < b"
    assert "parse_mode" not in shown.sent


async def test_a_topic_that_is_gone_does_not_hold_up_an_answer(telegram: TelegramChat) -> None:
    topic = {"is_topic_message": True, "message_thread_id": 9}
    telegram.server.script(
        "sendMessage", Fault(), Fault(400, "Bad Request: message thread not found")
    )
    await telegram.say("ana", "/balance", chat=GROUP, **topic)
    (line,) = telegram.server.in_chat(GROUP)
    assert "message_thread_id" not in line.sent


async def test_two_refused_chats_hold_up_all_of_them(telegram: TelegramChat) -> None:
    for handle in ("ana", "ben"):
        await telegram.say(handle, "hello")
    slow = Fault(429, "Too Many Requests", {"retry_after": 30})
    telegram.server.script("sendMessage", slow, slow)
    began = telegram.clock.monotonic()
    await asyncio.gather(telegram.tell("ana", "one"), telegram.tell("ben", "two"))
    await later(telegram)
    await telegram.say("carla", "hola")
    assert telegram.clock.monotonic() - began >= 30
    assert [x.text for x in telegram.server.messages[2:4]] == ["one", "two"]


# For good (F28)


@pytest.mark.parametrize(
    ("status", "description", "why", "is_gone"),
    [
        (403, "Forbidden: bot was blocked by the user", "blocked", True),
        (403, "Forbidden: user is deactivated", "blocked", True),
        (400, "Bad Request: chat not found", "chat_gone", True),
        (401, "Unauthorized", "token_revoked", False),
        (400, "Bad Request: not enough rights to send text messages", "refused", False),
    ],
)
async def test_what_will_never_arrive_is_not_tried_again(
    telegram: TelegramChat, status: int, description: str, why: str, is_gone: bool
) -> None:
    await telegram.say("ana", "hello")
    telegram.server.script("sendMessage", Fault(status, description))
    await telegram.tell("ana", "one", message_class="alert")
    calls = len(telegram.server.called("sendMessage"))
    await later(telegram)
    assert len(telegram.server.called("sendMessage")) == calls
    assert (await outbox_of(telegram))[-1] == ("dead", why)

    def place(tx: SqlTx) -> str:
        from bot.ids import PrincipalId

        found = tx.conversations.find_of_person(PrincipalId("ana"))
        return "" if found is None else found.platform

    is_lost = await telegram.app.database.read(place, tenant=ACME) != "telegram"
    assert is_lost is is_gone


async def test_a_group_that_became_a_supergroup_is_followed(telegram: TelegramChat) -> None:
    new = -100777
    telegram.server.closed[str(GROUP)] = (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new},
    )
    answers = await telegram.say("ana", "/balance", chat=GROUP)
    await later(telegram)
    assert len(answers) == 1
    assert [x.text for x in telegram.server.in_chat(new)] == ["I have answered you in private."]
    assert len(telegram.server.in_chat(IDS["ana"])) == 1


async def test_a_group_where_somebody_was_heard_under_the_new_id_is_no_endless_loop(
    telegram: TelegramChat,
) -> None:
    new = -100777
    await telegram.say("ana", "/balance", chat=new)
    telegram.server.closed[str(GROUP)] = (400, "Bad Request", {"migrate_to_chat_id": new})
    await telegram.say("ana", "/balance", chat=GROUP)
    await later(telegram)
    assert len(telegram.server.in_chat(new)) == 2
    assert (await outbox_of(telegram))[-1][0] == "sent"


async def test_a_card_that_nobody_can_see_is_heard_of(telegram: TelegramChat) -> None:
    await telegram.say("ben", "hello")
    await telegram.say("elena", "hello")
    await telegram.say("ana", "ask for 200 more until the end of the month")
    telegram.server.closed[str(IDS["ben"])] = (403, "Forbidden: bot was blocked", {})
    await telegram.say("ana", "yes")
    await later(telegram)
    assert "Ben Ortiz" in telegram.server.in_chat(IDS["ana"])[-1].text
    assert telegram.server.in_chat(IDS["elena"])[-1].keyboard or "Ben Ortiz" in texts(
        telegram.server.in_chat(IDS["elena"])
    )


# Long messages (F29)


async def test_a_long_message_comes_in_parts_with_the_buttons_below_the_last(
    telegram: TelegramChat,
) -> None:
    await telegram.say("ana", "hello")
    paragraphs = [f"{number} " + "word & <tag> " * 40 for number in range(30)]
    token = "A" * 22
    blocks = (TextBlock("Title", is_title=True), TextBlock("\n\n".join(paragraphs)))
    await telegram.tell(
        "ana", "x", blocks=blocks, buttons=(Button("Yes", token),), message_class="alert"
    )
    parts = telegram.server.in_chat(IDS["ana"])[1:]
    assert len(parts) > 1
    assert [bool(part.keyboard) for part in parts] == [*[False] * (len(parts) - 1), True]
    assert all(part.text.split(" ", 1)[0].isdigit() for part in parts[1:])
    together = "\n\n".join(part.text for part in parts)
    assert together.split() == ["Title", *"\n\n".join(paragraphs).split()]


async def test_a_part_that_was_sent_is_not_sent_again(telegram: TelegramChat) -> None:
    await telegram.say("ana", "hello")
    telegram.server.script(
        "sendMessage", Fault(), Fault(429, "Too Many Requests", {"retry_after": 1})
    )
    await telegram.tell("ana", "word " * 1500, message_class="alert")
    await later(telegram)
    parts = telegram.server.in_chat(IDS["ana"])[1:]
    assert len(parts) == 2
    assert len(texts(parts).split()) == 1500


async def test_what_is_far_too_long_is_a_file(telegram: TelegramChat) -> None:
    await telegram.say("ana", "hello")
    await telegram.tell("ana", "line of a paste\n" * 60_000)
    (shown,) = telegram.server.in_chat(IDS["ana"])[1:]
    assert shown.kind == "document"
    assert shown.file == ("bursar.txt", b"line of a paste\n" * 60_000)
    assert shown.text.endswith("…")


async def test_a_picture_has_its_words_as_caption(telegram: TelegramChat) -> None:
    await telegram.say("ana", "hello")
    blocks = (TextBlock("Spend", is_title=True), PictureBlock(PNG, "a chart"))
    await telegram.tell("ana", "Spend", blocks=blocks, buttons=(Button("Yes", "A" * 22),))
    long = (TextBlock("word " * 400), PictureBlock(PNG, "a chart"))
    await telegram.tell("ana", "Spend", blocks=long)
    shown = telegram.server.in_chat(IDS["ana"])[1:]
    assert [(x.kind, x.text[:7]) for x in shown] == [
        ("photo", "Spend"),
        ("photo", "a chart"),
        ("text", "word wo"),
    ]
    assert shown[0].keyboard


async def test_a_picture_that_is_refused_is_said_in_words(telegram: TelegramChat) -> None:
    await telegram.say("ana", "hello")
    refused = Fault(400, "Bad Request: IMAGE_PROCESS_FAILED")
    telegram.server.script("sendPhoto", refused, refused)
    blocks = (TextBlock("Spend", is_title=True), PictureBlock(PNG, "a chart <of> it"))
    await telegram.tell("ana", "Spend", blocks=blocks, buttons=(Button("Yes", "A" * 22),))
    (shown,) = telegram.server.in_chat(IDS["ana"])[1:]
    missing = "The picture itself could not be shown here."
    assert (shown.kind, shown.text) == ("text", f"Spend\n\na chart <of> it\n{missing}")
    assert shown.keyboard
    long = (TextBlock("word " * 400), PictureBlock(PNG, "a chart"))
    await telegram.tell("ana", "Spend", blocks=long)
    words, text = telegram.server.in_chat(IDS["ana"])[2:]
    assert words.text == f"a chart\n{missing}"
    assert text.text.startswith("word")


# Files

TABLE = FileBlock.of(
    "october.csv", "text/csv", b"team,cost_usd\r\nDesign,1.50\r\n", "October: $1.50"
)


async def test_a_file_has_its_words_as_caption_and_arrives_as_it_is(
    telegram: TelegramChat,
) -> None:
    await telegram.say("ana", "hello")
    await telegram.tell("ana", "October", blocks=(TextBlock("October <b>"), TABLE))
    second = FileBlock.of("october.json", "application/json", b"{}", "the same as JSON")
    await telegram.tell("ana", "October", blocks=(TextBlock("Two"), TABLE, second))
    shown = telegram.server.in_chat(IDS["ana"])[1:]
    assert [(x.kind, x.text, x.file) for x in shown] == [
        ("document", "October <b>", ("october.csv", TABLE.data)),
        ("document", "October: $1.50", ("october.csv", TABLE.data)),
        ("document", "the same as JSON", ("october.json", b"{}")),
        ("text", "Two", ("", b"")),
    ]


async def test_a_file_that_is_refused_is_said_in_words(telegram: TelegramChat) -> None:
    await telegram.say("ana", "hello")
    telegram.server.script("sendDocument", Fault(400, "Bad Request: file is too big"))
    await telegram.tell("ana", "October", blocks=(TextBlock("October"), TABLE))
    (shown,) = telegram.server.in_chat(IDS["ana"])[1:]
    missing = "The file itself could not be handed over here."
    assert (shown.kind, shown.text) == ("text", f"October\n\nOctober: $1.50\n{missing}")


# Polling (F24)


async def test_a_second_poller_is_said_and_not_fought(
    sqlite_database: Database, clock: ManualClock, telegram_server: TelegramServer
) -> None:
    telegram_server.script("getUpdates", *[Fault(409, "Conflict: terminated by other")] * 3)
    async with telegram_chat(sqlite_database, clock, telegram_server) as chat:
        began = clock.monotonic()
        await telegram_server.until(lambda: len(telegram_server.called("getUpdates")) >= 2)
        assert any("another program" in fault for fault in await chat.telegram.find_faults())
        assert await chat.say("ana", "balance")
        assert clock.monotonic() - began >= 90
        assert await chat.telegram.find_faults() == []


async def test_a_network_that_is_away_is_waited_for_longer_and_longer(
    sqlite_database: Database, clock: ManualClock, telegram_server: TelegramServer
) -> None:
    telegram_server.script("getMe", *[Fault(resets=True)] * 3)
    telegram_server.script("getUpdates", *[Fault(502)] * 5)
    began = clock.monotonic()
    async with telegram_chat(sqlite_database, clock, telegram_server) as chat:
        assert await chat.say("ana", "balance")
        assert clock.monotonic() - began >= 1 + 2 + 4 + 1 + 2 + 4 + 8 + 16


async def test_a_revoked_token_is_said(
    sqlite_database: Database, clock: ManualClock, telegram_server: TelegramServer
) -> None:
    telegram_server.script("getUpdates", *[Fault(401, "Unauthorized")] * 2)
    async with telegram_chat(sqlite_database, clock, telegram_server) as chat:
        await telegram_server.until(lambda: len(telegram_server.called("getUpdates")) >= 2)
        assert any("refuses the bot's token" in x for x in await chat.telegram.find_faults())
        # A server that was wrong needs nothing; a new token no more than a restart.
        assert await chat.say("ana", "balance")


async def test_what_cannot_be_read_is_passed_over(telegram: TelegramChat) -> None:
    message = telegram.message("ana", "balance")
    for odd in (
        {"message": "text"},
        {"message": {**message, "from": {"id": "101", "is_bot": False}}},
        {"message": {**message, "chat": None}},
        {"message": {**message, "date": 1e300}},
        {"callback_query": {"id": 5}},
    ):
        telegram.push(**odd)
    assert "$500.00" in texts(await telegram.say("ana", "balance"))


class Refusing:
    """Turns that cannot be kept for a while."""

    def __init__(self, app: object, times: int, error: Exception) -> None:
        self._app = app
        self._times = times
        self._error = error

    async def receive(self, message: InboundMessage) -> bool:
        if self._times:
            self._times -= 1
            raise self._error
        kept: bool = await self._app.receive(message)  # type: ignore[attr-defined]  # the app
        return kept


@pytest.mark.parametrize("error", [StorageBusy("locked"), RuntimeError("a bug")])
async def test_what_was_not_kept_is_fetched_again(
    telegram: TelegramChat, error: Exception
) -> None:
    telegram.telegram._turns = Refusing(telegram.app, 3, error)  # type: ignore[assignment]  # in part
    for handle in ("ana", "ben", "ana"):
        telegram.push(message=telegram.message(handle, "balance"))
    await telegram.settled()
    assert len(telegram.server.in_chat(IDS["ana"])) == 2
    assert len(telegram.server.in_chat(IDS["ben"])) == 1


async def test_an_update_that_breaks_each_time_is_given_up(telegram: TelegramChat) -> None:
    telegram.telegram._turns = Refusing(telegram.app, 5, RuntimeError("a bug"))  # type: ignore[assignment]  # in part
    telegram.push(message=telegram.message("ana", "balance"))
    await telegram.settled()
    assert telegram.server.messages == []
    assert await telegram.say("ana", "balance")


async def test_a_restart_loses_nothing_and_repeats_nothing(
    sqlite_database: Database, clock: ManualClock, telegram_server: TelegramServer
) -> None:
    async with telegram_chat(sqlite_database, clock, telegram_server) as chat:
        await chat.say("ana", "balance")
        first = chat.updates
        waiting = chat.message("ana", "balance")
    telegram_server.push(message=waiting)
    telegram_server.deliver(first[0])
    telegram_server.commands.clear()
    clock.advance(timedelta(seconds=2))
    async with running_telegram(sqlite_database, clock, telegram_server) as chat:
        await chat.settled()
        assert len(telegram_server.in_chat(IDS["ana"])) == 2
