"""What is kept of a talk so that it can go on: its last turns, and older ones summed up.

Kept only where a model reads, for people of the company, each conversation by itself. What is
kept serves to understand a question; nothing is ever done because it stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from bot.guards.redaction import redact
from bot.guards.secrets import find_secrets
from bot.ids import ConversationId, PrincipalId, WalletId

# So many turns of a conversation are kept as they were; what is older is counted.
MOST_TURNS: Final = 64
# So much of each side of a turn is kept, and this much of it is looked through for secrets.
MOST_CHARACTERS: Final = 500
_MOST_READ: Final = 4000
# So much of a summary is kept, and so many of the wallets that were spoken of last.
MOST_SUMMARY: Final = 600
MOST_WALLETS: Final = 3


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """One turn: what the person wrote, what they were answered, and what read it.

    `id` is the message's in the inbox, so that turns have an order and none is kept twice.
    `actions` are the names of what was asked for; `wallet_id` is what the talk was about then.
    """

    id: int
    said: str
    answered: str
    read_by: str
    actions: tuple[str, ...]
    wallet_id: WalletId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """What turns came to that are not kept any more.

    `text` is a model's, empty where none was asked. `counts` says how often each action was asked
    for in turns that no model has summed up, `wallets` what they were about, latest first.
    """

    text: str
    counts: Mapping[str, int]
    wallets: tuple[WalletId, ...]
    turns: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept about one person in all their conversations; `since` None for nothing."""

    turns: int
    since: datetime | None
    summaries: tuple[Summary, ...]


class MemoryStore(Protocol):
    """What is kept of the talks of a tenant."""

    def keep(
        self, conversation_id: ConversationId, person_id: PrincipalId, turn: KeptTurn
    ) -> None: ...
    def list_turns(self, conversation_id: ConversationId, limit: int) -> list[KeptTurn]:
        """Return the last turns of a conversation, oldest first."""
        ...

    def find_summary(self, conversation_id: ConversationId) -> Summary | None: ...
    def take_turns(self, conversation_id: ConversationId, upto_id: int) -> int:
        """Remove the turns up to one, itself included; return how many those were."""
        ...

    def set_summary(
        self, conversation_id: ConversationId, person_id: PrincipalId, new: Summary
    ) -> None: ...
    def held(self, person_id: PrincipalId) -> Held: ...
    def list_long(self, most: int, limit: int) -> list[tuple[ConversationId, PrincipalId]]: ...
    def forget(self, person_id: PrincipalId) -> tuple[int, int]: ...
    def drop_old(self, before: datetime, limit: int) -> int: ...


def kept_turn(
    turn_id: int,
    said: str,
    answers: Sequence[str],
    *,
    read_by: str,
    actions: Sequence[str],
    wallet_id: WalletId | None,
    at: datetime,
) -> KeptTurn:
    """Return a turn as it may be kept: short, and without any secret."""
    return KeptTurn(
        turn_id,
        keepable(said),
        keepable("\n".join(answers)),
        read_by,
        tuple(actions),
        wallet_id,
        at,
    )


def keepable(text: str, most: int = MOST_CHARACTERS) -> str:
    """Return the beginning of a text, with placeholders for secrets."""
    text = text[:_MOST_READ].strip()
    found = find_secrets(text)
    if found:
        # Before it is cut: half a key is not known for one.
        text = redact(text, found).text
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def add_up(summary: Summary | None, turns: Sequence[KeptTurn]) -> Summary:
    """Return a summary with more turns counted into it, oldest first; at least one."""
    counts = Counter[str]() if summary is None else Counter(summary.counts)
    wallets: list[WalletId] = [] if summary is None else [*summary.wallets]
    for turn in turns:
        counts.update(turn.actions)
        if turn.wallet_id is not None:
            wallets = [turn.wallet_id, *(x for x in wallets if x != turn.wallet_id)]
    return Summary(
        text="" if summary is None else summary.text,
        counts=dict(counts.most_common()),
        wallets=tuple(wallets[:MOST_WALLETS]),
        turns=len(turns) + (0 if summary is None else summary.turns),
        since=turns[0].at if summary is None else summary.since,
        until=turns[-1].at,
    )


def sum_up(summary: Summary | None, turns: Sequence[KeptTurn], text: str) -> Summary:
    """Return the summary that a model made of an older one and the turns after it."""
    counted = add_up(summary, turns)
    return Summary(
        keepable(text, MOST_SUMMARY), {}, (), counted.turns, counted.since, counted.until
    )


class MovedOn(Exception):
    """What was to be summed up is not there any more: another task did it, or it was forgotten."""


def fold(
    store: MemoryStore,
    conversation_id: ConversationId,
    person_id: PrincipalId,
    turns: Sequence[KeptTurn],
    summary: Summary,
) -> None:
    """Put a summary in the place of the turns that it was made of, at least one.

    Taking the turns out is what claims them: whoever finds other turns there than those that
    were read has read too early, and what they made of it must not be kept.

    Raises:
        MovedOn: they are not all there, or are others; the caller's transaction must not commit.
    """
    if store.take_turns(conversation_id, turns[-1].id) != len(turns):
        raise MovedOn
    store.set_summary(conversation_id, person_id, summary)
