"""The first words: who this is, how things stand, what to type, what is never done."""

from __future__ import annotations

from typing import Final

from bot.actions.spend import BalanceReceipt
from bot.replies.balances import balance_line
from bot.replies.lists import example_of
from bot.replies.parts import shown
from bot.replies.reader import Reader
from bot.replies.words import say

_EXAMPLES: Final = ("show_balance", "request_budget", "show_spend")


def greeting_text(balance: BalanceReceipt | None, reader: Reader, waiting: int) -> str:
    """Return a greeting: the asker's balance, what waits for them, three things to type."""
    language = reader.language
    lines = [say(language, "hello.name", name=shown(reader.name)) if reader.name else ""]
    if not lines[0]:
        lines = [say(language, "hello")]
    if balance is not None:
        lines[0] += f" {balance_line(balance.balance, reader)}"
    if waiting:
        key = "hello.waiting" if waiting == 1 else "hello.waiting.many"
        lines.append(say(language, key, number=waiting))
    quote = [say(language, "quote", text=example_of(name, language)) for name in _EXAMPLES]
    lines.append(f"{say(language, 'hello.examples')} {' · '.join(quote)}")
    lines.append(say(language, "hello.never"))
    return "\n".join(lines)
