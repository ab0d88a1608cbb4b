"""Several instances, dead channels, backups, and rows of the outbox that crash us"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ASIDE = (
    ("ix_inbox_aside", "inbox", "state = 'quarantined'"),
    ("ix_outbox_aside", "outbox", "state in ('held', 'failed')"),
    ("ix_attendances_needs", "attendances", "needs <> ''"),
    ("ix_changes_addresses", "changes", "table_name = 'addresses'"),
)


def upgrade() -> None:
    empty = sa.text("''")
    op.add_column("inbox", sa.Column("holder", sa.String(), nullable=False, server_default=empty))
    op.add_column("outbox", sa.Column("holder", sa.String(), nullable=False, server_default=empty))
    op.add_column("outbox", sa.Column("crashes", sa.Integer(), nullable=False, server_default=sa.text("0")))
    for name, table, rows in ASIDE:
        op.create_index(name, table, ["id"], sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))
    if op.get_context().dialect.name == "postgresql":  # SQLite compares bytes anyhow
        op.alter_column("outbox", "dedupe_key", type_=sa.String(collation="C"))
    queued = sa.text("state = 'queued'")
    op.create_index("ix_outbox_queued", "outbox", ["dedupe_key"], sqlite_where=queued, postgresql_where=queued)
    op.create_index("ix_reports_at", "reports", ["at"])
    op.create_index("ix_papers_name", "papers", ["name"])
    op.create_table(
        "instances",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_instances")),
    )
    op.create_table(
        "outages",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_outages")),
    )
    op.create_table(
        "backups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups")),
    )


def downgrade() -> None:
    for name in ("backups", "outages", "instances"):
        op.drop_table(name)
    op.drop_index("ix_papers_name", "papers")
    op.drop_index("ix_reports_at", "reports")
    op.drop_index("ix_outbox_queued", "outbox")
    if op.get_context().dialect.name == "postgresql":
        op.alter_column("outbox", "dedupe_key", type_=sa.String(collation="default"))
    for name, table, _ in ASIDE:
        op.drop_index(name, table)
    # a row that is held has no place in the older version
    op.execute("UPDATE outbox SET state = 'dropped' WHERE state = 'held'")
    op.drop_column("outbox", "crashes")
    op.drop_column("outbox", "holder")
    op.drop_column("inbox", "holder")
