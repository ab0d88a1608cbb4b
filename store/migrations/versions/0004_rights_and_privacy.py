"""Rights, consents, the rights of the person, deputies, changes of company, and the sealed history"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    empty = sa.text("''")
    op.add_column("attendances", sa.Column("needs", sa.String(), nullable=False, server_default=empty))
    # of a paper made before nobody knows
    op.add_column("papers", sa.Column("names_people", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("persons", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    _changes()
    _company_changes()
    _consents()
    _deputyships()
    _personal_requests()
    _purges()
    _role_proposals()
    _seals()
    _what_is_kept()


def _what_is_kept() -> None:
    """What retention looks for: rows that still hold words."""
    for name, table, column, condition in _KEPT:
        where = sa.text(condition)
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed_id", sa.Integer(), nullable=True),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["deed_id"], ["history.id"], name=op.f("fk_changes_deed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_changes_deed_id"), "changes", ["deed_id"])


def _company_changes() -> None:
    op.create_table(
        "company_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["persons.id"], name=op.f("fk_company_changes_decided_by")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_company_changes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_company_changes_person_id"), "company_changes", ["person_id"])


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_consents_inbox_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_consents_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["requests.id"], name=op.f("fk_consents_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_person_id"), "consents", ["person_id"])
    op.create_index(op.f("ix_consents_request_id"), "consents", ["request_id"])


def _deputyships() -> None:
    op.create_table(
        "deputyships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deputy_id"], ["persons.id"], name=op.f("fk_deputyships_deputy_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_deputyships_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputyships")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deputyships_deputy_id"), "deputyships", ["deputy_id"])
    op.create_index(op.f("ix_deputyships_person_id"), "deputyships", ["person_id"])


def _personal_requests() -> None:
    op.create_table(
        "personal_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["persons.id"], name=op.f("fk_personal_requests_answered_by")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_personal_requests_inbox_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_personal_requests_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_requests")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_personal_requests_person_id"), "personal_requests", ["person_id"])


def _purges() -> None:
    op.create_table(
        "purges",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_purges")),
    )


def _role_proposals() -> None:
    op.create_table(
        "role_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["persons.id"], name=op.f("fk_role_proposals_decided_by")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_role_proposals_person_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["persons.id"], name=op.f("fk_role_proposals_proposed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_proposals")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_role_proposals_person_id"), "role_proposals", ["person_id"])


def _seals() -> None:
    op.create_table(
        "seals",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("deed_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deed_id"], ["history.id"], name=op.f("fk_seals_deed_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_seals")),
        sa.UniqueConstraint("deed_id", name=op.f("uq_seals_deed_id")),
    )


def downgrade() -> None:
    for name, table, _, _ in _KEPT:
        op.drop_index(name, table)
    for name in _TABLES:
        op.drop_table(name)
    # they name links of a chain that is gone, and a new one must not be measured by them
    op.execute("DELETE FROM history WHERE what = 'redact'")
    op.drop_column("persons", "erased_at")
    op.drop_column("papers", "names_people")
    op.drop_column("attendances", "needs")


_TABLES = (
    "changes",
    "company_changes",
    "consents",
    "deputyships",
    "personal_requests",
    "purges",
    "role_proposals",
    "seals",
)

_KEPT = (
    ("ix_inbox_kept", "inbox", "received_at", "length(raw) > 0"),
    ("ix_outbox_kept", "outbox", "made_at", "substr(token, 1, 1) <> '-'"),
    ("ix_history_needs", "history", "inbox_id", "what in ('note-needs', 'ask-needs')"),
)
