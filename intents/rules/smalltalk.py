"""Greetings and thanks: messages that ask for nothing."""

from __future__ import annotations

from typing import Final, Literal

from intents.sentence import Sentence

_AROUND: Final = frozenset({"bot", "!", ".", ",", "¡", "yes", "you", "?", "¿"})


def find_smalltalk(sentence: Sentence) -> Literal["greet", "thanks"] | None:
    """Return what kind of small talk the whole message is, if it is."""
    signs = [sign for sign in (p.sign for p in sentence.pieces) if sign not in _AROUND]
    if not signs or len(signs) > 3:
        return None
    if all(sign == "thanks" or sign == "hi" for sign in signs):
        return "thanks" if "thanks" in signs else "greet"
    if signs[0] == "hi" and len(signs) == 2 and signs[1].startswith(("~", "W")):
        return "greet"  # "hello everybody", "hi ben"
    return None
