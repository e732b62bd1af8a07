"""The audit head of a digest, as each platform shows it: what is copied is read as it was."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from adapters.slack.render import to_parts
from adapters.teams.render import to_activities
from adapters.telegram.render import render
from adapters.terminal.render import to_lines, to_plain
from bot.audit.chain import Head, Noted, read_noted
from bot.ids import ConversationId
from bot.messages import Button, OutboundMessage
from bot.replies.receipts import receipt_text
from tests.platforms.slack_blocks import shown
from tests.platforms.teams_server import words_of
from tests.platforms.telegram_html import parse_html
from tests.platforms.test_slack_faults import ITEM
from tests.unit.replies_samples import DIGEST, EN

# Of a hundred hashes a third have so many digits beside each other that Telegram could take them
# for somebody's number.
HEADS = [Head(1204 + n, hashlib.sha256(str(n).encode()).digest()) for n in range(100)]
BUTTONS = (Button("Who spends most?", "t" * 22, "edit"),)


def message_of(head: Head) -> OutboundMessage:
    text = receipt_text(replace(DIGEST, head=head), EN)
    return OutboundMessage(ConversationId("c"), text, "alert", buttons=BUTTONS)


def telegram(message: OutboundMessage) -> str:
    (part,) = render(message)
    read = parse_html(part.html)
    assert ("code", message.text.split()[-1]) in read.entities
    return read.text


def telegram_plain(message: OutboundMessage) -> str:
    return render(message)[0].plain


def slack(message: OutboundMessage) -> str:
    (part,) = to_parts(replace(ITEM, message=message))
    return shown(part.blocks)


def teams(message: OutboundMessage) -> str:
    (activity,) = to_activities(message)
    return words_of(activity["attachments"][0]["content"])


def terminal(message: OutboundMessage) -> str:
    return to_plain(to_lines(replace(message, buttons=()), width=60))


@pytest.mark.parametrize("show", [telegram, telegram_plain, slack, teams, terminal])
def test_what_a_reader_copies_is_the_row_that_was_told(
    show: object, request: pytest.FixtureRequest
) -> None:
    assert callable(show)
    for head in HEADS:
        text = str(show(message_of(head)))
        noted = Noted(head.seq, head.hash)
        assert read_noted(text) == noted
        line = text[text.rindex("Audit log") :]
        assert read_noted(line) == noted
