"""Secrets that only their name gives away: `openai_key = ...`, "my password is ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.guards.findings import Finding
from bot.guards.shapes import is_uuid, looks_random, stands_in

_ASSIGNED, _SAID = 0.75, 0.65

# What names a secret whatever it looks like, and what names one only where it looks random.
_PASSWORDS: Final = (
    "password", "passwd", "passphrase", "passcode", "pwd", "contraseña", "contrasena", "pass",
    "secret", "credential", "passwort", "kennwort", "senha", "mot de passe", "pw",
)  # fmt: skip
_TOKENS: Final = (
    "token", "key", "clave", "auth", "client_id", "clientid", "client-id", "access_id", "pat",
    "sid", "bearer",
)  # fmt: skip
# A key so called is as good as a password; `pass` and `pat` are parts of too many words.
_KEY_OF: Final = re.compile(
    r"(?:private|api|access|auth|service|account|client|db|database|encryption)[_\- ]?$"
)
_ALONE: Final = frozenset(("pass", "pat", "sid", "auth", "pw", "senha"))

_VALUE: Final = (
    r"@?(?:(?P<q>[\"'`])(?P<quoted>(?:(?!(?P=q))[^\n]){1,400})(?P=q)"
    r"|[\"'`]?(?P<plain>[^\s\"'`]{1,400}))"
)
_AFTER: Final = re.compile(
    r"(?P<rest>[A-Za-z0-9_.\-]{0,40})(?:\[[0-9]{0,5}\])?[\"'`\])]{0,3}"
    r"(?:[ \t]{0,4}(?P<sign>:=|=>|->|===?|!==?|=|:)[ \t]{0,4}(?:\((?=[\"'`]))?"
    r"|\s{0,2}[\"']?(?:[(>]|\bvalue=|,)\s{0,2}|[ \t]{1,2}(?=[\"'`]))" + _VALUE
)
_SAYING: Final = re.compile(
    r"(?:ies|s)?[\"']?(?:\s{1,2}[\w.'-]{1,20}){0,4}?\s{0,2}"
    r"(?P<verb>\sis now|\sis|\ses|\swas|\sera|\sto|:|=|\s)\s{1,2}"
    r"[\"'`«“]?(?P<plain>[^\s\"'`»”]{6,400})"
)
_COMPARED: Final = re.compile(
    r"(?P<q>[\"'`])(?P<quoted>[^\"'`\n]{4,200})(?P=q)\s{0,3}(?:===?|!==?)\s{0,3}"
    r"[\w.]{0,40}?(?:(?i:passw|passwd|pwd|secret|token|api_?key|auth_?key))"
)
# A name that goes on so is about the secret, and not the secret: `key_name`, `tokenUrl`.
_ABOUT: Final = re.compile(
    r"[_.\-]?(?:name|file|path|url|uri|version|size|type|count|limit|length|len|index|field|label"
    r"|column|hash|hint|policy|ref|store|word|board|ring|code|format|prefix|expir\w*|age"
    r"|required|enabled|min|max|ids?$|source|author|selector|space|pair|stroke|usage|budget"
    r"|izer|ized|manager|provider|handler|reset|rotation|vault|scope)",
    re.IGNORECASE,
)
_PUBLIC: Final = re.compile(
    r"(?:public|pub|primary|foreign|sort|partition|cache|sequence|schema|table|hot|mon|don|tur"
    r"|row|item|group|unique|lookup|route|map|dict|idempotency|dedupe|max|min|total|used|num"
    r"|input|output|prompt|completion|csrf|next|page|cursor|continuation|translation|i18n)[_.\-]?$"
)
_CODE: Final = re.compile(
    r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\(.*|[A-Za-z_]+(?:\.[A-Za-z_]+)+;?|[(\[].*"
    r"|[\w./\\-]+\.[a-z]{2,4}"
)
_COMPARES: Final = frozenset(("==", "===", "!=", "!=="))
_TIME: Final = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])")
_AMOUNT: Final = re.compile(r"[$€£]?[0-9][0-9.,:/\-]*[a-zA-Z%€$£]{0,3}[.!?]?")


class _Name(NamedTuple):
    """A word that names a secret, and where it stands."""

    word: str
    start: int
    end: int
    is_password: bool
    # Whether it is a part of a longer identifier, as in `twitchToken` and `api-key`.
    is_joined: bool


def find_named_secrets(text: str) -> Iterator[Finding]:
    """Yield what stands behind names such as `api_key` and is neither word nor stand-in."""
    at = 0
    for name in _list_names(text):
        if name.start < at:
            continue
        found = _assigned(text, name) or _said(text, name)
        if found is not None:
            yield found
            at = found.end
    if "==" in text or "!=" in text:
        for match in _COMPARED.finditer(text):
            if not stands_in(match["quoted"]) and " " not in match["quoted"]:
                start, end = match.span("quoted")
                yield Finding("secret", "password", start, end, _ASSIGNED)


def _list_names(text: str) -> list[_Name]:
    """Return the names in the order of the text."""
    # Only where no letter changes its length are the places those of the text.
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    found: dict[int, _Name] = {}
    for words, is_password in ((_PASSWORDS, True), (_TOKENS, False)):
        for word in words:
            at = low.find(word)
            while at >= 0:
                if at not in found and (name := _name_at(low, word, at, is_password)):
                    found[at] = name
                at = low.find(word, at + len(word))
    return [found[at] for at in sorted(found)]


def _name_at(low: str, word: str, at: int, is_password: bool) -> _Name | None:
    end = at + len(word)
    before = low[at - 1] if at else " "
    if word in _ALONE and (before.isalpha() or low[end : end + 1].isalpha()):
        return None
    if word == "key" and _KEY_OF.search(low, max(at - 12, 0), at):
        is_password = True
    return _Name(word, at, end, is_password, before.isalnum() or before in "_-")


def _assigned(text: str, name: _Name) -> Finding | None:
    match = _AFTER.match(text, name.end)
    if match is None or _is_about(text, name, match["rest"]):
        return None
    group = "quoted" if match["quoted"] is not None else "plain"
    start, end = match.span(group)
    if group == "plain":
        end = start + len(match[group].rstrip(",;:)}>" if "{" not in match[group] else ",;"))
    value = text[start:end]
    if stands_in(value) or _TIME.match(value):
        return None
    if group == "plain" and match["sign"] in _COMPARES and value.isidentifier():
        return None
    is_tight = match["sign"] in ("=", ":=") and text[match.start("sign") - 1] != " "
    # An id that has a name of its own is not secret when it is a UUID.
    if name.word.endswith("id") and is_uuid(value):
        return None
    is_identifier = name.is_joined or "_" in match["rest"] or "-" in match["rest"]
    is_qualified = is_identifier or name.word not in ("key", "pat", "sid")
    # In a call an unquoted word is another name: `login(password, user)`.
    is_plain_allowed = group == "quoted" or (
        match["sign"] is not None and (is_tight or is_identifier)
    )
    if _is_secret(value, name.is_password and is_plain_allowed, is_qualified) or (
        name.is_password and _is_mixed_password(value)
    ):
        return _finding(name, start, end, _ASSIGNED)
    return None


def _is_secret(value: str, is_any_allowed: bool, is_qualified: bool) -> bool:
    """Tell whether an assigned value is one; `is_any_allowed` where a word may be a password."""
    if is_uuid(value):
        return is_qualified
    if looks_random(value):
        return is_qualified or len(value) >= 20
    return is_any_allowed and len(value) >= 6 and value.isalnum() and not value.isdigit()


def _is_mixed_password(value: str) -> bool:
    if len(value) < 4 or " " in value or _CODE.fullmatch(value) or _AMOUNT.fullmatch(value):
        return False
    return not value.isalpha()


def _said(text: str, name: _Name) -> Finding | None:
    match = None if name.is_joined else _SAYING.match(text, name.end)
    if match is None:
        return None
    start = match.start("plain")
    value = match["plain"].rstrip(".,;:!?)")
    if len(value) < 6 or stands_in(value) or _CODE.fullmatch(value) or _TIME.match(value):
        return None
    if (is_uuid(value) and not name.is_password) or (_AMOUNT.fullmatch(value) and len(value) < 16):
        return None
    is_mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    if looks_random(value) or (name.is_password and is_mixed and match["verb"].strip()):
        return _finding(name, start, start + len(value), _SAID)
    return None


def _is_about(text: str, name: _Name, rest: str) -> bool:
    before = text[max(name.start - 24, 0) : name.start].lower()
    # The plural ending is not a word about it.
    rest = rest.removeprefix("s")
    return _ABOUT.match(rest) is not None or _PUBLIC.search(before) is not None


def _finding(name: _Name, start: int, end: int, score: float) -> Finding:
    return Finding("secret", "password" if name.is_password else "token", start, end, score)
