"""A sentence cut into words, numbers, clock times and numeric dates, for the readers of times."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Token(NamedTuple):
    """A piece of folded text.

    `kind`: "d" a date in digits, "i" an ISO date with time, "c" a clock time with a colon, "f"
    one with a dot, "o" an ordinal, "n" a whole number, "m" am or pm, "w" a word, "p" other, "x"
    digits that belong to something else: an amount, a model, an identifier.
    """

    kind: str
    text: str
    start: int
    end: int


_TAIL: Final = r"(?![\w%€$£]|[/.:-][0-9])"
_TOKEN: Final = re.compile(
    # 2026-11-30T17:30:00Z
    r"(?P<i>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:t|\s)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?:z|[+-][0-9]{2}:?[0-9]{2})?(?![\w:]))"
    r"|(?P<d>(?<![\w/.-])(?:[0-9]{1,4}([/.-])(?:[0-9]{1,2}|[a-z]{3,10})\.?\3(?:[0-9]{1,4}|[a-z]{3,10})"
    r"|[0-9]{1,2}/[0-9]{1,2}|[0-9]{1,2}[/-][a-z]{3,10}"
    r"|[a-z]{3,10}[/-][0-9]{1,2}(?:[/,-]\s?[0-9]{2,4})?)" + _TAIL + ")"
    r"|(?P<c>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?![\d:])(?=[^\w]|[aph]|$))"
    r"|(?P<f>[0-9]{1,2}\.[0-9]{2}(?=[^\w%.]|\.(?!\d)|[ap]\.?m|$))"
    r"|(?P<o>[0-9]{1,2}(?:\s?(?:st|nd|rd|th)|\.?[ºª°]|(?:er|ro|do|to|vo|no|mo))\b|[0-9]{1,2}\.?[º°])"
    r"|(?P<x>[#$€£+~@_][0-9][\w.,]*|[0-9]+(?:[.,'][0-9]+)+\w*|[0-9]+[.,]?[$€£%]"
    r"|(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|at|h)[0-9]{1,2}\b)[^\W\d_]+[0-9]\w*"
    r"|[0-9]+(?!(?:[ap]\.?m\b|h(?:s|rs?)?\b|ish\b|mins?\b|d\b|oclock))[^\W\d]\w*)"
    r"|(?P<n>[0-9]+)"
    r"|(?P<m>[ap]\.?\s?m\b\.?)"
    r"|(?P<w>[^\W\d_]+(?:'[^\W\d_]+)?)"
    r"|(?P<p>\S)"
)


def cut(folded: str) -> list[Token]:
    """Cut folded text into tokens; blanks are dropped."""
    return [Token(m.lastgroup or "p", m[0], m.start(), m.end()) for m in _TOKEN.finditer(folded)]
