"""The road of a case."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "routing_rules",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column(
            "name",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("conditions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("track", sa.String(32), nullable=False),
        sa.Column("unit_kind", sa.String(length=32), nullable=True),
        sa.Column("level", sa.String(32), nullable=True),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_routing_rules_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_rules")),
        sa.UniqueConstraint("public_id", name=op.f("uq_routing_rules_public_id")),
    )
    op.create_index(op.f("ix_routing_rules_centre_id"), "routing_rules", ["centre_id"], unique=False)
    op.create_table(
        "closings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("grade", sa.String(length=32), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("feedback", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_no", sa.String(length=60), nullable=True),
        sa.Column("archive_year", sa.Integer(), nullable=True),
        sa.Column("retention", sa.String(length=32), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.Column("reopen_reason", sa.String(length=400), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_closings_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_closings_public_id")),
    )
    op.create_index(op.f("ix_closings_case_id"), "closings", ["case_id"], unique=False)
    op.create_table(
        "private_notes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("is_concession", sa.Boolean(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_private_notes_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_private_notes_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_notes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_private_notes_public_id")),
    )
    op.create_index(op.f("ix_private_notes_account_id"), "private_notes", ["account_id"], unique=False)
    op.create_index(op.f("ix_private_notes_case_id"), "private_notes", ["case_id"], unique=False)
    op.create_table(
        "referrals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("to_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "to_name",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("unsuitable_reason", sa.String(length=400), nullable=True),
        sa.Column("labour_precondition", sa.String(32), nullable=True),
        sa.Column("government_decided_on", sa.Date(), nullable=True),
        sa.Column("claims", sa.Text(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("procedure", sa.String(32), nullable=True),
        sa.Column("procedure_reason", sa.String(length=400), nullable=True),
        sa.Column("procedure_agreed", sa.Boolean(), nullable=False),
        sa.Column("issues", sa.String(length=400), nullable=True),
        sa.Column("checklist", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("flags", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("papers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("basis_for_data", sa.String(32), nullable=False),
        sa.Column("notice_given_on", sa.Date(), nullable=True),
        sa.Column("court_no", sa.String(length=60), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.String(32), nullable=True),
        sa.Column("return_note", sa.String(length=400), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("outcome_note", sa.String(length=400), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_referrals_case_id")),
        sa.ForeignKeyConstraint(["to_unit_id"], ["units.id"], name=op.f("fk_referrals_to_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("number", name=op.f("uq_referrals_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_referrals_public_id")),
    )
    op.create_index(op.f("ix_referrals_case_id"), "referrals", ["case_id"], unique=False)
    op.create_index(op.f("ix_referrals_to_unit_id"), "referrals", ["to_unit_id"], unique=False)
    op.create_table(
        "transfers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("track", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("suggestion", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("override_reason", sa.String(length=32), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reject_reason", sa.String(length=32), nullable=True),
        sa.Column("reject_note", sa.String(length=400), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_transfers_case_id")),
        sa.ForeignKeyConstraint(["from_unit_id"], ["units.id"], name=op.f("fk_transfers_from_unit_id")),
        sa.ForeignKeyConstraint(["to_unit_id"], ["units.id"], name=op.f("fk_transfers_to_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_transfers_public_id")),
    )
    op.create_index(op.f("ix_transfers_case_id"), "transfers", ["case_id"], unique=False)
    op.create_index(op.f("ix_transfers_from_unit_id"), "transfers", ["from_unit_id"], unique=False)
    op.create_index("ix_transfers_to_unit_id_state", "transfers", ["to_unit_id", "state"], unique=False)
    op.create_table(
        "proceedings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("transfer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("track", sa.String(32), nullable=False),
        sa.Column("basis", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("number_year", sa.Integer(), nullable=True),
        sa.Column("number_serial", sa.Integer(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column(
            "accepted_by",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("refusal_ground", sa.String(length=32), nullable=True),
        sa.Column("refusal_note", sa.String(length=400), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_ground", sa.String(length=32), nullable=True),
        sa.Column("end_words", sa.String(length=400), nullable=True),
        sa.Column("end_reason", sa.String(length=400), nullable=True),
        sa.Column("end_requested_by_party", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("cost_conduct", sa.String(length=400), nullable=True),
        sa.Column("court_points", sa.String(length=400), nullable=True),
        sa.Column("issues", sa.String(length=400), nullable=True),
        sa.Column("notice_given_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_proceedings_case_id")),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfers.id"], name=op.f("fk_proceedings_transfer_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_proceedings_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceedings")),
        sa.UniqueConstraint("number", name=op.f("uq_proceedings_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proceedings_public_id")),
        sa.UniqueConstraint("transfer_id", name=op.f("uq_proceedings_transfer_id")),
    )
    op.create_index(op.f("ix_proceedings_case_id"), "proceedings", ["case_id"], unique=False)
    op.create_index("ix_proceedings_unit_id_state", "proceedings", ["unit_id", "state"], unique=False)
    op.create_index(
        "uq_proceedings_case_id_active",
        "proceedings",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('accepted', 'assigned', 'mediating', 'suspended')"),
        postgresql_where=sa.text("state IN ('accepted', 'assigned', 'mediating', 'suspended')"),
    )
    op.create_table(
        "agreements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proceeding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_oral", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("responsibility", sa.Text(), nullable=True),
        sa.Column("total_fen", sa.BigInteger(), nullable=True),
        sa.Column("breach_clause", sa.Text(), nullable=True),
        sa.Column(
            "place",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("filed_with_court_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_agreements_case_id")),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceedings.id"], name=op.f("fk_agreements_proceeding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sa.UniqueConstraint("proceeding_id", "text_version", name="uq_agreements_text_version"),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreements_public_id")),
    )
    op.create_index(op.f("ix_agreements_case_id"), "agreements", ["case_id"], unique=False)
    op.create_index(op.f("ix_agreements_proceeding_id"), "agreements", ["proceeding_id"], unique=False)
    op.create_table(
        "court_reports",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proceeding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("result", sa.String(32), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("materials", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_court_reports_case_id")),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceedings.id"], name=op.f("fk_court_reports_proceeding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_reports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_court_reports_public_id")),
    )
    op.create_index(op.f("ix_court_reports_case_id"), "court_reports", ["case_id"], unique=False)
    op.create_index(op.f("ix_court_reports_proceeding_id"), "court_reports", ["proceeding_id"], unique=False)
    op.create_table(
        "extensions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("proceeding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("consents", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("paper", sa.String(length=400), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceedings.id"], name=op.f("fk_extensions_proceeding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    op.create_index(op.f("ix_extensions_proceeding_id"), "extensions", ["proceeding_id"], unique=False)
    op.create_table(
        "proceeding_mediators",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("proceeding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mediator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("presides", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recusal_answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("has_conflict", sa.Boolean(), nullable=False),
        sa.Column("waivers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("party_replies", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["mediator_id"], ["mediators.id"], name=op.f("fk_proceeding_mediators_mediator_id")),
        sa.ForeignKeyConstraint(
            ["proceeding_id"], ["proceedings.id"], name=op.f("fk_proceeding_mediators_proceeding_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeding_mediators")),
    )
    op.create_index(
        "ix_proceeding_mediators_mediator_id_present",
        "proceeding_mediators",
        ["mediator_id"],
        unique=False,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_index(
        op.f("ix_proceeding_mediators_proceeding_id"), "proceeding_mediators", ["proceeding_id"], unique=False
    )
    op.create_index(
        "uq_proceeding_mediators_active",
        "proceeding_mediators",
        ["proceeding_id", "mediator_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("proceeding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("is_attempt", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "place",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("manner", sa.String(32), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("is_joint", sa.Boolean(), nullable=False),
        sa.Column("attendance", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("rights_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recusal_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("applicant_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("respondent_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("evidence_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("agreed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("open_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("outcome_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("result", sa.String(32), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_words", sa.String(length=400), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "recorder",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sessions_case_id")),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceedings.id"], name=op.f("fk_sessions_proceeding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("proceeding_id", "is_attempt", "number", name="uq_sessions_number"),
        sa.UniqueConstraint("public_id", name=op.f("uq_sessions_public_id")),
    )
    op.create_index(op.f("ix_sessions_case_id"), "sessions", ["case_id"], unique=False)
    op.create_index(op.f("ix_sessions_proceeding_id"), "sessions", ["proceeding_id"], unique=False)
    op.create_table(
        "undisputed_facts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proceeding_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("disputed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("consents", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("signatures", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("mediator_signed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_undisputed_facts_case_id")),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceedings.id"], name=op.f("fk_undisputed_facts_proceeding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undisputed_facts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_undisputed_facts_public_id")),
    )
    op.create_index(op.f("ix_undisputed_facts_case_id"), "undisputed_facts", ["case_id"], unique=False)
    op.create_index(op.f("ix_undisputed_facts_proceeding_id"), "undisputed_facts", ["proceeding_id"], unique=False)
    op.create_table(
        "confirmations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("handed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("return_reason", sa.String(length=400), nullable=True),
        sa.Column("drop_reason", sa.String(32), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("court_code", sa.String(length=12), nullable=True),
        sa.Column(
            "court_name",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("court_reason", sa.String(length=40), nullable=True),
        sa.Column("form", sa.String(32), nullable=False),
        sa.Column("answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("sham_suspected", sa.Boolean(), nullable=False),
        sa.Column("proof_sealed_on", sa.Date(), nullable=True),
        sa.Column("property_papers", sa.String(32), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("court_no", sa.String(length=60), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("ruled_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("ruling_ground", sa.String(length=40), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_confirmations_agreement_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_confirmations_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_confirmations_public_id")),
    )
    op.create_index(op.f("ix_confirmations_agreement_id"), "confirmations", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_confirmations_case_id"), "confirmations", ["case_id"], unique=False)
    op.create_index(op.f("ix_confirmations_court_no"), "confirmations", ["court_no"], unique=False)
    op.create_index(op.f("ix_confirmations_drop_reason"), "confirmations", ["drop_reason"], unique=False)
    op.create_table(
        "duties",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("obligors", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("obligees", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("manner", sa.String(length=32), nullable=True),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("account_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("subject", sa.String(length=32), nullable=True),
        sa.Column("is_confirmable", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount_fen IS NULL OR amount_fen > 0", name=op.f("ck_duties_amount_positive")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_duties_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
        sa.UniqueConstraint("public_id", name=op.f("uq_duties_public_id")),
    )
    op.create_index(op.f("ix_duties_agreement_id"), "duties", ["agreement_id"], unique=False)
    op.create_table(
        "signatures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("signer", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("representative_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("mediator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column(
            "written_by",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "witness",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("group_consents", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_signatures_agreement_id")),
        sa.ForeignKeyConstraint(["mediator_id"], ["mediators.id"], name=op.f("fk_signatures_mediator_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_signatures_party_id")),
        sa.ForeignKeyConstraint(
            ["representative_id"], ["representatives.id"], name=op.f("fk_signatures_representative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
    )
    op.create_index(op.f("ix_signatures_agreement_id"), "signatures", ["agreement_id"], unique=False)
    op.create_index(op.f("ix_signatures_mediator_id"), "signatures", ["mediator_id"], unique=False)
    op.create_index(op.f("ix_signatures_party_id"), "signatures", ["party_id"], unique=False)
    op.create_index(op.f("ix_signatures_representative_id"), "signatures", ["representative_id"], unique=False)
    op.create_table(
        "confirmation_signatures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("confirmation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("representative_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column(
            "written_by",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "witness",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmation_id"], ["confirmations.id"], name=op.f("fk_confirmation_signatures_confirmation_id")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_confirmation_signatures_party_id")),
        sa.ForeignKeyConstraint(
            ["representative_id"], ["representatives.id"], name=op.f("fk_confirmation_signatures_representative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation_signatures")),
        sa.UniqueConstraint("confirmation_id", "party_id", name="uq_confirmation_signatures_party"),
    )
    op.create_index(
        op.f("ix_confirmation_signatures_confirmation_id"), "confirmation_signatures", ["confirmation_id"], unique=False
    )
    op.create_index(op.f("ix_confirmation_signatures_party_id"), "confirmation_signatures", ["party_id"], unique=False)
    op.create_index(
        op.f("ix_confirmation_signatures_representative_id"),
        "confirmation_signatures",
        ["representative_id"],
        unique=False,
    )
    op.create_table(
        "court_steps",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("confirmation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("court_no", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("attachment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["confirmation_id"], ["confirmations.id"], name=op.f("fk_court_steps_confirmation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_steps")),
    )
    op.create_index(op.f("ix_court_steps_confirmation_id"), "court_steps", ["confirmation_id"], unique=False)
    op.create_table(
        "performances",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("duty_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_performances_case_id")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_performances_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performances")),
        sa.UniqueConstraint("duty_id", name=op.f("uq_performances_duty_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_performances_public_id")),
    )
    op.create_index(op.f("ix_performances_case_id"), "performances", ["case_id"], unique=False)
    op.create_index(op.f("ix_performances_due_on"), "performances", ["due_on"], unique=False)
    op.create_table(
        "performance_receipts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("performance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("proof", sa.String(length=400), nullable=True),
        sa.Column("attachment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "amount_fen IS NULL OR amount_fen > 0", name=op.f("ck_performance_receipts_amount_positive")
        ),
        sa.ForeignKeyConstraint(
            ["performance_id"], ["performances.id"], name=op.f("fk_performance_receipts_performance_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_receipts")),
    )
    op.create_index(
        op.f("ix_performance_receipts_performance_id"), "performance_receipts", ["performance_id"], unique=False
    )


def downgrade():
    op.drop_index(op.f("ix_performance_receipts_performance_id"), table_name="performance_receipts")
    op.drop_table("performance_receipts")
    op.drop_index(op.f("ix_performances_due_on"), table_name="performances")
    op.drop_index(op.f("ix_performances_case_id"), table_name="performances")
    op.drop_table("performances")
    op.drop_index(op.f("ix_court_steps_confirmation_id"), table_name="court_steps")
    op.drop_table("court_steps")
    op.drop_index(op.f("ix_confirmation_signatures_representative_id"), table_name="confirmation_signatures")
    op.drop_index(op.f("ix_confirmation_signatures_party_id"), table_name="confirmation_signatures")
    op.drop_index(op.f("ix_confirmation_signatures_confirmation_id"), table_name="confirmation_signatures")
    op.drop_table("confirmation_signatures")
    op.drop_index(op.f("ix_signatures_representative_id"), table_name="signatures")
    op.drop_index(op.f("ix_signatures_party_id"), table_name="signatures")
    op.drop_index(op.f("ix_signatures_mediator_id"), table_name="signatures")
    op.drop_index(op.f("ix_signatures_agreement_id"), table_name="signatures")
    op.drop_table("signatures")
    op.drop_index(op.f("ix_duties_agreement_id"), table_name="duties")
    op.drop_table("duties")
    op.drop_index(op.f("ix_confirmations_drop_reason"), table_name="confirmations")
    op.drop_index(op.f("ix_confirmations_court_no"), table_name="confirmations")
    op.drop_index(op.f("ix_confirmations_case_id"), table_name="confirmations")
    op.drop_index(op.f("ix_confirmations_agreement_id"), table_name="confirmations")
    op.drop_table("confirmations")
    op.drop_index(op.f("ix_undisputed_facts_proceeding_id"), table_name="undisputed_facts")
    op.drop_index(op.f("ix_undisputed_facts_case_id"), table_name="undisputed_facts")
    op.drop_table("undisputed_facts")
    op.drop_index(op.f("ix_sessions_proceeding_id"), table_name="sessions")
    op.drop_index(op.f("ix_sessions_case_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(
        "uq_proceeding_mediators_active",
        table_name="proceeding_mediators",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_index(op.f("ix_proceeding_mediators_proceeding_id"), table_name="proceeding_mediators")
    op.drop_index(
        "ix_proceeding_mediators_mediator_id_present",
        table_name="proceeding_mediators",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_table("proceeding_mediators")
    op.drop_index(op.f("ix_extensions_proceeding_id"), table_name="extensions")
    op.drop_table("extensions")
    op.drop_index(op.f("ix_court_reports_proceeding_id"), table_name="court_reports")
    op.drop_index(op.f("ix_court_reports_case_id"), table_name="court_reports")
    op.drop_table("court_reports")
    op.drop_index(op.f("ix_agreements_proceeding_id"), table_name="agreements")
    op.drop_index(op.f("ix_agreements_case_id"), table_name="agreements")
    op.drop_table("agreements")
    op.drop_index(
        "uq_proceedings_case_id_active",
        table_name="proceedings",
        sqlite_where=sa.text("state IN ('accepted', 'assigned', 'mediating', 'suspended')"),
        postgresql_where=sa.text("state IN ('accepted', 'assigned', 'mediating', 'suspended')"),
    )
    op.drop_index("ix_proceedings_unit_id_state", table_name="proceedings")
    op.drop_index(op.f("ix_proceedings_case_id"), table_name="proceedings")
    op.drop_table("proceedings")
    op.drop_index("ix_transfers_to_unit_id_state", table_name="transfers")
    op.drop_index(op.f("ix_transfers_from_unit_id"), table_name="transfers")
    op.drop_index(op.f("ix_transfers_case_id"), table_name="transfers")
    op.drop_table("transfers")
    op.drop_index(op.f("ix_referrals_to_unit_id"), table_name="referrals")
    op.drop_index(op.f("ix_referrals_case_id"), table_name="referrals")
    op.drop_table("referrals")
    op.drop_index(op.f("ix_private_notes_case_id"), table_name="private_notes")
    op.drop_index(op.f("ix_private_notes_account_id"), table_name="private_notes")
    op.drop_table("private_notes")
    op.drop_index(op.f("ix_closings_case_id"), table_name="closings")
    op.drop_table("closings")
    op.drop_index(op.f("ix_routing_rules_centre_id"), table_name="routing_rules")
    op.drop_table("routing_rules")
