"""What belongs to one tenant can neither be read nor touched by another."""

import importlib
import pkgutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import asyncpg
import pytest
from sqlalchemy import select

import storage
from bot import call_books
from bot.access import Principal
from bot.agenda import Task
from bot.alerts.channels import ChannelRule
from bot.alerts.model import Alert, Mute, Stage
from bot.clock import ManualClock, from_us
from bot.cooldowns import Pace
from bot.economy import limit_changes, spending
from bot.economy.calls import CallOutcome, ModelCall
from bot.economy.ledger import AccountKey, Crossing, Entry, Movement
from bot.economy.prices import Price
from bot.economy.usage import Usage
from bot.economy.wallets import TemporaryRaise, Wallet
from bot.errors.kinds import NotFound
from bot.ids import (
    ConversationId,
    IdempotencyKey,
    LinkId,
    PrincipalId,
    ProposalId,
    TenantId,
    WalletId,
)
from bot.memory import KeptTurn, Summary, add_up
from bot.messages import Conversation, FileBlock, OutboundMessage
from bot.models import TimeOuts
from bot.people.links import Account, Link
from bot.platforms.offered_files import Destination
from bot.proposals.model import Proposal
from bot.proposals.offers import NewOffer
from bot.reports.anomalies import Anomaly, KeptAnomaly
from bot.routing.lists import ModelList
from bot.routing.policy import ModelPolicy, Pause
from bot.routing.providers import ModelKey, Provider
from bot.schedules.model import Plan, Run, Schedule
from bot.schedules.model import plan as plan_schedule
from bot.schedules.recurrence import Occasion, daily
from bot.schedules.shared_digests import SharedDigest
from storage.database import Database
from storage.statements import Statement
from storage.tables.messages import outbox
from storage.tables.models import model_call
from storage.tables.offered_files import offered_file
from storage.tables.reports import anomaly
from storage.tables.schedules import schedule_run
from storage.transaction import SqlTx
from tests.ledgers import LIFE, Company, found_company

# What is asked without a tenant, and why that is right.
WITHOUT_TENANT: Final = {
    # The chain is the whole database's; its rows name their tenant.
    "audit._HEAD",
    "audit._PEEK",
    "audit._MOVE",
    "audit._PAGE",
    # Who sent a message is found only when its turn comes.
    "inbox._ACCEPT",
    "inbox._FINISH",
    "inbox._IS_FIRST",
    "inbox._CLAIM",
    "inbox._BEGIN",
    "inbox._DEPTH",
    "inbox._ID",
    "inbox._STATE",
    "inbox._UNANSWERED",
    "inbox._GIVEN_UP",
    "inbox._LOOK_AT_OLD",
    "inbox._DROP_OLD",
    # Entries that were put off: each row names its tenant, and its accounts must be of it.
    "postings._POST_MANY",
    # The operator's look at the whole ledger.
    "verify._DIFFERING",
    "verify._LISTED_IN_VAIN",
    "verify._NOT_LISTED",
    "verify._UNBALANCED",
    # What a process does alone, it does for all tenants.
    "leases._TAKE",
    "leases._RELEASE",
    "leases._FREE_ALL",
    # The reapers' questions; what they find names its tenant.
    "ledger_statements.EXPIRED",
    "proposals._EXPIRED",
    "calls._OVERDUE",
    # What a platform has to be asked for again, whoever wrote there.
    "conversations._HEARD",
    "proposals._WAITING",
    # What waits to be told, and what is due; what they find names its tenant.
    "wallets._LAPSED",
    "alerts._UNTOLD",
    "alerts._DUE",
    "alerts._OVER",
    "alerts._UNSHARED",
    "anomalies._UNSHARED",
    # What is over for every tenant.
    "offered_files._DROP_OLD",
    "offers._DROP_OLD",
    "changes._DROP_OLD",
    "audit._DROP_CONTENT",
    "alerts._DROP_OLD",
    "links._DROP_OLD",
    # What is due, whoever's it is; each is gone on with in its tenant.
    "runs._DUE_KINDS",
    "runs._LOCK_DUE",
    "runs._TAKE_OVER",
    "runs._FREE_ALL",
    "schedules._AHEAD",
    "schedules._LATE",
    "schedules._FAILED",
    "schedules._NOW",
    "schedules._LAST_PLANNED",
    # Sending is one task for all tenants, and goes by what `outbox.add` was given.
    "outbox_statements.NEXT",
    "outbox_statements.BEGIN",
    "outbox_statements.END",
    "outbox_statements.RECOVER",
    "outbox_statements.DEPTH",
    # What was sent long ago is over for every tenant.
    "outbox_statements.LOOK_AT_OLD",
    "outbox_statements.EMPTY_OLD",
    "outbox_statements.DROP_OLD",
    # By 256 random bits: whoever holds them need not be of a tenant yet.
    "links._REDEEM",
    # Whom a platform account belongs to is how the tenant is found.
    "accounts._IDENTITY",
    # Which company an unknown account would belong to.
    "accounts._BOT_TENANTS",
    # The operator's.
    "tenants.TENANTS",
    "tenants._ADD_TENANT",
    # By 128 random bits, after a look-up by tenant.
    "cards._USE_BUTTON",
}


def list_statements() -> Iterator[tuple[str, Statement]]:
    """Yield every statement of the repositories by name, those in dictionaries too."""
    for module in pkgutil.iter_modules(storage.__path__):
        if module.ispkg:
            continue
        name = module.name
        for attribute, value in vars(importlib.import_module(f"storage.{name}")).items():
            found = value.values() if isinstance(value, dict) else [value]
            for statement in found:
                if isinstance(statement, Statement):
                    yield f"{name}.{attribute}", statement


def test_every_statement_is_bound_to_a_tenant() -> None:
    without = set()
    for name, statement in list_statements():
        compiled = statement.for_dialect("postgresql")
        if "tenant" not in compiled.order:
            without.add(name)
    assert without == WITHOUT_TENANT


def test_every_update_and_delete_looks_for_its_tenant() -> None:
    for name, statement in list_statements():
        sql = statement.for_dialect("sqlite").sql
        if name in WITHOUT_TENANT or not sql.startswith(("UPDATE", "DELETE", "SELECT", "WITH")):
            continue
        assert "tenant.id = :tenant" in sql or ".tenant = :tenant" in sql, name


ACME, GLOBEX, INITECH = (TenantId(x) for x in ("acme", "globex", "initech"))
REFUSED: Final = (
    NotFound,
    LookupError,
    sqlite3.IntegrityError,
    asyncpg.IntegrityConstraintViolationError,
)
DAY: Final = date(2026, 11, 18)
NINE: Final = daily(time(9))
OCCASION: Final = Occasion(DAY, datetime(2026, 11, 18, 9, tzinfo=UTC))


@pytest.fixture
async def companies(database: Database, clock: ManualClock) -> dict[TenantId, Company]:
    """Three companies with something of everything in each."""
    made = {}
    for tenant in (ACME, GLOBEX, INITECH):
        await database.write(lambda tx, tenant=tenant: found_company(tx, tenant=tenant))  # type: ignore[misc]  # bound now
        made[tenant] = Company(database, tenant)
        await fill(made[tenant], clock)
    return made


async def fill(company: Company, clock: ManualClock) -> None:
    tenant, now = company.tenant, clock.now()
    team, ana = WalletId(f"{tenant}-team"), PrincipalId(f"{tenant}-ana")
    await company.limit(team, 100)
    await company.hold(team, 10, "hold")

    def more(tx: SqlTx) -> None:
        limit_changes.raise_limit(
            tx, team, 5, until_at=now + timedelta(days=1), key=f"{tenant}-raise", actor="x"
        )
        tx.people.link(ana, "telegram", "bot", f"{tenant}-7")
        most = {ACME: 5, GLOBEX: 7, INITECH: 9}[tenant]
        tx.rights.set_limit("lead", "budget.move", most, expected=None)
        if tenant != ACME:
            for _ in range(2):
                tx.paces.count(ana, Pace(messages=1), is_write=False)
        talk = tx.conversations.open("telegram", "chat", "", ana)
        held = now + timedelta(hours=1)
        tx.outbox.add(OutboundMessage(talk.id, "later", card="held", held_until=held), "telegram")
        draft = Proposal(
            ProposalId(f"{tenant}-p"),
            "request",
            "REF",
            talk.id,
            ana,
            "[]",
            3,
            "pending",
            1,
            "{}",
            now,
            now + timedelta(hours=1),
        )
        tx.proposals.add(draft)
        tx.cards.show(draft, ConversationId("elsewhere"))
        tx.cards.add_buttons(draft, talk.id, [(f"{tenant}-token", "yes")])
        tx.alerts.open(alert_of(tenant, now))
        tx.anomalies.claim(anomaly_of(tenant, now), now)
        rule = ChannelRule("email", is_paused=tenant != ACME, from_percent=50)
        tx.channels.set_rule(rule, expected=ChannelRule("email"))
        if tenant != ACME:
            tx.alerts.mute(ana, Mute(team, None))
        account = account_of(tx, tenant)
        tx.ledger.record_crossing(Crossing(account, team, "month:2026-11", 80, 80, 100))
        tx.offers.add(
            [NewOffer(f"{tenant}-offer", f"{tenant}-offer-token", "x", "{}")],
            conversation_id=talk.id,
            person_id=ana,
            expires_at=now + LIFE,
        )
        file_id = tx.offered_files.offer(7, 0, person_id=ana, name=tenant, expires_at=now + LIFE)
        if tenant == INITECH:
            to = Destination("x", "x", "x", "x", "x")
            assert tx.offered_files.take(file_id, ana, to, "x")
        told = FileBlock.of(f"{tenant}.csv", "text/csv", b"x", "")
        tx.outbox.add(OutboundMessage(talk.id, "x", blocks=(told,)), "telegram")
        tx.changes.add(draft.id, ana, 0, "x", '{"action":"restore_tasks"}')
        tx.shared_digests.put(replace(talk, platform=tenant, chat=tenant), [team])
        tx.tasks.add(ana, text=f"{tenant} task", salt=b"x", state="open")
        usage = Usage(f"{tenant}-u", team, ana, "chat", "p", f"{tenant}-m", 1, 1, 7, "1", now)
        tx.usage.add(usage, DAY)
        tx.providers.add(Provider(f"{tenant}-pr", "openai", ("m",)))
        tx.providers.add_price(ModelKey(f"{tenant}-pr", "m"), Price(1, 1, 1, "own"), now)
        tx.model_lists.put(ModelList(f"{tenant}-pr", (f"{tenant}-m",)))
        tx.policy.replace(ModelPolicy(Pause(ana, now), only_hosts=(f"{tenant}.example",)))
        tx.policy.pause(ana)
        tx.calls.begin(
            ModelCall(f"{tenant}-call", team, ana, "chat", 0, 0, 1, "[]", now, now + LIFE)
        )
        number = {ACME: 1, GLOBEX: 2, INITECH: 3}[tenant]
        turn = KeptTurn(number, f"{tenant} said", "x", "rules", (), team, now)
        tx.memory.keep(talk.id, ana, turn)
        tx.audit.keep_content(ana, "said", b"salt")
        tx.memory.set_summary(talk.id, ana, add_up(None, [turn]))
        mine = plan_schedule(tx, Plan(kind="digest", rule=NINE, zone="UTC", owner_id=ana))
        assert mine is not None
        tx.runs.claim(mine, OCCASION, "process", LIFE, now=now)

    await company.write(more)


def anomaly_of(tenant: str, now: datetime) -> Anomaly:
    """Something unusual in a company's team today."""
    return Anomaly(
        wallet_id=WalletId(f"{tenant}-team"),
        model=f"{tenant}-m",
        day=DAY,
        hour_at=now,
        spent_nanos=9,
        low_nanos=1,
        high_nanos=2,
        basis="same_hours",
        since_at=now,
        since_nanos=9,
        person_id=PrincipalId(f"{tenant}-ana"),
        person_nanos=9,
    )


def alert_of(tenant: TenantId, now: datetime) -> Alert:
    return Alert(
        id=f"{tenant}-alert",
        wallet_id=WalletId(f"{tenant}-team"),
        period="month:2026-11",
        percent=80,
        account_id=0,
        opened_at=now,
        due_at=now,
        until_at=None,
    )


@contextmanager
def within(tx: SqlTx, tenant: TenantId) -> Iterator[None]:
    """Look into another tenant, as nobody can who goes by the rules; then be back."""
    mine = tx.tenant
    tx.enter(tenant)
    yield
    tx.enter(mine)


def proposal_of(tx: SqlTx, tenant: TenantId) -> Proposal:
    """Return a tenant's proposal, as one who stole it might hold it."""
    with within(tx, tenant):
        found = tx.proposals.find(ProposalId(f"{tenant}-p"))
    assert found is not None
    return found


def conversation_of(tx: SqlTx, tenant: TenantId) -> ConversationId:
    with within(tx, tenant):
        found = tx.conversations.find_of_person(PrincipalId(f"{tenant}-ana"))
    assert found is not None
    return found.id


def place_of(tx: SqlTx, tenant: TenantId) -> Conversation:
    """Return a conversation of a tenant's, in the chat that is told its digest."""
    with within(tx, tenant):
        found = tx.conversations.find_of_person(PrincipalId(f"{tenant}-ana"))
    assert found is not None
    return replace(found, platform=tenant, chat=tenant)


def digest_of(tx: SqlTx, tenant: TenantId) -> SharedDigest:
    with within(tx, tenant):
        found = tx.shared_digests.find_in(place_of(tx, tenant))
    assert found is not None
    return found


def schedule_of(tx: SqlTx, tenant: TenantId) -> Schedule:
    with within(tx, tenant):
        found = tx.schedules.find("digest")
    assert found is not None
    return found


def run_of(tx: SqlTx, tenant: TenantId) -> Run:
    """Return a run of a tenant's, as the process that holds it has it."""
    query = select(schedule_run.c.id).where(schedule_run.c.tenant == tenant)
    row = tx.connection.row(query)
    assert row is not None
    return Run(row[0], schedule_of(tx, tenant), OCCASION, "process", 1, tx.now)


def account_of(tx: SqlTx, tenant: TenantId) -> int:
    with within(tx, tenant):
        found = tx.ledger.find_account(
            AccountKey("budget", f"{tenant}-team", "nusd", "month:2026-11")
        )
    assert found is not None
    return found.id


def change_of(tx: SqlTx, tenant: TenantId) -> int:
    with within(tx, tenant):
        found = tx.changes.find_last(PrincipalId(f"{tenant}-ana"))
    assert found is not None
    return found.id


def link_of(tx: SqlTx, tenant: TenantId) -> LinkId:
    with within(tx, tenant):
        found = tx.links.redeem(
            tx.links.issue(PrincipalId(f"{tenant}-ana")), "slack", "b", "9", ""
        )
    assert found is not None
    return found.id


def file_of(tx: SqlTx, tenant: TenantId) -> str:
    """Return the id of a tenant's offered file, as somebody who guessed it would have it."""
    row = tx.connection.row(select(offered_file.c.id).where(offered_file.c.tenant == tenant))
    assert row is not None
    return str(row[0])


def told_of(tx: SqlTx, tenant: TenantId) -> int:
    """Return the number of the message in which a tenant's file stands."""
    found = tx.connection.rows(select(outbox.c.id).where(outbox.c.tenant == tenant))
    return int(found[-1][0])


def task_of(tx: SqlTx, tenant: TenantId) -> Task:
    """Return another tenant's task as it is, and go on as before."""
    with within(tx, tenant):
        found = tx.tasks.find(PrincipalId(f"{tenant}-ana"), 1)
    assert found is not None
    return found


SUMMARY: Final = Summary("mine", {}, (), 9, from_us(0), from_us(0))
T_WALLET, T_ANA, T_PROPOSAL = (
    WalletId("globex-team"),
    PrincipalId("globex-ana"),
    ProposalId("globex-p"),
)

# Every method of every repository that takes an id, asked by Acme with one of Globex. Each finds
# nothing, changes nothing, or is refused by the database.
ASKED: dict[str, Callable[[SqlTx], object]] = {
    "wallets.get": lambda tx: tx.wallets.get(T_WALLET),
    "wallets.find": lambda tx: tx.wallets.find(T_WALLET),
    "wallets.chain": lambda tx: tx.wallets.chain(T_WALLET),
    "wallets.add": lambda tx: tx.wallets.add(Wallet(WalletId("w"), T_WALLET, "team", "W")),
    "wallets.rename": lambda tx: tx.wallets.rename(T_WALLET, "Mine"),
    "wallets.set_closed": lambda tx: tx.wallets.set_closed(T_WALLET, True),
    "wallets.set_thresholds": lambda tx: tx.wallets.set_thresholds(T_WALLET, (1,)),
    "wallets.list_limits": lambda tx: tx.wallets.list_limits([T_WALLET]),
    "wallets.set_limit (new)": lambda tx: tx.wallets.set_limit(T_WALLET, "day", 1, expected=None),
    "wallets.set_limit": lambda tx: tx.wallets.set_limit(T_WALLET, "month", 1, expected=100),
    "wallets.set_limit (away)": lambda tx: tx.wallets.set_limit(
        T_WALLET, "month", None, expected=100
    ),
    "wallets.claim_limit": lambda tx: tx.wallets.claim_limit(T_WALLET, "month"),
    "wallets.list_raises": lambda tx: tx.wallets.list_raises([T_WALLET], tx.now),
    "wallets.add_raise": lambda tx: tx.wallets.add_raise(
        TemporaryRaise("r", T_WALLET, "month", 5, tx.now, tx.now + LIFE)
    ),
    "wallets.see_lapsed": lambda tx: tx.wallets.see_lapsed("globex-raise"),
    "wallets.end_raise": lambda tx: tx.wallets.end_raise("globex-raise", tx.now),
    "people.get": lambda tx: tx.people.get(T_ANA),
    "people.link": lambda tx: tx.people.link(T_ANA, "slack", "bot", "9"),
    "people.set_disabled": lambda tx: tx.people.set_disabled(T_ANA, True),
    "people.set_plan": lambda tx: tx.people.set_plan(T_ANA, "premium", expected=None),
    # A pause of theirs, and a message counted against them.
    "paces.lift": lambda tx: tx.paces.lift(T_ANA),
    "paces.find_cooldown": lambda tx: tx.paces.find_cooldown(T_ANA),
    "paces.list_cooldowns": lambda tx: tx.paces.list_cooldowns(),
    "paces.count": lambda tx: tx.paces.count(T_ANA, Pace(), is_write=True),
    "people.list_accounts": lambda tx: tx.people.list_accounts(T_ANA),
    "people.relink": lambda tx: tx.people.relink(
        Link(LinkId("l"), ACME, PrincipalId("acme-ana"), "telegram", "bot", "globex-7", ""), T_ANA
    ),
    "people.unlink": lambda tx: tx.people.unlink(
        T_ANA, Account("telegram", "bot", "globex-7", "", tx.now)
    ),
    "people.lock_guest": lambda tx: tx.people.lock_guest(T_ANA),
    "people.greet": lambda tx: tx.people.greet(T_ANA, LIFE),
    "people.admit": lambda tx: tx.people.admit(T_ANA, "Mine", "mine", None),
    "people.give": lambda tx: tx.people.give(T_ANA, "owner", None),
    "people.take": lambda tx: tx.people.take(T_ANA, "owner", None),
    "links.issue": lambda tx: tx.links.issue(T_ANA),
    "links.find": lambda tx: tx.links.find(link_of(tx, GLOBEX)),
    "rights.set_limit": lambda tx: tx.rights.set_limit("lead", "budget.move", 1, expected=7),
    "rights.set_limit (away)": lambda tx: tx.rights.set_limit(
        "lead", "budget.move", None, expected=7
    ),
    "rights.list_all": lambda tx: [x for x in tx.rights.list_all() if x.amount_nanos == 7],
    "conversations.find": lambda tx: tx.conversations.find("telegram", "chat", "", T_ANA),
    "conversations.open": lambda tx: tx.conversations.open("telegram", "chat", "", T_ANA),
    "conversations.find_of_person": lambda tx: tx.conversations.find_of_person(T_ANA),
    "conversations.list_private": lambda tx: tx.conversations.list_private(T_ANA),
    "conversations.lose_account": lambda tx: tx.conversations.lose_account(
        T_ANA, "telegram", "globex-7"
    ),
    "conversations.get": lambda tx: tx.conversations.get(conversation_of(tx, GLOBEX)),
    "conversations.remember": lambda tx: tx.conversations.remember(
        conversation_of(tx, GLOBEX), topic_wallet_id="x", question="x", refusal="x"
    ),
    "memory.keep": lambda tx: tx.memory.keep(
        conversation_of(tx, GLOBEX), T_ANA, KeptTurn(9, "", "", "rules", (), None, tx.now)
    ),
    "memory.list_turns": lambda tx: tx.memory.list_turns(conversation_of(tx, GLOBEX), 9),
    "memory.find_summary": lambda tx: tx.memory.find_summary(conversation_of(tx, GLOBEX)),
    "memory.take_turns": lambda tx: tx.memory.take_turns(conversation_of(tx, GLOBEX), 9),
    "memory.set_summary": lambda tx: tx.memory.set_summary(
        conversation_of(tx, GLOBEX), T_ANA, SUMMARY
    ),
    "memory.held": lambda tx: tx.memory.held(T_ANA).since,
    "memory.list_long": lambda tx: tx.memory.list_long(1, 10),
    "memory.forget": lambda tx: any(tx.memory.forget(T_ANA)),
    "memory.drop_old": lambda tx: tx.memory.drop_old(tx.now + LIFE, 9) - 2,
    "schedules.find": lambda tx: tx.schedules.find("digest", "globex"),
    "schedules.list_of": lambda tx: tx.schedules.list_of(T_ANA),
    "schedules.put": lambda tx: tx.schedules.put(
        Plan(kind="x", rule=NINE, zone="UTC", owner_id=T_ANA), OCCASION
    ),
    "schedules.add": lambda tx: tx.schedules.add(
        Plan(kind="y", rule=NINE, zone="UTC", owner_id=T_ANA), OCCASION
    ),
    "schedules.pause": lambda tx: tx.schedules.pause(schedule_of(tx, GLOBEX)),
    "schedules.resume": lambda tx: tx.schedules.resume(schedule_of(tx, GLOBEX), OCCASION),
    "schedules.end": lambda tx: tx.schedules.end(schedule_of(tx, GLOBEX)),
    "schedules.advance": lambda tx: tx.schedules.advance(schedule_of(tx, GLOBEX), OCCASION),
    "schedules.note_told": lambda tx: tx.schedules.note_told(schedule_of(tx, GLOBEX), "x"),
    "shared_digests.put": lambda tx: tx.shared_digests.put(
        replace(place_of(tx, ACME), id=conversation_of(tx, GLOBEX)), []
    ),
    "shared_digests.find": lambda tx: tx.shared_digests.find(digest_of(tx, GLOBEX).id),
    "shared_digests.find_in": lambda tx: tx.shared_digests.find_in(place_of(tx, GLOBEX)),
    "shared_digests.reseat": lambda tx: tx.shared_digests.reseat(
        conversation_of(tx, GLOBEX), conversation_of(tx, ACME)
    ),
    "shared_digests.move": lambda tx: tx.shared_digests.move("globex", "globex", "elsewhere"),
    "runs.ask_for": lambda tx: tx.runs.ask_for(schedule_of(tx, GLOBEX)),
    "runs.claim": lambda tx: tx.runs.claim(
        schedule_of(tx, GLOBEX),
        Occasion(DAY + timedelta(days=5), tx.now + timedelta(days=5)),
        "thief",
        LIFE,
        now=tx.now,
    ),
    "runs.close": lambda tx: tx.runs.close(run_of(tx, GLOBEX)),
    "runs.put_off": lambda tx: tx.runs.put_off(run_of(tx, GLOBEX), LIFE),
    "runs.drop_old": lambda tx: tx.runs.drop_old(tx.now + timedelta(days=999), 9),
    "proposals.list_old_drafts": lambda tx: tx.proposals.list_old_drafts(tx.now + LIFE, 9),
    "proposals.drop": lambda tx: tx.proposals.drop([T_PROPOSAL]),
    "cards.drop": lambda tx: tx.cards.drop([T_PROPOSAL]),
    "calls.list_old": lambda tx: tx.calls.list_old(tx.now + LIFE, 9),
    "calls.drop_old": lambda tx: tx.calls.drop_old(["globex-call"], tx.now + LIFE),
    "anomalies.drop_old": lambda tx: tx.anomalies.drop_old(DAY + timedelta(days=9)),
    "conversations.list_old": lambda tx: tx.conversations.list_old(tx.now + LIFE, 9),
    "conversations.drop_old": lambda tx: tx.conversations.drop_old(
        [conversation_of(tx, GLOBEX)], tx.now + LIFE
    ),
    "conversations.forget": lambda tx: tx.conversations.forget(T_ANA),
    "inbox.erase": lambda tx: tx.inbox.erase(T_ANA),
    "outbox.erase": lambda tx: tx.outbox.erase(T_ANA),
    "anomalies.list_since": lambda tx: [
        x for x in tx.anomalies.list_since(DAY) if x.wallet_id == T_WALLET
    ],
    "anomalies.list_running": lambda tx: [
        x for x in tx.anomalies.list_running() if x.wallet_id == T_WALLET
    ],
    "anomalies.end": lambda tx: tx.anomalies.end(anomaly_of(GLOBEX, tx.now), tx.now),
    "anomalies.has_unseen_to": lambda tx: tx.anomalies.has_unseen_to(T_WALLET),
    "anomalies.acknowledge": lambda tx: tx.anomalies.acknowledge(T_WALLET, T_ANA),
    "anomalies.share": lambda tx: tx.anomalies.share(
        KeptAnomaly(anomaly_of(GLOBEX, tx.now), True, True, Stage.unknown, ()), ("webhook",)
    ),
    "channels.list_rules": lambda tx: [x for x in tx.channels.list_rules() if x.is_paused],
    "channels.set_rule": lambda tx: tx.channels.set_rule(
        ChannelRule("email"),
        expected=ChannelRule("email", is_paused=True, from_percent=50),
    ),
    "alerts.take_crossings": lambda tx: tx.alerts.take_crossings(account_of(tx, GLOBEX)),
    "alerts.forget_crossing": lambda tx: tx.alerts.forget_crossing(account_of(tx, GLOBEX), 80),
    "alerts.open": lambda tx: tx.alerts.open(replace(alert_of(GLOBEX, tx.now), id="mine")),
    "alerts.climb": lambda tx: tx.alerts.climb(alert_of(GLOBEX, tx.now), None),
    "alerts.share": lambda tx: tx.alerts.share(alert_of(GLOBEX, tx.now), Stage.triggered, ()),
    "alerts.end": lambda tx: tx.alerts.end("globex-alert"),
    "alerts.list_open": lambda tx: [x for x in tx.alerts.list_open() if x.wallet_id == T_WALLET],
    "alerts.acknowledge": lambda tx: tx.alerts.acknowledge(T_WALLET, T_ANA),
    "alerts.reopen": lambda tx: tx.alerts.reopen(["globex-alert"], T_ANA),
    "alerts.snooze": lambda tx: tx.alerts.snooze(T_WALLET, tx.now, T_ANA),
    "alerts.mute": lambda tx: tx.alerts.mute(T_ANA, Mute(T_WALLET, tx.now)),
    "alerts.unmute": lambda tx: tx.alerts.unmute(T_ANA, T_WALLET),
    "alerts.list_mutes": lambda tx: tx.alerts.list_mutes(T_ANA),
    "alerts.list_deaf": lambda tx: tx.alerts.list_deaf([T_WALLET]),
    "offers.add": lambda tx: tx.offers.add(
        [NewOffer("o", "t", "x", "{}")],
        conversation_id=conversation_of(tx, GLOBEX),
        person_id=T_ANA,
        expires_at=tx.now,
    ),
    "offers.find": lambda tx: tx.offers.find("globex-offer-token"),
    "offers.use": lambda tx: tx.offers.use("globex-offer", "done"),
    "offered_files.offer": lambda tx: tx.offered_files.offer(
        9, 9, person_id=T_ANA, name="x", expires_at=tx.now + LIFE
    ),
    "offered_files.find": lambda tx: tx.offered_files.find(file_of(tx, GLOBEX)),
    "offered_files.take": lambda tx: tx.offered_files.take(
        file_of(tx, GLOBEX), T_ANA, Destination("x", "x", "x", "x", "x"), "x"
    ),
    "offered_files.leave": lambda tx: tx.offered_files.leave(file_of(tx, GLOBEX), T_ANA),
    "offered_files.hand_over": lambda tx: tx.offered_files.hand_over(file_of(tx, INITECH)),
    "offered_files.put_back": lambda tx: tx.offered_files.put_back(file_of(tx, INITECH), tx.now),
    "offered_files.erase": lambda tx: tx.offered_files.erase(T_ANA),
    "outbox.find_file": lambda tx: tx.outbox.find_file(told_of(tx, GLOBEX), 0),
    "tasks.add": lambda tx: tx.tasks.add(T_ANA, text="x", salt=b"x", state="open"),
    "tasks.find": lambda tx: tx.tasks.find(T_ANA, 1),
    "tasks.get": lambda tx: tx.tasks.get(task_of(tx, GLOBEX).id),
    "tasks.list_live": lambda tx: tx.tasks.list_live(T_ANA),
    "tasks.list_done": lambda tx: tx.tasks.list_done(T_ANA, 10),
    "tasks.find_told": lambda tx: tx.tasks.find_told(T_ANA),
    "tasks.save": lambda tx: tx.tasks.save(
        task_of(tx, GLOBEX), replace(task_of(tx, GLOBEX), text="mine")
    ),
    "tasks.note_told": lambda tx: tx.tasks.note_told(task_of(tx, GLOBEX)),
    "tasks.forget": lambda tx: tx.tasks.forget(T_ANA),
    "proposals.forget_words": lambda tx: tx.proposals.forget_words(T_ANA),
    "changes.forget_tasks": lambda tx: tx.changes.forget_tasks(T_ANA),
    "audit.count_content": lambda tx: tx.audit.count_content(T_ANA),
    "audit.erase_content": lambda tx: tx.audit.erase_content(T_ANA),
    "people.note_confirmed": lambda tx: tx.people.note_confirmed(T_ANA),
    "proposals.add": lambda tx: tx.proposals.add(
        Proposal(
            ProposalId("q"),
            "draft",
            "Q",
            ConversationId("c"),
            T_ANA,
            "[]",
            1,
            "pending",
            1,
            "{}",
            tx.now,
            tx.now,
        )
    ),
    "proposals.find": lambda tx: tx.proposals.find(T_PROPOSAL),
    "proposals.list_open_here": lambda tx: [
        x for x in tx.proposals.list_open_here(conversation_of(tx, GLOBEX)) if x.id == T_PROPOSAL
    ],
    "proposals.list_requests": lambda tx: tx.proposals.list_requests(requester_id=T_ANA),
    "proposals.list_requests (wallet)": lambda tx: tx.proposals.list_requests(wallet_id=T_WALLET),
    "proposals.is_expired": lambda tx: tx.proposals.is_expired(T_PROPOSAL),
    "proposals.decide": lambda tx: tx.proposals.decide(
        proposal_of(tx, GLOBEX), "confirmed", by=T_ANA
    ),
    "proposals.finish": lambda tx: tx.proposals.finish(T_PROPOSAL, "executed", "x"),
    "proposals.revise": lambda tx: tx.proposals.revise(
        proposal_of(tx, GLOBEX), calls="[9]", preview="{}", tier=1
    ),
    "proposals.set_preview": lambda tx: tx.proposals.set_preview(T_PROPOSAL, "mine"),
    "proposals.remind": lambda tx: tx.proposals.remind(
        proposal_of(tx, GLOBEX), 1, after=timedelta(0)
    ),
    "proposals.expire": lambda tx: tx.proposals.expire(proposal_of(tx, GLOBEX)),
    "cards.show": lambda tx: tx.cards.show(proposal_of(tx, GLOBEX), ConversationId("mine")),
    "cards.list_places": lambda tx: tx.cards.list_places(T_PROPOSAL),
    "cards.add_buttons": lambda tx: tx.cards.add_buttons(
        proposal_of(tx, GLOBEX), ConversationId("mine"), [("stolen", "yes")]
    ),
    "cards.press": lambda tx: tx.cards.press("globex-token", conversation_of(tx, GLOBEX)),
    "changes.find_last": lambda tx: tx.changes.find_last(T_ANA),
    "changes.mark_undone": lambda tx: tx.changes.mark_undone(change_of(tx, GLOBEX)),
    "outbox.list_failed": lambda tx: tx.outbox.list_failed(10),
    "outbox.drop_held": lambda tx: tx.outbox.drop_held(conversation_of(tx, GLOBEX), "held"),
    "outbox.take_back": lambda tx: tx.outbox.take_back(conversation_of(tx, GLOBEX)),
    "outbox.add": lambda tx: tx.outbox.add(
        OutboundMessage(conversation_of(tx, GLOBEX), "mine"), "telegram"
    ),
    "usage.sum_by": lambda tx: tx.usage.sum_by(
        None, from_on=DAY, until_on=DAY, wallet_ids=[T_WALLET]
    ),
    "usage.sum_across": lambda tx: tx.usage.sum_across(
        ("wallet",), from_on=DAY, until_on=DAY, wallet_ids=[T_WALLET]
    ),
    "usage.list_spent": lambda tx: [
        x for x in tx.usage.list_spent(tx.now - LIFE, tx.now + LIFE) if x.wallet_id != "acme-team"
    ],
    "usage.list_hours": lambda tx: tx.usage.list_hours(
        T_WALLET, "globex-m", from_us(0), tx.now + LIFE
    ),
    "usage.find_first_hour": lambda tx: tx.usage.find_first_hour(T_WALLET, "globex-m"),
    "usage.list_models": lambda tx: [x for x in tx.usage.list_models() if x != "acme-m"],
    "policies.get": lambda tx: [x for x in tx.policy.get().only_hosts if x != "acme.example"],
    "providers.set_disabled": lambda tx: tx.providers.set_disabled("globex-pr", True),
    "providers.tune": lambda tx: tx.providers.tune(
        Provider("globex-pr", "openai", ("m",)),
        Provider("globex-pr", "openai", ("m",), time_outs=TimeOuts(1.0, 1.0, 1.0)),
    ),
    "providers.list_all": lambda tx: [x for x in tx.providers.list_all() if "acme" not in x.name],
    "providers.list_prices": lambda tx: [
        x for x in tx.providers.list_prices(tx.now) if x.provider != "acme-pr"
    ],
    "model_lists.ask_again": lambda tx: tx.model_lists.ask_again(
        ModelList("globex-pr", ("globex-m",))
    ),
    "model_lists.list_all": lambda tx: [x for x in tx.model_lists.list_all() if x != "acme-pr"],
    "tasks.drop_old": lambda tx: tx.tasks.drop_old(tx.now + LIFE, 9),
    "calls.end": lambda tx: tx.calls.end("globex-call", CallOutcome("done", "[]", 1, 1)),
    "calls.give_up": lambda tx: call_books.reap(tx, "globex-call"),
    "ledger.find_account": lambda tx: tx.ledger.find_account(
        AccountKey("budget", T_WALLET, "nusd", "month:2026-11")
    ),
    "ledger.list_accounts": lambda tx: tx.ledger.list_accounts(
        "budget", [T_WALLET], ["month:2026-11"], "nusd"
    ),
    "ledger.list_later": lambda tx: tx.ledger.list_later(
        AccountKey("budget", T_WALLET, "nusd", "month:2026-01")
    ),
    "ledger.transfer": lambda tx: tx.ledger.transfer(
        Movement(
            IdempotencyKey("x"),
            "x",
            "x",
            (Entry(account_of(tx, GLOBEX), account_of(tx, ACME), 5),),
        )
    ),
    "ledger.hold": lambda tx: tx.ledger.hold(
        Movement(
            IdempotencyKey("x"),
            "x",
            "x",
            (Entry(account_of(tx, ACME), account_of(tx, GLOBEX), 5, tx.now + LIFE),),
        )
    ),
    "ledger.refresh": lambda tx: tx.ledger.refresh(account_of(tx, GLOBEX)),
    "ledger.lower_floor": lambda tx: tx.ledger.lower_floor(account_of(tx, GLOBEX), 1000),
    "ledger.set_overdraft": lambda tx: tx.ledger.set_overdraft(account_of(tx, GLOBEX), 1000),
    "spending.hold": lambda tx: spending.hold(tx, T_WALLET, 5, key="x", actor="x", life=LIFE),
    "spending.settle": lambda tx: spending.settle(tx, T_WALLET, 5, key="hold", actor="x"),
}


def snapshot(tx: SqlTx) -> list[Any]:
    """Everything that a tenant has, as its own repositories tell it."""
    tenant = tx.tenant
    ana, team = PrincipalId(f"{tenant}-ana"), WalletId(f"{tenant}-team")
    talk = tx.conversations.find_of_person(ana)
    assert talk is not None
    draft = tx.proposals.find(ProposalId(f"{tenant}-p"))
    return [
        tx.people.list_all(),
        tx.paces.find_cooldown(ana),
        tx.rights.list_all(),
        tx.wallets.list_all(),
        tx.wallets.list_limits([team]),
        tx.wallets.list_raises([team], tx.now),
        talk,
        draft,
        tx.cards.list_places(ProposalId(f"{tenant}-p")),
        tx.changes.find_last(ana),
        tx.usage.sum_by("model", from_on=DAY, until_on=DAY),
        tx.ledger.find_account(AccountKey("budget", team, "nusd", "month:2026-11")),
        tx.ledger.list_open_holds("hold"),
        tx.outbox.depth(),
        tx.alerts.list_open(),
        tx.channels.list_rules(),
        tx.connection.rows(select(anomaly).where(anomaly.c.tenant == tenant)),
        tx.policy.get(),
        tx.providers.list_all(),
        tx.providers.list_prices(tx.now),
        tx.model_lists.list_all(),
        tx.memory.held(ana),
        tx.audit.count_content(ana),
        tx.memory.list_turns(talk.id, 9),
        tx.connection.rows(select(model_call).where(model_call.c.tenant == tenant)),
        tx.connection.rows(select(offered_file).where(offered_file.c.tenant == tenant)),
        tx.connection.rows(select(schedule_run).where(schedule_run.c.tenant == tenant)),
        tx.schedules.list_of(ana),
    ]


async def test_no_method_reaches_into_another_tenant(companies: dict[TenantId, Company]) -> None:
    acme, globex, initech = companies.values()
    before = [await globex.read(snapshot), await initech.read(snapshot)]
    for name, ask in ASKED.items():
        try:
            answer = await acme.write(ask)
        except REFUSED:
            continue
        # `set_limit` under another's id is a row of our own that the schema must refuse.
        assert not answer, name
    assert [await globex.read(snapshot), await initech.read(snapshot)] == before
    await acme.assert_sound()


async def test_one_companys_owner_counts_in_no_other(companies: dict[TenantId, Company]) -> None:
    acme, _, _ = companies.values()
    with pytest.raises(REFUSED):
        await acme.write(lambda tx: tx.people.give(PrincipalId("globex-ben"), "owner", None))
    assert not await acme.write(lambda tx: tx.people.take(PrincipalId("acme-ana"), "owner", None))


async def test_the_same_keys_and_names_do_not_meet(companies: dict[TenantId, Company]) -> None:
    for tenant, company in companies.items():
        team = WalletId(f"{tenant}-team")
        assert await company.figures(team) == (105, 0, 10, 95)
        await company.settle(team, 10, "hold")
        assert await company.figures(team) == (105, 10, 0, 95)
        request = await company.read(lambda tx: tx.proposals.find_request("REF"))
        assert request is not None
        assert request.id == f"{tenant}-p"
        found = await company.read(lambda tx: tx.people.find_by_handle("ana"))
        assert found is not None
        assert found.tenant == tenant


async def test_nothing_is_looked_up_before_a_tenant_is_entered(database: Database) -> None:
    carl = Principal(PrincipalId("carl"), ACME, "Carl", "carl", "en", "UTC")
    asked: list[Callable[[SqlTx], object]] = [
        lambda tx: tx.wallets.list_all(),
        lambda tx: tx.people.add(carl),
        lambda tx: tx.ledger.list_open_holds("x"),
        lambda tx: tx.ledger.list_expired_holds("x"),
        lambda tx: tx.proposals.find(T_PROPOSAL),
        lambda tx: tx.usage.list_models(),
        lambda tx: tx.ledger.record_crossing(Crossing(1, T_WALLET, "x", 80, 1, 1)),
    ]
    for ask in asked:
        with pytest.raises(RuntimeError, match="outside a tenant"):
            await database.write(ask)
