"""The settings as a page, `docs/configuration.md`, and as a listing of what holds now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.settings.model import (
    Settings,
    fields_of,
    is_secret,
    section_of,
    sections,
    variable_of,
)

_WORDS: Final[dict[object, str]] = {
    int: "whole number",
    float: "number",
    str: "text",
    bool: "true or false",
    Path: "path",
    SecretStr: "secret",
}
_HEAD: Final = """\
# Configuration

Every setting has a default. A variable in the environment stands above the same key in
`bursar.toml` in the folder where Bursar is started, or in the file that `BURSAR_CONFIG` names. A
key that is not listed here is an error. A setting of type secret may be given as the path of a
file that holds it: add `_file` to the key, or `_FILE` to the variable.

This page is written by `bursar config reference`.
"""


def as_markdown() -> str:
    """Return the page."""
    parts = [_HEAD]
    for name, section in sections().items():
        about = (section.__doc__ or "").strip().splitlines()[0]
        parts += [f"## {name}", "", about, ""]
        parts += ["| key | type | default | variable | meaning |", "|---|---|---|---|---|"]
        for key, field in fields_of(name).items():
            cells = (
                f"`{key}`",
                _type(field),
                _default(field),
                f"`{variable_of(f'{name}.{key}')}`",
                field.description or "",
            )
            parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        parts.append("")
    return "\n".join(parts)


def list_values(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield (key, value as it may be shown, where it came from) of every setting."""
    for name in sections():
        values = section_of(settings, name)
        for key, field in fields_of(name).items():
            dotted = f"{name}.{key}"
            value = getattr(values, key)
            shown = str(value)
            if dotted == "database.url":
                shown = settings.database.shown
            elif is_secret(field):
                shown = "(not set)" if value is None else "(hidden)"
            origin = settings.origins.get(dotted)
            yield dotted, shown, "default" if origin is None else origin.where


def _type(field: FieldInfo) -> str:
    kind = field.annotation
    if is_secret(field):
        return _WORDS[SecretStr]
    if get_origin(kind) is Literal:
        return " or ".join(f"`{choice}`" for choice in get_args(kind))
    if get_origin(kind) in (list, tuple, set, frozenset):
        return "list"
    return _WORDS.get(kind, "text")


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if value is None or value in ("", (), []):
        return "none"
    return f"`{value}`"
