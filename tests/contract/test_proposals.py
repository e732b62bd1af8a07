"""A proposal goes each way once, and only while every guard holds."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import asyncpg
import pytest

from bot.clock import ManualClock
from bot.ids import ConversationId, ProposalId, TenantId
from bot.proposals.model import DRAFT_LIFE, Kind, Proposal, State
from storage.database import Database
from storage.transaction import SqlTx
from tests.ledgers import ANA, BEN, Company, found_company

HERE, THERE = ConversationId("here"), ConversationId("there")
REFUSED_BY_DATABASE = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)


@pytest.fixture
async def books(database: Database) -> Company:
    await database.write(found_company)
    return Company(database)


async def propose(
    books: Company,
    clock: ManualClock,
    *,
    name: str = "p",
    kind: Kind = "draft",
    life: timedelta = DRAFT_LIFE,
) -> Proposal:
    made = Proposal(
        id=ProposalId(name),
        kind=kind,
        ref=f"REF{name}",
        conversation_id=HERE,
        requester_id=ANA,
        calls='[{"action":"x"}]',
        tier=3,
        state="pending",
        version=1,
        preview="{}",
        created_at=clock.now(),
        expires_at=clock.now() + life,
    )
    await books.write(lambda tx: tx.proposals.add(made))
    assert await get(books, made.id) == made
    return made


async def get(books: Company, proposal_id: ProposalId) -> Proposal:
    found = await books.read(lambda tx: tx.proposals.find(proposal_id))
    assert found is not None
    return found


# Every step that a proposal may take.
STEPS: Final[dict[State, frozenset[State]]] = {
    "pending": frozenset({"confirmed", "discarded", "expired", "superseded"}),
    "confirmed": frozenset({"executed", "failed"}),
    "executed": frozenset(),
    "failed": frozenset(),
    "discarded": frozenset(),
    "expired": frozenset(),
    "superseded": frozenset(),
}
# Every way that a proposal may be taken on.
MOVES: dict[State, Callable[[SqlTx, Proposal], bool]] = {
    "confirmed": lambda tx, x: tx.proposals.decide(x, "confirmed", by=BEN),
    "discarded": lambda tx, x: tx.proposals.decide(x, "discarded", by=BEN),
    "superseded": lambda tx, x: tx.proposals.decide(x, "superseded", by=BEN),
    "executed": lambda tx, x: tx.proposals.finish(x.id, "executed", "done"),
    "failed": lambda tx, x: tx.proposals.finish(x.id, "failed", "insufficient_funds"),
    "expired": lambda tx, x: tx.proposals.expire(x),
}


async def take_to(books: Company, clock: ManualClock, state: State) -> Proposal:
    made = await propose(books, clock)
    if state in {"executed", "failed"}:
        assert await books.write(lambda tx: MOVES["confirmed"](tx, made))
    if state == "expired":
        clock.advance(DRAFT_LIFE)
    if state != "pending":
        assert await books.write(lambda tx: MOVES[state](tx, made))
    return made


@pytest.mark.parametrize("state", list(STEPS))
async def test_only_the_steps_of_the_model_are_taken(
    books: Company, clock: ManualClock, state: State
) -> None:
    made = await take_to(books, clock, state)
    assert (await get(books, made.id)).state == state
    for to, move in MOVES.items():
        if to in STEPS[state]:
            continue
        assert not await books.write(lambda tx, move=move: move(tx, made))  # type: ignore[misc]  # bound now
    if state != "pending":
        revised = await books.write(
            lambda tx: tx.proposals.revise(made, calls="[]", preview="{}", tier=1)
        )
        assert revised is None
    assert (await get(books, made.id)).state == state


@pytest.mark.parametrize("move", ["confirmed", "discarded", "superseded"])
async def test_a_decision_is_made_once(books: Company, clock: ManualClock, move: Any) -> None:
    made = await propose(books, clock)
    assert await books.write(lambda tx: MOVES[move](tx, made))
    assert not await books.write(lambda tx: MOVES[move](tx, made))
    decided = await get(books, made.id)
    assert (decided.decided_by, decided.decided_at) == (BEN, clock.now())


async def test_one_of_many_decisions_wins(books: Company, clock: ManualClock) -> None:
    made = await propose(books, clock)
    answers = await asyncio.gather(
        *(
            books.write(lambda tx, to=to: MOVES[to](tx, made))  # type: ignore[misc]  # bound now
            for to in ("confirmed", "discarded") * 25
        )
    )
    assert sum(answers) == 1


async def test_a_proposal_is_finished_once(books: Company, clock: ManualClock) -> None:
    made = await take_to(books, clock, "confirmed")
    answers = await asyncio.gather(
        *(
            books.write(lambda tx, to=to: MOVES[to](tx, made))  # type: ignore[misc]  # bound now
            for to in ("executed", "failed") * 25
        )
    )
    assert sum(answers) == 1


async def test_an_earlier_version_cannot_be_decided(books: Company, clock: ManualClock) -> None:
    first = await propose(books, clock)
    clock.advance(timedelta(minutes=10))
    version = await books.write(
        lambda tx: tx.proposals.revise(first, calls="[2]", preview="{}", tier=2)
    )
    assert version == 2
    assert not await books.write(lambda tx: MOVES["confirmed"](tx, first))
    second = await get(books, first.id)
    assert second == replace(
        first,
        version=2,
        calls="[2]",
        tier=2,
        expires_at=clock.now() + DRAFT_LIFE,
    )
    assert await books.write(lambda tx: MOVES["confirmed"](tx, second))


async def test_one_of_many_revisions_wins(books: Company, clock: ManualClock) -> None:
    made = await propose(books, clock)
    answers = await asyncio.gather(
        *(
            books.write(
                lambda tx, index=index: tx.proposals.revise(  # type: ignore[misc]  # bound now
                    made, calls=f"[{index}]", preview="{}", tier=1
                )
            )
            for index in range(30)
        )
    )
    assert sorted(x for x in answers if x is not None) == [2]


async def test_the_databases_clock_ends_a_proposal(books: Company, clock: ManualClock) -> None:
    made = await propose(books, clock)
    clock.advance(DRAFT_LIFE - timedelta(microseconds=1))
    assert not await books.read(lambda tx: tx.proposals.is_expired(made.id))
    assert not await books.write(lambda tx: tx.proposals.expire(made))
    assert await books.read(lambda tx: tx.proposals.list_expired(10)) == []
    clock.advance(timedelta(microseconds=1))
    assert await books.read(lambda tx: tx.proposals.is_expired(made.id))
    assert not await books.write(lambda tx: MOVES["confirmed"](tx, made))
    assert await books.read(lambda tx: tx.proposals.list_open_here(HERE)) == []
    listed = await books.database.read(lambda tx: tx.proposals.list_expired(10))
    assert [(tenant, x.id) for tenant, x in listed] == [("acme", made.id)]
    answers = await asyncio.gather(
        *(books.write(lambda tx: tx.proposals.expire(made)) for _ in range(20))
    )
    assert sum(answers) == 1
    assert (await get(books, made.id)).outcome == "expired"


async def test_a_clock_set_back_does_not_bring_a_decision_back(
    books: Company, clock: ManualClock
) -> None:
    made = await take_to(books, clock, "expired")
    clock.advance(-timedelta(days=1))
    assert not await books.write(lambda tx: MOVES["confirmed"](tx, made))


async def test_a_decision_and_its_effect_are_one(books: Company, clock: ManualClock) -> None:
    made = await propose(books, clock)

    def decide_and_fail(tx: SqlTx) -> None:
        assert MOVES["confirmed"](tx, made)
        raise ValueError("odd")

    with pytest.raises(ValueError, match="odd"):
        await books.write(decide_and_fail)
    assert (await get(books, made.id)).state == "pending"


async def test_drafts_are_open_where_they_were_made(books: Company, clock: ManualClock) -> None:
    first = await propose(books, clock)
    clock.advance(timedelta(seconds=1))
    second = await propose(books, clock, name="q")
    here = await books.read(lambda tx: tx.proposals.list_open_here(HERE))
    assert [x.id for x in here] == [second.id, first.id]
    assert await books.read(lambda tx: tx.proposals.list_open_here(THERE)) == []


async def test_requests_are_open_where_their_cards_hang(
    books: Company, clock: ManualClock
) -> None:
    made = await propose(books, clock, kind="request")
    await books.write(lambda tx: tx.cards.show(made, THERE))
    assert await books.read(lambda tx: tx.proposals.list_open_here(HERE)) == []
    there = await books.read(lambda tx: tx.proposals.list_open_here(THERE))
    assert [x.id for x in there] == [made.id]
    await books.write(lambda tx: tx.cards.show(replace(made, version=2), THERE))
    assert await books.read(lambda tx: tx.cards.list_places(made.id)) == [(THERE, 2)]


async def test_requests_are_listed_newest_first(books: Company, clock: ManualClock) -> None:
    for name in ("a", "b", "c"):
        await propose(books, clock, name=name, kind="request")
        clock.advance(timedelta(seconds=1))
    await propose(books, clock, name="draft")
    await books.write(
        lambda tx: tx.proposals.decide(
            tx.proposals.find_request("REFb"),  # type: ignore[arg-type]  # it is there
            "discarded",
            by=BEN,
            outcome="rejected",
            note="no",
        )
    )

    async def listed(**chosen: Any) -> list[str]:
        found = await books.read(lambda tx: tx.proposals.list_requests(**chosen))
        return [x.id for x in found]

    assert await listed() == ["c", "a"]
    assert await listed(only_open=False) == ["c", "b", "a"]
    assert await listed(only_open=False, limit=2) == ["c", "b"]
    assert await listed(requester_id=ANA) == ["c", "a"]
    assert await listed(requester_id=BEN) == []
    rejected = await get(books, ProposalId("b"))
    assert (rejected.outcome, rejected.note) == ("rejected", "no")


async def test_a_button_is_pressed_first_once(books: Company, clock: ManualClock) -> None:
    made = await propose(books, clock)
    await books.write(lambda tx: tx.cards.add_buttons(made, HERE, [("t-yes", "yes")]))
    pressed = await asyncio.gather(
        *(books.write(lambda tx: tx.cards.press("t-yes", HERE)) for _ in range(20))
    )
    assert {(x.proposal_id, x.version, x.choice) for x in pressed if x} == {("p", 1, "yes")}
    assert sum(not x.was_used for x in pressed if x) == 1
    for token, conversation in (("t-no", HERE), ("t-yes", THERE)):
        press = (token, conversation)
        assert await books.write(lambda tx, press=press: tx.cards.press(*press)) is None  # type: ignore[misc]  # bound now


async def test_a_button_works_only_in_its_tenant(books: Company, clock: ManualClock) -> None:
    made = await propose(books, clock)
    globex = Company(books.database, TenantId("globex"))
    await books.write(lambda tx: found_company(tx, tenant=globex.tenant))
    await books.write(lambda tx: tx.cards.add_buttons(made, HERE, [("t-yes", "yes")]))
    assert await globex.write(lambda tx: tx.cards.press("t-yes", HERE)) is None
    pressed = await books.write(lambda tx: tx.cards.press("t-yes", HERE))
    assert pressed is not None
    assert not pressed.was_used


async def test_a_change_is_taken_back_once(books: Company, clock: ManualClock) -> None:
    made = await propose(books, clock)
    await books.write(lambda tx: tx.changes.add(made.id, ANA, 0, "a", "{}"))
    await books.write(lambda tx: tx.changes.add(made.id, ANA, 1, "b", None))
    change = await books.read(lambda tx: tx.changes.find_last(ANA))
    assert change is not None
    assert (change.action, change.undo) == ("a", "{}")
    assert await books.read(lambda tx: tx.changes.find_last(BEN)) is None
    answers = await asyncio.gather(
        *(books.write(lambda tx: tx.changes.mark_undone(change.id)) for _ in range(20))
    )
    assert sum(answers) == 1
    assert await books.read(lambda tx: tx.changes.find_last(ANA)) is None


async def test_a_step_changes_things_once(books: Company, clock: ManualClock) -> None:
    made = await propose(books, clock)
    await books.write(lambda tx: tx.changes.add(made.id, ANA, 0, "a", "{}"))
    with pytest.raises(REFUSED_BY_DATABASE):
        await books.write(lambda tx: tx.changes.add(made.id, ANA, 0, "a", "{}"))


async def test_a_reference_is_unique_for_its_kind(books: Company, clock: ManualClock) -> None:
    made = await propose(books, clock)
    with pytest.raises(REFUSED_BY_DATABASE):
        await books.write(lambda tx: tx.proposals.add(replace(made, id=ProposalId("other"))))
    ref = await books.read(lambda tx: tx.proposals.new_ref())
    assert len(ref) == 4
