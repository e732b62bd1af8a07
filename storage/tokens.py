"""How tokens are kept: nobody who reads the tables can use one."""

import hashlib


def hash_token(token: str) -> str:
    """Return what is kept of a token. At least 128 random bits need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
