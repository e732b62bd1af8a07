"""A digest for everybody in a chat at once, whether or not one comes there by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from bot.actions.base import Action, ActionCall, Preview, Receipt, Tier, record
from bot.actions.digest import digest_of
from bot.actions.digest_times import days_of
from bot.actions.shared_digest import SHOWS, chat_of, find_running, shown_wallets
from bot.economy.wallets import Wallet
from bot.ids import WalletId
from bot.ports import Actor, Tx
from bot.reports.balance import today
from bot.reports.digest import gather_figures


class PostDigest(ActionCall):
    """Show everybody in this chat the digest of a wallet now, once.

    Of the wallet, else of those that the chat is told of, else of the highest that the asker may
    show.
    """

    action: Literal["post_digest"] = "post_digest"
    wallet_id: WalletId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPosted(Receipt):
    """What a chat was shown."""

    wallets: tuple[Wallet, ...]


def preview_post(call: PostDigest, tx: Tx, actor: Actor) -> Preview:
    """Show of which wallets the chat would be told."""
    found = find_running(tx, chat_of(tx, actor))
    ids = shown_wallets(tx, actor, call.wallet_id, None if found is None else found[0])
    return Preview(action=call.action, subject=", ".join(tx.wallets.get(x).name for x in ids))


def post_digest(call: PostDigest, tx: Tx, actor: Actor) -> Receipt:
    """Make the digest that everybody there reads. What comes there by itself stays as it is.

    Raises:
        NotShared: nobody else reads here.
        NotAllowed: a wallet is not the asker's to show.
    """
    found = find_running(tx, chat_of(tx, actor))
    was = None if found is None else found[0]
    ids = shown_wallets(tx, actor, call.wallet_id, was)
    days = 1 if found is None else days_of(found[1].plan.rule, today(tx))
    figures = gather_figures(tx, ids, today(tx) - timedelta(days=1), days=days)
    made = digest_of(figures, tx, actor, is_shared=True)
    subject = actor.person.id if was is None else was.id
    record(tx, actor, "digest_posted", subject, {"wallets": list(ids)})
    return DigestPosted(wallets=tuple(tx.wallets.get(one) for one in ids), for_all=made)


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        PostDigest,
        # What others have read cannot be taken back.
        Tier.T3,
        SHOWS,
        post_digest,
        preview_post,
        examples={
            "en": ("digest here now", "digest of Design here now"),
            "es": ("resumen aquí ahora", "resumen de Diseño aquí ahora"),
        },
    ),
)
