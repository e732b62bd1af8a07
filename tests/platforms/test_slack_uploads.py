"""Pictures and files in Slack: handed over, or said in words, and never the message's loss."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest

from adapters.slack.api import Api, make_client, open_session
from adapters.slack.sending import Sender
from bot.clock import ManualClock
from bot.errors.sending import MaybeSent
from bot.ids import ConversationId, TenantId
from bot.messages import (
    Button,
    FileBlock,
    OutboundMessage,
    OutboxItem,
    PictureBlock,
    TextBlock,
)
from tests.platforms.slack_files import PNG
from tests.platforms.slack_server import (
    BOT_TOKEN,
    CHANNEL,
    Fault,
    Message,
    SlackServer,
    answers,
    resets,
)

CHART = PNG + b"a line that rises"
ALT = "Design rises to $412.80 <of $500.00>"
SHOWN = "Design rises to $412.80 &lt;of $500.00&gt;"
MISSING = "The picture itself could not be shown here."
MESSAGE = OutboundMessage(
    ConversationId("c1"),
    "Design\n83 %\nraise it?\n",
    message_class="alert",
    buttons=(Button("Ask for more", "token-yes", "yes"),),
    blocks=(
        TextBlock("Design", is_title=True),
        PictureBlock(base64.b64encode(CHART).decode(), ALT),
        TextBlock("raise it?"),
    ),
)
ITEM = OutboxItem(
    7, TenantId("acme"), "slack", "DU01ANA", "1.000001", 0, MESSAGE, external_id="U01ANA"
)


@dataclass
class Sending:
    """A sender, and how long it waited each time."""

    sender: Sender
    waits: list[float] = field(default_factory=list)


@asynccontextmanager
async def sending(server: SlackServer) -> AsyncIterator[Sending]:
    async with open_session() as session:
        api = Api(make_client(BOT_TOKEN, f"{server.base}/api/", session), session)

        async def wait(seconds: float) -> None:
            made.waits.append(seconds)

        made = Sending(Sender(api, server.clock, scheme="http", wait=wait))
        yield made


@pytest.fixture
async def server(clock: ManualClock) -> AsyncIterator[SlackServer]:
    async with SlackServer.running(clock) as server:
        yield server
        assert server.violations == []


@pytest.fixture
async def slack(server: SlackServer) -> AsyncIterator[Sending]:
    async with sending(server) as made:
        yield made


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


async def test_a_picture_stands_in_its_message_in_its_place_and_thread(
    server: SlackServer, slack: Sending
) -> None:
    sent = await slack.sender.send(ITEM)
    (message,) = server.messages
    assert sent == f"DU01ANA:{message.ts}"
    assert message.thread == "1.000001"
    assert kinds(message) == ["header", "image", "section", "actions"]
    assert message.blocks[1]["alt_text"] == SHOWN
    (file,) = server.files.files.values()
    assert message.blocks[1]["slack_file"] == {"id": file.id}
    assert file.content == CHART
    # Slack looked into it first; it was waited for.
    assert slack.waits == [1.0]


async def test_a_picture_that_slack_looks_into_for_long_is_said_in_words(
    server: SlackServer, slack: Sending
) -> None:
    server.files.refusals = 99
    await slack.sender.send(ITEM)
    (message,) = server.messages
    assert kinds(message) == ["header", "context", "section", "actions"]
    assert [one["text"] for one in message.blocks[1]["elements"]] == [SHOWN, MISSING]
    assert slack.waits == [1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("files.getUploadURLExternal", answers(200, "missing_scope")),
        ("files.getUploadURLExternal", answers(200, "file_uploads_disabled")),
        ("files.getUploadURLExternal", answers(429, "ratelimited", Retry_After="30")),
        ("files.getUploadURLExternal", answers(500)),
        ("upload", answers(413)),
        ("upload", answers(302, Location="https://elsewhere.example")),
        ("upload", answers(503)),
        ("files.completeUploadExternal", answers(200, "file_not_found")),
        ("files.completeUploadExternal", answers(200, "internal_error")),
        ("files.completeUploadExternal", answers(502)),
    ],
)
@pytest.mark.parametrize("language", ["en", "es"])
async def test_where_a_step_fails_the_message_says_the_pictures_words(
    server: SlackServer, slack: Sending, method: str, fault: Fault, language: str
) -> None:
    server.faults[method].append(fault)
    await slack.sender.send(replace(ITEM, language="es" if language == "es" else "en"))
    (message,) = server.messages
    assert kinds(message) == ["header", "context", "section", "actions"]
    missing = {"en": MISSING, "es": "La imagen misma no se pudo mostrar aquí."}[language]
    assert [one["text"] for one in message.blocks[1]["elements"]] == [SHOWN, missing]


async def test_a_line_that_is_cut_while_uploading_costs_the_picture_alone(
    server: SlackServer, slack: Sending
) -> None:
    server.faults["upload"].append(resets(server, "upload", after=False))
    await slack.sender.send(ITEM)
    (message,) = server.messages
    assert kinds(message) == ["header", "context", "section", "actions"]


async def test_a_second_try_uploads_nothing_again(server: SlackServer, slack: Sending) -> None:
    server.faults["chat.postMessage"].append(answers(500))
    with pytest.raises(MaybeSent):
        await slack.sender.send(ITEM)
    await slack.sender.send(replace(ITEM, was_tried=True))
    assert len(server.files.files) == 1
    (message,) = server.messages
    assert "image" in kinds(message)


async def test_two_pictures_keep_their_order_when_one_fails(
    server: SlackServer, slack: Sending
) -> None:
    second = PictureBlock(base64.b64encode(PNG + b"bars").decode(), "Models as bars")
    server.faults["upload"].append(answers(500))
    blocks = (*MESSAGE.blocks, second)
    await slack.sender.send(replace(ITEM, message=replace(MESSAGE, blocks=blocks)))
    (message,) = server.messages
    assert kinds(message) == ["header", "context", "section", "image", "actions"]
    assert message.blocks[3]["alt_text"] == "Models as bars"


async def test_among_others_only_the_asker_sees_the_picture(
    server: SlackServer, slack: Sending
) -> None:
    message = replace(MESSAGE, reply_to="1.000001")
    await slack.sender.send(replace(ITEM, chat=CHANNEL, is_private=False, message=message))
    (shown,) = server.messages
    assert (shown.channel, shown.seen_by, shown.thread) == (CHANNEL, "U01ANA", "1.000001")
    assert "image" in kinds(shown)


async def test_an_edit_keeps_its_picture(server: SlackServer, slack: Sending) -> None:
    sent = await slack.sender.send(ITEM)
    assert await slack.sender.send(replace(ITEM, id=8, edits=sent)) == sent
    (message,) = server.messages
    assert (message.edits, "image" in kinds(message)) == (1, True)


async def test_an_upload_address_of_another_kind_is_never_called(server: SlackServer) -> None:
    async with open_session() as session:
        api = Api(make_client(BOT_TOKEN, f"{server.base}/api/", session), session)
        await Sender(api, server.clock, scheme="https").send(ITEM)
    (message,) = server.messages
    assert "image" not in kinds(message)
    assert [file.content for file in server.files.files.values()] == [b""]


# Files

TABLE = FileBlock.of("october.csv", "text/csv", b"team,cost_usd\r\nDesign,1.50\r\n", "October")
NO_FILE = "The file itself could not be handed over here."
WITH_FILE = replace(
    ITEM, message=replace(MESSAGE, blocks=(TextBlock("raise it?"), TABLE), buttons=())
)


def words(message: Message) -> list[list[str]]:
    contexts = [block for block in message.blocks if block["type"] == "context"]
    return [[one["text"] for one in block["elements"]] for block in contexts]


async def test_a_large_file_goes_out_piece_by_piece(server: SlackServer, slack: Sending) -> None:
    """Above 1 MiB in one piece the library warns, and a warning is an error here."""
    large = FileBlock.of("year.csv", "text/csv", b"team,cost_usd\r\n" * 100_000, "The year")
    await slack.sender.send(
        replace(ITEM, message=replace(MESSAGE, blocks=(TextBlock("here"), large), buttons=()))
    )
    (file,) = server.files.files.values()
    assert file.content == large.data
    assert file.is_complete


async def test_a_file_is_shared_where_its_message_is(server: SlackServer, slack: Sending) -> None:
    await slack.sender.send(WITH_FILE)
    (message,) = server.messages
    (file,) = server.files.files.values()
    assert (file.name, file.content) == ("october.csv", TABLE.data)
    assert file.shared == ("DU01ANA", "1.000001")
    assert words(message) == [["October"]]
    assert slack.waits == []


async def test_a_file_for_one_among_others_is_shared_in_their_direct_messages(
    server: SlackServer, slack: Sending
) -> None:
    message = replace(WITH_FILE.message, reply_to="1.000001")
    await slack.sender.send(replace(WITH_FILE, chat=CHANNEL, is_private=False, message=message))
    (shown,) = server.messages
    (file,) = server.files.files.values()
    assert file.shared[0].startswith("D")
    assert file.shared[1] == ""
    assert (shown.channel, shown.seen_by) == (CHANNEL, "U01ANA")
    assert words(shown) == [["October", "The file is in our direct messages."]]


@pytest.mark.parametrize("fault", [answers(200, "file_uploads_disabled"), answers(502)])
@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"]
)
async def test_where_a_file_cannot_be_handed_over_the_message_says_so(
    server: SlackServer, slack: Sending, method: str, fault: Fault
) -> None:
    server.faults[method].append(answers(500) if method == "upload" else fault)
    await slack.sender.send(WITH_FILE)
    (message,) = server.messages
    assert words(message) == [["October", NO_FILE]]


async def test_a_second_try_shares_no_file_again(server: SlackServer, slack: Sending) -> None:
    server.faults["chat.postMessage"].append(answers(500))
    with pytest.raises(MaybeSent):
        await slack.sender.send(WITH_FILE)
    await slack.sender.send(replace(WITH_FILE, was_tried=True))
    assert len(server.files.files) == 1
    assert len(server.messages) == 1
