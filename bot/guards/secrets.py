"""Keys, tokens and passwords in a text: by their format, and by the name that stands before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.guards.findings import Finding
from bot.guards.named_secrets import find_named_secrets
from bot.guards.secret_formats import FORMATS, INSIDE, Format
from bot.guards.shapes import looks_random, stands_in

_SURE, _LIKELY = 0.95, 0.8
# Prefixes that ordinary words have too; what follows has to look made by a machine.
_COMMON: Final = frozenset(
    [
        "sk-", "sk_", "rk_", "live_", "test_", "sandbox_", "key-", "pubkey-", "pat", "pat.",
        "sat.", "api-", "sdk-", "sess-", "secret_", "access-", "API-", "csk-", "gnd_", "rnd_",
        "tfe-", "todoist-", "vercel_", "YCA", "SCW", "EAAA", "AKCp", "cio",
    ]
)  # fmt: skip

_BY_PREFIX: Final[dict[str, tuple[Format, ...]]] = {
    prefix: tuple(one for one in FORMATS if one.prefix == prefix)
    for prefix in {one.prefix for one in FORMATS}
}
# Longer ones first: "sk-ant-" is not to be read as "sk-".
_PREFIXES: Final = re.compile(
    "(?<![A-Za-z0-9])(?:"
    + "|".join(re.escape(prefix) for prefix in sorted(_BY_PREFIX, key=len, reverse=True))
    + ")"
)
# Short, and no beginning of a word.
_CERTAIN: Final = frozenset(["hf_", "r8_"])
# A maker's mark and a long random rest, which is how new formats look.
_MARKED: Final = re.compile(
    r"(?<![A-Za-z0-9_/.=+-])([a-z][a-z0-9]{1,11}(?:[_-][a-z0-9]{1,10}){0,2})[_-]"
    r"([A-Za-z0-9]{32,200})(?![A-Za-z0-9_/=+-])"
)
# What is marked so and is no secret: names of things that a service keeps.
_NAMED_THINGS: Final = frozenset(
    [
        "req", "msg", "run", "thread", "call", "evt", "event", "chatcmpl", "cmpl", "resp", "batch",
        "file", "asst", "step", "trace", "span", "job", "order", "id", "pi", "cus", "ch", "sub",
        "in", "sha256", "sha1", "sha512", "md5", "build", "commit", "img", "v1", "etag", "object",
    ]
)  # fmt: skip
_FEWEST_OF_EACH: Final = 3
_COOKIE: Final = re.compile(
    r"\b(?:[Ss]et-)?[Cc]ookie[\"']?:\s{0,2}[\"']?((?:[^\n=;\"']{1,60}=[^\n;\"']{0,400};?\s?){1,20})"
)
_COOKIE_VALUE: Final = re.compile(r"=([^\n;=\"'\s]{16,400})")
_DATABASE_PASSWORD: Final = re.compile(
    r"\b(?:mysql\w{0,12}|mariadb|sshpass)\b[^\n]{0,80}?\s-p\s?([\"']?)([^\s\"'-][^\s\"']{5,100})\1(?!\S)"
)
# No format is shorter, and ordinary words seldom are so long.
_SHORTEST: Final = 16
_LONG: Final = re.compile(r"\S{14,}+")
_KEY_BEGIN: Final = re.compile(
    r"-----BEGIN[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-[0-9]:[^\n]{1,60}"
)
_KEY_END: Final = re.compile(r"-----END[ A-Z0-9]{0,40}-----|Private-MAC:\s?[0-9a-f]{40,64}")
_KEY_BODY: Final = re.compile(r"[A-Za-z0-9+/=:,\-\s\\]{0,8000}")
_URL: Final = re.compile(
    r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/:@\"'<>]{0,100}"
    r":([^\s/@\"'<>]{3,200})@[^\s\"'<>`,;]{1,300}"
)
# Parts of the words below, in any case that they are written in.
_SCHEMES: Final = ("earer", "EARER", "asic", "oken", "pikey", "piKey")
_HEADER: Final = re.compile(
    r"(?:[Aa]uthorization[\"']?\s{0,2}[:=]\s{0,2}[\"']?)?"
    r"(?:[Bb]earer|BEARER|[Bb]asic|[Tt]oken|[Aa]pi[Kk]ey)\s{1,2}([A-Za-z0-9_\-.~+/=]{16,2000})"
)
_CURL_USER: Final = re.compile(
    r"(?<!\S)(?:-u|--user)[ =]{1,2}([\"']?)([^\s:\"']{1,60}:[^\s\"']{4,100})\1"
)


def find_secrets(text: str) -> list[Finding]:
    """Return the secrets of a text, in no order; some may overlap."""
    found = [*_find_in_headers(text), *find_named_secrets(text)]
    if max(map(len, text.split()), default=0) >= _SHORTEST:
        found += _find_prefixed(text)
        found += _find_inside(text)
        found += _find_marked(text)
        found += _find_private_keys(text)
        found += _find_in_addresses(text)
    return found


def _find_prefixed(text: str) -> Iterator[Finding]:
    for word in _LONG.finditer(text):
        yield from _find_prefixed_in(text, *word.span())


def _find_prefixed_in(text: str, at: int, until: int) -> Iterator[Finding]:
    while (begin := _PREFIXES.search(text, at, until)) is not None:
        at = begin.end()
        for prefix, one in _formats_at(begin.group()):
            match = one.pattern.match(text, begin.start())
            if match is None:
                continue
            # Also what turns out to be words is not gone through again from its middle.
            at = max(at, match.end())
            end = begin.start() + len(match.group().rstrip("."))
            body = text[begin.start() + len(prefix) : end]
            if _is_made(body, is_sure=_is_certain(prefix)):
                yield Finding("secret", one.type, begin.start(), end, _SURE)
                break


def _formats_at(found: str) -> Iterator[tuple[str, Format]]:
    """Yield what a prefix may begin, the longest first: "sk-ant-" may be "sk-" after all."""
    for length in range(len(found), 1, -1):
        for one in _BY_PREFIX.get(found[:length], ()):
            yield found[:length], one


def _is_certain(prefix: str) -> bool:
    return prefix in _CERTAIN or (len(prefix) > 3 and prefix not in _COMMON)


def _find_marked(text: str) -> Iterator[Finding]:
    """Yield what looks like a token of a maker that the table does not know."""
    for match in _MARKED.finditer(text):
        mark, body = match[1], match[2]
        kinds = (str.isdigit, str.isupper, str.islower)
        is_mixed = all(sum(map(kind, body)) >= _FEWEST_OF_EACH for kind in kinds)
        if is_mixed and _NAMED_THINGS.isdisjoint(re.split("[_-]", mark)) and not stands_in(body):
            yield Finding("secret", "token", match.start(), match.end(), _LIKELY)


def _is_made(body: str, *, is_sure: bool) -> bool:
    return not stands_in(body) and (is_sure or looks_random(body))


def _find_inside(text: str) -> Iterator[Finding]:
    for type_, part, pattern in INSIDE:
        if part not in text:
            continue
        for match in pattern.finditer(text):
            if not stands_in(match.group()):
                yield Finding("secret", type_, match.start(), match.end(), _SURE)


def _find_private_keys(text: str) -> Iterator[Finding]:
    at = 0
    while (begin := _KEY_BEGIN.search(text, at)) is not None:
        body = _KEY_BODY.match(text, begin.end())
        end = at = body.end() if body else begin.end()
        closing = _KEY_END.search(text, begin.end(), end + 80)
        if closing is not None:
            end = at = closing.end()
        # A header alone, as documentation shows it, is none.
        if end - begin.end() >= 40:
            yield Finding("secret", "private_key", begin.start(), end, 1.0)


def _find_in_addresses(text: str) -> Iterator[Finding]:
    if "://" in text:
        for match in _URL.finditer(text):
            if not stands_in(match[1]):
                end = match.start() + len(match.group().rstrip(".:!?)]}"))
                yield Finding("secret", "url_password", match.start(), end, _SURE)


def _find_in_headers(text: str) -> Iterator[Finding]:
    has_scheme = any(scheme in text for scheme in _SCHEMES)
    for match in _HEADER.finditer(text) if has_scheme else ():
        value = match[1].rstrip(".")
        if looks_random(value) and not stands_in(value):
            end = match.start(1) + len(value)
            yield Finding("secret", "authorization_header", match.start(), end, _LIKELY)
    if "ookie" in text:
        for match in _COOKIE.finditer(text):
            for value in _COOKIE_VALUE.finditer(text, *match.span(1)):
                if looks_random(value[1]) and not stands_in(value[1]):
                    yield Finding("secret", "cookie", value.start(1), value.end(1), _LIKELY)
    if "-p" in text:
        for match in _DATABASE_PASSWORD.finditer(text):
            if not stands_in(match[2]):
                yield Finding("secret", "password", match.start(2), match.end(2), _LIKELY)
    if "-u" in text:
        for match in _CURL_USER.finditer(text):
            if not stands_in(match[2].partition(":")[2]):
                yield Finding("secret", "password", match.start(2), match.end(2), _LIKELY)
