"""A10: what moves money, limits, people or roles is done by a plain yes and by nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.actions.base import Tier
from bot.actions.catalog import CATALOG
from bot.bills.reading import read_bill
from bot.cooldowns import Pace
from bot.ids import PrincipalId
from bot.messages import OutboundMessage
from bot.operations import bills
from bot.proposals.model import Proposal
from scheduler.jobs.kinds import ensure_company_plans
from storage.transaction import SqlTx
from tests.turns.chat import ACME, USD, Chat, spend
from tests.turns.test_approvals import request

# In an order in which each can be done after those before it. `{ref}` is a request that waits.
ORDERS: Final = {
    "request_budget": "ask for 10 more for design",
    "raise_budget": "raise design's budget by 20",
    "move_budget": "move 10 from design to launch",
    "approve_request": "approve {ref}",
    "reject_request": "reject {ref}, too much",
    "set_limit": "set design's daily limit to 600",
    "set_thresholds": "warn design at 70 and 90 %",
    "create_wallet": "create a wallet Website under Design",
    "add_person": "add Gina Rossi to design",
    "give_role": "make ana lead of design",
    "take_role": "ben is no longer lead of design",
    "set_role_limit": "let leads approve up to 500",
    "undo": "undo",
    "close_wallet": "close the launch wallet",
    "send_again": "resend {number}",
    "add_provider": "/provider add groq compatible small file:groq https://api.groq.com/openai/v1",
    "disable_provider": "disable provider groq",
    "enable_provider": "enable provider groq",
    "set_model_price": "/price groq/small 0.59 0.79",
    "add_routing_rule": "/route add nights cheapest task=summary hours=20-6",
    "remove_routing_rule": "/route remove nights",
    "set_provider_region": "/provider region groq us",
    "tune_provider": "/provider set groq structure=json total=30",
    "set_model_hosts": "/model_hosts api.mistral.ai",
    "set_personal_data": "personal data: block",
    "set_cost_cap": "cap models at $20 a day",
    "resume_models": "resume models",
    "set_plan": "put frank on basic",
    "give_back_quota": "give frank the quota back",
    "lift_pause": "lift the pause of frank",
    "pause_schedule": "pause the ledger check",
    "resume_schedule": "resume the ledger check",
    "pause_channel": "pause channel webhook",
    "resume_channel": "resume channel webhook",
    "set_channel": "send only alerts from 95 % on to pagerduty",
    "clear_tasks": "clear my todo list",
    "correct_usage": "/correct {bill}",
    "forget": "forget what you know about me",
    "unlink_account": "unlink frank's terminal account",
}
# Going on with the talk, in the window in which a lighter change could be taken for agreed.
TALK: Final = ("what's left for design?", "and last week?", "thanks", "hello", "why", "hmm", "?")


async def waiting(chat: Chat) -> list[Proposal]:
    """Return the drafts that wait for Elena's answer."""

    def read(tx: SqlTx) -> list[Proposal]:
        place = tx.conversations.find_of_person(PrincipalId("elena"))
        assert place is not None
        return [x for x in tx.proposals.list_open_here(place.id) if x.kind == "draft"]

    return await chat.database.read(read, tenant=ACME)


async def lose_message(chat: Chat) -> int:
    """Have a message to Ana not arrive; return its number."""

    def lose(tx: SqlTx) -> int:
        place = tx.conversations.open("telegram", "dm", "", PrincipalId("ana"))
        tx.outbox.add(OutboundMessage(place.id, "hello"), "telegram")
        tx.outbox.flush()
        (item,) = tx.outbox.list_next("telegram", 1)
        tx.outbox.begin([item.id])
        tx.outbox.end(item.id, "dead", why="refused")
        return item.id

    return await chat.database.write(lose, tenant=ACME)


async def import_bill(chat: Chat) -> str:
    """Import a bill that charges more than was counted, drop its draft; return its reference."""
    bill = read_bill(b"date,model,cost_usd\n2026-11-18,gpt-5,1.00\n", "test")

    def use(tx: SqlTx) -> str:
        spend(tx, "data", "frank", USD // 2, "gpt-5", "bill")
        return bills.keep(tx, bill)

    said = await chat.database.write(use, tenant=ACME)
    await chat.app.settled()
    await chat.say("elena", button=chat.buttons("elena")["no"])
    return said.partition("mport ")[2][:4]


async def prepare(chat: Chat, name: str) -> None:
    """Let there be what an order takes back."""
    if name == "resume_models":
        await chat.say("elena", "pause models")
    elif name == "clear_tasks":
        await chat.say("elena", "remind me to call Ben on Friday at 10")
        await chat.say("elena", "yes")
    elif name == "pause_schedule":
        await chat.database.write(ensure_company_plans)
    elif name == "give_back_quota":
        await chat.say("frank", "balance")
    elif name == "lift_pause":
        pace = Pace(messages=1, lasts_s=3600)

        def pause(tx: SqlTx) -> None:
            for _ in range(2):
                tx.paces.count(PrincipalId("frank"), pace, is_write=False)

        await chat.database.write(pause, tenant=ACME)


async def find(chat: Chat, draft: Proposal) -> Proposal:
    found = await chat.database.read(lambda tx: tx.proposals.find(draft.id), tenant=ACME)
    assert found is not None
    return found


def test_every_action_of_the_third_tier_is_tried() -> None:
    shown = {x.name for x in CATALOG if x.tier is Tier.T3 and not x.is_hidden}
    # What a whole chat is shown is ordered there: see `test_shared_digest`.
    assert shown == set(ORDERS) | {"share_digest", "post_digest"}


async def test_going_on_with_the_talk_never_confirms_what_needs_a_yes(chat: Chat) -> None:
    for name, order in ORDERS.items():
        ref = await request(chat, 30) if "{ref}" in order else ""
        number = await lose_message(chat) if "{number}" in order else 0
        bill = await import_bill(chat) if "{bill}" in order else ""
        await prepare(chat, name)
        card = await chat.say("elena", order.format(ref=ref, number=number, bill=bill))
        assert len(await waiting(chat)) == 1, (name, card)
        (draft,) = await waiting(chat)
        assert (draft.tier, name in draft.calls) == (Tier.T3, True), card
        for text in TALK:
            chat.clock.advance(timedelta(seconds=1))
            answer = await chat.say("elena", text)
            assert await find(chat, draft) == draft, (name, text, answer)
        await chat.say("elena", "yes")
        assert (await find(chat, draft)).state == "executed", name
