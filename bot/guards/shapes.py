"""Whether a value looks made by a machine, or only stands in for one."""

from __future__ import annotations

import re
from typing import Final

# A run of letters as words have it, of capitals, or of digits.
_CHUNK: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_UNSPEAKABLE: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}|[bcdfgjkpqvwxz]{4}|[jqvxz]{2}|q[^u]")
_WORD_AND_NUMBER: Final = re.compile(r"[A-Za-z]{3,}[0-9]{0,4}")
_HEX: Final = re.compile(r"[0-9a-fA-F]{16,}")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_REFERENCE: Final = re.compile(
    r"\$[A-Za-z_]\w*[\[(.>-].*"
    r"|\$\{.*|\$\(.*|\$[A-Za-z_]\w*|%\w+%|\{\{.*\}\}|<.*>|\[[A-Z_0-9 ]+\]|@[\w./-]+|env:\w+"
    r"|(?:os|process|System|ENV|env|config|settings|self|this|var|vault|secrets|data)[.\[(].*"
)
_STAND_IN: Final = re.compile(
    r"x{4}|\*{3}|\.{3}|…|•{2}|0{8}|1234567890abcdef|abcdefgh|example|placeholder|your[_\- ]"
    r"|changeme"
    r"|change[_\-]me|redacted|hidden|removed|insert[_\-]|replace[_\-]|dummy|sample|test[_\-]?key",
    re.IGNORECASE,
)
_NO_VALUE: Final = frozenset(
    [
        "none", "null", "nil", "true", "false", "undefined", "empty", "unset", "todo", "tbd",
        "n/a", "na", "yes", "no", "on", "off", "password", "passwd", "pass", "pwd", "secret",
        "token", "key", "string", "str", "int", "bool", "bytes", "text", "value", "optional",
        "required", "varchar", "contraseña", "clave", "nada", "ninguna", "fake", "foo", "bar",
        "baz", "xxx", "user", "username", "root_password",
    ]
)  # fmt: skip


def stands_in(value: str) -> bool:
    """Tell whether a value only marks the place of one: empty, `xxxx`, `<key>`, `${KEY}`."""
    bare = value.strip(" \t\"'`,;.")
    return (
        len(set(bare)) < 4
        or bare.lower() in _NO_VALUE
        or _REFERENCE.fullmatch(bare) is not None
        or _STAND_IN.search(bare) is not None
    )


def is_uuid(value: str) -> bool:
    """Tell whether a value is a UUID, which is random but seldom secret."""
    return _UUID.fullmatch(value) is not None


def looks_random(value: str) -> bool:
    """Tell whether letters and digits are mixed as no word, name or version mixes them."""
    # A file, a host or a path has its parts in words.
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", value) if part]
    letters = sum(len(part) for part in parts)
    if letters < 8 or len(set(value)) < 6:
        return False
    if _HEX.fullmatch(value):
        return True
    if value.isdigit():
        return len(value) >= 14
    chunks = [chunk for part in parts for chunk in _CHUNK.findall(part)]
    # Separators part words as they part random text; random text has other breaks too.
    breaks = len(chunks) - len(parts)
    if breaks >= 2 and letters / (breaks + 1) < 5.5:
        return not (len(parts) == 1 and _WORD_AND_NUMBER.fullmatch(value))
    return letters >= 12 and len(_UNSPEAKABLE.findall(value.lower())) * 12 >= letters / 2
