"""One sentence by its key, in a language, with facts put in.

Facts are put in as they are and never read as a pattern, so a brace in a name stays a brace.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.replies.errors_en import WORDS as ERRORS_EN
from bot.replies.errors_es import WORDS as ERRORS_ES
from bot.replies.models_en import WORDS as MODELS_EN
from bot.replies.models_es import WORDS as MODELS_ES
from bot.replies.reader import Language
from bot.replies.words_alerts import WORDS_EN as ALERTS_EN
from bot.replies.words_alerts import WORDS_ES as ALERTS_ES
from bot.replies.words_bills import WORDS_EN as BILLS_EN
from bot.replies.words_bills import WORDS_ES as BILLS_ES
from bot.replies.words_channels import WORDS_EN as CHANNELS_EN
from bot.replies.words_channels import WORDS_ES as CHANNELS_ES
from bot.replies.words_charts import WORDS_EN as CHARTS_EN
from bot.replies.words_charts import WORDS_ES as CHARTS_ES
from bot.replies.words_digest import WORDS_EN as DIGEST_EN
from bot.replies.words_digest import WORDS_ES as DIGEST_ES
from bot.replies.words_en import WORDS as WORDS_EN
from bot.replies.words_es import WORDS as WORDS_ES
from bot.replies.words_memory import WORDS_EN as MEMORY_EN
from bot.replies.words_memory import WORDS_ES as MEMORY_ES
from bot.replies.words_model_lists import WORDS_EN as LISTS_EN
from bot.replies.words_model_lists import WORDS_ES as LISTS_ES
from bot.replies.words_schedules import WORDS_EN as SCHEDULES_EN
from bot.replies.words_schedules import WORDS_ES as SCHEDULES_ES
from bot.replies.words_tasks import WORDS_EN as TASKS_EN
from bot.replies.words_tasks import WORDS_ES as TASKS_ES

TABLES: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        **WORDS_EN,
        **MODELS_EN,
        **LISTS_EN,
        **MEMORY_EN,
        **CHARTS_EN,
        **SCHEDULES_EN,
        **ALERTS_EN,
        **CHANNELS_EN,
        **TASKS_EN,
        **DIGEST_EN,
        **BILLS_EN,
        **ERRORS_EN,
    },
    "es": {
        **WORDS_ES,
        **MODELS_ES,
        **LISTS_ES,
        **MEMORY_ES,
        **CHARTS_ES,
        **SCHEDULES_ES,
        **ALERTS_ES,
        **CHANNELS_ES,
        **TASKS_ES,
        **DIGEST_ES,
        **BILLS_ES,
        **ERRORS_ES,
    },
}


def say(language: Language, key: str, **facts: object) -> str:
    """Return the sentence of a key. Raises `KeyError` for a key or a fact that is not there."""
    return TABLES[language][key].format_map(facts)


def has_words(language: Language, key: str) -> bool:
    """Tell whether there is a sentence for a key."""
    return key in TABLES[language]
