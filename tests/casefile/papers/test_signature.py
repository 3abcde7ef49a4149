"""A paper that carries an electronic signature: still fit for the archive, and valid in the eyes of other readers."""

import shutil
import subprocess

from mediation.casefile.papers import archival, contract, printing
from mediation.ground import clock
from mediation.ground.pdf import signature
from tests.casefile.papers import specimens


def looked_at_by_others(content, folder):
    """Return what poppler's own reader says of the signature, None where it is not installed."""
    if shutil.which("pdfsig") is None:
        return None
    path = folder / "signed.pdf"
    path.write_bytes(content)
    return subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, timeout=60).stdout


def test_signed_it_is_kept_for_decades_as_before_and_others_read_it(printer, tmp_path):
    plain = printing.pdf("agreement", 1, contract.snapshot(specimens.FULL["agreement"]))
    certificate, key = signature.test_certificate("莲塘镇人民调解委员会", now=clock.now())
    signed = signature.sign(plain, certificate=certificate, key=key, note=plain, reason="（2026）莲民调字第1号")
    assert signed.startswith(plain), "what was issued stays byte for byte"
    assert archival.faults(plain) == archival.faults(signed) == []
    others = looked_at_by_others(signed, tmp_path)
    assert others is None or "Signature is Valid." in others
    seen = signature.look(signed, trusted=[certificate])
    assert seen.is_intact and seen.is_whole and seen.is_trusted and seen.signer == "莲塘镇人民调解委员会"
