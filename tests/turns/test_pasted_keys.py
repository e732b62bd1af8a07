"""A pasted key: wherever it is pasted, no table of the database holds it afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.tables import metadata
from storage.transaction import SqlTx
from tests.turns.chat import Chat
from tests.turns.speech import ASKS, Speech, plans

KEY = "sk-proj-" + "aB3dE5gH7jK9mN1pQ3sT" * 2
MORE = {"action": "request_budget", "wallet": "Design", "amount": "40", "reason": "[SECRET_1]"}


async def everything(database: Database) -> str:
    """Return all that the database holds, as text."""

    def read(tx: SqlTx) -> str:
        return repr(
            [
                [row[column.name] for column in table.c]
                for table in metadata.sorted_tables
                for row in tx.connection.rows(select(table))
            ]
        )

    return await database.read(read)


@pytest.mark.parametrize(
    "text",
    [
        "ask for 40 more for design until friday because of {key}",
        "ask for more because of {key}",
        "what is {key}?",
        "/provider add groq compatible small {key} https://api.groq.com/openai/v1",
        "my password: hunter2hunter2 and token={key}",
    ],
)
async def test_no_table_holds_a_key_after_its_turn(chat: Chat, text: str) -> None:
    answer = await chat.say("elena", text.format(key=KEY))
    assert "revoke" in answer
    assert KEY not in answer
    assert KEY not in await everything(chat.database)


async def test_no_table_holds_a_key_that_went_with_what_a_model_drafted(speech: Speech) -> None:
    text = f"sling another 40 dollars over to the design crew, {KEY}"
    await speech.say("ana", text, plans(MORE, intent="write"))
    await speech.chat.say("ana", "yes")
    await speech.say("ana", f"{ASKS} {KEY}")
    held = await everything(speech.chat.database)
    assert KEY not in held
    assert "[SECRET_1]" in held


async def test_a_form_with_a_key_leaves_none_behind(chat: Chat) -> None:
    await chat.say("ana", "ask for 40 more for design until friday")
    message = chat.message("ana", button=chat.buttons("ana")["edit"])
    await chat.app.receive(replace(message, fields=(("amount", "50"), ("reason", KEY))))
    await chat.app.settled()
    assert "[SECRET_1]" in await everything(chat.database)
    assert KEY not in await everything(chat.database)


async def test_before_its_turn_a_message_is_kept_without_the_key(chat: Chat) -> None:
    await chat.app.stop()
    await chat.app.receive(chat.message("elena", f"balance {KEY}"))
    held = await everything(chat.database)
    assert KEY not in held
    assert "balance [SECRET_1]" in held
