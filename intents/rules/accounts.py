"""Linking a platform account, and unlinking one."""

from __future__ import annotations

from typing import Final

from bot.actions.accounts import LinkAccount, UnlinkAccount
from bot.ids import PrincipalId
from intents.rules.patterns import Found, Outcome, rows
from intents.rules.slots import ask, with_person

# As platforms are called in accounts. "teams" has a sign of its own, and in Spanish it is no word
# for anything else.
PLATFORMS: Final = ("telegram", "slack", "teams", "terminal")


def link(found: Found) -> Outcome:
    """Link one more account; on which platform it is shown by using the token there."""
    return LinkAccount()


def unlink(found: Found) -> Outcome:
    """Unlink an account, one's own or a person's."""
    named = [piece for piece in found.pieces if piece.sign in PLATFORMS]
    if len(named) != 1:
        return ask(found.sentence, "not_understood", near=("unlink_account",))
    end = next((x for x in found.pieces if x.sign[0] in "AR" and x.value is not None), None)
    ends_with = None if end is None else found.sentence.text[end.start : end.end]

    def then(person_id: PrincipalId | None) -> Outcome:
        return UnlinkAccount(platform=named[0].sign, ends_with=ends_with, person_id=person_id)

    if found.slots.get("w1") in {None, "my", "me", "it"}:
        return then(None)
    return with_person(found, "w1", then)


# "vincula" is what a limit does too, so it needs an account behind it.
_ON: Final = "(telegram|slack|teams|terminal)"
RULES: Final = (
    *rows(
        link,
        f"""
        link
        (link|binds) [my|new|more|it] [new|more] accounts
        (link|binds) [my|new|more|it] [new|more] {_ON} [accounts]
        (link|binds) [my|new|more|it] [new|more] accounts (of|in|on|to|with|from) {_ON}
        """,
    ),
    *rows(
        unlink,
        f"""
        unlink [my] {_ON} [accounts] [A|R]
        unlink [my] accounts [of|in|on|from] {_ON} [A|R]
        unlink W {_ON} [accounts] [A|R]
        unlink {_ON} [accounts] [of|from|for] W
        unlink accounts [of|in|on|from] {_ON} (of|from|for) W
        """,
    ),
)
