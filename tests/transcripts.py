"""The conversations in the pages, held with the demo company on 18 November 2026.

`python -m tests.transcripts` writes what is answered now into the pages.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from pathlib import Path

from adapters.terminal.plain import PlainScreen, talk
from adapters.terminal.session import Session
from bot.clock import ManualClock
from bot.company.demo import SPEAKER
from bot.ids import TenantId
from bot.terminal.chat import demo_settings, open_demo
from bot.terminal.speakers import CompanySpeakers

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/quickstart.md")
NOW = datetime(2026, 11, 18, 13, 5, tzinfo=UTC)
_BLOCK = re.compile(r"(?<=^```\n)[a-z]+> .*?(?=^```$)", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"^(?!bursar>)[a-z]+> (.*)$", re.MULTILINE)
_REF = re.compile(r"#[2-9A-HJKMNP-TV-Z]{4}\b")
_REFS = ("#7K2M", "#4TQX", "#9HWD", "#C3VN", "#M8RP", "#6ZJB")


def list_blocks(page: str) -> list[str]:
    """Return the conversations of a page, in order."""
    return _BLOCK.findall(page)


def list_typed(block: str) -> list[str]:
    """Return what people typed in a conversation."""
    return _TYPED.findall(block)


def replace_blocks(page: str, held: Iterable[str]) -> str:
    """Return a page with other conversations in place of its own."""
    rest = iter(held)
    return _BLOCK.sub(lambda _: next(rest), page)


async def hold(page: str, folder: Path) -> list[str]:
    """Hold a page's conversations, one after the other, with one company; return them."""
    clock = ManualClock(NOW)
    shown: list[str] = []
    held: list[str] = []
    async with open_demo(demo_settings(folder), clock) as (app, database):
        people = CompanySpeakers(database, TenantId("demo"))
        screen = PlainScreen(shown.append)
        session = Session(app, people, await people.choose(SPEAKER), screen)
        await session.begin(greets=True)
        for block in list_blocks(page):
            shown.clear()
            await talk(session, screen, _lines(list_typed(block)))
            held.append("".join(shown))
    return _with_fixed_refs(held)


async def _lines(typed: list[str]) -> AsyncIterator[str]:
    for line in typed:
        yield line


def _with_fixed_refs(held: list[str]) -> list[str]:
    """Name drafts by the order in which they appear: their real names are random."""
    names: dict[str, str] = {}

    def fixed(found: re.Match[str]) -> str:
        return names.setdefault(found[0], _REFS[len(names)])

    return [_REF.sub(fixed, text) for text in held]


def main() -> None:
    """Write the answers of today's program into the pages."""
    for name in PAGES:
        path = ROOT / name
        page = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            held = asyncio.run(hold(page, Path(folder)))
        path.write_text(replace_blocks(page, held), encoding="utf-8")


if __name__ == "__main__":
    main()
