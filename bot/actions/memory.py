"""What the bot keeps about a person: showing it, and erasing what it can do without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.access import Principal, require
from bot.actions.base import Action, ActionCall, Notice, Preview, Receipt, Tier
from bot.actions.task_plans import stop_telling
from bot.allowances import PlanName
from bot.errors.kinds import NotFound
from bot.ids import PrincipalId
from bot.memory import Summary
from bot.people.quiet import QuietHours
from bot.ports import Actor, Tx

Handle = Annotated[str, Field(min_length=1, max_length=40)]


class ShowMemory(ActionCall):
    """Show what the bot keeps about the asker."""

    action: Literal["show_memory"] = "show_memory"


class Forget(ActionCall):
    """Erase what was said by the asker, or by a person for whoever manages people.

    `handle` names somebody who is not among the names any more: shut out, but still kept.
    """

    action: Literal["forget"] = "forget"
    person_id: PrincipalId | None = None
    handle: Handle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryReceipt(Receipt):
    """What is kept about a person; `words` is how many messages lie behind the audit log."""

    name: str
    accounts: tuple[str, ...]
    roles: tuple[tuple[str, str | None], ...]
    home: str | None
    quiet: QuietHours | None
    turns: int
    since: datetime | None
    summaries: tuple[Summary, ...]
    wallets: dict[str, str]
    words: int
    plan: PlanName
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten(Receipt):
    """What was erased, by kind: turns of talks, summaries, words, messages and answers."""

    name: str
    by: str
    is_own: bool
    turns: int
    summaries: int
    words: int
    messages: int
    answers: int
    tasks: int


def show_memory(call: ShowMemory, tx: Tx, actor: Actor) -> Receipt:
    """Read what is kept about the asker; never about anybody else."""
    person = actor.person
    names = {str(wallet.id): wallet.name for wallet in tx.wallets.list_all()}
    held = tx.memory.held(person.id)
    return MemoryReceipt(
        name=person.name,
        accounts=tuple(account.label for account in tx.people.list_accounts(person.id)),
        roles=tuple((x.role, names.get(x.wallet_id)) for x in person.grants),
        home=None if person.home_wallet_id is None else names.get(person.home_wallet_id),
        quiet=person.quiet,
        turns=held.turns,
        since=held.since,
        summaries=held.summaries,
        wallets=names,
        words=tx.audit.count_content(person.id),
        plan=actor.allowances.of(person.plan).plan,
        tasks=len(tx.tasks.list_live(person.id)),
    )


def preview_forget(call: Forget, tx: Tx, actor: Actor) -> Preview:
    """Show whose words would be erased."""
    person = _whose(call, tx, actor)
    return Preview(action=call.action, subject=person.name, is_own=person.id == actor.person.id)


def forget(call: Forget, tx: Tx, actor: Actor) -> Receipt:
    """Erase what a person said, wherever the bot can do without it. Safe to repeat.

    What moved money and what the audit log says of it stays; of the words behind it only the
    salted digest is left, and without its salt that says nothing.

    Raises:
        NotAllowed: the words are another's, and the asker does not manage people.
    """
    person = _whose(call, tx, actor)
    turns, summaries = tx.memory.forget(person.id)
    tx.conversations.forget(person.id)
    tx.proposals.forget_words(person.id)
    tx.changes.forget_tasks(person.id)
    is_own = person.id == actor.person.id
    tx.offered_files.erase(person.id)
    tasks = tx.tasks.forget(person.id)
    for task_id in tasks:
        stop_telling(tx, task_id)
    return Forgotten(
        name=person.name,
        by=actor.person.name,
        is_own=is_own,
        turns=turns,
        summaries=summaries,
        words=tx.audit.erase_content(person.id),
        messages=tx.inbox.erase(person.id),
        answers=tx.outbox.erase(person.id),
        tasks=len(tasks),
        notices=() if is_own or person.is_disabled else (Notice(to=person.id),),
    )


def _whose(call: Forget, tx: Tx, actor: Actor) -> Principal:
    if call.handle is not None:
        require(actor.person, "people.manage")
        found = tx.people.find_by_handle(call.handle)
        if found is None:
            raise NotFound("person", call.handle)
        return found
    if call.person_id is None or call.person_id == actor.person.id:
        return actor.person
    require(actor.person, "people.manage")
    return tx.people.get(call.person_id)


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        ShowMemory,
        Tier.T1,
        "account.own",
        show_memory,
        is_free=True,
        examples={"en": ("memory",), "es": ("memoria",)},
    ),
    Action(
        Forget,
        Tier.T3,
        "account.own",
        forget,
        preview_forget,
        examples={"en": ("forget what you know about me",), "es": ("olvida lo que sabes de mí",)},
    ),
)
