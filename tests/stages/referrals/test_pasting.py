"""Which pasted number is whose; the numbers themselves are only copied (CN-01, CN-04)."""

import pytest

from mediation.stages.referrals.pasting import shared_out, tidy

LETTERS = ["南矛调函〔2026〕1号", "南矛调函〔2026〕2号", None]
A, B, C = (f"（2026）赣0121民初{serial}号" for serial in (7, 8, 9))


@pytest.mark.parametrize(
    ("text", "found", "left"),
    [
        (f"{A}\n{B}", [A, B, ""], []),
        (f"\n {A} \n\n{B}\n{C}", [A, B, C], []),
        ("(2026) 赣0121民初7号", [A, "", ""], []),
        (f"南矛调函[2026]2号，{A}\n{B}", [B, A, ""], []),
        (f"{B}\t南矛调函〔2026〕2号\t被告涂国平", ["", B, ""], []),
        (f"南矛调函〔2026〕5号 {A}", ["", "", ""], [f"南矛调函〔2026〕5号 {A}"]),
        (f"南矛调函〔2026〕1号 {A}\n南矛调函〔2026〕1号 {B}", [A, "", ""], [f"南矛调函〔2026〕1号 {B}"]),
        (f"{A}\n{B}\n{C}\n{A}", [A, B, C], [A]),
        ("民初7号\n（2026）赣0121民初007号", ["", "", ""], ["民初7号", "（2026）赣0121民初007号"]),
        ("", ["", "", ""], []),
    ],
)
def test_a_line_that_names_a_letter_is_for_it_and_the_others_go_in_order(text, found, left):
    assert shared_out(text, LETTERS) == (found, left)


def test_a_typed_number_is_read_with_any_brackets():
    assert tidy(" 南矛调函[2026] 2号") == LETTERS[1]
    assert tidy("(2026)赣0121民初7号") == A
