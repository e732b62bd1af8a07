"""Writes that are gathered into one commit: each stands or falls alone, whatever fails when."""

import asyncio
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import text

from bot.access import Principal
from bot.audit.chain import AuditFact
from bot.economy.ledger import AccountKey, Entry, Movement, Shortfall
from bot.economy.wallets import Tenant, Wallet
from bot.errors.kinds import InvalidInput, Unavailable
from bot.ids import ConversationId, IdempotencyKey, PrincipalId, TenantId, WalletId
from bot.messages import InboundMessage, OutboundMessage
from storage.database import Database
from storage.transaction import SqlTx

T = TenantId("t1")


@pytest.fixture
async def accounts(database: Database) -> tuple[int, int]:
    """A budget with 1,000 and a sink."""

    def make(tx: SqlTx) -> tuple[int, int]:
        tx.people.add_tenant(Tenant(T, "Acme", "UTC", "en"))
        ledger = tx.ledger
        source, _ = ledger.open_account(
            AccountKey("source", "s", "nusd", "total"), is_bottomless=True
        )
        sink, _ = ledger.open_account(AccountKey("sink", "s", "nusd", "total"), is_bottomless=True)
        budget, _ = ledger.open_account(AccountKey("budget", "w", "nusd", "2026-11"))
        ledger.transfer(_movement("fund", source.id, budget.id, 1000))
        return budget.id, sink.id

    return await database.write(make, tenant=T)


def _movement(key: str, debit_id: int, credit_id: int, amount: int) -> Movement:
    return Movement(IdempotencyKey(key), "ana", "test", (Entry(debit_id, credit_id, amount),))


async def test_a_refused_write_leaves_its_neighbours_alone(
    database: Database, accounts: tuple[int, int]
) -> None:
    budget, sink = accounts

    def take(tx: SqlTx, number: int) -> None:
        tx.ledger.transfer(_movement(f"k{number}", budget, sink, 300))

    results = await asyncio.gather(
        *(
            database.write(lambda tx, number=number: take(tx, number), tenant=T)  # type: ignore[misc]  # a default argument
            for number in range(40)
        ),
        return_exceptions=True,
    )
    assert [type(result) for result in results].count(type(None)) == 3
    assert all(result is None or isinstance(result, Shortfall) for result in results)
    left = await database.read(lambda tx: tx.ledger.refresh(budget).free, tenant=T)
    assert left == 100


async def test_a_write_that_changed_something_and_then_failed_is_undone_alone(
    database: Database, accounts: tuple[int, int]
) -> None:
    budget, sink = accounts

    def take_and_fail(tx: SqlTx, number: int) -> None:
        tx.ledger.transfer(_movement(f"f{number}", budget, sink, 1))
        if number % 2:
            raise InvalidInput("amount", "is odd")

    results = await asyncio.gather(
        *(
            database.write(lambda tx, number=number: take_and_fail(tx, number), tenant=T)  # type: ignore[misc]  # a default argument
            for number in range(100)
        ),
        return_exceptions=True,
    )
    assert [isinstance(result, InvalidInput) for result in results] == [False, True] * 50
    left = await database.read(lambda tx: tx.ledger.refresh(budget).free, tenant=T)
    assert left == 950


async def test_a_statement_that_fails_takes_no_neighbour_with_it(
    database: Database, accounts: tuple[int, int]
) -> None:
    budget, sink = accounts

    def break_a_rule(tx: SqlTx) -> None:
        tx.people.add_tenant(Tenant(T, "Twice", "UTC", "en"))

    def take(tx: SqlTx) -> None:
        tx.ledger.transfer(_movement("good", budget, sink, 400))

    results = await asyncio.gather(
        *(database.write(fn, tenant=T) for fn in (break_a_rule, take, break_a_rule)),
        return_exceptions=True,
    )
    assert [isinstance(result, BaseException) for result in results] == [True, False, True]
    left = await database.read(lambda tx: tx.ledger.refresh(budget).free, tenant=T)
    assert left == 600


def tell_nobody(tx: SqlTx) -> None:
    """Queue a message for a conversation that there is not."""
    tx.outbox.add(OutboundMessage(ConversationId("gone"), "hello"), "terminal")


def tell_half_a_letter(tx: SqlTx) -> None:
    """Queue a message with a sign that no text can hold."""
    tx.outbox.add(OutboundMessage(_open(tx), "hello", reference="\ud800"), "terminal")


def record_half_a_letter(tx: SqlTx) -> None:
    tx.record(AuditFact(T, "ana", "test", "it", {"name": "\ud800"}))


def record_for_a_number(tx: SqlTx) -> None:
    tx.record(AuditFact(T, "ana", "test", "it", {"number": object()}))


def count_too_far(tx: SqlTx) -> None:
    """Ask with a number that no column can hold."""
    tx.inbox.is_first(1 << 70, "lane")


def _open(tx: SqlTx) -> ConversationId:
    message = InboundMessage("terminal", "bursar", "1", "chat", "ana", text="", button="")
    return tx.conversations.hear(message, PrincipalId("ana")).id


@pytest.mark.parametrize(
    "fail",
    [tell_nobody, tell_half_a_letter, record_half_a_letter, record_for_a_number, count_too_far],
)
@pytest.mark.parametrize("place", [0, 7, 19])
async def test_a_write_whose_rows_are_refused_fails_alone_and_the_others_happen_once(
    database: Database,
    accounts: tuple[int, int],
    fail: Callable[[SqlTx], None],
    place: int,
) -> None:
    budget, sink = accounts
    ran: Counter[int] = Counter()

    def found(tx: SqlTx) -> None:
        tx.people.add(Principal(PrincipalId("ana"), T, "Ana", "ana", "en", "UTC"))
        tx.people.link(PrincipalId("ana"), "terminal", "bursar", "ana")
        _open(tx)

    def take(number: int, tx: SqlTx) -> int:
        ran[number] += 1
        tx.ledger.transfer(_movement(f"k{number}", budget, sink, 10))
        tx.record(AuditFact(T, "ana", "took", str(number), {}))
        tx.outbox.add(OutboundMessage(_open(tx), f"took {number}"), "terminal")
        tx.announce(number)
        if number == place:
            fail(tx)
        return number

    await database.write(found, tenant=T)
    heard: list[object] = []
    database.on_commit(heard.extend)
    answers = await asyncio.gather(
        *(database.write(partial(take, number), tenant=T) for number in range(20)),
        return_exceptions=True,
    )
    failed = answers.pop(place)
    # For whoever asked, waiting would not help.
    assert isinstance(failed, Exception)
    assert not isinstance(failed, Unavailable)
    others = [number for number in range(20) if number != place]
    assert answers == others
    assert [x for x in heard if isinstance(x, int)] == others
    # They were gathered: what had run beside it was run again.
    assert sum(ran.values()) > 20

    def look(tx: SqlTx) -> tuple[int, list[str], list[str]]:
        told = tx.connection.rows(text("SELECT payload FROM outbox ORDER BY id"))
        facts = tx.connection.rows(text("SELECT body FROM audit ORDER BY seq"))
        return (
            tx.ledger.refresh(budget).free,
            [row[0] for row in told],
            [bytes(row[0]).decode() for row in facts],
        )

    free, told, facts = await database.read(look, tenant=T)
    assert free == 1000 - 10 * len(others)
    assert len(told) == len(facts) == len(others)
    for number, message, fact in zip(others, told, facts, strict=True):
        assert f'"took {number}"' in message
        assert f'"{number}"' in fact
    assert await database.read(lambda tx: tx.audit.verify()) is None


async def test_what_only_reads_counts_as_no_change(database: Database) -> None:
    def look(tx: SqlTx) -> int:
        tx.people.add_tenant(Tenant(T, "Acme", "UTC", "en"))
        tx.wallets.add(Wallet(WalletId("w"), None, "team", "Design"))
        changed = tx.connection.changed
        assert len(tx.wallets.chain(WalletId("w"))) == 1
        assert len(tx.people.list_tenants()) == 1
        tx.people.take(PrincipalId("nobody"), "owner", None)
        return tx.connection.changed - changed

    assert await database.write(look, tenant=T) == 0


async def test_what_is_written_and_answered_counts_as_a_change(database: Database) -> None:
    def write(tx: SqlTx) -> int:
        changed = tx.connection.changed
        message = InboundMessage("terminal", "bursar", "1", "chat", "ana", text="", button="")
        assert tx.inbox.accept(message, "me") is not None
        return tx.connection.changed - changed

    assert await database.write(write) == 1
