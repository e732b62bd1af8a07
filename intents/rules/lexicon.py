"""The words of a language as one look-up: from a word or a phrase to its sign."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.planning import Language
from intents.extract.letters import words
from intents.rules.words_en import WORDS as ENGLISH
from intents.rules.words_es import WORDS as SPANISH

TOKEN: Final = re.compile(
    r"[^\W_][\w.+\-]*@[\w\-.]+\w|[@#]?[^\W_]+(?:['.\-_][^\W_]+)*|[%$€£#,.;:?!()\"«»“”&/>\n=—–-]"
)
# A slip in a shorter word is too often another word: "send" and "spend".
_SHORTEST_MENDED: Final = 6
# Words that look like a slip of a known one and are not.
_NOT_SLIPS: Final = frozenset(
    words(
        "remote praise closer moving shared result recent resent accent expect except "
        "require revere mounted charged changes reports people parent parents person persona "
        "persons present subject limite models model create creates request balanced "
        "budgeted allowed listed lower slower flower power project projector protect object "
        "weekly archives presente presentes cerrada importe importa aprueban camera carrera "
        "carretera parece partes mostrar muestra tablas cuenta cuento cuentos fuerte puente "
        "gustos gusto"
    )
)


class Lexicon:
    """What each word and phrase of one language stands for."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._single: dict[str, str] = {}
        # By their first two words: many begin with the same one.
        self._phrases: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
        self._slips: dict[str, str] = {}
        for sign, entries in words.items():
            for entry in entries.split():
                self._learn(tuple(TOKEN.findall(entry.replace("_", " "))), sign)
        for followers in self._phrases.values():
            for phrases in followers.values():
                phrases.sort(key=lambda phrase: -len(phrase[0]))
        for word in self._single:
            if len(word) >= _SHORTEST_MENDED and word.isalpha():
                for shorter in _shortened(word):
                    self._slips.setdefault(shorter, word)

    def _learn(self, entry: tuple[str, ...], sign: str) -> None:
        if len(entry) == 1:
            self._single[entry[0]] = sign
        else:
            followers = self._phrases.setdefault(entry[0], {})
            followers.setdefault(entry[1], []).append((entry, sign))

    def __contains__(self, word: str) -> bool:
        return word in self._single

    def read(self, words: tuple[str, ...], at: int) -> tuple[int, str | None]:
        """Return how many words at `at` form one entry, and its sign; (1, None) if unknown."""
        word = words[at]
        followers = self._phrases.get(word)
        if followers is not None and at + 1 < len(words):
            for phrase, sign in followers.get(words[at + 1], ()):
                if words[at : at + len(phrase)] == phrase:
                    return len(phrase), sign
        return 1, self._single.get(word)

    def sign_of(self, word: str) -> str | None:
        """Return the sign of a word by itself."""
        return self._single.get(word)

    def mend(self, word: str) -> str | None:
        """Return the sign of the known word that `word` is one slip away from."""
        if len(word) < _SHORTEST_MENDED - 1 or word in _NOT_SLIPS or not word.isalpha():
            return None
        meant = self._slips.get(word)
        if meant is None:
            for shorter in _shortened(word):
                # One letter too many, one swapped with its neighbour, or one for another.
                meant = shorter if shorter in self._single and len(shorter) >= 6 else None
                meant = meant or self._slips.get(shorter)
                if meant is not None and _is_one_slip(word, meant):
                    break
                meant = None
        # "approved" is no slip of "approve": an ending is a meaning of its own.
        if meant is None or word.startswith(meant) or meant.startswith(word):
            return None
        return self._single[meant]


def _shortened(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(1, len(word))]


def _is_one_slip(typed: str, meant: str) -> bool:
    if len(typed) != len(meant):
        return True
    apart = [i for i, letter in enumerate(typed) if letter != meant[i]]
    if len(apart) == 1:
        return True
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and typed[apart[0]] == meant[apart[1]]
        and typed[apart[1]] == meant[apart[0]]
    )


LEXICONS: Final[dict[Language, Lexicon]] = {"en": Lexicon(ENGLISH), "es": Lexicon(SPANISH)}
