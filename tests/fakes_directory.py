"""A small company to read sentences against: teams, projects, people and their wallets."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.ids import PrincipalId, WalletId
from bot.planning import Directory, Language, PersonName, PlanContext, WalletName

COMPANY = WalletId("company")
DESIGN, DATA, SUPPORT = WalletId("design"), WalletId("data"), WalletId("support")
LAUNCH, BRAND = WalletId("launch"), WalletId("brand")
SEARCH, FORECASTING = WalletId("search"), WalletId("forecasting")
CHATBOT, HELPDESK = WalletId("chatbot"), WalletId("helpdesk")
ANA, BEN, CARLA = PrincipalId("p-ana"), PrincipalId("p-ben"), PrincipalId("p-carla")
DIEGO, ELENA, FRANK = PrincipalId("p-diego"), PrincipalId("p-elena"), PrincipalId("p-frank")
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")
MODELS = ("claude-sonnet-4-5", "claude-haiku-4-5", "gpt-5", "gpt-5-mini", "gemini-2.5-pro")

_UNITS = (
    (DESIGN, "Design", "team", COMPANY),
    (DATA, "Data", "team", COMPANY),
    (SUPPORT, "Support", "team", COMPANY),
    (LAUNCH, "Launch", "project", DESIGN),
    (BRAND, "Brand", "project", DESIGN),
    (SEARCH, "Search", "project", DATA),
    (FORECASTING, "Forecasting", "project", DATA),
    (CHATBOT, "Chatbot", "project", SUPPORT),
    (HELPDESK, "Helpdesk", "project", SUPPORT),
)
_PEOPLE = (
    (ANA, "Ana Ruiz", "ana", DESIGN),
    (BEN, "Ben Ortiz", "ben", DESIGN),
    (CARLA, "Carla Vega", "carla", DATA),
    (DIEGO, "Diego Sanz", "diego", DATA),
    (ELENA, "Elena Pardo", "elena", SUPPORT),
    (FRANK, "Frank Weber", "frank", SUPPORT),
)


def _wallets() -> tuple[WalletName, ...]:
    made = {COMPANY: WalletName(COMPANY, "Company", "Company", "organisation")}
    rows = _UNITS + tuple((WalletId(f"w-{h}"), name, "person", up) for _, name, h, up in _PEOPLE)
    for wallet_id, name, kind, parent_id in rows:
        path = f"{made[parent_id].path} / {name}"
        made[wallet_id] = WalletName(wallet_id, name, path, kind, parent_id)
    return tuple(made.values())


def demo_directory(*requests: str) -> Directory:
    """Return the company's names, with the references of requests that wait."""
    return Directory(
        wallets=_wallets(),
        people=tuple(
            PersonName(person_id, name, handle) for person_id, name, handle, _ in _PEOPLE
        ),
        models=MODELS,
        requests=requests,
    )


def demo_context(
    *requests: str,
    language: Language | None = None,
    topic: WalletId | None = None,
    home: WalletId | None = DESIGN,
    speaker: PrincipalId | None = ANA,
    directory: Directory | None = None,
) -> PlanContext:
    """Return what a sentence of Ana's is read against: Design is her home, it is 18 Nov 2026."""
    return PlanContext(
        now=NOW,
        zone=MADRID,
        directory=directory or demo_directory(*requests),
        language=language,
        speaker_id=speaker,
        home_wallet_id=home,
        topic_wallet_id=topic,
        number_locale="en",
    )
