"""Providers of models, own prices, calls on their way; more about what was used."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNDER_WAY = sa.text("state = 'under_way'")
USAGE = {
    "tokens_cached": 0,
    "tokens_reasoning": 0,
    "estimate_nanos": 0,
    "attempt": 1,
    "latency_ms": 0,
}


def upgrade() -> None:
    """Make the tables, empty: no model is asked before a provider is there."""
    op.create_table(
        "provider",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        *(_text(name) for name in ("kind", "base_url", "key_ref", "models")),
        *(_int(name) for name in ("connect_ms", "first_byte_ms", "total_ms")),
        _text("state", "active"),
        _int("added_us"),
        sa.CheckConstraint(
            "kind IN ('openai', 'anthropic', 'compatible')", name=op.f("ck_provider_kind")
        ),
        sa.CheckConstraint("state IN ('active', 'disabled')", name=op.f("ck_provider_state")),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_provider_tenant")),
        sa.PrimaryKeyConstraint("tenant", "name", name=op.f("pk_provider")),
        sqlite_strict=True,
    )
    op.create_table(
        "model_price",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("from_us", INT, autoincrement=False, nullable=False),
        *(_int(name) for name in ("in_nanos", "cached_nanos", "out_nanos")),
        _text("version"),
        sa.CheckConstraint(
            "in_nanos >= 0 AND cached_nanos >= 0 AND out_nanos >= 0",
            name=op.f("ck_model_price_prices"),
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_model_price_tenant")),
        sa.PrimaryKeyConstraint(
            "tenant", "provider", "model", "from_us", name=op.f("pk_model_price")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "model_call",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        *(_text(name) for name in ("wallet_id", "principal_id", "feature")),
        _text("state", "under_way"),
        *(_int(name) for name in ("hold_nanos", "prompt_nanos", "prompt_tokens")),
        _text("route"),
        _text("attempts", "[]"),
        _int("cost_nanos", 0),
        _int("latency_ms", 0),
        _int("begun_us"),
        _int("until_us"),
        sa.CheckConstraint(
            "state IN ('under_way', 'done', 'failed', 'unknown')", name=op.f("ck_model_call_state")
        ),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.id"], name=op.f("fk_model_call_tenant")),
        sa.PrimaryKeyConstraint("key", "tenant", name=op.f("pk_model_call")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_model_call_until_us",
        "model_call",
        ["until_us"],
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )
    for name, default in USAGE.items():
        op.add_column("usage", _int(name, default))
    op.add_column("usage", _text("reason", ""))


def downgrade() -> None:
    """Drop them; what was paid stays, with less about it."""
    op.drop_column("usage", "reason")
    for name in USAGE:
        op.drop_column("usage", name)
    op.drop_index("ix_model_call_until_us", table_name="model_call")
    for table in ("model_call", "model_price", "provider"):
        op.drop_table(table)


def _text(name: str, default: str | None = None) -> sa.Column[str]:
    shown = None if default is None else sa.text(f"'{default}'")
    return sa.Column(name, sa.Text(), server_default=shown, nullable=False)


def _int(name: str, default: int | None = None) -> sa.Column[int]:
    shown = None if default is None else sa.text(str(default))
    return sa.Column(name, INT, server_default=shown, nullable=False)
