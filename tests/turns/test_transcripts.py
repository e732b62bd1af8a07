"""What the pages show is what the demo says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.transcripts import PAGES, ROOT, hold, list_blocks, list_typed

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_shows_what_is_answered(page: str, tmp_path: Path) -> None:
    # `python -m tests.transcripts` writes the answers of today's program into the pages.
    text = (ROOT / page).read_text(encoding="utf-8")
    assert await hold(text, tmp_path) == list_blocks(text)


def test_the_conversation_of_the_readme_runs_on_a_pipe() -> None:
    block, *_ = list_blocks(README)
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "demo"],
        input="\n".join(list_typed(block)).encode() + b"\ncaf\xe9\n",
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    said = done.stdout.decode()
    assert (done.returncode, done.stderr.decode()) == (0, "")
    # Dates are those of the day, amounts are not.
    for part in (
        "$412.80 of $500.00",
        "$500.00 -> $750.00",
        "paid from Company ($3,120.00 free)",
        "[Yes] [Edit] [No]",
        "-- 1 message waits for Ben Ortiz: /as ben",
        "ben> yes",
        "Design's limit is $750.00",
        "ben> caf\ufffd",
    ):
        assert part in said


def test_every_link_of_the_pages_leads_somewhere() -> None:
    for page in (*PAGES, "docs/terminal.md", "docs/architecture.md", "docs/decisions/README.md"):
        path = ROOT / page
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{page}: {link}"
