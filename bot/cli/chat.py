"""The commands that talk: `demo`, `chat`, `init`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.company.file import CompanyFile


FilesFolder = Annotated[
    Path | None,
    typer.Option("--files", metavar="FOLDER", help="Keep the files that Bursar sends there."),
]


class PlatformName(StrEnum):
    """Where people may talk to Bursar, once it is introduced there."""

    telegram = "telegram"
    slack = "slack"
    teams = "teams"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(demo)
    app.command()(chat)
    app.command()(init)


def demo(files: FilesFolder = None) -> None:
    """Talk to a seeded company; nothing of it is left."""
    from bot.terminal.chat import talk_to_demo

    raise typer.Exit(talk_to_demo(files))


def chat(
    handle: Annotated[
        str | None, typer.Option("--as", metavar="HANDLE", help="Who speaks; the owner if unsaid.")
    ] = None,
    files: FilesFolder = None,
) -> None:
    """Talk to your own company in this terminal."""
    from bot.settings.model import load_settings
    from bot.terminal.chat import talk_to_company

    raise typer.Exit(talk_to_company(load_settings(), handle, files))


def init(
    platform: Annotated[
        PlatformName | None,
        typer.Argument(help="Connect the company to this platform instead."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(help="A company file; see docs/company.example.toml. Asks without it."),
    ] = None,
) -> None:
    """Make a company, or connect it to a platform.

    A company is its database, wallets, limits and people.
    """
    if platform is not None:
        raise typer.Exit(0 if _connect(platform) else 1)
    import asyncio

    from bot.clock import SystemClock
    from bot.company.founding import found_company
    from bot.settings.model import load_settings

    def describe() -> CompanyFile:
        return _ask() if file is None else _read(file)

    url = load_settings().database.url.get_secret_value()
    company = asyncio.run(found_company(url, SystemClock(), describe))
    owner = next(x for x in company.people if any(role.role == "owner" for role in x.roles))
    typer.echo(
        f"Made {company.name}: {len(company.wallets)} wallets, {len(company.people)} people.\n"
        f"Next: bursar chat --as {owner.handle}"
    )


def _connect(platform: PlatformName) -> bool:
    from bot.clock import SystemClock
    from bot.operations.owner_link import tell_owner_link
    from bot.settings.model import load_settings

    settings, clock = load_settings(), SystemClock()

    def ask(question: str) -> str:
        # What is no secret may be seen while it is typed.
        is_seen = platform is PlatformName.teams and question != "Secret"
        answer: str = typer.prompt(question, hide_input=not is_seen)
        return answer

    if platform is PlatformName.telegram:
        from bot.operations.init_telegram import init_telegram

        # Its link carries the owner's code.
        init_telegram(settings, clock, ask, typer.echo)
        return True
    if platform is PlatformName.teams:
        from bot.operations.teams_setup import set_up_teams

        is_well = set_up_teams(settings, ask, typer.echo)
    else:
        from bot.operations.slack_setup import set_up_slack

        is_well = set_up_slack(settings.slack, ask, typer.echo)
    if is_well:
        tell_owner_link(settings, clock, typer.echo)
    return is_well


def _read(file: Path) -> CompanyFile:
    from bot.company.file import read_company
    from bot.errors.kinds import InvalidInput

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise InvalidInput(
            str(file), f"cannot be read ({why})", example="docs/company.example.toml"
        ) from error
    return read_company(text)


def _ask() -> CompanyFile:
    from bot.company.interview import Interview

    def ask(question: str, default: str = "") -> str:
        answer: str = typer.prompt(question, default=default, show_default=bool(default))
        return answer

    return Interview(ask, typer.echo).run()
