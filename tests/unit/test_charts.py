"""Charts: the same bytes each time, whatever they are given; in letters where there are none."""

import asyncio
import base64
import io
import sys

import numpy as np
import pytest
from PIL import Image

from bot.charts.letters import chart_text
from bot.charts.model import (
    Ahead,
    Bar,
    BarsChart,
    Chart,
    DaysChart,
    Level,
    dump_chart,
    load_chart,
)
from bot.charts.pictures import draw
from bot.charts.studio import Studio

USD = 10**9
LABELS = ((0, "1"), (7, "8"), (14, "15"), (21, "22"), (29, "30 Nov"))


def days(*spent: int, limit: int | None = 500, ahead: int | None = None) -> DaysChart:
    total = sum(spent)
    return DaysChart(
        title="Design has spent $341.00 of $500.00 this November (68 %): runs out on 24 Nov",
        alt="a chart",
        days=tuple(one * USD for one in spent),
        count=30,
        labels=LABELS,
        so_far=Level(total * USD, f"${total}.00"),
        ends=("1 Nov", "18 Nov"),
        most="most: $40.00 on Wed 18 Nov",
        limit=None if limit is None else Level(limit * USD, f"limit ${limit}.00"),
        ahead=None
        if ahead is None
        else Ahead(ahead * USD, (ahead - 60) * USD, (ahead + 60) * USD, f"≈${ahead} by 30 Nov"),
    )


def tree(count: int, name: str = "Team") -> BarsChart:
    bars = [
        Bar(f"{name} {n}", f"${n}.00 of $20.00", n, 20, "over" if n > 20 else "plain", n % 9)
        for n in range(count)
    ]
    return BarsChart("Over its limit this November: Team 21", "a chart", tuple(bars), True)


HOSTILE = "\u65e5\u672c $\\frac{1}{0}$ <b>&\u0301 _x_ {0} %s \U0001f600"
CHARTS: list[Chart] = [
    days(12, 14, 9, 2, 1, 15, 18, 22, 31, 28, 3, 2, 25, 30, 27, 29, 33, 40, ahead=655),
    days(14),
    days(0, 0, 0),
    days(300, 300, 300, limit=200, ahead=2000),
    days(*range(30), limit=None),
    days(limit=0),
    tree(1),
    tree(30, "A wallet with quite a long name"),
    BarsChart(HOSTILE * 9, "x", (Bar(HOSTILE * 5, HOSTILE * 5, 1, 2), Bar("none", "$0.00"))),
    BarsChart("Design spent nothing, 1-18 Nov 2026", "x", ()),
]


@pytest.mark.parametrize("chart", CHARTS, ids=range(len(CHARTS)))
def test_a_chart_gives_the_same_picture_each_time(chart: Chart) -> None:
    png = draw(chart)
    assert png == draw(load_chart(dump_chart(chart)))
    picture = Image.open(io.BytesIO(png))
    assert picture.format == "PNG"
    assert picture.width == 800
    assert 250 <= picture.height <= 1600
    # Nothing that tells a program, a machine or a time.
    assert picture.info.keys() <= {"transparency"}
    # Opaque paper of its own, in whatever chat it is shown.
    assert picture.convert("RGBA").getchannel("A").getextrema() == (255, 255)
    assert len(png) < 60_000


def test_dollars_are_no_formula() -> None:
    bars = BarsChart("From $1 to $2", "x", (Bar("a", "$1 of $2", 1, 2),))
    assert draw(bars) != draw(BarsChart("From 1 to 2", "x", bars.bars))


def test_of_an_amount_no_digit_is_cut_off() -> None:
    def drawn(last: str) -> bytes:
        text = f"$160,258,723 of $1,000,000,00{last}"
        return draw(BarsChart("t", "a", (Bar("A wallet with a long name", text, 1, 9),), True))

    assert drawn("1") != drawn("2")


def test_what_a_title_finds_is_there_behind_large_amounts() -> None:
    def drawn(found: str) -> bytes:
        spent = "Design has spent $60,258,723.00 of $1,000,000,000.00 this November (6 %)"
        return draw(BarsChart(f"{spent}: {found}", "a", ()))

    assert drawn("it holds") != drawn("used up")


def test_a_spent_limit_is_seen() -> None:
    def reds(chart: Chart) -> int:
        picture = Image.open(io.BytesIO(draw(chart))).convert("RGB")
        pixels = np.asarray(picture, dtype=int)
        red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
        return int(((red > 180) & (green < 60) & (blue < 60)).sum())

    assert reds(days(300, 300)) > reds(days(300, 100)) + 200
    assert reds(tree(22)) > reds(tree(20)) + 1000


def test_days_in_letters() -> None:
    assert chart_text(days(1, 0, 8, ahead=655)).split("\n") == [
        "1 Nov  ▂ █  18 Nov  most: $40.00 on Wed 18 Nov",
        "█░░░░░░░░░░░░░░░░░░░  $9.00  limit $500.00",
        "≈$655 by 30 Nov",
    ]
    assert chart_text(days(limit=None)) == "1 Nov    18 Nov  most: $40.00 on Wed 18 Nov"


def test_bars_in_letters() -> None:
    rows = (
        Bar("Acme", "$10.00 of $20.00", 10, 20),
        Bar("Design and everybody who works for it", "$30.00 of $20.00", 30, 20, "over", 1),
        Bar("Data", "$1.00", depth=1),
    )
    assert chart_text(BarsChart("t", "a", rows, True, "and 2 more")).split("\n") == [
        "Acme                         ██████████░░░░░░░░░░  $10.00 of $20.00",
        "  Design and everybody who…  ████████████████████  $30.00 of $20.00",
        "  Data                                             $1.00",
        "and 2 more",
    ]


async def test_a_chart_is_drawn_once_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Chart] = []

    def count(chart: Chart) -> bytes:
        drawn.append(chart)
        return b"png"

    monkeypatch.setattr("bot.charts.pictures.draw", count)
    studio = Studio()
    pictures = await asyncio.gather(*(studio.picture(CHARTS[n % 2]) for n in range(100)))
    assert set(pictures) == {base64.b64encode(b"png").decode()}
    assert drawn == CHARTS[:2]


async def test_without_the_extra_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.backends.backend_agg", None)
    assert await Studio().picture(CHARTS[0]) is None


async def test_a_chart_that_cannot_be_drawn_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(chart: Chart) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.charts.pictures.draw", fail)
    assert await Studio().picture(CHARTS[0]) is None
