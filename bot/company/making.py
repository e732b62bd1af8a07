"""Making a company: everything that its file says, in one transaction."""

from __future__ import annotations

from typing import Final, Protocol

from bot.access import Principal
from bot.audit.chain import AuditFact
from bot.company.file import DEEDS, EVERYWHERE, CompanyFile, PersonPart, check, height
from bot.economy.limit_changes import set_limit
from bot.economy.periods import SPANS
from bot.economy.wallets import Tenant, Wallet, name_key
from bot.errors.kinds import InvalidInput
from bot.ids import PrincipalId, TenantId, WalletId, new_id
from bot.ports import People, Tx

# How people are known in a terminal: platform, the bot's account there, and their handle.
TERMINAL: Final = "terminal"
TERMINAL_ACCOUNT: Final = "bursar"


class CompanyExists(InvalidInput):
    """The database holds a company already; nothing was changed."""

    def __init__(self, name: str) -> None:
        super().__init__("database", f'holds the company "{name}" already')
        self.facts["remedy"] = "talk to it with `bursar chat`, or set database.url to a new one"


class Founders(People, Protocol):
    """The people of a database, and the companies in it."""

    def add_tenant(self, company: Tenant) -> None: ...
    def list_tenants(self) -> list[Tenant]: ...


class FoundingTx(Tx, Protocol):
    """A transaction that may make a company."""

    @property
    def people(self) -> Founders: ...


def refuse_second(tx: FoundingTx) -> None:
    """Raise `CompanyExists` when the database holds a company already."""
    standing = tx.people.list_tenants()
    if standing:
        raise CompanyExists(standing[0].name)


def create_company(tx: FoundingTx, plan: CompanyFile) -> Tenant:
    """Make a company with its wallets, limits, people, roles, rights and terminal accounts.

    Raises:
        CompanyFileInvalid: the parts do not fit together.
        CompanyExists: the database holds a company already.
        All leave nothing behind: the runner of the transaction rolls back.
    """
    check(plan)
    refuse_second(tx)
    tenant = Tenant(TenantId(plan.id or new_id()), plan.name, plan.zone, plan.language)
    tx.people.add_tenant(tenant)
    tx.enter(tenant.id)
    _record(tx, "create_company", tenant.id, zone=plan.zone, language=plan.language)
    wallets = _create_wallets(tx, plan)
    for person in plan.people:
        _create_person(tx, plan, person, wallets)
    for role, most in plan.rights.items():
        for deed, amount in most.items():
            permission = DEEDS[deed]
            tx.rights.set_limit(role, permission, amount, expected=None)
            _record(tx, "set_role_limit", role, permission=permission, amount_nanos=amount)
    return tenant


def _record(tx: Tx, what: str, subject: str, **detail: object) -> None:
    tx.record(AuditFact(tx.tenant, "operator", what, subject, detail))


def _create_wallets(tx: Tx, plan: CompanyFile) -> dict[str, WalletId]:
    """Make the wallets, those above first; return their ids by `name_key`."""
    by_name = {name_key(part.name): part for part in plan.wallets}
    ids: dict[str, WalletId] = {}
    for part in sorted(plan.wallets, key=lambda part: height(part, by_name)):
        wallet_id = WalletId(part.id or new_id())
        parent_id = None if part.parent is None else ids[name_key(part.parent)]
        ids[name_key(part.name)] = wallet_id
        tx.wallets.add(
            Wallet(
                id=wallet_id,
                parent_id=parent_id,
                kind=part.kind,
                name=part.name,
                thresholds=tuple(sorted(set(part.thresholds))),
                overdraft_percent=part.overdraft_percent,
                cost_centre=part.cost_centre,
            )
        )
        _record(tx, "create_wallet", wallet_id, kind=part.kind, parent_id=parent_id)
        for span in SPANS:
            if span in part.limits:
                amount = part.limits[span]
                key = f"init:{wallet_id}:{span}"
                set_limit(tx, wallet_id, span, amount, key=key, actor="operator")
                _record(tx, "set_limit", wallet_id, window=span, before=None, after=amount)
    return ids


def _create_person(
    tx: FoundingTx, plan: CompanyFile, part: PersonPart, wallets: dict[str, WalletId]
) -> None:
    home = None if part.wallet is None else wallets[name_key(part.wallet)]
    person = Principal(
        id=PrincipalId(part.id or new_id()),
        tenant=tx.tenant,
        name=part.name,
        handle=part.handle,
        language=part.language or plan.language,
        zone=part.zone or plan.zone,
        home_wallet_id=home,
        plan=part.plan,
    )
    tx.people.add(person, email=part.email)
    tx.people.link(person.id, TERMINAL, TERMINAL_ACCOUNT, part.handle)
    _record(tx, "add_person", person.id, wallet_id=home)
    for grant in part.roles:
        where = None if grant.role in EVERYWHERE else home
        if grant.wallet is not None:
            where = wallets[name_key(grant.wallet)]
        tx.people.give(person.id, grant.role, where)
        _record(tx, "give_role", person.id, role=grant.role, wallet_id=where)
