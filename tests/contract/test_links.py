"""Link tokens, on both databases: used once, in time, and in the tenant that made them."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import ManualClock
from bot.ids import LinkId, TenantId
from bot.people.links import Link
from storage.database import Database
from storage.tables.people import link_token
from tests.ledgers import ACME, ANA, Company, found_company

GLOBEX = TenantId("globex")


@pytest.fixture
async def books(database: Database) -> Company:
    await database.write(found_company)
    return Company(database)


async def redeem(database: Database, token: str, external_id: str = "7") -> Link | None:
    """Redeem as a turn does: before it knows of any tenant."""
    return await database.write(
        lambda tx: tx.links.redeem(token, "telegram", "bot", external_id, "Ana L.")
    )


async def test_a_token_says_whose_it_is_and_who_used_it(books: Company) -> None:
    token = await books.write(lambda tx: tx.links.issue(ANA))
    # A start link of Telegram takes up to 64 of A-Z, a-z, 0-9, _ and - (Bot features, deep links).
    assert len(token) == 43
    assert token.replace("-", "a").replace("_", "a").isalnum()
    link = await redeem(books.database, token)
    assert link is not None
    assert link == Link(link.id, ACME, ANA, "telegram", "bot", "7", "Ana L.")
    assert await books.read(lambda tx: tx.links.find(link.id)) == link
    assert await books.database.read(lambda tx: tx.people.find_linked("telegram", "bot", "7")) is (
        None
    )


async def test_a_token_is_used_once(books: Company) -> None:
    token = await books.write(lambda tx: tx.links.issue(ANA))
    assert await redeem(books.database, token) is not None
    assert await redeem(books.database, token) is None
    assert await redeem(books.database, token, "8") is None


async def test_of_many_at_once_one_uses_a_token(books: Company) -> None:
    token = await books.write(lambda tx: tx.links.issue(ANA))
    answers = await asyncio.gather(*(redeem(books.database, token, str(x)) for x in range(20)))
    (link,) = [answer for answer in answers if answer is not None]
    assert await books.read(lambda tx: tx.links.find(link.id)) == link


async def test_many_tokens_at_once_are_all_good(books: Company) -> None:
    tokens = await asyncio.gather(
        *(books.write(lambda tx: tx.links.issue(ANA)) for _ in range(20))
    )
    answers = await asyncio.gather(*(redeem(books.database, token) for token in tokens))
    assert len({answer.id for answer in answers if answer is not None}) == 20


async def test_a_token_ends_by_the_databases_clock(books: Company, clock: ManualClock) -> None:
    token = await books.write(lambda tx: tx.links.issue(ANA))
    other = await books.write(lambda tx: tx.links.issue(ANA, timedelta(minutes=11)))
    clock.advance(timedelta(minutes=10))
    assert await redeem(books.database, token) is None
    assert await redeem(books.database, other) is not None


async def test_what_is_no_token_redeems_nothing(books: Company) -> None:
    token = await books.write(lambda tx: tx.links.issue(ANA))
    for wrong in ("", "x", token[:-1], token + "A", token.swapcase(), "\ud800", "a" * 10_000):
        assert await redeem(books.database, wrong) is None
    assert await redeem(books.database, token) is not None


async def test_only_a_hash_of_a_token_is_kept(books: Company) -> None:
    token = await books.write(lambda tx: tx.links.issue(ANA))
    rows = await books.read(lambda tx: tx.connection.rows(select(link_token)))
    assert len(rows) == 1
    assert token not in str([rows[0][column.name] for column in link_token.c])


async def test_a_token_leads_to_the_tenant_that_made_it(books: Company) -> None:
    await books.database.write(lambda tx: found_company(tx, tenant=GLOBEX))
    token = await books.write(lambda tx: tx.links.issue(ANA))
    link = await books.database.write(
        lambda tx: tx.links.redeem(token, "slack", "T1", "U1", ""), tenant=GLOBEX
    )
    assert link is not None
    assert link.tenant == ACME
    globex = Company(books.database, GLOBEX)
    assert await globex.read(lambda tx: tx.links.find(link.id)) is None
    assert await books.read(lambda tx: tx.links.find(LinkId("none"))) is None


async def test_a_token_that_was_not_used_links_nothing(books: Company) -> None:
    await books.write(lambda tx: tx.links.issue(ANA))
    rows = await books.read(lambda tx: tx.connection.rows(select(link_token.c.id)))
    assert len(rows) == 1
    assert await books.read(lambda tx: tx.links.find(LinkId(rows[0][0]))) is None
