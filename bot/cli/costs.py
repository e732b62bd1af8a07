"""The commands about costs as files: `export` and `import`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ExportKind(StrEnum):
    """What a file of costs is made for."""

    chargeback = "chargeback"
    focus = "focus"


class CostsFormat(StrEnum):
    """How costs are written."""

    csv = "csv"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(export)
    imports = typer.Typer(help="Read what others say that AI cost.", no_args_is_help=True)
    imports.command("usage")(import_usage)
    app.add_typer(imports, name="import")


def export(
    kind: Annotated[
        ExportKind,
        typer.Argument(help="By team and cost centre, or after FOCUS, a specification."),
    ],
    since: Annotated[
        str, typer.Option("--from", help="First day, in the company's zone; else last month.")
    ] = "",
    until: Annotated[str, typer.Option("--until", help="Last day, included.")] = "",
    format: Annotated[CostsFormat, typer.Option(help="A table, or JSON.")] = CostsFormat.csv,
    out: Annotated[
        Path | None, typer.Option("--out", help="A new file, or a folder to make it in.")
    ] = None,
) -> None:
    """Write what AI cost as a file: chargeback or FOCUS."""
    from bot.operations.costs import export_costs, write_out
    from bot.settings.model import load_settings

    file = export_costs(load_settings(), kind.value, format.value, since, until)
    said = write_out(file, out, sys.stdout.buffer)
    if said:
        typer.echo(said)


def import_usage(
    file: Annotated[Path, typer.Argument(help="A provider's export of usage or costs, CSV.")],
    provider: Annotated[str, typer.Option(help="Its name here, as `providers` lists it.")],
) -> None:
    """Compare a provider's bill with what was counted.

    Where costs differ, a correction is asked about in the chat.
    """
    from bot.operations.bills import import_usage as run
    from bot.settings.model import load_settings

    report = run(load_settings(), file, provider)
    typer.echo(report.text)
    raise typer.Exit(0 if report.is_clean else 1)
