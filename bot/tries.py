"""The tries of a paid call: one model after the other, until one answers or the time is over.

What came of them is learnt here too: who rests after failures, how long each takes, and how far
estimates of tokens are off. Nothing is kept or charged here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from bot.asks import Ask, TokenCounter, Try, tokens_of
from bot.clock import Clock
from bot.errors.kinds import BursarError, Refused
from bot.errors.models import Unanswered
from bot.ids import TenantId
from bot.models import ModelAnswer, ModelBackend, ModelRequest
from bot.routing.breaker import Breaker
from bot.routing.choice import Choice, Route
from bot.routing.estimates import Estimates
from bot.routing.health import whole
from bot.routing.latency import Latencies
from bot.routing.providers import CompanyModel, ModelKey, Provider
from bot.tokens import TokenUsage

# A provider that asks for more patience than this is not waited for.
LONGEST_PAUSE_S: Final = 10.0
_FIRST_PAUSE_S: Final = 0.5
# Each model is asked so often, the second time only after every other was asked once.
_ROUNDS: Final = 2


class Backends(Protocol):
    """Where the backend of a provider comes from."""

    async def of(self, provider: Provider) -> ModelBackend:
        """Return the provider's backend, with its key.

        Raises:
            ProviderKeyRefused: the key is not where the provider's configuration says.
        """
        ...


class CallObserver(Protocol):
    """What counts calls. Models are named as providers name them."""

    def call_tried(self, model: str, outcome: str, seconds: float) -> None:
        """Hear how one try ended: "ok", or an error's code."""
        ...

    def tokens_counted(self, estimated: int, counted: int) -> None:
        """Hear how many tokens a prompt was taken for, and how many its provider counted."""
        ...

    def model_rests(self, model: str, is_resting: bool) -> None:
        """Hear after a try whether its model rests after failures."""
        ...


@dataclass(slots=True)
class Progress:
    """A call under way: it ends at `ends_at` by the monotonic clock, whatever was tried.

    `held_nanos` is what is set aside for it, `times_more` how often it was more.
    """

    ask: Ask
    choice: Choice
    providers: Mapping[str, Provider]
    tokens_in: int
    ends_at: float
    held_nanos: int
    times_more: int = 0
    tries: list[Try] = field(default_factory=list)


class Tries:
    """Makes the tries of calls, and knows how models did lately."""

    def __init__(
        self,
        backends: Backends,
        clock: Clock,
        *,
        sleep: Callable[[float], Awaitable[None]],
        chance: Callable[[], float],
    ) -> None:
        """Take what models are asked through; `chance` gives numbers from 0 up to, without, 1."""
        self._backends = backends
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self.breaker = Breaker(clock)
        self.latencies = Latencies()
        self.estimates = Estimates()
        self.count: TokenCounter = tokens_of
        self.observers: list[CallObserver] = []

    def may_ask(self, tenant: TenantId, key: ModelKey) -> bool:
        """Tell whether a model rests neither by itself nor with its provider."""
        return self.breaker.may_ask(CompanyModel(tenant, *key)) and self.breaker.may_ask(
            whole(tenant, key.provider)
        )

    async def call(
        self, progress: Progress, may_go_on: Callable[[Route], Awaitable[bool]]
    ) -> tuple[ModelAnswer | None, BursarError | None]:
        """Ask one model after the other until one answers or the time is over.

        `may_go_on` is asked before each further try. Returns the answer, or else why there
        is none, None where the time was over before the first try.
        """
        routes: Sequence[Route] = progress.choice.routes
        error: Unanswered | None = None
        for round_ in range(_ROUNDS):
            later: list[Route] = []
            for route in routes:
                pause = self._pause(error, round_)
                if self.left_s(progress) <= pause:
                    return None, error
                if not self.may_ask(progress.ask.tenant, route.key):
                    continue
                if pause:
                    await self._sleep(pause)
                if progress.tries:
                    try:
                        is_allowed = await may_go_on(route)
                    except Refused as closed:
                        return None, closed
                    if not is_allowed:
                        continue
                if not self.may_ask(progress.ask.tenant, route.key):
                    # Another call has begun to try it while this one looked.
                    continue
                answer, error = await self._try(progress, route)
                if answer is not None:
                    return answer, None
                if error is not None and error.passes:
                    later.append(route)
            routes = later
        return None, error

    def _pause(self, error: Unanswered | None, round_: int) -> float:
        """Return how long to wait: only before a model is asked once more."""
        if round_ == 0 or error is None:
            return 0.0
        asked_for = error.retry_after_s or 0.0
        if asked_for > LONGEST_PAUSE_S:
            return float("inf")
        # Between half and the whole of it, so that not all who failed together come back together.
        return max(asked_for, _FIRST_PAUSE_S * (0.5 + self._chance() / 2))

    def left_s(self, progress: Progress) -> float:
        """Return the seconds until a call's end, below zero after it."""
        return progress.ends_at - self._clock.monotonic()

    async def _try(
        self, progress: Progress, route: Route
    ) -> tuple[ModelAnswer | None, Unanswered | None]:
        ask = progress.ask
        asked = CompanyModel(ask.tenant, *route.key)
        provider = progress.providers[route.key.provider]
        left_s = self.left_s(progress)
        limits = provider.time_outs
        request = ModelRequest(
            route.key.model,
            ask.messages,
            ask.most_tokens,
            ask.answer,
            replace(
                limits,
                connect_s=min(limits.connect_s, left_s),
                first_byte_s=min(limits.first_byte_s, left_s),
                total_s=min(limits.total_s, left_s),
            ),
            ask.caches_context,
        )
        self.breaker.begin(asked)
        began = self._clock.monotonic()
        answer: ModelAnswer | None = None
        error: Unanswered | None = None
        try:
            backend = await self._backends.of(provider)
            answer = await backend.ask(request)
            self.breaker.worked(asked)
            self.latencies.note(asked, self.since_ms(began))
        except Unanswered as caught:
            error = caught
            if error.passes:
                self.breaker.failed(asked)
            else:
                self.breaker.let_go(asked)
        except Exception:
            self.breaker.let_go(asked)
            # Nobody knows what became of it: as far as the ledger goes, the prompt was read.
            progress.tries.append(self._tried(progress, route, began, None, is_charged=True))
            raise
        is_charged = error is None or error.may_be_charged
        progress.tries.append(
            self._tried(progress, route, began, answer, is_charged=is_charged, error=error)
        )
        return answer, error

    def _tried(
        self,
        progress: Progress,
        route: Route,
        began: float,
        answer: ModelAnswer | None,
        *,
        is_charged: bool,
        error: Unanswered | None = None,
    ) -> Try:
        asked = CompanyModel(progress.ask.tenant, *route.key)
        usage = answer.usage if answer is not None else error.usage if error is not None else None
        is_estimated = is_charged and usage is None
        if is_estimated:
            written = "" if answer is None else answer.text
            tokens_in = self.estimates.correct(asked, progress.tokens_in)
            usage = TokenUsage(tokens_in, self.count(written))
        one = Try(route, usage, is_estimated, self.since_ms(began), error)
        self._tell(asked, one, progress.tokens_in)
        if usage is not None and not is_estimated:
            # After it was told: what was set aside did not know of this count.
            self.estimates.note(asked, progress.tokens_in, usage.tokens_in)
        return one

    def _tell(self, asked: CompanyModel, one: Try, tokens_in: int) -> None:
        model = asked.model
        for observer in self.observers:
            outcome = "ok" if one.error is None else one.error.code
            observer.call_tried(model, outcome, one.latency_ms / 1000)
            observer.model_rests(model, self.breaker.is_resting(asked))
            if one.usage is not None and not one.is_estimated:
                estimated = self.estimates.correct(asked, tokens_in)
                observer.tokens_counted(estimated, one.usage.tokens_in)

    def since_ms(self, began: float) -> int:
        """Return the milliseconds since a moment of the monotonic clock, in seconds."""
        return round((self._clock.monotonic() - began) * 1000)
