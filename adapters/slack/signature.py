"""Is a call over HTTP from Slack? Looked at before anything of its body is read.

The library's own verifier raises on a timestamp that is no number or too long for one, on a
signature that is not ASCII and on a body that is not UTF-8; each of them would be answered 500
to whoever sends it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import datetime
from typing import Final

from bot.clock import EPOCH

# docs.slack.dev, "Verifying requests from Slack".
MOST_AGE_S: Final = 300
_TIMESTAMP: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


def is_genuine(secret: str, timestamp: str, signature: str, body: bytes, now: datetime) -> bool:
    """Tell whether `body` was signed with the secret within the last five minutes.

    False for whatever is missing or of another form; compared in constant time.
    """
    if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        return False
    if abs((now - EPOCH).total_seconds() - int(timestamp)) > MOST_AGE_S:
        return False
    return hmac.compare_digest(sign(secret, timestamp, body), signature)


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
