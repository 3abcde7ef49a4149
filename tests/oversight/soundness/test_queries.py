"""Each check is silent on a sound database and names the first thing that is wrong."""

import pytest
from sqlalchemy import text

from mediation.ground import counters, files, trail
from mediation.ground.db import session, transaction
from mediation.oversight.soundness import queries
from mediation.registry.access.rules import Role
from tests.makers import make_actor, make_case, make_centre, make_unit


@pytest.fixture
def case(ground):
    centre = make_centre()
    clerk = make_actor(centre, Role.INTAKE_CLERK, make_unit(centre, "window", "受理窗口"))
    return [make_case(centre, clerk) for _ in range(3)][1]


def findings():
    return {finding.title: finding for finding in queries.everything()}


def wrong():
    return [title for title, finding in findings().items() if not finding.is_sound]


def spoil(statement, **values):
    with transaction():
        session.execute(text(statement), values)


def unguarded():
    """Take away the triggers that refuse to change a trail."""
    if session.get_bind().dialect.name == "postgresql":
        return spoil("ALTER TABLE trail DISABLE TRIGGER USER")
    triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'trail'")
    for name in session.scalars(triggers).all():
        spoil(f"DROP TRIGGER {name}")


def test_a_sound_database(case):
    found = findings()
    assert not [finding.told for finding in found.values() if not finding.is_sound]
    assert found["状态与办理经过"].looked_at >= 3 and found["留痕链"].looked_at > 3 and found["编号"].looked_at >= 3


@pytest.mark.parametrize(
    ("statement", "title", "words"),
    [
        ("UPDATE cases SET stage = 'closed' WHERE id = :id", "阶段、该谁办、结果", "2号：阶段与办理经过不符"),
        ("UPDATE cases SET turn = 'court' WHERE id = :id", "阶段、该谁办、结果", "2号：该谁办与办理经过不符"),
        ("UPDATE cases SET state = 'closed' WHERE id = :id", "状态与办理经过", "2号：case 记作 closed"),
        ("UPDATE cases SET due_on = '2026-12-01' WHERE id = :id", "期限", "2号：最近的期限记作 2026-12-01"),
        ("UPDATE case_access SET until = since WHERE case_id = :id", "登记单位", "2号：没有登记单位"),
    ],
)
def test_a_case_that_does_not_follow_from_its_history(case, statement, title, words):
    spoil(statement, id=case.id)
    finding = findings()[title]
    assert finding.wrong == 1 and words in finding.told[0]


def test_a_number_that_nobody_has(case):
    with transaction():
        counters.take("register", case.centre_id, 2026)
    assert "缺第 4 号" in findings()["编号"].told[0]


def test_a_number_that_was_never_given_out(case):
    spoil("UPDATE cases SET register_no = '南矛调登〔2026〕9号' WHERE id = :id", id=case.id)
    told = findings()["编号"].told
    assert "缺第 2 号" in told[0] and "有第 9 号" in told[1]


def test_a_changed_trail(case):
    row = session.query(trail.TrailEntry).filter_by(case_id=case.id).first()
    chain, seq = row.chain, row.seq
    unguarded()
    spoil("UPDATE trail SET event = 'nothing' WHERE id = :id", id=row.id)
    assert f"链 {chain} 第 {seq} 条：被改过" in findings()["留痕链"].told


def test_a_cut_tail_is_found_by_the_head_kept_elsewhere(case):
    head = session.query(trail.TrailHead).filter_by(chain=case.centre_id).one()
    sound = {case.centre_id: (head.seq, head.digest)}
    assert queries.chains(sound).is_sound
    assert "末尾被截去" in queries.chains({case.centre_id: (head.seq + 5, head.digest)}).told[0]
    assert "末尾被截去" in queries.chains({99: (3, head.digest)}).told[0]


def test_a_flipped_byte_in_a_file(case, tmp_path):
    kept = files.store().put(b"%PDF-1.7 proof", case.box(), "application/pdf")
    spoil(
        "INSERT INTO attachments (id, public_id, centre_id, case_id, kind, title, is_original, received_on, file_name,"
        " file_sha256, recorded_at) VALUES (1, 'a', :centre, :id, 'evidence', '照片', :no, '2026-11-23', :name, :hash,"
        " '2026-11-23')",
        centre=case.centre_id, id=case.id, no=False, name=kept.name, hash=kept.sha256,
    )
    assert not wrong()
    (path,) = tmp_path.glob(f"files/*/{kept.name}")
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert wrong() == ["材料文件"]
