"""A message read into signs: words become what they stand for, names and amounts become slots."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

from bot.planning import Language, PersonName, PlanContext, WalletName
from intents.extract.letters import fold, words
from intents.extract.money import Ambiguity, Amount, find_amounts
from intents.extract.periods import Period, UnsureDate, Until, find_days
from intents.names import Named, NameIndex
from intents.rules.lexicon import LEXICONS, TOKEN

# What a slot holds. A reference, an address and a quoted name are plain strings.
Value = Named | Amount | Ambiguity | Period | Until | UnsureDate | str | int | tuple[str, ...]
_REF: Final = re.compile(r"#?([2-9a-hjkmnp-tv-z]{4})", re.ASCII)
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th|am|pm|mb|gb|min|hrs|usd|eur)")
_REF_SIGNS: Final = frozenset({"approve", "reject", "cancel", "request", "why", "refused"})
_PLAIN_NUMBER: Final = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_BEFORE_SUM: Final = frozenset(words("request solicitud peticion by to at en a limit limite"))
# They stand anywhere, also in the midst of a phrase.
_COURTESY: Final = frozenset(words("please pls plz kindly porfa porfavor"))
_MAKES: Final = frozenset({"create", "new", "open", "make", "add", "need"})
_KINDS: Final = frozenset({"wallet", "team", "project"})
# Signs that make a sentence ours, so that a misspelt name in it is worth looking for.
_OURS: Final = frozenset(
    words(
        "raise lower give ask need budget limit wallet wallets move approve reject close "
        "rename spend balance forecast runout top spender request threshold warn set remove "
        "up makeit people make add Kowner Kadmin Kfinance Klead Kmember Kviewer take "
        "nolonger howmuch export chargeback"
    )
)
_NUMBER_WORDS: Final = frozenset(
    words(
        "hundred thousand million cien ciento doscientos trescientos cuatrocientos "
        "quinientos seiscientos setecientos ochocientos novecientos mil millon millones "
        "fifty twenty thirty forty sixty seventy eighty ninety ten cincuenta veinte treinta "
        "cuarenta sesenta setenta ochenta noventa diez grand five cinco"
    )
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One sign, where it stands in the text, and what it holds if it is a slot."""

    sign: str
    start: int
    end: int
    value: Value | None = None
    is_guess: bool = False


@dataclass(slots=True)
class Sentence:
    """A message as signs. `signs` has every sign that is in it, for quick questions."""

    text: str
    language: Language
    context: PlanContext
    index: NameIndex
    pieces: list[Piece] = field(default_factory=list)
    signs: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """The speaker's day."""
        return self.context.now.astimezone(self.context.zone).date()

    def slots(self, letter: str) -> Iterator[Piece]:
        """Return the slots of a kind in the order of the text."""
        return (p for p in self.pieces if p.value is not None and p.sign[0] == letter)

    def raw(self, first: int, last: int) -> str:
        """Return the text from the piece at `first` up to and with the one at `last`."""
        return self.text[self.pieces[first].start : self.pieces[last].end]


@dataclass(frozen=True, slots=True)
class Words:
    """A message split into folded words; `text` is NFC and what the offsets count in."""

    text: str
    folded: str
    words: tuple[str, ...]
    starts: tuple[int, ...]


def split_words(text: str) -> Words:
    """Split a message once; reading it in either language starts from here."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    folded = fold(text)
    words: list[str] = []
    starts: list[int] = []
    for match in TOKEN.finditer(folded):
        word, start = match.group(), match.start()
        if word in _COURTESY:
            continue
        if word == "favor" and words and words[-1] == "por":
            words.pop()
            starts.pop()
            continue
        if word.endswith("'s") and len(word) > 2 and not _is_contraction(word):
            words += (word[:-2], "'s")
            starts += (start, start + len(word) - 2)
        else:
            words.append(word)
            starts.append(start)
    return Words(text, folded, tuple(words), tuple(starts))


def _is_contraction(word: str) -> bool:
    return word in LEXICONS["en"] or word in {"that's", "it's", "he's", "she's", "there's"}


def read_sentence(
    words: Words, language: Language, context: PlanContext, index: NameIndex
) -> Sentence:
    """Read a split message in one language."""
    return _Reader(words, language, context, index).read()


def without_kinds(pieces: list[Piece]) -> list[Piece]:
    """Leave out "wallet" and "team" where they only say what a name is."""
    kept: list[Piece] = []
    skips = False
    began: int | None = None
    for at, piece in enumerate(pieces):
        if skips:
            skips = False
            continue
        if piece.sign in _KINDS:
            before = pieces[at - 1] if at else None
            after = pieces[at + 1] if at + 1 < len(pieces) else None
            if before is not None and (isinstance(before.value, Named) or before.sign == "my"):
                kept[-1] = replace(before, end=piece.end)
                continue
            beyond = pieces[at + 2] if at + 2 < len(pieces) else None
            is_made = before is not None and before.sign in {"create", "new"}
            if after is not None and isinstance(after.value, Named) and not is_made:
                began = piece.start
                continue
            if (
                (before is None or before.sign not in _MAKES)
                and after is not None
                and after.sign == "of"
                and beyond is not None
                and isinstance(beyond.value, Named)
            ):
                skips = True
                began = piece.start
                continue
        kept.append(piece if began is None else replace(piece, start=began))
        began = None
    return kept


class _Reader:
    def __init__(
        self, words: Words, language: Language, context: PlanContext, index: NameIndex
    ) -> None:
        self.w = words
        self.lexicon = LEXICONS[language]
        self.sentence = Sentence(words.text, language, context, index)
        self.index = index
        self.taken: dict[int, tuple[int, Piece]] = {}  # first word -> (words, piece)
        self.used = [False] * len(words.words)
        self.counts: dict[str, int] = {}

    def read(self) -> Sentence:
        signs = self._rough_signs()
        self._take_names()
        self._take_refs(signs)
        may_be_ours = bool(self.counts) or len(self.w.words) < 6 or not signs.isdisjoint(_OURS)
        if any(c.isdigit() for c in self.w.text) or not _NUMBER_WORDS.isdisjoint(self.w.words):
            if "%" in self.w.text or not signs.isdisjoint(("warn", "threshold")):
                self._take_percents(signs)
            self._take_days(may_be_ours=may_be_ours)
            self._take_amounts()
        else:
            self._take_days(may_be_ours=may_be_ours)
        pieces = self._lay_out()
        sentence = self.sentence
        sentence.pieces = pieces
        sentence.signs = frozenset(p.sign if p.value is None else p.sign[0] for p in pieces)
        if not sentence.signs.isdisjoint(_OURS):
            self._guess_names()
        return sentence

    def _rough_signs(self) -> frozenset[str]:
        """Return the signs of the words alone, before names are known."""
        found: set[str] = set()
        words, at = self.w.words, 0
        while at < len(words):
            length, sign = self.lexicon.read(words, at)
            if sign:
                found.update(sign.split())
            at += length
        return frozenset(found)

    def _slot(self, letter: str) -> str:
        number = self.counts.get(letter, 0)
        self.counts[letter] = number + 1
        # One digit a slot: what has more is no sentence that a rule is sure of.
        return f"{letter}{number}" if number < 10 else "~"

    def _take(
        self, at: int, length: int, letter: str, value: Value, *, guess: bool = False
    ) -> None:
        piece = Piece(
            self._slot(letter),
            self.w.starts[at],
            self.w.starts[at + length - 1] + len(self.w.words[at + length - 1]),
            value,
            guess,
        )
        self.taken[at] = (length, piece)
        for i in range(at, at + length):
            self.used[i] = True

    def _take_names(self) -> None:
        words, at = self.w.words, 0
        while at < len(words):
            model = self.index.find_model(words, at) if self.index.models else None
            named = self.index.find(words, at)
            if named is not None and (model is None or named[0] >= model[0]):
                if self._is_name(at, *named):
                    self._take(at, named[0], "W", named[1])
                    at += named[0]
                    continue
            elif model is not None:
                self._take(at, model[0], "M", model[1])
                at += model[0]
                continue
            at += 1

    def _is_name(self, at: int, length: int, named: Named) -> bool:
        """Tell a name that is also a common word from the word: people write the name large."""
        sign = self.lexicon.sign_of(self.w.words[at])
        if length > 1 or sign is None or sign == "company":
            return True
        typed = self.w.text[self.w.starts[at] :][: len(self.w.words[at])]
        both: tuple[WalletName | PersonName, ...] = (*named.wallets, *named.people)
        return at > 0 and any(typed == one.name for one in both)

    def _take_refs(self, signs: frozenset[str]) -> None:
        asked = not signs.isdisjoint(_REF_SIGNS)
        waiting = self.sentence.context.directory.requests
        for at, word in enumerate(self.w.words):
            if not 4 <= len(word) <= 5 or self.used[at]:
                continue
            match = _REF.fullmatch(word)
            if match is None:
                continue
            ref = match.group(1).upper()
            typed = self.w.text[self.w.starts[at] :][: len(word)]
            mixed = any(c.isdigit() for c in ref) and not ref.isdigit()
            if (
                word[0] == "#"
                or (ref in waiting and (mixed or typed.isupper() or ref.isdigit()))
                or (ref in waiting and asked and word not in self.lexicon)
                or (mixed and asked and not _ORDINAL.fullmatch(word))
            ):
                self._take(at, 1, "R", ref)

    def _take_percents(self, signs: frozenset[str]) -> None:
        levels = not signs.isdisjoint(("warn", "threshold"))
        for at, word in enumerate(self.w.words):
            if self.used[at] or not word.isascii() or not word.isdigit() or len(word) > 3:
                continue
            if self.w.text[: self.w.starts[at]][-1:] in ("-", "−"):
                continue
            after = self.w.words[at + 1] if at + 1 < len(self.w.words) else ""
            two = " ".join(self.w.words[at + 1 : at + 3])
            if after in {"%", "percent"}:
                self._take(at, 2, "X", int(word))
            elif two in {"per cent", "por ciento"}:
                self._take(at, 3, "X", int(word))
            elif levels:
                self._take(at, 1, "X", int(word))

    def _take_days(self, *, may_be_ours: bool) -> None:
        """Take the days; to look for them is what costs most, so foreign talk is spared it."""
        if not may_be_ours:
            return
        today, language = self.sentence.today, self.sentence.language
        until, period = find_days(self.w.folded, today=today, language=language)
        if until is not None:
            self._take_span(until.start, until.end, "U", until)
        if period is not None:
            self._take_span(period.start, period.end, "T", period)

    def _take_amounts(self) -> None:
        found = find_amounts(
            self.w.text,
            language=self.sentence.language,
            locale=self.sentence.context.number_locale,
        )
        both: tuple[Amount | Ambiguity, ...] = (*found.found, *found.ambiguous)
        for amount in sorted(both, key=lambda one: one.start):
            self._take_span(amount.start, amount.end, "A", amount)
        self._take_plain_numbers()

    def _take_plain_numbers(self) -> None:
        """Take "request 500" and "by 2000" for sums, which elsewhere are a number and a year."""
        words = self.w.words
        for at in range(1, len(words)):
            word = words[at]
            if (
                self.used[at]
                or not _PLAIN_NUMBER.fullmatch(word)
                or words[at - 1] not in _BEFORE_SUM
            ):
                continue
            after = self.lexicon.read(words, at + 1)[1] if at + 1 < len(words) else ""
            if after is None and not (at + 1 < len(words) and self.used[at + 1]):
                continue
            amount = Amount(self.w.starts[at], self.w.starts[at] + len(word), Decimal(word), None)
            self._take(at, 1, "A", amount)

    def _take_span(self, start: int, end: int, letter: str, value: Value) -> None:
        starts, words = self.w.starts, self.w.words
        inside = [i for i, s in enumerate(starts) if s < end and s + len(words[i]) > start]
        if inside and not any(self.used[i] for i in inside):
            self._take(inside[0], len(inside), letter, value)

    def _lay_out(self) -> list[Piece]:
        pieces: list[Piece] = []
        words, starts, at = self.w.words, self.w.starts, 0
        while at < len(words):
            taken = self.taken.get(at)
            if taken is not None:
                pieces.append(taken[1])
                at += taken[0]
                continue
            length, sign = self.lexicon.read(words, at)
            if any(self.used[at : at + length]):
                # The phrase runs into a slot: its first word stands alone.
                length, sign = 1, self.lexicon.sign_of(words[at])
            word, start = words[at], starts[at]
            end = starts[at + length - 1] + len(words[at + length - 1])
            at += length
            if sign is None:
                pieces.append(self._unknown(word, start, end))
            elif sign:
                pieces += (Piece(one, start, end) for one in sign.split())
        return without_kinds(pieces)

    def _unknown(self, word: str, start: int, end: int) -> Piece:
        if not (word[0].isalnum() or word[0] in "@#"):
            return Piece(word, start, end)
        if word[0] != "@" and "@" in word:
            return Piece(self._slot("E"), start, end, self.w.text[start:end])
        mended = self.lexicon.mend(word)
        if mended:
            return Piece(mended.split()[0], start, end, is_guess=True)
        return Piece("~" + word, start, end)

    def _guess_names(self) -> None:
        pieces = self.sentence.pieces
        for at, piece in enumerate(pieces):
            if piece.sign[0] != "~":
                continue
            named = self.index.find_close(piece.sign[1:])
            if named is not None:
                pieces[at] = Piece(self._slot("W"), piece.start, piece.end, named, is_guess=True)
        self.sentence.signs = frozenset(p.sign if p.value is None else p.sign[0] for p in pieces)
