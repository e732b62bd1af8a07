"""From what a model said to calls: every argument is looked up, and for a change also grounded.

Grounded means that the person wrote it: an amount, a date, a name or a reason that does not stand
in their own words is asked about instead of taken. So a model that is wrong or was talked into
something can only choose among what was said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from pydantic import BaseModel, ValidationError

from bot.actions.base import ActionCall, Tier
from bot.actions.catalog import BY_NAME
from bot.economy.money import NANOS_PER_USD, parse_usd
from bot.errors.kinds import InvalidInput
from bot.guards.redaction import restore
from bot.planning import Choice, Language, PlanContext, Question, QuestionCode, WalletName
from intents.extract.letters import fold
from intents.extract.money import find_amounts
from intents.extract.periods import Period, Until, find_period, find_until
from intents.free_speech.shapes import Slot, slots_of
from intents.free_speech.timing import clocks_in, read_timing
from intents.names import Named, NameIndex
from intents.rules.schedules import read_which
from intents.sentence import split_words

_MOST_CHOICES: Final = 3
_ASKS: Final[dict[str, QuestionCode]] = {
    "wallet_id": "which_wallet",
    "parent_id": "which_wallet",
    "from_wallet_id": "which_from_wallet",
    "to_wallet_id": "which_to_wallet",
    "person_id": "which_person",
    "amount_nanos": "which_amount",
    "limit_nanos": "which_amount",
    "until_on": "which_date",
    "from_on": "which_date",
    "role": "which_role",
    "ref": "which_request",
    "name": "which_name",
    "percents": "which_percents",
    "text": "which_task",
    "task": "which_of_tasks",
    "due_on": "which_time",
    "minutes": "which_time",
    "at": "which_time",
}


class _Ask(Exception):
    """An argument that the person has to be asked for; `wallets` are what it may mean."""

    def __init__(self, question: Question, wallets: tuple[WalletName, ...] = ()) -> None:
        super().__init__(question.code)
        self.question = question
        self.wallets = wallets


@dataclass(frozen=True, slots=True)
class Ground:
    """One message and what can be meant in it.

    `originals` are what placeholders stand for that a model saw in its place.
    """

    text: str
    language: Language
    context: PlanContext
    index: NameIndex
    originals: Mapping[str, str] = field(default_factory=dict)

    def call_of(self, spoken: BaseModel) -> ActionCall | Question:
        """Make a call of what a model said; a question where something is missing or not said.

        Nothing of the call is kept when it asks.
        """
        action = BY_NAME[str(getattr(spoken, "action"))]  # noqa: B009  # of a generated type
        is_change = action.tier is not Tier.T1
        shape: type[ActionCall] = action.call
        values: dict[str, object] = {}
        try:
            for slot in slots_of(shape):
                said = getattr(spoken, slot.spoken)
                if slot.kind == "when":
                    if said is not None:
                        values |= self._when(slot, str(said), moves="task" in shape.model_fields)
                    continue
                required = shape.model_fields[slot.field].is_required()
                value = None if said is None else self._value(slot, said, is_change=is_change)
                if value is None and required:
                    value = self._default(slot)
                if value is None and required:
                    raise self._ask(slot)
                if value is not None:
                    values[slot.field] = value
            self._require_change(shape, values)
            call = shape.model_validate(values)
        except _Ask as ask:
            return self._with_choices(ask, spoken)
        except ValidationError:
            return Question("not_understood", text=self.text, near=(action.name,))
        return call

    def _require_change(self, shape: type[ActionCall], values: Mapping[str, object]) -> None:
        """Ask where nothing of a change to a task was said: which one, or what of it."""
        timing = next((slot for slot in slots_of(shape) if slot.kind == "when"), None)
        if timing is None or values.keys() - {"task"}:
            return
        if not values:
            raise _Ask(Question("which_of_tasks", text=self.text))
        if shape.model_fields["task"].is_required():
            raise self._ask(timing)

    def _with_choices(self, ask: _Ask, spoken: BaseModel) -> Question:
        """Return a question with the calls that its wallets would make, if there are few."""
        if not 1 < len(ask.wallets) <= _MOST_CHOICES:
            return ask.question
        choices = []
        for wallet in ask.wallets:
            values = {
                name: wallet.path if value == ask.question.given else value
                for name, value in spoken.model_dump().items()
            }
            call = self.call_of(type(spoken).model_validate(values))
            if isinstance(call, Question):
                return ask.question
            choices.append(Choice(wallet.path, (call,)))
        return replace(ask.question, choices=tuple(choices))

    def _value(self, slot: Slot, said: object, *, is_change: bool) -> object:
        if slot.kind == "wallet":
            return self._wallet(slot, str(said), is_change=is_change)
        if slot.kind == "person":
            return self._person(slot, str(said), is_change=is_change)
        if slot.kind == "amount":
            return self._amount(slot, str(said), is_change=is_change)
        if slot.kind == "date":
            return self._date(slot, str(said), is_change=is_change)
        if slot.kind == "clock":
            return self._clock(slot, str(said), is_change=is_change)
        if slot.kind == "schedule":
            return self._schedule(slot, str(said))
        if slot.kind in {"number", "numbers"}:
            return self._numbers(slot, said, is_change=is_change)
        if slot.kind == "text" and is_change:
            return self._words(slot, str(said))
        return said

    def _default(self, slot: Slot) -> object:
        """Return what an argument means that was left out: only the speaker's own wallet."""
        if slot.field == "wallet_id":
            return self.context.topic_wallet_id or self.context.home_wallet_id
        return None

    def _wallet(self, slot: Slot, said: str, *, is_change: bool) -> object:
        named = self._named(said)
        wallets = () if named is None else named.wallets
        if len(wallets) > 1:
            raise self._ask(slot, said, wallets)
        wallet_id = None if named is None else named.wallet_id
        if wallet_id is None:
            raise self._ask(slot, said)
        own = {self.context.home_wallet_id, self.context.topic_wallet_id}
        if is_change and wallet_id not in own and wallet_id not in self._mentioned("wallets"):
            raise self._ask(slot, said)
        return wallet_id

    def _person(self, slot: Slot, said: str, *, is_change: bool) -> object:
        named = self._named(said)
        person_id = None if named is None else named.person_id
        if person_id is None:
            raise self._ask(slot, said)
        is_meant = person_id == self.context.speaker_id or person_id in self._mentioned("people")
        if is_change and not is_meant:
            raise self._ask(slot, said)
        return person_id

    def _named(self, said: str) -> Named | None:
        """Return what a name as a whole may mean."""
        words = split_words(said).words
        if not words:
            return None
        found = self.index.find(words, 0)
        if found is not None and found[0] == len(words):
            return found[1]
        return self.index.find_close(" ".join(words))

    def _mentioned(self, what: str) -> set[object]:
        """Return the wallets or people that the message itself names."""
        words = split_words(self.text).words
        ids: set[object] = set()
        for at in range(len(words)):
            found = self.index.find(words, at)
            named = found[1] if found is not None else self.index.find_close(words[at])
            if named is not None:
                ids.update(one.id for one in getattr(named, what))
        return ids

    def _amount(self, slot: Slot, said: str, *, is_change: bool) -> int:
        try:
            nanos = parse_usd(said)
        except InvalidInput:
            raise self._ask(slot, said) from None
        if is_change and nanos not in self._amounts():
            raise self._ask(slot, said)
        return nanos

    def _amounts(self) -> set[int]:
        """Return the amounts that the message holds, in nano-dollars."""
        found = find_amounts(self.text, language=self.language).found
        return {
            int(amount.value * NANOS_PER_USD) for amount in found if amount.unit in {None, "USD"}
        }

    def _date(self, slot: Slot, said: str, *, is_change: bool) -> date:
        try:
            on = date.fromisoformat(said)
        except ValueError:
            raise self._ask(slot, said) from None
        if is_change and on not in self._dates():
            raise self._ask(slot, said)
        return on

    def _dates(self) -> set[date]:
        """Return the days that the message's own words end or begin with."""
        today = self.context.now.astimezone(self.context.zone).date()
        until = find_until(self.text, today=today, language=self.language)
        period = find_period(self.text, today=today, language=self.language)
        days: set[date] = set()
        if isinstance(until, Until) and until.on is not None:
            days.add(until.on)
        if isinstance(period, Period):
            days |= {period.from_on, period.until_on}
        return days

    def _when(self, slot: Slot, said: str, *, moves: bool) -> Mapping[str, object]:
        """Read the words of the message that say when, by the rules."""
        fields = frozenset({slot.field, *slot.more})
        if not _bare(said) or _bare(said) not in _bare(self.text):
            raise self._ask(slot, said)
        found = read_timing(said, self.context, self.index, self.language, fields, moves=moves)
        if found is None:
            raise self._ask(slot, said)
        return {name: value for name, value in found.items() if value is not None}

    def _clock(self, slot: Slot, said: str, *, is_change: bool) -> str:
        if is_change and said not in clocks_in(self.text, self.context, self.language):
            raise self._ask(slot, said)
        return said

    def _schedule(self, slot: Slot, said: str) -> str:
        """Return which of the things that are done by themselves the words of the message name."""
        which = read_which(said) if _bare(said) in _bare(self.text) else None
        if which is None:
            raise self._ask(slot, said)
        return which

    def _numbers(self, slot: Slot, said: object, *, is_change: bool) -> object:
        numbers = said if isinstance(said, list) else [said]
        if is_change:
            written = set(split_words(self.text.replace("%", " ")).words)
            if not all(str(number) in written for number in numbers):
                raise self._ask(slot)
        return tuple(numbers) if isinstance(said, list) else said

    def _words(self, slot: Slot, said: str) -> str | None:
        """Return a reason, a name or a reference if it stands in the message."""
        said = restore(said, self.originals)
        if slot.field == "ref":
            said = said.removeprefix("#").upper()
        if _bare(said) and _bare(said) in _bare(self.text):
            return said
        if slot.field in {"reason", "topic"}:
            return None
        raise self._ask(slot, said)

    def _ask(self, slot: Slot, said: str = "", wallets: tuple[WalletName, ...] = ()) -> _Ask:
        code = _ASKS.get(slot.field)
        if code is None:
            return _Ask(Question("not_understood", text=self.text))
        return _Ask(Question(code, text=self.text, given=said), wallets)


def _bare(text: str) -> str:
    return " ".join(fold(text).split())
