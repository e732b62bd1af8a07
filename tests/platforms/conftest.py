"""What the platforms' tests share."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """Log to where this test's output goes: a command before it may have sent it elsewhere."""
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()
