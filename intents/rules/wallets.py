"""Making, naming and closing wallets."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from bot.actions.wallets import CloseWallet, CreateWallet, RenameWallet
from bot.planning import Choice, Question
from intents.extract.letters import words
from intents.extract.money import Amount
from intents.names import Named, has_mixed_scripts, split_name
from intents.rules.patterns import Found, Outcome, rows
from intents.rules.slots import ask, nanos_of, slice_name, with_wallet

# What people make that is no wallet.
_NO_NAMES: Final = frozenset(
    words(
        "meeting lunch dinner event plan call party reminder calendar list task document chat "
        "channel group reunion comida cena evento plan llamada fiesta recordatorio calendario "
        "lista tarea documento canal grupo report informe photo video game name"
    )
)
_KINDS: Final = frozenset(words("wallet team project cartera equipo proyecto monedero billetera"))
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
    if not found.slots.get("w1") and not found.has("call") and not _is_plainly_name(found, name):
        return ask(sentence, "not_understood", near=("create_wallet",))
    kind: Literal["team", "project", "person"] = "team" if found.has("team") else "project"
    full, _, above = _parted(found, name)
    limit: int | None = None
    piece = found.piece("a1")
    if piece is not None:
        limit = nanos_of(piece.value) if isinstance(piece.value, Amount) else None
        if limit is None:
            return ask(sentence, "which_amount", given=sentence.text[piece.start : piece.end])
    roots = sentence.index.roots
    if kind == "team" and not found.slots.get("w1") and len(roots) == 1 and not above:
        return CreateWallet(name=full, parent_id=roots[0].id, kind=kind, limit_nanos=limit)
    if found.slots.get("w1") is None:
        # The name of the wallet above it alone answers.
        asked = ask(sentence, "which_parent", given=above)
        return replace(asked, text=f"create {kind} {full} under {above}".rstrip())
    return with_wallet(
        found,
        "w1",
        lambda parent_id: CreateWallet(
            name=full, parent_id=parent_id, kind=kind, limit_nanos=limit
        ),
        default="none",
    )


def _parted(found: Found, name: str) -> tuple[str, str, str]:
    """Part "Website under nosuch" into the new name and what it is to stand below."""
    first, last = found.name_at or (0, 0)
    for piece in found.pieces[first + 1 : last - 1]:
        if piece.sign == "under":
            word = found.sentence.text[piece.start : piece.end]
            before, _, after = name.partition(f" {word} ")
            return before, word, after
    return name, "", ""


def _is_plainly_name(found: Found, name: str) -> bool:
    """Tell "team Marketing" from "a team lunch on friday"."""
    if name[0].isupper() or name[0].isdigit() or f'"{name}' in found.sentence.text:
        return True
    return len(name.split()) == 1 and split_name(name)[0] not in _NO_NAMES


def rename_called(found: Found) -> Outcome:
    """Read "call helpdesk Care" as a new name, and "call ben ..." as none of ours."""
    piece = found.piece("w1")
    if piece is None or not isinstance(piece.value, Named) or piece.value.people:
        return ask(found.sentence, "not_understood", near=("rename_wallet",))
    return rename(found)


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
        default="none",
    )


def remove(found: Found) -> Outcome:
    """Close what "remove the launch wallet" names; "remove launch" may mean the thing itself."""
    piece = found.piece("w1")
    if piece is None or not isinstance(piece.value, Named) or piece.value.people:
        return ask(found.sentence, "not_understood", near=("close_wallet", "take_role"))
    call = close(found)
    typed = found.sentence.text[piece.start : piece.end]
    if isinstance(call, Question) or says_kind(typed):
        return call
    return ask(
        found.sentence,
        "which_wallet",
        given=typed,
        choices=(Choice(piece.value.wallets[0].path, (call,)),),
    )


def says_kind(typed: str) -> bool:
    """Tell whether words say of what kind what they name is: "the launch wallet"."""
    return not _KINDS.isdisjoint(split_name(typed))


def close(found: Found) -> Outcome:
    """Close a wallet, which must be named or be the topic."""
    return with_wallet(
        found, "w1", lambda wallet_id: CloseWallet(wallet_id=wallet_id), default="none"
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
        (need|new) [new] (wallet|team|project) [new] [call|:] Z (in|under|for|to|of) \
            [team|project] W {with?}
        (need|new) [new] (wallet|team|project) [new] [call|:] Z with [V] [limit|budget] \
            [of] A [V] \
            (in|under|for|to|of) W
        (need|new) [new] (wallet|team|project) [new] [call|:] (in|under|for|to|of) W call Z
        (need|new) [new] (wallet|team|project) [new] [call|:] (in|under|for|to|of) W \
            [with] [V] [limit|budget] \
            [of] A [V] call Z
        (need|new) [new] (wallet|team|project) [new] [call|:] Z with [V] [limit|budget] [of] A [V]
        (need|new) [new] (wallet|team|project) [new] [call|:] Z
        (create|make|open|set|add) [new] Z (as|how) [new] (project|team|wallet) \
            (in|under|of|for) W
        (create|make) [new] W:x1 (wallet|team|project)
        (create|make|open|set|add|need) [me] [new] (wallet|team|project) [in|under|for] [W]
        create Z (in|under) W with [V] [limit|budget] [of] A [V]
        create [new] Z (wallet|team|project) (in|under|for|to|of) W {with?}
        create [new] Z (wallet|team|project)
        create Z (in|under) W
        (create|make|open|set|add) [new] {kind} for Z (in|under|to|of) W {with?}
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
        (give|set|put) [to] W [new] name [of] Z
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
    *rows(
        rename_called,
        """
        call W Z
        call to W Z
        call Z to W
        """,
    ),
)
