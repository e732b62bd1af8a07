"""What the writer of a file keeps in memory: never anything that is not so any more."""

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.economy.ledger import AccountKey
from bot.errors.kinds import NotFound
from bot.routing.providers import Provider
from storage import kept_rows
from storage.database import Database
from storage.kept_rows import KeptRows, effects_of
from storage.sqlite import SqliteDatabase
from storage.statements import Statement, compile_for
from storage.tables import metadata
from storage.tables.columns import CHANGES_SELDOM
from storage.tables.money import account, wallet
from storage.transaction import SqlTx
from tests.ledgers import ANA, BEN, KEY, ORG, TEAM, Company, found_company

_SELDOM = sorted(name for name, one in metadata.tables.items() if one.info[CHANGES_SELDOM])


@pytest.fixture
async def company(sqlite_database: Database) -> Company:
    company = Company(sqlite_database)
    await company.write(found_company)
    return company


def kept(company: Company) -> KeptRows:
    database = company.database
    assert isinstance(database, SqliteDatabase)
    found = database._writer._connection.kept
    assert found is not None
    return found


def name_of(tx: SqlTx) -> str:
    return tx.wallets.get(TEAM).name


async def test_what_is_read_twice_is_read_once(company: Company) -> None:
    def count(tx: SqlTx) -> int:
        asked: list[str] = []
        tx.connection.driver.set_trace_callback(asked.append)  # type: ignore[attr-defined]  # of the file
        tx.wallets.chain(KEY)
        tx.people.get(BEN)
        tx.wallets.list_limits([TEAM, ORG])
        tx.wallets.list_raises([TEAM, ORG], tx.now)
        tx.providers.list_prices(tx.now)
        tx.connection.driver.set_trace_callback(None)  # type: ignore[attr-defined]  # as above
        # The tests' own look at what was kept stands apart.
        return len(asked)

    assert await company.write(count) > await company.write(count)
    for name in ("wallet", "principal", "wallet_limit", "budget_raise", "model_price"):
        assert kept(company)._keys[name]


async def test_a_change_is_seen_by_the_next_write_and_by_its_own(company: Company) -> None:
    assert await company.write(name_of) == "team"

    def rename(tx: SqlTx) -> str:
        tx.wallets.rename(TEAM, "crew")
        return name_of(tx)

    assert await company.write(rename) == "crew"
    assert await company.write(name_of) == "crew"
    assert await company.write(lambda tx: tx.wallets.chain(KEY)[2].name) == "crew"


@pytest.mark.parametrize("is_in_savepoint", [True, False])
async def test_what_was_taken_back_is_not_remembered(
    company: Company, is_in_savepoint: bool
) -> None:
    def rename(tx: SqlTx) -> None:
        tx.wallets.rename(TEAM, "crew")
        assert name_of(tx) == "crew"
        raise ZeroDivisionError

    def careful(tx: SqlTx) -> None:
        with pytest.raises(ZeroDivisionError), tx.savepoint():
            rename(tx)
        assert name_of(tx) == "team"

    if is_in_savepoint:
        await company.write(careful)
    else:
        results = await asyncio.gather(
            company.write(name_of),
            company.write(rename),
            company.write(name_of),
            return_exceptions=True,
        )
        assert results[0] == results[2] == "team"
        assert isinstance(results[1], ZeroDivisionError)
    assert await company.write(name_of) == "team"


async def test_plain_text_changes_whatever_it_changes(company: Company) -> None:
    assert await company.write(name_of) == "team"
    await company.write(lambda tx: tx.connection.run(text("UPDATE wallet SET name = 'x'")))
    assert await company.write(name_of) == "x"


async def test_what_another_program_writes_is_seen(company: Company, sqlite_path: Path) -> None:
    assert await company.write(name_of) == "team"
    with sqlite3.connect(sqlite_path) as other:
        other.create_function("bursar_now", 0, lambda: 0)
        other.execute("UPDATE wallet SET name = 'theirs' WHERE id = ?", (TEAM,))
    other.close()
    assert await company.write(name_of) == "theirs"


async def test_time_passes_over_what_is_kept(company: Company) -> None:
    def raise_until(tx: SqlTx, hours: int) -> int:
        return len(tx.wallets.list_raises([TEAM], tx.now + timedelta(hours=hours)))

    def add(tx: SqlTx) -> None:
        tx.connection.run(
            text(
                "INSERT INTO budget_raise (id, tenant, wallet_id, span, amount_nanos, from_us,"
                " until_us) VALUES ('r', 'acme', :team, 'month', 1, :from_us, :until_us)"
            ).bindparams(
                team=TEAM, from_us=tx.scope.now_us, until_us=tx.scope.now_us + 3_600_000_000
            )
        )

    await company.write(add)
    assert [await company.write(lambda tx, at=at: raise_until(tx, at)) for at in (0, 1, 0)] == [  # type: ignore[misc]  # bound now
        1,
        0,
        1,
    ]


async def test_an_account_that_is_not_there_yet_is_looked_for_again(company: Company) -> None:
    key = AccountKey("sink", "s", "nusd", "")

    def fail(tx: SqlTx) -> None:
        tx.ledger.open_id(key, is_bottomless=True)
        raise NotFound("wallet", "w")

    with pytest.raises(NotFound):
        await company.write(fail)
    made = await company.write(lambda tx: tx.ledger.open_id(key, is_bottomless=True))
    assert made[1]
    again = await company.write(lambda tx: tx.ledger.open_id(key, is_bottomless=True))
    assert again == (made[0], False)
    found = await company.read(lambda tx: tx.ledger.find_account(key))
    assert found is not None
    assert found.id == made[0]


async def test_companies_do_not_see_what_is_kept_of_each_other(company: Company) -> None:
    other = Company(company.database, tenant="other")  # type: ignore[arg-type]  # a plain id
    await other.write(lambda tx: found_company(tx, tenant=other.tenant))
    await company.write(lambda tx: tx.providers.add(Provider("one", "openai", ("m",))))
    assert len(await company.write(lambda tx: tx.providers.list_all())) == 1
    assert await other.write(lambda tx: tx.providers.list_all()) == []
    with pytest.raises(NotFound):
        await other.write(name_of)


async def test_so_much_is_kept_and_no_more(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_rows, "_MOST", 5)
    for number in range(20):
        await company.write(lambda tx, at=number: tx.wallets.find(f"w{at}"))  # type: ignore[misc]  # bound now
        assert len(kept(company)._answers) <= 5
    await company.write(lambda tx: tx.people.get(ANA))


def test_only_what_changes_seldom_and_knows_no_time_is_kept() -> None:
    assert compile_for("sqlite", select(wallet.c.name)).looks_at == {"wallet"}
    assert not compile_for("sqlite", select(account.c.id)).looks_at
    joined = select(wallet.c.name).join(account, account.c.owner == wallet.c.id)
    assert not compile_for("sqlite", joined).looks_at
    timed = text("SELECT name FROM wallet WHERE created_us < bursar_now()")
    assert not compile_for("sqlite", timed).looks_at
    assert Statement(select(account.c.id), stays=True).for_dialect("sqlite").stays


def test_text_that_changes_is_no_query() -> None:
    changed = compile_for("sqlite", text("UPDATE wallet SET name = 'x'"))
    assert changed.is_change
    assert not changed.is_query


def test_what_triggers_change_is_found_in_the_schema(sqlite_path: Path) -> None:
    with sqlite3.connect(sqlite_path) as driver:
        effects = effects_of(driver)
    driver.close()
    assert {"account", "open_hold", "lapsing"} <= effects["transfer"]
    assert "usage_hour" in effects["usage"]


def test_triggers_of_triggers_count(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "t.db") as driver:
        for name in "abc":
            driver.execute(f"CREATE TABLE {name} (n INTEGER)")
        driver.execute("CREATE TRIGGER ab AFTER UPDATE ON a BEGIN INSERT INTO b VALUES (1); END")
        driver.execute("CREATE TRIGGER bc AFTER INSERT ON b BEGIN DELETE FROM c; END")
        assert effects_of(driver)["a"] >= {"b", "c"}
    driver.close()


def test_what_changes_with_every_message_is_not_kept() -> None:
    assert {"wallet", "principal", "tenant"} <= set(_SELDOM)
    assert not {"account", "transfer", "inbox", "outbox", "conversation", "usage"} & set(_SELDOM)
