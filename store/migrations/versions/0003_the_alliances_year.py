"""The plan as a tree with its versions, ideas, offers, polls, the meetings' whole life, follow lists and uploads"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _columns() -> tuple[tuple[str, sa.Column[object]], ...]:
    empty, zero, none_yet = sa.text("''"), sa.text("0"), sa.text("'[]'")
    return (
        ("attendances", sa.Column("deputy", sa.String(), nullable=False, server_default=empty)),
        ("measures", sa.Column("initiative", sa.String(), nullable=False, server_default=empty)),
        ("measures", sa.Column("begins", sa.Date(), nullable=True)),
        ("measures", sa.Column("milestones", sa.JSON(), nullable=False, server_default=none_yet)),
        ("measures", sa.Column("evidence", sa.JSON(), nullable=False, server_default=none_yet)),
        ("measures", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True)),
        ("meetings", sa.Column("link", sa.String(), nullable=False, server_default=empty)),
        ("meetings", sa.Column("agenda", sa.JSON(), nullable=False, server_default=none_yet)),
        ("meetings", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True)),
        ("meetings", sa.Column("sequence", sa.Integer(), nullable=False, server_default=zero)),
        ("meetings", sa.Column("minutes", sa.String(), nullable=False, server_default=empty)),
        ("meetings", sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True)),
        ("meetings", sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True)),
        ("meetings", sa.Column("registration_closed_at", sa.DateTime(timezone=True), nullable=True)),
        ("meetings", sa.Column("minutes_at", sa.DateTime(timezone=True), nullable=True)),
        ("meetings", sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True)),
        ("meetings", sa.Column("cancel_reason", sa.String(), nullable=False, server_default=empty)),
        ("persons", sa.Column("digest", sa.String(), nullable=False, server_default=sa.text("'weekly'"))),
    )


def upgrade() -> None:
    for table, column in _columns():
        op.add_column(table, column)
    _fields()
    _goals()
    _offers()
    _amendments()
    _follows()
    _ideas()
    _matches()
    _plan_versions()
    _polls()
    _uploads()
    _ballots()
    _decisions()
    _poll_options()
    _lead_offers()
    # in one statement, because SQLite takes no constraint afterwards without copying the table
    for name, reference, target in _REFERENCES:
        constraint = f"CONSTRAINT fk_{name}_{reference} REFERENCES {target} (id)"
        op.execute(f"ALTER TABLE {name} ADD COLUMN {reference} INTEGER {constraint}")
    op.create_index(op.f("ix_measures_goal_id"), "measures", ["goal_id"])


_REFERENCES = (("measures", "goal_id", "goals"), ("meetings", "minute_taker_id", "persons"))


def _fields() -> None:
    op.create_table(
        "fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("group_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fields")),
        sa.UniqueConstraint("name", name=op.f("uq_fields_name")),
    )


def _goals() -> None:
    op.create_table(
        "goals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["field_id"], ["fields.id"], name=op.f("fk_goals_field_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["goals.id"], name=op.f("fk_goals_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
    )
    op.create_index(op.f("ix_goals_field_id"), "goals", ["field_id"])
    op.create_index(op.f("ix_goals_parent_id"), "goals", ["parent_id"])


def _offers() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seeking", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_offers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_offers_person_id"), "offers", ["person_id"])


def _amendments() -> None:
    op.create_table(
        "amendments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("deed_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_amendments_by_id")),
        sa.ForeignKeyConstraint(["deed_id"], ["history.id"], name=op.f("fk_amendments_deed_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_amendments_measure_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_amendments_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
    )
    op.create_index(op.f("ix_amendments_deed_id"), "amendments", ["deed_id"])
    op.create_index(op.f("ix_amendments_measure_id"), "amendments", ["measure_id"])


def _follows() -> None:
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_follows_measure_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_follows_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint("person_id", "measure_id", "field", name=op.f("uq_follows_person_id")),
    )
    op.create_index(op.f("ix_follows_person_id"), "follows", ["person_id"])


def _ideas() -> None:
    op.create_table(
        "ideas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["persons.id"], name=op.f("fk_ideas_decided_by")),
        sa.ForeignKeyConstraint(["into_id"], ["ideas.id"], name=op.f("fk_ideas_into_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_ideas_measure_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_ideas_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ideas")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ideas_person_id"), "ideas", ["person_id"])


def _matches() -> None:
    op.create_table(
        "matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("other_offer_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("other_person_id", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("other_agreed", sa.Boolean(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_matches_measure_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_matches_offer_id")),
        sa.ForeignKeyConstraint(["other_offer_id"], ["offers.id"], name=op.f("fk_matches_other_offer_id")),
        sa.ForeignKeyConstraint(["other_person_id"], ["persons.id"], name=op.f("fk_matches_other_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_matches_offer_id"), "matches", ["offer_id"])
    op.create_index(op.f("ix_matches_other_offer_id"), "matches", ["other_offer_id"])


def _plan_versions() -> None:
    op.create_table(
        "plan_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_plan_versions_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_plan_versions_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_versions")),
    )


def _polls() -> None:
    op.create_table(
        "polls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tally", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_polls_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_polls_meeting_id"), "polls", ["meeting_id"])


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deed_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["deed_id"], ["history.id"], name=op.f("fk_uploads_deed_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_uploads_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_uploads_deed_id"), "uploads", ["deed_id"])


def _ballots() -> None:
    op.create_table(
        "ballots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_ballots_person_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_ballots_poll_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sa.UniqueConstraint("poll_id", "person_id", name=op.f("uq_ballots_poll_id")),
    )
    op.create_index(op.f("ix_ballots_person_id"), "ballots", ["person_id"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendments.id"], name=op.f("fk_decisions_amendment_id")),
        sa.ForeignKeyConstraint(["by_id"], ["persons.id"], name=op.f("fk_decisions_by_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_decisions_measure_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_decisions_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_meeting_id"), "decisions", ["meeting_id"])


def _poll_options() -> None:
    op.create_table(
        "poll_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_poll_options_measure_id")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_options_poll_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_options")),
        sa.UniqueConstraint("poll_id", "number", name=op.f("uq_poll_options_poll_id")),
    )


def _lead_offers() -> None:
    op.create_table(
        "lead_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_lead_offers_decision_id")),
        sa.ForeignKeyConstraint(["from_id"], ["persons.id"], name=op.f("fk_lead_offers_from_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_lead_offers_measure_id")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_lead_offers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_offers")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_lead_offers_measure_id"), "lead_offers", ["measure_id"])
    op.create_index(op.f("ix_lead_offers_person_id"), "lead_offers", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_measures_goal_id"), "measures")
    for name, reference, _target in _REFERENCES:
        with op.batch_alter_table(name) as changed:
            changed.drop_column(reference)
    for name in _TABLES:
        op.drop_table(name)
    for table, column in reversed(_columns()):
        op.drop_column(table, column.name)


_TABLES = (
    "lead_offers",
    "poll_options",
    "decisions",
    "ballots",
    "uploads",
    "polls",
    "plan_versions",
    "matches",
    "ideas",
    "follows",
    "amendments",
    "offers",
    "goals",
    "fields",
)
