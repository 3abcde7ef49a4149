"""Signatures in a PDF, by pyHanko where it is installed (extra ``sign``): a visible note, and who can still trust it.

Everything is optional: without the extra :func:`is_installed` says so and nothing else may be called.
"""

import importlib.util
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

FIELD = "Organisation"
LEFT, LOW, WIDTH, HEIGHT = 197, 48, 200, 44  # points: the visible note, between the page numbers of either side
TEST_DAYS = 365
TEST = "（测试）"
T = TypeVar("T")


@dataclass(frozen=True)
class Seen:
    """What a signature says. ``is_whole``: nothing was added after it."""

    signer: str
    at: datetime | None
    is_intact: bool
    is_trusted: bool
    is_whole: bool


def is_installed() -> bool:
    return importlib.util.find_spec("pyhanko") is not None


def test_certificate(organisation: str, *, now: datetime) -> tuple[bytes, bytes]:
    """Return a self-made certificate for trying things out and its key, both PEM; it has no force in law."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
        x509.NameAttribute(NameOID.COMMON_NAME, organisation[:50] + TEST),
    ])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now.astimezone(UTC) - timedelta(minutes=5))
        .not_valid_after(now.astimezone(UTC) + timedelta(days=TEST_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM), plain


def is_test(certificate: bytes) -> bool:
    """Say whether a certificate is one of :func:`test_certificate`."""
    names = x509.load_pem_x509_certificate(certificate).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return any(str(name.value).endswith(TEST) for name in names)


def sign(content: bytes, *, certificate: bytes, key: bytes, note: bytes, reason: str) -> bytes:
    """Return the file with a signature added behind it; the bytes before stay as they are.

    ``note`` is a PDF of one page, shown at the foot of the last page where the signature is.
    """
    from pyhanko.pdf_utils.content import ImportedPdfPage
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign import fields, signers
    from pyhanko.stamp import StaticStampStyle
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class Note(ImportedPdfPage):
        """A page out of memory: nothing readable is written to disk."""

        def render(self) -> bytes:
            page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(note)), page_ix=0)
            self.resources.xobject["/Note"] = page
            left, low, right, high = page.get_object()["/BBox"]
            self.box = BoxConstraints(width=abs(right - left), height=abs(high - low))
            return b"/Note Do"

    loaded, chain = _loaded(certificate, key)
    store = SimpleCertificateStore()
    store.register_multiple(chain)
    signer = signers.SimpleSigner(signing_cert=loaded[0], signing_key=loaded[1], cert_registry=store)
    out = IncrementalPdfFileWriter(io.BytesIO(content))
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, reason=reason, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    where = fields.SigFieldSpec(FIELD, on_page=-1, box=(LEFT, LOW, LEFT + WIDTH, LOW + HEIGHT))
    pen = signers.PdfSigner(
        meta, signer=signer, new_field_spec=where,
        stamp_style=StaticStampStyle(border_width=0, background=Note(None), background_opacity=1.0),
    )
    return _apart(lambda: pen.sign_pdf(out)).getvalue()


def _apart(task: Callable[[], T]) -> T:
    """Do in a thread of its own what begins an event loop: the present one may be in such a loop already."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(task).result()


def _loaded(certificate: bytes, key: bytes):
    from asn1crypto import pem
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate

    first = Certificate.load(pem.unarmor(certificate)[2])
    return (first, PrivateKeyInfo.load(pem.unarmor(key)[2])), [first]


def look(content: bytes, *, trusted: list[bytes]) -> Seen | None:
    """Return what the last signature of a file says, None where it has none. ``trusted`` are certificates, PEM."""
    from asn1crypto import pem
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    signatures = PdfFileReader(io.BytesIO(content)).embedded_signatures
    if not signatures:
        return None
    roots = [Certificate.load(pem.unarmor(each)[2]) for each in trusted]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    status = _apart(lambda: validate_pdf_signature(signatures[-1], signer_validation_context=context))
    is_whole = status.coverage is not None and status.coverage.name == "ENTIRE_FILE"
    names = status.signing_cert.subject.native
    return Seen(
        names.get("organization_name") or names.get("common_name") or "", status.signer_reported_dt,
        status.intact and status.valid and status.modification_level in (None, ModificationLevel.NONE),
        status.trusted, is_whole,
    )
