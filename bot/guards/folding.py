"""Readings of a text under what hides words: look-alikes, gaps, digits for letters, encodings."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

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
_FOREIGN: Final = re.compile("[\u0370-\u058f]")
_LEET: Final = str.maketrans("01345789@$€", "oieastbgase")
# A whole word, so that no piece of a key is taken for one.
_LEET_WORD: Final = re.compile(
    r"(?<![\w.:/-])(?=[a-z]{0,12}[013457@$])(?=[013457@$]{0,12}[a-z])"
    r"[a-z013457@$]{0,15}[a-z013457](?!\w)"
)
# "i.g.n.o.r.e", "i-g-n-o-r-e": a sign after each letter.
_BETWEEN: Final = frozenset(".*_|~-")
_SPREAD_LETTERS: Final = 4
_DOTTED: Final = re.compile(r"(?:[^\s.*_|~-][.*_|~-]){2,}[^\s.*_|~-]?")
# "i g n o r e": single letters with one gap between them.
_SPREAD: Final = re.compile(r"(?<!\S)(?:\S[ \t]){3,}\S(?!\S)")
_SHORTEST_ENCODED: Final = 20
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{20,8000}={0,2}")
_HEX: Final = re.compile(r"(?:[0-9a-fA-F]{2}){12,4000}")
# "instruction", "ignore", "prompt", "system", "forget" thirteen letters on.
_ROT13: Final = ("vafgehpgvba", "vtaber", "cebzcg", "flfgrz", "sbetrg")
# Written with digits for letters, these are why; a model's name or a reference has none of them.
_TELLTALE: Final = re.compile(
    r"ignor|forget|disreg|instr|prompt|system|rule|guidel|direct|previous|before|everyth|above"
    r"|reveal|pretend|restrict|filter|bypass|overr|jailb|olvid|regla|anterior|vergiss|anweis|regel"
    r"|obey|respond|answer|repeat|role|mode|told|order|command|policy|secret"
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
    # The part that differs from the readings before, with what may belong to it.
    window: tuple[int, int] = (0, sys.maxsize)

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
    written = current.text.split()
    joined = _joined(current) if _is_spread(written) else None
    if joined is not None:
        yield joined
        current = joined
    leet = " ".join(_LEET_WORD.findall(current.text))
    for one in ("i", "l"):
        table = _LEET | {ord("1"): one}
        if _TELLTALE.search(leet.translate(table)):
            yield _changed(current, current.text.translate(table))
    if any(word in plain.text for word in _ROT13):
        yield Reading(codecs.encode(plain.text, "rot13"), plain.places, is_hidden=True)
    if any(len(word) >= _SHORTEST_ENCODED for word in written):
        yield from _encoded(text)


def _changed(before: Reading, text: str) -> Reading:
    """Return a reading of other letters in the same places."""
    differing = [at for at, char in enumerate(text) if char != before.text[at]]
    begin, end = (differing[0], differing[-1]) if differing else (0, 0)
    window = (max(begin - _AROUND, 0), end + _AROUND)
    return Reading(text, before.places, is_hidden=True, window=window)


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
    dropped = {
        at
        for start, end in spots
        for at in range(start, end)
        if reading.text[at] in " \t.*_|~-" and at > start
    }
    kept = [at for at in range(len(reading.text)) if at not in dropped]
    places = reading.places
    return Reading(
        "".join(map(reading.text.__getitem__, kept)),
        tuple(kept if places is None else (places[at] for at in kept)),
        is_hidden=True,
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
