"""One sentence by its key, in a language, with facts put in.

Facts are put in as they are and never read as a pattern, so a brace in a name stays a brace.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.replies.reader import Language
from bot.replies.sentences import (
    alerts,
    bills,
    cards,
    channels,
    charts,
    deeds,
    digest,
    errors,
    faults,
    files,
    memory,
    model_lists,
    model_rules,
    parts,
    provider_care,
    questions,
    receipts,
    remedies,
    requests,
    routing,
    schedules,
    short,
    spending,
    tasks,
)

_SUBJECTS: Final = (
    alerts,
    bills,
    cards,
    channels,
    charts,
    deeds,
    digest,
    errors,
    faults,
    files,
    memory,
    model_lists,
    model_rules,
    parts,
    provider_care,
    questions,
    receipts,
    remedies,
    requests,
    routing,
    schedules,
    short,
    spending,
    tasks,
)

TABLES: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {key: words for subject in _SUBJECTS for key, words in subject.WORDS_EN.items()},
    "es": {key: words for subject in _SUBJECTS for key, words in subject.WORDS_ES.items()},
}


def say(language: Language, key: str, **facts: object) -> str:
    """Return the sentence of a key. Raises `KeyError` for a key or a fact that is not there."""
    return TABLES[language][key].format_map(facts)


def has_words(language: Language, key: str) -> bool:
    """Tell whether there is a sentence for a key."""
    return key in TABLES[language]
