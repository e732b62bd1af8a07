"""One terminal and who speaks in it: `/as`, `/who`, `/quit`, and whose messages are shown.

Several people may use one terminal in turn. Messages to somebody who is not speaking are kept
and shown when they do; whoever speaks is told that some wait.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from adapters.terminal.files import take
from adapters.terminal.inbound import PLATFORM, Lines
from adapters.terminal.render import is_numbered
from adapters.terminal.words import Language, remark
from bot.errors.kinds import BursarError
from bot.ids import ConversationId
from bot.messages import FileBlock, InboundMessage, OutboundMessage, OutboxItem

_MOST_DIGITS: Final = 2
COMMANDS: Final = ("/as", "/who", "/quit")


class Talk(Protocol):
    """What a terminal needs of the application."""

    async def receive(self, message: InboundMessage) -> bool:
        """Take a message; it is kept once this returns. False if it was kept before."""
        ...

    def add_channel(self, platform: str, send: Callable[[OutboxItem], Awaitable[str]]) -> None:
        """Hand over messages of a platform to `send`, which returns the platform's id."""
        ...

    async def settled(self) -> None:
        """Wait until nothing that was received is unfinished and nothing is unsent."""
        ...


class Screen(Protocol):
    """Where things are shown."""

    def show(self, message: OutboundMessage) -> None:
        """Show what Bursar said."""
        ...

    def note(self, text: str) -> None:
        """Show a remark of the terminal itself."""
        ...


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person who may speak here; `about` says what they are, by language: "lead of Design"."""

    handle: str
    name: str
    about: Mapping[Language, str] = field(default_factory=dict)
    language: Language = "en"


class Speakers(Protocol):
    """Who may speak here."""

    async def list_all(self) -> Sequence[Speaker]:
        """Return everybody, by name."""
        ...

    async def enter(self, speaker: Speaker) -> None:
        """Let a person be known in the terminal; repeating does nothing."""
        ...

    async def handle_of(self, conversation_id: ConversationId) -> str:
        """Return whose conversation it is."""
        ...


class Session:
    """A terminal that is talked in. `begin` comes first: it says where messages are sent.

    Files are kept in `folder`, if there is one.
    """

    def __init__(
        self,
        talk: Talk,
        people: Speakers,
        speaker: Speaker,
        screen: Screen,
        *,
        folder: Path | None = None,
    ) -> None:
        self._talk = talk
        self._people = people
        self.speaker = speaker
        self._screen = screen
        self._folder = folder
        self._lines = Lines()
        self._names = {speaker.handle: speaker.name}
        self._kept: dict[str, list[OutboundMessage]] = {}
        self._untold: set[str] = set()
        self._cards: set[tuple[str, str]] = set()
        self._closed: list[OutboundMessage] = []
        # The buttons that a number taps, by whoever was shown them last.
        self._numbered: dict[str, tuple[str, ...]] = {}
        self._is_answering = self._is_answered = False

    async def begin(self, *, greets: bool) -> None:
        """Join, say who speaks, and let Bursar introduce itself where it should."""
        self._names.update({each.handle: each.name for each in await self._people.list_all()})
        await self._people.enter(self.speaker)
        self._talk.add_channel(PLATFORM, self._send)
        self._remark("begin", who=_describe(self.speaker, self.speaker.language))
        if greets:
            await self.say(remark(self.speaker.language, "greeting"))
            await self.finish()

    async def take(self, line: str) -> bool:
        """Take a typed line; False when it says goodbye. `finish` comes after each."""
        command, _, rest = line.strip().partition(" ")
        if command == "/quit":
            return False
        if command == "/as":
            await self._switch(rest.strip())
        elif command == "/who" and not rest.strip():
            await self._tell_who()
        else:
            await self.say(line)
        return True

    async def say(self, line: str) -> None:
        """Send what the speaker typed, or the button that its number names.

        It is kept once this returns. Numbers count until something else is said.
        """
        handle = self.speaker.handle
        button = _numbered(self._numbered.get(handle, ()), line)
        if not button:
            self._numbered.pop(handle, None)
        message = self._lines.to_inbound(line, handle, button)
        if message is None:
            return
        self._is_answering, self._is_answered = True, False
        try:
            await self._talk.receive(message)
        except BursarError as error:
            self._remark("lost", code=error.code)

    async def finish(self) -> None:
        """Wait for the answers to what was said; then tell for whom else messages came."""
        await self._talk.settled()
        if not self._is_answered:
            for message in self._closed:
                self._show(message)
        self._closed.clear()
        self._is_answering = False
        self._tell_waiting()

    def list_unread(self) -> list[tuple[str, OutboundMessage]]:
        """Return what nobody has seen: names and messages, in the order in which they came."""
        return [
            (self._names.get(handle, handle), message)
            for handle, messages in self._kept.items()
            for message in messages
        ]

    async def _send(self, item: OutboxItem) -> str:
        message = item.message
        if message.shows == "past":
            # What is shown stays in a terminal, and its new card follows.
            return item.edits
        handle = await self._people.handle_of(message.conversation_id)
        is_edit = (handle, message.card) in self._cards
        if message.card:
            self._cards.add((handle, message.card))
        if handle != self.speaker.handle:
            self._keep(handle, message)
        elif self._is_answering and is_edit and not message.buttons:
            # What is shown stays in a terminal. How a card ended is told by the answer that
            # follows; only where none does, the card itself is shown again.
            self._closed.append(message)
        else:
            self._is_answered = True
            self._show(message)
        return f"{handle}:{item.id}"

    def _show(self, message: OutboundMessage) -> None:
        if is_numbered(message):
            tokens = tuple(button.token for button in message.buttons)
            self._numbered[self.speaker.handle] = tokens
        self._screen.show(message)
        for block in message.blocks:
            if isinstance(block, FileBlock):
                for line in take(block, self._folder, self.speaker.language):
                    self._screen.note(line)

    def _keep(self, handle: str, message: OutboundMessage) -> None:
        kept = self._kept.setdefault(handle, [])
        if message.card:
            # Nobody has seen the card as it was: show it once, as it is now.
            kept[:] = [each for each in kept if each.card != message.card]
        kept.append(message)
        self._untold.add(handle)
        # While an answer is on its way the remark would come before it.
        if not self._is_answering:
            self._tell_waiting()

    def _remark(self, key: str, **facts: object) -> None:
        self._screen.note(remark(self.speaker.language, key, **facts))

    def _tell_waiting(self) -> None:
        for handle in sorted(self._untold):
            count = len(self._kept.get(handle, ()))
            if count:
                name = self._names.get(handle, handle)
                key = "waits.one" if count == 1 else "waits.more"
                self._remark(key, count=count, name=name, handle=handle)
        self._untold.clear()

    async def _switch(self, wanted: str) -> None:
        people = await self._people.list_all()
        self._names.update({each.handle: each.name for each in people})
        found = _find(people, wanted)
        if found is None:
            handles = ", ".join(each.handle for each in people)
            self._remark("nobody", name=wanted, handles=handles)
            return
        await self._people.enter(found)
        self.speaker = found
        self._remark("now", who=_describe(found, found.language))
        self._untold.discard(found.handle)
        for message in self._kept.pop(found.handle, ()):
            self._show(message)

    async def _tell_who(self) -> None:
        for each in await self._people.list_all():
            mark = "*" if each.handle == self.speaker.handle else " "
            who = _describe(each, self.speaker.language)
            self._screen.note(f"{mark} {each.handle:<8} {who}")
        self._remark("as")


def _numbered(tokens: Sequence[str], line: str) -> str:
    """Return the button that a line names by its number, counted from 1; empty if it is none."""
    typed = line.strip()
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS
    number = int(typed) if is_number else 0
    return tokens[number - 1] if 1 <= number <= len(tokens) else ""


def _describe(speaker: Speaker, language: Language) -> str:
    about = speaker.about.get(language)
    return f"{speaker.name} ({about})" if about else speaker.name


def _find(people: Sequence[Speaker], wanted: str) -> Speaker | None:
    """Return whom a handle, a name or a beginning means; None if nobody or more than one."""
    key = wanted.removeprefix("@").casefold()
    found = [each for each in people if key in {each.handle, each.name.casefold()}]
    if not found and key:
        found = [
            each
            for each in people
            if each.handle.startswith(key) or each.name.casefold().startswith(key)
        ]
    return found[0] if len(found) == 1 else None
