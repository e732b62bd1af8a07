"""The tables, as both databases hold them.

Only text, 64-bit integers and bytes, so that both drivers hand back the same values untouched.
Times are microseconds since 1970 (`_us`), money is nano-dollars, flags are 0 or 1, JSON is text.
SQLite's tables are STRICT: a value of another type is an error and not a silent REAL.
"""

from storage.tables import (
    alerts,
    books,
    digests,
    messages,
    models,
    money,
    offered_files,
    offers,
    people,
    proposals,
    reports,
    schedules,
    tasks,
    usage,
)
from storage.tables.columns import metadata

__all__ = [
    "alerts",
    "books",
    "digests",
    "messages",
    "metadata",
    "models",
    "money",
    "offered_files",
    "offers",
    "people",
    "proposals",
    "reports",
    "schedules",
    "tasks",
    "usage",
]
