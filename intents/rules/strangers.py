"""Words that stand where a name would and name nothing here: they are asked about, not let go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from intents.extract.letters import fold, words
from intents.extract.money import Ambiguity
from intents.names import Named
from intents.sentence import Piece, Sentence, without_kinds

_MOST_WORDS: Final = 3
_MOST_SLOTS: Final = 10
# What a name follows; "for testing" may be a reason as well.
_BEFORE_NAME: Final = frozenset(words("of for to in from under"))
# Signs of a sentence that is about budget, whatever the strange words in it are.
_OURS: Final = frozenset(
    words(
        "budget limit wallet wallets team teams project projects more temp threshold role "
        "Kowner Kadmin Kfinance Klead Kmember Kviewer"
    )
)
_KINDS: Final = frozenset(words("team project wallet"))
_DOES: Final = frozenset(words("spend balance aux runout makeit willspend last"))
_ENDS: Final = frozenset("?.!,")
# What follows "in" and "of" and names nothing, in both languages.
_NO_NAMES: Final = frozenset(
    words(
        "general particular detail details fact theory practice advance dollars euros pounds usd "
        "eur late course short cash real brief question play progress summary words numbers "
        "dolares pesos serio promedio concreto realidad efectivo breve adelante resumen detalle "
        "media curso marcha momento today tomorrow yesterday hoy ayer manana now ahora once"
    )
)
_BEFORE_AMOUNT: Final = frozenset(words("by to at is move give raise up lower"))
_PRONOUNS: Final = frozenset(words("it my me"))
_NOBODY: Final = Named()


def find_strangers(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Return where words in a row are not known, as the first and the one after the last."""
    first = None
    for at, piece in enumerate((*pieces, None)):
        if piece is not None and piece.value is None and piece.sign[0] == "~":
            first = at if first is None else first
        elif first is not None:
            yield first, at
            first = None


def with_strangers(sentence: Sentence, pieces: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """Return a row of signs in which strange words stand as names; None if it has none.

    Also None where they may be any things: "close the garage door" says nothing of ours.
    """
    found = [
        (first, end)
        for first, end in find_strangers(pieces)
        if end - first <= _MOST_WORDS and sentence.text[pieces[first].start].isalpha()
    ]
    is_ours = any(piece.sign in _OURS or isinstance(piece.value, Named) for piece in pieces)
    if not found or not (is_ours or follows_at_once(sentence, pieces, found[0][0])):
        return None
    return _named(pieces, found)


def with_bare_strangers(sentence: Sentence, pieces: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """Take for names only what stands like one: "for nosuch", and not "for the new laptops"."""
    found = [
        (first, end)
        for first, end in find_strangers(pieces)
        if first
        and pieces[first - 1].sign in _BEFORE_NAME
        and follows_at_once(sentence, pieces, first)
        and is_name_like(sentence.text[pieces[first].start : pieces[end - 1].end])
    ]
    return _named(pieces, found) if found else None


def with_last_stranger(pieces: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """Take the last strange words for a name, after those of somebody or something new."""
    found = list(find_strangers(pieces))
    return _named(pieces, found[-1:]) if len(found) > 1 else None


def with_strange_amount(pieces: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """Take the last strange word, or what looks like a number, for an amount that is none."""
    found = [run for run in find_strangers(pieces) if run[1] - run[0] == 1]
    if not found or any(piece.value is not None and piece.sign[0] == "A" for piece in pieces):
        return None
    first, end = found[-1]
    piece, before = pieces[first], pieces[first - 1] if first else None
    after = pieces[end].sign if end < len(pieces) else ""
    if before is None or not (
        after == "more"
        or before.sign in _BEFORE_AMOUNT
        or (isinstance(before.value, Named) and not after)
        or piece.sign[1].isdigit()
    ):
        return None
    none = replace(piece, sign="A0", value=Ambiguity(piece.start, piece.end, "malformed"))
    return (*pieces[:first], none, *pieces[end:])


def with_asked_strangers(sentence: Sentence, pieces: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """Take for names what a question says something of: "nosuch's balance", "has nosuch spent"."""
    found = [run for run in find_strangers(pieces) if _is_asked_of(sentence, pieces, *run)]
    return _named(pieces, found) if found else None


def _is_asked_of(sentence: Sentence, pieces: Sequence[Piece], first: int, end: int) -> bool:
    typed = sentence.text[pieces[first].start : pieces[end - 1].end]
    if not is_name_like(typed) or not typed[0].isalpha() or fold(typed) in _NO_NAMES:
        return False
    before = pieces[first - 1].sign if first else ""
    after = pieces[end].sign if end < len(pieces) else ""
    if after == "'s" or before in _KINDS or after in _KINDS:
        return True
    if not first or not follows_at_once(sentence, pieces, first):
        return False
    if before in _BEFORE_NAME:
        # "To improve" and "a llover" are no names.
        return before != "to" or pieces[first - 2].sign in {"balance", "spend"}
    if before in {"aux", "will"}:
        return after in _DOES
    is_last = end == len(pieces) or after in _ENDS or after[0] in "TU"
    return is_last and before in {"spend", "balance", "chart"} and sentence.language == "es"


def with_missing(sentence: Sentence, count: int) -> Sequence[Piece]:
    """Take strange words of a command for the names that it lacks of `count`.

    Before another argument they can be nothing else; behind all of them they may be a reason,
    which says so or is long.
    """
    pieces = sentence.pieces
    lacks = count - sum(isinstance(p.value, Named) or p.sign in _PRONOUNS for p in pieces)
    if lacks <= 0:
        return pieces
    last = max((at for at, piece in enumerate(pieces) if _fills(piece)), default=-1)
    found = [
        (first, end)
        for first, end in find_strangers(pieces)
        if end - first <= _MOST_WORDS
        and (
            end <= last
            or (
                end == len(pieces)
                and (first == 0 or pieces[first - 1].sign in _BEFORE_NAME or first - 1 <= last)
                and (first == 0 or follows_at_once(sentence, pieces, first))
                and is_name_like(sentence.text[pieces[first].start : pieces[end - 1].end])
            )
        )
    ]
    return _named(pieces, found[:lacks]) if found else pieces


def _fills(piece: Piece) -> bool:
    return piece.sign[0] == "K" or (piece.value is not None and piece.sign[0] in "AXRW")


def is_name_like(typed: str) -> bool:
    """Tell a word by itself, or some that are written large, from other words."""
    parts = typed.split()
    return len(parts) == 1 or (
        len(parts) <= _MOST_WORDS and all(part[:1].isupper() for part in parts)
    )


def follows_at_once(sentence: Sentence, pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether nothing stands before a piece that was left out, such as an article."""
    return at > 0 and sentence.text[pieces[at - 1].end : pieces[at].start].isspace()


def _named(pieces: Sequence[Piece], found: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    taken = [int(p.sign[1:]) for p in pieces if p.value is not None and p.sign[0] == "W"]
    number = max(taken, default=-1) + 1
    kept: list[Piece] = []
    at = 0
    for first, end in found:
        if number >= _MOST_SLOTS:
            break
        kept += pieces[at:first]
        start = replace(pieces[first], sign=f"W{number}", end=pieces[end - 1].end, value=_NOBODY)
        kept.append(start)
        number, at = number + 1, end
    whole = [*kept, *pieces[at:]]
    # The words of the name alone are asked about: "nosuch" for "the nosuch wallet".
    named = {piece.sign: piece for piece in whole if piece.value is _NOBODY}
    return tuple(named.get(piece.sign, piece) for piece in without_kinds(whole))
