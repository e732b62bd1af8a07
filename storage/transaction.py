"""An open transaction with every repository on it: what `bot.ports.Tx` is at run time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.audit.chain import AuditFact
from bot.clock import Clock
from bot.ids import TenantId
from storage.alerts import SqlAlerts
from storage.anomalies import SqlAnomalies
from storage.audit import SqlAudit
from storage.bills import SqlBills
from storage.calls import SqlCalls
from storage.cards import SqlCards
from storage.changes import SqlChanges
from storage.channels import SqlChannels
from storage.charges import SqlCharges
from storage.connection import Connection
from storage.conversations import SqlConversations
from storage.inbox import SqlInbox
from storage.leases import SqlLeases
from storage.ledger import SqlLedger
from storage.links import SqlLinks
from storage.memory import SqlMemory
from storage.model_lists import SqlModelLists
from storage.offered_files import SqlOfferedFiles
from storage.offers import SqlOffers
from storage.outbox import SqlOutbox
from storage.paces import SqlPaces
from storage.people import SqlPeople
from storage.policies import SqlPolicies
from storage.proposals import SqlProposals
from storage.providers import SqlProviders
from storage.rights import SqlRights
from storage.routing import SqlRouting
from storage.runs import SqlRuns
from storage.schedules import SqlSchedules
from storage.scope import LedgerGuard, Scope
from storage.shared_digests import SqlSharedDigests
from storage.tasks import SqlTasks
from storage.usage import SqlUsage
from storage.wallets import SqlWallets


class SqlTx:
    """The repositories of one connection. Kept with it and emptied between transactions."""

    def __init__(self, connection: Connection, clock: Clock, guard: LedgerGuard) -> None:
        self.connection = connection
        self.scope = Scope(clock, guard)

    def begin(self, tenant: TenantId | None) -> None:
        """Start an operation for a tenant, or for none yet."""
        self.connection.forget()
        self.scope.enter(tenant)

    def enter(self, tenant: TenantId | None) -> None:
        """Go on for a tenant that was found only now, or for the next operation's."""
        self.scope.enter(tenant)

    @property
    def tenant(self) -> TenantId:
        return self.scope.tenant

    @property
    def now(self) -> datetime:
        return self.scope.now

    @property
    def zone(self) -> ZoneInfo:
        return self.people.zone()

    def record(self, fact: AuditFact) -> None:
        """Add a fact to the chain; it is sealed with the commit."""
        self.scope.facts.append(fact)

    def announce(self, event: object) -> None:
        """Tell listeners of the database, once and only if this is committed."""
        self.scope.committed.append(event)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Keep what happens inside whole: an exception undoes it and travels on."""
        mark = self.scope.mark()
        try:
            with self.connection.savepoint():
                yield
        except BaseException:
            self.scope.back_to(mark)
            raise

    def before_commit(self) -> list[object]:
        """Check every account moved, write what is to be sent, seal the audit facts.

        Returns what to announce after the commit.

        Raises:
            LedgerBroken: counters and transfers disagree; the caller must roll back.
        """
        self.connection.forget()
        self.scope.check_touched(self.connection)
        self.write_out()
        return list(self.scope.committed)

    def write_out(self) -> None:
        """Write what is to be sent and seal the audit facts: what nothing before the end reads."""
        if self.scope.outgoing:
            self.outbox.flush()
        if self.scope.facts:
            self.audit.seal(self.scope.facts)
            self.scope.facts.clear()

    def reset(self) -> None:
        """Forget the transaction, committed or not."""
        self.connection.forget_all()
        self.scope.reset()

    @cached_property
    def ledger(self) -> SqlLedger:
        return SqlLedger(self.connection, self.scope)

    @cached_property
    def wallets(self) -> SqlWallets:
        return SqlWallets(self.connection, self.scope)

    @cached_property
    def people(self) -> SqlPeople:
        return SqlPeople(self.connection, self.scope)

    @cached_property
    def links(self) -> SqlLinks:
        return SqlLinks(self.connection, self.scope)

    @cached_property
    def rights(self) -> SqlRights:
        return SqlRights(self.connection, self.scope)

    @cached_property
    def channels(self) -> SqlChannels:
        return SqlChannels(self.connection, self.scope)

    @cached_property
    def paces(self) -> SqlPaces:
        return SqlPaces(self.connection, self.scope)

    @cached_property
    def proposals(self) -> SqlProposals:
        return SqlProposals(self.connection, self.scope)

    @cached_property
    def cards(self) -> SqlCards:
        return SqlCards(self.connection, self.scope)

    @cached_property
    def changes(self) -> SqlChanges:
        return SqlChanges(self.connection, self.scope)

    @cached_property
    def alerts(self) -> SqlAlerts:
        return SqlAlerts(self.connection, self.scope)

    @cached_property
    def offers(self) -> SqlOffers:
        return SqlOffers(self.connection, self.scope)

    @cached_property
    def offered_files(self) -> SqlOfferedFiles:
        return SqlOfferedFiles(self.connection, self.scope)

    @cached_property
    def conversations(self) -> SqlConversations:
        return SqlConversations(self.connection, self.scope)

    @cached_property
    def inbox(self) -> SqlInbox:
        return SqlInbox(self.connection, self.scope)

    @cached_property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self.connection, self.scope)

    @cached_property
    def leases(self) -> SqlLeases:
        return SqlLeases(self.connection)

    @cached_property
    def usage(self) -> SqlUsage:
        return SqlUsage(self.connection, self.scope)

    @cached_property
    def bills(self) -> SqlBills:
        return SqlBills(self.connection, self.scope)

    @cached_property
    def charges(self) -> SqlCharges:
        return SqlCharges(self.connection, self.scope)

    @cached_property
    def providers(self) -> SqlProviders:
        return SqlProviders(self.connection, self.scope)

    @cached_property
    def model_lists(self) -> SqlModelLists:
        return SqlModelLists(self.connection, self.scope)

    @cached_property
    def policy(self) -> SqlPolicies:
        return SqlPolicies(self.connection, self.scope)

    @cached_property
    def routing(self) -> SqlRouting:
        return SqlRouting(self.connection, self.scope)

    @cached_property
    def anomalies(self) -> SqlAnomalies:
        return SqlAnomalies(self.connection, self.scope)

    @cached_property
    def calls(self) -> SqlCalls:
        return SqlCalls(self.connection, self.scope)

    @cached_property
    def memory(self) -> SqlMemory:
        return SqlMemory(self.connection, self.scope)

    @cached_property
    def schedules(self) -> SqlSchedules:
        return SqlSchedules(self.connection, self.scope)

    @cached_property
    def runs(self) -> SqlRuns:
        return SqlRuns(self.connection, self.scope)

    @cached_property
    def shared_digests(self) -> SqlSharedDigests:
        return SqlSharedDigests(self.connection, self.scope)

    @cached_property
    def tasks(self) -> SqlTasks:
        return SqlTasks(self.connection, self.scope)

    @cached_property
    def audit(self) -> SqlAudit:
        return SqlAudit(self.connection, self.scope)
