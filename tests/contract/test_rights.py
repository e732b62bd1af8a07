"""How much a role may do at a time, on both databases: once, twice, and from many at once."""

from __future__ import annotations

import asyncio

import pytest

from bot.access import AmountPermission, RoleLimit
from bot.actions.approvals import ApproveRequest, preview_approve
from bot.actions.asking import MoveBudget, RaiseBudget, RequestBudget
from bot.actions.base import ActionCall
from bot.actions.budget import raise_budget, request_budget
from bot.actions.catalog import action_of
from bot.actions.limits import SetLimit, set_limit
from bot.actions.rights import RestoreRoleLimit, SetRoleLimit, set_role_limit
from bot.clock import ManualClock
from bot.deciding import executor
from bot.economy.budgets import list_budgets
from bot.errors.kinds import AboveRight, Conflict, InvalidInput, NotAllowed
from bot.errors.talk import ProposalNotOpen
from bot.ids import PrincipalId, ProposalId, WalletId
from bot.ports import Actor
from bot.proposals.model import REQUEST_LIFE, Proposal
from storage.database import Database
from storage.engine import migrate, open_database
from storage.migrations.versions import m0004_role_limits
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, lose_owner, make_company

DESIGN, DATA, LAUNCH = WalletId("design"), WalletId("data"), WalletId("launch")


@pytest.fixture
async def acme(database: Database) -> Database:
    await database.write(make_company, tenant=ACME)
    return database


async def bound(
    database: Database,
    role: str,
    permission: AmountPermission,
    amount: int | None,
    *,
    expected: int | None = None,
) -> bool:
    return await database.write(
        lambda tx: tx.rights.set_limit(role, permission, amount, expected=expected),  # type: ignore[arg-type]  # a role of ours
        tenant=ACME,
    )


def actor(tx: SqlTx, handle: str, key: str = "k") -> Actor:
    person = tx.people.get(PrincipalId(handle))
    place = tx.conversations.open("terminal", "terminal", "", person.id)
    return Actor(person, place.id, key=key)


def ask(tx: SqlTx, amount: int, ref: str = "7K2M") -> Proposal:
    """Keep a request of Ana's for Design, as one that was sent before."""
    request = Proposal(
        id=ProposalId(f"request-{ref}"),
        kind="request",
        ref=ref,
        conversation_id=tx.conversations.open("terminal", "terminal", "", PrincipalId("ana")).id,
        requester_id=PrincipalId("ana"),
        calls=RaiseBudget(wallet_id=DESIGN, amount_nanos=amount).model_dump_json(),
        tier=3,
        state="pending",
        version=1,
        preview="{}",
        created_at=tx.now,
        expires_at=tx.now + REQUEST_LIFE,
    )
    tx.proposals.add(request)
    tx.proposals.set_preview(request.id, '{"action": "approve_request", "subject": "Design"}')
    return request


def approve(tx: SqlTx, handle: str, amount: int | None = None, ref: str = "7K2M") -> None:
    request = tx.proposals.find_request(ref)
    assert request is not None
    call = ApproveRequest(ref=ref, amount_nanos=amount)
    executor.decide_request(tx, actor(tx, handle), request, call)


async def limit_of(database: Database, wallet_id: WalletId = DESIGN) -> int:
    def read(tx: SqlTx) -> int:
        return list_budgets(tx, [tx.wallets.get(wallet_id)])[0].limit_nanos

    return await database.read(read, tenant=ACME) // USD


async def limits(database: Database) -> list[RoleLimit]:
    return await database.read(lambda tx: tx.rights.list_all(), tenant=ACME)


async def test_a_limit_is_set_changed_and_taken_away_once_each(acme: Database) -> None:
    assert await bound(acme, "lead", "request.decide", 500)
    assert not await bound(acme, "lead", "request.decide", 700)
    assert await limits(acme) == [RoleLimit("lead", "request.decide", 500)]
    assert await bound(acme, "lead", "request.decide", 700, expected=500)
    assert not await bound(acme, "lead", "request.decide", 900, expected=500)
    assert await limits(acme) == [RoleLimit("lead", "request.decide", 700)]
    assert await bound(acme, "lead", "request.decide", None, expected=700)
    assert not await bound(acme, "lead", "request.decide", None, expected=700)
    assert await limits(acme) == []


async def test_of_eight_changes_at_once_that_expect_the_same_one_is_made(acme: Database) -> None:
    for expected in (None, 1):
        amounts = range(1, 9) if expected is None else range(11, 19)
        made = await asyncio.gather(
            *(bound(acme, "lead", "budget.move", x, expected=expected) for x in amounts)
        )
        assert sum(made) == 1
        kept = amounts[made.index(True)]
        assert await limits(acme) == [RoleLimit("lead", "budget.move", kept)]
        assert await bound(acme, "lead", "budget.move", 1, expected=kept) or kept == 1


async def test_the_same_change_twice_is_refused_and_undone_only_as_it_was(acme: Database) -> None:
    call = SetRoleLimit(role="lead", permission="request.decide", amount_nanos=500)

    def change(tx: SqlTx) -> ActionCall:
        undo = set_role_limit(call, tx, actor(tx, "elena")).undo
        assert undo is not None
        return undo

    undo = await acme.write(change, tenant=ACME)
    assert undo == RestoreRoleLimit(
        role="lead", permission="request.decide", amount_nanos=None, expected_nanos=500
    )
    with pytest.raises(InvalidInput, match="is that already"):
        await acme.write(change, tenant=ACME)
    await bound(acme, "lead", "request.decide", 900, expected=500)
    restore = action_of(undo)
    with pytest.raises(Conflict):
        await acme.write(lambda tx: restore.apply(undo, tx, actor(tx, "elena")), tenant=ACME)
    assert await limits(acme) == [RoleLimit("lead", "request.decide", 900)]


@pytest.mark.parametrize("handle", ["ana", "ben", "carla"])
async def test_nobody_but_an_owner_changes_a_limit(acme: Database, handle: str) -> None:
    call = SetRoleLimit(role="lead", permission="request.decide", amount_nanos=500)
    back = RestoreRoleLimit(
        role="lead", permission="request.decide", amount_nanos=500, expected_nanos=None
    )
    for one in (call, back):
        with pytest.raises(NotAllowed):
            await acme.write(
                lambda tx, one=one: action_of(one).apply(one, tx, actor(tx, handle)),  # type: ignore[misc]  # bound now
                tenant=ACME,
            )
    assert await limits(acme) == []


@pytest.mark.parametrize("role", ["owner", "admin", "member", "viewer"])
async def test_roles_that_nothing_bounds_or_allows_take_no_limit(
    acme: Database, role: str
) -> None:
    call = SetRoleLimit.model_validate(
        {"role": role, "permission": "request.decide", "amount_nanos": 500}
    )
    with pytest.raises(InvalidInput):
        await acme.write(lambda tx: set_role_limit(call, tx, actor(tx, "elena")), tenant=ACME)


async def test_an_approval_reaches_to_the_limit_and_no_further(acme: Database) -> None:
    await bound(acme, "lead", "request.decide", 500 * USD)
    await acme.write(lambda tx: ask(tx, 500 * USD), tenant=ACME)
    await acme.write(lambda tx: ask(tx, 500 * USD + 1, "9XWT"), tenant=ACME)
    with pytest.raises(AboveRight) as caught:
        await acme.write(lambda tx: approve(tx, "ben", ref="9XWT"), tenant=ACME)
    facts = caught.value.facts
    assert (facts["most_nanos"], facts["needed_nanos"]) == (500 * USD, 500 * USD + 1)
    assert (facts["role"], facts["able"]) == ("lead", ("Carla Ruiz", "Elena Vega"))
    assert await limit_of(acme) == 500
    await acme.write(lambda tx: approve(tx, "ben"), tenant=ACME)
    assert await limit_of(acme) == 1_000


async def test_the_amount_that_is_given_counts_and_not_the_one_asked_for(acme: Database) -> None:
    await bound(acme, "lead", "request.decide", 300 * USD)
    await acme.write(lambda tx: ask(tx, 200 * USD), tenant=ACME)
    await acme.write(lambda tx: ask(tx, 400 * USD, "9XWT"), tenant=ACME)
    more = ApproveRequest(ref="7K2M", amount_nanos=301 * USD)
    with pytest.raises(AboveRight):
        await acme.write(lambda tx: approve(tx, "ben", 301 * USD), tenant=ACME)
    with pytest.raises(AboveRight):
        await acme.write(lambda tx: preview_approve(more, tx, actor(tx, "ben")), tenant=ACME)
    await acme.write(lambda tx: approve(tx, "ben", 300 * USD, "9XWT"), tenant=ACME)
    assert await limit_of(acme) == 800


async def test_a_right_lowered_after_the_card_refuses_the_click(acme: Database) -> None:
    await bound(acme, "lead", "request.decide", 500 * USD)
    await acme.write(lambda tx: ask(tx, 400 * USD), tenant=ACME)
    call = ApproveRequest(ref="7K2M")
    await acme.write(lambda tx: preview_approve(call, tx, actor(tx, "ben")), tenant=ACME)
    await bound(acme, "lead", "request.decide", 399 * USD, expected=500 * USD)
    with pytest.raises(AboveRight):
        await acme.write(lambda tx: approve(tx, "ben"), tenant=ACME)
    assert await limit_of(acme) == 500
    # The request still waits for somebody whose right reaches so far.
    await acme.write(lambda tx: approve(tx, "carla"), tenant=ACME)
    assert await limit_of(acme) == 900


async def test_a_request_is_approved_once_by_eight_at_once_while_the_right_shrinks(
    acme: Database,
) -> None:
    await bound(acme, "lead", "request.decide", 500 * USD)
    await acme.write(lambda tx: ask(tx, 400 * USD), tenant=ACME)
    ends = await asyncio.gather(
        *(acme.write(lambda tx: approve(tx, "ben"), tenant=ACME) for _ in range(4)),
        bound(acme, "lead", "request.decide", 1, expected=500 * USD),
        *(acme.write(lambda tx: approve(tx, "ben"), tenant=ACME) for _ in range(4)),
        return_exceptions=True,
    )
    failed = [x for x in ends if isinstance(x, BaseException)]
    assert len(failed) in {7, 8}
    assert all(isinstance(x, AboveRight | ProposalNotOpen) for x in failed), failed
    # Whichever came first: one approval, or none.
    assert await limit_of(acme) == (900 if len(failed) == 7 else 500)


async def test_a_move_within_the_right_is_made_and_one_beyond_is_asked_for(
    acme: Database,
) -> None:
    await bound(acme, "lead", "budget.move", 100 * USD)

    def move(tx: SqlTx, amount: int) -> str:
        call = MoveBudget(from_wallet_id=DESIGN, to_wallet_id=LAUNCH, amount_nanos=amount)
        doer = actor(tx, "ben")
        place = tx.conversations.open("terminal", "terminal", "", doer.person.id)
        draft = executor.propose(tx, doer, [call], place)
        (receipt,) = executor.confirm(tx, doer, draft).receipts
        return type(receipt).__name__

    assert await acme.write(lambda tx: move(tx, 100 * USD), tenant=ACME) == "BudgetMoved"
    assert await acme.write(lambda tx: move(tx, 100 * USD + 1), tenant=ACME) == "RequestSent"
    assert await limit_of(acme) == 400
    assert await limit_of(acme, LAUNCH) == 300


async def test_a_raise_beyond_the_right_is_refused_with_who_may(acme: Database) -> None:
    await bound(acme, "finance", "budget.raise", 100 * USD)
    call = RaiseBudget(wallet_id=DESIGN, amount_nanos=101 * USD)
    with pytest.raises(AboveRight) as caught:
        await acme.write(lambda tx: raise_budget(call, tx, actor(tx, "carla")), tenant=ACME)
    assert caught.value.facts["able"] == ("Elena Vega",)
    assert await limit_of(acme) == 500
    within = RaiseBudget(wallet_id=DESIGN, amount_nanos=100 * USD)
    await acme.write(lambda tx: raise_budget(within, tx, actor(tx, "carla")), tenant=ACME)
    assert await limit_of(acme) == 600
    await acme.write(lambda tx: raise_budget(call, tx, actor(tx, "elena", "e")), tenant=ACME)
    assert await limit_of(acme) == 701


@pytest.mark.parametrize(
    ("window", "amount", "is_refused"),
    [
        ("month", 600, False),
        ("month", 601, True),
        ("month", 100, False),
        ("month", None, True),
        # A limit where there was none lets nothing grow.
        ("day", 1_000, False),
    ],
)
async def test_a_limit_grows_by_no_more_than_the_right(
    acme: Database, window: str, amount: int | None, is_refused: bool
) -> None:
    await bound(acme, "finance", "wallet.limit", 100 * USD)
    nanos = None if amount is None else amount * USD
    call = SetLimit.model_validate({"wallet_id": DESIGN, "window": window, "amount_nanos": nanos})
    if is_refused:
        with pytest.raises(AboveRight):
            await acme.write(lambda tx: set_limit(call, tx, actor(tx, "carla")), tenant=ACME)
    else:
        await acme.write(lambda tx: set_limit(call, tx, actor(tx, "carla")), tenant=ACME)

    def read(tx: SqlTx) -> int | None:
        found = {x.span: x.amount_nanos for x in tx.wallets.list_limits([DESIGN])}
        return found.get(call.window)

    assert await acme.read(read, tenant=ACME) == (500 * USD if is_refused else nanos)


async def test_with_nobody_whose_right_reaches_so_far_nothing_is_sent(acme: Database) -> None:
    await bound(acme, "lead", "request.decide", 100 * USD)
    await bound(acme, "finance", "request.decide", 100 * USD)
    await acme.write(lose_owner, tenant=ACME)
    call = RequestBudget(wallet_id=DESIGN, amount_nanos=101 * USD)
    with pytest.raises(NotAllowed) as caught:
        await acme.write(lambda tx: request_budget(call, tx, actor(tx, "ana")), tenant=ACME)
    assert caught.value.facts["nobody"]
    assert caught.value.facts["needed_nanos"] == 101 * USD


async def test_the_step_back_keeps_a_company_and_forward_again_bounds_nothing(
    database_url: str, clock: ManualClock
) -> None:
    database = await open_database(database_url, clock)
    await database.write(make_company, tenant=ACME)
    await bound(database, "lead", "request.decide", 1)
    await database.close()
    await migrate(database_url, m0004_role_limits.down_revision, backwards=True)
    await migrate(database_url)
    database = await open_database(database_url, clock)
    assert await limits(database) == []
    await database.write(lambda tx: ask(tx, 400 * USD), tenant=ACME)
    await database.write(lambda tx: approve(tx, "ben"), tenant=ACME)
    assert await limit_of(database) == 900
    await database.close()
