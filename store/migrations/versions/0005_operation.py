"""Several instances, dead channels, backups, and rows of the outbox that crash us"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    empty = sa.text("''")
    op.add_column("inbox", sa.Column("holder", sa.String(), nullable=False, server_default=empty))
    op.add_column("outbox", sa.Column("holder", sa.String(), nullable=False, server_default=empty))
    op.add_column("outbox", sa.Column("crashes", sa.Integer(), nullable=False, server_default=sa.text("0")))
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
    # a row that is held has no place in the older version
    op.execute("UPDATE outbox SET state = 'dropped' WHERE state = 'held'")
    op.drop_column("outbox", "crashes")
    op.drop_column("outbox", "holder")
    op.drop_column("inbox", "holder")
