"""Drawing charts beside the loop: each once, however many people are sent it."""

from __future__ import annotations

import asyncio
import base64
from collections import OrderedDict
from typing import Final

import structlog

from bot.charts.model import Chart

_log = structlog.get_logger(__name__)

# Pictures of some 10 to 60 kB.
_MOST_KEPT: Final = 64


class Studio:
    """Draws charts, one at a time, and keeps the latest pictures."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Chart, str] = OrderedDict()
        # What is asked for twice at once is drawn once; one core is left for everything else.
        self._one_by_one = asyncio.Lock()
        self._is_able = True

    async def picture(self, chart: Chart) -> str | None:
        """Return a chart as PNG, base64; None where it cannot be drawn."""
        async with self._one_by_one:
            kept = self._kept.get(chart)
            if kept is None and self._is_able:
                kept = await self._draw(chart)
            if kept is None:
                return None
            self._kept[chart] = kept
            self._kept.move_to_end(chart)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            return kept

    async def _draw(self, chart: Chart) -> str | None:
        try:
            return await asyncio.to_thread(_drawn, chart)
        except ImportError:
            _log.info("charts are shown in letters: the extra `charts` is not installed")
            self._is_able = False
        except Exception as error:  # noqa: BLE001  # a picture ends here: its message goes on
            _log.error("chart not drawn", exc_info=error)
        return None


def _drawn(chart: Chart) -> str:
    # Half a second, for whoever never sends a chart.
    from bot.charts.pictures import draw

    return base64.b64encode(draw(chart)).decode()
