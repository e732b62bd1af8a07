"""Where files may be put: the hosts of the setting, as the HTTP client reads an address."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.teams.files import INVOKE, to_answer
from adapters.teams.heard import Heard, read_activity
from adapters.teams.hosts import HostList
from bot.platforms.offered_files import FileAnswer
from bot.settings.model import load_settings

HOSTS = HostList(load_settings().teams.file_hosts)
# As OneDrive writes them: https://learn.microsoft.com/graph/api/driveitem-createuploadsession.
UPLOAD = (
    "https://acme-my.sharepoint.com/personal/elena_acme_com/_api/v2.0/drive/items/01XKQ5MHA/"
    "uploadSession?guid='b3dbd9a2-93a0'&path='~tmp46_october.csv'&overwrite=True&rename=False"
    "&dc=0&tempauth=eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0." + "x" * 1800
)
CONTENT = (
    "https://acme-my.sharepoint.com/personal/elena_acme_com/Documents/Applications/october.csv"
)


def heard(upload: object = UPLOAD, content: object = CONTENT, **more: object) -> Heard:
    told: dict[str, Any] = {
        "uploadUrl": upload,
        "contentUrl": content,
        "name": "october.csv",
        "uniqueId": "1150D938",
        "fileType": "csv",
        **more,
    }
    value = {"type": "fileUpload", "action": "accept", "uploadInfo": told}
    value["context"] = {"bursar": {"file": "f"}}
    return read_activity({"type": "invoke", "name": INVOKE, "replyToId": "m1", "value": value})


def answer(upload: object = UPLOAD, content: object = CONTENT) -> FileAnswer:
    found = to_answer(heard(upload, content), HOSTS)
    assert found is not None
    assert (found.file_id, found.shown_in) == ("f", "m1")
    return found


def test_a_onedrive_of_the_company_is_a_place() -> None:
    found = answer().destination
    assert found is not None
    assert (found.upload_url, found.content_url) == (UPLOAD, CONTENT)
    assert (found.name, found.unique_id, found.file_type) == ("october.csv", "1150D938", "csv")


@pytest.mark.parametrize("host", ["acme-my.sharepoint.cn", "ACME-my.SharePoint.com"])
def test_so_are_others_of_the_list(host: str) -> None:
    assert answer(UPLOAD.replace("acme-my.sharepoint.com", host)).destination is not None


def test_a_folder_may_be_called_anything() -> None:
    content = CONTENT.replace("Applications", "Aplicaciones/Bursar de Óscar #1 (100 %)")
    found = answer(content=content).destination
    assert found is not None
    assert found.content_url == content


@pytest.mark.parametrize(
    "url",
    [
        "https://sharepoint.com/up",
        "https://evilsharepoint.com/up",
        "https://acme.sharepoint.com.evil.test/up",
        "https://evil.test/acme.sharepoint.com",
        "https://evil.test#.sharepoint.com/",
        "https://evil.test?.sharepoint.com/",
        "https://evil.test\\.sharepoint.com/up",
        "https://acme.sharepoint.com@evil.test/up",
        "https://acme.sharepoint.com:pass@evil.test/up",
        "https://acme.sharepoint.com:8443/up",
        "https://acme.sharepoint.com:0/up",
        "https://acme.sharepoint.com:x/up",
        "http://acme.sharepoint.com/up",
        "HTTPS://[::1].sharepoint.com/up",
        "//acme.sharepoint.com/up",
        "acme.sharepoint.com/up",
        "ftp://acme.sharepoint.com/up",
        "https://.sharepoint.com/up",
        "https://acme。sharepoint。com/up",
        "https://acme.sharepoint.com%2eevil.test/up",
        "https://127.0.0.1/up",
        "https:///up",
        "https://acme.sharepoint.com/" + "x" * 8000,
        "",
        None,
        7,
        ["https://acme.sharepoint.com/up"],
    ],
)
def test_what_only_looks_like_one_is_none(url: object) -> None:
    for found in (answer(url), answer(content=url)):
        assert found.destination is None
        assert found.outside


@pytest.mark.parametrize(
    "url", ["https://acme.sharepoint.com/a b", "https://acme.sharepoint.com/ñ"]
)
def test_an_address_to_be_called_is_plain(url: str) -> None:
    assert answer(url).destination is None
