"""Amounts of money in a sentence: what is certain, and what must be asked about.

A wrong amount costs more than a question. So a number is read only where its separators, its
scale and its currency leave one reading; where they leave two, the place is reported as ambiguous
with a reason; and a piece of something longer (a date, a range, a model's name) is never read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from bot.planning import Language
from intents.extract.bare import is_counted_or_dated, is_labelled
from intents.extract.currencies import (
    CAPITAL_CODES,
    CODES,
    DOLLAR_PREFIXES,
    LANDS,
    NOUNS,
    PER_UNIT,
    SIGNS,
    SUBUNITS,
)
from intents.extract.digits import read_digits
from intents.extract.letters import fold, guess_language, words
from intents.extract.number_words import SCALES, STARTERS, read_number


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


class _Token(NamedTuple):
    kind: str  # "n" digits, "w" word, "s" sign, "p" anything else
    text: str
    start: int
    end: int


class _Number(NamedTuple):
    after: int  # index of the next token
    value: Decimal | str  # a string is a reason
    spelled: bool = False
    scaled: bool = False


NOTHING: Final = Amounts()
_TOKEN: Final = re.compile(
    r"(?P<n>[0-9]+(?:[.,'][0-9]+)*)|(?P<w>u\.s\.|[^\W\d_]+)|(?P<s>["
    + "".join(map(re.escape, SIGNS))
    + r"])|(?P<p>\S)"
)
# Direction marks reorder what a person sees, so that no digit in such a text can be trusted.
_BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS: Final = " \u00a0\u2007\u2009\u202f"
_FIRM_BLANKS: Final = frozenset("\u00a0\u2007\u2009\u202f")
_OPENERS: Final = frozenset("([{\"'“‘«¿¡:=~≈—…|")
_CLOSERS: Final = frozenset(")]}\"'”»;:!?—…|.,")
_LETTER_SCALES: Final = {
    "k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "b": 10**9,
    "bn": 10**9, "grand": 10**3,
}  # fmt: skip
_JOINERS: Final = frozenset(("-", "or", "to", "and", "o", "u", "a", "y", "through", "hasta", "ó"))
_PARTS: Final = frozenset(words("half third quarter fifth tenth medio media tercio cuarto mitad"))
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
    folded = fold(text)
    tokens = [
        _Token(m.lastgroup or "p", m[0], m.start(), m.end()) for m in _TOKEN.finditer(folded)
    ]
    tongue = language or guess_language(folded)
    starters = STARTERS[tongue]
    if not any(t.kind == "n" or t.text in starters or t.text in _PARTS for t in tokens):
        return NOTHING
    scan = _Scan(text, folded, tokens, tongue, locale, language)
    scan.run()
    return Amounts(tuple(scan.found), tuple(scan.ambiguous))


class _Scan:
    """One pass over the tokens of one text."""

    def __init__(
        self,
        text: str,
        folded: str,
        tokens: list[_Token],
        tongue: Language,
        locale: Language | None,
        lean: Language | None,
    ) -> None:
        self.text = text
        self.folded = folded
        self.tokens = tokens
        self.words = [t.text for t in tokens]
        self.tongue: Language = tongue
        self.locale = locale
        self.lean = lean
        self.hidden = _BIDI.search(text) is not None
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
        prefix = self._prefix(i) if token.kind in "sw" else None
        at = prefix[0] if prefix else i
        if prefix is None and not (
            token.kind == "n" or (token.kind == "w" and self._starts_spelled(i))
        ):
            return None
        unit = prefix[1] if prefix else None
        number = self._number(at, marked=unit is not None)
        if number is None:
            return None
        after = number.after
        suffix = self._suffix(number)
        why: str | None = None
        if suffix is not None:
            after, unit, why = self._join_units(number.after, unit, suffix)
        if why is None and isinstance(number.value, str):
            why = number.value
        value = Decimal(0) if isinstance(number.value, str) else number.value
        if why is None and unit is not None and unit not in SUBUNITS:
            after, value, why = self._add_cents(after, value, unit)
        self._keep(i, at, after, value, unit, why, number)
        return after

    def _keep(
        self,
        first: int,
        at: int,
        after: int,
        value: Decimal,
        unit: str | None,
        why: str | None,
        number: _Number,
    ) -> None:
        """File what was read under found or ambiguous, or drop it as part of something else."""
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        marked = unit is not None
        if not marked and why in ("malformed", "too_long", "fraction"):
            return
        outside = self._outside(first, at, after, marked=marked)
        if outside == "part":
            return
        why = outside or why or ("zero" if not value else None)
        if not marked and self._is_no_amount(first, after, number, why):
            return
        if self.hidden:
            why = "hidden_characters"
        if why == "range" and first == at and first > 1:
            start = self._range_start(first, start)
        if why is not None:
            self.ambiguous.append(Ambiguity(start, end, why, marked))
        else:
            if number.scaled and marked:
                self._doubt_shared_scale(first)
            self.found.append(Amount(start, end, value, unit))

    def _doubt_shared_scale(self, first: int) -> None:
        """Take back the $5 of "$5 to $10 million", which shares the million or does not."""
        last = self.found[-1] if self.found else None
        if last is None or first < 2 or self.words[first - 1] not in _JOINERS:
            return
        if last.end == self.tokens[first - 2].end and last.value < 1000:
            self.found.pop()
            self.ambiguous.append(Ambiguity(last.start, last.end, "range", last.unit is not None))

    def _range_start(self, first: int, start: int) -> int:
        """Take the lower end of "5 or 10 dollars" into the range, where it was read as bare."""
        last = self.found[-1] if self.found else None
        if last is not None and last.unit is None and last.end == self.tokens[first - 2].end:
            self.found.pop()
            return last.start
        return start

    # Units.

    def _prefix(self, i: int) -> tuple[int, str] | None:
        """Read a currency that stands before digits: (index of the digits, unit)."""
        token = self.tokens[i]
        unit: str | None
        if token.kind == "s":
            unit, at = SIGNS[token.text], i + 1
            if unit == "USD" and self._word(at) == "usd":
                at += 1
        elif self._sign(i + 1) == "$" and self.tokens[i + 1].start <= token.end + 1:
            unit, at = DOLLAR_PREFIXES.get(token.text), i + 2
            if self.tokens[i + 1].start != token.end and token.text not in CODES | {"us": ""}:
                return None
        else:
            unit, at = CODES.get(token.text), i + 1
            if self._sign(at) is not None and SIGNS[self.words[at]] == unit:
                at += 1
        if unit is None or at >= len(self.tokens):
            return None
        if self.tokens[at].kind != "n" and not (
            token.kind == "s" and self.words[at] in STARTERS[self.tongue] and self.words[at] != "a"
        ):
            return None
        return at, unit

    def _suffix(self, number: _Number) -> tuple[int, str] | None:
        """Read a currency that stands after a number: (index after it, unit)."""
        i = number.after
        if i >= len(self.tokens):
            return None
        glued = self.tokens[i].start == self.tokens[i - 1].end
        if self.words[i] == "-" and glued:
            i += 1
            if i == len(self.tokens) or self.tokens[i].start != self.tokens[i - 1].end:
                return None
            return self._noun(i)
        if self.words[i] in ("of", "de") and number.scaled:
            i += 1
        if i >= len(self.tokens):
            return None
        token = self.tokens[i]
        if token.kind == "s":
            belongs_to_next = not glued and i + 1 < len(self.tokens) and self._is_digits(i + 1)
            return None if belongs_to_next else (i + 1, SIGNS[token.text])
        if token.kind != "w":
            return None
        return self._code_after(i) or self._noun(i)

    def _code_after(self, i: int) -> tuple[int, str] | None:
        token = self.tokens[i]
        code = CODES.get(token.text)
        if code is not None:
            if self._is_digits(i + 1) and self.tokens[i + 1].start == token.end:
                return None
            if self._sign(i + 1) is not None and SIGNS[self.words[i + 1]] == code:
                return (i + 1, code) if self._is_digits(i + 2) else (i + 2, code)
            return self._skip_noun(i + 1, code)
        written = self.text[token.start : token.end]
        if written in CAPITAL_CODES:
            return i + 1, written
        land = DOLLAR_PREFIXES.get(token.text)
        if land is not None and self._sign(i + 1) == "$" and not self._is_digits(i + 2):
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
            units = nouns.get(self._word(after) or "")
            if units is None:
                return None
            after += 1
            if self._word(after) == "sterling":
                return after + 1, "GBP"
            return after, units.get(land) or units[""]
        units = nouns.get(self._word(i) or "")
        if units is None:
            return None
        after, land = self._land(i + 1)
        if not land or land not in units:
            # "cien dólares americanos" and "yuanes chinos", but not "5 euros alemanes de multa".
            known = land and len(units) == 1
            return (after if known else i + 1), units[""]
        return after, units[land]

    def _land(self, i: int) -> tuple[int, str]:
        for parts, land in LANDS[self.tongue].get(self._word(i) or "", ()):
            if tuple(self.words[i : i + len(parts)]) == parts:
                return i + len(parts), land
        return i, ""

    def _join_units(
        self, number_end: int, prefix: str | None, suffix: tuple[int, str]
    ) -> tuple[int, str | None, str | None]:
        """Make one unit of what stands before and after: (index after, unit, reason)."""
        after, unit = suffix
        if prefix is None or prefix == unit:
            return after, unit, None
        if self._is_digits(after):  # "rmb 10 usd 20": the second one is the next amount's
            return number_end, prefix, None
        if prefix == "USD" and (unit in DOLLAR_PREFIXES.values() or unit == "peso"):
            return after, unit, None
        return after, prefix, "two_currencies"

    def _add_cents(self, i: int, value: Decimal, unit: str) -> tuple[int, Decimal, str | None]:
        """Add "and 20 cents", "con 99 céntimos", "con 50" and the 50 of "15 dollars 50"."""
        joined = self._word(i) in (("and",) if self.tongue == "en" else ("y", "con"))
        at = i + joined
        if at >= len(self.tokens) or self.tokens[at].kind not in "nw":
            return i, value, None
        if self.tokens[at].kind == "w" and not self._starts_spelled(at):
            return i, value, None
        number = self._number(at, marked=True)
        if number is None or isinstance(number.value, str):
            return i, value, None
        small = self._suffix(number)
        cents = number.value
        whole = value == value.to_integral_value()
        if small is not None and small[1] in PER_UNIT:
            per = PER_UNIT[small[1]]
            fits = whole and cents == cents.to_integral_value() and 0 < cents < per
            return small[0], value + cents / per, None if fits else "two_numbers"
        if small is not None or number.scaled or self._word(i - 1) is None:
            return i, value, None
        return self._bare_cents(i, at, number, value, joined=joined)

    def _bare_cents(
        self, i: int, at: int, number: _Number, value: Decimal, *, joined: bool
    ) -> tuple[int, Decimal, str | None]:
        if joined and self._word(i) != "con":
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

    # Numbers.

    def _number(self, i: int, *, marked: bool) -> _Number | None:
        """Read digits or words with their scale at token `i`."""
        if self.tokens[i].kind == "n":
            return self._digits(i, marked=marked)
        if self.words[i] in ("half", "medio", "media"):
            return self._half(i)
        read = read_number(self.words, i, self.tongue)
        if read is None:
            return None
        return self._scale(read[0], Decimal(read[1]), marked=marked, spelled=True)

    def _digits(self, i: int, *, marked: bool) -> _Number:
        raw, after, firm = self._spaced_groups(i)
        scaled = self._word(after) in SCALES[self.tongue]
        glued = self._glued_scale(after, marked=marked)
        lean = None
        if marked or scaled or self._is_unit_ahead(after):
            lean = self.lean
        value = read_digits(raw, locale=self.locale, lean=lean, scaled=scaled or glued > 1)
        if isinstance(value, str):
            after += glued > 1
            while self._word(after) in SCALES[self.tongue]:
                after += 1
            return _Number(after, value, scaled=scaled)
        if not firm and not (lean == "es" or self.locale == "es"):
            return _Number(after, "two_numbers")
        if glued > 1:
            return _Number(after + 1, value * glued, scaled=True)
        return self._scale(after, value, marked=marked, spelled=False)

    def _spaced_groups(self, i: int) -> tuple[str, int, bool]:
        """Join "1 234,5": (digits, index after, whether nothing but one number can be meant)."""
        raw, after, firm = self.words[i], i + 1, True
        if not (raw.isdigit() and len(raw) <= 3 and raw[0] != "0"):
            return raw, after, True
        while after < len(self.tokens) and self._is_digits(after):
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
        word = self._word(i)
        factor = _LETTER_SCALES.get(word or "")
        if factor is None:
            return 1
        glued = self.tokens[i].start == self.tokens[i - 1].end
        if (word == "k" and glued) or word == "grand":
            return factor
        return factor if marked or self._is_unit_ahead(i + 1) else 1

    def _scale(self, i: int, value: Decimal, *, marked: bool, spelled: bool) -> _Number:
        """Multiply by the words of size that follow, halves included."""
        scales, scaled = SCALES[self.tongue], spelled and self._word(i - 1) in SCALES[self.tongue]
        if self.tongue == "en" and self.words[i : i + 3] == ["and", "a", "half"]:
            value, i = value + Decimal("0.5"), i + 3
        elif self.tongue == "es" and self.words[i : i + 2] in (["y", "medio"], ["y", "media"]):
            one = self._size_before(i) if scaled else 1
            value, i = value + Decimal("0.5") * one, i + 2
        while True:
            skip = i < len(self.tokens) and self.words[i] == "-" and marked
            size = scales.get(self._word(i + skip) or "")
            if size is None:
                break
            value, i, scaled = value * size, i + 1 + skip, True
            if self.tongue == "es" and self.words[i : i + 2] == ["y", "medio"]:
                value, i = value + Decimal(size) / 2, i + 2
        return _Number(i, value, spelled=spelled, scaled=scaled)

    def _size_before(self, i: int) -> int:
        return SCALES["es"].get(self.words[i - 1], 1)

    def _half(self, i: int) -> _Number | None:
        """Read "half a million" and "medio millón"; other halves are no number."""
        at = i + 1 + (self._word(i + 1) == "a")
        size = SCALES[self.tongue].get(self._word(at) or "")
        if size is not None and size > 1:
            return _Number(at + 1, Decimal(size) / 2, spelled=True, scaled=True)
        return None

    # Surroundings.

    def _outside(self, first: int, at: int, after: int, *, marked: bool) -> str | None:
        """Tell what the neighbours make of it: "part" of something longer, or a reason."""
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        before = self._before(start, marked=marked)
        if before is not None:
            return before
        for i in range(first + 1, after):  # `$-5` and `$+5` never get here: no digits follow
            if self.tokens[i].kind == "p" and self.words[i] not in ("-",):
                return "malformed"
        behind = self._behind(end, marked=marked)
        if behind is not None:
            return behind
        return self._beside(first, at, after)

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

    def _beside(self, first: int, at: int, after: int) -> str | None:
        """Judge the tokens on both sides: other numbers, ranges, spaced-out decimals."""
        number_first = first == at
        if number_first and first:
            before = self.tokens[first - 1]
            if before.kind == "n" and not self._was_read(before.end):
                return "two_numbers"
            if first > 1 and self._is_loose_number(first - 2):
                if before.text in _JOINERS:
                    return "range"
                if before.text == ".":
                    return "malformed"
                if before.text == "," and len(self.words[first]) == 3:
                    return "thousands_or_decimals"
                if before.text == "," and self.tokens[first - 2].kind == "w":
                    return "two_numbers"
            if {before.text, self.words[first - 2] if first > 1 else ""} & _PARTS:
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

    def _is_loose_number(self, i: int) -> bool:
        """Whether token `i` is or ends a number that no amount has claimed."""
        token = self.tokens[i]
        if self._was_read(token.end):
            return False
        return token.kind == "n" or (
            token.kind == "w"
            and token.text != "a"
            and (token.text in STARTERS[self.tongue] or token.text in SCALES[self.tongue])
        )

    def _was_read(self, end: int) -> bool:
        return any(a.end >= end and a.unit is not None for a in self.found[-1:]) or any(
            a.end >= end and a.marked for a in self.ambiguous[-1:]
        )

    # Bare numbers.

    def _is_no_amount(self, first: int, after: int, number: _Number, why: str | None) -> bool:
        """Whether a number without a currency plainly counts or names something else."""
        if number.spelled and not number.scaled and isinstance(number.value, Decimal):
            alone = first == 0 and after == len(self.tokens)
            if number.value < _SMALL_SPELLED and not alone:
                return True
        if why == "fraction":
            return True
        return is_labelled(self.words, first, after) or is_counted_or_dated(
            self.words, first, after
        )

    def _is_counted(self, i: int) -> bool:
        return is_counted_or_dated(self.words, i - 1, i)

    # Small questions about tokens.

    def _starts_spelled(self, i: int) -> bool:
        word = self.words[i]
        if word == "ciento" and i and self.words[i - 1] == "por":
            return False
        return word in STARTERS[self.tongue] or word in ("half", "medio")

    def _is_unit_ahead(self, i: int) -> bool:
        if i >= len(self.tokens):
            return False
        if self._word(i) in SCALES[self.tongue]:
            return self._is_unit_ahead(i + 1)
        if self.words[i] in ("of", "de", "-") and i + 1 < len(self.tokens):
            return self._noun(i + 1) is not None
        if self.tokens[i].kind == "s":
            return not self._is_digits(i + 1) or self.tokens[i].start == self.tokens[i - 1].end
        return self._code_after(i) is not None or self._noun(i) is not None

    def _word(self, i: int) -> str | None:
        return self.words[i] if i < len(self.tokens) and self.tokens[i].kind == "w" else None

    def _sign(self, i: int) -> str | None:
        return self.words[i] if i < len(self.tokens) and self.tokens[i].kind == "s" else None

    def _is_digits(self, i: int) -> bool:
        return i < len(self.tokens) and self.tokens[i].kind == "n"
