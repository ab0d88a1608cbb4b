"""Absences, bounces, attendance, expected dates, help wanted, cases about a sender, and the stop of all sending"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _columns() -> tuple[tuple[str, sa.Column[object]], ...]:
    empty, false = sa.text("''"), sa.false()
    return (
        ("persons", sa.Column("away_until", sa.Date(), nullable=True)),
        ("measures", sa.Column("expected", sa.Date(), nullable=True)),
        ("measures", sa.Column("help_wanted", sa.Boolean(), nullable=False, server_default=false)),
        ("reports", sa.Column("expected", sa.Date(), nullable=True)),
        ("reports", sa.Column("help_wanted", sa.Boolean(), nullable=False, server_default=false)),
        ("inbox", sa.Column("sender", sa.String(), nullable=False, server_default=empty)),
        ("outbox", sa.Column("always", sa.Boolean(), nullable=False, server_default=false)),
        ("talks", sa.Column("choices", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))),
        ("cases", sa.Column("token", sa.String(), nullable=False, server_default=empty)),
    )


def upgrade() -> None:
    for table, column in _columns():
        op.add_column(table, column)
    # in one statement, because SQLite takes no constraint afterwards without copying the table
    op.execute("ALTER TABLE cases ADD COLUMN claimed_id INTEGER CONSTRAINT fk_cases_claimed_id REFERENCES persons (id)")
    op.create_index(op.f("ix_inbox_sender"), "inbox", ["sender"])
    _attendances()
    _bounces()
    _switches()


def _attendances() -> None:
    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_attendances_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_attendances_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_attendances_meeting_id")),
    )
    op.create_index(op.f("ix_attendances_person_id"), "attendances", ["person_id"])


def _bounces() -> None:
    op.create_table(
        "bounces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounces")),
    )
    op.create_index(op.f("ix_bounces_email"), "bounces", ["email"])


def _switches() -> None:
    op.create_table(
        "switches",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_switches_by_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_switches")),
    )


def downgrade() -> None:
    for table in ("switches", "bounces", "attendances"):
        op.drop_table(table)
    op.drop_index(op.f("ix_inbox_sender"), "inbox")
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("claimed_id")
    for table, column in reversed(_columns()):
        op.drop_column(table, column.name)
