"""What was said before in a talk, as a model may see it beside a new message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import structlog

from bot.errors.kinds import BursarError
from bot.guards.policy import Policy
from bot.ids import ConversationId, PrincipalId
from bot.memory import (
    MOST_SUMMARY,
    MOST_TURNS,
    KeptTurn,
    MovedOn,
    Summary,
    add_up,
    fold,
    keepable,
    sum_up,
)
from bot.planning import PlanContext
from bot.ports import Database, Tx
from intents.free_speech.asking import Asking, Reading
from intents.free_speech.seen import MOST_OF_ONE, pieces, seen
from intents.free_speech.showing import may_be_passed_on
from intents.free_speech.summary import SpokenSummary, counted, summary_prompt

_log = structlog.get_logger(__name__)

# All that was said before together, in characters; the oldest of it is left out first.
MOST_BEFORE: Final = 4000
# What the person pays for when older turns are summed up.
_FEATURE: Final = "summary"
# Fewer turns than these are not worth a call: they are counted for the moment.
_LEAST_TO_SUM_UP: Final = 5

Who = Literal["summary", "person", "bot"]


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was said before, oldest first, as (who, text); `reading` is what summing it up cost."""

    lines: tuple[tuple[Who, str], ...] = ()
    reading: Reading | None = None

    def shown(self) -> list[str]:
        """Return the lines as a prompt has them: who, and JSON strings."""
        kept: list[str] = []
        room = MOST_BEFORE
        for who, text in reversed(self.lines):
            line = (
                f'{{"{who}": {pieces(text, MOST_SUMMARY if who == "summary" else MOST_OF_ONE)}}}'
            )
            room -= len(line)
            if room < 0:
                break
            kept.append(line)
        return kept[::-1]


class Recall:
    """Reads what was said before, and has older turns summed up where that is needed."""

    def __init__(self, database: Database, asking: Asking) -> None:
        self._database = database
        self._asking = asking

    async def before(self, context: PlanContext, *, sums_up: bool = True) -> Recalled:
        """Return what was said before where a message is said; nothing in a first message.

        As many messages as the preset says, and what is older as a summary. Where that has fallen
        behind, a model is asked for a new one, outside of any transaction; with `sums_up` false
        what is older is counted.

        Raises:
            Unavailable: the database cannot be read.
        """
        place, speaker = context.conversation_id, context.speaker_id
        if place is None or speaker is None:
            return Recalled()

        def read(tx: Tx) -> tuple[list[KeptTurn], Summary | None]:
            return tx.memory.list_turns(place, MOST_TURNS), tx.memory.find_summary(place)

        turns, summary = await self._database.read(read, tenant=context.tenant)
        older, last = _split(turns, context.preset.history)
        reading, policy = None, context.directory.personal_data
        if sums_up and len(older) >= _LEAST_TO_SUM_UP:
            summary, older, reading = await self._summed_up(
                context, place, speaker, summary, older
            )
        return Recalled((*_summary_lines(summary, older, context), *_lines(last, policy)), reading)

    async def _summed_up(
        self,
        context: PlanContext,
        place: ConversationId,
        speaker: PrincipalId,
        summary: Summary | None,
        older: Sequence[KeptTurn],
    ) -> tuple[Summary | None, Sequence[KeptTurn], Reading | None]:
        """Have older turns summed up; what is left of them where no model did."""
        try:
            prompt = summary_prompt(summary, older, context.directory.personal_data)
            reading = await self._asking.ask(prompt, SpokenSummary, context, _FEATURE)
        except BursarError as error:
            _log.info("talk not summed up", code=error.code)
            return summary, older, None
        # What was paid for once is not asked for again with each message.
        said = None if reading.value is None else reading.value.sentences
        new = add_up(summary, older) if said is None else sum_up(summary, older, said)

        def keep(tx: Tx) -> None:
            fold(tx.memory, place, speaker, older, new)

        try:
            await self._database.write(keep, tenant=context.tenant)
        except MovedOn:
            # Another task was faster, or the person had it all forgotten meanwhile.
            return None, (), reading
        return new, (), reading


def _split(
    turns: Sequence[KeptTurn], most_messages: int
) -> tuple[Sequence[KeptTurn], Sequence[KeptTurn]]:
    """Return older turns and the last ones, which have so many messages at most."""
    at = len(turns)
    while at > 0:
        turn = turns[at - 1]
        most_messages -= bool(turn.said) + bool(turn.answered)
        if most_messages < 0:
            break
        at -= 1
    return turns[:at], turns[at:]


def _summary_lines(
    summary: Summary | None, older: Sequence[KeptTurn], context: PlanContext
) -> list[tuple[Who, str]]:
    whole = add_up(summary, older) if older else summary
    if whole is None:
        return []
    texts = (keepable(seen(whole.text), MOST_SUMMARY), counted(whole, context))
    return [("summary", text) for text in texts if text]


def _lines(turns: Sequence[KeptTurn], policy: Policy) -> list[tuple[Who, str]]:
    lines: list[tuple[Who, str]] = []
    for turn in turns:
        if not may_be_passed_on(turn.said, policy):
            continue
        if turn.said:
            lines.append(("person", seen(turn.said)))
        if turn.answered:
            lines.append(("bot", seen(turn.answered)))
    return lines
