"""What words mean in an order to an assistant, whichever words are taken for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sense:
    """Words and phrases that mean the same, in several languages.

    In small letters and without accents, as `bot.guards.folding` writes them. `words` are parted
    by blanks (`*` stands for all that begin so), `phrases` by `|`.
    """

    name: str
    words: str
    phrases: str = ""
