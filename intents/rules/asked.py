"""A sentence that asks to see something: its names, days and numbers, as a read needs them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.actions.base import ActionCall
from bot.ids import WalletId
from bot.planning import Choice, Question
from intents.extract.letters import words
from intents.extract.periods import Period, UnsureDate
from intents.names import Named
from intents.rules.slots import ask, wallets_meant
from intents.sentence import Piece, Sentence

_ASKS: Final = frozenset(
    words("howmuch what show tell who when where why how aux is howlong give open")
)
# Verbs by which a sentence tells something, where it has not asked before: "my account is new".
_TELLING: Final = frozenset(words("is aux need"))
_SPENT: Final = re.compile(r"\bgast[éó]\b")
_MAX_COUNT: Final = 20
_SMALL: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "diez": 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """What a question asks to see, and how sure that is; `is_asked` where its form is one."""

    outcome: tuple[ActionCall, ...] | Question
    confidence: float
    is_asked: bool = False


class Asked:
    """A sentence with what its names and dates mean for a read."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.signs = sentence.signs
        self.row = [piece.sign for piece in sentence.pieces]
        if "mayspend" in self.signs and _SPENT.search(sentence.text.lower()):
            # The accent, which folding takes, tells "gasté" from "que gaste".
            self.row = ["spend" if sign == "mayspend" else sign for sign in self.row]
            self.signs = self.signs - {"mayspend"} | {"spend"}
        self.first = next(
            (
                s
                for s in self.row
                if s
                not in {
                    "hi",
                    "bot",
                    "polite",
                    "yes",
                    "thanks",
                    ",",
                    "¿",
                    "¡",
                    "and",
                    "but",
                    ".",
                    "!",
                }
            ),
            "",
        )
        self.names = [p for p in sentence.pieces if isinstance(p.value, Named)]
        self.unknown = sum(sign[0] == "~" for sign in self.row)
        self.asks = self.first in _ASKS or "?" in self.signs

    @property
    def tells(self) -> bool:
        """Whether it says something about what it names, rather than asking to see it.

        A word that nobody knows may be what is told, unless the sentence begins as a question.
        """
        if "?" in self.signs:
            return False
        # "Open" begins an order to show, or says which requests.
        asked_at = min(
            (at for at, s in enumerate(self.row) if s in _ASKS - {"open"}), default=len(self.row)
        )
        told_at = next((at for at, s in enumerate(self.row) if at and s in _TELLING), None)
        if told_at is not None and told_at <= asked_at:
            return True
        return self.unknown > 0 and not self.asks

    def any(self, *signs: str) -> bool:
        """Tell whether one of the signs is in the sentence."""
        return not self.signs.isdisjoint(signs)

    def at(self, sign: str) -> int:
        """Return where a sign stands first, -1 if nowhere."""
        return self.row.index(sign) if sign in self.signs and sign in self.row else -1

    @property
    def default_id(self) -> WalletId | None:
        """The wallet that is meant where none is named."""
        context = self.sentence.context
        if self.any("company"):
            roots = self.sentence.index.roots
            if len(roots) == 1:
                return roots[0].id
        if self.any("my"):
            return context.home_wallet_id
        return context.topic_wallet_id or context.home_wallet_id

    def on_wallets(
        self,
        make: Callable[[WalletId | None], ActionCall],
        confidence: float,
        *,
        default: bool = True,
    ) -> Read:
        """Make one call for each wallet that is named, or one for the usual wallet."""
        calls: list[ActionCall] = []
        for piece in self.names:
            named = piece.value
            if not isinstance(named, Named):
                continue
            wallets = wallets_meant(self.sentence, named)
            if not wallets:
                continue
            if len(wallets) > 1 or named.is_doubtful:
                return Read(self._which(piece, [(w.path, make(w.id)) for w in wallets]), 0.5)
            # Who is "in the company" is everybody, wherever they are.
            is_all = not default and wallets[0].parent_id is None
            calls.append(make(None if is_all else wallets[0].id))
        calls = list(dict.fromkeys(calls))
        if not calls and self.names:
            piece = self.names[0]
            return Read(self._which(piece, []), 0.5)
        if not calls:
            calls = [make(self.default_id if default else None)]
        if any(piece.is_guess for piece in self.sentence.pieces):
            confidence = min(confidence, 0.8)
        return Read(tuple(calls), confidence)

    def _which(self, piece: Piece, options: list[tuple[str, ActionCall]]) -> Question:
        choices = [Choice(label, (call,)) for label, call in options]
        given = self.sentence.text[piece.start : piece.end]
        return ask(self.sentence, "which_wallet", given=given, choices=choices)

    def days(self) -> tuple[date | None, date | None] | Question:
        """Return the first and last day that are asked about."""
        for piece in self.sentence.slots("T"):
            if isinstance(piece.value, Period):
                return piece.value.from_on, piece.value.until_on
            if isinstance(piece.value, UnsureDate):
                return ask(
                    self.sentence, "which_date", given=self.sentence.text[piece.start : piece.end]
                )
        return None, None

    def count(self) -> int | None:
        """Return the number of a "top 10"."""
        at = self.at("top")
        for piece in self.sentence.pieces[max(at - 1, 0) : at + 3]:
            typed = self.sentence.text[piece.start : piece.end].lower()
            number = (
                int(typed)
                if typed.isascii() and typed.isdigit() and len(typed) < 3
                else _SMALL.get(typed)
            )
            if number is not None and 1 <= number <= _MAX_COUNT:
                return number
        return None
