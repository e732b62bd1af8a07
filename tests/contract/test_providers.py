"""Providers as they are kept, on both databases."""

from __future__ import annotations

from bot.clock import ManualClock
from bot.models import TimeOuts
from bot.routing.providers import Abilities, Provider
from storage.database import Database
from tests.ledgers import ACME, found_company


async def test_a_provider_comes_back_as_it_was_configured(
    database: Database, clock: ManualClock
) -> None:
    usual = Provider("openai", "openai", ("gpt-5-mini", "gpt-5"), key_ref="env:OPENAI_API_KEY")
    house = Provider(
        "house",
        "compatible",
        ("small",),
        "http://localhost:11434/v1",
        "file:house",
        TimeOuts(1.5, 20.25, 60.0),
        Abilities("json", "max_completion_tokens"),
        is_disabled=True,
    )
    await database.write(found_company)
    await database.write(lambda tx: tx.providers.add(usual), tenant=ACME)
    clock.set(clock.now().replace(hour=13))
    assert await database.write(lambda tx: tx.providers.add(house), tenant=ACME)
    assert not await database.write(lambda tx: tx.providers.add(house), tenant=ACME)
    found = await database.read(lambda tx: tx.providers.list_all(), tenant=ACME)
    assert found == [usual, house]
