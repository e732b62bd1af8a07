"""Which platforms run: those whose settings are there, opened together and closed in order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from bot.clock import Clock
from bot.platforms.model import Platform
from bot.running import App
from bot.settings.model import Settings


@asynccontextmanager
async def open_platforms(
    settings: Settings, app: App, clock: Clock
) -> AsyncIterator[Sequence[Platform]]:
    """Connect what is configured; each platform's waiting messages begin to be sent.

    Raises:
        SettingsError: a platform is configured half.
    """
    platforms = list(build_platforms(settings, app, clock))
    async with AsyncExitStack() as stack:
        for platform in platforms:
            await stack.enter_async_context(platform.running())
            app.add_channel(
                platform.name,
                platform.send,
                platform.rates,
                shows_pictures=True,
                show_busy=platform.show_busy,
            )
        if settings.channels:
            from adapters.channels.building import build_channels

            for channel in build_channels(settings, clock):
                app.add_channel(channel.name, channel.send)
        yield platforms


def build_platforms(settings: Settings, app: App, clock: Clock) -> Sequence[Platform]:
    """Make the adapters that the settings speak of; each SDK is imported only where it runs."""
    platforms: list[Platform] = []
    if settings.telegram.token.get_secret_value():
        platforms.append(_telegram(settings, app, clock))
    if settings.slack.bot_token.get_secret_value():
        from adapters.slack.connection import Slack

        platforms.append(Slack(settings.slack, app, clock))
    teams = settings.teams
    if teams.app_id or teams.app_password.get_secret_value() or teams.anonymous:
        from adapters.teams.building import build_teams

        platforms.append(build_teams(teams, settings.server, app, clock, handovers=app.handovers))
    return platforms


def _telegram(settings: Settings, app: App, clock: Clock) -> Platform:
    from adapters.telegram.connection import Telegram
    from adapters.telegram.menu import list_menus
    from bot.leases import DatabaseLease

    account = settings.telegram.token.get_secret_value().partition(":")[0]
    lease = DatabaseLease(app.database, f"telegram:{account}")
    return Telegram(settings.telegram, app, clock, lease, list_menus())
