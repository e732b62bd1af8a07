"""What Bursar writes about itself: one line an event, fields from a list, no text of anybody.

An event is a constant sentence in the code; what varies stands in fields, and only the fields
below are written. Another field is dropped and its name noted, so that a forgotten one is found
and a message or a key never gets into a file that many may read. An exception is written as its
type and the places it went through: its own words may quote what it choked on.
"""

from __future__ import annotations

import json
import logging
import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, TextIO

import structlog

from bot.errors.kinds import BursarError

Format = Literal["json", "text"]

# Ids, codes, numbers and names that a program or an operator gave. Nothing that a person said.
# fmt: off
FIELDS: Final = frozenset(
    {
        "action", "actions", "address", "attempt", "attempts", "batch", "check", "code",
        "conversation_id", "count", "day", "depth", "dropped", "due_at", "duration_ms",
        "error", "failed", "file", "format", "handled", "host", "job", "kind", "language",
        "lane", "level", "logger", "method", "model", "oldest_s", "outbox_id", "owner", "pid",
        "place", "places", "platform", "port", "principal_id", "proposal_id", "provider",
        "received", "ref", "reference", "retry_after_s", "revision", "route", "rows",
        "seconds", "sent", "seq", "signal", "size", "state", "status", "task", "tenant",
        "url_scheme", "version", "wallet_id",
    }
)
# fmt: on
_MAX_TEXT: Final = 300
_MAX_ITEMS: Final = 30
_HIDDEN: Final = "(hidden)"
# Shorter ones would be found inside ordinary words.
_MIN_SECRET: Final = 6

Event = MutableMapping[str, Any]  # Any: structlog's own type


def configure(
    *,
    level: str = "info",
    format: Format = "json",
    destination: str = "stderr",
    secrets: Collection[str] = (),
) -> None:
    """Send this process's log lines, and other libraries', to one place; repeating replaces it.

    Args:
        level: the least important that is written.
        format: `json` for machines, `text` for a terminal.
        destination: `stderr`, or the path of a file that is added to.
        secrets: values that must never be seen; cut out of every line, should one slip in.
    """
    out = _open(destination)
    number = logging.getLevelNamesMapping()[level.upper()]
    cut = _Cutter(secrets)
    render = _render_json if format == "json" else _render_text
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            keep_known_fields,
            cut,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = _Handler(out, is_own=out is not sys.stderr)
    handler.setFormatter(_Foreign(cut, format))
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler], force=True)
    logging.raiseExceptions = False  # it would print the record, arguments and all
    # It writes a line with whatever was not awaited or retrieved; `bot.tasks` reports ours.
    logging.getLogger("asyncio").setLevel(logging.ERROR)


def keep_known_fields(_logger: object, _method: str, event: Event) -> Event:
    """Drop what is not on the list and write an exception as its type and places."""
    kept: dict[str, Any] = {
        "at": event.pop("at", None),
        "level": event.pop("level", None),
        "event": escape(str(event.pop("event", ""))),
    }
    error = _exception_of(event.pop("exc_info", None))
    if error is not None:
        kept |= describe(error)
    dropped = []
    for name, value in event.items():
        if name in FIELDS:
            kept[name] = _plain(value)
        else:
            dropped.append(escape(name)[:40])
    if dropped:
        kept["dropped"] = dropped
    return kept


def describe(error: BaseException) -> dict[str, object]:
    """Return what may be written of an exception: its type, code and places, not its words."""
    found: dict[str, object] = {"error": type(error).__qualname__}
    if isinstance(error, BursarError):
        found["code"] = error.code
    places = list(_places(error.__traceback__))
    if places:
        found["places"] = places[-_MAX_ITEMS:]
    if error.__cause__ is not None:
        found["cause"] = type(error.__cause__).__qualname__
    return found


def escape(text: str) -> str:
    """Write control, line-breaking and direction-changing characters as their numbers."""
    if text.isascii() and text.isprintable():
        return text[:_MAX_TEXT]
    return "".join(
        char if _is_harmless(char) else f"\\u{ord(char):04x}" for char in text[:_MAX_TEXT]
    )


def _is_harmless(char: str) -> bool:
    # Cc, Cf (bidi marks, tags, zero width), Cs, Co, Cn; Zl and Zp break lines in some viewers.
    return char == " " or (not unicodedata.category(char).startswith("C") and not char.isspace())


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in list(value)[:_MAX_ITEMS]]
    if isinstance(value, BaseException):
        return type(value).__qualname__
    if isinstance(value, Path):
        return escape(str(value))
    # An object's own words may hold anything.
    return type(value).__qualname__


def _exception_of(given: object) -> BaseException | None:
    if given is True:
        return sys.exc_info()[1]
    if isinstance(given, tuple):
        given = given[1]
    return given if isinstance(given, BaseException) else None


def _places(traceback: TracebackType | None) -> Iterator[str]:
    while traceback is not None:
        code = traceback.tb_frame.f_code
        yield f"{'/'.join(Path(code.co_filename).parts[-2:])}:{traceback.tb_lineno} {code.co_name}"
        traceback = traceback.tb_next


class _Cutter:
    """Cuts known secrets out of every value."""

    def __init__(self, secrets: Iterable[str]) -> None:
        long_enough = {secret for secret in secrets if len(secret) >= _MIN_SECRET}
        # Longest first, so that a URL goes before the password inside it.
        self._secrets = sorted(long_enough, key=len, reverse=True)

    def __call__(self, _logger: object, _method: str, event: Event) -> Event:
        return {name: self.cut(value) for name, value in event.items()}

    def cut(self, value: Any) -> Any:  # Any: JSON
        if isinstance(value, str):
            for secret in self._secrets:
                value = value.replace(secret, _HIDDEN)
            return value
        if isinstance(value, list):
            return [self.cut(item) for item in value]
        return value


def _render_json(_logger: object, _method: str, event: Event) -> str:
    # ASCII only: whatever looks at the file shows no character that is not in the line.
    return json.dumps(event, separators=(",", ":"), ensure_ascii=True)


def _render_text(_logger: object, _method: str, event: Event) -> str:
    at, level, said = event.pop("at", ""), event.pop("level", ""), event.pop("event", "")
    fields = " ".join(f"{name}={_shown(value)}" for name, value in event.items())
    return f"{str(at)[11:19]} {level:<8} {said}{'  ' if fields else ''}{fields}"


def _shown(value: object) -> str:
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return json.dumps(text) if " " in text or '"' in text else text


class _Handler(logging.StreamHandler[TextIO]):
    """Replaced by another configuration, it closes the file that was opened for it."""

    def __init__(self, out: TextIO, *, is_own: bool) -> None:
        super().__init__(out)
        self._is_own = is_own

    def close(self) -> None:
        super().close()
        if self._is_own:
            self.stream.close()


class _Foreign(logging.Formatter):
    """Other libraries' lines: the constant part only, because arguments may hold anything."""

    def __init__(self, cut: _Cutter, format: Format) -> None:
        super().__init__()
        self._cut = cut
        self._render = _render_json if format == "json" else _render_text
        self._stamp = structlog.processors.TimeStamper(fmt="iso", utc=True, key="at")

    def format(self, record: logging.LogRecord) -> str:
        extra: Mapping[str, object] = {
            name: value for name, value in vars(record).items() if name in FIELDS
        }
        event: Event = {
            **extra,
            "level": record.levelname.lower(),
            # Without arguments the text was put together before, out of nobody knows what.
            "event": str(record.msg) if record.args else "said by a library",
            "logger": record.name,
            "place": f"{record.module}:{record.lineno}",
            "exc_info": record.exc_info,
        }
        event = keep_known_fields(None, "", self._stamp(None, "", event))
        return self._render(None, "", self._cut(None, "", event))


def _open(destination: str) -> TextIO:
    if destination == "stderr":
        return sys.stderr
    path = Path(destination)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return path.open("a", encoding="ascii", errors="backslashreplace", buffering=1)
