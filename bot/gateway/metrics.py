"""What can be measured from outside: counters, gauges and histograms in a registry of their own.

Labels are codes of ours and names of models, never of people, wallets or companies: whoever may
read the numbers may not therefore read the books.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
_CALL_SECONDS: Final = (0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60)
_RATIOS: Final = (0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 4)
_BATCHES: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256)

Queue = Literal["inbox", "outbox"]


@dataclass(frozen=True, slots=True)
class Depth:
    """How much waits in a queue, and for how long the oldest has."""

    queue: Queue
    waiting: int
    oldest_s: float


class Metrics:
    """The numbers of one process. Cheap enough to be told of everything."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        self._turns = Counter(
            "bursar_turns", "Messages answered, by outcome.", ["outcome"], registry=registry
        )
        self._turn_s = Histogram(
            "bursar_turn_seconds",
            "From taking a message to its commit.",
            buckets=_SECONDS,
            registry=registry,
        )
        self._writes = Counter(
            "bursar_writes", "Writes, by outcome.", ["outcome"], registry=registry
        )
        self._batch = Histogram(
            "bursar_batch_size",
            "Writes that one commit carried.",
            buckets=_BATCHES,
            registry=registry,
        )
        self._waiting = Gauge(
            "bursar_queue_waiting", "Rows that wait.", ["queue"], registry=registry
        )
        self._oldest_s = Gauge(
            "bursar_queue_oldest_seconds",
            "Age of the oldest row that waits.",
            ["queue"],
            registry=registry,
        )
        self._read_only = Gauge(
            "bursar_ledger_read_only", "1 while money stands still.", registry=registry
        )
        self._paused = Gauge(
            "bursar_models_paused", "Companies that have paused their models.", registry=registry
        )
        self._expired = Counter(
            "bursar_holds_expired", "Holds that ended by time.", registry=registry
        )
        self._calls = Counter(
            "bursar_model_calls",
            "Tries of models, by model and outcome.",
            ["model", "outcome"],
            registry=registry,
        )
        self._call_s = Histogram(
            "bursar_model_call_seconds",
            "How long tries of models took.",
            ["model"],
            buckets=_CALL_SECONDS,
            registry=registry,
        )
        self._resting = Gauge(
            "bursar_model_resting",
            "1 while a model is left alone after failures.",
            ["model"],
            registry=registry,
        )
        self._estimates = Histogram(
            "bursar_tokens_estimate_ratio",
            "What a prompt was taken for, by what its provider counted, in tokens.",
            buckets=_RATIOS,
            registry=registry,
        )
        self._requests = Counter(
            "bursar_http_requests",
            "Requests, by route and status.",
            ["route", "status"],
            registry=registry,
        )

    def turn_done(self, outcome: str, seconds: float) -> None:
        """Count an answered message; `outcome` is a code such as `ok` or an error's."""
        self._turns.labels(outcome).inc()
        self._turn_s.observe(seconds)

    def batch_done(self, size: int, failed: int) -> None:
        """Count a commit and the writes that it carried or refused."""
        self._batch.observe(size)
        self._writes.labels("ok").inc(size - failed)
        if failed:
            self._writes.labels("failed").inc(failed)

    def holds_expired(self, count: int) -> None:
        """Count holds that were let go because their time was over."""
        self._expired.inc(count)

    def call_tried(self, model: str, outcome: str, seconds: float) -> None:
        """Count a try of a model; `outcome` is `ok` or an error's code."""
        self._calls.labels(model, outcome).inc()
        self._call_s.labels(model).observe(seconds)

    def tokens_counted(self, estimated: int, counted: int) -> None:
        """Note how good the estimate of a prompt was; `counted` is above 0."""
        self._estimates.observe(estimated / counted)

    def model_rests(self, model: str, is_resting: bool) -> None:
        """Note whether a model is left alone after failures."""
        self._resting.labels(model).set(is_resting)

    def request_done(self, route: str, status: int) -> None:
        """Count an HTTP request; `route` is the pattern, not the path."""
        self._requests.labels(route, str(status)).inc()

    def set_depth(self, depth: Depth) -> None:
        """Note how much waits in a queue."""
        self._waiting.labels(depth.queue).set(depth.waiting)
        self._oldest_s.labels(depth.queue).set(depth.oldest_s)

    def set_read_only(self, is_read_only: bool) -> None:
        """Note whether money stands still."""
        self._read_only.set(is_read_only)

    def set_paused(self, count: int) -> None:
        """Note how many companies have paused their models."""
        self._paused.set(count)

    def as_text(self) -> bytes:
        """Return the numbers as Prometheus reads them."""
        return generate_latest(self.registry)
