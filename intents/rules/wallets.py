"""Making, naming and closing wallets."""

from __future__ import annotations

from typing import Final, Literal

from bot.actions.wallets import CloseWallet, CreateWallet, RenameWallet
from intents.extract.money import Amount
from intents.names import Named, has_mixed_scripts
from intents.rules.patterns import Found, Outcome, rows
from intents.rules.slots import ask, nanos_of, slice_name, with_wallet

_MAX_NAME: Final = 100
_MAX_NAME_WORDS: Final = 6


def _usable(name: str | None) -> bool:
    return (
        name is not None
        and 0 < len(name) <= _MAX_NAME
        and name.isprintable()
        and len(name.split()) <= _MAX_NAME_WORDS
        and not has_mixed_scripts(name)
        and any(c.isalnum() for c in name)
    )


def create(found: Found) -> Outcome:
    """Make a wallet; a team stands below the organisation, anything else must be placed."""
    sentence = found.sentence
    name = slice_name(found)
    if name is None or not _usable(name):
        return ask(sentence, "which_name", given=name or "")
    full = name
    kind: Literal["team", "project", "person"] = "team" if found.has("team") else "project"
    limit: int | None = None
    piece = found.piece("a1")
    if piece is not None:
        limit = nanos_of(piece.value) if isinstance(piece.value, Amount) else None
        if limit is None:
            return ask(sentence, "which_amount", given=sentence.text[piece.start : piece.end])
    roots = sentence.index.roots
    if kind == "team" and not found.slots.get("w1") and len(roots) == 1:
        return CreateWallet(name=full, parent_id=roots[0].id, kind=kind, limit_nanos=limit)
    if found.slots.get("w1") is None:
        return ask(sentence, "which_wallet")
    return with_wallet(
        found,
        "w1",
        lambda parent_id: CreateWallet(
            name=full, parent_id=parent_id, kind=kind, limit_nanos=limit
        ),
        is_home_meant=False,
    )


def rename(found: Found) -> Outcome:
    """Give a wallet another name."""
    name = slice_name(found)
    if name is None or not _usable(name):
        return ask(found.sentence, "which_name", given=name or "")
    full = name
    return with_wallet(
        found,
        "w1",
        lambda wallet_id: RenameWallet(wallet_id=wallet_id, name=full),
        is_home_meant=False,
    )


def remove(found: Found) -> Outcome:
    """Close what "remove launch" names; whether a person is meant must be said."""
    piece = found.piece("w1")
    if piece is None or not isinstance(piece.value, Named) or piece.value.people:
        return ask(found.sentence, "not_understood", near=("close_wallet", "take_role"))
    return close(found)


def close(found: Found) -> Outcome:
    """Close a wallet, which must be named or be the topic."""
    return with_wallet(
        found, "w1", lambda wallet_id: CloseWallet(wallet_id=wallet_id), is_home_meant=False
    )


RULES: Final = (
    *rows(
        create,
        """
        (create|make|open|set|add) [me] [new] {kind} [new] [call|:] Z (in|under|for|to|of) \
            [team|project] W {with?}
        (create|make|open|set|add) [me] [new] {kind} [new] [call|:] Z with [V] \
            [limit|budget] [of] A [V] (in|under|for|to|of) W
        (create|make|open|set|add) [me] [new] {kind} [new] [call|:] (in|under|for|to|of) W call Z
        (create|make|open|set|add) [me] [new] {kind} [new] [call|:] (in|under|for|to|of) W \
            [with] [V] [limit|budget] [of] A [V] call Z
        (create|make|open|set|add) [me] [new] {kind} [new] [call|:] Z with [V] \
            [limit|budget] [of] A [V]
        (create|make|open|set|add) [me] [new] {kind} [new] [call|:] Z
        (need|new) [new] {kind} [new] [call|:] Z (in|under|for|to|of) [team|project] W {with?}
        (need|new) [new] {kind} [new] [call|:] Z with [V] [limit|budget] [of] A [V] \
            (in|under|for|to|of) W
        (need|new) [new] {kind} [new] [call|:] (in|under|for|to|of) W call Z
        (need|new) [new] {kind} [new] [call|:] (in|under|for|to|of) W [with] [V] [limit|budget] \
            [of] A [V] call Z
        (need|new) [new] {kind} [new] [call|:] Z with [V] [limit|budget] [of] A [V]
        (need|new) [new] {kind} [new] [call|:] Z
        (create|make|open|set|add) [new] Z (as|how) [new] (project|team|wallet) \
            (in|under|of|for) W
        (create|make) [new] W:x1 (wallet|team|project)
        (create|make|open|set|add|need) [me] [new] (wallet|team|project) [in|under|for] [W]
        create Z (in|under) W with [V] [limit|budget] [of] A [V]
        create [new] Z (wallet|team|project) (in|under|for|to|of) W {with?}
        create [new] Z (wallet|team|project)
        create Z (in|under) W
        """,
    ),
    *rows(
        rename,
        """
        rename [to] W (to|as|how|by|for|=) Z
        rename [to] W [and] call [it] Z
        rename [to] W
        (set|make|put) name [of] W (to|by|for|in|as|of) Z
        (set|make|put) W name (to|by|for|in|as) Z
        call [to] W [to] Z
        call Z to W
        """,
    ),
    *rows(
        close,
        """
        close [down] [wallet|it] [of] W
        remove (wallet|team|project) [of] W
        close (wallet|team|project)
        """,
    ),
    *rows(remove, "remove W"),
)
