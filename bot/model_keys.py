"""From the name of a key to the key, as a provider's configuration names it."""

from __future__ import annotations

import re
from typing import Final

from bot.errors.kinds import SettingsError
from bot.settings.model import Settings, find_variable, read_secret

# Providers are configured in the chat. A reference that could name any variable or file would
# carry the machine's other secrets to an address of the administrator's choice.
_VARIABLE: Final = re.compile(r"(?!BURSAR_)[A-Z][A-Z0-9_]{0,80}_API_KEY")
_FILE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}")


def is_key_ref(text: str) -> bool:
    """Tell whether a text says where a key is; whether one is there is another question."""
    kind, _, name = text.partition(":")
    shape = {"env": _VARIABLE, "file": _FILE}.get(kind)
    return shape is not None and shape.fullmatch(name) is not None


def has_key(key_ref: str, settings: Settings) -> bool:
    """Tell whether a key is where a reference says."""
    try:
        return bool(read_key(key_ref, settings))
    except SettingsError:
        return False


def read_key(key_ref: str, settings: Settings) -> str:
    """Return the key that "env:NAME" or "file:NAME" stands for; empty for an empty reference.

    A variable's name ends in `_API_KEY`; a file lies in `models.key_folder`. Both are read anew
    each time, so that a key that was changed counts from the next call on.

    Raises:
        SettingsError: there is no such key, or it may not be named; no value is in it.
    """
    if not key_ref:
        return ""
    kind, _, name = key_ref.partition(":")
    if kind == "env" and _VARIABLE.fullmatch(name):
        set_for_us = getattr(settings.models, name.lower(), None)
        key = set_for_us.get_secret_value() if set_for_us else find_variable(name)
        if not key:
            raise SettingsError(name, "is not set", remedy="set it where Bursar is started")
        return key
    folder = settings.models.key_folder
    if kind == "file" and _FILE.fullmatch(name):
        if folder is None:
            raise SettingsError(
                "models.key_folder", "is not set", remedy="name the folder that holds the keys"
            )
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise SettingsError(
                "models.key_folder", "holds a link that leads out", remedy="mend it"
            )
        return read_secret("models", "key_folder", path)
    raise SettingsError(
        "key",
        "cannot be named so",
        remedy="write env:NAME with a name that ends in _API_KEY, or file:NAME",
    )
