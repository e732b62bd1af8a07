"""Readings of a text under what hides words: look-alikes, gaps, digits for letters, encodings."""

from __future__ import annotations

import base64
import binascii
import re
import string
import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.guards.vocabulary import apart, count_known, without_leet

# As many characters as an order may have around a word that is hidden.
_AROUND: Final = 200
_NOT_ASCII: Final = re.compile("[^\x00-\x7f]")
# So many invisible characters come in with a paste.
_FEW: Final = 2
_TAGS: Final = range(0xE0020, 0xE007F)
# Letters of other scripts that look like Latin ones (Unicode, confusables.txt).
_LOOKALIKES: Final = str.maketrans(
    "аеорсухіјѕԁԛԝһӏьвкмнтгпиαβεικνορτυχωηγςσζάέίόύҽօѕցսհո",
    "aeopcyxijsdqwhlbbkmhtrnuabeiknoptuxwnycozaeioueosguhn",
)
_APOSTROPHES: Final = "\u2018\u2019\u02bc\u00b4\u2032\uff07"
_FOREIGN: Final = re.compile("[\u0370-\u058f]")
# "i.g.n.o.r.e", "i-g-n-o-r-e": a sign after each letter.
_BETWEEN: Final = frozenset(".*_|~-")
_SPREAD_LETTERS: Final = 4
_DOTTED: Final = re.compile(r"(?:[^\s.*_|~-][.*_|~-]){2,}[^\s.*_|~-]?")
# A word of two letters, where longer ones are written so.
_PAIR: Final = re.compile(r"(?<!\S)[^\W\d_][.*_|~-][^\W\d_](?![^\s,;:!?.])")
# "i g n o r e   m e": single letters with blanks between them, more of them between words.
_SPREAD: Final = re.compile(r"(?<!\S)\S(?:[ \t]{1,4}\S(?!\S)){3,}")
_WIDE_GAP: Final = re.compile(r"[ \t]{2,}")
_TIED: Final = re.compile(r"[^\W_]+(?:_[^\W_]+){3,}")
_SHORTEST_ENCODED: Final = 20
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{20,8000}={0,2}")
_HEX: Final = re.compile(r"(?:[0-9a-fA-F]{2}){12,4000}")
# More known words than these make a reading likely that turns letters into others.
_FEW_KNOWN: Final = 2
_MANY_KNOWN: Final = 24
_ROT13: Final = str.maketrans(
    string.ascii_lowercase, string.ascii_lowercase[13:] + string.ascii_lowercase[:13]
)
_MOST_ENCODED: Final = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it may be meant, in small letters and without accents.

    `places` says for each character where it stands in the original; None where they are the
    same. `covers` is set instead where the whole reading comes from one place (start, end).
    """

    text: str
    places: tuple[int, ...] | None = None
    covers: tuple[int, int] | None = None
    is_hidden: bool = False
    # The parts that differ from the readings before, with what may belong to them.
    windows: tuple[tuple[int, int], ...] = ((0, sys.maxsize),)

    def place_of(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the reading stands in the original; end is exclusive."""
        if self.covers is not None:
            return self.covers
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def list_readings(text: str) -> Iterator[Reading]:
    """Yield the plain reading, then one for each way of hiding that the text shows signs of."""
    plain = _plain(text)
    yield plain
    current = plain
    if _FOREIGN.search(plain.text):
        # In a text that is all in another script there is nothing to find in this reading.
        current = _changed(plain, plain.text.translate(_LOOKALIKES))
        yield current
    if "_" in current.text and _TIED.search(current.text):
        current = _changed(current, current.text.replace("_", " "))
        yield current
    written = current.text.split()
    joined = _joined(current) if _is_spread(written) else None
    if joined is not None:
        yield joined
        for run in _SPREAD.finditer(current.text):
            if not _WIDE_GAP.search(run.group()):
                letters = run.group().replace(" ", "").replace("\t", "")
                start, end = current.place_of(*run.span())
                yield Reading(apart(letters), covers=(start, end), is_hidden=True)
        current = joined
    lettered = without_leet(current.text)
    if lettered is not None:
        yield _changed(current, lettered)
    least = max(count_known(plain.text), _FEW_KNOWN)
    # What reads as it stands is not turned round, which would seldom read better.
    if least <= _MANY_KNOWN:
        if count_known(turned := plain.text.translate(_ROT13)) > least:
            yield Reading(turned, plain.places, is_hidden=True)
        if count_known(turned := plain.text[::-1]) > least:
            yield Reading(turned, covers=(0, len(text)), is_hidden=True)
    if max(map(len, written), default=0) >= _SHORTEST_ENCODED:
        yield from _encoded(text)


def _changed(before: Reading, text: str) -> Reading:
    """Return a reading of other letters in the same places."""
    places = enumerate(zip(text, before.text, strict=True))
    windows = _around((at, at) for at, (char, was) in places if char != was)
    return Reading(text, before.places, is_hidden=True, windows=windows)


def _around(spots: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the parts around some spots, which come in order; what overlaps is one."""
    windows: list[tuple[int, int]] = []
    for start, end in spots:
        begin, until = max(start - _AROUND, 0), end + _AROUND
        if windows and begin <= windows[-1][1]:
            begin, until = windows[-1][0], max(windows.pop()[1], until)
        windows.append((begin, until))
    return tuple(windows)


def _plain(text: str) -> Reading:
    if text.isascii():
        return Reading(text.lower())
    out: list[str] = []
    places: list[int] = []
    at = invisible = 0
    for foreign in _NOT_ASCII.finditer(text):
        out.append(text[at : foreign.start()].lower())
        places += range(at, foreign.start())
        at = foreign.end()
        shown = _bare(foreign.group())
        invisible += not shown
        out.append(shown)
        places += [foreign.start()] * len(shown)
    out.append(text[at:].lower())
    places += range(at, len(text))
    return Reading("".join(out), tuple(places), is_hidden=invisible > _FEW)


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    """Return a character in small letters, without width, font or accent, "" for none seen."""
    if ord(char) in _TAGS:
        return chr(ord(char) - 0xE0000).lower()
    if "\u3000" < char < "\ua4d0":
        return char
    if char in _APOSTROPHES:
        return "'"
    if unicodedata.category(char) == "Cf":
        return ""
    parts = unicodedata.normalize("NFKD", char).lower()
    return "".join(part for part in parts if not unicodedata.combining(part))


def _is_spread(written: list[str]) -> bool:
    """Tell whether letters may stand apart, which few texts are looked through for."""
    single = 0
    for word in written:
        single = single + 1 if len(word) == 1 else 0
        if single == _SPREAD_LETTERS or (word[1:2] in _BETWEEN and word[3:4] in _BETWEEN):
            return True
    return False


def _joined(reading: Reading) -> Reading | None:
    """Join letters that stand apart; None where none do."""
    spots = [match.span() for match in _DOTTED.finditer(reading.text)]
    spots += [match.span() for match in _SPREAD.finditer(reading.text)]
    if sum(end - start for start, end in spots) < 12:
        return None
    spots += [match.span() for match in _PAIR.finditer(reading.text)]
    dropped = {
        at
        for start, end in spots
        for at in range(start, end)
        if reading.text[at] in " \t.*_|~-" and at > start
    }
    for start, end in spots:
        # The first blank of a wide gap stays: it is the one between two words.
        dropped -= {gap.start() for gap in _WIDE_GAP.finditer(reading.text, start, end)}
    kept = [at for at in range(len(reading.text)) if at not in dropped]
    places = reading.places
    return Reading(
        "".join(map(reading.text.__getitem__, kept)),
        tuple(kept if places is None else (places[at] for at in kept)),
        is_hidden=True,
        windows=_around(
            (bisect_left(kept, start), bisect_left(kept, end)) for start, end in sorted(spots)
        ),
    )


def _encoded(text: str) -> Iterator[Reading]:
    ways: tuple[tuple[re.Pattern[str], Callable[[str], bytes]], ...] = (
        (_BASE64, _from_base64),
        (_HEX, _from_hex),
    )
    for pattern, decode in ways:
        for number, match in enumerate(pattern.finditer(text)):
            if number == _MOST_ENCODED:
                break
            inner = _text_of(decode(match.group()))
            if inner:
                yield Reading(_plain(inner).text, covers=match.span(), is_hidden=True)


def _from_base64(written: str) -> bytes:
    body = written.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _from_hex(written: str) -> bytes:
    try:
        return bytes.fromhex(written)
    except ValueError:
        return b""


def _text_of(data: bytes) -> str:
    """Return what bytes say where they are words with gaps between them, else nothing."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    printable = sum(char.isprintable() or char.isspace() for char in text)
    return text if " " in text and printable >= 0.95 * len(text) else ""
