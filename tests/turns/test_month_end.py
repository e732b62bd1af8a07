"""The first of the month: its files go to who keeps the books, once, whoever looks too."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.ids import PrincipalId
from bot.messages import FileBlock
from scheduler.jobs import month_end
from scheduler.jobs.kinds import Care, all_kinds, ensure_company_plans
from scheduler.jobs.model_sync import Lists
from scheduler.runs import Runs
from storage.transaction import SqlTx
from tests.fakes_models import Table
from tests.turns.chat import ACME, USD, Chat, spend

# 8:00 in Madrid.
FIRST = datetime(2026, 12, 1, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def books(chat: Chat) -> Chat:
    """A company that used something in November; everybody has written once."""
    await chat.database.write(ensure_company_plans)

    def use(tx: SqlTx) -> None:
        spend(tx, "launch", "ana", 12 * USD + 1, "gpt-5", "november1")
        spend(tx, "data", "frank", 5 * USD, "gpt-5", "november2")

    await chat.database.write(use, tenant=ACME)
    return chat


def process(chat: Chat, folder: Path) -> Runs:
    anchor = partial(chat.app.anchor_chain, folder / "anchor.jsonl")
    return Runs(
        chat.database,
        all_kinds(
            Care(
                database=chat.database,
                find_faults=chat.app.find_faults,
                verify_chain=anchor,
                lists=Lists(Table()),
            )
        ),
    )


async def pass_to(chat: Chat, at: datetime, *processes: Runs) -> str:
    """Let a time come for all processes at once; return how the month's end ended last."""
    chat.clock.set(at)
    await asyncio.gather(*(one.tick() for one in processes))
    for one in processes:
        await one.idle()
    await chat.app.settled()
    found = await chat.database.read(lambda tx: tx.schedules.find("month_end"), tenant=ACME)
    assert found is not None
    return found.last_result


def files(chat: Chat) -> list[tuple[str, str]]:
    return [
        (to, block.name)
        for to, item in chat.sent
        for block in item.message.blocks
        if isinstance(block, FileBlock)
    ]


NOVEMBER = [
    ("carla", "chargeback-2026-11-01-2026-11-30.csv"),
    ("carla", "focus-1.2-2026-11-01-2026-11-30.csv"),
]


async def test_finance_gets_the_files_at_eight_on_the_first(books: Chat, tmp_path: Path) -> None:
    one = process(books, tmp_path)
    assert await pass_to(books, FIRST - MINUTE, one) == ""
    assert files(books) == []
    assert await pass_to(books, FIRST, one) == "sent"
    assert files(books) == NOVEMBER
    (message,) = [item.message for to, item in books.sent if to == "carla"]
    assert message.text.startswith("Mes de noviembre: $17,000000001 en total. ")
    table = next(block for block in message.blocks if isinstance(block, FileBlock))
    rows = list(csv.DictReader(io.StringIO(table.data.decode(), newline="")))
    assert [row["cost_usd"] for row in rows] == ["5.00", "12.000000001"]
    # The day after, and for the rest of the month, there is nothing more to send.
    assert await pass_to(books, FIRST + timedelta(days=20), one) == "sent"
    assert files(books) == NOVEMBER


async def test_five_processes_send_them_once(books: Chat, tmp_path: Path) -> None:
    assert await pass_to(books, FIRST, *(process(books, tmp_path) for _ in range(5))) == "sent"
    assert files(books) == NOVEMBER


async def test_three_days_late_they_are_of_the_same_month(books: Chat, tmp_path: Path) -> None:
    one = process(books, tmp_path)
    assert await pass_to(books, FIRST + timedelta(days=3), one) == "sent"
    assert files(books) == NOVEMBER


async def test_where_nobody_is_of_finance_the_owner_gets_them(books: Chat, tmp_path: Path) -> None:
    await books.database.write(
        lambda tx: tx.people.take(PrincipalId("carla"), "finance", None), tenant=ACME
    )
    assert await pass_to(books, FIRST, process(books, tmp_path)) == "sent"
    assert files(books) == [("elena", name) for _, name in NOVEMBER]


async def test_a_month_without_usage_sends_nothing(chat: Chat, tmp_path: Path) -> None:
    await chat.database.write(ensure_company_plans)
    assert await pass_to(chat, FIRST, process(chat, tmp_path)) == "nothing"
    assert chat.sent == []


async def test_a_file_that_chats_do_not_take_is_named(
    books: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month_end, "MOST_FILE_BYTES", 900)
    assert await pass_to(books, FIRST, process(books, tmp_path)) == "sent"
    assert files(books) == NOVEMBER[:1]
    assert "`bursar export focus`" in books.told("carla")


async def test_what_no_file_holds_is_still_said(
    books: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month_end, "MOST_FILE_BYTES", 90)
    assert await pass_to(books, FIRST, process(books, tmp_path)) == "sent"
    assert files(books) == []
    assert "$17,00" in books.told("carla"), books.told("carla")
