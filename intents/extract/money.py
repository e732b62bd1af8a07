"""Amounts of money in a sentence: what is certain, and what must be asked about.

A wrong amount costs more than a question. So a number is read only where its separators, its
scale and its currency leave one reading; where they leave two, the place is reported as ambiguous
with a reason; and a piece of something longer (a date, a range, a model's name) is never read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.planning import Language
from intents.extract.bare import is_counted_or_dated, is_labelled
from intents.extract.counts import Counts, Number
from intents.extract.currencies import DOLLAR_PREFIXES, SUBUNITS
from intents.extract.money_tokens import Sentence
from intents.extract.number_words import STARTERS
from intents.extract.surroundings import JOINERS, PARTS, Surroundings
from intents.extract.units import Units


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that is money, or may be: `unit` is None for a bare number such as `200`.

    `start` and `end` (exclusive) count code points. `unit` is an ISO 4217 code, or a plain name
    where the words name no single currency ("cent", "peso"); `value` counts that unit, so that
    "12 cents" is 12 and not 0.12.
    """

    start: int
    end: int
    value: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A place that would be an amount if it had one reading; `marked` if a currency stands there.

    `why`: "thousands_or_decimals", "range", "sign", "zero", "too_long", "malformed", "fraction",
    "two_currencies", "two_numbers" or "hidden_characters".
    """

    start: int
    end: int
    why: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a sentence says about money, in the order of the text."""

    found: tuple[Amount, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()

    @property
    def marked(self) -> tuple[Amount, ...]:
        """The amounts that name a currency."""
        return tuple(amount for amount in self.found if amount.unit is not None)


NOTHING: Final = Amounts()
# Direction marks reorder what a person sees, so that no digit in such a text can be trusted.
_BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SMALL_SPELLED: Final = 10


def find_amounts(
    text: str, *, language: Language | None = None, locale: Language | None = None
) -> Amounts:
    """Find the amounts of money in `text`, and the bare numbers that could be one.

    Args:
        text: one message, as typed.
        language: the language of the sentence; guessed when None, and then trusted for words only.
        locale: the writer's way to put separators, which decides `1,234`. Without it an English
            sentence may still have `$1,234` and a Spanish one `1.234 euros`.
    """
    sentence = Sentence(text, language)
    starters = STARTERS[sentence.tongue]
    if not any(t.kind == "n" or t.text in starters or t.text in PARTS for t in sentence.tokens):
        return NOTHING
    scan = _Scan(sentence, locale, language)
    scan.run()
    return Amounts(tuple(scan.found), tuple(scan.ambiguous))


class _Scan:
    """One pass over one sentence."""

    def __init__(self, sentence: Sentence, locale: Language | None, lean: Language | None) -> None:
        self.s = sentence
        self.tokens = sentence.tokens
        self.words = sentence.words
        self.units = Units(sentence)
        self.counts = Counts(sentence, self.units, locale, lean)
        self.around = Surroundings(sentence)
        self.hidden = _BIDI.search(sentence.text) is not None
        self.read_until = 0  # where the last place with a currency ends
        self.found: list[Amount] = []
        self.ambiguous: list[Ambiguity] = []

    def run(self) -> None:
        """Read from left to right; what was read once is not read again."""
        i = 0
        while i < len(self.tokens):
            i = self._read(i) or i + 1

    def _read(self, i: int) -> int | None:
        """Read what starts at token `i`; the index after it, None when nothing does."""
        token = self.tokens[i]
        prefix = self.units.prefix(i) if token.kind in "sw" else None
        at = prefix[0] if prefix else i
        if prefix is None and not (
            token.kind == "n" or (token.kind == "w" and self.counts.starts_spelled(i))
        ):
            return None
        unit = prefix[1] if prefix else None
        number = self.counts.read(at, marked=unit is not None)
        if number is None:
            return None
        after = number.after
        suffix = self.units.suffix(number.after, is_scaled=number.scaled)
        why: str | None = None
        if suffix is not None:
            after, unit, why = self._join_units(number.after, unit, suffix)
        if why is None and isinstance(number.value, str):
            why = number.value
        value = Decimal(0) if isinstance(number.value, str) else number.value
        if why is None and unit is not None and unit not in SUBUNITS:
            after, value, why = self.counts.add_cents(after, value)
        self._keep(i, at, after, value, unit, why, number)
        return after

    def _join_units(
        self, number_end: int, prefix: str | None, suffix: tuple[int, str]
    ) -> tuple[int, str | None, str | None]:
        """Make one unit of what stands before and after: (index after, unit, reason)."""
        after, unit = suffix
        if prefix is None or prefix == unit:
            return after, unit, None
        if self.s.is_digits(after):  # "rmb 10 usd 20": the second one is the next amount's
            return number_end, prefix, None
        if prefix == "USD" and (unit in DOLLAR_PREFIXES.values() or unit == "peso"):
            return after, unit, None
        return after, prefix, "two_currencies"

    def _keep(
        self,
        first: int,
        at: int,
        after: int,
        value: Decimal,
        unit: str | None,
        why: str | None,
        number: Number,
    ) -> None:
        """File what was read under found or ambiguous, or drop it as part of something else."""
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        marked = unit is not None
        if not marked and why in ("malformed", "too_long", "fraction"):
            return
        outside = self.around.judge(first, at, after, marked=marked, read_until=self.read_until)
        if outside == "part":
            return
        why = outside or why or ("zero" if not value else None)
        if not marked and self._is_no_amount(first, after, number, why):
            return
        if self.hidden:
            why = "hidden_characters"
        if why == "sign" and first and self.around.is_minus(first - 1):
            start = self.tokens[first - 1].start
        if why == "range" and first == at and first > 1:
            start = self._range_start(first, start)
        if why is not None:
            self.ambiguous.append(Ambiguity(start, end, why, marked))
        else:
            if number.scaled and marked:
                self._doubt_shared_scale(first)
            self.found.append(Amount(start, end, value, unit))
        if marked:
            self.read_until = end

    def _range_start(self, first: int, start: int) -> int:
        """Take the lower end of "5 or 10 dollars" into the range, where it was read as bare."""
        last = self.found[-1] if self.found else None
        if last is not None and last.unit is None and last.end == self.tokens[first - 2].end:
            self.found.pop()
            return last.start
        return start

    def _doubt_shared_scale(self, first: int) -> None:
        """Take back the $5 of "$5 to $10 million", which shares the million or does not."""
        last = self.found[-1] if self.found else None
        if last is None or first < 2 or self.words[first - 1] not in JOINERS:
            return
        if last.end == self.tokens[first - 2].end and last.value < 1000:
            self.found.pop()
            self.ambiguous.append(Ambiguity(last.start, last.end, "range", last.unit is not None))

    def _is_no_amount(self, first: int, after: int, number: Number, why: str | None) -> bool:
        """Whether a number without a currency plainly counts or names something else."""
        if number.spelled and not number.scaled and isinstance(number.value, Decimal):
            alone = first == 0 and after == len(self.tokens)
            if number.value < _SMALL_SPELLED and not alone:
                return True
        if why == "fraction":
            return True
        return is_labelled(self.words, first) or is_counted_or_dated(self.words, first, after)
