"""Adding people, and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from bot.actions.people import AddPerson, GiveRole, Role, TakeRole
from bot.ids import WalletId
from intents.names import Named, has_mixed_scripts
from intents.rules.patterns import Found, Outcome, rows
from intents.rules.slots import ask, slice_name, with_person, with_wallet

_MAX_NAME_WORDS: Final = 4


def role_of(found: Found) -> Role | None:
    """Return the one role that is named."""
    signs = [p.sign for p in found.pieces if p.sign[0] == "K" and len(p.sign) > 2]
    # The signs are "K" and a role, so the cast holds for every entry of the word lists.
    return cast(Role, signs[0][1:]) if len(set(signs)) == 1 else None


def _with_scope(found: Found, label: str, then: Callable[[WalletId | None], Outcome]) -> Outcome:
    if not found.slots.get(label):
        return then(None)
    return with_wallet(found, label, then, default="none")


def give_role(found: Found) -> Outcome:
    """Give a person a role, for one wallet where one is named."""
    return _change_role(found, GiveRole)


def take_role(found: Found) -> Outcome:
    """Take a role from a person."""
    return _change_role(found, TakeRole)


def _change_role(found: Found, change: type[GiveRole] | type[TakeRole]) -> Outcome:
    role = role_of(found)
    if role is None:
        return ask(found.sentence, "which_role")
    return with_person(
        found,
        "w1",
        lambda person_id: _with_scope(
            found,
            "w2",
            lambda wallet_id: change(person_id=person_id, role=role, wallet_id=wallet_id),
        ),
    )


def add_known(found: Found) -> Outcome:
    """Make somebody who is here already a member of a wallet."""
    piece = found.piece("w1")
    if piece is None or not isinstance(piece.value, Named) or not piece.value.people:
        return ask(found.sentence, "which_name")
    return with_person(
        found,
        "w1",
        lambda person_id: with_wallet(
            found,
            "w2",
            lambda wallet_id: GiveRole(person_id=person_id, role="member", wallet_id=wallet_id),
            default="none",
        ),
    )


def add_named(found: Found) -> Outcome:
    """Add "Laura Gomez" without more words; a single or a small word may be anything."""
    name = slice_name(found) or ""
    if len(name.split()) > 1 and name.istitle():
        return add_person(found)
    return ask(found.sentence, "not_understood", near=("add_person",))


def add_person(found: Found) -> Outcome:
    """Add somebody new."""
    name = slice_name(found)
    email = found.piece("e1")
    address = email.value if email is not None and isinstance(email.value, str) else None
    if name is None and address is not None:
        name = address.partition("@")[0]
    if name is None or has_mixed_scripts(name) or not _is_name(name):
        return ask(found.sentence, "which_name", given=name or "")
    full = name
    return _with_scope(
        found,
        "w1",
        lambda wallet_id: AddPerson(
            name=full, wallet_id=wallet_id, language=found.sentence.language, email=address
        ),
    )


def _is_name(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= _MAX_NAME_WORDS and all(
        word.replace("'", "").replace("-", "").replace(".", "").isalpha() for word in words
    )


RULES: Final = (
    *rows(
        give_role,
        """
        (make|set|add|give) [to] W [role] [to|as|in|of|for|how|be] [new] [role] [of] K \
            [role] [of|for|in|to|on] [W]
        add [to] W (to|in|under|of|on) W (as|how|of) [new] K [role]
        (give|add) [role] [of] K role (to|of) W [of|for|in|on] [W]
        (give|add|set) role of K (to|of) W [of|for|in|on] [W]
        (give|add|set) role of K [of|for|in] W:w2 (to|of) W:w1
        (make|set|give|add) [role] [of] K [of|for|in] W:w2 to W:w1
        (make|set|give|add) K [role] to W
        (give|set) W [to] [K] role [of|for|in] [W]
        W is new K [of|for|in|on] [W]
        W now_is [new] K [of|for|in|on] [W]
        W is K [of|for|in|on] [W:w2] now
        (give|set|change) [to] W [new] role [of|to|for|in|on] [W:w2]
        """,
    ),
    *rows(
        take_role,
        """
        (remove|take) W [from|as|of|how] K [role] [of|for|in|on|from] [W]
        (remove|take) [to] W [role] [of|how|as] K [role] [of|for|in|on] [W]
        (remove|take) [role] [of] K [role] (from|of|to) W [of|for|in|on] [W]
        (remove|take) [role] [of] K [role] of W:w2 (from|to) W:w1
        W nolonger [is] [of|in] K [of|for|in|on] [W]
        W isnot K [of|for|in|on] [W:w2] anymore
        nolonger W [is] [of|in] K [of|for|in|on] [W]
        demote W [from|of|as] K [of|for|in] [W]
        (remove|take) [to] W (from|of) W
        (remove|take) W role [in|of] [W]
        demote W
        """,
    ),
    *rows(
        add_known,
        """
        add [to] W (to|in|under|of) W
        add [to] W as Kmember (to|in|of) W
        """,
    ),
    *rows(
        add_person,
        """
        add [new] [person] [call] N (to|in|under|for) W [team]
        add [new] (person|Kmember) [call] N
        add [new] (person|Kmember) [call] N (to|in|of) W
        add to N (to|in|under) W
        (create|set) [new] person [call] N (to|in|under|for) W
        (create|set) [new] person [call] N
        new person [:] [call] N (to|in|under|for) W
        new person [:] [call] N
        add [to] N (as|how) Kmember (to|in|of) W
        add [person] E [to|in|under] [W]
        add [new] [person] N E [to|in|under] [W]
        add [person]
        """,
    ),
    *rows(add_named, "add [to] N"),
)
