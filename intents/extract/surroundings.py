"""What stands around a number: whether it is whole, or a piece of a date, a range, a name."""

from __future__ import annotations

import re
from typing import Final

from bot.planning import Language
from intents.extract.currencies import SIGNS
from intents.extract.letters import words
from intents.extract.money_tokens import Sentence
from intents.extract.number_words import SCALES, STARTERS

_OPENERS: Final = frozenset("([{\"'“‘«¿¡:=~≈—…|")
_CLOSERS: Final = frozenset(")]}\"'”»;:!?—…|.,")
JOINERS: Final = frozenset(("-", "or", "to", "and", "o", "u", "a", "y", "through", "hasta", "ó"))
_MINUS: Final = frozenset(words("minus negative menos"))
_AT_LEAST: Final = frozenset(words("lo al"))
PARTS: Final = frozenset(words("half third quarter fifth tenth medio media tercio cuarto mitad"))


class Surroundings:
    """Judges the places of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.s = sentence
        self.folded = sentence.folded
        self.tokens = sentence.tokens
        self.words = sentence.words
        self.tongue: Language = sentence.tongue

    def judge(
        self, first: int, at: int, after: int, *, marked: bool, read_until: int
    ) -> str | None:
        """Tell what the neighbours make of it: "part" of something longer, or a reason."""
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        before = self._before(start, marked=marked)
        if before is not None:
            return before
        for i in range(first + 1, after):  # `$-5` and `$+5` never get here: no digits follow
            if self.tokens[i].kind == "p" and self.words[i] != "-":
                return "malformed"
        behind = self._behind(end, marked=marked)
        if behind is not None:
            return behind
        return self._beside(first, at, after, read_until)

    def _before(self, start: int, *, marked: bool) -> str | None:
        """Judge the character before."""
        mark = self.folded[start - 1] if start else " "
        if mark.isspace():
            return self._sign_apart(start, marked=marked)
        if mark in _OPENERS:
            inner = self.folded[start - 2] if start > 1 else " "
            return "part" if mark in ":'=" and inner.isdigit() else None
        if mark in "*`" and not self.folded[:start].rstrip("*`")[-1:].isalnum():
            return None
        prior = self.folded[start - 2] if start > 1 else " "
        if mark in "-+−±":
            if not prior.isalnum():
                return "sign"
            return "range" if marked and (prior.isdigit() or prior == "k") else "part"
        if mark == "/" and marked and not prior.isdigit() and prior != " ":
            return None
        return "part"

    def _sign_apart(self, start: int, *, marked: bool) -> str | None:
        """Judge a sign that stands before a blank: "− 5" is negative, a list's dash is not."""
        left = self.folded[:start].rstrip()
        if left.endswith("−") or (not marked and left.endswith(("+", "±"))):
            return "sign"
        return "sign" if left == "-" and not marked else None

    def _behind(self, end: int, *, marked: bool) -> str | None:
        """Judge the character after."""
        mark = self.folded[end] if end < len(self.folded) else " "
        ahead = self.folded[end + 1] if end + 1 < len(self.folded) else " "
        if mark.isspace():
            return None
        if mark in _CLOSERS:
            return "part" if ahead.isdigit() and mark in ".,':" else None
        if mark in "*`" and not self.folded[end:].lstrip("*`")[:1].isalnum():
            return None
        if mark in "-~":
            if ahead.isdigit() or ahead in SIGNS:
                return "range" if marked or self._is_pair(end) else "part"
            return (
                None if marked and (ahead.isalpha() or ahead.isspace() or ahead == "-") else "part"
            )
        if mark == "/" and marked and ahead.isalpha():
            return None
        return "sign" if mark == "+" and marked else "part"

    def _is_pair(self, end: int) -> bool:
        """Whether `5-10` stands here and not a date such as `5-10-2026`."""
        return re.match(r"-[0-9]+(?![-0-9/])", self.folded[end:]) is not None

    def _beside(self, first: int, at: int, after: int, read_until: int) -> str | None:
        """Judge the tokens on both sides: other numbers, ranges, spaced-out decimals."""
        number_first = first == at
        if first and self.is_minus(first - 1):
            return "sign"
        if number_first and first:
            before = self.tokens[first - 1]
            if before.kind == "n" and read_until < before.end:
                return "two_numbers"
            if first > 1 and self._is_loose_number(first - 2, read_until):
                if before.text in JOINERS:
                    return "range"
                if before.text == ".":
                    return "malformed"
                if before.text == "," and len(self.words[first]) == 3:
                    return "thousands_or_decimals"
                if before.text == "," and self.tokens[first - 2].kind == "w":
                    return "two_numbers"
            if {before.text, self.words[first - 2] if first > 1 else ""} & PARTS:
                return "fraction"
        if after + 1 < len(self.tokens) and self.tokens[after].kind == "p":
            ahead = self.words[after + 1]
            ends_in_digits = self.tokens[after - 1].kind == "n"
            if ends_in_digits and self.tokens[after + 1].kind == "n":
                if self.words[after] == ".":
                    return "malformed"
                if self.words[after] == "," and len(ahead) == 3:
                    return "thousands_or_decimals"
        if after < len(self.tokens) and not self.words[after][0].isascii():
            # "3 ½ million": a fraction sign goes on with the number.
            return "fraction" if self.words[after][0].isnumeric() else None
        return None

    def is_minus(self, i: int) -> bool:
        """Whether token `i` says in a word that what follows is below zero: not "al menos 5"."""
        before = self.words[i - 1] if i else ""
        return self.words[i] in _MINUS and before not in _AT_LEAST

    def _is_loose_number(self, i: int, read_until: int) -> bool:
        """Whether token `i` is or ends a number that no amount has claimed."""
        token = self.tokens[i]
        if read_until >= token.end:
            return False
        return token.kind == "n" or (
            token.kind == "w"
            and token.text != "a"
            and (token.text in STARTERS[self.tongue] or token.text in SCALES[self.tongue])
        )
