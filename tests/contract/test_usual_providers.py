"""What a company begins with whose operator has set the usual variables, on both databases."""

from __future__ import annotations

import pytest

from bot.paid_path import add_usual
from bot.settings.model import load_settings
from storage.database import Database
from tests.turns.chat import ACME, make_company


@pytest.fixture
async def acme(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-1")
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    await database.write(make_company, tenant=ACME)
    return database


async def names(database: Database) -> list[str]:
    found = await database.read(lambda tx: tx.providers.list_all(), tenant=ACME)
    return [one.name for one in found]


async def test_a_provider_whose_key_is_there_is_added_once(acme: Database) -> None:
    settings = load_settings()
    assert await acme.write(lambda tx: add_usual(tx, settings)) == 1
    assert await acme.write(lambda tx: add_usual(tx, settings)) == 0
    assert await names(acme) == ["openai"]


async def test_one_at_a_host_that_is_not_allowed_is_left_out(acme: Database) -> None:
    settings = load_settings(models={"hosts": ["ollama"]})
    assert await acme.write(lambda tx: add_usual(tx, settings)) == 0
    assert await names(acme) == []
