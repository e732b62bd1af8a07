"""The OpenAI SDK as both of its users need it: our key, our address, no repeats, our errors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import openai

from adapters.models.endpoint import Endpoint
from adapters.models.faults import of_answer, of_connection
from adapters.models.reading import read_models
from adapters.models.transport import for_sdk, open_client
from bot.errors.models import AnswerBroken, ProviderUnreachable
from bot.models import ModelRequest, TimeOuts

# The SDK insists on a key; the transport sends none where the endpoint has none.
_NO_KEY: Final = "none"


def open_openai(endpoint: Endpoint) -> openai.AsyncOpenAI:
    """Make a client; closing it closes its connections."""
    return openai.AsyncOpenAI(
        api_key=endpoint.key or _NO_KEY,
        base_url=endpoint.base_url,
        max_retries=0,
        http_client=open_client(endpoint),
    )


@asynccontextmanager
async def one_call(
    client: openai.AsyncOpenAI, endpoint: Endpoint, request: ModelRequest
) -> AsyncIterator[None]:
    """Bound the time of the call inside and say in our words how it fails.

    Raises:
        Unanswered: by kind.
    """
    if client.is_closed():
        raise ProviderUnreachable(endpoint.name, request.model)
    try:
        async with asyncio.timeout(request.time_outs.total_s):
            yield
    except TimeoutError as error:
        raise ProviderUnreachable(endpoint.name, request.model, may_be_charged=True) from error
    except openai.APIStatusError as error:
        raise of_answer(error.response, endpoint.name, request.model) from error
    except openai.APIConnectionError as error:
        raise of_connection(error.__cause__, endpoint.name, request.model) from error


async def look(client: openai.AsyncOpenAI, endpoint: Endpoint, time_outs: TimeOuts) -> bytes:
    """Ask for the models, and return the body as it came. API reference, "List models".

    Raises:
        Unanswered: by kind.
    """
    request = ModelRequest("", (), 0, time_outs=time_outs)
    async with one_call(client, endpoint, request):
        raw = await client.models.with_raw_response.list(timeout=for_sdk(time_outs))
    return raw.http_response.content


async def list_models(
    client: openai.AsyncOpenAI, endpoint: Endpoint, time_outs: TimeOuts
) -> tuple[str, ...]:
    """Return the models that a provider offers; never none.

    Raises:
        Unanswered: by kind; `AnswerBroken` also for a list of none.
    """
    found = read_models(await look(client, endpoint, time_outs))
    if not found:
        raise AnswerBroken(endpoint.name, "")
    return found
