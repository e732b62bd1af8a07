"""A small company with a tree of four wallets, for tests of storage and money."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from bot.access import Principal
from bot.audit.chain import AuditFact
from bot.economy import budgets, limit_changes, spending
from bot.economy.budgets import Budget
from bot.economy.periods import Span
from bot.economy.wallets import Tenant, Wallet
from bot.ids import PrincipalId, TenantId, WalletId, new_id
from storage.database import Database
from storage.transaction import SqlTx
from storage.verify import verify_ledger

T = TypeVar("T")

ACME = TenantId("acme")
ORG = WalletId("acme-org")
TEAM = WalletId("acme-team")
PROJECT = WalletId("acme-project")
KEY = WalletId("acme-key")
OTHER = WalletId("acme-other")
ANA = PrincipalId("acme-ana")
BEN = PrincipalId("acme-ben")
LIFE = timedelta(minutes=5)


def found_company(tx: SqlTx, *, tenant: TenantId = ACME, zone: str = "UTC") -> None:
    """Make a company: organisation > team > project > key, a second team, an owner, a member.

    Every id begins with the tenant's.
    """
    tx.enter(tenant)
    tx.people.add_tenant(Tenant(tenant, f"{tenant} Inc.", zone, "en"))
    tree = (
        ("org", None, "organisation"),
        ("team", "org", "team"),
        ("project", "team", "project"),
        ("key", "project", "key"),
        ("other", "org", "team"),
    )
    for name, parent, kind in tree:
        parent_id = None if parent is None else WalletId(f"{tenant}-{parent}")
        tx.wallets.add(Wallet(WalletId(f"{tenant}-{name}"), parent_id, kind, name))  # type: ignore[arg-type]  # kinds stand above
    for name in ("ana", "ben"):
        person_id = PrincipalId(f"{tenant}-{name}")
        tx.people.add(Principal(person_id, tenant, name.title(), name, "en", zone))
    tx.people.give(PrincipalId(f"{tenant}-ana"), "owner", None)
    tx.people.give(PrincipalId(f"{tenant}-ben"), "member", None)


def budget_of(tx: SqlTx, wallet_id: WalletId, span: Span = "month") -> Budget:
    """Return a wallet's running budget."""
    found = budgets.list_budgets(tx, [tx.wallets.get(wallet_id)])
    return next(x for x in found if x.limit.span == span)


class Company:
    """A company in a database, and what is done to its money; each call is one write or read."""

    def __init__(self, database: Database, tenant: TenantId = ACME) -> None:
        self.database = database
        self.tenant = tenant

    async def write(self, fn: Callable[[SqlTx], T]) -> T:
        return await self.database.write(fn, tenant=self.tenant)

    async def read(self, fn: Callable[[SqlTx], T]) -> T:
        return await self.database.read(fn, tenant=self.tenant)

    async def limit(
        self, wallet_id: WalletId, amount: int | None, span: Span = "month", *, key: str = ""
    ) -> int | None:
        """Set a limit, under a key of its own where none is given."""
        key = key or new_id()
        return await self.write(
            lambda tx: limit_changes.set_limit(tx, wallet_id, span, amount, key=key, actor="test")
        )

    async def hold(
        self, wallet_id: WalletId, amount: int, key: str, life: timedelta = LIFE
    ) -> None:
        await self.write(
            lambda tx: spending.hold(tx, wallet_id, amount, key=key, actor="test", life=life)
        )

    async def settle(self, wallet_id: WalletId, cost: int, key: str) -> spending.Settled:
        return await self.write(
            lambda tx: spending.settle(tx, wallet_id, cost, key=key, actor="test")
        )

    async def release(self, key: str) -> bool:
        return await self.write(lambda tx: spending.release(tx, key=key, actor="test"))

    async def spend(self, wallet_id: WalletId, amount: int, key: str = "") -> spending.Settled:
        """Hold an amount and settle it whole."""
        key = key or new_id()
        await self.hold(wallet_id, amount, key)
        return await self.settle(wallet_id, amount, key)

    async def expire_all(self) -> int:
        """End every hold whose time is over, of any tenant; return how many groups ended."""
        groups = await self.database.read(lambda tx: tx.ledger.list_expired_groups(10_000))
        ended = [
            await self.database.write(partial(_expire, group), tenant=tenant)
            for tenant, group in groups
        ]
        return sum(ended)

    async def figures(
        self, wallet_id: WalletId, span: Span = "month"
    ) -> tuple[int, int, int, int]:
        """Return limit, used, held and free of a running budget."""
        x = await self.read(lambda tx: budget_of(tx, wallet_id, span))
        return x.limit_nanos, x.used_nanos, x.held_nanos, x.free_nanos

    async def assert_sound(self) -> None:
        """Check every invariant of the ledger and the whole audit chain."""
        assert await self.database.read(verify_ledger) == []
        assert await self.database.read(lambda tx: tx.audit.verify()) is None


def _expire(group: str, tx: SqlTx) -> bool:
    return spending.expire(tx, group)


def fact(what: str = "test", tenant: TenantId = ACME, **detail: object) -> AuditFact:
    return AuditFact(tenant, "test", what, "it", detail)
