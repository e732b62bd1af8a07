"""What is looked after at night: said only if it is wrong, and only to who can act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.audit.anchors import append_anchor, find_last_anchor
from bot.audit.chain import Head
from scheduler.jobs.kinds import Care, all_kinds, ensure_company_plans
from scheduler.jobs.model_sync import Lists
from scheduler.runs import Runs
from storage.transaction import SqlTx
from tests.fakes_models import Table
from tests.turns.chat import ACME, Chat, spend

DAY = timedelta(days=1)


@pytest.fixture
def anchor_file(tmp_path: Path) -> Path:
    return tmp_path / "anchor.jsonl"


@pytest.fixture
async def night(chat: Chat, anchor_file: Path) -> Runs:
    await chat.database.write(ensure_company_plans)
    care = Care(
        database=chat.database,
        find_faults=chat.app.find_faults,
        verify_chain=partial(chat.app.anchor_chain, anchor_file),
        lists=Lists(Table()),
    )
    return Runs(chat.database, all_kinds(care))


async def pass_a_night(chat: Chat, night: Runs) -> dict[str, str]:
    """Go on by a day; return how each of the company's jobs ended."""
    chat.clock.advance(DAY)
    await night.tick()
    await night.idle()
    await chat.app.settled()
    found = await chat.database.read(lambda tx: tx.schedules.list_of(None), tenant=ACME)
    return {one.plan.kind: one.last_result for one in found}


def told(chat: Chat) -> Sequence[tuple[str, str]]:
    return [(to, item.message.text) for to, item in chat.sent]


async def test_what_is_in_order_is_not_spoken_of(
    chat: Chat, night: Runs, anchor_file: Path
) -> None:
    await chat.say("ana", "balance")
    before = len(chat.sent)
    assert await pass_a_night(chat, night) == {
        "ledger_check": "sound",
        "audit_anchor": "sound",
        "retention": "nothing",
        "model_sync": "nothing",
        "month_end": "",
    }
    assert len(chat.sent) == before
    anchor = find_last_anchor(anchor_file)
    head = await chat.database.read(lambda tx: tx.audit.head())
    assert anchor is not None
    assert anchor.head == head


async def test_a_ledger_that_does_not_add_up_is_told_to_who_can_act(
    chat: Chat, night: Runs
) -> None:
    def pay(tx: SqlTx) -> None:
        spend(tx, "design", "ana", 10, "gpt-5-mini", "key")

    def spoil(tx: SqlTx) -> None:
        tx.connection.run(text("UPDATE account SET cr = cr + 1"))

    await chat.database.write(pay, tenant=ACME)
    await chat.database.write(spoil, tenant=ACME)
    assert (await pass_a_night(chat, night))["ledger_check"] == "broken"
    assert [to for to, _ in told(chat)] == ["elena"]
    assert "do not add up" in told(chat)[0][1]
    assert "bursar doctor" in told(chat)[0][1]


async def test_a_chain_that_was_cut_is_told_to_who_can_act(
    chat: Chat, night: Runs, anchor_file: Path
) -> None:
    await pass_a_night(chat, night)
    noted = Head(99_999, bytes(32))
    append_anchor(anchor_file, noted, chat.clock.now())
    assert (await pass_a_night(chat, night))["audit_anchor"] == "broken"
    assert [to for to, _ in told(chat)] == ["elena"]
    assert "The audit chain is not whole" in told(chat)[0][1]
    # A chain that is not whole is not noted as if it were.
    anchor = find_last_anchor(anchor_file)
    assert anchor is not None
    assert anchor.head == noted


async def test_each_company_has_its_plans_once(chat: Chat, night: Runs) -> None:
    await chat.database.write(ensure_company_plans)
    found = await chat.database.read(lambda tx: tx.schedules.list_of(None), tenant=ACME)
    assert len({one.plan.kind for one in found}) == len(found) > 0
    assert {one.plan.zone for one in found} == {"Europe/Madrid"}
