"""Channels that are no chats, as people read of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.base import Preview
from bot.actions.channels import TITLES, ChannelChanged, ChannelsReceipt
from bot.alerts.channels import ChannelRule
from bot.replies.amounts import percent
from bot.replies.parts import listing, shown
from bot.replies.reader import Language, Reader
from bot.replies.words import has_words, say


def channels_text(receipt: ChannelsReceipt, reader: Reader) -> str:
    """Return where alerts go, and what of them."""
    language = reader.language
    if not receipt.rules:
        return say(language, "channels.none")
    lines = [say(language, "channels"), *(_line(one, receipt, language) for one in receipt.rules)]
    hint = say(language, "channels.hint", channel=TITLES[receipt.rules[0].name])
    return "\n".join([*lines, hint])


def _line(rule: ChannelRule, receipt: ChannelsReceipt, language: Language) -> str:
    names = sorted(receipt.names[one] for one in rule.wallet_ids if one in receipt.names)
    key = "channels.all"
    if rule.is_paused:
        key = "channels.paused"
    elif rule.wallet_ids and not names:
        key = "channels.closed"
    elif names:
        key = "channels.of.from" if rule.from_percent else "channels.of"
    elif rule.from_percent:
        key = "channels.from"
    return say(
        language,
        key,
        channel=TITLES[rule.name],
        percent=percent(rule.from_percent),
        wallets=_listed(names, language),
    )


def _listed(names: Sequence[str], language: Language) -> str:
    return listing([shown(name) for name in names], language)


def channel_change(preview: Preview, language: Language) -> list[str]:
    """Return what would go to a channel, before -> after: which alerts, and of which wallets."""
    lines = []
    if isinstance(preview.before, int) and isinstance(preview.after, int):
        before, after = percent(preview.before), percent(preview.after)
        lines.append(say(language, "card.channel.from", before=before, after=after))
    if preview.lines:
        names = [shown(x) if x else say(language, "channels.every") for x in preview.lines]
        lines.append(say(language, "card.channel.of", before=names[0], after=names[-1]))
    return lines


def channel_changed_text(receipt: ChannelChanged, reader: Reader) -> str:
    """Say what became of a channel."""
    key = f"channel.{receipt.how}"
    if receipt.how == "set":
        key += ".of" if receipt.wallets else ""
        key += "" if receipt.from_percent else ".all"
    return say(
        reader.language,
        key,
        channel=receipt.title,
        percent=percent(receipt.from_percent),
        wallets=_listed(receipt.wallets, reader.language),
    )


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
