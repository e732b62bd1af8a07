"""The tables of the audit chain and of what processes hold."""

from sqlalchemy import Column, LargeBinary

from storage.tables.columns import Int, int_column, key_column, table, text_column

# `hash` is sha256(previous hash || body). No UPDATE, no DELETE.
audit = table(
    "audit",
    Column("seq", Int, primary_key=True, autoincrement=False),
    text_column("tenant"),
    Column("body", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
audit_head = table(
    "audit_head",
    Column("id", Int, primary_key=True, autoincrement=False),
    int_column("seq"),
    Column("hash", LargeBinary, nullable=False),
)
# Which batch of writes a lane committed last: how a commit whose answer was lost is found again.
# Only the server's lanes write it; a file has no answers to lose.
lane_mark = table("lane_mark", key_column("lane"), text_column("batch"), int_column("at_us"))
# What one of several processes does alone; `fence` rises with each holder.
lease = table(
    "lease",
    key_column("name"),
    text_column("owner"),
    int_column("fence"),
    int_column("until_us"),
)
