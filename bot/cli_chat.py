"""The commands that talk: `demo`, `chat`, `init`."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
