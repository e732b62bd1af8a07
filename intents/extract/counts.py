"""Numbers in a sentence about money: digits or words, their scale, and the cents that follow."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from bot.planning import Language
from intents.extract.bare import is_counted_or_dated
from intents.extract.currencies import PER_UNIT
from intents.extract.digits import read_digits
from intents.extract.money_tokens import Sentence
from intents.extract.number_words import SCALES, STARTERS, read_number
from intents.extract.units import Units


class Number(NamedTuple):
    """A number that was read; `value` is a reason where it has two readings."""

    after: int  # index of the next token
    value: Decimal | str
    spelled: bool = False
    scaled: bool = False


_BLANKS: Final = " \u00a0\u2007\u2009\u202f"
_FIRM_BLANKS: Final = frozenset("\u00a0\u2007\u2009\u202f")
_LETTER_SCALES: Final = {
    "k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "b": 10**9,
    "bn": 10**9, "grand": 10**3,
}  # fmt: skip


class Counts:
    """Reads the numbers of one sentence; `locale` and `lean` are as in `read_digits`."""

    def __init__(
        self, sentence: Sentence, units: Units, locale: Language | None, lean: Language | None
    ) -> None:
        self.s = sentence
        self.units = units
        self.folded = sentence.folded
        self.tokens = sentence.tokens
        self.words = sentence.words
        self.tongue: Language = sentence.tongue
        self.locale = locale
        self.lean = lean

    def read(self, i: int, *, marked: bool) -> Number | None:
        """Read digits or words with their scale at token `i`."""
        if self.tokens[i].kind == "n":
            return self._digits(i, marked=marked)
        if self.words[i] in ("half", "medio", "media"):
            return self._half(i)
        read = read_number(self.words, i, self.tongue)
        if read is None:
            return None
        return self._scale(read[0], Decimal(read[1]), marked=marked, spelled=True)

    def starts_spelled(self, i: int) -> bool:
        word = self.words[i]
        if word == "ciento" and i and self.words[i - 1] == "por":
            return False
        return word in STARTERS[self.tongue] or word in ("half", "medio")

    def add_cents(self, i: int, value: Decimal) -> tuple[int, Decimal, str | None]:
        """Add "and 20 cents", "con 99 céntimos", "con 50" and the 50 of "15 dollars 50"."""
        joined = self.s.word(i) in (("and",) if self.tongue == "en" else ("y", "con"))
        at = i + joined
        if at >= len(self.tokens) or self.tokens[at].kind not in "nw":
            return i, value, None
        if self.tokens[at].kind == "w" and not self.starts_spelled(at):
            return i, value, None
        number = self.read(at, marked=True)
        if number is None or isinstance(number.value, str):
            return i, value, None
        small = self.units.suffix(number.after, is_scaled=number.scaled)
        cents = number.value
        whole = value == value.to_integral_value()
        if small is not None and small[1] in PER_UNIT:
            per = PER_UNIT[small[1]]
            fits = whole and cents == cents.to_integral_value() and 0 < cents < per
            return small[0], value + cents / per, None if fits else "two_numbers"
        if small is not None or number.scaled or self.s.word(i - 1) is None:
            return i, value, None
        return self._bare_cents(i, at, number, value, joined=joined)

    def _bare_cents(
        self, i: int, at: int, number: Number, value: Decimal, *, joined: bool
    ) -> tuple[int, Decimal, str | None]:
        if joined and self.s.word(i) != "con":
            return i, value, None
        cents = number.value
        if isinstance(cents, str) or cents >= 100:
            return i, value, None
        two_digits = len(self.words[at]) == 2 or (number.spelled and cents >= 10)
        if not two_digits or value != value.to_integral_value():
            return i, value, None
        if not joined and self.tokens[at].start != self.tokens[i - 1].end + 1:
            return i, value, None
        if number.after < len(self.tokens) and self.tokens[number.after].kind != "p":
            # "5 dollars 20 minutes ago" or "5 dollars 20 for Ana": only the writer knows.
            return i, value, None if self._is_counted(number.after) else "two_numbers"
        return number.after, value + cents / 100, None

    def _digits(self, i: int, *, marked: bool) -> Number:
        raw, after, firm = self._spaced_groups(i)
        scaled = self.s.word(after) in SCALES[self.tongue]
        glued = self._glued_scale(after, marked=marked)
        lean = None
        if marked or scaled or self.units.is_ahead(after):
            lean = self.lean
        value = read_digits(raw, locale=self.locale, lean=lean, scaled=scaled or glued > 1)
        if isinstance(value, str):
            after += glued > 1
            while self.s.word(after) in SCALES[self.tongue]:
                after += 1
            return Number(after, value, scaled=scaled)
        if not firm and not (lean == "es" or self.locale == "es"):
            return Number(after, "two_numbers")
        if glued > 1:
            return Number(after + 1, value * glued, scaled=True)
        return self._scale(after, value, marked=marked, spelled=False)

    def _spaced_groups(self, i: int) -> tuple[str, int, bool]:
        """Join "1 234,5": (digits, index after, whether nothing but one number can be meant)."""
        raw, after, firm = self.words[i], i + 1, True
        if not (raw.isdigit() and len(raw) <= 3 and raw[0] != "0"):
            return raw, after, True
        while after < len(self.tokens) and self.s.is_digits(after):
            gap = self.folded[self.tokens[after - 1].end : self.tokens[after].start]
            group = self.words[after]
            if len(gap) != 1 or gap not in _BLANKS or not re.match(r"[0-9]{3}(?:[.,]|$)", group):
                break
            raw, after = f"{raw} {group}", after + 1
            firm = firm and gap in _FIRM_BLANKS
            if not group.isdigit():
                return raw, after, "," in group or firm
        return raw, after, firm

    def _glued_scale(self, i: int, *, marked: bool) -> int:
        """Return the factor of a letter such as the k of `5k`, 1 when there is none."""
        word = self.s.word(i)
        factor = _LETTER_SCALES.get(word or "")
        if factor is None:
            return 1
        glued = self.tokens[i].start == self.tokens[i - 1].end
        if (word == "k" and glued) or word == "grand":
            return factor
        return factor if marked or self.units.is_ahead(i + 1) else 1

    def _scale(self, i: int, value: Decimal, *, marked: bool, spelled: bool) -> Number:
        """Multiply by the words of size that follow, halves included."""
        scales, scaled = SCALES[self.tongue], spelled and self.s.word(i - 1) in SCALES[self.tongue]
        if self.tongue == "en" and self.words[i : i + 3] == ["and", "a", "half"]:
            value, i = value + Decimal("0.5"), i + 3
        elif self.tongue == "es" and self.words[i : i + 2] in (["y", "medio"], ["y", "media"]):
            one = self._size_before(i) if scaled else 1
            value, i = value + Decimal("0.5") * one, i + 2
        while True:
            skip = i < len(self.tokens) and self.words[i] == "-" and marked
            size = scales.get(self.s.word(i + skip) or "")
            if size is None:
                break
            value, i, scaled = value * size, i + 1 + skip, True
            if self.tongue == "es" and self.words[i : i + 2] == ["y", "medio"]:
                value, i = value + Decimal(size) / 2, i + 2
        return Number(i, value, spelled=spelled, scaled=scaled)

    def _size_before(self, i: int) -> int:
        return SCALES["es"].get(self.words[i - 1], 1)

    def _half(self, i: int) -> Number | None:
        """Read "half a million" and "medio millón"; other halves are no number."""
        at = i + 1 + (self.s.word(i + 1) == "a")
        size = SCALES[self.tongue].get(self.s.word(at) or "")
        if size is not None and size > 1:
            return Number(at + 1, Decimal(size) / 2, spelled=True, scaled=True)
        return None

    def _is_counted(self, i: int) -> bool:
        return is_counted_or_dated(self.words, i - 1, i)
