"""A sentence about tasks, without what opens and ends it."""

from __future__ import annotations

import re
from typing import Final

from intents.rules import task_words as w
from intents.sentence import Sentence

AROUND: Final = " \t\n.,!?¿¡;:"
MOST: Final = 300
NUMBER: Final = re.compile(r"#?(\d{1,5})")
_TAIL: Final = re.compile(
    r"[\s,.!?]*(?:\b(?:please|pls|plz|thanks(?: a lot)?|thank you(?: so much)?|thx|ty|tia|cheers|"
    r"mate|bot|bursar|if (?:you can|possible)|(?:that'?d|that would) be (?:great|nice|lovely|"
    r"awesome)|por favor|porfa|porfavor|porfis|(?:muchas )?gracias|si puedes)[\s,.!?]*)+$"
)


class Said:
    """One sentence, without what opens it; offsets count in the whole text."""

    def __init__(self, sentence: Sentence, folded: str) -> None:
        self.sentence = sentence
        self.whole = folded
        lead = w.LEAD.match(folded)
        self.start = lead.end() if lead is not None else 0
        self.end = len(folded.rstrip(AROUND))
        tail = _TAIL.search(folded[: self.end])
        if tail is not None:
            self.end = tail.start()
        self.text = folded[self.start : self.end]
        self.asks = folded.rstrip().endswith("?")

    def named(self, found: re.Match[str]) -> str | None:
        """Return the words that name a task, as they were typed."""
        parts = [
            self.group(found, name)
            for name, value in found.groupdict().items()
            if value and name not in {"verb", "link"}
        ]
        return self.plain(" ".join(parts)) or None

    def plain(self, name: str) -> str:
        """Return the words that name a task, without those that only lead to it."""
        name = name.strip(" \t\n.,!?:;\"“”'#-")
        name = re.sub(
            r"^(?:(?:the|my|la|el|mi|to|about|for|called|named|del?|para|task|item|number) )+",
            "",
            name,
            flags=re.IGNORECASE,
        )
        return re.sub(
            r"(?<=\w)(?: (?:from|off|on) (?:my|the)(?: to-?do| task)? list| task| reminder"
            r"|(?<=\d) to)$",
            "",
            name,
            flags=re.IGNORECASE,
        )

    def raw(self, start: int, end: int) -> str:
        return self.sentence.text[start:end]

    def group(self, found: re.Match[str], name: str) -> str:
        """Return what a group of a match on `text` holds, as it was typed."""
        return self.raw(self.start + found.start(name), self.start + found.end(name))


def number_or_name(name: str) -> str:
    """Return a task's number where one is named, else its name."""
    number = NUMBER.fullmatch(name)
    return number[1] if number else name[:MOST]
