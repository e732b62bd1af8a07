"""Charts as pictures: how long each takes, warm, and the first one after a start."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

from bot.charts.letters import chart_text
from bot.charts.model import Ahead, Bar, BarsChart, Chart, DaysChart, Level
from bot.charts.pictures import draw
from tests.bench.results import Measure, percentile

_USD: Final = 10**9
_TIMES: Final = 40
_FIRST: Final = """
import time
began = time.process_time()
from tests.bench.bench_charts import MONTH, draw
loaded = time.process_time()
draw(MONTH)
print(time.process_time() - loaded)
"""

_SPENT: Final = (12, 14, 9, 2, 1, 15, 18, 22, 31, 28, 3, 2, 25, 30, 27, 29, 33, 40)
MONTH: Final = DaysChart(
    title="Design has spent $341.00 of $500.00 this November (68 %): runs out on Tue 24 Nov",
    alt="",
    days=tuple(amount * _USD for amount in _SPENT),
    count=30,
    labels=((0, "1"), (7, "8"), (14, "15"), (21, "22"), (29, "30 Nov")),
    so_far=Level(341 * _USD, "$341.00"),
    ends=("1 Nov", "18 Nov"),
    limit=Level(500 * _USD, "limit $500.00"),
    ahead=Ahead(655 * _USD, 590 * _USD, 720 * _USD, "≈$655 by 30 Nov"),
)
SHARES: Final = BarsChart(
    title="claude-sonnet-4-5 is 73 % of what Design spent, 1-18 Nov 2026",
    alt="",
    bars=tuple(Bar(f"model-{n}", f"${100 - n}.00 · {n} %", 100 - n, 100) for n in range(6)),
)
TREE: Final = BarsChart(
    title="Over their limits this November: Brand, Launch and Search",
    alt="",
    bars=tuple(
        Bar(f"A wallet with a name {n}", f"${n * 13}.00 of $500.00", n * 13, 500, "plain", n % 4)
        for n in range(30)
    ),
    has_tracks=True,
)


def _timed(
    chart: Chart, make: Callable[[Chart], object], clock: Callable[[], float]
) -> list[float]:
    make(chart)
    found = []
    for _ in range(_TIMES):
        began = clock()
        make(chart)
        found.append((clock() - began) * 1000)
    return found


def measure() -> list[Measure]:
    """Measure each chart warm, in wall time and CPU; the first one in a process of its own."""
    measures = []
    for name, chart in (("days", MONTH), ("shares", SHARES), ("30 wallets", TREE)):
        wall = _timed(chart, draw, time.perf_counter)
        cpu = _timed(chart, draw, time.process_time)
        measures += [
            Measure(f"{name}: PNG, warm, p50", percentile(wall, 0.5), "ms", most=250),
            Measure(f"{name}: PNG, warm, p95", percentile(wall, 0.95), "ms"),
            Measure(f"{name}: PNG, warm, CPU, p50", percentile(cpu, 0.5), "ms"),
            Measure(f"{name}: size", len(draw(chart)) / 1000, "kB"),
        ]
    letters = _timed(TREE, chart_text, time.perf_counter)
    first = subprocess.run(
        [sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True
    )
    return [
        *measures,
        Measure("30 wallets: in letters, p50", percentile(letters, 0.5), "ms"),
        Measure("the first chart of a process, CPU", float(first.stdout) * 1000, "ms"),
    ]


SUBJECTS: Final = {"charts": measure}
