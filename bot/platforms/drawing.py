"""Charts in messages: drawn only as a message is sent, as its platform can show them.

Until then a message holds what its chart shows, which is small, and the same for everybody who
is told the same.
"""

from __future__ import annotations

from dataclasses import replace

from bot.charts.letters import chart_text
from bot.charts.studio import Studio
from bot.messages import OutboundMessage, OutboxItem, PictureBlock, TextBlock
from bot.platforms.outgoing import Send


def with_charts(send: Send, studio: Studio, *, shows_pictures: bool) -> Send:
    """Return a `send` that draws charts: as pictures where those are shown, else in letters."""

    async def draw_and_send(item: OutboxItem) -> str:
        chart = item.message.chart
        if chart is None:
            return await send(item)
        picture = await studio.picture(chart) if shows_pictures else None
        message = (
            in_letters(item.message) if picture is None else _with_picture(item.message, picture)
        )
        return await send(replace(item, message=message))

    return draw_and_send


def in_letters(message: OutboundMessage) -> OutboundMessage:
    """Return a message with its chart as lines of text; one without a chart as it is."""
    if message.chart is None:
        return message
    drawn = chart_text(message.chart)
    blocks = (*message.blocks, TextBlock(drawn)) if message.blocks else ()
    return replace(message, text=f"{message.text.rstrip()}\n{drawn}", blocks=blocks, chart=None)


def _with_picture(message: OutboundMessage, png: str) -> OutboundMessage:
    assert message.chart is not None  # noqa: S101  # its caller looked
    blocks = message.blocks or (TextBlock(message.text),)
    return replace(message, blocks=(*blocks, PictureBlock(png, message.chart.alt)), chart=None)
