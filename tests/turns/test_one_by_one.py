"""What Bursar does by itself for many: one that fails stops no other."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.alerts.ladder import Ladder
from bot.errors.storage import StorageBusy
from bot.ids import TenantId
from scheduler.each import each
from scheduler.jobs.alerts import tell_alerts
from scheduler.jobs.expiry import expire_proposals
from tests.turns.chat import ACME, USD, Chat, spend
from tests.turns.test_approvals import request, state_of


async def test_a_request_that_cannot_be_read_keeps_no_other_from_ending(chat: Chat) -> None:
    first, second = await request(chat, 100), await request(chat, 101)
    # As a release could leave it that wrote previews otherwise.
    await chat.database.write(
        lambda tx: tx.connection.run(
            text("UPDATE proposal SET preview = '{}' WHERE kind = 'request' AND ref = :ref"),
            ref=first,
        )
    )
    chat.clock.advance(timedelta(hours=49))
    with capture_logs() as logs:
        assert await expire_proposals(chat.database) >= 1
    await chat.app.settled()
    assert (await state_of(chat, first), await state_of(chat, second)) == (
        "pending/None",
        "expired/expired",
    )
    assert f"#{second}" in chat.told("ana")
    assert [(one["job"], one["tenant"]) for one in logs if one["log_level"] == "error"] == [
        ("expire_proposals", ACME)
    ]


async def test_a_wallet_whose_alert_fails_keeps_no_other_from_being_told(chat: Chat) -> None:
    for number, wallet in enumerate(("design", "data")):
        await chat.database.write(
            lambda tx, wallet=wallet, key=f"k{number}": spend(  # type: ignore[misc]  # bound now
                tx, wallet, "ana", 450 * USD if wallet == "design" else 700 * USD, "m", key
            ),
            tenant=ACME,
        )
    await chat.database.write(
        lambda tx: tx.connection.run(
            text("UPDATE threshold_crossing SET wallet_id = 'gone' WHERE wallet_id = 'design'")
        )
    )
    with capture_logs() as logs:
        await tell_alerts(chat.database, Ladder())
    await chat.app.settled()
    assert "Data" in chat.told("carla")
    assert [one["job"] for one in logs if one["log_level"] == "error"] == ["tell_alerts"]


async def test_a_database_that_is_away_is_asked_nothing_more() -> None:
    asked = []

    async def do(tenant: TenantId, number: int) -> int:
        asked.append(number)
        raise StorageBusy("busy")

    with pytest.raises(StorageBusy):
        await each([(ACME, 1), (ACME, 2)], do, job="x")
    assert asked == [1]
