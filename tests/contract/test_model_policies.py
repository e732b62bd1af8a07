"""A company's rules for models, as the database keeps them."""

import asyncio
from dataclasses import replace

import pytest

from bot.economy.caps import Caps
from bot.routing.policy import USUAL, ModelPolicy
from storage.database import Database
from tests.ledgers import ANA, BEN, Company, found_company


@pytest.fixture
async def company(database: Database) -> Company:
    await database.write(found_company)
    return Company(database)


async def policy(company: Company) -> ModelPolicy:
    return await company.read(lambda tx: tx.policy.get())


async def test_a_company_begins_with_the_usual_rules(company: Company) -> None:
    assert await policy(company) == USUAL


async def test_rules_are_kept_as_they_were_set(company: Company) -> None:
    asked = ModelPolicy(None, Caps(1, 2, None), "block", ("inside", ".example.com"))
    assert await company.write(lambda tx: tx.policy.replace(asked))
    assert await policy(company) == replace(asked, version=1)


async def test_rules_that_were_changed_meanwhile_stay(company: Company) -> None:
    asked = replace(USUAL, personal_data="warn")
    assert await company.write(lambda tx: tx.policy.replace(asked))
    assert not await company.write(lambda tx: tx.policy.replace(asked))
    assert (await policy(company)).version == 1


async def test_of_eight_changes_at_once_one_holds(company: Company) -> None:
    async def change_to(number: int) -> bool:
        asked = replace(USUAL, caps=Caps(turn=number))
        return await company.write(lambda tx: tx.policy.replace(asked))

    done = await asyncio.gather(*(change_to(number) for number in range(1, 9)))
    assert done.count(True) == 1
    assert (await policy(company)).caps.turn == done.index(True) + 1


async def test_a_pause_is_made_once_and_keeps_the_rules(company: Company) -> None:
    asked = replace(USUAL, personal_data="block")
    await company.write(lambda tx: tx.policy.replace(asked))
    assert await company.write(lambda tx: tx.policy.pause(ANA))
    assert not await company.write(lambda tx: tx.policy.pause(BEN))
    found = await policy(company)
    assert found.pause is not None
    assert found.pause.by == ANA
    assert found.personal_data == "block"
    assert await company.write(lambda tx: tx.policy.resume())
    assert not await company.write(lambda tx: tx.policy.resume())
    assert (await policy(company)).pause is None


async def test_of_eight_who_pause_at_once_one_has_done_it(company: Company) -> None:
    done = await asyncio.gather(
        *(company.write(lambda tx: tx.policy.pause(ANA)) for _ in range(8))
    )
    assert done.count(True) == 1
    done = await asyncio.gather(*(company.write(lambda tx: tx.policy.resume()) for _ in range(8)))
    assert done.count(True) == 1
