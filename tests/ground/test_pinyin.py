import pytest

from mediation.ground.pinyin import initials


@pytest.mark.parametrize(
    ("text", "letters"),
    [("民间借贷纠纷", "mjjdjf"), ("企业名称（商号）", "qymcsh"), ("KTV噪声", "ktvzs"), ("110报警", "110bj"), ("", "")],
)
def test_initials(text, letters):
    assert initials(text) == letters
