"""A file after the FinOps Open Cost and Usage Specification, FOCUS 1.2.

https://focus.finops.org/focus-specification/v1-2/: its 21 mandatory columns, those of its
conditional ones that say something here, and our own, which begin with `x_`. Rows are usage of
one local day by wallet, person, provider and model. A call's price has several parts (read,
written, from a cache), so that a row has no one unit price, and those columns are left out.
What was posted after a provider's own figures is a row of the class "Correction".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol

import orjson

from bot.economy.charges import Charge, ChargeStore
from bot.economy.periods import next_month, start_of_day
from bot.economy.usage import CORRECTED
from bot.exports.files import ExportFile, Format, to_amount, write_file
from bot.exports.tree import Belonging, belongings
from bot.ids import TenantId, WalletId
from bot.reports.balance import ReportBooks

VERSION: Final = "1.2"
_UNIT: Final = "Tokens"
# Values that the specification lists for the column.
_CATEGORY: Final = "AI and Machine Learning"
_SUBCATEGORY: Final = "Generative AI"
MANDATORY: Final = (
    "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency",
    "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass",
    "ChargeDescription", "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost",
    "EffectiveCost", "InvoiceIssuerName", "ListCost", "PricingQuantity", "PricingUnit",
    "ProviderName", "PublisherName", "ServiceCategory", "ServiceName",
)  # fmt: skip
COLUMNS: Final = (
    *MANDATORY,
    "ChargeFrequency", "ConsumedQuantity", "ConsumedUnit", "ServiceSubcategory", "SubAccountId",
    "SubAccountName", "SubAccountType", "Tags",
    "x_Calls", "x_CostCentre", "x_FocusVersion", "x_Model", "x_Person", "x_PersonId", "x_Team",
    "x_TokensCached", "x_TokensIn", "x_TokensOut",
)  # fmt: skip


class FocusBooks(ReportBooks, Protocol):
    """What the file needs of an open transaction."""

    @property
    def tenant(self) -> TenantId: ...
    @property
    def charges(self) -> ChargeStore: ...


def focus_file(
    books: FocusBooks,
    from_on: date,
    until_on: date,
    format: Format,
    *,
    company: str,
    names: Mapping[str, str],
    wallet_ids: Sequence[WalletId] | None = None,
    most_bytes: int | None = None,
) -> tuple[ExportFile, int, int]:
    """Write what was used from one local day to another, both included.

    Args:
        books: an open transaction.
        from_on: the first day.
        until_on: the last day.
        format: a table, or JSON.
        company: what the tenant is called.
        names: what people are called, by id.
        wallet_ids: of which wallets; all of them where it is None.
        most_bytes: how large it may be.

    Returns:
        The file, how many rows it has, and what they cost together, in nano-dollars.

    Raises:
        FileTooLarge: above `most_bytes`.
    """
    head: dict[str, object] = {
        "what": "focus",
        "focus_version": VERSION,
        "from": from_on.isoformat(),
        "until": until_on.isoformat(),
    }
    owners = belongings(books.wallets.list_all())
    count = total = 0

    def rows() -> Iterator[Sequence[object]]:
        nonlocal count, total
        on = from_on
        while on <= until_on:
            after = on + timedelta(days=1)
            span = start_of_day(on, books.zone), start_of_day(after, books.zone)
            month = on.replace(day=1)
            billed = start_of_day(month, books.zone), start_of_day(next_month(on), books.zone)
            for charge in books.charges.list_between(*span, wallet_ids):
                count, total = count + 1, total + charge.cost_nanos
                of = owners[charge.wallet_id]
                values = _values(charge, of, _person(charge, names))
                values |= {
                    "BillingAccountId": books.tenant,
                    "BillingAccountName": company,
                    "BillingPeriodStart": _utc(billed[0]),
                    "BillingPeriodEnd": _utc(billed[1]),
                    "ChargePeriodStart": _utc(span[0]),
                    "ChargePeriodEnd": _utc(span[1]),
                }
                yield [values[column] for column in COLUMNS]
            on = after

    stem = f"focus-{VERSION}-{from_on}-{until_on}"
    file = write_file(stem, format, COLUMNS, rows(), head=head, most_bytes=most_bytes)
    return file, count, total


def _person(charge: Charge, names: Mapping[str, str]) -> str | None:
    """Return who used it; nobody did what a bill corrected."""
    if charge.person_id == CORRECTED:
        return None
    return names.get(charge.person_id, charge.person_id)


def _values(charge: Charge, of: Belonging, person: str | None) -> dict[str, object]:
    cost = to_amount(charge.cost_nanos)
    provider = charge.provider or "unknown"
    is_usage = not charge.is_correction
    tokens = charge.tokens_in + charge.tokens_out if is_usage else None
    unit = _UNIT if is_usage else None
    tags = {"cost_centre": of.cost_centre, "team": of.team.name}
    what = f"{charge.model}: {tokens} tokens" if is_usage else f"{charge.model}: correction"
    return {
        "BilledCost": cost,
        "BillingCurrency": "USD",
        "ChargeCategory": "Usage",
        "ChargeClass": None if is_usage else "Correction",
        "ChargeDescription": what,
        "ContractedCost": cost,
        "EffectiveCost": cost,
        "InvoiceIssuerName": provider,
        "ListCost": cost,
        "PricingQuantity": tokens,
        "PricingUnit": unit,
        "ProviderName": provider,
        "PublisherName": provider,
        "ServiceCategory": _CATEGORY,
        "ServiceName": charge.model,
        "ChargeFrequency": "Usage-Based",
        "ConsumedQuantity": tokens,
        "ConsumedUnit": unit,
        "ServiceSubcategory": _SUBCATEGORY,
        "SubAccountId": of.wallet.id,
        "SubAccountName": of.wallet.name,
        "SubAccountType": of.wallet.kind,
        "Tags": orjson.dumps({key: x for key, x in tags.items() if x}).decode(),
        "x_Calls": charge.calls,
        "x_CostCentre": of.cost_centre or None,
        "x_FocusVersion": VERSION,
        "x_Model": charge.model,
        "x_Person": person,
        "x_PersonId": None if person is None else charge.person_id,
        "x_Team": of.team.name,
        "x_TokensCached": charge.tokens_cached,
        "x_TokensIn": charge.tokens_in,
        "x_TokensOut": charge.tokens_out,
    }


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
