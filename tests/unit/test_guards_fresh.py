"""Orders and talk in the words of three made-up people, which the signs were not written for.

Each list was measured before its misses were looked at; docs/guards.md tells what was found then.
The rates here are those of now, with room for a sign that is made stricter.
"""

import base64
from collections.abc import Callable

import pytest

from bot.guards.injection import find_injections
from tests.unit.guards_support import read_corpus

ROWS = read_corpus("guards_fresh")
ATTACKS = [row for row in ROWS if row["label"]]
TALK = [row["text"] for row in ROWS if not row["label"]]
# As much as may be missed of these lists and raised by mistake on them.
MOST_MISSED, MOST_FALSE = 0.12, 0.015
# Whoever hides words has a reason to: there a weaker sign is enough.
MOST_FALSE_HIDDEN = 0.06

LOOKALIKES = str.maketrans("aeopcyxi", "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456")
WAYS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "leet": lambda text: text.lower().translate(str.maketrans("aeiost", "431057")),
    "look-alikes": lambda text: text.translate(LOOKALIKES),
    "zero width": lambda text: "\u200b".join(text),
    "dots": lambda text: " ".join(".".join(word) for word in text.split()),
    "wide gaps": lambda text: "  ".join(" ".join(word) for word in text.split()),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "hex": lambda text: text.encode().hex(),
    "backwards": lambda text: text[::-1],
    "tied": lambda text: text.replace(" ", "_"),
    "curly": lambda text: text.replace("'", "\u2019"),
    "comment": lambda text: f"Good morning. <!-- {text} -->",
}


@pytest.mark.parametrize("way", WAYS)
def test_most_orders_in_other_words_are_found_however_hidden(way: str) -> None:
    texts = [WAYS[way](row["text"]) for row in ATTACKS]
    missed = [text for text in texts if not find_injections(text)]
    assert len(missed) <= MOST_MISSED * len(texts), missed


def test_talk_with_the_same_words_is_left_alone() -> None:
    false = [text for text in TALK if find_injections(text)]
    assert len(false) <= MOST_FALSE * len(TALK), false


@pytest.mark.parametrize("way", ["leet", "zero width", "dots", "tied"])
def test_hidden_talk_is_seldom_taken_for_an_order(way: str) -> None:
    false = [text for text in TALK if find_injections(WAYS[way](text))]
    assert len(false) <= MOST_FALSE_HIDDEN * len(TALK), false
