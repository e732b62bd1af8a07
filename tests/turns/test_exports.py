"""Costs as files, in the chat: who gets which, and how they are asked for."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest

from bot.messages import FileBlock
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat, spend


@pytest.fixture
async def spent(chat: Chat) -> Chat:
    """A company that used three models in October, and one more in November."""

    def use(tx: SqlTx, month: str) -> None:
        spend(tx, "launch", "ana", 12 * USD + 1, "gpt-5", f"{month}1")
        spend(tx, "design", "ben", 3 * USD, "gpt-5-mini", f"{month}2")
        spend(tx, "data", "frank", 5 * USD, "=HYPERLINK(1)", f"{month}3")

    later = chat.clock.now()
    chat.clock.set(later - timedelta(days=30))
    await chat.database.write(lambda tx: use(tx, "october"), tenant=ACME)
    chat.clock.set(later)
    await chat.database.write(
        lambda tx: spend(tx, "data", "frank", USD, "gpt-5", "november"), tenant=ACME
    )
    return chat


def files(chat: Chat, handle: str) -> list[FileBlock]:
    item = next(item for to, item in reversed(chat.sent) if to == handle)
    return [block for block in item.message.blocks if isinstance(block, FileBlock)]


def rows(file: FileBlock) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(file.data.decode(), newline="")))


async def test_finance_gets_last_month_as_a_file(spent: Chat) -> None:
    said = await spent.say("elena", "export chargeback last month")
    assert said.startswith(
        "Chargeback, Everybody, 1–31 Oct 2026: $20.000000001, by cost centre, team"
    ), said
    (file,) = files(spent, "elena")
    assert file.name == "chargeback-2026-10-01-2026-10-31.csv"
    assert file.alt == "chargeback-2026-10-01-2026-10-31.csv, 3 rows"
    assert [(x["team"], x["wallet"], x["model"], x["cost_usd"]) for x in rows(file)] == [
        ("Data", "Data", "'=HYPERLINK(1)", "5.00"),
        ("Design", "Design", "gpt-5-mini", "3.00"),
        ("Design", "Launch", "gpt-5", "12.000000001"),
    ]


async def test_in_spanish_and_after_focus(spent: Chat) -> None:
    said = await spent.say("carla", "exporta focus desde el 1 de noviembre en json")
    assert said.startswith("FOCUS 1.2, Todos, "), said
    (file,) = files(spent, "carla")
    told = json.loads(file.data)
    assert (told["focus_version"], len(told["lines"])) == ("1.2", 1)
    assert told["lines"][0]["BilledCost"] == "1.00"
    assert told["lines"][0]["x_Person"] == "Frank Mole"


@pytest.mark.parametrize("text", ["/export chargeback last month", "export chargeback last month"])
async def test_a_lead_gets_the_wallets_that_they_lead(spent: Chat, text: str) -> None:
    said = await spent.say("ben", text)
    assert said.startswith("Chargeback, Design, 1–31 Oct 2026: $15.000000001"), said
    (file,) = files(spent, "ben")
    assert {row["team"] for row in rows(file)} == {"Design"}
    assert {row["wallet"] for row in rows(file)} == {"Design", "Launch"}
    await spent.say("ben", "export chargeback of launch last month")
    (file,) = files(spent, "ben")
    assert [row["cost_usd"] for row in rows(file)] == ["12.000000001"]
    refused = await spent.say("ben", "export chargeback of data last month")
    assert "You may not take costs away as a file" in refused, refused
    assert files(spent, "ben") == []


@pytest.mark.parametrize("handle", ["ana", "frank"])
async def test_others_get_no_file(spent: Chat, handle: str) -> None:
    for what in ("chargeback", "focus"):
        said = await spent.say(handle, f"export {what} last month")
        assert "take costs away as a file" in said, said
        assert files(spent, handle) == []


async def test_nothing_spent_is_no_file(spent: Chat) -> None:
    said = await spent.say("elena", "export chargeback for march 2026")
    assert said.startswith("Chargeback, Everybody, 1–31 Mar 2026: nothing was used, so there is")
    assert files(spent, "elena") == []
    said = await spent.say("carla", "exporta focus de marzo de 2026")
    assert "no se usó nada" in said
    said = await spent.say("elena", "export chargeback from 1 to 15 december 2026")
    assert "yet to come" in said
    said = await spent.say("elena", "/export chargeback of nosuch")
    assert "Which wallet is “nosuch”?" in said


async def test_each_file_stands_below_its_own_text(spent: Chat) -> None:
    await spent.say("elena", "export chargeback of design and data last month")
    messages = [item.message for to, item in spent.sent if to == "elena"]
    told = [
        (message.text.split(", ")[1], {row["team"] for row in rows(block)})
        for message in messages
        for block in message.blocks
        if isinstance(block, FileBlock)
    ]
    assert told == [("Design", {"Design"}), ("Data", {"Data"})]
