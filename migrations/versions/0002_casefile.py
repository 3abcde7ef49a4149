"""Cases, parties, clocks, duties, papers and what people hand in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "cases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("register_no", sa.String(length=40), nullable=False),
        sa.Column("register_year", sa.Integer(), nullable=False),
        sa.Column("query_code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("query_code_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("outside_no", sa.String(length=80), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("law_on", sa.Date(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("registered_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("type_code", sa.String(length=40), nullable=False),
        sa.Column("cause_code", sa.String(length=40), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("claims", sa.Text(), nullable=False),
        sa.Column(
            "area_code",
            sa.String(length=12).with_variant(sa.String(length=12, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("place", sa.String(length=400), nullable=True),
        sa.Column(
            "object_area_code",
            sa.String(length=12).with_variant(sa.String(length=12, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("people_count", sa.Integer(), nullable=False),
        sa.Column("data_notice", sa.String(length=40), nullable=False),
        sa.Column("pending_elsewhere", sa.String(length=32), nullable=True),
        sa.Column("pending_since", sa.Date(), nullable=True),
        sa.Column(
            "court_name",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("court_no", sa.String(length=60), nullable=True),
        sa.Column("court_procedure", sa.String(length=32), nullable=True),
        sa.Column("court_received_on", sa.Date(), nullable=True),
        sa.Column("screening", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("screened_on", sa.Date(), nullable=True),
        sa.Column("limitation_interrupted_on", sa.Date(), nullable=True),
        sa.Column("limitation_note", sa.String(length=400), nullable=True),
        sa.Column("labour_precondition", sa.String(length=32), nullable=True),
        sa.Column("is_sealed", sa.Boolean(), nullable=False),
        sa.Column("seal_reason", sa.String(length=32), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("turn", sa.String(32), nullable=False),
        sa.Column(
            "turn_name",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("turn_since", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_basis", sa.String(length=40), nullable=True),
        sa.Column("due_is_provisional", sa.Boolean(), nullable=False),
        sa.Column("track", sa.String(32), nullable=True),
        sa.Column("lead_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("mediator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("body_no", sa.String(length=60), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_cases_centre_id")),
        sa.ForeignKeyConstraint(["lead_unit_id"], ["units.id"], name=op.f("fk_cases_lead_unit_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["cases.id"], name=op.f("fk_cases_merged_into_id")),
        sa.ForeignKeyConstraint(["registered_unit_id"], ["units.id"], name=op.f("fk_cases_registered_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("centre_id", "register_no", name="uq_cases_centre_id_register_no"),
        sa.UniqueConstraint("public_id", name=op.f("uq_cases_public_id")),
    )
    op.create_index(op.f("ix_cases_area_code"), "cases", ["area_code"], unique=False)
    op.create_index(op.f("ix_cases_body_no"), "cases", ["body_no"], unique=False)
    op.create_index(op.f("ix_cases_centre_id"), "cases", ["centre_id"], unique=False)
    op.create_index("ix_cases_centre_id_accepted_on", "cases", ["centre_id", "accepted_on"], unique=False)
    op.create_index("ix_cases_centre_id_id", "cases", ["centre_id", "id"], unique=False)
    op.create_index("ix_cases_centre_id_stage_id", "cases", ["centre_id", "stage", "id"], unique=False)
    op.create_index("ix_cases_centre_id_turn_due_on", "cases", ["centre_id", "turn", "due_on", "id"], unique=False)
    op.create_index(
        "ix_cases_due_on_open",
        "cases",
        ["centre_id", "due_on", "id"],
        unique=False,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index("ix_cases_lead_unit_id_due_on", "cases", ["lead_unit_id", "due_on", "id"], unique=False)
    op.create_index("ix_cases_mediator_id_due_on", "cases", ["mediator_id", "due_on", "id"], unique=False)
    op.create_index(op.f("ix_cases_merged_into_id"), "cases", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_cases_outside_no"), "cases", ["outside_no"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("form", sa.String(length=120), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("looked_up", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_drafts_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("account_id", "form", name="uq_drafts_account_id_form"),
    )
    op.create_index(op.f("ix_drafts_account_id"), "drafts", ["account_id"], unique=False)
    op.create_table(
        "case_access",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("relation", sa.String(32), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(unit_id IS NULL) <> (account_id IS NULL)", name=op.f("ck_case_access_one_subject")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_case_access_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_access_case_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_case_access_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_access")),
        sa.UniqueConstraint("case_id", "unit_id", "account_id", "relation", "since", name="uq_case_access_once"),
    )
    op.create_index(
        "ix_case_access_account_id_relation_case_id", "case_access", ["account_id", "relation", "case_id"], unique=False
    )
    op.create_index(op.f("ix_case_access_case_id"), "case_access", ["case_id"], unique=False)
    op.create_index(
        "ix_case_access_unit_id_relation_case_id", "case_access", ["unit_id", "relation", "case_id"], unique=False
    )
    op.create_table(
        "clocks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("object_kind", sa.String(length=32), nullable=True),
        sa.Column("object_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("extension_paper", sa.String(length=400), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("counts_for_case", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_clocks_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clocks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_clocks_public_id")),
    )
    op.create_index(op.f("ix_clocks_case_id"), "clocks", ["case_id"], unique=False)
    op.create_index("ix_clocks_case_id_stopped_on", "clocks", ["case_id", "stopped_on"], unique=False)
    op.create_index(
        "ix_clocks_due_on_running",
        "clocks",
        ["due_on"],
        unique=False,
        sqlite_where=sa.text("stopped_on IS NULL"),
        postgresql_where=sa.text("stopped_on IS NULL"),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("params", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("unique_key", sa.String(length=160), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notices_case_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_notices_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_notices_unique_key")),
    )
    op.create_index("ix_notices_account_id_read_at", "notices", ["account_id", "read_at"], unique=False)
    op.create_index(op.f("ix_notices_case_id"), "notices", ["case_id"], unique=False)
    op.create_index(op.f("ix_notices_centre_id"), "notices", ["centre_id"], unique=False)
    op.create_index("ix_notices_unit_id_role_read_at", "notices", ["unit_id", "role", "read_at"], unique=False)
    op.create_table(
        "papers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_kind", sa.String(length=32), nullable=True),
        sa.Column("object_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("snapshot_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("short_hash", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("handwritten", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("error", sa.String(length=400), nullable=True),
        sa.Column("file_name", sa.String(length=40), nullable=True),
        sa.Column("file_sha256", sa.LargeBinary(length=32), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rendered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_papers_case_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_papers_centre_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["papers.id"], name=op.f("fk_papers_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_papers_public_id")),
    )
    op.create_index("ix_papers_case_id_kind", "papers", ["case_id", "kind"], unique=False)
    op.create_index(op.f("ix_papers_centre_id"), "papers", ["centre_id"], unique=False)
    op.create_index(op.f("ix_papers_replaces_id"), "papers", ["replaces_id"], unique=False)
    op.create_index("ix_papers_short_hash", "papers", ["short_hash"], unique=False)
    op.create_table(
        "parties",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column(
            "name",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "initials",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("flags", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("whereabouts_unknown", sa.Boolean(), nullable=False),
        sa.Column("lives_on_own_earnings", sa.Boolean(), nullable=False),
        sa.Column("identity_checked_on", sa.Date(), nullable=True),
        sa.Column("consent", sa.String(32), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_form", sa.String(32), nullable=True),
        sa.Column("consent_recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rights_notice_on", sa.Date(), nullable=True),
        sa.Column("rights_notice_form", sa.String(length=32), nullable=True),
        sa.Column("unavailable", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_parties_case_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_parties_centre_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_parties_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
        sa.UniqueConstraint("public_id", name=op.f("uq_parties_public_id")),
    )
    op.create_index(op.f("ix_parties_case_id"), "parties", ["case_id"], unique=False)
    op.create_index(op.f("ix_parties_centre_id"), "parties", ["centre_id"], unique=False)
    op.create_index("ix_parties_initials_case_id", "parties", ["initials", "case_id"], unique=False)
    op.create_index("ix_parties_name_case_id", "parties", ["name", "case_id"], unique=False)
    op.create_index(op.f("ix_parties_person_id"), "parties", ["person_id"], unique=False)
    op.create_table(
        "risk_duties",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "reported_to",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("receipt_no", sa.String(length=80), nullable=True),
        sa.Column("measures", sa.String(length=400), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_risk_duties_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_duties")),
        sa.UniqueConstraint("public_id", name=op.f("uq_risk_duties_public_id")),
    )
    op.create_index(op.f("ix_risk_duties_case_id"), "risk_duties", ["case_id"], unique=False)
    op.create_index("ix_risk_duties_state_due_at", "risk_duties", ["state", "due_at"], unique=False)
    op.create_table(
        "attachments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column(
            "title",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("proves", sa.String(length=400), nullable=True),
        sa.Column("is_original", sa.Boolean(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("file_name", sa.String(length=40), nullable=True),
        sa.Column("file_sha256", sa.LargeBinary(length=32), nullable=True),
        sa.Column("file_size", sa.Integer(), nullable=True),
        sa.Column("media_type", sa.String(length=120), nullable=True),
        sa.Column("added_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("removed_reason", sa.String(length=400), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attachments_case_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_attachments_centre_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_attachments_paper_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_attachments_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attachments_public_id")),
    )
    op.create_index(op.f("ix_attachments_case_id"), "attachments", ["case_id"], unique=False)
    op.create_index(op.f("ix_attachments_centre_id"), "attachments", ["centre_id"], unique=False)
    op.create_index(op.f("ix_attachments_paper_id"), "attachments", ["paper_id"], unique=False)
    op.create_index(op.f("ix_attachments_party_id"), "attachments", ["party_id"], unique=False)
    op.create_table(
        "representatives",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("capacity", sa.String(32), nullable=False),
        sa.Column(
            "name",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("sex", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(32), nullable=True),
        sa.Column("relation", sa.String(length=40), nullable=True),
        sa.Column(
            "workplace",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("licence_no", sa.String(length=40), nullable=True),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("authority", sa.String(32), nullable=True),
        sa.Column("powers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("paper_received_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_representatives_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representatives")),
        sa.UniqueConstraint("public_id", name=op.f("uq_representatives_public_id")),
    )
    op.create_index(op.f("ix_representatives_party_id"), "representatives", ["party_id"], unique=False)
    op.create_table(
        "service_addresses",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column(
            "recipient",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("postcode", sa.String(length=6), nullable=True),
        sa.Column("agrees_to_electronic", sa.Boolean(), nullable=False),
        sa.Column("electronic_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_service_addresses_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_addresses")),
        sa.UniqueConstraint("public_id", name=op.f("uq_service_addresses_public_id")),
    )
    op.create_index(op.f("ix_service_addresses_party_id"), "service_addresses", ["party_id"], unique=False)
    op.create_table(
        "suspensions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("clock_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["clocks.id"], name=op.f("fk_suspensions_clock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspensions")),
    )
    op.create_index(op.f("ix_suspensions_clock_id"), "suspensions", ["clock_id"], unique=False)


def downgrade():
    op.drop_index(op.f("ix_suspensions_clock_id"), table_name="suspensions")
    op.drop_table("suspensions")
    op.drop_index(op.f("ix_service_addresses_party_id"), table_name="service_addresses")
    op.drop_table("service_addresses")
    op.drop_index(op.f("ix_representatives_party_id"), table_name="representatives")
    op.drop_table("representatives")
    op.drop_index(op.f("ix_attachments_party_id"), table_name="attachments")
    op.drop_index(op.f("ix_attachments_paper_id"), table_name="attachments")
    op.drop_index(op.f("ix_attachments_centre_id"), table_name="attachments")
    op.drop_index(op.f("ix_attachments_case_id"), table_name="attachments")
    op.drop_table("attachments")
    op.drop_index("ix_risk_duties_state_due_at", table_name="risk_duties")
    op.drop_index(op.f("ix_risk_duties_case_id"), table_name="risk_duties")
    op.drop_table("risk_duties")
    op.drop_index(op.f("ix_parties_person_id"), table_name="parties")
    op.drop_index("ix_parties_name_case_id", table_name="parties")
    op.drop_index("ix_parties_initials_case_id", table_name="parties")
    op.drop_index(op.f("ix_parties_centre_id"), table_name="parties")
    op.drop_index(op.f("ix_parties_case_id"), table_name="parties")
    op.drop_table("parties")
    op.drop_index("ix_papers_short_hash", table_name="papers")
    op.drop_index(op.f("ix_papers_replaces_id"), table_name="papers")
    op.drop_index(op.f("ix_papers_centre_id"), table_name="papers")
    op.drop_index("ix_papers_case_id_kind", table_name="papers")
    op.drop_table("papers")
    op.drop_index("ix_notices_unit_id_role_read_at", table_name="notices")
    op.drop_index(op.f("ix_notices_centre_id"), table_name="notices")
    op.drop_index(op.f("ix_notices_case_id"), table_name="notices")
    op.drop_index("ix_notices_account_id_read_at", table_name="notices")
    op.drop_table("notices")
    op.drop_index(
        "ix_clocks_due_on_running",
        table_name="clocks",
        sqlite_where=sa.text("stopped_on IS NULL"),
        postgresql_where=sa.text("stopped_on IS NULL"),
    )
    op.drop_index("ix_clocks_case_id_stopped_on", table_name="clocks")
    op.drop_index(op.f("ix_clocks_case_id"), table_name="clocks")
    op.drop_table("clocks")
    op.drop_index("ix_case_access_unit_id_relation_case_id", table_name="case_access")
    op.drop_index(op.f("ix_case_access_case_id"), table_name="case_access")
    op.drop_index("ix_case_access_account_id_relation_case_id", table_name="case_access")
    op.drop_table("case_access")
    op.drop_index(op.f("ix_drafts_account_id"), table_name="drafts")
    op.drop_table("drafts")
    op.drop_index(op.f("ix_cases_outside_no"), table_name="cases")
    op.drop_index(op.f("ix_cases_merged_into_id"), table_name="cases")
    op.drop_index("ix_cases_mediator_id_due_on", table_name="cases")
    op.drop_index("ix_cases_lead_unit_id_due_on", table_name="cases")
    op.drop_index(
        "ix_cases_due_on_open",
        table_name="cases",
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    op.drop_index("ix_cases_centre_id_turn_due_on", table_name="cases")
    op.drop_index("ix_cases_centre_id_stage_id", table_name="cases")
    op.drop_index("ix_cases_centre_id_id", table_name="cases")
    op.drop_index("ix_cases_centre_id_accepted_on", table_name="cases")
    op.drop_index(op.f("ix_cases_centre_id"), table_name="cases")
    op.drop_index(op.f("ix_cases_body_no"), table_name="cases")
    op.drop_index(op.f("ix_cases_area_code"), table_name="cases")
    op.drop_table("cases")
