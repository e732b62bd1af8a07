"""Commands that answer JSON lines: one line in, one line out, in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

import orjson

from bot.errors.kinds import BursarError

LineFunction = Callable[[dict[str, object]], object]

_CHUNK: Final = 64 << 10
_MAX_LINE: Final = 1 << 20


def answer_lines(answer: LineFunction, source: int, out: BinaryIO) -> int:
    """Answer every line of a file descriptor; return how many could not be answered.

    A bad line is answered by an `error` object and the next one is read. What was read together
    is written together, so that a person at a terminal and a file of a million lines are both
    served well.
    """
    failures = number = 0
    for lines in _chunks(source):
        answers = []
        for line in lines:
            number += 1
            is_bad, text = _answer(answer, line, number)
            failures += is_bad
            answers.append(text)
        out.write(b"\n".join(answers) + b"\n")
        out.flush()
    return failures


def _chunks(source: int) -> Iterator[list[bytes]]:
    """Yield the complete lines of each read, and at last what has no line end."""
    rest = b""
    while chunk := os.read(source, _CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > _MAX_LINE:
            # Keep enough to know that it is too long, not all of it.
            rest = rest[: _MAX_LINE + 1]
        if lines:
            yield lines
    if rest:
        yield [rest]


def _answer(answer: LineFunction, line: bytes, number: int) -> tuple[bool, bytes]:
    if len(line) > _MAX_LINE:
        return True, _error(number, "too_long", why="a line may have 1 MiB")
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        return True, _error(number, "not_json", why="the line is not JSON")
    if not isinstance(row, dict):
        return True, _error(number, "not_an_object", why="the line is not a JSON object")
    try:
        return False, orjson.dumps(answer(row))
    except BursarError as error:
        return True, _error(number, error.code, **error.facts)
    except Exception as error:  # noqa: BLE001  # a line ends here; the next one is answered
        return True, _error(number, "failed", error=type(error).__qualname__)


def _error(number: int, code: str, **facts: object) -> bytes:
    shown = {name: value for name, value in facts.items() if value not in ("", None)}
    return orjson.dumps({"error": {"line": number, "code": code, **shown}}, default=str)
