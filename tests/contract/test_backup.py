"""A whole database out and back, on both engines."""

import asyncio
import json
import sqlite3
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.access import RoleLimit
from bot.audit.anchors import append_anchor
from bot.audit.chain import AuditFact
from bot.clock import ManualClock, from_us
from bot.economy import budgets, limit_changes, spending
from bot.economy.usage import Usage
from bot.economy.wallets import Tenant, Wallet
from bot.errors.kinds import InvalidInput
from bot.errors.storage import DatabaseInUse, SchemaMismatch, StorageDamaged
from bot.ids import PrincipalId, TenantId, WalletId
from bot.operations.audit_files import verify_audit
from bot.operations.backup import back_up
from bot.operations.restore import restore_backup
from bot.settings.model import Settings, load_settings
from storage.engine import open_database, sqlite_path
from storage.restoring import read_manifest
from storage.transaction import SqlTx
from storage.verify import verify_ledger
from tests.servers import PostgresServer

T = TenantId("t1")
ORG = WalletId("org")


def settings_for(url: str, folder: Path) -> Settings:
    return load_settings(
        database={"url": url}, audit={"anchor_file": folder / "anchor" / "audit.jsonl"}
    )


@pytest.fixture
def empty_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A second place of the same kind, with nothing in it."""
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'second' / 'bursar.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.create_database()


async def fill(url: str, clock: ManualClock, *, spends: int = 5, first: int = 0) -> None:
    database = await open_database(url, clock)

    def make(tx: SqlTx) -> None:
        tx.people.add_tenant(Tenant(T, "Acme", "Europe/Madrid", "en"))
        tx.wallets.add(Wallet(ORG, None, "organisation", "Acmé"))
        limit_changes.set_limit(tx, ORG, "month", 10_000, key="limit", actor="x")
        tx.rights.set_limit("lead", "request.decide", 500, expected=None)

    def spend(tx: SqlTx, number: int) -> None:
        key = f"k{number}"
        spending.hold(tx, ORG, 100, key=key, actor="x", life=timedelta(minutes=5))
        if number % 2:
            spending.settle(tx, ORG, 90, key=key, actor="x")
            used = Usage(key, ORG, PrincipalId("x"), "chat", "p", "m", 1, 1, 90, "1", tx.now)
            tx.usage.add(used, tx.now.date())
        tx.record(AuditFact(T, "x", "spend", key, {"amount_nanos": 90}))

    if not first:
        await database.write(make, tenant=T)
    for number in range(first, first + spends):
        await database.write(lambda tx, number=number: spend(tx, number), tenant=T)  # type: ignore[misc]  # a default argument
    await database.close()


async def facts_of(url: str, clock: ManualClock) -> tuple[object, ...]:
    database = await open_database(url, clock)

    def look(tx: SqlTx) -> tuple[object, ...]:
        (budget,) = budgets.list_budgets(tx, tx.wallets.chain(ORG))
        assert verify_ledger(tx) == []
        return (
            tx.audit.head(),
            budget.used_nanos,
            budget.held_nanos,
            [tenant.name for tenant in tx.people.list_tenants()],
            [wallet.name for wallet in tx.wallets.list_all()],
            tx.usage.list_hours(ORG, "m", from_us(0), tx.now + timedelta(hours=1)),
            tx.rights.list_all(),
        )

    found = await database.read(look, tenant=T)
    await database.close()
    return found


def test_a_backup_comes_back_as_it_was_and_goes_on(
    database_url: str, empty_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    asyncio.run(fill(database_url, clock))
    before = asyncio.run(facts_of(database_url, clock))
    assert before[-1] == [RoleLimit("lead", "request.decide", 500)]
    assert before[-2]
    archive = tmp_path / "one.backup"
    said = back_up(settings_for(database_url, tmp_path), archive, clock)
    assert "audit chain up to row" in said
    assert archive.stat().st_mode & 0o777 == 0o600
    report = restore_backup(settings_for(empty_url, tmp_path), archive, clock=clock)
    assert report.is_clean
    assert asyncio.run(facts_of(empty_url, clock)) == before
    # Numbers that the database gives out go on where they were.
    asyncio.run(fill(empty_url, clock, first=5))
    assert verify_audit(settings_for(empty_url, tmp_path), clock).is_clean


def test_a_database_with_something_in_it_is_not_overwritten_unless_forced(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    asyncio.run(fill(database_url, clock))
    settings, archive = settings_for(database_url, tmp_path), tmp_path / "one.backup"
    back_up(settings, archive, clock)
    before = asyncio.run(facts_of(database_url, clock))
    asyncio.run(fill(database_url, clock, first=5))
    after = asyncio.run(facts_of(database_url, clock))
    with pytest.raises(InvalidInput):
        restore_backup(settings, archive, clock=clock)
    assert asyncio.run(facts_of(database_url, clock)) == after
    restore_backup(settings, archive, is_forced=True, clock=clock)
    assert asyncio.run(facts_of(database_url, clock)) == before


def test_going_back_behind_the_anchor_is_done_and_reported(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    asyncio.run(fill(database_url, clock))
    settings, archive = settings_for(database_url, tmp_path), tmp_path / "one.backup"
    back_up(settings, archive, clock)
    asyncio.run(fill(database_url, clock, first=5))
    head = asyncio.run(facts_of(database_url, clock))[0]
    append_anchor(settings.audit.anchor_file, head, clock.now())  # type: ignore[arg-type]  # a Head
    report = restore_backup(settings, archive, is_forced=True, clock=clock)
    assert not report.is_clean
    assert "5 rows are missing" in report.text
    assert not verify_audit(settings, clock).is_clean


def test_a_backup_is_written_whole_or_not_at_all(
    database_url: str, tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(fill(database_url, clock))

    def fail(path: Path) -> None:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "full"
    folder.mkdir()
    monkeypatch.setattr("storage.backups.sync", fail)
    with pytest.raises(Exception, match="No space left"):
        back_up(settings_for(database_url, tmp_path), folder / "one.backup", clock)
    assert list(folder.iterdir()) == []


def test_a_backup_does_not_replace_an_earlier_one(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    (tmp_path / "one.backup").write_text("precious")
    with pytest.raises(InvalidInput, match="there already"):
        back_up(settings_for(database_url, tmp_path), tmp_path / "one.backup", clock)
    assert (tmp_path / "one.backup").read_text() == "precious"


def cut_tail(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def cut_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip_byte(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        largest = max(archive.infolist(), key=lambda member: member.compress_size)
        whole = archive.read(largest)
    # Past the member's own header, somewhere in its packed bytes.
    place = largest.header_offset + 30 + len(largest.filename) + largest.compress_size // 2
    data = path.read_bytes()
    # A run of zeros may be copied from another place and be the same run: that damages nothing.
    for at in range(place, place + 100):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with suppress(zipfile.BadZipFile, zlib.error), zipfile.ZipFile(path) as archive:
            if archive.read(largest.filename) == whole:
                continue
        return
    raise AssertionError("no flipped bit changed anything")


def be_something_else(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")


def be_empty(path: Path) -> None:
    path.write_bytes(b"")


def change_content(path: Path) -> None:
    """Change an amount, and make the archive whole again, as somebody who means it would."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name, data in parts.items() if b"Acm" in data)
    parts[name] = parts[name].replace(b"Acm", b"Bcm")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    "damage", [cut_tail, cut_half, flip_byte, be_something_else, be_empty, change_content]
)
def test_a_damaged_backup_is_refused_and_nothing_is_replaced(
    damage: Callable[[Path], None],
    database_url: str,
    tmp_path: Path,
    clock: ManualClock,
) -> None:
    asyncio.run(fill(database_url, clock))
    settings, archive = settings_for(database_url, tmp_path), tmp_path / "one.backup"
    back_up(settings, archive, clock)
    damage(archive)
    before = asyncio.run(facts_of(database_url, clock))
    with pytest.raises(StorageDamaged, match="use an earlier backup"):
        restore_backup(settings, archive, is_forced=True, clock=clock)
    assert asyncio.run(facts_of(database_url, clock)) == before


def test_a_backup_whose_ledger_does_not_add_up_is_refused(
    database_url: str, empty_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    asyncio.run(fill(database_url, clock))
    archive = tmp_path / "one.backup"
    path = sqlite_path(database_url)
    if path is None:
        import asyncpg

        async def spoil() -> None:
            driver = await asyncpg.connect(database_url)
            await driver.execute("UPDATE account SET dr = dr + 1 WHERE kind = 'budget'")
            await driver.close()

        asyncio.run(spoil())
    else:
        with sqlite3.connect(path) as driver:
            driver.execute("UPDATE account SET dr = dr + 1 WHERE kind = 'budget'")
        driver.close()
    back_up(settings_for(database_url, tmp_path), archive, clock)
    with pytest.raises(StorageDamaged, match="does not hold together"):
        restore_backup(settings_for(empty_url, tmp_path), archive, clock=clock)
    empty = sqlite_path(empty_url)
    assert empty is None or not empty.exists()


def test_a_backup_of_another_version_or_kind_is_refused(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    asyncio.run(fill(database_url, clock))
    settings, archive = settings_for(database_url, tmp_path), tmp_path / "one.backup"
    back_up(settings, archive, clock)
    engine = read_manifest(archive).engine
    for key, value, expected in (
        ("schema", "9999", SchemaMismatch),
        ("engine", "postgresql" if engine == "sqlite" else "sqlite", InvalidInput),
        ("format", 2, StorageDamaged),
    ):
        other = tmp_path / f"{key}.backup"
        with zipfile.ZipFile(archive) as source, zipfile.ZipFile(other, "w") as target:
            for name in source.namelist():
                data = source.read(name)
                if name == "manifest.json":
                    data = json.dumps({**json.loads(data), key: value}).encode()
                target.writestr(name, data)
        with pytest.raises(expected):
            restore_backup(settings, other, is_forced=True, clock=clock)


_WRITER = """
import asyncio, sys
from bot.clock import SystemClock
from bot.economy.ledger import AccountKey, Entry, Movement
from bot.audit.chain import AuditFact
from storage.engine import open_database

async def main():
    database = await open_database(sys.argv[1], SystemClock())
    def accounts(tx):
        return [
            tx.ledger.open_account(
                AccountKey(kind, "load", "nusd", "total"), is_bottomless=True
            )[0].id
            for kind in ("source", "sink")
        ]
    source, sink = await database.write(accounts, tenant="t1")
    number = 0
    async def client():
        nonlocal number
        while True:
            number += 1
            key = f"load-{number}"
            def work(tx):
                tx.ledger.transfer(Movement(key, "x", "load", (Entry(source, sink, 1),)))
                tx.record(AuditFact("t1", "x", "load", key))
            await database.write(work, tenant="t1")
            if number == 200:
                print("busy", flush=True)
    await asyncio.gather(*(client() for _ in range(20)))

asyncio.run(main())
"""


def test_a_backup_under_load_from_another_process_holds_together(
    database_url: str, empty_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    asyncio.run(fill(database_url, clock))
    archive = tmp_path / "one.backup"
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, database_url],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"busy\n"
            back_up(settings_for(database_url, tmp_path), archive, clock)
            if database_url.startswith("sqlite"):
                with pytest.raises(DatabaseInUse):
                    restore_backup(
                        settings_for(database_url, tmp_path), archive, is_forced=True, clock=clock
                    )
            assert writer.poll() is None
        finally:
            writer.kill()
    manifest = read_manifest(archive)
    assert manifest.head.seq >= 200
    report = restore_backup(settings_for(empty_url, tmp_path), archive, clock=clock)
    assert report.is_clean
    assert asyncio.run(facts_of(empty_url, clock))[0] == manifest.head
