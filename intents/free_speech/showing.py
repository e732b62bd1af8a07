"""What a model may see of a message: secrets never, personal data as the company has chosen."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guards.policy import Policy, decide_handling
from bot.guards.redaction import Redacted, names_secret
from bot.guards.scan import clean, find_removable
from intents.rules.orders import is_hostile


@dataclass(frozen=True, slots=True)
class Showable:
    """A message as a model may see it.

    `let_out` are kinds of personal data that stand in it, of which the person is told; `withheld`
    the kinds that keep it from every model, empty where it may be shown.
    """

    redacted: Redacted
    let_out: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


def make_showable(text: str, policy: Policy) -> Showable:
    """Take out of a message what no model may see."""
    found = find_removable(text)
    handling = decide_handling(found, policy)
    # A pasted key is taken out as soon as a message is read; its place still tells of it.
    has_key = handling.must_revoke or names_secret(text)
    if handling.is_blocked or (has_key and policy == "block"):
        return Showable(Redacted(""), withheld=(*handling.found, *(["secret"] if has_key else [])))
    # What was taken out may lay bare more, so that it is looked through again, but only then.
    redacted = clean(text, handling.removes, known=found) if found else Redacted(text)
    return Showable(redacted, let_out=handling.found if policy == "warn" else ())


def may_be_passed_on(text: str, policy: Policy) -> bool:
    """Tell whether something that was said before may go to a model later.

    What speaks to the machine does not, and what the policy kept from every model stays kept.
    """
    return not is_hostile(text.lower()) and not make_showable(text, policy).withheld
