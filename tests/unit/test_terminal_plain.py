"""A conversation over a pipe: lines in, answers out in order, each to whom it is meant for."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from adapters.terminal import connection
from adapters.terminal.connection import ColourScreen, Names
from adapters.terminal.plain import PlainScreen, read_lines, talk
from adapters.terminal.session import Session, Speaker
from bot.errors.storage import StorageFull
from bot.ids import ConversationId, TenantId
from bot.messages import (
    Block,
    Button,
    FileBlock,
    InboundMessage,
    MessageClass,
    OutboundMessage,
    OutboxItem,
    TextBlock,
)

ANA = Speaker("ana", "Ana Ruiz", {"en": "member of Design", "es": "miembro de Design"})
BEN = Speaker("ben", "Ben Ortiz", {"en": "lead of Design", "es": "líder de Design"})
CARLA = Speaker("carla", "Carla Vega", {"en": "finance", "es": "finanzas"}, "es")


class People:
    """Three people; a conversation is called like its owner."""

    def __init__(self) -> None:
        self.entered: list[str] = []

    async def list_all(self) -> Sequence[Speaker]:
        return [ANA, BEN, CARLA]

    async def enter(self, speaker: Speaker) -> None:
        self.entered.append(speaker.handle)

    async def handle_of(self, conversation_id: ConversationId) -> str:
        return conversation_id


class Echo:
    """An application that says back what it heard; `@ben hi` is said to Ben as well."""

    def __init__(self) -> None:
        self.received: list[InboundMessage] = []
        self.fails = False
        self._queue: list[tuple[str, str]] = []
        self._send: Callable[[OutboxItem], Awaitable[str]] | None = None
        self._number = 0

    async def receive(self, message: InboundMessage) -> bool:
        if self.fails:
            raise StorageFull("no room left")
        self.received.append(message)
        if message.text.startswith("@"):
            to, _, text = message.text[1:].partition(" ")
            self._queue.append((to, text))
        self._queue.append((message.external_id, f"{message.text}!"))
        return True

    def add_channel(self, platform: str, send: Callable[[OutboxItem], Awaitable[str]]) -> None:
        assert platform == "terminal"
        self._send = send

    async def settled(self) -> None:
        while self._queue:
            await self.deliver(*self._queue.pop(0))

    async def deliver(
        self,
        to: str,
        text: str,
        *,
        card: str = "",
        opens: bool = False,
        blocks: tuple[Block, ...] = (),
    ) -> None:
        self._number += 1
        buttons = (Button("Yes", f"t{self._number}"),) if opens else ()
        kind: MessageClass = "card" if opens else "reply"
        await self.show(
            OutboundMessage(
                ConversationId(to), text, kind, card=card, buttons=buttons, blocks=blocks
            )
        )

    async def show(self, outbound: OutboundMessage) -> None:
        assert self._send is not None
        item = OutboxItem(self._number, TenantId("acme"), "terminal", "terminal", "", 0, outbound)
        assert await self._send(item)


async def said(*lines: str) -> AsyncIterator[str]:
    for line in lines:
        yield line


class Pipe:
    """A session over text."""

    def __init__(self, folder: Path | None = None) -> None:
        self.out: list[str] = []
        self.app = Echo()
        self.people = People()
        self.screen = PlainScreen(self.out.append)
        self.session = Session(self.app, self.people, ANA, self.screen, folder=folder)

    async def run(self, *lines: str, greets: bool = False) -> str:
        await self.session.begin(greets=greets)
        self.out.clear()
        await talk(self.session, self.screen, said(*lines))
        return "".join(self.out)


async def test_answers_come_in_order_before_the_next_line() -> None:
    assert await Pipe().run("one\n", "\n", "two\n") == (
        "ana> one\nbursar> one!\nana> two\nbursar> two!\n"
    )


async def test_a_file_is_told_of_by_its_beginning_and_not_written() -> None:
    pipe = Pipe()
    await pipe.run()
    table = FileBlock.of("october.csv", "text/csv", b"a\r\n\x1b[2J\r\n3\r\n4\r\n5\r\n6\r\n7", "")
    await pipe.app.deliver("ana", "October", blocks=(TextBlock("October"), table))
    assert "".join(pipe.out) == (
        "bursar> October\n"
        "-- october.csv (22 B); start with --files FOLDER to keep files. It begins so:\n"
        "-- a\n-- \u241b[2J\n-- 3\n-- 4\n-- 5\n-- ... and 2 more lines\n"
    )


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = sorted(x for x in folder.rglob("*") if x.is_file())
    return {str(x.relative_to(folder)): (x.read_bytes(), x.stat().st_mode & 0o777) for x in files}


async def test_files_are_kept_where_they_were_asked_for_and_never_overwritten(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "files"
    pipe = Pipe(folder)
    await pipe.run()
    table = FileBlock.of("../october.csv", "text/csv", b"a,b\r\n", "October")
    for _ in range(2):
        await pipe.app.deliver("ana", "October", blocks=(table,))
    assert contents(tmp_path) == {
        "files/october-2.csv": (b"a,b\r\n", 0o600),
        "files/october.csv": (b"a,b\r\n", 0o600),
    }
    assert f"-- {folder}/october.csv (5 B)\n" in "".join(pipe.out)


async def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    pipe = Pipe(taken)
    await pipe.run()
    table = FileBlock.of("october.csv", "text/csv", b"a", "October")
    await pipe.app.deliver("ana", "October", blocks=(table,))
    assert "-- october.csv could not be written: " in "".join(pipe.out)


async def test_the_greeting_is_not_echoed() -> None:
    pipe = Pipe()
    await pipe.session.begin(greets=True)
    assert [message.text for message in pipe.app.received] == ["hello"]
    assert pipe.out[1:] == ["bursar> hello!\n"]
    assert pipe.out[0].startswith("-- You are Ana Ruiz (member of Design).")


async def test_messages_to_others_are_kept_and_announced() -> None:
    pipe = Pipe()
    assert await pipe.run("@ben please decide", "/as ben", "yes", "/as Ana Ruiz") == (
        "ana> @ben please decide\n"
        "bursar> @ben please decide!\n"
        "-- 1 message waits for Ben Ortiz: /as ben\n"
        "ana> /as ben\n"
        "-- You are Ben Ortiz (lead of Design) now.\n"
        "bursar> please decide\n"
        "ben> yes\n"
        "bursar> yes!\n"
        "ben> /as Ana Ruiz\n"
        "-- You are Ana Ruiz (member of Design) now.\n"
    )
    assert pipe.people.entered == ["ana", "ben", "ana"]
    assert [message.external_id for message in pipe.app.received] == ["ana", "ben"]


async def test_what_nobody_saw_is_left_at_the_end() -> None:
    pipe = Pipe()
    await pipe.run("@carla uno", "@ben two")
    unread = [(name, message.text) for name, message in pipe.session.list_unread()]
    assert unread == [("Carla Vega", "uno"), ("Ben Ortiz", "two")]


async def test_a_message_that_comes_by_itself_is_announced_at_once() -> None:
    pipe = Pipe()
    await pipe.run("one")
    await pipe.app.deliver("ben", "reminder")
    await pipe.app.deliver("ana", "alert")
    assert pipe.out[-2:] == ["-- 1 message waits for Ben Ortiz: /as ben\n", "bursar> alert\n"]


async def test_an_answer_stands_for_the_card_that_it_closes() -> None:
    pipe = Pipe()
    await pipe.run()
    await pipe.app.deliver("ana", "Draft", card="p1", opens=True)
    await pipe.session.say("yes")
    await pipe.app.deliver("ana", "Draft: done", card="p1")
    await pipe.session.finish()
    assert pipe.out == ["bursar> Draft   [Yes]\n", "bursar> yes!\n"]


async def test_a_card_that_closes_by_itself_is_shown_again() -> None:
    pipe = Pipe()
    await pipe.run()
    await pipe.app.deliver("ana", "Draft", card="p1", opens=True)
    await pipe.app.deliver("ana", "Draft: expired", card="p1")
    assert pipe.out[1:] == ["bursar> Draft: expired\n"]


async def test_a_card_that_nobody_saw_is_shown_as_it_is_now() -> None:
    pipe = Pipe()
    await pipe.run()
    await pipe.app.deliver("carla", "Request", card="p1", opens=True)
    await pipe.app.deliver("carla", "Request: approved by Ben", card="p1")
    pipe.out.clear()
    await pipe.session.take("/as carla")
    assert pipe.out == [
        "-- Ahora eres Carla Vega (finanzas).\n",
        "bursar> Request: approved by Ben\n",
    ]


async def test_quit_ends_it() -> None:
    assert await Pipe().run("/quit", "one") == "ana> /quit\n"


async def test_who_lists_everybody() -> None:
    shown = await Pipe().run("/who")
    assert "-- * ana      Ana Ruiz (member of Design)\n" in shown
    assert "--   ben      Ben Ortiz (lead of Design)\n" in shown
    assert "--   carla    Carla Vega (finance)\n" in shown
    shown = await Pipe().run("/as carla", "/who")
    assert "--   ben      Ben Ortiz (líder de Design)\n" in shown


@pytest.mark.parametrize("wanted", ["carla", "@Carla", "Carla Vega", "carla vega", "ca"])
async def test_people_are_found_as_they_are_called(wanted: str) -> None:
    pipe = Pipe()
    await pipe.run(f"/as {wanted}")
    assert pipe.session.speaker == CARLA


async def test_nobody_becomes_somebody_unknown() -> None:
    pipe = Pipe()
    shown = await pipe.run("/as bob\x1b[2J")
    assert '-- Nobody is called "bob\u241b[2J". Here are: ana, ben, carla\n' in shown
    assert pipe.session.speaker == ANA


async def test_a_line_that_does_not_arrive_is_told() -> None:
    pipe = Pipe()
    pipe.app.fails = True
    assert await pipe.run("one") == (
        "ana> one\n-- That did not arrive (storage_full). Nothing was done; try again.\n"
    )


async def read_all(data: bytes) -> list[str]:
    source, sink = os.pipe()
    try:
        # Less than a pipe holds, so that writing waits for nobody.
        os.write(sink, data)
        os.close(sink)
        return [line async for line in read_lines(source)]
    finally:
        os.close(source)


async def test_lines_are_read_from_a_pipe() -> None:
    assert await read_all(b"one\r\ntwo\n\nno end") == ["one\r", "two", "", "no end"]


async def test_bytes_that_are_not_text_do_not_end_it() -> None:
    assert await read_all(b"caf\xe9\nb\xff\xfe\n") == ["caf\ufffd", "b\ufffd\ufffd"]


async def test_many_lines_wait_for_the_conversation() -> None:
    lines = [f"line {number}" for number in range(500)]
    assert await read_all("\n".join(lines).encode()) == lines


class Keyboard:
    """A terminal without a screen, and keys that are pressed before it is read."""

    def __init__(self, app: Echo) -> None:
        self.session = Session(app, People(), ANA, ColourScreen())

    async def run(self, keys: str) -> None:
        with create_pipe_input() as source, create_app_session(source, DummyOutput()):
            source.send_text(keys)
            await self.session.begin(greets=False)
            await connection.talk(self.session)


@pytest.mark.parametrize("leaving", ["/quit\r", "\x04", "\x03"])
async def test_typed_lines_are_sent_until_one_leaves(leaving: str) -> None:
    app = Echo()
    await Keyboard(app).run(f"one\r\r/as ben\rtwo\r{leaving}")
    assert [(x.external_id, x.text) for x in app.received] == [("ana", "one"), ("ben", "two")]


async def test_ctrl_c_clears_a_line_that_has_text() -> None:
    app = Echo()
    await Keyboard(app).run("cancel everything\x03one\r\x03")
    assert [message.text for message in app.received] == ["one"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("/ba", ["/balance"]),
        ("/", ["/as", "/balance", "/quit", "/who"]),
        ("/as b", ["ben"]),
        ("how much has des", ["Design"]),
        ("how much has d", []),
        ("/balance De", ["Design"]),
    ],
)
def test_names_are_completed(typed: str, offered: list[str]) -> None:
    names = Names(["/balance"], lambda: ["Data", "Design"], lambda: ["ana", "ben"])
    found = names.get_completions(Document(typed), CompleteEvent())
    assert [completion.text for completion in found] == offered


async def test_a_number_taps_a_button_until_something_else_is_said() -> None:
    pipe = Pipe()
    await pipe.session.begin(greets=False)
    buttons = (Button("Snooze", "snooze"), Button("Mute", "mute"))
    alert = OutboundMessage(ConversationId("ana"), "Design is full.", "alert", buttons)
    await pipe.app.show(alert)
    for line in ("3", "1", "2", "hello", "1"):
        await pipe.session.take(line)
        await pipe.session.finish()
        if line == "3":
            await pipe.app.show(alert)
    taken = [(message.text, message.button) for message in pipe.app.received]
    assert taken == [("3", ""), ("", "snooze"), ("", "mute"), ("hello", ""), ("1", "")]


async def test_numbers_tap_only_what_the_speaker_was_shown() -> None:
    pipe = Pipe()
    await pipe.session.begin(greets=False)
    buttons = (Button("Snooze", "snooze"),)
    await pipe.app.show(OutboundMessage(ConversationId("ben"), "Full.", "alert", buttons))
    for line in ("1", "/as ben", "1"):
        await pipe.session.take(line)
        await pipe.session.finish()
    taken = [(message.text, message.button) for message in pipe.app.received]
    assert taken == [("1", ""), ("", "snooze")]
