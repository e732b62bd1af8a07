"""What tables are made of."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Identity,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.sql.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# STRICT tables on SQLite know INTEGER only, which holds 64 bits there.
Int = BigInteger().with_variant(Integer(), "sqlite")

# In a table's `info`: what people and their settings are, not what happens all the time.
CHANGES_SELDOM = "changes_seldom"

# 2**62: counters stay well inside 63 bits, so that no sum of two can overflow.
CAP = 1 << 62


def table(
    name: str, *items: SchemaItem, is_by_key: bool = False, changes_seldom: bool = False
) -> Table:
    """Return a table, STRICT on SQLite; there kept in the order of its key where that is said.

    What changes seldom, a writer that has the file for itself reads once (`storage/kept_rows.py`).
    """
    return Table(
        name,
        metadata,
        *items,
        sqlite_strict=True,
        sqlite_with_rowid=not is_by_key,
        info={CHANGES_SELDOM: changes_seldom},
    )


def text_column(name: str, *, default: str | None = None) -> "Column[str]":
    """Return text that is always there."""
    return Column(name, Text, nullable=False, server_default=default)


def text_or_null(name: str) -> "Column[str | None]":
    """Return text that may be missing."""
    return Column(name, Text, nullable=True)


def int_column(name: str, *, default: int | None = None) -> "Column[int]":
    """Return a number, time or flag that is always there."""
    return Column(
        name, Int, nullable=False, server_default=None if default is None else text(str(default))
    )


def int_or_null(name: str) -> "Column[int | None]":
    """Return a number or time that may be missing."""
    return Column(name, Int, nullable=True)


def key_column(name: str) -> "Column[str]":
    """Return a key, or a part of one, that is text."""
    return Column(name, Text, primary_key=True)


def serial_column(name: str) -> "Column[int]":
    """Return a key that the database counts up."""
    return Column(name, Int, Identity(always=False), primary_key=True)


def of_tenant(column: str, table: str) -> ForeignKeyConstraint:
    """Refer to a row of the same tenant: what belongs to another cannot be pointed at."""
    return ForeignKeyConstraint([column, "tenant"], [f"{table}.id", f"{table}.tenant"])
