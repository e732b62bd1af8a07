"""What is typed after a command, as the slots that the rules of sentences take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.actions.base import ActionCall
from bot.planning import Language
from intents.extract.money import Ambiguity
from intents.names import Named
from intents.rules.patterns import Found, Outcome
from intents.rules.strangers import with_missing
from intents.sentence import Piece, Sentence, read_sentence, split_words

Result = Outcome | tuple[ActionCall, ...]
_LABELS: Final = {"A": "a1", "R": "r1"}


def gathered(sentence: Sentence, *, wallets_named: Sequence[str] = ("w1",)) -> Found:
    """Take the slots as they come: first wallet, first amount, and the rest as a reason.

    Strange words stand for a name where one is left to be named and they are no reason.
    """
    slots: dict[str, str] = {}
    labels = list(wallets_named)
    after = ""
    pieces = with_missing(sentence, len(labels))
    for piece in pieces:
        letter = piece.sign[0]
        if isinstance(piece.value, Named):
            if {"from", "to"} <= set(wallets_named):
                wanted = {"to": "to", "from": "from", "of": "from"}.get(after)
                label = wanted if wanted in labels else (labels[0] if labels else None)
            else:
                label = labels[0] if labels else None
            if label is not None:
                labels.remove(label)
                slots[label] = piece.sign
        elif letter == "A" and piece.value is not None and "a1" in slots:
            # Which of two amounts is meant is asked. In a reason there may be numbers.
            if _is_near(sentence, pieces, slots["a1"], piece):
                pieces = _joined(pieces, slots["a1"], piece)
        elif piece.value is not None and letter in _LABELS and _LABELS[letter] not in slots:
            slots[_LABELS[letter]] = piece.sign
        elif piece.sign == "all" and "a1" not in slots and "from" in wallets_named:
            slots["a1"] = piece.sign
        elif piece.sign in {"my", "it", "me"} and labels:
            slots[labels.pop(0)] = piece.sign
        after = piece.sign
    used = set(slots.values())
    kept = tuple(
        p
        for p in pieces
        if p.sign in used or (p.value is not None and p.sign[0] in "UTVKX") or p.sign[0] in "VK"
    )
    return Found(sentence, kept, slots, _rest(sentence, kept))


def _is_near(sentence: Sentence, pieces: Sequence[Piece], sign: str, last: Piece) -> bool:
    """Tell whether nothing but names stands between an amount and another one."""
    first = next(piece for piece in pieces if piece.sign == sign)
    at = first.end
    for piece in pieces:
        if first.end <= piece.start <= last.start:
            is_between = piece is last or isinstance(piece.value, Named)
            if not is_between or sentence.text[at : piece.start].strip():
                return False
            at = piece.end
    return True


def _joined(pieces: Sequence[Piece], sign: str, last: Piece) -> Sequence[Piece]:
    """Make one that says nothing sure of two amounts."""
    first = next(piece for piece in pieces if piece.sign == sign)
    doubt = Ambiguity(first.start, last.end, "two_numbers")
    whole = replace(first, end=last.end, value=doubt)
    return tuple(whole if piece is first else piece for piece in pieces if piece is not last)


def unnamed(sentence: Sentence) -> str:
    """Return the words in a row that stand where a name would, and are none.

    Empty if all are known, and where strange words stand in several places.
    """
    strange = [at for at, piece in enumerate(sentence.pieces) if piece.sign[0] == "~"]
    is_one = bool(strange) and strange[-1] - strange[0] < len(strange)
    return sentence.raw(strange[0], strange[-1]) if is_one else ""


def _rest(sentence: Sentence, kept: Sequence[Piece]) -> str:
    """Return the free words after the last slot, else those before the first one."""
    if not kept:
        return sentence.text
    return sentence.text[max(piece.end for piece in kept) :].strip(" ,.;:")


def with_refs(sentence: Sentence) -> Sentence:
    """Take the first word after a decision for the reference, also where it is all letters."""
    if any(piece.sign[0] == "R" and piece.value is not None for piece in sentence.pieces):
        return sentence
    first = split_words(sentence.text)
    word = first.words[0].lstrip("#").upper() if first.words else ""
    if len(word) != 4 or not set(word) <= set("23456789ABCDEFGHJKMNPQRSTVWXYZ"):
        return sentence
    end = len(first.words[0])
    rest = [piece for piece in sentence.pieces if piece.start >= end]
    return Sentence(
        sentence.text,
        sentence.language,
        sentence.context,
        sentence.index,
        [Piece("R0", 0, end, word), *rest],
        sentence.signs | {"R"},
    )


def led(lead: str, sentence: Sentence, *, language: Language | None = None) -> Sentence:
    """Read the arguments as if they stood in a sentence that begins with `lead`."""
    text = f"{lead} {sentence.text}".strip()
    return read_sentence(
        split_words(text), language or sentence.language, sentence.context, sentence.index
    )
