"""What is imported, and when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SDKS = ("openai", "anthropic", "httpx2")


def loaded_after(code: str) -> set[str]:
    """Return which SDKs a fresh interpreter has loaded once it ran the code."""
    shown = f"{code}\nimport sys\nprint([name for name in {SDKS} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", shown], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {name for name in SDKS if name in done.stdout.splitlines()[-1]}


def test_the_program_starts_without_an_sdk() -> None:
    program = "bot.cli.commands, bot.app, bot.connect, bot.cli.chat"
    assert loaded_after(f"import {program}, adapters.models.opening") == set()


@pytest.mark.parametrize(("kind", "sdk"), [("openai", "openai"), ("anthropic", "anthropic")])
def test_a_provider_loads_its_own_sdk_only(kind: str, sdk: str) -> None:
    code = (
        "import asyncio\n"
        "from adapters.models.endpoint import Endpoint\n"
        "from adapters.models.opening import open_backend\n"
        f"asyncio.run(open_backend({kind!r}, Endpoint('acme', 'http://localhost', 'key')))"
    )
    assert loaded_after(code) == {sdk, "httpx2"}
