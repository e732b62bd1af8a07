"""Looking at providers: the real SDKs ask for the list of models, which costs nothing."""

from __future__ import annotations

import pytest

from bot.errors.models import ProviderUnreachable
from bot.models import ModelBackend, TimeOuts
from tests.models import faults
from tests.models.conftest import OpenFor
from tests.models.replies import Api
from tests.models.server import ModelServer, closed_address

TIME_OUTS = TimeOuts()


async def test_a_provider_that_is_there_is_seen_and_no_token_is_used(
    backend: ModelBackend, server: ModelServer
) -> None:
    await backend.look(TIME_OUTS)
    assert (server.looks, server.calls) == (1, [])


@pytest.mark.parametrize(("fault", "kind"), faults.WITHOUT_ANSWER)
async def test_how_it_fails_is_told_as_for_a_call(
    backend: ModelBackend, server: ModelServer, fault: faults.Fault, kind: type
) -> None:
    server.say(fault)
    with pytest.raises(kind):
        await backend.look(TIME_OUTS)
    assert server.looks == 1


async def test_nobody_there_is_unreachable(open_for: OpenFor, api: Api) -> None:
    backend = await open_for(closed_address(), api)
    with pytest.raises(ProviderUnreachable):
        await backend.look(TIME_OUTS)
