"""Looking back at requests: by how they stand, wallet, person and days."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.actions.asking import RaiseBudget
from bot.ids import ConversationId, PrincipalId, ProposalId, WalletId
from bot.ports import Tx
from bot.proposals.model import Proposal, State
from tests.turns.chat import ACME, USD, Chat

NOVEMBER = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 31, 22, 30, tzinfo=UTC)
# (reference, who, wallet, made at, state, outcome). In Madrid the second time is in November.
MADE: tuple[tuple[str, str, str, datetime, State, str | None], ...] = (
    ("22AA", "ana", "design", OCTOBER, "executed", "approved"),
    ("33AA", "ana", "design", NOVEMBER, "discarded", "rejected"),
    ("44AA", "ben", "launch", NOVEMBER, "discarded", "cancelled"),
    ("55AA", "ben", "data", NOVEMBER, "expired", "expired"),
    ("66AA", "ana", "data", OCTOBER + timedelta(hours=1), "failed", "wallet_closed"),
    ("77AA", "ben", "design", NOVEMBER, "pending", None),
)


def keep(
    tx: Tx, ref: str, who: str, wallet: str, at: datetime, state: State, outcome: str | None
) -> None:
    call = RaiseBudget(wallet_id=WalletId(wallet), amount_nanos=10 * USD)
    request = Proposal(
        ProposalId(ref),
        "request",
        ref,
        ConversationId("x"),
        PrincipalId(who),
        call.model_dump_json(),
        3,
        "pending",
        1,
        "{}",
        at,
        tx.now + timedelta(days=1) if state != "expired" else at,
        wallet_id=WalletId(wallet),
    )
    tx.proposals.add(request)
    if state in {"executed", "failed"}:
        tx.proposals.decide(request, "confirmed", by=PrincipalId("elena"))
        tx.proposals.finish(
            request.id, "executed" if state == "executed" else "failed", outcome or ""
        )
    elif state == "discarded":
        tx.proposals.decide(request, "discarded", by=PrincipalId("elena"), outcome=outcome)
    elif state == "expired":
        tx.proposals.expire(request)


@pytest.fixture
async def past(chat: Chat) -> Chat:
    def fill(tx: Tx) -> None:
        for row in MADE:
            keep(tx, *row)

    await chat.database.write(fill, tenant=ACME)
    return chat


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("list all requests", {"22AA", "33AA", "44AA", "55AA", "66AA", "77AA"}),
        ("requests of last month", {"22AA"}),
        ("rejected requests", {"33AA"}),
        ("approved requests", {"22AA"}),
        ("cancelled requests of this month", {"44AA"}),
        ("expired requests", {"55AA"}),
        ("failed requests", {"66AA"}),
        ("requests of design", {"22AA", "33AA", "44AA", "77AA"}),
        ("open requests of design", {"77AA"}),
        ("rejected requests of design", {"33AA"}),
        ("ana's requests", {"22AA", "33AA", "66AA"}),
        ("/requests all design october", {"22AA"}),
        ("requests from ben in october", set()),
        ("solicitudes rechazadas de design", {"33AA"}),
        ("solicitudes del mes pasado", {"22AA"}),
    ],
)
async def test_requests_are_found(past: Chat, text: str, refs: set[str]) -> None:
    answer = await past.say("elena", text)
    assert {ref for ref, *_ in MADE if f"#{ref}" in answer} == refs
    if not refs:
        assert answer.startswith("No requests: Ben Ortiz, ")


async def test_what_was_looked_for_is_said(past: Chat) -> None:
    answer = await past.say("elena", "rejected requests of design this month")
    assert answer.startswith("Requests: Design, rejected, ")


async def test_everybody_finds_only_what_concerns_them(past: Chat) -> None:
    """Ana is a member of Design: what others ask for Data is none of hers."""
    answer = await past.say("ana", "list all requests")
    assert {ref for ref, *_ in MADE if f"#{ref}" in answer} == {
        "22AA",
        "33AA",
        "44AA",
        "66AA",
        "77AA",
    }
    assert "#55AA" not in await past.say("ana", "requests of data")
    mine = await past.say("ana", "my rejected requests")
    assert "#33AA" in mine
    assert "#22AA" not in mine


async def test_of_many_the_latest_are_shown_and_the_others_counted(past: Chat) -> None:
    def fill(tx: Tx) -> None:
        letters = "ABCDEFGHJKMNPQRSTVWXYZ"
        for index in range(30):
            ref = f"8{letters[index // 22]}{letters[index % 22]}9"
            keep(tx, ref, "ana", "data", NOVEMBER + timedelta(minutes=index), "expired", "expired")

    await past.database.write(fill, tenant=ACME)
    answer = await past.say("elena", "expired requests of data")
    assert "(31)" in answer
    assert len([line for line in answer.splitlines() if line.strip().startswith("#")]) == 20
    assert "and 11 more" in answer


async def test_a_guest_asks_and_is_found_by_whoever_manages_people(both: Chat) -> None:
    await both.write("slack", "U0GINA", "hello", name="Gina Rossi")
    await both.write("slack", "U0GINA", "yes")
    assert "to be let in" in await both.say("elena", "list all requests")
