"""Files by consent, as Teams writes them: the card that offers one, its answer, what shows it.

Bots and files ("Send and receive files using bot"): in a personal chat only, and only for an app
whose manifest says `supportsFiles`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from yarl import URL

from adapters.channels.addresses import Denied, check_url
from adapters.teams.activities import message_activity
from adapters.teams.heard import Heard
from adapters.teams.hosts import HostList
from adapters.teams.inbound import OURS
from bot.errors.kinds import InvalidInput
from bot.messages import FileBlock
from bot.platforms.offered_files import Destination, FileAnswer

CONSENT: Final = "application/vnd.microsoft.teams.card.file.consent"
INFO: Final = "application/vnd.microsoft.teams.card.file.info"
INVOKE: Final = "fileConsent/invoke"
_EXAMPLE: Final = '{"type": "fileUpload", "action": "decline", "context": {}}'
# SharePoint's addresses carry a signed token of some 1,000 to 2,000 characters.
_LONGEST_URL: Final = 8000
_LONGEST: Final = 400
_PLAIN_HOST: Final = re.compile(r"[a-z0-9.-]+")
# Of an address: what parts it, and what is written as a number already. RFC 3986, section 2.2.
_KEPT: Final = ":/?[]@!$&'()*+,;=%~"

Json = dict[str, Any]  # Any: JSON


def consent_activity(block: FileBlock, file_id: str) -> Json:
    """Return the card that asks whether a file may be put into its reader's OneDrive."""
    context = {OURS: {"file": file_id}}
    content = {
        "description": block.alt,
        "sizeInBytes": len(block.data),
        "acceptContext": context,
        "declineContext": context,
    }
    attachment = {"contentType": CONSENT, "name": block.name, "content": content}
    return message_activity(attachments=[attachment], summary=block.alt or block.name)


def info_activity(to: Destination, name: str, text: str) -> Json:
    """Return the card by which a file that arrived is opened, with words above it.

    `name` is what it was called here; in a folder that has such a file it is given another one.
    """
    attachment = {
        "contentType": INFO,
        "contentUrl": to.content_url,
        "name": to.name or name,
        "content": {"uniqueId": to.unique_id, "fileType": to.file_type},
    }
    return message_activity(text=text, textFormat="plain", attachments=[attachment], summary=text)


def to_answer(heard: Heard, hosts: HostList) -> FileAnswer | None:
    """Read what was answered to a card; None if it is none of ours.

    What was taken without a place on `hosts` to put it comes as `outside`.

    Raises:
        InvalidInput: it is not what Teams sends for such a card.
    """
    value = heard.value
    if not isinstance(value, Mapping) or value.get("action") not in {"accept", "decline"}:
        raise InvalidInput("value", "not the answer to a file", example=_EXAMPLE)
    ours = _part(_part(value, "context"), OURS)
    file_id = _text(ours, "file")
    if not file_id:
        return None
    if value["action"] == "decline":
        return FileAnswer(file_id, heard.reply_to)
    told = _part(value, "uploadInfo")
    to = Destination(
        upload_url=_text(told, "uploadUrl", _LONGEST_URL),
        content_url=_text(told, "contentUrl", _LONGEST_URL),
        unique_id=_text(told, "uniqueId"),
        name=_text(told, "name"),
        file_type=_text(told, "fileType"),
    )
    # What is only shown may have any name of a folder in it.
    for url in (to.upload_url, quote(to.content_url, safe=_KEPT)):
        host = _host_of(url)
        if not host or not hosts.allows(_origin(url)):
            return FileAnswer(file_id, heard.reply_to, outside=host or "?")
    return FileAnswer(file_id, heard.reply_to, to)


def _host_of(url: str) -> str:
    """Return the host of a plain https address, empty where it is none."""
    try:
        host = check_url(url)
    except Denied:
        return ""
    return host if _PLAIN_HOST.fullmatch(host) else ""


def _origin(url: str) -> str:
    """Return scheme, host and port as the HTTP client reads them; empty where it reads none."""
    try:
        return str(URL(url, encoded=True).origin())
    except ValueError:
        return ""


def _part(body: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(body: Mapping[str, object], name: str, most: int = _LONGEST) -> str:
    value = body.get(name)
    return value if isinstance(value, str) and len(value) <= most else ""
