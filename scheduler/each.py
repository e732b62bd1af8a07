"""One after the other, of any company, so that what fails for one stops no other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import structlog

from bot.errors.kinds import Unavailable
from bot.ids import TenantId

_log = structlog.get_logger(__name__)
T = TypeVar("T")


async def each(
    found: Iterable[tuple[TenantId, T]], do: Callable[[TenantId, T], Awaitable[int]], *, job: str
) -> int:
    """Do something for each that was found; return what that came to.

    What fails is logged and left for the next time: the oldest come first, and one that fails
    each time would keep all others waiting for good.

    Raises:
        Unavailable: the database is away, as it will be for the next one.
    """
    done = 0
    for tenant, one in found:
        try:
            done += await do(tenant, one)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  # a job ends here for this one
            _log.error("job failed for one", job=job, tenant=tenant, exc_info=error)
    return done
