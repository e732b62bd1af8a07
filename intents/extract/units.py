"""Currencies before and after a number."""

from __future__ import annotations

from bot.planning import Language
from intents.extract.currencies import CAPITAL_CODES, CODES, DOLLAR_PREFIXES, LANDS, NOUNS, SIGNS
from intents.extract.money_tokens import Sentence
from intents.extract.number_words import SCALES, STARTERS


class Units:
    """Reads the units that stand in one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.s = sentence
        self.text = sentence.text
        self.tokens = sentence.tokens
        self.words = sentence.words
        self.tongue: Language = sentence.tongue

    def prefix(self, i: int) -> tuple[int, str] | None:
        """Read a currency that stands before digits: (index of the digits, unit)."""
        token = self.tokens[i]
        unit: str | None
        if token.kind == "s":
            unit, at = SIGNS[token.text], i + 1
            if unit == "USD" and self.s.word(at) == "usd":
                at += 1
        elif self.s.sign(i + 1) == "$" and self.tokens[i + 1].start <= token.end + 1:
            unit, at = DOLLAR_PREFIXES.get(token.text), i + 2
            if self.tokens[i + 1].start != token.end and token.text not in CODES | {"us": ""}:
                return None
        else:
            unit, at = CODES.get(token.text), i + 1
            if self.s.sign(at) is not None and SIGNS[self.words[at]] == unit:
                at += 1
        if unit is None or at >= len(self.tokens):
            return None
        if self.tokens[at].kind != "n" and not (
            token.kind == "s" and self.words[at] in STARTERS[self.tongue] and self.words[at] != "a"
        ):
            return None
        return at, unit

    def suffix(self, i: int, *, is_scaled: bool) -> tuple[int, str] | None:
        """Read a currency that stands after a number: (index after it, unit)."""
        if i >= len(self.tokens):
            return None
        glued = self.tokens[i].start == self.tokens[i - 1].end
        if self.words[i] == "-" and glued:
            i += 1
            if i == len(self.tokens) or self.tokens[i].start != self.tokens[i - 1].end:
                return None
            return self._noun(i)
        if self.words[i] in ("of", "de") and is_scaled:
            i += 1
        if i >= len(self.tokens):
            return None
        token = self.tokens[i]
        if token.kind == "s":
            belongs_to_next = not glued and i + 1 < len(self.tokens) and self.s.is_digits(i + 1)
            return None if belongs_to_next else (i + 1, SIGNS[token.text])
        if token.kind != "w":
            return None
        return self._code_after(i) or self._noun(i)

    def _code_after(self, i: int) -> tuple[int, str] | None:
        token = self.tokens[i]
        code = CODES.get(token.text)
        if code is not None:
            if self.s.is_digits(i + 1) and self.tokens[i + 1].start == token.end:
                return None
            if self.s.sign(i + 1) is not None and SIGNS[self.words[i + 1]] == code:
                return (i + 1, code) if self.s.is_digits(i + 2) else (i + 2, code)
            return self._skip_noun(i + 1, code)
        written = self.text[token.start : token.end]
        if written in CAPITAL_CODES:
            return i + 1, written
        land = DOLLAR_PREFIXES.get(token.text)
        if land is not None and self.s.sign(i + 1) == "$" and not self.s.is_digits(i + 2):
            return i + 2, land
        return None

    def _skip_noun(self, i: int, code: str) -> tuple[int, str]:
        """Take "dollars" with the code in "5 USD dollars"."""
        noun = self._noun(i)
        return (noun[0], code) if noun and noun[1] in (code, "USD") else (i, code)

    def _noun(self, i: int) -> tuple[int, str] | None:
        """Read the name of a currency with its country at token `i`."""
        nouns = NOUNS[self.tongue]
        if self.tongue == "en":
            after, land = self._land(i)
            units = nouns.get(self.s.word(after) or "")
            if units is None:
                return None
            after += 1
            if self.s.word(after) == "sterling":
                return after + 1, "GBP"
            return after, units.get(land) or units[""]
        units = nouns.get(self.s.word(i) or "")
        if units is None:
            return None
        after, land = self._land(i + 1)
        if not land or land not in units:
            # "cien dólares americanos" and "yuanes chinos", but not "5 euros alemanes de multa".
            known = land and len(units) == 1
            return (after if known else i + 1), units[""]
        return after, units[land]

    def _land(self, i: int) -> tuple[int, str]:
        for parts, land in LANDS[self.tongue].get(self.s.word(i) or "", ()):
            if tuple(self.words[i : i + len(parts)]) == parts:
                return i + len(parts), land
        return i, ""

    def is_ahead(self, i: int) -> bool:
        if i >= len(self.tokens):
            return False
        if self.s.word(i) in SCALES[self.tongue]:
            return self.is_ahead(i + 1)
        if self.words[i] in ("of", "de", "-") and i + 1 < len(self.tokens):
            return self._noun(i + 1) is not None
        if self.tokens[i].kind == "s":
            return not self.s.is_digits(i + 1) or self.tokens[i].start == self.tokens[i - 1].end
        return self._code_after(i) is not None or self._noun(i) is not None
