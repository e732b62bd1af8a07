import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot import logs
from bot.errors.storage import StorageBusy

CANARY = "canary-4417ae"


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """The file that lines are written to."""
    before = logging.getLogger().handlers[:]
    path = tmp_path / "log"
    logs.configure(destination=str(path))
    yield path
    logs.configure()
    logging.getLogger().handlers[:] = before
    structlog.reset_defaults()


def lines(out: Path) -> list[dict[str, Any]]:  # Any: JSON
    return [json.loads(line) for line in out.read_text().splitlines()]


def test_an_event_is_one_line_of_json(out: Path) -> None:
    structlog.get_logger().info("drained", count=3, platform="slack", task=None)
    (line,) = lines(out)
    assert line.pop("at").endswith("Z")
    assert line == {
        "level": "info",
        "event": "drained",
        "count": 3,
        "platform": "slack",
        "task": None,
    }


def test_a_field_that_is_not_listed_is_dropped_and_named(out: Path) -> None:
    structlog.get_logger().info("received", text=CANARY, count=1)
    (line,) = lines(out)
    assert line["dropped"] == ["text"]
    assert CANARY not in out.read_text()


def test_an_object_is_written_as_its_type(out: Path) -> None:
    structlog.get_logger().info("received", job={"text": CANARY}, error=ValueError(CANARY))
    (line,) = lines(out)
    assert (line["job"], line["error"]) == ("dict", "ValueError")
    assert CANARY not in out.read_text()


def test_an_exception_is_written_without_its_words(out: Path) -> None:
    try:
        try:
            raise ValueError(CANARY)
        except ValueError as error:
            raise StorageBusy(CANARY) from error
    except StorageBusy as error:
        structlog.get_logger().error("write failed", exc_info=error)
    (line,) = lines(out)
    assert (line["error"], line["code"], line["cause"]) == (
        "StorageBusy",
        "storage_busy",
        "ValueError",
    )
    assert "test_logs.py" in line["places"][0]
    assert CANARY not in out.read_text()


@pytest.mark.parametrize("char", ["\n", "\r", "\x1b", "\u202e", "\u2028", "\u200b", "\U000e0041"])
@pytest.mark.parametrize("format", ["json", "text"])
def test_no_value_can_start_a_line_or_turn_its_direction(
    char: str, format: logs.Format, out: Path
) -> None:
    logs.configure(format=format, destination=str(out))
    structlog.get_logger().info(f"a{char}b", platform=f"x{char}y")
    text = out.read_text()
    assert char not in text.rstrip("\n")
    assert len(text.splitlines()) == 1
    assert f"u{ord(char):04x}" in text.lower()


def test_other_libraries_say_only_their_constant_part(out: Path) -> None:
    logger = logging.getLogger("aiohttp.server")
    logger.error("cannot parse %s", CANARY)
    logger.error(f"cannot parse {CANARY}")  # noqa: G004  # as libraries do
    logger.info("not important")
    assert [line["event"] for line in lines(out)] == ["cannot parse %s", "said by a library"]
    assert CANARY not in out.read_text()


def test_a_known_secret_is_cut_out(out: Path) -> None:
    logs.configure(secrets=[CANARY, "short"], destination=str(out))
    structlog.get_logger().info("called", host=f"https://{CANARY}@h", places=[CANARY])
    assert CANARY not in out.read_text()
    assert lines(out)[0]["host"] == "https://(hidden)@h"


def test_less_important_lines_are_left_out(out: Path) -> None:
    logs.configure(level="warning", destination=str(out))
    structlog.get_logger().info("one")
    structlog.get_logger().warning("two")
    assert [line["event"] for line in lines(out)] == ["two"]


def test_a_file_is_added_to_and_closed_to_others(out: Path) -> None:
    path = out.parent / "new" / "bursar.log"
    for _ in range(2):
        logs.configure(destination=str(path))
        structlog.get_logger().info("one")
    assert len(path.read_text().splitlines()) == 2
    assert path.stat().st_mode & 0o777 == 0o600
