"""The commands. Each one parses and calls; what it needs is imported inside, to start fast.

Exit codes: 0 done, 1 refused or not possible now, 2 wrong usage, 3 an operator must act.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import chat, costs, words
from bot.errors.kinds import BursarError

if TYPE_CHECKING:
    from bot.settings.model import Settings

app = typer.Typer(
    name="bursar",
    help="What AI costs, who may spend it, and budget approved with one tap.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
audit_app = typer.Typer(help="Look through the chain of what was done.", no_args_is_help=True)
config_app = typer.Typer(help="List the settings.", no_args_is_help=True)
# In the order in which help lists them.
chat.register(app)
costs.register(app)
app.add_typer(audit_app, name="audit")
app.add_typer(config_app, name="config")


class PlannerChoice(StrEnum):
    """What reads the lines of `bursar plan`."""

    rules = "rules"
    auto = "auto"
    model = "model"


class ExportFormat(StrEnum):
    """How audit rows are written."""

    jsonl = "jsonl"
    csv = "csv"


@dataclass
class Invocation:
    """What holds for a whole call of the program."""

    is_debug: bool = False


def _tell_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"bursar {version('bursar')}")
        raise typer.Exit


@app.callback()
def everywhere(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
    version: Annotated[  # it is told and all ends before the command
        bool,
        typer.Option("--version", is_eager=True, callback=_tell_version, help="Show the version."),
    ] = False,
) -> None:
    """What AI costs, who may spend it, and budget approved with one tap."""
    invocation = context.obj
    if isinstance(invocation, Invocation):
        invocation.is_debug = debug


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run a command; return its exit code. Errors are told on stderr."""
    invocation = Invocation()
    try:
        code = app(args=arguments, prog_name="bursar", standalone_mode=False, obj=invocation)
    except BursarError as error:
        if invocation.is_debug:
            raise
        typer.echo(words.explain(error), err=True)
        return words.exit_code(error)
    except (KeyboardInterrupt, typer.Abort):
        return words.INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has seen enough; the interpreter would complain about it at its end.
        sys.stdout = None
        return 0
    except typer.TyperException as error:
        return _tell_usage(error)
    except Exception as error:
        if invocation.is_debug:
            raise
        typer.echo(words.explain_bug(error), err=True)
        return words.BROKEN
    return code if isinstance(code, int) else 0


def _tell_usage(error: Any) -> int:  # Any: typer keeps the class with `show` to itself
    # A missing argument has words and no message of its own.
    if error.format_message() if hasattr(error, "format_message") else str(error):
        error.show(file=sys.stderr)
    return words.USAGE


def _settings(**given: dict[str, object]) -> Settings:
    """Read the settings and send the log where they say."""
    from bot import logs
    from bot.settings.model import load_settings, secrets_of

    settings = load_settings(**given)
    logs.configure(
        level=settings.logging.level,
        format=settings.logging.format,
        destination=settings.logging.destination,
        secrets=secrets_of(settings),
    )
    return settings


# Running


@app.command()
def serve() -> None:
    """Run workers, health and metrics until told to stop."""
    from bot.app import open_app
    from bot.connect import open_platforms
    from bot.operations.serve import serve_until_stopped

    raise typer.Exit(serve_until_stopped(_settings(), open_app, open_platforms))


@app.command()
def doctor() -> None:
    """Say what is not in order, and what to do about it."""
    from bot.operations.doctor import run_doctor

    raise typer.Exit(0 if run_doctor(typer.echo) else 1)


@app.command("slack-manifest")
def slack_manifest(
    public_url: Annotated[
        str, typer.Option("--url", help='Where Slack reaches Bursar, for slack.mode = "http".')
    ] = "",
) -> None:
    """Print the manifest to paste where Slack's apps are made."""
    from adapters.slack.manifest import manifest_text
    from bot.errors.kinds import SettingsError

    # An address says that Slack is to call it, whatever the settings say yet.
    mode = "http" if public_url else _settings().slack.mode
    if mode == "http" and not public_url.startswith("https://"):
        raise SettingsError(
            "slack.mode", "is http", remedy="say where Slack reaches Bursar: --url https://..."
        )
    typer.echo(manifest_text(mode, public_url))


@app.command("teams-package")
def teams_package(
    out: Annotated[Path, typer.Option("--out", help="The file to make.")] = Path(
        "bursar-teams.zip"
    ),
    company: Annotated[str, typer.Option(help="Who offers the app.")] = "Bursar",
    website: Annotated[
        str, typer.Option(help="An https page about it, to which Teams links.")
    ] = "https://example.com",
) -> None:
    """Build the app package to upload to Microsoft Teams."""
    from bot.operations.teams_setup import package_of

    typer.echo(package_of(_settings(), out, company=company, website=website))


@app.command("test-channels")
def test_channels() -> None:
    """Send a marked alert through each channel that is set up."""
    from bot.operations.channels import try_channels

    raise typer.Exit(0 if try_channels(_settings(), typer.echo) else 1)


@app.command()
def migrate() -> None:
    """Bring the database to this program's schema.

    An SQLite file is copied first.
    """
    from bot.operations.migrate import migrate_database

    typer.echo(migrate_database(_settings()))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to make.")]) -> None:
    """Write the database into one file, while others use it."""
    from bot.operations.backup import back_up

    typer.echo(back_up(_settings(), file))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file made by `bursar backup`.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Bring a backup back and check it.

    The file, the ledger, the audit chain and its anchor are looked at before anything is replaced.
    """
    from bot.operations.restore import restore_backup

    report = restore_backup(_settings(), file, is_forced=force)
    typer.echo(report.text)
    raise typer.Exit(0 if report.is_clean else 1)


# Looking


@audit_app.command("verify")
def audit_verify(
    copied: Annotated[
        list[str] | None,
        typer.Argument(help="The last line of a digest, as copied: is that row still there?"),
    ] = None,
) -> None:
    """Check every row, and the end against the last anchor."""
    from bot.operations.audit_files import verify_audit

    report = verify_audit(_settings(), copied=" ".join(copied or ()))
    typer.echo(report.text)
    raise typer.Exit(0 if report.is_clean else 1)


@audit_app.command("export")
def audit_export(
    format: Annotated[ExportFormat, typer.Option(help="One JSON object a line, or a table.")],
    since: Annotated[str, typer.Option("--from", help="First day or time (UTC).")] = "",
    until: Annotated[str, typer.Option("--until", help="End, not included (UTC).")] = "",
) -> None:
    """Write the rows of the chain to standard output."""
    from bot.operations.audit_files import export_audit

    export_audit(_settings(), format.value, since, until, sys.stdout.buffer)


@config_app.command("reference")
def config_reference() -> None:
    """Print every setting as the page `docs/configuration.md`."""
    from bot.settings.reference import as_markdown

    typer.echo(as_markdown(), nl=False)


@config_app.command("show")
def config_show() -> None:
    """Print what holds now and where it comes from.

    Secrets are left out.
    """
    from bot.settings.reference import list_values

    for key, value, origin in list_values(_settings()):
        typer.echo(f"{key} = {value}  ({origin})")


# JSON lines


@app.command()
def extract() -> None:
    """Find amounts, dates and people: JSON lines in and out."""
    from functools import partial

    from bot.clock import SystemClock
    from intents.extract.lines import extract_line

    _answer_lines(partial(extract_line, clock=SystemClock()))


@app.command("read-reply")
def read_reply() -> None:
    """Read replies to drafts: JSON lines in and out."""
    from intents.replies.lines import read_reply_line

    _answer_lines(read_reply_line)


@app.command()
def plan(
    database: Annotated[
        bool, typer.Option("--database", help="Know your company's names, not the demo's.")
    ] = False,
    planner: Annotated[
        PlannerChoice,
        typer.Option(help="What reads them; a model is paid for, by the owner with --database."),
    ] = PlannerChoice.rules,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add scores, prompt size, critic and cost.")
    ] = False,
) -> None:
    """Plan sentences and do nothing: JSON lines in and out."""
    from bot.operations.plan import open_line_planner

    settings = _settings() if database else None
    with open_line_planner(settings, planner=planner.value, explains=explain) as answer:
        _answer_lines(answer)


@app.command()
def scan() -> None:
    """Find secrets and personal data: JSON lines in and out."""
    from bot.guards.lines import scan_line

    _answer_lines(scan_line)


def _answer_lines(answer: Any) -> None:  # Any: a function of a line, see `bot.cli.lines`
    from bot.cli.lines import answer_lines

    failures = answer_lines(answer, sys.stdin.fileno(), sys.stdout.buffer)
    raise typer.Exit(1 if failures else 0)
