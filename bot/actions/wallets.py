"""Making, naming and closing wallets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from bot.access import require
from bot.actions.asking import chain_ids
from bot.actions.base import (
    Action,
    ActionCall,
    AmountNanos,
    Name,
    Preview,
    Receipt,
    Tier,
)
from bot.economy import budgets, limit_changes
from bot.economy.budgets import read_budgets
from bot.economy.wallets import Wallet, clean_name
from bot.errors.kinds import InvalidInput
from bot.errors.money import WalletClosed
from bot.ids import WalletId, new_id
from bot.ports import Actor, Tx


class CreateWallet(ActionCall):
    """Make a wallet below another one, with a month limit where one is given."""

    action: Literal["create_wallet"] = "create_wallet"
    name: Name
    parent_id: WalletId
    kind: Literal["team", "project", "person"] = "project"
    limit_nanos: AmountNanos | None = None


class RenameWallet(ActionCall):
    """Give a wallet another name; its history stays."""

    action: Literal["rename_wallet"] = "rename_wallet"
    wallet_id: WalletId
    name: Name


class CloseWallet(ActionCall):
    """Close a wallet: nothing is spent from it any more; its history stays."""

    action: Literal["close_wallet"] = "close_wallet"
    wallet_id: WalletId


class ReopenWallet(ActionCall):
    """Open a closed wallet again: the inverse of closing it."""

    action: Literal["reopen_wallet"] = "reopen_wallet"
    wallet_id: WalletId


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletChanged(Receipt):
    """A wallet was created, renamed, closed or opened again. `before` is a former name."""

    how: Literal["created", "renamed", "closed", "reopened"]
    wallet: str
    before: str | None = None
    parent: str | None = None
    limit_nanos: int | None = None


def preview_create(call: CreateWallet, tx: Tx, actor: Actor) -> Preview:
    """Show where a new wallet would stand."""
    parent, name = _placed(call, tx, actor)
    return Preview(
        action=call.action,
        subject=name,
        target=parent.name,
        after=call.limit_nanos,
        span="month",
    )


def create_wallet(call: CreateWallet, tx: Tx, actor: Actor) -> Receipt:
    """Make a wallet. Raises `InvalidInput` when the name is taken or cannot be one."""
    tx.wallets.claim(call.parent_id)
    parent, name = _placed(call, tx, actor)
    wallet = Wallet(WalletId(new_id()), parent.id, call.kind, name)
    tx.wallets.add(wallet)
    if call.limit_nanos is not None:
        limit_changes.set_limit(
            tx, wallet.id, "month", call.limit_nanos, key=actor.key, actor=actor.person.id
        )
    return WalletChanged(
        how="created",
        wallet=name,
        parent=parent.name,
        limit_nanos=call.limit_nanos,
        undo=CloseWallet(wallet_id=wallet.id),
        topic=wallet.id,
    )


def preview_rename(call: RenameWallet, tx: Tx, actor: Actor) -> Preview:
    """Show both names. Raises `InvalidInput` where they are the same."""
    wallet = _managed(call.wallet_id, tx, actor)
    name = _free_name(call.name, tx, besides=wallet.id)
    if name == wallet.name:
        raise InvalidInput("name", "is its name already", example=f"{name} 2")
    return Preview(action=call.action, subject=wallet.name, before=wallet.name, after=name)


def rename_wallet(call: RenameWallet, tx: Tx, actor: Actor) -> Receipt:
    """Rename a wallet. Raises `InvalidInput` when the name is taken or cannot be one."""
    wallet = _managed(call.wallet_id, tx, actor)
    name = _free_name(call.name, tx, besides=wallet.id)
    tx.wallets.rename(wallet.id, name)
    return WalletChanged(
        how="renamed",
        wallet=name,
        before=wallet.name,
        undo=RenameWallet(wallet_id=wallet.id, name=wallet.name),
        topic=wallet.id,
    )


def preview_close(call: CloseWallet, tx: Tx, actor: Actor) -> Preview:
    """Show what is closed and what of its budget is left."""
    wallet = _closable(call.wallet_id, tx, actor)
    running = next(iter(read_budgets(tx, [wallet])), None)
    return Preview(
        action=call.action,
        subject=wallet.name,
        used_nanos=running.used_nanos if running else None,
        before=running.limit_nanos if running else None,
        span=running.limit.span if running else None,
    )


def close_wallet(call: CloseWallet, tx: Tx, actor: Actor) -> Receipt:
    """Close a wallet, once.

    Raises:
        WalletClosed: it is closed.
        InvalidInput: it is the company's own, or has open wallets below it.
    """
    tx.wallets.claim(call.wallet_id)
    wallet = _closable(call.wallet_id, tx, actor)
    if not tx.wallets.set_closed(wallet.id, True):
        raise WalletClosed(wallet.id)
    return WalletChanged(
        how="closed", wallet=wallet.name, undo=ReopenWallet(wallet_id=wallet.id), topic=None
    )


def preview_reopen(call: ReopenWallet, tx: Tx, actor: Actor) -> Preview:
    """Show what is opened again."""
    wallet = _reopenable(call.wallet_id, tx, actor)
    return Preview(action=call.action, subject=wallet.name)


def reopen_wallet(call: ReopenWallet, tx: Tx, actor: Actor) -> Receipt:
    """Open a closed wallet again, once."""
    parent_id = tx.wallets.get(call.wallet_id).parent_id
    if parent_id is not None:
        tx.wallets.claim(parent_id)
    wallet = _reopenable(call.wallet_id, tx, actor)
    tx.wallets.set_closed(wallet.id, False)
    return WalletChanged(
        how="reopened",
        wallet=wallet.name,
        undo=CloseWallet(wallet_id=wallet.id),
        topic=wallet.id,
    )


def _managed(wallet_id: WalletId, tx: Tx, actor: Actor) -> Wallet:
    require(actor.person, "wallet.manage", chain_ids(tx, wallet_id))
    return budgets.get_open_wallet(tx, wallet_id)


def _placed(call: CreateWallet, tx: Tx, actor: Actor) -> tuple[Wallet, str]:
    parent = _managed(call.parent_id, tx, actor)
    if call.limit_nanos is not None:
        # Making a wallet is an administrator's; what it may spend is finance's.
        require(actor.person, "wallet.limit", chain_ids(tx, call.parent_id))
    return parent, _free_name(call.name, tx)


def _free_name(name: str, tx: Tx, *, besides: WalletId | None = None) -> str:
    cleaned = clean_name(name)
    same = tx.wallets.find_by_name(cleaned)
    if same is not None and same.id != besides:
        raise InvalidInput("name", "is taken by another wallet", example=f"{cleaned} 2")
    return cleaned


def _closable(wallet_id: WalletId, tx: Tx, actor: Actor) -> Wallet:
    wallet = _managed(wallet_id, tx, actor)
    if wallet.parent_id is None:
        raise InvalidInput("wallet", "the company's own wallet stays open", example="close brand")
    if any(x.parent_id == wallet_id and not x.is_closed for x in tx.wallets.list_all()):
        raise InvalidInput("wallet", "has open wallets below it", example="close those first")
    return wallet


def _reopenable(wallet_id: WalletId, tx: Tx, actor: Actor) -> Wallet:
    require(actor.person, "wallet.manage", chain_ids(tx, wallet_id))
    wallet = tx.wallets.get(wallet_id)
    if not wallet.is_closed:
        raise InvalidInput("wallet", "is open already", example="close brand")
    _free_name(wallet.name, tx, besides=wallet.id)
    if wallet.parent_id is not None:
        budgets.get_open_wallet(tx, wallet.parent_id)
    return wallet


ACTIONS: tuple[Action[Any], ...] = (  # Any: each has its own type of call
    Action(
        CreateWallet,
        Tier.T3,
        "wallet.manage",
        create_wallet,
        preview_create,
        examples={
            "en": ("create a wallet Website under Design",),
            "es": ("crea una cartera Web en Diseño",),
        },
    ),
    Action(
        RenameWallet,
        Tier.T2,
        "wallet.manage",
        rename_wallet,
        preview_rename,
        examples={
            "en": ("rename Brand to Identity",),
            "es": ("cambia el nombre de Brand a Identidad",),
        },
    ),
    Action(
        CloseWallet,
        Tier.T3,
        "wallet.manage",
        close_wallet,
        preview_close,
        examples={"en": ("close the Brand wallet",), "es": ("cierra la cartera Brand",)},
    ),
    Action(ReopenWallet, Tier.T3, "undo", reopen_wallet, preview_reopen, is_hidden=True),
)
