"""An order as it is matched as a whole: folded, without what stands around it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from intents.extract.letters import fold
from intents.sentence import Sentence, read_sentence, split_words

AROUND: Final = " \t\n.,!?¿¡"
_REQUESTS: Final = re.compile(r"(?:can you|could you|puedes) ")


def bare(typed: str) -> str:
    """Return a text folded, without signs and spaces around it."""
    return fold(typed).strip(AROUND)


# Each subject asks it of the same message in turn.
@lru_cache(maxsize=64)
def courteous(typed: str) -> str:
    """Return a text folded and bare, without a please before or behind it."""
    text = bare(typed)
    for word in ("please", "por favor"):
        text = text.removesuffix(word).strip(AROUND).removeprefix(word).strip(AROUND)
    return text


def ordered(typed: str) -> str:
    """Return what a text orders: without a please and without "can you"."""
    return courteous(_REQUESTS.sub("", courteous(typed).replace("’", "'"), count=1))


def part_of(sentence: Sentence, typed: str) -> Sentence:
    """Return a part of a sentence, read by itself as one."""
    return read_sentence(split_words(typed), sentence.language, sentence.context, sentence.index)
