"""Setting up Teams: `bursar init teams`, `bursar teams-package`, and the doctor's part."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from adapters.teams.checks import Checked, check_teams
from adapters.teams.connection import PATH
from adapters.teams.package import AppFacts, build_package
from bot.clock import Clock, SystemClock
from bot.errors.kinds import InvalidInput, SettingsError
from bot.operations.doctor import Colour, Finding
from bot.settings.model import Settings
from bot.settings.platforms import TeamsSettings

PACKAGE: Final = Path("bursar-teams.zip")
_BEFORE: Final = """\
Teams needs a bot in Azure first; docs/teams.md shows each click:
  1. Azure portal: create an Azure Bot, of type single tenant. Note its app id and the id of your
     directory (tenant).
  2. In its app registration, under Certificates & secrets, make a client secret."""


def set_up_teams(
    settings: Settings,
    ask: Callable[[str], str],
    tell: Callable[[str], None],
    *,
    out: Path = PACKAGE,
    clock: Clock | None = None,
) -> bool:
    """Ask for what is not set, check it, build the package, say what is left; True if all is well.

    What is asked for is checked and not kept: where secrets are kept is the operator's choice.
    """
    teams = settings.teams
    is_set = bool(teams.app_id and teams.app_password.get_secret_value())
    if not is_set:
        tell(_BEFORE)
        teams = _asked(teams, ask)
    checks = asyncio.run(check_teams(teams, settings.server, clock or SystemClock()))
    for check in checks:
        tell(str(_finding(check)))
    if any(check.remedy and check.is_fault for check in checks):
        return False
    if not is_set:
        tell(_how_to_set(teams))
    tell(make_package(AppFacts(teams.app_id), out))
    tell(
        f"Messaging endpoint of the bot in Azure: https://YOUR-ADDRESS{PATH}\n"
        "Then run `bursar serve`, open a chat with the app in Teams, and say hello."
    )
    return True


def _asked(teams: TeamsSettings, ask: Callable[[str], str]) -> TeamsSettings:
    app_id, secret, tenant = (ask(what).strip() for what in ("App id", "Secret", "Directory id"))
    given = {"app_id": app_id, "app_password": SecretStr(secret), "login_tenant": tenant}
    return teams.model_copy(update={**given, "anonymous": False})


def _how_to_set(teams: TeamsSettings) -> str:
    return (
        "Set these where `bursar serve` runs (docs/configuration.md):\n"
        f"  BURSAR_TEAMS__APP_ID={teams.app_id}\n"
        f"  BURSAR_TEAMS__LOGIN_TENANT={teams.login_tenant}\n"
        "  BURSAR_TEAMS__APP_PASSWORD_FILE=a file with the secret, for your eyes only (chmod 600)"
    )


def package_of(settings: Settings, out: Path, **more: str) -> str:
    """Build the package of the bot that is set; return what to tell.

    Raises:
        SettingsError: no bot is set.
        InvalidInput: something of it is not as Teams takes it, or the file cannot be written.
    """
    if not settings.teams.app_id:
        raise SettingsError(
            "teams.app_id",
            "is missing, and the package names it",
            remedy="set it to the bot's Microsoft app id (see docs/teams.md)",
        )
    return make_package(AppFacts(settings.teams.app_id, **more), out)


def make_package(facts: AppFacts, out: Path) -> str:
    """Build the package; return what to tell. Raises `InvalidInput` where it cannot be made."""
    content = build_package(facts)
    try:
        out.write_bytes(content)
    except OSError as error:
        why = f"cannot be written ({error.strerror})"
        raise InvalidInput(str(out), why, example=str(PACKAGE)) from error
    return (
        f"Made {out}. Upload it in Teams (Apps, Manage your apps, Upload an app) or in the Teams"
        " admin center (Teams apps, Manage apps)."
    )


def list_teams_findings(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Yield what the doctor finds of Teams; the network is used."""
    checks: Sequence[Checked] = asyncio.run(check_teams(settings.teams, settings.server, clock))
    yield from (_finding(check) for check in checks)


def _finding(check: Checked) -> Finding:
    colour = Colour.green
    if check.remedy:
        colour = Colour.red if check.is_fault else Colour.yellow
    return Finding(f"Teams {check.what}", colour, check.said, check.remedy)
