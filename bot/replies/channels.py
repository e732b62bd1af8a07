"""Channels that are no chats, as people read of them."""

from __future__ import annotations

from bot.actions.channels import TITLES, ChannelChanged, ChannelsReceipt
from bot.alerts.channels import ChannelRule
from bot.replies.amounts import percent
from bot.replies.reader import Language, Reader
from bot.replies.words import has_words, say


def channels_text(receipt: ChannelsReceipt, reader: Reader) -> str:
    """Return where alerts go, and what of them."""
    language = reader.language
    if not receipt.rules:
        return say(language, "channels.none")
    lines = [say(language, "channels"), *(_line(one, language) for one in receipt.rules)]
    hint = say(language, "channels.hint", channel=TITLES[receipt.rules[0].name])
    return "\n".join([*lines, hint])


def _line(rule: ChannelRule, language: Language) -> str:
    key = "channels.all"
    if rule.is_paused:
        key = "channels.paused"
    elif rule.from_percent:
        key = "channels.from"
    return say(language, key, channel=TITLES[rule.name], percent=percent(rule.from_percent))


def channel_changed_text(receipt: ChannelChanged, reader: Reader) -> str:
    """Say what became of a channel."""
    key = f"channel.{receipt.how}"
    if receipt.how == "set" and not receipt.from_percent:
        key = "channel.set.all"
    share = percent(receipt.from_percent)
    return say(reader.language, key, channel=receipt.title, percent=share)


def tried_text(channel: str, why: str, reader: Reader, *, is_final: bool) -> str:
    """Say how a test of a channel went: taken where `why` is empty, else what can be done."""
    language, title = reader.language, TITLES[channel]
    if not why:
        return say(language, "channel.taken", channel=title)
    key = f"channel.failed.{why}"
    if not has_words(language, key):
        key = "channel.failed.other"
    text = say(language, key, channel=title, section=f"[{channel}]")
    return text if is_final else f"{text} {say(language, 'channel.again')}"
