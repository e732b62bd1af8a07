"""What went wrong with a call -> the error that says who can act.

Told by type, by status and by the machine-readable words of the provider's error (its type and
code), never by its sentences.
"""

from __future__ import annotations

import ssl
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

import httpx2

from adapters.models.reading import read_body
from bot.errors.models import (
    AnswerBroken,
    ProviderBusy,
    ProviderFailed,
    ProviderKeyRefused,
    ProviderRefused,
    ProviderSpent,
    ProviderUnreachable,
    Unanswered,
)
from bot.tokens import TokenUsage

# Longer than this, another provider is the better answer than to wait.
MOST_RETRY_AFTER_S: Final = 3600.0

# The request was not written, so that nobody can have worked on it.
_NOT_WRITTEN: Final = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.LocalProtocolError,
    ssl.SSLCertVerificationError,
)
# Money or a spending limit at the provider; repeating does not help. OpenAI: "Error codes" of
# its API guide. Anthropic: the `error_code`s of its SDK's `types/shared`.
_SPENT: Final = frozenset(
    {
        "insufficient_quota",
        "credit_balance_exhausted",
        "organization_spend_limit_exceeded",
        "project_spend_limit_exceeded",
        "organization_usage_limit_exceeded",
        "billing_hard_limit_reached",
        "billing_not_active",
        "billing_error",
        "enforced_spend_limit_reached",
        "contract_spend_limit_reached",
        "linked_organization_spend_limit_reached",
        "linked_organization_billing_unavailable",
    }
)
# The status that an error would have had, where it comes in an answer that began with 200.
_STATUS: Final = {
    "authentication_error": 401,
    "permission_error": 403,
    "invalid_request_error": 400,
    "not_found_error": 404,
    "rate_limit_error": 429,
    "rate_limit_exceeded": 429,
    "api_error": 500,
    "server_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
}
# Nginx, Cloudflare and the providers' own gateways: whoever stands behind may still be working.
_GAVE_UP_WAITING: Final = (504, 524)


def of_answer(
    answer: httpx2.Response, provider: str, model: str, *, spends_without_retry_after: bool = False
) -> Unanswered:
    """Return what an answer means whose status is not 2xx.

    Args:
        answer: read whole.
        provider: its name here.
        model: what was asked for.
        spends_without_retry_after: a 429 that does not say when to come again is this provider's
            spending limit. Anthropic: "Rate limits", spend limits.
    """
    status = answer.status_code
    words = error_words(answer.content)
    retry_after_s = _retry_after_s(answer.headers)
    is_silent = status == 429 and spends_without_retry_after and retry_after_s is None
    kind = ProviderSpent if is_silent else _kind_of(status, words)
    return kind(
        provider,
        model,
        status=status,
        may_be_charged=status in _GAVE_UP_WAITING,
        retry_after_s=retry_after_s,
    )


def of_words(
    words: frozenset[str],
    provider: str,
    model: str,
    *,
    status: int,
    usage: TokenUsage | None = None,
) -> Unanswered:
    """Return what an error means that came in place of an answer, after a status of success.

    The provider had taken the call, so that it may be charged: `usage` is what it counted.
    """
    numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) == 3]
    told = next((_STATUS[word] for word in sorted(words) if word in _STATUS), None)
    told = told or next((number for number in numbers if number >= 400), None)
    kind = _kind_of(told, words) if told or words & _SPENT else AnswerBroken
    return kind(provider, model, status=status, may_be_charged=True, usage=usage)


def of_connection(cause: BaseException | None, provider: str, model: str) -> Unanswered:
    """Return what a failed exchange means; `cause` is what the HTTP client raised."""
    if isinstance(cause, httpx2.DecodingError):
        return AnswerBroken(provider, model, may_be_charged=True)
    return ProviderUnreachable(provider, model, may_be_charged=not isinstance(cause, _NOT_WRITTEN))


def error_words(body: bytes) -> frozenset[str]:
    """Return the type and codes of an error as providers write them, none where it has none."""
    read = read_body(body)
    error = read.get("error") if read else None
    if not isinstance(error, dict):
        return frozenset()
    details = error.get("details")
    found = [error.get("type"), error.get("code")]
    if isinstance(details, dict):
        found.append(details.get("error_code"))
    return frozenset(str(word) for word in found if isinstance(word, (str, int)))


def _kind_of(status: int | None, words: frozenset[str]) -> type[Unanswered]:
    if status == 402 or words & _SPENT:
        return ProviderSpent
    if status in (429, 529):
        return ProviderBusy
    if status in (401, 403):
        return ProviderKeyRefused
    if status == 408:
        return ProviderUnreachable
    return ProviderFailed if status is not None and status >= 500 else ProviderRefused


def _retry_after_s(headers: httpx2.Headers) -> float | None:
    """Return how many seconds to wait, None where the provider does not say.

    RFC 9110, 10.2.3: seconds or a date. The date is taken against the answer's own, because the
    provider's clock made both.
    """
    text = headers.get("retry-after", "").strip()
    try:
        wait_s = float(text) if text[:1] in "+-.0123456789" else _until(text, headers["date"])
    except (ValueError, KeyError):
        return None
    if wait_s != wait_s:  # NaN
        return None
    return min(max(wait_s, 0.0), MOST_RETRY_AFTER_S)


def _until(text: str, date: str) -> float:
    then, now = parsedate_to_datetime(text), parsedate_to_datetime(date)
    # "-0000" gives a time without a zone; it means UTC.
    return (then.replace(tzinfo=then.tzinfo or UTC) - now.replace(tzinfo=UTC)).total_seconds()
