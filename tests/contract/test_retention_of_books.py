"""Drafts, calls, alerts and words go after their time; what money and proof need stays."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Table, func, select, update

from bot import call_books
from bot.alerts.model import Alert, Mute
from bot.audit.chain import AuditFact
from bot.clock import ManualClock
from bot.economy.calls import CallOutcome, ModelCall
from bot.economy.usage import Usage
from bot.errors.money import HoldResolved
from bot.ids import ProposalId, TenantId, new_id
from bot.messages import InboundMessage, OutboundMessage
from bot.proposals.model import Proposal
from bot.reports.anomalies import Anomaly
from bot.schedules.model import Run
from bot.schedules.recurrence import Occasion
from scheduler.jobs.kinds import ensure_company_plans
from scheduler.jobs.retention import Lives, retention
from storage.database import Database
from storage.tables import metadata
from storage.tables.alerts import alert
from storage.tables.messages import content, inbox, outbox
from storage.tables.models import model_call
from storage.tables.people import link_token
from storage.tables.proposals import button, card, change, proposal
from storage.tables.reports import anomaly
from storage.tables.schedules import schedule_run
from storage.tables.usage import usage
from storage.transaction import SqlTx
from tests.ledgers import ACME, ANA, ORG, TEAM, Company, budget_of, found_company

DAY: Final = timedelta(days=1)
TICK: Final = timedelta(microseconds=1)
GLOBEX: Final = TenantId("globex")
STATES: Final = (
    "pending",
    "confirmed",
    "executed",
    "failed",
    "discarded",
    "expired",
    "superseded",
)
PAGE: Final = Path(__file__).parents[2] / "docs" / "retention.md"


@pytest.fixture
async def company(database: Database) -> Company:
    await database.write(found_company, tenant=ACME)
    await database.write(lambda tx: found_company(tx, tenant=GLOBEX), tenant=GLOBEX)
    await database.write(ensure_company_plans)
    return Company(database)


async def clean(company: Company, times: int = 1, *, of: TenantId = ACME) -> Sequence[str]:
    """Do a company's nightly clean-up, so often at the same time; return how each ended."""
    return await asyncio.gather(*(_once(company.database, of) for _ in range(times)))


async def _once(database: Database, of: TenantId) -> str:
    found = await database.read(lambda tx: tx.schedules.find("retention"), tenant=of)
    assert found is not None
    now = await database.read(lambda tx: tx.schedules.now())
    run = Run("x", found, Occasion(now.date(), now), "x", 1, now)
    job = await retention(database, Lives())(run)
    return await database.write(lambda tx: job(tx, run), tenant=of)


async def count(company: Company, table: Table) -> int:
    row = await company.database.read(
        lambda tx: tx.connection.row(select(func.count()).select_from(table))
    )
    assert row is not None
    return int(row[0])


def add_proposal(tx: SqlTx, name: str, *, kind: str = "draft", state: str = "executed") -> None:
    talk = tx.conversations.open("telegram", "chat", "", ANA)
    one = Proposal(
        id=ProposalId(name),
        kind=kind,  # type: ignore[arg-type]  # of the two that there are
        ref=name[-4:].upper(),
        conversation_id=talk.id,
        requester_id=ANA,
        calls="[]",
        tier=3,
        state="pending",
        version=1,
        preview="{}",
        created_at=tx.now,
        expires_at=tx.now + DAY,
    )
    tx.proposals.add(one)
    tx.cards.add_buttons(one, talk.id, [(f"token-{name}", "yes")])
    tx.cards.show(one, talk.id)
    tx.changes.add(one.id, ANA, 0, "x", "{}")
    tx.connection.run(update(proposal).where(proposal.c.id == name).values(state=state))


async def show(company: Company, name: str) -> None:
    """Have the card of a proposal sent."""

    def queue(tx: SqlTx) -> None:
        talk = tx.conversations.open("telegram", "chat", "", ANA)
        tx.outbox.add(OutboundMessage(talk.id, "card", "card", card=name), "telegram")

    await company.write(queue)

    def deliver(tx: SqlTx) -> None:
        (item,) = tx.outbox.list_next("telegram", 1)
        assert tx.outbox.begin([item.id]) == {item.id}
        assert tx.outbox.end(item.id, "sent", platform_msg_id=f"t{item.id}")

    await company.write(deliver)


@pytest.mark.parametrize("times", [1, 8])
async def test_drafts_that_are_over_go_with_their_cards_and_requests_stay(
    company: Company, clock: ManualClock, times: int
) -> None:
    def make(tx: SqlTx) -> None:
        for kind in ("draft", "request"):
            for state in STATES:
                add_proposal(tx, f"{kind}-{state}", kind=kind, state=state)

    await company.write(make)
    for name in ("draft-executed", "draft-pending", "request-executed", "last"):
        await show(company, name)
    clock.advance(90 * DAY)
    await clean(company)
    assert await count(company, proposal) == 14
    clock.advance(TICK)
    assert "dropped" in await clean(company, times)
    left = await company.read(
        lambda tx: {row[0] for row in tx.connection.rows(select(proposal.c.id))}
    )
    assert left == {f"request-{one}" for one in STATES} | {"draft-pending", "draft-confirmed"}
    assert (await count(company, card), await count(company, button)) == (9, 9)
    shown = await company.read(
        lambda tx: {row[0] for row in tx.connection.rows(select(outbox.c.card))}
    )
    # The last row stays, so that its number is not given to another message.
    assert shown == {"draft-pending", "request-executed", "last"}
    assert await count(company, change) == 0
    assert set(await clean(company, times)) == {"nothing"}


async def test_a_button_of_a_forgotten_draft_is_one_that_there_is_not(
    company: Company, clock: ManualClock
) -> None:
    await company.write(lambda tx: add_proposal(tx, "p"))
    clock.advance(91 * DAY)
    await clean(company)
    found = await company.write(
        lambda tx: tx.cards.press("token-p", tx.conversations.open("telegram", "chat", "", ANA).id)
    )
    assert found is None


async def test_of_two_requests_with_one_reference_the_newer_is_meant(
    company: Company, clock: ManualClock
) -> None:
    await company.write(lambda tx: add_proposal(tx, "z-same", kind="request"))
    clock.advance(91 * DAY)
    await company.write(lambda tx: add_proposal(tx, "a-same", kind="request", state="pending"))
    found = await company.read(lambda tx: tx.proposals.find_request("SAME"))
    assert found is not None
    assert found.id == "a-same"


@pytest.mark.parametrize("times", [1, 8])
async def test_words_behind_the_audit_log_go_and_the_chain_stays_whole(
    company: Company, clock: ManualClock, times: int
) -> None:
    def say(tx: SqlTx, words: str) -> None:
        kept = tx.audit.keep_content(ANA, words, b"salt")
        tx.record(AuditFact(tx.tenant, ANA, "said", kept))

    for number in range(450):
        await company.write(lambda tx, number=number: say(tx, f"old {number}"))  # type: ignore[misc]  # bound now
    await company.database.write(lambda tx: say(tx, "theirs"), tenant=GLOBEX)
    anchor = await company.read(lambda tx: tx.audit.head())
    clock.advance(365 * DAY)
    await company.write(lambda tx: say(tx, "young"))
    clock.advance(TICK)
    await clean(company, times)
    rows = await company.read(lambda tx: tx.connection.rows(select(content.c.body)))
    assert [row[0] for row in rows] == ["young"]
    assert await company.read(lambda tx: tx.audit.verify(anchor)) is None
    await company.assert_sound()


async def call_and_pay(company: Company, key: str, *, cost: int | None) -> None:
    """Let a call in, and end it unless it is still under way."""

    def begin(tx: SqlTx) -> None:
        until_at = tx.now + timedelta(minutes=3)
        tx.calls.begin(ModelCall(key, TEAM, ANA, "chat", 50, 5, 1, "[]", tx.now, until_at))

    await company.hold(TEAM, 50, key)
    await company.write(begin)
    if cost is None:
        return

    def end(tx: SqlTx) -> None:
        assert tx.calls.end(key, CallOutcome("done", "[]", cost, 1)) is not None
        used = Usage(key, TEAM, ANA, "chat", "p", "m", 1, 1, cost, "1", tx.now)
        tx.usage.add(used, tx.now.date())

    await company.settle(TEAM, cost, key)
    await company.write(end)


@pytest.mark.parametrize("times", [1, 8])
async def test_calls_go_and_what_they_cost_stays(
    company: Company, clock: ManualClock, times: int
) -> None:
    await company.limit(TEAM, 1000, "total")
    await call_and_pay(company, "old", cost=40)
    await call_and_pay(company, "waits", cost=None)
    clock.advance(365 * DAY)
    await call_and_pay(company, "young", cost=30)
    before = await company.read(
        lambda tx: tx.charges.list_between(tx.now - 999 * DAY, tx.now + DAY)
    )
    spent = await company.read(lambda tx: budget_of(tx, TEAM, "total"))
    clock.advance(TICK)
    await clean(company, times)
    keys = await company.read(
        lambda tx: {row[0] for row in tx.connection.rows(select(model_call.c.key))}
    )
    assert keys == {"waits", "young"}
    assert await count(company, usage) == 2
    again = await company.read(
        lambda tx: tx.charges.list_between(tx.now - 999 * DAY, tx.now + DAY)
    )
    assert again == before
    assert await company.read(lambda tx: budget_of(tx, TEAM, "total")) == spent
    await company.assert_sound()
    assert await company.write(lambda tx: call_books.reap(tx, "old")) is False


async def test_a_call_of_a_key_that_was_forgotten_is_not_paid_twice(
    company: Company, clock: ManualClock
) -> None:
    await company.limit(TEAM, 1000, "total")
    await call_and_pay(company, "k", cost=40)
    clock.advance(366 * DAY)
    await clean(company)
    assert await count(company, model_call) == 0
    spent = await company.read(lambda tx: budget_of(tx, TEAM, "total"))
    await company.hold(TEAM, 50, "k")
    with pytest.raises(HoldResolved):
        await company.settle(TEAM, 40, "k")
    after = await company.read(lambda tx: budget_of(tx, TEAM, "total"))
    assert (after.used_nanos, after.held_nanos) == (spent.used_nanos, spent.held_nanos)


@pytest.mark.parametrize("times", [1, 8])
async def test_alerts_and_what_was_unusual_go_when_they_are_over(
    company: Company, clock: ManualClock, times: int
) -> None:
    def make(tx: SqlTx) -> None:
        for number, state in enumerate(("open", "acknowledged", "ended")):
            one = Alert(new_id(), ORG, f"p{number}", 80, number, tx.now, None, None)
            tx.alerts.open(one)
            tx.connection.run(update(alert).where(alert.c.id == one.id).values(state=state))
        tx.alerts.mute(ANA, Mute(ORG, None))
        for model in ("runs", "over", "other"):
            found = unusual(tx, model)
            assert tx.anomalies.claim(found, tx.now)
            if model != "runs":
                tx.anomalies.end(found, tx.now)

    await company.write(make)
    clock.advance(365 * DAY)
    await clean(company)
    assert (await count(company, alert), await count(company, anomaly)) == (3, 3)
    clock.advance(DAY)
    await clean(company, times)
    rows = await company.read(lambda tx: tx.connection.rows(select(alert.c.state)))
    assert [row[0] for row in rows] == ["open"]
    assert [one.model for one in await company.read(lambda tx: tx.anomalies.list_running())] == [
        "runs"
    ]
    assert await count(company, anomaly) == 1
    assert await company.read(lambda tx: tx.alerts.list_mutes(ANA))


def unusual(tx: SqlTx, model: str) -> Anomaly:
    return Anomaly(
        wallet_id=TEAM,
        model=model,
        day=tx.now.date(),
        hour_at=tx.now,
        spent_nanos=9,
        low_nanos=1,
        high_nanos=2,
        basis="same_hours",
        since_at=tx.now,
        since_nanos=9,
        person_id=ANA,
        person_nanos=9,
    )


async def test_tokens_of_links_go_thirty_days_after_their_end(
    company: Company, clock: ManualClock
) -> None:
    token = await company.write(lambda tx: tx.links.issue(ANA))
    used = await company.write(lambda tx: tx.links.redeem(token, "slack", "b", "7", "Ana"))
    assert used is not None
    clock.advance(30 * DAY)
    await clean(company)
    assert await company.read(lambda tx: tx.links.find(used.id)) == used
    clock.advance(timedelta(minutes=11))
    await company.write(lambda tx: tx.links.issue(ANA))
    await clean(company, 8)
    assert await count(company, link_token) == 1


async def test_runs_of_schedules_go_a_few_at_a_time(company: Company, clock: ManualClock) -> None:
    begun = clock.now()

    def make(tx: SqlTx) -> None:
        found = tx.schedules.find("retention")
        assert found is not None
        for number in range(450):
            occasion = Occasion(date(2020, 1, 1) + number * DAY, begun - number * DAY)
            run = tx.runs.claim(found, occasion, "x", DAY, now=tx.now)
            assert run is not None
            assert tx.runs.close(run)

    await company.write(make)
    clock.advance(36 * DAY)
    most = 0

    def watch(tx: SqlTx) -> int:
        return tx.runs.drop_old(tx.now - 35 * DAY, 200)

    while some := await company.write(watch):
        most = max(most, some)
    assert most == 200
    assert await count(company, schedule_run) == 0


async def receive_one(company: Company, key: str) -> None:
    def receive(tx: SqlTx) -> None:
        row_id = tx.inbox.accept(InboundMessage("telegram", "bot", key, "chat", "1", "hi"), "me")
        assert row_id is not None
        assert tx.inbox.finish(row_id, "me")

    await company.write(receive)


async def test_what_belongs_to_all_companies_is_looked_after_by_one(
    company: Company, clock: ManualClock
) -> None:
    for key in ("1", "2"):
        await receive_one(company, key)
    clock.advance(31 * DAY)
    assert await clean(company, of=GLOBEX) == ["nothing"]
    assert await count(company, inbox) == 2
    assert await clean(company) == ["dropped"]
    assert await count(company, inbox) == 1


async def test_the_next_company_looks_after_all_where_the_first_has_paused(
    company: Company, clock: ManualClock
) -> None:
    for key in ("1", "2"):
        await receive_one(company, key)

    def pause(tx: SqlTx) -> None:
        found = tx.schedules.find("retention")
        assert found is not None
        assert tx.schedules.pause(found)

    await company.write(pause)
    clock.advance(31 * DAY)
    assert await clean(company, of=GLOBEX) == ["dropped"]


class Killed(Exception):
    """The process was killed."""


async def test_a_clean_up_that_was_killed_is_gone_on_with(
    company: Company, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(tx: SqlTx) -> None:
        for number in range(120):
            add_proposal(tx, f"d{number:04}")
            tx.audit.keep_content(ANA, "said", b"salt")

    await company.write(make)
    clock.advance(400 * DAY)
    write = company.database.write
    left = 5

    async def mortal(*given: object, **named: object) -> object:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        return await write(*given, **named)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(company.database, "write", mortal)
    with pytest.raises(Killed):
        await clean(company)
    monkeypatch.undo()
    rest = await count(company, proposal)
    assert 0 < rest < 120
    # None is half gone.
    assert await count(company, card) == await count(company, button) == rest
    await clean(company)
    assert (await count(company, proposal), await count(company, content)) == (0, 0)


def test_the_page_says_of_every_table_how_long_it_is_kept() -> None:
    said = set(re.findall(r"`([a-z_]+)`", PAGE.read_text(encoding="utf-8")))
    assert {table.name for table in metadata.sorted_tables} - said == set()
