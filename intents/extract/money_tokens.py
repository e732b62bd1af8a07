"""A message cut into digits, words and signs, for the readers of money."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bot.planning import Language
from intents.extract.currencies import SIGNS
from intents.extract.letters import fold, guess_language


class Token(NamedTuple):
    """A piece of folded text; `kind`: "n" digits, "w" word, "s" sign of a currency, "p" other."""

    kind: str
    text: str
    start: int
    end: int


_TOKEN: Final = re.compile(
    r"(?P<n>[0-9]+(?:[.,'][0-9]+)*)|(?P<w>u\.s\.|[^\W\d_]+)|(?P<s>["
    + "".join(map(re.escape, SIGNS))
    + r"])|(?P<p>\S)"
)


class Sentence:
    """One message: as typed, folded, and cut; `tongue` is its language, guessed if need be."""

    def __init__(self, text: str, language: Language | None) -> None:
        self.text = text
        self.folded = fold(text)
        self.tokens = [
            Token(m.lastgroup or "p", m[0], m.start(), m.end())
            for m in _TOKEN.finditer(self.folded)
        ]
        self.words = [t.text for t in self.tokens]
        self.tongue: Language = language or guess_language(self.folded)

    def word(self, i: int) -> str | None:
        """Return word `i`; None for digits, signs and past the end."""
        return self.words[i] if i < len(self.tokens) and self.tokens[i].kind == "w" else None

    def sign(self, i: int) -> str | None:
        """Return the currency sign `i`, None for anything else."""
        return self.words[i] if i < len(self.tokens) and self.tokens[i].kind == "s" else None

    def is_digits(self, i: int) -> bool:
        """Whether token `i` is a number in digits."""
        return i < len(self.tokens) and self.tokens[i].kind == "n"
