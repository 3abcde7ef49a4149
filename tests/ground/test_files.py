"""The store of files: sealed, hashed, bound to its name; content and ending decide what is taken (P19, P20, B17)."""

import io
import zipfile

import pikepdf
import pytest

from mediation.ground import crypto, files
from mediation.ground.crypto import Unreadable
from mediation.ground.errors import Invalid


@pytest.fixture
def box():
    keys = crypto.use(bytes(range(32)))
    return keys.box(keys.new_data_key())


@pytest.fixture
def store(tmp_path):
    return files.Store(tmp_path)


def pdf():
    with pikepdf.new() as made, io.BytesIO() as file:
        made.add_blank_page()
        made.save(file)
        return file.getvalue()


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"


def test_a_file_comes_back_as_it_was_and_lies_sealed(store, box, tmp_path):
    kept = store.put(b"360121196803122260", box, "application/pdf")
    assert store.get(kept.name, box, kept.sha256) == b"360121196803122260"
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert b"360121" not in path.read_bytes() and path.name == kept.name and kept.size == 18
    assert list(store.names()) == [kept.name]


def test_any_flipped_byte_is_found(store, box, tmp_path):
    kept = store.put(b"as it was signed", box, "application/pdf")
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Unreadable):
            store.get(kept.name, box, kept.sha256)


def test_a_file_put_in_the_place_of_another_does_not_open(store, box, tmp_path):
    one, other = store.put(b"one", box, "application/pdf"), store.put(b"other", box, "application/pdf")
    paths = {path.name: path for path in tmp_path.rglob("*") if path.is_file()}
    paths[one.name].write_bytes(paths[other.name].read_bytes())
    with pytest.raises(Unreadable):
        store.get(one.name, box, one.sha256)
    with pytest.raises(ValueError):
        store.get(other.name, box, one.sha256)


def test_a_dropped_file_is_gone(store, box):
    kept = store.put(b"x", box, "application/pdf")
    store.drop(kept.name)
    assert not list(store.names())


def test_a_type_is_what_content_and_ending_agree_on():
    assert files.type_of(pdf(), "借条.pdf") == files.type_of(pdf(), "借条.PDF") == "application/pdf"
    assert files.type_of(PNG, "现场.png") == "image/png"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "空.pdf"),
        (b"<html><script>alert(1)</script>", "借条.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "图.svg"),
        (b"MZ\x90\x00\x03", "setup.exe"),
        (b"MZ\x90\x00\x03", "setup.pdf"),
        (PNG, "现场.pdf"),
        (PNG, "现场.png.html"),
        (PNG, "现场"),
        (b"just words", "说明.txt"),
        (b"PK\x03\x04" + b"\0" * 40, "材料.zip"),
    ],
)
def test_nothing_else_is_taken(content, name):
    with pytest.raises(Invalid):
        files.type_of(content, name)


def office(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


def test_an_office_file_names_its_parts_and_no_program():
    parts = "[Content_Types].xml", "_rels/.rels", "word/document.xml"
    assert files.type_of(office(*parts), "答辩状.docx").endswith("wordprocessingml.document")
    sheet = office("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
    assert files.type_of(sheet, "账.xlsx").endswith("spreadsheetml.sheet")
    macros, cut = office(*parts, "word/vbaProject.bin"), b"PK\x03\x04" + b"\0" * 60
    for content in (office("a.txt"), office(*parts[:2]), macros, sheet, cut):
        with pytest.raises(Invalid):
            files.type_of(content, "答辩状.docx")


def test_a_large_file_is_refused_before_it_is_looked_at():
    with pytest.raises(Invalid, match="20 MB"):
        files.type_of(b"%PDF" + b"0" * files.LARGEST, "大.pdf")
