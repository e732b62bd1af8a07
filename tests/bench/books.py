"""A company to move money in: its accounts, and the piece of work that is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.access import Principal
from bot.audit.chain import AuditFact
from bot.economy.ledger import AccountKey, Entry, Movement
from bot.economy.wallets import Tenant
from bot.ids import ConversationId, IdempotencyKey, PrincipalId, TenantId
from bot.messages import OutboundMessage
from storage.database import Database
from storage.transaction import SqlTx

TENANT = TenantId("bench")
FUNDS = 10**13


@dataclass(frozen=True, slots=True)
class Books:
    """Accounts that are drawn on, the one that takes it all, and where people are told."""

    wallets: list[int]
    sink: int
    conversation_id: ConversationId


async def open_books(database: Database, *, wallets: int) -> Books:
    def make(tx: SqlTx) -> Books:
        tx.people.add_tenant(Tenant(TENANT, "Bench", "UTC", "en"))
        tx.people.add(Principal(PrincipalId("p"), TENANT, "P", "p", "en", "UTC"))
        place = tx.conversations.open("terminal", "p", "", PrincipalId("p"))
        source, _ = tx.ledger.open_account(
            AccountKey("source", "bench", "nusd", "total"), is_bottomless=True
        )
        sink, _ = tx.ledger.open_account(
            AccountKey("sink", "bench", "nusd", "total"), is_bottomless=True
        )
        ids = []
        for number in range(wallets):
            key = AccountKey("budget", f"w{number}", "nusd", "2026-11")
            found, _ = tx.ledger.open_account(key)
            tx.ledger.transfer(
                Movement(
                    IdempotencyKey(f"fund-{number}"),
                    "bench",
                    "fund",
                    (Entry(source.id, found.id, FUNDS, moves_credit=True),),
                )
            )
            ids.append(found.id)
        return Books(ids, sink.id, place.id)

    return await database.write(make, tenant=TENANT)


def spend(books: Books, wallet: int, key: str) -> Callable[[SqlTx], None]:
    """Return the work: move 1,000 nanos, seal an audit row, queue a message."""
    movement = Movement(IdempotencyKey(key), "p", "bench", (Entry(wallet, books.sink, 1000),))
    fact = AuditFact(TENANT, "p", "spend", str(wallet), {"amount_nanos": 1000})
    message = OutboundMessage(books.conversation_id, "Spent $0.000001.")

    def work(tx: SqlTx) -> None:
        tx.ledger.transfer(movement)
        tx.record(fact)
        tx.outbox.add(message, "terminal")

    return work
