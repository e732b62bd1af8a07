from datetime import timedelta

from bot.economy import budgets, spending
from bot.economy.wallets import Tenant, Wallet
from bot.ids import TenantId, WalletId
from storage.database import Database
from storage.transaction import SqlTx

T = TenantId("t1")


async def test_smoke(database: Database) -> None:
    def make(tx: SqlTx) -> None:
        tx.people.add_tenant(Tenant(T, "Acme", "Europe/Madrid", "en"))
        tx.wallets.add(Wallet(WalletId("org"), None, "organisation", "Acme"))
        tx.wallets.add(Wallet(WalletId("design"), WalletId("org"), "team", "Design"))
        budgets.set_limit(tx, WalletId("org"), "month", 1000, key="a", actor="x")
        budgets.set_limit(tx, WalletId("design"), "month", 500, key="b", actor="x")

    await database.write(make, tenant=T)

    def spend(tx: SqlTx) -> object:
        spending.hold(tx, WalletId("design"), 100, key="k1", actor="x", life=timedelta(minutes=5))
        return spending.settle(tx, WalletId("design"), 450, key="k1", actor="x")

    got = await database.write(spend, tenant=T)
    print(got)

    def look(tx: SqlTx) -> list[budgets.Budget]:
        return budgets.list_budgets(tx, tx.wallets.chain(WalletId("design")))

    for b in await database.read(look, tenant=T):
        print(b.wallet.name, b.limit_nanos, b.used_nanos, b.held_nanos, b.free_nanos)
