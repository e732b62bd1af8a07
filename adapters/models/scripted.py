"""A model that reads its answers from a script: for tests of whole conversations and a demo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from adapters.models.reading import read_value
from bot.errors.models import AnswerBroken, Unanswered
from bot.models import Ending, ModelAnswer, ModelRequest, TimeOuts
from bot.tokens import TokenUsage

_USAGE: Final = TokenUsage(tokens_in=100, tokens_out=20)


class NotScripted(AssertionError):
    """The script and the calls differ: a fault of the test or of what is tested, no answer."""


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of a script.

    `says` is a value, the very text of an answer, or how the provider fails. `when` has to stand
    in the last message that is not ours; empty fits every call.
    """

    says: BaseModel | str | Unanswered
    when: str = ""
    ending: Ending = "done"
    usage: TokenUsage | None = _USAGE


class ScriptedModel:
    """Answers line by line; `asked` are the calls so far.

    Args:
        lines: the script.
        is_ordered: each line answers one call, in order. Otherwise a call gets the first line
            that fits, as often as it comes: for a demo, where nobody knows what is asked next.
    """

    def __init__(self, lines: Iterable[Line], *, is_ordered: bool = True) -> None:
        self._lines = list(lines)
        self._is_ordered = is_ordered
        self.asked: list[ModelRequest] = []

    async def ask(self, request: ModelRequest) -> ModelAnswer:
        """Answer by the script.

        Raises:
            Unanswered: the script says so.
            NotScripted: no line fits, or its value is not of the shape that was asked for.
        """
        self.asked.append(request)
        line = self._take(request)
        if isinstance(line.says, Unanswered):
            raise line.says
        text = line.says if isinstance(line.says, str) else line.says.model_dump_json()
        value = read_value(text, request.answer, line.ending)
        if isinstance(line.says, BaseModel) and line.ending == "done" and value is None:
            raise NotScripted(f"{type(line.says).__name__} is not what the call asks for")
        return ModelAnswer(
            text=text,
            model=request.model,
            ending=line.ending,
            value=value,
            usage=line.usage,
            request_id=f"scripted-{len(self.asked)}",
        )

    async def look(self, time_outs: TimeOuts) -> None:
        """Be there; no line is read for it."""

    async def list_models(self, time_outs: TimeOuts) -> tuple[str, ...]:
        """Offer nothing by name: whoever reads a script answers for any model."""
        raise AnswerBroken("scripted", "")

    async def close(self) -> None:
        """Do nothing; the script stays where it is."""

    def check(self) -> None:
        """Look whether the script was read to its end.

        Raises:
            NotScripted: lines are left that nobody asked for.
        """
        if self._is_ordered and self._lines:
            raise NotScripted(f"{len(self._lines)} lines are left")

    def _take(self, request: ModelRequest) -> Line:
        said = [message.text for message in request.messages if message.role != "system"]
        last = said[-1] if said else ""
        for number, line in enumerate(self._lines[:1] if self._is_ordered else self._lines):
            if line.when in last:
                return self._lines.pop(number) if self._is_ordered else line
        raise NotScripted(f"call {len(self.asked)} is not in the script")
