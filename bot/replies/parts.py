"""Small parts that many sentences are put together from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.replies.amounts import usd
from bot.replies.dates import long_date
from bot.replies.inert import inert
from bot.replies.reader import Language, Reader
from bot.replies.words import has_words, say

_MAX_NAME = 100


def action_words(name: str, language: Language) -> str:
    """Return the short label of an action: "ask for budget"."""
    key = f"act.{name}"
    return say(language, key) if has_words(language, key) else inert(name.replace("_", " "))


def shown(name: str | None) -> str:
    """Return a stored name as it may be shown; a dash for none."""
    return inert(name or "", _MAX_NAME) or "-"


def quoted(text: str, language: Language) -> str:
    """Return a stored text in quotation marks."""
    return say(language, "quote", text=inert(text))


def until(on: date | None, span: str | None, reader: Reader) -> str:
    """Return how long a raise holds: "until 30 Nov 2026", "every month from now on"."""
    if on is not None:
        return say(reader.language, "until", day=long_date(on, reader))
    return say(reader.language, f"forever.{_span(span)}")


def limit_name(span: str | None, language: Language, *, is_short: bool = False) -> str:
    """Return what a window's limit is called; shortly, the month's is just the limit."""
    return say(language, f"{'short_limit' if is_short else 'limit'}.{_span(span)}")


def value(amount: int | str | None, language: Language) -> str:
    """Return one side of before -> after: an amount, a stored text, or that there is none."""
    if amount is None:
        return say(language, "none")
    return usd(amount, language) if isinstance(amount, int) else shown(amount)


def spender(name: str, language: Language) -> str:
    """Return who spent; what has no name is what bills corrected."""
    return shown(name) if name else say(language, "spend.correction")


def listing(items: Sequence[str], language: Language, *, by: str = "and") -> str:
    """Return "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return say(language, f"list.{by}", rest=", ".join(items[:-1]), last=items[-1])


def role_of(role: str, wallet: str | None, language: Language) -> str:
    """Return a role and for what it is: "lead of Design"."""
    name = role_name(role, language)
    return name if wallet is None else say(language, "role.of", role=name, wallet=shown(wallet))


def role_name(role: str, language: Language) -> str:
    """Return a role's name."""
    key = f"role.{role}"
    return say(language, key) if has_words(language, key) else shown(role)


def deed_words(permission: str | None, language: Language) -> str:
    """Return what a permission that may end at an amount lets one do: "approve"."""
    key = f"deed.{permission}"
    return say(language, key if has_words(language, key) else "may.other")


def bound(amount: int | str | None, language: Language) -> str:
    """Return the most that a role may do at a time: an amount, or that nothing bounds it."""
    return say(language, "bound.none") if amount is None else value(amount, language)


def kinds_of_data(kinds: Sequence[str], language: Language) -> str:
    """Return kinds of personal data, or of what else was found, as a list: "phone and e-mail"."""
    names = [
        say(language, key)
        if has_words(language, key := f"data.{kind}")
        else say(language, "data.number", kind=shown(kind.replace("_", " ")))
        for kind in kinds
    ]
    return listing(list(dict.fromkeys(names)), language) or say(language, "data.other")


def _span(span: str | None) -> str:
    return span if span in {"day", "week", "total"} else "month"


def key_for(key: str, is_other: bool) -> str:
    """Return the key of a sentence, or of its like for somebody who did not do it."""
    return f"{key}.other" if is_other else key
